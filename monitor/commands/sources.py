"""The commands about sources: `monitor sources`, `monitor add`, `monitor try` and `monitor query`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.command import (
    REFUSED,
    UNAVAILABLE,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    age,
    count,
    help_text,
    print_json,
    print_table,
    say,
)

if TYPE_CHECKING:
    from monitor.asking import Asked
    from monitor.trying import Look

FIRST = 5
"""So many finds are shown before a source is added."""


def add_to(app: typer.Typer) -> None:
    """Add these commands to those of `monitor`."""
    app.command(
        "sources",
        short_help="List every kind of source, and yours.",
        help=help_text(
            "List every kind of source with what it costs, needs and cannot read, and yours with how they stand.", "monitor sources"
        ),
    )(sources)
    app.command(
        "add",
        short_help="Add a source to monitor.toml once it was tried.",
        help=help_text(
            "Add a source to monitor.toml: it is tried, its first finds are shown, and it is saved when you say so.",
            "monitor add rss https://example.org",
            "Comments in the file stay. What is needed and not given is asked for at a terminal; elsewhere give --set and --yes.",
        ),
    )(add)
    app.command(
        "try",
        short_help="Read a source and show it; store nothing.",
        help=help_text(
            "Read a source as a first poll would and show what it finds; nothing is stored, only what it costs.",
            "monitor try news --brand waalfiets",
        ),
    )(try_source)
    app.command(
        "query",
        short_help="Show what each source is asked for a brand.",
        help=help_text(
            "Show what each source is really asked for a brand, what came of it, and what it costs a month.", "monitor query waalfiets"
        ),
    )(query)


def sources(config: ConfigOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """List sources."""
    from monitor.sources import SOURCES
    from monitor.sources.about import ABOUT

    kinds = [
        {"kind": kind, "reads": SOURCES[kind].about, **asdict(ABOUT[kind]), "secrets": SOURCES[kind].secrets} for kind in sorted(SOURCES)
    ]
    configured = _configured(config, database)
    if as_json:
        print_json({"kinds": kinds, "configured": configured})
        return
    print_table(["kind", "status", "price", "needs"], [[one["kind"], one["status"], one["price"], one["key"]] for one in kinds])
    say()
    for one in kinds:
        say(f"{one['kind']}: {one['reads']} Cannot read: {one['cannot']}.")
    say()
    if configured is None:
        say("There is no configuration here yet: monitor init")
        return
    rows = [[one["name"], one["kind"], one["brand"], one["every"], one["state"]] for one in configured]
    print_table(["yours", "kind", "brand", "every", "state"], rows or [["none yet: monitor add KIND", "", "", "", ""]])


def _configured(config: Path | None, database: str | None) -> list[dict[str, Any]] | None:
    """Return the configured sources with their state; None where there is no configuration."""
    from monitor.command import explain
    from monitor.domain import SourceHealth
    from monitor.wiring import Monitor, config_folder, now, read_settings

    if not (config_folder(config) / "monitor.toml").exists():
        return None
    monitor = Monitor(read_settings(config, database))
    known: dict[tuple[str, str], SourceHealth] = {}
    trouble = ""
    try:
        known = {(one.source, one.brand): one for one in monitor.store.sources()}
    except Exception as error:  # noqa: BLE001 - a list of sources needs no database
        trouble = explain(error)[0]
    at = now()

    def state(one: SourceHealth | None) -> str:
        if one is None or (one.last_success_at is None and not one.failures):
            return trouble or "not read yet"
        if one.failures:
            return f"failed {one.failures}×: {one.last_error}"
        return f"well, {age(one.last_success_at or at, at)} ago, {count(one.mentions, 'mention')}"

    return [
        {
            "name": source.name,
            "kind": source.kind,
            "brand": brand.id,
            "every": f"{int(source.every.total_seconds())} s",
            "state": state(known.get((source.name, brand.id))),
        }
        for source in monitor.settings.sources
        for brand in monitor.brands_of(source)
    ]


def add(
    kind: Annotated[str, typer.Argument(help="What kind of source; monitor sources lists them.")],
    address: Annotated[str, typer.Argument(help="Of an rss source: the feed, or the site whose feed is to be found.")] = "",
    given: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="An option of this kind; again for a list.")] = None,
    name: Annotated[str, typer.Option(help="Your own name for it; else its kind.")] = "",
    brands: Annotated[list[str] | None, typer.Option("--brand", help="Only for this brand (its id); may be repeated.")] = None,
    every: Annotated[str, typer.Option(help="How often it is read, such as 15m.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Save it without asking.")] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Add a source."""
    from monitor.sources import SOURCES
    from monitor.starter import add_table
    from monitor.trying import build_source, is_paid, look, missing_secrets, proposed, take_name
    from monitor.wiring import open_monitor

    if kind not in SOURCES:
        raise CommandError(f"There is no kind {kind}; there are {', '.join(sorted(SOURCES))}. Nothing was added.", USAGE)
    monitor = open_monitor(config, database)
    values: dict[str, Any] = {"name": take_name(monitor.settings, name or kind), "kind": kind}
    values |= {"every": every} if every else {}
    values |= {"brands": brands} if brands else {}
    values |= _options(kind, address, given or [])
    with proposed(monitor, values) as (changed, settings):
        source = build_source(changed, settings)
        if is_paid(kind):
            _ = changed.store  # What costs must be written down, so the database is opened before anything is read.
        if SOURCES[kind].comes_by_itself:
            say("Nothing is asked of anybody: others send to it. See docs/sources.md for how.")
        else:
            for brand in changed.brands_of(settings):
                shown = look(changed, settings, source, brand)
                _show(shown, brand.name, FIRST)
                if shown.error:
                    for secret in missing_secrets(changed, settings):
                        say(f"{secret} is not set in the environment or in .env.")
                    raise CommandError(f"{shown.error}. Nothing was added.", REFUSED)
    if not (yes or (sys.stdin.isatty() and typer.confirm(f"Add it to monitor.toml as {values['name']}?", default=True))):
        say("Nothing was added; --yes saves it.")
        return
    path = monitor.settings.config_dir / "monitor.toml"
    add_table(path, "source", values)
    say(f"Added to {path} as {values['name']}. A monitor that runs reads it from its next start on.")


def _options(kind: str, address: str, given: list[str]) -> dict[str, Any]:
    """Return the options that were given, found or, at a terminal, asked for."""
    from monitor.sources import SOURCES
    from monitor.trying import find_feed, read_value

    known = SOURCES[kind].options
    words: dict[str, list[str]] = {}
    for one in given:
        key, equals, value = one.partition("=")
        if not equals or key not in known:
            right = ", ".join(known) or "none"
            raise CommandError(f"--set {one}: write KEY=VALUE, with one of the keys of {kind}: {right}. Nothing was added.", USAGE)
        words.setdefault(key, []).append(value)
    if address:
        if kind != "rss":
            raise CommandError(f"Only rss takes an address; {kind} takes --set. Nothing was added.", USAGE)
        found = find_feed(address, words.get("allow_private", ()))
        if found != address:
            say(f"Its feed: {found}")
        words.setdefault("urls", []).append(found)
    for key, option in known.items():
        if option.required and key not in words:
            if not sys.stdin.isatty():
                raise CommandError(f"{kind} needs {key}: {option.help} Give it with --set {key}=… Nothing was added.", USAGE)
            answer = typer.prompt(f"{key}: {option.help}")
            words[key] = answer.split() if option.kind in ("texts", "urls") else [answer]
    return {key: read_value(key, known[key], values) for key, values in words.items()}


def try_source(
    source: Annotated[str, typer.Argument(help="The source, by the name it has in monitor.toml.")],
    brand: Annotated[str, typer.Option("--brand", help="For this brand (its id); else for the first that it is read for.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="Show at most so many.")] = 20,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try a source."""
    from monitor.sources import SOURCES
    from monitor.trying import build_source, is_paid, look
    from monitor.wiring import open_monitor

    monitor = open_monitor(config, database)
    settings = next((one for one in monitor.settings.sources if one.name == source), None)
    if settings is None:
        names = ", ".join(one.name for one in monitor.settings.sources) or "none"
        raise CommandError(
            f"There is no source {source}; monitor.toml names: {names}. Nothing was read. To add one: monitor add KIND",
            USAGE,
        )
    read_for = {one.id: one for one in monitor.brands_of(settings)}
    if brand and brand not in read_for:
        raise CommandError(f"{source} is not read for {brand}, but for: {', '.join(read_for)}. Nothing was read.", USAGE)
    if SOURCES[settings.kind].comes_by_itself:
        raise CommandError(f"{source} is not asked: others send to it.", USAGE)
    if is_paid(settings.kind):
        _ = monitor.store
    chosen = read_for[brand] if brand else next(iter(read_for.values()))
    shown = look(monitor, settings, build_source(monitor, settings), chosen)
    if as_json:
        print_json(asdict(shown) | {"ours": shown.ours[:limit]})
    else:
        _show(shown, chosen.name, limit)
        say("Nothing was stored" + (", but what it cost is in the ledger." if shown.cost else "."))
    if shown.error:
        raise CommandError(shown.error, UNAVAILABLE)


def _show(shown: Look, brand: str, limit: int) -> None:
    """Print what a look found; what strangers wrote cannot steer the terminal."""
    from monitor.costs import in_unit
    from monitor.text import clip, for_terminal
    from monitor.wiring import now

    more = " and there is more" if shown.more else ""
    bill = f" It cost {in_unit(shown.cost, shown.unit)}." if shown.cost else ""
    say(f"{count(shown.read, 'text')} read{more}, {len(shown.ours)} about {brand}.{bill}")
    at = now()
    rows = [
        [age(one.posted_at, at), for_terminal(f"{one.network} {one.author.handle}"), clip(for_terminal(one.text), 90)]
        for one in shown.ours[:limit]
    ]
    if rows:
        print_table(["age", "who", "text"], rows)
    for row in shown.rejected[:limit]:
        say(f"could not be read: {for_terminal(row.reason)}")


def query(
    brand: Annotated[str, typer.Argument(help="The brand (its id).")],
    days: Annotated[int, typer.Option(min=1, max=366, help="Count what came in so many days.")] = 7,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what is asked."""
    from monitor.asking import asked_for
    from monitor.wiring import open_monitor

    monitor = open_monitor(config, database)
    found = asked_for(monitor, monitor.known_brand(brand), days)
    if as_json:
        print_json(found)
        return
    _show_asked(found, days)
    from monitor.backtesting import in_words, term_figures
    from monitor.text import for_terminal

    say("How right each term is, by what people said:")
    for figures in term_figures(monitor, monitor.brands[brand]):
        say(f"    {for_terminal(in_words(figures))}")


def _show_asked(found: Sequence[Asked], days: int) -> None:
    from monitor.costs import in_unit
    from monitor.text import for_terminal

    for one in found:
        bill = f", {in_unit(one.month, one.unit)} a month at this rate" if one.month else ""
        numbers = ", ".join(f"{for_terminal(network)} {number}" for network, number in one.received.items()) or "nothing"
        say(f"{for_terminal(one.source)} ({one.kind}), every {one.every}: {numbers} in {count(days, 'day')}{bill}")
        for question in one.questions:
            say(f"    {for_terminal(question)}")
        if one.note:
            say(f"    ({one.note})")
    if not found:
        say("No source is read for it; monitor add KIND adds one.")

"""The commands about sources: `monitor sources`, `monitor try` and `monitor query`; adding one is beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.command import (
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
        show_look(shown, chosen.name, limit)
        say("Nothing was stored" + (", but what it cost is in the ledger." if shown.cost else "."))
    if shown.error:
        raise CommandError(shown.error, UNAVAILABLE)


def show_look(shown: Look, brand: str, limit: int) -> None:
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

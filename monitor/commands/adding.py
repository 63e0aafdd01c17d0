"""The command `monitor add`: asks for what a source needs, tries it, shows its first finds, and saves it when a person says so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.command import INTERRUPTED, REFUSED, USAGE, CommandError, ConfigOption, DatabaseOption, help_text, say
from monitor.commands.sources import show_look

if TYPE_CHECKING:
    from monitor.registry import Option
    from monitor.settings import SourceSettings
    from monitor.wiring import Monitor

FIRST = 5
"""So many finds are shown before a source is added."""


def add_to(app: typer.Typer) -> None:
    """Add this command to those of `monitor`."""
    app.command(
        "add",
        short_help="Add a source to monitor.toml once it was tried.",
        help=help_text(
            "Add a source to monitor.toml: it is tried, its first finds are shown, and it is saved when you say so.",
            "monitor add rss https://example.org",
            "Comments in the file stay. What is needed and not given is asked for at a terminal; elsewhere give --set and --yes.",
        ),
    )(add)


def add(
    kind: Annotated[str, typer.Argument(help="What kind of source; monitor sources lists them.")],
    address: Annotated[str, typer.Argument(help="Of an rss source: the feed, or the site whose feed is to be found.")] = "",
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="An option of this kind, or a cap (cap_per_month=20); again for a list."),
    ] = None,
    name: Annotated[str, typer.Option(help="Your own name for it; else its kind.")] = "",
    brands: Annotated[list[str] | None, typer.Option("--brand", help="Only for this brand (its id); may be repeated.")] = None,
    every: Annotated[str, typer.Option(help="How often it is read, such as 15m.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Save it without asking.")] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Add a source."""
    from monitor.contracts import AdapterError
    from monitor.sources import SOURCES
    from monitor.trying import take_name
    from monitor.wiring import open_monitor

    kind = kind.strip().lower()
    if kind not in SOURCES:
        more = "What none of them reads comes in through file (an export) or webhook (another program sends it)."
        raise CommandError(f"There is no kind {kind}; there are {', '.join(sorted(SOURCES))}. {more} Nothing was added.", USAGE)
    monitor = open_monitor(config, database)
    try:
        values: dict[str, Any] = {"name": take_name(monitor.settings, name or kind), "kind": kind}
        values |= {"every": every} if every else {}
        values |= {"brands": brands} if brands else {}
        values |= _options(kind, address, given or [])
        _try(monitor, values)
        if not (yes or (sys.stdin.isatty() and typer.confirm(f"Add it to monitor.toml as {values['name']}?", default=True))):
            say("Nothing was added; --yes saves it.")
            return
    except AdapterError as error:
        raise CommandError(f"{error}. Nothing was added.", REFUSED) from error
    except typer.Abort as stopped:
        raise CommandError("\nStopped. Nothing was added.", INTERRUPTED) from stopped
    _save(monitor, values)


def _save(monitor: Monitor, values: Mapping[str, Any]) -> None:
    from monitor.starter import add_table

    path = monitor.settings.config_dir / "monitor.toml"
    add_table(path, "source", values)
    say(f"Added to {path} as {values['name']}. A monitor that runs reads it from its next start on.")


def _try(monitor: Monitor, values: Mapping[str, Any]) -> None:
    """Read the source as it would be, and show what it finds.

    Raises:
        CommandError: it cannot be so, or cannot be read.
    """
    from monitor.contracts import AdapterError
    from monitor.sources import SOURCES
    from monitor.sources.about import ABOUT
    from monitor.trying import build_source, is_paid, look, missing_secrets, proposed

    with proposed(monitor, values) as (changed, settings):
        try:
            source = build_source(changed, settings)
            if SOURCES[settings.kind].comes_by_itself:
                say("Nothing is asked of anybody: others send to it. See docs/sources.md for how.")
                source.fetch(changed.brands_of(settings)[0], "")
                return
        except AdapterError as error:
            _say_what_is_missing(changed, settings, str(error))
            if SOURCES[settings.kind].comes_by_itself:
                say(f"{error}.")
                return
            raise
        if is_paid(settings.kind):
            _ = changed.store  # What costs must be written down, so the database is opened before anything is read.
            if ABOUT[settings.kind].price.startswith("$") and sys.stdin.isatty() and not missing_secrets(changed, settings):
                price = ABOUT[settings.kind].price
                typer.confirm(f"To try it costs money: {price}. Read a first page of each question?", default=True, abort=True)
        for brand in changed.brands_of(settings):
            shown = look(changed, settings, source, brand)
            if shown.read or not shown.error:
                show_look(shown, brand.name, FIRST)
            if shown.error:
                _say_what_is_missing(changed, settings, shown.error)
                raise CommandError(f"{shown.error}. Nothing was added.", REFUSED)


def _say_what_is_missing(monitor: Monitor, settings: SourceSettings, error: str) -> None:
    """Say which keys are not set, where to get them and where to put them; nothing where a key is not what is wrong."""
    from monitor.ailments import Trouble, classify
    from monitor.sources import SOURCES
    from monitor.sources.about import ABOUT
    from monitor.trying import missing_secrets

    names = missing_secrets(monitor, settings)
    if not names or classify(error) not in {Trouble.NO_KEY, Trouble.LOGGED_OUT}:
        return
    say(f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} not set. Needed: {ABOUT[settings.kind].key}.")
    then = "" if SOURCES[settings.kind].comes_by_itself else ", and then type this again"
    say(f"Write it into the file .env in this folder, as a line {names[0]}=…{then}.")


def _options(kind: str, address: str, given: list[str]) -> dict[str, Any]:
    """Return the options that were given, found or, at a terminal, asked for."""
    from monitor.sources import SOURCES
    from monitor.sources.about import CAPS
    from monitor.trying import COMMON, read_value

    known = SOURCES[kind].options
    words = _given(kind, address, given, [*known, *COMMON])
    asked = sys.stdin.isatty()
    for key, option in known.items():
        if option.required and key not in words and not asked:
            raise CommandError(f"{kind} needs {key}: {option.help} Give it with --set {key}=… Nothing was added.", USAGE)
    every = {**COMMON, **known}
    found = {key: read_value(key, every[key], values) for key, values in words.items()}
    if not asked:
        return found
    for key, option in known.items():
        if key not in found and (option.required or option.ask):
            found |= _ask(key, option, partial(_read, kind, key, option, words))
    for key, question in CAPS.get(kind, {}).items():
        if not found.keys() & {"cap_per_day", "cap_per_month"}:
            say(question)
            found |= _ask(key, COMMON[key], partial(_read, kind, key, COMMON[key], words))
    return found


def _given(kind: str, address: str, given: list[str], known: list[str]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for one in given:
        key, equals, value = one.partition("=")
        if not equals or key not in known:
            right = ", ".join(known)
            raise CommandError(f"--set {one}: write KEY=VALUE, with one of the keys of {kind}: {right}. Nothing was added.", USAGE)
        words.setdefault(key, []).append(value)
    if address:
        if kind != "rss":
            raise CommandError(f"Only rss takes an address; {kind} takes --set. Nothing was added.", USAGE)
        words.setdefault("urls", []).append(_feed(address, words))
    return words


def _feed(address: str, words: Mapping[str, list[str]]) -> str:
    from monitor.trying import find_feed

    found = find_feed(address, words.get("allow_private", ()))
    if found != address:
        say(f"Its feed: {found}")
    return found


def _ask(key: str, option: Option, read: Callable[[str], Any]) -> dict[str, Any]:
    """Ask until the answer can be read; an empty one leaves out what may be left out."""
    from monitor.contracts import AdapterError

    if option.help:
        say(option.help if option.required else f"{option.help} (Enter: {_usual(option)})")
    while True:
        answer = typer.prompt(key, default=None if option.required else "", show_default=False).strip()
        if not answer and not option.required:
            return {}
        try:
            return {key: read(answer)}
        except (CommandError, AdapterError) as error:
            say(f"{str(error).removesuffix(' Nothing was added.').removesuffix('.')}. Try again, or Ctrl-C.")


def _usual(option: Option) -> str:
    usual = option.default if isinstance(option.default, str) else ", ".join(option.default or ())
    return usual or "none"


def _read(kind: str, key: str, option: Option, words: Mapping[str, list[str]], answer: str) -> Any:
    """Return an answer as monitor.toml holds it; an address may be written as people say it, without https://."""
    from monitor.trying import read_address, read_value

    if kind == "rss" and key == "urls":
        return [_feed(one, words) for one in answer.replace(",", " ").split()]
    if option.kind in ("texts", "urls"):
        return read_value(key, option, answer.replace(",", " ").split())
    return read_address(answer) if option.kind == "url" else read_value(key, option, [answer])

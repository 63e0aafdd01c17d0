"""The command `monitor backtest`: what other terms would let in and keep out, seen before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command import ConfigOption, DatabaseOption, JsonOption, count, help_text, print_json, say

if TYPE_CHECKING:
    from monitor.backtesting import Moved


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `monitor`."""
    app.command(
        short_help="Try other terms on stored mentions.",
        help=help_text(
            "Show, on stored mentions, what other terms or exclusions would let in and keep out; nothing is saved.",
            'monitor backtest waalfiets --term "Waal fiets" --exclude "fietsenmaker"',
            "Ignored mentions and those of other brands are looked at too. What no term ever brought in is not stored and cannot be shown.",
        ),
    )(backtest)


def backtest(
    brand: Annotated[str, typer.Argument(help="The brand (its id).")],
    query: Annotated[list[str] | None, typer.Option("--query", metavar="PHRASE", help="In place of all terms; may be repeated.")] = None,
    terms: Annotated[list[str] | None, typer.Option("--term", metavar="PHRASE", help="A term more; may be repeated.")] = None,
    without_terms: Annotated[
        list[str] | None, typer.Option("--without-term", metavar="PHRASE", help="A term less; may be repeated.")
    ] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", metavar="PHRASE", help="An exclusion more; may be repeated.")] = None,
    without_exclude: Annotated[
        list[str] | None, typer.Option("--without-exclude", metavar="PHRASE", help="An exclusion less; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="The newest stored mentions to look at.")] = 20_000,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try terms."""
    from monitor.backtesting import Change, in_words
    from monitor.backtesting import backtest as try_out
    from monitor.text import for_terminal
    from monitor.wiring import open_monitor

    change = Change(query or (), terms or (), without_terms or (), exclude or (), without_exclude or ())
    monitor = open_monitor(config, database)
    found = try_out(monitor, monitor.known_brand(brand), change, most=limit)
    if as_json:
        print_json(found)
        return
    say(f"{count(found.looked_at, 'stored mention')} looked at: {found.before} about {brand} as it is, {found.after} as it would be.")
    if not change.is_none:
        _show("would come in", found.let_in)
        _show("would be kept out", found.keep_out)
    say("How right each term is, by what people said:")
    for figures in found.terms:
        say(f"    {for_terminal(in_words(figures))}")
    say("Nothing was saved. What no term ever brought in is not stored, so it cannot be shown here.")


def _show(what: str, moved: Moved) -> None:
    from monitor.text import clip, for_terminal

    said = f"; people said of {moved.about_us} that it is about us, of {moved.not_about_us} that it is not"
    say(f"{count(moved.count, 'mention')} {what}{said if moved.about_us or moved.not_about_us else ''}")
    for one in moved.examples:
        say(f"    {one.mention_id} ({for_terminal(one.brand)}): {clip(for_terminal(one.text), 100)}")
        say(f"        {clip(for_terminal(one.why), 120)}")

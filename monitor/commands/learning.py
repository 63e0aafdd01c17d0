"""The commands `monitor label`, `monitor sample` and `monitor learning`: what people say of mentions, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command import (
    BIGGEST_ID,
    REFUSED,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    count,
    help_text,
    print_json,
    print_table,
    say,
)
from monitor.commands.looking import BrandOption
from monitor.domain import Verdict

if TYPE_CHECKING:
    from monitor.wiring import Monitor

NAME_LIMIT = 100

NameOption = Annotated[str, typer.Option("--as", envvar="GRAPEVINE_NAME", help="Who you are; your name stands with the label.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to those of `monitor`."""
    app.command(
        short_help="Say of a mention what it really is.",
        help=help_text(
            "Say of a mention what it really is; the brand learns from it, and you can always say something else.",
            'monitor label 12 not_negative --as "Els Kamps"',
        ),
    )(label)
    app.command(
        short_help="List unflagged mentions to be checked.",
        help=help_text(
            "List unflagged mentions to be checked: one in twenty, so that what is missed can be measured. Answer with monitor label.",
            "monitor sample --brand waalfiets",
        ),
    )(sample)
    app.command(
        short_help="Show what was learned and how right flags are; set it back.",
        help=help_text(
            "Show what each brand learned from labels and how often its flags are right, or set back what a brand learned.",
            'monitor learning reset --brand waalfiets --as "Els Kamps"',
            "After a reset only labels given from then on are learned from; no label is lost.",
        ),
    )(learning)


class What(StrEnum):
    """What to do with what was learned."""

    SHOW = "show"
    RESET = "reset"


def label(
    mention_id: Annotated[int, typer.Argument(metavar="ID", min=1, max=BIGGEST_ID, help="The mention's number.")],
    verdict: Annotated[Verdict, typer.Argument(metavar="LABEL", help=f"One of: {', '.join(Verdict)}.")],
    name: NameOption,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Label a mention."""
    from monitor.wiring import now, open_monitor

    name = _name(name)
    monitor = open_monitor(config, database)
    if not monitor.labels.label(mention_id, verdict, by=name, at=now(), door="label"):
        raise CommandError(f"There is no mention {mention_id}, or its text was erased. Nothing was written down.", REFUSED)
    if as_json:
        print_json({"ok": True, "mention_id": mention_id, "label": verdict.value, "by": name})
    else:
        say(f"Mention {mention_id}: {verdict.value.replace('_', ' ')}, says {name}.")


def sample(
    brand: BrandOption = "",
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="At most so many.")] = 20,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List a sample to check."""
    from monitor.text import clip, for_terminal
    from monitor.wiring import open_monitor

    monitor = open_monitor(config, database)
    if brand:
        monitor.known_brand(brand)
    found = monitor.labels.samples(brand, limit)
    if as_json:
        print_json(found)
        return
    rows = [
        [str(one.id), one.mention.brand, _why(one.triage.rules if one.triage else ()), clip(for_terminal(one.mention.text), 100)]
        for one in found
    ]
    if rows:
        print_table(["mention", "brand", "rule", "text"], rows)
        say(f"{count(len(rows), 'mention')} to check. Negative, or not? monitor label ID negative|neutral|positive|not_about_us --as NAME")
    else:
        say("There is nothing to check.")


def _why(rules: tuple[str, ...]) -> str:
    return rules[0] if rules else ""


def learning(
    what: Annotated[What, typer.Argument(help="show or reset.")] = What.SHOW,
    brand: BrandOption = "",
    name: Annotated[str, typer.Option("--as", envvar="GRAPEVINE_NAME", help="Who you are; a reset needs it.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show or set back what was learned."""
    from monitor.wiring import open_monitor

    if what is What.RESET:
        name = _name(name)
    monitor = open_monitor(config, database)
    if brand:
        monitor.known_brand(brand)
    brands = [brand] if brand else list(monitor.brands)
    if what is What.SHOW:
        _show(monitor, brands, as_json=as_json)
    else:
        _reset(monitor, brands, name, as_json=as_json)


def _show(monitor: Monitor, brands: Sequence[str], *, as_json: bool) -> None:
    from monitor.lessons import Lessons, as_record, in_words
    from monitor.text import for_terminal

    found = [Lessons(monitor).show(one) for one in brands]
    if as_json:
        print_json([as_record(one) for one in found])
        return
    for one in found:
        say(for_terminal(monitor.brands[one.brand].name))
        for line in in_words(one):
            say(f"    {for_terminal(line)}")


def _reset(monitor: Monitor, brands: Sequence[str], name: str, *, as_json: bool) -> None:
    from monitor.lessons import Lessons

    done = [lesson for one in brands if (lesson := Lessons(monitor).reset(one, name)) is not None]
    if as_json:
        print_json(done)
    for lesson in () if as_json else done:
        say(f"{lesson.brand}: {lesson.why} (lesson {lesson.number}).")
    if len(done) < len(brands):
        raise CommandError("Another process wrote a lesson at this very moment. Try again for the others.", REFUSED)


def _name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > NAME_LIMIT or not name.isprintable():
        raise CommandError(f"Say who you are, in at most {NAME_LIMIT} printable characters (--as NAME). Nothing was written down.", USAGE)
    return name

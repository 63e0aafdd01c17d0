"""What we promised: the command `responders promises`, and who is told when a promise falls due or is past due. No rules live here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
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
    warn,
)

if TYPE_CHECKING:
    from monitor.domain import Promise
    from responders.promisebook import PromiseBook
    from responders.slackbook import SlackBook
    from responders.wiring import Responders


class Act(StrEnum):
    """What to do with the promises."""

    LIST = "list"
    CLOSE = "close"
    BROKEN = "broken"
    WITHDRAW = "withdraw"


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `responders`."""
    app.command(
        short_help="Show what we promised, or say what became of it.",
        help=help_text(
            "Show what our replies promised and by when, or say what became of a promise.",
            'responders promises close 3 --url https://waalfiets.example/status --as "Els Kamps"',
            "list shows those that are open; close says that one was kept, and where that can be seen; broken and withdraw say why. "
            "One of which nobody says anything for three days after its moment counts as broken.",
        ),
    )(promises)


def promises(
    act: Annotated[Act, typer.Argument(metavar="list|close|broken|withdraw", help="What to do.")] = Act.LIST,
    promise_id: Annotated[int, typer.Argument(metavar="ID", min=0, max=BIGGEST_ID, help="The promise's number, as the list shows it.")] = 0,
    due: Annotated[bool, typer.Option("--due", help="list: only those due within a day, or past due.")] = False,
    broken: Annotated[bool, typer.Option("--broken", help="list: only those that were broken.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="list: whatever became of them.")] = False,
    url: Annotated[str, typer.Option(help="close: where it can be seen that it was kept.")] = "",
    reason: Annotated[str, typer.Option(help="broken, withdraw: why; it stands in the audit.")] = "",
    name: Annotated[str, typer.Option("--as", envvar="GRAPEVINE_NAME", help="Who you are; your name stands in the audit.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look after what we promised."""
    from monitor.wiring import now
    from responders.wiring import Responders, read_responder_settings

    responders = Responders(read_responder_settings(config, database))
    if act is not Act.LIST:
        _close(responders, act, promise_id, url=url.strip(), reason=reason.strip(), name=name.strip(), at=now(), as_json=as_json)
        return
    found = _find(responders.promises, now(), due=due, broken=broken, everything=everything)
    if as_json:
        print_json(found)
    elif not found:
        say("There is none." if due or broken or everything else "No promise is open.")
    else:
        zones = {brand.id: brand.timezone for brand in responders.settings.brands}
        print_table(["ID", "reply", "state", "by", "what we promised", "where"], [_row(one, zones, now()) for one in found])


def _find(book: PromiseBook, at: datetime, *, due: bool, broken: bool, everything: bool) -> list[Promise]:
    from monitor.domain import PromiseState
    from monitor.promised import SOON

    if broken:
        return book.of_state(PromiseState.BROKEN)
    if due:
        return book.of_state(PromiseState.OPEN, due_before=at + SOON)
    return book.of_state(*(() if everything else (PromiseState.OPEN,)))


def _row(promise: Promise, zones: dict[str, str], at: datetime) -> list[str]:
    from monitor.domain import PromiseState
    from monitor.text import clip, for_terminal

    is_open = promise.state is PromiseState.OPEN
    late = " overdue" if is_open and promise.due_at <= at else ""
    return [
        str(promise.id),
        str(promise.reply_id),
        promise.state.value + late,
        in_words(promise, zones.get(promise.brand, "UTC")),
        clip(for_terminal(promise.text), 80),
        for_terminal(promise.url or promise.reply_url),
    ]


def in_words(promise: Promise, timezone: str) -> str:
    """Say when a promise is due on the brand's clock; a day of our own choosing is said to be one."""
    from zoneinfo import ZoneInfo

    local = promise.due_at.astimezone(ZoneInfo(timezone))
    return f"{local:%a %d-%m-%Y %H:%M}" + ("" if promise.is_dated else " (no day named; looked at again then)")


def _close(responders: Responders, act: Act, promise_id: int, *, url: str, reason: str, name: str, at: datetime, as_json: bool) -> None:
    from monitor.domain import PromiseState
    from monitor.text import clean

    if promise_id < 1:
        raise CommandError(f"Which promise? responders promises {act.value} ID. Nothing was changed.", USAGE)
    if not name:
        raise CommandError("Say who you are: --as NAME (or set GRAPEVINE_NAME). Nothing was changed.", USAGE)
    if act is Act.CLOSE and (not url.startswith(("https://", "http://")) or any(c.isspace() for c in url) or len(url) > 2000):
        raise CommandError("Show where it was kept: --url https://… without blanks. Nothing was changed.", USAGE)
    if act is not Act.CLOSE and not reason:
        raise CommandError("Say why: --reason WORDS. Nothing was changed.", USAGE)
    state = {Act.CLOSE: PromiseState.KEPT, Act.BROKEN: PromiseState.BROKEN, Act.WITHDRAW: PromiseState.WITHDRAWN}[act]
    closing = responders.promises.close(promise_id, state, clean(name)[:256], at, url=url, reason=clean(reason)[:2000])
    if as_json:
        print_json({"ok": closing.ok, "sentence": closing.sentence, "promise": closing.promise})
    elif closing.ok:
        say(f"Promise {promise_id}: {closing.sentence}.")
    else:
        warn(f"Not done: {closing.sentence}.")
    if not closing.ok:
        raise typer.Exit(REFUSED)


def recall(responders: Responders, at: datetime, *, may_break: bool = True) -> list[str]:
    """Tell of each promise once when it falls due and once when it is past due, and call broken what nobody spoke of; returns the lines.

    Where the reply has a card in Slack, the line stands in its thread. With a clock that just jumped nothing is called broken.
    """
    book = responders.promises
    zones = {brand.id: brand.timezone for brand in responders.settings.brands}
    lines = []
    soon, late = book.to_recall(at)
    for promise, is_late in [*((one, False) for one in soon), *((one, True) for one in late)]:
        # First the line, whose key is written once; a crash in between writes no second.
        _tell_slack(responders, promise, zones.get(promise.brand, "UTC"), at, late=is_late)
        if book.recalled(promise, at, late=is_late):
            word = "is past due" if is_late else "falls due"
            lines.append(f"promise {promise.id} of reply {promise.reply_id} {word}: {in_words(promise, zones.get(promise.brand, 'UTC'))}")
    broken = book.give_up(at) if may_break else ()
    return [*lines, *(f"promise {promise_id} counts as broken: nobody said that it was kept" for promise_id in broken)]


def _tell_slack(responders: Responders, promise: Promise, timezone: str, at: datetime, *, late: bool) -> None:
    settings = responders.settings.slack
    if settings is None:
        return
    from responders.approval import routing
    from responders.approval.blocks import clock, escape, person
    from responders.approval.words import say as spell
    from responders.slackbook import SlackBook

    book: SlackBook = SlackBook(responders.database)
    card = book.message(f"card/{promise.reply_id}")
    if card is None or not card.ts:
        return
    key = "promise_late" if late else "promise_due" if promise.is_dated else "promise_look"
    language = routing.language_in(card.channel, settings)
    said = spell(language, key, text=escape(promise.text[:300]), at=clock(promise.due_at, timezone, day=True), number=promise.id)
    owner = settings.brand(promise.brand).owner
    called = f"{person(owner)} " if late and owner else ""
    word = "late" if late else "due"
    book.expect(f"promise/{promise.id}/{word}", "line", card.channel, at, reply_id=promise.reply_id, thread_ts=card.ts, text=called + said)


def tell_open(responders: Responders, at: datetime) -> Sequence[str]:
    """Return a line on what is due and past due, for the summary of what waits; none where nothing is."""
    from monitor.domain import PromiseState
    from monitor.promised import SOON

    waiting = responders.promises.of_state(PromiseState.OPEN, due_before=at + SOON)
    if not waiting:
        return ()
    overdue = sum(promise.due_at <= at for promise in waiting)
    parts = [f"{overdue} past due"] if overdue else []
    parts += [f"{len(waiting) - overdue} due within a day"] if len(waiting) > overdue else []
    return (f"{count(len(waiting), 'promise')}: {', '.join(parts)}. See: responders promises --due",)

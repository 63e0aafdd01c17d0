from __future__ import annotations

import os
import pty
import threading
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from monitor.domain import Brand, History, ReplyStatus
from responders.decisions import Decisions, _earlier
from responders.wiring import Responders
from tests.chain import approve
from tests.responders.steps import ELS, a_waiting_reply, status_of
from tests.steps import HONEST
from tests.terminal import Terminal

# The desk


def test_the_desk_asks_who_sits_down(terminal: Terminal) -> None:
    nobody = terminal.type("responders", "review")

    assert (2, "Say who you are: responders review --as NAME (or set GRAPEVINE_NAME).\n") == (nobody.code, nobody.err)


def test_the_desk_shows_a_card_and_takes_a_decision_from_a_pipe(terminal: Terminal, folder_database: sa.Engine) -> None:
    a_waiting_reply(folder_database)
    done = terminal.type("responders", "review", "--as", ELS, typed=b"a\nq\n")

    assert 0 == done.code
    assert "my bike did not open" in done.out or HONEST[:30] in done.out
    assert ReplyStatus.APPROVED == status_of(folder_database)


def test_the_desk_works_at_a_real_terminal_and_asks_for_the_name(terminal: Terminal, folder_database: sa.Engine) -> None:
    a_waiting_reply(folder_database)
    ours, theirs = pty.openpty()
    process = terminal.start("responders", "review", real_input=theirs)
    os.close(theirs)
    process.await_words("Your name, as it will stand in the audit")
    os.write(ours, b"Els Kamps\n")
    process.await_words("Waalfiets web team here")
    pause = threading.Event()
    while process.process.poll() is None:
        os.write(ours, b"q")
        pause.wait(0.2)
    os.close(ours)

    assert 0 == process.end().code
    assert ReplyStatus.AWAITING == status_of(folder_database)


def test_cards_come_the_gravest_first_then_the_oldest_and_each_once_in_a_sitting(responders: Responders) -> None:
    database, day = responders.database, datetime(2026, 3, 2, tzinfo=UTC)
    for number, needed, days in ((1, 1, 2), (2, 1, 1), (3, 2, 3)):
        a_waiting_reply(database, external_id=str(number), approvals_needed=needed, posted_at=day + timedelta(days=days))
    decisions = Decisions(responders)
    shown: list[int] = []
    while (card := decisions.next_reply(shown[-1] if shown else 0)) is not None:
        shown.append(card.reply.id)
        if len(shown) == 2:
            a_waiting_reply(database, external_id="4", posted_at=day)

    again = decisions.next_reply(99)

    assert [3, 2, 1, 4] == shown
    assert again is not None
    assert (3, 4) == (again.reply.id, again.waiting)


def test_a_card_tells_what_was_said_before(responders: Responders) -> None:
    reply = a_waiting_reply(responders.database, brand="gone")
    history = History(failed_before=True, answered_url="https://x.example/1", open_reply_to_author=True)

    assert ["T10", "an answer of ours", "T16"] == [
        next(mark for mark in ("T10", "an answer of ours", "T16") if mark in earlier.words) for earlier in _earlier(history, reply)
    ]
    # A brand that left the configuration still has its replies.
    assert Brand("gone", "gone", ()).timezone == Decisions(responders).card(reply).timezone


def test_who_is_not_listed_changes_no_text_closes_and_tries_nothing_again_and_restarts_nothing(responders: Responders) -> None:
    database, decisions = responders.database, Decisions(responders)
    approved, unclear = (a_waiting_reply(database, external_id=number) for number in "12")
    for reply in (approved, unclear):
        approve(database, reply, at=datetime.now(UTC))
    claim = responders.attempts.claim(unclear.id, "worker", datetime.now(UTC))
    assert claim is not None
    responders.attempts.needs_review(claim, "nobody can tell", datetime.now(UTC), refused=False)
    told = [
        decisions.edit(approved.id, "Other words. ^P", "Piet"),
        decisions.retry(unclear.id, "Piet"),
        decisions.posted(unclear.id, "Piet", "https://x.example/1"),
        decisions.turn("Piet", "storing", on=False),
        decisions.turn("Piet", "", on=True),
    ]
    states = [status_of(database, approved.id), status_of(database, unclear.id), responders.store.switch().on]
    listed = [decisions.edit(approved.id, HONEST + "!", ELS), decisions.retry(unclear.id, ELS), decisions.turn(ELS, "", on=True)]

    assert [False, False, False, True, False] == [outcome.ok for outcome in told]
    assert "Piet may not decide for waalfiets; these may: Els Kamps, Joris van Beek; nothing was changed" == told[0].sentence
    assert "Piet may not restart publishing; these may: Els Kamps, Joris van Beek" == told[4].sentence
    assert [ReplyStatus.APPROVED, ReplyStatus.NEEDS_REVIEW, False] == states
    assert [True] * 3 == [outcome.ok for outcome in listed]

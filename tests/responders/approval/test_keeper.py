from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.domain import Posted, ReplyStatus
from responders.approval.cards import Message, render_card
from responders.asking import assemble
from responders.attempts import AttemptStore, Claim
from tests.builders import an_objection
from tests.chain import approve
from tests.fakes.blockkit import elements_of, words_of
from tests.fakes.slack import Fault
from tests.responders.approval.stage import ALWAYS, TEXT, Stage, on_stage, wait_until


@pytest.fixture
def stage(sqlite_database: sa.Engine) -> Iterator[Stage]:
    with on_stage(sqlite_database, listen=False, brands=(ALWAYS,)) as built:
        yield built


def claimed(stage: Stage, reply_id: int) -> Claim:
    claim = AttemptStore(stage.responders.database).claim(reply_id, "w", stage.clock())
    assert claim is not None
    return claim


# Sending once


def test_a_card_is_sent_once_however_often_we_look(stage: Stage) -> None:
    stage.ask()

    stage.look(5)

    assert 1 == len(stage.slack.called("chat.postMessage"))
    assert 0 == len(stage.slack.called("chat.update"))


def test_a_card_whose_answer_was_lost_is_found_by_its_metadata_and_not_sent_again(stage: Stage) -> None:
    reply = stage.ask()
    stage.slack.faults.append(Fault("chat.postMessage", "drop_after"))

    stage.look(4)

    assert 1 == len(stage.slack.called("chat.postMessage"))
    assert stage.card(reply) is stage.slack.shown()[0]


def test_a_card_that_never_arrived_is_looked_for_and_then_sent(stage: Stage) -> None:
    reply = stage.ask()
    stage.slack.faults.append(Fault("chat.postMessage", "drop_before"))

    stage.look(4)

    assert ["conversations.history"] == [name for name, _ in stage.slack.calls if name.startswith("conversations")]
    assert [stage.card(reply)] == stage.slack.shown()


def test_a_process_that_died_between_claim_and_send_leaves_no_second_card(stage: Stage) -> None:
    reply = stage.ask()
    row = stage.book.expect(f"card/{reply.id}", "card", "C0CARDS", stage.clock(), reply_id=reply.id)
    claim = stage.book.claim(row, "dead", stage.clock())
    assert claim is not None
    stage.side.slack.post("C0CARDS", _message(stage, reply.id), claim.key)

    stage.look()
    assert 1 == len(stage.slack.shown())
    stage.clock.ahead += timedelta(seconds=30)
    stage.look()

    assert 1 == len(stage.slack.called("chat.postMessage"))
    assert stage.card(reply) is stage.slack.shown()[0]


def _message(stage: Stage, reply_id: int) -> Message:
    sheet = stage.side.desk.sheet(reply_id)
    assert sheet is not None
    return render_card(sheet)


@pytest.mark.parametrize("kind", ["error", "status"])
def test_where_reading_back_cannot_tell_nothing_is_sent_again(stage: Stage, kind: str) -> None:
    stage.ask()
    stage.slack.faults += [Fault("chat.postMessage", "drop_after"), Fault("conversations.history", kind, 3, error="missing_scope")]

    stage.look(6)

    assert 1 == len(stage.slack.called("chat.postMessage"))
    assert 1 == len(stage.slack.shown())


def test_when_asked_to_wait_we_wait_and_then_send_once(stage: Stage) -> None:
    stage.ask()
    stage.slack.faults.append(Fault("chat.postMessage", "status", status=429, retry_after=30))

    stage.look(4)
    assert 1 == len(stage.slack.called("chat.postMessage"))
    stage.clock.ahead += timedelta(seconds=30)
    stage.look()

    assert 1 == len(stage.slack.shown())
    assert [] == stage.slack.called("conversations.history")


def test_a_refused_card_is_tried_again_later_and_said_in_the_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.ask()
    stage.slack.channels["C0CARDS"] = False

    stage.look(3)
    assert 1 == len(stage.slack.called("chat.postMessage"))
    assert "not_in_channel" in caplog.text
    stage.slack.channels["C0CARDS"] = True
    stage.clock.ahead += timedelta(minutes=10)
    stage.look()

    assert 1 == len(stage.slack.shown())


def test_two_workers_on_one_database_send_each_card_once_and_in_order(sqlite_database: sa.Engine) -> None:
    with on_stage(sqlite_database, listen=False) as stage:
        other = assemble(stage.responders, stage.side.desk.slack, stage.clock, worker="here-2")
        replies = [stage.ask() for _ in range(6)]

        for _ in range(20):
            pair = [threading.Thread(target=side.keeper.look) for side in (stage.side, other)]
            for thread in pair:
                thread.start()
            for thread in pair:
                thread.join()
            stage.clock.ahead += timedelta(seconds=2)

        assert [f"card/{reply.id}" for reply in replies] == [m.metadata["event_payload"]["key"] for m in stage.slack.shown()]


def test_a_card_that_somebody_threw_away_is_sent_anew_while_it_waits(stage: Stage) -> None:
    reply, card = stage.shown()
    card.deleted = True

    stage.responders.store.edit(reply.id, "Other words. ^EK", "Jan", (), stage.clock())
    stage.look(3)

    assert [stage.card(reply)] == stage.slack.shown()
    assert "Other words. ^EK" in words_of(stage.card(reply).blocks)


def test_what_was_decided_before_its_card_was_sent_gets_none(stage: Stage) -> None:
    reply = stage.ask()
    stage.book.expect(f"card/{reply.id}", "card", "C0CARDS", stage.clock(), reply_id=reply.id)
    approve(stage.responders.database, reply)

    stage.look(2)

    assert [] == stage.slack.shown()


# Later news


def test_news_edits_the_same_card_and_stands_in_its_thread(stage: Stage) -> None:
    reply, card = stage.shown()
    approve(stage.responders.database, reply)
    AttemptStore(stage.responders.database).posted(
        claimed(stage, reply.id), Posted("9", "https://x.example/9", TEXT, stage.clock()), stage.clock()
    )

    stage.look(3)

    assert 1 == len(stage.slack.shown("C0CARDS"))
    assert "Approved by Els Kamps, and published" in words_of(card.blocks)
    assert [("Published: <https://x.example/9>", card.ts)] == [(m.text, m.thread_ts) for m in stage.slack.shown(thread=True)]


def test_a_post_that_its_author_took_back_is_erased_on_the_card_too(stage: Stage) -> None:
    reply, card = stage.shown()
    approve(stage.responders.database, reply)
    attempts = AttemptStore(stage.responders.database)
    attempts.cancelled(claimed(stage, reply.id), "T15", "T15: the author took the mention back", stage.clock(), gone=True)

    stage.look(4)

    assert "The lock of my Waalfiets" not in str(card.blocks) + card.text
    assert "Deleted or changed by its author" in words_of(card.blocks)
    assert {"The author took the post back.", "Not published: T15: the author took the mention back"} == {
        m.text for m in stage.slack.shown(thread=True)
    }


def test_an_expired_reply_says_so_on_its_card_and_in_its_thread(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.clock.ahead += timedelta(days=4)
    stage.responders.store.wake_and_expire(stage.clock())

    stage.look(3)

    assert ReplyStatus.EXPIRED == stage.reply(reply).status
    assert "Expired: nobody decided in time" in words_of(card.blocks)
    assert "Expired: nobody decided in time." in [m.text for m in stage.slack.shown(thread=True)]


def test_a_decision_at_the_terminal_shows_on_the_card(stage: Stage) -> None:
    reply, card = stage.shown()

    stage.responders.store.reject(reply.id, "Els Kamps", "T3 a joke", stage.clock(), rule="T3")
    stage.look()

    assert "Not answered; decided by Els Kamps" in words_of(card.blocks)
    assert [] == list(elements_of(card.blocks))


def test_what_changed_while_nothing_ran_is_shown_at_the_next_start(stage: Stage) -> None:
    reply, card = stage.shown()
    approve(stage.responders.database, reply)

    again = assemble(stage.responders, stage.side.desk.slack, stage.clock, worker="here-3")
    again.keeper.look()

    assert "Approved by Els Kamps" in words_of(card.blocks)


@pytest.mark.parametrize(
    "fault",
    [Fault("chat.update", "drop_before"), Fault("chat.update", "status"), Fault("chat.update", "status", status=429, retry_after=3)],
)
def test_an_update_that_fails_is_made_at_a_later_look(stage: Stage, fault: Fault) -> None:
    reply, card = stage.shown()
    approve(stage.responders.database, reply)
    stage.slack.faults.append(fault)

    stage.look(3)

    assert "Approved by Els Kamps" in words_of(card.blocks)


def test_an_update_that_slack_refuses_is_logged(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    reply, _ = stage.shown()
    approve(stage.responders.database, reply)
    stage.slack.faults.append(Fault("chat.update", "error", error="is_archived"))

    stage.look()

    assert "is_archived" in caplog.text


# Threads


def test_people_are_told_once_that_what_they_write_in_a_thread_is_never_published(sqlite_database: sa.Engine) -> None:
    with on_stage(sqlite_database) as stage:
        reply, card = stage.shown()
        event = {"type": "message", "channel": "C0CARDS", "user": "U0BOB", "text": "Just say sorry!", "thread_ts": card.ts, "ts": "1.1"}

        for _ in range(3):
            stage.slack.event(event)
        stage.slack.event({**event, "thread_ts": "1.0"})
        stage.slack.event({**event, "thread_ts": card.ts, "bot_id": "B1"})
        wait_until(lambda: stage.book.message("warning/1") is not None)
        stage.look(3)

        assert 1 == len(stage.slack.shown(thread=True))
        assert "never published" in stage.slack.shown(thread=True)[0].text
        assert TEXT == stage.reply(reply).version.text


# The loop


def test_the_loop_looks_when_poked_and_survives_a_look_that_fails(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked, stopping = threading.Event(), threading.Event()
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) == 2:
            looked.set()
            stopping.set()
        raise RuntimeError("the database is away")

    monkeypatch.setattr(stage.side.keeper, "look", look)
    monkeypatch.setattr("responders.approval.keeper.EVERY", 0.01)
    thread = threading.Thread(target=stage.side.keeper.run, args=(stopping,))
    thread.start()
    assert looked.wait(20)
    thread.join()

    assert 2 == len(looks)
    assert "a look at Slack's cards failed" in caplog.text


def test_on_postgres_it_is_the_same(postgres_database: sa.Engine) -> None:
    with on_stage(postgres_database, listen=False, brands=(ALWAYS,)) as stage:
        reply, card = stage.shown(objections=[an_objection("N1")])
        stage.responders.store.edit(reply.id, "Other words. ^EK", "Jan", (), stage.clock())
        stage.look(2)

        assert "Changed by Jan:" in words_of(card.blocks)
        stage.clock.ahead += timedelta(hours=1)
        stage.look(2)
        assert 1 == len(stage.slack.shown(thread=True))

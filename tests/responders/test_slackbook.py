from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from monitor.domain import MentionStatus, Posted, ReplyStatus
from monitor.tables import metadata
from responders.attempts import AttemptStore
from responders.slackbook import CLAIM, MessageState, SlackBook
from responders.store import ReplyStore
from tests.builders import NOW
from tests.chain import approve, save_waiting_reply

SOON = timedelta(seconds=1)


def test_the_migrations_make_exactly_the_tables_of_the_one_page(database: sa.Engine) -> None:
    def ours(name: str | None, kind: str, parents: object) -> bool:
        # The engine keeps tables of its own beside ours.
        return kind != "table" or name in metadata.tables

    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours})

        assert [] == compare_metadata(context, metadata)


def test_two_who_mean_the_same_message_write_one_row(database: sa.Engine) -> None:
    book = SlackBook(database)

    first, second = (book.expect("card/1", "card", channel, NOW) for channel in ("C1", "C2"))

    assert first == second
    assert "C1" == second.channel


def test_of_two_claims_one_holds_until_it_runs_out_and_then_says_it_is_the_second(database: sa.Engine) -> None:
    book = SlackBook(database)
    row = book.expect("card/1", "card", "C1", NOW)

    claims = [book.claim(row, worker, NOW) for worker in ("a", "b")]
    late = book.claim(row, "b", NOW + CLAIM)

    assert [1, None, 2] == [claim and claim.claims for claim in (*claims, late)]
    assert late is not None
    assert NOW == late.claimed_at


def test_what_is_recorded_twice_is_recorded_once(database: sa.Engine) -> None:
    book = SlackBook(database)
    claim = book.claim(book.expect("card/1", "card", "C1", NOW), "a", NOW)
    assert claim is not None

    assert [True, False] == [book.sent(claim, ts, NOW, next_at=None) for ts in ("1.1", "1.2")]
    found = book.standing_at("C1", "1.1")
    assert found is not None
    assert (MessageState.SENT, "card/1") == (found.state, found.key)
    assert book.standing_at("C1", "1.2") is None


def test_what_slack_certainly_does_not_have_is_claimed_as_for_the_first_time(database: sa.Engine) -> None:
    book = SlackBook(database)
    row = book.expect("card/1", "card", "C1", NOW)
    for refused in (False, True):
        claim = book.claim(row, "a", NOW)
        assert claim is not None
        assert 1 == claim.claims
        book.release(claim, NOW + SOON, "asked to wait", refused=refused)

    assert [] == book.due(NOW)
    assert ["card/1"] == [message.key for message in book.due(NOW + SOON)]


def test_one_worker_at_a_time_writes_in_a_channel_and_at_its_pace(database: sa.Engine) -> None:
    book = SlackBook(database)
    lease, pace = timedelta(seconds=30), timedelta(seconds=1)

    def take(worker: str, after: float, channel: str = "C1") -> bool:
        return book.take_channel(channel, worker, NOW + timedelta(seconds=after), lease, pace)

    assert [True, False, False, True] == [take("a", 0), take("a", 0.5), take("b", 2), take("a", 2)]
    assert take("b", 2, "C2")
    assert take("b", 33)
    book.hold_channel("C1", NOW + timedelta(minutes=5))
    assert [False, True] == [take("b", 100), take("b", 301)]


def test_what_a_crash_left_behind_is_found_and_what_is_in_step_is_not(database: sa.Engine) -> None:
    book = SlackBook(database)
    reply, other = save_waiting_reply(database), save_waiting_reply(database, external_id="2")
    assert [reply.id, other.id] == book.behind(10)

    for one in (reply, other):
        claim = book.claim(book.expect(f"card/{one.id}", "card", "C1", NOW, reply_id=one.id), "a", NOW)
        assert claim is not None
        book.sent(claim, f"{one.id}.1", NOW, next_at=None, shown_event=book.last_event(one))
    assert [] == book.behind(10)
    approve(database, other)

    assert [other.id] == book.behind(10)


def test_what_changed_is_told_for_replies_and_for_their_mentions(database: sa.Engine) -> None:
    book = SlackBook(database)
    reply = save_waiting_reply(database)
    seen = book.newest_event()
    approve(database, reply)
    claim = AttemptStore(database).claim(reply.id, "w", NOW)
    assert claim is not None
    AttemptStore(database).cancelled(claim, "T15", "T15: taken back", NOW, gone=True)

    events = book.audit(reply, seen)
    assert {reply.id} == {reply_id for _, reply_id in book.events_after(seen)}
    assert {MentionStatus.DELETED.value, ReplyStatus.REJECTED.value} <= {event.new_status for event in events}
    assert book.newest_event() == events[-1].id == book.last_event(reply)


def test_the_last_decision_is_a_persons_and_no_machines_step(database: sa.Engine) -> None:
    book = SlackBook(database)
    reply = save_waiting_reply(database)
    assert book.decision(reply.id) is None
    approve(database, reply)
    claim = AttemptStore(database).claim(reply.id, "w", NOW)
    assert claim is not None
    AttemptStore(database).not_sent(claim, NOW, "refused", NOW)

    decision = book.decision(reply.id)

    assert decision is not None
    assert ("Els Kamps", "approved") == (decision.actor, decision.new_status)


def test_every_text_of_a_reply_and_what_really_stands_there_are_remembered(database: sa.Engine) -> None:
    book, store = SlackBook(database), ReplyStore(database)
    reply = save_waiting_reply(database)
    store.edit(reply.id, "Other words. ^EK", "Jan", (), NOW)
    after = store.reply(reply.id)
    assert after is not None
    approve(database, after)
    claim = AttemptStore(database).claim(reply.id, "w", NOW)
    assert claim is not None
    AttemptStore(database).posted(claim, Posted("9", "https://x.example/9", "Other words!", NOW), NOW)

    assert [(1, "template"), (2, "Jan")] == [(number, who) for number, who, _ in book.texts(reply.id)]
    assert "Other words!" == book.posted_text(reply.id)


def test_people_in_a_thread_are_told_once(database: sa.Engine) -> None:
    book = SlackBook(database)
    claim = book.claim(book.expect("card/1", "card", "C1", NOW), "a", NOW)
    assert claim is not None
    book.sent(claim, "1.1", NOW, next_at=None)

    assert [True, False, False] == [book.warn_once("C1", ts) for ts in ("1.1", "1.1", "9.9")]


def test_listed_cards_keep_their_order_and_leave_when_decided(database: sa.Engine) -> None:
    book = SlackBook(database)
    replies = [save_waiting_reply(database, external_id=str(number)) for number in range(3)]
    book.expect_cards([(reply.id, "C1", "") for reply in replies], NOW)
    book.expect_cards([(reply.id, "C2", "") for reply in replies], NOW)
    assert ([], 0) == (book.listed("C1", 9), book.count_listed("C1"))
    book.list_cards(list(book.cards([reply.id for reply in replies]).values()))
    ReplyStore(database).reject(replies[1].id, "Els", "T3", NOW)

    assert [replies[0].id, replies[2].id] == [message.reply_id for message in book.listed("C1", 9)]
    assert (2, [replies[0].id]) == (book.count_listed("C1"), [message.reply_id for message in book.listed("C1", 1)])
    claim = book.claim(book.listed("C1", 1)[0], "a", NOW)
    assert claim is not None
    book.sent(claim, "1.1", NOW, next_at=None)
    assert [NOW] == book.open_since("C1", NOW - SOON)
    assert [] == book.open_since("C1", NOW)


def test_a_text_is_found_as_it_is_written_and_never_as_a_pattern(database: sa.Engine) -> None:
    book = SlackBook(database)
    save_waiting_reply(database, external_id="1", url="https://x.example/1", author="@jo@example.org")

    assert ["1"] == [stored.mention.external_id for stored, _ in book.find("MY WAALFIETS", 5)]
    assert ["1"] == [stored.mention.external_id for stored, _ in book.find("https://x.example/1", 5)]
    assert ["1"] == [stored.mention.external_id for stored, _ in book.find("@jo@", 5)]
    assert [] == [*book.find("%", 5), *book.find("_", 5), *book.find("\\", 5), *book.find("Waal'; DROP", 5)]


def test_today_is_counted_by_what_each_reply_reached(database: sa.Engine) -> None:
    book = SlackBook(database)
    reply = save_waiting_reply(database)
    later = save_waiting_reply(database, external_id="2", at=NOW + SOON)
    assert NOW == book.oldest_waiting()
    approve(database, reply)

    assert 1 == book.moves_since(NOW)[ReplyStatus.APPROVED]
    assert {} == book.moves_since(NOW + timedelta(days=1))
    assert NOW + SOON == book.oldest_waiting()
    assert [later.id] == [one.id for one in book.urgent_first([ReplyStatus.AWAITING], 5)]
    assert [[later.id], []] == [
        [one.id for one in book.urgent_first([ReplyStatus.AWAITING], 5, [brand])] for brand in (later.mention.mention.brand, "other")
    ]


def test_who_was_given_a_reply_stands_in_the_audit(database: sa.Engine) -> None:
    book = SlackBook(database)
    reply = save_waiting_reply(database)
    book.expect(f"card/{reply.id}", "card", "C1", NOW, reply_id=reply.id)

    book.assign(reply, "U0BOB", "Bob", "Alice", NOW)

    card = book.message(f"card/{reply.id}")
    assert card is not None
    assert "U0BOB" == card.assigned_to
    assert ("Alice", "assigned to Bob") == (book.audit(reply)[-1].actor, book.audit(reply)[-1].reason)
    assert book.message("card/99") is None

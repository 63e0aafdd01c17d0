from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor import tables
from monitor.domain import LEASE, MentionStatus, Posted, Reply, ReplyStatus
from responders.attempts import ASK_AFTER, MAX_ATTEMPTS, SEND_LIMIT, AttemptStore, Claim, back_off
from responders.store import ReplyStore
from tests.builders import NOW
from tests.chain import approve, save_waiting_reply

POSTED = Posted("r1", "https://social.example.org/r1", "text")


def an_approved_reply(database: sa.Engine, external_id: str = "1") -> Reply:
    return approve(database, save_waiting_reply(database, external_id=external_id))


def claim(database: sa.Engine, reply: Reply, worker: str = "one", at: object = NOW) -> Claim:
    taken = AttemptStore(database).claim(reply.id, worker, at)  # type: ignore[arg-type]
    assert taken is not None
    return taken


def status(database: sa.Engine, reply: Reply) -> ReplyStatus:
    return ReplyStore(database).reply(reply.id).status  # type: ignore[union-attr]


def test_one_worker_claims_a_reply_and_the_other_gets_nothing(database: sa.Engine) -> None:
    reply = an_approved_reply(database)

    taken = claim(database, reply)

    assert (1, False, NOW + LEASE) == (taken.number, taken.sent_before, taken.until)
    assert AttemptStore(database).claim(reply.id, "two", NOW + LEASE - timedelta(seconds=1)) is None


def test_a_claim_whose_worker_went_silent_is_taken_over_and_must_read_back(database: sa.Engine) -> None:
    reply = an_approved_reply(database)
    attempts, first = AttemptStore(database), claim(database, reply)

    due = attempts.due(NOW + LEASE)
    second = claim(database, reply, "two", NOW + LEASE)

    assert ([reply.id], 2, True) == (due, second.number, second.sent_before)
    assert [False, True] == [attempts.still_ours(taken, NOW + LEASE) for taken in (first, second)]


def test_a_send_begins_only_while_it_can_end_within_the_claim(database: sa.Engine) -> None:
    taken = claim(database, an_approved_reply(database))
    attempts = AttemptStore(database)

    assert attempts.still_ours(taken, NOW + LEASE - SEND_LIMIT - timedelta(seconds=1))
    assert not attempts.still_ours(taken, NOW + LEASE - SEND_LIMIT)


def test_the_loser_of_a_claim_records_nothing(database: sa.Engine) -> None:
    reply = an_approved_reply(database)
    attempts, first = AttemptStore(database), claim(database, reply)
    second = claim(database, reply, "two", NOW + LEASE)

    lost = [
        attempts.posted(first, POSTED, NOW),
        attempts.not_sent(first, NOW, "429", NOW),
        attempts.ambiguous(first, "reset", NOW, NOW),
        attempts.needs_review(first, "403", NOW, refused=True),
        attempts.cancelled(first, "T15", "gone", NOW, gone=True),
    ]

    assert [False] * 5 == lost
    assert attempts.posted(second, POSTED, NOW)


@pytest.mark.parametrize("reply_status", ["awaiting", "snoozed", "handed_over", "needs_review", "posted", "rejected", "expired"])
def test_only_an_approved_reply_can_be_claimed(database: sa.Engine, reply_status: str) -> None:
    reply = save_waiting_reply(database)
    with database.begin() as connection:
        connection.execute(tables.replies.update().values(status=reply_status))

    assert AttemptStore(database).claim(reply.id, "one", NOW) is None
    assert [] == AttemptStore(database).due(NOW)


def test_a_reply_that_does_not_exist_cannot_be_claimed(database: sa.Engine) -> None:
    assert AttemptStore(database).claim(9, "one", NOW) is None


def test_nothing_is_claimed_or_sent_while_paused(database: sa.Engine) -> None:
    reply, other = an_approved_reply(database), approve(database, save_waiting_reply(database, external_id="2"))
    attempts, taken = AttemptStore(database), claim(database, reply)

    ReplyStore(database).turn("Els", "", NOW, on=False)

    assert attempts.claim(other.id, "one", NOW) is None
    assert not attempts.still_ours(taken, NOW)


def test_what_certainly_was_not_sent_is_tried_again_when_the_network_allows(database: sa.Engine) -> None:
    reply = an_approved_reply(database)
    attempts, retry_at = AttemptStore(database), NOW + timedelta(minutes=5)

    attempts.not_sent(claim(database, reply), retry_at, "mastodon: too many requests", NOW)

    assert ([], [reply.id]) == (attempts.due(retry_at - timedelta(seconds=1)), attempts.due(retry_at))
    assert attempts.claim(reply.id, "one", NOW) is None
    second = claim(database, reply, at=retry_at)
    assert (2, False) == (second.number, second.sent_before)


def test_what_nobody_knows_stays_claimed_and_the_next_reads_back(database: sa.Engine) -> None:
    reply = an_approved_reply(database)
    attempts, look_at = AttemptStore(database), NOW + timedelta(seconds=15)

    attempts.ambiguous(claim(database, reply), "mastodon: connection reset", NOW, look_at)

    assert ReplyStatus.POSTING == status(database, reply)
    second = claim(database, reply, at=look_at)
    assert second.sent_before
    attempts.not_sent(second, look_at, "not there yet", look_at)
    # Once unclear, every later attempt reads back as well.
    assert claim(database, reply, at=look_at).sent_before


@pytest.mark.parametrize("way", ["ambiguous", "not_sent"])
def test_after_many_attempts_a_person_is_asked(database: sa.Engine, way: str) -> None:
    reply, attempts, at = an_approved_reply(database), AttemptStore(database), NOW
    for _number in range(MAX_ATTEMPTS):
        taken = claim(database, reply, at=at)
        at += timedelta(milliseconds=1)
        if way == "ambiguous":
            attempts.ambiguous(taken, "reset", at, at)
        else:
            attempts.not_sent(taken, at, "429", at)

    assert ReplyStatus.NEEDS_REVIEW == status(database, reply)
    assert attempts.retry(reply.id, "Els", at).ok
    assert ReplyStatus.APPROVED == status(database, reply)


def test_what_nobody_knows_is_asked_of_a_person_within_minutes(database: sa.Engine) -> None:
    reply, attempts, at = an_approved_reply(database), AttemptStore(database), NOW
    asked_at = None
    while asked_at is None:
        attempts.ambiguous(claim(database, reply, at=at), "reset", at, at + timedelta(minutes=1))
        asked_at = at if ReplyStatus.NEEDS_REVIEW == status(database, reply) else None
        at += timedelta(minutes=1)

    assert NOW + ASK_AFTER - timedelta(minutes=1) == asked_at


def test_where_the_network_lets_us_look_much_later_only_a_person_is_asked_at_once(database: sa.Engine) -> None:
    reply, attempts = an_approved_reply(database), AttemptStore(database)

    attempts.ambiguous(claim(database, reply), "x: asked to wait", NOW, NOW + ASK_AFTER)

    assert ReplyStatus.NEEDS_REVIEW == status(database, reply)


def test_where_another_reply_of_the_network_was_told_to_wait_a_person_is_asked_in_time(database: sa.Engine) -> None:
    reply, attempts = an_approved_reply(database), AttemptStore(database)
    look_at = NOW + timedelta(seconds=15)
    attempts.ambiguous(claim(database, reply), "reset", NOW, look_at)
    attempts.hold("mastodon", NOW + timedelta(hours=1), "mastodon: we are asked to wait", NOW)

    early = attempts.ask_where_held(NOW + ASK_AFTER - timedelta(seconds=1))
    later = attempts.ask_where_held(NOW + ASK_AFTER)
    again = attempts.ask_where_held(NOW + ASK_AFTER)

    assert ([], [reply.id], []) == (early, later, again)
    stored = ReplyStore(database).reply(reply.id)
    assert "nobody can tell whether it was posted: mastodon: we are asked to wait" == stored.reason  # type: ignore[union-attr]


def test_what_is_free_to_be_looked_at_is_not_asked_about(database: sa.Engine) -> None:
    reply, attempts = an_approved_reply(database), AttemptStore(database)
    attempts.ambiguous(claim(database, reply), "reset", NOW, NOW + timedelta(seconds=15))

    assert [] == attempts.ask_where_held(NOW + timedelta(hours=3))


def test_of_what_a_person_was_asked_only_the_unclear_is_looked_for(database: sa.Engine) -> None:
    attempts, unclear, refused = AttemptStore(database), an_approved_reply(database), an_approved_reply(database, "2")
    attempts.needs_review(claim(database, unclear), "cannot tell", NOW, refused=False)
    attempts.needs_review(claim(database, refused), "too long", NOW, refused=True)

    assert ([unclear.id], []) == (attempts.unclear(NOW), attempts.unclear(NOW + timedelta(seconds=1)))
    assert (True, False) == (attempts.found(unclear.id, POSTED, NOW), attempts.found(unclear.id, POSTED, NOW))
    assert [] == attempts.unclear(NOW)
    assert ReplyStatus.POSTED == status(database, unclear)


def test_what_the_network_refused_is_shown_to_a_person(database: sa.Engine) -> None:
    reply = an_approved_reply(database)

    AttemptStore(database).needs_review(claim(database, reply), "mastodon: the account is suspended", NOW, refused=True)

    stored = ReplyStore(database).reply(reply.id)
    assert (ReplyStatus.NEEDS_REVIEW, "mastodon: the account is suspended") == (stored.status, stored.reason)  # type: ignore[union-attr]
    assert not AttemptStore(database).retry(99, "Els", NOW).ok


def test_a_posted_reply_answers_its_mention_and_is_never_claimed_again(database: sa.Engine) -> None:
    reply = an_approved_reply(database)
    attempts = AttemptStore(database)

    attempts.posted(claim(database, reply), POSTED, NOW)

    stored = ReplyStore(database).reply(reply.id)
    assert (ReplyStatus.POSTED, POSTED.url) == (stored.status, stored.posted_url)  # type: ignore[union-attr]
    assert MentionStatus.ANSWERED == stored.mention.status  # type: ignore[union-attr]
    assert attempts.claim(reply.id, "two", NOW + LEASE) is None
    assert not attempts.posted_by_hand(reply.id, POSTED, "Els", NOW).ok


def test_when_the_author_takes_the_mention_back_our_copy_is_erased(database: sa.Engine) -> None:
    reply = an_approved_reply(database)

    AttemptStore(database).cancelled(claim(database, reply), "T15", "T15: taken back", NOW, gone=True)

    stored = ReplyStore(database).reply(reply.id)
    assert stored is not None
    mention = stored.mention.mention
    assert (ReplyStatus.REJECTED, MentionStatus.DELETED) == (stored.status, stored.mention.status)
    assert ("", "", "", "") == (mention.text, mention.author.handle, mention.author.name, mention.url)


def test_when_the_mention_was_edited_the_reply_is_closed_with_the_rule(database: sa.Engine) -> None:
    reply = an_approved_reply(database)

    AttemptStore(database).cancelled(claim(database, reply), "T15", "T15: edited", NOW, gone=False)

    stored = ReplyStore(database).reply(reply.id)
    assert (ReplyStatus.REJECTED, MentionStatus.CLOSED, "T15: edited") == (stored.status, stored.mention.status, stored.reason)  # type: ignore[union-attr]


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    assert [10, 20, 40, 900, 900] == [back_off(number).total_seconds() for number in (1, 2, 3, 9, 10_000)]


def test_a_reply_posted_by_hand_that_does_not_exist_is_said_so(database: sa.Engine) -> None:
    assert "there is no reply 4" == AttemptStore(database).posted_by_hand(4, POSTED, "Els", NOW).sentence


def a_put_off_reply(database: sa.Engine, at: datetime, wait: timedelta) -> Reply:
    reply = an_approved_reply(database)
    assert AttemptStore(database).not_sent(claim(database, reply, at=at), at + wait, "away", at)
    return reply


@pytest.mark.parametrize(
    ("jump", "due"), [(timedelta(seconds=30), False), (timedelta(minutes=2), True), (timedelta(hours=6), True), (timedelta(days=400), True)]
)
def test_a_clock_that_is_put_back_holds_no_reply_for_long(database: sa.Engine, jump: timedelta, due: bool) -> None:
    later = NOW + timedelta(days=500)
    reply, attempts = a_put_off_reply(database, later, timedelta(minutes=10)), AttemptStore(database)

    assert ([reply.id] if due else []) == attempts.due(later - jump)
    assert due == (attempts.claim(reply.id, "two", later - jump) is not None)


def test_a_network_that_asks_one_process_to_wait_is_left_alone_by_all(database: sa.Engine) -> None:
    held = an_approved_reply(database)
    other = approve(database, save_waiting_reply(database, external_id="2", network="reddit"))
    attempts, until = AttemptStore(database), NOW + timedelta(minutes=15)
    attempts.hold("mastodon", until, "429", NOW)
    attempts.hold("mastodon", NOW + timedelta(minutes=1), "429 as well", NOW)

    assert [other.id] == attempts.due(NOW)
    assert attempts.claim(held.id, "two", NOW) is None
    assert [held.id, other.id] == attempts.due(until)
    assert [held.id, other.id] == attempts.due(NOW - timedelta(minutes=2))
    assert attempts.claim(held.id, "two", until) is not None


def test_a_later_wish_to_wait_holds_and_one_of_a_clock_that_ran_ahead_does_not(database: sa.Engine) -> None:
    an_approved_reply(database)
    attempts, minute = AttemptStore(database), timedelta(minutes=1)
    attempts.hold("mastodon", NOW + minute, "429", NOW)
    attempts.hold("mastodon", NOW + 2 * minute, "429", NOW)
    seen = [attempts.due(NOW + minute), attempts.due(NOW + 2 * minute)]
    attempts.hold("mastodon", NOW + timedelta(days=9), "429", NOW + timedelta(days=8))
    attempts.hold("mastodon", NOW + 3 * minute, "429", NOW)

    assert ([[], [1]], [], [1]) == (seen, attempts.due(NOW + 2 * minute), attempts.due(NOW + 3 * minute))

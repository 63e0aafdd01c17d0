"""Every mention that was received has one fate, and the fates add up, whatever happened to it."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.digest import PENDING, Account, Counted, Fate, Share, Speech, account, fate_of, write
from monitor.domain import REPLY_MOVES, Action, Delivery, Draft, Label, MentionStatus, Posted, ReplyStatus
from monitor.figures import read_figures
from monitor.standing import figures_of
from monitor.store import MonitorStore
from monitor.tables import mentions, replies
from monitor.wiring import Monitor, bare_settings
from responders.attempts import AttemptStore
from responders.store import ReplyStore
from tests.builders import NOW, a_brand, a_mention, a_sentiment, a_triage
from tests.chain import approve, save_mentions, save_waiting_reply
from tests.monitor.digest.letters import digest, flat

DAY = (NOW - timedelta(hours=12), NOW + timedelta(hours=12))


@pytest.mark.parametrize("status", list(MentionStatus))
@pytest.mark.parametrize("reply", ["", *[status.value for status in ReplyStatus]])
def test_a_mention_and_its_reply_have_one_fate_or_contradict_each_other(status: MentionStatus, reply: str) -> None:
    before_a_draft = status in {MentionStatus.NEW, MentionStatus.SCORED, MentionStatus.IGNORED, MentionStatus.WATCHED}
    before_a_draft |= status in {MentionStatus.QUEUED, MentionStatus.ESCALATED}
    sound = (
        status is MentionStatus.DELETED
        or (before_a_draft and not reply)
        or (status is MentionStatus.DRAFTED and reply in {one.value for one in PENDING})
        or (status, reply) in {("answered", "posted"), ("closed", "rejected"), ("closed", "expired")}
    )

    assert sound == (fate_of(status, reply) is not None)


def test_a_reply_waits_until_it_can_go_nowhere_else() -> None:
    assert set(PENDING) == {status for status, onward in REPLY_MOVES.items() if onward}


def test_a_status_that_nobody_knows_has_no_fate() -> None:
    assert [fate_of("lost", ""), fate_of("drafted", "lost")] == [None, None]


def test_what_is_in_no_row_or_in_two_makes_the_sum_fail() -> None:
    rows = [Counted("answered", "posted", True, 2), Counted("closed", "", True, 1), Counted("watched", "", False, 4)]
    lost = account(7, 3, rows)
    twice = account(5, 2, rows)

    assert (1, 1, False) == (lost.missing, lost.missing_negative, lost.holds)
    assert (-1, 0, False) == (twice.missing, twice.missing_negative, twice.holds)
    assert account(6, 2, rows[::2]).holds
    assert not account(6, 3, rows[::2]).holds


def test_the_sum_is_told_with_what_is_missing() -> None:
    shares = [Share(fate, 1, 0) for fate in Fate]
    lines = Speech("nl").accounted(Account(8, 1, shares))

    assert ("fate_missing", 2, 1) == lines[-2]
    assert ("fate_received", 8, 1) == lines[-1]
    assert "fate_unjudged" not in [name for name, _, _ in Speech("nl").accounted(Account())]


ENDS = (
    "new",
    "scored",
    "ignored",
    "watched",
    "queued",
    "escalated",
    "awaiting",
    "approved",
    "posted",
    "rejected",
    "expired",
    "left",
    "deleted",
)
histories = st.lists(st.tuples(st.sampled_from(ENDS), st.sampled_from(Label), st.booleans()), max_size=14)


class World:
    """Mentions brought to their ends through the stores, as the chain does it."""

    def __init__(self, database: sa.Engine) -> None:
        self.database = database
        self.monitor, self.replies = MonitorStore(database), ReplyStore(database)
        self.numbers = itertools.count()

    def live(self, end: str, label: Label, today: bool) -> None:
        """Bring one mention to its end; one of another day is not in the figures."""
        at = NOW if today else NOW - timedelta(days=3)
        number = f"{next(self.numbers)}"
        before = {"ignored": Action.IGNORE, "watched": Action.WATCH, "escalated": Action.ESCALATE}
        of_mention: dict[str, Any] = {"external_id": number, "author": f"@a{number}", "url": f"https://social.example/{number}"}
        [stored] = [one for one in save_mentions(self.database, a_mention(**of_mention), at=at) if one.mention.external_id == number]
        if end == "new":
            return
        self.monitor.record_scores([(stored.id, "en", a_sentiment(label))], at)
        if end == "scored":
            return
        self.monitor.record_triage([(stored.id, a_triage(before.get(end, Action.RESPOND)))], at)
        if end == "left":
            [queued] = [one for one in self.replies.queued(1000) if one.id == stored.id]
            self.replies.leave_unanswered(queued, "T5", "nothing honest to say", at)
        elif end in {"awaiting", "approved", "posted", "rejected", "expired"}:
            self._reply(stored.id, end, at)
        elif end == "deleted":
            with self.database.begin() as connection:
                connection.execute(mentions.update().where(mentions.c.id == stored.id).values(status="deleted"))

    def _reply(self, mention_id: int, end: str, at: Any) -> None:
        [queued] = [one for one in self.replies.queued(1000) if one.id == mention_id]
        draft, delivery, lasts = Draft("Sorry. ^EK", "template", (), "en"), Delivery.ASSISTED, at + timedelta(hours=1)
        number = self.replies.save_draft(queued, draft, delivery, "why", (), approvals_needed=1, at=at, expires_at=lasts)
        assert number is not None
        reply = self.replies.reply(number)
        assert reply is not None
        if end == "rejected":
            assert self.replies.reject(number, "Els", "not now", at, rule="T6").ok
        elif end in {"approved", "posted"}:
            approve(self.database, reply, at=at)
        if end == "posted":
            assert (
                AttemptStore(self.database).posted_by_hand(number, Posted("r", "https://social.example/r", "Sorry. ^EK", at), "Els", at).ok
            )
        elif end == "expired":
            with self.database.begin() as connection:
                connection.execute(replies.update().where(replies.c.id == number).values(expires_at=at))
            self.replies.wake_and_expire(at)


FATES = {
    **dict.fromkeys(("new", "scored"), Fate.UNJUDGED),
    **dict.fromkeys(("ignored", "watched", "left", "rejected"), Fate.LEFT),
    **dict.fromkeys(("queued", "escalated", "awaiting", "approved"), Fate.WAITING),
    "posted": Fate.ANSWERED,
    "expired": Fate.EXPIRED,
    "deleted": Fate.DELETED,
}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
def test_whatever_happened_everything_received_and_everything_negative_is_accounted_for(
    database: sa.Engine, history: list[tuple[str, Label, bool]]
) -> None:
    with database.begin() as connection:
        for table in ("labels", "attempts", "approvals", "versions", "replies", "mentions"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    world = World(database)
    for end, label, today in history:
        world.live(end, label, today)
    found = read_figures(database, a_brand(), *DAY).account
    expected = Counter(FATES[end] for end, _, today in history if today)
    negative = Counter(FATES[end] for end, label, today in history if today and label is Label.NEGATIVE and end != "new")

    assert found is not None
    assert found.holds
    assert (expected.total(), negative.total()) == (found.received, found.negative)
    assert [(fate, expected[fate], negative[fate]) for fate in Fate] == [(one.fate, one.count, one.negative) for one in found.shares]


def test_what_was_not_answered_adds_up_by_rule_with_its_negatives(database: sa.Engine) -> None:
    world = World(database)
    for end, label in [("left", Label.NEGATIVE), ("rejected", Label.NEGATIVE), ("rejected", Label.NEUTRAL), ("expired", Label.NEGATIVE)]:
        world.live(end, label, True)
    figures = read_figures(database, a_brand(), *DAY)
    assert figures.account is not None
    left = figures.account.shares[list(Fate).index(Fate.LEFT)]

    assert [("T6", 2, 1), ("T5", 1, 1)] == [(one.rule, one.count, one.negative) for one in figures.unanswered]
    assert (3, 2) == (left.count, left.negative)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "For 3 mentions no answer was proposed yet; responders run does so once it runs."),
        ("nl", "Op 3 berichten is nog geen antwoord voorgesteld; dat doet responders run, zodra het loopt."),
    ],
)
def test_that_nothing_is_proposed_is_said_beside_that_nobody_is_waited_for(language: str, sentence: str) -> None:
    counted = [Counted("queued", "", negative=True, count=2), Counted("escalated", "", negative=True, count=1)]
    drafted = Counted("drafted", "awaiting", negative=True, count=4)
    idle, busy = (digest(language, received=7, account=account(7, 7, [*more, drafted])) for more in (counted, []))

    assert sentence in flat(idle.text)
    assert sentence in flat(idle.html)
    assert "responders run" not in flat(busy.text)


def test_a_sum_that_does_not_come_out_is_said_loudly(database: sa.Engine, caplog: pytest.LogCaptureFixture) -> None:
    reply = save_waiting_reply(database)
    with database.begin() as connection:
        connection.execute(replies.update().where(replies.c.id == reply.id).values(status="rejected"))
    monitor = Monitor(replace(bare_settings(), brands=(a_brand(),)))
    vars(monitor)["database"] = database
    with caplog.at_level(logging.ERROR):
        [figures] = figures_of(monitor, NOW.date())
    written = write([figures], "en", NOW)

    assert figures.account is not None
    assert 1 == figures.account.missing
    assert "waalfiets: 1 mentions" in caplog.text
    assert "NOT ACCOUNTED FOR" in caplog.text
    assert "The sum does not come out" in written.html
    assert "The sum does not come out" in written.text

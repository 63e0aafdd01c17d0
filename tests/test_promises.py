"""The whole life of a reply, in every order that people, crashes and networks can think of."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from monitor import migrations, tables
from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import REPLY_MOVES, Approval, Posted, Reply, ReplyStatus, text_hash
from responders.attempts import AttemptStore
from responders.contracts import NotSent, Standing
from responders.limits import limit_for
from responders.pipeline import publish
from responders.posters.console import ConsolePoster
from responders.store import ReplyStore
from tests.builders import an_objection
from tests.chain import save_waiting_reply

NAMES = ("Els Kamps", "Jan de Wit", "Noor Bos")
STEPS = ("", "claimed", "read back", "looked again", "before the send", "sent", "recorded")
FAULTS = ("", "dropped after", "dropped before", "refused", "busy", "connection refused", "gone", "edited", "blind")


class PowerCut(BaseException):
    """Ends a worker wherever it is; nothing in the code may catch it."""


class FaultyNetwork:
    """The console poster behind a network that loses, delays and refuses; what was accepted stands in the file all the same."""

    name = "console"

    def __init__(self, path: Path, now: datetime) -> None:
        self.path = path
        self.console = ConsolePoster(path, limit_for("mastodon"), "waalfiets")
        self.limit = self.console.limit
        self.fault = ""
        self.now = now

    def length(self, text: str) -> int:
        return self.console.length(text)

    def post(self, reply: Reply) -> Posted:
        if self.fault == "refused":
            raise Rejected("console: the account is suspended")
        if self.fault == "busy":
            raise RateLimited("console: too many requests", self.now + timedelta(minutes=1))
        if self.fault == "connection refused":
            raise NotSent("console: connection refused")
        if self.fault == "dropped before":
            raise Unavailable("console: connection reset")
        posted = self.console.post(reply)
        if self.fault == "dropped after":
            raise Unavailable("console: connection reset")
        return posted

    def find(self, reply: Reply) -> Posted | None:
        if self.fault == "blind":
            raise Unavailable("console: the search is down")
        return self.console.find(reply)

    def standing(self, reply: Reply) -> Standing:
        if self.fault == "gone":
            return Standing.GONE
        if self.fault == "edited":
            return Standing.EDITED
        return self.console.standing(reply)

    def answered_by(self, reply: Reply, handles: Sequence[str]) -> str:
        return self.console.answered_by(reply, handles)


class LifeOfAReply(RuleBasedStateMachine):
    """At most once, only approved bytes, no status outside the allowed moves, every change audited."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="promises-"))
        shutil.copyfile(migrated_file(), self.folder / "g.db")
        self.database = tables.open_database(f"sqlite:///{self.folder / 'g.db'}")
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.network = FaultyNetwork(self.folder / "console.jsonl", self.now)
        self.replies, self.attempts = ReplyStore(self.database), AttemptStore(self.database)
        self.count = 0
        # Most of what can go wrong goes wrong on the way out, so two replies stand there from the first step on.
        self.draft(two=False, red=False)
        self.draft(two=False, red=False)

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.dispose()
            shutil.rmtree(self.folder)

    def pick(self, number: int) -> Reply | None:
        found = self.replies.replies()
        return found[number % len(found)] if found else None

    @precondition(lambda self: self.count < 4)
    @rule(two=st.booleans(), red=st.booleans())
    def draft_another(self, two: bool, red: bool) -> None:
        self.draft(two=two, red=red)

    def draft(self, *, two: bool, red: bool) -> None:
        self.count += 1
        save_waiting_reply(
            self.database,
            f"Draft {self.count}. ^EK",
            objections=[an_objection("N4")] if red else [],
            approvals_needed=2 if two else 1,
            at=self.now,
            external_id=str(self.count),
            author=f"@a{self.count}",
            posted_at=self.now,
        )

    @rule(number=st.integers(0, 9), name=st.sampled_from(NAMES), old=st.booleans(), reason=st.sampled_from(["", "It is on our site."]))
    def approve(self, number: int, name: str, old: bool, reason: str) -> None:
        if reply := self.pick(number):
            sha256 = text_hash("an older text") if old else reply.version.sha256
            self.replies.approve(reply.id, Approval(name, sha256, self.now, reason), ())

    @rule()
    def approve_all(self) -> None:
        for reply in self.replies.replies(ReplyStatus.AWAITING):
            for name in NAMES[: reply.approvals_needed]:
                self.replies.approve(reply.id, Approval(name, reply.version.sha256, self.now), ())

    @rule(number=st.integers(0, 9), name=st.sampled_from(NAMES), text=st.sampled_from(["Draft 1. ^EK", "Better. ^JW", "Other words. 🚲"]))
    def edit(self, number: int, name: str, text: str) -> None:
        if reply := self.pick(number):
            self.replies.edit(reply.id, text, name, (), self.now)

    @rule(number=st.integers(0, 9), name=st.sampled_from(NAMES))
    def reject(self, number: int, name: str) -> None:
        if reply := self.pick(number):
            self.replies.reject(reply.id, name, "no", self.now, rule="T3")

    @rule(number=st.integers(0, 9), hours=st.integers(1, 100))
    def snooze(self, number: int, hours: int) -> None:
        if reply := self.pick(number):
            self.replies.snooze(reply.id, NAMES[0], self.now + timedelta(hours=hours), self.now)

    @rule(number=st.integers(0, 9))
    def look_and_retry(self, number: int) -> None:
        # A person who says "it does not stand there" has looked.
        if (reply := self.pick(number)) and reply.status is ReplyStatus.NEEDS_REVIEW and self.network.console.find(reply) is None:
            self.attempts.retry(reply.id, NAMES[0], self.now)

    @rule(on=st.booleans())
    def turn(self, on: bool) -> None:
        self.replies.turn(NAMES[0], "", self.now, on=on)

    @rule(seconds=st.sampled_from([1, 20, 119, 121, 3600, 80_000]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        self.network.now = self.now
        self.replies.wake_and_expire(self.now)

    @rule(worker=st.sampled_from(["one", "two"]), cut=st.sampled_from(STEPS), fault=st.sampled_from(FAULTS))
    def work_somehow(self, worker: str, cut: str, fault: str) -> None:
        self.work(worker, cut, fault)

    def work(self, worker: str, cut: str, fault: str) -> None:
        self.network.fault = fault

        def step(name: str) -> None:
            if name == cut:
                raise PowerCut

        for reply_id in self.attempts.due(self.now):
            try:
                publish(self.attempts, {"mastodon": self.network}, reply_id, worker, lambda: self.now, step=step)
            except PowerCut:
                return

    @rule()
    def work_well(self) -> None:
        self.work("one", "", "")

    @rule(cut=st.sampled_from(STEPS[1:]))
    def work_until_the_power_is_cut(self, cut: str) -> None:
        self.work("two", cut, "")

    @rule()
    def lose_the_answer(self) -> None:
        self.work("one", "", "dropped after")

    @rule(fault=st.sampled_from(FAULTS), cut=st.sampled_from(STEPS))
    def two_workers_at_once(self, fault: str, cut: str) -> None:
        """A second worker runs to its end while the first is between two steps, its lease run out."""
        self.network.fault = fault
        busy = False

        def step(name: str) -> None:
            nonlocal busy
            if name == cut and not busy:
                busy = True
                self.now += timedelta(seconds=121)
                for reply_id in self.attempts.due(self.now):
                    publish(self.attempts, {"mastodon": self.network}, reply_id, "two", lambda: self.now)

        for reply_id in self.attempts.due(self.now):
            # Between the last look and the send a worker may lose its lease unseen: no lease can close that gap (docs/operations.md).
            if cut != "before the send":
                publish(self.attempts, {"mastodon": self.network}, reply_id, "one", lambda: self.now, step=step)

    @invariant()
    def each_answer_stands_at_most_once_in_approved_words(self) -> None:
        if not hasattr(self, "network") or not self.network.path.exists():
            return
        rows = [json.loads(line) for line in self.network.path.read_text(encoding="utf-8").splitlines()]
        standing = Counter((row["network"], row["mention"]) for row in rows)
        with self.database.connect() as connection:
            approved = {
                (row.external_id, row.sha256)
                for row in connection.execute(
                    sa.select(tables.mentions.c.external_id, tables.approvals.c.sha256)
                    .join(tables.replies, tables.replies.c.mention_id == tables.mentions.c.id)
                    .join(tables.approvals, tables.approvals.c.reply_id == tables.replies.c.id)
                )
            }

        assert not [key for key, count in standing.items() if count > 1]
        assert all((row["mention"], text_hash(row["text"])) in approved for row in rows)

    @invariant()
    def every_change_is_an_allowed_move_and_stands_in_the_audit(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.connect() as connection:
            events = connection.execute(
                sa.select(tables.audit).where(tables.audit.c.reply_id.is_not(None)).order_by(tables.audit.c.id)
            ).all()
            now = {row.id: row.status for row in connection.execute(sa.select(tables.replies.c.id, tables.replies.c.status))}
        chains: dict[int, str] = {}
        for event in events:
            before = chains.get(event.reply_id, "")
            assert before == event.old_status
            if before and event.new_status != before:
                assert ReplyStatus(event.new_status) in REPLY_MOVES[ReplyStatus(before)]
            chains[event.reply_id] = event.new_status

        assert now == chains


_MIGRATED: list[Path] = []


def migrated_file() -> Path:
    """Return a migrated SQLite file that is made once for all runs."""
    if not _MIGRATED:
        path = Path(tempfile.mkdtemp(prefix="promises-")) / "migrated.db"
        database = tables.open_database(f"sqlite:///{path}")
        migrations.upgrade(database)
        database.dispose()
        _MIGRATED.append(path)
    return _MIGRATED[0]


TestLifeOfAReply = LifeOfAReply.TestCase
TestLifeOfAReply.settings = settings(max_examples=80, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))

"""The memory of our promises: made with the reply that makes them, recalled once before and once after their moment, closed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.domain import Promise, PromiseState, Reply
from monitor.promised import SOON, read_promises
from monitor.tables import READING, audit, promises, replies
from responders.policy.commitments import find_commitments, review_at

GRACE = timedelta(days=3)
"""So long after its moment a promise of which nobody said anything counts as broken."""

CLOCK = "clock"
"""Who closes a promise of which nobody said anything."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What became of closing a promise, said to the person."""

    ok: bool
    sentence: str
    promise: Promise | None = None


def record_promises(connection: sa.Connection, reply: Reply, text: str, at: datetime, timezone: str) -> None:
    """Write down what a reply that stands in public since `at` commits us to, in the transaction that records that it stands there."""
    found = find_commitments(text, at, timezone)
    made = {"reply_id": reply.id, "brand": reply.mention.mention.brand, "state": PromiseState.OPEN.value, "made_at": at}
    rows = [
        {"number": number, "text": one.text, "due_at": one.due or review_at(at, timezone), "is_dated": one.due is not None} | made
        for number, one in enumerate(found, 1)
    ]
    if rows:
        connection.execute(promises.insert(), rows)


class PromiseBook:
    """Remembers what we promised and what became of it; every method is one transaction."""

    def __init__(self, database: sa.Engine) -> None:
        self.database = database
        self._reader = database.execution_options(**READING)

    def promise(self, promise_id: int) -> Promise | None:
        """Return one promise."""
        with self._reader.connect() as connection:
            return next(iter(read_promises(connection, promises.c.id == promise_id)), None)

    def of_state(self, *states: PromiseState, due_before: datetime | None = None, limit: int = 1000) -> list[Promise]:
        """Return the promises in one of `states` (all where none is given), those due first before the others."""
        which: list[sa.ColumnElement[bool]] = []
        if states:
            which.append(promises.c.state.in_([state.value for state in states]))
        if due_before is not None:
            which.append(promises.c.due_at <= due_before)
        with self._reader.connect() as connection:
            return read_promises(connection, *which, limit=limit)

    def close(self, promise_id: int, state: PromiseState, name: str, at: datetime, *, url: str = "", reason: str = "") -> Closing:
        """Close an open promise, once; what counts as broken because nobody said anything may still be said to be kept."""
        with self.database.begin() as connection:
            before = next(iter(read_promises(connection, promises.c.id == promise_id)), None)
            if before is None:
                return Closing(False, f"there is no promise {promise_id}; responders promises lists them")
            late = before.state is PromiseState.BROKEN and state is PromiseState.KEPT
            if before.state is not PromiseState.OPEN and not late:
                by = f" by {before.closed_by}" if before.closed_by else ""
                return Closing(False, f"promise {promise_id} is {before.state.value} already{by}; nothing was changed", before)
            if not self._move(connection, before, state, name, at, url=url, reason=reason):
                return Closing(False, f"promise {promise_id} was closed by somebody else just now; nothing was changed", before)
            after = next(iter(read_promises(connection, promises.c.id == promise_id)), None)
            said = f", {reason}" if reason else ""
            return Closing(True, f"{state.value}{' after all' if late else ''}{f', see {url}' if url else said}", after)

    def _move(
        self, connection: sa.Connection, promise: Promise, state: PromiseState, name: str, at: datetime, *, url: str, reason: str
    ) -> bool:
        """Compare and set, with an audit event; False where somebody was first."""
        which = sa.and_(promises.c.id == promise.id, promises.c.state == promise.state.value)
        columns = {"state": state.value, "closed_at": at, "closed_by": name, "url": url, "reason": reason}
        if connection.execute(promises.update().where(which).values(**columns)).rowcount != 1:
            return False
        mention_id = connection.scalar(sa.select(replies.c.mention_id).where(replies.c.id == promise.reply_id))
        words = " ".join(part for part in (f"promise {promise.id}:", url, reason) if part).rstrip(":")
        connection.execute(
            audit.insert().values(
                at=at,
                actor=name,
                mention_id=mention_id,
                reply_id=promise.reply_id,
                old_status=promise.state.value,
                new_status=state.value,
                reason=words,
            )
        )
        return True

    def to_recall(self, at: datetime) -> tuple[list[Promise], list[Promise]]:
        """Return the open promises of which nobody was reminded yet: those due within a day, and those whose moment has passed."""
        still = promises.c.state == PromiseState.OPEN.value
        before = (still, promises.c.reminded_at.is_(None), promises.c.due_at > at, promises.c.due_at <= at + SOON)
        with self._reader.connect() as connection:
            soon = read_promises(connection, *before)
            late = read_promises(connection, still, promises.c.escalated_at.is_(None), promises.c.due_at <= at)
        return soon, late

    def recalled(self, promise: Promise, at: datetime, *, late: bool) -> bool:
        """Write down that somebody was told; False where another process did."""
        column = promises.c.escalated_at if late else promises.c.reminded_at
        with self.database.begin() as connection:
            which = sa.and_(promises.c.id == promise.id, column.is_(None))
            return connection.execute(promises.update().where(which).values({column.name: at})).rowcount == 1

    def give_up(self, at: datetime) -> Sequence[int]:
        """Call broken what nobody said anything of for three days after its moment; returns their numbers."""
        broken = []
        for promise in self.of_state(PromiseState.OPEN, due_before=at - GRACE):
            with self.database.begin() as connection:
                if self._move(
                    connection,
                    promise,
                    PromiseState.BROKEN,
                    CLOCK,
                    at,
                    url="",
                    reason=f"nobody said within {GRACE.days} days that it was kept",
                ):
                    broken.append(promise.id)
        return broken

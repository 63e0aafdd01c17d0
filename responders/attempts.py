"""The memory of sending: a claim committed before any outside call, and what came of it. No network is touched here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.domain import CLOCKS_DIFFER, LEASE, MentionStatus, Posted, Reply, ReplyStatus
from monitor.erasure import Why, erase
from monitor.sources.statuses import LONGEST_WAIT
from monitor.store import advance
from monitor.tables import READING, attempts, holds, mentions, replies
from responders import consent
from responders.promisebook import record_promises
from responders.rows import Outcome, end, move, note, read_reply, read_switch

MAX_ATTEMPTS = 10
"""After so many claims without an end a person is asked; with the waits between them that is about an hour."""
ASK_AFTER = timedelta(minutes=5)
"""So long we look ourselves whether an unclear send stands there; then a person is asked, who sees it at a glance, and we look on."""

SEND_LIMIT = timedelta(seconds=30)
"""How long one send may take at most; every poster keeps to it."""

LONG_AGO = timedelta(days=30)
"""Nothing that we find standing there is older: a reply that nobody posts by hand expires long before."""


class AttemptOutcome(StrEnum):
    """What is known of one attempt to send."""

    STARTED = "started"
    POSTED = "posted"
    NOT_SENT = "not_sent"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to make outside calls for a reply until `until`; `number` 1 is the first attempt."""

    reply: Reply
    number: int
    worker: str
    until: datetime
    sent_before: bool
    """An earlier attempt may have reached the network: read back before anything else."""


class AttemptStore:
    """Remembers every attempt to publish; every method is one transaction."""

    def __init__(self, database: sa.Engine, timezones: Mapping[str, str] | None = None) -> None:
        self.database = database
        self.timezones = timezones or {}
        """By brand, the clock on which the days of its promises end; UTC where a brand is not named."""
        self._reader = database.execution_options(**READING)
        self._insert = sqlite_insert if database.dialect.name == "sqlite" else postgres_insert

    def due(self, at: datetime) -> list[int]:
        """Return the replies to publish now: approved and not told to wait, or claimed by a worker that went silent.

        What goes out from an account that its network asked to wait is left out, whichever process was asked.
        """
        ready = sa.and_(replies.c.status == ReplyStatus.APPROVED.value, _time_has_come(at))
        orphaned = sa.and_(replies.c.status == ReplyStatus.POSTING.value, replies.c.lease_until <= at)
        held = sa.exists().where(_of_its_account(), _holds(at))
        query = sa.select(replies.c.id).join(mentions, mentions.c.id == replies.c.mention_id).where(sa.or_(ready, orphaned), ~held)
        with self._reader.connect() as connection:
            if not read_switch(connection).on:
                return []
            return list(connection.scalars(query.order_by(replies.c.id)))

    def hold(self, network: str, until: datetime, reason: str, at: datetime, account: str = "") -> None:
        """Let no process publish from an account until a moment: its network asked one of us to wait, and means us all."""
        values = {"until": until, "set_at": at, "reason": reason}
        statement = self._insert(holds).values(network=network, account=account, **values)
        later = sa.or_(holds.c.until < until, sa.not_(_holds(at)))
        with self.database.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["network", "account"], set_=values, where=later))

    def claim(self, reply_id: int, worker: str, at: datetime) -> Claim | None:
        """Take the right to publish a reply for the length of a lease, with its attempt row; None where it is not due or not ours."""
        with self.database.begin() as connection:
            if not read_switch(connection).on:
                return None
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None:
                return None
            row = connection.execute(sa.select(replies, _time_has_come(at).label("due")).where(replies.c.id == reply_id)).one()
            number, until = row.attempts + 1, at + LEASE
            account = sa.and_(holds.c.network == reply.mention.mention.network, holds.c.account == reply.account)
            if connection.scalar(sa.select(holds.c.network).where(account, _holds(at))) is not None:
                return None
            lease = {"lease_owner": worker, "lease_until": until, "attempts": number}
            if reply.status is ReplyStatus.APPROVED:
                if not row.due:
                    return None
                reply = move(connection, reply, ReplyStatus.POSTING, actor=worker, at=at, reason=f"attempt {number}", **lease)
            elif reply.status is ReplyStatus.POSTING and row.lease_until is not None and row.lease_until <= at:
                reason = f"attempt {number}: attempt {number - 1} had no clear end"
                connection.execute(replies.update().where(replies.c.id == reply_id).values(**lease))
                note(connection, reply, actor=worker, at=at, reason=reason)
            else:
                return None
            earlier = sa.select(sa.func.count()).where(attempts.c.reply_id == reply_id, _uncertain())
            sent_before = connection.scalars(earlier).one() > 0
            start = {"reply_id": reply_id, "number": number, "sha256": reply.version.sha256, "worker": worker, "started_at": at}
            connection.execute(attempts.insert().values(**start, account=reply.account))
            return Claim(reply, number, worker, until, sent_before)

    def still_ours(self, claim: Claim, at: datetime) -> bool:
        """Say whether the claim still holds, publishing is still on and the text is still the approved one: the last look before a send."""
        with self._reader.connect() as connection:
            row = connection.execute(sa.select(replies).where(replies.c.id == claim.reply.id)).one()
            held = (row.status, row.lease_owner, row.attempts) == (ReplyStatus.POSTING.value, claim.worker, claim.number)
            # A send may take its whole time limit; it must be over before another worker may read back and send.
            return held and at + SEND_LIMIT < claim.until and read_switch(connection).on

    def posted(self, claim: Claim, posted: Posted, at: datetime, *, found: bool = False) -> bool:
        """Record that the reply stands in public; False where the claim was lost meanwhile (the other worker records it)."""
        with self.database.begin() as connection:
            reply = self._locked(connection, claim, AttemptOutcome.POSTED, "", at)
            if reply is None:
                return False
            self._stands(connection, reply, posted, actor=claim.worker, at=at, reason="found standing there" if found else "")
            return True

    def not_sent(self, claim: Claim, retry_at: datetime, error: str, at: datetime) -> bool:
        """Record that nothing left this machine, or that the network certainly did not take it; it is tried again at `retry_at`."""
        with self.database.begin() as connection:
            reply = self._locked(connection, claim, AttemptOutcome.NOT_SENT, error, at)
            if reply is None:
                return False
            if claim.number >= MAX_ATTEMPTS:
                self._ask(connection, reply, claim, f"{error} ({claim.number} attempts)", at)
            else:
                columns = {"next_attempt_at": retry_at, "lease_owner": "", "lease_until": None}
                move(connection, reply, ReplyStatus.APPROVED, actor=claim.worker, at=at, reason=error, **columns)
            return True

    def ambiguous(self, claim: Claim, error: str, at: datetime, look_again_at: datetime, *, sent: bool = False) -> bool:
        """Record that nobody knows whether it was sent: it stays claimed until `look_again_at`, and the next claim reads back first.

        What was `sent` just now is looked for at least once before a person is asked, however long ago an earlier send was unclear.
        """
        with self.database.begin() as connection:
            reply = self._locked(connection, claim, AttemptOutcome.AMBIGUOUS, error, at)
            if reply is None:
                return False
            began = sa.select(sa.func.min(attempts.c.started_at)).where(attempts.c.reply_id == reply.id, _uncertain())
            too_long = not sent and look_again_at - connection.scalars(began).one() >= ASK_AFTER
            if claim.number >= MAX_ATTEMPTS or too_long:
                self._ask(connection, reply, claim, f"nobody can tell whether it was posted: {error}", at)
            else:
                connection.execute(replies.update().where(replies.c.id == reply.id).values(lease_until=look_again_at))
                note(connection, reply, actor=claim.worker, at=at, reason=f"unclear whether it was posted: {error}")
            return True

    def needs_review(self, claim: Claim, reason: str, at: datetime, *, refused: bool) -> bool:
        """Hand it to a person: the network refused it, or reading back cannot tell."""
        outcome = AttemptOutcome.REFUSED if refused else AttemptOutcome.AMBIGUOUS
        with self.database.begin() as connection:
            reply = self._locked(connection, claim, outcome, reason, at)
            if reply is None:
                return False
            self._ask(connection, reply, claim, reason, at)
            return True

    def cancelled(self, claim: Claim, rule: str, reason: str, at: datetime, *, gone: bool) -> bool:
        """Record that the mention changed under us (T14, T15): nothing is sent, the reply is closed with the reason."""
        with self.database.begin() as connection:
            reply = self._locked(connection, claim, AttemptOutcome.CANCELLED, reason, at)
            if reply is None:
                return False
            if gone:
                # Our copy goes with its author's wish (T15): what stays is that there was one, and that it was taken back.
                columns = {"lease_owner": "", "lease_until": None}
                move(connection, reply, ReplyStatus.REJECTED, actor=claim.worker, at=at, reason=reason, **columns)
                erase(connection, [reply.mention.id], Why.GONE, actor=claim.worker, at=at)
            else:
                end(connection, reply, ReplyStatus.REJECTED, actor=claim.worker, at=at, reason=reason, rule=rule)
            return True

    def posted_by_hand(self, reply_id: int, posted: Posted, name: str, at: datetime) -> Outcome:
        """Record what a person posted (assisted delivery), or found when asked; says where its text differs from the approved one."""
        with self.database.begin() as connection:
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None:
                return Outcome(False, f"there is no reply {reply_id}")
            if reply.status not in {ReplyStatus.HANDED_OVER, ReplyStatus.NEEDS_REVIEW}:
                return Outcome(False, f"reply {reply_id} is {reply.status.value}{consent.decided_by(reply)}; nothing was recorded", reply)
            differs = bool(posted.text) and posted.text != reply.version.text
            reason = "posted by hand" + ("; the text differs from the approved one" if differs else "")
            reply = self._stands(connection, reply, posted, actor=name, at=at, reason=reason)
            return Outcome(True, f"recorded: reply {reply_id} stands at {posted.url}" + ("; its text differs" if differs else ""), reply)

    def ask_where_held(self, at: datetime) -> list[int]:
        """Ask a person about unclear sends where a network lets us look only later than ASK_AFTER; returns which replies."""
        began = sa.select(sa.func.min(attempts.c.started_at)).where(attempts.c.reply_id == replies.c.id, _uncertain()).scalar_subquery()
        stuck = sa.and_(replies.c.status == ReplyStatus.POSTING.value, replies.c.lease_until <= at, began <= at - ASK_AFTER)
        query = sa.select(replies.c.id, holds.c.reason).join(mentions, mentions.c.id == replies.c.mention_id)
        query = query.join(holds, _of_its_account()).where(stuck, _holds(at))
        asked = []
        with self.database.begin() as connection:
            for row in connection.execute(query).all():
                reply = read_reply(connection, row.id, lock=True)
                if reply is None or reply.status is not ReplyStatus.POSTING:
                    continue
                reason = f"nobody can tell whether it was posted: {row.reason}"
                columns = {"lease_owner": "", "lease_until": None}
                move(connection, reply, ReplyStatus.NEEDS_REVIEW, actor="sweep", at=at, reason=reason, **columns)
                asked.append(reply.id)
        return asked

    def unclear(self, since: datetime) -> list[int]:
        """Return the replies of which a person was asked whether they stand there, last looked at since a moment."""
        # A claim counts up in the reply, so this is the newest.
        tried = sa.and_(attempts.c.reply_id == replies.c.id, attempts.c.number == replies.c.attempts)
        query = sa.select(replies.c.id).join(attempts, tried).where(replies.c.status == ReplyStatus.NEEDS_REVIEW.value)
        query = query.where(attempts.c.outcome == AttemptOutcome.AMBIGUOUS.value, attempts.c.started_at >= since)
        with self._reader.connect() as connection:
            return list(connection.scalars(query.order_by(replies.c.id)))

    def found(self, reply_id: int, posted: Posted, at: datetime) -> bool:
        """Record that what nobody could tell of does stand there; False where a person was first."""
        with self.database.begin() as connection:
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None or reply.status is not ReplyStatus.NEEDS_REVIEW:
                return False
            self._stands(connection, reply, posted, actor="read-back", at=at, reason="found standing there")
            return True

    def retry(self, reply_id: int, name: str, at: datetime) -> Outcome:
        """Let a reply that needed review be tried again, on a person's word that it does not stand there."""
        with self.database.begin() as connection:
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None or reply.status is not ReplyStatus.NEEDS_REVIEW:
                return Outcome(False, f"reply {reply_id} does not need review", reply)
            reason = f"{name} looked: it does not stand there"
            reply = move(connection, reply, ReplyStatus.APPROVED, actor=name, at=at, reason=reason, next_attempt_at=None)
            return Outcome(True, "it is tried again", reply)

    def _locked(self, connection: sa.Connection, claim: Claim, outcome: AttemptOutcome, error: str, at: datetime) -> Reply | None:
        """Close the attempt row, and return the reply under lock if the claim is still the current one."""
        which = sa.and_(attempts.c.reply_id == claim.reply.id, attempts.c.number == claim.number)
        connection.execute(attempts.update().where(which).values(ended_at=at, outcome=outcome.value, error=error))
        reply = read_reply(connection, claim.reply.id, lock=True)
        if reply is None or reply.status is not ReplyStatus.POSTING or reply.attempts != claim.number:
            return None
        return reply

    def _stands(self, connection: sa.Connection, reply: Reply, posted: Posted, *, actor: str, at: datetime, reason: str) -> Reply:
        advance(connection, mentions, [{"id": reply.mention.id}], MentionStatus.DRAFTED, MentionStatus.ANSWERED, actor=actor, at=at)
        columns = {
            "posted_url": posted.url,
            "posted_external_id": posted.external_id,
            "posted_text": posted.text,
            "posted_at": posted.posted_at or at,
            "lease_owner": "",
            "lease_until": None,
        }
        timezone = self.timezones.get(reply.mention.mention.brand, "UTC")
        # A network's own clock is believed only where it can be right: a promise counts from there.
        since = posted.posted_at if posted.posted_at and at - LONG_AGO <= posted.posted_at <= at else at
        # What stands there counts, also where it is not what was approved.
        record_promises(connection, reply, posted.text or reply.version.text, since, timezone)
        return move(connection, reply, ReplyStatus.POSTED, actor=actor, at=at, reason=reason, **columns)

    def _ask(self, connection: sa.Connection, reply: Reply, claim: Claim, reason: str, at: datetime) -> None:
        columns = {"lease_owner": "", "lease_until": None}
        move(connection, reply, ReplyStatus.NEEDS_REVIEW, actor=claim.worker, at=at, reason=reason, **columns)


def _time_has_come(at: datetime) -> sa.ColumnElement[bool]:
    """Say whether an approved reply is to be tried now: nothing bids it wait, or a clock that ran ahead and was put right since."""
    ahead = sa.exists().where(attempts.c.reply_id == replies.c.id, attempts.c.started_at > at + CLOCKS_DIFFER)
    after = replies.c.next_attempt_at
    return sa.or_(after.is_(None), after <= at, after > at + LONGEST_WAIT + CLOCKS_DIFFER, ahead)


def _uncertain() -> sa.ColumnElement[bool]:
    """Say whether an attempt may have reached the network."""
    return attempts.c.outcome.in_([AttemptOutcome.STARTED.value, AttemptOutcome.AMBIGUOUS.value])


def _of_its_account() -> sa.ColumnElement[bool]:
    """Say whether a wait is that of the account from which a reply goes out."""
    return sa.and_(holds.c.network == mentions.c.network, holds.c.account == replies.c.account)


def _holds(at: datetime) -> sa.ColumnElement[bool]:
    """Say whether an account is still to keep still, by a clock that did not run ahead when it asked."""
    return sa.and_(holds.c.until > at, holds.c.set_at <= at + CLOCKS_DIFFER)


def back_off(number: int, base: timedelta = timedelta(seconds=10), ceiling: timedelta = timedelta(minutes=15)) -> timedelta:
    """Return how long to wait after attempt `number` (1, 2, …): doubling from `base` up to `ceiling`."""
    doublings: int = 2 ** max(0, min(number, 20) - 1)
    return min(base * doublings, ceiling)

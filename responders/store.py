"""The responders' memory of what we mean to say and who agreed: drafts, versions, decisions, the pause switch. Sending is in attempts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.domain import (
    Approval,
    Delivery,
    Draft,
    History,
    Mention,
    MentionStatus,
    Objection,
    Reply,
    ReplyStatus,
    StoredMention,
    Verdict,
    text_hash,
)
from monitor.histories import read_histories
from monitor.labelled import write_labels
from monitor.rows import stored_mention
from monitor.settings import Approver
from monitor.store import advance
from monitor.tables import READING, WAITING, approvals, audit, mentions, replies, switches, versions
from monitor.tellings import is_stopped
from responders import consent
from responders.collisions import decided_texts, find_collision, note_collision, take_turn
from responders.policy.sameness import find_same
from responders.rows import PUBLISHING, Outcome, Switch, end, move, note, objection_rows, read_reply, read_switch, unquoted
from responders.verdicts import APPROVED, verdicts_of

TERMINAL = "terminal"
"""The door through which a decision came, where nobody says another."""

Enqueue = Callable[[sa.Connection, int], None]
"""Asks the engine to publish a reply, within the transaction that approved it."""

MORTAL = frozenset({ReplyStatus.AWAITING, ReplyStatus.SNOOZED, ReplyStatus.HANDED_OVER})
"""A reply that waits for a person expires; one that is on its way out does not."""

DISMISSIBLE = consent.OPEN_TO_DECISION | {ReplyStatus.APPROVED, ReplyStatus.HANDED_OVER, ReplyStatus.NEEDS_REVIEW}
"""Until it is being sent, a person may still call a reply back."""


class ReplyStore:
    """Remembers what we mean to say and who agreed to it; every method is one transaction."""

    def __init__(self, database: sa.Engine, enqueue: Enqueue | None = None, account_of: Callable[[Mention], str] = lambda _: "") -> None:
        self.database = database
        self._account_of = account_of
        """Says from which account a brand answers a mention now."""
        self._reader = database.execution_options(**READING)
        self._enqueue = enqueue
        self._insert = sqlite_insert if database.dialect.name == "sqlite" else postgres_insert

    # Drafting

    def queued(self, limit: int) -> list[StoredMention]:
        """Return the mentions that wait for a draft, escalated ones first, then the oldest; none of a stopped story (K4)."""
        status = mentions.c.status
        wanted = status.in_([MentionStatus.QUEUED.value, MentionStatus.ESCALATED.value])
        order = (sa.case((status == MentionStatus.ESCALATED.value, 0), else_=1), mentions.c.posted_at, mentions.c.id)
        query = sa.select(mentions).where(sa.text(WAITING), wanted, ~is_stopped()).order_by(*order).limit(limit)
        with self._reader.connect() as connection:
            return [stored_mention(row) for row in connection.execute(query)]

    def history(self, stored: StoredMention) -> History:
        """Return what happened before with this author and thread."""
        with self._reader.connect() as connection:
            return read_histories(connection, [stored])[stored.id]

    def earlier_texts(self, brand: str, *, except_mention: int | None = None, limit: int = 200) -> list[str]:
        """Return the newest texts that stand, or wait to stand, in public for a brand, so that nobody gets another's answer (N8)."""
        dead = [ReplyStatus.REJECTED.value, ReplyStatus.EXPIRED.value]
        query = (
            sa.select(versions.c.text)
            .join(replies, sa.and_(replies.c.id == versions.c.reply_id, replies.c.version == versions.c.number))
            .join(mentions, mentions.c.id == replies.c.mention_id)
            .where(mentions.c.brand == brand, replies.c.status.not_in(dead))
            .order_by(replies.c.id.desc())
            .limit(limit)
        )
        if except_mention is not None:
            query = query.where(mentions.c.id != except_mention)
        with self._reader.connect() as connection:
            return list(connection.scalars(query))

    def save_draft(
        self,
        stored: StoredMention,
        draft: Draft,
        delivery: Delivery,
        delivery_reason: str,
        objections: Sequence[Objection],
        *,
        approvals_needed: int,
        at: datetime,
        expires_at: datetime,
    ) -> int | None:
        """Store a draft as a reply that awaits a person; returns its id, None where somebody was first."""
        with self.database.begin() as connection:
            row = {"id": stored.id, "reason": f"draft by {draft.drafter}"}
            if not advance(connection, mentions, [row], stored.status, MentionStatus.DRAFTED, actor="draft", at=at):
                return None
            statement = (
                replies.insert()
                .values(
                    mention_id=stored.id,
                    status=ReplyStatus.AWAITING.value,
                    delivery=delivery.value,
                    delivery_reason=delivery_reason,
                    version=1,
                    drafter=draft.drafter,
                    approvals_needed=approvals_needed,
                    created_at=at,
                    expires_at=expires_at,
                )
                .returning(replies.c.id)
            )
            reply_id = int(connection.scalars(statement).one())
            facts = tuple(fact.id for fact in draft.facts)
            sha256 = self._write_version(connection, reply_id, 1, draft.text, draft.drafter, objections, facts, at)
            event = {"at": at, "actor": "draft", "mention_id": stored.id, "reply_id": reply_id, "version_sha256": sha256}
            connection.execute(audit.insert().values(old_status="", new_status=ReplyStatus.AWAITING.value, **event))
            return reply_id

    def leave_unanswered(self, stored: StoredMention, rule: str, reason: str, at: datetime) -> bool:
        """Record that a queued or escalated mention gets no answer, and why; it stays watched (T17)."""
        row = {"id": stored.id, "no_answer_rule": rule or None, "reason": unquoted(reason, stored)}
        with self.database.begin() as connection:
            return bool(advance(connection, mentions, [row], stored.status, MentionStatus.WATCHED, actor="draft", at=at))

    # Asking

    def reply(self, reply_id: int) -> Reply | None:
        """Return one reply with its current version and the approvals of that version."""
        with self._reader.connect() as connection:
            return read_reply(connection, reply_id)

    def replies(self, *statuses: ReplyStatus, after: int = 0, limit: int = 100) -> list[Reply]:
        """Return replies at one of `statuses` (all where none is given) with an id above `after`, oldest first."""
        query = sa.select(replies.c.id).where(replies.c.id > after).order_by(replies.c.id).limit(limit)
        if statuses:
            query = query.where(replies.c.status.in_([status.value for status in statuses]))
        with self._reader.connect() as connection:
            found = [read_reply(connection, reply_id) for reply_id in connection.scalars(query).all()]
        return [reply for reply in found if reply is not None]

    def counts(self) -> dict[ReplyStatus, int]:
        """Return how many replies stand at each status."""
        with self._reader.connect() as connection:
            rows = connection.execute(sa.select(replies.c.status, sa.func.count()).group_by(replies.c.status))
            return {ReplyStatus(status): count for status, count in rows}

    def count_for_two(self) -> int:
        """Return how many of the replies that wait need two people."""
        query = sa.select(sa.func.count()).where(replies.c.status == ReplyStatus.AWAITING.value, replies.c.approvals_needed > 1)
        with self._reader.connect() as connection:
            return connection.scalars(query).one()

    def approve(self, reply_id: int, approval: Approval, approvers: Sequence[Approver], *, door: str = TERMINAL) -> Outcome:
        """Record a person's yes to exactly one text; the last one needed sends it on, in the same transaction.

        Of two who approve the same text for two people (N8), or two replies to one person (T16), at the same moment, the second is told by
        whom the first was approved; from then on that is a red objection, which a written reason and a second person override.
        """
        self._read_ahead(reply_id)
        with self.database.begin() as connection:
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None:
                return _unknown(reply_id)
            if sentence := consent.refuse_approval(reply, approval, approvers):
                return Outcome(False, sentence, reply)
            account = self._account_of(reply.mention.mention)
            if reply.approvals and reply.account != account:
                return Outcome(False, consent.refuse_account(reply, account), reply)
            take_turn(connection, reply.mention.mention.brand)
            if found := find_collision(connection, reply, decided_texts(connection, reply)):
                note_collision(connection, reply, found)
                note(connection, reply, actor=approval.name, at=approval.decided_at, reason=f"{found.rule}: {found.sentence}")
                return Outcome(False, found.sentence, read_reply(connection, reply_id), found.rule)
            columns = {"name": approval.name, "decided_at": approval.decided_at, "override_reason": approval.override_reason}
            connection.execute(
                approvals.insert().values(reply_id=reply_id, version=reply.version.number, sha256=approval.sha256, **columns)
            )
            write_labels(connection, reply.mention.id, APPROVED, by=approval.name, at=approval.decided_at, door=door)
            given, needed = len(reply.approvals) + 1, consent.needed(reply, approval)
            reason = f"approval {given} of {needed}" + (f"; override: {approval.override_reason}" if approval.override_reason else "")
            # What is agreed to is this text, and this account that says it.
            connection.execute(replies.update().where(replies.c.id == reply_id).values(account=account))
            if given < needed:
                note(connection, reply, actor=approval.name, at=approval.decided_at, reason=reason)
                return Outcome(True, f"approved by {approval.name}; a second person must agree", read_reply(connection, reply_id))
            return self._send_on(connection, reply, approval, reason)

    def _read_ahead(self, reply_id: int) -> None:
        """Compare the texts once before anybody must wait for it: what was compared is remembered, and only what is new takes time."""
        with self._reader.connect() as connection:
            if reply := read_reply(connection, reply_id):
                find_same(reply.version.text, [row.text for row in decided_texts(connection, reply)])

    def _send_on(self, connection: sa.Connection, reply: Reply, approval: Approval, reason: str) -> Outcome:
        at = approval.decided_at
        if reply.status is ReplyStatus.SNOOZED:
            reply = move(connection, reply, ReplyStatus.AWAITING, actor=approval.name, at=at, reason="decided early", snoozed_until=None)
        reply = move(connection, reply, ReplyStatus.APPROVED, actor=approval.name, at=at, reason=reason, next_attempt_at=None)
        if reply.delivery is Delivery.ASSISTED:
            reply = move(connection, reply, ReplyStatus.HANDED_OVER, actor="publish", at=at, reason="a person posts it by hand")
            where = reply.mention.mention.url or "the mention"
            sentence = (
                f"approved. Post exactly this text by hand under {where} and then run: responders posted {reply.id} --url URL --as NAME"
            )
            return Outcome(True, sentence, reply)
        if self._enqueue is not None:
            self._enqueue(connection, reply.id)
        on = read_switch(connection).on
        return Outcome(True, "approved; it is being published" if on else PAUSED_SENTENCE, reply)

    def edit(
        self,
        reply_id: int,
        text: str,
        name: str,
        objections: Sequence[Objection],
        at: datetime,
        *,
        seen: str = "",
        approvers: Sequence[Approver] = (),
    ) -> Outcome:
        """Write a new version; earlier approvals were of other words and no longer count.

        Args:
            reply_id: which reply.
            text: the new text.
            name: who wrote it.
            objections: the rules' reasons against it.
            at: when.
            seen: the hash of the version that was edited; where another one stands by now, nothing is written.
            approvers: who may; a new text takes back what others agreed to.
        """
        with self.database.begin() as connection:
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None:
                return _unknown(reply_id)
            if sentence := consent.refuse_decider(name, reply.mention.mention.brand, approvers):
                return Outcome(False, f"{sentence}; nothing was changed", reply)
            if reply.status not in consent.OPEN_TO_DECISION | {ReplyStatus.APPROVED}:
                return Outcome(False, f"reply {reply_id} is {reply.status.value} and can no longer be edited", reply)
            if seen and seen != reply.version.sha256:
                return Outcome(False, f"reply {reply_id} was changed meanwhile by {reply.version.written_by}; yours was not saved", reply)
            if text_hash(text) == reply.version.sha256:
                return Outcome(True, "the text is as it was; no new version", reply)
            number = reply.version.number + 1
            sha256 = self._write_version(connection, reply_id, number, text, name, objections, reply.version.fact_ids, at)
            if reply.status is ReplyStatus.AWAITING:
                connection.execute(replies.update().where(replies.c.id == reply_id).values(version=number))
                note(connection, reply, actor=name, at=at, reason=f"version {number}", sha256=sha256)
            else:
                extra = {"version": number, "snoozed_until": None, "next_attempt_at": None, "version_sha256": sha256}
                move(connection, reply, ReplyStatus.AWAITING, actor=name, at=at, reason=f"version {number}", **extra)
            return Outcome(True, f"saved as version {number} ({sha256[:8]}); it needs approval anew", read_reply(connection, reply_id))

    def reject(
        self,
        reply_id: int,
        name: str,
        reason: str,
        at: datetime,
        *,
        rule: str = "",
        approvers: Sequence[Approver] = (),
        door: str = TERMINAL,
    ) -> Outcome:
        """Record that this is not answered, and why, with what that says of the mention; `rule` is one of the T ids or ""."""
        with self.database.begin() as connection:
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None:
                return _unknown(reply_id)
            if sentence := consent.refuse_decider(name, reply.mention.mention.brand, approvers):
                return Outcome(False, sentence, reply)
            if reply.status not in DISMISSIBLE:
                return Outcome(False, f"reply {reply_id} is {reply.status.value} already{consent.decided_by(reply)}", reply)
            write_labels(connection, reply.mention.id, verdicts_of(rule, reason), by=name, at=at, door=door)
            reply = end(connection, reply, ReplyStatus.REJECTED, actor=name, at=at, reason=f"{name}: {reason}", rule=rule)
            return Outcome(True, f"rejected by {name}: {reason}", reply)

    def label(
        self, reply_id: int, verdict: Verdict, name: str, at: datetime, *, approvers: Sequence[Approver] = (), door: str = TERMINAL
    ) -> Outcome:
        """Write down what a person says of the mention; the reply waits on, for that is another decision."""
        with self.database.begin() as connection:
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None:
                return _unknown(reply_id)
            if sentence := consent.refuse_decider(name, reply.mention.mention.brand, approvers):
                return Outcome(False, sentence, reply)
            if not write_labels(connection, reply.mention.id, (verdict,), by=name, at=at, door=door):
                return Outcome(False, "what it answers was erased, so nothing was written down", reply)
            words = verdict.value.replace("_", " ")
            note(connection, reply, actor=name, at=at, reason=f"label: {words}")
            return Outcome(True, f"noted as {words}, says {name}; the reply still waits", reply)

    def snooze(self, reply_id: int, name: str, until: datetime, at: datetime, approvers: Sequence[Approver] = ()) -> Outcome:
        """Put a waiting reply aside until a moment before it expires."""
        with self.database.begin() as connection:
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None:
                return _unknown(reply_id)
            if sentence := consent.refuse_decider(name, reply.mention.mention.brand, approvers):
                return Outcome(False, sentence, reply)
            if reply.status is not ReplyStatus.AWAITING:
                return Outcome(False, f"reply {reply_id} is {reply.status.value} and cannot be snoozed", reply)
            if until <= at or (reply.expires_at is not None and until >= reply.expires_at):
                return Outcome(False, f"snooze it until a moment between now and its expiry ({reply.expires_at:%d-%m %H:%M} UTC)", reply)
            reason = f"until {until:%Y-%m-%d %H:%M} UTC"
            reply = move(connection, reply, ReplyStatus.SNOOZED, actor=name, at=at, reason=reason, snoozed_until=until)
            return Outcome(True, f"snoozed {reason}", reply)

    def wake_and_expire(self, at: datetime) -> tuple[list[int], list[int]]:
        """Wake what was snoozed until now and expire what waited too long; returns the two lists of reply ids."""
        asleep = sa.select(replies.c.id).where(replies.c.status == ReplyStatus.SNOOZED.value, replies.c.snoozed_until <= at)
        mortal = replies.c.status.in_([status.value for status in MORTAL])
        with self._reader.connect() as connection:
            expired = connection.scalars(sa.select(replies.c.id).where(mortal, replies.c.expires_at <= at).order_by(replies.c.id)).all()
            due = connection.scalars(asleep.order_by(replies.c.id)).all()
        expired = [reply_id for reply_id in expired if self._pass(reply_id, MORTAL, ReplyStatus.EXPIRED, at)]
        awake = [reply_id for reply_id in due if self._pass(reply_id, {ReplyStatus.SNOOZED}, ReplyStatus.AWAITING, at)]
        return awake, expired

    def _pass(self, reply_id: int, still: set[ReplyStatus] | frozenset[ReplyStatus], new: ReplyStatus, at: datetime) -> bool:
        with self.database.begin() as connection:
            reply = read_reply(connection, reply_id, lock=True)
            if reply is None or reply.status not in still:
                return False
            if new is ReplyStatus.EXPIRED:
                end(connection, reply, new, actor="sweep", at=at, reason="nobody decided in time")
            else:
                move(connection, reply, new, actor="sweep", at=at, reason="the snooze is over", snoozed_until=None)
            return True

    # The pause switch

    def switch(self) -> Switch:
        """Return whether publishing is on."""
        with self._reader.connect() as connection:
            return read_switch(connection)

    def turn(self, name: str, reason: str, at: datetime, *, on: bool) -> None:
        """Stop or restart all publishing at once; every process sees it before its next send (K5)."""
        values = {"on": on, "changed_by": name, "changed_at": at, "reason": reason}
        statement = self._insert(switches).values(name=PUBLISHING, **values)
        statement = statement.on_conflict_do_update(index_elements=["name"], set_=values)
        old = {True: "on", False: "paused"}
        with self.database.begin() as connection:
            before = read_switch(connection).on
            connection.execute(statement)
            event = {"old_status": old[before], "new_status": old[on], "actor": name, "at": at, "reason": reason}
            connection.execute(audit.insert().values(**event))

    def _write_version(
        self,
        connection: sa.Connection,
        reply_id: int,
        number: int,
        text: str,
        name: str,
        objections: Sequence[Objection],
        fact_ids: Sequence[str],
        at: datetime,
    ) -> str:
        sha256 = text_hash(text)
        kept = {"objections": objection_rows(tuple(objections)), "fact_ids": list(fact_ids)}
        values = {"reply_id": reply_id, "number": number, "text": text, "sha256": sha256, "written_by": name, "written_at": at}
        connection.execute(versions.insert().values(**values, **kept))
        return sha256


PAUSED_SENTENCE = "approved; publishing is paused, so it goes out after: responders resume --as NAME"


def _unknown(reply_id: int) -> Outcome:
    return Outcome(False, f"there is no reply {reply_id}; responders list shows those that wait")

"""Turns rows into replies and moves a reply on with its audit event; shared by the two stores, used by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.domain import (
    Approval,
    Delivery,
    MentionStatus,
    Objection,
    Reply,
    ReplyStatus,
    Severity,
    StoredMention,
    Version,
)
from monitor.quotes import without_quotes
from monitor.rows import stored_mention
from monitor.store import advance
from monitor.tables import approvals, audit, mentions, replies, switches, versions

PUBLISHING = "publishing"
"""The switch that stops all publishing at once, in every process; on unless somebody paused it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a person's decision, said to that person; `reply` is how it stands now."""

    ok: bool
    sentence: str
    reply: Reply | None = None
    rule: str = ""
    """The rule that another decision of the same moment brought up, "" where none did."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Whether publishing is on, and who said so."""

    on: bool
    changed_by: str = ""
    changed_at: datetime | None = None
    reason: str = ""


def read_reply(connection: sa.Connection, reply_id: int, *, lock: bool = False) -> Reply | None:
    """Return a reply with its current version and that version's approvals; locked until the transaction's end where asked."""
    query = sa.select(replies).where(replies.c.id == reply_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        return None
    mention_row = connection.execute(sa.select(mentions).where(mentions.c.id == row.mention_id)).one()
    version_query = sa.select(versions).where(versions.c.reply_id == reply_id, versions.c.number == row.version)
    version = _version(connection.execute(version_query).one())
    approval_query = (
        sa.select(approvals)
        .where(approvals.c.reply_id == reply_id, approvals.c.version == version.number)
        .order_by(approvals.c.decided_at, approvals.c.name)
    )
    given = tuple(Approval(a.name, a.sha256, a.decided_at, a.override_reason) for a in connection.execute(approval_query))
    return Reply(
        id=row.id,
        mention=stored_mention(mention_row),
        status=ReplyStatus(row.status),
        delivery=Delivery(row.delivery),
        delivery_reason=row.delivery_reason,
        version=version,
        created_at=row.created_at,
        approvals=given,
        approvals_needed=row.approvals_needed,
        attempts=row.attempts,
        snoozed_until=row.snoozed_until,
        expires_at=row.expires_at,
        posted_url=row.posted_url,
        reason=row.reason,
        account=row.account,
    )


def place_of(connection: sa.Connection, reply_id: int) -> tuple[str, str]:
    """Return the network on which a reply's mention stands, and the brand it is about; both "" where there is no such reply."""
    query = sa.select(mentions.c.network, mentions.c.brand).join(replies, replies.c.mention_id == mentions.c.id)
    row = connection.execute(query.where(replies.c.id == reply_id)).one_or_none()
    return (row.network, row.brand) if row else ("", "")


def _version(row: sa.Row[Any]) -> Version:
    objections = tuple(read_objection(kept) for kept in row.objections)
    return Version(row.number, row.text, row.sha256, row.written_by, row.written_at, objections, tuple(row.fact_ids))


def objection_rows(objections: tuple[Objection, ...]) -> list[list[Any]]:
    """Return objections as they are kept in a version's JSON column."""
    return [objection_row(one) for one in objections]


def objection_row(objection: Objection) -> list[Any]:
    """Return one objection as it is kept: its sentence, and the same in Dutch and in English where it has them."""
    both = [objection.nl, objection.en] if objection.nl or objection.en else []
    return [objection.rule, objection.severity.value, *objection.span, objection.sentence, *both]


def read_objection(kept: Sequence[Any]) -> Objection:
    """Return an objection from how it is kept; of one that was kept with a single sentence everybody reads that one."""
    rule, severity, start, stop, sentence, *both = kept
    return Objection(rule, Severity(severity), (start, stop), sentence, *both)


def unquoted(reason: str, stored: StoredMention) -> str:
    """Return a reason without what it quotes of the author: the audit cannot be changed, and they may take back what they wrote."""
    author = stored.mention.author
    return without_quotes(reason, stored.mention.text, [author.handle, author.name])


def move(connection: sa.Connection, reply: Reply, new: ReplyStatus, *, actor: str, at: datetime, reason: str = "", **columns: Any) -> Reply:
    """Move a reply that this transaction has locked, and return it as it stands then; `columns` are set along with the status."""
    reason = unquoted(reason, reply.mention)
    row = {"id": reply.id, "mention_id": reply.mention.id, "version_sha256": reply.version.sha256, "reason": reason} | columns
    if not advance(connection, replies, [row], reply.status, new, actor=actor, at=at):
        raise RuntimeError(f"reply {reply.id} left {reply.status.value} under our own lock")
    moved = read_reply(connection, reply.id)
    if moved is None:
        raise RuntimeError(f"reply {reply.id} vanished under our own lock")
    return moved


def end(connection: sa.Connection, reply: Reply, new: ReplyStatus, *, actor: str, at: datetime, reason: str, rule: str = "") -> Reply:
    """End a reply unpublished (rejected, expired) and close its mention with the reason."""
    row = {"id": reply.mention.id, "no_answer_rule": rule or None, "reason": unquoted(reason, reply.mention)}
    advance(connection, mentions, [row], MentionStatus.DRAFTED, MentionStatus.CLOSED, actor=actor, at=at)
    return move(connection, reply, new, actor=actor, at=at, reason=reason, lease_owner="", lease_until=None)


def note(connection: sa.Connection, reply: Reply, *, actor: str, at: datetime, reason: str, sha256: str = "") -> None:
    """Write an audit event that moves nothing: a first approval of two, a new version, an attempt."""
    connection.execute(
        audit.insert().values(
            at=at,
            actor=actor,
            mention_id=reply.mention.id,
            reply_id=reply.id,
            old_status=reply.status.value,
            new_status=reply.status.value,
            version_sha256=sha256 or reply.version.sha256,
            reason=unquoted(reason, reply.mention),
        )
    )


def newest_event(connection: sa.Connection) -> int:
    """Return the number of the last audit event, 0 where there is none."""
    return connection.scalar(sa.select(sa.func.max(audit.c.id))) or 0


def left_unanswered(connection: sa.Connection, after: int) -> dict[str, int]:
    """Return how many mentions got no draft after an audit event, by the rule that says why ("" for other words)."""
    rule = sa.func.coalesce(mentions.c.no_answer_rule, "")
    query = sa.select(rule, sa.func.count()).select_from(audit.join(mentions, mentions.c.id == audit.c.mention_id)).group_by(rule)
    left = query.where(audit.c.id > after, audit.c.actor == "draft", audit.c.new_status == MentionStatus.WATCHED.value)
    return {row[0]: row[1] for row in connection.execute(left)}


def read_switch(connection: sa.Connection, name: str = PUBLISHING) -> Switch:
    """Return how a switch stands; on where nobody ever touched it."""
    row = connection.execute(sa.select(switches).where(switches.c.name == name)).one_or_none()
    return Switch(row.on, row.changed_by, row.changed_at, row.reason) if row else Switch(on=True)

"""Tells of each reply that stood still at the end of a chaos all that the database knows: its job, who holds that, and every attempt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from monitor.domain import ReplyStatus
from monitor.tables import READING, attempts, audit, executors, holds, replies
from monitor.workers import database_now

_WORDS = "status queue_name executor_id recovery_attempts created_at started_at_epoch_ms completed_at delay_until_epoch_ms"

_TOLD = 20
"""So many replies are told of one by one; where more stand still they do so for one reason."""


def tell(database: sa.Engine) -> Iterator[str]:
    """Yield lines on what is approved and not published, on who works, and on which network asked to wait."""
    with database.connect().execution_options(**READING) as connection:
        at = database_now(connection)
        still = (ReplyStatus.APPROVED.value, ReplyStatus.POSTING.value)
        standing = connection.execute(sa.select(replies).where(replies.c.status.in_(still)).order_by(replies.c.id)).all()
        if not standing:
            return
        yield f"{len(standing)} unfinished at {at.isoformat()}"
        for executor in connection.execute(sa.select(executors).order_by(executors.c.seen_at)):
            yield f"  worker {executor.executor_id}: seen {(at - executor.seen_at).total_seconds():.1f} s ago"
        for hold in connection.execute(sa.select(holds)):
            yield f"  {hold.network} {hold.account} is to wait until {hold.until}, since {hold.set_at}: {hold.reason}"
        for row in standing[:_TOLD]:
            lease = f"lease of {row.lease_owner} until {row.lease_until}" if row.lease_owner else "no lease"
            yield f"  reply {row.id}: {row.status}, {lease}, not before {row.next_attempt_at}"
            yield from _jobs_of(connection, row.id)
            for one in connection.execute(sa.select(attempts).where(attempts.c.reply_id == row.id).order_by(attempts.c.number)):
                yield f"    attempt {one.number}: {one.outcome} {one.started_at}–{one.ended_at} by {one.worker} {one.error}".rstrip()
            for one in connection.execute(sa.select(audit).where(audit.c.reply_id == row.id).order_by(audit.c.id)):
                yield f"    {one.at} {one.actor}: {one.old_status} → {one.new_status} {one.reason}".rstrip()


def _jobs_of(connection: sa.Connection, reply_id: int) -> Iterator[str]:
    schema = None if connection.dialect.name == "sqlite" else "dbos"
    words = ("workflow_uuid", *_WORDS.split())
    jobs = sa.table("workflow_status", *map(sa.column, words), schema=schema)
    outputs = sa.table("workflow_output", sa.column("workflow_uuid"), sa.column("error"), schema=schema)
    query = sa.select(jobs, outputs.c.error).outerjoin_from(jobs, outputs, outputs.c.workflow_uuid == jobs.c.workflow_uuid)
    ours = [jobs.c.workflow_uuid.like(f"%/{reply_id}{end}") for end in ("", "~%", "@%")]
    for job in connection.execute(query.where(sa.or_(*ours)).order_by(jobs.c.created_at)).mappings():
        told = ", ".join(f"{word} {_readable(word, job[word])}" for word in _WORDS.split() if job[word] is not None)
        yield f"    job {job['workflow_uuid']}: {told}{', error ' + job['error'] if job['error'] else ''}"


def _readable(word: str, value: Any) -> Any:
    return datetime.fromtimestamp(value / 1000, UTC).isoformat() if word.endswith(("_at", "_ms")) else value

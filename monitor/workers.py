"""The engine's rows, seen and tended without the engine: who works, what waits, what failed for good, what may go. Nothing runs here."""

from __future__ import annotations

import errno
import json
import os
import socket
import uuid
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from monitor.tables import READING, UtcTime, executors

SILENCE = timedelta(minutes=2)
"""How long an executor may go without a heartbeat before others take over its jobs."""

KEEP = timedelta(days=7)
"""How long finished jobs stay in the database."""

KEEP_DEAD_LETTERS = timedelta(days=90)
"""How long jobs that failed for good stay in the database."""

DEAD_LETTER_REST = timedelta(hours=1)
"""How long a dead letter holds its key; afterwards the same work may be tried again, by then perhaps with mended code."""

RUNNING = "PENDING"
UNFINISHED = ("ENQUEUED", "DELAYED", RUNNING)
DONE = ("SUCCESS", "CANCELLED")
FAILED = ("ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")

_BATCH = 500
"""Rows pruned in one transaction: short enough for every other writer to wait it out."""


@dataclass(frozen=True, slots=True)
class Executor:
    """One process that runs jobs."""

    executor_id: str
    process: str
    machine: str
    """The space in which its pid means something: host, boot and container."""
    pid: int
    application_version: str

    @classmethod
    def here(cls, process: str, application_version: str) -> Executor:
        """Describe the process we are in, under an id that nobody had before."""
        executor_id = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:12]}"
        return cls(executor_id, process, this_machine(), os.getpid(), application_version)


@dataclass(frozen=True, slots=True)
class Seen:
    """A process that runs jobs, as the others see it."""

    executor_id: str
    process: str
    host: str
    pid: int
    application_version: str
    started_at: datetime
    silent_for: timedelta
    """Since its last heartbeat, by the database's clock."""
    alive: bool
    """It was seen within two minutes, and is not certainly gone from this very machine."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that failed for good; a person should look why."""

    key: str
    job: str
    error: str
    failed_at: datetime


def this_machine() -> str:
    """Name host, boot and container; two containers may share a host's name, and a reboot uses pids again."""
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts += [Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip(), str(Path("/proc/self/ns/pid").readlink())]
    return "/".join(parts)


def database_now(connection: sa.Connection) -> datetime:
    """Return the database's time: one clock for all machines that work on it."""
    now: datetime | None = connection.scalar(sa.select(sa.type_coerce(sa.func.current_timestamp(), UtcTime)))
    assert now is not None
    return now


def heartbeat(connection: sa.Connection, executor: Executor) -> None:
    """Record that this executor lives."""
    now = database_now(connection)
    seen = sa.update(executors).where(executors.c.executor_id == executor.executor_id).values(seen_at=now)
    if connection.execute(seen).rowcount == 0:
        connection.execute(
            sa.insert(executors).values(
                executor_id=executor.executor_id,
                process=executor.process,
                host=executor.machine,
                pid=executor.pid,
                started_at=now,
                seen_at=now,
                application_version=executor.application_version,
            )
        )


def sign_off(connection: sa.Connection, executor: Executor) -> None:
    """Record that this executor ended and runs nothing any more."""
    connection.execute(sa.delete(executors).where(executors.c.executor_id == executor.executor_id))


def resume_orphans(connection: sa.Connection, process: str) -> int:
    """Put the running jobs of dead executors of this process back in their queues; return how many.

    Dead is who was silent for two minutes, who signed off, or whose process is certainly gone from this very machine.
    """
    jobs = _jobs(connection)
    running = (jobs.c.status == RUNNING) & (jobs.c.application_name == process)
    holders = set(connection.scalars(sa.select(jobs.c.executor_id).where(running).distinct()))
    if not holders:
        return 0
    alive_since = database_now(connection) - SILENCE
    known = sa.select(executors.c.executor_id, executors.c.host, executors.c.pid).where(executors.c.seen_at >= alive_since)
    alive = {row.executor_id for row in connection.execute(known) if not _certainly_gone(row.host, row.pid)}
    dead = holders - alive
    if not dead:
        return 0
    # As DBOS itself recovers: the count of attempts stays, and the old owner's outcome counts no more.
    again = sa.update(jobs).where(running, jobs.c.executor_id.in_(dead)).values(status="ENQUEUED", owner_xid=None, started_at_epoch_ms=None)
    return connection.execute(again).rowcount


class LostClaims:
    """Finds the jobs that this executor claimed and does not run: the line was cut while the database answered its claim.

    It is alive, so that nobody takes them over, and they count as running, so that nobody enqueues them again.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._suspects: frozenset[tuple[str, str]] = frozenset()

    def resume(self, connection: sa.Connection, running: Collection[str]) -> int:
        """Put back in their queues what was claimed, and not among the `running`, at the look before too; return how many.

        At one look alone it may just have been claimed, or just have ended. A claim is known by its token: the same job claimed anew is
        another one.
        """
        jobs, claim = _jobs(connection), self._executor
        ours = (jobs.c.status == RUNNING) & (jobs.c.application_name == claim.process) & (jobs.c.executor_id == claim.executor_id)
        held = connection.execute(sa.select(jobs.c.workflow_uuid, jobs.c.owner_xid).where(ours)).all()
        idle = frozenset((row.workflow_uuid, row.owner_xid) for row in held if row.workflow_uuid not in running)
        lost, self._suspects = idle & self._suspects, idle - self._suspects
        again = sa.update(jobs).values(status="ENQUEUED", owner_xid=None, started_at_epoch_ms=None).where(ours)
        return sum(connection.execute(again.where(jobs.c.workflow_uuid == job, jobs.c.owner_xid == token)).rowcount for job, token in lost)


def ready_jobs(connection: sa.Connection, process: str) -> Mapping[str, int]:
    """Count the jobs of this process that stand ready, by queue."""
    jobs = _jobs(connection)
    ready = sa.select(jobs.c.queue_name, sa.func.count()).where(jobs.c.status == "ENQUEUED", jobs.c.application_name == process)
    return {row[0]: row[1] for row in connection.execute(ready.group_by(jobs.c.queue_name))}


def waiting_ids(connection: sa.Connection, process: str, queues: Sequence[str]) -> list[str]:
    """Return the ids of the jobs in these queues of a process that wait or run."""
    jobs = _jobs(connection)
    unfinished = sa.select(jobs.c.workflow_uuid).where(jobs.c.status.in_(UNFINISHED), jobs.c.application_name == process)
    return list(connection.scalars(unfinished.where(jobs.c.queue_name.in_([f"{process}/{queue}" for queue in queues]))))


def free_ids(connection: sa.Connection, ids: Sequence[str]) -> bool:
    """Make these job ids free where their jobs are finished; False where one waits, runs, or failed within the last hour."""
    jobs = _jobs(connection)
    found = connection.execute(
        sa.select(jobs.c.workflow_uuid, jobs.c.status, jobs.c.completed_at).where(jobs.c.workflow_uuid.in_(ids))
    ).all()
    rested = _milliseconds(database_now(connection) - DEAD_LETTER_REST) if found else 0
    if any(row.status in UNFINISHED or (row.status in FAILED and row.completed_at > rested) for row in found):
        return False
    for row in found:
        # Renamed, not deleted: a queue's rate limit counts what it started. The time alone would not do: the engine's clock may count in
        # whole seconds, and a job of one key may end twice within one.
        past = {"workflow_uuid": f"{row.workflow_uuid}@{row.completed_at}-{uuid.uuid4().hex[:12]}"}
        finished = sa.update(jobs).where(jobs.c.workflow_uuid == row.workflow_uuid, jobs.c.status.not_in(UNFINISHED))
        if connection.execute(finished.values(past)).rowcount == 0:
            return False  # Another was faster and has put its own job there.
        for table in _payloads(connection):
            connection.execute(sa.update(table).where(table.c.workflow_uuid == row.workflow_uuid).values(past))
    return True


def queue_depths(database: sa.Engine) -> Mapping[str, int]:
    """Count the jobs that wait or run, by queue."""
    with database.connect().execution_options(**READING) as connection:
        jobs = _jobs(connection)
        count = sa.select(jobs.c.queue_name, sa.func.count()).where(jobs.c.status.in_(UNFINISHED)).group_by(jobs.c.queue_name)
        return {row[0]: row[1] for row in connection.execute(count.order_by(jobs.c.queue_name))}


def live_executors(database: sa.Engine) -> tuple[str, ...]:
    """Return the ids of the executors that were seen within the last two minutes."""
    with database.connect().execution_options(**READING) as connection:
        alive = executors.c.seen_at >= database_now(connection) - SILENCE
        return tuple(connection.scalars(sa.select(executors.c.executor_id).where(alive).order_by(executors.c.executor_id)))


def seen_executors(database: sa.Engine) -> tuple[Seen, ...]:
    """Return every executor that has not signed off, those last seen first."""
    with database.connect().execution_options(**READING) as connection:
        now = database_now(connection)
        rows = connection.execute(sa.select(executors).order_by(executors.c.seen_at.desc(), executors.c.executor_id)).all()
    return tuple(_seen(row, now) for row in rows)


def _seen(row: Any, now: datetime) -> Seen:
    silent_for = max(now - row.seen_at, timedelta(0))
    alive = silent_for < SILENCE and not _certainly_gone(row.host, row.pid)
    host = row.host.split("/")[0]
    return Seen(row.executor_id, row.process, host, row.pid, row.application_version, row.started_at, silent_for, alive)


def dead_letters(database: sa.Engine) -> tuple[DeadLetter, ...]:
    """Return the jobs that failed for good, the newest first."""
    with database.connect().execution_options(**READING) as connection:
        jobs = _jobs(connection)
        _, outputs, _ = _payloads(connection)
        failed = (
            sa.select(jobs.c.workflow_uuid, jobs.c.name, jobs.c.completed_at, outputs.c.error)
            .outerjoin_from(jobs, outputs, outputs.c.workflow_uuid == jobs.c.workflow_uuid)
            .where(jobs.c.status.in_(FAILED))
            .order_by(jobs.c.completed_at.desc(), jobs.c.workflow_uuid)
        )
        return tuple(_dead_letter(row) for row in connection.execute(failed))


def prune(database: sa.Engine, keep: timedelta = KEEP, keep_dead_letters: timedelta = KEEP_DEAD_LETTERS) -> int:
    """Delete finished jobs older than `keep`, older dead letters, and executors long gone; return how many jobs went."""
    with database.begin() as connection:
        now = database_now(connection)
        connection.execute(sa.delete(executors).where(executors.c.seen_at < now - keep))
    pruned = 0
    for statuses, age in ((DONE, keep), (FAILED, keep_dead_letters)):
        while batch := _prune_batch(database, statuses, _milliseconds(now - age)):
            pruned += batch
    return pruned


def _prune_batch(database: sa.Engine, statuses: Sequence[str], before: int) -> int:
    with database.begin() as connection:
        jobs = _jobs(connection)
        old = sa.select(jobs.c.workflow_uuid).where(jobs.c.status.in_(statuses), jobs.c.completed_at < before).limit(_BATCH)
        ids = list(connection.scalars(old))
        for table in (*_payloads(connection), jobs):
            connection.execute(sa.delete(table).where(table.c.workflow_uuid.in_(ids)))
        return len(ids)


def _dead_letter(row: Any) -> DeadLetter:
    error = json.loads(row.error)["message"] if row.error else "its process died of it, again and again"
    return DeadLetter(row.workflow_uuid, row.name, error, datetime.fromtimestamp(row.completed_at / 1000, UTC))


def _certainly_gone(machine: str, pid: int) -> bool:
    if machine != this_machine() or "/" not in machine:
        return False
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno == errno.ESRCH  # Not where it belongs to somebody else.
    return False


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _jobs(connection: sa.Connection) -> sa.TableClause:
    names = "workflow_uuid status name queue_name executor_id owner_xid application_name started_at_epoch_ms completed_at"
    return _table(connection, "workflow_status", *names.split())


def _payloads(connection: sa.Connection) -> tuple[sa.TableClause, sa.TableClause, sa.TableClause]:
    return (
        _table(connection, "workflow_input", "workflow_uuid"),
        _table(connection, "workflow_output", "workflow_uuid", "error"),
        _table(connection, "operation_outputs", "workflow_uuid"),
    )


def _table(connection: sa.Connection, name: str, *columns: str) -> sa.TableClause:
    # DBOS keeps its tables in the schema "dbos" on Postgres, and beside ours on SQLite.
    schema = None if connection.dialect.name == "sqlite" else "dbos"
    return sa.table(name, *(sa.column(column) for column in columns), schema=schema)

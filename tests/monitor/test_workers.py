"""Tests of monitor.workers: rows of the engine, without an engine."""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.jobs import RETRY_AFTER, Outbox
from monitor.tables import executors
from monitor.workers import (
    DEAD_LETTER_REST,
    FAILED,
    KEEP,
    KEEP_DEAD_LETTERS,
    SILENCE,
    Executor,
    LostClaims,
    database_now,
    dead_letters,
    heartbeat,
    live_executors,
    prune,
    queue_depths,
    ready_jobs,
    resume_orphans,
    sign_off,
    this_machine,
)

A_MINUTE = timedelta(minutes=1)


def rows(database: sa.Engine, table: str = "workflow_status") -> sa.TableClause:
    columns = (
        "workflow_uuid",
        "status",
        "queue_name",
        "executor_id",
        "owner_xid",
        "application_version",
        "recovery_attempts",
        "completed_at",
    )
    return sa.table(table, *map(sa.column, columns), schema=None if database.dialect.name == "sqlite" else "dbos")


def put(database: sa.Engine, key: str, process: str = "responders") -> bool:
    with database.begin() as connection:
        return Outbox(database, process).enqueue(connection, "publish", "quick", 7, key=key)


def mark(database: sa.Engine, job_id: str, age: timedelta = timedelta(), **values: object) -> None:
    """Make a job look as if something had become of it, so long ago."""
    jobs = rows(database)
    with database.begin() as connection:
        if values["status"] in {"SUCCESS", "CANCELLED", *FAILED}:
            values["completed_at"] = int((database_now(connection) - age).timestamp() * 1000)
        assert connection.execute(sa.update(jobs).where(jobs.c.workflow_uuid == job_id).values(**values)).rowcount == 1


def statuses(database: sa.Engine) -> dict[str, str]:
    jobs = rows(database)
    with database.connect() as connection:
        return {row.workflow_uuid: row.status for row in connection.execute(sa.select(jobs))}


def see(database: sa.Engine, executor: Executor, age: timedelta = timedelta()) -> None:
    """Let an executor have shown its last sign of life so long ago."""
    with database.begin() as connection:
        heartbeat(connection, executor)
        seen = sa.update(executors).where(executors.c.executor_id == executor.executor_id)
        connection.execute(seen.values(seen_at=database_now(connection) - age))


def resume(database: sa.Engine, process: str = "responders") -> int:
    with database.begin() as connection:
        return resume_orphans(connection, process)


@pytest.fixture
def elsewhere() -> Executor:
    """An executor on another machine."""
    return Executor("elsewhere-17-abc", "responders", "elsewhere/boot/pid:[1]", os.getpid(), "responders-1")


def test_an_executor_has_a_name_that_nobody_had_before() -> None:
    first, second = Executor.here("monitor", "1"), Executor.here("monitor", "1")

    assert first.executor_id != second.executor_id
    assert first.executor_id.startswith(f"{socket.gethostname()}-{os.getpid()}-")


def test_a_heartbeat_is_a_row_that_stays_one_row(database: sa.Engine) -> None:
    executor = Executor.here("responders", "responders-1")
    see(database, executor, age=timedelta(hours=1))
    with database.begin() as connection:
        heartbeat(connection, executor)
        found = connection.execute(sa.select(executors)).one()
        now = database_now(connection)

    assert (executor.executor_id, "responders", os.getpid(), "responders-1") == (
        found.executor_id,
        found.process,
        found.pid,
        found.application_version,
    )
    assert timedelta() <= now - found.seen_at < A_MINUTE


def test_what_is_rolled_back_was_never_enqueued(database: sa.Engine) -> None:
    with database.connect() as connection:
        Outbox(database, "responders").enqueue(connection, "publish", "quick", 7, key="publish:7")
        connection.rollback()

    assert {} == queue_depths(database)


def test_a_job_is_enqueued_with_its_transaction(database: sa.Engine) -> None:
    assert put(database, "publish:7")

    assert {"responders/quick": 1} == queue_depths(database)
    with database.connect() as connection:
        assert {"responders/quick": 1} == ready_jobs(connection, "responders")
        assert {} == ready_jobs(connection, "monitor")


def test_the_same_key_twice_is_one_job(database: sa.Engine) -> None:
    assert [True, False, True] == [put(database, "publish:7"), put(database, "publish:7"), put(database, "publish:8")]

    assert {"responders/quick": 2} == queue_depths(database)


def test_two_processes_may_use_the_same_key(database: sa.Engine) -> None:
    assert [True, True] == [put(database, "sweep"), put(database, "sweep", "monitor")]

    assert {"monitor/quick": 1, "responders/quick": 1} == queue_depths(database)


@pytest.mark.parametrize("status", ["ENQUEUED", "DELAYED", "PENDING"])
def test_a_key_is_taken_while_its_job_waits_or_runs(sqlite_database: sa.Engine, status: str) -> None:
    put(sqlite_database, "publish:7")
    mark(sqlite_database, "responders/publish:7", status=status)

    assert not put(sqlite_database, "publish:7")


def test_a_key_is_free_again_once_its_job_is_done(database: sa.Engine) -> None:
    put(database, "publish:7")
    mark(database, "responders/publish:7", status="SUCCESS")

    assert [True, False] == [put(database, "publish:7"), put(database, "publish:7")]
    assert ["ENQUEUED", "SUCCESS"] == sorted(statuses(database).values())


def test_a_key_is_free_however_often_its_job_ends_within_one_tick_of_the_clock(database: sa.Engine) -> None:
    jobs = rows(database)
    for _ in range(4):
        assert put(database, "publish:7")
        mark(database, "responders/publish:7", status="SUCCESS")
        with database.begin() as connection:
            connection.execute(sa.update(jobs).where(jobs.c.workflow_uuid == "responders/publish:7").values(completed_at=1_772_442_000_000))

    assert ["SUCCESS"] * 4 == list(statuses(database).values())


def test_a_key_is_taken_while_a_further_attempt_waits(database: sa.Engine) -> None:
    put(database, "publish:7")
    put(database, "publish:7~2")
    mark(database, "responders/publish:7", status="SUCCESS")

    assert not put(database, "publish:7")
    assert {"responders/publish:7": "SUCCESS", "responders/publish:7~2": "ENQUEUED"} == statuses(database)


@pytest.mark.parametrize("status", FAILED)
def test_a_dead_letter_holds_its_key_for_an_hour(database: sa.Engine, status: str) -> None:
    put(database, "publish:7")
    mark(database, "responders/publish:7", status=status, age=DEAD_LETTER_REST - A_MINUTE)

    assert not put(database, "publish:7")

    mark(database, "responders/publish:7", status=status, age=DEAD_LETTER_REST + A_MINUTE)

    assert put(database, "publish:7")
    assert 1 == len(dead_letters(database))


def test_two_that_enqueue_a_finished_key_at_once_make_one_job(postgres_database: sa.Engine) -> None:
    put(postgres_database, "publish:7")
    mark(postgres_database, "responders/publish:7", status="SUCCESS")
    blocked = sa.text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    with ThreadPoolExecutor() as other, postgres_database.begin() as first, postgres_database.connect() as eye:
        Outbox(postgres_database, "responders").enqueue(first, "publish", "quick", 7, key="publish:7")
        second = other.submit(put, postgres_database, "publish:7")
        while not eye.scalar(blocked):
            eye.rollback()
        first.commit()
        made = second.result()

    assert not made
    assert ["ENQUEUED", "SUCCESS"] == sorted(statuses(postgres_database).values())


def test_jobs_of_a_silent_executor_are_put_back(database: sa.Engine, elsewhere: Executor) -> None:
    see(database, elsewhere, age=SILENCE + A_MINUTE)
    put(database, "publish:7")
    running: dict[str, Any] = {"status": "PENDING", "executor_id": elsewhere.executor_id, "owner_xid": "x", "recovery_attempts": 2}
    mark(database, "responders/publish:7", **running)

    assert 1 == resume(database)
    jobs = rows(database)
    with database.connect() as connection:
        job = connection.execute(sa.select(jobs)).one()
    assert ("ENQUEUED", "responders/quick", None, 2) == (job.status, job.queue_name, job.owner_xid, job.recovery_attempts)


def test_jobs_of_an_executor_that_lives_elsewhere_are_left_alone(database: sa.Engine, elsewhere: Executor) -> None:
    see(database, replace(elsewhere, pid=2**22 + 1), age=SILENCE - A_MINUTE)
    put(database, "publish:7")
    mark(database, "responders/publish:7", status="PENDING", executor_id=elsewhere.executor_id)

    assert 0 == resume(database)


def test_jobs_of_another_process_are_left_alone(database: sa.Engine, elsewhere: Executor) -> None:
    see(database, elsewhere, age=SILENCE + A_MINUTE)
    put(database, "poll:7", "monitor")
    mark(database, "monitor/poll:7", status="PENDING", executor_id=elsewhere.executor_id)

    assert 0 == resume(database)
    assert 1 == resume(database, "monitor")


def test_jobs_of_a_process_that_is_gone_from_this_machine_are_put_back_at_once(sqlite_database: sa.Engine) -> None:
    if "/" not in this_machine():
        pytest.skip("this system does not say which boot and container it is")
    # No pid is as high on Linux.
    gone = replace(Executor.here("responders", "responders-1"), pid=2**22 + 1)
    see(sqlite_database, gone)
    put(sqlite_database, "publish:7")
    mark(sqlite_database, "responders/publish:7", status="PENDING", executor_id=gone.executor_id)

    assert 1 == resume(sqlite_database)


@pytest.mark.parametrize("pid", [pytest.param(os.getpid(), id="ours"), pytest.param(1, id="somebody else's")])
def test_jobs_of_a_process_that_lives_on_this_machine_are_left_alone(sqlite_database: sa.Engine, pid: int) -> None:
    here = replace(Executor.here("responders", "responders-1"), pid=pid)
    see(sqlite_database, here)
    put(sqlite_database, "publish:7")
    mark(sqlite_database, "responders/publish:7", status="PENDING", executor_id=here.executor_id)

    assert 0 == resume(sqlite_database)


def test_jobs_of_an_executor_that_signed_off_are_put_back(database: sa.Engine, elsewhere: Executor) -> None:
    see(database, elsewhere)
    put(database, "publish:7")
    mark(database, "responders/publish:7", status="PENDING", executor_id=elsewhere.executor_id)
    with database.begin() as connection:
        sign_off(connection, elsewhere)

    assert 1 == resume(database)


def look(database: sa.Engine, claims: LostClaims, *running: str) -> int:
    with database.begin() as connection:
        return claims.resume(connection, running)


def test_a_job_that_was_claimed_and_is_not_run_is_put_back_at_the_second_look(database: sa.Engine, elsewhere: Executor) -> None:
    for key in ("lost", "running", "theirs"):
        put(database, key)
        mark(database, f"responders/{key}", status="PENDING", executor_id=elsewhere.executor_id, owner_xid=f"claim of {key}")
    mark(database, "responders/theirs", status="PENDING", executor_id="another")
    claims = LostClaims(elsewhere)
    counts = [look(database, claims, "responders/running") for _ in range(3)]
    jobs = rows(database)
    with database.connect() as connection:
        tokens = {row.workflow_uuid: row.owner_xid for row in connection.execute(sa.select(jobs))}

    assert [0, 1, 0] == counts
    assert {"responders/lost": "ENQUEUED", "responders/running": "PENDING", "responders/theirs": "PENDING"} == statuses(database)
    assert None is tokens["responders/lost"]


def test_a_job_that_just_began_or_just_ended_or_was_claimed_anew_is_not_put_back(database: sa.Engine, elsewhere: Executor) -> None:
    for key in ("begins", "ends", "anew"):
        put(database, key)
        mark(database, f"responders/{key}", status="PENDING", executor_id=elsewhere.executor_id, owner_xid="first")
    claims = LostClaims(elsewhere)
    first = look(database, claims)
    mark(database, "responders/ends", status="SUCCESS")
    mark(database, "responders/anew", status="PENDING", owner_xid="second")
    second = look(database, claims, "responders/begins")

    assert (0, 0) == (first, second)
    assert {"responders/begins": "PENDING", "responders/ends": "SUCCESS", "responders/anew": "PENDING"} == statuses(database)


def test_those_seen_within_two_minutes_count_as_alive(database: sa.Engine, elsewhere: Executor) -> None:
    see(database, elsewhere, age=SILENCE - A_MINUTE)
    see(database, replace(elsewhere, executor_id="silent"), age=SILENCE + A_MINUTE)

    assert (elsewhere.executor_id,) == live_executors(database)


def test_every_unfinished_job_counts_in_its_queue(sqlite_database: sa.Engine) -> None:
    for key, status in {"a": "ENQUEUED", "b": "DELAYED", "c": "PENDING", "d": "SUCCESS", "e": "ERROR"}.items():
        put(sqlite_database, key)
        mark(sqlite_database, f"responders/{key}", status=status)

    assert {"responders/quick": 3} == queue_depths(sqlite_database)


def test_a_job_that_kills_its_process_again_and_again_is_a_dead_letter(database: sa.Engine) -> None:
    put(database, "publish:7")
    mark(database, "responders/publish:7", status="MAX_RECOVERY_ATTEMPTS_EXCEEDED")
    (letter,) = dead_letters(database)

    assert ("responders/publish:7", "publish", "its process died of it, again and again") == (letter.key, letter.job, letter.error)


def test_only_what_is_old_and_finished_is_pruned(database: sa.Engine, elsewhere: Executor) -> None:
    old, older = KEEP + A_MINUTE, KEEP_DEAD_LETTERS + A_MINUTE
    lives = {
        "done": ("SUCCESS", old),
        "cancelled": ("CANCELLED", old),
        "young": ("SUCCESS", KEEP - A_MINUTE),
        "waits": ("ENQUEUED", timedelta()),
        "failed": ("ERROR", old),
        "failed long ago": ("ERROR", older),
    }
    for key, (status, age) in lives.items():
        put(database, key)
        mark(database, f"responders/{key}", status=status, age=age)
    see(database, elsewhere, age=old)
    see(database, replace(elsewhere, executor_id="other"), age=KEEP - A_MINUTE)

    assert 3 == prune(database)
    assert {"responders/young", "responders/waits", "responders/failed"} == set(statuses(database))
    inputs = rows(database, "workflow_input")
    with database.connect() as connection:
        assert set(statuses(database)) == set(connection.scalars(sa.select(inputs.c.workflow_uuid)))
        assert ["other"] == list(connection.scalars(sa.select(executors.c.executor_id)))


def test_there_is_an_id_for_each_attempt(sqlite_database: sa.Engine) -> None:
    """What Outbox looks at must cover what Engine makes."""
    last = len(RETRY_AFTER) + 1
    put(sqlite_database, f"publish:7~{last}")

    assert not put(sqlite_database, "publish:7")
    assert put(sqlite_database, f"publish:7~{last + 1}")

"""Tests of monitor.jobs with real processes: killed at many points, several at once, crowding one database."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.jobs import Outbox
from monitor.tables import executors
from monitor.workers import dead_letters, queue_depths
from tests.monitor.jobs_process import effects, metadata, runs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PATIENCE = 60

CLAIM = "UPDATE .*workflow_status SET .*RETURNING.*workflow_uuid"
EFFECT = "UPDATE effects SET"
OUTCOME = "UPDATE .*workflow_status .*SUCCESS"
ENQUEUED = "INSERT INTO .*workflow_input"
SIGNED_ON = "INSERT INTO executors"
PUT_BACK = "UPDATE .*workflow_status SET status=.*ENQUEUED.*PENDING"

Begin = Callable[..., "Process"]


class Process:
    """A running jobs_process."""

    def __init__(self, url: str, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.monitor.jobs_process", url, *arguments]
        self.popen = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )

    def ready(self) -> str:
        """Wait until its engine runs, and return its executor's id."""
        assert self.popen.stdout is not None
        word, _, executor_id = self.popen.stdout.readline().strip().partition(" ")
        assert word == "ready", self.popen.communicate()[1]
        return executor_id

    def death(self) -> int:
        """Wait until it has died, and return of what."""
        self.popen.wait(PATIENCE)
        self.popen.communicate()
        return self.popen.returncode

    def stop(self) -> tuple[str, str]:
        """Let it end by itself; returns what it wrote to its output and its error output."""
        return self.popen.communicate(timeout=PATIENCE)

    def kill(self) -> None:
        self.popen.kill()
        self.popen.communicate(timeout=PATIENCE)


@pytest.fixture
def begin(database: sa.Engine) -> Iterator[Begin]:
    """Start a process on the test's database; whatever still runs at the end is killed."""
    metadata.create_all(database)
    processes: list[Process] = []

    def begin(*arguments: str) -> Process:
        process = Process(database.url.render_as_string(hide_password=False), *arguments)
        processes.append(process)
        return process

    yield begin
    for process in processes:
        if process.popen.poll() is None:
            process.kill()


def put(
    database: sa.Engine, *ids: str, job: str = "effect", queue: str = "quick", process: str = "responders", status: str = "open"
) -> None:
    outbox = Outbox(database, process)
    with database.begin() as connection:
        for effect_id in ids:
            connection.execute(sa.insert(effects).values(id=effect_id, status=status))
            outbox.enqueue(connection, job, queue, effect_id, key=effect_id)


def until(true: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(PATIENCE * 20):
        if true():
            return
        pause.wait(0.05)
    pytest.fail("it did not come to pass")


def count(database: sa.Engine, *where: sa.ColumnElement[bool]) -> int:
    with database.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(runs).where(*where)) or 0)


def outcomes(database: sa.Engine) -> dict[str, tuple[str, int]]:
    with database.connect() as connection:
        return {row.id: (row.status, row.times) for row in connection.execute(sa.select(effects))}


@pytest.mark.parametrize(
    ("moment", "pattern", "times"),
    [
        pytest.param("committed", SIGNED_ON, {1}, id="signed on"),
        pytest.param("before", CLAIM, {1}, id="about to claim"),
        pytest.param("after", CLAIM, {1}, id="claim not committed"),
        pytest.param("committed", CLAIM, {1}, id="claimed"),
        pytest.param("before", EFFECT, {2}, id="job begun"),
        pytest.param("after", EFFECT, {2}, id="effect not committed"),
        pytest.param("committed", EFFECT, {2}, id="effect committed"),
        pytest.param("before", OUTCOME, {2}, id="job ended"),
        # Postgres commits this one with its statement.
        pytest.param("after", OUTCOME, {1, 2}, id="outcome not committed"),
        pytest.param("committed", OUTCOME, {1}, id="outcome committed"),
    ],
)
def test_a_killed_process_loses_no_job_and_does_nothing_twice(
    database: sa.Engine, begin: Begin, moment: str, pattern: str, times: set[int]
) -> None:
    put(database, "a")

    assert -9 == begin("responders", "--die", moment, pattern).death()

    begin("responders").ready()
    until(lambda: not queue_depths(database))

    assert {"a": ("done", 1)} == outcomes(database)
    assert count(database) in times


@pytest.mark.parametrize(
    ("moment", "pattern"),
    [
        pytest.param("before", ENQUEUED, id="attempt failed"),
        pytest.param("after", ENQUEUED, id="next attempt not committed"),
        pytest.param("committed", ENQUEUED, id="next attempt committed"),
    ],
)
def test_a_process_killed_while_a_job_fails_does_not_lose_the_next_attempt(
    database: sa.Engine, begin: Begin, moment: str, pattern: str
) -> None:
    put(database, "a", job="fragile")

    assert -9 == begin("responders", "--die", moment, pattern).death()

    begin("responders").ready()
    until(lambda: not queue_depths(database))

    assert {"a": ("done", 1)} == outcomes(database)
    assert () == dead_letters(database)


@pytest.mark.parametrize("moment", ["after", "committed"])
def test_a_process_killed_while_it_puts_jobs_back_hinders_nobody(database: sa.Engine, begin: Begin, moment: str) -> None:
    put(database, "a")

    assert -9 == begin("responders", "--die", "before", EFFECT).death()
    assert -9 == begin("responders", "--die", moment, PUT_BACK).death()

    begin("responders").ready()
    until(lambda: not queue_depths(database))

    assert {"a": ("done", 1)} == outcomes(database)


@pytest.mark.parametrize(("moment", "expected"), [("after", {}), ("committed", {"a": ("done", 1)})])
def test_a_job_and_what_it_is_about_are_written_together_or_not_at_all(
    database: sa.Engine, begin: Begin, moment: str, expected: dict[str, tuple[str, int]]
) -> None:
    assert -9 == begin("responders", "--die", moment, ENQUEUED, "--enqueue", "effect", "a").death()

    begin("responders").ready()
    until(lambda: not queue_depths(database))

    assert expected == outcomes(database)


def test_two_kinds_of_process_leave_each_others_jobs_alone(database: sa.Engine, begin: Begin) -> None:
    """Both have a job "effect", the same queues and the same times to keep."""
    ids = {name: [f"{name} {number}" for number in range(20)] for name in ("monitor", "responders")}
    executor = begin("monitor").ready()
    put(database, *ids["monitor"], process="monitor")
    put(database, *ids["responders"], process="responders")
    until(lambda: queue_depths(database) == {"responders/quick": 20})

    assert 20 == count(database, runs.c.executor_id == executor)

    other = begin("responders").ready()
    until(lambda: not queue_depths(database))

    assert 20 == count(database, runs.c.executor_id == other)
    assert dict.fromkeys([*ids["monitor"], *ids["responders"]], ("done", 1)) == outcomes(database)
    assert "local" not in {executor, other}


def test_several_processes_share_the_work_and_run_each_job_once(database: sa.Engine, begin: Begin) -> None:
    processes = [begin("responders") for _ in range(3)]
    names = {process.ready() for process in processes}
    ids = [str(number) for number in range(60)]
    put(database, *ids, queue="wide")
    until(lambda: not queue_depths(database))
    written = [process.stop() for process in processes]

    assert dict.fromkeys(ids, ("done", 1)) == outcomes(database)
    assert 60 == count(database)
    assert 3 == len(names)
    assert [("stopped 0\n", "")] * 3 == written


def silence(database: sa.Engine, executor: str) -> bool:
    """Let an executor seem silent for long, also where it gave a sign of life just now."""
    with database.begin() as connection:
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        connection.execute(sa.update(executors).where(executors.c.executor_id == executor).values(seen_at=long_ago))
    return True


def test_a_running_job_is_taken_over_only_from_who_was_silent_for_two_minutes(database: sa.Engine, begin: Begin) -> None:
    put(database, "a", job="held", status="held")
    first = begin("responders").ready()
    until(lambda: count(database) == 1)
    begin("responders").ready()
    # The second has looked for dead ones before it does this, and a third is about to.
    put(database, "b")
    until(lambda: outcomes(database)["b"] == ("done", 1))

    assert 1 == count(database, runs.c.id == "a")

    begin("responders").ready()
    until(lambda: silence(database, first) and count(database, runs.c.id == "a") == 2)
    with database.begin() as connection:
        connection.execute(sa.update(effects).where(effects.c.id == "a").values(status="open"))
    until(lambda: not queue_depths(database))

    assert ("done", 1) == outcomes(database)["a"]


def test_crowding_the_database_breaks_nothing(database: sa.Engine, begin: Begin) -> None:
    """Two processes with eight threads each and this one write as fast as they can."""
    processes = [begin(name) for name in ("monitor", "responders")]
    for process in processes:
        process.ready()
    ids = {name: [f"{name} {number}" for number in range(150)] for name in ("monitor", "responders")}
    for number in range(150):
        for name, theirs in ids.items():
            put(database, theirs[number], queue="wide", process=name)
    until(lambda: not queue_depths(database))
    written = [process.stop() for process in processes]

    assert dict.fromkeys([*ids["monitor"], *ids["responders"]], ("done", 1)) == outcomes(database)
    assert 300 == count(database, runs.c.ended)
    assert [("stopped 0\n", "")] * 2 == written

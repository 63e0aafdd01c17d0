"""Tests of monitor.jobs: an engine in this very process, on both databases; test_jobs_killed has the processes that die."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pkgutil import resolve_name

import pytest
import sqlalchemy as sa
from dbos._sys_db import SystemDatabase

from monitor.jobs import Cron, EngineNotReady, Job, Outbox, QueueLimit, migrate_engine, turned_down
from monitor.migrations import upgrade
from monitor.tables import executors, open_database
from monitor.workers import dead_letters, queue_depths
from tests.monitor.engines import LONG, NOW, Calls, Start, enqueue, starting, wait_until_empty


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    with starting(monkeypatch) as start:
        yield start


def test_a_job_runs_with_its_arguments(database: sa.Engine, start: Start) -> None:
    calls = Calls()
    engine = start(database, calls)
    enqueue(database, 7, "a1b2")

    assert (7, "a1b2") == calls.next()
    with database.connect() as connection:
        assert [engine.executor_id] == list(connection.scalars(sa.select(executors.c.executor_id)))


def test_what_waited_before_the_start_runs(database: sa.Engine, start: Start) -> None:
    calls = Calls()
    enqueue(database, 7)
    start(database, calls)

    assert (7,) == calls.next()


def test_newer_code_runs_what_older_code_left_waiting(database: sa.Engine, start: Start) -> None:
    calls = Calls()
    start(database, calls).stop(LONG)
    enqueue(database, 7)
    start(database, calls, application_version="2")

    assert (7,) == calls.next()


def test_a_job_that_raises_is_tried_again(database: sa.Engine, start: Start, caplog: pytest.LogCaptureFixture) -> None:
    calls = Calls()

    def fail_once(*arguments: object) -> None:
        calls(*arguments)
        if "ValueError" not in caplog.text:
            raise ValueError("it holds words of people")

    start(database, fail_once)
    with caplog.at_level(logging.WARNING):
        enqueue(database, 7, key="note:7")

        assert [(7,), (7,)] == [calls.next(), calls.next()]
    wait_until_empty(database)
    assert () == dead_letters(database)
    assert ["job responders/note:7 failed (ValueError) and is tried again in 0:00:00"] == [r.getMessage() for r in caplog.records]


def test_a_job_that_raises_at_every_attempt_is_a_dead_letter(
    sqlite_database: sa.Engine, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    calls = Calls()

    def fail(*arguments: object) -> None:
        calls(*arguments)
        raise ValueError("no such reply " + "x" * 10_000)

    start(sqlite_database, fail)
    enqueue(sqlite_database, 7, key="note:7")
    runs = [calls.next() for _ in range(4)]
    wait_until_empty(sqlite_database)
    (letter,) = dead_letters(sqlite_database)

    assert [(7,)] * 4 == runs
    assert ("responders/note:7~4", "note") == (letter.key, letter.job)
    assert letter.error.startswith("ValueError: no such reply")
    assert len(letter.error) <= 500
    assert [("monitor.jobs", "job responders/note:7~4 failed for good")] == [
        (record.name, record.getMessage()) for record in caplog.records if record.levelno >= logging.ERROR
    ]
    with sqlite_database.begin() as connection:
        assert not Outbox(sqlite_database, "responders").enqueue(connection, "note", "quick", 7, key="note:7")


def test_a_job_under_which_its_process_died_five_times_is_not_run_again(database: sa.Engine, start: Start) -> None:
    calls = Calls()
    schema = "" if database.dialect.name == "sqlite" else "dbos."
    for died in (4, 5):
        enqueue(database, died, key=f"note:{died}")
        with database.begin() as connection:
            connection.execute(sa.text(f"UPDATE {schema}workflow_status SET recovery_attempts = {died} WHERE recovery_attempts = 0"))
    start(database, calls)
    wait_until_empty(database)

    assert (4,) == calls.next()
    assert calls.empty()
    assert ["responders/note:5"] == [letter.key for letter in dead_letters(database)]


def test_a_claim_whose_answer_was_lost_is_not_lost_itself(database: sa.Engine, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.watch.PULSE", timedelta(seconds=0.2))
    calls, cut = Calls(), list[str]()
    claim = SystemDatabase.start_queued_workflows

    def claim_and_hear_nothing(*arguments: object, **more: object) -> object:
        answer = claim(*arguments, **more)  # type: ignore[arg-type]
        if answer[0] and not cut:
            cut.extend(answer[0])
            raise sa.exc.OperationalError("COMMIT", {}, Exception("server closed the connection unexpectedly"))
        return answer

    monkeypatch.setattr(SystemDatabase, "start_queued_workflows", claim_and_hear_nothing)
    for number in range(3):
        enqueue(database, number, key=f"note:{number}")
    start(database, calls)
    found = sorted(calls.next() for _ in range(3))
    wait_until_empty(database)

    assert ([(0,), (1,), (2,)], True, True) == (found, calls.empty(), bool(cut))


@pytest.mark.parametrize("moment", ["before_cursor_execute", "after_cursor_execute"])
def test_a_job_is_tried_again_though_the_database_was_away_as_it_failed(
    database: sa.Engine, start: Start, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    calls, cuts = Calls(), list[str]()

    def cut(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "workflow_input" in statement and statement.startswith("INSERT") and threading.current_thread() is not ours and len(cuts) < 2:
            cuts.append(statement)
            raise sa.exc.OperationalError(statement, {}, Exception("server closed the connection unexpectedly"))

    def fail_once(*arguments: object) -> None:
        calls(*arguments)
        if "is tried again in" not in caplog.text:
            raise sa.exc.OperationalError("SELECT 1", {}, Exception("server closed the connection unexpectedly"))

    monkeypatch.setattr("monitor.watch.ASK_AGAIN", timedelta(seconds=0.01))
    ours = threading.current_thread()
    sa.event.listen(database, moment, cut)
    start(database, fail_once)
    enqueue(database, 7, key="note:7")
    runs = [calls.next(), calls.next()]
    wait_until_empty(database)

    assert ([(7,), (7,)], 2, ()) == (runs, len(cuts), dead_letters(database))


def test_a_narrow_queue_runs_one_job_at_a_time(database: sa.Engine, start: Start) -> None:
    begun, go, at_once = Calls(), threading.Event(), []
    running = threading.Semaphore(1)

    def narrow(*arguments: object) -> None:
        at_once.append(running.acquire(blocking=False))
        begun(*arguments)
        go.wait(30)
        running.release()

    queues = [QueueLimit("narrow", concurrency=1), QueueLimit("last")]
    start(database, queues=queues, jobs=[Job("narrow", narrow), Job("note", begun)])
    for number in range(3):
        enqueue(database, number, job="narrow", queue="narrow")
    first = begun.next()
    enqueue(database, "meanwhile", queue="last")
    meanwhile = begun.next()
    go.set()
    wait_until_empty(database)

    assert [(0,), ("meanwhile",)] == [first, meanwhile]
    assert [True, True, True] == at_once


def test_a_queue_begins_no_more_jobs_than_its_rate_allows(database: sa.Engine, start: Start) -> None:
    calls = Calls()
    start(database, calls, queues=[QueueLimit("quick", rate=(2, timedelta(hours=1))), QueueLimit("last")])
    for number in range(3):
        enqueue(database, number)
    begun = {calls.next(), calls.next()}
    enqueue(database, "meanwhile", queue="last")

    assert {(0,), (1,)} == begun
    assert ("meanwhile",) == calls.next()
    pause = threading.Event()
    while queue_depths(database) != {"responders/quick": 1}:
        pause.wait(0.02)


def test_a_running_job_may_end_before_the_engine_does(database: sa.Engine, start: Start) -> None:
    begun, go, ended = threading.Event(), threading.Event(), threading.Event()

    def slow(_: object) -> None:
        begun.set()
        go.wait(30)
        ended.set()

    engine = start(database, slow)
    enqueue(database, 7)
    begun.wait(30)
    threading.Timer(0.1, go.set).start()

    assert 0 == engine.stop(LONG)
    assert ended.is_set()
    assert {} == queue_depths(database)
    with database.connect() as connection:
        assert [] == connection.execute(sa.select(executors)).all()


def test_a_job_that_does_not_end_in_time_is_run_again_elsewhere(
    database: sa.Engine, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    begun, go, calls = threading.Event(), threading.Event(), Calls()

    def stuck(_: object) -> None:
        begun.set()
        go.wait(30)

    engine = start(database, stuck)
    enqueue(database, 7)
    begun.wait(30)

    assert 1 == engine.stop(NOW)
    with database.begin() as connection:
        # It did not sign off, for its thread lives; let it have been silent for long.
        assert 1 == connection.execute(sa.update(executors).values(seen_at=datetime(2020, 1, 1, tzinfo=UTC))).rowcount
    go.set()
    start(database, calls)

    assert (7,) == calls.next()
    assert ["jobs of a process that died, or that were claimed and never begun, are run again: 1"] == [
        record.getMessage() for record in caplog.records
    ]


def test_an_engine_without_its_tables_says_what_to_do(sqlite_url: str, start: Start, caplog: pytest.LogCaptureFixture) -> None:
    database = open_database(sqlite_url)
    upgrade(database)
    with pytest.raises(EngineNotReady, match="Run: monitor migrate"):
        start(database)
    with database.connect() as connection:
        signed_off = connection.execute(sa.select(executors)).all()
    migrate_engine(database)
    calls = Calls()
    start(database, calls)
    enqueue(database, 7)
    ran = calls.next()
    database.dispose()

    assert ([], (7,)) == (signed_off, ran)
    assert "Traceback" not in caplog.text


def test_an_engine_on_an_empty_postgres_says_what_to_do(postgres_url: str, start: Start) -> None:
    database = open_database(postgres_url)
    upgrade(database)
    with pytest.raises(EngineNotReady, match="Run: monitor migrate"):
        start(database)
    database.dispose()


def test_an_engine_without_our_tables_does_not_half_start(sqlite_url: str, start: Start) -> None:
    database = open_database(sqlite_url)
    migrate_engine(database)
    with pytest.raises(sa.exc.OperationalError):
        start(database)
    database.dispose()


def test_there_is_one_engine_in_a_python_process(sqlite_database: sa.Engine, start: Start) -> None:
    engine = start(sqlite_database)
    with pytest.raises(RuntimeError, match="already"):
        start(sqlite_database)

    assert [0, 0] == [engine.stop(LONG), engine.stop(LONG)]


def test_a_time_that_cannot_be_stops_the_start(sqlite_database: sa.Engine, start: Start) -> None:
    with pytest.raises(Exception, match="Invalid cron schedule"):
        start(sqlite_database, crons=[Cron("digest", "61 8 * * *", "Europe/Amsterdam", lambda: None)])


def test_the_engine_says_nothing_while_all_is_well(database: sa.Engine, start: Start, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        calls = Calls()
        engine = start(database, calls, crons=[Cron("sweep", "* * * * *", "UTC", lambda: calls("swept"), at_start=True)])
        enqueue(database, 7)
        done = {calls.next(), calls.next()}
        engine.stop(LONG)

    assert {(7,), ("swept",)} == done
    assert [] == [record.getMessage() for record in caplog.records]
    assert [logging.NullHandler] == [type(handler) for handler in logging.getLogger("dbos").handlers]


def test_nothing_wakes_to_look_for_messages_that_nobody_sends(sqlite_database: sa.Engine, start: Start) -> None:
    engine = start(sqlite_database)
    looking = [thread for thread in threading.enumerate() if "run_notification_listener" in thread.name and thread.is_alive()]
    engine.stop(LONG)

    assert [] == looking


def test_what_we_turn_down_in_dbos_is_still_there() -> None:
    """Should this fail after an update of DBOS: look for what it polls now, and at what an idle process costs."""
    gone = [(owner, name) for owner, name in turned_down("sqlite") if not hasattr(resolve_name(owner), name)]

    assert [] == gone

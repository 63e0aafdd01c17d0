"""The engine: short jobs from queues and at set times, on DBOS, which only this file imports. What a job does stands elsewhere."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pkgutil import resolve_name
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from croniter import croniter  # type: ignore[import-untyped]
from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from dbos._error import DBOSInitializationError
from dbos._queue import queue_worker_thread

from monitor.text import clip
from monitor.watch import Bell, insist, watch
from monitor.workers import Executor, LostClaims, free_ids, heartbeat, resume_orphans, sign_off, waiting_ids

RETRY_AFTER = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))
"""How long a job that raised waits before each further attempt; after the last one it is a dead letter."""

_POLL = 60.0
"""Seconds after which a queue looks by itself, should its bell not have rung."""

_TURNED_DOWN: Mapping[tuple[str, str], object] = {
    # Schedules are made right after the launch and by nobody else.
    ("dbos._scheduler", "_STARTUP_FAST_POLL_DURATION_SEC"): 3.0,
    # It looks for new queues and starts a poller for each; our queues are known, and their threads wait for a bell.
    ("dbos._dbos", "queue_thread"): lambda stopping, dbos: None,  # noqa: ARG005
    # It looks twice a second for messages and events that jobs wait for; a job of ours is one step and waits for none.
    ("dbos._sys_db:SystemDatabase", "run_notification_listener"): lambda system_database: None,  # noqa: ARG005
}
"""What DBOS would do every second for ever, and has no settings for: an idle process should cost nothing."""

WAITS_END_EVERY: Mapping[str, float] = {"sqlite": 10.0, "postgresql": 4.0}
"""Seconds between two looks of DBOS whether the wait of a retry is over. On Postgres it holds a transaction meanwhile, of 5 at most."""

_MOST_CRASHES = 5
"""A job under which its process died this often is a dead letter."""

_CRON_QUEUE = "cron"

_SAID_BETTER = re.compile(
    "Exception (encountered in (background workflow|queue thread)|(polling|in) schedule|taking the|reloading queue)"
    "|Contention detected|Database connection failed|DBOS failed to launch"
)
"""What DBOS logs, at length and from every thread, though we say it in a sentence or it is no trouble at all."""

_ALONE = threading.Lock()
"""DBOS is one for each Python process."""

logger = logging.getLogger(__name__)


class EngineNotReady(Exception):
    """The engine's tables are missing or older than this code; the sentence says what to do."""


class GaveUp(Exception):
    """Marks a job as a dead letter: it raised at every attempt."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something short that may safely run twice; its arguments are ids and other short strings."""

    name: str
    run: Callable[..., None]


@dataclass(frozen=True, slots=True)
class QueueLimit:
    """A queue and how fast it may be worked off."""

    name: str
    concurrency: int | None = None
    """Jobs at once in all processes together."""
    worker_concurrency: int = 4
    """Jobs at once in one process."""
    rate: tuple[int, timedelta] | None = None
    """At most so many jobs begin within so long, in all processes together."""


@dataclass(frozen=True, slots=True)
class Cron:
    """Something to do at set times, as clocks show them in a time zone; what was missed meanwhile is done once."""

    name: str
    expression: str
    timezone: str
    run: Callable[[], None]
    at_start: bool = False
    """Also once whenever a process starts."""

    def latest(self, now: datetime) -> datetime:
        """Return the latest moment before `now` at which it was due."""
        due: datetime = croniter(self.expression, now.astimezone(ZoneInfo(self.timezone)), second_at_beginning=True).get_prev(datetime)
        return due


def turned_down(dialect: str) -> Mapping[tuple[str, str], object]:
    """Return what is set to another value inside DBOS: the module or class, and its name there."""
    return {**_TURNED_DOWN, ("dbos._workflow_commands", "_BACKGROUND_JOBS_INTERVAL_SEC"): WAITS_END_EVERY[dialect]}


def migrate_engine(database: sa.Engine) -> None:
    """Create or update the engine's own tables; part of the release step (`monitor migrate`) and of nothing else."""
    _quiet_dbos()
    with database.connect():
        # On SQLite this makes the file, in the mode we want it in, before DBOS opens it its own way.
        pass
    DBOS.migrate(database.url.render_as_string(hide_password=False))


class Outbox:
    """Puts jobs in the queues of one process, in the caller's own transaction; needs no running engine."""

    def __init__(self, database: sa.Engine, process: str) -> None:
        self._process = process
        _quiet_dbos()
        # Its own connections are never used: each job is written on the caller's.
        self._client = DBOSClient(
            system_database_engine=database, application_name=process, serializer=DBOSPortableJSONSerializer(), lazy=True
        )

    def enqueue(self, connection: sa.Connection, job: str, queue: str, *arguments: str | int, key: str) -> bool:
        """Enqueue a job in the transaction of `connection`; it runs only once that is committed.

        The same key twice is one job: while a job of this key waits or runs, or failed for good within the last hour, nothing is enqueued
        and the answer is False. A job that runs may be past the point where it would see what the caller just wrote: put what makes the
        work new (a version, a number of the attempt) into the key, or leave it to the next sweep.
        """
        first = f"{self._process}/{key}"
        if not free_ids(connection, [_attempt_id(first, number) for number in range(1, len(RETRY_AFTER) + 2)]):
            return False
        self._put(connection, job, queue, first, (1, queue, *arguments))
        return True

    def waiting(self, connection: sa.Connection, queues: Sequence[str]) -> set[str]:
        """Return the keys of the jobs in these queues that wait or run: what is enqueued again would change nothing."""
        begin = len(self._process) + 1
        return {job_id[begin:].partition("~")[0] for job_id in waiting_ids(connection, self._process, queues)}

    def _put(
        self, connection: sa.Connection, name: str, queue: str, job_id: str, arguments: Sequence[object], after: timedelta | None = None
    ) -> None:
        options: EnqueueOptions = {"workflow_name": name, "queue_name": f"{self._process}/{queue}", "workflow_id": job_id}
        if after is not None:
            options["delay_seconds"] = after.total_seconds()
        self._client.enqueue_in_transaction(connection, options, *arguments)


class Engine:
    """Runs the jobs of one process until it is stopped; there can be one in a Python process, and many on one database."""

    def __init__(
        self,
        process: str,
        database: sa.Engine,
        *,
        jobs: Sequence[Job],
        queues: Sequence[QueueLimit],
        crons: Sequence[Cron],
        application_version: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        retry_after: tuple[timedelta, timedelta, timedelta] = RETRY_AFTER,
    ) -> None:
        self._executor = Executor.here(process, application_version)
        self._lost_claims = LostClaims(self._executor)
        self._process = process
        self._database = database
        self._jobs = jobs
        self._queues = (*queues, QueueLimit(_CRON_QUEUE))
        self._crons = crons
        self._clock = clock
        self._retry_after = retry_after
        self._outbox = Outbox(database, process)
        self._dbos: DBOS | None = None
        self._started = False
        self._bells: dict[str, Bell] = {}
        self._cron_attempts: dict[str, Callable[[datetime, int], None]] = {}
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def executor_id(self) -> str:
        """The name of this executor: host, pid and a part that nobody had before."""
        return self._executor.executor_id

    def start(self) -> None:
        """Begin to run jobs; returns at once.

        Raises:
            EngineNotReady: the engine's tables are not there yet, or are older than this code.
        """
        if not _ALONE.acquire(blocking=False):
            raise RuntimeError("an engine runs in this Python process already")
        self._started = True
        try:
            with self._database.begin() as connection:
                # Before a job can be claimed in its name, else others would take it for dead.
                heartbeat(connection, self._executor)
            self._launch()
            self._set_crons()
        except BaseException as error:
            self._claim_no_more(time.monotonic())
            self._end(sign_off_too=True)
            if isinstance(error, DBOSInitializationError):
                raise EngineNotReady("the engine's tables are not set up for this version yet. Run: monitor migrate") from error
            raise
        self._spawn(watch, "engine-watch", self._database, self._process, self._bells, self._pulse, self._stopping)

    def stop(self, within: timedelta) -> int:
        """Claim no more jobs, give those that run so long to end, and return how many did not.

        Those are run again by whoever starts next. Their threads live on: a caller who gets more than 0 must leave by `os._exit`.
        """
        if not self._started:
            return 0
        deadline = time.monotonic() + within.total_seconds()
        self._claim_no_more(deadline)
        while (running := self._running()) and time.monotonic() < deadline:
            pass
        if running:
            # What an abandoned job's thread says when it finds its engine gone helps nobody.
            logging.getLogger("dbos").setLevel(logging.CRITICAL)
        self._end(sign_off_too=not running)
        return running

    def _claim_no_more(self, deadline: float) -> None:
        self._stopping.set()
        for bell in self._bells.values():
            bell.set()
        for thread in self._threads:
            # One that waits for a locked database may outlive us; it is a daemon.
            thread.join(max(0.1, deadline - time.monotonic()))

    def _end(self, *, sign_off_too: bool) -> None:
        DBOS.destroy(destroy_registry=True)
        if sign_off_too and not any(thread.is_alive() for thread in self._threads):
            with suppress(sa.exc.SQLAlchemyError), self._database.begin() as connection:
                sign_off(connection, self._executor)
        self._started = False
        _ALONE.release()

    def _launch(self) -> None:
        for (owner, name), value in turned_down(self._database.dialect.name).items():
            setattr(resolve_name(owner), name, value)
        self._dbos = dbos = DBOS(
            config={
                "name": self._process,
                "system_database_engine": self._database,
                "executor_id": self.executor_id,
                # Pinned: DBOS gives a job to its own version only, and newer code must run what older code left, and the reverse.
                "application_version": self._process,
                "serializer": DBOSPortableJSONSerializer(),
                "run_migrations": False,
                "use_listen_notify": False,
                "scheduler_polling_interval_sec": 300.0,
                "max_executor_threads": sum(limit.worker_concurrency for limit in self._queues) + 2,
                "log_level": "WARNING",
            }
        )
        for job in self._jobs:
            DBOS.workflow(name=job.name, max_recovery_attempts=_MOST_CRASHES - 1)(self._job_attempt(job))
        self._cron_attempts = {
            cron.name: DBOS.workflow(name=_cron_job(cron), max_recovery_attempts=_MOST_CRASHES - 1)(self._cron_attempt(cron))
            for cron in self._crons
        }
        DBOS.launch()
        for limit in self._queues:
            queue = DBOS.register_queue(
                f"{self._process}/{limit.name}",
                global_concurrency=limit.concurrency,
                worker_concurrency=min(limit.worker_concurrency, limit.concurrency or limit.worker_concurrency),
                limiter={"limit": limit.rate[0], "period": limit.rate[1].total_seconds()} if limit.rate else None,
                polling_interval_sec=_POLL,
                on_conflict="always_update",
            )
            bell = self._bells[queue.name] = Bell()
            self._spawn(queue_worker_thread, f"engine-{queue.name}", bell, dbos, queue)

    def _spawn(self, target: Callable[..., None], name: str, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _running(self) -> int:
        # A job just claimed takes a moment to count as active.
        time.sleep(0.02)
        return len(self._dbos._active_workflows_set.activeList()) if self._dbos else 0  # noqa: SLF001

    def _job_attempt(self, job: Job) -> Callable[..., None]:
        def attempt(number: int, queue: str, *arguments: str | int) -> None:
            self._attempt(job.name, queue, number, lambda: job.run(*arguments), lambda then: (then, queue, *arguments))

        return attempt

    def _cron_attempt(self, cron: Cron) -> Callable[[datetime, int], None]:
        def attempt(due: datetime, number: int) -> None:
            if cron.latest(self._clock()) > due:
                return  # It is due again by now, and once is enough.
            self._attempt(_cron_job(cron), _CRON_QUEUE, number, cron.run, lambda then: (due, then))

        return attempt

    def _attempt(self, name: str, queue: str, number: int, run: Callable[[], None], arguments: Callable[[int], Sequence[object]]) -> None:
        job_id = str(DBOS.workflow_id)
        try:
            run()
        except Exception as error:
            if number > len(self._retry_after):
                logger.exception("job %s failed for good", job_id)
                raise GaveUp(clip(f"{type(error).__name__}: {error}", 500)) from error
            after = self._retry_after[number - 1]
            again = _attempt_id(job_id.removesuffix(f"~{number}"), number + 1)
            # Mostly it failed because the database went away, and would be a dead letter at once if this failed for the same reason.
            insist(self._database, self._outbox._put, name, queue, again, arguments(number + 1), after)  # noqa: SLF001
            logger.warning("job %s failed (%s) and is tried again in %s", job_id, type(error).__name__, after)

    def _set_crons(self) -> None:
        DBOS.apply_schedules(
            [
                {
                    "schedule_name": f"{self._process}/{cron.name}",
                    "workflow_fn": self._cron_attempts[cron.name],
                    "schedule": cron.expression,
                    "cron_timezone": cron.timezone,
                    "queue_name": f"{self._process}/{_CRON_QUEUE}",
                    "context": 1,
                }
                for cron in self._crons
            ]
        )
        wanted = {f"{self._process}/{cron.name}" for cron in self._crons}
        for schedule in DBOS.list_schedules():
            if schedule["schedule_name"] not in wanted:
                DBOS.delete_schedule(schedule["schedule_name"])
        with self._database.begin() as connection:
            for cron in self._crons:
                if cron.at_start:
                    job_id = f"{self._process}/{cron.name}/{self.executor_id}"
                    self._outbox._put(connection, _cron_job(cron), _CRON_QUEUE, job_id, (self._clock(), 1))  # noqa: SLF001

    def _make_up(self) -> None:
        """Do once what was missed while nothing ran, the machine slept, or the clock jumped."""
        fired = {schedule["schedule_name"]: schedule["last_fired_at"] for schedule in DBOS.list_schedules()}
        for cron in self._crons:
            name = f"{self._process}/{cron.name}"
            due, last = cron.latest(self._clock()), fired.get(name)
            if last is not None and due <= datetime.fromisoformat(last):
                continue
            if last is not None:
                # The same job id as DBOS's own timer gives it, so that it is one job whoever comes first.
                DBOS.backfill_schedule(name, due - timedelta(seconds=1), due + timedelta(seconds=1))
            assert self._dbos is not None
            self._dbos._sys_db.update_last_fired_at(name, due.isoformat())  # noqa: SLF001

    def _pulse(self) -> None:
        with self._database.begin() as connection:
            heartbeat(connection, self._executor)
            running = self._dbos._active_workflows_set.activeList() if self._dbos else ()  # noqa: SLF001
            resumed = resume_orphans(connection, self._process) + self._lost_claims.resume(connection, running)
        if resumed:
            logger.warning("jobs of a process that died, or that were claimed and never begun, are run again: %d", resumed)
        self._make_up()


def _attempt_id(first: str, number: int) -> str:
    return first if number == 1 else f"{first}~{number}"


def _cron_job(cron: Cron) -> str:
    return f"cron {cron.name}"


def _worth_saying(record: logging.LogRecord) -> bool:
    message = record.getMessage()
    if not _SAID_BETTER.match(message):
        return True
    logger.debug("dbos: %s", message.partition("\n")[0])
    return False


def _quiet_dbos() -> None:
    """Let DBOS speak through `logging` like everybody else, and only where something is wrong that we do not say ourselves."""
    dbos_logger = logging.getLogger("dbos")
    dbos_logger.setLevel(logging.WARNING)
    dbos_logger.addFilter(_worth_saying)
    if not dbos_logger.handlers:
        # Where it finds a handler it does not add its own.
        dbos_logger.addHandler(logging.NullHandler())

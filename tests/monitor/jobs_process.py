"""A process with an engine in it, to be started, watched and killed by test_jobs; it is no test itself.

python -m tests.monitor.jobs_process URL PROCESS [--die MOMENT PATTERN] [--enqueue JOB ID]
It writes "ready EXECUTOR" and works until its standard input ends, then stops cleanly and writes "stopped".
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.jobs import Cron, Engine, Job, Outbox, QueueLimit
from monitor.tables import open_database

metadata = sa.MetaData()

effects = sa.Table(
    "effects",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("times", sa.Integer, nullable=False, server_default="0"),
)
"""What jobs do: each row may go from open to done, once."""

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("executor_id", sa.String(256), nullable=False),
    sa.Column("ended", sa.Boolean, nullable=False, server_default=sa.false()),
)
"""Each time a job began, and whether it ended."""

QUEUES = (QueueLimit("quick"), QueueLimit("narrow", concurrency=1, worker_concurrency=1), QueueLimit("wide", worker_concurrency=8))


def make_effect(connection: sa.Connection, effect_id: str) -> None:
    """Do what may be done once, if it is still to be done."""
    done = {"status": "done", "times": effects.c.times + 1}
    connection.execute(sa.update(effects).where(effects.c.id == effect_id, effects.c.status == "open").values(**done))


class Work:
    """The jobs of this process."""

    def __init__(self, database: sa.Engine) -> None:
        self.database = database
        self.executor_id = ""
        self.pause = threading.Event()

    def effect(self, effect_id: str) -> None:
        number = self.begin(effect_id)
        with self.database.begin() as connection:
            make_effect(connection, effect_id)
        self.end(number)

    def fragile(self, effect_id: str) -> None:
        """Fail the first time."""
        number = self.begin(effect_id)
        with self.database.connect() as connection:
            count = connection.scalar(sa.select(sa.func.count()).select_from(runs).where(runs.c.id == effect_id))
        if count == 1:
            raise LookupError("not yet")
        with self.database.begin() as connection:
            make_effect(connection, effect_id)
        self.end(number)

    def held(self, effect_id: str) -> None:
        """Run for as long as the effect is held."""
        number = self.begin(effect_id)
        waiting = sa.select(effects.c.status).where(effects.c.id == effect_id)
        while True:
            with self.database.connect() as connection:
                if connection.scalar(waiting) != "held":
                    break
            self.pause.wait(0.1)
        with self.database.begin() as connection:
            make_effect(connection, effect_id)
        self.end(number)

    def begin(self, effect_id: str) -> int:
        with self.database.begin() as connection:
            begun = connection.execute(sa.insert(runs).values(id=effect_id, executor_id=self.executor_id))
            assert begun.inserted_primary_key is not None
            return int(begun.inserted_primary_key[0])

    def end(self, number: int) -> None:
        with self.database.begin() as connection:
            connection.execute(sa.update(runs).where(runs.c.number == number).values(ended=True))


def die_at(database: sa.Engine, moment: str, pattern: str) -> None:
    """Kill this process before or after the first statement that matches, or once its transaction is committed."""
    matching = re.compile(pattern, re.DOTALL)
    doomed: set[int] = set()

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def before(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if moment == "before" and matching.search(f"{statement} {parameters}"):
            die()

    def after(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not matching.search(f"{statement} {parameters}"):
            return
        if moment == "after":
            die()
        doomed.add(id(cursor.connection))

    def returned(connection: Any, _record: Any) -> None:
        if id(connection) in doomed:
            die()

    sa.event.listen(database, "before_cursor_execute", before)
    sa.event.listen(database, "after_cursor_execute", after)
    sa.event.listen(database, "checkin", returned)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("process")
    parser.add_argument("--die", nargs=2, metavar=("MOMENT", "PATTERN"))
    parser.add_argument("--enqueue", nargs=2, metavar=("JOB", "ID"))
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(name)s %(levelname)s %(message)s")
    database = open_database(options.url)
    if options.die:
        die_at(database, *options.die)
    if options.enqueue:
        job, effect_id = options.enqueue
        with database.begin() as connection:
            connection.execute(sa.insert(effects).values(id=effect_id, status="open"))
            Outbox(database, options.process).enqueue(connection, job, "quick", effect_id, key=effect_id)
        return
    work = Work(database)
    engine = Engine(
        options.process,
        database,
        jobs=[Job("effect", work.effect), Job("fragile", work.fragile), Job("held", work.held)],
        queues=QUEUES,
        crons=[Cron("hourly", "0 * * * *", "Europe/Amsterdam", lambda: None)],
        application_version="1",
        clock=lambda: datetime.now(UTC),
        retry_after=(timedelta(), timedelta(), timedelta()),
    )
    work.executor_id = engine.executor_id
    engine.start()
    print(f"ready {engine.executor_id}", flush=True)
    sys.stdin.read()
    left = engine.stop(timedelta(seconds=1))
    database.dispose()
    print("stopped", left, flush=True)
    if left:
        os._exit(0)


if __name__ == "__main__":
    main()

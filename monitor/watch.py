"""Notices cheaply that a job stands ready and wakes the thread that takes it; no job is taken or run here."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

import sqlalchemy as sa

from monitor.tables import READING
from monitor.workers import ready_jobs

LOOK = timedelta(seconds=0.5)
"""Between two looks whether a job stands ready: the latency of every queue. On SQLite a look is one PRAGMA."""

LOOK_BUSY = timedelta(seconds=0.05)
"""The same while jobs are being taken: a queue's thread takes only as many at once as it may run."""

PULSE = timedelta(seconds=30)
"""How often an executor shows that it lives, looks for dead ones, and makes up for missed times."""

logger = logging.getLogger(__name__)


class Bell(threading.Event):
    """Tells a queue's thread to stop, like the event it stands in for, or to look into its queue now."""

    def __init__(self) -> None:
        super().__init__()
        self._wake = threading.Condition()
        self._rung = True

    def ring(self) -> None:
        """Let the waiter look once."""
        with self._wake:
            self._rung = True
            self._wake.notify_all()

    def set(self) -> None:
        """Let the waiter stop."""
        super().set()
        self.ring()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for a ring or for `timeout` seconds; True only where it is time to stop."""
        with self._wake:
            self._wake.wait_for(lambda: self._rung, timeout)
            self._rung = self.is_set()
        return self.is_set()


class Changes:
    """Knows whether anything in the database may have changed since it was last asked."""

    def __init__(self, database: sa.Engine) -> None:
        # SQLite counts the commits of others for each connection, so this one is kept; Postgres has nothing as cheap.
        self._connection = database.raw_connection() if database.dialect.name == "sqlite" else None
        self._seen: object = None

    def any(self) -> bool:
        """Say whether a look is worth its while."""
        if self._connection is None:
            return True
        cursor = self._connection.cursor()
        cursor.execute("PRAGMA data_version")
        before, self._seen = self._seen, cursor.fetchone()
        cursor.close()
        return before != self._seen

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()


def watch(database: sa.Engine, process: str, bells: Mapping[str, Bell], pulse: Callable[[], None], stopping: threading.Event) -> None:
    """Ring the bell of each queue in which a job stands ready, and call `pulse` at once and then at its rate, until `stopping`."""
    changes = Changes(database)
    ready: Mapping[str, int] = {}
    look, pulse_at = LOOK, time.monotonic()
    while not stopping.wait(look.total_seconds()):
        try:
            before = ready
            if changes.any():
                with database.connect().execution_options(**READING) as connection:
                    ready = ready_jobs(connection, process)
            look = LOOK_BUSY if ready and ready != before else LOOK
            for queue in ready.keys() & bells.keys():
                # Also where nothing changed: what waits behind a rate limit is let through by time alone.
                bells[queue].ring()
            if time.monotonic() >= pulse_at:
                pulse_at = time.monotonic() + PULSE.total_seconds()
                pulse()
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            logger.warning("the engine could not look for work: %s", type(error).__name__)
    changes.close()

"""Notices cheaply that a job stands ready and wakes the thread that takes it; no job is taken or run here."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

import sqlalchemy as sa

from monitor.tables import READING
from monitor.text import clip
from monitor.workers import ready_jobs

LOOK = timedelta(seconds=0.5)
"""Between two looks whether a job stands ready: the latency of every queue. A look is one PRAGMA."""

LOOK_AFAR = timedelta(seconds=1)
"""The same on Postgres, where a look is a question to the server."""

LOOK_LOST = timedelta(seconds=5)
"""The same while the database does not answer."""

LOOK_BUSY = timedelta(seconds=0.05)
"""The same while jobs are being taken: a queue's thread takes only as many at once as it may run."""

STAY_BUSY = timedelta(seconds=1)
"""How long after the last job was taken we look so often: a crowd's next one is mostly taken once an earlier one is done."""

ASK_AGAIN = timedelta(seconds=1)
"""The same while somebody has something to write that must not be lost."""

PULSE = timedelta(seconds=30)
"""How often an executor shows that it lives, looks for dead ones, and makes up for missed times."""

logger = logging.getLogger(__name__)


def insist(database: sa.Engine, write: Callable[..., None], *words: object) -> None:
    """Write in a transaction of its own as soon as the database answers; it must bear being written twice."""
    while True:
        with suppress(sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError):
            with database.begin() as connection:
                write(connection, *words)
            return
        time.sleep(ASK_AGAIN.total_seconds())


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
        self._database = database
        self._connection: sa.PoolProxiedConnection | None = None
        self._seen: object = None

    def any(self) -> bool:
        """Say whether a look is worth its while."""
        if self._database.dialect.name != "sqlite":
            return True  # Postgres has nothing as cheap.
        if self._connection is None:
            # SQLite counts the commits of others for each connection, so this one is kept.
            self._connection = self._database.raw_connection()
        cursor = self._connection.cursor()
        cursor.execute("PRAGMA data_version")
        before, self._seen = self._seen, cursor.fetchone()
        cursor.close()
        return before != self._seen

    def forget(self) -> None:
        """Give the connection back, and take the next question for the first."""
        connection, self._connection, self._seen = self._connection, None, None
        if connection is not None:
            connection.close()


def watch(database: sa.Engine, process: str, bells: Mapping[str, Bell], pulse: Callable[[], None], stopping: threading.Event) -> None:
    """Ring the bell of each queue in which a job stands ready, and call `pulse` at once and then at its rate, until `stopping`."""
    changes = Changes(database)
    ready: Mapping[str, int] = {}
    calm = LOOK if database.dialect.name == "sqlite" else LOOK_AFAR
    look, pulse_at, moved_at = calm, time.monotonic(), float("-inf")
    while not stopping.wait(look.total_seconds()):
        lost = look is LOOK_LOST
        try:
            before = ready
            if changes.any():
                with database.connect().execution_options(**READING) as connection:
                    ready = ready_jobs(connection, process)
            for queue in ready.keys() & bells.keys():
                # Also where nothing changed: what waits behind a rate limit is let through by time alone.
                bells[queue].ring()
            if time.monotonic() >= pulse_at:
                pulse()
                pulse_at = time.monotonic() + PULSE.total_seconds()
            moved_at = time.monotonic() if ready != before else moved_at
            look = LOOK_BUSY if ready and time.monotonic() - moved_at < STAY_BUSY.total_seconds() else calm
            if lost:
                logger.warning("the database answers again")
        except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
            look = LOOK_LOST
            changes.forget()
            if not lost:
                logger.warning(
                    "the database does not answer (%s); no job is begun until it does", clip(str(getattr(error, "orig", error)), 200)
                )
    changes.forget()

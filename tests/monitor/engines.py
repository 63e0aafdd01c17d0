"""An engine for a test, quick enough to wait for, and jobs that say when they ran."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from queue import SimpleQueue
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import jobs, watch
from monitor.jobs import Engine, Job, Outbox, QueueLimit
from monitor.workers import queue_depths

LONG = timedelta(seconds=30)
NOW = timedelta()

Start = Callable[..., Engine]


class Calls(SimpleQueue[tuple[Any, ...]]):
    """A job that notes its arguments."""

    def __call__(self, *arguments: Any) -> None:
        self.put(arguments)

    def next(self) -> tuple[Any, ...]:
        return self.get(timeout=30)


@contextmanager
def starting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Give a function that starts an engine which looks often, and stop all such engines at the end."""
    for often in ("LOOK", "LOOK_AFAR"):
        monkeypatch.setattr(watch, often, timedelta(seconds=0.05))
    monkeypatch.setattr(jobs, "WAITS_END_EVERY", {"sqlite": 0.1, "postgresql": 0.1})
    started: list[Engine] = []

    def start(database: sa.Engine, run: Callable[..., None] = lambda *_: None, **options: Any) -> Engine:
        settings: dict[str, Any] = {
            "jobs": [Job("note", run)],
            "queues": [QueueLimit("quick"), QueueLimit("last", worker_concurrency=1)],
            "crons": [],
            "application_version": "1",
            "retry_after": (NOW, NOW, NOW),
        }
        engine = Engine("responders", database, **settings | options)
        engine.start()
        started.append(engine)
        return engine

    try:
        yield start
    finally:
        for engine in started:
            engine.stop(LONG)


def enqueue(database: sa.Engine, *arguments: str | int, job: str = "note", queue: str = "quick", key: str = "") -> None:
    with database.begin() as connection:
        assert Outbox(database, "responders").enqueue(connection, job, queue, *arguments, key=key or f"{job}:{arguments}")


def wait_until_empty(database: sa.Engine) -> None:
    """Wait until no job waits or runs."""
    pause = threading.Event()
    while queue_depths(database):
        pause.wait(0.02)

"""How many approved replies a second stand in public with 1, 2 and 4 workers on Postgres, and what limits that."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa

from benchmarks import chaos
from benchmarks.table import Figure, Result
from monitor.domain import ReplyStatus
from monitor.tables import READING, audit, executors, open_database
from monitor.wiring import now
from responders.store import ReplyStore
from tests.chain import approve

APPROVED = 400
WORKERS = (1, 2, 4)
WITHIN = 240.0


def main() -> Result:
    """Measure each number of workers on a server of its own."""
    figures = []
    first = 0.0
    for workers in WORKERS:
        with tempfile.TemporaryDirectory(prefix="gv-rate-") as folder, chaos.fresh("postgresql", Path(folder)) as (url, _):
            rate, ours, server = measure(url, Path(folder), workers)
            busy = os.getloadavg()[0]
        first = first or rate
        crew = f"{workers} {'worker' if workers == 1 else 'workers'}"
        cpu = f"CPU for each reply: {ours * 1000:.0f} ms in the workers, {server * 1000:.0f} ms in Postgres; load of the machine {busy:.0f}"
        figures.append(Figure(f"replies a second, {crew}", f"{rate:.1f}", f"{rate / first:.1f} × one worker; {cpu}"))
    how = (
        f"{APPROVED} approved replies on four networks, played by the console poster (a lock and an fsync each) without faults, on a "
        "Postgres of its own on the same machine; from the first to the last that stands in public. Where the CPU time of a reply times "
        "the rate, with what else the machine does (its load), comes near the number of cores, more workers there give nothing or less. "
        "On real networks their limits are reached long before."
    )
    return Result("Publishing", how, figures)


def measure(url: str, folder: Path, workers: int) -> tuple[float, float, float]:
    """Return the rate, and the CPU seconds for each reply in the workers and in the server."""
    database = open_database(url)
    store = ReplyStore(database)
    for number in range(APPROVED):
        approve(database, chaos.draft(database, number))
    store.turn("bench", "until all are at work", now(), on=False)
    started = [chaos.start(url, folder) for _ in range(workers)]
    try:
        _await(database, sa.select(sa.func.count()).select_from(executors), workers)
        before = _used(database, started)
        store.turn("bench", "", now(), on=True)
        posted = sa.and_(audit.c.new_status == ReplyStatus.POSTED.value, audit.c.reply_id.is_not(None))
        _await(database, sa.select(sa.func.count()).select_from(audit).where(posted), APPROVED)
        ours, server = (after - used for after, used in zip(_used(database, started), before, strict=True))
    finally:
        for process in started:
            process.kill()
            process.wait()
    with database.connect() as connection:
        first, last = connection.execute(sa.select(sa.func.min(audit.c.at), sa.func.max(audit.c.at)).where(posted)).one()
    database.dispose()
    return (APPROVED - 1) / (last - first).total_seconds(), ours / APPROVED, server / APPROVED


def _await(database: sa.Engine, query: sa.Select[Any], number: int) -> None:
    end = time.monotonic() + WITHIN
    while True:
        with database.connect().execution_options(**READING) as connection:
            if connection.scalars(query).one() >= number:
                return
        if time.monotonic() > end:
            raise SystemExit("the workers did not publish in time")
        time.sleep(0.1)


def _used(database: sa.Engine, started: Sequence[subprocess.Popen[bytes]]) -> tuple[float, float]:
    """Return the CPU seconds that the workers and the server have used so far."""
    with database.connect().execution_options(**READING) as connection:
        server = psutil.Process(connection.scalars(sa.text("SELECT pg_backend_pid()")).one()).parent()
    assert server is not None
    ours = [psutil.Process(process.pid).cpu_times() for process in started]
    theirs = []
    for process in [server, *server.children()]:
        # One that ends meanwhile is counted among those that are gone.
        with suppress(psutil.NoSuchProcess):
            theirs.append(process.cpu_times())
    gone = server.cpu_times()
    return sum(one.user + one.system for one in ours), sum(
        one.user + one.system for one in theirs
    ) + gone.children_user + gone.children_system

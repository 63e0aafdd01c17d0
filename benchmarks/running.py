"""What both processes cost when nothing happens, and how long an approved reply takes to stand in public."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psutil
import sqlalchemy as sa

from benchmarks.table import Figure, Result, percentile
from monitor.domain import Approval, MentionStatus, ReplyStatus
from monitor.jobs import Outbox
from monitor.tables import mentions
from monitor.wiring import connect, now
from responders.store import ReplyStore
from responders.wiring import PROCESS, PUBLISHING
from tests.chain import save_waiting_reply

IDLE_SECONDS = 60
SETTLE_SECONDS = 20
APPROVALS = 100
BEING_JUDGED = {MentionStatus.NEW, MentionStatus.SCORED, MentionStatus.QUEUED}


@contextmanager
def both_processes(folder: Path) -> Iterator[tuple[list[psutil.Process], str]]:
    """Run both processes on the sample brand in `folder`; gives them and the database's URL."""
    bin_folder = Path(sys.executable).parent
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GRAPEVINE_DATABASE_URL": f"sqlite:///{folder / 'grapevine.db'}"}
    for words in (["init", "--sample"], ["migrate"]):
        subprocess.run([str(bin_folder / "monitor"), *words], cwd=folder, env=environment, check=True, capture_output=True)
    # Before they start, else the responders might draft first what is drafted here.
    _prepare(environment["GRAPEVINE_DATABASE_URL"])
    started = [
        subprocess.Popen([str(bin_folder / name), "run"], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for name in ("monitor", "responders")
    ]
    try:
        yield [psutil.Process(process.pid) for process in started], environment["GRAPEVINE_DATABASE_URL"]
    finally:
        for process in started:
            process.send_signal(signal.SIGINT)
        for process in started:
            process.wait(timeout=10)


@contextmanager
def bare_process(url: str) -> Iterator[psutil.Process]:
    """Run what does next to nothing: a process that asks the same SQLite file twice a second whether anything was written."""
    path = sa.make_url(url).database
    code = f"import sqlite3, time\nc = sqlite3.connect({path!r})\nwhile True: c.execute('PRAGMA data_version').fetchone(); time.sleep(0.5)"
    process = subprocess.Popen([sys.executable, "-c", code])
    try:
        yield psutil.Process(process.pid)
    finally:
        process.kill()
        process.wait()


def _cpu(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def main() -> Result:
    """Measure idling for a minute, then approvals."""
    folder = Path(tempfile.mkdtemp(prefix="grapevine-bench-"))
    try:
        with both_processes(folder) as (processes, url):
            _wait_until_judged(url)
            time.sleep(SETTLE_SECONDS)
            with bare_process(url) as bare:
                watched = [*processes, bare]
                before = [_cpu(process) for process in watched]
                time.sleep(IDLE_SECONDS)
                *shares, least = [(_cpu(process) - used) / IDLE_SECONDS for process, used in zip(watched, before, strict=True)]
            memory = [process.memory_info().rss / 1e6 for process in processes]
            seconds = _approve(url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    names = ("monitor run", "responders run")
    figures = [
        Figure(
            "share of one core, both, idle for a minute",
            f"{sum(shares):.2%}",
            f"{' + '.join(f'{s:.2%}' for s in shares)}; a bare process that asks the same file twice a second: {least:.2%}",
            "≤ 1 %",
            sum(shares) <= 0.01,
        ),
        *(Figure(f"memory of `{name}`", f"{mb:.0f} MB") for name, mb in zip(names, memory, strict=True)),
        Figure("approved to published, median", f"{median(seconds):.2f} s", f"{len(seconds)} approvals one after another"),
        Figure("approved to published, p99", f"{percentile(seconds, 0.99):.2f} s"),
    ]
    how = (
        "`monitor run` and `responders run` on the sample brand and a SQLite file, with the console poster. Where a machine takes memory "
        "away from what rests, waking costs many times as much; the bare process, which only wakes, shows by how much."
    )
    return Result("Running", how, figures)


def _prepare(url: str) -> None:
    """Add replies that await approval."""
    database = connect(url)
    for number in range(APPROVALS):
        at = now()
        save_waiting_reply(database, f"Reply {number}", external_id=f"bench-{number}", author=f"@b{number}", posted_at=at, at=at)
    database.dispose()


def _wait_until_judged(url: str) -> None:
    """Wait until what there is to read is read, judged and drafted: on a busy machine that takes a while, and is no idling."""
    database = connect(url)
    for _ in range(1200):
        with database.connect() as connection:
            known: dict[str, int] = dict(
                connection.execute(sa.select(mentions.c.status, sa.func.count()).group_by(mentions.c.status)).tuples().all()
            )
            if sum(known.values()) > APPROVALS and not known.keys() & BEING_JUDGED:
                break
        time.sleep(0.1)
    database.dispose()


def _approve(url: str) -> list[float]:
    """Approve them one after another, and wait for each to stand in public."""
    database = connect(url)
    outbox = Outbox(database, PROCESS)

    def enqueue(connection: sa.Connection, reply_id: int) -> None:
        outbox.enqueue(connection, "publish", PUBLISHING, reply_id, key=f"publish/{reply_id}")

    store, seconds = ReplyStore(database, enqueue), []
    for reply in [one for one in store.replies(ReplyStatus.AWAITING, limit=10_000) if one.mention.mention.external_id.startswith("bench-")]:
        start = time.perf_counter()
        store.approve(reply.id, Approval("Bench", reply.version.sha256, now()), ())
        while True:
            standing = store.reply(reply.id)
            if standing is not None and standing.status is ReplyStatus.POSTED:
                break
            if time.perf_counter() - start > 60:
                raise SystemExit(f"reply {reply.id} was not published within a minute")
            time.sleep(0.01)
        seconds.append(time.perf_counter() - start)
    return seconds

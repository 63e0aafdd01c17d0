"""Runs the whole chain in children that are ended by a signal, each at another point, and reports what stands afterwards.

Usage: python -m tests.crash_process DATABASE_URL FOLDER FIRST STEP [KILL|INT]

KILL ends a child as a power cut would, INT as Ctrl-C does.

Every point is either a step that the pipelines name or a commit of the database; they are numbered as they come. For each numbered point
there is a fresh database: one child is killed there, a second does what is left, and a line of JSON says what it found. Points FIRST,
FIRST+STEP, … are tried until a child lives through to the end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from monitor import migrations, pipeline, tables
from monitor.command import INTERRUPTED
from monitor.domain import Approval, Brand, Delivery, Fact, ReplyStatus, Term
from monitor.language import Detector
from monitor.matching import compile_brand
from monitor.scorers.vader import VaderScorer
from monitor.settings import Kinds, NetworkSettings, SourceSettings, load
from monitor.sources.file import FileSource
from monitor.store import MonitorStore
from responders import pipeline as answering
from responders.attempts import AttemptStore
from responders.drafters.template import TemplateDrafter
from responders.limits import limit_for
from responders.posters.console import ConsolePoster
from responders.store import ReplyStore

BRAND = Brand("waalfiets", "Waalfiets", (Term("waalfiets"),), handles=("@waalfiets",), signature="^EK", speaks_as="the Waalfiets web team")
POSTS = [
    {"network": "mastodon", "id": "1", "author": "@ann@example.org", "text": "@waalfiets the lock of my bike did not open this morning."},
    {"network": "mastodon", "id": "2", "author": "@bob@example.org", "text": "@waalfiets we waited three hours and nobody came to fix it!"},
    {"network": "mastodon", "id": "3", "author": "@cas@example.org", "text": "@waalfiets de rem weigerde en mijn dochter is gewond."},
    {"network": "mastodon", "id": "4", "author": "@dik@example.org", "text": "Nothing at all about anybody."},
    {"network": "mastodon", "id": "5", "author": "@eef@example.org", "text": "Waalfiets is great, I love riding there with my friends."},
]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AFTER_LEASE = timedelta(minutes=10)
FACT = Fact(
    "locks",
    "waalfiets",
    {"en": "This morning our locks did not open, because our server was down."},
    "https://status.waalfiets.example/locks",
    ("lock",),
    responsible=True,
    repair={"en": "We credit the minutes ourselves, before your next invoice."},
)


DETECTOR = Detector(["nl", "en"])
SETTINGS = load(Path(__file__).parent.parent / "config" / "sample", database_url=None, environment={}, kinds=Kinds())
DRAFTER = TemplateDrafter.from_settings(SETTINGS)
NETWORKS = {"mastodon": NetworkSettings("mastodon", Delivery.API, "console", "waalfiets")}


class Killer:
    """Counts the points of a run and ends the process at one of them."""

    def __init__(self, at: int | None, by: signal.Signals) -> None:
        self.at, self.by = at, by
        self.seen: list[str] = []

    def __call__(self, name: str) -> None:
        """Pass a point."""
        self.seen.append(name)
        if len(self.seen) == self.at:
            os.kill(os.getpid(), self.by)


def run_chain(url: str, folder: Path, killer: Killer, now: datetime) -> None:
    """Do everything there is to do: listen, judge, draft, approve as two people, publish."""
    database = tables.open_database(url)
    event.listen(database, "commit", lambda _connection: killer("before a commit"))

    def clock() -> datetime:
        return now

    source = FileSource.from_settings(SourceSettings("posts", "file", (), timedelta(minutes=5), {"path": folder / "posts.jsonl"}), SETTINGS)
    store, replies, attempts = MonitorStore(database), ReplyStore(database), AttemptStore(database)
    pipeline.poll(store, source, BRAND, compile_brand(BRAND), timedelta(minutes=5), clock, step=killer)
    pipeline.judge(store, [VaderScorer.from_settings(SETTINGS)], DETECTOR, {BRAND.id: BRAND}, clock, step=killer)
    answering.draft(replies, [DRAFTER], {BRAND.id: BRAND}, (FACT,), NETWORKS, timedelta(days=3), clock, step=killer)
    for name in ("Els Kamps", "Jan de Wit"):
        for reply in replies.replies(ReplyStatus.AWAITING):
            replies.approve(reply.id, Approval(name, reply.version.sha256, now, "we looked at it"), ())
            killer("approved")
    poster = ConsolePoster(folder / "console.jsonl", limit_for("mastodon"), "waalfiets")
    for reply_id in attempts.due(now):
        answering.publish(attempts, {"mastodon": poster}, reply_id, f"worker-{os.getpid()}", clock, step=killer)
    database.dispose()


def in_child(url: str, folder: Path, at: int | None, now: datetime, by: signal.Signals) -> tuple[bool, str]:
    """Run the chain in a child; returns whether it was ended, and else the points it passed."""
    points = folder / "points.txt"
    pid = os.fork()
    if pid == 0:
        killer = Killer(at, by)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            run_chain(url, folder, killer, now)
            points.write_text("\n".join(killer.seen), encoding="utf-8")
            os._exit(0)
        except KeyboardInterrupt:
            os._exit(INTERRUPTED)
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(70)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == INTERRUPTED:
        return True, ""
    if os.WEXITSTATUS(status):
        raise SystemExit(f"a child failed at point {at}")
    return False, points.read_text(encoding="utf-8")


def faults(url: str, folder: Path) -> list[str]:
    """Return in sentences what does not stand as promised."""
    database = tables.open_database(url)
    found = []
    console = folder / "console.jsonl"
    posted = [json.loads(line) for line in console.read_text(encoding="utf-8").splitlines()] if console.exists() else []
    texts = Counter((row["network"], row["mention"], row["text"]) for row in posted)
    found += [f"posted {count} times: {text}" for text, count in texts.items() if count > 1]
    with database.connect() as connection:
        mentions = connection.execute(sa.select(tables.mentions)).all()
        replies = connection.execute(sa.select(tables.replies)).all()
        approved = {tuple(row) for row in connection.execute(sa.select(tables.approvals.c.reply_id, tables.approvals.c.sha256))}
        versions = {(row.reply_id, row.number): row for row in connection.execute(sa.select(tables.versions))}
        events = connection.execute(sa.select(tables.audit).order_by(tables.audit.c.id)).all()
    database.dispose()
    ids = sorted(row.external_id for row in mentions)
    if ids != ["1", "2", "3", "5"]:
        found.append(f"mentions stored: {ids}")
    found += [f"mention {row.id} stopped at {row.status}" for row in mentions if row.status in {"new", "scored", "queued", "escalated"}]
    by_id = {row.id: row for row in mentions}
    for reply in replies:
        version = versions[reply.id, reply.version]
        if reply.status != "posted":
            found.append(f"reply {reply.id} stopped at {reply.status}: {reply.reason}")
        if (reply.id, version.sha256) not in approved:
            found.append(f"reply {reply.id} was never approved")
        mention = by_id[reply.mention_id]
        if texts[mention.network, mention.external_id, version.text] != 1:
            found.append(f"reply {reply.id} stands {texts[mention.network, mention.external_id, version.text]} times")
    if len(texts) != len(replies):
        found.append(f"{len(texts)} texts stand in public for {len(replies)} replies")
    for kind in ("mention_id", "reply_id"):
        chains: dict[int, str] = {}
        for row in events:
            key = getattr(row, kind)
            if key is None or (kind == "mention_id" and row.reply_id is not None):
                continue
            if chains.get(key, "") != row.old_status:
                found.append(f"{kind} {key} went from {chains.get(key, '')!r} to {row.new_status} by way of {row.old_status}")
            chains[key] = row.new_status
        current = {row.id: row.status for row in (mentions if kind == "mention_id" else replies)}
        found += [f"{kind} {key}: the audit ends at {chains.get(key)}" for key, status in current.items() if chains.get(key) != status]
    return found


def fresh_database(template: str, number: int) -> str:
    """Return the URL of an empty database: a file in the folder, or one made on the Postgres server that the template names."""
    url = template.replace("NUMBER", str(number))
    if url.startswith("postgresql"):
        full = tables.database_url(url)
        server = sa.create_engine(full.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {full.database}")
        server.dispose()
    return url


def main() -> int:
    """Try every point from FIRST on in steps of STEP."""
    template, root, first, stride = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    by = signal.Signals[f"SIG{(sys.argv[5:] or ['KILL'])[0]}"]
    number = first
    while True:
        folder = root / str(number)
        folder.mkdir()
        (folder / "posts.jsonl").write_text(
            "".join(json.dumps(post | {"posted_at": "2026-03-02T08:00:00Z", "url": ""}) + "\n" for post in POSTS), encoding="utf-8"
        )
        url = fresh_database(template, number)
        os.chdir(folder)
        database = tables.open_database(url)
        migrations.upgrade(database)
        database.dispose()
        killed, points = in_child(url, folder, number, START, by)
        if killed:
            in_child(url, folder, None, START + AFTER_LEASE, by)
        print(json.dumps({"point": number, "killed": killed, "points": points.splitlines(), "faults": faults(url, folder)}), flush=True)
        if not killed:
            return 0
        number += stride


if __name__ == "__main__":
    sys.exit(main())

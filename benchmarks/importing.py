"""How fast a week of real mentions goes through reading, matching, language, scoring, triage and storage."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.table import ROOT, SHARED, Figure, Result, in_process

MENTIONS = SHARED / "mentions" / "airlines.jsonl"
if not MENTIONS.exists():
    MENTIONS = SHARED / "data" / "mentions" / "airlines.jsonl"


def main() -> Result:
    """Measure ours, with the tweets as old as they are and as if they were of this week, and two references; each in its own process."""
    title = "Import, language, score, triage, store"
    how = (
        "8,572 real tweets at six airlines, through `monitor import` with `config/examples/airlines` into a fresh SQLite file. "
        "Once as they are, of 2015, when they tell no story of today; once with every date moved so that the last was written just now, "
        "when each is also held against what was told before, and what tells the same becomes one story. "
        "References: vaderSentiment alone on the same texts, and a plain ORM loop that commits each row (storage only, no scoring). "
        "A machine that does other work too takes up to a third more CPU time for the same; the references then fall with it."
    )
    if not MENTIONS.exists():
        return Result(title, how, skipped=f"the mentions are not at {MENTIONS.name} beside the project")
    parts = ("old", "recent", "vader", "orm")
    found = {part: in_process("benchmarks.importing", part) for part in parts}
    vader, loop = (found[part]["mentions"] / found[part]["cpu"] for part in ("vader", "orm"))
    figures = []
    for part, what in (("old", "of 2015"), ("recent", "of this week")):
        ours = found[part]
        rate = ours["mentions"] / ours["cpu"]
        against = f"vaderSentiment alone {vader:,.0f} (ratio {rate / vader:.2f}); ORM loop {loop:,.0f} (ratio {rate / loop:.1f})"
        figures += [
            Figure(f"mentions {what} per CPU second", f"{rate:,.0f}", against, "≥ 2,500", rate >= 2500),
            Figure(
                f"peak memory, {what}",
                f"{ours['peak_mb']:.0f} MB",
                f"vaderSentiment alone {found['vader']['peak_mb']:.0f} MB",
                "≤ 200 MB",
                ours["peak_mb"] <= 200,
            ),
            Figure(
                f"stored, of them negative, {what}",
                f"{ours['stored']:,}, {ours['negative']:,}",
                f"in stories {ours['told']:,}, of which {ours['repeats']:,} say nothing new" if ours["told"] else "",
            ),
        ]
    return Result(title, how, figures)


def move_to_now(source: Path, target: Path) -> None:
    """Write the same mentions again, all dates moved by as much, so that the last was written just now."""
    with source.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    by = datetime.now(UTC) - max(datetime.fromisoformat(row["created_at"]) for row in rows)
    with target.open("w", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(row | {"created_at": (datetime.fromisoformat(row["created_at"]) + by).isoformat()}) + "\n")


def _ours(folder: Path, mentions: Path) -> dict[str, Any]:
    import sqlalchemy as sa

    from monitor.importing import Importing
    from monitor.jobs import migrate_engine
    from monitor.migrations import upgrade
    from monitor.tables import story_mentions
    from monitor.wiring import Monitor, connect, read_settings

    url = f"sqlite:///{folder / 'bench.db'}"
    database = connect(url, migrated=False)
    upgrade(database)
    migrate_engine(database)
    monitor = Monitor(read_settings(ROOT / "config" / "examples" / "airlines", url))
    start = time.process_time()
    done = Importing(monitor, mentions, [], "", "", "", folder / "rejected.jsonl").run(dry_run=False, show_progress=False)
    cpu = time.process_time() - start
    stored = monitor.store.mentions(limit=100_000)
    negative = sum(one.sentiment is not None and one.sentiment.label == "negative" for one in stored)
    with database.connect() as connection:
        columns = (sa.func.count(), sa.func.count(story_mentions.c.repeats_id))
        told, repeats = connection.execute(sa.select(*columns).select_from(story_mentions)).one()
    return {"mentions": done.read, "cpu": cpu, "stored": len(stored), "negative": negative, "told": told, "repeats": repeats}


def _old(folder: Path) -> dict[str, Any]:
    return _ours(folder, MENTIONS)


def _recent(folder: Path) -> dict[str, Any]:
    moved = folder / MENTIONS.name
    move_to_now(MENTIONS, moved)
    return _ours(folder, moved)


def _texts() -> list[str]:
    with MENTIONS.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def _vader(_folder: Path) -> dict[str, Any]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    texts, analyzer = _texts(), SentimentIntensityAnalyzer()
    start = time.process_time()
    for text in texts:
        analyzer.polarity_scores(text)
    return {"mentions": len(texts), "cpu": time.process_time() - start}


def _orm(folder: Path) -> dict[str, Any]:
    import sqlalchemy as sa
    from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

    class Base(DeclarativeBase):
        pass

    class Row(Base):
        __tablename__ = "rows"
        id = mapped_column(sa.Integer, primary_key=True)
        external_id = mapped_column(sa.String, unique=True)
        author = mapped_column(sa.String)
        text = mapped_column(sa.String)

    database = sa.create_engine(f"sqlite:///{folder / 'orm.db'}")
    Base.metadata.create_all(database)
    with MENTIONS.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    start = time.process_time()
    with Session(database) as session:
        for row in rows:
            session.add(Row(external_id=row["external_id"], author=row["author"], text=row["text"]))
            session.commit()
    return {"mentions": len(rows), "cpu": time.process_time() - start}


if __name__ == "__main__":
    parts = {"old": _old, "recent": _recent, "vader": _vader, "orm": _orm}
    with tempfile.TemporaryDirectory() as name:
        found = parts[sys.argv[1]](Path(name))
    print(json.dumps(found | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))

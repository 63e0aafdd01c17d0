"""How fast a week of real mentions goes through reading, matching, language, scoring, triage and storage."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.table import ROOT, SHARED, Figure, Result, in_process

MENTIONS = SHARED / "mentions" / "airlines.jsonl"
if not MENTIONS.exists():
    MENTIONS = SHARED / "data" / "mentions" / "airlines.jsonl"


def main() -> Result:
    """Measure ours and the two references, each in a process of its own."""
    title = "Import, language, score, triage, store"
    how = (
        "8,572 real tweets at six airlines, through `monitor import` with `config/examples/airlines` into a fresh SQLite file. "
        "The tweets are of 2015, so they tell no story of today: grouping recent posts into stories costs some 2 ms more "
        "each (393 a CPU second with it). "
        "References: vaderSentiment alone on the same texts, and a plain ORM loop that commits each row (storage only, no scoring)."
    )
    if not MENTIONS.exists():
        return Result(title, how, skipped=f"the mentions are not at {MENTIONS.name} beside the project")
    ours, vader, loop = (in_process("benchmarks.importing", part) for part in ("ours", "vader", "orm"))
    rate = ours["mentions"] / ours["cpu"]
    figures = [
        Figure(
            "mentions per CPU second",
            f"{rate:,.0f}",
            f"vaderSentiment alone {vader['mentions'] / vader['cpu']:,.0f} (ratio {rate / (vader['mentions'] / vader['cpu']):.2f}); "
            f"ORM loop {loop['mentions'] / loop['cpu']:,.0f} (ratio {rate / (loop['mentions'] / loop['cpu']):.1f})",
            "≥ 2,500",
            rate >= 2500,
        ),
        Figure(
            "peak memory",
            f"{ours['peak_mb']:.0f} MB",
            f"vaderSentiment alone {vader['peak_mb']:.0f} MB",
            "≤ 200 MB",
            ours["peak_mb"] <= 200,
        ),
        Figure("stored, of them negative", f"{ours['stored']:,}, {ours['negative']:,}"),
    ]
    return Result(title, how, figures)


def _ours(folder: Path) -> dict[str, Any]:
    from monitor.importing import Importing
    from monitor.jobs import migrate_engine
    from monitor.migrations import upgrade
    from monitor.wiring import Monitor, connect, read_settings

    url = f"sqlite:///{folder / 'bench.db'}"
    database = connect(url, migrated=False)
    upgrade(database)
    migrate_engine(database)
    monitor = Monitor(read_settings(ROOT / "config" / "examples" / "airlines", url))
    start = time.process_time()
    done = Importing(monitor, MENTIONS, [], "", "", "", folder / "rejected.jsonl").run(dry_run=False, show_progress=False)
    cpu = time.process_time() - start
    stored = monitor.store.mentions(limit=100_000)
    negative = sum(one.sentiment is not None and one.sentiment.label == "negative" for one in stored)
    return {"mentions": done.read, "cpu": cpu, "stored": len(stored), "negative": negative}


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
    parts = {"ours": _ours, "vader": _vader, "orm": _orm}
    with tempfile.TemporaryDirectory() as name:
        found = parts[sys.argv[1]](Path(name))
    print(json.dumps(found | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))

"""What it costs to put mentions into stories, through the real database, beside a comparison of everything with everything."""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.table import Figure, Result, as_markdown
from monitor import migrations
from monitor.domain import Action, Author, Label, Mention, MentionStatus, Sentiment, Triage
from monitor.imprints import imprint
from monitor.store import MonitorStore
from monitor.stories import compare
from monitor.tables import open_database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIZES = (2_000, 4_000, 8_000, 16_000)
PAIRWISE = 400
A_DAY = 100_000
BATCH = 500
WORDS = 4_000
REPOSTS = 0.3
FEELING = Sentiment(Label.NEUTRAL, 0.0, 0.0, "none", "", "en")
DECISION = Triage(Action.WATCH, ("T8",), "")


def texts(number: int, seed: int = 20) -> list[str]:
    """Return made-up posts: words drawn as in real language (few often, most seldom), three in ten of them a repost."""
    draw = random.Random(seed)
    letters = "bdfgklmnprstvz"
    vocabulary = ["".join(draw.choice(letters) + draw.choice("aeiou") for _ in range(draw.randint(1, 5))) for _ in range(WORDS)]
    weights = [1 / (rank + 3) for rank in range(WORDS)]
    found: list[str] = []
    for _ in range(number):
        if found and draw.random() < REPOSTS:
            found.append(f"RT @someone: {draw.choice(found[-2000:])}")
        else:
            found.append(" ".join(draw.choices(vocabulary, weights, k=draw.randint(8, 40))))
    return found


def measure(number: int) -> tuple[float, int]:
    """Store so many mentions and return the seconds that stories took, and how many of them repeat another."""
    with TemporaryDirectory(prefix="grapevine-") as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'g.db'}")
        migrations.upgrade(database)
        store = MonitorStore(database)
        found = [
            Mention("x", str(place), "brand", Author(f"@p{place}"), text, "", NOW + timedelta(seconds=place))
            for place, text in enumerate(texts(number))
        ]
        spent, repeats = 0.0, 0
        for start in range(0, number, BATCH):
            some = found[start : start + BATCH]
            store.save_batch("sample", "brand", some, cursor=str(start), at=NOW)
            waiting = store.waiting(MentionStatus.NEW, BATCH)
            store.record_scores([(one.id, "en", FEELING) for one in waiting], NOW)
            began = time.process_time()
            told = store.record_stories(waiting, {}, NOW)
            spent += time.process_time() - began
            repeats += sum(one.repeats_id is not None for one in told.values())
            store.record_triage([(one.id, DECISION) for one in waiting], NOW)
        database.dispose()
    return spent, repeats


def pairwise(number: int) -> float:
    """Return the seconds it takes to compare so many texts each with each, in memory."""
    began = time.process_time()
    imprints = [imprint(text) for text in texts(number)]
    for place, one in enumerate(imprints):
        for other in imprints[:place]:
            compare(other, one)
    return time.process_time() - began


def main() -> Result:
    """Measure all of it."""
    figures = []
    first = 0.0
    for number in SIZES:
        spent, repeats = measure(number)
        each = spent / number * 1000
        first = first or each
        ratio = each / first
        figures.append(
            Figure(
                f"stories, {number:,} mentions",
                f"{each:.2f} ms CPU a mention; {repeats:,} repeats",
                f"{ratio:.2f} times the cost a mention of {SIZES[0]:,}",
                "a mention costs at most 1.5 times as much" if number == SIZES[-1] else "",
                ratio <= 1.5 if number == SIZES[-1] else None,
            )
        )
    day = each * A_DAY / 1000
    naive = pairwise(PAIRWISE) / (PAIRWISE * (PAIRWISE - 1) / 2) * A_DAY * (A_DAY - 1) / 2
    figures.append(
        Figure(
            f"a day of {A_DAY:,} mentions (reckoned)",
            f"{day:.0f} s CPU, {day / 864:.2f} % of a core",
            f"each with each: {naive / 3600:,.0f} h CPU, {naive / day:,.0f} times as much",
            "under a tenth of a core",
            day < 8640,
        )
    )
    how = "Made-up posts with words as seldom as in real language, three in ten reposted; the real tables on SQLite; CPU of this process."
    return Result("Stories", how, figures)


if __name__ == "__main__":
    print(as_markdown([main()]))
    sys.exit(0)

"""Replays a week of what people wrote to six airlines (16 to 24 February 2015) through the real chain, and says what would have paged.

Matching is given (each text names its airline); language, feeling (word list), triage, counts, incidents and notices are the product's own.
Time runs in steps of half an hour, in which everything is judged bin by bin. `python -m benchmarks.airlines FILE.jsonl [PICTURE.png]`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import alerting, migrations
from monitor.alerting import Alerting
from monitor.domain import PAGES, Author, Brand, Mention, Term
from monitor.incidentbook import TOLD
from monitor.settings import NotifierSettings, OnCallSettings
from monitor.tables import open_database
from monitor.wiring import Monitor, bare_settings

STEP = timedelta(minutes=30)
BIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Page:
    """One page that would have gone out."""

    brand: str
    at: datetime
    cause: str
    gravity: str
    what: str
    title: str


def read(path: Path) -> list[Mention]:
    """Return the mentions in the order in which they were written."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        at = datetime.fromisoformat(row["created_at"])
        brand = row["brand"].lower().replace(" ", "-")
        found.append(
            Mention("x", row["external_id"], brand, Author(row["author"]), row["text"], row["url"], at, "x", "en", mentions_us=True)
        )
    return sorted(found, key=lambda mention: (mention.posted_at, mention.external_id))


def replay(mentions: list[Mention]) -> Iterator[Page]:
    """Let the week pass, and yield each page as it goes out."""
    names = sorted({mention.brand for mention in mentions})
    brands = tuple(Brand(name, name.title(), (Term(name),), languages=("en",), timezone="America/New_York") for name in names)
    settings = replace(
        bare_settings(),
        brands=brands,
        scorers=("vader",),
        notifiers=(NotifierSettings("screen", "console"),),
        oncall=OnCallSettings(language="en"),
    )
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/grapevine.db")
        migrations.upgrade(database)
        monitor = Monitor(settings)
        vars(monitor)["database"] = database
        alert = Alerting(monitor)
        clock = [mentions[0].posted_at.replace(minute=0, second=0)]
        vars(alerting)["now"] = lambda: clock[0]
        seen, place = 0, 0
        while place < len(mentions) or clock[0] < mentions[-1].posted_at + timedelta(hours=2):
            clock[0] += STEP
            begin = place
            while place < len(mentions) and mentions[place].posted_at < clock[0]:
                place += 1
            by_brand = defaultdict(list)
            for mention in mentions[begin:place]:
                by_brand[mention.brand].append(mention)
            for name, found in by_brand.items():
                monitor.store.save_batch("x", name, found, cursor="c", at=clock[0])
            monitor.judge(lambda: clock[0])
            # Whoever was woken in the step before has taken it on by now; nobody answers anything, for that is not in the data.
            for incident in alert.book.unresolved():
                alert.book.acknowledge(incident.id, "on call", clock[0])
            alert.count()
            alert.look()
            told = [
                (incident, happened)
                for incident in alert.book.since(datetime(2015, 1, 1, tzinfo=UTC), limit=10_000)
                for happened in alert.book.course(incident.id)
                if happened.telling == TOLD and happened.what in PAGES
            ]
            for incident, happened in sorted(told, key=lambda pair: (pair[1].at, pair[0].id))[seen:]:
                at = datetime.fromisoformat(str((incident.facts or {}).get("at", happened.at.isoformat())))
                title = alert.compose(happened).title
                yield Page(incident.brand, min(at, happened.at), incident.cause, incident.gravity.name.lower(), happened.what.value, title)
            seen = len(told)
        database.dispose()


def draw(mentions: list[Mention], pages: list[Page], picture: Path) -> None:
    """Draw mentions by hour for each airline, and the pages for spikes and pressure as lines."""
    from matplotlib.dates import ConciseDateFormatter, DayLocator
    from matplotlib.figure import Figure

    names = sorted({mention.brand for mention in mentions})
    figure = Figure(figsize=(12, 1.7 * len(names)), layout="constrained")
    colours = {"spike": "#de2d26", "danger": "#756bb1", "pressure": "#e6820e"}
    for axes, name in zip(figure.subplots(len(names), sharex=True), names, strict=True):
        counts: dict[datetime, int] = defaultdict(int)
        for mention in mentions:
            if mention.brand == name:
                counts[mention.posted_at.replace(minute=0, second=0, microsecond=0)] += 1
        hours = [min(counts) + BIN * number for number in range(int((max(counts) - min(counts)) / BIN) + 1)]
        axes.fill_between(hours, [counts[hour] for hour in hours], color="#9ecae1", linewidth=0, step="post")
        for page in pages:
            if page.brand == name and page.what in {"opened", "reopened"}:
                axes.axvline(page.at, color=colours[page.cause], linewidth=1.4)
        axes.set_ylabel(name, rotation=0, ha="right", va="center")
        axes.margins(x=0)
        axes.set_ylim(bottom=0)
        days = DayLocator()  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_locator(days)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(days))  # type: ignore[no-untyped-call]
    figure.suptitle("Mentions an hour; lines are incidents that paged: red a spike, violet a danger, orange pressure", fontsize=10)
    figure.savefig(picture, dpi=70)


def main(words: list[str]) -> int:
    """Replay, print each page, and draw where a picture is asked for."""
    mentions = read(Path(words[0]))
    pages = []
    for page in replay(mentions):
        pages.append(page)
        print(f"{page.at:%Y-%m-%d %H:%M} {page.brand:15} {page.gravity:9} {page.what:10} {page.title}", flush=True)
    print(f"{len(mentions)} mentions, {len(pages)} pages")
    if len(words) > 1:
        draw(mentions, pages, Path(words[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

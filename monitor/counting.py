"""Judges each brand's counts bin by bin and opens an incident where they spike; what a spike is stands in spikes/."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.domain import Brand, Cause, Gravity, SourceHealth
from monitor.incidentbook import IncidentBook
from monitor.spikes import BEFORE, BIN, REACH, Bin, Finding, Heard, Series, Verdict, Watch, floor, gather
from monitor.watchbook import WatchBook

HISTORY = timedelta(days=14)
"""So much is learned from where a detector begins anew."""
PATIENCE = timedelta(minutes=15)
"""A bin is closed once every source was read after its end; a source that is slower than this is not waited for."""
FRESH = timedelta(hours=2)
"""What spiked longer ago, while nobody looked, wakes nobody any more."""
STOOD_STILL = timedelta(hours=1)
"""Nothing was judged for so long: we ourselves were not there, and that nothing is held of that time says nothing."""
GRAVE_DANGERS = 3
"""From so many dangers within an hour on a spike is critical."""
PRAISE = 0.2
"""A spike of everything with a smaller share of negatives than this wakes nobody."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a look at one brand came to."""

    brand: str
    until: datetime | None
    alarms: Mapping[Series, Verdict]
    incident: int | None = None


def count_brand(database: sa.Engine, brand: Brand, sources: Sequence[SourceHealth], at: datetime) -> Judged:
    """Judge the bins of a brand that closed since the last look; an alarm opens its incident in the transaction that saves the judgement.

    `sources` are those that are read for the brand. The same mentions give the same judgement whenever it runs, and two processes that
    judge at once open one incident: who comes second finds that the series has moved on.
    """
    book, incidents = WatchBook(database), IncidentBook(database)
    until = floor(_closed_until(sources, at))
    alarms: dict[Series, Verdict] = {}
    opened: int | None = None
    for series in _IN_TURN:
        before = book.judged_until(brand.id, series)
        watch = book.load(brand.id, series)
        again = watch is not None
        if watch is None:
            first = book.first_read_at(brand.id)
            if first is None or first >= until:
                continue
            watch = Watch.begin(floor(max(first, until - HISTORY)))
        if watch.judged_until >= until:
            continue
        verdicts, bins = _judge(book, brand.id, series, watch, until, sources, again=again)
        alarm = next((one for one in reversed(verdicts) if one.alarm and at - one.at <= FRESH), None)
        last = next((one for one in reversed(verdicts) if one.finding in _TELLING), None)
        with database.begin() as connection:
            if not book.save(connection, brand.id, series, watch, before, (last.finding, last.at) if last else None):
                logger.debug("%s/%s is judged by another process", brand.id, series)
                continue
            if alarm is not None:
                alarms[series] = alarm
                facts = _facts(series, alarm, bins, watch.judged_until)
                gravity = _gravity(series, list(book.heard(brand.id, alarm.at + BIN - BEFORE, alarm.at + BIN)))
                opened = incidents.raise_(
                    connection, brand.id, Cause.SPIKE, gravity, at, facts=facts, anew=alarm.escalation and series is Series.NEGATIVE
                )
        if last is not None and last.finding is Finding.FLOOD:
            logger.info("%s: a flood by few authors or of reposts at %s; nobody is woken for it", brand.id, last.at)
    return Judged(brand.id, until, alarms, opened)


def is_over(database: sa.Engine, brand: str) -> bool:
    """Say whether no series of a brand spikes any more."""
    book = WatchBook(database)
    watches = [book.load(brand, series) for series in Series]
    return not any(watch.detector.ongoing for watch in watches if watch is not None)


_TELLING = frozenset({Finding.SPIKE, Finding.FLOOD, Finding.FEW})
_IN_TURN = (Series.ALL, Series.WEIGHED, Series.NEGATIVE)
"""The last that alarms in a look gives the page its figures: a plain count of what is negative says more than what it weighs."""


def _judge(
    book: WatchBook, brand: str, series: Series, watch: Watch, until: datetime, sources: Sequence[SourceHealth], *, again: bool
) -> tuple[list[Verdict], list[Bin]]:
    begin = watch.judged_until
    bins = gather(book.heard(brand, begin - REACH - BEFORE, until), series, begin - REACH, until)
    recent, new = bins[: round(REACH / BIN)], bins[round(REACH / BIN) :]
    # What begins anew learns from what is held of two weeks, as it is held: nobody knows any more when somebody listened.
    stood_still = again and until - begin > STOOD_STILL
    held = gather(book.heard(brand, begin, until), Series.ALL, begin, until) if stood_still else ()
    ends = [begin + BIN * (number + 1) for number in range(len(new))]
    seen = [_was_seen(sources, end) and not (stood_still and not held[number].count) for number, end in enumerate(ends)]
    return watch.go_on(recent, new, seen), bins


def _closed_until(sources: Sequence[SourceHealth], at: datetime) -> datetime:
    """Return until when everything that is to be heard has been, as far as one can wait for it."""
    read = [health.last_success_at for health in sources if health.last_success_at is not None and not health.failures]
    return min(at, max(min(read, default=at), at - PATIENCE))


def _was_seen(sources: Sequence[SourceHealth], end: datetime) -> bool:
    """Say whether anybody listened in the bin that ends then: a source is well, or was read after it.

    Where there is no source, or none was ever asked, what is held was imported, and there is nothing that could have been down.
    """
    asked = [health for health in sources if health.failures or health.last_success_at is not None]
    return not asked or any(
        not health.failures or (health.last_success_at is not None and health.last_success_at >= end) for health in asked
    )


def _facts(series: Series, alarm: Verdict, bins: Sequence[Bin], until: datetime) -> dict[str, Any]:
    # A look judges what two or three bins brought where sources are read more slowly: told is the fullest hour from the alarm on.
    counts, an_hour = [one.count for one in bins], round(BEFORE / BIN)
    since = len(bins) - round((until - alarm.at - BIN) / BIN)
    end = max(range(since, len(bins) + 1), key=lambda end: (sum(counts[max(0, end - an_hour) : end]), end))
    return {
        "series": series.value,
        "now": sum(counts[max(0, end - an_hour) : end]),
        "expected": round(alarm.expected * (BEFORE / BIN), 2),
        "high": round(alarm.high * (BEFORE / BIN), 2),
        "score": round(alarm.score, 3),
        "at": (until - BIN * (len(bins) - end)).isoformat(),
    }


def _gravity(series: Series, heard: Sequence[Heard]) -> Gravity:
    """Return how grave a spike is: by how much of the hour before it is danger, and how much is negative at all."""
    dangers, loud = sum(one.danger for one in heard), sum(one.negative or one.danger for one in heard)
    if dangers >= GRAVE_DANGERS:
        return Gravity.CRITICAL
    if series is Series.ALL and loud < PRAISE * len(heard):
        return Gravity.LOW
    return Gravity.HIGH

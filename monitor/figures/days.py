"""Counts mentions by day, and says what is usual: the middle of the same days before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from monitor.digest import DayCount, Usual
from monitor.domain import Label
from monitor.tables import mentions

CHART = 14
"""So many days are drawn."""
WEEKS = 4
"""What is usual is the middle of so many weeks before."""
FEWEST = 2
"""Fewer days before say nothing about what is usual."""


def days_until(until: datetime, number: int, timezone: str) -> list[tuple[datetime, datetime]]:
    """Return the last `number` days that end at `until`, the earliest first; a day may have 23 or 25 hours on a clock that changes."""
    local = until.astimezone(ZoneInfo(timezone))
    edges = [(local - timedelta(days=back)).astimezone(until.tzinfo) for back in range(number, -1, -1)]
    return list(pairwise(edges))


def count_days(connection: sa.Connection, brand: str, spans: Sequence[tuple[datetime, datetime]]) -> list[DayCount]:
    """Count what was read of a brand in each span, and what of it was negative."""
    negative = sa.func.coalesce(sa.func.sum(sa.case((mentions.c.label == Label.NEGATIVE.value, 1), else_=0)), 0)
    query = sa.select(sa.func.count(), negative).where(mentions.c.brand == brand)
    found = []
    for since, until in spans:
        received, bad = connection.execute(query.where(mentions.c.read_at >= since, mentions.c.read_at < until)).one()
        found.append(DayCount(since, int(received), int(bad)))
    return found


def find_usual(connection: sa.Connection, brand: str, since: datetime, until: datetime, timezone: str) -> Usual | None:
    """Return what the same time of the weeks before brought; None where we have not listened so long."""
    zone = ZoneInfo(timezone)
    first = connection.scalar(sa.select(sa.func.min(mentions.c.read_at)).where(mentions.c.brand == brand))
    shifted = [
        tuple((edge.astimezone(zone) - timedelta(weeks=back)).astimezone(edge.tzinfo) for edge in (since, until))
        for back in range(1, WEEKS + 1)
    ]
    spans = [(start, end) for start, end in shifted if first is not None and start >= first]
    if len(spans) < FEWEST:
        return None
    counts = count_days(connection, brand, spans)
    return Usual(median_low(day.received for day in counts), median_low(day.negative for day in counts), len(counts))

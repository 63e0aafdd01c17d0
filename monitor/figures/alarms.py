"""What woke people in a period: incidents with their numbers, which of them were false, and on which days they began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.digest import Alarm, DayCount
from monitor.domain import PAGES, Cause, Gravity, Happening
from monitor.tables import happenings, incidents

MOST = 50
"""So many alarms are told one by one at most."""

REAL = incidents.c.cause != Cause.REHEARSAL.value
FALSE = happenings.c.what == Happening.FALSE.value


def read_alarms(connection: sa.Connection, brand: str, since: datetime, until: datetime) -> list[Alarm]:
    """Return the incidents of a brand that woke somebody, or could have, in [since, until): the gravest first; rehearsals are none."""
    pages = sa.and_(happenings.c.at >= since, happenings.c.at < until, happenings.c.what.in_([one.value for one in PAGES]))
    named = sa.select(happenings.c.incident_id).where(pages)
    query = sa.select(incidents).where(incidents.c.brand == brand, REAL, incidents.c.id.in_(named))
    rows = connection.execute(query.order_by(incidents.c.gravity.desc(), incidents.c.id).limit(MOST)).all()
    # Of what came back after that, nobody says it any more.
    still = sa.and_(FALSE, happenings.c.at == incidents.c.resolved_at, happenings.c.incident_id.in_([row.id for row in rows]))
    joined = sa.join(happenings, incidents, incidents.c.id == happenings.c.incident_id)
    false = set(connection.scalars(sa.select(happenings.c.incident_id).select_from(joined).where(still)))
    return [_alarm(row, row.id in false) for row in rows]


def count_false(connection: sa.Connection, brand: str, since: datetime, until: datetime) -> int:
    """Count the incidents of which a person said in [since, until) that they should have woken nobody."""
    named = sa.select(sa.func.count(happenings.c.incident_id.distinct())).join(incidents, incidents.c.id == happenings.c.incident_id)
    said = sa.and_(FALSE, happenings.c.at >= since, happenings.c.at < until)
    return connection.scalar(named.where(said, incidents.c.brand == brand, REAL)) or 0


def mark_spikes(connection: sa.Connection, brand: str, days: Sequence[DayCount], until: datetime) -> list[DayCount]:
    """Return the days with how many spikes began on each; `until` is the end of the last."""
    if not days:
        return []
    began = sa.and_(happenings.c.at >= days[0].since, happenings.c.at < until)
    what = happenings.c.what.in_([Happening.OPENED.value, Happening.REOPENED.value])
    joined = sa.join(happenings, incidents, incidents.c.id == happenings.c.incident_id)
    query = sa.select(happenings.c.at).select_from(joined).where(began, what, incidents.c.brand == brand)
    moments = connection.scalars(query.where(incidents.c.cause == Cause.SPIKE.value)).all()
    edges = [*(day.since for day in days[1:]), until]
    return [replace(day, spikes=sum(day.since <= at < end for at in moments)) for day, end in zip(days, edges, strict=True)]


def _alarm(row: Any, false: bool) -> Alarm:
    facts = row.facts or {}
    # Its count is of those that waited when it was last looked at; its ids are of all that somebody was told of.
    counted = len(facts.get("ids") or ()) or facts.get("count", 1)
    return Alarm(
        incident_id=row.id,
        cause=row.cause,
        grave=row.gravity >= Gravity.HIGH,
        opened_at=row.opened_at,
        series=str(facts.get("series", "all")),
        now=_number(facts.get("now", facts.get("weight", counted))),
        usual=_number(facts.get("expected", facts.get("usual", 0))),
        acknowledged_by=row.acknowledged_by,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        false=false,
    )


def _number(found: Any) -> int:
    return round(found) if isinstance(found, int | float) else 0

"""Opens, grows and ends the incidents of danger (T12), of all brands at once: whoever is woken for one is told of the others too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor import paging
from monitor.domain import Brand, Cause, Gravity, Incident, IncidentStatus
from monitor.incidentbook import CHAIN, TOLD, IncidentBook
from monitor.spikes import BEFORE
from monitor.waiting import read_dangers, same_story

LATELY = timedelta(days=2)
"""Incidents of so long ago still know which dangers they were about."""


@dataclass(frozen=True, slots=True)
class Look:
    """How it stands with the dangers of one brand."""

    brand: str
    here: Incident | None
    """The incident of them that is not resolved."""
    found: frozenset[int]
    """What nobody has looked at for too long."""
    told: frozenset[int]
    """Of what our people were told in it, whether it still waits or not."""
    untold: frozenset[int]
    """What nobody was told of, lately or now, in a page about a spike neither."""


def look_at_dangers(database: sa.Engine, brands: Iterable[Brand], after: timedelta, at: datetime) -> None:
    """Open, grow and end the incidents of danger, by what nobody has looked at `after` so long."""
    book = IncidentBook(database)
    lately = [one for one in book.since(at - LATELY) if one.cause == Cause.DANGER]
    looks = [_look(database, brand.id, [one for one in lately if one.brand == brand.id], after, at) for brand in brands]
    paged = max((one.paged_at for one in lately if one.paged_at is not None), default=None)
    opening = any(one.here is None and one.untold for one in looks)
    woken = opening or any(
        one.here is not None and paging.more_wakes(one.here, len(one.found & one.told), len(one.untold), at, paged) for one in looks
    )
    for one in looks:
        _record(database, book, one, after, at, woken=woken)


def tell_of_all(database: sa.Engine, incident: Incident, after: timedelta, at: datetime) -> None:
    """Count as told what a page of an incident that is repeated tells of too."""
    found = {one.mention_id for one in read_dangers(database, incident.brand, at, after)}
    if not found <= told_of(incident):
        facts = {**(incident.facts or {}), "count": len(found), "ids": sorted({*found, *told_of(incident)})}
        with database.begin() as connection:
            IncidentBook(database).raise_(connection, incident.brand, Cause.DANGER, Gravity.CRITICAL, at, facts=facts)


def told_of(incident: Incident | None) -> frozenset[int]:
    """Return the mentions of which the people of an incident were told."""
    found = (incident.facts or {}).get("ids", []) if incident is not None else []
    return frozenset(found if isinstance(found, list) else [])


def _look(database: sa.Engine, brand: str, lately: list[Incident], after: timedelta, at: datetime) -> Look:
    waiting = read_dangers(database, brand, at, after)
    found = frozenset(one.mention_id for one in waiting)
    within = {one.mention_id for begin, end in _spike_pages(IncidentBook(database), brand) for one in waiting if begin <= one.since <= end}
    # What tells the same story is no news, whenever it came.
    within |= same_story(database, within, found - within)
    here = next((one for one in lately if one.status is not IncidentStatus.RESOLVED), None)
    return Look(brand, here, found, told_of(here), found.difference(within, *(told_of(one) for one in lately)))


def _spike_pages(book: IncidentBook, brand: str) -> list[tuple[datetime, datetime]]:
    """Return from when to when what was read stands in a page about a spike that goes on: its dangers were told there."""
    found = []
    for spike in book.unresolved(brand, Cause.SPIKE):
        told = [one.at for one in book.course(spike.id) if one.pages and one.telling == TOLD]
        if told and spike.facts and "at" in spike.facts:
            found.append((datetime.fromisoformat(str(spike.facts["at"])) - BEFORE, max(told)))
    return found


def _record(database: sa.Engine, book: IncidentBook, one: Look, after: timedelta, at: datetime, *, woken: bool) -> None:
    if one.here is not None and not one.found:
        book.resolve(one.here.id, CHAIN, at)
        return
    again = one.here is None or (woken and paging.goes_along(one.here, len(one.found & one.told), len(one.untold)))
    facts = {
        "count": len(one.found),
        "minutes": after // timedelta(minutes=1),
        # Of these somebody was told.
        "ids": sorted(one.found | one.told if again else one.told),
    }
    if one.untold if one.here is None else one.here.facts != facts:
        with database.begin() as connection:
            book.raise_(connection, one.brand, Cause.DANGER, Gravity.CRITICAL, at, facts=facts, anew=again)

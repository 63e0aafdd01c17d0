"""Decides whether something that happened to an incident is told now, later, within a summary, or not at all; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.domain import PAGES, Cause, Gravity, Happening, Incident, IncidentStatus, Silence
from monitor.oncall import is_quiet, on_call, quiet_until
from monitor.settings import OnCallSettings, Shift

GRAVITIES = {"low": Gravity.LOW, "high": Gravity.HIGH, "critical": Gravity.CRITICAL}

MORE_AFTER = timedelta(hours=8)
"""A shift: who took it on so long ago may have gone home, and even a little more is new to whoever is on call now."""


_ANEW = frozenset({Happening.ROSE, Happening.REOPENED})
_TAKEN = frozenset({Happening.ACKNOWLEDGED, Happening.RESOLVED, Happening.FALSE})
_LEADS = frozenset({Happening.OPENED, Happening.REOPENED, Happening.ROSE})


class How(StrEnum):
    """What becomes of it."""

    TELL = "tell"
    LATER = "later"
    SUM_UP = "sum up"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of it, and why."""

    how: How
    until: datetime | None = None
    why: str = ""


def decide(
    what: Happening,
    incident: Incident,
    *,
    silences: Sequence[Silence],
    oncall: OnCallSettings,
    pages_this_hour: int,
    told_before: bool,
    at: datetime,
) -> Decision:
    """Decide on one thing that happened; `silences` are those that hold now, `told_before` whether any page of it went out."""
    if what not in PAGES:
        return Decision(How.TELL) if told_before else Decision(How.HOLD, why="nobody was told that it began")
    if incident.status is IncidentStatus.RESOLVED:
        return Decision(How.HOLD, why="it is resolved")
    if incident.status is IncidentStatus.ACKNOWLEDGED and what in {Happening.REPEATED, Happening.ESCALATED}:
        return Decision(How.HOLD, why="somebody acknowledged it")
    silence = max((one for one in silences if holds_for(one, incident)), key=lambda one: one.ends_at, default=None)
    if silence is not None and incident.gravity is Gravity.LOW:
        return Decision(How.HOLD, why=f"silenced by {silence.by}")
    if silence is not None:
        # Once it ends whoever is on call is told of what is still open, as if it began then.
        return Decision(How.LATER, silence.ends_at, f"silenced by {silence.by}")
    if is_quiet(oncall, at) and incident.gravity < GRAVITIES[oncall.wakes]:
        return Decision(How.LATER, quiet_until(oncall, at), "quiet hours")
    if pages_this_hour >= oncall.most_pages:
        return Decision(How.SUM_UP, why="too many pages within an hour")
    return Decision(How.TELL)


def holds_for(silence: Silence, incident: Incident) -> bool:
    """Say whether a silence is about an incident."""
    return silence.brand == incident.brand and silence.cause in {"", incident.cause}


def due_again(incident: Incident, oncall: OnCallSettings, at: datetime, silences: Sequence[Silence] = ()) -> tuple[Happening, int] | None:
    """Say whether an incident that nobody acknowledged is to wake somebody again, and whom along the rota; None where not yet.

    While one of `silences` holds nobody is asked, and where one ended since the last page the rota begins anew. Whoever came on call
    since that page is asked before it goes further.
    """
    if incident.status is not IncidentStatus.OPEN or incident.paged_at is None or incident.gravity is Gravity.LOW:
        return None
    ends = max((one.ends_at for one in silences if holds_for(one, incident)), default=incident.paged_at)
    if ends > incident.paged_at:
        return (Happening.REPEATED, 0) if ends <= at else None
    before, now = {shift.person for shift in on_call(oncall, incident.paged_at)}, on_call(oncall, at)
    people = len(now)
    came = next((place for place, shift in enumerate(now[: incident.step + 1]) if shift.person not in before), None)
    step = incident.step + 1 if came is None else came
    if step < people:
        return (Happening.ESCALATED, step) if at - incident.paged_at >= oncall.escalate_after else None
    return (Happening.REPEATED, incident.step) if at - incident.paged_at >= oncall.repeat_every else None


def more_wakes(incident: Incident, told: int, untold: int, at: datetime, paged_at: datetime | None = None) -> bool:
    """Say whether what has come to an incident since its people were last told is worth waking somebody for.

    As many again are as still wait of those, and a single one a shift after the last page, of whichever brand: `paged_at`. Fewer wait:
    somebody is at it, or is being woken for it anyhow. `told` counts what still waits, so whoever decided on everything is told of the
    next one at once.
    """
    if not untold or incident.paged_at is None:
        return False  # None: a page is on its way, and says how it stands when it is written.
    taken = incident.status is IncidentStatus.ACKNOWLEDGED
    return untold >= max(1, told) or (taken and at - max(paged_at or incident.paged_at, incident.paged_at) >= MORE_AFTER)


def goes_along(incident: Incident, told: int, untold: int) -> bool:
    """Say whether what has come to an incident is told when somebody is woken in any case, for this or for another brand.

    Where nobody took it on its own page is repeated soon, and tells of all of it; only as many again are told before.
    """
    if not untold or incident.paged_at is None:
        return False
    return incident.status is IncidentStatus.ACKNOWLEDGED or untold >= max(1, told)


def lead(waiting: Sequence[tuple[Happening, Incident]]) -> dict[int, int]:
    """Return which of these pages, all told now, goes along with which: no page of its own for what is told within another's.

    More dangers of one brand go along with a page about dangers of another that reaches the same step of the rota; places in `waiting`.
    """
    dangers = [(place, what, one) for place, (what, one) in enumerate(waiting) if one.cause == Cause.DANGER and what in _LEADS]
    # What begins, or comes back, has a page of its own.
    own = sorted(dangers, key=lambda found: (found[1] is Happening.ROSE, found[0]))
    along = {}
    for place, what, one in dangers:
        head = next((found for found in own if found[2].step == one.step), None)
        if head is not None and head[0] != place and what is Happening.ROSE:
            along[place] = head[0]
    return along


def asks_anew(what: Happening, status: IncidentStatus, since: Sequence[Happening]) -> bool:
    """Say whether a page that wakes somebody asks for more than the one before, so that who took that on did not take on this.

    `since` is what happened to its incident since the page before. It may have been taken on where pages are answered and we do
    not know yet; so all that rose asks anew.
    """
    return status is IncidentStatus.OPEN and (what in _ANEW or is_taken(since))


def is_taken(since: Sequence[Happening]) -> bool:
    """Say whether somebody took an incident on, or closed it, in what happened to it since its last page."""
    return any(one in _TAKEN for one in since)


def asked(oncall: OnCallSettings, step: int, at: datetime) -> Shift | None:
    """Return whom a page reaches at this step of the rota; None where nobody has a shift now."""
    people = on_call(oncall, at)
    return people[min(step, len(people) - 1)] if people else None

"""What is handled when people must be woken: incidents, the moves they may make, and what their people are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from monitor.domain.moves import IllegalMove


class IncidentStatus(StrEnum):
    """Where an incident stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Cause(StrEnum):
    """Why an incident was opened; a brand has one that is not resolved for each."""

    SPIKE = "spike"
    """So much is said that somebody must know."""
    DANGER = "danger"
    """Something dangerous waits that nobody has looked at (T12)."""
    PRESSURE = "pressure"
    """What waits weighs more than this team usually clears (K6)."""
    REHEARSAL = "rehearsal"
    """A person tries whether pages arrive."""


class Gravity(IntEnum):
    """How grave an incident is; within one it only ever rises."""

    LOW = 1
    """Worth knowing by day."""
    HIGH = 2
    """Worth a look within the hour."""
    CRITICAL = 3
    """Worth waking somebody."""


class Happening(StrEnum):
    """What happened to an incident; each is written down once, with who and when."""

    OPENED = "opened"
    ROSE = "rose"
    REPEATED = "repeated"
    ESCALATED = "escalated"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    FALSE = "false"
    """Resolved by a person who says that it should have woken nobody."""
    REOPENED = "reopened"
    SILENCED = "silenced"


PAGES = frozenset({Happening.OPENED, Happening.ROSE, Happening.REPEATED, Happening.ESCALATED, Happening.REOPENED})
"""What may wake somebody; of the others those who were told are told how it goes on."""

REOPENS_WITHIN = timedelta(hours=24)
"""What comes back so soon after it was resolved is the same incident."""

_S = IncidentStatus

INCIDENT_MOVES: Mapping[IncidentStatus, frozenset[IncidentStatus]] = {
    _S.OPEN: frozenset({_S.ACKNOWLEDGED, _S.RESOLVED}),
    # Back to open where it grows graver after somebody took it: what they agreed to was less.
    _S.ACKNOWLEDGED: frozenset({_S.OPEN, _S.RESOLVED}),
    _S.RESOLVED: frozenset({_S.OPEN}),
}


def check_incident_move(old: IncidentStatus, new: IncidentStatus) -> None:
    """Refuse a move that is not in INCIDENT_MOVES."""
    if new not in INCIDENT_MOVES[old]:
        raise IllegalMove(f"an incident may not go from {old.value} to {new.value}")


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that is being handled."""

    id: int
    brand: str
    cause: str
    """A Cause, or that of a story: story/ and its id."""
    status: IncidentStatus
    gravity: Gravity
    opened_at: datetime
    changed_at: datetime
    step: int = 0
    """How far along the rota it was passed on."""
    paged_at: datetime | None = None
    """When it last woke, or would have woken, somebody."""
    acknowledged_by: str = ""
    resolved_at: datetime | None = None
    resolved_by: str = ""
    facts: Mapping[str, float | str | list[int]] | None = None
    """Numbers and the ids of mentions; never a person's words, which their author may take back."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A named person's wish that a brand's incidents of one cause, or of any, wake nobody until a moment."""

    id: int
    brand: str
    cause: str
    """Empty: any."""
    by: str
    reason: str
    begins_at: datetime
    ends_at: datetime

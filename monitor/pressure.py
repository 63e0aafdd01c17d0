"""Weighs what waits for a person against what this team usually clears (K6); pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

DANGER, NEGATIVE, OTHER = 5.0, 1.0, 0.3
"""What a mention weighs that has just come."""
DOUBLES_AFTER = timedelta(hours=4)
"""After so long a mention weighs twice as much."""
HEAVIEST = 4.0
"""No age makes it weigh more than so many times."""
LEAST = 10.0
"""Less than this never pages, however quiet the team is."""
TOO_MUCH = 2.0
"""So many days' worth of what the team usually clears is too much."""
NOBODY_KNOWS = timedelta(days=1)
"""Where nobody has decided anything yet, only what waits longer weighs: what this team usually clears cannot be known before."""
RELIEF = 0.5
"""Below this share of what is too much, it is over."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mention that waits for a person."""

    mention_id: int
    since: datetime
    """When we read it."""
    danger: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Pressure:
    """How heavy it is."""

    weight: float
    usual: float
    """What the team usually clears in a day on which it works."""

    @property
    def limit(self) -> float:
        """What is too much for this team."""
        return max(LEAST, TOO_MUCH * self.usual)

    @property
    def is_too_much(self) -> bool:
        """Say whether somebody must know."""
        return self.weight >= self.limit

    @property
    def is_over(self) -> bool:
        """Say whether an incident of it may end."""
        return self.weight < RELIEF * self.limit


def weigh(waiting: Sequence[Waiting], cleared: Sequence[int], at: datetime) -> Pressure:
    """Weigh what waits; `cleared` is what was decided on each of the last days, also on those when nobody worked."""
    worked = [count for count in cleared if count]
    if not worked:
        waiting = [one for one in waiting if at - one.since >= NOBODY_KNOWS]
    return Pressure(sum(_weight(one, at) for one in waiting), float(median(worked)) if worked else 0.0)


def _weight(one: Waiting, at: datetime) -> float:
    risk = DANGER if one.danger else NEGATIVE if one.negative else OTHER
    return risk * min(HEAVIEST, 1.0 + max(at - one.since, timedelta()) / DOUBLES_AFTER)

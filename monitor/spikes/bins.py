"""Turns what was heard into counts by bin, for three series: everything, what is negative, and that weighed by how grave it is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from monitor.spikes.detector import BIN, VOICE, Detector, Verdict

BEFORE = timedelta(hours=1)
"""Who spoke so shortly before is no new voice, and what was said so shortly before is an echo."""

DANGER = 3.0
"""A danger (T12) weighs as much as so many negative mentions; two of them within 80 minutes can make a quiet brand's spike."""

REACH = timedelta(minutes=320)
"""So far back a late mention still matters: the longest span of the detector."""

_ECHO = re.compile(r"^\s*(?:RT|Repost|Retweet)\s+@\w{1,50}:?\s*", re.IGNORECASE)
_SAME = 200
"""Signs by which two texts are held to be the same."""
_KEPT = 50_000
"""Texts kept before those that are too old to matter are forgotten."""


class Series(StrEnum):
    """What is counted."""

    ALL = "all"
    NEGATIVE = "negative"
    WEIGHED = "weighed"


@dataclass(frozen=True, slots=True)
class Heard:
    """One mention, as far as counting needs it."""

    at: datetime
    """When it was posted."""
    author: str
    """Network and handle."""
    text: str
    negative: bool = False
    danger: bool = False

    def weight(self, series: Series) -> float:
        """Return how much it counts in a series."""
        if series is Series.ALL:
            return 1.0
        if series is Series.NEGATIVE:
            return float(self.negative)
        return DANGER if self.danger else float(self.negative)


@dataclass(slots=True)
class Bin:
    """What one bin holds."""

    count: float = 0.0
    authors: int = 0
    """Who had not spoken in the hour before."""
    echoes: float = 0.0
    """How much of the count only repeats what was said before."""

    def voices(self) -> float:
        """Return what it weighs for the detector: echoes count as their root, and no author for more than VOICE."""
        weighed = self.count if self.echoes <= 1 else self.count - self.echoes + math.sqrt(self.echoes)
        return min(weighed, VOICE * self.authors)


def floor(at: datetime) -> datetime:
    """Return when the bin of a moment began."""
    return datetime.fromtimestamp(at.timestamp() // BIN.total_seconds() * BIN.total_seconds(), at.tzinfo)


def gather(heard: Iterable[Heard], series: Series, since: datetime, until: datetime) -> list[Bin]:
    """Return the bins of [since, until), both at the edge of one; `heard` is in order of time, and may begin BEFORE earlier."""
    bins = [Bin() for _ in range(round((until - since) / BIN))]
    spoke: dict[str, datetime] = {}
    said: dict[str, datetime] = {}
    for one in heard:
        weight = one.weight(series)
        if not weight or one.at >= until:
            continue
        same = _ECHO.sub("", one.text)[:_SAME].casefold().strip()
        spoke_at, said_at = spoke.get(one.author), said.get(same) if same else None
        spoke[one.author] = one.at
        if same:
            said[same] = one.at
        if len(said) > _KEPT:
            said = {text: at for text, at in said.items() if one.at - at <= BEFORE}
            spoke = {author: at for author, at in spoke.items() if one.at - at <= BEFORE}
        if one.at < since:
            continue
        found = bins[int((one.at - since) / BIN)]
        found.count += weight
        found.authors += spoke_at is None or one.at - spoke_at > BEFORE
        if (said_at is not None and one.at - said_at <= BEFORE) or _ECHO.match(one.text):
            found.echoes += weight
    return bins


@dataclass(slots=True)
class Watch:
    """A detector at work on one series of one brand, with what it was told of each recent bin, so that what comes late is added once."""

    detector: Detector
    judged_until: datetime
    told: list[float]
    """What each of the bins within REACH before `judged_until` weighed when it was told, the oldest first."""

    @classmethod
    def begin(cls, since: datetime) -> Watch:
        """Return one that knows nothing."""
        return cls(Detector(), since, [0.0] * round(REACH / BIN))

    def state(self) -> dict[str, Any]:
        """Return everything it knows but `judged_until`, as JSON can hold it."""
        return {"detector": self.detector.state(), "told": self.told}

    @classmethod
    def restore(cls, state: Mapping[str, Any], judged_until: datetime) -> Watch:
        """Return the watch that gave this `state()`; raises ValueError for what another version wrote: begin anew then."""
        return cls(Detector.restore(state["detector"]), judged_until, list(state["told"]))

    def go_on(self, recent: Sequence[Bin], bins: Sequence[Bin], seen: Sequence[bool]) -> list[Verdict]:
        """Add what came late to the bins of REACH before, then judge the next ones; where nobody looked, `seen` is False."""
        for age, (now, told) in enumerate(zip(reversed(recent), reversed(self.told), strict=False)):
            late = now.voices() - told
            if late > 0 and self.detector.add_late(self.judged_until - BIN * (age + 1), late):
                self.told[-1 - age] = now.voices()
        verdicts = []
        for found, looked in zip(bins, seen, strict=True):
            count = found.count if looked else None
            verdicts.append(self.detector.update(self.judged_until, count, authors=found.authors, reposts=found.echoes))
            self.told = [*self.told[1:], found.voices() if looked else 0.0]
            self.judged_until += BIN
        return verdicts

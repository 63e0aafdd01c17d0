"""Says when a brand is talked about so much that somebody must know; no clock, no storage, and no words for people live here.

How: the *height* of a moment is the mean logarithm of what was counted over four spans ending there (5, 20, 80 and 320 minutes), so that
it is high only where the short and the long view agree. The highest of each six hours are the brand's *peaks*, and the mean and deviation
of its peaks tell, by Gumbel's law of extremes, which height it reaches once in `every` (a week). A page goes out above that height.
The one figure to choose is thus a budget of pages; nothing is tuned to a brand, a rhythm or a size. docs/decisions/0008-spikes.md compares
it with what else was tried, and benchmarks/spikes.py measures it again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from monitor.spikes.averages import Average, Sums

BIN = timedelta(minutes=5)
"""How long a bin is where nothing else is asked."""

EVERY = timedelta(days=7)
"""The page budget: a page is for what a brand reaches less than once in this time."""

LEAST = 5.0
"""Fewer than this within 80 minutes wake nobody, however quiet the brand is."""

SPANS = (timedelta(minutes=5), timedelta(minutes=20), timedelta(minutes=80), timedelta(minutes=320))
"""The spans whose sums must agree: each is four times the one before."""

PEAK_HOURS = 6
"""A peak is the greatest height of so many hours."""

MEMORY = timedelta(days=14)
"""A peak counts half after this time."""

LEARNING = timedelta(days=2)
"""So long a brand is only listened to."""

CALM = timedelta(hours=12)
"""A spike is over, and may page anew, after so long below the level."""

ESCALATION = 2.0
"""A spike that goes on pages again when 20 minutes bring so many times what they brought at the last notice."""

NARROWEST = 0.25
"""The deviation of the peaks is never taken to be less: a page is for 1.7 times a usual peak at least, where a brand is very even."""

VOICE = 3.0
"""No author counts for more than so many mentions in one bin."""

LARGEST = 1e12
"""A greater count is a mistake of the caller."""

_GUMBEL_SLOPE = math.sqrt(6) / math.pi
_EULER = 0.5772156649015329
_VERSION = 1


class Finding(StrEnum):
    """What a bin came to."""

    CALM = "calm"
    LEARNING = "learning"
    """The brand is too new to be judged."""
    UNSEEN = "unseen"
    """The source was down, or catches up: this bin's count says nothing about this bin."""
    FEW = "few"
    """Above the level and below LEAST."""
    FLOOD = "flood"
    """Above the level by the posts of few authors, or by reposts, only."""
    SPIKE = "spike"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one bin came to; `alarm` is True where a notice is due: the spike begins, or has doubled since the last notice."""

    at: datetime
    finding: Finding
    score: float
    """1 is the height that is reached once in `every`, 0 a usual peak or less; logarithmic in the counts."""
    alarm: bool
    escalation: bool
    """The notice is about a spike that goes on and has doubled."""
    ongoing: bool
    """A spike has begun and is not over."""
    expected: float
    low: float
    high: float
    """What this hour of the day usually brings in one bin, and the band of two deviations about it; from earlier bins alone."""


class Detector:
    """Judges one count series of one brand, bin by bin; it holds some 200 numbers and takes a constant time for each bin.

    An answer never changes by what comes later. Times are the caller's; the hour of the day is read as they carry it, so local times make
    the expected band follow local hours.
    """

    def __init__(self, width: timedelta = BIN, *, every: timedelta = EVERY, least: float = LEAST) -> None:
        if not timedelta(seconds=1) <= width <= timedelta(days=1):
            raise ValueError("a bin lasts a second at least and a day at most")
        if every < timedelta(days=1):
            raise ValueError("the page budget is one in a day at most")
        self.width, self.every, self.least = width, every, least
        spans = sorted({max(1, round(span / width)) for span in SPANS})
        self._counted, self._everything = Sums(spans), Sums(spans)
        self._strength_sum, self._least_sum = min(1, len(spans) - 1), min(2, len(spans) - 1)
        self._bins_an_hour = max(1, round(timedelta(hours=1) / width))
        hour = self._bins_an_hour * width
        self._learning = math.ceil(LEARNING / hour)
        self._calm = round(CALM / width)
        self._reach = (math.log(every / timedelta(hours=PEAK_HOURS)) - _EULER) * _GUMBEL_SLOPE
        self._peaks = Average(MEMORY / hour)
        self._highest: list[float | None] = [None] * max(1, round(timedelta(hours=PEAK_HOURS) / hour))
        # 24 hours of the day, and the last for hours that were not met yet.
        self._usual = [Average(MEMORY / timedelta(days=1) * self._bins_an_hour) for _ in range(24)]
        self._usual.append(Average(timedelta(days=1) / width))
        self._first: datetime | None = None
        self._index = -1
        self._hours = 0
        self._hour_peak, self._hour_seen = -math.inf, 0
        self._level = math.inf
        self._hot = -1
        """The last bin above the level, -1 where no spike goes on."""
        self._told, self._told_at = 0.0, -1
        """The sum over 20 minutes at the last notice, and its bin."""

    def update(
        self, at: datetime, count: float | None, *, authors: int | None = None, reposts: float = 0.0, caught_up: bool = False
    ) -> Verdict:
        """Judge the bin that begins at `at`, which must be later than the one before; bins left out were not seen.

        `count` is None where the source was down. `caught_up` says that the count holds what an outage or an import left behind; such a bin
        is not judged, and what belongs to earlier bins is better given to `add_late`. `authors` are the distinct ones of the bin (best:
        who had not written in the hour before), for plain counts; few of them make a flood and no spike. `reposts` of the count are
        echoes: n of them count as their root.
        """
        counted = None if count is None or caught_up else _voices(count, authors, reposts)
        self._advance(at)
        expected, low, high = self._band(at.hour)
        if counted is None or count is None:
            self._counted.push(0.0)
            self._everything.push(0.0)
            return Verdict(at, Finding.UNSEEN, 0.0, False, False, self._ongoing(), expected, low, high)
        self._counted.push(counted)
        self._everything.push(count)
        height = self._counted.height()
        finding = self._find(height)
        begins = escalates = False
        if finding is Finding.SPIKE:
            begins = not self._ongoing()
            strength = self._counted.sums[self._strength_sum]
            settled = self._index - self._told_at >= self._counted.spans[self._strength_sum]
            escalates = not begins and settled and strength >= ESCALATION * self._told
            self._hot = self._index
            if begins or escalates:
                self._told, self._told_at = strength, self._index
            elif not settled:
                # The notice went out at the first bin of it: what fills the span since is the same news.
                self._told = max(self._told, strength)
        verdict = Verdict(at, finding, self._score(height), begins or escalates, escalates, self._ongoing(), expected, low, high)
        self._hour_peak, self._hour_seen = max(self._hour_peak, height), self._hour_seen + 1
        usual = min(counted, high) if self._level < math.inf else counted
        self._usual[at.hour].add(usual)
        self._usual[24].add(usual)
        return verdict

    def add_late(self, at: datetime, count: float = 1.0) -> bool:
        """Count what was written at `at` and read only now; it weighs from the next bin on, and False says that it is too old to matter."""
        _check(count, "count")
        if self._first is None:
            return False
        age = self._index - round((at - self._first) / self.width)
        if not 0 <= age < self._counted.spans[-1]:
            return False
        self._counted.add(age, count)
        self._everything.add(age, count)
        return True

    @property
    def ongoing(self) -> bool:
        """Say whether a spike has begun and is not over."""
        return self._ongoing()

    def state(self) -> dict[str, Any]:
        """Return everything it knows, as JSON can hold it."""
        return {
            "version": _VERSION,
            "width": self.width.total_seconds(),
            "every": self.every.total_seconds(),
            "least": self.least,
            "first": None if self._first is None else self._first.isoformat(),
            "index": self._index,
            "hours": self._hours,
            "hour": [None if self._hour_seen == 0 else self._hour_peak, self._hour_seen],
            "highest": list(self._highest),
            "level": None if self._level == math.inf else self._level,
            "spike": [self._hot, self._told, self._told_at],
            "averages": [[each.weight, each.mean, each.variance] for each in (self._peaks, *self._usual)],
            "sums": [[each.place, list(each.sums), list(each.bins)] for each in (self._counted, self._everything)],
        }

    @classmethod
    def restore(cls, state: Mapping[str, Any]) -> Detector:
        """Return the detector that gave this `state()`; raises ValueError for what another version wrote: begin anew then."""
        if state.get("version") != _VERSION:
            raise ValueError("another version wrote this detector's state")
        detector = cls(timedelta(seconds=state["width"]), every=timedelta(seconds=state["every"]), least=state["least"])
        detector._first = None if state["first"] is None else datetime.fromisoformat(state["first"])
        detector._index, detector._hours = state["index"], state["hours"]
        peak, detector._hour_seen = state["hour"]
        detector._hour_peak = -math.inf if peak is None else peak
        detector._highest = list(state["highest"])
        detector._level = math.inf if state["level"] is None else state["level"]
        detector._hot, detector._told, detector._told_at = state["spike"]
        for average, (weight, mean, variance) in zip((detector._peaks, *detector._usual), state["averages"], strict=True):
            average.weight, average.mean, average.variance = weight, mean, variance
        for sums, (place, totals, bins) in zip((detector._counted, detector._everything), state["sums"], strict=True):
            sums.place, sums.sums, sums.bins = place, list(totals), list(bins)
        return detector

    def _advance(self, at: datetime) -> None:
        """Go to the bin of `at`: fill what was left out, and close the hours that ended."""
        if at.tzinfo is None:
            raise ValueError("a time without a zone cannot be placed; give UTC")
        if self._first is None:
            self._first = at
        index = round((at - self._first) / self.width)
        if index <= self._index:
            raise ValueError("a bin must be later than the one before")
        for _ in range(min(index - self._index - 1, self._counted.spans[-1])):
            self._counted.push(0.0)
            self._everything.push(0.0)
        if self._index >= 0:
            ended = index // self._bins_an_hour - self._index // self._bins_an_hour
            for _ in range(min(ended, len(self._highest) + 1)):
                self._close_hour()
        self._index = index
        if self._hot >= 0 and index - self._hot > self._calm:
            self._hot = -1

    def _close_hour(self) -> None:
        """Learn from an hour that ended; one that was hardly seen teaches nothing."""
        seen = self._hour_seen * 2 >= self._bins_an_hour
        self._highest = [*self._highest[1:], self._hour_peak if seen else None]
        self._hour_peak, self._hour_seen = -math.inf, 0
        heights = [height for height in self._highest if height is not None]
        self._hours += seen
        if not seen or len(heights) * 2 <= len(self._highest):
            return
        # A peak that paged counts as high as the level and no higher: one storm must not deafen us to the next.
        self._peaks.add(min(max(heights), self._level))
        if self._hours >= self._learning:
            self._level = self._peaks.mean + self._reach * max(self._peaks.deviation(), NARROWEST)

    def _find(self, height: float) -> Finding:
        if self._level == math.inf:
            return Finding.LEARNING
        if height > self._level:
            return Finding.SPIKE if self._counted.sums[self._least_sum] >= self.least else Finding.FEW
        counted, everything = self._counted, self._everything
        if everything.sums != counted.sums and everything.height() > self._level and everything.sums[self._least_sum] >= self.least:
            return Finding.FLOOD
        return Finding.CALM

    def _score(self, height: float) -> float:
        if self._level == math.inf:
            return 0.0
        return max(0.0, (height - self._peaks.mean) / (self._level - self._peaks.mean))

    def _ongoing(self) -> bool:
        return self._hot >= 0

    def _band(self, hour: int) -> tuple[float, float, float]:
        usual = self._usual[hour] if self._usual[hour].weight >= self._bins_an_hour else self._usual[24]
        # Counts spread by chance alone as much as their mean.
        spread = 2 * math.sqrt(max(usual.variance, usual.mean, 0.0))
        return usual.mean, max(0.0, usual.mean - spread), usual.mean + spread


def _check(count: float, name: str) -> None:
    if not 0 <= count <= LARGEST:
        raise ValueError(f"{name} must be a number from 0 to {LARGEST:.0e}")


def _voices(count: float, authors: int | None, reposts: float) -> float:
    """Return what a bin weighs: echoes and repeated voices count for less."""
    _check(count, "count")
    _check(reposts, "reposts")
    if reposts > count:
        raise ValueError("reposts are part of the count and cannot be more")
    weighed = count if reposts <= 1 else count - reposts + math.sqrt(reposts)
    if authors is None:
        return weighed
    _check(authors, "authors")
    return min(weighed, VOICE * authors)

"""What a detector remembers: the sums over its spans, and averages in which the past fades; what they mean stands in detector.py."""

from __future__ import annotations

import math
from collections.abc import Sequence

PRIOR = 2.0
"""Added to each sum: from nothing to one mention is no doubling."""


class Sums:
    """The sums over each span that ends at the newest bin."""

    __slots__ = ("bins", "place", "spans", "sums")

    def __init__(self, spans: Sequence[int]) -> None:
        self.spans = tuple(spans)
        self.bins = [0.0] * self.spans[-1]
        self.sums = [0.0] * len(self.spans)
        self.place = 0

    def push(self, count: float) -> None:
        """Take the next bin's count, in constant time."""
        bins, size, place = self.bins, len(self.bins), self.place
        for number, span in enumerate(self.spans):
            self.sums[number] += count - bins[place - span]
        bins[place] = count
        self.place = (place + 1) % size
        if self.place == 0:
            # Weighted counts are no whole numbers: what rounding left behind is swept out once a round.
            self.sums = [math.fsum(bins[-span:]) for span in self.spans]

    def add(self, age: int, count: float) -> None:
        """Add to the bin `age` bins before the newest."""
        self.bins[self.place - 1 - age] += count
        for number, span in enumerate(self.spans):
            if age < span:
                self.sums[number] += count

    def height(self) -> float:
        """Return the mean logarithm of the sums: high only where all of them are."""
        return sum(math.log(max(total, 0.0) + PRIOR) for total in self.sums) / len(self.sums)


class Average:
    """A mean and variance in which what is older counts less."""

    __slots__ = ("keep", "mean", "variance", "weight")

    def __init__(self, half_life: float) -> None:  # in values
        self.keep = 0.5 ** (1 / half_life)
        self.weight = self.mean = self.variance = 0.0

    def add(self, value: float) -> None:
        """Take the next value (West 1979, with fading weights)."""
        self.weight = self.keep * self.weight + 1
        step = value - self.mean
        self.mean += step / self.weight
        self.variance = (self.variance * (self.weight - 1) + step * (value - self.mean)) / self.weight

    def deviation(self) -> float:
        """Return the sample's deviation, corrected for how few values stand behind it."""
        return math.sqrt(max(self.variance, 0.0) * self.weight / (self.weight - 1)) if self.weight > 1 else 0.0

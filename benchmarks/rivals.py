"""Other principles of spike detection, against which ours is held: each turns counts into the rows on which it would page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.spikes import BIN, Detector

Counts = NDArray[np.float64]
Rows = NDArray[np.bool_]

DAY = 288
PROBATION = 2 * DAY
START = datetime(2015, 1, 1, tzinfo=UTC)


def return_level(counts: Counts, days: int) -> Rows:
    """Ours: pages for what a brand reaches less than once in `days`."""
    detector = Detector(every=timedelta(days=days))
    return np.array([detector.update(START + index * BIN, count).alarm for index, count in enumerate(counts.tolist())])


def deviation(counts: Counts, sigmas: float) -> Rows:
    """The best simple one known before: mean and deviation of all so far, and a new record in 24 hours."""
    number = np.arange(1, len(counts) + 1)
    mean = np.cumsum(counts) / number
    spread = np.sqrt(np.maximum(np.cumsum(counts**2) / number - mean**2, 1.0))
    before = np.concatenate([[np.inf], mean[:-1] + sigmas * spread[:-1]])
    return pages((counts > before) & (counts > _record(counts, DAY)), counts)


def record(counts: Counts, span: int, days: int, margin: float) -> Rows:
    """Pages for the greatest sum over `span` bins in `days`, by a margin."""
    sums = total(counts, span)
    return pages(sums >= np.maximum(margin * _record(sums, days * DAY), 1.0), sums)


def novelty(counts: Counts, grain: int, share: float) -> Rows:
    """Context anomaly: which combinations of levels, and which steps between levels, have not been met before.

    Levels are `grain` to a doubling, over 1, 3, 12 and 36 bins; a page goes out where more than `share` of the contexts are new and high.
    """
    levels = [np.floor(grain * np.log2(total(counts, span) / span + 1)).astype(int).tolist() for span in (1, 3, 12, 36)]
    pairs = list(combinations(range(4), 2))
    steps = list(product(range(4), (1, 6)))
    met: list[set[tuple[int, int]]] = [set() for _ in (*pairs, *steps)]
    usual = [0.0] * 4
    fresh = np.zeros(len(counts))
    for row in range(len(counts)):
        now = [level[row] for level in levels]
        for which in range(4):
            usual[which] += (now[which] - usual[which]) / min(row + 1, 10 * DAY)
        contexts = [(which, (now[which], now[other])) for which, other in pairs]
        contexts += [(which, (now[which], levels[which][max(row - back, 0)])) for which, back in steps]
        for place, (which, context) in enumerate(contexts):
            if context not in met[place]:
                met[place].add(context)
                fresh[row] += (now[which] > usual[which]) / len(met)
    return pages(total(fresh, 4) / 4 >= share, total(counts, 3))


def resonance(counts: Counts, vigilance: float, distance: float) -> Rows:
    """Adaptive resonance: distance to the prototypes learned so far, of how full the last 5 minutes to 3 hours are.

    Fuzzy ART with complement coding (Carpenter, Grossberg and Rosen 1991), fast learning.
    """
    usual, logs = 1.0, []
    sums = np.stack([total(counts, span) for span in (1, 3, 12, 36)], 1)
    for row, count in enumerate(counts.tolist()):
        logs.append(np.log((sums[row] + 1) / (usual * np.array([1, 3, 12, 36]) + 1)))
        usual += (count - usual) / min(row + 1, 10 * DAY)
    features = np.clip((np.array(logs) + 3) / 8, 0, 1)
    coded = np.concatenate([features, 1 - features], 1)
    prototypes = coded[:1].copy()
    far = np.zeros(len(counts))
    for row, code in enumerate(coded):
        matches = np.minimum(prototypes, code).sum(1) / 4
        best = int(matches.argmax())
        if features[row].mean() > 0.4:
            far[row] = 1 - matches[best]
        if matches[best] < vigilance:
            prototypes = np.vstack([prototypes, code])
        else:
            prototypes[best] = np.minimum(prototypes[best], code)
    return pages(far >= distance, total(counts, 3))


def agreement(counts: Counts, days: int, grain: int, share: float, horizon: int) -> Rows:
    """Pages where two of three agree within an hour: return level, context anomaly, record."""
    voters = return_level(counts, days), novelty(counts, grain, share), record(counts, 3, horizon, 1.0)
    votes = np.sum([total(voter.astype(np.float64), 12) > 0 for voter in voters], 0)
    return pages(votes >= 2, total(counts, 3))


def total(values: Counts, span: int) -> Counts:
    """Return the sums over the last `span` values."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(values) + 1)
    return np.asarray(sums[ends] - sums[np.maximum(ends - span, 0)])


def _record(values: Counts, span: int) -> Counts:
    """Return the greatest of the `span` values before each."""
    found, kept = np.zeros(len(values)), deque[int]()
    for row in range(1, len(values)):
        while kept and values[kept[-1]] <= values[row - 1]:
            kept.pop()
        kept.append(row - 1)
        if kept[0] < row - span:
            kept.popleft()
        found[row] = values[kept[0]]
    return found


def pages(hot: Rows, strength: Counts) -> Rows:
    """Page where it begins to be hot, and again where it has doubled; 12 hours of calm end it."""
    paged = np.zeros(len(hot), bool)
    last, told = -DAY, 0.0
    for row in np.flatnonzero(hot):
        if row < PROBATION:
            continue
        if row - last > DAY // 2 or strength[row] >= 2 * told:
            paged[row], told = True, float(strength[row])
        last = int(row)
    return paged


Variants = tuple[tuple[Any, ...], ...]

PRINCIPLES: Sequence[tuple[str, Callable[..., Rows], Variants]] = (
    ("return level (ours)", return_level, tuple((days,) for days in (3, 5, 7, 10, 14))),
    ("mean, deviation and 24 h record", deviation, tuple((sigmas,) for sigmas in (4, 6, 8, 10, 12))),
    ("record and persistence", record, tuple(product((1, 3, 6, 12), (3, 7, 14, 60), (1.0, 1.25, 1.5)))),
    ("context anomaly", novelty, tuple(product((1, 2, 3), (0.1, 0.15, 0.2, 0.3, 0.4)))),
    ("adaptive resonance", resonance, tuple(product((0.9, 0.94, 0.97), (0.02, 0.04, 0.06, 0.08, 0.1)))),
    ("two of three agree", agreement, tuple(product((3, 7), (2,), (0.1, 0.2), (3, 14)))),
)
"""Name, what it does, and every variant that takes part."""

"""Finds the posts of a few days that have one cause, in whatever words: many complaints at once that lie near each other.

A small brand's posts share its places and its things all the time, and ten people tell of one outage in ten ways. So no two posts are
compared here. Which posts belong together is asked of all at once: each is held against the middle of those that seem to belong and
against the middle of the rest, in meaning, in words and in time, and then once more with what came of it, a few times. What a brand's
posts always share lies in both middles and counts for nothing. Pure; training/train_causes.py makes the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

WITHIN = timedelta(days=3)
"""So many days are looked at together: a cause shows beside what a brand hears anyway."""
MOST, LEAST = 150, 5
"""So many posts are looked at together; fewer have no cause that is worth a statement."""
NEWEST = 100
"""Where more were written so many of the latest are looked at, beside the earliest, which tell what was usual before."""
FEWEST = 8
"""Of so few posts in all nobody can say what is usual."""
BEFORE, EARLIER = timedelta(hours=6), 3
"""So long before it so many others must have been written: where a brand's posts begin, all of them look like a burst."""
HOURS = 2.0
"""How fast the nearness of two posts in time falls."""
ALMOST_SURE = 0.7
"""A higher chance of being negative counts no more: rage is no more about the cause than a plain report."""
BETWEEN = 0.5
"""Where, between the usual post and the one that belongs, a post half belongs, while it is being looked for …"""
BELONGS = 0.95
"""… and where it is said to belong; chosen by leaving one brand out (docs/accuracy-stories.md)."""
DENSE = 1.8
"""So many times as near in time, in logarithms, must those that seem to belong be to each other as to the rest."""

WEIGHTS: tuple[tuple[float, ...], ...] = (
    (1.39, 3.48, 1.22),
    (2.15, 1.01, 2.46, 2.12, 0.29, -0.06),
    (2.04, 0.91, 2.22, 2.36, 0.26, -0.13),
    (1.99, 0.9, 2.25, 2.32, 0.26, -0.11),
)
"""What each measure counts for, at the first look and at each that follows."""


@dataclass(frozen=True, slots=True)
class Post:
    """What is looked at of a post."""

    at: datetime
    place: Sequence[float]
    """As `Locate` gives it."""
    stems: frozenset[str]
    p_negative: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """Posts as they are looked at, each against each."""

    alike: Floats
    """In meaning; a post is not held against itself."""
    near: Floats
    """In time, likewise."""
    far: Floats
    """How many complaints a day there are far from each post."""
    negative: Floats
    stems: Floats
    """Which post holds which of the stems that at least two hold."""


def sheet(posts: Sequence[Post]) -> Sheet:
    """Lay out posts, in any order."""
    places = np.array([post.place for post in posts], np.float64)
    hours = np.array([post.at.timestamp() for post in posts]) / 3600
    negative = np.minimum([post.p_negative for post in posts], ALMOST_SURE)
    apart = np.abs(hours[:, None] - hours[None])
    alike, near = places @ places.T, np.exp(-apart / HOURS)
    np.fill_diagonal(alike, 0.0)
    np.fill_diagonal(near, 0.0)
    far = ((apart > 5 * HOURS) * negative).sum(axis=1) / max(1.0, float(np.ptp(hours)) / 24)
    held = Counter(stem for post in posts for stem in post.stems)
    columns = {stem: number for number, stem in enumerate(sorted(stem for stem, often in held.items() if often > 1))}
    stems = np.zeros((len(posts), len(columns)))
    for row, post in enumerate(posts):
        stems[row, [columns[stem] for stem in post.stems if stem in columns]] = 1.0
    return Sheet(alike, near, far, negative, stems)


def first_look(on: Sheet) -> Floats:
    """Return what tells that a post belongs before anything is known: that it complains while others do, more than usual."""
    crowd = on.near @ on.negative
    usual = on.far / 24 * 2 * HOURS
    return np.stack([np.log((crowd + 0.3) / (usual + 0.6)), on.negative, np.log(crowd + 0.3)], axis=1)


def look(on: Sheet, belongs: Floats) -> Floats:
    """Return what tells that a post belongs, beside those that do to the degree of `belongs`; it is itself left out."""
    others = 1.0 - np.eye(len(belongs))
    mine, rest = belongs * others, (1.0 - belongs) * others
    many, left = mine.sum(axis=1), rest.sum(axis=1)
    middle = (on.alike * mine).sum(axis=1) / (many + 1) - (on.alike * rest).sum(axis=1) / (left + 1)
    likest = np.sort(on.alike * mine, axis=1)[:, -3:].mean(axis=1) - np.sort(on.alike * rest, axis=1)[:, -3:].mean(axis=1)
    when = np.log(((on.near * mine).sum(axis=1) + 0.3) / ((on.near * rest).sum(axis=1) + 1))
    held, elsewhere = mine @ on.stems, rest @ on.stems
    # A word that none of the others holds says nothing; little is taken for granted of one that a single post holds.
    says = np.log(((held + 0.13) / (many[:, None] + 3.1)) / ((elsewhere + 0.13) / (left[:, None] + 3.1)))
    said = np.clip((says * on.stems * (held + elsewhere > 0)).sum(axis=1), -4, 4)
    return np.stack([middle * 10, likest * 10, when, on.negative, said, np.log(many + 1)], axis=1)


def weigh(seen: Floats, weights: Sequence[float]) -> Floats:
    """Return for each post how much speaks for it, beside the brand's other posts."""
    return np.asarray((seen - seen.mean(axis=0)) @ np.asarray(weights))


def degrees(speaks: Floats) -> Floats:
    """Return to which degree each post belongs, from 0 to 1."""
    return np.asarray(1 / (1 + np.exp(_part(speaks, BETWEEN) - speaks)))


def gather(posts: Sequence[Post], weights: Sequence[Sequence[float]] = WEIGHTS) -> list[int]:
    """Return which of a brand's posts, written within WITHIN, have one cause, by their places; none where nothing stands out.

    At most MOST are looked at together; of more nothing is said.
    """
    if not FEWEST <= len(posts) <= MOST:
        return []
    on = sheet(posts)
    speaks = weigh(first_look(on), weights[0])
    for more in weights[1:]:
        speaks = weigh(look(on, degrees(speaks)), more)
    seem = speaks > _part(speaks, BETWEEN)
    found = [int(place) for place in np.flatnonzero(speaks > _part(speaks, BELONGS))]
    if len(found) < LEAST:
        return []
    begin = min(posts[place].at for place in found) - BEFORE
    among, across = on.near[np.ix_(seem, seem)].sum(axis=1).mean(), on.near[np.ix_(seem, ~seem)].sum(axis=1).mean()
    dense = np.log((among + 1) / (across + 0.5)) > DENSE
    return found if dense and sum(post.at < begin for post in posts) >= EARLIER else []


def _part(speaks: Floats, share: float) -> float:
    """Return what lies at this share of the way from the usual post to the one that belongs: of all ways to part them the clearest."""
    ordered = np.sort(speaks)
    cuts = np.arange(4, len(ordered) - 3)
    sums = np.cumsum(ordered)
    below, above = sums[cuts - 1] / cuts, (sums[-1] - sums[cuts - 1]) / (len(ordered) - cuts)
    best = int(np.argmax(cuts * (len(ordered) - cuts) * (above - below) ** 2))
    return float(below[best] + share * (above[best] - below[best]))

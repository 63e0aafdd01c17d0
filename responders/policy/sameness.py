"""Says whether two people would get nearly the same words (N8); pure, and the same for a draft, an edit and an approval."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from responders.policy.reading import read

SHARED = 0.6
"""Texts that share so much of the shorter one's runs of four words are the same text to whoever reads both."""

LONGEST_READ = 600
"""So many words of a text are compared."""


def find_same(text: str, others: Sequence[str]) -> int | None:
    """Return the place of the first of `others` that is nearly the same text; None where this one is said to one person only."""
    if not others:
        return None
    own = _shingles(text)
    if len(own) < 8:
        plain = read(text).plain.strip()
        return next((place for place, other in enumerate(others) if len(own) >= 3 and read(other).plain.strip() == plain), None)
    for place, other in enumerate(others):
        if not len(text) * 0.5 <= len(other) <= len(text) * 2:
            continue
        known = _shingles(other)
        if len(own & known) >= SHARED * min(len(own), len(known)):
            return place
    return None


@lru_cache(maxsize=1024)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of four words of a text; numbers and greetings do not make texts differ."""
    words = [word.text if not word.text.isdigit() else "0" for word in read(text).words][:LONGEST_READ]
    return frozenset(tuple(words[place : place + 4]) for place in range(len(words) - 3))

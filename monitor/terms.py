"""Finds the words and phrases that are new in what is said now, against what was said before; pure, and linear in the texts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.text import words

MOST = 5
"""So many terms are named."""
LEAST_AUTHORS = 3
"""A term is one that at least so many different authors use."""
NEW = 3.0
"""A term is new where so many times the share of texts hold it that held it before."""
LONGEST = 60
"""Words of a text that are looked at."""

_EMPTY = frozenset(
    """
    a an and are as at be but by can de dat die dit een en er for from had has have he heb hebben heeft het hij i ik in is it je
    me met mijn my naar niet no not now nu of om on ook op or our over she so te than that the their there they this to uit van
    voor was we wel were what when which who will with wat wie zijn ze you your zo aan al als bij dan door geen https http www com
    rt via jullie u uw
    """.split()  # noqa: SIM905 a list of a hundred short words is easier to read so
)
"""Words that say nothing by themselves, for where there is no past to hold it against."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is new."""

    new: Sequence[tuple[str, int]]
    """Words and phrases with the number of texts that hold them, what tells most first."""
    share: float
    """The share of the texts that hold the first of them."""


def find_terms(now: Sequence[tuple[str, str]], before: Sequence[str], known: Sequence[str]) -> Terms:
    """Return what is new in `now`, (author, text) pairs, against the texts `before`; `known` terms of our own are no news."""
    ours = {word for term in known for word in words(term)}
    users: dict[str, set[str]] = {}
    texts: Counter[str] = Counter()
    for author, text in now:
        for term in _terms(text, ours):
            users.setdefault(term, set()).add(author)
            texts[term] += 1
    past: Counter[str] = Counter()
    candidates = {term for term, authors in users.items() if len(authors) >= LEAST_AUTHORS}
    for text in before:
        past.update(candidates & _terms(text, ours))
    scored = []
    for term in candidates:
        share, was = texts[term] / len(now), (past[term] + 0.5) / (len(before) + 1)
        if share >= NEW * was or not before:
            # A phrase tells more than its words.
            scored.append((texts[term] * math.log(max(share / was, 1.1)) * (1.3 if " " in term else 1.0), term))
    chosen: list[str] = []
    for _, term in sorted(scored, reverse=True):
        parts = set(term.split())
        if len(chosen) < MOST and not any(parts & set(other.split()) for other in chosen):
            chosen.append(term)
    share = texts[chosen[0]] / len(now) if chosen else 0.0
    return Terms([(term, texts[term]) for term in chosen], share)


def _terms(text: str, ours: set[str]) -> set[str]:
    found = [word for word in words(text)[:LONGEST] if word not in ours]
    telling = [word if len(word) > 2 and word not in _EMPTY and not word.isdigit() and "/" not in word else "" for word in found]
    single = {word for word in telling if word}
    return single | {f"{one} {two}" for one, two in pairwise(telling) if one and two}

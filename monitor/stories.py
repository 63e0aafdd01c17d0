"""Says whether two texts tell the same, and whether the second says anything new. It compares texts; what is remembered lives elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log
from operator import mul

from monitor.imprints import Imprint, stem_of

REMEMBERED = timedelta(days=7)
"""What is written so long after, or before, is another story."""

SAME = 0.7
"""From this chance on two texts tell the same story; chosen by cross-validation (docs/accuracy-stories.md)."""
TAUGHT_AMONG = 2
"""The chance was learned on pairs of which half tell the same, as at a brand with so many posts a week."""
BUSY_FROM = 100
"""From so many posts a week on, two texts must also share what few others hold, and mean the same."""
NEAR = 0.55
"""Where fewer are written, two texts whose places are so near each other need not be doubted for their number."""
MEANT = 0.5
"""Where many are written about a brand, two texts must also be as alike in meaning, where that can be told; chosen by reading
(docs/decisions/0017-stories.md)."""
RETOLD = 0.35
"""A text that holds at least this share of another's word pairs is made of it."""
SAID = 0.6
"""So is one of whose words this share was said before: a headline puts the same words in another order."""
LEAST, LEAST_RETOLD = 4, 5
"""Texts of fewer telling words are too short to tell the same story, or to repeat it: two people may well say "it does not open"."""
MOST_NEW = 8
"""So many words of comment may stand beside what is retold; who says more has something to say of their own."""


Meaning = Callable[[str, str], float]
"""Says how alike two texts are in meaning, from -1 to 1."""
Locate = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Gives each text its place among what people write: a direction (length 1), the nearer the more alike in meaning."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a text relates to an earlier one."""

    same: bool
    """Both tell the same story."""
    repeats: bool
    """And the later one tells nothing that the earlier did not."""
    p: float
    """The chance that they tell the same."""


_BIAS = -2.18
_WEIGHTS = (6.67, 2.78, -5.89, 3.66, 2.31, -1.69, -0.65, 0.83, 0.0, 2.26)
"""What each of `measures` counts for. Many shared word pairs with other names and numbers in them are a form that was filled in twice."""


_ENOUGH = log(SAME / (1 - SAME)) - _BIAS
"""What the measures must come to for SAME."""


def may_be_same(earlier: Imprint, later: Imprint) -> bool:
    """Say whether `compare` could find two texts to tell the same story; quick, for most of those that share a key do not."""
    fewest = min(len(earlier.stems), len(later.stems))
    if fewest < LEAST:
        return False
    if not earlier.facts.isdisjoint(later.facts):
        return True
    # Without a shared name or number only words can speak for it, and what speaks against it is left out here.
    shared = len(earlier.stems & later.stems)
    said = _WEIGHTS[0] * shared / fewest + _WEIGHTS[1] * shared / (len(earlier.stems) + len(later.stems) - shared)
    return said + _WEIGHTS[7] * min(len(earlier.long & later.long), 3) >= _ENOUGH - 1e-9


def is_usually_busy(written: Iterable[datetime], until: datetime, *, begun: bool) -> bool:
    """Say whether a brand is a busy one on its usual day, however much was written since it went wrong.

    `written` are the moments of its posts within REMEMBERED before `until`. The usual day is the middle one of those seven, of two the
    busier; of a brand that has `begun` within them, only its days since then are known.
    """
    day = timedelta(days=1)
    days = Counter((until - at) // day for at in written if timedelta(0) <= until - at < REMEMBERED)
    known = max(days, default=0) + 1 if begun else REMEMBERED // day
    return sorted(days[number] for number in range(known))[known // 2] * (REMEMBERED // day) > BUSY_FROM


def doubt_among(posts: int) -> float:
    """Return by how much two posts are less likely to tell the same story among so many about the brand within REMEMBERED.

    In log odds: each post has about as many that tell the same, and the more there are the more only look like it (Bayes). It counts twice,
    since of all those the likest are compared. Where many are written more is asked besides, and the doubt begins there
    (docs/decisions/0017-stories.md).
    """
    return 2 * log(posts / BUSY_FROM if posts > BUSY_FROM else max(posts / TAUGHT_AMONG, 1))


def compare(earlier: Imprint, later: Imprint, common: frozenset[str] = frozenset(), doubt: float = 0.0) -> Likeness:
    """Say how a text relates to an earlier one about the same brand, written within REMEMBERED of it.

    `common` are names, numbers and long words that many posts about the brand hold: that two texts share them says nothing. Neither this
    nor `doubt` counts where the later text is made of the earlier.
    """
    p = _chance(earlier, later, 0.0)
    if p < SAME or min(len(earlier.stems), len(later.stems)) < LEAST:
        return Likeness(False, False, p)
    if _tells_nothing(earlier, later):
        return Likeness(True, True, p)
    p = _chance(_without(common, earlier), _without(common, later), doubt)
    return Likeness(p >= SAME, False, p)


def _chance(earlier: Imprint, later: Imprint, doubt: float) -> float:
    return 1 / (1 + exp(doubt - _BIAS - sum(map(mul, _WEIGHTS, measures(earlier, later)))))


def _without(common: frozenset[str], imprint: Imprint) -> Imprint:
    if common.isdisjoint(imprint.facts) and common.isdisjoint(imprint.long):
        return imprint
    return Imprint(imprint.stems, imprint.long - common, imprint.pairs, imprint.facts - common, imprint.keys)


def measures(earlier: Imprint, later: Imprint) -> tuple[float, ...]:
    """Return what the chance is made of: shares of words and word pairs, shared names, numbers and long words, and their conflicts."""
    shared = earlier.stems & later.stems
    fewest = min(len(earlier.stems), len(later.stems)) or 1
    both = earlier.facts & later.facts
    first, second = earlier.facts - both, later.facts - both
    names = _names(both)
    other_names = float(bool(first and second) and _names(first) > 0 and _names(second) > 0)
    other_numbers = float(bool(first and second) and _has_number(first) and _has_number(second))
    return (
        len(shared) / fewest,
        len(shared) / (len(earlier.stems) + len(later.stems) - len(shared) or 1),
        len(earlier.pairs & later.pairs) / (min(len(earlier.pairs), len(later.pairs)) or 1),
        min(names, 2),
        min(len(both) - names, 2),
        other_names,
        other_numbers,
        min(len(earlier.long & later.long), 3),
        other_names * other_numbers,
        other_names * (names > 0),
    )


def _names(facts: frozenset[str]) -> int:
    return sum([not fact[0].isdigit() and not fact.startswith("day ") for fact in facts]) if facts else 0


def _has_number(facts: frozenset[str]) -> bool:
    return any(fact[0].isdigit() for fact in facts)


def _tells_nothing(earlier: Imprint, later: Imprint) -> bool:
    """Say whether the later text is made of the earlier one, with no name, number, cause or outcome that was not told yet."""
    new = later.stems - earlier.stems
    held = len(earlier.pairs & later.pairs) / (min(len(earlier.pairs), len(later.pairs)) or 1)
    same_words = len(earlier.stems & later.stems)
    if len(earlier.stems) < LEAST_RETOLD:
        return False
    retold = held >= RETOLD or (same_words >= 4 and same_words >= SAID * len(later.stems))
    return retold and not later.facts - earlier.facts and len(new) <= MOST_NEW and not new & NEWS


_NEWS = """
    omdat doordat vanwege oorzaak blijkt bleek bevestigt bevestigd ontkent opgelost hersteld verholpen excuses vergoedt vergoeding
    terugbetaald ontslagen aangehouden aangifte rechter boete schikking overleden gewond update inmiddels
    because cause caused due confirms confirmed denies solved fixed restored apologises apologizes apology refund refunded repaid fired
    arrested court fine fined settlement died injured hurt resigned cancelled
"""
NEWS = frozenset(map(stem_of, _NEWS.split()))
"""Words that bring a cause or an outcome: beside a text that is retold they are news."""


RULES: Mapping[str, Mapping[str, str]] = {
    "N8": {
        "nl": "dezelfde woorden als een ander, die het antwoord krijgt",
        "en": "the same words as another's, who gets the answer",
    },
    "K4": {
        "nl": "één oorzaak: één verklaring in plaats van losse antwoorden",
        "en": "one cause: one statement instead of answers one by one",
    },
}
"""Why a mention of a story gets no answer of its own, in plain words; the ids are those of docs/conduct.md."""

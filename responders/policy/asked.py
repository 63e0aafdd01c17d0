"""Holds a figure of a reply that no fact tells, with all that it may be reckoned from, and what its words allow for rounding."""

from __future__ import annotations

import re
from dataclasses import dataclass

from responders.policy.grammar import has
from responders.policy.measures import Measure
from responders.policy.stems import common

BY_POST = ""
"""The answer for a figure that the post's own figures give: it states nothing new, and needs no fact."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure of a reply that stands in no fact, with all that it may be reckoned from."""

    value: str
    plain: str
    """The sentence, and where in it the figure stands."""
    start: int
    end: int
    lead: str
    """What stands before it in the reply, over the sentence's own beginning."""
    sizes: tuple[tuple[str, float], ...]
    nouns: frozenset[str]
    keys: frozenset[str]
    """What the sentence is about; with the one before it where it says little."""
    wide: frozenset[str]
    """What both are about."""
    own: tuple[Measure, ...]
    """The other figures of the sentence."""
    just_said: tuple[Measure, ...]
    """The figures of the sentence before it."""
    said: frozenset[float]
    """How much the other figures of the reply tell, of whatever."""
    today: int | None
    """The day of the year on which the reply is judged, where that is known."""
    years: frozenset[int]
    """The years that it may be, as far as that is known."""
    whole: frozenset[str]
    """What the reply as a whole is about."""
    told: tuple[tuple[str, str, tuple[Measure, ...]], ...]
    """By fact id (BY_POST for the post): its text and what is measured there."""

    @property
    def before(self) -> str:
        """The words before the figure."""
        return self.plain[max(0, self.start - 40) : self.start]

    @property
    def after(self) -> str:
        """The words after it."""
        return self.plain[self.end : self.end + 40]

    def speaks_of(self, about: frozenset[str]) -> bool:
        """Say whether the sentence shares words with a sentence of the facts; one without words of its own leans on the one before."""
        return not self.keys or bool(common(self.keys, about))

    def tells_of_both(self, about: frozenset[str], other: frozenset[str]) -> bool:
        """Say whether the reply somewhere speaks of two sentences of facts or post."""
        return bool(common(self.whole, about)) and bool(common(self.whole, other))

    def tells_of_either(self, about: frozenset[str], other: frozenset[str]) -> bool:
        """Say whether the sentence, or the one before it, speaks of one of two sentences of facts or post."""
        return bool(common(self.wide, about | other))

    def speaks_of_both(self, about: frozenset[str], other: frozenset[str]) -> bool:
        """Say whether the sentence shares words with two sentences of facts or post, apart from each other."""
        return bool(common(self.keys, about)) and bool(common(self.keys, other))


MORE_THAN = (
    r"\b(?:ruim|meer dan|more than|over|upwards of|at least|minstens|minimaal|well over|just over|iets meer dan|zeker|dikke?|goed|"
    r"a good)\W+(?:the |de |een |a )?$"
)
LESS_THAN = (
    r"\b(?:bijna|haast|almost|nearly|close to|just under|fewer than|less than|minder dan|krap|kleine|tegen de|net geen|nog geen|"
    r"not even|not quite|under|onder de)\W+(?:the |de |een |a )?$"
)
_ABOUT = (
    r"\b(?:about|around|roughly|approximately|some|ongeveer|zo'n|circa|ca\.?|rond(?: de)?|plusminus|grofweg|zowat)\W+(?:the |de |een |a )?$"
)
_OR_SO = r"^\W+(?:\w+\W+)?(?:or so|or thereabouts|of zo|ongeveer)\b"
_HALF_A_DAY = (180, 390)
"""Minutes that are half a day to who works or waits, as twelve hours are."""
NEAR, NEAR_LENGTH = 0.055, 0.15
"""By how much a figure with "about" may differ: lengths are rounded to what people say, "ruim een half uur" for 35 minutes."""


_TO_COME = r"\b(?:will|shall|going to|zal|zullen|gaat|gaan)\b"
NEAR_WEEKS = 0.04
"""By how much weeks and months may differ that nobody counts by the day: 29 days are four weeks."""


def is_near(asked: Asked, unit: str, size: float, told: float) -> bool:
    """Say whether a size is a told one, rounded as its words say, or as one does who spells a round number out."""
    if abs(size - told) < 1e-6:
        return True
    if asked.value == "0.5 day" and _HALF_A_DAY[0] <= told <= _HALF_A_DAY[1]:
        return True
    if unit == "time":
        return _is_near_time(asked.before, size, told)
    if told <= 0 or abs(size - told) > told * (NEAR_LENGTH if unit in {"minutes", "months"} else NEAR):
        return False
    if asked.value.endswith((" week", " month")) and abs(size - told) <= NEAR_WEEKS * size and not has(_TO_COME, asked.before):
        return not has(MORE_THAN, asked.before) or size <= told
    if not _is_round(asked.value, unit, size, told):
        return False
    before = asked.before
    if has(MORE_THAN, before):
        return size <= told
    if has(LESS_THAN, before):
        return size >= told
    if unit in {"minutes", "months"} and ".5 " in asked.value and not asked.value.endswith(("hour", "minute")):
        return True  # "Anderhalve week" is ten days or eleven, whoever says it.
    said = asked.plain[asked.start : asked.end]
    spelled = not re.search(r"\d", said)
    return (
        has(_ABOUT, before)
        or " of " in said
        or has(_OR_SO, asked.after)
        or (unit == "count" and spelled and size >= 100 and size % 100 == 0)
    )


def _is_round(value: str, unit: str, size: float, told: float) -> bool:
    """Say whether a figure rounds a told one: it ends in 0 or 5, or the told one is no whole number of its unit ("bijna 3 weken")."""
    count = re.match(r"\d+(?:\.\d+)?(?= )", value)
    number = float(count[0]) if unit in {"minutes", "months"} and count else size
    whole = told / size * number
    return number % 5 == 0 or abs(whole - round(whole)) > 1e-6


_AFTER = r"\b(?:after|past|na|over|gone)\W+$"
_BEFORE = r"\b(?:before|to|voor)\W+$"
NEAR_MINUTES = 20


def _is_near_time(before: str, size: float, told: float) -> bool:
    """Say whether a time of day is told, but for "around", "just after" or "even voor" it."""
    if not has(_HARDLY, before) or abs(told - size) > NEAR_MINUTES:
        return False
    return told > size if has(_AFTER, before) else told < size if has(_BEFORE, before) else True


_HARDLY = (
    r"\b(?:(?:shortly|just|soon|a little|a bit|kort|even|net|iets|vlak) (?:after|before|past|na|voor|over)|around|about|rond|omstreeks|"
    r"tegen|towards|ongeveer(?: om)?|roughly(?: at)?)\W+$"
)

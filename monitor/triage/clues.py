"""How a family of clues is written down: the words of a meaning, what must stand together, and phrases. How they are read: reader.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """The words that may have one meaning; `fire*`, `*gif` and `*leak*` stand for a beginning, an end and a middle."""

    both: tuple[str, ...]
    """Words of both languages."""
    en: tuple[str, ...]
    nl: tuple[str, ...]


Words = Mapping[str, Meaning]


def meaning(both: str = "", en: str = "", nl: str = "") -> Meaning:
    """Write the words of a meaning as plain text."""
    return Meaning(tuple(both.split()), tuple(en.split()), tuple(nl.split()))


@dataclass(frozen=True, slots=True)
class Near:
    """Meanings that must stand within `within` words of one another, in any order."""

    needs: tuple[str, ...]
    within: int
    unless: tuple[str, ...]
    strength: float | None


def near(needs: str, within: int, *, unless: str = "", strength: float | None = None) -> Near:
    """Say that a word of each meaning in `needs` must stand together, and none of `unless` in that stretch or two words around it."""
    return Near(tuple(needs.split()), within, tuple(unless.split()), strength)


@dataclass(frozen=True, slots=True)
class Family:
    """One way in which a rule shows in a text."""

    name: str
    rule: str
    """Empty where it only turns other clues round."""
    about: str
    """What was seen, ending the sentence "it looks like …"."""
    strength: float
    """How strongly it shows, by judgement: from 0.5 on the rule is taken to apply."""
    together: tuple[Near, ...] = ()
    english: str = ""
    """A phrase a line: words, `a|b` for either, `fire*`, `<meaning>`, `..3` for up to three words between, `word?` for an optional one."""
    dutch: str = ""


@dataclass(frozen=True, slots=True)
class Clue:
    """That a family shows in a text."""

    family: Family
    strength: float
    words: str
    """The folded words it was seen in: letters, digits, apostrophes and asterisks only."""


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that applies to a text."""

    rule: str
    strength: float
    """How strongly, from 0 to 1; by judgement, not calibrated."""
    about: str = ""
    """What was seen, ending the sentence "it looks like …"."""
    words: str = ""
    """The words it was seen in, folded."""

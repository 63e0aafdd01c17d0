"""Words the parts of a reply and fits them to the network's limit; which parts there are is decided elsewhere."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.domain import Fact
from responders.drafters.phrases import ANY, BRIEF, STATEMENTS, Phrase, Phrases
from responders.drafters.vocabulary import vocabulary
from responders.limits import Limit

RANKS: Mapping[str, int] = {
    "concern": 1, "cause": 2, "known": 3, "extra source": 4, "more": 5, "repeat": 6, "private": 7, "ask": 8,
}  # fmt: skip
"""Parts that may go, those with the highest number first; all others are what makes the answer honest, and stay."""

FULL, NAMED, BARE, LEAST = "complaint", "named complaint", "bare complaint", "least complaint"
"""Values that hold the complaint: both complaints; one with its circumstances; what it is about alone; the fewest words of all."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a reply: its name in the phrase file, for which situation, with which values."""

    part: str
    situation: str = ANY
    values: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    """What this part states or promises."""
    rank: int = 0
    """0: stays; else its place in RANKS."""
    only_with: str = ""
    """The id of the fact without which this part makes no sense, such as its source."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A reply's text, and the facts that stand in it."""

    text: str
    facts: tuple[Fact, ...]


class Wording:
    """Words parts in one language, form of address and number, choosing among variants by a seed."""

    def __init__(self, phrases: Phrases, base: Mapping[str, str], seed: str, *, formal: bool, plural: bool) -> None:
        self.phrases = phrases
        self.base = base
        self.seed = seed
        self.formal = formal
        self.plural = plural

    def pick(self, part: str, count: int) -> int:
        """Return a number below `count` that is always the same for this mention and part."""
        return zlib.crc32(f"{self.seed}:{part}".encode()) % count

    def can(self, step: Step) -> bool:
        """Say whether some wording of the part has all its blanks filled."""
        known = step.values.keys() | self.base.keys()
        return any(phrase.needed <= known for phrase in self.phrases.variants(step.part, step.situation))

    def variants(self, step: Step, complaint: str = FULL) -> Iterator[str]:
        """Yield every wording of a part that has its blanks filled, the one that the seed asks for first."""
        values = {**self.base, **step.values}
        if FULL in values:
            values[FULL] = values[complaint]
        values |= {f"{name} after colon": self._soft(values[name]) for name in STATEMENTS if name in values}
        every = self.phrases.variants(step.part, step.situation)
        usable = [phrase for phrase in every if phrase.needed <= values.keys()] or list(every)
        if not usable:
            return
        first = self.pick(step.part, len(usable))
        for phrase in (*usable[first:], *usable[:first]):
            yield self._fill(phrase, values, optional=complaint not in {BARE, LEAST})

    def shortest(self, step: Step, complaint: str = BARE) -> str:
        """Return the shortest wording of a part; of equally short ones that which the seed asks for."""
        return min(self.variants(step, complaint), key=len, default="")

    def _soft(self, text: str) -> str:
        """Return a sentence with its first word small, where that is surely no name."""
        first, known = text.partition(" ")[0], vocabulary(self.phrases.language)
        small = first.lower() in known.sentence_starts or (first[1:].islower() and first.lower() in known.nouns)
        return text[:1].lower() + text[1:] if small else text

    def _fill(self, phrase: Phrase, values: Mapping[str, str], *, optional: bool) -> str:
        return phrase.fill(values, formal=self.formal, plural=self.plural, optional=optional)


def fit(steps: Sequence[Step], wording: Wording, limit: Limit, *, shortest: bool = False) -> Fitted | None:
    """Return the parts as one text within `limit`, or None where what must be said does not fit.

    It begins with what must be said in the shortest wording, and takes in more as long as that fits: the complaint's circumstances, the
    parts that may go (the lowest rank first), and then for each part the wording that this mention's seed asks for.
    """

    def fits(texts: Sequence[str]) -> bool:
        text = _join(texts)
        return limit.characters is None or (len(text) <= limit.characters * 4 and limit.count(text) <= limit.characters)

    texts = ["" if step.rank else wording.shortest(step) for step in steps]
    if not fits(texts):
        texts = next((brief for brief in _briefer(steps, texts, wording) if fits(brief)), [])
        return _fitted(steps, texts) if texts else None

    def take(at: int, text: str) -> bool:
        changed = [*texts[:at], text, *texts[at + 1 :]]
        if fits(changed):
            texts[at] = text
            return True
        return False

    for at, step in enumerate(steps):
        if not step.rank and FULL in step.values:
            take(at, wording.shortest(step, NAMED))
    if not shortest:
        for at in sorted((at for at, step in enumerate(steps) if step.rank), key=lambda at: steps[at].rank):
            if not steps[at].only_with or any(steps[at].only_with == fact.id for fact in _stated(steps, texts)):
                take(at, wording.shortest(steps[at]))
        start = wording.pick("order", len(steps))
        for at in (*range(start, len(steps)), *range(start)):  # Each reply gets its room for wording at another place.
            if texts[at]:
                tiers = (FULL, NAMED) if FULL in steps[at].values else (FULL,)
                any(take(at, text) for tier in tiers for text in wording.variants(steps[at], tier))
    return _fitted(steps, texts)


def _briefer(steps: Sequence[Step], texts: Sequence[str], wording: Wording) -> Iterator[list[str]]:
    """Give shorter and shorter texts: general wording, the complaint named by a fact alone, facts without their last sentences."""
    yield [wording.shortest(step, LEAST) if texts[at] else "" for at, step in enumerate(steps)]
    brief = list(texts)
    if any(step.facts and texts[at] and step.part in _STATING for at, step in enumerate(steps)):
        for parts, situation in ((_GENERAL, ANY), (_NAMING, BRIEF)):
            for at, step in enumerate(steps):
                if texts[at] and step.part in parts:
                    brief[at] = min(brief[at], wording.shortest(replace(step, situation=situation)) or brief[at], key=len)
            yield list(brief)
    for at, step in enumerate(steps):
        for name in ("fact", "repair"):
            sentences = re.split(r"(?<=[.!?]) (?=[A-Z0-9€$£])", step.values.get(name, ""))
            for keep in range(len(sentences) - 1, 0, -1):
                cut = wording.shortest(replace(step, values={**step.values, name: " ".join(sentences[:keep])}))
                yield [*texts[:at], cut, *texts[at + 1 :]]
                yield [*brief[:at], cut, *brief[at + 1 :]]


_NAMING = frozenset({"regret", "sympathy", "noted"})
_GENERAL = frozenset({"ownership", "next_step", "invitation"})
_STATING = frozenset({"cause", "repair", "inform", "known", "answer"})


def _stated(steps: Sequence[Step], texts: Sequence[str]) -> Iterator[Fact]:
    for step, text in zip(steps, texts, strict=True):
        if text:
            yield from step.facts


def _fitted(steps: Sequence[Step], texts: Sequence[str]) -> Fitted:
    return Fitted(_join(texts), tuple({fact.id: fact for fact in _stated(steps, texts)}.values()))


def _join(texts: Sequence[str]) -> str:
    return " ".join(text for text in texts if text)

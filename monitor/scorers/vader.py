"""Scores English exactly as vaderSentiment does, in time linear in the text; other languages get an honest "do not know".

The library owns the word list, the emoji names and every constant; its own code needs quadratic time on hostile texts (a word list is
rebuilt for each word of feeling), so its rules are followed here over one pass of words. The tests hold both to the same last digit.

Hutto, C.J. & Gilbert, E.E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text. ICWSM-14.
"""

from __future__ import annotations

import math
import string
from collections.abc import Sequence
from heapq import heappop, heappush
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple

from monitor.domain import Label, Sentiment

if TYPE_CHECKING:
    from monitor.settings import Settings

THRESHOLD = 0.05
"""From this compound on a text is positive, from its opposite on negative: the authors' own advice."""

NO_WORDS_CONFIDENCE = 0.2
"""Confidence where no word of the text is in the list: the language is known, the text is not."""
MIXED_CONFIDENCE = 0.4
"""Confidence where words of feeling cancel one another out."""
REASONS = 3

MOST_TOKENS = 20_000
"""Different words that are remembered at once."""
LONGEST_TOKEN = 40
"""Characters of a word that is worth remembering."""

_CHANGING = frozenset(("no", "or", "nor", "so", "this", "never", "without", "doubt", "least", "very"))
"""Words that the rules for negation name."""
_UNKNOWN = "no scorer here knows the language"


class Polarity(NamedTuple):
    """What vaderSentiment calls polarity scores, and what each word of feeling weighed in the end."""

    compound: float
    pos: float
    neu: float
    neg: float
    weights: tuple[tuple[str, float], ...]


class _Tokens(dict[str, tuple[str, str, float | None, bool, bool]]):
    """What is known of each token as it is written: stripped, lower case, weight in the list, in capitals, changes its neighbours."""

    def __init__(self, lexicon: dict[str, float], boosters: dict[str, float], changing: set[str]) -> None:
        super().__init__()
        self._lexicon, self._boosters, self._changing = lexicon, boosters, changing

    def __missing__(self, token: str) -> tuple[str, str, float | None, bool, bool]:
        word = stripped if len(stripped := token.strip(string.punctuation)) > 2 else token
        lower = word.lower()
        weight = None if lower in self._boosters else self._lexicon.get(lower)
        known = (word, lower, weight, word.isupper(), lower in self._changing or "n't" in lower)
        if len(token) <= LONGEST_TOKEN:
            self[token] = known
        return known


class VaderScorer:
    """Scores English; `confidence` is an order, not a chance: |compound|, and never above what few or mixed words deserve."""

    name = "vader"
    languages = frozenset({"en"})

    def __init__(self, analyzer: Any) -> None:
        """Take the library's SentimentIntensityAnalyzer, whose word list and emoji names are used."""
        from vaderSentiment.vaderSentiment import BOOSTER_DICT, C_INCR, N_SCALAR, NEGATE, SPECIAL_CASES  # noqa: PLC0415 — imported only when used

        self.version = version("vaderSentiment")
        self._lexicon: dict[str, float] = analyzer.lexicon
        self._emoji: dict[str, str] = analyzer.emojis
        self._boosters: dict[str, float] = BOOSTER_DICT
        self._idioms: dict[str, float] = SPECIAL_CASES
        self._negations = frozenset(NEGATE)
        self._capitals: float = C_INCR
        self._flip: float = N_SCALAR
        phrases = [phrase.split() for phrase in (*SPECIAL_CASES, *BOOSTER_DICT)]
        # Of each phrase its longest word is enough: where the phrase stands, so does that word.
        changing = {max(phrase, key=len) for phrase in phrases} | self._negations | _CHANGING
        self._read = _Tokens(self._lexicon, self._boosters, changing)

    @classmethod
    def from_settings(cls, settings: Settings | None) -> VaderScorer:  # noqa: ARG003 — it needs none
        """Read the word list that comes with the library."""
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415

        return cls(SentimentIntensityAnalyzer())

    def score(self, mentions: Sequence[tuple[str, str]]) -> Sequence[Sentiment]:
        """Score `(text, language)` pairs, same length and order out."""
        return [self._sentiment(text, language) for text, language in mentions]

    def _sentiment(self, text: str, language: str) -> Sentiment:
        if language not in self.languages:
            reason = f"{_UNKNOWN} {language}" if language else "the language of the text is not known"
            return Sentiment(Label.NEUTRAL, 0.0, 0.0, self.name, self.version, language, (reason,))
        polarity = self.polarity(text)
        score = polarity.compound
        label = Label.POSITIVE if score >= THRESHOLD else Label.NEGATIVE if score <= -THRESHOLD else Label.NEUTRAL
        unsure = MIXED_CONFIDENCE if polarity.weights else NO_WORDS_CONFIDENCE
        confidence = unsure if label is Label.NEUTRAL else abs(score)
        heaviest = sorted(polarity.weights, key=lambda weighed: -abs(weighed[1]))[:REASONS]
        reasons = tuple(f"{word} {weight:+.1f}" for word, weight in heaviest) or ("no word of the text is in the list",)
        return Sentiment(label, score, confidence, self.name, self.version, language, reasons)

    def polarity(self, text: str) -> Polarity:
        """Return exactly what the library's `polarity_scores` returns for `text`."""
        if not text.isascii() and not self._emoji.keys().isdisjoint(text):
            text = self._name_emoji(text)
        text = text.strip()
        read = self._read
        seen = list(map(read.__getitem__, text.split()))
        if not seen:
            return Polarity(0.0, 0.0, 0.0, 0.0, ())
        if len(read) > MOST_TOKENS:
            read.clear()
        places = [place for place, word in enumerate(seen) if word[2] is not None]
        weights: dict[int, float] = {}
        if places:
            words, lower, values, capitals, loud = map(list, zip(*seen, strict=True))
            if "kind" in lower:
                places = [place for place in places if lower[place] != "kind" or lower[place + 1 : place + 2] != ["of"]]
            mixed_capitals = 0 < sum(capitals) < len(words)
            for place in places:
                if True in loud[max(place - 3, 0) : place + 3]:
                    weights[place] = self._weigh(words, lower, place, mixed_capitals)
                    continue
                weight = values[place]
                if mixed_capitals and capitals[place]:
                    weight += self._capitals if weight > 0 else -self._capitals
                weights[place] = weight
            if "but" in lower:
                _turn(weights, lower.index("but"))
            return _total(text, len(seen), [(lower[place], weights[place]) for place in places])
        return Polarity(0.0, 0.0, 1.0, 0.0, ())

    def _name_emoji(self, text: str) -> str:
        names = self._emoji
        pieces: list[str] = []
        spaced = True
        for character in text:
            named = names.get(character)
            if named is None:
                pieces.append(character)
                spaced = character == " "
            else:
                pieces.append(named if spaced else " " + named)
                spaced = False
        return "".join(pieces)

    def _weigh(self, words: list[str], lower: list[str], place: int, mixed_capitals: bool) -> float:
        """Return what the word at `place` weighs, after the words around it have had their say."""
        lexicon = self._lexicon
        weight = lexicon[lower[place]]
        before = [lower[place - back] if place >= back else "" for back in (1, 2, 3)]
        if lower[place] == "no" and place + 1 < len(lower) and lower[place + 1] in lexicon:
            weight = 0.0
        if before[0] == "no" or before[1] == "no" or (before[2] == "no" and before[0] in {"or", "nor"}):
            weight = lexicon[lower[place]] * self._flip
        if mixed_capitals and words[place].isupper():
            weight += self._capitals if weight > 0 else -self._capitals
        for back in range(min(place, 3)):
            if before[back] in lexicon:
                continue
            boost = self._boost(words[place - back - 1], before[back], weight, mixed_capitals)
            weight += boost * (1.0, 0.95, 0.9)[back]
            weight = self._negate(weight, before, back)
            if back == 2:
                weight = self._idiom(weight, lower, place)
        if before[0] == "least" and "least" not in lexicon and (place < 2 or before[1] not in {"at", "very"}):
            weight *= self._flip
        return weight

    def _boost(self, word: str, lower: str, weight: float, mixed_capitals: bool) -> float:
        boost = self._boosters.get(lower)
        if boost is None:
            return 0.0
        if weight < 0:
            boost *= -1
        if mixed_capitals and word.isupper():
            boost += self._capitals if weight > 0 else -self._capitals
        return boost

    def _negate(self, weight: float, before: list[str], back: int) -> float:
        if back == 1:
            if before[1] == "never" and before[0] in {"so", "this"}:
                return weight * 1.25
            if before[1] == "without" and before[0] == "doubt":
                return weight
        if back == 2:
            # The library's "and" binds closer than its "or": "so" or "this" right before the word is enough.
            if (before[2] == "never" and before[1] in {"so", "this"}) or before[0] in {"so", "this"}:
                return weight * 1.25
            if before[2] == "without" and "doubt" in before[:2]:
                return weight
        return weight * self._flip if before[back] in self._negations or "n't" in before[back] else weight

    def _idiom(self, weight: float, lower: list[str], place: int) -> float:
        third, second, first, word = lower[place - 3 : place + 1]
        earlier = (f"{third} {second} {first}", f"{third} {second}", f"{second} {first}")
        for phrase in (f"{first} {word}", f"{second} {first} {word}", earlier[2], earlier[0], earlier[1]):
            if phrase in self._idioms:
                weight = self._idioms[phrase]
                break
        after = lower[place + 1 : place + 3]
        for size in range(1, len(after) + 1):
            weight = self._idioms.get(" ".join((word, *after[:size])), weight)
        for phrase in earlier:
            if phrase in self._boosters:
                weight += self._boosters[phrase]
        return weight


def _turn(weights: dict[int, float], but: int) -> None:
    """Halve what stands before "but" and raise what stands after it, as the library does.

    The library looks each weight up by its value and so changes the first word that weighs the same. Heaps of places by value find
    that word without walking through the text for each.
    """
    places: dict[float, list[int]] = {}
    for place, weight in weights.items():
        if weight:
            heappush(places.setdefault(weight, []), place)
    for place in sorted(weights):
        weight = weights[place]
        if not weight or (first := places[weight][0]) == but:
            continue
        heappop(places[weight])
        weights[first] = weight * (0.5 if first < but else 1.5)
        heappush(places.setdefault(weights[first], []), first)


def _total(text: str, count: int, weights: list[tuple[str, float]]) -> Polarity:
    felt = [weight for _word, weight in weights]
    marks = min(text.count("!"), 4) * 0.292
    questions = text.count("?")
    if questions > 1:
        marks += questions * 0.18 if questions <= 3 else 0.96
    total = float(sum(felt))
    if total > 0:
        total += marks
    elif total < 0:
        total -= marks
    compound = total / math.sqrt((total * total) + 15)
    pos = neg = 0.0
    neutral = count - len(felt)
    for weight in felt:
        if weight > 0:
            pos += weight + 1
        elif weight < 0:
            neg += weight - 1
        else:
            neutral += 1
    if pos > math.fabs(neg):
        pos += marks
    elif pos < math.fabs(neg):
        neg -= marks
    whole = pos + math.fabs(neg) + neutral
    return Polarity(
        round(max(-1.0, min(1.0, compound)), 4),
        round(math.fabs(pos / whole), 3),
        round(math.fabs(neutral / whole), 3),
        round(math.fabs(neg / whole), 3),
        tuple(weights),
    )

"""Says whether a text that holds a brand's term is about the brand, or about the ordinary word; pure.

| id | what was seen                                                            | about us |
| -- | ------------------------------------------------------------------------ | -------- |
| A1 | the term stands as names are written: a handle, a capital, no article    | yes      |
| A2 | it is spoken of as people speak of such a company                        | yes      |
| A3 | the term stands as the ordinary word does: an article, a small letter    | no       |
| A4 | it is about something else: nature, sport, another name                  | no       |
| A5 | an excluded word stands in it, or none of the terms                      | no       |
| A6 | people said of texts like it that they are not about us                  | no       |

The rule names what weighed most. Nothing is thrown away for it: what is not about us is kept, with rule and chance.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import mul
from pathlib import Path

from monitor.relevance.form import places, read, without
from monitor.relevance.subject import Subject, features, prepare
from monitor.text import fold

BY_CLICKS = "A6"
"""The rule that stands where people's clicks put a mention aside."""

__all__ = ["BY_CLICKS", "RULES", "WIDTH", "Encode", "Relevance", "Subject", "prepare", "sight", "weigh", "weigh_many"]

Encode = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Returns the sentence vector (WIDTH numbers) of each text; handed in by whoever has an encoder."""

WIDTH = 512
DOUBT = (0.01, 0.99)
"""Where words alone are this sure, no vector is asked for."""
SURELY_NOT = 0.01

RULES: Mapping[str, Mapping[str, str]] = {
    "A1": {"nl": "onze naam staat er zoals namen staan", "en": "our name stands in it as names do"},
    "A2": {"nl": "er wordt over gesproken als over zo'n bedrijf", "en": "it is spoken of as people speak of such a company"},
    "A3": {"nl": "het woord staat er als gewoon woord", "en": "the word stands in it as an ordinary word"},
    "A4": {"nl": "het gaat over iets anders", "en": "it is about something else"},
    "A5": {
        "nl": "er staat een uitgesloten woord in, of geen van onze woorden",
        "en": "an excluded word stands in it, or none of our terms",
    },
    "A6": {
        "nl": "uw mensen zeiden van zulke berichten dat ze niet over ons gaan",
        "en": "your people said of such texts that they are not about us",
    },
}
"""The rules in plain words, by language."""

CONTEXT = frozenset(
    {"ours", "ours though a word", "own words", "served", "theirs", "theirs only", "nothing", "like us", "like the word", "like customers"}
)
"""Features that say what the text is about; the others say how the term stands in it."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether a text is about the brand, how likely that is, and what weighed most."""

    about: bool
    p: float
    """The chance that it is about the brand."""
    rule: str
    why: str
    """What was seen, for a person."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature weighs; made by training/train_relevance.py."""

    threshold: float
    bias: float
    of: Mapping[str, float]
    head: tuple[float, ...] = ()
    """The direction in which vectors of customers' talk lie."""


def _weights() -> tuple[Weights, Weights]:
    kept = json.loads((Path(__file__).parent / "weights" / "about.json").read_text("utf-8"))
    words, vectors = (
        Weights(one["threshold"], one["bias"], one["of"], tuple(one.get("head", ()))) for one in (kept["words"], kept["vectors"])
    )
    return words, vectors


WORDS_ONLY, WITH_VECTORS = _weights()
UNDESCRIBED = replace(WORDS_ONLY, threshold=0.7)
"""For a brand without a description every kind of company's words count, so more of them are asked for."""


def weigh(subject: Subject, text: str, encode: Encode | None = None) -> Relevance:
    """Say whether one text is about the brand."""
    return weigh_many(subject, [text], encode)[0]


def weigh_many(subject: Subject, texts: Sequence[str], encode: Encode | None = None) -> list[Relevance]:
    """Say of each text whether it is about the brand; only those that words leave undecided go through the encoder, all at once."""
    seen = [_look(subject, text) for text in texts]
    weights = WORDS_ONLY if subject.description else UNDESCRIBED
    found = [one if isinstance(one, Relevance) else _best(one.places, weights) for one in seen]
    if encode is None or not subject.description:
        return found
    left = [(index, one) for index, one in enumerate(seen) if isinstance(one, _Sighting) and DOUBT[0] < found[index].p < DOUBT[1]]
    vectors = encode([one.rest for _index, one in left]) if left else ()
    for (index, one), vector in zip(left, vectors, strict=True):
        more = {**_likenesses(subject, vector, encode), "like customers": sum(map(mul, vector, WITH_VECTORS.head))}
        found[index] = _best([{**place, **more} for place in one.places], WITH_VECTORS)
    return found


def sight(subject: Subject, text: str, encode: Encode) -> tuple[Sequence[Mapping[str, float]], Sequence[float]]:
    """Return the features of each place of a term, and the vector of what stands around it: what training learns from."""
    one = _look(subject, text)
    if isinstance(one, Relevance):
        raise TypeError(f"{one.why}: {text[:100]}")
    [vector] = encode([one.rest])
    more = _likenesses(subject, vector, encode)
    return [{**place, **more} for place in one.places], vector


@dataclass(frozen=True, slots=True)
class _Sighting:
    """What words show of a text: the features of each place of a term, and the passage around them without the terms."""

    places: tuple[Mapping[str, float], ...]
    rest: str


def _look(subject: Subject, text: str) -> Relevance | _Sighting:
    tokens = read(text)
    stands = places(tokens, subject.terms)
    if not stands:
        return Relevance(False, SURELY_NOT, "A5", "none of the terms stands in it")
    if not any(tokens[start].shown[0] == "@" for start, _stop in stands):
        folded = fold(text) if subject.exclude else ""
        for pattern in subject.exclude:
            if excluded := pattern.search(folded):
                return Relevance(False, SURELY_NOT, "A5", f"“{excluded[0]}” stands in it")
    return _Sighting(tuple(features(subject, tokens, stand) for stand in stands), without(text, tokens, stands))


def _judge(seen: Mapping[str, float], weights: Weights) -> Relevance:
    """Weigh what was seen; the rule is the one that pulled hardest towards the answer."""
    form = context = 0.0
    for name, value in seen.items():
        pull = weights.of.get(name, 0.0) * value
        if name in CONTEXT:
            context += pull
        else:
            form += pull
    p = 1 / (1 + math.exp(-max(-30.0, min(30.0, form + context + weights.bias))))
    about = p >= weights.threshold
    rule = ("A1" if form >= context else "A2") if about else ("A3" if form <= context else "A4")
    return Relevance(about, round(p, 3), rule, RULES[rule]["en"])


def _best(seen: Sequence[Mapping[str, float]], weights: Weights) -> Relevance:
    """Return the judgement of the place that is likeliest to be about the brand: one is enough."""
    return max((_judge(place, weights) for place in seen), key=lambda one: one.p)


def _likenesses(subject: Subject, vector: Sequence[float], encode: Encode) -> Mapping[str, float]:
    own, *words = _own_vectors(subject, encode)
    return {"like us": _likeness(vector, own), "like the word": max(_likeness(vector, word) for word in words)}


@lru_cache(maxsize=256)
def _own_vectors(subject: Subject, encode: Encode) -> list[Sequence[float]]:
    """Return the vectors of the description and of each term by itself."""
    return list(encode([subject.description, *(" ".join(words) for words in subject.terms)]))


def _likeness(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the cosine of two vectors, five times as large so that it weighs like the other features."""
    sizes = math.sqrt(sum(map(mul, one, one)) * sum(map(mul, other, other)))
    return 5 * sum(map(mul, one, other)) / sizes if sizes else 0.0

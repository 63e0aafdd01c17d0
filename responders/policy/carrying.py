"""Says how likely the facts and the post carry a sentence that says it in other words; learned from cases that were written for it.

The rules compare words, and honest people use others: "we forgot" for "staff forgot", "at no charge" for "free". What the rules bind to
nothing is held against the facts once more: how near the sentence lies to each in meaning, which of its words have a near one in facts or
post, which figures stand nowhere, and whether it says done, to come, not or always where no fact does. Made by training/train_carrying.py.
Figures are not judged here: a number that stands in no fact stays one. Where the encoder is missing nothing is carried.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from monitor.scorers.vectors import PACKAGE, load_carrier
from responders.policy.context import Context, fact_texts
from responders.policy.grammar import pattern
from responders.policy.quantities import values
from responders.policy.reading import Sentence, listed, read
from responders.policy.stems import common, meanings_of_text
from responders.policy.tenor import Kept, encode, limit

Floats = NDArray[np.float32]

LOOSE = 0.5
"""Cosine below which a word has no near one among the words of facts and post."""
OF_POST = 0.95
"""What nearness to a word of the post counts, of nearness to one of a fact."""
_MANNERS = (
    r"\b(?:already|just|has been|have been|have|was|were|did|inmiddels|net|al|alweer|zojuist|ge\w{3,}(?:d|t|en)|\w+ed)\b|'ve\b",
    r"\b(?:will|going to|shall|tomorrow|by|zal|zullen|gaat|gaan|morgen|straks|krijgt|krijg|komt|uiterlijk)\b|'ll\b",
    r"\b(?:not|no|never|none|nobody|nothing|without|niet|geen|nooit|niemand|niets|zonder|nergens)\b|n't\b",
    r"\b(?:all|every|always|everyone|nobody|never|only|alle|elke|altijd|iedereen|niemand|nooit|alleen|overal|nergens)\b",
)
"""Done, to come, not, and always or all."""
_EMPTY = listed("""
    de het een en of maar dat die dit deze is zijn was waren wordt werd heeft hebben had ik we wij u je jij jullie uw jouw ons onze mij me
    er hier daar aan in op van voor met bij naar om te tot uit door over als dan ook nog al niet geen wel zo dus want hoe wat wie waar
    the a an and or but that this these those are were be been has have i you your our us my it its he she they them there here at on for
    by to from then also not no so do does did will would can could it's that's we're i'm we'll you'll
""")


_KEPT = Kept()


@dataclass(frozen=True, slots=True)
class Told:
    """What a reply is held against: the facts one by one, and the post."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    vectors: Floats
    """A line for each fact, then one for the post and one for all facts together."""
    words: Floats
    """A line for each word of the facts that says something."""
    words_of_post: Floats
    meanings: tuple[frozenset[str], frozenset[str]]
    """Of the facts, and of facts and post."""
    values: frozenset[str]


@lru_cache(maxsize=8)
def told(context: Context) -> Told | None:
    """Return what the reply is held against, or None where there is no fact."""
    texts = {fact.id: " ".join(fact_texts(fact)) for fact in context.usable}
    if not texts:
        return None
    post = context.post.text
    plain = [read(text).plain for text in texts.values()]
    facts: frozenset[str] = frozenset().union(*(meanings_of_text(text, context.language) for text in plain))
    return Told(
        tuple(texts),
        tuple(plain),
        _KEPT.of([*texts.values(), post, " ".join(texts.values())], encode),
        _words(" ".join(texts.values())),
        _words(post),
        (facts, facts | meanings_of_text(context.post.plain, context.language)),
        values(" ".join(plain)) | values(context.post.plain),
    )


@lru_cache(maxsize=20_000)
def _word(word: str) -> Floats:
    found = load_carrier().words(word)
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-6), dtype=np.float32)


def _words(text: str) -> Floats:
    """Return a line of length one for each word that says something."""
    found = [_word(word.text) for word in read(text).words if word.text not in _EMPTY]
    return np.stack(found) if found else np.empty((0, 0), dtype=np.float32)


def seen(context: Context, sentence: Sentence, known: Told, *, bound: bool) -> tuple[int, Floats, Floats]:
    """Return the nearest fact's place, what is measured of a sentence, and its vector beside those of that fact and of the post.

    `bound` says whether the rules bound all that it states, or found that it states nothing.
    """
    vector = _KEPT.of([sentence.cased], encode)[0]
    near = known.vectors @ vector
    facts = near[:-2]
    nearest = int(facts.argmax())
    ordered = np.sort(facts)[::-1]
    own = meanings_of_text(sentence.text, context.language)
    of_facts, of_both = (len(common(own, one)) for one in known.meanings)
    words = _words(sentence.text)
    figures = values(sentence.text)
    said = [pattern(manner).search(sentence.text) is not None for manner in _MANNERS]
    there = [pattern(manner).search(known.texts[nearest]) is not None for manner in _MANNERS]
    anywhere = [any(pattern(manner).search(text) for text in known.texts) for manner in _MANNERS]
    measured = [
        *(ordered[0], ordered[min(1, len(ordered) - 1)], near[-2], near[-1]),
        *(of_facts / max(1, len(own)), of_both / max(1, len(own)), len(own) - of_both, of_facts),
        *_aligned(words, known),
        *said,
        *(here and not one for here, one in zip(said, there, strict=True)),
        *(here and not one for here, one in zip(said, anywhere, strict=True)),
        said[2] != there[2],
        not bound,
        *(len(figures), len(figures - known.values), len(words), np.sqrt(len(words)), sentence.asks),
    ]
    fact, post = known.vectors[nearest], known.vectors[-2]
    beside = np.concatenate([np.abs(vector - fact), vector * fact, vector * post, vector])
    return nearest, np.array(measured, dtype=np.float32), beside.astype(np.float32)


def _aligned(words: Floats, known: Told) -> list[float]:
    """Return how near the words of a sentence come to those of facts and post: on average, at worst, and how many have none."""
    if not len(words) or not len(known.words):
        return [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]
    to_facts = (words @ known.words.T).max(axis=1)
    to_both = np.maximum(to_facts, (words @ known.words_of_post.T).max(axis=1) * OF_POST) if len(known.words_of_post) else to_facts
    worst = np.sort(to_both)
    loose, unfound = to_both < LOOSE, to_facts < LOOSE
    return [
        *(float(one) for one in (to_facts.mean(), to_both.mean(), worst[0], worst[:2].mean(), worst[:3].mean())),
        *(float(one) for one in (loose.sum(), loose.mean(), unfound.mean())),
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Carrying:
    """What was learned: how the measures and the vectors are weighed."""

    middle: Floats
    axes: Floats
    measured_middle: Floats
    measured_scale: Floats
    weights: Floats
    """Of the axes, then of what is measured, then what is added."""
    bound: float
    """The chance from which on a sentence counts as carried."""

    @classmethod
    def read(cls, path: Path) -> Carrying:
        """Read a file as training/train_carrying.py writes it."""
        with np.load(path, allow_pickle=False) as stored:
            rows = {name: stored[name].astype(np.float32) for name in ("middle", "axes", "measured_middle", "measured_scale", "weights")}
            return cls(**rows, bound=float(stored["bound"]))

    def chance(self, measured: Floats, beside: Floats) -> float:
        """Return how likely facts and post carry what was seen."""
        row = np.concatenate([(beside - self.middle) @ self.axes, (measured - self.measured_middle) / self.measured_scale, [1.0]])
        return float(1 / (1 + np.exp(-(row @ self.weights))))


@cache
def load_carrying() -> Carrying | None:
    """Return what weighs sentences against facts, once for the whole process, or None where the encoder is not installed."""
    if find_spec(PACKAGE) is None:
        return None
    with as_file(files("responders.policy").joinpath("weights/carrying.npz")) as own:
        return Carrying.read(own)


def carried_by(context: Context, sentence: Sentence) -> str | None:
    """Return the fact that most likely carries a sentence in which the rules bound something to nothing, or None where none does."""
    carrying = load_carrying()
    known = told(context) if carrying is not None else None
    if carrying is None or known is None:
        return None
    with limit()():
        nearest, measured, beside = seen(context, sentence, known, bound=False)
        return known.ids[nearest] if carrying.chance(measured, beside) >= carrying.bound else None

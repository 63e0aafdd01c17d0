"""Says how likely the facts and the post carry a sentence that says it in other words; learned from cases that were written for it.

The rules compare words, and honest people use others: "we forgot" for "staff forgot", "at no charge" for "free". What the rules bind to
nothing is held against the facts once more: how near the sentence lies to each in meaning, which of its words have a near one in facts or
post, which figures stand nowhere, and whether it says done, to come, not or always where no fact does. Made by training/train_carrying.py.
Figures are not judged here: a number that stands in no fact stays one. Where the encoder is missing nothing is carried.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from monitor.domain import Fact
from monitor.scorers.vectors import OWN, PACKAGE, load_carrier, one_core
from responders.policy.context import Context, fact_texts
from responders.policy.grammar import pattern
from responders.policy.quantities import values
from responders.policy.reading import Sentence, listed, read
from responders.policy.stems import common, meanings_of_text

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


limit = cache(one_core)
"""Keeps numpy to one thread; finding out how takes longer than reading a sentence, so once for the whole process."""


def encode(texts: Sequence[str]) -> Floats:
    """Return the encoder's sentence vector of each text, of length one."""
    carrier = load_carrier()
    with limit()():
        seen = carrier.vectors([carrier.pieces(text) for text in texts])[:, -OWN:]
    return np.asarray(seen / np.maximum(np.linalg.norm(seen, axis=1, keepdims=True), 1e-6), dtype=np.float32)


class Kept:
    """Vectors of what is held against each other again and again, such as facts; it holds no text, and the oldest goes first."""

    def __init__(self, most: int = 1024, work_out: Callable[[Sequence[str]], Floats] = encode) -> None:
        self._most, self._work_out = most, work_out
        self._found: dict[bytes, Floats] = {}
        self._lock = Lock()

    def of(self, texts: Sequence[str]) -> Floats:
        """Return a line for each text, working out together what is not kept."""
        keys = [blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        with self._lock:
            known = {key: self._found[key] for key in keys if key in self._found}
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if fresh:
            known.update(zip(fresh, self._work_out(list(fresh.values())), strict=True))
            with self._lock:
                self._found.update((key, known[key]) for key in fresh)
                for key in list(self._found)[: -self._most]:
                    del self._found[key]
        return np.stack([known[key] for key in keys])

    def __len__(self) -> int:
        return len(self._found)


_KEPT = Kept()


@dataclass(frozen=True, slots=True)
class Told:
    """What a reply is held against: the facts one by one, and the post."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    vectors: Floats
    """A line for each fact."""
    words: Floats
    """A line for each word of the facts that says something."""
    words_of_post: Floats
    meanings: tuple[frozenset[str], frozenset[str]]
    """Of the facts, and of facts and post."""
    values: frozenset[str]


def _text_of(fact: Fact) -> str:
    return " ".join(fact_texts(fact))


def told(context: Context) -> Told:
    """Return what the reply is held against; there must be a fact."""
    ids = tuple(fact.id for fact in context.usable)
    return _told(ids, tuple(_text_of(fact) for fact in context.usable), context.post.text, context.language)


@lru_cache(maxsize=16)
def _told(ids: tuple[str, ...], texts: tuple[str, ...], post: str, language: str) -> Told:
    plain = [read(text).plain for text in texts]
    facts: frozenset[str] = frozenset().union(*(meanings_of_text(text, language) for text in plain))
    return Told(
        ids,
        tuple(plain),
        _KEPT.of(texts),
        _words(" ".join(texts)),
        _words(post),
        (facts, facts | meanings_of_text(read(post).plain, language)),
        values(" ".join(plain)) | values(read(post).plain),
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
    """Return the nearest fact's place, what is measured of a sentence, and its vector beside that of the fact.

    `bound` says whether the rules bound all that it states, or found that it states nothing.
    """
    vector = _KEPT.of([sentence.cased])[0]
    facts = known.vectors @ vector
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
        *(ordered[0], ordered[min(1, len(ordered) - 1)]),
        *(of_facts / max(1, len(own)), of_both / max(1, len(own)), len(own) - of_both, of_facts),
        *_aligned(words, known),
        *said,
        *(here and not one for here, one in zip(said, there, strict=True)),
        *(here and not one for here, one in zip(said, anywhere, strict=True)),
        said[2] != there[2],
        not bound,
        *(len(figures), len(figures - known.values), len(words), np.sqrt(len(words)), sentence.asks),
    ]
    fact = known.vectors[nearest]
    beside = np.concatenate([np.abs(vector - fact), vector * fact, vector])
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


def carried_by(context: Context, sentences: Sequence[Sentence]) -> list[str | None]:
    """Return for each sentence in which the rules bound something to nothing the fact that carries it after all, or None."""
    carrying = load_carrying()
    if carrying is None or not context.usable:
        return [None for _ in sentences]
    # Together, for the encoder reads ten texts in the time of three.
    _KEPT.of([*(_text_of(fact) for fact in context.usable), *(sentence.cased for sentence in sentences)])
    known = told(context)
    found: list[str | None] = []
    for sentence in sentences:
        nearest, measured, beside = seen(context, sentence, known, bound=False)
        found.append(known.ids[nearest] if carrying.chance(measured, beside) >= carrying.bound else None)
    return found

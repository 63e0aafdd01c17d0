"""Says how likely the facts and the post carry a sentence that says it in other words; learned from cases that were written for it.

The rules compare words, and honest people use others: "we forgot" for "staff forgot", "at no charge" for "free". What the rules bind to
nothing is held against the facts once more: piece by piece (aligning.py), and as a whole: how near it lies to each fact in meaning, which
figures stand nowhere, whether it says done, to come, not or always where no fact does, and what the rules made of it. Made by
training/train_carrying.py. Figures are not judged here: a number that stands in no fact stays one. Where the encoder is missing nothing is
carried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
from monitor.scorers.use import PACKAGE
from monitor.scorers.vectors import load_carrier, one_core
from responders.policy.aligning import Aligning, Pieces, shelve
from responders.policy.context import Context, fact_texts
from responders.policy.grammar import pattern
from responders.policy.quantities import values
from responders.policy.reading import Sentence, read
from responders.policy.stems import common, meanings_of_text

Floats = NDArray[np.float32]

_MANNERS = (
    r"\b(?:already|just|has been|have been|have|was|were|did|inmiddels|net|al|alweer|zojuist|ge\w{3,}(?:d|t|en)|\w+ed)\b|'ve\b",
    r"\b(?:will|going to|shall|tomorrow|by|zal|zullen|gaat|gaan|morgen|straks|krijgt|krijg|komt|uiterlijk)\b|'ll\b",
    r"\b(?:not|no|never|none|nobody|nothing|without|niet|geen|nooit|niemand|niets|zonder|nergens)\b|n't\b",
    r"\b(?:all|every|always|everyone|nobody|never|only|alle|elke|altijd|iedereen|niemand|nooit|alleen|overal|nergens)\b",
)
"""Done, to come, not, and always or all."""
KINDS = ("figure", "day", "link", "checked", "done", "promise", "cause", "assurance", "statement")
"""Of claims; how many of each the rules bound, and left unbound, is told up to two."""
Claimed = tuple[str, bool]
"""A claim's kind, and whether the rules bound it."""


limit = cache(one_core)
"""Keeps numpy to one thread; finding out how takes longer than reading a sentence, so once for the whole process."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the encoder makes of a text: its vector of length one, its pieces' numbers, and what it says of each (pieces × PLACE)."""

    vector: Floats
    numbers: NDArray[np.int64]
    states: Floats


def readings(texts: Sequence[str]) -> list[Reading]:
    """Return what the encoder makes of each text; together, for it reads ten in the time of three."""
    carrier = load_carrier()
    rows = carrier.pieces(texts)
    with limit()():
        found = carrier.read(rows) if rows else []
    return [
        Reading(vector / max(float(np.linalg.norm(vector)), 1e-6), np.array(row[1:-1], dtype=np.int64), states)
        for row, (vector, states) in zip(rows, found, strict=True)
    ]


def encode(texts: Sequence[str]) -> Floats:
    """Return the encoder's sentence vector of each text, of length one."""
    return np.stack([one.vector for one in readings(texts)])


def key_of(text: str) -> bytes:
    """Return by what a text is kept: nobody can read it back."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A text as it is held against others: its vector of length one, and its pieces."""

    vector: Floats
    pieces: Pieces


class Kept:
    """What is held against each other again and again, such as facts; it keeps numbers and no text, and the oldest goes first."""

    def __init__(self, work_out: Callable[[Sequence[str]], Sequence[Held]], most: int = 1024) -> None:
        self._most, self._work_out = most, work_out
        self._found: dict[bytes, Held] = {}
        self._lock = Lock()

    def of(self, texts: Sequence[str]) -> list[Held]:
        """Return each text as it is held, working out together what is not kept."""
        keys = [key_of(text) for text in texts]
        with self._lock:
            known = {key: self._found[key] for key in keys if key in self._found}
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if fresh:
            known.update(zip(fresh, self._work_out(list(fresh.values())), strict=True))
            with self._lock:
                self._found.update((key, known[key]) for key in fresh)
                for key in list(self._found)[: -self._most]:
                    del self._found[key]
        return [known[key] for key in keys]

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True, slots=True)
class Told:
    """What a reply is held against, as its words tell: the facts one by one, and the post."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    plain: tuple[str, ...]
    post: str
    meanings: tuple[frozenset[str], frozenset[str]]
    """Of the facts, and of facts and post."""
    values: frozenset[str]


def told(context: Context) -> Told:
    """Return what the reply is held against; there must be a fact."""
    ids = tuple(fact.id for fact in context.usable)
    return _told(ids, tuple(_text_of(fact) for fact in context.usable), context.post.text, context.language)


def _text_of(fact: Fact) -> str:
    return " ".join(fact_texts(fact))


@lru_cache(maxsize=16)
def _told(ids: tuple[str, ...], texts: tuple[str, ...], post: str, language: str) -> Told:
    plain = tuple(read(text).plain for text in texts)
    facts: frozenset[str] = frozenset().union(*(meanings_of_text(text, language) for text in plain))
    return Told(
        ids,
        texts,
        plain,
        post,
        (facts, facts | meanings_of_text(read(post).plain, language)),
        values(" ".join(plain)) | values(read(post).plain),
    )


def measured(language: str, sentence: Sentence, known: Told, near: Floats, claims: Iterable[Claimed]) -> list[float]:
    """Return what is measured of a sentence as a whole, `near` being how near it lies to each fact in meaning."""
    nearest = int(np.argmax(near))
    ordered = np.sort(near)[::-1]
    own = meanings_of_text(sentence.text, language)
    of_facts, of_both = (len(common(own, one)) for one in known.meanings)
    words, figures = len(read(sentence.text).words), values(sentence.text)
    said = [pattern(manner).search(sentence.text) is not None for manner in _MANNERS]
    there = [pattern(manner).search(known.plain[nearest]) is not None for manner in _MANNERS]
    anywhere = [any(pattern(manner).search(text) for text in known.plain) for manner in _MANNERS]
    counted = [*claims]
    return [
        *(float(ordered[0]), float(ordered[min(1, len(ordered) - 1)])),
        *(of_facts / max(1, len(own)), of_both / max(1, len(own)), len(own) - of_both, of_facts),
        *said,
        *(here and not one for here, one in zip(said, there, strict=True)),
        *(here and not one for here, one in zip(said, anywhere, strict=True)),
        said[2] != there[2],
        *(len(figures), len(figures - known.values), words, words**0.5, sentence.asks),
        *(min(2, counted.count((kind, bound))) for bound in (False, True) for kind in KINDS),
        *(len(counted), all(bound for _kind, bound in counted)),
    ]


@dataclass(frozen=True, slots=True, eq=False)
class Carrying:
    """What was learned: how pieces are held against each other, and how the measures of the whole are weighed beside them."""

    middle: Floats
    axes: Floats
    measured_middle: Floats
    measured_scale: Floats
    aligning: Aligning
    kept: Kept

    @classmethod
    def read(cls, path: Path) -> Carrying:
        """Read a file as training/train_carrying.py writes it."""
        with np.load(path, allow_pickle=False) as stored:
            rows = {name: stored[name].astype(np.float32) for name in stored.files}
        aligning = Aligning(rows)
        kept = Kept(lambda texts: [held(one, aligning) for one in readings(texts)])
        return cls(rows["middle"], rows["axes"], rows["measured_middle"], rows["measured_scale"], aligning, kept)

    def chance(self, language: str, sentence: Sentence, known: Told, claims: Iterable[Claimed]) -> tuple[str, float]:
        """Return the fact nearest to a sentence, and how likely facts and post carry it; `claims` are what the rules found in it."""
        own, post, *facts = self.kept.of([sentence.cased, known.post, *known.texts])
        near = np.stack([fact.vector for fact in facts]) @ own.vector
        fact = facts[int(np.argmax(near))].vector
        beside = (np.concatenate([np.abs(own.vector - fact), own.vector * fact, own.vector]) - self.middle) @ self.axes
        whole = (np.array(measured(language, sentence, known, near, claims)) - self.measured_middle) / self.measured_scale
        shelf = shelve([one.pieces for one in facts], post.pieces)
        return known.ids[int(np.argmax(near))], self.aligning.chance(own.pieces, shelf, np.concatenate([whole, beside]).astype(np.float32))


def held(reading: Reading, aligning: Aligning) -> Held:
    """Return a text that was read as it is held against others."""
    return Held(reading.vector, Pieces(reading.numbers, aligning.lines(reading.states)))


@cache
def load_carrying() -> Carrying | None:
    """Return what weighs sentences against facts, once for the whole process, or None where the encoder is not installed."""
    if find_spec(PACKAGE) is None:
        return None
    with as_file(files("responders.policy").joinpath("weights/carrying.npz")) as own:
        return Carrying.read(own)


def carried_by(context: Context, sentences: Sequence[tuple[Sentence, Sequence[Claimed]]]) -> list[tuple[str | None, float]]:
    """Return for each sentence, of which the claims are given, the fact nearest to it, and the chance that facts and post carry it."""
    carrying = load_carrying()
    if carrying is None or not context.usable or not sentences:
        return [(None, 0.0) for _ in sentences]
    known = told(context)
    with limit()():
        carrying.kept.of([known.post, *known.texts, *(sentence.cased for sentence, _claims in sentences)])
        return [carrying.chance(context.language, sentence, known, claims) for sentence, claims in sentences]

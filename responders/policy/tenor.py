"""Says which rule a sentence sounds like a breach of, from sentences of our own that break rules and others that do not.

A list of phrases finds what it foresees; new blame, jokes, mottos and pressure are worded anew each time. What is weighed are words, short
runs of them and of letters, signs and figures, each by a hash. Made by training/train_sentences.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

KINDS = ("N2", "N8", "N9", "N10", "N12")
"""The rules of which a sentence may be a breach; the others need the facts, or were heard well enough."""
BITS = 15
MASK = (1 << BITS) - 1
LETTERS = (4, 5)
KNOWN_BITS = 17
"""Of the hash of a word that honest answers use."""
MOST = 80
"""Words of a sentence that are read."""

Floats = NDArray[np.float32]
_NO_LEEWAY = (0.0,) * len(KINDS)


_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[!?.:]+|\d+|[^\w\s,;()\"'-]")


@lru_cache(maxsize=16_384)
def _of_word(word: str) -> tuple[int, ...]:
    """Return the rows on which a word and the runs of its letters fall; people say the same words again and again."""
    bounded = f"_{word[:40]}_"
    letters = [f"#{bounded[begin : begin + size]}" for size in LETTERS for begin in range(len(bounded) - size + 1)]
    return tuple(_row(run) for run in (word, *(letters if len(word) > 3 else ())))


def _row(run: str) -> int:
    return crc32(run.encode("utf-8", "replace")) & MASK


def runs(text: str) -> list[int]:
    """Return the rows of the table on which a sentence's words, their letters, pairs and triples fall; figures all read alike."""
    words = ["<", *("0" if word[0].isdigit() else word for word in _WORDS.findall(text.lower())[:MOST]), ">"]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    triples = [f"{pair} {word}" for pair, word in zip(pairs, words[2:], strict=False)]
    found = {row for word in words for row in _of_word(word)}
    return sorted(found.union(map(_row, pairs), map(_row, triples)))


def place(word: str) -> int:
    """Return where it is kept whether honest answers use a word."""
    return crc32(word.encode("utf-8", "replace")) & ((1 << KNOWN_BITS) - 1)


def odds(table: Floats, text: str) -> list[float]:
    """Return the odds of each kind for a text, by a table of weights whose last row is added to every text."""
    rows = runs(text)
    found: list[float] = (table[rows].sum(axis=0) / np.sqrt(max(len(rows), 1)) + table[-1]).tolist()
    return found


@dataclass(frozen=True, eq=False)
class Tenor:
    """What was learned: the weights of runs, and from where on a person is told."""

    table: Floats
    """Rows × kinds; the last row is what is added to every sentence."""
    bounds: tuple[float, ...]
    """Of each kind, the odds that few honest sentences reach."""
    known: NDArray[np.bool_]
    """By its place, whether more than one honest sentence uses a word."""

    @classmethod
    def read(cls, path: Path) -> Tenor:
        """Read a file as training/train_sentences.py writes it."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                stored["table"].astype(np.float32) * stored["scale"],
                tuple(stored["bounds"].tolist()),
                np.unpackbits(stored["known"]).astype(np.bool_),
            )

    def is_strange(self, word: str) -> bool:
        """Say whether honest answers do not use a word, unless the post or a fact does."""
        return not self.known[place(word)]

    def likeliest(self, text: str, leeway: Sequence[float] = ()) -> str | None:
        """Return the rule of which a sentence sounds most like a breach, or None where it sounds like none; `leeway` lowers the bounds."""
        told = zip(odds(self.table, text), self.bounds, leeway or _NO_LEEWAY, strict=True)
        above = [one - bound + less for one, bound, less in told]
        best = max(range(len(KINDS)), key=above.__getitem__)
        return KINDS[best] if above[best] >= 0 else None


@cache
def load_tenor() -> Tenor:
    """Return what reads sentences, once for the whole process."""
    with as_file(files("responders.policy").joinpath("weights/tenor.npz")) as own:
        return Tenor.read(own)


@lru_cache(maxsize=4096)
def sounds_like(text: str, leeway: tuple[float, ...] = ()) -> str | None:
    """Return the rule of which a sentence of a reply sounds like a breach; an answer says much again that others said."""
    return load_tenor().likeliest(text, leeway)

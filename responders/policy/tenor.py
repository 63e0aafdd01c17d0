"""Says which rule a sentence sounds like a breach of, from sentences of our own that break rules and others that do not.

A list of phrases finds what it foresees; new blame, jokes, mottos and pressure are worded anew each time. Two readers answer: weights of
hashed runs of words, which are cheap, and for what they find at all doubtful the sentence encoder that scores feelings, by what labelled
sentences lie near. Made by training/train_sentences.py; where the encoder is missing nobody answers, and the other rules stand alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from monitor.scorers import grams
from monitor.scorers.vectors import OWN, PACKAGE, load_carrier, one_core

KINDS = ("N2", "N8", "N9", "N10", "N12", "N14")
"""The rules of which a sentence may be a breach. Those of regret (N1) and denial (N3) hear enough by themselves, and need the facts."""
BITS = 15
REMEMBERED = 4096
"""Texts whose numbers are kept."""

Floats = NDArray[np.float32]


def runs(text: str) -> list[int]:
    """Return the rows of the table on which a sentence's words, runs of them, signs and figures fall."""
    signs = [ord(char) for char in text[:400] if not char.isascii() and unicodedata.category(char) == "So"]
    figures = [1] if any(char.isdigit() for char in text[:400]) else []
    return sorted({row & ((1 << BITS) - 1) for row in (*grams.rows(text), *signs, *figures)})


limit = cache(one_core)
"""Keeps numpy to one thread; finding out how takes longer than reading a sentence, so once for the whole process."""


def encode(texts: Sequence[str]) -> Floats:
    """Return the encoder's sentence vector of each text, of length one."""
    carrier = load_carrier()
    with limit()():
        seen = carrier.vectors([carrier.pieces(text) for text in texts])[:, -OWN:]
    return np.asarray(seen / np.maximum(np.linalg.norm(seen, axis=1, keepdims=True), 1e-6), dtype=np.float32)


class Kept:
    """What was worked out for texts that are read again and again; it holds no text, and the oldest goes first."""

    def __init__(self) -> None:
        self._found: dict[bytes, Floats] = {}
        self._lock = Lock()

    def of(self, texts: Sequence[str], work_out: Callable[[Sequence[str]], Floats]) -> Floats:
        """Return a line for each text, working out together what is not kept."""
        keys = [blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        with self._lock:
            known = {key: self._found[key] for key in keys if key in self._found}
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if fresh:
            known.update(zip(fresh, work_out(list(fresh.values())), strict=True))
            with self._lock:
                self._found.update((key, known[key]) for key in fresh)
                for key in list(self._found)[:-REMEMBERED]:
                    del self._found[key]
        return np.stack([known[key] for key in keys]) if keys else np.empty((0, 0), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True, eq=False)
class Tenor:
    """What was learned: weights of runs, labelled sentences as points with what each says, and how the two are weighed."""

    table: Floats
    """Rows × kinds; the last row is what is added to every sentence."""
    middle: Floats
    axes: Floats
    points: Floats
    says: Floats
    reach: float
    mix: Floats
    """For each kind: the weight of the runs, of the points, and what is added."""
    gates: Floats
    """How much the runs must say of a kind before the encoder is asked."""
    bounds: dict[str, float]
    """The chance of each rule from which on a person is told; few honest sentences reach it."""
    squares: Floats
    """Of each point, the square of its distance from the middle."""
    known: Kept = field(default_factory=Kept)

    @classmethod
    def read(cls, path: Path) -> Tenor:
        """Read a file as training/train_sentences.py writes it."""
        with np.load(path, allow_pickle=False) as stored:
            points = stored["points"].astype(np.float32) * stored["points_scale"]
            return cls(
                stored["table"].astype(np.float32) * stored["table_scale"],
                stored["middle"].astype(np.float32),
                stored["axes"].astype(np.float32),
                points,
                stored["says"].astype(np.float32) * stored["says_scale"],
                float(stored["reach"]),
                stored["mix"].astype(np.float32),
                stored["gates"].astype(np.float32),
                dict(zip(KINDS, stored["bounds"].tolist(), strict=True)),
                (points**2).sum(axis=1),
            )

    def by_runs(self, texts: Sequence[str]) -> Floats:
        """Return what the runs say of each kind, a line for each text."""
        found = np.empty((len(texts), len(KINDS)), np.float32)
        for place, text in enumerate(texts):
            rows = runs(text)
            found[place] = self.table[rows].sum(axis=0) / np.sqrt(max(len(rows), 1)) + self.table[-1]
        return found

    def by_points(self, vectors: Floats) -> Floats:
        """Return what the labelled sentences say of each kind, a line for each vector."""
        places = (vectors - self.middle) @ self.axes
        apart = (places**2).sum(axis=1)[:, None] + self.squares[None] - 2 * places @ self.points.T
        return np.asarray(np.exp(-self.reach * np.maximum(apart, 0)) @ self.says, dtype=np.float32)

    def chances(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """Return for each text how likely it is of each kind, in the order of KINDS; 0 where the runs saw nothing doubtful."""
        with limit()():
            return [tuple(row) for row in self.known.of(texts, self._read).tolist()]

    def _read(self, texts: Sequence[str]) -> Floats:
        said = self.by_runs(texts)
        doubtful = np.nonzero((said >= self.gates).any(axis=1))[0]
        found = np.zeros_like(said)
        if len(doubtful):
            near = self.by_points(encode([texts[int(place)] for place in doubtful]))
            found[doubtful] = 1 / (1 + np.exp(-(said[doubtful] * self.mix[:, 0] + near * self.mix[:, 1] + self.mix[:, 2])))
        return found


@cache
def load_tenor() -> Tenor | None:
    """Return what reads sentences, once for the whole process, or None where the encoder is not installed."""
    if find_spec(PACKAGE) is None:
        return None
    with as_file(files("responders.policy").joinpath("weights/tenor.npz")) as own:
        return Tenor.read(own)

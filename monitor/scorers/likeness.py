"""Says how like the kinds of posts that we labelled a text is, from what both encoders make of it; triage weighs that with its rules.

A word of danger is often meant otherwise, and a danger often told without such a word. What a text lies next to, among 9,300
posts of our own whose kind is known, tells more than one direction in the encoders' space does. A small net over the same place and the
text's form errs on other texts, and so does what turned.py reads, so all three are heard. Made by training/train_triage.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from monitor.scorers.e5 import E5
from monitor.scorers.model import load_second
from monitor.scorers.turned import Turned, load_turned
from monitor.scorers.vectors import OWN, Floats, load_carrier, one_core
from monitor.scorers.wording import plain_wording, unaimed
from monitor.stories import Locate
from monitor.triage import Liken
from monitor.triage.form import form

TOGETHER = 256
MOST_SEEN = 2_000
"""Texts whose numbers are kept, 5 kB each."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Posts as points, what each of them says of the classes so that all that were learned from are answered, and the net."""

    middle: Floats
    axes: Floats
    """What turns the encoders' numbers, less their middle, into a point."""
    points: Floats
    says: Floats
    offsets: Floats
    reach: float
    """How fast a point's say falls with the square of its distance."""
    inner: Floats
    """The net: a weight for each axis and each number of the form, for each hidden unit …"""
    inner_bias: Floats
    outer: Floats
    """… and for each hidden unit, for each class but T12 as a whole."""
    outer_bias: Floats

    @classmethod
    def read(cls, path: Path) -> Likeness:
        """Read a file as training/train_triage.py writes it."""
        with np.load(path, allow_pickle=False) as stored:
            points = stored["points"].astype(np.float32) * stored["points_scale"]
            axes = stored["axes"].astype(np.float32)
            net = [stored[name].astype(np.float32) for name in ("inner", "inner_bias", "outer", "outer_bias")]
            return cls(stored["middle"], axes, points, stored["says"].astype(np.float32), stored["offsets"], float(stored["reach"]), *net)

    def directions(self, seen: Floats) -> Floats:
        """Return in which direction from the middle each line of `seen` lies (length 1).

        What posts differ in most, such as their mood, counts no more than what they seldom differ in.
        """
        spread = self.points.var(axis=0)
        found = ((seen - self.middle) @ self.axes - self.points.mean(axis=0)) / np.sqrt(spread + spread.mean())
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def answers(self, seen: Floats) -> Floats:
        """Return an answer for each class, a line for each line of `seen`."""
        places = (seen - self.middle) @ self.axes
        apart = (places**2).sum(axis=1)[:, None] + (self.points**2).sum(axis=1)[None] - 2 * places @ self.points.T
        return np.asarray(np.exp(-self.reach * np.maximum(apart, 0)) @ self.says + self.offsets, dtype=np.float32)

    def chances(self, seen: Floats, forms: Floats) -> Floats:
        """Return the logarithm of each class's chance as the net has it, a line for each line of `seen` and of the texts' forms."""
        places = (seen - self.middle) @ self.axes
        hidden = np.maximum(np.concatenate([places, forms], axis=1) @ self.inner + self.inner_bias, 0)
        values = hidden @ self.outer + self.outer_bias
        values -= values.max(axis=1, keepdims=True)
        return np.asarray(values - np.log(np.exp(values).sum(axis=1, keepdims=True)), dtype=np.float32)


class Seer:
    """Turns texts into the numbers that likeness is measured on."""

    def __init__(self, second: E5, turned: Turned) -> None:
        """Take the second encoder, and what was learned for it; the first is loaded once for the whole process."""
        self._carrier = load_carrier()
        self._second = second
        self._turned = turned
        self._width = OWN + 2 * second.shape.width
        self._one_core = one_core()
        self._kept: dict[str, NDArray[np.float32]] = {}
        self._lock = Lock()

    def see(self, texts: Sequence[str]) -> Floats:
        """Return a line for each text: the first encoder's sentence vector, then mean and strongest of the second's pieces."""
        return self.see_and_read(texts)[0]

    def see_and_read(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        """Return the same, and what the turned layers say of each class, in logarithms of its chance.

        The last MOST_SEEN are kept: whoever asks for a text's place and then for its kind pays once.
        """
        with self._lock:
            found = {text: self._kept[text] for text in texts if text in self._kept}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        for begin in range(0, len(missing), TOGETHER):
            those = missing[begin : begin + TOGETHER]
            found.update(zip(those, self._look(those), strict=True))
        with self._lock:
            self._kept.update((text, found[text]) for text in missing)
            for text in list(islice(self._kept, max(0, len(self._kept) - MOST_SEEN))):
                del self._kept[text]
        lines = np.stack([found[text] for text in texts]) if texts else np.empty((0, self._width + len(self._turned.classes)), np.float32)
        return lines[:, : self._width], lines[:, self._width :]

    def _look(self, texts: Sequence[str]) -> Floats:
        with self._one_core():
            those = [unaimed(plain_wording(text)) for text in texts]
            first = self._carrier.vectors(self._carrier.pieces(those))[:, -OWN:]
            second, upper = self._second.both(self._second.rows(those), self._turned.upper)
            return np.concatenate([first, second, self._turned.chances(upper)], axis=1)


@cache
def load_seer() -> Seer | None:
    """Return what sees texts, or None where the second encoder is not installed."""
    second = load_second()
    return Seer(second, load_turned(second)) if second is not None else None


@cache
def load_points() -> Likeness:
    """Return the posts that were learned from."""
    with as_file(files("monitor.scorers").joinpath("weights/likeness.npz")) as own:
        return Likeness.read(own)


@cache
def load_likeness() -> Liken | None:
    """Return what answers how like each class a text is, or None where an encoder is missing."""
    seer = load_seer()
    if seer is None:
        return None
    likeness = load_points()

    def liken(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return the answers for each text, by likeness, then by the net, then by the turned layers."""
        if not texts:
            return []
        seen, read = seer.see_and_read(texts)
        forms = np.array([form(text) for text in texts], np.float32)
        found: list[list[float]] = np.concatenate([likeness.answers(seen), likeness.chances(seen, forms), read], axis=1).tolist()
        return found

    return liken


@cache
def load_places() -> Locate | None:
    """Return what gives each text its place among what people write, or None where an encoder is missing."""
    seer = load_seer()
    if seer is None:
        return None
    likeness = load_points()

    def locate(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return the direction of each text."""
        found: list[Sequence[float]] = list(likeness.directions(seer.see(texts)))
        return found

    return locate

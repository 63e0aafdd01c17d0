"""Says of what kind a text is by the second encoder's upper layers as they were turned to triage; heard beside likeness.

Likeness asks what a text lies next to among what the encoders see anyway; here they see what tells the kinds apart.
Made by training/train_turned.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from monitor.scorers.e5 import E5, Layer
from monitor.scorers.model import log_chances, unpacked
from monitor.scorers.vectors import Floats

PLACE = "weights/turned.npz"


@dataclass(frozen=True, slots=True)
class Turned:
    """The upper layers, and a head on mean and strongest of the pieces after them."""

    classes: tuple[str, ...]
    upper: Sequence[Layer]
    head: Floats
    bias: Floats

    @classmethod
    def read(cls, path: Path, encoder: E5) -> Turned:
        """Read a file as training/train_turned.py writes it."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        names = [name.removesuffix(".thin") for name in arrays if name.endswith(".thin")]
        upper = encoder.upper({name: (unpacked(arrays, f"{name}.thin"), unpacked(arrays, f"{name}.wide")) for name in names})
        return cls(tuple(arrays["classes"].tolist()), upper, arrays["head"].astype(np.float32), arrays["bias"])

    def chances(self, vectors: Floats) -> Floats:
        """Return the logarithm of each class's chance, a line for each line of vectors."""
        return log_chances(vectors @ self.head + self.bias)


@cache
def load_turned(encoder: E5) -> Turned:
    """Return what was learned for this encoder."""
    with as_file(files("monitor.scorers").joinpath(PLACE)) as own:
        return Turned.read(own, encoder)

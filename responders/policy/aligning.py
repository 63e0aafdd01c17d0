"""Holds each piece of a sentence against the pieces of facts and post that it is likest to, and says what that makes of the whole.

A small network over the encoder's reading of each piece: it looks up, for every piece of the sentence, what facts and post say there,
compares the two, and adds up what was found. It learned from cases that were written for it (training/train_carrying.py).

Parikh, A. et al. (2016). A Decomposable Attention Model for Natural Language Inference. arXiv:1606.01933.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

OF_SENTENCE, OF_TOLD = 48, 220
"""Pieces of a sentence, and of facts and post together, that are looked at."""
TOGETHER = 8
"""What the product of two lines is multiplied by, so that it weighs as much as their difference."""
PAIRED = 4
"""How many numbers say of a piece how it lies: the nearest, whether it stands there, how much is found in the post, how sharply."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """A text's pieces: their numbers, and a line of length one for each."""

    numbers: NDArray[np.int64]
    lines: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """The pieces of all facts and of the post, side by side."""

    numbers: NDArray[np.int64]
    lines: Floats
    of_post: Floats
    """1 for a piece of the post, 0 for one of a fact."""


def shelve(facts: Sequence[Pieces], post: Pieces) -> Shelf:
    """Return the pieces of facts and post side by side."""
    texts = [*facts, post]
    of_post = np.zeros(sum(len(text.numbers) for text in texts), dtype=np.float32)
    of_post[len(of_post) - len(post.numbers) :] = 1
    return Shelf(
        np.concatenate([text.numbers for text in texts])[:OF_TOLD],
        np.concatenate([text.lines for text in texts])[:OF_TOLD],
        of_post[:OF_TOLD],
    )


class Aligning:
    """The network's weights, and its way forward."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        """Take the weights by their names in training/train_carrying.py."""
        self._weights = {name: np.asarray(rows, dtype=np.float32) for name, rows in weights.items()}

    def lines(self, states: Floats) -> Floats:
        """Return a line of length one for what the encoder says of each piece."""
        found = states @ self._weights["inward"] + self._weights["inward_bias"]
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), dtype=np.float32)

    def chance(self, sentence: Pieces, told: Shelf, measured: Floats) -> float:
        """Return how likely the facts carry a sentence, of which `measured` says what was measured of it as a whole."""
        weights = self._weights
        own, numbers = sentence.lines[:OF_SENTENCE], sentence.numbers[:OF_SENTENCE]
        if not len(own) or not len(told.lines):
            return 0.0
        near = own @ told.lines.T
        same = (numbers[:, None] == told.numbers[None]).astype(np.float32)
        drawn = weights["sharpness"] * near + weights["same"] * same + weights["post"] * told.of_post
        drawn = np.exp(drawn - drawn.max(axis=1, keepdims=True))
        drawn /= drawn.sum(axis=1, keepdims=True)
        there = drawn @ told.lines
        lies = np.stack([near.max(axis=1), same.max(axis=1), drawn @ told.of_post, drawn.max(axis=1)], axis=1)
        compared = np.concatenate([own, there, own * there * TOGETHER, np.abs(own - there), lies], axis=1)
        found = np.maximum(compared @ weights["compare"] + weights["compare_bias"], 0)
        whole = np.concatenate([found.sum(axis=0) / np.sqrt(len(own)) / 2, found.max(axis=0), measured])
        hidden = np.maximum(whole @ weights["hidden"] + weights["hidden_bias"], 0)
        return float(1 / (1 + np.exp(-(hidden @ weights["last"] + weights["last_bias"]))))

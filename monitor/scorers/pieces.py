"""Cuts a text into the pieces of words whose joint chance is highest (Kudo 2018, the unigram model), with little memory.

A quarter of a million pieces as Python strings would take 70 MB; here each is a hash of eight bytes in a sorted row.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

SPACE = "\u2581"
MOST_KEPT = 20_000
"""Words whose pieces are remembered; people use few words often."""
MOST_CUT = 5_000
"""Characters that are looked up at once, each with all that may begin there: more would take memory."""
LONGEST_KEPT = 32
"""Characters of a word that is remembered."""
FACTOR = np.uint64(0x9E3779B97F4A7C15)
Normal = Callable[[str, int], str]
"""Writes a text as its model's pieces are written, words apart by one blank each, and at least as much of it as so many pieces can tell."""


def as_e5(text: str, most: int) -> str:
    """Write a text as XLM-RoBERTa's pieces are written."""
    return " ".join(unicodedata.normalize("NFKC", text[: 8 * most]).split())[: 8 * most]


class Pieces:
    """The pieces of one model by their numbers."""

    def __init__(
        self, texts: bytes, sizes: Ints, numbers: Ints, scores: Floats, marks: tuple[int, int, int], normal: Normal = as_e5
    ) -> None:
        """Take all pieces in a row as UTF-8, each one's bytes and number, the scores by number, and the numbers of the marks.

        The marks are those for begin, end and what is not known. No piece is empty. Raises ValueError where the bytes are no UTF-8.
        """
        self._normal = normal
        ends = np.cumsum(sizes)
        first_bytes = np.concatenate([[0], np.cumsum(np.frombuffer(texts, np.uint8) & 0xC0 != 0x80)])
        begins = first_bytes[ends - sizes]
        lengths = first_bytes[ends] - begins
        self._powers = _powers(int(lengths.max()))
        weighed = _codes(texts.decode("utf-8")) * self._powers[np.arange(lengths.sum()) - np.repeat(begins, lengths)]
        hashes = np.add.reduceat(weighed, begins)
        order = np.argsort(hashes)
        self._hashes: Hashes = hashes[order]
        self._numbers = np.asarray(numbers, dtype=np.int32)[order]
        self._scores = np.array(scores, dtype=np.float64)
        self._begin, self._end, self._unknown = marks
        self._unknown_score = float(np.min(self._scores)) - 10.0
        self._kept: dict[str, list[int]] = {}

    def __call__(self, text: str, most: int) -> list[int]:
        """Return the numbers of the pieces of `text` with the marks for begin and end, at most `most`."""
        [found] = self.many([text], most)
        return found

    def many(self, texts: Sequence[str], most: int) -> list[list[int]]:
        """Return the same for each text; what many texts need is looked up at once."""
        worded = [self._normal(text, most).split(" ") for text in texts]
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        known = {word: self._kept.get(word, []) for words in worded for word in words}
        new = [word for word, pieces in known.items() if not pieces]
        begin = 0
        while begin < len(new):
            end, size = begin + 1, len(new[begin])
            while end < len(new) and size + len(new[end]) <= MOST_CUT:
                size += len(new[end])
                end += 1
            known.update(zip(new[begin:end], self._cut([SPACE + word for word in new[begin:end]]), strict=True))
            begin = end
        self._kept.update({word: known[word] for word in new if len(word) <= LONGEST_KEPT})
        # No piece goes over a blank, so that each word can be cut by itself.
        found = ([number for word in words for number in known[word]] for words in worded)
        return [[self._begin, *pieces[: most - 2], self._end] for pieces in found]

    def _cut(self, words: Sequence[str]) -> list[list[int]]:
        """Return the pieces of each word, all looked up at once."""
        lengths = [len(word) for word in words]
        if not lengths:
            return []
        size, reach = sum(lengths), len(self._powers)
        codes = np.concatenate([_codes("".join(words)), np.zeros(reach, np.uint64)])
        windows = np.lib.stride_tricks.sliding_window_view(codes, reach)[:size]
        hashes = np.cumsum(windows * self._powers, axis=1, dtype=np.uint64)
        ends = np.repeat(np.cumsum(lengths), lengths)
        places = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        there = (self._hashes[places] == hashes) & (np.arange(reach) < (ends - np.arange(size))[:, None])
        rows, columns = np.nonzero(there)
        numbers = self._numbers[places[rows, columns]]
        hits: list[list[tuple[int, int, float]]] = [[] for _ in range(size)]
        for begin, length, number, score in zip(
            rows.tolist(), columns.tolist(), numbers.tolist(), self._scores[numbers].tolist(), strict=True
        ):
            hits[begin].append((length + 1, number, score))
        found, at = [], 0
        for length in lengths:
            found.append(self._best(hits[at : at + length]))
            at += length
        return found

    def _best(self, hits: Sequence[Sequence[tuple[int, int, float]]]) -> list[int]:
        size = len(hits)
        best = [0.0] + [-1e30] * size
        # The piece that ends at each character, and where it begins.
        came = [(self._unknown, 0)] * (size + 1)
        for begin, starting in enumerate(hits):
            so_far = best[begin]
            for length, number, score in starting:
                if so_far + score > best[begin + length]:
                    best[begin + length], came[begin + length] = so_far + score, (number, begin)
            if so_far + self._unknown_score > best[begin + 1]:
                best[begin + 1], came[begin + 1] = so_far + self._unknown_score, (self._unknown, begin)
        found, end = [], size
        while end:
            number, end = came[end]
            found.append(number)
        return found[::-1]


def _codes(text: str) -> Hashes:
    # One more than the character, so that none counts nothing.
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64) + np.uint64(1)


def _powers(count: int) -> Hashes:
    found = np.ones(count, np.uint64)
    found[1:] = FACTOR
    return np.cumprod(found, dtype=np.uint64)

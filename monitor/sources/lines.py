"""Cuts a stream of bytes into lines of text, in whatever encoding they come, and knows where in the bytes each one ends."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAX_LINE = 4 * 1024 * 1024
"""Bytes of one line; what is longer is passed over, and told."""
HEAD = 64 * 1024
"""Bytes that are looked at to find out the encoding."""
_CHUNK = 256 * 1024
_SHOWN = 1_000  # Bytes of a line that is too long; a multiple of every width.

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its end, as text."""

    text: str
    number: int
    """Counted from 1."""
    end: int
    """Offset in bytes behind it."""
    whole: bool = True
    """False for a last line that does not end: perhaps somebody is still writing it."""
    too_long: bool = False
    """It was longer than MAX_LINE; `text` is how it begins."""


class Lines:
    """The lines of a stream, from its beginning or from an offset behind a line (then `read` is the number of lines before it).

    UTF-8, UTF-16 and UTF-32 are found out by their byte order mark, UTF-16 also without; a line that is not valid UTF-8 is read as
    Windows-1252, and counted in `guessed`.
    """

    def __init__(self, stream: BinaryIO, *, offset: int = 0, read: int = 0) -> None:
        self._stream = stream
        self._buffer = stream.read(HEAD)
        self.encoding, mark = _detect(self._buffer)
        self.guessed = 0
        """Lines that were not valid in the encoding."""
        self._width = 4 if "32" in self.encoding else 2 if "16" in self.encoding else 1
        old_mac = self._width == 1 and b"\r" in self._buffer[:-1] and b"\n" not in self._buffer
        self._ending = ("\r" if old_mac else "\n").encode(self.encoding)
        self._number = read
        self._before = 0  # Bytes of the stream before the buffer.
        self._at = max(mark, offset)
        if self._at > len(self._buffer):
            stream.seek(offset)
            self._buffer, self._before, self._at = b"", offset, 0

    def __iter__(self) -> Iterator[Line]:
        searched = 0
        while True:
            end = self._find(self._at + searched)
            if end >= 0:
                yield self._take(end)
                searched = 0
            elif len(self._buffer) - self._at > MAX_LINE:
                yield self._pass_over()
                searched = 0
            else:
                searched = (len(self._buffer) - self._at) // self._width * self._width
                if not self._fill():
                    if self._at < len(self._buffer):
                        yield self._take(len(self._buffer), whole=False)
                    return

    def _find(self, start: int) -> int:
        """Return the position behind the next line ending, or -1."""
        found = self._buffer.find(self._ending, start)
        while found >= 0 and (found - self._at) % self._width:
            found = self._buffer.find(self._ending, found + 1)
        return found + self._width if found >= 0 else -1

    def _fill(self) -> bool:
        more = self._stream.read(_CHUNK)
        self._buffer = self._buffer[self._at :] + more
        self._before += self._at
        self._at = 0
        return bool(more)

    def _take(self, end: int, *, whole: bool = True) -> Line:
        raw = self._buffer[self._at : end]
        self._at = end
        self._number += 1
        text = self._decode(raw)
        return Line(text[:-1] + "\n" if whole and self._ending == b"\r" else text, self._number, self._before + end, whole)

    def _decode(self, raw: bytes) -> str:
        try:
            return raw.decode(self.encoding)
        except UnicodeDecodeError:
            self.guessed += 1
            return raw.decode("windows-1252" if self._width == 1 else self.encoding, "replace")

    def _pass_over(self) -> Line:
        text = self._decode(self._buffer[self._at : self._at + _SHOWN])
        self._number += 1
        while True:
            self._at += (len(self._buffer) - self._at) // self._width * self._width
            whole = self._fill()
            end = self._find(0) if whole else len(self._buffer)
            if end >= 0:
                self._at = end
                return Line(text, self._number, self._before + end, whole, too_long=True)


def _detect(head: bytes) -> tuple[str, int]:
    """Return the encoding of a text by how it begins, and the length of its byte order mark."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    # Columns and JSON begin with ASCII: in UTF-16 every other byte is zero.
    start = head[:4]
    if len(start) == 4 and start[1] == start[3] == 0 and start[0] and start[2]:
        return "utf-16-le", 0
    if len(start) == 4 and start[0] == start[2] == 0 and start[1] and start[3]:
        return "utf-16-be", 0
    return "utf-8", 0

"""Cuts the lines of a CSV file into records, and finds its footing again behind a quote that never closes; knows nothing of columns."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.sources.lines import MAX_LINE, Line

MAX_FIELD = 2 * 1024 * 1024
"""Characters of one value; the csv module's own limit is 131,072, less than a post of a megabyte."""
MAX_LINES = 1_000
"""Lines of one record: a post of more is a quote that never closes."""
MAX_RECORD = 4 * MAX_FIELD
MAX_REREAD = 20_000
"""Lines that are read a second time in one go, to save what stands behind quotes that never close."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record, or lines that are none."""

    values: list[str]
    number: int
    """The line on which it begins."""
    last: int
    """The line on which it ends."""
    end: int
    """Offset in bytes behind it."""
    raw: str
    trouble: str = ""
    """Why it is no record."""


class _Endless(Exception):
    """The record goes on and on."""


class _Feed(Iterator[str]):
    """Hands lines to the csv module one by one, remembers which, and takes them back."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[Line] = deque()
        self.pulled: list[Line] = []
        self._size = 0

    def start(self) -> Line | None:
        """Begin a record; return the line it begins with, None where there are no more."""
        self.pulled = []
        self._size = 0
        return self.peek()

    def peek(self) -> Line | None:
        if not self._waiting:
            line = next(self._lines, None)
            if line is None:
                return None
            self._waiting.append(line)
        return self._waiting[0]

    def __next__(self) -> str:
        line = self.peek()
        if line is None:
            raise StopIteration
        self._size += len(line.text)
        if self.pulled and (line.too_long or len(self.pulled) >= MAX_LINES or self._size > MAX_RECORD):
            raise _Endless
        self.pulled.append(self._waiting.popleft())
        return line.text

    def give_back(self, kept: int) -> None:
        """Take back all lines of the record but the first `kept`."""
        self._waiting.extendleft(reversed(self.pulled[kept:]))
        del self.pulled[kept:]


class Records(Iterator[Record]):
    """The records of a CSV file; blank ones are left out.

    A record that cannot be, because it has another number of values than `width` or a quote in it never closes, is one with
    `trouble`; if it runs over several lines, only its first line is given up and reading goes on at its second.
    Where the file is `growing`, a record at its end that may be half written is left for the next time.
    """

    def __init__(self, lines: Iterable[Line], delimiter: str, *, growing: bool = False, width: int = 0) -> None:
        if csv.field_size_limit() < MAX_FIELD:
            csv.field_size_limit(MAX_FIELD)  # One for the whole process; it is only ever raised.
        self.width = width
        self._feed = _Feed(lines)
        self._delimiter = delimiter
        self._growing = growing
        self._reread = MAX_REREAD
        self._reader = csv.reader(self._feed, delimiter=delimiter)

    def __next__(self) -> Record:
        while True:
            first = self._feed.start()
            if first is None:
                raise StopIteration
            if first.too_long:
                next(self._feed)
                return self._record([], f"it is longer than {MAX_LINE:,} bytes")
            values, trouble = self._read()
            if self._is_unfinished():
                if self._growing:
                    raise StopIteration
                trouble = trouble or self._find_open_quote()
            if len(self._feed.pulled) > 1:
                trouble = trouble or self._find_stray_quote()
            if not trouble and not any(value.strip() for value in values):
                continue
            trouble = trouble or self._count(values)
            if trouble:
                self._recover()
            return self._record(values, trouble)

    def _read(self) -> tuple[list[str], str]:
        try:
            return next(self._reader), ""
        except _Endless:
            trouble = f"a quote does not close within {MAX_LINES:,} lines"
        except csv.Error as error:
            trouble = f"it cannot be cut into values ({error})"
        self._reader = csv.reader(self._feed, delimiter=self._delimiter)
        return [], trouble

    def _is_unfinished(self) -> bool:
        """Say whether the record stands at the end of the file and could go on."""
        if self._feed.peek() is not None:
            return False
        return not self._feed.pulled[-1].whole or bool(self._find_open_quote())

    def _find_open_quote(self) -> str:
        return "a quote in it never closes" if "unexpected end" in self._read_strictly() else ""

    def _find_stray_quote(self) -> str:
        """Say whether a quote closes where no value ends: then it opened by mistake, and the rows in between were taken for text."""
        return "a quote in it stands in the wrong place" if self._read_strictly() else ""

    def _read_strictly(self) -> str:
        try:
            for _ in csv.reader([line.text for line in self._feed.pulled], delimiter=self._delimiter, strict=True):
                pass
        except csv.Error as error:
            return str(error)
        return ""

    def _count(self, values: list[str]) -> str:
        while self.width and len(values) > self.width and not values[-1].strip():
            values.pop()
        if self.width and len(values) != self.width:
            return f"it has {len(values)} values, and there are {self.width} columns"
        return ""

    def _recover(self) -> None:
        """Give up only the first line, as long as that does not mean reading everything again and again."""
        again = len(self._feed.pulled) - 1
        if 0 < again <= self._reread:
            self._reread -= again
            self._feed.give_back(1)

    def _record(self, values: list[str], trouble: str) -> Record:
        pulled = self._feed.pulled
        return Record(values, pulled[0].number, pulled[-1].number, pulled[-1].end, "".join(line.text for line in pulled), trouble)

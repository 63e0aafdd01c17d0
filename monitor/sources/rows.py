"""Reads the rows of a JSONL or CSV file as mentions, one by one, with the reason for each that is none; files are opened elsewhere."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from monitor.contracts import RejectedRow
from monitor.domain import Mention
from monitor.sources.columns import REQUIRED, WrongColumns, check_required, find_columns
from monitor.sources.dates import WrongDate, check_format
from monitor.sources.fields import ReadOptions, WrongRow, make_mention
from monitor.sources.lines import Line, Lines
from monitor.sources.records import Records
from monitor.text import clean

__all__ = ["CSV_ENDINGS", "JSONL_ENDINGS", "CsvRows", "JsonlRows", "ReadOptions", "RowMention", "Rows", "UnreadableFile", "read_rows"]

JSONL_ENDINGS = (".jsonl", ".ndjson")
CSV_ENDINGS = (".csv", ".tsv")
DELIMITERS = ",;\t|"
MAX_RAW = 1_000
"""Characters of a rejected row that are kept."""

_MAX_PLANS = 1_000  # Sets of keys in one JSONL file whose columns are looked up only once.


class UnreadableFile(Exception):
    """The file as a whole cannot be read as rows; the message begins with its name and says what to do."""


@dataclass(frozen=True, slots=True)
class RowMention:
    """A row that is a mention."""

    mention: Mention
    line: int
    """The line on which it begins, counted from 1."""


class Rows(ABC):
    """The rows of a file; iterate over it once. `offset` and `line` say how far it has come, and where to go on another time."""

    def __init__(self, stream: BinaryIO, options: ReadOptions, offset: int, line: int) -> None:
        self.options = options
        self.offset = offset
        self.line = line
        self.lines = Lines(stream, offset=offset, read=line)
        if options.date_format:
            try:
                check_format(options.date_format)
            except WrongDate as error:
                raise UnreadableFile(f"{options.place}: {error}") from None

    @property
    def encoding(self) -> str:
        """The encoding found, and how many lines were not in it, in words for a person."""
        guessed = self.lines.guessed
        return f"{self.lines.encoding}, {guessed} lines read as windows-1252" if guessed else self.lines.encoding

    @abstractmethod
    def __iter__(self) -> Iterator[RowMention | RejectedRow]: ...

    def _make(self, values: Mapping[str, Any], line: int, raw: str) -> RowMention | RejectedRow:
        try:
            return RowMention(make_mention(values, self.options), line)
        except WrongRow as error:
            return self._reject(line, str(error), raw)

    def _reject(self, line: int, reason: str, raw: str) -> RejectedRow:
        return RejectedRow(self.options.place, line, reason, clean(raw[:MAX_RAW]).rstrip("\n"))


class JsonlRows(Rows):
    """Rows of a file with one JSON object on each line."""

    def __init__(self, stream: BinaryIO, options: ReadOptions, *, offset: int = 0, line: int = 0) -> None:
        super().__init__(stream, options, offset, line)
        self._plans: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def __iter__(self) -> Iterator[RowMention | RejectedRow]:
        for line in self.lines:
            row = self._read(line)
            if row is None and not line.whole and self.options.growing:
                return
            self.offset, self.line = line.end, line.number
            if row is not None:
                yield row

    def _read(self, line: Line) -> RowMention | RejectedRow | None:
        """Return the row on this line; None for a blank line, and for half an object that may be completed yet."""
        text = line.text.strip()
        if not text:
            return None
        if line.number == 1 and text.startswith("["):
            raise UnreadableFile(f"{self.options.place}: it is one JSON array; write one object on each line (jq -c '.[]' does it)")
        if line.too_long:
            return self._reject(line.number, "the line is longer than any post", text)
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            return self._row(found, line)
        if not line.whole and self.options.growing:
            return None
        return self._reject(line.number, "the line is no JSON object", text)

    def _row(self, found: dict[str, Any], line: Line) -> RowMention | RejectedRow:
        keys = tuple(found)
        plan = self._plans.get(keys)
        if plan is None:
            try:
                plan = [(field, keys[position]) for field, position in find_columns(keys, {}).items()]
            except WrongColumns as error:
                return self._reject(line.number, str(error), line.text)
            if len(self._plans) < _MAX_PLANS:
                self._plans[keys] = plan
        values = {field: found[key] for field, key in plan}
        for column, field in self.options.columns.items():
            values[field] = _look(found, column)
        return self._make(values, line.number, line.text)


def _look(found: Mapping[str, Any], path: str) -> Any:
    """Return the value of a key, or of a path of keys such as user.name; None where there is none."""
    if path in found:
        return found[path]
    value: Any = found
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


class CsvRows(Rows):
    """Rows of a file with a line of column names, separated by commas, semicolons, tabs or bars.

    Going on at an offset needs a stream that can seek: the names of the columns stand at its beginning.
    """

    def __init__(self, stream: BinaryIO, options: ReadOptions, *, offset: int = 0, line: int = 0) -> None:
        super().__init__(stream, options, 0, 0)
        self.delimiter = ","
        self.columns: Sequence[str] = ()
        """The names of the columns, as they stand there."""
        self._found: Mapping[str, int] = {}
        self._records = self._read_names()
        if self._found and offset > self.offset:
            stream.seek(0)
            self.lines = Lines(stream, offset=offset, read=line)
            self._records = Records(self.lines, self.delimiter, growing=options.growing, width=len(self.columns))
            self.offset, self.line = offset, line

    @property
    def used(self) -> Mapping[str, str]:
        """Return which column is which field, by the columns' names."""
        return {self.columns[position].strip(): field for field, position in self._found.items()}

    def __iter__(self) -> Iterator[RowMention | RejectedRow]:
        for record in self._records or ():
            self.offset, self.line = record.end, record.last
            if record.trouble:
                yield self._reject(record.number, record.trouble, record.raw)
            else:
                values = {field: record.values[position] for field, position in self._found.items()}
                yield self._make(values, record.number, record.raw)

    def _read_names(self) -> Records | None:
        """Read the line with the columns' names; None where there is no whole one yet."""
        place = self.options.place
        lines = _Returning(self.lines)
        first = next((line for line in lines if line.text.strip()), None)
        if first is None or (self.options.growing and not first.whole):
            if self.options.growing:
                return None
            raise UnreadableFile(f"{place}: it is empty; the first line must name the columns")
        if first.text.lower().startswith("sep=") and len(first.text.strip()) <= 5:  # Excel's own way of naming the delimiter.
            self.delimiter = first.text[4:5] if first.text[4:5] in DELIMITERS else ","
        else:
            self.delimiter = self._find_delimiter(first.text)
            lines.give_back(first)
        records = Records(lines, self.delimiter, growing=self.options.growing)
        names = next(records, None)
        if names is None or names.trouble:
            if self.options.growing and names is None:
                return None
            raise UnreadableFile(f"{place}: the first line does not name the columns: {names.trouble if names else 'it is the only one'}")
        try:
            found = find_columns(names.values, self.options.columns)
            needed = REQUIRED if self.options.network else (*REQUIRED, "network")
            check_required(names.values, found, needed)
        except WrongColumns as error:
            raise UnreadableFile(f"{place}: {error}") from None
        self.columns, self._found = names.values, found
        self.offset, self.line = names.end, names.last
        records.width = len(names.values)
        return records

    def _find_delimiter(self, line: str) -> str:
        """Return the delimiter that makes most sense of the columns' names: most fields known, then most columns."""

        def sense(delimiter: str) -> tuple[int, int]:
            record = next(Records([Line(line, 1, len(line))], delimiter), None)
            names = record.values if record else []
            try:
                return len(find_columns(names, self.options.columns)), len(names)
            except WrongColumns:
                return 0, len(names)

        return max(DELIMITERS, key=sense)


class _Returning(Iterator[Line]):
    """Lines of which the last one can be given back."""

    def __init__(self, lines: Lines) -> None:
        self._lines = iter(lines)
        self._returned: list[Line] = []

    def __next__(self) -> Line:
        return self._returned.pop() if self._returned else next(self._lines)

    def give_back(self, line: Line) -> None:
        self._returned.append(line)


def read_jsonl(stream: BinaryIO, options: ReadOptions, *, offset: int = 0, line: int = 0) -> JsonlRows:
    """Read a file with one JSON object on each line, from its beginning or from where it was read before."""
    return JsonlRows(stream, options, offset=offset, line=line)


def read_csv(stream: BinaryIO, options: ReadOptions, *, offset: int = 0, line: int = 0) -> CsvRows:
    """Read a file of columns, from its beginning or from where it was read before.

    Raises:
        UnreadableFile: the columns do not hold what is needed.
    """
    return CsvRows(stream, options, offset=offset, line=line)


def read_rows(stream: BinaryIO, options: ReadOptions, *, offset: int = 0, line: int = 0) -> Rows:
    """Read a file as what the ending of `options.place` says it is.

    Raises:
        UnreadableFile: it has another ending, or its columns do not hold what is needed.
    """
    name = options.place.lower()
    if name.endswith((*JSONL_ENDINGS, ".json")):
        return read_jsonl(stream, options, offset=offset, line=line)
    if name.endswith((*CSV_ENDINGS, ".txt")):
        return read_csv(stream, options, offset=offset, line=line)
    raise UnreadableFile(f"{options.place}: its name must end in one of {', '.join((*JSONL_ENDINGS, *CSV_ENDINGS))}")

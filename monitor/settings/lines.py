"""Finds the line on which each key of a TOML text stands; it judges nothing, and tomllib does the reading."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from contextlib import suppress

from monitor.settings.shapes import KeyPath

MAX_DEPTH = 24
"""Tables and lists within one another, and parts of a dotted key: far more than any setting needs.

tomllib calls itself for each level and grows with the square of the parts, so what is deeper never reaches it.
"""

MAX_PLACES = 50_000
"""Keys and list entries whose lines are kept, so that a hostile file cannot fill the memory."""

_SPACE = re.compile(r"[ \t]*+")
_SPACE_AND_LINES = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_BASIC = re.compile(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"')
_LITERAL = re.compile(r"'[^'\n]*+'")
_LONG_BASIC = re.compile(r'"""[^"\\]*+(?:(?:\\(?s:.)|"{1,2}(?!"))[^"\\]*+)*+"{3,5}')
_LONG_LITERAL = re.compile(r"'''[^']*+(?:'{1,2}(?!')[^']*+)*+'{3,5}")
_SCALAR = re.compile(r"[^\s,\]\}#\"'\[\{]++(?: [0-9][^\s,\]\}#]*+)?")


class TooDeep(ValueError):
    """Raised where tables, lists or dotted keys stand within one another beyond MAX_DEPTH; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(f"nested more than {MAX_DEPTH} deep on line {line}")
        self.line = line


def find_lines(text: str) -> Mapping[KeyPath, int]:
    """Return the line, counted from 1, of every key and list entry of `text`, whose lines end in a plain newline.

    A broken text gives the lines up to where it breaks. Raises TooDeep where the text should not be given to tomllib.
    """
    finder = _Finder(text)
    with suppress(_Broken):
        finder.read_text()
    return finder.lines


class _Broken(Exception):
    """The text is no TOML from here on; tomllib says better than we could what is wrong with it."""


class _Finder:
    """Walks once over a text, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self._counts: dict[KeyPath, int] = {}
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def read_text(self) -> None:
        """Go over every statement; a header says where the keys after it belong."""
        table: KeyPath = ()
        self._skip(_SPACE_AND_LINES)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._read_header()
            else:
                self._read_pair(table, depth=len(table))
            self._skip(_SPACE_AND_LINES)

    def _read_header(self) -> KeyPath:
        start = self.at
        double = self.text.startswith("[[", start)
        self.at += 2 if double else 1
        path = self._resolve(self._read_key(), start)
        self._skip(_SPACE)
        self._expect("]]" if double else "]")
        if double:
            whole = path[:-1] if isinstance(path[-1], int) else path
            count = self._counts[whole] = self._counts.get(whole, 0) + 1
            self._note(whole, start)
            path = (*whole, count - 1)
        self._note(path, start)
        return path

    def _resolve(self, parts: tuple[str, ...], start: int) -> KeyPath:
        """Return the way that a header means: under a list of tables it is the last one so far."""
        path: KeyPath = ()
        for part in parts:
            path = (*path, part)
            self._note(path, start)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _read_pair(self, table: KeyPath, depth: int) -> None:
        start = self.at
        parts = self._read_key()
        self._skip(_SPACE)
        self._expect("=")
        path = table
        for part in parts:
            path = (*path, part)
            self._note(path, start)
        self._skip(_SPACE)
        self._read_value(path, depth + len(parts))

    def _read_key(self) -> tuple[str, ...]:
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            parts.append(self._read_key_part())
            if len(parts) > MAX_DEPTH:
                raise TooDeep(self._line(self.at))
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return tuple(parts)
            self.at += 1

    def _read_key_part(self) -> str:
        if bare := _BARE_KEY.match(self.text, self.at):
            self.at = bare.end()
            return bare.group()
        quoted = _BASIC.match(self.text, self.at) or _LITERAL.match(self.text, self.at)
        if not quoted:
            raise _Broken
        self.at = quoted.end()
        raw = quoted.group()
        if raw[0] == "'" or "\\" not in raw:
            return raw[1:-1]
        try:
            return str(tomllib.loads(f"key = {raw}")["key"])
        except tomllib.TOMLDecodeError:
            raise _Broken from None

    def _read_value(self, path: KeyPath, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise TooDeep(self._line(self.at))
        first = self.text[self.at : self.at + 1]
        if first == "[":
            self._read_list(path, depth)
        elif first == "{":
            self._read_inline_table(path, depth)
        elif self.text.startswith('"""', self.at):
            self._take(_LONG_BASIC)
        elif self.text.startswith("'''", self.at):
            self._take(_LONG_LITERAL)
        else:
            self._take({'"': _BASIC, "'": _LITERAL}.get(first, _SCALAR))

    def _read_list(self, path: KeyPath, depth: int) -> None:
        self.at += 1
        index = 0
        while True:
            self._skip(_SPACE_AND_LINES)
            if self._ends_with("]"):
                return
            self._note((*path, index), self.at)
            self._read_value((*path, index), depth + 1)
            index += 1
            self._skip(_SPACE_AND_LINES)
            if not self._ends_with(","):
                self._expect("]")
                return

    def _read_inline_table(self, path: KeyPath, depth: int) -> None:
        self.at += 1
        while True:
            self._skip(_SPACE_AND_LINES)
            if self._ends_with("}"):
                return
            self._read_pair(path, depth + 1)
            self._skip(_SPACE_AND_LINES)
            if not self._ends_with(","):
                self._expect("}")
                return

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _take(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        if not match:
            raise _Broken
        self.at = match.end()

    def _ends_with(self, sign: str) -> bool:
        found = self.text.startswith(sign, self.at)
        self.at += len(sign) if found else 0
        return found

    def _expect(self, sign: str) -> None:
        if not self._ends_with(sign):
            raise _Broken

    def _note(self, path: KeyPath, start: int) -> None:
        if len(self.lines) < MAX_PLACES:
            self.lines.setdefault(path, self._line(start))

    def _line(self, at: int) -> int:
        return bisect_right(self._ends, at - 1) + 1

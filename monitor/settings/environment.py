"""Reads what is not in the files: the environment, `.env`, and where the database is; no TOML."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path

from monitor.settings.files import FileProblem, read_text
from monitor.settings.leaks import show_key
from monitor.settings.shapes import ConfigError, Mistake

DATABASE_URL = "sqlite:///grapevine.db"

_SCHEMES = re.compile(r"(?:sqlite|postgresql)(?:\+[a-z0-9_]+)?:")
_ASSIGNMENT = re.compile(r"(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*")
_SINGLE = re.compile(r"'([^']*)'")
_DOUBLE = re.compile(r'"([^"\\]*+(?:\\(?s:.)[^"\\]*+)*+)"')
_ROW = re.compile(r"[^\n]*")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?(?=\n|\Z)")
_BLANK = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_ESCAPE = re.compile(r"\\(?s:(.))")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "$": "$", "`": "`", "\n": ""}
"""As a shell has them, and \\n, \\t and \\r besides; any other backslash stays what it is."""


def find_database_url(option: str | None, environment: Mapping[str, str]) -> str:
    """Return the address of the database: `--database`, else GRAPEVINE_DATABASE_URL, else a file in the working folder.

    Raises ConfigError where it is no address of a database that we know; the address itself, which may hold a password, is not told.
    """
    place = "--database" if option else "GRAPEVINE_DATABASE_URL"
    url = option or environment.get("GRAPEVINE_DATABASE_URL") or DATABASE_URL
    if not _SCHEMES.match(url):
        right = "write postgresql:// instead of postgres://" if url.startswith("postgres:") else f"write one such as {DATABASE_URL}"
        raise ConfigError((Mistake(place, None, "", f"is not the address of an SQLite or PostgreSQL database: {right}"),))
    return url


def read_environment(environ: Mapping[str, str], dotenv: Path) -> dict[str, str]:
    """Return the process's environment together with what `.env` adds to it; raises ConfigError with every wrong line."""
    try:
        text = read_text(dotenv)
    except FileProblem as problem:
        if problem.missing:
            return dict(environ)
        raise ConfigError((Mistake(str(dotenv), problem.line, "", str(problem)),)) from None
    reader = _Reader(str(dotenv), text)
    reader.read()
    if reader.mistakes:
        raise ConfigError(tuple(reader.mistakes))
    return reader.values | dict(environ)


class _Broken(Exception):
    """The statement that begins on this line cannot be read; its message says why."""


class _Reader:
    """Walks once over the text of a `.env` file."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.at = 0
        self.values: dict[str, str] = {}
        self.mistakes: list[Mistake] = []
        self._lines: dict[str, int] = {}
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def read(self) -> None:
        """Read every assignment; after one that cannot be read, go on with the next line."""
        self._take(_BLANK)
        while (start := self.at) < len(self.text):
            line = bisect_left(self._ends, start) + 1
            try:
                key, value = self._read_assignment()
            except _Broken as problem:
                self._tell(line, str(problem))
                self.at = self._ends[line - 1] if line <= len(self._ends) else len(self.text)
            else:
                self._keep(line, key, value)
            self._take(_BLANK)

    def _read_assignment(self) -> tuple[str, str]:
        if not (assignment := self._take(_ASSIGNMENT)):
            raise _Broken("this line is neither KEY=value nor a # comment")
        key, quote = assignment[1], self.text[self.at : self.at + 1]
        if quote not in {"'", '"'} or not quote:
            row = self._take(_ROW)
            return key, _COMMENT.sub("", row[0] if row else "").strip()
        quoted = self._take(_SINGLE if quote == "'" else _DOUBLE)
        if not quoted:
            raise _Broken(f"the value of {show_key(key)} begins with a quote that is not closed")
        if not self._take(_REST):
            raise _Broken(f'something is left over after the quoted value of {show_key(key)}: a quote within it must be written as \\"')
        return key, quoted[1] if quote == "'" else _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[0]), quoted[1])

    def _keep(self, line: int, key: str, value: str) -> None:
        if key in self._lines:
            self._tell(line, f"{show_key(key)} was given before, on line {self._lines[key]}: keep one of the two")
        elif "\0" in value:
            self._tell(line, f"the value of {show_key(key)} holds a NUL sign, which no environment can")
        self._lines.setdefault(key, line)
        self.values[key] = value

    def _tell(self, line: int, problem: str) -> None:
        self.mistakes.append(Mistake(self.name, line, "", problem))

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match

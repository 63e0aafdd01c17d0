"""Reads one TOML file with every care, and keeps the mistakes found in it; what its keys mean is known elsewhere."""

from __future__ import annotations

import errno
import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monitor.settings.leaks import show_key
from monitor.settings.lines import TooDeep, find_lines
from monitor.settings.shapes import KeyPath, Mistake

MAX_BYTES = 1_000_000
"""A hundred brands with all they need take a tenth of this."""

MAX_MISTAKES = 200
"""Mistakes of one file that are told; whoever has mended these hears of the rest."""

_REASONS: Mapping[int, str] = {
    errno.EACCES: "may not be read: give the user who runs this the right to read it",
    errno.EPERM: "may not be read: give the user who runs this the right to read it",
    errno.ELOOP: "is a link that leads back to itself: put the real file there",
    errno.ENAMETOOLONG: "has a name that is too long",
}

_PLAIN_WORDS: tuple[tuple[str, str], ...] = (
    ("Illegal character '\\n'", "a text is not closed before its line ends: a quote is missing"),
    ("Unterminated string", "a text is not closed: a quote is missing"),
    ("Expected \"'''\"", "a text that began with ''' is not closed: ''' is missing at its end"),
    ('Expected \'"""\'', 'a text that began with """ is not closed: """ is missing at its end'),
    ('Expected "\'"', "a text is not closed: a quote is missing"),
    ("Illegal character", "there is a control character here, which a TOML file may not hold: delete it and type the line again"),
    ("Found invalid character", "there is a control character here, which a TOML file may not hold: delete it and type the line again"),
    ("Invalid value", 'the value cannot be read: write a text between straight quotes, as in name = "Waalfiets"; a list between [ and ]'),
    ("Expected '=' after a key", 'a = is missing: write key = value, as in name = "Waalfiets"; a line of explanation begins with #'),
    ("Invalid statement", "this line is neither a [table], nor key = value, nor a # comment"),
    ("Invalid initial character for a key part", "a key is missing or begins with a sign that is not allowed: use a-z, 0-9, _ and -"),
    ("Expected newline or end of document", "something is left over after the value: put it on a line of its own, or a # before it"),
    ("Expected ']]'", "the table's name must be closed by ]]"),
    ("Expected ']'", "the table's name must be closed by ]"),
    ("Cannot declare", "this table was begun before: give it once, or write its name between [[ and ]] if there may be several"),
    ("Cannot overwrite", "this key was given before: keep one of the two"),
    ("Duplicate inline table key", "this key was given before: keep one of the two"),
    ("Cannot mutate immutable", "this table was closed before: what belongs to it must stand between its braces"),
    ("Cannot redefine namespace", "this table was begun before: put the keys together under one name"),
    ("Unclosed array", "the list that begins on line {} is not closed before this: a comma or a ] is missing"),
    ("Unclosed inline table", "the table that begins on line {} is not closed before this: a comma or a }} is missing"),
    ("Unescaped '\\'", r"a backslash must be doubled: write \\ or put the text between single quotes"),
    ("Invalid hex value", r"after \u must stand four, and after \U eight, hexadecimal digits"),
    ("Escaped character", r"the number after \u or \U is no character"),
    ("Invalid date or datetime", "there is no such date or time: write 2026-03-31 or 08:00:00"),
)
_POSITION = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)\Z")
_CURLY_QUOTES = re.compile("[\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb]")


@dataclass(slots=True)
class Document:
    """One file as read, and the mistakes found in it so far."""

    name: str
    """As shown to people: the folder as they gave it, and the file's name."""
    path: Path
    content: dict[str, Any] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    broken: bool = False
    """Nothing could be read, so nothing is known of what it holds."""
    missing: bool = False
    """There is no such file; whether that is a mistake, whoever opened it knows."""
    blank: bool = False
    """There is not a sign in it, not even a comment: what a save on a full disk leaves."""
    refused: set[KeyPath] = field(default_factory=set)
    """Keys that hold what looks like a secret: reported once, and not looked at again."""
    mistakes: list[Mistake] = field(default_factory=list)
    more: bool = False
    """There were further mistakes than are told."""

    @property
    def root(self) -> Place:
        """Return the place of the whole file."""
        return Place(self, ())

    @property
    def is_full(self) -> bool:
        """Return whether enough mistakes are told, so that looking for more is work for nothing."""
        return len(self.mistakes) >= MAX_MISTAKES

    def add(self, mistake: Mistake) -> None:
        """Keep a mistake."""
        if self.is_full:
            self.more = True
        else:
            self.mistakes.append(mistake)

    def line(self, path: KeyPath) -> int | None:
        """Return the line of a key, or of the nearest table above it."""
        return next((self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), None)

    def report(self) -> Iterator[Mistake]:
        """Give every mistake in the order of the lines."""
        yield from sorted(self.mistakes, key=lambda mistake: mistake.line or 0)
        if self.more:
            yield Mistake(self.name, None, "", "has more mistakes than these: mend these first")


@dataclass(frozen=True, slots=True)
class Place:
    """A key of a document, with which a mistake is told."""

    document: Document
    path: KeyPath

    def __truediv__(self, key: str | int) -> Place:
        return Place(self.document, (*self.path, key))

    @property
    def refused(self) -> bool:
        """Return whether a secret was found here."""
        return self.path in self.document.refused

    @property
    def line(self) -> int | None:
        """Return its line, or that of the nearest table above it."""
        return self.document.line(self.path)

    @property
    def key(self) -> str:
        """Return the way to the key as people read it."""
        parts = (f"[{part + 1}]" if isinstance(part, int) else f".{show_key(part)}" for part in self.path)
        return "".join(parts).removeprefix(".")

    def mistake(self, problem: str) -> None:
        """Tell what is wrong here and what would be right."""
        self.document.add(Mistake(self.document.name, self.line, self.key, problem))


def read_document(path: Path, name: str) -> Document:
    """Read a TOML file; what is wrong with it as a whole is among the document's mistakes, but for its being missing."""
    document = Document(name, path)
    try:
        text = read_text(path)
    except FileProblem as problem:
        document.broken, document.missing = True, problem.missing
        return document if problem.missing else _break(document, str(problem), problem.line)
    document.blank = not text.strip()
    try:
        document.lines = find_lines(text)
        document.content = tomllib.loads(text)
    except TooDeep as error:
        return _break(document, "tables or lists stand too deep within one another here: no setting needs that", error.line)
    except ValueError as error:  # TOMLDecodeError is one; a number of 5,000 digits gives a plain one.
        return _break(document, *_in_plain_words(str(error), text, document.lines))
    return document


class FileProblem(Exception):
    """Says in one sentence why a file cannot be read as text, and what to do."""

    def __init__(self, sentence: str, line: int | None = None, *, missing: bool = False) -> None:
        super().__init__(sentence)
        self.line = line
        self.missing = missing


def read_text(path: Path) -> str:
    """Return a file's text without byte order mark, lines ending in a plain newline; raises FileProblem."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # Opening a pipe would wait for ever.
            raise FileProblem(f"is {'a folder' if path.is_dir() else 'a device or a pipe'}, and should be a file")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise FileProblem("is missing", missing=True) from None
    except OSError as error:
        raise FileProblem(explain(error)) from None
    if len(raw) > MAX_BYTES:
        raise FileProblem(f"is larger than {MAX_BYTES:,} bytes: no file of settings needs that, so it is probably another file")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileProblem("is saved as UTF-16: choose UTF-8 when saving it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileProblem("holds a sign that is not UTF-8 on this line: choose UTF-8 when saving the file", line) from None
    return text.replace("\r\n", "\n")


def explain(error: OSError) -> str:
    """Return in plain words why the system refused a file or folder."""
    return _REASONS.get(error.errno or 0, f"cannot be read: {os.strerror(error.errno or 0).lower()}")


def _break(document: Document, problem: str, line: int | None) -> Document:
    document.broken = True
    document.add(Mistake(document.name, line, "", problem))
    return document


def _in_plain_words(said: str, text: str, lines: Mapping[KeyPath, int]) -> tuple[str, int]:
    """Return what tomllib said, for people who never met TOML, and the line.

    What runs on to the end of the text, such as a quote that nobody closed, is told at the last key that was begun.
    """
    position = _POSITION.search(said)
    begin = max((line for path, line in lines.items() if isinstance(path[-1], str)), default=1)
    if position and position[1]:
        line = int(position[1])
    elif said.startswith("Cannot"):
        line = text.rstrip().count("\n") + 1
    else:
        line = begin
    if _CURLY_QUOTES.search(text.split("\n")[line - 1]) and not said.startswith("Cannot"):
        return 'this line holds curly quotes, which a word processor makes: write straight ones, " and "', line
    if position and not position[1] and said.startswith("Invalid value"):
        return "the value of the last key is not finished", line
    plain = next((plain for beginning, plain in _PLAIN_WORDS if said.startswith(beginning)), "this cannot be read as TOML")
    return plain.replace("{}", str(begin)).replace("}}", "}"), line

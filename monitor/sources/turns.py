"""The cursor of a source that asks several questions in turn, newest answers first, back to where it had read; no asking here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self

from monitor.domain import Brand

MAX_PAGES = 20
"""Pages read back for one question in one round; what is more since the last reading is no reading of a brand."""
_MAX_PART = 1_000
"""Characters of one part of a cursor; what is longer is not ours."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An opened cursor: whose turn it is, and how far each question was read.

    A mark is what a source orders its answers by: an id or a time, as text; of two marks the longer one is the newer, else the one
    that sorts later. The first reading of a question takes its newest page only; what is older counts as history.
    """

    since: Mapping[str, str] = field(default_factory=dict)
    """The mark up to which each question, by a short hash, has been read."""
    turn: str = ""
    """The hash of the question whose turn it is; empty for the first."""
    page: str = ""
    """Where this question's pages go on; empty on its first page."""
    newest: str = ""
    """The newest mark that this round has seen for this question."""
    pages: int = 0
    wait_until: int = 0
    """Before this time (seconds since 1970) the other side does not want to be asked."""

    @classmethod
    def open(cls, text: str) -> Self:
        """Read a cursor; one that is not ours is as good as none."""
        try:
            raw = json.loads(text) if text else {}
            since = {_short(key): _short(mark) for key, mark in raw["since"].items()} if "since" in raw else {}
            turn, page, newest = (_short(raw.get(name, "")) for name in ("turn", "page", "newest"))
            return cls(since, turn, page, newest, _whole(raw.get("pages", 0)), _whole(raw.get("wait_until", 0)))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls()

    def close(self) -> str:
        """Return the cursor as text, without what is empty or zero."""
        names = ("since", "turn", "page", "newest", "pages", "wait_until")
        return json.dumps({name: value for name in names if (value := getattr(self, name))}, separators=(",", ":"))

    def begin(self, questions: Sequence[str]) -> tuple[Turn, str]:
        """Return the question whose turn it is among `questions` (not empty), and the cursor for asking it."""
        known = {key_of(question): question for question in questions}
        if self.turn in known:
            return self, known[self.turn]
        return replace(self, turn=key_of(questions[0]), page="", newest="", pages=0), questions[0]

    @property
    def mark(self) -> str:
        """The mark up to which the question whose turn it is has been read; empty where it never was."""
        return self.since.get(self.turn, "")

    def number(self, otherwise: int, most: int = 999) -> int:
        """Return the page where pages are counted; `otherwise` on the first page, and where the cursor is not ours."""
        found = int(self.page) if self.page.isascii() and self.page.isdecimal() else otherwise
        return found if found <= most else otherwise

    def step(self, questions: Sequence[str], marks: Iterable[str], page: str) -> tuple[Turn, str]:
        """Return the cursor after a page, and what went wrong in one sentence.

        `marks` are those of the page; `page` says where older answers that are still wanted go on, and is empty where there are none.
        """
        newest = max([self.newest, *marks], key=order)
        trouble = ""
        if page and self.mark:
            if self.pages + 1 < MAX_PAGES:
                return replace(self, page=page, newest=newest, pages=self.pages + 1), ""
            trouble = f"more than {MAX_PAGES} pages came since the last reading, and the older ones are not read"
        return self.skip(questions, newest), trouble

    def skip(self, questions: Sequence[str], newest: str = "") -> Turn:
        """Return the cursor for the next question; what nobody asks any more is forgotten."""
        keys = [key_of(question) for question in questions]
        since = {key: self.since[key] for key in keys if key in self.since}
        if newest:
            since[self.turn] = max(newest, self.mark, key=order)
        following = keys.index(self.turn) + 1
        return Turn(since, keys[following] if following < len(keys) else "", wait_until=self.wait_until)

    def wish(self, now: datetime) -> datetime | None:
        """Return the time (UTC) before which the other side does not want to be asked, where that lies ahead."""
        return datetime.fromtimestamp(self.wait_until, UTC) if self.wait_until > now.timestamp() else None


def order(mark: str) -> tuple[int, str]:
    """Return by what marks are compared."""
    return len(mark), mark


def key_of(question: str) -> str:
    """Return the short hash under which a question stands in a cursor."""
    return hashlib.sha256(question.encode("utf-8", "replace")).hexdigest()[:12]


def phrases(brand: Brand) -> tuple[str, ...]:
    """Return the brand's terms as phrases to search for, each once whatever its case; without stars, which no search understands."""
    spoken = {" ".join(term.text.replace('"', " ").replace("*", " ").split()).casefold(): None for term in brand.terms}
    return tuple(phrase for phrase in spoken if phrase)


def tags(brand: Brand, more: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what the brand is called as a hashtag, without its sign: its hashtags, its terms written as one word, and `more`."""
    written = [*brand.hashtags, *more, *(term.text for term in brand.terms)]
    joined = {"".join(letter for letter in tag.casefold() if letter.isalnum() or letter == "_"): None for tag in written}
    return tuple(tag for tag in joined if tag and not tag.isdecimal())


def _short(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_PART:
        raise TypeError("not ours")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**11:
        raise TypeError("not ours")
    return value

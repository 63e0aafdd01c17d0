"""Makes a text readable for the rules: folded, cut into sentences, clauses and words, with the way back. No rule lives here."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from responders.policy.kept import kept

MAX_READ = 12_000
"""Characters that the rules read; no network takes a longer reply, and R12 objects to one."""

_MAX_WORD, _MAX_SIGNS = 60, 20
"""Longer runs of letters or of signs read as cut off there, so that no pattern has to walk them again and again."""

_MOST_JOINED, _MOST_JOINED_IN_LINK = 12, 24
"""Words that hang together by hyphens and apostrophes; more of them read as words apart, for a pattern that passes over some words may cut
such a run anywhere, and tries all the ways there are."""

_SIGNS = {
    "’": "'", "‘": "'", "‛": "'", "′": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "—": "–", "―": "–", "‐": "-", "‑": "-", "‒": "-", "−": "-", "\n": "\n", "\t": " ", "\r": " ", "\u2028": "\n", "…": "…",
    # Cyrillic and Greek letters that look Latin, so that a swapped letter hides no phrase.
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ѕ": "s", "ј": "j",
    "А": "A", "Е": "E", "О": "O", "Р": "P", "С": "C", "Х": "X", "В": "B", "Н": "H", "К": "K", "М": "M", "Т": "T", "ο": "o", "α": "a",
}  # fmt: skip

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,300}|\b[\w-]{1,60}\.(?:example|com|nl|org|net|be|de|fr|uk|eu|io|info)(?:/\S{0,200}|\b)")
_MAY_BE_LINK = re.compile(r"//|www\.|\.[a-z]")
_LONG_TOKEN = re.compile(rf"\S{{{_MOST_JOINED + 1},}}")
_JOINT = re.compile("['-]")
_LONG_RUN = re.compile(rf"\w{{{_MAX_WORD + 1}}}|\W{{{_MAX_SIGNS + 1}}}")
_STOP = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)|\n+")
_BROKEN_LINE = re.compile(
    r"(?<=[^\s.!?…:;])[ ]{0,20}\n[\n ]{0,20}(?=[a-z]|(?:If|As|In\ case|Should|That|For|Because|Since|When|Whether|How|What|Why|And|But|"
    r"Als|Mocht|Mochten|Indien|Dat|Voor|Omdat|Doordat|Wanneer|Hoe|Wat|Waarom|En|Maar)\b)"
)
"""Where a sentence goes on in the next line: it had not ended, and the line begins small, or with a word that hangs on what went before."""
_QUOTED = re.compile(r"\"[^\"\n]{2,160}\"|(?<![^\W_])'[^'\n]{2,160}'(?![^\W_])")
_ABBREVIATION = re.compile(
    (
        r"(?:\b(?:mr|mrs|ms|dr|drs|ir|ing|dhr|mw|mevr|prof|st|nr|no|art|bijv|bv|enz|evt|incl|excl|tel|ca|jl|"
        r"a\.u\.b|s\.v\.p|e\.g|i\.e|vs|approx|z\.o\.z)|\b(?-i:[A-HJ-TV-Z]))\.$"
    ),
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:](?=\s|$)|,(?=\s)|\s[–-]\s|\s(?=(?:maar|but|en|and|want(?= (?:ik|we|wij|je|jij|u|het|dat|dit|de|die|deze|een|er|onze|uw|jouw|"
    r"hij|ze|zij|zo|nu|dan))|because|omdat|doordat|although|though|"
    r"alhoewel|hoewel|dus|yet|waardoor|zodat|while|terwijl|plus)\s)"
)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    """Return how one character reads: without accent, in plain quotes; empty where it is invisible."""
    sign = _SIGNS.get(char)
    if sign is not None:
        return sign
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Mc", "Cf", "Cc", "Cs"}:
        return ""
    if category.startswith("Z"):
        return " "
    base = "".join(part for part in unicodedata.normalize("NFKD", char)[:8] if not unicodedata.combining(part))
    return base[:4]


def _loosened(text: str) -> str:
    """Return a text in which no more than some words hang together; nothing is hidden, and every place stays."""
    return _LONG_TOKEN.sub(_apart, text) if text.count("'") + text.count("-") > _MOST_JOINED else text


def _apart(token: re.Match[str]) -> str:
    text = token.group()
    most = _MOST_JOINED_IN_LINK if "/" in text or "www." in text else _MOST_JOINED
    joints = [joint.start() for joint in _JOINT.finditer(text)]
    return f"{text[: joints[most]]}{_JOINT.sub(' ', text[joints[most] :])}" if len(joints) > most else text


class Word(NamedTuple):
    """One word as folded and lowered, with its place in the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with at most one finite verb, as far as signs and conjunctions tell."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One sentence of a folded text; `start` and `end` are places in that text."""

    text: str
    cased: str
    start: int
    end: int
    number: int

    @kept
    def clauses(self) -> tuple[Clause, ...]:
        """Cut the sentence at its inner signs and conjunctions."""
        parts: list[Clause] = []
        begin = 0
        for match in _CLAUSE.finditer(self.text):
            if match.start() > begin:
                parts.append(Clause(self.text[begin : match.start()], self.start + begin, self.start + match.start()))
            begin = match.end()
        if begin < len(self.text):
            parts.append(Clause(self.text[begin:], self.start + begin, self.end))
        return tuple(parts)

    @kept
    def asks(self) -> bool:
        """Say whether it ends in a question mark."""
        return self.text.rstrip("\"' )").endswith("?")


class Reading:
    """A text as the rules read it: `plain` is folded and lowered, `cased` keeps capitals, both of one length."""

    def __init__(self, text: str) -> None:
        self.text = text
        shown = text[:MAX_READ]
        if shown.isascii() and shown.isprintable() and not _LONG_RUN.search(shown):
            self.cased = shown
            self._offsets: range | list[int] = range(len(shown) + 1)
        else:
            pieces: list[str] = []
            offsets: list[int] = []
            run, was_letter = 0, False
            for place, char in enumerate(shown):
                folded = _fold_char(char)
                if not folded:
                    continue
                is_letter = folded[-1].isalnum() or folded == "_"
                run = run + 1 if is_letter is was_letter else 1
                was_letter = is_letter
                if run <= (_MAX_WORD if is_letter else _MAX_SIGNS):
                    pieces.append(folded)
                    offsets.extend([place] * len(folded))
            # A line that merely breaks is read on, so that no break hides what a sentence says; the places stay.
            self.cased = _BROKEN_LINE.sub(lambda match: " " * len(match.group()), "".join(pieces))
            offsets.append(len(shown))
            self._offsets = offsets
        self.cased = _loosened(self.cased)
        lowered = self.cased.lower()
        if len(lowered) != len(self.cased):
            lowered = "".join(char if len(char.lower()) != 1 else char.lower() for char in self.cased)
        self.plain = lowered

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original text of `plain[start:end]`."""
        if not self.text:
            return (0, 0)
        first = self._offsets[min(start, len(self._offsets) - 1)]
        last = self._offsets[min(max(end - 1, start), len(self._offsets) - 1)] + 1 if end > start else first
        return (first, min(last, len(self.text)))

    @kept
    def words(self) -> tuple[Word, ...]:
        """Every word in order; what stands in a link is an address and no words."""
        found = tuple([Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(self.plain)])
        links = [match.span() for match in _LINK.finditer(self.plain)] if _MAY_BE_LINK.search(self.plain) else ()
        return tuple(word for word in found if not any(begin <= word.start < end for begin, end in links)) if links else found

    @kept
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words that begin within `plain[start:end]`."""
        return self.words[self.places_in(start, end)]

    def places_in(self, start: int, end: int) -> slice:
        """Return which of the words begin within `plain[start:end]`."""
        starts = self._word_starts
        return slice(bisect_left(starts, start), bisect_left(starts, end))

    @kept
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence in order; an abbreviation, an initial or a decimal point ends none."""
        return tuple(self._cut())

    def _cut(self) -> Iterator[Sentence]:
        begin = number = 0
        for match in _STOP.finditer(self.plain):
            numbered = self.plain[match.start() - 2 : match.start()] == "no" and not re.match(
                r"\s+[\d#]", self.plain[match.end() : match.end() + 4]
            )
            if match.group() == "." and not numbered and _ABBREVIATION.search(self.cased[max(0, match.start() - 8) : match.end()]):
                continue
            sentence = self._sentence(begin, match.end(), number)
            begin = match.end()
            if sentence:
                number += 1
                yield sentence
        last = self._sentence(begin, len(self.plain), number)
        if last:
            yield last

    def _sentence(self, begin: int, end: int, number: int) -> Sentence | None:
        text = self.plain[begin:end]
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            return None
        start = begin + lead
        return Sentence(text, self.cased[start : start + len(text)], start, start + len(text), number)

    @kept
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Places that stand between quotation marks: words spoken about, not said."""
        if self.plain.count('"') + self.plain.count("'") < 2:
            return ()
        return tuple(match.span() for match in _QUOTED.finditer(self.plain))

    def is_quoted(self, start: int, end: int) -> bool:
        """Say whether `plain[start:end]` stands between quotation marks."""
        return bool(self.quoted) and any(begin <= start and end <= stop for begin, stop in self.quoted)


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """Return the reading of `text`; the last ones are kept, for a post or a fact is read again and again."""
    return Reading(text)


def listed(words: str) -> frozenset[str]:
    """Return the words of a list that people keep in alphabetical or thematic order, with spaces between them."""
    return frozenset(words.split())

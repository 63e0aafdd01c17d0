"""Patterns that are not run over a text in which they cannot be found; what they find is what they would have found. No rule lives here.

Most patterns are lists of words, and most texts hold none of them. What each needs is read off the pattern itself (literals.py), so that
nobody has to keep a list of it; which needs a text cannot meet is found out once for a text, and told for all patterns in one number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from threading import Lock

from responders.policy.literals import EDGE, Needs, folded, needs_of

_MOST_TEXTS, _MOST_WORDS = 512, 8192
_LONGEST_WORD = 64
"""A longer word may hold anything."""
_MOST_NEEDS = 4096
_OFTEN, _TOGETHER = 16, 16
"""Times that a pattern is asked before its needs are read, which takes as long as asking it a hundred times more; and how many
patterns that is done for together, for after it every word must be looked at again."""
_PARTS = re.compile(r"\w+|[^\w\s]")


class _Register:
    """Numbers all needs, and tells which of them a text does not meet.

    A need is a bit. One that was numbered after a text was looked at is not among those told, so that nothing old rules out what is new.
    """

    def __init__(self) -> None:
        self.unmet: dict[str, int] = {}
        """By text, the needs it does not meet; `look` fills it, and `forget` empties it."""
        self._words: dict[str, int] = {}
        self._bits: dict[frozenset[str], int] = {}
        self._met_by: dict[str, int] = {}
        self._all = 0
        self._begins: set[str] = set()
        """How pieces begin: a word that goes on otherwise holds none of them there."""
        self._lock = Lock()

    def number(self, needs: Needs) -> int:
        """Return the bits of a pattern's needs; of none, where there are too many to keep."""
        bits = 0
        with self._lock:
            for need in needs if len(self._bits) < _MOST_NEEDS else ():
                bit = self._bits.setdefault(need, 1 << len(self._bits))
                if not self._all & bit:
                    for piece in need:
                        self._met_by[piece] = self._met_by.get(piece, 0) | bit
                        self._begins.update(accumulate(piece))
                    self._all |= bit
                    self._words.clear()
                    self.unmet.clear()
                bits |= bit
        return bits

    def look(self, text: str) -> int:
        """Return the needs that a text does not meet, and keep them; at first none: many texts are asked about but once."""
        if text not in self.unmet:
            if len(self.unmet) >= _MOST_TEXTS:
                self.unmet.clear()
            self.unmet[text] = 0
            return 0
        self.unmet[text] = unmet = self._unmet_by_all(text.lower().split())
        return unmet

    def _unmet_by_all(self, words: Sequence[str]) -> int:
        unmet = self._all
        for word in words:
            unmet &= self._words.get(word) or self._unmet_by(word)
        return unmet

    def _unmet_by(self, word: str) -> int:
        """Return the needs that a word does not meet, and keep them; what hangs together with signs is looked at part by part."""
        if len(word) > _LONGEST_WORD:
            return 0
        parts = _PARTS.findall(word)
        unmet = self._all & ~self._met(folded(word)) if parts == [word] else self._unmet_by_all(parts)
        if len(self._words) >= _MOST_WORDS:
            self._words.clear()
        self._words[word] = unmet
        return unmet

    def _met(self, word: str) -> int:
        met = 0
        edged = f"{EDGE}{word}{EDGE}"
        for begin in range(len(edged)):
            for end in range(begin + 1, len(edged) + 1):
                piece = edged[begin:end]
                if piece not in self._begins:
                    break
                met |= self._met_by.get(piece, 0)
        return met


_REGISTER = _Register()
_unmet = _REGISTER.unmet.get
_look: Callable[[str], int] = _REGISTER.look
forget: Callable[[], None] = _REGISTER.unmet.clear
"""Forgets every text that was asked about, once the review is done for which it was read; of single words up to _MOST_WORDS stay."""


class Pattern:
    """A regular expression that, once asked often, passes over texts that do not meet its needs."""

    __slots__ = ("_asked", "_needs", "_regex")

    def __init__(self, text: str, flags: int = 0) -> None:
        self._regex = re.compile(text, flags)
        self._needs: int | None = None
        """The bits of its needs, 0 where it has none; None as long as it was not asked often enough to be worth reading them."""
        self._asked = 0

    def learn(self) -> None:
        """Read what it needs."""
        self._needs = _REGISTER.number(needs_of(self._regex.pattern, self._regex.flags))

    def _count(self) -> int:
        self._asked += 1
        if self._asked == _OFTEN:
            _learn_together(self)
        return 0

    def search(self, text: str, begin: int = 0) -> re.Match[str] | None:
        """Return the first place at which it is found, or None."""
        needs = self._count() if self._needs is None else self._needs
        return None if needs and needs & (_unmet(text) or _look(text)) else self._regex.search(text, begin)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return every place at which it is found."""
        needs = self._count() if self._needs is None else self._needs
        return iter(()) if needs and needs & (_unmet(text) or _look(text)) else self._regex.finditer(text)

    def match(self, text: str, begin: int = 0) -> re.Match[str] | None:
        """Return how the text begins with it, or None."""
        return self._regex.match(text, begin)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the whole text as found, or None."""
        return self._regex.fullmatch(text)

    def findall(self, text: str) -> list[str]:
        """Return what is found, in order."""
        return self._regex.findall(text)

    def split(self, text: str) -> list[str]:
        """Return the text in pieces, cut where it is found."""
        return self._regex.split(text)

    def sub(self, by: str, text: str) -> str:
        """Return the text with what is found replaced."""
        return self._regex.sub(by, text)


_WAITING: list[Pattern] = []
_LOCK = Lock()


def _learn_together(pattern: Pattern) -> None:
    """Let a pattern wait, and read what all that wait need once they are enough."""
    with _LOCK:
        _WAITING.append(pattern)
        ready = list(_WAITING) if len(_WAITING) >= _TOGETHER else []
        if ready:
            _WAITING.clear()
    for one in ready:
        one.learn()

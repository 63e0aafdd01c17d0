"""A text as a row of words with their meanings, and the search for meanings that stand together. Which ones matter is not known here."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

MAX_WORDS = 2_000
"""Words of a long text that are judged, so that hostile texts stay cheap."""
MAX_WORD = 60
"""Characters of a word that are looked at."""

_LONG = 160
_AROUND = 60
"""Words to each side of the brand's name that are judged in a text longer than _LONG."""

_TOKEN = re.compile(
    r"https?://\S+|[@#]\w+|\w\*+\w*|\w+(?:'\w+)*|[?!]|[.\n…;]+"
    "|[\U0001f600-\U0001f64f\U0001f910-\U0001f9ff❤💩🔥💀👏👍👎🙏🎉💚💙💛🧡💜🖤]"
)

_SIGNS = frozenset("_.@?!")
_SHOWN = 60
"""Characters of evidence that are shown."""


def tokens(text: str, about: frozenset[str]) -> list[str]:
    """Return the words and signs of a folded text; of a long one only the passages around the words in `about`, where any stands in it."""
    found = _TOKEN.findall(text)
    return _passages(found, about)[:MAX_WORDS] if len(found) > _LONG else found


def _passages(words: list[str], about: frozenset[str]) -> list[str]:
    """Return the words within reach of a word in `about`, passages parted by a break; everything where none stands in the text."""
    kept: list[str] = []
    until = 0
    for place, word in enumerate(words):
        if word.lstrip("@#") not in about:
            continue
        start = max(place - _AROUND, until)
        if start > until and kept:
            kept.append(".")
        kept.extend(words[start : place + _AROUND])
        until = max(until, place + _AROUND)
    return kept or words


@dataclass(slots=True)
class Reading:
    """A text as words, each with the meanings it may have (bits) and the phrases it may begin or hold (indexes)."""

    words: list[str]
    masks: list[int]
    seen: int
    phrases: set[int]
    _line: str = ""
    _places: dict[int, list[int]] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """Return the words in one line, one space before each and one at the end."""
        if not self._line:
            self._line = " " + " ".join(self.words) + " "
        return self._line

    def refresh(self) -> None:
        """Work out again what follows from the words and masks, after some were erased."""
        self._line = ""
        self._places.clear()
        self.seen = 0
        for mask in self.masks:
            self.seen |= mask

    def places(self, bit: int) -> list[int]:
        """Return the indexes of the words with this meaning."""
        found = self._places.get(bit)
        if found is None:
            found = self._places[bit] = [index for index, mask in enumerate(self.masks) if mask & bit]
        return found

    def stretch(self, bits: Sequence[int], within: int, unless: int) -> tuple[int, int] | None:
        """Return the first stretch (from, to) that holds a word of each meaning and no word of `unless`, or None."""
        lists = sorted((self.places(bit) for bit in bits), key=len)
        for start in lists[0]:
            low = high = start
            for others in lists[1:]:
                nearest = _nearest(others, start)
                low, high = min(low, nearest), max(high, nearest)
            if high - low > within:
                continue
            if unless and any(mask & unless for mask in self.masks[max(low - 2, 0) : high + 3]):
                continue
            return low, high
        return None


def _nearest(places: list[int], start: int) -> int:
    """Return the place nearest to `start`, another word than `start` itself where there is one within reach."""
    position = bisect_left(places, start)
    around = [place for place in places[max(position - 1, 0) : position + 2] if place != start]
    return min(around, key=lambda place: abs(place - start)) if around else start + 10**6


def shown(words: Sequence[str]) -> str:
    """Return words as they are shown to a person: short, and without signs."""
    line = " ".join(word for word in words if word not in _SIGNS)
    return line if len(line) <= _SHOWN else line[:_SHOWN].rsplit(" ", 1)[0] + " …"

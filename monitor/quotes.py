"""Strikes out of our own words what quotes a person; pure, and knows no database."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.text import fold

MARK = "…"
"""Stands where a quoted word stood."""
RUN = 5
"""So many words in a row are a quote, and no chance."""
SHORTEST = 4
"""Shorter words are everybody's, unless a digit stands in them or they are somebody's name."""

_WORD = re.compile(r"[^\W_]+")
"""Without the underscore, which joins words in addresses."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
"""Scripts without spaces between words, where a quoted word cannot be told from the rest."""


def strike(ours: str, text: str, names: Iterable[str] = ()) -> str:
    """Return our words without any word of four letters or more, or with a digit, that stands in `text`, and without these names.

    What is left says what we said in words of our own, and nothing of what the other person wrote. In a script without spaces it cannot
    be told apart, and all of it goes.
    """
    if not ours:
        return ours
    if _UNSPACED.search(text) and _UNSPACED.search(ours):
        return MARK
    theirs = {fold(word) for word in _WORD.findall(text) if len(word) >= SHORTEST or any(map(str.isdecimal, word))}
    theirs |= {fold(word) for name in names for word in _WORD.findall(name) if len(word) > 1}
    return _WORD.sub(lambda found: MARK if fold(found.group()) in theirs else found.group(), ours)


def without_quotes(ours: str, text: str, names: Iterable[str] = ()) -> str:
    """Return a sentence of ours without names, and without three or more words in a row, or a word with a digit, that stand in `text`.

    For reasons, which must stay readable and go where nothing can be erased any more.
    """
    found = list(_WORD.finditer(ours))
    mine = [fold(one.group()) for one in found]
    theirs = [fold(word) for word in _WORD.findall(text)]
    runs = {tuple(theirs[index : index + 3]) for index in range(len(theirs) - 2)}
    named = {fold(word) for name in names for word in _WORD.findall(name) if len(word) > 1}
    marked = {word for word in theirs if any(map(str.isdecimal, word)) and len(word) >= SHORTEST} | named
    out = {index for index, word in enumerate(mine) if word in marked}
    for index in range(len(mine) - 2):
        if tuple(mine[index : index + 3]) in runs:
            out |= {index, index + 1, index + 2}
    said, end = "", 0
    for index, one in enumerate(found):
        said += ours[end : one.start()] + (MARK if index in out else one.group())
        end = one.end()
    return said + ours[end:]


class Quoted:
    """What people wrote and are called, to be looked for in words of ours: a name, five words in a row, or all of a shorter text."""

    def __init__(self, said: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._names: set[str] = set()
        for text, names in said:
            theirs = [fold(word) for word in _WORD.findall(text)]
            length = min(RUN, len(theirs))
            if length:
                self._runs |= {tuple(theirs[index : index + length]) for index in range(len(theirs) - length + 1)}
            self._names |= {bare.casefold() for name in names if len(bare := name.strip("@")) > 2}
        self._lengths = {len(run) for run in self._runs}

    def held_in(self, ours: str) -> bool:
        """Say whether this quotes one of them."""
        mine = [fold(word) for word in _WORD.findall(ours)]
        for length in self._lengths:
            if any(tuple(mine[index : index + length]) in self._runs for index in range(len(mine) - length + 1)):
                return True
        low = ours.casefold()
        return any(name in low for name in self._names)

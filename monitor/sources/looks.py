"""Says of what a network answered which mentions still stand there, and which are gone; nothing is asked here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from monitor.contracts import Cost, Recheck
from monitor.sources.answers import Page
from monitor.text import words

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_CUT = re.compile(r"\S*(?:\.\.\.|…)")
"""Where a network left something out, and what is left of the word before."""

Read = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def look(page: Page, answered: Mapping[str, Any], read: Read, *, gone: Iterable[str] = (), cost: Cost | None = None) -> Recheck:
    """Return what became of the mentions whose things, by external id, a network answered.

    Read as `fetch` reads them: what it leaves out (deleted, removed, private) is gone, what it cannot read says nothing.
    """
    lost = set(gone)
    for name, thing in answered.items():
        unreadable = len(page.rejected)
        page.add(thing, read)
        if name not in page.mentions and len(page.rejected) == unreadable:
            lost.add(name)
    there = {name: mention.text for name, mention in page.mentions.items() if name in answered}
    return Recheck(there, frozenset(lost), cost)


def says_the_same(read: str, stands: str) -> bool:
    """Say whether two readings of a text have the same words; links are left out, since networks shorten them here and not there."""
    return _words(read) == _words(stands)


def is_within(read: str, whole: str) -> bool:
    """Say whether what was read, cut off at dots, stands piece by piece in a whole text."""
    standing = f" {' '.join(_words(whole))} "
    return all(f" {' '.join(piece)} " in standing for part in _CUT.split(read) if (piece := _words(part)))


def _words(text: str) -> tuple[str, ...]:
    return words(_LINK.sub(" ", text))

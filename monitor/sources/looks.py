"""Says of what a network answered which mentions still stand there, and which are gone; nothing is asked here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from monitor.contracts import Cost, Recheck
from monitor.sources.answers import Page

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

"""Shows word by word what changed between two texts; what is shown is rich text, in which nothing is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from responders.approval.blocks import Element, cut, words

MOST_WORDS = 1_200
"""Comparing costs the square of the words; longer texts are shown one after the other."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def mark_changes(before: str, after: str, limit: int) -> list[Element]:
    """Return the text with what went struck through and what came in bold, cut to about `limit` characters."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return [words(cut(before, limit // 2), strike=True), words("\n"), words(cut(after, limit // 2), bold=True)]
    shown: list[Element] = []
    room = limit
    for text, style in _runs(old, new):
        if room <= 0:
            shown.append(words("…"))
            break
        shown.append(words(cut(text, room), **style))
        room -= len(text)
    return shown or [words("–")]


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, dict[str, bool]]]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "".join(old[i:j]), {}
            continue
        if i < j:
            yield "".join(old[i:j]), {"strike": True}
        if k < m:
            yield "".join(new[k:m]), {"bold": True}

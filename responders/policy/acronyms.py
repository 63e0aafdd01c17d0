"""Finds the words of a reply that spell out what a fact shortens to its letters: "data protection officer" for "DPO"."""

from __future__ import annotations

import re

from responders.policy.reading import Reading
from responders.policy.stems import keys

_ACRONYM = re.compile(r"(?<![\w.-])[A-Z]{2,5}(?![\w-])")


def spelled_out(reply: Reading, texts: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of the words of a reply whose first letters are an acronym of these texts."""
    wanted = {match.group().lower() for text in texts for match in _ACRONYM.finditer(text)}
    if not wanted:
        return frozenset()
    words = [word.text for word in reply.words]
    letters = "".join(word[0] for word in words)
    found: set[str] = set()
    for short in wanted:
        place = letters.find(short)
        while place >= 0:
            found |= keys(words[place : place + len(short)])
            place = letters.find(short, place + 1)
    return frozenset(found)

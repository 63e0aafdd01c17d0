"""How a text is written, in a few numbers that no encoder shows well: how long it is, what it asks, whom it speaks to; pure."""

from __future__ import annotations

import math
import re

_ENDS = re.compile(r"[.!?…](?=\s|$)|\n")
_LAUGHTER = re.compile(r"[\U0001F300-\U0001FAFF]|haha|\b(?:lol|lmao|xd)\b", re.IGNORECASE)
_QUOTES = re.compile(r"[\"“”„']")
_MINE = re.compile(r"\b(?:i|my|we|our|ik|mijn|m'n|mn|wij|ons|onze)\b", re.IGNORECASE)
_YOURS = re.compile(r"\b(?:you|your|jullie|je|jij|u|uw)\b", re.IGNORECASE)
_LOUD = re.compile(r"\b[A-Z]{3,}\b")
_DIGITS = re.compile(r"\d")
MOST = 3.0
"""No number is larger."""
READ = 2_000
"""So many characters are looked at."""


def form(text: str) -> list[float]:
    """Return the numbers, each from 0 to MOST."""
    text = text[:READ]
    found = (
        math.log1p(len(text.split())) / 3,
        len(_ENDS.findall(text)) / 5,
        text.count("?") / 2,
        text.count("!") / 2,
        float(_LAUGHTER.search(text) is not None),
        float(_QUOTES.search(text) is not None),
        len(_DIGITS.findall(text)) / 6,
        float(_MINE.search(text) is not None),
        float(_YOURS.search(text) is not None),
        len(_LOUD.findall(text)) / 3,
        float("@" in text),
        float("#" in text),
    )
    return [min(one, MOST) for one in found]

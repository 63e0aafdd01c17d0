"""Weighs German words of feeling for the model: negation, boosters, inflections, compounds; less than a scorer of its own.

The word list is weights/de.tsv. Faces, signs and the final sum are those of Dutch.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from monitor.scorers.dutch import CAPITALS, FACES, FLIP, NOISE, REACH, SIGNS, WORDS, Feeling, face_weight, read_words, total_of

_NEGATIONS = "nicht kein keine keinen keiner keinem nie niemals nichts ohne kaum nirgends weder"
_BOOSTERS = {
    0.293: "sehr echt total so absolut extrem mega wirklich richtig völlig voll besonders unglaublich wahnsinnig furchtbar zu ganz",
    -0.293: "etwas bisschen ziemlich relativ eher leicht teilweise fast",
}
_END_PARTS = {
    "chaos": -2.5, "problem": -1.5, "probleme": -1.5, "störung": -1.5, "störungen": -1.5, "ausfall": -1.5, "ausfälle": -1.5,
    "streik": -1.5, "streiks": -1.5, "verspätung": -1.5, "verspätungen": -1.5, "fehler": -1.5, "panne": -1.5, "unfall": -1.5,
    "katastrophe": -3.0, "wahnsinn": -2.0, "laden": 0.0, "freude": 2.0,
}  # fmt: skip
"""What the last part of a compound says about the whole: an "Oberleitungsstörung" is a failure."""
_ENDINGS = ("e", "en", "er", "es", "em", "s", "t", "te", "ten", "ste", "sten", "ster")

NEGATIONS = frozenset(_NEGATIONS.split())
BOOSTERS: Mapping[str, float] = {word: boost for boost, row in _BOOSTERS.items() for word in row.split()}
CONTRASTS = frozenset(("aber", "jedoch", "leider"))


@cache
def word_list() -> Mapping[str, float]:
    """Read the German word list."""
    return read_words("de.tsv")


def weight_of(word: str) -> float:
    """Return what a lower-case German word weighs by itself; 0 where it is not known."""
    words = word_list()
    if word in words:
        return words[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and word[: -len(ending)] in words:
            return words[word[: -len(ending)]]
    if len(word) > 7:
        for length in range(min(len(word) - 3, 12), 4, -1):
            if word[-length:] in _END_PARTS:
                return _END_PARTS[word[-length:]]
    return 0.0


def feel(text: str) -> Feeling:
    """Weigh the words of a German text."""
    text = NOISE.sub(" ", text)
    weighed = [(face.group(), face_weight(face)) for face in FACES.finditer(text)]
    written = WORDS.findall(FACES.sub(" ", text))
    lower = [word.lower() for word in written]
    turn = next((place for place in range(len(lower) - 1, -1, -1) if lower[place] in CONTRASTS), -1)
    mixed = any(not word.isupper() for word in written)
    for place, word in enumerate(lower):
        weight = SIGNS.get(word) or _weigh(lower, place)
        if not weight:
            continue
        if mixed and len(word) > 1 and written[place].isupper():
            weight += math.copysign(CAPITALS, weight)
        if turn >= 0:
            weight *= 0.5 if place < turn else 1.5 if place > turn else 1.0
        weighed.append((word, weight))
    return total_of(weighed, text)


def _weigh(lower: list[str], place: int) -> float:
    if lower[place] in BOOSTERS and place + 1 < len(lower) and weight_of(lower[place + 1]):
        return 0.0
    weight = weight_of(lower[place])
    if not weight:
        return 0.0
    before = lower[max(0, place - REACH) : place]
    boost = sum(BOOSTERS.get(word, 0.0) * (1.0, 0.95, 0.9)[back] for back, word in enumerate(reversed(before)))
    weight += math.copysign(boost, weight * boost) if boost else 0.0
    # German denies a verb after it too: "klappt nicht".
    after = lower[place + 1 : place + 2]
    denied = sum(word in NEGATIONS for word in before) + (bool(after) and after[0] == "nicht")
    return weight * FLIP if denied % 2 else weight

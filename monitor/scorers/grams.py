"""Counts words and short runs of them by a hash, so that their weights fit in a small table without any word in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from zlib import crc32

BITS = {"en": 18, "nl": 15}
"""By language: its table has 2 ** BITS rows; two runs may share one, which costs little. Of Dutch, words alone are counted."""
MOST_WORDS = 80
"""Words of a passage that are read."""
LETTERS = (4, 5)
NEGATED = 3
"""Words after a Dutch negation that it may be about."""

_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[!?.]+")
_DUTCH_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[!?.]+|[\u2600-\u27bf\U0001f300-\U0001faff]")
_DUTCH_NEGATIONS = frozenset(("niet", "geen", "nooit", "zonder", "niks", "niets", "nergens", "geenszins", "noch"))
_NEGATIONS = frozenset(("not", "no", "never", "cannot", "without", "nothing", "nobody"))


def runs(text: str) -> set[str]:
    """Return the words of a text, the words after a negation marked so, pairs, triples, and runs of letters within words."""
    words = ["<", *_WORDS.findall(text.lower())[:MOST_WORDS], ">"]
    found = set()
    negated = False
    for place, word in enumerate(words):
        found.add(word)
        if negated:
            found.add("¬" + word)
        if word in _NEGATIONS or word.endswith("n't"):
            negated = True
        elif word[0] in ".!?":
            negated = False
        if place:
            found.add(f"{words[place - 1]} {word}")
        if place > 1:
            found.add(f"{words[place - 2]} {words[place - 1]} {word}")
        if len(word) > 3:
            bounded = f"_{word[:40]}_"
            found.update("#" + bounded[begin : begin + size] for size in LETTERS for begin in range(len(bounded) - size + 1))
    return found


def dutch_runs(text: str) -> set[str]:
    """Return the words of a Dutch text, its emoji and signs, and the words after a negation marked so."""
    words = _DUTCH_WORDS.findall(text.lower())[:MOST_WORDS]
    found = set(words)
    negated = 0
    for word in words:
        if negated:
            found.add("¬" + word)
            negated -= 1
        if word in _DUTCH_NEGATIONS:
            negated = NEGATED
        elif word[0] in ".!?":
            negated = 0
    return found


def rows(text: str, language: str = "en") -> list[int]:
    """Return the rows of the language's table that the runs of `text` fall on, each once, in order."""
    mask = (1 << BITS[language]) - 1
    return sorted({crc32(run.encode("utf-8", "replace")) & mask for run in _RUNS[language](text)})


_RUNS: Mapping[str, Callable[[str], set[str]]] = {"en": runs, "nl": dutch_runs}

"""Counts short runs of words and letters of English by a hash, so that their weights fit in a small table without any word in it."""

from __future__ import annotations

import re
from zlib import crc32

BITS = 18
"""The table has 2 ** BITS rows; two runs may share one, which costs little."""
MOST_WORDS = 80
"""Words of a passage that are read."""
LETTERS = (4, 5)

_MASK = (1 << BITS) - 1
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[!?.]+")
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


def rows(text: str) -> list[int]:
    """Return the rows of the table that the runs of `text` fall on, each once, in order."""
    return sorted({crc32(run.encode("utf-8", "replace")) & _MASK for run in runs(text)})

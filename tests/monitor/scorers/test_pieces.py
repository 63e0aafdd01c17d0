"""Texts are cut into the pieces whose joint chance is highest, however they are looked up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

np = pytest.importorskip("numpy")

from monitor.scorers.pieces import MOST_KEPT, SPACE, Pieces  # noqa: E402

SCORES = {f"{SPACE}a": -1.0, "a": -2.0, "b": -2.0, "ab": -2.5, f"{SPACE}ab": -4.5, "ba": -3.0, SPACE: -1.5, "aba": -9.0, "\U0001f600": -3.0}
"""By piece; their numbers are 4 and on, for 0 to 3 are marks."""
NUMBERS = {text: number for number, text in enumerate(SCORES, 4)}
UNKNOWN = 3


def pieces() -> Pieces:
    scores = np.array([0.0, 0.0, 0.0, 0.0, *SCORES.values()], np.float32)
    texts = [text.encode() for text in SCORES]
    return Pieces(b"".join(texts), np.array([*map(len, texts)]), np.array([*NUMBERS.values()]), scores, (0, 2, UNKNOWN))


def best_by_hand(word: str) -> float:
    """Return the highest joint score over every way to cut a word."""
    found = -1e9
    for cuts in range(2 ** (len(word) - 1)):
        ends = [0, *(place for place in range(1, len(word)) if cuts >> (place - 1) & 1), len(word)]
        parts = [word[begin:end] for begin, end in pairwise(ends)]
        if all(part in SCORES or len(part) == 1 for part in parts):
            found = max(found, sum(SCORES.get(part, min(SCORES.values()) - 10) for part in parts))
    return found


@given(st.text("ab\U0001f600x", min_size=1, max_size=7))
def test_no_other_cut_has_a_higher_chance(word: str) -> None:
    scores = dict.fromkeys([UNKNOWN], min(SCORES.values()) - 10) | {NUMBERS[text]: score for text, score in SCORES.items()}
    found = pieces()(word, 100)[1:-1]

    assert sum(scores[number] for number in found) == pytest.approx(best_by_hand(SPACE + word))


def test_a_text_is_cut_to_so_many_pieces_and_words_that_are_known_stay_the_same() -> None:
    cut = pieces()
    first, again = cut("ab ab ba", 100), cut("ab ab ba", 100)

    assert first == again
    assert (0, 2) == (first[0], first[-1])
    assert 5 == len(cut("a b a b a b", 5))
    assert [0, NUMBERS[SPACE], 2] == cut("", 9)


def test_what_is_remembered_has_an_end() -> None:
    cut = pieces()
    cut(" ".join(f"a{number}" for number in range(MOST_KEPT + 2)), MOST_KEPT * 8)
    cut("ab", 9)

    assert 1 == len(cut._kept)

"""A sentence's pieces are held against those of facts and post: what stands in the facts counts for more than what the post says."""

from __future__ import annotations

import numpy as np

from responders.policy.aligning import OF_SENTENCE, OF_TOLD, Aligning, Pieces, shelve


def pieces(*numbers: int) -> Pieces:
    """Return pieces of which those with one number are one, each along an axis of its own."""
    return Pieces(np.array(numbers, dtype=np.int64), np.eye(8, dtype=np.float32)[list(numbers)])


def aligning() -> Aligning:
    """Return weights for which only counts whether a piece stands in facts or post, the post being drawn to less."""
    compare = np.zeros((4 * 8 + 4, 2), dtype=np.float32)
    compare[-4, 0] = compare[-2, 1] = 1
    hidden = np.zeros((2 * 2 + 1, 1), dtype=np.float32)
    hidden[:2, 0] = (1, -0.5)
    return Aligning(
        {
            "inward": np.eye(8, dtype=np.float32) * 3,
            "inward_bias": np.zeros(8, dtype=np.float32),
            "sharpness": np.array(8, dtype=np.float32),
            "same": np.array(2, dtype=np.float32),
            "post": np.array(-1, dtype=np.float32),
            "compare": compare,
            "compare_bias": np.zeros(2, dtype=np.float32),
            "hidden": hidden,
            "hidden_bias": np.zeros(1, dtype=np.float32),
            "last": np.ones(1, dtype=np.float32),
            "last_bias": np.array(0, dtype=np.float32),
        }
    )


NOTHING = np.zeros(1, dtype=np.float32)


def test_facts_come_first_and_the_post_last_and_both_have_an_end() -> None:
    shelf = shelve([pieces(1, 2), pieces(3)], pieces(4))
    long = shelve([pieces(*[1] * 300)], pieces(2))

    assert [1, 2, 3, 4] == shelf.numbers.tolist()
    assert [0, 0, 0, 1] == shelf.of_post.tolist()
    assert OF_TOLD == len(long.numbers) == len(long.lines) == len(long.of_post)


def test_what_a_fact_says_is_likelier_carried_than_what_the_post_says_and_that_than_what_nobody_says() -> None:
    shelf = shelve([pieces(1, 2)], pieces(3))
    by_fact, by_post, by_none = (aligning().chance(pieces(number), shelf, NOTHING) for number in (1, 3, 5))

    assert by_fact > by_post > by_none


def test_a_sentence_or_facts_without_pieces_are_carried_by_nothing() -> None:
    shelf = shelve([pieces(1)], pieces(2))

    assert 0 == aligning().chance(pieces(), shelf, NOTHING)
    assert 0 == aligning().chance(pieces(1), shelve([pieces()], pieces()), NOTHING)


def test_of_a_long_sentence_the_beginning_is_read() -> None:
    shelf = shelve([pieces(1)], pieces(2))
    beginning = [1] * OF_SENTENCE

    assert aligning().chance(pieces(*beginning), shelf, NOTHING) == aligning().chance(pieces(*beginning, *[5] * 40), shelf, NOTHING)


def test_lines_have_length_one() -> None:
    found = aligning().lines(np.array([[0, 3, 4, 0, 0, 0, 0, 0], [0] * 8], dtype=np.float32))

    assert np.allclose([1, 0], np.linalg.norm(found, axis=1))

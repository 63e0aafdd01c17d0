from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.imprints import imprint, known_stems, stem_of
from monitor.stories import SAME, TAUGHT_AMONG, compare, doubt_among, is_usually_busy, may_be_same, measures
from tests.builders import NOW

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "story_pairs.jsonl").read_text("utf-8").splitlines()]
BOAT = "The ferry of Veervaart hit the jetty in Kampen this afternoon, there is a hole in the bow."
VEERVAART = known_stems(["Veervaart"])


def like(earlier: str, later: str) -> tuple[bool, bool]:
    likeness = compare(imprint(earlier, VEERVAART), imprint(later, VEERVAART))
    return likeness.same, likeness.repeats


@pytest.mark.parametrize(
    "later",
    [
        BOAT,
        f"RT @kampen_nu: {BOAT}",
        f"Oh no, not again! “{BOAT}”",
        "Ferry of Veervaart hits jetty in Kampen this afternoon: hole in the bow",
    ],
)
def test_what_is_retold_is_the_same_story_and_tells_nothing_new(later: str) -> None:
    assert (True, True) == like(BOAT, later)


@pytest.mark.parametrize(
    "later",
    [
        f"{BOAT} Two people were hurt.",
        f"{BOAT} It was the fourth time this year, 14 passengers left by the stairs.",
        f"{BOAT} It came about because the rudder broke.",
        f"{BOAT} The skipper comes from Zwolle, they say.",
    ],
)
def test_what_brings_a_number_a_place_a_cause_or_an_outcome_is_the_same_story_and_is_not_swallowed(later: str) -> None:
    assert (True, False) == like(BOAT, later)


def test_who_says_much_of_their_own_beside_a_quote_does_not_merely_repeat_it() -> None:
    own = "my mother always warned everybody about slippery planks, weak railings, careless captains, loud engines and cold coffee aboard"

    assert (True, False) == like(BOAT, f"{BOAT} {own}")


def test_a_form_that_is_filled_in_twice_is_two_stories() -> None:
    first = "Veervaart cancelled the 8:15 to Kampen again, third time this week."

    assert (False, False) == like(first, "Veervaart cancelled the 17:42 to Hattem again, second time this month.")


def test_the_more_is_written_the_more_two_posts_must_share_but_what_is_retold_is_retold() -> None:
    earlier, later = (imprint(text, VEERVAART) for text in (BOAT, "Waiting for the boat at Kampen, it smells of paint here."))
    retold = imprint(f"RT @kampen_nu: {BOAT}", VEERVAART)
    doubt = doubt_among(20 * TAUGHT_AMONG)

    assert (0.0, 0.0) == (doubt_among(0), doubt_among(TAUGHT_AMONG))
    assert (True, False) == (compare(earlier, later).same, compare(earlier, later, doubt=doubt).same)
    assert compare(earlier, retold, doubt=doubt).repeats


def test_a_name_that_many_posts_hold_makes_no_story_and_is_still_news() -> None:
    earlier, later = (imprint(text, VEERVAART) for text in (BOAT, "Waiting for the boat at Kampen, it smells of paint here."))
    retold = imprint(f"RT @kampen_nu: {BOAT} In Zwolle too.", VEERVAART)
    common = frozenset({"kamp", "zwol"})

    assert common <= earlier.facts | retold.facts
    assert (True, False) == (compare(earlier, later).same, compare(earlier, later, common).same)
    assert (True, False) == (compare(earlier, retold, common).same, compare(earlier, retold, common).repeats)


@pytest.mark.parametrize("text", ["@veervaart my lock does not open", "thanks Veervaart!", "", "👍", "Veervaart"])
def test_two_people_who_say_the_same_few_words_do_not_repeat_each_other(text: str) -> None:
    assert (False, False) == like(text, text)


def test_endings_are_left_out_so_that_one_word_is_one() -> None:
    assert {"slot"} == {stem_of("slot"), stem_of("sloten")} | {stem_of("slots")}
    assert stem_of("lock") == stem_of("locks")
    assert "12.30" == stem_of("12.30")


def test_a_link_and_a_whole_sentence_are_keys_of_their_own() -> None:
    quoted = imprint(f"{BOAT} " + "And then something entirely else happens on another river with other boats. " * 5)
    linked = [imprint(f"{words} https://example.org/boat?from={words}") for words in ("look", "read this")]

    assert set(imprint(BOAT).keys) & set(quoted.keys)
    assert set(linked[0].keys) & set(linked[1].keys)


def test_keys_fit_a_database_and_a_hostile_text_has_few_of_them() -> None:
    hostile = imprint(" ".join(f"Name{n} {n} www.example.org/{n}. Sentence of five words {n}." for n in range(500)))

    assert all(-(2**63) <= key < 2**63 for key in hostile.keys)
    assert len(hostile.keys) < 200


def test_the_order_of_two_texts_does_not_change_whether_they_tell_the_same() -> None:
    for pair in PAIRS:
        known = known_stems([pair["brand"]])
        a, b = (imprint(pair[side]["text"], known) for side in "ab")

        assert measures(a, b) == measures(b, a)


def test_nothing_is_passed_over_that_would_be_found_to_be_the_same() -> None:
    known = known_stems({pair["brand"] for pair in PAIRS})
    texts = [imprint(pair[side]["text"], known) for pair in PAIRS for side in "ab"]
    likely = [(one, other) for one in texts for other in texts[:200] if compare(one, other).same]
    passed_over = sum(not may_be_same(one, other) for one in texts for other in texts[:200])

    assert all(may_be_same(one, other) for one, other in likely)
    assert passed_over > len(texts) * 200 * SAME


def test_there_are_three_hundred_labelled_pairs_and_more_in_two_languages() -> None:
    def count(**wanted: Any) -> int:
        return sum(all(pair[key] == value for key, value in wanted.items()) for pair in PAIRS)

    assert 300 <= len(PAIRS)
    assert 100 <= count(same=True)
    assert 100 <= count(same=False)
    assert {("nl", "nl"), ("en", "en"), ("nl", "en"), ("en", "nl")} == {(pair["a"]["lang"], pair["b"]["lang"]) for pair in PAIRS}
    assert not [pair for pair in PAIRS if pair["repeats"] and not pair["same"]]


def a_week(*days: int) -> list[datetime]:
    """Return when so many posts were written on each day before NOW, the latest first."""
    return [NOW - timedelta(days=number + one / (many + 1)) for number, many in enumerate(days) for one in range(many)]


@pytest.mark.parametrize(
    ("days", "begun", "busy"),
    [
        pytest.param((15,) * 7, False, True, id="each day"),
        pytest.param((14,) * 7, False, False, id="a hundred a week and no more"),
        pytest.param((400, 2, 1, 0, 3, 2, 1), False, False, id="hundreds since yesterday"),
        pytest.param((400, 300, 500, 2, 1, 3, 0), False, False, id="hundreds for three days"),
        pytest.param((400, 300, 500, 90, 1, 3, 0), False, True, id="hundreds for most of the week"),
        pytest.param((400,), True, True, id="hundreds since it began: nobody knows what is usual"),
        pytest.param((400, 2), True, True, id="nor after a day"),
        pytest.param((400, 2, 3), True, False, id="after two days it is known"),
        pytest.param((400, 2), False, False, id="of a brand that is older the silent days count"),
        pytest.param((), True, False, id="nothing"),
    ],
)
def test_a_brand_is_busy_by_its_usual_day(days: Sequence[int], begun: bool, busy: bool) -> None:
    assert busy is is_usually_busy(a_week(*days), NOW, begun=begun)


def test_what_is_older_than_a_week_or_later_says_nothing_of_it() -> None:
    others = [NOW + timedelta(hours=1)] * 500 + [NOW - timedelta(days=7)] * 500

    assert not is_usually_busy([*others, *a_week(3, 3, 3)], NOW, begun=True)

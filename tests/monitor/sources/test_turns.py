"""The cursor of questions in turn: what it forgets, what it never goes back on, and that any text may be opened as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain import Term
from monitor.sources.turns import MAX_PAGES, Turn, key_of, order, phrases, tags
from tests.builders import a_brand

QUESTIONS = ["one", "two"]


def test_questions_are_asked_in_turn_and_then_it_ends() -> None:
    first, question = Turn().begin(QUESTIONS)
    second, _ = first.step(QUESTIONS, ["5", "7"], "a page that is history")
    _, following = second.begin(QUESTIONS)
    last, _ = second.step(QUESTIONS, [], "")

    assert ("one", "two", "") == (question, following, last.turn)
    assert {key_of("one"): "7"} == last.since


def test_pages_are_read_back_where_the_question_was_asked_before() -> None:
    state = Turn(since={key_of("one"): "5"}).begin(QUESTIONS)[0]

    further, trouble = state.step(QUESTIONS, ["9", "8"], "8")
    done, _ = further.step(QUESTIONS, ["7", "4"], "")

    assert ("8", 1, "") == (further.page, further.pages, trouble)
    assert "9" == done.since[key_of("one")]


def test_a_mark_never_goes_back() -> None:
    state = Turn(since={key_of("one"): "10"}).begin(QUESTIONS)[0]

    assert "10" == state.step(QUESTIONS, ["9"], "")[0].since[key_of("one")]


def test_too_many_pages_end_and_are_told() -> None:
    state = replace(Turn(since={key_of("one"): "1"}), turn=key_of("one"), page="x", newest="9", pages=MAX_PAGES - 1)

    following, trouble = state.step(QUESTIONS, ["5"], "y")

    assert (key_of("two"), "9") == (following.turn, following.since[key_of("one")])
    assert f"more than {MAX_PAGES} pages came since the last reading, and the older ones are not read" == trouble


def test_a_question_that_nobody_asks_any_more_is_forgotten() -> None:
    state = Turn(since={"gone": "1", key_of("two"): "2"}, turn="gone", page="p")

    begun, question = state.begin(QUESTIONS)

    assert ("one", "", 0) == (question, begun.page, begun.pages)
    assert {key_of("two"): "2"} == begun.skip(QUESTIONS).since


def test_the_wish_to_wait_is_kept_until_it_is_over() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    state = Turn.open(Turn(wait_until=int(now.timestamp()) + 10).close())

    assert now + timedelta(seconds=10) == state.wish(now)
    assert None is state.wish(now + timedelta(seconds=10))
    assert state.wait_until == state.begin(QUESTIONS)[0].skip(QUESTIONS).wait_until


@pytest.mark.parametrize(
    "text",
    ["x", "7", "[]", "null", '{"since": 1}', '{"since": {"a": 1}}', '{"pages": -1}', '{"pages": true}', '{"wait_until": 1e999}',
     '{"wait_until": 9999999999999}', '{"page": []}', '{"page": "' + "x" * 2_000 + '"}', "[" * 100_000],
)  # fmt: skip
def test_a_cursor_that_is_not_ours_is_as_good_as_none(text: str) -> None:
    assert Turn() == Turn.open(text)


@given(st.text())
def test_any_text_at_all_may_be_opened(text: str) -> None:
    assert Turn.open(text) == Turn.open(Turn.open(text).close())


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_marks_that_are_numbers_are_ordered_as_numbers(one: int, other: int) -> None:
    assert (one < other) == (order(str(one)) < order(str(other)))


def test_terms_become_phrases_and_tags_once() -> None:
    brand = a_brand(terms=[Term("Waalfiets*"), "waalfiets", '"De Waal-fiets"', "*"], hashtags=("#Waalfiets", "#1"))

    assert ("waalfiets", "de waal-fiets") == phrases(brand)
    assert ("waalfiets", "nijmegen", "dewaalfiets") == tags(brand, ["Nijmegen"])


@pytest.mark.parametrize(("page", "number"), [("", 1), ("7", 7), ("999", 999), ("1000", 1), ("٣", 1), ("-1", 1), ("x", 1), ("9" * 1000, 1)])
def test_a_page_that_is_counted_is_a_small_number_or_the_first(page: str, number: int) -> None:
    assert number == Turn(page=page).number(1)

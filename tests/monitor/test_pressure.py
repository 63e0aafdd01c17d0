"""What waits is weighed by danger and age against what this team usually clears (K6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.pressure import LEAST, Pressure, Waiting, weigh

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORKED = [5, 0, 10, 0]
"""A team that clears something on half of its days."""


def waiting(number: int = 1, since: timedelta = timedelta(0), *, danger: bool = False, negative: bool = True) -> list[Waiting]:
    return [Waiting(one, AT - since, danger, negative) for one in range(number)]


@pytest.mark.parametrize(
    ("one", "weight"),
    [
        (waiting(), 1.0),
        (waiting(negative=False), 0.3),
        (waiting(danger=True), 5.0),
        (waiting(since=4 * HOUR), 2.0),
        (waiting(since=12 * HOUR), 4.0),
        (waiting(since=40 * HOUR), 4.0),
        (waiting(since=-HOUR), 1.0),
    ],
)
def test_a_mention_weighs_by_its_danger_and_its_age_up_to_four_times(one: Sequence[Waiting], weight: float) -> None:
    assert weight == weigh(one, WORKED, AT).weight


def test_what_a_team_usually_clears_is_the_middle_of_the_days_on_which_it_worked() -> None:
    assert (7.5, 15.0) == (weigh([], WORKED, AT).usual, weigh([], WORKED, AT).limit)


def test_a_team_that_clears_little_is_not_told_of_every_little_heap() -> None:
    found = [weigh(waiting(number), [1], AT).is_too_much for number in (9, 10)]

    assert [False, True] == found
    assert LEAST == weigh([], [1], AT).limit


def test_two_days_worth_is_too_much_and_half_of_that_is_over() -> None:
    assert [False, True] == [weigh(waiting(number), WORKED, AT).is_too_much for number in (14, 15)]
    assert [True, False] == [Pressure(weight, 7.5).is_over for weight in (7.4, 7.5)]


def test_where_nobody_decided_on_anything_yet_only_what_waits_longer_than_a_day_weighs() -> None:
    young = weigh(waiting(99, 23 * HOUR), [], AT)
    old = weigh(waiting(3, 24 * HOUR), [0, 0], AT)

    assert (0.0, False) == (young.weight, young.is_too_much)
    assert (12.0, True) == (old.weight, old.is_too_much)


@given(
    ages=st.lists(st.integers(min_value=-60, max_value=10_000), max_size=30),
    cleared=st.lists(st.integers(min_value=0, max_value=500), max_size=14),
)
def test_what_waits_longer_never_weighs_less_and_more_never_less_than_some(ages: list[int], cleared: list[int]) -> None:
    heap = [Waiting(number, AT - timedelta(minutes=age), False, True) for number, age in enumerate(ages)]
    now, later, fewer = weigh(heap, cleared, AT), weigh(heap, cleared, AT + HOUR), weigh(heap[1:], cleared, AT)

    assert later.weight >= now.weight >= fewer.weight >= 0
    assert not (now.is_too_much and now.is_over)

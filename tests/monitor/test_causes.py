from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest

from monitor.causes import MOST, WEIGHTS, Post, gather
from tests.builders import NOW

AXES = 40


def a_place(axis: int, beside: int, share: float = 0.6) -> Sequence[float]:
    """Return a direction between two axes, so that places of one axis lie near each other."""
    place = np.zeros(AXES)
    place[axis], place[beside] = share, (1 - share**2) ** 0.5
    return [float(number) for number in place]


def a_post(hours: float, axis: int, beside: int, *words: str, p_negative: float = 0.6) -> Post:
    return Post(NOW + timedelta(hours=hours), a_place(axis, beside), frozenset(words), p_negative)


def usual(number: int = 14) -> list[Post]:
    """Return what is said of a brand on any three days: each about something else, some of it a complaint, most of it at one station."""
    return [
        a_post(-69 + 5 * place, 20 + place, 1, "station", f"word{place}", p_negative=0.6 if place % 3 == 0 else 0.2)
        for place in range(number)
    ]


def outage(number: int = 10, axis: int = 0) -> list[Post]:
    """Return complaints of two hours that lie near each other and share no word."""
    return [a_post(0.2 * place, axis, 2 + place, f"own{place}") for place in range(number)]


def test_complaints_at_once_that_lie_near_each_other_have_one_cause_in_whatever_words() -> None:
    posts = [*usual(), *outage()]

    assert list(range(14, 24)) == gather(posts)


def test_what_else_is_said_in_those_hours_has_not() -> None:
    thanks = a_post(1.0, 38, 39, "thanks", p_negative=0.02)
    other = a_post(1.1, 36, 37, "bill", p_negative=0.5)
    found = gather([*usual(), *outage(), thanks, other])

    assert set(range(14, 24)) == set(found)


def test_posts_may_stand_in_any_order() -> None:
    posts = [*usual(), *outage()]
    places = sorted(range(len(posts)), key=lambda place: (place * 7) % len(posts))

    assert set(range(14, 24)) == {places[found] for found in gather([posts[place] for place in places])}


@pytest.mark.parametrize(("earlier", "found"), [(3, 10), (2, 0)])
def test_where_a_brands_posts_begin_nothing_is_a_burst(earlier: int, found: int) -> None:
    later = [a_post(20 + 5 * place, 34 + place, 1, f"late{place}", p_negative=0.2) for place in range(4)]

    assert found == len(gather([*usual(13)[-earlier:], *outage(), *later]))


def test_a_quiet_week_has_no_cause() -> None:
    assert [] == gather(usual())


def test_complaints_about_one_thing_that_come_day_after_day_are_no_burst() -> None:
    steady = [a_post(-60 + 6 * place, 0, 2 + place, f"own{place}") for place in range(10)]

    assert [] == gather([*usual(), *steady])


@pytest.mark.parametrize("number", [0, 1, 7, MOST + 1])
def test_of_too_few_and_of_too_many_nothing_is_said(number: int) -> None:
    assert [] == gather([*usual(14), *outage(), *usual(14)] * 10 if number > MOST else outage(number))


def test_posts_that_are_all_alike_and_at_once_are_an_answer_and_no_error() -> None:
    same = [a_post(0, 0, 1, "lock")] * 9

    assert [] == gather(same)


def test_each_look_after_the_first_weighs_the_same_measures() -> None:
    assert [3, 6, 6, 6] == [len(one) for one in WEIGHTS]

"""What a server's headers say of the requests that are left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.sources.statuses import PERIOD, WAIT, spare_until
from tests.builders import NOW


def headers(left: object, reset: str = "", most: object = 300) -> dict[str, str]:
    found = {"x-ratelimit-limit": str(most), "x-ratelimit-remaining": str(left)}
    return found | ({"x-ratelimit-reset": reset} if reset else {})


@pytest.mark.parametrize(
    ("left", "seconds_to_reset", "spared_for"),
    [
        (299, 300, None),
        (100, 300, None),
        (99, 300, 3),  # Just below a third, at the beginning of a period.
        (50, 300, 150),
        (50, 150, None),  # Half the period is over, so half the reserve is free.
        (10, 150, 120),
        (0, 150, 150),
        (0, 0, None),
    ],
)
def test_a_third_is_kept_for_reading_and_ever_less_as_the_period_ends(left: int, seconds_to_reset: int, spared_for: int | None) -> None:
    until = spare_until(headers(left, str(seconds_to_reset)), NOW)

    assert (None if spared_for is None else NOW + timedelta(seconds=spared_for)) == until


def test_a_server_that_does_not_say_when_it_counts_anew_is_left_alone_for_a_while() -> None:
    assert NOW + WAIT == spare_until(headers(99), NOW)


@pytest.mark.parametrize("said", [{}, headers("many"), headers(1, most="?"), {"x-ratelimit-remaining": "1"}, headers("-1")])
def test_what_is_no_count_spares_nobody(said: dict[str, str]) -> None:
    assert spare_until(said, NOW) is None


def test_an_hour_of_another_servers_period_keeps_its_last_third_until_the_last_minutes() -> None:
    assert NOW + timedelta(hours=1) - PERIOD * 0.5 == spare_until(headers(50, "3600"), NOW)

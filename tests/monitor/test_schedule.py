"""When a source is read next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.schedule import BUSY, CEILING, FLOOR, JITTER, LEAST, MAX_BACKOFF, MAX_WISH, SPEED_UP, next_poll

NOW = datetime(2025, 10, 13, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

intervals = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))
counts = st.integers(min_value=0, max_value=10**9)
seeds = st.text(max_size=30)
wishes = st.none() | st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - zone is the strategy's


def wait(every: timedelta, *, found: int = 0, failures: int = 0, retry_at: datetime | None = None, seed: str = "blog") -> timedelta:
    return next_poll(NOW, every, found=found, failures=failures, retry_at=retry_at, jitter_seed=seed) - NOW


def with_jitter(duration: timedelta) -> timedelta:
    return duration * (1 + JITTER)


@given(every=intervals, found=counts, failures=counts, retry_at=wishes, seed=seeds)
def test_the_next_poll_always_lies_ahead_and_never_beyond_the_longest_wish(
    every: timedelta, found: int, failures: int, retry_at: datetime | None, seed: str
) -> None:
    gap = wait(every, found=found, failures=failures, retry_at=retry_at, seed=seed)

    assert LEAST <= gap <= MAX_WISH + CEILING * JITTER


@given(every=intervals, found=counts, failures=counts, retry_at=wishes, seed=seeds)
def test_the_same_arguments_give_the_same_time(every: timedelta, found: int, failures: int, retry_at: datetime | None, seed: str) -> None:
    first = next_poll(NOW, every, found=found, failures=failures, retry_at=retry_at, jitter_seed=seed)

    assert first == next_poll(NOW, every, found=found, failures=failures, retry_at=retry_at, jitter_seed=seed)


@given(every=intervals, found=counts, failures=counts, retry_at=wishes, seed=seeds)
def test_a_server_that_asks_us_to_wait_is_never_asked_earlier(
    every: timedelta, found: int, failures: int, retry_at: datetime | None, seed: str
) -> None:
    earliest = NOW if retry_at is None else min(retry_at, NOW + MAX_WISH)

    assert next_poll(NOW, every, found=found, failures=failures, retry_at=retry_at, jitter_seed=seed) >= earliest


@given(every=intervals, seed=seeds)
def test_a_quiet_source_is_read_at_the_pace_the_person_asked_for(every: timedelta, seed: str) -> None:
    asked = min(max(every, LEAST), CEILING)

    assert asked <= wait(every, seed=seed) <= with_jitter(asked)


@given(every=intervals, fewer=counts, more=counts, seed=seeds)
def test_finding_more_never_slows_a_source_down(every: timedelta, fewer: int, more: int, seed: str) -> None:
    fewer, more = sorted((fewer, more))

    assert wait(every, found=more, seed=seed) <= wait(every, found=fewer, seed=seed)


@given(every=st.timedeltas(min_value=FLOOR, max_value=CEILING), found=counts, seed=seeds)
def test_a_busy_source_stays_above_the_floor_and_within_the_speed_up(every: timedelta, found: int, seed: str) -> None:
    assert max(FLOOR, every / SPEED_UP) <= wait(every, found=found, seed=seed) <= with_jitter(every)


@given(every=intervals, fewer=st.integers(1, 40), more=st.integers(1, 40), seed=seeds)
def test_more_failures_never_shorten_the_wait_and_never_exceed_an_hour_and_the_spread(
    every: timedelta, fewer: int, more: int, seed: str
) -> None:
    fewer, more = sorted((fewer, more))

    assert wait(every, failures=fewer, seed=seed) <= wait(every, failures=more, seed=seed) <= with_jitter(MAX_BACKOFF)


def test_the_wait_doubles_with_each_failure_up_to_an_hour() -> None:
    no_spread = next(seed for seed in map(str, range(10**6)) if wait(10 * MINUTE, seed=seed) < 10 * MINUTE + timedelta(milliseconds=20))

    waits = [round(wait(5 * MINUTE, failures=n, seed=no_spread) / MINUTE) for n in range(1, 8)]

    assert waits == [5, 10, 20, 40, 60, 60, 60]


def test_a_fully_busy_source_is_read_four_times_as_often() -> None:
    assert 20 * MINUTE / SPEED_UP <= wait(20 * MINUTE, found=BUSY) <= with_jitter(20 * MINUTE / SPEED_UP)


def test_a_person_may_ask_for_less_than_the_floor() -> None:
    assert timedelta(seconds=5) <= wait(timedelta(seconds=5), found=1000) <= with_jitter(timedelta(seconds=5))


def test_a_source_that_fails_rarely_asked_for_is_tried_again_within_the_hour() -> None:
    assert wait(timedelta(hours=12), failures=1) <= with_jitter(MAX_BACKOFF)


def test_a_wish_that_has_passed_does_not_cancel_the_back_off() -> None:
    gap = wait(5 * MINUTE, failures=3, retry_at=NOW - timedelta(days=1))

    assert wait(5 * MINUTE, failures=3) == gap


def test_a_wish_sooner_than_the_back_off_does_not_shorten_it() -> None:
    assert wait(5 * MINUTE, failures=3, retry_at=NOW + timedelta(seconds=1)) == wait(5 * MINUTE, failures=3)


def test_a_wish_in_another_zone_is_the_same_moment() -> None:
    wish = NOW + timedelta(hours=7)
    elsewhere = wish.astimezone(timezone(timedelta(hours=9)))

    assert wait(MINUTE, failures=1, retry_at=wish) == wait(MINUTE, failures=1, retry_at=elsewhere)


def test_sources_configured_alike_do_not_read_in_one_second() -> None:
    times = {wait(timedelta(hours=1), seed=f"source {n}").total_seconds() // 1 for n in range(50)}

    assert len(times) > 35


@pytest.mark.parametrize(("now", "retry_at"), [(NOW.replace(tzinfo=None), None), (NOW, NOW.replace(tzinfo=None))])
def test_a_time_without_a_zone_is_refused(now: datetime, retry_at: datetime | None) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        next_poll(now, MINUTE, found=0, failures=0, retry_at=retry_at, jitter_seed="blog")

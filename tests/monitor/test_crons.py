"""Tests of monitor.jobs: what is due at set times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from monitor.jobs import Cron
from monitor.workers import dead_letters
from tests.monitor.engines import LONG, Calls, Start, starting, wait_until_empty

AMSTERDAM = "Europe/Amsterdam"
A_DAY = timedelta(days=1)


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    with starting(monkeypatch) as start:
        yield start


class Clock:
    """A clock that is put where the test wants it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Ten in the morning of a day half a year from now, so that no real time is due while the test runs."""
    return Clock((datetime.now(UTC) + 182 * A_DAY).replace(hour=10, minute=0, second=0, microsecond=0))


def due_at(clock: Clock, calls: Calls, name: str = "digest") -> Cron:
    """Something due each day of this month and the next at eight, UTC."""
    months = f"{clock.now.month},{clock.now.month % 12 + 1}"
    return Cron(name, f"0 8 * {months} *", "UTC", lambda: calls(clock.now.date()))


def schedules(database: sa.Engine) -> dict[str, str]:
    schema = "" if database.dialect.name == "sqlite" else "dbos."
    with database.connect() as connection:
        rows = connection.execute(sa.text(f"SELECT schedule_name, last_fired_at FROM {schema}workflow_schedules"))
        return {row.schedule_name: row.last_fired_at for row in rows}


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-28T12:00+01:00", "2026-03-28T08:00+01:00"),
        ("2026-03-29T12:00+02:00", "2026-03-29T08:00+02:00"),
        ("2026-10-25T08:30+01:00", "2026-10-25T08:00+01:00"),
        ("2026-10-25T07:59+01:00", "2026-10-24T08:00+02:00"),
        ("2026-07-01T06:00:01+00:00", "2026-07-01T08:00+02:00"),
        ("2026-07-01T05:59:59+00:00", "2026-06-30T08:00+02:00"),
    ],
)
def test_eight_o_clock_is_eight_on_the_clocks_of_the_place(now: str, due: str) -> None:
    cron = Cron("digest", "0 8 * * *", AMSTERDAM, lambda: None)

    assert datetime.fromisoformat(due) == cron.latest(datetime.fromisoformat(now))


def test_a_time_that_the_change_of_clocks_skips_comes_right_after_it() -> None:
    cron = Cron("digest", "30 2 * * *", AMSTERDAM, lambda: None)

    assert datetime(2026, 3, 29, 3, 0, tzinfo=ZoneInfo(AMSTERDAM)) == cron.latest(datetime(2026, 3, 29, 12, tzinfo=UTC))


def test_what_was_due_before_it_was_ever_wanted_is_not_made_up_for(sqlite_database: sa.Engine, start: Start, clock: Clock) -> None:
    calls = Calls()
    engine = start(sqlite_database, crons=[due_at(clock, calls)], clock=clock)
    engine._pulse()
    wait_until_empty(sqlite_database)

    assert calls.empty()


def test_what_was_missed_while_nothing_ran_is_done_once(database: sa.Engine, start: Start, clock: Clock) -> None:
    calls = Calls()
    cron = due_at(clock, calls)
    engine = start(database, crons=[cron], clock=clock)
    engine._pulse()
    engine.stop(LONG)
    clock.now += 3 * A_DAY
    engine = start(database, crons=[cron], clock=clock)
    missed = calls.next()
    engine._pulse()
    wait_until_empty(database)

    assert (clock.now.date(),) == missed
    assert calls.empty()
    assert clock.now.replace(hour=8) == datetime.fromisoformat(schedules(database)["responders/digest"])


def test_what_was_made_up_for_is_not_done_again_after_the_next_start(sqlite_database: sa.Engine, start: Start, clock: Clock) -> None:
    calls = Calls()
    cron = due_at(clock, calls)
    for _ in range(3):
        engine = start(sqlite_database, crons=[cron], clock=clock)
        engine._pulse()
        wait_until_empty(sqlite_database)
        engine.stop(LONG)
        clock.now += timedelta(hours=11)

    # 10:00, 21:00, and 8:00 of the next day, which is not past yet.
    assert calls.empty()

    clock.now = clock.now.replace(hour=9)
    start(sqlite_database, crons=[cron], clock=clock)

    assert (clock.now.date(),) == calls.next()


def test_a_clock_that_jumps_ahead_while_the_engine_runs_is_noticed(sqlite_database: sa.Engine, start: Start, clock: Clock) -> None:
    calls = Calls()
    engine = start(sqlite_database, crons=[due_at(clock, calls)], clock=clock)
    engine._pulse()
    clock.now += 5 * A_DAY
    engine._pulse()

    assert (clock.now.date(),) == calls.next()


def test_a_clock_that_jumps_back_repeats_nothing(sqlite_database: sa.Engine, start: Start, clock: Clock) -> None:
    calls = Calls()
    engine = start(sqlite_database, crons=[due_at(clock, calls)], clock=clock)
    engine._pulse()
    clock.now -= 5 * A_DAY
    engine._pulse()
    wait_until_empty(sqlite_database)

    assert calls.empty()


def test_of_several_that_queued_up_only_the_latest_runs(sqlite_database: sa.Engine, start: Start, clock: Clock) -> None:
    calls = Calls()
    cron = due_at(clock, calls)
    engine = start(sqlite_database, crons=[cron], clock=clock)
    attempt = engine._cron_attempt(cron)
    attempt(clock.now - 2 * A_DAY, 1)
    attempt(clock.now - A_DAY, 1)

    assert calls.empty()


def test_what_is_due_at_the_start_runs_at_each_start(database: sa.Engine, start: Start) -> None:
    calls = Calls()
    sweep = Cron("sweep", "0 0 1 1 *", "UTC", lambda: calls("swept"), at_start=True)
    engine = start(database, crons=[sweep])
    first = calls.next()
    engine.stop(LONG)
    start(database, crons=[sweep])

    assert [("swept",), ("swept",)] == [first, calls.next()]


def test_what_fails_at_its_time_is_tried_again(sqlite_database: sa.Engine, start: Start) -> None:
    calls = Calls()

    def fail() -> None:
        calls("tried")
        raise OSError("the disk is full")

    start(sqlite_database, crons=[Cron("sweep", "0 0 1 1 *", "UTC", fail, at_start=True)])
    tried = [calls.next() for _ in range(4)]
    wait_until_empty(sqlite_database)

    assert [("tried",)] * 4 == tried
    assert ["OSError: the disk is full"] == [letter.error for letter in dead_letters(sqlite_database)]


def test_a_time_that_is_no_longer_wanted_is_forgotten(database: sa.Engine, start: Start, clock: Clock) -> None:
    calls = Calls()
    start(database, crons=[due_at(clock, calls), due_at(clock, calls, "report")], clock=clock).stop(LONG)
    start(database, crons=[due_at(clock, calls)], clock=clock)

    assert {"responders/digest"} == set(schedules(database))


def test_a_time_that_comes_while_the_engine_runs_is_kept(sqlite_database: sa.Engine, start: Start) -> None:
    calls = Calls()
    start(sqlite_database, crons=[Cron("beat", "* * * * * *", "UTC", lambda: calls("beat"))])

    assert [("beat",), ("beat",)] == [calls.next(), calls.next()]

"""The rota follows the clock on the wall, also in the nights on which it is changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from monitor.oncall import is_quiet, next_change, on_call, quiet_until
from monitor.settings import OnCallSettings, Shift

DAY = Shift("Els", ("els",), (0, 1, 2, 3, 4), (time(8, 30), time(17, 30)))
NIGHT = Shift("Jan", ("jan",), hours=(time(17, 30), time(8, 30)))
ALWAYS = Shift("Kim", ("kim",))


def people(oncall: OnCallSettings, at: str) -> list[str]:
    return [shift.person for shift in on_call(oncall, datetime.fromisoformat(at))]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-02T08:29+01:00", ["Jan", "Kim"]),
        ("2026-03-02T08:30+01:00", ["Els", "Kim"]),
        ("2026-03-02T17:30+01:00", ["Jan", "Kim"]),
        ("2026-03-07T12:00+01:00", ["Kim"]),
        # The clock goes forward at 2:00 on 29 March and back at 3:00 on 25 October.
        ("2026-03-29T01:59+01:00", ["Jan", "Kim"]),
        ("2026-03-29T03:00+02:00", ["Jan", "Kim"]),
        ("2026-03-30T08:29+02:00", ["Jan", "Kim"]),
        ("2026-03-30T08:30+02:00", ["Els", "Kim"]),
        ("2026-10-26T08:29+01:00", ["Jan", "Kim"]),
        ("2026-10-26T08:30+01:00", ["Els", "Kim"]),
    ],
)
def test_who_is_on_call_follows_the_clock_on_the_wall(at: str, expected: list[str]) -> None:
    assert expected == people(OnCallSettings(shifts=(DAY, NIGHT, ALWAYS)), at)


def test_a_shift_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    friday = OnCallSettings(shifts=(Shift("Jan", ("jan",), (4,), (time(22), time(6))),))

    assert [] == people(friday, "2026-03-06T05:00+01:00")
    assert ["Jan"] == people(friday, "2026-03-06T23:00+01:00")
    assert ["Jan"] == people(friday, "2026-03-07T05:59+01:00")
    assert [] == people(friday, "2026-03-07T06:00+01:00")


def test_weeks_take_turns() -> None:
    rota = OnCallSettings(shifts=(Shift("Els", ("els",), weeks="even"), Shift("Jan", ("jan",), weeks="odd")))

    assert ["Els"] == people(rota, "2026-03-02T12:00+01:00")
    assert ["Jan"] == people(rota, "2026-03-09T12:00+01:00")


def test_a_person_is_named_once() -> None:
    assert ["Kim"] == people(OnCallSettings(shifts=(ALWAYS, Shift("Kim", ("mail",)))), "2026-03-02T12:00+01:00")


@pytest.mark.parametrize(
    ("at", "then", "who"),
    [
        ("2026-03-02T12:00+01:00", "2026-03-02T17:30+01:00", ["Jan"]),
        # Where the clock goes back a night is an hour longer.
        ("2026-10-25T20:00+01:00", "2026-10-26T08:30+01:00", ["Els"]),
        ("2026-03-29T00:30+01:00", "2026-03-29T08:30+02:00", []),
    ],
)
def test_the_next_change_is_told(at: str, then: str, who: list[str]) -> None:
    change = next_change(OnCallSettings(shifts=(DAY, NIGHT)), datetime.fromisoformat(at))

    assert change is not None
    assert (datetime.fromisoformat(then), who) == (change.at, [shift.person for shift in change.shifts])


def test_where_nothing_changes_nothing_is_told() -> None:
    assert None is next_change(OnCallSettings(shifts=(ALWAYS,)), datetime(2026, 3, 2, tzinfo=UTC))
    assert None is next_change(OnCallSettings(), datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-02T21:59+01:00", "2026-03-02T21:59+01:00"),
        ("2026-03-02T22:00+01:00", "2026-03-03T07:00+01:00"),
        ("2026-03-03T06:59+01:00", "2026-03-03T07:00+01:00"),
        ("2026-03-28T23:00+01:00", "2026-03-29T07:00+02:00"),
        ("2026-10-24T23:00+02:00", "2026-10-25T07:00+01:00"),
        ("2026-10-25T02:30+02:00", "2026-10-25T07:00+01:00"),
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall(at: str, until: str) -> None:
    oncall = OnCallSettings(quiet_hours=(time(22), time(7)))

    assert (at != until) == is_quiet(oncall, datetime.fromisoformat(at))
    assert datetime.fromisoformat(until) == quiet_until(oncall, datetime.fromisoformat(at))


def test_every_moment_of_a_year_has_somebody_where_the_shifts_leave_no_gap() -> None:
    whole = OnCallSettings(shifts=(Shift("Els", ("e",), hours=(time(8), time(20))), Shift("Jan", ("j",), hours=(time(20), time(8)))))
    moments = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=30) * number for number in range(365 * 48)]

    assert {1} == {len(on_call(whole, at)) for at in moments}

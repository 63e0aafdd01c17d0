"""Dates as exports write them: read where there is one way to read them, refused with a reason where there are two or none."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.dates import WrongDate, check_format, check_moment, read_moment
from tests.builders import NOW

NIJMEGEN = ZoneInfo("Europe/Amsterdam")
AFTERNOON = datetime(2026, 11, 25, 13, 3, tzinfo=UTC)  # 14:03 in Nijmegen.


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-25T14:03:00+01:00", "2026-11-25T13:03Z", "2026-11-25 14:03", "2026-11-25T14:03", "20261125T140300",
        "2026-11-25 13:03:00+00:00",
        "2026/11/25 14:03", "2026.11.25 14:03:00", "2026-11-25 2:03 pm", "25-11-2026 14:03", "25/11/2026, 14:03:00", "25.11.2026 14.03",
        "11/25/2026 2:03 PM", "11/25/2026 02:03:00 p.m.", "11-25-2026 14:03", "Wed, 25 Nov 2026 14:03:00 +0100", "25 Nov 2026 13:03 GMT",
        "25 Nov 2026 15:03 UTC+02:00", "Wed Nov 25 13:03:00 +0000 2026", "Nov 25, 2026 2:03pm", "November 25th, 2026 at 14:03",
        "woensdag 25 november 2026 om 14:03 uur", "wo. 25 nov. 2026 14:03", "25e november 2026 14:03", "13:03z 25 november 2026",
        1795611780, 1795611780.0, "1795611780", "1795611780.000", 1795611780000, "1795611780000", 1795611780000000, 1795611780000000000,
    ],
)  # fmt: skip
def test_an_unmistakable_date_is_read(written: Any) -> None:
    assert read_moment(written, NIJMEGEN) == AFTERNOON


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-25", datetime(2026, 11, 24, 23, tzinfo=UTC)),
        ("5-5-2026", datetime(2026, 5, 4, 22, tzinfo=UTC)),
        ("5.11.2026", datetime(2026, 11, 4, 23, tzinfo=UTC)),
        ("1 mei 2026", datetime(2026, 4, 30, 22, tzinfo=UTC)),
        ("25 okt 2026 02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # The hour that comes twice is the first one.
        ("29 mrt 2026 02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # The hour that does not exist is an hour later.
        ("12:05 am 25 nov 2026", datetime(2026, 11, 24, 23, 5, tzinfo=UTC)),
        ("12:05 PM 25 nov 2026", datetime(2026, 11, 25, 11, 5, tzinfo=UTC)),
        ("25 nov 2026 23:59:60 UTC", datetime(2026, 11, 25, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_one_of_the_brands_place(written: str, expected: datetime) -> None:
    assert read_moment(written, NIJMEGEN) == expected


@pytest.mark.parametrize("written", ["05-11-2026", "5/11/2026 14:03", "11/05/2026"])
def test_a_date_that_can_be_read_two_ways_is_refused(written: str) -> None:
    with pytest.raises(WrongDate, match="day-month or as month-day"):
        read_moment(written, NIJMEGEN)


def test_a_date_format_says_which_way_it_is() -> None:
    assert read_moment("05/11/2026", UTC, "%d/%m/%Y") == datetime(2026, 11, 5, tzinfo=UTC)
    assert read_moment("05/11/2026", UTC, "%m/%d/%Y") == datetime(2026, 5, 11, tzinfo=UTC)
    assert read_moment("05-11-26 +0200", UTC, "%d-%m-%y %z") == datetime(2026, 11, 4, 22, tzinfo=UTC)


def test_what_does_not_fit_the_format_and_is_unmistakable_is_still_read() -> None:
    assert read_moment("2026-11-25T13:03Z", NIJMEGEN, "%d/%m/%Y") == AFTERNOON


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "there is no date"), ("  ", "there is no date"), (None, "neither a text nor a number"), (True, "neither a text nor a number"),
        ([], "neither a text nor a number"), ("gisteren", "no date we can read"), ("25-11-26", "no year of four digits"),
        ("1125-11-2026", "calendar"), ("31-02-2026", "calendar does not have"), ("25 nov 2026 25:00", "calendar does not have"),
        ("2026-02-30", "calendar does not have"), ("0000-01-01", "calendar does not have"), ("13:00 pm 25 nov 2026", "no clock shows"),
        ("25 november", "no whole date"), ("14:03", "no whole date"), ("25 nov 2026 14:03 +99:99", "no time zone"), (46081.5, "no date"),
        (0, "no date"), (-1, "no date"), (float("nan"), "no date"), (float("inf"), "no date"), (10**25, "no date"),
        ("x" * 1_000_000, "x…” is no date"),
        ("0001-01-01T00:00:00+10:00", "outside the calendar"), ("9999-12-31T23:59:59-10:00", "outside the calendar"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_reason(written: Any, words: str) -> None:
    with pytest.raises(WrongDate, match=words) as caught:
        read_moment(written, NIJMEGEN)

    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(1989, 12, 31, tzinfo=UTC), "before 1990"),
        (datetime(1, 1, 1, tzinfo=UTC), "before 1990"),
        (NOW + timedelta(days=1, seconds=1), "in the future"),
        (datetime.max.replace(tzinfo=UTC), "in the future"),
        (read_moment(99_999_999_999, UTC), "5138-11-16 09:46 UTC lies in the future"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(moment: datetime, words: str) -> None:
    with pytest.raises(WrongDate, match=words):
        check_moment(moment, NOW)


def test_a_moment_may_lie_a_day_ahead_because_clocks_differ() -> None:
    assert check_moment(NOW + timedelta(days=1), NOW) == NOW + timedelta(days=1)


@pytest.mark.parametrize("sound", ["%d/%m/%Y", "%Y%m%d", "%d-%m-%y %H:%M", "%d %B %Y"])
def test_a_sound_format_passes(sound: str) -> None:
    check_format(sound)


@pytest.mark.parametrize("wrong", ["", "%d/%m", "dd-mm-yyyy", "%q", "%", "%H:%M", "%Y-%d-%m-%m-%m" * 9])
def test_a_format_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(WrongDate, match="no format for a date"):
        check_format(wrong)


@given(
    st.datetimes(NOW.replace(year=1990, tzinfo=None), NOW.replace(year=2100, tzinfo=None), timezones=st.timezones(), allow_imaginary=False)
)
def test_iso_dates_of_every_zone_come_back_as_they_were(moment: datetime) -> None:
    assert read_moment(moment.isoformat(), UTC) == moment.astimezone(UTC)


@given(
    st.dates(date(1990, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["%d-%m-%Y", "%m/%d/%Y", "%d %b %Y", "%B %d, %Y", "%a %d.%m.%Y", "%Y/%m/%d"]),
)
def test_a_date_is_read_as_it_was_meant_or_refused(day: Any, date_format: str) -> None:
    try:
        found = read_moment(day.strftime(date_format), UTC)
    except WrongDate:
        assert max(day.day, day.month) <= 12
    else:
        assert found.date() == day


@given(st.text(max_size=90) | st.floats() | st.integers() | st.none() | st.from_regex(r"[0-9 :/.+-]{1,30}", fullmatch=True))
def test_anything_at_all_is_a_moment_or_a_reason(written: Any) -> None:
    with contextlib.suppress(WrongDate):
        assert read_moment(written, NIJMEGEN).tzinfo is UTC

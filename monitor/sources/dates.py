"""Reads the many ways in which exports write a date and a time; what can be read two ways is refused with a reason, never guessed."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing that we read is older; an earlier date is a mistake, such as 0 seconds since 1970."""
TOLERANCE = timedelta(days=1)
"""How far in the future a date may lie: clocks and time zones differ."""

_LONGEST = 80
_NUMBERS = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]{1,9})?)?(am|pm|z)?")
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])([0-9]{2}):?([0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|e|\.)?")
_YEAR = re.compile(r"[12][0-9]{3}")
_EPOCH = re.compile(r"[0-9]{9,19}(?:\.[0-9]{1,9})?")
_SCALES = ((1e11, 1), (1e14, 1_000), (1e17, 1_000_000), (1e20, 1_000_000_000))

_MONTHS = (
    ("jan", "january", "januari"), ("feb", "february", "februari"), ("mar", "march", "mrt", "maart"), ("apr", "april"),
    ("may", "mei"), ("jun", "june", "juni"), ("jul", "july", "juli"), ("aug", "august", "augustus"),
    ("sep", "sept", "september"), ("oct", "october", "okt", "oktober"), ("nov", "november"), ("dec", "december"),
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_SILENT = frozenset((
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "ma", "di", "wo", "do", "vr", "za", "zo", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
    "at", "om", "uur",
))  # fmt: skip
"""Words of a date that say nothing new."""


class WrongDate(ValueError):
    """The text is no date that exists, or can be read two ways; the message says so for a person."""


def read_moment(value: Any, zone: tzinfo, date_format: str = "") -> datetime:
    """Return the moment (UTC) that `value` means: a text, or a number of seconds, milli- or microseconds since 1970.

    A time without a zone is one of `zone`, a date without a time its midnight. `date_format` (as strptime takes it) is tried first.

    Raises:
        WrongDate: with the reason.
    """
    try:
        if isinstance(value, str):
            moment = _read_text(value.strip(), zone, date_format)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            moment = _read_number(value)
        else:
            raise WrongDate("the date is neither a text nor a number")
        return moment.astimezone(UTC)
    except OverflowError:
        raise WrongDate(f"the date {_quote(value)} lies outside the calendar") from None


def check_moment(moment: datetime, now: datetime) -> datetime:
    """Return `moment` if a text can have been posted then; raises WrongDate."""
    if moment < EARLIEST:
        raise WrongDate(f"the date {moment:%Y-%m-%d} is before {EARLIEST.year}, which cannot be")
    if moment > now + TOLERANCE:
        raise WrongDate(f"the date {moment:%Y-%m-%d %H:%M} UTC lies in the future")
    return moment


def check_format(date_format: str) -> None:
    """Raise WrongDate where `date_format` is no format that can be read back, or leaves out the day, the month or the year."""
    probe = datetime(2026, 11, 25)  # noqa: DTZ001 - only compared with itself.
    try:
        # Newer Pythons warn of a day without a year, and we refuse it anyway.
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            found = datetime.strptime(probe.strftime(date_format), date_format).date()  # noqa: DTZ007
    except (ValueError, re.error):
        found = None
    if found != probe.date():
        raise WrongDate(f"{_quote(date_format)} is no format for a date; write one such as %d/%m/%Y %H:%M")


def _read_text(text: str, zone: tzinfo, date_format: str) -> datetime:
    if not text:
        raise WrongDate("there is no date")
    if len(text) > _LONGEST:
        raise WrongDate(f"{_quote(text)} is no date")
    moment = _read_format(text, date_format) if date_format else None
    if moment is None and _EPOCH.fullmatch(text):
        return _read_number(float(text))
    if moment is None:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = _read_words(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _read_format(text: str, date_format: str) -> datetime | None:
    try:
        return datetime.strptime(text, date_format)  # noqa: DTZ007 - the caller adds the zone.
    except ValueError:
        return None


def _read_number(number: float) -> datetime:
    for limit, scale in _SCALES:
        if 1e8 <= number < limit:
            return datetime.fromtimestamp(number / scale, UTC)
    raise WrongDate(f"{_quote(number)} is no date; write it as 2026-11-25T14:03:00+01:00, or as seconds since 1970")


def _read_words(text: str) -> datetime:
    """Read a date of parts in any order: 25-11-2026 14:03, Nov 25, 2026 2:03 PM, wo 25 november 2026 om 14:03, 2026/11/25."""
    year = month = day = None
    hour = minute = second = 0
    half = ""
    zone: tzinfo | None = None
    for word in text.lower().replace(",", " ").split():
        if match := _NUMBERS.fullmatch(word):
            year, month, day = _order(match, text)
        elif match := _CLOCK.fullmatch(word):
            hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
            half, zone = (half, UTC) if match[4] == "z" else (match[4] or half, zone)
        elif match := _OFFSET.fullmatch(word):
            zone = _zone(match)
        elif word in ("z", "utc", "gmt"):
            zone = UTC
        elif word.replace(".", "") in ("am", "pm"):
            half = word.replace(".", "")
        elif word.rstrip(".") in _MONTH:
            month = _MONTH[word.rstrip(".")]
        elif _YEAR.fullmatch(word):
            year = int(word)
        elif match := _DAY.fullmatch(word):
            day = int(match[1])
        elif word.rstrip(".") not in _SILENT:
            raise WrongDate(f"{_quote(text)} is no date we can read; say how it is written with a date format such as %d/%m/%Y %H:%M")
    if year is None or month is None or day is None:
        raise WrongDate(f"{_quote(text)} is no whole date; write it as 2026-11-25T14:03:00+01:00")
    if half and not 1 <= hour <= 12:
        raise WrongDate(f"{_quote(text)} is a time that no clock shows")
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    try:
        return datetime(year, month, day, hour, minute, 59 if second == 60 else second, tzinfo=zone)
    except ValueError:
        raise WrongDate(f"{_quote(text)} is a date that the calendar does not have") from None


def _order(match: re.Match[str], text: str) -> tuple[int, int, int]:
    """Return year, month and day of three numbers; two ways of reading them are one too many."""
    first, sign, second, third = match.groups()
    if len(first) == 4:
        return int(first), int(second), int(third)
    if len(third) != 4 or len(first) > 2:
        raise WrongDate(f"{_quote(text)} has no year of four digits; say how it is written with a date format such as %d/%m/%y")
    one, two = int(first), int(second)
    if sign == "." or one > 12 or one == two:
        return int(third), two, one
    if two > 12:
        return int(third), one, two
    raise WrongDate(f"{_quote(text)} can be read as day-month or as month-day; say which with a date format, %d/%m/%Y or %m/%d/%Y")


def _zone(match: re.Match[str]) -> tzinfo:
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    try:
        return datetime.fromisoformat(f"2026-01-01T00:00:00{match[1]}{match[2]}:{match[3]}").tzinfo or UTC
    except ValueError:
        raise WrongDate(f"there is no time zone {offset} from UTC") from None


def _quote(value: Any) -> str:
    text = str(value)
    return f"“{text[:_LONGEST]}…”" if len(text) > _LONGEST else f"“{text}”"

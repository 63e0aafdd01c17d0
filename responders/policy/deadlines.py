"""Reads by when a sentence promises something, as a moment on the brand's clock; what names no moment stays without one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from responders.policy.grammar import has, pattern
from responders.policy.quantities import Figure, figures

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LAST = time(23, 59)
"""A day that is named without an hour ends then."""

_ENDS = (
    r"\b(?:end\ of\ (?:the\ |this\ )?|close\ of\ (?:the\ )?|eind(?:e)?\ van\ (?:de\ |deze\ )?|einde\ )"
    r"(?P<unit>day|week|month|business|dag|middag|werkdag|maand)\b"
)
_WITHIN = r"\b(?:within|in|binnen|over|next|komende|no\ more\ than|at\ most|uiterlijk\ over)\ (?:the\ |de\ |about\ |ongeveer\ |next\ )*$"
_BEFORE = r"\b(?:before|voor)\ (?:the\ |de\ |aanstaande\ |komende\ |next\ )*$"
_WORKING = r"\b(?:werkdag|werkdagen|working|business)\b"
_PARTS = ((r"ochtend|morgen\b|morning", time(12)), (r"middag|afternoon", time(18)))
_PAST = r"\b(?:geleden|ago|last|vorige|afgelopen|gisteren\w*|yesterday)\b"


def find_deadline(plain: str, at: datetime, timezone: str) -> datetime | None:
    """Return the last moment that a folded text names for something that is still to come, None where it names none.

    A day ends at 23:59 on the clock of `timezone`, a weekday is the next one, and "before Friday" ends on Thursday.
    """
    local = at.astimezone(ZoneInfo(timezone))
    found = [figure for figure in figures(plain) if not has(_PAST, plain[max(0, figure.start - 12) : figure.end + 10])]
    day = _named_day(plain, found, local)
    found = [_as_length(plain, figure) for figure in found]
    hour = next((time.fromisoformat(f.value) for f in reversed(found) if f.kind == "time"), None)
    if day is not None:
        figure, named = day
        if hour is not None:
            return _moment(named, hour, local)
        words = plain[figure.start : figure.end + 12]
        part = next(
            (until for regex, until in _PARTS if has(regex, words) and words.strip() != "morgen" and not _is_plain(figure, words)), None
        )
        if part is not None:
            return _moment(named, part, local)
        if has(_BEFORE, plain[: figure.start]):
            named -= timedelta(days=1)
        return _moment(named, _LAST, local)
    if hour is not None:
        here = _moment(local.date(), hour, local)
        return here if here > at else _moment(local.date() + timedelta(days=1), hour, local)
    return _length(plain, found, local) or _end_of(plain, local)


def _as_length(plain: str, figure: Figure) -> Figure:
    """Read "within 24 uur" as a length, which by itself looks like a time of the day."""
    hours = re.fullmatch(r"(\d{1,2}) ?uur", plain[figure.start : figure.end])
    if figure.kind == "time" and hours and has(_WITHIN, plain[: figure.start]):
        return Figure("length", f"{int(hours[1])} hour", figure.start, figure.end)
    return figure


def _is_plain(figure: Figure, words: str) -> bool:
    """Say whether a word such as "morgen" is a day, and not the part of one."""
    return figure.value in {"tomorrow", "overmorrow"} and not has(r"^(?:over)?morgen(?:ochtend|middag|vroeg)|morning|afternoon", words)


def _moment(day: date, hour: time, local: datetime) -> datetime:
    return datetime.combine(day, hour, local.tzinfo)


def _named_day(plain: str, found: Sequence[Figure], local: datetime) -> tuple[Figure, date] | None:
    today = local.date()
    next_week = any(figure.value == "next week" for figure in found)
    for figure in sorted(found, key=lambda one: (one.value in {"next week", "this week"}, one.start)):
        if figure.kind == "date":
            day = _calendar(figure.value, plain[figure.start : figure.end], today)
        elif figure.kind == "day":
            day = _of_week(figure.value, today, next_week=next_week)
            if day == today and has(r"^(?:vanochtend|vanmorgen|this morning)", plain[figure.start : figure.end]) and local.hour >= 12:
                continue
        else:
            continue
        if day is not None:
            return figure, day
    return None


def _calendar(value: str, words: str, today: date) -> date | None:
    day, month = map(int, value.split("/"))
    year = re.search(r"\b(?:19|20)\d\d\b", words)
    try:
        if year:
            return date(int(year.group()), month, day)
        here = date(today.year, month, day)
        return here if here >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _of_week(value: str, today: date, *, next_week: bool) -> date | None:
    sunday = today + timedelta(days=6 - today.weekday())
    first = today.replace(day=1)
    months = [first, *[(first := (first + timedelta(days=32)).replace(day=1)) for _ in range(2)]]
    days = {
        "today": today,
        "tonight": today,
        "tomorrow": today + timedelta(days=1),
        "overmorrow": today + timedelta(days=2),
        "this week": sunday,
        "weekend": sunday,
        "next week": sunday + timedelta(days=7),
        "this month": months[1] - timedelta(days=1),
        "next month": months[2] - timedelta(days=1),
    }
    if value in _WEEKDAYS:
        monday = sunday - timedelta(days=6)
        if next_week:
            return monday + timedelta(days=7 + _WEEKDAYS.index(value))
        return today + timedelta(days=(_WEEKDAYS.index(value) - today.weekday()) % 7)
    return days.get(value)


def _length(plain: str, found: Sequence[Figure], local: datetime) -> datetime | None:
    if has(r"\bwithin\ the\ hour\b|\bbinnen\ het\ uur\b", plain):
        return local + timedelta(hours=1)
    for figure in found:
        if figure.kind != "length" or not has(_WITHIN, plain[: figure.start]):
            continue
        count, _, unit = figure.value.rpartition(" ")
        number = {"half an": 0.5, "half": 0.5, "anderhalf": 1.5, "one": 1.0, "een": 1.0}.get(count)
        if number is None:
            try:
                number = float(count)
            except ValueError:
                continue  # "Within a few days" names no day, and we make none up.
        if not 0 < number <= 1000:
            continue
        short = {"second": 1 / 60, "minute": 1, "quarter": 15, "hour": 60}.get(unit)
        if short is not None:
            return local + timedelta(minutes=number * short)
        return _moment(_days_on(plain[figure.start : figure.end], number, unit, local.date()), _LAST, local)
    return None


def _days_on(words: str, number: float, unit: str, today: date) -> date:
    if has(_WORKING, words):
        day, left = today, round(number)
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day
    return today + timedelta(days=round(number * {"day": 1, "week": 7, "month": 30, "year": 365}[unit]))


def _end_of(plain: str, local: datetime) -> datetime | None:
    found = pattern(_ENDS).search(plain)
    if found is None:
        return None
    today = local.date()
    if found["unit"] == "middag":
        return _moment(today, time(18), local)
    unit = {"week": "this week", "month": "this month", "maand": "this month"}.get(found["unit"], "today")
    day = _of_week(unit, today, next_week=False)
    return _moment(day, _LAST, local) if day else None

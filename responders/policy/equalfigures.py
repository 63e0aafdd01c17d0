"""Says when two figures are one in different forms (N4): "2pm" and 14:00, "a fortnight" and 14 days, "Mon-Fri" and Wednesday."""

from __future__ import annotations

import re
from functools import lru_cache

from responders.policy.quantities import Figure, figures
from responders.policy.spokentimes import later
from responders.policy.stems import NUMBER_WORDS

_IN_MINUTES = {"minute": 1, "quarter": 15, "hour": 60, "day": 1440, "week": 10_080}
_IN_MONTHS = {"month": 1, "year": 12}
_PARTS = {"anderhalf": 1.5, "half an": 0.5, "half": 0.5}


def minutes(value: str) -> float | None:
    """Return how many minutes a length is ("3 quarter" is 45), or None where it is none or is counted in months."""
    return _measured(value, _IN_MINUTES)


def months(value: str) -> float | None:
    """Return how many months a length of months or years is, or None."""
    return _measured(value, _IN_MONTHS)


def _measured(value: str, units: dict[str, int]) -> float | None:
    count, _, unit = value.partition(" ")
    if unit not in units:
        return None
    number = _PARTS.get(count) or (float(count) if re.fullmatch(r"\d+(?:\.\d+)?", count) else 0)
    return number * units[unit] or None


def _length(value: str) -> frozenset[str]:
    """Return a length in one form for all its units."""
    found = minutes(value)
    if found:
        return frozenset({f"{found:g} minutes long"})
    found = months(value)
    return frozenset({f"{found:g} months long"}) if found else frozenset()


_LEAD = (
    r"(?:at|by|before|after|until|till|around|since|from|between|om|vanaf|tot|tegen|rond|sinds|uiterlijk|van|tussen|na|voor|open|"
    r"weekdays|daily|dagelijks|,)"
)
_CLOCKED = re.compile(rf"(?:^|\b|(?=,)){_LEAD}\W{{1,2}}$")
_SPOKEN = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
_RANGED = re.compile(
    rf"\b(?:{_LEAD}\W{{1,2}}[a-z]{{3,6}}|\d{{1,2}}|{_SPOKEN})(?:[:.]\d\d)?(?: uur| ?[ap]\.?m\.?)?"
    r"(?: (?:to|till?|until|and|en|tot)|\s?[-–])\W?$"
)
_FROM = re.compile(r"^(?: (?:to|till?|until|tot)|\s?[-–])\W?(?:\d{1,2}\b|[a-z]{3,6}\b)")


def _hours(figure: Figure, plain: str, shift: int) -> frozenset[str]:
    """Return the times that a bare number means where a time stands: "from 6 till 11" names two, and so does "om drie uur" one."""
    start, end = figure.start + shift, figure.end + shift
    count = figure.value.removesuffix(" hour") if plain[start:end].endswith(" uur") else figure.value
    if figure.kind not in {"number", "word", "length"} or not count.isdigit() or int(count) > 24:
        return frozenset()
    before = plain[max(0, start - 30) : start]
    if _CLOCKED.search(before) or _RANGED.search(before) or _FROM.match(plain[end : end + 16]):
        moment = f"{int(count) % 24:02}:00"
        return frozenset({moment, later(moment)} if int(count) <= 12 else {moment})
    return frozenset()


_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def forms(figure: Figure, plain: str, shift: int = 0) -> frozenset[str]:
    """Return every form of a figure, whose places in `plain` lie `shift` further."""
    found = frozenset({figure.value}) | figure.also | _length(figure.value) | _hours(figure, plain, shift)
    if figure.kind == "number" and (clock := _CLOCK.fullmatch(plain, figure.start + shift, figure.end + shift)):
        moment = f"{int(clock['hour']) % 24:02}:{clock['minute']}"
        found |= {moment, later(moment)} if int(clock["hour"]) <= 12 else {moment}
    if figure.kind == "day" and figure.value in _WEEK:
        start, end = figure.start + shift, figure.end + shift
        if _TO_DAY.search(plain[max(0, start - 28) : start]) or _FROM_DAY.match(plain[end : end + 16]):
            return found | {_within(figure.value)}  # "Monday to Friday", where the fact says "weekdays"; "by Friday" it does not carry.
    return found


def _within(day: str) -> str:
    return f"{day} within a week"


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_STARTS = dict(zip(("ma", "di", "wo", "do", "vr", "za", "zo"), _WEEK, strict=True)) | {day[:2]: day for day in _WEEK}
_DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|(?:ma|di|wo|do|vr|za|zo)|"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
)
_DAY_SPAN = re.compile(rf"\b(?P<first>{_DAY})s?\.? ?(?:[-–]|to|till?|until|through|thru|tot(?: en met)?|t/m) ?(?P<last>{_DAY})s?\b")
_TO_DAY = re.compile(rf"{_DAY}s?\.? ?(?:[-–]|to|till?|until|through|thru|tot(?: en met)?|t/m) ?$")
_FROM_DAY = re.compile(r"^ ?(?:[-–]|to|till?|until|through|thru|tot|t/m) ?(?:[a-z]{2,9}\b)")
_SHORT_DAY = re.compile(r"\b(?P<day>mon|tues?|wed|thu(?:rs)?|fri|sat|sun|ma|di|wo|do|vr|za|zo)\.?(?= \d)")
_WEEKDAYS = re.compile(r"\b(?:weekdays?|(?:elke |op )?werkdag(?:en)?|doordeweeks|working days|business days)\b")
_EVERY_DAY = re.compile(
    r"\b(?:every day|each day|daily|elke dag|iedere dag|dagelijks|24/7|seven days a week|7 days a week|zeven dagen per week)\b"
)
_ALL_HOURS = re.compile(
    r"\b(?:day and night|night and day|dag en nacht|(?:a)?round the clock|at any hour|at all hours|de klok rond|24/7)\b"
)
_EVENING = re.compile(r"\b(?:evening|night|tonight|avond|nacht|vanavond|vannacht)\b")
_PAYMENTS = re.compile(
    rf"\b(?P<count>\d{{1,3}}|{'|'.join(NUMBER_WORDS)})(?: \w+)? (?:payments?|instal+ments?|bills?|invoices?|debits?|termijnen|betalingen|"
    r"incasso's|afschrijvingen|facturen|nota's)\b"
)
"""What is paid by the month: three payments are three months."""


def _day_of(text: str) -> str:
    return _DAY_STARTS[text[:2]]


@lru_cache(maxsize=1024)
def held(plain: str) -> frozenset[str]:
    """Return every form of every figure in a text, the days within a span of days, and what "day and night" or "daily" hold."""
    found: set[str] = set()
    for figure in figures(plain):
        if figure.kind != "link":
            found |= forms(figure, plain)
            if figure.kind in {"length", "percent"}:
                found.add(figure.value.split(" ")[0].rstrip("%"))
            if figure.kind == "date" and (year := _YEAR.search(plain, figure.start, figure.end)):
                found.add(year.group())
    for match in _DAY_SPAN.finditer(plain):
        first, last = _WEEK.index(_day_of(match["first"])), _WEEK.index(_day_of(match["last"]))
        found |= {_within(_WEEK[(first + step) % 7]) for step in range((last - first) % 7 + 1)}
    found |= {_day_of(match["day"]) for match in _SHORT_DAY.finditer(plain)}
    if _WEEKDAYS.search(plain):
        found |= {_within(day) for day in _WEEK[:5]}
    if _EVERY_DAY.search(plain):
        found |= _length("7 day")
        found |= {_within(day) for day in _WEEK}
    if _ALL_HOURS.search(plain):
        found |= _length("24 hour")
    if "tomorrow" not in found and "yesterday" not in found and (_EVENING.search(plain) or _is_late(found)):
        found.add("tonight")
    for match in _PAYMENTS.finditer(plain):
        found |= _length(f"{NUMBER_WORDS.get(match['count'], match['count'])} month")
    return frozenset(found)


_THING = re.compile(
    r"^ (?!(?:euro|pound|pond|pfund|dollar|cent|pence|percent|procent|minu|hour|uren|werkdag|week|weken|month|maand|jaar|year|night|nacht|"
    r"evening|avond|keer|maal|times|termijn|payment|betaling|instal|incasso|afschrijving|naar|instead|rather|plus|until|voor|over|extra|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:maan|dins|woens|donder|vrij|zater|zon)dag|"
    r"meer|more|less|minder|back|terug|above|below|boven|onder)\w*)[a-z]{4,}"
)


def counts_things(plain: str, end: int) -> bool:
    """Say whether what follows a number is counted by it, and is neither money nor time: 25 minutes are not 25 customers."""
    return _THING.match(plain[end : end + 24]) is not None


@lru_cache(maxsize=1024)
def held_money(plain: str, *, loosely: bool = False) -> frozenset[str]:
    """Return every amount in a text, and the bare numbers that may be one; 25 minutes, 25 % and 25 customers are no 25 euro.

    A post leaves the sign out, and is read `loosely`.
    """
    numbers = [one for one in figures(plain) if one.kind in {"number", "word"} and (loosely or not counts_things(plain, one.end))]
    told = [*numbers, *(one for one in figures(plain) if one.kind == "amount")]
    return frozenset(value for one in told for value in (one.value, *one.also))


@lru_cache(maxsize=1024)
def held_numbers(plain: str) -> frozenset[str]:
    """Return every form of every figure in a text but the bare numbers of lengths, shares and amounts."""
    measured = {"length", "percent", "amount"}
    counted = {one.value for one in figures(plain) if one.kind not in measured}
    return held(plain) - ({one.value.split(" ")[0].rstrip("%") for one in figures(plain) if one.kind in measured} - counted)


def _is_late(found: set[str]) -> bool:
    """Say whether a time of the evening is told."""
    return any(re.fullmatch(r"(?:19|2[0-3]):\d\d", value) and later(value) not in found for value in found)

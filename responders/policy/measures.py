"""Says what a figure measures: money, a length, a share, how many of what, a moment. What follows from it stands in reckoned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from responders.policy.equalfigures import forms, minutes, months
from responders.policy.quantities import Figure, figures
from responders.policy.reading import Reading, read
from responders.policy.stems import NUMBER_WORDS, key, keys_of_text

MAX_FIGURES = 40
"""Of a longer text no more are measured, for all of them are compared with each other."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that a figure measures: how much of which unit, and of what the sentence around it speaks."""

    unit: str
    """money, minutes, months, percent, count, date, month, time, weekday or year."""
    size: float
    start: int
    end: int
    sentence: int
    about: frozenset[str]
    nouns: frozenset[str] = frozenset()
    """Of a count: the keys of what is counted, as far as the next words tell."""
    is_bound: bool = False
    """Whether it only bounds something ("orders above 40 pounds"), and adds up to nothing."""


_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?")
_MONEY = re.compile(r"^ ?(?:euro'?s?|pounds?|pond|dollars?|quid)\b")
_TO_MONEY = re.compile(
    r"^ ?(?:to|naar|tot|en|and|or|of|-|–|instead of|in plaats van) ?(?:[€£$]|\d[\d.,]{0,8} ?(?:€|euro|pounds?\b|pond\b|dollar))"
)
_CENTS = re.compile(r"^ ?(?:cents?|pence|p)\b")
_DOZEN = re.compile(r"^ (?:dozen|dozijn)\b")
_SAID_HOURS = re.compile(r"\d{1,2} uur")
_CLOCK = re.compile(r"\d{1,2}\.[0-5]\d")
_WORDS = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_BOUNDS = re.compile(
    r"\b(?:above|over|from|under|below|more than|less than|at least|up to|boven|vanaf|onder|meer dan|minder dan|minstens|maximaal|tot) "
    r"(?:the |de )?$"
)
_LEADS = re.compile(r"\b(?:at|by|before|after|until|till|om|vanaf|tot|tegen|rond|sinds|uiterlijk|van|tussen|na|voor|en|-|–)\W*$")
_BEFORE_DAY = re.compile(
    r"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th|e)? ?(?:-|–|to|till?|until|and|en|t/m|tot(?: en met)?)(?: \w+day| \w+dag)? $"
)
_AS_TWO = re.compile(r"\b(?:twice|tweemaal|dubbele?|double|both|beide|allebei|each of the two)\b")
_MONTH_STARTS = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_of_year(value: str) -> int | None:
    """Return the number of "18/3" among the days of a year that is no leap year."""
    day, _, month = value.partition("/")
    return _MONTH_STARTS[int(month)] + int(day) if day and 1 <= int(month) <= 12 else None


def sizes(figure: Figure, plain: str, shift: int = 0) -> Iterator[tuple[str, float]]:
    """Yield each unit and size that a figure may have, whose places in `plain` lie `shift` further."""
    value, end = figure.value, figure.end + shift
    if figure.kind == "amount" and _NUMBER.fullmatch(value):
        yield "money", float(value)
    elif figure.kind == "percent" and (share := value.rstrip("%")) and (share in NUMBER_WORDS or _NUMBER.fullmatch(share)):
        yield "percent", float(NUMBER_WORDS.get(share, share))
    elif figure.kind == "length":
        if size := minutes(value):
            yield "minutes", size
        elif size := months(value):
            yield "months", size
    elif figure.kind in {"number", "word"} and _NUMBER.fullmatch(value):
        yield from _counted(float(value), plain[end : end + 24])
    else:
        yield from _dated(figure)
    if _is_length(figure, plain, shift):
        yield "minutes", int(value[:2]) * 60
    yield from (("time", _clocked(moment)) for moment in sorted(_moments(figure, plain, shift)))


def _counted(number: float, after: str) -> Iterator[tuple[str, float]]:
    """Yield what a bare number tells, by the words after it."""
    if _MONEY.match(after) or _TO_MONEY.match(after):
        yield "money", number
    elif _CENTS.match(after):
        yield "money", number / 100
    else:
        yield "count", number * 12 if _DOZEN.match(after) else number
    if 1900 <= number <= 2100:
        yield "year", number


def _dated(figure: Figure) -> Iterator[tuple[str, float]]:
    """Yield the day of a year or of a week, or the month, that a figure names."""
    if figure.kind == "date" and (day := day_of_year(figure.value)):
        yield "date", day
    elif figure.kind == "month":
        yield "month", int(figure.value[1:])
    elif figure.kind == "day" and figure.value in WEEK:
        yield "weekday", WEEK.index(figure.value)


def _is_length(figure: Figure, plain: str, shift: int) -> bool:
    """Say whether "2 uur" stands where no time of day does: "wij wachtten 2 uur"."""
    start, end = figure.start + shift, figure.end + shift
    return (
        figure.kind == "time"
        and _SAID_HOURS.fullmatch(plain[start:end]) is not None
        and not _LEADS.search(plain[max(0, start - 12) : start])
    )


def _moments(figure: Figure, plain: str, shift: int) -> set[str]:
    """Return the times of day that a figure may mean, "17.30" among them."""
    text = plain[figure.start + shift : figure.end + shift]
    found = {form for form in forms(figure, plain, shift) if len(form) == 5 and form[2] == ":"}
    if figure.kind == "number" and _CLOCK.fullmatch(text) and int(text.split(".")[0]) <= 24:
        hour, _, minute = text.partition(".")
        found.add(f"{int(hour) % 24:02}:{minute}")
    return found


def _clocked(moment: str) -> float:
    return int(moment[:2]) * 60 + int(moment[3:])


def nouns_after(plain: str, end: int) -> frozenset[str]:
    """Return the keys of the words after a figure, up to a sign."""
    after = re.split(r"[^a-z0-9' -]", plain[end : end + 40])[0]
    words = _WORDS.findall(after)[:5]
    return frozenset(found for word in words if (found := key(word)))


@lru_cache(maxsize=256)
def measured(text: str) -> tuple[Measure, ...]:
    """Return everything that the figures of a text measure, in order."""
    reading = read(text)
    return tuple(_measured(reading))


def _measured(reading: Reading) -> Iterator[Measure]:
    plain = reading.plain
    left = MAX_FIGURES
    for sentence in reading.sentences:
        about = keys_of_text(sentence.text)
        for figure in figures(sentence.text):
            if figure.kind in {"link", "code"} or left <= 0:
                continue
            left -= 1
            start, end = sentence.start + figure.start, sentence.start + figure.end
            nouns = nouns_after(plain, end) if figure.kind in {"number", "word"} else frozenset[str]()
            for unit, size in sizes(figure, sentence.text):
                is_bound = unit == "money" and _BOUNDS.search(plain[max(0, start - 20) : start]) is not None
                yield Measure(unit, size, start, end, sentence.number, about, nouns, is_bound)
            if figure.kind == "date" and (first := _BEFORE_DAY.search(plain[max(0, start - 32) : start])):
                month = figure.value.split("/")[1]
                yield Measure("date", day_of_year(f"{first['day']}/{month}") or 0, start, end, sentence.number, about)
        for match in _AS_TWO.finditer(sentence.text):
            yield Measure("count", 2, sentence.start + match.start(), sentence.start + match.end(), sentence.number, about)

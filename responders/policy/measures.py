"""Says what a figure measures: money, a length, a share, how many of what, a moment. What follows from it stands in reckoned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from responders.policy.equalfigures import forms, minutes, months
from responders.policy.grammar import MONTHS
from responders.policy.quantities import Figure, figures, month_of
from responders.policy.reading import Sentence, read
from responders.policy.stems import NUMBER_WORDS, key, keys_of_text

MAX_FIGURES = 40
"""Of a longer text no more are measured, for all of them are compared with each other."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that a figure measures: how much of which unit, and of what the sentence around it speaks."""

    unit: str
    """money, minutes, months, percent, count, metres, grams, litres, date, month, time, weekday or year."""
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
_LARGE = {
    "duizend": 1000.0, "een duizend": 1000.0, "a thousand": 1000.0, "thousand": 1000.0, "a million": 1e6, "een miljoen": 1e6,
    "half a million": 5e5, "half a thousand": 500.0,
}  # fmt: skip
_WORKING = re.compile(r"werkdag|working|business")
_PHYSICAL = (
    (re.compile(r"^ ?(?:mm|millimet(?:er|re)s?)\b"), "metres", 0.001),
    (re.compile(r"^ ?(?:cm|centimet(?:er|re)s?)\b"), "metres", 0.01),
    (re.compile(r"^ ?(?:m|met(?:er|re)s?)\b"), "metres", 1),
    (re.compile(r"^ ?(?:km|kilomet(?:er|re)s?)\b"), "metres", 1000),
    (re.compile(r"^ ?(?:g|gram(?:s|mes)?)\b"), "grams", 1),
    (re.compile(r"^ ?(?:kg|kilo(?:gram(?:me)?)?s?)\b"), "grams", 1000),
    (re.compile(r"^ ?(?:ml|millilit(?:er|re)s?)\b"), "litres", 0.001),
    (re.compile(r"^ ?(?:l|lit(?:er|re)s?)\b"), "litres", 1),
)
PHYSICAL = frozenset({"metres", "grams", "litres"})
_INSTEAD = re.compile(r"(?:instead of|in plaats van|rather than|to|naar) $")
_SAID_HOURS = re.compile(r"\d{1,2} uur")
_CLOCK = re.compile(r"\d{1,2}\.[0-5]\d")
_WORDS = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_BOUNDS = re.compile(
    r"\b(?:above|over|from|under|below|more than|less than|at least|up to|boven|vanaf|onder|meer dan|minder dan|minstens|maximaal|tot) "
    r"(?:the |de )?$"
)
_NAMES = re.compile(
    r"\b(?:artikel|art|article|clause|section|page|pagina|blz|p|nummer|number|no|nr|room|kamer|lijn|line|platform|spoor|perron|gate|"
    r"version|versie|hal|bus|tram|chapter|hoofdstuk|step|stap|floor|etage|level|"
    r"batch|partij|order|bestelling|route|bay|row|rij|seat|stoel|zaal|screen|unit|flat)\.? ?$"
)
"""Before a number that names a thing and counts none: "artikel 7"."""
_LEADS = re.compile(r"\b(?:at|by|before|after|until|till|om|vanaf|tot|tegen|rond|sinds|uiterlijk|van|tussen|na|voor|en|-|–)\W*$")
_BEFORE_DAY = re.compile(
    r"(?<![\d.,])(?P<day>[12]?\d|3[01])(?:st|nd|rd|th|e)? ?(?:-|–|to|till?|until|and|en|op|t/m|tot(?: en met)?)(?: \w+day| \w+dag)? $"
)
_DAY_AFTER = re.compile(
    rf"(?:st|nd|rd|th|e)? ?(?:-|–|to|till?|until|and|en|op|t/m|tot(?: en met)?) ?\d{{1,2}}(?:st|nd|rd|th|e)? (?:of )?{MONTHS}\b"
)
_MONTHS_LONG = re.compile(rf"\b(?P<first>{MONTHS}) ?(?:to|till?|until|through|tot(?: en met)?|t/m|-|–) ?(?P<last>{MONTHS})\b")
_BARE_MONTH = re.compile(
    r"(?<![\d/] )\b(?:jan(?:uar[iy])?|feb(?:ruar[iy])?|maart|march|april?|mei|jun[ei]?|jul[iy]?|aug(?:ust(?:us)?)?|sept?(?:ember)?|"
    r"o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?! \d{1,2}\b)"
)
_AS_TWO = re.compile(r"\b(?:twice|tweemaal|dubbele?|double)\b")
_MONTH_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_of_year(value: str) -> int | None:
    """Return the number of "18/3" among the days of a year that is no leap year."""
    day, _, month = value.partition("/")
    if not day or not 1 <= int(month) <= 12 or not 1 <= int(day) <= _MONTH_DAYS[int(month)]:
        return None
    return sum(_MONTH_DAYS[: int(month)]) + int(day)


def day_of_month(day: int) -> int:
    """Return which day of its month the so many-th day of a year is."""
    for length in _MONTH_DAYS[1:]:
        if day <= length:
            break
        day -= length
    return day


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
            if size % (5 * 1440) == 0 and _WORKING.search(plain, figure.start + shift, end):
                yield "minutes", size / 5 * 7  # Ten working days are two weeks.
        elif size := months(value):
            yield "months", size
    elif figure.kind in {"number", "word"} and (_NUMBER.fullmatch(value) or value in _LARGE):
        yield from _counted(_LARGE.get(value) or float(value), plain[end : end + 24])
        yield from (("date", day) for date in figure.also if (day := day_of_year(date)))
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
    elif found := next(((unit, factor) for regex, unit, factor in _PHYSICAL if regex.match(after)), None):
        yield found[0], number * found[1]
    else:
        yield "count", number
        if _DOZEN.match(after):
            yield "count", number * 12  # In Dutch, "6 dozen" are as many boxes.
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
    if figure.kind == "number" and _DAY_AFTER.match(plain[figure.end + shift : figure.end + shift + 40]):
        return set()  # "From 11 to 12 June" tells days.
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


@lru_cache(maxsize=1024)
def measured(text: str) -> tuple[Measure, ...]:
    """Return everything that the first figures of a text measure, in order."""
    reading = read(text)
    found: list[Measure] = []
    for sentence in reading.sentences:
        if len(found) < MAX_FIGURES:
            found += _measured(sentence, MAX_FIGURES - len(found))
    return tuple(found)


def _measured(sentence: Sentence, most: int) -> Iterator[Measure]:
    plain, about = sentence.text, keys_of_text(sentence.text)
    before: tuple[str, float] | None = None
    for figure in [one for one in figures(plain) if one.kind not in {"link", "code"}][:most]:
        start, end = figure.start, figure.end
        lead = plain[max(0, start - 32) : start]
        nouns = nouns_after(plain, end) if figure.kind in {"number", "word"} else frozenset[str]()
        for kind, number in sizes(figure, plain):
            unit, size = kind, number
            if kind == "count" and _NAMES.search(lead):
                continue
            if kind == "count" and before and _INSTEAD.search(lead):
                unit, size = before[0], number * before[1]  # "1.60 metres instead of 1.80"
            elif kind in PHYSICAL and _NUMBER.fullmatch(figure.value):
                before = (kind, number / (float(figure.value) or 1))
            is_bound = unit == "money" and _BOUNDS.search(lead[-30:]) is not None
            yield Measure(unit, size, sentence.start + start, sentence.start + end, sentence.number, about, nouns, is_bound)
        if figure.kind == "date" and (first := _BEFORE_DAY.search(lead)):
            day = day_of_year(f"{first['day']}/{figure.value.split('/')[1]}")
            shift = sentence.start + start - len(lead)
            yield Measure("date", day or 0, shift + first.start("day"), shift + first.end("day"), sentence.number, about)
    for match in _MONTHS_LONG.finditer(plain):
        for name in ("first", "last"):
            start, end = match.span(name)
            yield Measure("month", month_of(match[name]), sentence.start + start, sentence.start + end, sentence.number, about)
    known = {match.start(name) for match in _MONTHS_LONG.finditer(plain) for name in ("first", "last")}
    for match in _BARE_MONTH.finditer(plain):
        start, end = match.span()
        if start not in known and not any(one.start <= start < one.end for one in figures(plain)):
            yield Measure("month", month_of(match.group()), sentence.start + start, sentence.start + end, sentence.number, about)
    for match in _AS_TWO.finditer(plain):
        yield Measure("count", 2, sentence.start + match.start(), sentence.start + match.end(), sentence.number, about)

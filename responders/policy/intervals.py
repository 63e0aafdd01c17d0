"""Reckons how long it is between two moments that facts and post tell (N4). Whether a reply says so is seen in reckoned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product

from responders.policy.asked import Asked
from responders.policy.grammar import has
from responders.policy.measures import Measure, day_of_month, day_of_year
from responders.policy.quantities import figures
from responders.policy.reading import read
from responders.policy.stems import REMEDIES

Told = Sequence[tuple[str, str, tuple[Measure, ...]]]
SpeaksOfBoth = Callable[[frozenset[str], frozenset[str]], bool]
_DAY = 1440
_YEAR = 365
_HALF_DAY = _DAY / 2
MAX_MOMENTS = 20


def between(told: Told, speaks_of_both: SpeaksOfBoth, unit: str) -> Iterator[tuple[str, float]]:
    """Yield each length in minutes (or months) between two moments, with the fact that tells one of them.

    Two moments of one sentence belong together, and two times of day of neighbouring ones; others only where the reply speaks of both.
    """
    moments = [
        (fact, text, one) for fact, text, measures in told for one in measures if one.unit in {"date", "month", "time", "weekday", "year"}
    ][:MAX_MOMENTS]
    for (fact, text, one), (other_fact, other_text, other) in combinations(moments, 2):
        if not fact and not other_fact and not _of_post_alone(one, other, text):
            continue  # Of what the post alone tells, two times of day make a length: "from 11pm to 6am".
        if one.unit != other.unit or (one.start == other.start and fact == other_fact and one.unit != "date"):
            continue
        near = fact == other_fact and text == other_text and one.sentence == other.sentence
        if near and not _of_one_matter(one, other, read(text).plain, speaks_of_both):
            continue
        union = one.about | other.about
        clocked = one.unit == "time" and fact == other_fact and text == other_text and abs(one.sentence - other.sentence) == 1
        if not near and not (speaks_of_both(union, union) if clocked else speaks_of_both(one.about, other.about)):
            continue
        found = fact or other_fact
        if unit == "months":
            yield from ((found, size) for size in _months(one, other))
            if near and one.unit == "month" and _is_span(one, other, read(text).plain):
                yield found, (other.size - one.size) % 12 + 1  # From January to April are four months.
        else:
            yield from ((found, size) for size in _minutes(one, other, read(text).plain, near=near))


_DAY_AFTER = (
    r"\b(?:(?:de )?dag (?:erna|erop|daarna|later)|(?:de )?volgende dag|(?:the )?(?:next|following) day|(?:a|the) day (?:after|later))\b"
)


def next_day(asked: Asked) -> str | None:
    """The day after one that a fact tells, where it says so: "in on 12 March, out the day after"."""
    number = re.match(r"(\d{1,2})(?:e|de|ste|st|nd|rd|th)\b", asked.plain[asked.start : asked.end])
    wanted = {size for unit, size in asked.sizes if unit == "date"}
    if not number and not wanted:
        return None
    for fact, text, _ in asked.told:
        plain = read(text).plain
        for one in figures(plain) if has(_DAY_AFTER, plain) and not asked.keys & REMEDIES else ():
            day = day_of_year(one.value) if one.kind == "date" else None
            if day is not None and (day + 1 in wanted or (number and day_of_year(f"{number[1]}/{one.value.partition('/')[2]}") == day + 1)):
                return fact
    return None


_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|e)")
LONGEST = 120 * _DAY


def due(asked: Asked) -> str | None:
    """The day so long after one that the same fact tells: "within 7 days of 18 August" ends on the 25th."""
    days = {int(size) for unit, size in asked.sizes if unit == "date"}
    shown = asked.plain[asked.start : asked.end]
    of_month = int(re.sub(r"\D", "", shown)) if not days and _ORDINAL.fullmatch(shown) else 0
    if not days and not of_month:
        return None
    for fact, _, measures in asked.told:
        if not fact:
            continue  # The author's own dates promise nothing.
        spans = [one for one in measures if one.unit == "minutes" and one.size % _DAY == 0 and one.size <= LONGEST]
        lengths = [one.size for one in spans if asked.keys & REMEDIES <= one.about]
        for start, length in product([one.size for one in measures if one.unit == "date"], lengths):
            end = (int(start) + int(length) // _DAY - 1) % 365 + 1
            if end in days or (of_month and day_of_month(end) == of_month):
                return fact
    return None


_INSTEAD = re.compile(r"\W*(?:ipv|in plaats van|instead of|rather than|not|niet|and not|en niet)(?: the| de)?\W*")


def _of_post_alone(one: Measure, other: Measure, text: str) -> bool:
    """Say whether two moments that the post alone tells make a length: times of day, or a date where another was asked for."""
    if one.sentence != other.sentence:
        return False
    first, second = sorted((one, other), key=lambda measure: measure.start)
    between_them = read(text).plain[first.end : second.start]
    return one.unit == "time" or (one.unit == "date" and _INSTEAD.fullmatch(between_them[:40]) is not None)


_SUBJECT = re.compile(r"(?:;|,? (?:and|en|while|terwijl|but|maar)) (?:the|a|an|our|its|their|de|het|een|onze|ons|zijn|hun|er) ")
"""Where another statement with a subject of its own begins."""


def _of_one_matter(one: Measure, other: Measure, plain: str, speaks_of_both: SpeaksOfBoth) -> bool:
    """Say whether two moments of one sentence belong together: of two statements the reply must speak of either."""
    first, second = sorted((one, other), key=lambda measure: measure.start)
    cut = _SUBJECT.search(plain, first.end, max(first.end, second.start))
    return cut is None or not one.about or speaks_of_both(one.about, one.about)


def _months(one: Measure, other: Measure) -> Iterator[float]:
    apart = abs(one.size - other.size)
    if one.unit == "year":
        yield apart * 12
    elif one.unit == "month":
        yield (other.size - one.size) % 12
    elif one.unit == "date":
        yield round(apart / 30.44) if abs(apart / 30.44 - round(apart / 30.44)) < 0.1 else apart / 30.44


def _minutes(one: Measure, other: Measure, plain: str, *, near: bool) -> Iterator[float]:
    if one.unit == "date":
        apart = abs(one.size - other.size)
        yield apart * _DAY
        if near and _is_span(one, other, plain):
            first, last = sorted((one, other), key=lambda measure: measure.start)
            apart = (last.size - first.size) % _YEAR  # From December to January it goes on.
            yield apart * _DAY
            yield (apart + 1) * _DAY  # From the first to the fifth are five days, where both count.
        if apart > 59:
            yield (apart + 1) * _DAY  # A leap year's February may lie between them.
    elif one.unit == "weekday":
        yield ((other.size - one.size) % 7) * _DAY
        if near and _is_span(one, other, plain):
            yield ((other.size - one.size) % 7 + 1) * _DAY
    elif one.unit == "time":
        later = (other.size - one.size) % _DAY
        yield later
        if 0 < _DAY - later <= _HALF_DAY:
            yield _DAY - later  # "It left at 14.15 instead of 9.45."


_SPAN = re.compile(r"\W*(?:to|till?|until|through|tot(?: en met)?|t/m|-|–)(?: (?:and including )?(?:\w+day|\w+dag)?)?\W*")


def _is_span(one: Measure, other: Measure, plain: str) -> bool:
    """Say whether the words between two moments make a span of them ("from 1 to 5 July")."""
    first, second = sorted((one, other), key=lambda measure: measure.start)
    return _SPAN.fullmatch(plain[first.end : second.start][:40]) is not None

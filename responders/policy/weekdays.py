"""Says which day of the week a date is, and which year it is, as far as facts and post tell by a date with its day; judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from responders.policy.asked import BY_POST
from responders.policy.context import Context, fact_texts
from responders.policy.jottings import written_out
from responders.policy.measures import WEEK
from responders.policy.parts import Part
from responders.policy.quantities import Figure, figures
from responders.policy.reading import Sentence, read
from responders.policy.stems import common, keys_of_text

_BETWEEN = re.compile(r"\W{0,3}(?:the |de |op |on |of )?")
_YEAR_AFTER = re.compile(r"\W{0,2}(?P<year>(?:19|20)\d\d)\b")
FIRST_YEAR, LAST_YEAR = 2020, 2036
"""Among which a day of the week tells the year, where no clock does."""
_HALF_A_YEAR = 183


@dataclass(frozen=True, slots=True)
class Days:
    """What is known of the calendar: the dates that may have been told, one for each year in which they fall on the day that was told."""

    anchors: tuple[date, ...]

    @property
    def years(self) -> frozenset[int]:
        """The years in which all this may have been."""
        return frozenset(one.year for one in self.anchors)

    def of(self, value: str) -> frozenset[str]:
        """Return the days of the week on which a date "24/11" may fall, taken in the year nearest to what was told."""
        found = (_in_year(value, year) for anchor in self.anchors for year in (anchor.year - 1, anchor.year, anchor.year + 1))
        return frozenset(
            WEEK[day.weekday()] for day in found if day and any(abs((day - anchor).days) <= _HALF_A_YEAR for anchor in self.anchors)
        )


@lru_cache(maxsize=4)
def known_days(context: Context) -> Days:
    """Return the calendar: of the day on which the reply is judged, or else of a date that facts or post tell with its day or year."""
    if context.today:
        return Days((context.today,))
    texts = [read(text).plain for fact in context.usable for text in (*fact_texts(fact), written_out(fact.source))]
    # Where neither tells a day with its date, the reply is held to the days that it tells itself.
    told = _of_texts((*texts, read(written_out(context.post.text)).plain))
    return told if told.anchors else _of_texts((context.reply.plain,))


@lru_cache(maxsize=64)
def _of_texts(texts: tuple[str, ...]) -> Days:
    anchors: tuple[date, ...] = ()
    for day, moment, year in (one for plain in texts for one in _told_days(plain)):
        years = range(year, year + 1) if year else range(FIRST_YEAR, LAST_YEAR)
        told = [found for each in years if (found := _in_year(moment, each)) and day in {"", WEEK[found.weekday()]}]
        if not anchors:
            anchors = tuple(told)
        else:
            anchors = tuple(one for one in anchors if any(abs((one - other).days) <= _HALF_A_YEAR for other in told))
            if not anchors:
                return Days(())  # Two days that no year knows: whoever wrote them counted wrong, or speaks of several years.
    return Days(anchors)


def _told_days(plain: str) -> Iterator[tuple[str, str, int | None]]:
    """Yield each date that a text tells with its day of the week or its year."""
    found = figures(plain)
    for place, figure in enumerate(found):
        if figure.kind != "date":
            continue
        year = _year_of(plain, figure)
        before, after = found[place - 1 : place], found[place + 1 : place + 2]
        day = next((one.value for one in (*before, *after) if one.value in WEEK and beside(plain, one, figure)), "")
        if day or year:
            yield day, figure.value, year


def _year_of(plain: str, figure: Figure) -> int | None:
    said = re.search(r"(?:^|[-/ ])(?P<year>(?:19|20)\d\d)(?:$|(?=-))", plain[figure.start : figure.end])
    found = said or _YEAR_AFTER.match(plain, figure.end)
    return int(found["year"]) if found else None


def beside(plain: str, one: Figure, other: Figure) -> bool:
    """Say whether two figures stand beside each other, so that both name one day: "Tuesday 24 November", "vandaag, de 26e"."""
    first, second = sorted((one, other), key=lambda figure: figure.start)
    return _BETWEEN.fullmatch(plain, first.end, second.start) is not None if second.start - first.end < 10 else False


def _in_year(value: str, year: int) -> date | None:
    day, _, month = value.partition("/")
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def date_beside(sentence: Sentence, place: int, figure: Figure) -> Figure | None:
    """Return the date, or the ordinal of one, beside a day of a sentence; `place` is where the clause of the figure begins in it."""
    whole = figures(sentence.text)
    own = next((one for one in whole if one.start == place + figure.start), None)
    if own is None:
        return None
    return next((one for one in whole if (one.kind == "date" or one.is_ordinal) and beside(sentence.text, own, one)), None)


def contradicts(context: Context, day: str, moment: Figure) -> bool:
    """Say whether a date of facts or post is known to fall on another day of the week than is said of it."""
    if day not in WEEK:
        return False
    days = known_days(context)
    known = frozenset().union(*(days.of(value) for value in _dates_meant(context, moment)))
    return bool(known) and day not in known


def _dates_meant(context: Context, moment: Figure) -> list[str]:
    """Return a date as it is, or for "the 26th" each date of facts and post with that number."""
    if not moment.is_ordinal:
        return [moment.value]
    texts = [context.post.plain, *(read(text).plain for fact in context.usable for text in fact_texts(fact))]
    told = {value for plain in texts for one in figures(plain) for value in (one.value, *one.also) if re.fullmatch(r"\d+/\d+", value)}
    return sorted(value for value in told if value.partition("/")[0] == moment.value)


def falls_on(context: Context, part: Part, day: str) -> str | None:
    """Return the fact of which the clause speaks, with a date that falls on a day of the week; BY_POST where the post tells that date."""
    days = known_days(context)
    if not days.anchors:
        return None
    number = part.sentence.number
    begin = context.reply.sentences[number - 1].start if number else part.sentence.start
    keys = context.keys_in(begin, part.sentence.end)
    told = [(fact.id, text) for fact in context.usable for text in fact_texts(fact)]
    for fact, text in told:
        for piece in read(text).plain.split(";"):
            if _tells_day(days, piece, day) and common(keys, keys_of_text(piece)):
                return fact
    return BY_POST if _tells_day(days, context.post.plain, day) else None


def _tells_day(days: Days, plain: str, day: str) -> bool:
    values = {value for one in figures(plain) if one.kind in {"date", "number"} for value in (one.value, *one.also) if "/" in value}
    return any(day in days.of(value) for value in values)

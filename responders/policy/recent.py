"""Says whether a relative day or a month of a reply is when a fact says that it was: "this morning", "dit jaar", "in July" (N4)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from responders.policy.admissions import owning_places
from responders.policy.context import Context, fact_texts
from responders.policy.grammar import has, pattern
from responders.policy.jottings import written_out
from responders.policy.measures import WEEK, Measure, measured
from responders.policy.parts import Part
from responders.policy.quantities import Figure, figures, values
from responders.policy.reading import read
from responders.policy.statements import EVERY
from responders.policy.stems import common, keys_of_text
from responders.policy.weekdays import falls_on, known_days
from responders.policy.years import in_year

_MONTH_NAMES = (
    r"jan(?:uari|uary)?", r"feb(?:ruari|ruary)?", r"maart|mrt|march|mar", r"apr(?:il)?", r"mei|(?:(?<=in )|(?<=of )|(?<=the )|(?<=\d ))may",
    r"juni?|june", r"juli?|july", r"aug(?:ust(?:us)?)?", r"sept?(?:ember)?", r"okt(?:ober)?|oct(?:ober)?", r"nov(?:ember)?",
    r"dec(?:ember)?",
)  # fmt: skip
_SEASONS = {"spring": (3, 4, 5, 6), "summer": (6, 7, 8, 9), "autumn": (9, 10, 11, 12), "winter": (12, 1, 2, 3)}
_SEASON_NAMES = {
    "spring": r"\b(?:voorjaar|lente|spring)\b",
    "summer": r"\b(?:zomer|summer)\b",
    "autumn": r"\b(?:najaar|herfst|autumn)\b",
    "winter": r"\b(?:winter)\b",
}
_PAST = frozenset(
    {"today", "tonight", "yesterday", "this week", "this month", "this year", "last week", "last month", "last year", "weekend"}
)
_WIDE = frozenset({"this month", "this year", "last month", "last year"})
_FUTURE = r"""
    \b(?: being | will | shall | won't | \w+'ll | going\ to | zal | zullen | gaan | gaat | ga | wordt | worden | komt | komen |
    krijg(?:t|en)? |     kun | kunt | kunnen | can | may | expect\w* | verwacht\w* | morgen | tomorrow | uiterlijk |
    (?:from | vanaf | by | before | voor)\ (?:\d | \w+day | \w+dag | the\ end | eind) )
"""
_TOLD_PAST = r"""
    \b(?: was | were | had | has | have | \w+'ve | did | got | went | came | put | left | took | fell | broke | shut | sent | kept | stood |
    lost | cut | ran | let | set | gave | made | \w{2,}ed | werd | werden | waren | hebben | heeft | heb | had | hadden | is | are | zijn |
    ben | ging | kwam | stond | viel | lag | brak | reed | vertrok | begon | sloot | bleef | steeg | verloor | liet | vergat |
    (?:be|ver|ont|her|ge)\w{3,}(?:d|t|en) | \w*ge\w{2,}(?:d|t|en) | \w{3,}(?:de|te)n? | since | sinds )\b
"""
_FACT_PAST = r"""
    \b(?: was | were | had | did | got | went | came | left | took | fell | broke | shut | sent | kept | stood | lost | ran | gave | made |
    put | began | \w{3,}ed | werd | werden | waren | had | hadden | ging | kwam | stond | viel | lag | brak | reed | vertrok | begon |
    sloot | bleef | steeg | verloor | liet | vergat | since | sinds | heeft | hebben |
    (?:is|zijn)\b[^;!?]{0,60}\b\w*(?:ge|be|ver|ont)\w{2,}(?:d|t|en) |
    \w{3,}[dt]e(?:n)? )\b
"""
_PARTS = {
    "morning": (240, 720), "ochtend": (240, 720), "morgen": (240, 720), "afternoon": (720, 1080), "middag": (720, 1080),
    "evening": (1020, 1440), "avond": (1020, 1440), "night": (1080, 1740), "nacht": (0, 420),
}  # fmt: skip


def lies_in(context: Context, part: Part, figure: Figure) -> str | None:
    """Return the fact whose date or time lies in the day, season or month that a clause names, or None."""
    if figure.kind == "month":
        told = [*_told(context), *((fact.id, written_out(fact.source)) for fact in context.usable)]
        return next((fact for fact, text in told if names_month(read(text).plain, int(figure.value[1:]))), None)
    if figure.value == "now":
        return next(
            (fact for fact, text in _told(context) if has(_AT_ONCE, read(text).plain) and common(part.keys, keys_of_text(text))), None
        )
    if figure.value in _SEASONS:
        return _in_season(context, part, figure.value)
    if figure.value == "weekend" and (
        fact := next((fact for fact, text in _told(context) if values(read(text).plain) >= {"sat", "sun"}), None)
    ):
        return fact
    if figure.value == "weekend" and (fact := falls_on(context, part, "sat") or falls_on(context, part, "sun")):
        return fact
    if figure.value in WEEK and (fact := falls_on(context, part, figure.value)) is not None:
        return fact
    if figure.value.endswith(" year") and (fact := in_year(context, part, figure)) is not None:
        return fact
    if context.today is not None:
        return _by_clock(context, part, figure, context.today)
    if figure.value in _PAST and _tells_past(part.text) and (fact := _of_past_fact(context, part, figure)):
        return fact
    return _of_dated_fact(context, part, figure)


def _of_dated_fact(context: Context, part: Part, figure: Figure) -> str | None:
    """Return the fact of which the clause speaks, with a date that may well be the day named: what day it is today is not known here.

    A fact that names a day of the week itself is taken at its word, but for "tomorrow" and the like, which may be that day.
    """
    if figure.value not in _DAYS:
        return None
    named = [one for one in figures(part.text) if one.kind == "amount"]
    words = part.text[figure.start : figure.end]
    keys = part.keys - keys_of_text(words)
    past, future = _tells_past(part.text), has(_FUTURE, part.text)
    if figure.value in WEEK and known_days(context).anchors:
        return None  # Which dates fall on that day is known.
    for fact, text in _told(context):
        for piece in _pieces(read(text).plain):
            told = figures(piece)
            if not any(one.kind == "date" for one in told):
                continue
            if any(one.kind == "day" and (figure.value not in _RELATIVE or one.value in _RELATIVE) for one in told):
                continue
            if (has(EVERY, part.text) and not has(EVERY, piece)) or not _fits(words, list(measured(piece))):
                continue
            if (past and has(_FUTURE, piece)) or (future and not past and has(_FACT_PAST, piece)):
                continue
            if common(keys, keys_of_text(piece)) or any(one.value == other.value for one in named for other in told):
                return fact
    return None


_RELATIVE = frozenset({"yesterday", "today", "tonight", "tomorrow"})
_DAYS = _RELATIVE | frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})


def names_month(plain: str, month: int) -> bool:
    """Say whether a text names a month, in either language: "on the July bill"."""
    return pattern(rf"\b(?:{_MONTH_NAMES[month - 1]})\b").search(plain) is not None


_AT_ONCE = (
    r"\b(?:at\ once|immediately|straight\ away|right\ away|without\ delay|meteen|direct|onmiddellijk|per\ direct|terstond|"
    r"the\ same\ day|dezelfde\ dag|within\ (?:the|an)\ hour|binnen\ (?:het|een)\ uur)\b"
)


def _told(context: Context) -> list[tuple[str, str]]:
    return [(fact.id, text) for fact in context.usable for text in fact_texts(fact)]


def _months_of(text: str) -> set[int]:
    """Return the months in which the dates of a text lie."""
    values = [figure.value for figure in figures(read(text).plain) if figure.kind in {"date", "month"}]
    return {int(value.rpartition("/")[2]) for value in values}


def _in_season(context: Context, part: Part, season: str) -> str | None:
    """Return the fact of which the clause speaks, with a date in a season: of what was where the clause tells that, or of what is to be."""
    past = _tells_past(part.text)
    for fact, text in _told(context):
        for piece in _pieces(read(text).plain):
            if not common(part.keys, keys_of_text(piece)):
                continue
            if has(_SEASON_NAMES[season], piece) or (_months_of(piece) & set(_SEASONS[season]) and past != has(_FUTURE, piece)):
                return fact
    return None


def _tells_past(text: str) -> bool:
    """Say whether a clause tells what was, or has been, and promises nothing."""
    return has(_TOLD_PAST, text) and not has(
        _FUTURE, re.sub(r"\b(?:vanaf|from|sinds|since) (?:vanochtend|vanmorgen|this morning)\b", "", text)
    )


def _of_past_fact(context: Context, part: Part, figure: Figure) -> str | None:
    """Return the fact of which the clause speaks, that tells what was, and when; another day that it tells is not this one."""
    words = part.text[figure.start : figure.end]
    keys = part.keys - keys_of_text(words)
    owned = any(begin < part.clause.end and part.clause.start < end for begin, end in owning_places(context.reply))
    for fact, text in _told(context):
        wide = figure.value in _WIDE
        plain = read(text).plain
        for piece in [*_pieces(plain), *([one.text for one in read(plain).sentences] if wide else ())]:
            moments = [one for one in measured(piece) if one.unit in {"date", "time", "weekday"}]
            days = {one.value for one in figures(piece) if one.kind == "day" and one.value in _PAST}
            if has(EVERY, part.text) and not has(EVERY, piece):
                continue  # "All our drivers got new lists this morning", where a fact tells of one list.
            if not moments or days - {figure.value} or has(_FUTURE, piece) or not has(_FACT_PAST, piece):
                continue
            if (_speaks_of(keys, piece, wide=wide) or (owned and len(keys) <= 1)) and _fits(words, moments):
                return fact
    return None


def _pieces(plain: str) -> list[str]:
    """Return the sentences of a fact, cut where a semicolon begins another statement."""
    return [piece for sentence in read(plain).sentences for piece in sentence.text.split(";")]


def _speaks_of(keys: frozenset[str], piece: str, *, wide: bool) -> bool:
    """Say whether a clause says again what a piece of a fact says: most of its words are told there; of a `wide` time two are enough."""
    shared = common(keys, keys_of_text(piece))
    return bool(shared) and len(shared) >= min(2, len(keys)) and (wide or len(shared) * 10 >= len(keys) * 6)


def _fits(words: str, moments: list[Measure]) -> bool:
    """Say whether a part of the day is one in which a time of the fact lies; where it tells no time, no part of a day follows."""
    bounds = next((bounds for name, bounds in _PARTS.items() if words.endswith(name)), None)
    if bounds is None:
        return True
    return any(one.unit == "time" and bounds[0] <= one.size < bounds[1] for one in moments)


def _by_clock(context: Context, part: Part, figure: Figure, today: date) -> str | None:
    """Return the fact with a date in the week, month or year that a clause names, as the calendar has it."""
    monday = today - timedelta(days=today.weekday())
    spans = {
        "this week": (monday, monday + timedelta(days=6)),
        "last week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "next week": (monday + timedelta(days=7), monday + timedelta(days=13)),
        "weekend": (monday + timedelta(days=5), monday + timedelta(days=6)),
        "today": (today, today),
        "tonight": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "tomorrow": (today + timedelta(days=1), today + timedelta(days=1)),
        "this month": (today.replace(day=1), (today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)),
        "last month": ((today.replace(day=1) - timedelta(days=1)).replace(day=1), today.replace(day=1) - timedelta(days=1)),
        "this year": (date(today.year, 1, 1), date(today.year, 12, 31)),
    }
    span = spans.get(figure.value)
    if span is None:
        return None
    for fact, text in _told(context):
        plain = read(text).plain
        for one in figures(plain):
            if one.kind != "date":
                continue
            year = re.search(r"\b((?:19|20)\d\d)\b", plain[one.start : one.end + 6])
            day, month = (int(number) for number in one.value.split("/"))
            try:
                told = date(int(year[1]) if year else today.year, month, day)
            except ValueError:
                continue
            if span[0] <= told <= span[1] and common(part.keys, keys_of_text(text)):
                return fact
    return None

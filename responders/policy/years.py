"""Says which year "this year" or "seventy years old" speaks of, as far as facts and post tell what year it is (N4)."""

from __future__ import annotations

import re

from responders.policy.asked import Asked, is_near
from responders.policy.context import Context, fact_texts
from responders.policy.equalfigures import held
from responders.policy.parts import Part
from responders.policy.quantities import Figure, figures
from responders.policy.reading import read
from responders.policy.stems import common, keys_of_text
from responders.policy.weekdays import known_days

_AWAY = {"this year": 0, "last year": 1, "next year": -1}
"""How many years lie between a named year and this one."""
_YEAR = re.compile(r"(?<![\d.,€£$-])(?:19|20)\d\d(?![\d.,]\d|\d)")


def in_year(context: Context, part: Part, figure: Figure) -> str | None:
    """Return the fact of which the clause speaks, with the year that it names from today: "2025" is last year, where it is 2026.

    Where nobody can tell what year it is, it may be any of a few.
    """
    away = _AWAY.get(figure.value)
    if away is None:
        return None
    years = likely_years(context)
    number = part.sentence.number
    begin = context.reply.sentences[number - 1].start if number else part.sentence.start
    said = context.keys_in(begin, part.sentence.end)
    figured = {one.value for one in figures(part.text) if one.kind in {"number", "amount", "date", "percent"}}
    for fact in context.usable:
        for text in fact_texts(fact):
            told = {int(year) for year in _YEAR.findall(read(text).plain)}
            if any(year + away in years for year in told) and (figured & held(read(text).plain) or common(said, keys_of_text(text))):
                return fact.id
    return None


_UNTOLD = range(2025, 2029)
"""Which year it may be where nothing tells it: lines of a file have no clock."""


def likely_years(context: Context) -> frozenset[int]:
    """Return which year it may be: as a date with its day tells, or else the last year told or the one after it."""
    if known := known_days(context).years:
        return known
    texts = [context.post.plain, *(read(text).plain for fact in context.usable for text in (*fact_texts(fact), fact.source))]
    last = max((int(year) for plain in texts for year in _YEAR.findall(plain)), default=None)
    return frozenset({last, last + 1} if last and last >= _UNTOLD[0] else _UNTOLD)


_OF_AGE = re.compile(r"\b(?:old|oud|ago|geleden|after|na|sinds|since|age|for|al|mee|lang|long|jarige?)\b")


def aged_since(asked: Asked) -> str | None:
    """How long it is since a year that facts or post tell: of 1952 it is more than seventy years."""
    lengths = [size for unit, size in asked.sizes if unit == "months" and size % 12 == 0]
    if not lengths or not _OF_AGE.search(f"{asked.before} {asked.after}"):
        return None
    for fact, text, _ in asked.told:
        for year in {int(found) for found in _YEAR.findall(read(text).plain)}:
            if any(is_near(asked, "months", size, 12.0 * (now - year)) for size in lengths for now in asked.years if now > year):
                return fact
    return None

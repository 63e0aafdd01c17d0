"""Says which figures anybody can reckon from the facts: multiples, sums, lengths between two moments, one more, rounded (N4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from responders.policy.asked import BY_POST, Asked, is_near
from responders.policy.besides import comes_to, differs_from_told
from responders.policy.context import Context, fact_texts
from responders.policy.equalfigures import minutes, months
from responders.policy.grammar import MONTHS, has
from responders.policy.intervals import between, due, next_day
from responders.policy.jottings import written_out
from responders.policy.measures import Measure, day_of_year, measured, nouns_after, sizes
from responders.policy.parts import Part
from responders.policy.quantities import Figure, figures, month_of
from responders.policy.reading import read
from responders.policy.recent import lies_in
from responders.policy.stems import common, keys_of_text
from responders.policy.sums import differs, frequent, made_up_of, multiplied, shared_added, shared_out, summed, tells_apart
from responders.policy.years import aged_since, likely_years

MAX_REPLY = 80
"""A reply with more figures is no answer that anybody wrote, and is not reckoned over."""


def reckoned(context: Context, part: Part, figure: Figure) -> str | None:
    """Return the fact from which a figure of a clause follows, BY_POST where the post alone gives it, or None."""
    if figure.kind in {"link", "code"} or len(figures(context.reply.plain)) > MAX_REPLY:
        return None
    if figure.kind in {"day", "month"}:
        return lies_in(context, part, figure)
    shift = part.clause.start - part.sentence.start
    plain = part.sentence.text
    units = tuple(sizes(figure, plain, shift))
    start, end = figure.start + shift, figure.end + shift
    asked = Asked(
        figure.value,
        plain,
        start,
        end,
        context.reply.plain[max(0, part.sentence.start + start - 4) : part.sentence.start + start],
        units,
        nouns_after(plain, end),
        *_topics(context, part),
        tuple(one for one in measured(plain) if one.start != start),
        _just_said(context, part),
        frozenset(one.size for one in measured(context.text) if one.start != part.sentence.start + start),
        day_of_year(f"{context.today.day}/{context.today.month}") if context.today else None,
        likely_years(context),
        context.reply_keys,
        _told(context),
    )
    return next((found for rule in _RULES if (found := rule(asked)) is not None), None)


@lru_cache(maxsize=4)
def _told(context: Context) -> tuple[tuple[str, str, tuple[Measure, ...]], ...]:
    """Return what facts and post tell, with what is measured there."""
    facts = [(fact.id, text, measured(text)) for fact in context.usable for text in fact_texts(fact)]
    post = written_out(context.post.text)
    return (*facts, (BY_POST, read(post).plain, measured(post)))


def _topics(context: Context, part: Part) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a sentence is about, which leans on the one before it where it says little, and what both are about."""
    keys = context.keys_in(part.sentence.start, part.sentence.end)
    number = part.sentence.number
    wide = keys
    if number > 0:
        before = context.reply.sentences[number - 1]
        wide = keys | context.keys_in(before.start, before.end)
    return (wide if len(keys) <= 3 else keys), wide


def _just_said(context: Context, part: Part) -> tuple[Measure, ...]:
    """Return the figures of the sentence before a clause's own."""
    number = part.sentence.number
    return measured(context.reply.sentences[number - 1].text) if number > 0 else ()


def _same(asked: Asked) -> str | None:
    """Money, a length or a time that a fact gives in another form: 50p, "2.5 uur"; a number with its noun is the count of it."""
    for unit, size in asked.sizes:
        for fact, _, measures in asked.told:
            for one in measures:
                other_words = unit != "count" or (f"{size:g}" != asked.value and _counts_same(asked, one))  # "Two dozen" are 24.
                if one.unit == unit and abs(one.size - size) < 1e-6 and other_words:
                    return fact
                if {one.unit, unit} == {"minutes", "months"} and _equal_months(unit, size, one.size):
                    return fact
    return None


def _equal_months(unit: str, size: float, other: float) -> bool:
    """Say whether a length in months is one in days: a month is four weeks to 31 days."""
    months, days = (size, other / 1440) if unit == "months" else (other, size / 1440)
    return days >= 28 and 28 * months <= days <= 31 * months


def _rounded(asked: Asked) -> str | None:
    """A rounded figure, of the same unit and the same things."""
    for unit, size in asked.sizes:
        if unit in {"date", "month", "weekday", "year"}:
            continue
        for fact, _, measures in asked.told:
            for one in measures:
                if one.unit != unit or not is_near(asked, unit, size, one.size):
                    continue
                if unit != "count" or (_counts_same(asked, one) and abs(one.size - size) > 1e-6):
                    return fact
    return None


_ANYBODY = r"^\W+(?:\w+\W+)?(?:others?|more|people|anderen?|mensen|overigen?|adressen|of you|van jullie)\b"


def _counts_same(asked: Asked, one: Measure) -> bool:
    """Say whether a count counts what a fact counts: the noun, or what the fact's sentence is about."""
    return not asked.nouns or bool(common(asked.nouns, one.nouns | one.about)) or has(_ANYBODY, asked.after)


_OTHERS = r"^\W+(?:\w+\W+)?(?:others?|more|andere|anderen|overige|overigen|meer)\b"
_OTHERS_BEFORE = r"\b(?:other|andere|overige)\W+$"
_YOURS = r"\b(?:your|yours|you|u|uw|jou|jouw|je|jullie)\b"
_AMONG = r"\b(?:including|includes|included|among|waaronder|inclusief|incl)\b"


def _others(asked: Asked) -> str | None:
    """One fewer than a fact counts, where the reply speaks of the others: "eleven others" of twelve with yours."""
    for unit, size in asked.sizes:
        if unit == "count" and (has(_OTHERS, asked.after) or has(_OTHERS_BEFORE, asked.before)):
            for fact, text, measures in asked.told:
                if (has(_YOURS, asked.plain) or has(_AMONG, read(text).plain)) and any(
                    one.unit == "count" and one.size == size + 1 and common(asked.wide, one.about) for one in measures
                ):
                    return fact
    return None


_UP_TO = r"\b(?:up to and including|tot en met|t/m|through|until and including)(?: \w+)? ?$"
_OR_UNDER = r"^(?: (?:jaar|years?(?: old)?|years of age))? (?:or|of|and|en) (?:younger|under|jonger|lager|eerder|earlier)\b"
_BOUND = (
    r"\b(?:from|as of|vanaf|tot|until|till|before|voor|under|onder|(?:younger|jonger|older|ouder)(?: \w+)?(?: \w+)? (?:than|dan)|over|"
    r"turn|turns|turned|they're|sinds|worden|wordt|reach|below|less than|minder dan)\W+"
    r"(?:the |de |het |je |hun |haar |zijn |your |their |age |of |you're |u |they |are |be )*(?:(?:\w+dag|\w+day) )?$"
)
_ENDS = (
    r"\b(?:close[sd]?|closing|shut|sluit|sluiten|dicht|gesloten|ends?|ended|stop(?:t|s|ped)?|starts?|begin(?:t|s)?|reopens?|heropent|over|"
    r"afgelopen|expires?|expired|verloopt|verlopen|te laat|too late|no longer|niet meer)\b"
)
_AND_UP = r"^(?:\+|(?: (?:jaar|years?(?: old)?))? (?:and|or|en|of) (?:over|older|up|ouder|hoger|above)\b)"


def _bounds(asked: Asked) -> str | None:
    """The first after a bound that a fact includes: "from 18" and "before the 18th", where it says "up to and including 17"."""
    bound = has(_BOUND, asked.before) or has(_AND_UP, asked.after)
    if not bound and not has(_ENDS, asked.plain):
        return None
    shown = re.match(r"\d{1,3}|", asked.plain[asked.start : asked.end])
    number = int(shown[0]) if shown and shown[0] else next((size for unit, size in asked.sizes if unit == "count"), None)
    for fact, text, measures in asked.told:
        plain = read(text).plain
        for one in measures:
            included = has(_UP_TO, plain[max(0, one.start - 30) : one.start]) or has(_OR_UNDER, plain[one.end : one.end + 30])
            if not included:
                continue
            if one.unit == "date" and ("date", one.size + 1) in asked.sizes:
                return fact
            told = re.match(r"\d{1,3}(?!\d)", plain[one.start : one.end]) if bound else None
            if one.unit in {"count", "months", "date"} and told and number == int(told[0]) + 1 and not _other_kind(asked, one):
                return fact
    return None


def _other_kind(asked: Asked, one: Measure) -> bool:
    """Say whether the bound is one of another kind: an age is no day of a month, and money neither."""
    units = {unit for unit, _ in asked.sizes}
    if one.unit == "date":
        return bool(units & {"money", "months", "minutes", "percent"})
    return bool(units & {"money", "minutes", "percent", "date"})


def _vague(asked: Asked) -> str | None:
    """A few of a unit, of which a fact tells two to six, or a couple, of which it tells two or three."""
    found = re.match(r"(?P<few>couple|paar|few|enkele) (?P<unit>\w+)", asked.value)
    if not found:
        return None
    most = 3 if found["few"] == "couple" else 6
    low, high = (minutes(f"{count} {found['unit']}") or months(f"{count} {found['unit']}") or 0 for count in (2, most))
    kind = "minutes" if minutes(f"2 {found['unit']}") else "months"
    lengths = [(fact, one.size) for fact, _, measures in asked.told for one in measures if one.unit == kind]
    return next((fact for fact, size in (*lengths, *between(asked.told, asked.speaks_of_both, kind)) if low <= size <= high), None)


def _between(asked: Asked) -> str | None:
    """The length between two moments."""
    for unit, size in asked.sizes:
        if unit in {"minutes", "months"}:
            for fact, found in between(asked.told, asked.speaks_of_both, unit):
                if is_near(asked, unit, size, found):
                    return fact
        if has(_WAITED, asked.plain) and (" week" in asked.value or unit == "months"):
            for fact, found in between(asked.told, asked.tells_of_either, unit):
                if is_near(asked, unit, size, found):
                    return fact
        if size >= _LONG.get(unit, size + 1):
            for fact, found in between(asked.told, asked.tells_of_both, unit):
                if found >= _LONG[unit] and is_near(asked, unit, size, found):
                    return fact
    return None


_WAITED = (
    r"\b(?:wait\w*|took|takes?|taken|until|before|after|since|late|long|lay|left|hung|wacht\w*|gewacht|duurde?|geduurd|voordat|voor|tot|na|"
    r"sinds|laat|lang|lag|liggen|bleef|blijven)\b"
)
_LONG = {"minutes": 5 * 1440, "months": 1}
"""From how long on a length may lie between two dates that the reply tells in sentences of their own."""
_AGO = r"\b(?:ago|already|since|been|now|for|geleden|al|inmiddels|sinds|reeds)\b"


def _until_now(asked: Asked) -> str | None:
    """How long ago it is, where the day is known on which the reply is judged."""
    if asked.today is None or not has(_AGO, f"{asked.before} {asked.after}"):
        return None
    dates = [(fact, one) for fact, _, measures in asked.told for one in measures if one.unit == "date" and asked.speaks_of(one.about)]
    lengths = [size for unit, size in asked.sizes if unit == "minutes"]
    for size in lengths:
        for fact, one in dates:
            if is_near(asked, "minutes", size, (asked.today - one.size) % 365 * 1440):
                return fact
    return None


def _days_counted(asked: Asked) -> str | None:
    """How many days or visits of one kind a fact names: "the two visits" or "two days", of Monday and Wednesday."""
    for unit, size in asked.sizes:
        if unit == "months" and 2 <= size <= 11 and (fact := _months_named(asked, size)):
            return fact
        running = unit == "minutes" and size % _WEEK_LONG == 0 and has(_RUNNING, asked.plain)
        count = size / (_WEEK_LONG if running else 1440) if unit == "minutes" else size
        if unit not in {"count", "minutes"} or not 2 <= count <= 7:
            continue
        for fact, _, measures in asked.told:
            for kind in ("date", "weekday", "year", "time"):
                spoken = [one for one in measures if one.unit == kind and _names_days(asked, unit, one)]
                if running and {round(one.size) % 7 for one in spoken} != {round(spoken[0].size) % 7 if spoken else 0}:
                    continue
                several = len({one.start for one in spoken} if kind == "time" else {one.size for one in spoken})
                if several == count and len({one.sentence for one in spoken}) == 1:
                    return fact
    return None


_WEEK_LONG = 7 * 1440
_RUNNING = r"\b(?:running|in a row|on end|in succession|consecutive|achter elkaar|op rij|achtereen)\b"
"""Weeks of which one day each is told: "three weeks running"."""
_MONTH = re.compile(rf"\b(?:{MONTHS})\b")


def _months_named(asked: Asked, size: float) -> str | None:
    """Return the fact that names so many months of what the sentence speaks of: "October and November" are two."""
    for fact, text, measures in asked.told:
        named = {month_of(name) for name in _MONTH.findall(read(text).plain)}
        if len(named) == size and not any(one.unit == "date" for one in measures) and common(asked.keys, keys_of_text(text)):
            return fact
    return None


_BOTH = re.compile(r"\b(?:both|beide|allebei de)((?: [a-z]+){1,2})")
_NUMBERED = re.compile(
    r"\b(?P<noun>[a-z]{3,30}) (?:(?:nos?|nrs?)\.? ?)?"
    r"(?P<names>\d{1,5}(?:(?:, ?(?:and |en )?| and | en | & ?| \+ )(?:[a-z]{3,30} )?\d{1,5})+)(?![\d:/-])"
)
_NAMED = re.compile(r"\b(?P<noun>[a-z]{3,30}) (?:(?:no|nr)\.? ?)?(?P<name>\d{1,5}|[a-z])\b")


def _things_named(asked: Asked) -> str | None:
    """How many things of one kind the facts name by their numbers: "two batches", of batch 17 and batch 18, or of both batches."""
    for unit, size in asked.sizes:
        if unit != "count" or not 2 <= size <= 7 or not asked.nouns:
            continue
        for fact, text, _ in asked.told:
            if size == 2 and any(common(asked.nouns, keys_of_text(match[1])) for match in _BOTH.finditer(read(text).plain)):
                return fact
            for match in _NUMBERED.finditer(read(text).plain):
                if common(asked.nouns, keys_of_text(match["noun"])) and len(set(re.findall(r"\d+", match["names"]))) == size:
                    return fact
            named = {(match["noun"], match["name"]) for match in _NAMED.finditer(read(text).plain) if match["name"] not in {"a", "i"}}
            if len({name for noun, name in named if common(asked.nouns, keys_of_text(noun))}) == size:
                return fact
    return None


def _names_days(asked: Asked, unit: str, one: Measure) -> bool:
    """Say whether the day of a fact is one of those that the sentence counts: by what is counted, or, of days, what it speaks of."""
    if unit == "minutes" or has(_TIMES_OF_DAY, asked.after):
        return asked.speaks_of(one.about)
    return bool(common(asked.nouns, one.about))


_TIMES_OF_DAY = (
    r"^\W+(?:\w+\W+)?(?:mornings?|afternoons?|evenings?|nights?|days|dates|times|ochtenden|middagen|avonden|nachten|dagen|data|keer|"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dagen|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b"
)


_AGE = r"^(?:[ -]olds?|\W+(?:jaar oud|years of age))\b"
_OF_AGE = r"\b(?:van|of|aged?|ages|from|vanaf|under|onder|over|boven|is|was|and|en|to|tot)\W+$"


def _aged(asked: Asked) -> str | None:
    """An age in years, where a fact says "a child of 5" or "aged 7 and over"."""
    years = next((size / 12 for unit, size in asked.sizes if unit == "months"), None)
    said = asked.plain[asked.start : asked.end].endswith(("jarige", "jarig", "jarigen")) or has(_AGE, asked.after)
    if years is None or not said:
        return None
    for fact, text, measures in asked.told:
        plain = read(text).plain
        for one in measures:
            if one.unit == "count" and one.size == years and has(_OF_AGE, plain[max(0, one.start - 12) : one.start]):
                return fact
    return None


_MANY = {
    "tientallen": (20, 200), "dozens": (20, 200), "honderden": (200, 2000), "hundreds": (200, 2000), "duizenden": (2000, 20_000),
    "thousands": (2000, 20_000),
}  # fmt: skip


def _many(asked: Asked) -> str | None:
    """Dozens or hundreds, of which a fact counts as many."""
    low, high = _MANY.get(asked.value, (0, 0))
    for fact, _, measures in asked.told:
        if any(one.unit == "count" and low <= one.size < high and _counts_same(asked, one) for one in measures):
            return fact
    return None


_LISTED = re.compile(r"(?:^|[.:;,!?] ?|\n ?|\()$")
_LISTED_BY_LINE = re.compile(r"(?:^|\n ?)$")


def _is_list_number(asked: Asked) -> str | None:
    """The number of a point in a list or of a note, which tells no number of the world: "1) Your refund", "[1]"; "p. 3." names a page."""
    number, after = asked.plain[asked.start : asked.end], asked.plain[asked.end : asked.end + 2]
    if len(number) != 1 or not number.isdigit():
        return None
    if after.startswith("]") and asked.lead.endswith("["):
        return BY_POST
    listed = _LISTED.search(asked.lead) if after.startswith(")") else after in {".", ". "} and _LISTED_BY_LINE.search(asked.lead)
    return BY_POST if listed else None


_RULES: tuple[Callable[[Asked], str | None], ...] = (
    _is_list_number,
    _same,
    _rounded,
    _others,
    _bounds,
    next_day,
    _aged,
    aged_since,
    frequent,
    shared_added,
    shared_out,
    _vague,
    _many,
    _between,
    _until_now,
    summed,
    differs,
    differs_from_told,
    comes_to,
    tells_apart,
    made_up_of,
    multiplied,
    due,
    _days_counted,
    _things_named,
)

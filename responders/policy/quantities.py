"""Finds the checkable figures of a text (numbers, amounts, dates, times, days) in one form for both languages. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from responders.policy.grammar import pattern
from responders.policy.reading import listed
from responders.policy.spokentimes import later, said
from responders.policy.stems import NUMBER_WORDS

_UNITS = {
    "seconde": "second",
    "seconden": "second",
    "second": "second",
    "seconds": "second",
    "minuut": "minute",
    "minuten": "minute",
    "minute": "minute",
    "minutes": "minute",
    "min": "minute",
    "mins": "minute",
    "hr": "hour",
    "hrs": "hour",
    "uur": "hour",
    "uren": "hour",
    "hour": "hour",
    "hours": "hour",
    "dag": "day",
    "dagen": "day",
    "werkdag": "day",
    "werkdagen": "day",
    "day": "day",
    "days": "day",
    "week": "week",
    "weken": "week",
    "weeks": "week",
    "maand": "month",
    "maanden": "month",
    "month": "month",
    "months": "month",
    "jaar": "year",
    "jaren": "year",
    "year": "year",
    "years": "year",
    "kwartier": "quarter",
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_MONTHS = {
    "jan": 1,
    "feb": 2,
    "maa": 3,
    "mrt": 3,
    "mar": 3,
    "apr": 4,
    "mei": 5,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_DAYS = {
    "maandag": "mon",
    "monday": "mon",
    "dinsdag": "tue",
    "tuesday": "tue",
    "woensdag": "wed",
    "wednesday": "wed",
    "donderdag": "thu",
    "thursday": "thu",
    "vrijdag": "fri",
    "friday": "fri",
    "zaterdag": "sat",
    "saturday": "sat",
    "zondag": "sun",
    "sunday": "sun",
}
_RELATIVE = {
    "vandaag": "today",
    "today": "today",
    "vanmiddag": "today",
    "vanavond": "tonight",
    "vanochtend": "today",
    "vanmorgen": "today",
    "vannacht": "tonight",
    "tonight": "tonight",
    "this morning": "today",
    "this afternoon": "today",
    "this evening": "tonight",
    "morgen": "tomorrow",
    "morgenochtend": "tomorrow",
    "morgenmiddag": "tomorrow",
    "morgenavond": "tomorrow",
    "morgenvroeg": "tomorrow",
    "tomorrow": "tomorrow",
    "overmorgen": "overmorrow",
    "gisteren": "yesterday",
    "gisteravond": "yesterday",
    "yesterday": "yesterday",
    "last night": "yesterday",
    "deze week": "this week",
    "this week": "this week",
    "volgend jaar": "next year",
    "next year": "next year",
    "komend jaar": "next year",
    "volgende week": "next week",
    "next week": "next week",
    "deze maand": "this month",
    "this month": "this month",
    "volgende maand": "next month",
    "next month": "next month",
    "vorig jaar": "last year",
    "last year": "last year",
    "vorige week": "last week",
    "last week": "last week",
    "vorige maand": "last month",
    "last month": "last month",
    "dit jaar": "this year",
    "this year": "this year",
    "komende week": "next week",
    "immediately": "now",
    "within the hour": "now",
    "binnen het uur": "now",
    "straks": "today",
    "dit weekend": "weekend",
    "this weekend": "weekend",
    "het weekend": "weekend",
    "het najaar": "autumn",
    "dit najaar": "autumn",
    "the autumn": "autumn",
    "this autumn": "autumn",
    "het voorjaar": "spring",
    "dit voorjaar": "spring",
    "this spring": "spring",
    "deze zomer": "summer",
    "de zomer": "summer",
    "this summer": "summer",
    "the summer": "summer",
    "deze winter": "winter",
    "de winter": "winter",
    "this winter": "winter",
    "the winter": "winter",
}

_MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:r|ruari|ruary)?|maart|mrt|mar(?:ch)?|apr(?:il)?|mei|may|june?|juni|july?|"
    r"juli|aug(?:ustus|ust)?|sept?(?:ember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_EN = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?)"
)
"""Months before a day: Dutch says "6 oktober" and never "oktober 6", so that "in oktober 40 klachten" tells no date."""
_NUMBER_WORD = "|".join(sorted((word for word, value in NUMBER_WORDS.items() if value > 1), key=len, reverse=True))


def _starting(words: Iterable[str]) -> str:
    """Return what is found where one of these words begins, letter by letter: to try them all one by one takes long."""
    ends: dict[str, set[str]] = {}
    for word in words:
        ends.setdefault(word[0], set()).add(word[1:])
    return "|".join(letter if "" in rests else f"{letter}(?:{_starting(rests)})" for letter, rests in sorted(ends.items()))


_BEGINNINGS = listed(
    """
    a noon mid een half halve enkele paar million billion thousand miljoen miljard duizend hundreds dozens honderden tientallen
    eur usd gbp jan feb mar apr may jun jul aug sep oct nov dec mon tues wednes thurs fri satur sun maan dins woens donder vrij zater zon
    """
)
_BEGINS = "|".join(
    (
        r"[a-z]*\d|[€$£]|[a-z]+(?:-[a-z]+)?\ p|https?:|www\.",
        r"(?:in|since|sinds|from|vanaf|until|tot|by|last|afgelopen|eind|begin|mid|early|late|van)\b",
        _starting(_BEGINNINGS | set(NUMBER_WORDS) | set(_TENS) | {word.split()[0] for word in _RELATIVE}),
    )
)
"""How a figure may begin, in a number, a sign or a word: most places are passed over at once."""
_FIGURE = rf"""
    (?:(?<![a-z])|(?=[\d€$£]))(?={_BEGINS})(?:
    (?P<url>(?:https?://|www\.)\S{{1,200}}) |
    (?P<date>\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|e)?\ (?:of\ )?(?P<month>{_MONTH})\b(?:\ (?P<year>\d{{4}}))?) |
    (?P<date2>\b(?P<month2>{_MONTH_EN})\ (?P<day2>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?![.,]\d|\ ?(?:€|%|eur|pounds?\b|
        pond\b|procent))(?:,?\ (?P<year2>\d{{4}})\b)?) |
    (?P<date3>\b(?P<day3>0?[1-9]|[12]\d|3[01])[-/](?P<month3>0?[1-9]|1[0-2])(?:[-/]\d{{2,4}})?\b(?!\ ?(?:uur|u|h|[ap]\.?m)\b)) |
        (?P<date4>\b\d{{4}}-(?P<month4>\d\d)-(?P<day4>\d\d)\b) |
    (?P<inmonth>\b(?:in|since|sinds|from|vanaf|until|tot|by|last|afgelopen|eind|begin|mid|early|late|van)\ (?P<month5>{_MONTH})\b
        (?:(?!\ \d)|(?<=januari)|(?<=februari)|(?<=maart)|(?<=mei)|(?<=juni)|(?<=juli)|(?<=augustus)|(?<=oktober))) |
    (?P<amount>(?:€|\$|£|\b(?:eur|euro|usd|gbp)\b)\ ?(?P<value>\d[\d.,]*\d|\d)(?:,-)? | (?<![\w.,])(?P<value2>\d[\d.,]*\d|\d)\ ?(?:€|£|
        \$|(?:euro's|euro|euros|pounds?|pond|dollars?|eur|cent|cents|pence|ct)\b|(?<=\d)(?<!\d{{3}})p\b(?!\.m))) |
    (?P<percent>(?<![\w.,])(?P<value3>\d[\d.,]*\d|\d)\ ?(?:%|procent\b|per\ ?cent\b|percent\b)) |
    (?P<saidpercent>\b[a-z]+(?:-[a-z]+)?\ (?:procent|per\ ?cent|percent)\b) |
    (?P<tens>\b(?P<ten>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?P<one>one|two|three|four|five|six|seven|eight|nine)\b) |
    (?P<hundreds>\b(?:(?P<count>{_NUMBER_WORD}|een|one|an?)[ -]?(?P<unit2>hundred|honderd|thousand|duizend))\b) |
    (?P<time>\b(?P<hour>[01]?\d|2[0-4])(?::(?=[0-5]\d)|\.(?=[0-5]\d(?:\ uur\b|\ ?[ap]\.?m\b))|(?:(?<=om\ \d)|(?<=om\ \d\d)|(?<=at\ \d)|
        (?<=at\ \d\d)|(?<=by\ \d)|(?<=by\ \d\d)|(?<=voor\ \d\d)|(?<=voor\ \d)|(?<=van\ \d)|(?<=van\ \d\d)|(?<=tot\ \d\d)|
        (?<=before\ \d\d))\.)(?P<minute>[0-5]\d)(?:\ ?(?P<half>[ap])\.?m\b\.?)?(?:\ uur\b)?(?![\d.,]*\d)) | (?P<time2>\b(?P<hour2>1?\d|
        2[0-4])\ ?(?:(?P<half2>[ap])\.?m\b\.?|o'clock|uur\b(?!\ (?:geleden|lang|wachten|gewacht|te\ laat|vertraging|per)))) |
        (?P<noon>\b(?:noon|midday|12\ uur\ 's\ middags)\b) | (?P<midnight>\bmid(?:night|dernacht)\b) |
    (?P<length>(?<![\w.,])(?P<value4>\d[\d.,]*\d|\d|\b(?:{_NUMBER_WORD})|\b(?:een|a|an|one|half\ an|anderhalf|enkele|a\ few|
        paar))(?:[\ -]|(?<=\d)(?=(?:hours?|hrs?|mins?|minutes?|
        uur|uren|weken|dagen|days?|weeks?)\b))
        (?:full\ |hele\ |whole\ |working\ |business\ |free\ |gratis\ )?(?P<unit>second(?:s|en|e)?|min(?:uten|uut|utes?|s)?|uur|
        uren|hours?|hrs?|(?:werk)?dag(?:en)?|days?|week|weken|weeks|maand(?:en)?|months?|jaar|jaren|years?|kwartier)\b) |
    (?P<relative>\b(?:{"|".join(re.escape(word).replace(chr(92) + " ", "[ ]") for word in sorted(_RELATIVE, key=len, reverse=True))})\b) |
        (?P<weekday>\b(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|middag|avond|morgen|nacht)?s?\b|\b(?:mon|tues|wednes|thurs|
        fri|satur|sun)days?\b) |
    (?P<code>\b(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{{2,12}}\b(?<!st)(?<!nd)(?<!rd)(?<!th)(?<!\de)) |
        (?P<number>(?<![\w.,/#@-])\d[\d.,]*\d(?!\w)|(?<![\w.,/#@-])\d(?![\w])) | (?P<large>\b(?:half\ a\ |halve\ |een\ |
            an?\ )?(?:million|billion|thousand|miljoen|miljard|duizend)s?\b|\b(?:hundreds|dozens|thousands|honderden|tientallen|
            duizenden)\b) | (?P<ordinal>\b\d{{1,3}}(?:st|nd|rd|th|e|ste|de)\b) |
        (?P<word>\b(?:{_NUMBER_WORD})\b) )
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One checkable figure, with its place in folded text; `value` is equal for equal figures in both languages."""

    kind: str
    value: str
    start: int
    end: int
    is_ordinal: bool = False
    also: frozenset[str] = frozenset()
    """What else the same words may mean: "3 uur" is 3:00 or 15:00."""


def month_of(name: str) -> int:
    """Return the number of a month by its name, in either language."""
    return _MONTHS[name[:3]]


def _plain_number(text: str) -> str:
    """Return a number without thousands' signs, with a point, without needless zeros."""
    text = text.strip(".,")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        text = re.sub(r"[.,]", "", text)
    else:
        text = re.sub(r"[.,](?=.*[.,])", "", text).replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"


_CENTS = re.compile(r"(?:cents?|pence|ct|p)$")


def _hundredth(number: str) -> str:
    """Return an amount of cents in the whole coin: "21 cent" is 0.21."""
    try:
        return f"{float(number) / 100:g}"
    except ValueError:
        return number


def _hour(hour: str, minute: str, half: str | None) -> str:
    number = int(hour) % 12 + 12 if half == "p" else int(hour) % 12 if half == "a" else int(hour)
    return f"{number % 24:02d}:{minute}"


@lru_cache(maxsize=8192)
def figures(plain: str) -> tuple[Figure, ...]:
    """Return the figures of a folded, lowered text in order."""
    spoken = said(plain)
    found = [Figure(one.kind, one.value, one.start, one.end, False, one.also) for one in spoken]
    for match in pattern(_FIGURE).finditer(plain):
        start, end = match.span()
        if any(one.start < end and start < one.end for one in spoken):
            continue
        kind, value = _figure(match)
        if kind == "number" and (moment := _moment_after(plain[max(0, start - 10) : start], match.group())):
            kind, value = "time", moment
        also = _also(match, kind, value)
        if kind == "number" and (day := day_before(match.group(), plain[end : end + 60])):
            also |= {day}
        may_do = kind == "date" and _MAY_DO.search(plain, start, min(len(plain), end + 4)) is not None
        found.append(Figure(kind, value, start, end, match["ordinal"] is not None or may_do, also))
    return tuple(sorted(found, key=lambda one: one.start) if spoken else found)


_MAY_DO = re.compile(r"(?:st|nd|rd|th) may (?=(?!you\b|we\b|the\b|your\b|and\b|by\b)[a-z]{3})")
"""After a day, "may" is a month, or else what is allowed: "whoever was there on the 12th may bring a guest"."""


def _moment_after(before: str, text: str) -> str | None:
    """Return the time of day that "8.30" is after a word that leads to one ("vanaf 8.30"), or None."""
    hour, _, minute = text.partition(".")
    if len(minute) != 2 or not minute.isdigit() or int(minute) > 59 or not hour.isdigit() or int(hour) > 24:
        return None
    return f"{int(hour) % 24:02}:{minute}" if _LEADS_TO_TIME.search(before) else None


_LEADS_TO_TIME = re.compile(
    r"\b(?:at|by|before|after|until|till|around|from|between|since|om|vanaf|tot|tegen|rond|sinds|uiterlijk|van|tussen|na|voor)\W{1,2}$"
)


_MONTH_AFTER = re.compile(
    rf"(?:st|nd|rd|th|e)?(?: ?(?:,|&|en|and|or|of|to|till?|until|tot(?: en met)?|t/m|-|–|ipv|instead of|in plaats van|naar) ?"
    rf"(?:now |nu |the |de |[a-z]+day |[a-z]+dag )?\d{{1,2}}(?:st|nd|rd|th|e)?){{1,6}} (?:of )?(?P<month>{_MONTH})\b"
)


def day_before(number: str, after: str) -> str | None:
    """Return the date that a number tells before another day of the month: "25 and 26 December"."""
    day = re.match(r"\d{1,2}", number)
    found = _MONTH_AFTER.match(after) if day and 1 <= int(day[0]) <= 31 and after[:1] in " ,&-–" else None
    return f"{int(day[0])}/{_MONTHS[found['month'][:3]]}" if day and found else None


def _also(match: re.Match[str], kind: str, value: str) -> frozenset[str]:
    """Return what else a figure may mean: the same hour in the other half of the day, or a mere number after a month."""
    if kind == "time" and value[:2] <= "12":
        text = match.group()
        if not (match["half"] or match["half2"] or match["noon"] or match["midnight"] or text.startswith("0")) and (
            match["time2"] or value[:2] < "10"
        ):
            return frozenset({later(value)})
    if match["date2"] and not match["year2"] and match.group()[-1].isdigit():
        return frozenset({_plain_number(match["day2"])})
    return frozenset()


def _moment(got: dict[str, str]) -> tuple[str, str] | None:
    """Return a date, time or day in one form, or None where the figure is none of these."""
    for number in ("", "2", "3", "4"):
        if f"date{number}" in got:
            month = got[f"month{number}"]
            return "date", f"{int(got[f'day{number}'])}/{int(month) if month.isdigit() else _MONTHS[month[:3]]}"
    if "inmonth" in got:
        return "month", f"/{_MONTHS[got['month5'][:3]]}"
    if "time" in got:
        return "time", _hour(got["hour"], got["minute"], got.get("half"))
    if "time2" in got:
        return "time", _hour(got["hour2"], "00", got.get("half2"))
    if "noon" in got or "midnight" in got:
        return "time", "12:00" if "noon" in got else "00:00"
    if "relative" in got:
        return "day", _RELATIVE[got["relative"]]
    if "weekday" in got:
        return "day", next(value for name, value in _DAYS.items() if got["weekday"].startswith(name))
    return None


def _count(text: str) -> str:
    """Return how many, for "drie", "3", "a", or the word itself ("enkele")."""
    if text in NUMBER_WORDS:
        return str(NUMBER_WORDS[text])
    if text in {"a", "an"}:
        return "1"
    return _plain_number(text) if text[0].isdigit() else text


def _figure(match: re.Match[str]) -> tuple[str, str]:
    got = {name: value for name, value in match.groupdict().items() if value}
    moment = _moment(got)
    if moment:
        return moment
    if "amount" in got:
        number = _plain_number(got.get("value") or got["value2"])
        return "amount", _hundredth(number) if _CENTS.search(got["amount"]) else number
    if "percent" in got:
        return "percent", _plain_number(got["value3"]) + "%"
    if "saidpercent" in got:
        return "percent", {"anderhalf": "1.5%", "half": "0.5%"}.get(word := got["saidpercent"].split()[0], word)
    if "tens" in got:
        return "number", str(_TENS[got["ten"]] + NUMBER_WORDS[got["one"]])
    if "hundreds" in got:
        times = 1000 if got["unit2"] in {"thousand", "duizend"} else 100
        return "number", str(int(_count(got["count"])) * times)
    if "length" in got:
        if len(got["value4"]) >= 6 and got["value4"].isdigit():
            return "number", _plain_number(got["value4"])  # "01632 960133 day and night" tells a number to ring.
        return "length", f"{_count(got['value4'])} {_UNITS.get(got['unit'], got['unit'])}"
    if "word" in got:
        return "word", str(NUMBER_WORDS[got["word"]])
    if "ordinal" in got:
        return "number", re.sub(r"\D", "", got["ordinal"])
    if "number" in got:
        return "number", _plain_number(got["number"])
    if "large" in got:
        return "number", got["large"]
    if "url" not in got and (often := re.fullmatch(r"(\d+)x", match.group())):
        return "number", often[1]
    return ("link" if "url" in got else "code"), match.group()


@lru_cache(maxsize=1024)
def values(plain: str) -> frozenset[str]:
    """Return the values of the figures in a text, and the bare numbers in them; links are left out."""
    found: set[str] = set()
    for figure in figures(plain):
        if figure.kind != "link":
            found.add(figure.value)
            found |= figure.also
            if figure.kind in {"length", "percent"}:
                found.add(figure.value.split(" ")[0].rstrip("%"))
    return frozenset(found)

"""Reads times and lengths as people say them: "five past nine", "half negen", "2 uur 's middags", "24h". Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from responders.policy.stems import NUMBER_WORDS


@dataclass(frozen=True, slots=True)
class Said:
    """One time or length as said; `also` are the other values that the same words may mean."""

    kind: str
    value: str
    also: frozenset[str]
    start: int
    end: int


_HOUR = (
    r"(?P<hour>twelve|twaalf|eleven|seven|zeven|three|vier|four|vijf|five|eight|negen|nine|twee|drie|tien|acht|zes|six|two|ten|elf|one|een|"
    r"1[0-2]|0?[1-9])(?![\w:]|\.\d)"
)
_ENGLISH_HOURS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"})
"""Half eleven is half past eleven; "half elf" is half an hour before it."""
_PART = r"(?P<part>'?s (?:ochtends|morgens|middags|avonds|nachts)|in the (?:morning|afternoon|evening)|at night|[ap]\.?m\b\.?)"
_PLURAL_HOURS = (  # "Voor zevenen", as Dutch says it.
    "enen", "tweeen", "drieen", "vieren", "vijven", "zessen", "zevenen", "achten", "negenen", "tienen", "elven", "twaalven",
)  # fmt: skip
_COUNTED = r"(?! (?:euros?|pounds?|people|mensen|dagen|days|weken|weeks|jaar|years|maanden|months|klanten|customers|times|keer|of)\b)"
_MINUTES = {
    "five": 5,
    "ten": 10,
    "twenty": 20,
    "twenty-five": 25,
    "quarter": 15,
    "half": 30,
    "vijf": 5,
    "tien": 10,
    "kwart": 15,
    "twintig": 20,
    "vijfentwintig": 25,
}

_PAST = re.compile(
    r"(?:(?<!from )(?<!between )|(?=(?:a )?[a-z-]+ past ))\b(?:a )?(?P<minutes>five|ten|twenty-five|twenty|quarter|half) (?P<way>past|to) "
    rf"{_HOUR}{_COUNTED}(?: ?{_PART})?"
)
_OVER = re.compile(
    r"\b(?:(?P<minutes>vijfentwintig|vijf|tien|twintig|kwart) (?:minuten )?(?P<way>over|voor) (?P<half>half )?|(?P<only>half ))"
    rf"{_HOUR}{_COUNTED.replace('|of', '')}(?: uur\b)?(?: {_PART})?"
)
_IN_PART = re.compile(rf"(?<!\d/)\b{_HOUR}(?: uur\b| o'clock\b)? ?{_PART}")
_MINUTED = re.compile(rf"\b(?P<hour>1[0-2]|0?[1-9])[.:](?P<minutes>[0-5]\d)(?: uur\b)? ?{_PART}")
_ANY_PART = re.compile(_PART.replace("?P<part>", "?:"))
_ANY_DIGIT = re.compile(r"\d")
_TOWARDS = re.compile(rf"\b(?:voor|rond|tegen|na) (?P<hour>{'|'.join(_PLURAL_HOURS)})\b")
_SHARP = re.compile(rf"\b{_HOUR} o'clock\b")
_SHORT = re.compile(r"(?<![\w.,/#@-])(?P<hour>\d{1,2}) ?[hu](?P<minutes>[0-5]\d)?\b")
_LENGTHS = (
    ("24", re.compile(r"\b24/7\b|\b24[ -]uurs\b"), "24 hour"),
    ("fortnight", re.compile(r"\b(?:a )?fortnight\b"), "14 day"),
    ("half", re.compile(r"\b(?:an|one|1) hour and a half\b|\bone and a half hours\b|\b(?:een|1) uur en een half\b"), "90 minute"),
    ("half", re.compile(r"\bhalf an hour\b|\b(?:een )?half ?uur(?:tje)?\b"), "30 minute"),
    ("quarters", re.compile(r"\bthree[ -]quarters of an hour\b"), "45 minute"),
    ("quarter of", re.compile(r"\b(?:a )?quarter of an hour\b"), "15 minute"),
)
"""Each with what stands in all that it finds, so that few texts are searched for it."""


_UNIT = r"(?P<unit>min(?:ut(?:es?|en|uut)?)?|hours?|uur|uren|days?|dag(?:en)?|weeks?|weken|months?|maand(?:en)?|years?|jaar|jaren)\b"
_ENGLISH_UNITS = {"uur": "hour", "ure": "hour", "dag": "day", "wek": "week", "wee": "week", "maa": "month", "jaa": "year", "min": "minute"}
_COUNT = (
    r"(?P<count>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|"
    r"an|a)"
)
_HALVES = (
    re.compile(rf"\b{_COUNT} (?:and a half|en een hal(?:f|ve)) {_UNIT}"),
    re.compile(rf"\b{_COUNT} {_UNIT} (?:and a half|en een hal(?:f|ve))\b"),
    re.compile(rf"\b(?P<count>twee|drie|vier|vijf|zes|zeven|acht)en(?:een)?hal(?:f|ve) {_UNIT}"),
    re.compile(rf"\b(?P<count>)anderhalve {_UNIT}"),
    re.compile(r"\b(?P<none>)(?:half an?|een halve|een half|half a) (?P<unit>day|dag|year|jaar)\b"),
)
_HOURS_AND = re.compile(rf"\b{_COUNT} (?:hours?|uur|uren) (?:(?:and|en) )?(?P<minutes>[1-5]?\d) ?min(?:ut(?:es?|en))?\b")
_ONES = {"een": 1, "one": 1} | {
    word: value for word, value in NUMBER_WORDS.items() if 2 <= value <= 9 and not word.endswith(("de", "th", "st", "rd"))
}
_TENS = {word: value for word, value in NUMBER_WORDS.items() if 20 <= value <= 90}
_TWO_DIGITS = re.compile(
    rf"\b(?:(?P<one>{'|'.join(_ONES)})en(?P<ten>{'|'.join(word for word in _TENS if word.endswith('tig'))})|"
    rf"(?P<ten2>{'|'.join(word for word in _TENS if word.endswith('ty'))})[ -](?P<one2>{'|'.join(_ONES)}))(?: {_UNIT})?\b"
    r"(?! per ?cent| procent)"
)
_COUPLE = re.compile(rf"\ba couple of (?:\w+ )?{_UNIT}")
_OR_SO_MANY = re.compile(
    r"\been (?P<unit>uur|dag|week|maand|jaar) of (?P<many>twee|drie|vier|vijf|zes|zeven|acht|tien|twaalf|twintig|dertig|[1-9]\d?)\b"
)
_CUT = re.compile(r" (?:and|en) ")
_AGED = re.compile(r"\b(?P<age>\d{1,2}|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)-?jarigen?\b")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else NUMBER_WORDS.get(text, 1)


def _compounds(plain: str) -> Iterator[Said]:
    """Yield each length said in two parts ("two and a half hours", "1 uur en 50 minuten"), and each age in one word ("zevenjarige")."""
    if "half" in plain or "halve" in plain:
        for regex in _HALVES:
            for match in regex.finditer(plain):
                count = 0.5 if "none" in match.groupdict() else _number(match["count"]) + 0.5
                unit = _ENGLISH_UNITS.get(match["unit"][:3], match["unit"].removesuffix("s"))
                yield Said("length", f"{count:g} {unit}", frozenset(), *match.span())
    if " min" in plain or "0min" in plain:
        for match in _HOURS_AND.finditer(plain):
            yield Said("length", f"{60 * _number(match['count']) + int(match['minutes'])} minute", frozenset(), *match.span())
    if "tig" in plain or "ty-" in plain or "ty " in plain:
        for match in _TWO_DIGITS.finditer(plain):
            number = _TENS[match["ten"] or match["ten2"]] + _ONES[match["one"] or match["one2"]]
            unit = match["unit"] and _ENGLISH_UNITS.get(match["unit"][:3], match["unit"].removesuffix("s"))
            yield (
                Said("length", f"{number} {unit}", frozenset(), *match.span())
                if unit
                else Said("number", str(number), frozenset(), *match.span())
            )
    if " of " in plain and "een " in plain:
        for match in _OR_SO_MANY.finditer(plain):
            unit = _ENGLISH_UNITS[match["unit"][:3]]
            yield Said("length", f"{_number(match['many'])} {unit}", frozenset(), *match.span())
    if "couple" in plain:
        for match in _COUPLE.finditer(plain):
            yield Said(
                "length", f"couple {_ENGLISH_UNITS.get(match['unit'][:3], match['unit'].removesuffix('s'))}", frozenset(), *match.span()
            )
    if "jarig" in plain:
        yield from (Said("length", f"{_number(match['age'])} year", frozenset(), *match.span()) for match in _AGED.finditer(plain))


_SHARES = re.compile(
    r"\b(?:(?P<half>half (?:of (?:all )?)?(?:the|our|your|all|that|price|fare)|de helft)|"
    r"(?P<third>(?:a|one) third of|een derde (?:van|deel))|"
    r"(?P<two>two[ -]thirds(?: of)?|twee ?derde(?: van)?)|(?P<quarter>(?:a|one) quarter of(?! an hour)|een kwart(?= van\b|\W*$))|"
    r"(?P<three>three[ -]quarters of(?! an hour)|driekwart|drie kwart))(?! (?:story|truth|time|battle|work|verhaal|werk|waarheid)\b)\b"
)
_SO_MANY_IN = re.compile(
    r"\b(?P<part>\d|one|two|three|four|five|six|seven|eight|nine|een|twee|drie|vier|vijf|zes|zeven|acht|negen) "
    r"(?:in(?: every)?|op de|op elke) "
    r"(?P<whole>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twintig|"
    r"honderd)\b(?! (?:min|hour|day|week|month|year|o'clock|uur|dag|weken|maand|jaar|am|pm|a\.m|p\.m))(?![.:/-]\d)"
)
_PARTS_OF = {"half": "50", "third": "33.3333", "two": "66.6667", "quarter": "25", "three": "75"}


def _shares(plain: str) -> Iterator[Said]:
    """Yield each share said as a fraction: "half of the trains", "een derde van de bussen"."""
    if " in " in plain or " op de " in plain:
        for match in _SO_MANY_IN.finditer(plain):
            whole = _number(match["whole"])
            if 0 < _number(match["part"]) < whole:
                yield Said("percent", f"{100 * _number(match['part']) / whole:g}%", frozenset(), *match.span())
    if "half" in plain or "helft" in plain or "third" in plain or "derde" in plain or "quarter" in plain or "kwart" in plain:
        for match in _SHARES.finditer(plain):
            yield Said("percent", f"{_PARTS_OF[match.lastgroup or 'half']}%", frozenset(), *match.span())


@lru_cache(maxsize=64)
def compounds(plain: str) -> tuple[Said, ...]:
    """Return the lengths of a whole sentence that a clause would cut in two at its "and"."""
    return (
        tuple(one for one in _compounds(plain) if _CUT.search(plain, one.start, one.end))
        if "half" in plain or "halve" in plain or " min" in plain
        else ()
    )


def said(plain: str) -> tuple[Said, ...]:
    """Return each time and length that is said in words, or in short, in a folded text, in order; the longest where several begin."""
    found: list[Said] = []
    for one in sorted(_said(plain), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


_MILLIONS = re.compile(r"(?<![\w.,])(?P<count>\d{1,3}(?:[.,]\d{1,2})?) (?P<unit>thousand|duizend|million|miljoen|mln)\b")


def _millions(plain: str) -> Iterator[Said]:
    """Yield each number in thousands or millions: "1.2 million"."""
    for match in (
        _MILLIONS.finditer(plain) if "ill" in plain or "ilj" in plain or "mln" in plain or "thousand" in plain or "duizend" in plain else ()
    ):
        number = float(match["count"].replace(",", ".")) * (1000 if match["unit"] in {"thousand", "duizend"} else 1_000_000)
        yield Said("number", f"{number:g}" if number < 1e6 else f"{number:.0f}", frozenset(), *match.span())


def _said(plain: str) -> Iterator[Said]:
    if " past " in plain or " to " in plain:
        yield from (_spoken(match, match["way"], 0) for match in _PAST.finditer(plain))
    if "half " in plain or " over " in plain or " voor " in plain:
        for match in _OVER.finditer(plain):
            english = match["only"] and match["hour"] in _ENGLISH_HOURS
            yield _spoken(match, match["way"] or "over", -30 if english else 30 if match["half"] or match["only"] else 0)
    if ("m" in plain or "s " in plain or "at night" in plain) and _ANY_PART.search(plain):
        for regex in (_MINUTED, _IN_PART):
            for match in regex.finditer(plain):
                yield _time(match, int(match["minutes"]) if regex is _MINUTED else 0)
    yield from _towards(plain)
    if "o'clock" in plain:
        yield from (_time(match, 0, sharp=True) for match in _SHARP.finditer(plain))
    for match in _SHORT.finditer(plain) if _ANY_DIGIT.search(plain) else ():
        if int(match["hour"]) <= 24:
            moment = f"{int(match['hour']) % 24:02}:{match['minutes'] or '00'}"
            if match["minutes"]:
                yield Said("time", moment, frozenset(), *match.span())
            else:
                yield Said("length", f"{int(match['hour'])} hour", frozenset({moment}), *match.span())
        elif not match["minutes"]:
            yield Said("length", f"{int(match['hour'])} hour", frozenset(), *match.span())
    yield from _millions(plain)
    yield from _compounds(plain)
    yield from _shares(plain)
    for sign, regex, value in _LENGTHS:
        if sign not in plain:
            continue
        yield from (Said("length", value, frozenset(), *match.span()) for match in regex.finditer(plain))


def _towards(plain: str) -> Iterator[Said]:
    """Yield each hour that Dutch says as many: "voor zevenen"."""
    for match in _TOWARDS.finditer(plain) if "en" in plain else ():
        value = f"{_PLURAL_HOURS.index(match['hour']) + 1:02}:00"
        yield Said("time", value, frozenset({later(value)}), *match.span("hour"))


def later(moment: str) -> str:
    """Return the time twelve hours from a time of day: "3:00" may mean either."""
    hour, _, minute = moment.partition(":")
    return f"{(int(hour) + 12) % 24:02}:{minute}"


def _hour_of(text: str) -> int:
    return int(text) if text.isdigit() else NUMBER_WORDS[text]


def _spoken(match: re.Match[str], way: str, half: int) -> Said:
    """Return the time of "quarter to nine" or "tien over half negen", which is half an hour before nine."""
    minutes = _MINUTES.get(match["minutes"] or "", 0)
    shift = (minutes if way in {"past", "over"} else -minutes) - half
    return _time(match, shift)


def _time(match: re.Match[str], shift: int, *, sharp: bool = False) -> Said:
    part = "" if sharp else (match["part"] or "")
    hour = _hour_of(match["hour"])
    if part:
        hour = _in_part(hour, part)
    total = (hour * 60 + shift) % 1440
    value = f"{total // 60:02}:{total % 60:02}"
    return Said("time", value, frozenset() if part else frozenset({later(value)}), *match.span())


def _in_part(hour: int, part: str) -> int:
    """Return the hour of the day that "2 uur 's middags" means."""
    if "night" in part or "nacht" in part:
        return hour + 12 if 6 <= hour < 12 else hour % 12
    if part.startswith("p") or "middag" in part or "avond" in part or "afternoon" in part or "evening" in part:
        return hour % 12 + 12
    return hour % 12

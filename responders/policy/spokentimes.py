"""Reads times and lengths as people say them: "five past nine", "half negen", "2 uur 's middags", "24h". Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
_PART = r"(?P<part>'?s (?:ochtends|morgens|middags|avonds|nachts)|in the (?:morning|afternoon|evening)|at night|[ap]\.?m\b\.?)"
_COUNTED = r"(?! (?:euros?|pounds?|people|mensen|dagen|days|weken|weeks|jaar|years|maanden|months|klanten|customers|times|keer|of)\b)"
_MINUTES = {"five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "quarter": 15, "half": 30, "vijf": 5, "tien": 10, "kwart": 15}

_PAST = re.compile(
    r"(?<!from )(?<!between )\b(?:a )?(?P<minutes>five|ten|twenty-five|twenty|quarter|half) (?P<way>past|to) "
    rf"{_HOUR}{_COUNTED}(?: ?{_PART})?"
)
_OVER = re.compile(
    r"\b(?:(?P<minutes>vijf|tien|kwart) (?P<way>over|voor) (?P<half>half )?|(?P<only>half ))"
    rf"{_HOUR}{_COUNTED}(?: uur\b)?(?: {_PART})?"
)
_IN_PART = re.compile(rf"\b{_HOUR}(?: uur\b| o'clock\b)? ?{_PART}")
_MINUTED = re.compile(rf"\b(?P<hour>1[0-2]|0?[1-9])[.:](?P<minutes>[0-5]\d)(?: uur\b)? ?{_PART}")
_SHARP = re.compile(rf"\b{_HOUR} o'clock\b")
_SHORT = re.compile(r"(?<![\w.,/#@-])(?P<hour>\d{1,2}) ?[hu](?P<minutes>[0-5]\d)?\b")
_LENGTHS = (
    (re.compile(r"\b24/7\b|\b24[ -]uurs\b"), "24 hour"),
    (re.compile(r"\b(?:a )?fortnight\b"), "14 day"),
    (re.compile(r"\b(?:an|one|1) hour and a half\b|\bone and a half hours\b|\b(?:een|1) uur en een half\b"), "90 minute"),
    (re.compile(r"\bhalf an hour\b|\b(?:een )?half ?uur(?:tje)?\b"), "30 minute"),
    (re.compile(r"\b(?:a )?quarter of an hour\b"), "15 minute"),
)


def said(plain: str) -> tuple[Said, ...]:
    """Return each time and length that is said in words, or in short, in a folded text, in order; the longest where several begin."""
    found: list[Said] = []
    for one in sorted(_said(plain), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


def _said(plain: str) -> Iterator[Said]:
    if " past " in plain or " to " in plain:
        yield from (_spoken(match, match["way"], 0) for match in _PAST.finditer(plain))
    if "half " in plain or " over " in plain or " voor " in plain:
        for match in _OVER.finditer(plain):
            yield _spoken(match, match["way"] or "over", 30 if match["half"] or match["only"] else 0)
    if "m" in plain or "s " in plain or "at night" in plain:
        for regex in (_MINUTED, _IN_PART):
            for match in regex.finditer(plain):
                yield _time(match, int(match["minutes"]) if regex is _MINUTED else 0)
    if "o'clock" in plain:
        yield from (_time(match, 0, sharp=True) for match in _SHARP.finditer(plain))
    for match in _SHORT.finditer(plain):
        if int(match["hour"]) <= 24:
            moment = f"{int(match['hour']) % 24:02}:{match['minutes'] or '00'}"
            if match["minutes"]:
                yield Said("time", moment, frozenset(), *match.span())
            else:
                yield Said("length", f"{int(match['hour'])} hour", frozenset({moment}), *match.span())
    for regex, value in _LENGTHS:
        yield from (Said("length", value, frozenset(), *match.span()) for match in regex.finditer(plain))


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

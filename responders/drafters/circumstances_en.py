"""How English says when, where, how long and how often; regular expressions only, each linear on hostile text."""

from __future__ import annotations

import re

from responders.drafters.places import Rules, is_place, shouts
from responders.drafters.vocabulary import Vocabulary

_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_CALENDAR = frozenset(f"{_DAYS}|{_MONTHS}".split("|"))
_PART = "morning|afternoon|evening|night"

_WHEN = re.compile(
    rf"""\b(?:(?P<since>since)[ ])?
    (?P<day>every[ ](?:night|day|morning|evening|week)
      |all[ ](?:day|morning|afternoon|evening|night|week|weekend)
      |yesterday(?:[ ](?:{_PART}))?|today|tonight
      |last[ ](?:night|week|month|weekend|(?:{_DAYS})(?:[ ]night)?)|this[ ](?:morning|afternoon|evening|week|weekend)
      |(?:on[ ])?(?:{_DAYS})(?:[ ](?:{_PART}))?
      |on[ ]\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?
      |(?:on[ ])?(?:{_MONTHS})[ ]\d{{1,2}}(?:st|nd|rd|th)?
      |on[ ](?:the[ ])?\d{{1,2}}(?:st|nd|rd|th)?[ ](?:of[ ])?(?:{_MONTHS}))\b
    (?P<clock>[ ]at[ ]\d{{1,2}}(?:[:.]\d\d)?[ ]?(?:am|pm)?)?
    |\bsince[ ](?P<hour>\d{{1,2}}(?:[:.]\d\d)?[ ]?(?:am|pm))\b
    |\b(?P<ago>(?:\d{{1,2}}|a|an|two|three|four|five|six|several)[ ](?:days?|weeks?|months?|hours?)[ ]ago)\b
    |\b(?P<only>at[ ]\d{{1,2}}[:.]\d\d(?:[ ]?(?:am|pm)\b)?)""",
    re.IGNORECASE | re.VERBOSE,
)
_DURATION = re.compile(
    r"""(?:\b(?P<before>in|within|per|next|every|at|ate|aged)[ ])?\b(?:(?P<about>over|more[ ]than|almost|nearly|about|at[ ]least)[ ])?
    (?:for[ ](?P<many>hours|days|weeks|months|ages)
      |(?P<count>(?<!/)\d{1,3}(?:\.5|[ ]1/2|½)?\+?|half[ ]an|an|a[ ]couple[ ]of|a[ ]few|a|one|two|three|four|five|six|seven|eight
         |nine|ten|eleven|twelve|several)
       [ -]?(?P<unit>hours?|hrs?|h|minutes?|mins?|days?|weeks?|months?)
       (?:(?:[ ]and|,)?[ ](?:(?P<half>a[ ]half)|(?P<more>\d{1,2})[ ]?min(?:ute)?s?)\b)?)\b
    (?P<after>[ -](?:ago|early|old|from[ ]now|before|window|notice|rule))?""",
    re.IGNORECASE | re.VERBOSE,
)
_UNITS = {"hr": "hour", "h": "hour", "min": "minute"}
_TIMES = re.compile(
    r"""\b(?:(?P<twice>twice)|(?P<count>\d{1,2}|two|three|four|five|six|several|multiple|many)[ ]?(?:times|x)
    |(?P<nth>for[ ]the[ ](?:second|third|fourth|fifth|umpteenth)[ ]time))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REPORT = re.compile(r"\b(reported|called|emailed|asked|complained|phoned|written)\b", re.IGNORECASE)
_NAME = r"[A-Z][\w'-]{2,30}(?: [A-Z][\w'-]{1,30}){0,2}|[A-Z]{2,4}"
_ROUTE = re.compile(rf"\b(?:from )?(?P<a>{_NAME}) ?(?:to|2|-|->|>) ?(?P<b>{_NAME})\b")
_STREET = r"[Oo]n(?= [A-Z][\w'-]{2,30}(?: [A-Z][\w'-]{2,30})? (?:Road|Street|Avenue|Lane|Drive|Square)\b)"
_PLACE = re.compile(
    rf"(?:(?P<verb>\b\w{{1,20}}) )?\b(?P<preposition>[Aa]t|[Ii]n|near|outside|{_STREET}) (?P<the>the )?#?(?P<name>{_NAME})\b"
    r"(?P<kind> (?:airport|station|terminal|branch|store|office))?"
)
_COMMON = re.compile(
    r"""\b(?P<preposition>at|in|on|near|outside)[ ](?:(?:the|your|a|an|my|this)[ ])?
    (?:(?P<numbered>gate|terminal|platform)[ ](?P<number>[a-z]?\d{1,3}[a-z]?)|(?P<word>[a-z-]{3,20})(?:[ ](?P<second>[a-z-]{3,20}))?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_AT_PEOPLE = ("yell", "shout", "angry", "mad", "look", "laugh", "snap", "scream")


def _when(text: str) -> tuple[str, str]:
    for match in _WHEN.finditer(text):
        if match["ago"] or match["only"]:
            return match[0].lower(), ""
        if match["hour"]:
            return "", match[0].lower()
        day = _capitalise(match["day"].lower()) + (match["clock"] or "").lower()
        if match["since"]:
            return "", f"since {day.removeprefix('on ')}"
        return (f"on {day}" if re.match(rf"(?:{_DAYS}|(?:{_MONTHS}) )", day.lower()) else day), ""
    return "", ""


def _capitalise(text: str) -> str:
    return re.sub(rf"\b(?:{_DAYS}|{_MONTHS})\b", lambda match: match[0].capitalize(), text)


def _duration(text: str) -> str:
    for match in _DURATION.finditer(text):
        if match["before"] or match["after"]:
            continue
        if match["many"]:
            return match["many"].lower()
        about = f"{match['about'].lower().replace('over', 'more than')} " if match["about"] else ""
        count, unit = match["count"].lower(), match["unit"].lower().rstrip("s")
        unit = _UNITS.get(unit, unit)
        if count.endswith("+"):
            about, count = "more than ", count[:-1]
        if unit == "minute" and count in {"a", "one"}:  # "A minute" is a way of speaking.
            continue
        single = count in {"a", "an", "half an", "one", "1"}
        found = f"{about}{'an' if count == 'a' and unit == 'hour' else count} {unit}{'' if single else 's'}"
        if match["half"]:
            return f"{found} and a half"
        return f"{found} and {match['more']} minutes" if match["more"] else found
    return ""


def _times(text: str) -> str:
    match = _TIMES.search(text)
    if match is None:
        return ""
    if match["count"]:
        return f"{match['count'].lower()} times"
    return (match["twice"] or match["nth"]).lower()


def _reported(text: str, times: str) -> str:
    match = _REPORT.search(text)
    if match is None or not times or times.startswith("for"):
        return ""
    told = match[0].lower()
    return f"{'reported it' if told == 'reported' else told} {times}"


def _route(text: str, barred: frozenset[str]) -> str:
    for match in _ROUTE.finditer(text):
        if is_place(match["a"], barred | _CALENDAR) and is_place(match["b"], barred | _CALENDAR):
            return f"from {match['a'].rstrip('-')} to {match['b'].rstrip('-')}"
    return ""


def _where(text: str, barred: frozenset[str], known: Vocabulary) -> str:
    for match in [] if shouts(text) else _PLACE.finditer(text):
        if not (match["verb"] or "").lower().startswith(_AT_PEOPLE) and is_place(match["name"], barred | _CALENDAR):
            code = len(match["name"]) == 3 and match["name"].isupper()
            return f"{'at' if code else match['preposition'].lower()} {'the ' if match['the'] else ''}{match['name']}{match['kind'] or ''}"
    for match in _COMMON.finditer(text):
        if match["numbered"]:
            return f"{match['preposition'].lower()} {match['numbered'].lower()} {match['number'].upper()}"
        for word in (match["word"], match["second"]):
            if word and word.lower() in known.places:
                return f"{match['preposition'].lower()} the {word.lower()}"
    return ""


ENGLISH = Rules(_when, _duration, _where, _route, _times, _reported)

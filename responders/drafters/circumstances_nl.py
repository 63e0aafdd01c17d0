"""How Dutch says when, where, how long and how often; regular expressions only, each linear on hostile text."""

from __future__ import annotations

import re

from monitor.text import fold
from responders.drafters.places import FOUL, Rules, is_place, shouts
from responders.drafters.vocabulary import Vocabulary

_DAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_CALENDAR = frozenset(f"{_DAYS}|{_MONTHS}".split("|"))
_PART = "ochtend|morgen|middag|avond|nacht"

_WHEN = re.compile(
    rf"""(?<!\bpas[ ])\b(?:(?P<since>sinds|vanaf)[ ])?
    (?P<day>(?:elke|iedere)[ ](?:nacht|dag|ochtend|avond|week)
      |eergisteren|gister(?:en)?(?:{_PART})?|vandaag|vanmorgen|vanochtend|vanmiddag|vanavond|vannacht
      |(?:vorige|afgelopen|deze)[ ](?:week|weekend|maand|(?:{_DAYS}))|(?:afgelopen|dit)[ ]weekend
      |(?:op[ ])?(?:{_DAYS})(?:{_PART})?(?:[ ]\d{{1,2}}[ ](?:{_MONTHS}))?
      |(?:op[ ])?\d{{1,2}}[ ](?:{_MONTHS}))\b
    (?P<clock>[ ]om[ ]\d{{1,2}}[.:]\d\d(?:[ ]uur)?)?
    |\b(?P<ago>(?:\d{{1,2}}|een|twee|drie|vier|vijf|zes)[ ](?:dagen|dag|weken|week|maanden|maand|uur)[ ]geleden)\b
    |\b(?P<only>om[ ]\d{{1,2}}[.:]\d\d(?:[ ]uur)?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DURATION = re.compile(
    r"""(?:\b(?P<before>om|rond|tot|vanaf|sinds|tussen|over|binnen|per|voor|elk|elke
      |(?:\w{0,20}(?:baby|peuter|kleuter|kind|kindje|zoon|zoontje|dochter|dochtertje|tweeling|hond|puppy|oma|opa|moeder|vader))[ ]van)[ ])?
    \b(?:(?P<about>ruim|meer[ ]dan|bijna|zeker|minstens|ongeveer|zo'n)[ ])?
    (?:(?P<fixed>anderhalf[ ]uur|een[ ]half[ ]uur|half[ ]uur|drie[ ]kwartier|een[ ]kwartier|kwartier
      |een[ ]halve[ ]dag|anderhalf[ ]jaar|een[ ]half[ ]jaar|half[ ]jaar
      |een[ ]hele[ ]dag|de[ ]hele[ ](?:dag|ochtend|middag|avond|nacht|week)|een[ ]jaar)
      |(?P<bare>uur)(?=[ ](?:in[ ]de[ ](?:rij|wacht)|wachten|gewacht|te[ ]laat|vertraging))
      |al[ ](?P<many>uren|dagen|weken|maanden)
      |(?P<count>(?<!/)\d{1,3}(?:[.,]5|[ ]1/2|½)?\+?|een[ ]paar|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)[ ]?
       (?P<unit>uur|uren|u|minuten|min|dagen|dag|weken|week|maanden|maand|jaar|jaren)
       (?:[ ]en[ ](?P<more>\d{1,2})[ ]min(?:uten)?)?)\b
    (?P<after>[ ](?:geleden|later|te[ ]vroeg|per|van[ ]tevoren|oud))?""",
    re.IGNORECASE | re.VERBOSE,
)
_UNITS = {"u": "uur", "min": "minuten"}
_TIMES = re.compile(
    r"""\b(?:(?P<count>\d{1,2}|twee|drie|vier|vijf|zes|zeven|acht|tien)[ ]?(?:keer|x|maal)
    |(?P<many>meerdere[ ]keren|meermaals|tientallen[ ]keren)
    |(?P<nth>(?:voor[ ])?de[ ](?:tweede|derde|vierde|vijfde|zoveelste)[ ]keer))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REPORT = re.compile(r"\b(gemeld|gebeld|gemaild|doorgegeven|gevraagd|geklaagd)\b", re.IGNORECASE)
_TOLD_OF = {"gemeld": "een melding gedaan", "doorgegeven": "een melding gedaan", "gevraagd": "ernaar gevraagd"}
"""Verbs that need an object, each as it can stand without one: nobody "had already reported"."""
_NAME = r"[A-Z][\w'-]{2,30}"
_ROUTE = re.compile(rf"\b(?P<begin>[Vv]an|[Vv]anuit|[Tt]ussen) (?P<a>{_NAME}(?: {_NAME})?) (?P<to>naar|en) (?P<b>{_NAME}(?: {_NAME})?)")
_PLACE = re.compile(
    r"\b(?P<preposition>[Ii]n|[Oo]p|[Bb]ij|[Aa]an|[Vv]anaf|[Ll]angs) (?:(?P<article>de|het) )?"
    rf"(?P<name>(?:[Ss]tation |[Hh]alte )?{_NAME}(?: (?:[A-Z][\w'-]{{1,30}}|van|de|den|der))?(?: {_NAME})?)"
)
_COMMON = re.compile(r"\b(in|op|bij|aan|langs) (?:(de|het|jullie|onze|ons|mijn) )?(?:[a-z]{3,15}e )?([a-z-]{4,30})\b", re.IGNORECASE)


def _when(text: str) -> tuple[str, str]:
    for match in _WHEN.finditer(text):
        if match["ago"] or match["only"]:
            return match[0].lower(), ""
        day = match["day"].lower() + (match["clock"] or "").lower()
        return ("", f"sinds {day.removeprefix('op ')}") if match["since"] else (day, "")
    return "", ""


def _duration(text: str) -> str:
    for match in _DURATION.finditer(text):
        if match["before"] or match["after"]:
            continue
        about = f"{match['about'].lower()} " if match["about"] else ""
        if match["bare"]:
            return f"{about}een uur"
        if match["many"]:
            return match["many"].lower()
        if match["fixed"]:
            fixed = match["fixed"].lower()
            return about + (f"een {fixed}" if fixed in {"kwartier", "half uur", "half jaar"} else fixed)
        count, unit = match["count"].lower(), match["unit"].lower()
        if count.endswith("+"):
            about, count = "ruim ", count[:-1]
        return f"{about}{count} {_UNITS.get(unit, unit)}" + (f" en {match['more']} minuten" if match["more"] else "")
    return ""


def _times(text: str) -> str:
    match = _TIMES.search(text)
    if match is None:
        return ""
    if match["count"]:
        return f"{match['count'].lower()} keer"
    return match["many"].lower() if match["many"] else f"voor {match['nth'].lower().removeprefix('voor ')}"


def _reported(text: str, times: str) -> str:
    match = _REPORT.search(text)
    if match is None or not times or times.startswith("voor"):
        return ""
    told = match[0].lower()
    return f"{times} {_TOLD_OF.get(told, told)}"


def _route(text: str, barred: frozenset[str]) -> str:
    for match in _ROUTE.finditer(text):
        if is_place(match["a"], barred | _CALENDAR) and is_place(match["b"], barred | _CALENDAR):
            return f"{match['begin'].lower()} {match['a']} {match['to'].lower()} {match['b']}"
    return ""


def _where(text: str, barred: frozenset[str], known: Vocabulary) -> str:
    for match in [] if shouts(text) else _PLACE.finditer(text):
        preposition, article = match["preposition"].lower(), match["article"]
        name = re.sub(r" (?:van|de|den|der)$", "", match["name"])
        # "Bij Petra" is a person: only "in", "op" and "vanaf" stand before a bare name of a place.
        told = article or name[0].islower() or fold(name).endswith(known.place_endings) or preposition in {"in", "op", "vanaf"}
        if told and is_place(name, barred | _CALENDAR):
            return " ".join(part for part in (preposition, article, name) if part)
    for match in _COMMON.finditer(text):
        preposition, article, word = match[1].lower(), (match[2] or "").lower(), match[3].lower()
        if word in barred or FOUL.search(word):
            continue
        if word in known.places and article:
            noun = known.noun(word)
            return f"{preposition} {noun.article if noun and noun.article else 'het' if article == 'het' else 'de'} {word}"
        if word in {"station", "perron", "gate"} and not article:
            return f"{preposition} {word}"
        if article in {"de", "het"} and word.endswith(known.place_endings) and known.noun(word) is None and len(word) > 6:
            return f"{preposition} {article} {word.capitalize()}"
    return ""


DUTCH = Rules(_when, _duration, _where, _route, _times, _reported)

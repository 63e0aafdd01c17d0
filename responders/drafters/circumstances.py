"""Finds when, where, how long, how much and how often in a post, by the rules of its language; it never guesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.text import words
from responders.drafters.circumstances_en import ENGLISH
from responders.drafters.circumstances_nl import DUTCH
from responders.drafters.places import Rules, shouts
from responders.drafters.vocabulary import Reading, vocabulary


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a post says about the circumstances, in words a reply can repeat; empty where it says nothing."""

    when: str = ""
    since: str = ""
    duration: str = ""
    where: str = ""
    route: str = ""
    """From where to where, where the post says both."""
    amount: str = ""
    times: str = ""
    reported: str = ""
    """How often the author told us before: "3 keer gemeld", "called twice"."""


RULES: Mapping[str, Rules] = {"nl": DUTCH, "en": ENGLISH}

_AMOUNT = re.compile(
    r"(?:€|\$|£|\beur) ?\d{1,6}(?:[.,]\d{3})?(?:[.,](?:\d{2}|-))?(?!\d)|\b\d{1,6}(?:[.,]\d{2})? ?(?:euro|dollars|pounds|bucks)\b",
    re.IGNORECASE,
)


def circumstances(reading: Reading, language: str, not_places: Iterable[str] = ()) -> Circumstances:
    """Return the circumstances a post names; `not_places` are names of ours, which are no place where something happened."""
    rules = RULES[language]
    text = reading.raw
    barred = frozenset(word for name in not_places for word in words(name))
    route = "" if shouts(text) else rules.route(text, barred)
    when, since = rules.when(text)
    amount = _AMOUNT.search(text)
    times = rules.times(text)
    return Circumstances(
        when=when,
        since=since,
        duration=rules.duration(text),
        where="" if route else rules.where(text, barred, vocabulary(language)),
        route=route,
        amount=amount[0] if amount else "",
        times=times,
        reported=rules.reported(text, times),
    )

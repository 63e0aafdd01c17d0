"""Tells what can be a place's name in a reply from what only looks like one; no rule of a language lives here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from monitor.text import fold
from responders.drafters.vocabulary import Vocabulary

FOUL = re.compile(
    r"hell$|shit|fuck|scam|crap|hate|suck|thief|thieves|idiot|stupid|nazi|hitler|bitch|whore|^ass$"
    r"|kut|lul|hoer|kanker|tyfus|klo+t|stom|oplicht|dief|sukkel|prut"
)
"""What a reply never repeats, also where it stands in the place of a place."""

NOT_PLACES = frozenset((
    "i'm", "i'll", "i've", "twitter", "facebook", "instagram", "reddit", "mastodon", "bluesky", "linkedin", "whatsapp", "google",
    "english", "dutch", "nederlands", "engels", "god", "jesus", "general", "fact", "addition", "ik", "het", "een", "maar", "want",
    "dus", "the", "this", "that", "my", "your", "our", "jullie", "social", "media",
))  # fmt: skip
"""Words with a capital that people write after "in" or "at", and that are no places."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How one language says its circumstances; each takes the text on one line, without handles and links."""

    when: Callable[[str], tuple[str, str]]
    """Returns the day, and since which day."""
    duration: Callable[[str], str]
    where: Callable[[str, frozenset[str], Vocabulary], str]
    route: Callable[[str, frozenset[str]], str]
    times: Callable[[str], str]
    reported: Callable[[str, str], str]
    """Takes what `times` returned."""


def is_place(name: str, barred: frozenset[str]) -> bool:
    """Say whether a name with a capital may be repeated as a place; `barred` are names of ours, days and months."""
    parts = [fold(part) for part in name.split()]
    shouted = name.isupper() and len(name) > 4
    return not shouted and not any(part in barred or part in NOT_PLACES or FOUL.search(part) for part in parts)


def shouts(text: str) -> bool:
    """Say whether a text is written in capitals, so that they tell no name."""
    letters = [character for character in text[:400] if character.isalpha()]
    return sum(map(str.isupper, letters)) > len(letters) * 0.5

"""Says a thing in the reader's language; the words themselves stand in `english.py` and `dutch.py`."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.domain import ReplyStatus
from responders.approval.dutch import DUTCH
from responders.approval.english import ENGLISH

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "nl": DUTCH}


def say(language: str, key: str, **blanks: object) -> str:
    """Return the words for a key, in English where the language is not ours."""
    found = LANGUAGES.get(language, ENGLISH)[key]
    return found.format(**blanks) if blanks else found


def spell_status(language: str, status: ReplyStatus) -> str:
    """Return what a status is called."""
    return say(language, f"status_{status.value}")


def spell_rule(language: str, rule: str) -> str:
    """Return a triage rule's id with its meaning, the bare id where it is not one of ours."""
    known = LANGUAGES.get(language, ENGLISH).get(f"rule_{rule}")
    return f"{rule} {known}" if known else rule


def language_of(locale: str) -> str:
    """Return the language of a Slack user's locale such as nl-NL; English where we do not speak it."""
    language = locale[:2].lower()
    return language if language in LANGUAGES else "en"

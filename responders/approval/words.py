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


def spell_step(language: str, status: str) -> str:
    """Return what a status of a reply, a mention or a promise is called where it stands in the record; as it is where we know none."""
    known = LANGUAGES.get(language, ENGLISH)
    return known.get(f"step_{status}") or known.get(f"status_{status}", status)


def spell_rule(language: str, rule: str) -> str:
    """Return a triage rule's id with its meaning, the bare id where it is not one of ours."""
    known = LANGUAGES.get(language, ENGLISH).get(f"rule_{rule}")
    return f"{rule} {known}" if known else rule


def spell_choice(language: str, reason: str) -> str:
    """Return why something is not answered in this language, where it was chosen from our list in any; else in the person's own words.

    In the record the person's name stands before it.
    """
    if found := _chosen(language, reason):
        return found
    name, colon, rest = reason.partition(": ")
    found = _chosen(language, rest)
    return f"{name}{colon}{found}" if found else reason


def _chosen(language: str, reason: str) -> str:
    rule, _, meaning = reason.partition(" ")
    if rule and _CHOICES.get(meaning) == f"rule_{rule}":
        return spell_rule(language, rule)
    chosen, colon, own = reason.partition(": ")
    key = _CHOICES.get(chosen, "")
    return f"{say(language, key)}{colon}{own}" if key.startswith("reject_") else ""


_CHOICES = {said: key for words in LANGUAGES.values() for key, said in words.items() if key.startswith(("rule_", "reject_not_"))}


def language_of(locale: str) -> str:
    """Return the language of a Slack user's locale such as nl-NL; English where we do not speak it."""
    language = locale[:2].lower()
    return language if language in LANGUAGES else "en"

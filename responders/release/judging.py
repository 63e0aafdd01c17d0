"""Holds a release against the rules of an honest answer, language by language; what a rule means is known in the policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from monitor.domain import Author, Brand, Fact, History, Mention, MentionStatus, Objection, StoredMention
from responders import policy
from responders.release.statement import Release

NOT_OF_A_REPLY = frozenset({"R1", "R2", "R6", "R7", "R10", "R11", "R12", "N7"})
"""What only a reply to one person can break: a release has a sender, a contact and sources of its own, and no author to address."""


def judge(release: Release, brand: Brand) -> tuple[tuple[str, Objection], ...]:
    """Return every objection with the language in which it stands; spans are those of `body(release, language)`."""
    at = datetime.combine(release.day, time(12), UTC)
    return tuple(
        (language, objection)
        for language in release.languages
        for objection in policy.review(
            body(release, language), _as_post(release, language, at), brand, _ledger(release, language), History(), at, hears=False
        )
        if objection.rule not in NOT_OF_A_REPLY
    )


def body(release: Release, language: str) -> str:
    """Return what a release says of itself, as one text: its contact, which is ours, and its sources are left out."""
    parts = [release.headline, release.happened, *(said.text for said in release.facts), release.next]
    return "\n\n".join(part[language].strip() for part in (*parts, *(quote.text for quote in release.quotes)))


def _as_post(release: Release, language: str, at: datetime) -> StoredMention:
    """Return what the release answers: the event, in the words of its headline."""
    mention = Mention("release", release.id, release.brand, Author(""), release.headline[language], "", at, "release")
    return StoredMention(0, mention, MentionStatus.QUEUED, language, at)


def _ledger(release: Release, language: str) -> Sequence[Fact]:
    return [
        Fact(said.id, release.brand, {language: said.text[language]}, said.source, release.topics, release.responsible)
        for said in release.facts
    ]

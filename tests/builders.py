"""Small builders of domain values for tests: each gives a sound value, and takes by keyword what a test cares about."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.domain import (
    Action,
    Approval,
    Author,
    Brand,
    Delivery,
    Fact,
    Label,
    Mention,
    MentionStatus,
    Objection,
    Reply,
    ReplyStatus,
    Sentiment,
    Severity,
    StoredMention,
    Term,
    Triage,
    Version,
    text_hash,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The moment at which every built value was made, unless a test says otherwise: a Monday morning, 10:00 in Nijmegen."""

_MENTION_FIELDS = frozenset(field.name for field in fields(Mention))
_STORED_FIELDS = frozenset(field.name for field in fields(StoredMention))
_VERSION_FIELDS = frozenset(field.name for field in fields(Version))


def a_brand(**changes: Any) -> Brand:
    """Return Waalfiets; `terms` may be plain strings."""
    brand = Brand(
        id="waalfiets",
        name="Waalfiets",
        terms=(Term("Waalfiets"),),
        handles=("@waalfiets",),
        hashtags=("#waalfiets",),
        signature="^EK",
        speaks_as="het webteam van Waalfiets",
        formality={"nl": "je"},
        owner="Els Kamps",
    )
    if "terms" in changes:
        changes["terms"] = tuple(Term(term) if isinstance(term, str) else term for term in changes["terms"])
    return replace(brand, **changes)


def a_mention(text: str = "The lock of my Waalfiets did not open this morning.", **changes: Any) -> Mention:
    """Return a mention; `author` may be a plain handle."""
    if isinstance(changes.get("author"), str):
        changes["author"] = Author(handle=changes["author"])
    mention = Mention(
        network="mastodon",
        external_id="1001",
        brand="waalfiets",
        author=Author(handle="@jo@example.org", name="Jo"),
        text=text,
        url="https://social.example.org/@jo/1001",
        posted_at=NOW - timedelta(minutes=10),
        source="sample",
    )
    return replace(mention, **changes)


def a_sentiment(label: Label = Label.NEGATIVE, **changes: Any) -> Sentiment:
    """Return a sentiment whose score goes with its label."""
    score = {Label.NEGATIVE: -0.6, Label.NEUTRAL: 0.0, Label.POSITIVE: 0.6}[label]
    return replace(Sentiment(label=label, score=score, confidence=0.8, scorer="vader", version="3.3.2", language="en"), **changes)


def a_triage(action: Action = Action.RESPOND, **changes: Any) -> Triage:
    """Return a triage that a T5 complaint led to."""
    return replace(Triage(action=action, rules=("T5",), why="A customer had a bad experience."), **changes)


def a_stored_mention(text: str | None = None, **changes: Any) -> StoredMention:
    """Return a queued mention; takes the fields of the mention itself as well, such as `network` or `author`.

    A scored or later status brings a sentiment, and a triaged one a triage, unless the test gives its own.
    """
    inner = {name: changes.pop(name) for name in list(changes) if name in _MENTION_FIELDS and name not in _STORED_FIELDS}
    mention = changes.pop("mention", None) or (a_mention(**inner) if text is None else a_mention(text, **inner))
    status = changes.get("status", MentionStatus.QUEUED)
    stored = StoredMention(
        id=1,
        mention=mention,
        status=status,
        language="en",
        read_at=NOW,
        sentiment=None if status is MentionStatus.NEW else a_sentiment(),
        triage=None if status in {MentionStatus.NEW, MentionStatus.SCORED} else a_triage(),
    )
    return replace(stored, **changes)


def a_fact(text: str = "Between 07:10 and 08:40 the locks did not open, because our lock server was down.", **changes: Any) -> Fact:
    """Return a public fact; `text` and `repair` may be plain English strings."""
    if isinstance(changes.get("repair"), str):
        changes["repair"] = {"en": changes["repair"]}
    fact = Fact(
        id="locks-down",
        brand="waalfiets",
        text={"en": text},
        source="https://waalfiets.example/status",
        topics=("lock", "slot"),
        responsible=True,
        approved_by="Els Kamps",
    )
    return replace(fact, **changes)


def an_objection(rule: str = "R10", severity: Severity = Severity.RED, **changes: Any) -> Objection:
    """Return an objection to the whole of an empty span."""
    return replace(Objection(rule=rule, severity=severity, span=(0, 0), sentence="Sign with a name or initials."), **changes)


def a_version(text: str = "Sorry: our locks did not open this morning. That is our mistake. ^EK", **changes: Any) -> Version:
    """Return a version whose hash is that of its text."""
    version = Version(number=1, text=text, sha256=text_hash(text), written_by="template", written_at=NOW)
    return replace(version, **changes)


def an_approval(version: Version | None = None, **changes: Any) -> Approval:
    """Return Els Kamps's approval of this version's exact bytes."""
    sha256 = (version or a_version()).sha256
    return replace(Approval(name="Els Kamps", sha256=sha256, decided_at=NOW), **changes)


def a_reply(text: str | None = None, **changes: Any) -> Reply:
    """Return a reply that waits for approval; takes the fields of its version as well, such as `objections`.

    `mention` may be a StoredMention or a plain Mention. `sha256` follows the text unless the test gives its own.
    """
    inner = {name: changes.pop(name) for name in list(changes) if name in _VERSION_FIELDS}
    version = changes.pop("version", None) or (a_version(**inner) if text is None else a_version(text, **inner))
    mention = changes.pop("mention", None) or a_stored_mention(status=MentionStatus.DRAFTED)
    reply = Reply(
        id=1,
        mention=a_stored_mention(mention=mention, status=MentionStatus.DRAFTED) if isinstance(mention, Mention) else mention,
        status=ReplyStatus.AWAITING,
        delivery=Delivery.API,
        delivery_reason="Mastodon lets our account reply.",
        version=version,
        created_at=NOW,
    )
    return replace(reply, **changes)

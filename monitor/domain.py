"""Every noun of the product and the status moves that are allowed; standard library only, no behaviour beyond its own rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum


class Label(StrEnum):
    """The three sentiment labels; "I do not know" is NEUTRAL with confidence 0."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Action(StrEnum):
    """What triage decided to do with a mention."""

    IGNORE = "ignore"
    WATCH = "watch"
    RESPOND = "respond"
    ESCALATE = "escalate"


class Delivery(StrEnum):
    """How an approved reply reaches the public; decided before a draft is written."""

    API = "api"
    ASSISTED = "assisted"
    NONE = "none"


class Severity(StrEnum):
    """How hard a broken rule weighs: red blocks approval, amber asks a person to look, hint only informs."""

    RED = "red"
    AMBER = "amber"
    HINT = "hint"


class MentionStatus(StrEnum):
    """Where a mention stands."""

    NEW = "new"
    SCORED = "scored"
    IGNORED = "ignored"
    WATCHED = "watched"
    ESCALATED = "escalated"
    QUEUED = "queued"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    CLOSED = "closed"
    DELETED = "deleted"


class ReplyStatus(StrEnum):
    """Where a reply stands."""

    AWAITING = "awaiting"
    SNOOZED = "snoozed"
    APPROVED = "approved"
    POSTING = "posting"
    HANDED_OVER = "handed_over"
    NEEDS_REVIEW = "needs_review"
    POSTED = "posted"
    REJECTED = "rejected"
    EXPIRED = "expired"


_M = MentionStatus
_R = ReplyStatus

MENTION_MOVES: Mapping[MentionStatus, frozenset[MentionStatus]] = {
    _M.NEW: frozenset({_M.SCORED, _M.DELETED}),
    _M.SCORED: frozenset({_M.IGNORED, _M.WATCHED, _M.ESCALATED, _M.QUEUED, _M.DELETED}),
    _M.IGNORED: frozenset({_M.DELETED}),
    _M.WATCHED: frozenset({_M.QUEUED, _M.DELETED}),
    # A mention whose delivery turns out to be "none", or to which there is nothing honest to say, falls back to watched.
    _M.ESCALATED: frozenset({_M.DRAFTED, _M.WATCHED, _M.DELETED}),
    _M.QUEUED: frozenset({_M.DRAFTED, _M.WATCHED, _M.DELETED}),
    _M.DRAFTED: frozenset({_M.ANSWERED, _M.CLOSED, _M.DELETED}),
    _M.ANSWERED: frozenset({_M.DELETED}),
    _M.CLOSED: frozenset({_M.DELETED}),
    _M.DELETED: frozenset(),
}

REPLY_MOVES: Mapping[ReplyStatus, frozenset[ReplyStatus]] = {
    _R.AWAITING: frozenset({_R.APPROVED, _R.REJECTED, _R.SNOOZED, _R.EXPIRED}),
    _R.SNOOZED: frozenset({_R.AWAITING, _R.REJECTED, _R.EXPIRED}),
    # Back to awaiting when somebody edits what was approved: the approval was of other words.
    _R.APPROVED: frozenset({_R.POSTING, _R.HANDED_OVER, _R.AWAITING, _R.REJECTED}),
    # Back to approved only when the network certainly did not take it (429, connection refused).
    _R.POSTING: frozenset({_R.POSTED, _R.APPROVED, _R.NEEDS_REVIEW, _R.REJECTED}),
    _R.HANDED_OVER: frozenset({_R.POSTED, _R.REJECTED, _R.EXPIRED}),
    _R.NEEDS_REVIEW: frozenset({_R.POSTED, _R.APPROVED, _R.REJECTED}),
    _R.POSTED: frozenset(),
    _R.REJECTED: frozenset(),
    _R.EXPIRED: frozenset(),
}


class IllegalMove(ValueError):
    """Raised when code asks for a status move that the tables above do not allow."""


def check_move(old: MentionStatus | ReplyStatus, new: MentionStatus | ReplyStatus) -> None:
    """Refuse a status move that is not in MENTION_MOVES or REPLY_MOVES."""
    allowed: frozenset[MentionStatus] | frozenset[ReplyStatus]
    allowed = MENTION_MOVES[old] if isinstance(old, MentionStatus) else REPLY_MOVES[old]
    if new not in allowed:
        raise IllegalMove(f"a {type(old).__name__} may not go from {old.value} to {new.value}")


def text_hash(text: str) -> str:
    """Return the SHA-256 (64 hex digits) of the exact UTF-8 bytes a person approves."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a mention, as shown in public; nothing else is kept (GDPR, rule N11)."""

    handle: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One public text that names a brand, as read from a source; never edited by us."""

    network: str
    external_id: str
    brand: str
    author: Author
    text: str
    url: str
    posted_at: datetime
    source: str = ""
    language_hint: str = ""
    """What the source says the language is (ISO 639-1), or empty."""
    mentions_us: bool = False
    """The author tagged, quoted or asked us (T7)."""
    own_channel: bool = False
    """Written on a channel of ours, or in answer to us (T7)."""
    community: str = ""
    """Subreddit, group or hashtag it was written in, where the network has such a thing (T13)."""
    parent_id: str = ""
    """External id of the text it answers."""
    answered_by_us: bool = False
    """The source already shows an answer of ours under it (T14)."""


@dataclass(frozen=True, slots=True)
class Sentiment:
    """How a text feels; `score` runs from -1 (negative) to 1, `confidence` from 0 (do not know) to 1."""

    label: Label
    score: float
    confidence: float
    scorer: str
    version: str
    language: str = ""
    reasons: tuple[str, ...] = ()
    p_negative: float | None = None
    """The calibrated chance that the text is negative; None where the scorer knows an order only."""


@dataclass(frozen=True, slots=True)
class Triage:
    """What to do with a mention and the ids of every rule (RULES.md) that led there; the first one decided."""

    action: Action
    rules: tuple[str, ...]
    why: str
    """One plain sentence for a person."""


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention with everything the database knows of it."""

    id: int
    mention: Mention
    status: MentionStatus
    language: str
    read_at: datetime
    sentiment: Sentiment | None = None
    triage: Triage | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What happened before between this author, this thread and us; triage reads it for T10, T14 and T16."""

    failed_before: bool = False
    """The same author complained before, we answered, and they are unhappy again (T10)."""
    answered_url: str = ""
    """Our earlier public answer to this very text, if any (T14)."""
    open_reply_to_author: bool = False
    """We already answered, or are answering, this person in this thread (T16)."""


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase that makes a text a mention, with the words that must stand near it."""

    text: str
    near: tuple[str, ...] = ()
    """If given, at least one of these must stand within `within` words of the term."""
    within: int = 12
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Brand:
    """Whom we speak for, and how the world names them."""

    id: str
    name: str
    terms: tuple[Term, ...]
    languages: tuple[str, ...] = ("nl", "en")
    timezone: str = "Europe/Amsterdam"
    exclude: tuple[str, ...] = ()
    """A text with one of these is not about us."""
    require: tuple[str, ...] = ()
    """If given, a text must hold at least one of these besides a term."""
    handles: tuple[str, ...] = ()
    """Our public handles on any network, with or without @; naming one is addressing us (T7)."""
    hashtags: tuple[str, ...] = ()
    own_communities: tuple[str, ...] = ()
    blocked_communities: tuple[str, ...] = ()
    """Mourning, health and support communities where we never answer (T13)."""
    blocked_authors: tuple[str, ...] = ()
    """Accounts devoted to degrading others, which we do not answer (T2)."""
    signature: str = ""
    """A name or initials that end a reply, such as ^EK (R10)."""
    speaks_as: str = ""
    """How a reply says who speaks, such as "het webteam van Waalfiets" (R1); the brand's name where empty."""
    formality: Mapping[str, str] = field(default_factory=dict)
    """Form of address by language where the post shows none: {"nl": "je"} or {"nl": "u"} (R11)."""
    owner: str = ""
    """Who is told of a T12 case."""
    description: str = ""
    """What we are, in a sentence; where the name is an ordinary word, it helps to tell who is meant."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sourced statement that a reply may use."""

    id: str
    brand: str
    text: Mapping[str, str]
    """The statement by language."""
    source: str
    """A URL, or the name and role of a person."""
    topics: tuple[str, ...] = ()
    """Words of a post, in any language, that make this fact about it."""
    responsible: bool | None = None
    """True: it was our fault; False: it was not; None: not known yet (R3, R6)."""
    repair: Mapping[str, str] = field(default_factory=dict)
    """What we do to put it right, by language, with a checkable next step (R4)."""
    valid_from: date | None = None
    valid_until: date | None = None
    confidential: bool = False
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal for a reply; it may hold visible blanks, and it is never published as such."""

    text: str
    drafter: str
    facts: tuple[Fact, ...] = ()
    language: str = ""
    situation: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """A rule's reason why a text may not go out; `span` is [from, to) in characters of the text."""

    rule: str
    severity: Severity
    span: tuple[int, int]
    sentence: str
    """What is wrong and what would mend it, for a person, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Version:
    """One frozen text of a reply; `sha256` is the hash a person approves."""

    number: int
    text: str
    sha256: str
    written_by: str
    written_at: datetime
    objections: tuple[Objection, ...] = ()
    fact_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """A named person's decision on one version."""

    name: str
    sha256: str
    decided_at: datetime
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Our one public answer to a mention; a draft until approved."""

    id: int
    mention: StoredMention
    status: ReplyStatus
    delivery: Delivery
    delivery_reason: str
    version: Version
    created_at: datetime
    approvals: tuple[Approval, ...] = ()
    approvals_needed: int = 1
    attempts: int = 0
    snoozed_until: datetime | None = None
    expires_at: datetime | None = None
    posted_url: str = ""
    reason: str = ""
    """Why it stands where it stands, when that needs saying (rejected, needs_review, expired)."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where an approved reply stands in public; `text` is what really stands there."""

    external_id: str
    url: str
    text: str
    posted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One line of the record that cannot be changed: who did what to what, when."""

    id: int
    at: datetime
    actor: str
    mention_id: int | None
    reply_id: int | None
    old_status: str
    new_status: str
    version_sha256: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source fares for one brand."""

    source: str
    brand: str
    cursor: str
    last_success_at: datetime | None
    next_poll_at: datetime | None
    failures: int
    last_error: str
    mentions: int


LEASE = timedelta(seconds=120)
"""How long a claim on a reply holds before another worker may look at it."""

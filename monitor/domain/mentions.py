"""What was said about us, how it feels, and what to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.domain.moves import MentionStatus


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
    label_before: Label | None = None
    """What the scorer itself said, where the brand's corrections say otherwise."""


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
    checked_at: datetime | None = None
    """When its network last said, or we last read, that it stands there."""


def may_be_shown(stored: StoredMention, at: datetime) -> bool:
    """Say whether a mention may be shown now: X wants a post shown only where it stood there within the last day (L1)."""
    return stored.mention.network != "x" or stored.checked_at is None or stored.checked_at >= at - SEEN_WITHIN


SEEN_WITHIN = timedelta(hours=24)
"""https://developer.x.com/en/developer-terms/agreement-and-policy: deletions and edits are followed within 24 hours."""


@dataclass(frozen=True, slots=True)
class History:
    """What happened before between this author, this thread and us; triage reads it for T10, T14 and T16."""

    failed_before: bool = False
    """The same author complained before, we answered, and they are unhappy again (T10)."""
    answered_url: str = ""
    """Our earlier public answer to this very text, if any (T14)."""
    open_reply_to_author: bool = False
    """We already answered, or are answering, this person in this thread (T16)."""

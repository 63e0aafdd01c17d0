"""What a digest says of one brand, as numbers and quotes; the store answers it and the digest puts it into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.digest.account import Account
from monitor.domain import ReplyStatus, SourceHealth

QUOTE = 160
"""Characters of a public text that are quoted."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something that somebody said in public."""

    network: str
    author: str
    text: str
    url: str = ""
    why: str = ""
    """Why it stands here, in the digest's language, where that needs saying."""
    rules: tuple[str, ...] = ()
    """The ids of the rules that led here, for whoever puts the reason into words."""


@dataclass(frozen=True, slots=True)
class WaitingReply:
    """A reply that waits for a person, and the mention that waits for it."""

    reply_id: int
    status: ReplyStatus
    asked_at: datetime
    """When the mention was posted: so long its author has waited."""
    network: str
    author: str
    text: str
    """The mention's."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredReply:
    """A reply of ours that stands in public."""

    reply_id: int
    asked_at: datetime
    answered_at: datetime
    network: str
    author: str
    text: str
    """Ours."""
    url: str = ""
    approved_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many mentions one rule left without an answer."""

    rule: str
    """A rule's id, "" where none was written down."""
    count: int
    words: str = ""
    """What the rule says, for a rule that the digest has no words for in its language."""
    negative: int = 0
    """How many of them are negative."""


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What went wrong on our side, in numbers."""

    needs_review: int = 0
    """Nobody knows whether these replies stand in public."""
    expired: int = 0
    """Nobody decided on these in time."""
    refused: int = 0
    """Approved, and not taken by the network."""
    overridden: int = 0
    """Published although a rule objected."""
    corrected: int = 0
    """Changed or taken back after they stood in public."""
    unreadable: int = 0
    """Texts from sources that could not be taken in."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a digest says of one brand; the store answers it for [since, until)."""

    brand: str
    """Its name."""
    since: datetime
    until: datetime
    received: int = 0
    negative: int = 0
    unjudged: int = 0
    """Scored with confidence 0, or not at all."""
    by_network: Mapping[str, int] = field(default_factory=dict)
    said: Sequence[Quote] = ()
    """What is most worth reading, the worst first."""
    escalated: Sequence[Quote] = ()
    answered: Sequence[AnsweredReply] = ()
    waiting: Sequence[WaitingReply] = ()
    unanswered: Sequence[Unanswered] = ()
    sources: Sequence[SourceHealth] = ()
    capped: Sequence[str] = ()
    """Sources that came to their cap: from then on only what was written to us was read."""
    mistakes: Mistakes = Mistakes()
    timezone: str = "Europe/Amsterdam"
    account: Account | None = None
    """What became of everything that was received in the period; None where nobody asked."""

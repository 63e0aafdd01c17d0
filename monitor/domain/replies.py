"""Our answer: a draft, what stands against it, its frozen versions, who approved it, and where it stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.domain.brands import Fact
from monitor.domain.mentions import StoredMention
from monitor.domain.moves import ReplyStatus


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
    """What is wrong and what would mend it, for a person, in the language of the text where that is nl or en."""
    nl: str = field(default="", compare=False)
    en: str = field(default="", compare=False)
    """The same in both languages; empty where it was kept with one sentence only."""

    def said(self, language: str) -> str:
        """Return the sentence in the language of whoever reads it; as it is where it was never put in that language."""
        return (self.nl if language == "nl" else self.en) or self.sentence


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
    account: str = ""
    """The account of ours from which it was approved to go out, and from no other; empty: the network's common one, unnamed."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where an approved reply stands in public; `text` is what really stands there."""

    external_id: str
    url: str
    text: str
    posted_at: datetime | None = None


def text_hash(text: str) -> str:
    """Return the SHA-256 (64 hex digits) of the exact UTF-8 bytes a person approves."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()

"""What several people tell: one story, with everybody who tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Teller:
    """One mention of a story."""

    mention_id: int
    network: str
    author: str
    url: str
    posted_at: datetime
    repeats: bool
    """It tells nothing that was not told before."""


@dataclass(frozen=True, slots=True)
class Story:
    """Mentions that tell the same, as they still stand."""

    id: int
    brand: str
    first_at: datetime
    last_at: datetime
    headline_id: int
    """The mention that told it first."""
    headline: str
    """Its text."""
    mentions: int
    authors: int
    """How many different people tell it, by network and handle."""
    networks: Sequence[str]
    repeats: int
    """How many of the mentions tell nothing new."""
    drafts: str = ""
    """"stopped" while drafts about it wait for one statement (K4), "go" where a person let them go on, "" where nobody ever said so."""
    drafts_by: str = ""
    drafts_at: datetime | None = None
    drafts_reason: str = ""

"""What a reply of ours commits us to, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PromiseState(StrEnum):
    """Where a promise stands; a person says so, and what nobody says counts as broken after a while."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one sentence of a text would commit us to; `due` is None where it names no moment."""

    text: str
    span: tuple[int, int]
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of a reply that stands in public."""

    id: int
    reply_id: int
    brand: str
    text: str
    due_at: datetime
    is_dated: bool
    """Whether the reply names the moment; else `due_at` is the day on which we look again ourselves."""
    state: PromiseState
    made_at: datetime
    reply_url: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    url: str = ""
    """Where it can be seen that it was kept."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PromiseFigures:
    """How a brand's promises stand at one moment, each list by due date."""

    due: tuple[Promise, ...] = ()
    """Open, and to be kept within a day."""
    overdue: tuple[Promise, ...] = ()
    """Open, and their moment has passed."""
    broken: tuple[Promise, ...] = ()
    """Broken since the moment asked for."""
    open: int = 0
    """All that are open, whenever they are due."""
    kept: int = 0
    """Kept since the moment asked for."""

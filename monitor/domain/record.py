"""What is remembered of our own work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


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

CLOCKS_DIFFER = timedelta(minutes=1)
"""So far may the clocks of machines that share a database lie apart."""

"""Accounts for every mention that was received: each has one fate, the fates add up, and where they do not the digest says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.domain import MentionStatus, ReplyStatus


class Fate(StrEnum):
    """What became of a mention, in the order in which it is told."""

    ANSWERED = "answered"
    WAITING = "waiting"
    LEFT = "left"
    EXPIRED = "expired"
    DELETED = "deleted"
    UNJUDGED = "unjudged"
    """Read a moment ago: neither scored nor judged yet."""


PENDING = (
    ReplyStatus.AWAITING,
    ReplyStatus.SNOOZED,
    ReplyStatus.APPROVED,
    ReplyStatus.POSTING,
    ReplyStatus.HANDED_OVER,
    ReplyStatus.NEEDS_REVIEW,
)
"""What a reply waits at, for a person or for its turn."""

_M = MentionStatus
_R = ReplyStatus

_FATES = {
    (_M.NEW, None): Fate.UNJUDGED,
    (_M.SCORED, None): Fate.UNJUDGED,
    (_M.IGNORED, None): Fate.LEFT,
    (_M.WATCHED, None): Fate.LEFT,
    # A draft is to be written yet.
    (_M.QUEUED, None): Fate.WAITING,
    (_M.ESCALATED, None): Fate.WAITING,
    **{(_M.DRAFTED, status): Fate.WAITING for status in PENDING},
    (_M.ANSWERED, _R.POSTED): Fate.ANSWERED,
    (_M.CLOSED, _R.REJECTED): Fate.LEFT,
    (_M.CLOSED, _R.EXPIRED): Fate.EXPIRED,
    # Whether we had answered it or not: its author took it back.
    **{(_M.DELETED, status): Fate.DELETED for status in (None, *_R)},
}


@dataclass(frozen=True, slots=True)
class Counted:
    """So many mentions of one kind stand like this."""

    status: str
    reply: str
    """The status of our reply to it, "" where there is none."""
    negative: bool
    count: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many mentions have one fate."""

    fate: Fate
    count: int
    negative: int


@dataclass(frozen=True, slots=True)
class Account:
    """What became of everything that was received."""

    received: int = 0
    negative: int = 0
    shares: Sequence[Share] = ()
    """Every fate once, in order."""
    undrafted: int = 0
    """Of those that wait: for so many no answer was proposed yet."""

    @property
    def missing(self) -> int:
        """How many mentions the fates do not account for; below zero where something is counted twice."""
        return self.received - sum(share.count for share in self.shares)

    @property
    def missing_negative(self) -> int:
        """How many negative mentions the fates do not account for."""
        return self.negative - sum(share.negative for share in self.shares)

    @property
    def holds(self) -> bool:
        """Say whether everything, and everything negative, is accounted for."""
        return self.missing == 0 and self.missing_negative == 0


def fate_of(status: str, reply: str) -> Fate | None:
    """Return what became of a mention at `status` with a reply at `reply` ("": none); None where the two cannot go together."""
    try:
        return _FATES.get((MentionStatus(status), ReplyStatus(reply) if reply else None))
    except ValueError:
        return None


def account(received: int, negative: int, counted: Iterable[Counted]) -> Account:
    """Add up the fates and hold them against what was received, which whoever asks counted by itself."""
    totals = {fate: [0, 0] for fate in Fate}
    undrafted = 0
    for group in counted:
        fate = fate_of(group.status, group.reply)
        if fate is None:
            continue
        totals[fate][0] += group.count
        totals[fate][1] += group.count if group.negative else 0
        undrafted += group.count if fate is Fate.WAITING and not group.reply else 0
    return Account(received, negative, [Share(fate, *total) for fate, total in totals.items()], undrafted)

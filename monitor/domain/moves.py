"""The statuses of a mention and of a reply, and the moves between them that are allowed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


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

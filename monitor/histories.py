"""What happened before between an author, a thread and us, as triage and delivery ask it; read-only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from monitor.domain import History, Label, ReplyStatus, StoredMention
from monitor.tables import mentions, replies

OPEN_REPLY = tuple(
    status.value
    for status in (
        ReplyStatus.AWAITING,
        ReplyStatus.SNOOZED,
        ReplyStatus.APPROVED,
        ReplyStatus.POSTING,
        ReplyStatus.HANDED_OVER,
        ReplyStatus.NEEDS_REVIEW,
    )
)
"""A reply that is on its way to the public, or may still be."""


def read_histories(connection: sa.Connection, found: Sequence[StoredMention]) -> dict[int, History]:
    """Return what happened before with the authors and threads of these mentions, by mention id (T10, T14, T16)."""
    if not found:
        return {}
    handles = {stored.mention.author.handle for stored in found}
    brands = {stored.mention.brand for stored in found}
    earlier_query = (
        sa.select(
            mentions.c.id,
            mentions.c.brand,
            mentions.c.network,
            mentions.c.author_handle,
            mentions.c.label,
            mentions.c.rules,
            replies.c.status,
            replies.c.posted_url,
            replies.c.posted_at,
        )
        .join(replies, replies.c.mention_id == mentions.c.id)
        .where(mentions.c.author_handle.in_(handles), mentions.c.brand.in_(brands))
    )
    by_author: dict[tuple[str, str, str], list[Any]] = {}
    for row in connection.execute(earlier_query):
        by_author.setdefault((row.brand, row.network, row.author_handle), []).append(row)
    none = History()
    result: dict[int, History] = {}
    for stored in found:
        m = stored.mention
        earlier = by_author.get((m.brand, m.network, m.author.handle))
        result[stored.id] = _history(stored, earlier) if earlier else none
    return result


def _history(stored: StoredMention, earlier: Sequence[Any]) -> History:
    own = [row for row in earlier if row.id == stored.id and row.status == ReplyStatus.POSTED.value]
    others = [row for row in earlier if row.id != stored.id]
    # Where nobody can say how it feels, the benefit of the doubt goes to the person who may be let down again.
    unhappy = stored.sentiment is not None and (stored.sentiment.label is Label.NEGATIVE or stored.sentiment.confidence == 0)
    posted = [row for row in others if row.status == ReplyStatus.POSTED.value and row.posted_at is not None]
    # They were unhappy, we answered, and after that they are unhappy again: that we failed them twice (T10).
    failed = unhappy and any(_complained(row) and row.posted_at <= stored.mention.posted_at for row in posted)
    # One answer is on its way, or went out after this was written: then this text needs no second (T16).
    answering = any(row.status in OPEN_REPLY for row in others) or any(row.posted_at > stored.mention.posted_at for row in posted)
    return History(failed_before=failed, answered_url=own[0].posted_url if own else "", open_reply_to_author=answering)


def _complained(row: Any) -> bool:
    return bool(row.label == Label.NEGATIVE.value) or "T5" in (row.rules or ())

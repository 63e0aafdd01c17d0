"""What happened before between an author, a thread and us, as triage and delivery ask it; read-only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from monitor.domain import History, Label, ReplyStatus, StoredMention
from monitor.tables import mentions, replies

NUMBERED = "x"
"""Where an author may be known by number, because the handle costs; once it was read it ends their name: Jo (@jo)."""
_ANSWERED = sa.outerjoin(replies, mentions, mentions.c.id == replies.c.mention_id)
"""With an outer join SQLite begins with the replies, which are few, and finds their mentions by id; else it reads every mention."""
_TOLD = re.compile(r"\(@([A-Za-z0-9_]{1,15})\)$")
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


DECIDED_REPLY = tuple(status for status in OPEN_REPLY if status not in {ReplyStatus.AWAITING.value, ReplyStatus.SNOOZED.value})
"""A reply that people have agreed to and that does not stand in public yet."""


def read_histories(connection: sa.Connection, found: Sequence[StoredMention]) -> dict[int, History]:
    """Return what happened before with the authors and threads of these mentions, by mention id (T10, T14, T16)."""
    none = History()
    return {stored.id: _history(stored, rows) if rows else none for stored, rows in _read_earlier(connection, found)}


def read_answering(connection: sa.Connection, stored: StoredMention) -> int | None:
    """Return the first other reply to this author that people agreed to, or that went out since they wrote this (T16)."""
    others = [row for _, rows in _read_earlier(connection, [stored]) for row in rows if row.id != stored.id]
    return min((row.reply_id for row in others if row.status in DECIDED_REPLY or _went_out_after(row, stored)), default=None)


def _read_earlier(connection: sa.Connection, found: Sequence[StoredMention]) -> list[tuple[StoredMention, list[Any]]]:
    """Return each mention with the replies to its author, its own among them."""
    if not found:
        return []
    brands = {stored.mention.brand for stored in found}
    numbers = _read_numbers(connection, found, brands)
    handles = {stored.mention.author.handle for stored in found}
    handles |= {numbers[handle] for handle in handles if handle in numbers}
    handles |= {number for number, handle in numbers.items() if handle in handles}
    earlier_query = (
        sa.select(
            mentions.c.id,
            mentions.c.brand,
            mentions.c.network,
            mentions.c.author_handle,
            mentions.c.label,
            mentions.c.rules,
            replies.c.id.label("reply_id"),
            replies.c.status,
            replies.c.posted_url,
            replies.c.posted_at,
        )
        .select_from(_ANSWERED)
        .where(_told(mentions.c.author_handle).in_(handles), _told(mentions.c.brand).in_(brands))
    )
    by_author: dict[tuple[str, str, str], list[Any]] = {}
    for row in connection.execute(earlier_query):
        by_author.setdefault((row.brand, row.network, _person(row.network, row.author_handle, numbers)), []).append(row)
    none: list[Any] = []
    people = [(stored, _person(stored.mention.network, stored.mention.author.handle, numbers)) for stored in found]
    return [(stored, by_author.get((stored.mention.brand, stored.mention.network, who), none)) for stored, who in people]


def _read_numbers(connection: sa.Connection, found: Sequence[StoredMention], brands: Iterable[str]) -> dict[str, str]:
    """Return the handles of authors on X who are known by number, as far as their names told them: both are one person."""
    authors = {(stored.mention.author.handle, stored.mention.author.name) for stored in found if stored.mention.network == NUMBERED}
    if not authors:
        return {}
    answered = (
        sa.select(mentions.c.author_handle, mentions.c.author_name)
        .distinct()
        .select_from(_ANSWERED)
        .where(_told(mentions.c.network) == NUMBERED, _told(mentions.c.brand).in_(brands), _told(mentions.c.author_name).like("%(@%)"))
    )
    authors |= {(row.author_handle, row.author_name) for row in connection.execute(answered)}
    return {number: told[1] for number, name in authors if number.isdecimal() and (told := _TOLD.search(name))}


def _told(column: sa.Column[Any]) -> sa.ColumnElement[str]:
    """Return a column so that a condition on it leaves the outer join what it is."""
    return sa.func.coalesce(column, "")


def _person(network: str, handle: str, numbers: Mapping[str, str]) -> str:
    return numbers.get(handle, handle) if network == NUMBERED else handle


def _history(stored: StoredMention, earlier: Sequence[Any]) -> History:
    own = [row for row in earlier if row.id == stored.id and row.status == ReplyStatus.POSTED.value]
    others = [row for row in earlier if row.id != stored.id]
    # Where nobody can say how it feels, the benefit of the doubt goes to the person who may be let down again.
    unhappy = stored.sentiment is not None and (stored.sentiment.label is Label.NEGATIVE or stored.sentiment.confidence == 0)
    posted = [row for row in others if row.status == ReplyStatus.POSTED.value and row.posted_at is not None]
    # They were unhappy, we answered, and after that they are unhappy again: that we failed them twice (T10).
    failed = unhappy and any(_complained(row) and row.posted_at <= stored.mention.posted_at for row in posted)
    # One answer is on its way, or went out after this was written: then this text needs no second (T16).
    answering = any(row.status in OPEN_REPLY or _went_out_after(row, stored) for row in others)
    return History(failed_before=failed, answered_url=own[0].posted_url if own else "", open_reply_to_author=answering)


def _went_out_after(row: Any, stored: StoredMention) -> bool:
    return row.status == ReplyStatus.POSTED.value and row.posted_at is not None and bool(row.posted_at > stored.mention.posted_at)


def _complained(row: Any) -> bool:
    return bool(row.label == Label.NEGATIVE.value) or "T5" in (row.rules or ())

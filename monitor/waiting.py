"""The questions to the database about what waits for a person, and how much this team clears in a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from monitor.domain import Action, Label, MentionStatus, ReplyStatus
from monitor.pressure import Waiting
from monitor.rows import of_brand
from monitor.tables import READING, WAITING, approvals, audit, mentions, replies, story_mentions

RECENT = timedelta(days=2)
"""What was posted longer ago is no news any more, such as what an import of old mentions brought."""
DAYS = 14
"""So many days tell what a team usually clears."""
MOST = 5_000
"""More than so many that wait weigh no more."""


def read_waiting(database: sa.Engine, brand: str, at: datetime) -> Sequence[Waiting]:
    """Return the mentions of the last days on which nobody has decided: queued, or with a draft that no person has agreed to."""
    m = mentions.c
    columns = (m.id, m.read_at, m.label, m.action)
    fresh = of_brand(brand) & (m.posted_at >= at - RECENT)
    undrafted = sa.select(*columns).where(sa.text(WAITING), fresh, m.status.in_(_values(MentionStatus.QUEUED, MentionStatus.ESCALATED)))
    decided = sa.exists().where(approvals.c.reply_id == replies.c.id)
    drafted = sa.select(*columns).join(replies, replies.c.mention_id == m.id)
    drafted = drafted.where(replies.c.status == ReplyStatus.AWAITING.value, fresh, m.status == MentionStatus.DRAFTED.value, ~decided)
    return _ask(database, [undrafted.order_by(m.id), drafted.order_by(m.id)])


def read_dangers(database: sa.Engine, brand: str, at: datetime, after: timedelta) -> Sequence[Waiting]:
    """Return the dangers (T12) of the last days that nobody has looked at `after` so long.

    Among them are those to which we have nothing honest to say: they need no answer of ours, and a person all the same.
    """
    waiting = [one for one in read_waiting(database, brand, at) if one.danger and at - one.since >= after]
    m = mentions.c
    query = sa.select(m.id, m.read_at, m.label, m.action).where(m.brand == brand, m.read_at >= at - RECENT, m.read_at <= at - after)
    query = query.where(m.posted_at >= at - RECENT, m.status == MentionStatus.WATCHED.value, m.action == Action.ESCALATE.value)
    return sorted([*waiting, *_ask(database, [query.order_by(m.id)])], key=lambda one: one.mention_id)


def same_story(database: sa.Engine, mention_ids: Collection[int], others: Collection[int]) -> set[int]:
    """Return those of `others` that belong to a story of which these mentions tell too."""
    told, other = story_mentions.alias(), story_mentions
    query = sa.select(other.c.mention_id).join(told, told.c.story_id == other.c.story_id)
    query = query.where(told.c.mention_id.in_(sorted(mention_ids)[:MOST]), other.c.mention_id.in_(sorted(others)[:MOST]))
    if not mention_ids or not others:
        return set()
    with database.execution_options(**READING).connect() as connection:
        return set(connection.scalars(query))


def read_cleared(database: sa.Engine, brand: str, at: datetime, timezone: str) -> Sequence[int]:
    """Return how many decisions people made for a brand on each of the last days on which they made any."""
    decided = (ReplyStatus.APPROVED, ReplyStatus.REJECTED, ReplyStatus.HANDED_OVER)
    query = sa.select(audit.c.at).join(replies, replies.c.id == audit.c.reply_id).join(mentions, mentions.c.id == replies.c.mention_id)
    query = query.where(audit.c.reply_id.is_not(None), audit.c.at >= at - timedelta(days=DAYS), of_brand(brand))
    query = query.where(audit.c.old_status == ReplyStatus.AWAITING.value, audit.c.new_status.in_(_values(*decided)))
    zone = ZoneInfo(timezone)
    with database.execution_options(**READING).connect() as connection:
        return list(Counter(moment.astimezone(zone).date() for moment in connection.scalars(query)).values())


def _ask(database: sa.Engine, queries: Sequence[sa.Select[tuple[int, datetime, str, str]]]) -> list[Waiting]:
    with database.execution_options(**READING).connect() as connection:
        return [
            Waiting(row.id, row.read_at, row.action == Action.ESCALATE.value, row.label == Label.NEGATIVE.value)
            for query in queries
            for row in connection.execute(query.limit(MOST))
        ]


def _values(*statuses: MentionStatus | ReplyStatus) -> list[str]:
    return [status.value for status in statuses]

"""The stories' questions to the database: which are told in a period, by how many, and who tells them; and what is forgotten of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.domain import MentionStatus, Story, Teller
from monitor.stories import REMEMBERED
from monitor.tables import READING, audit, mentions, stories, story_keys, story_mentions
from monitor.tellings import STOPPED

THERE = mentions.c.status != MentionStatus.DELETED.value


def stories_of(
    database: sa.Engine, *, brand: str = "", since: datetime | None = None, until: datetime | None = None, limit: int = 50
) -> list[Story]:
    """Return the stories of which something was told in [since, until), those that most people tell first.

    A story is what at least two mentions tell that still stand; what was told once is no story yet.
    """
    asked = stories.c.mentions >= 2
    if brand:
        asked &= stories.c.brand == brand
    if since is not None:
        asked &= stories.c.last_at >= since
    if until is not None:
        asked &= stories.c.first_at < until
    with database.execution_options(**READING).connect() as connection:
        return _read(connection, sa.select(stories.c.id).where(asked).order_by(stories.c.mentions.desc(), stories.c.id).limit(limit))


def story(database: sa.Engine, story_id: int) -> Story | None:
    """Return one story."""
    with database.execution_options(**READING).connect() as connection:
        found = _read(connection, sa.select(stories.c.id).where(stories.c.id == story_id))
    return found[0] if found else None


def story_of(database: sa.Engine, mention_id: int) -> Story | None:
    """Return the story that a mention belongs to; None where nobody else tells it."""
    query = sa.select(story_mentions.c.story_id).where(story_mentions.c.mention_id == mention_id)
    with database.execution_options(**READING).connect() as connection:
        story_id = connection.scalar(query)
    return None if story_id is None else story(database, story_id)


def _read(connection: sa.Connection, which: sa.Select[Any]) -> list[Story]:
    ids = list(connection.scalars(which))
    joined = sa.join(story_mentions, mentions, mentions.c.id == story_mentions.c.mention_id)
    query = (
        sa.select(
            story_mentions.c.story_id,
            mentions.c.network,
            sa.func.count().label("mentions"),
            sa.func.count(mentions.c.author_handle.distinct()).label("authors"),
            sa.func.count(story_mentions.c.repeats_id).label("repeats"),
        )
        .select_from(joined)
        .where(story_mentions.c.story_id.in_(ids), THERE)
        .group_by(story_mentions.c.story_id, mentions.c.network)
        .order_by(sa.func.count().desc(), mentions.c.network)
    )
    by_story: dict[int, list[Any]] = {}
    for row in connection.execute(query):
        by_story.setdefault(row.story_id, []).append(row)
    head = sa.select(stories, mentions.c.text).join(mentions, mentions.c.id == stories.c.headline_id).where(stories.c.id.in_(ids))
    rows = {row.id: row for row in connection.execute(head)}
    return [_story(rows[one], by_story.get(one, [])) for one in ids]


def _story(row: Any, networks: Sequence[Any]) -> Story:
    return Story(
        id=row.id,
        brand=row.brand,
        first_at=row.first_at,
        last_at=row.last_at,
        headline_id=row.headline_id,
        headline=row.text,
        mentions=sum(one.mentions for one in networks),
        authors=sum(one.authors for one in networks),
        networks=[one.network for one in networks],
        repeats=sum(one.repeats for one in networks),
        drafts=row.drafts,
        drafts_by=row.drafts_by,
        drafts_at=row.drafts_at,
        drafts_reason=row.drafts_reason,
    )


def tellers(database: sa.Engine, story_id: int, limit: int = 100) -> list[Teller]:
    """Return the mentions of a story that still stand, the first told first."""
    columns = (mentions.c.id, mentions.c.network, mentions.c.author_handle, mentions.c.url, mentions.c.posted_at)
    query = sa.select(*columns, story_mentions.c.repeats_id.is_not(None).label("repeats"))
    query = query.join(story_mentions, story_mentions.c.mention_id == mentions.c.id).where(story_mentions.c.story_id == story_id, THERE)
    with database.execution_options(**READING).connect() as connection:
        return [Teller(*row) for row in connection.execute(query.order_by(mentions.c.posted_at, mentions.c.id).limit(limit))]


def places(database: sa.Engine, ids: Sequence[int]) -> dict[int, tuple[int, int | None]]:
    """Return for each of these mentions that is in a story the story's id, and which mention it repeats."""
    query = sa.select(story_mentions).where(story_mentions.c.mention_id.in_(ids))
    with database.execution_options(**READING).connect() as connection:
        return {row.mention_id: (row.story_id, row.repeats_id) for row in connection.execute(query)}


def distinct(database: sa.Engine, brand: str, since: datetime, until: datetime, width: timedelta) -> list[tuple[int, int, int]]:
    """Count by bin of `width` from `since`: mentions, things told, and people; a repost is one mention more and no thing more.

    A bin is by when something was written. What repeats another mention is no thing of its own, in whatever bin it falls.
    """
    query = (
        sa.select(mentions.c.posted_at, mentions.c.network, mentions.c.author_handle, story_mentions.c.repeats_id)
        .outerjoin(story_mentions, story_mentions.c.mention_id == mentions.c.id)
        .where(mentions.c.brand == brand, mentions.c.posted_at >= since, mentions.c.posted_at < until, THERE)
    )
    bins = [(0, 0, set[tuple[str, str]]()) for _ in range(-((since - until) // width))]
    with database.execution_options(**READING).connect() as connection:
        for row in connection.execute(query):
            place = (row.posted_at - since) // width
            count, things, people = bins[place]
            people.add((row.network, row.author_handle))
            bins[place] = (count + 1, things + (row.repeats_id is None), people)
    return [(count, things, len(people)) for count, things, people in bins]


def turn(database: sa.Engine, story_id: int, drafts: str, name: str, reason: str, at: datetime) -> Story | None:
    """Stop the drafts of a story ("stopped") or let them go on ("go"), with an audit event (K4); None where there is no such story."""
    with database.begin() as connection:
        row = connection.execute(sa.select(stories).where(stories.c.id == story_id).with_for_update()).one_or_none()
        if row is None:
            return None
        values = {"drafts": drafts, "drafts_by": name, "drafts_at": at, "drafts_reason": reason}
        connection.execute(stories.update().where(stories.c.id == story_id).values(values))
        status = connection.scalars(sa.select(mentions.c.status).where(mentions.c.id == row.headline_id)).one()
        words = f"drafts of story {story_id} {'stop' if drafts == STOPPED else 'go on'}: {reason}"
        event = {"at": at, "actor": name, "mention_id": row.headline_id, "old_status": status, "new_status": status, "reason": words}
        connection.execute(audit.insert().values(event))
    return story(database, story_id)


def stopped(database: sa.Engine) -> list[tuple[Story, int]]:
    """Return the stories whose drafts are stopped, each with how many of its mentions wait for a draft."""
    waiting = mentions.c.status.in_([MentionStatus.QUEUED.value, MentionStatus.ESCALATED.value])
    query = (
        sa.select(stories.c.id, sa.func.count(mentions.c.id))
        .join(story_mentions, story_mentions.c.story_id == stories.c.id)
        .outerjoin(mentions, (mentions.c.id == story_mentions.c.mention_id) & waiting)
        .where(stories.c.drafts == STOPPED)
        .group_by(stories.c.id)
        .order_by(stories.c.id)
    )
    with database.execution_options(**READING).connect() as connection:
        counts: dict[int, int] = {story_id: int(number) for story_id, number in connection.execute(query)}
        return [
            (one, counts[one.id])
            for one in _read(connection, sa.select(stories.c.id).where(stories.c.id.in_(counts)).order_by(stories.c.id))
        ]


def forget_keys(database: sa.Engine, at: datetime) -> int:
    """Delete the keys of what is too old to be told again; returns how many."""
    with database.begin() as connection:
        return connection.execute(story_keys.delete().where(story_keys.c.posted_at < at - REMEMBERED)).rowcount

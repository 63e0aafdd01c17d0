"""What several people told in a period: the stories, those that most people tell first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.digest import Quote, ToldStory
from monitor.domain import Label, MentionStatus
from monitor.rows import of_brand
from monitor.tables import mentions, stories, story_mentions
from monitor.tellings import STOPPED

MOST = 40
"""So many stories are looked at, those with the most mentions; the digest shows the first few of them."""


def read_stories(connection: sa.Connection, brand: str, since: datetime, until: datetime, shown: sa.ColumnElement[bool]) -> list[ToldStory]:
    """Return what at least two mentions told, of which something was read in [since, until), with what was read of it then.

    What its author took back counts for nothing, and only words for which `shown` holds are quoted; a story that has none is not told.
    """
    there = mentions.c.status != MentionStatus.DELETED.value
    read = sa.and_(mentions.c.read_at >= since, mentions.c.read_at < until, there)
    joined = sa.join(mentions, story_mentions, story_mentions.c.mention_id == mentions.c.id)
    number = sa.func.count().label("number")
    bad = sa.case((mentions.c.label == Label.NEGATIVE.value, 1), else_=0).label("bad")
    # Asked twice below and read once: which stories have most, and what is in those.
    told = (
        sa.select(story_mentions.c.story_id, mentions.c.network, mentions.c.author_handle, bad)
        .select_from(joined.join(stories, stories.c.id == story_mentions.c.story_id))
        .where(mentions.c.brand == brand, read, stories.c.mentions >= 2)
        .cte("told")
    )
    most = sa.select(told.c.story_id).group_by(told.c.story_id).order_by(number.desc(), told.c.story_id).limit(MOST)
    people = sa.func.count(told.c.author_handle.distinct()).label("people")
    counted = sa.select(told.c.story_id, told.c.network, number, people, sa.func.sum(told.c.bad).label("negative"))
    rows = connection.execute(counted.where(told.c.story_id.in_(most)).group_by(told.c.story_id, told.c.network)).all()
    ids = sorted({row.story_id for row in rows})
    if not ids:
        return []
    mine = sa.and_(of_brand(brand), read, story_mentions.c.story_id.in_(ids))
    heads = _headlines(connection, ids, joined, sa.and_(mine, shown), sa.and_(there, shown))
    halted = set(connection.scalars(sa.select(stories.c.id).where(stories.c.id.in_(ids), stories.c.drafts == STOPPED)))
    found = [_story(heads[one], [row for row in rows if row.story_id == one], one in halted) for one in ids if one in heads]
    return sorted(found, key=lambda one: (-one.people, -one.mentions, one.headline.mention_id))


def _headlines(
    connection: sa.Connection, ids: Sequence[int], joined: sa.Join, mine: sa.ColumnElement[bool], shown: sa.ColumnElement[bool]
) -> dict[int, Quote]:
    """Return who told each story first; where that cannot be quoted, the first that was read of it in the period and can be."""
    columns = (mentions.c.id, mentions.c.network, mentions.c.author_handle, mentions.c.text, mentions.c.url)
    first = sa.select(stories.c.id, stories.c.headline_id).join(mentions, mentions.c.id == stories.c.headline_id)
    chosen: dict[int, int] = {row.id: row.headline_id for row in connection.execute(first.where(stories.c.id.in_(ids), shown))}
    if missing := set(ids) - set(chosen):
        earliest = sa.select(story_mentions.c.story_id, sa.func.min(mentions.c.id).label("first")).select_from(joined)
        query = earliest.where(mine, story_mentions.c.story_id.in_(missing)).group_by(story_mentions.c.story_id)
        chosen |= {row.story_id: row.first for row in connection.execute(query)}
    quotes = connection.execute(sa.select(*columns).where(mentions.c.id.in_(chosen.values()))).all()
    by_id = {row.id: Quote(row.network, row.author_handle, row.text, row.url, mention_id=row.id) for row in quotes}
    return {story_id: by_id[mention_id] for story_id, mention_id in chosen.items()}


def _story(headline: Quote, rows: Sequence[Any], stopped: bool) -> ToldStory:
    networks = Counter({row.network: int(row.number) for row in rows})
    return ToldStory(
        headline=headline,
        mentions=networks.total(),
        negative=sum(int(row.negative) for row in rows),
        people=sum(int(row.people) for row in rows),
        networks=[name for name, _ in sorted(networks.items(), key=lambda pair: (-pair[1], pair[0]))],
        stopped=stopped,
    )

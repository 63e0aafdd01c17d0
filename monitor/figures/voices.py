"""Who writes about us: what stands on blogs, and whose public posts of a week named us more than once. No more is known of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.digest import Quote, Voice
from monitor.domain import MentionStatus
from monitor.tables import mentions

WEEK = timedelta(days=7)
MOST = 8
BLOG = "blog"
CANDIDATES = 500
"""So many blogs that were read last are looked at for the newest of them."""
NEWEST = 100_000
"""So many mentions of the week, the newest, are looked at for who wrote more than once."""


def read_blogs(connection: sa.Connection, brand: str, until: datetime, shown: sa.ColumnElement[bool]) -> Sequence[Quote]:
    """Return what blogs wrote in the week before `until`, the newest first."""
    theirs = sa.and_(*_week(brand, until), mentions.c.network == BLOG)
    query = sa.select(mentions.c.id, mentions.c.network, mentions.c.author_handle, mentions.c.text, mentions.c.url)
    query = query.order_by(mentions.c.posted_at.desc(), mentions.c.id).limit(MOST)
    # The index tells which came last; of the others nothing is read, unless too few of these may be shown.
    latest = connection.scalars(sa.select(mentions.c.id).where(theirs).order_by(mentions.c.read_at.desc()).limit(CANDIDATES)).all()
    rows = connection.execute(query.where(mentions.c.id.in_(latest), shown)).all()
    if len(rows) < MOST and len(latest) == CANDIDATES:
        rows = connection.execute(query.where(theirs, shown)).all()
    return [Quote(row.network, row.author_handle, row.text, row.url, mention_id=row.id) for row in rows]


def read_voices(connection: sa.Connection, brand: str, until: datetime, shown: sa.ColumnElement[bool]) -> Sequence[Voice]:
    """Return who wrote about us more than once in the week before `until`, with a link to the newest."""
    number = sa.func.count().label("number")
    lately = (
        sa.select(mentions.c.id, mentions.c.network, mentions.c.author_handle)
        .where(*_week(brand, until), shown, mentions.c.network != BLOG, mentions.c.author_handle != "")
        .order_by(mentions.c.read_at.desc())
        .limit(NEWEST)
        .subquery()
    )
    query = (
        sa.select(lately.c.network, lately.c.author_handle, number, sa.func.max(lately.c.id).label("newest"))
        .group_by(lately.c.network, lately.c.author_handle)
        .having(number > 1)
        .order_by(number.desc(), sa.text("newest"))
        .limit(MOST)
    )
    rows = connection.execute(query).all()
    links = sa.select(mentions.c.id, mentions.c.url).where(mentions.c.id.in_([row.newest for row in rows]))
    urls = {row.id: row.url for row in connection.execute(links)} if rows else {}
    return [Voice(row.network, row.author_handle, row.number, urls.get(row.newest, "")) for row in rows]


def _week(brand: str, until: datetime) -> list[sa.ColumnElement[bool]]:
    there = mentions.c.status != MentionStatus.DELETED.value
    return [mentions.c.brand == brand, mentions.c.read_at >= until - WEEK, mentions.c.read_at < until, there]

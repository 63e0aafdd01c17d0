"""The questions to the database about our promises: which are open, due, overdue and broken. Closing one is the responders' work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.domain import Promise, PromiseFigures, PromiseState
from monitor.tables import READING, promises, replies

SOON = timedelta(days=1)
"""So long before its moment a promise counts as due, and somebody is reminded."""


def read_promises(connection: sa.Connection, *which: sa.ColumnElement[bool], limit: int = 1000) -> list[Promise]:
    """Return the promises for which all of `which` holds, those due first before the others."""
    columns = [column for column in promises.c if column.name not in {"number", "reminded_at", "escalated_at"}]
    query = (
        sa.select(*columns, replies.c.posted_url.label("reply_url"))
        .join(replies, replies.c.id == promises.c.reply_id)
        .where(*which)
        .order_by(promises.c.due_at, promises.c.id)
        .limit(limit)
    )
    found = connection.execute(query).mappings()
    return [Promise(**row | {"state": PromiseState(row["state"])}) for row in map(dict, found)]


def promises_of(database: sa.Engine, now: datetime, *, since: datetime | None = None, brand: str | None = None) -> PromiseFigures:
    """Return how promises stand now: due within a day, overdue, and broken or kept since `since`; of one brand where it is named."""
    ours: Sequence[sa.ColumnElement[bool]] = () if brand is None else (promises.c.brand == brand,)
    recent = (promises.c.closed_at >= since,) if since is not None else ()
    is_open = promises.c.state == PromiseState.OPEN.value

    def count(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> int:
        return int(connection.scalars(sa.select(sa.func.count()).select_from(promises).where(*ours, *which)).one())

    with database.execution_options(**READING).connect() as connection:
        waiting = read_promises(connection, is_open, promises.c.due_at <= now + SOON, *ours)
        return PromiseFigures(
            due=tuple(promise for promise in waiting if promise.due_at > now),
            overdue=tuple(promise for promise in waiting if promise.due_at <= now),
            broken=tuple(read_promises(connection, promises.c.state == PromiseState.BROKEN.value, *recent, *ours)),
            open=count(connection, is_open),
            kept=count(connection, promises.c.state == PromiseState.KEPT.value, *recent),
        )

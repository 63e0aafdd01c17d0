"""The questions about counts to the database: what was heard when, and how far each series of a brand is judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.domain import Action, Label, MentionStatus
from monitor.notices import Said
from monitor.rows import of_brand
from monitor.spikes import Finding, Heard, Series, Watch
from monitor.tables import READING, mentions, watches

CHUNK = 2_000
"""Rows held at a time while counts are made anew."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found last in a series that was more than calm."""

    brand: str
    series: str
    finding: Finding
    at: datetime


class WatchBook:
    """Remembers how far counts are judged."""

    def __init__(self, database: sa.Engine) -> None:
        self._reader = database.execution_options(**READING)

    def first_read_at(self, brand: str) -> datetime | None:
        """Return since when a brand is listened to."""
        query = sa.select(sa.func.min(mentions.c.read_at)).where(mentions.c.brand == brand)
        with self._reader.connect() as connection:
            found: datetime | None = connection.scalar(query)
        return found

    def heard(self, brand: str, since: datetime, until: datetime) -> Iterator[Heard]:
        """Yield what was posted in [since, until), the earliest first; what its author took back is not among it."""
        m = mentions.c
        query = sa.select(m.posted_at, m.network, m.author_handle, m.text, m.label, m.action)
        query = query.where(*_posted(brand, since, until)).order_by(m.posted_at, m.id)
        with self._reader.connect() as connection:
            for row in connection.execution_options(yield_per=CHUNK).execute(query):
                author = f"{row.network}/{row.author_handle}"
                yield Heard(row.posted_at, author, row.text, row.label == Label.NEGATIVE.value, row.action == Action.ESCALATE.value)

    def said(self, brand: str, since: datetime, until: datetime, limit: int) -> Sequence[Said]:
        """Return the newest of what was posted in [since, until)."""
        return self._said(_posted(brand, since, until), limit)

    def these(self, ids: Sequence[int]) -> Sequence[Said]:
        """Return these mentions, the newest first, but for what was taken back."""
        return self._said([mentions.c.id.in_(ids), mentions.c.status != MentionStatus.DELETED.value], len(ids)) if ids else []

    def _said(self, which: Sequence[sa.ColumnElement[bool]], limit: int) -> Sequence[Said]:
        m = mentions.c
        query = sa.select(m.id, m.network, m.author_handle, m.text, m.url, m.language, m.label, m.action, m.posted_at)
        query = query.where(*which).order_by(m.posted_at.desc(), m.id.desc()).limit(limit)
        with self._reader.connect() as connection:
            return [
                Said(
                    row.id,
                    row.network,
                    row.author_handle,
                    row.text,
                    row.url,
                    row.language,
                    row.label == Label.NEGATIVE.value,
                    row.action == Action.ESCALATE.value,
                    row.posted_at,
                )
                for row in connection.execute(query)
            ]

    def by_hour(self, brand: str, until: datetime, hours: int, *, negative: bool) -> list[int]:
        """Return how much was posted in each of the last hours before `until`, the latest last; only what is negative where asked."""
        edges = [until - timedelta(hours=back) for back in range(hours, -1, -1)]
        query = sa.select(sa.func.count()).select_from(mentions)
        query = query.where(mentions.c.label == Label.NEGATIVE.value) if negative else query
        with self._reader.connect() as connection:
            return [connection.scalar(query.where(*_posted(brand, begin, end))) or 0 for begin, end in pairwise(edges)]

    def load(self, brand: str, series: Series) -> Watch | None:
        """Return what a series' detector knows; None where it must begin anew."""
        query = sa.select(watches.c.judged_until, watches.c.state).where(watches.c.brand == brand, watches.c.series == series.value)
        with self._reader.connect() as connection:
            row = connection.execute(query).one_or_none()
        try:
            return Watch.restore(row.state, row.judged_until) if row else None
        except (ValueError, KeyError, TypeError):
            return None

    def judged_until(self, brand: str, series: Series) -> datetime | None:
        """Return how far a series is judged."""
        query = sa.select(watches.c.judged_until).where(watches.c.brand == brand, watches.c.series == series.value)
        with self._reader.connect() as connection:
            found: datetime | None = connection.scalar(query)
        return found

    def save(
        self,
        connection: sa.Connection,
        brand: str,
        series: Series,
        watch: Watch,
        before: datetime | None,
        found: tuple[Finding, datetime] | None,
    ) -> bool:
        """Save a series that stood at `before` (None: nowhere) in the caller's transaction; False where another judged it meanwhile."""
        values: dict[str, Any] = {"judged_until": watch.judged_until, "state": watch.state()}
        if found is not None:
            values |= {"finding": found[0].value, "found_at": found[1]}
        if before is not None:
            mine = (watches.c.brand == brand) & (watches.c.series == series.value) & (watches.c.judged_until == before)
            return connection.execute(sa.update(watches).where(mine).values(**values)).rowcount == 1
        insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
        statement = insert(watches).values(brand=brand, series=series.value, **values).on_conflict_do_nothing()
        return connection.scalar(statement.returning(watches.c.brand)) is not None

    def found(self, since: datetime) -> Sequence[Found]:
        """Return what was found since then that was more than calm, the newest first."""
        query = sa.select(watches).where(watches.c.found_at >= since).order_by(watches.c.found_at.desc(), watches.c.brand, watches.c.series)
        with self._reader.connect() as connection:
            return [Found(row.brand, row.series, Finding(row.finding), row.found_at) for row in connection.execute(query)]


def _posted(brand: str, since: datetime, until: datetime) -> Sequence[sa.ColumnElement[bool]]:
    m = mentions.c
    # By the clock first: of all that was ever said of a brand, an hour is little.
    return (of_brand(brand), m.posted_at >= since, m.posted_at < until, m.status != MentionStatus.DELETED.value)

"""The questions about the rota's calendar to the database: what it said when it was last read, which holds until it is read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.calendars import Rota
from monitor.oncall import calendar_of
from monitor.settings import Duty, OnCallSettings, Settings
from monitor.tables import READING, duties, rota_reads
from monitor.text import clip

BACK, AHEAD = timedelta(days=8), timedelta(days=62)
"""So far back and ahead what the calendar says is kept: an incident may be open for a week, and a calendar may be away for two months."""
MOST_TROUBLE = 500
ONE = 1
"""The id of the one row."""


@dataclass(frozen=True, slots=True)
class Read:
    """How reading the calendar goes."""

    read_at: datetime | None
    """When it could last be read."""
    tried_at: datetime
    trouble: str = ""
    """Why it could not the last time."""
    unknown: tuple[str, ...] = ()
    floating: bool = False


class RotaBook:
    """Remembers who is on call, as the calendar says it."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def oncall(self, settings: Settings, at: datetime) -> OnCallSettings:
        """Return who is woken, as it is configured and as the calendar said it last, where there still is one."""
        if not calendar_of(settings):
            return settings.oncall
        near = (duties.c.ends_at > at - BACK) & (duties.c.begins_at < at + AHEAD)
        query = sa.select(duties).where(near).order_by(duties.c.begins_at, duties.c.place, duties.c.person)
        with self._database.connect().execution_options(**READING) as connection:
            found = tuple(Duty(row.begins_at, row.ends_at, row.person, row.place) for row in connection.execute(query))
        return replace(settings.oncall, duties=found)

    def last(self) -> Read | None:
        """Return how reading went the last time; None where nobody tried yet."""
        with self._database.connect().execution_options(**READING) as connection:
            row = connection.execute(sa.select(rota_reads)).one_or_none()
        return Read(row.read_at, row.tried_at, row.trouble, tuple(row.unknown), row.floating) if row else None

    def record(self, rota: Rota, at: datetime) -> None:
        """Put what the calendar says now in the place of what it said before."""
        with self._database.begin() as connection:
            # First, for it keeps out whoever does the same until we are done.
            read = {"read_at": at, "tried_at": at, "trouble": "", "unknown": list(rota.unknown), "floating": rota.floating}
            connection.execute(_upsert(connection, read))
            connection.execute(sa.delete(duties))
            if rota.duties:
                connection.execute(sa.insert(duties), _rows(rota.duties))

    def record_trouble(self, trouble: str, at: datetime) -> None:
        """Record that it could not be read; what it said before holds on."""
        with self._database.begin() as connection:
            connection.execute(_upsert(connection, {"tried_at": at, "trouble": clip(trouble, MOST_TROUBLE)}, {"unknown": []}))


def _rows(found: Sequence[Duty]) -> list[dict[str, Any]]:
    """Return a row for each person and time, with the first place that they have in it."""
    rows: dict[tuple[datetime, datetime, str], int] = {}
    for one in found:
        key = (one.begins_at, one.ends_at, one.person)
        rows[key] = min(one.place, rows.get(key, one.place))
    return [{"begins_at": begins, "ends_at": ends, "person": person, "place": place} for (begins, ends, person), place in rows.items()]


def _upsert(connection: sa.Connection, values: dict[str, Any], besides: dict[str, Any] | None = None) -> Any:
    insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    statement = insert(rota_reads).values(id=ONE, **values, **(besides or {}))
    return statement.on_conflict_do_update(index_elements=["id"], set_=values)

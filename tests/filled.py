"""Fills every table of ours with odd but lawful rows, by what its columns are, so that a new table or column is never forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from monitor.tables import UtcTime, metadata

MOMENT = datetime(2026, 3, 29, 1, 59, 59, 999_999, tzinfo=UTC)
"""The last moment before clocks go forward in Nijmegen."""

ROWS = 3
NUMBERS = frozenset({"notices.quoted", "notices.rings"})
"""JSON columns that hold lists of numbers and are read wherever something is erased."""


def fill(database: sa.Engine) -> None:
    """Insert rows numbered 7, 8 and 9 in every table: the first full, the second without what may be left out, the third with blanks."""
    with database.begin() as connection:
        for table in metadata.sorted_tables:
            for number in (7, 8, 9):
                connection.execute(table.insert().values({column: _value(column, number) for column in table.columns}))


def rows_of(database: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, in an order that is the same in both kinds of database."""
    with database.connect() as connection:
        found = {}
        for table in metadata.sorted_tables:
            nulls = [column.is_(None).label(f"{column.name}_null") for column in table.columns if column.nullable]
            found[table.name] = sorted((tuple(row) for row in connection.execute(sa.select(table, *nulls))), key=repr)
        return found


def _value(column: sa.Column[Any], number: int) -> Any:
    kind = column.type
    if column.nullable and number == 8:
        return sa.null()
    if f"{column.table.name}.{column.name}" in NUMBERS:
        return [number]
    if isinstance(kind, sa.JSON):
        return sa.JSON.NULL if number == 9 else [["woord", 0.1], None, {"é": "\U0001f6b2"}]
    if isinstance(kind, UtcTime):
        return MOMENT
    if isinstance(kind, sa.Date):
        return date(2026, 2, number)
    if isinstance(kind, sa.Boolean):
        return number == 7
    if isinstance(kind, sa.Float):
        return 0.1 + 0.2 if number == 7 else -1e-300
    if isinstance(kind, sa.Integer):
        return number
    assert isinstance(kind, sa.String), f"say in tests/filled.py what a {kind!r} may hold"
    text = "" if number == 9 and not column.primary_key and not column.unique else f"{number} é \u2028\n'\U0001f6b2"
    return text[: kind.length]

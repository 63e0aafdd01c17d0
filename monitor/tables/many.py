"""Writes many rows with one statement, each value made ready once: preparing every row by itself costs more than the database does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

_ID = "id"
_Make = Callable[[Any], Any]


def insert_many(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], **same: Any) -> None:
    """Insert rows, all with the same columns; `same` are the columns in which all hold the same."""
    if rows:
        _run(connection, _insertion(table, (*rows[0], *same), connection.dialect), rows, same)


def update_many(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], **same: Any) -> None:
    """Change rows by their "id", in all the same columns; `same` are the columns that get the same in all of them."""
    if rows:
        _run(connection, _change(table, (*rows[0], *same), connection.dialect), rows, same)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement as the database's driver takes it."""

    text: str
    names: tuple[str, ...]
    """Columns in the order in which their values are written down."""
    make: tuple[_Make | None, ...]
    """How each is made ready for the driver; None where it goes in as it is."""
    keys: tuple[str, ...] | None
    """What the driver calls each value; None where it goes by their order."""


@lru_cache(maxsize=64)
def _insertion(table: sa.Table, names: tuple[str, ...], dialect: sa.Dialect) -> _Statement:
    # Inline: nothing is to be read back, neither an id nor what a column holds where nothing was said.
    values = {name: sa.bindparam(f"to_{name}", type_=table.c[name].type) for name in names}
    return _ready(table.insert().inline().values(values), table, names, dialect)


@lru_cache(maxsize=64)
def _change(table: sa.Table, names: tuple[str, ...], dialect: sa.Dialect) -> _Statement:
    values = {name: sa.bindparam(f"to_{name}", type_=table.c[name].type) for name in names if name != _ID}
    return _ready(
        table.update().where(table.c[_ID] == sa.bindparam(f"to_{_ID}", type_=table.c[_ID].type)).values(values), table, names, dialect
    )


def _ready(statement: sa.Insert | sa.Update, table: sa.Table, names: tuple[str, ...], dialect: sa.Dialect) -> _Statement:
    compiled: Any = statement.compile(dialect=dialect)
    if compiled.positional:
        names = tuple(key.removeprefix("to_") for key in compiled.positiontup)
    make = tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
    return _Statement(str(compiled), names, make, None if compiled.positional else tuple(f"to_{name}" for name in names))


def _run(connection: sa.Connection, statement: _Statement, rows: Sequence[Mapping[str, Any]], same: Mapping[str, Any]) -> None:
    columns: list[Any] = []
    for name, make in zip(statement.names, statement.make, strict=True):
        if name in same:
            columns.append(repeat(make(same[name]) if make else same[name], len(rows)))
        else:
            values = map(itemgetter(name), rows)
            columns.append(map(make, values) if make else values)
    lines: list[Any] = list(zip(*columns, strict=True))
    if statement.keys is not None:
        lines = [dict(zip(statement.keys, line, strict=True)) for line in lines]
    connection.exec_driver_sql(statement.text, lines)

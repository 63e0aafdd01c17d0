"""Moves everything of ours from one database into an empty other one, SQLite or Postgres, and proves that both hold the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from monitor.backups import named, stop_publishing
from monitor.command import REFUSED, UNAVAILABLE, USAGE, CommandError
from monitor.tables import metadata
from monitor.workers import seen_executors

BATCH = 1000
"""Rows read and written at a time."""

MOVED_BY = "monitor move-database"

Progress = Callable[[str, int], None]
"""Told, after each batch, the table and how many of its rows are copied."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a table holds."""

    rows: int
    digest: str
    """The sum of the SHA-256 of every row, so that the order, which differs between databases, does not count."""


def move(source: sa.Engine, target: sa.Engine, at: datetime, progress: Progress = lambda _table, _rows: None) -> Mapping[str, Held]:
    """Copy every table of ours and return what each holds; the target holds everything or, whatever happens, nothing.

    All of it is one transaction of the target, committed only when every table proved equal. Nobody can write in the source meanwhile, and
    at its end publishing is paused there: two databases must never publish the same reply.

    Raises:
        CommandError: the target is not empty, processes run, or the target does not hold what was read.
    """
    _refuse_running(source, "the source")
    _refuse_running(target, "the target")
    reading = source.execution_options(isolation_level="REPEATABLE READ") if source.dialect.name == "postgresql" else source
    with target.begin() as into, reading.begin() as out:
        _lock(out)
        # One may have started before we had the lock; its heartbeat would be seen now.
        _refuse_running(source, "the source")
        _lock(into)
        full = [table.name for table in metadata.sorted_tables if into.scalar(sa.select(sa.literal(1)).select_from(table).limit(1))]
        if full:
            raise CommandError(f"The target is not empty ({', '.join(full)}). Nothing was moved.", REFUSED)
        held = {}
        for table in metadata.sorted_tables:
            held[table.name] = _copy(out, into, table, progress)
            _set_counter(into, table)
        for table in metadata.sorted_tables:
            if (found := _held(_rows(into, table))) != held[table.name]:
                reason = f"{table.name} holds {found.rows} rows in the target and {held[table.name].rows} in the source, or others"
                raise CommandError(f"The copy is not equal: {reason}. Nothing was moved.", UNAVAILABLE)
        stop_publishing(out, MOVED_BY, f"moved to {target.url.render_as_string()}", at)
        # Before the target: a crash in between leaves nothing that publishes, and never two that do.
        out.commit()
    return held


def _refuse_running(database: sa.Engine, which: str) -> None:
    running = [seen for seen in seen_executors(database) if seen.alive]
    if running:
        raise CommandError(f"Processes work on {which}: {named(running)}. Stop them first. Nothing was moved.", REFUSED)


def _lock(connection: sa.Connection) -> None:
    """Let nobody else write in any table of ours until the transaction ends; on SQLite its beginning did that."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(table.name for table in metadata.sorted_tables)
        connection.exec_driver_sql(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def _copy(out: sa.Connection, into: sa.Connection, table: sa.Table, progress: Progress) -> Held:
    values = {column.name: _as_written(column, into.dialect.name) for column in table.columns}
    statement = sa.insert(table).values(values)
    rows = _rows(out, table)
    copied = total = 0
    while batch := list(islice(rows, BATCH)):
        try:
            into.execute(statement, [{f"p_{name}": value for name, value in zip(values, row, strict=True)} for row in batch])
        except (sa.exc.DataError, sa.exc.IntegrityError, sa.exc.StatementError) as error:
            if getattr(error, "connection_invalidated", False):
                raise
            first = ", ".join(str(value) for value, column in zip(batch[0], table.columns, strict=True) if column.primary_key)
            why = str(getattr(error, "orig", None) or error).splitlines()[0][:300]
            reason = f"of {table.name}, in the {len(batch)} rows from {first} on, the target refuses one: {why}"
            raise CommandError(f"It cannot be moved as it is: {reason}. Nothing was moved.", UNAVAILABLE) from error
        copied += len(batch)
        total = (total + sum(map(_digest, batch))) % 2**256
        progress(table.name, copied)
    return Held(copied, f"{total:064x}")


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[Sequence[Any]]:
    """Read a table a batch at a time; JSON as it is written, so that a value of null stays another thing than no value."""
    columns = [sa.cast(column, sa.Text).label(column.name) if isinstance(column.type, sa.JSON) else column for column in table.columns]
    # Not `.execution_options` of the connection, which would hold for everything it does.
    yield from connection.execute(sa.select(*columns), execution_options={"yield_per": BATCH})


def _as_written(column: sa.Column[Any], dialect: str) -> sa.ColumnElement[Any]:
    if not isinstance(column.type, sa.JSON):
        return sa.bindparam(f"p_{column.name}", type_=column.type)
    text = sa.bindparam(f"p_{column.name}", type_=sa.Text())
    return sa.cast(text, column.type) if dialect == "postgresql" else text


def _set_counter(connection: sa.Connection, table: sa.Table) -> None:
    """Let Postgres count on from the highest number; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key:
        counter = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, column.name)))
        if counter is not None:
            highest = sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(counter, highest, sa.false())))


def _held(rows: Iterator[Sequence[Any]]) -> Held:
    number = total = 0
    for row in rows:
        number += 1
        total += _digest(row)
    return Held(number, f"{total % 2**256:064x}")


def _digest(row: Sequence[Any]) -> int:
    return int.from_bytes(hashlib.sha256(json.dumps(list(row), default=_plain).encode()).digest())


def _plain(value: Any) -> str:
    return str(value.isoformat())


def refuse_same(source: sa.Engine, target: sa.Engine) -> None:
    """Refuse two URLs of one database; raises CommandError."""
    if source.url == target.url:
        raise CommandError("Both URLs are the same database. Nothing was moved.", USAGE)

"""The one way to open a database."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

READING = {"grapevine_reading": True}
"""Execution options of a connection that only reads: on SQLite it then takes no write lock."""


def _unixepoch(modifier: str) -> float | None:
    return time.time() if modifier == "subsec" else None


def _on_sqlite_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # We begin transactions ourselves (below), the driver must not.
    connection.isolation_level = None
    if sqlite3.sqlite_version_info < (3, 42):
        # With Python 3.12 and newer the engine's tables ask for this function, which an older SQLite answers with NULL.
        connection.create_function("unixepoch", 1, _unixepoch)
    cursor = connection.cursor()
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: sa.Connection) -> None:
    # A transaction that begins as a reader and then writes fails at once when another wrote in between; taking the lock first just waits.
    reading = connection.get_execution_options().get("grapevine_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def database_url(url: str) -> sa.URL:
    """Return the URL with the driver we ship for; raises ValueError with what would be right."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise ValueError("the database URL cannot be read; right are sqlite:///grapevine.db and postgresql://user@host/name") from None
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite")
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"{parsed.get_backend_name()} is not a database we know; right are sqlite:///… and postgresql://…")


def open_database(url: str, **options: Any) -> sa.Engine:
    """Return an engine for `url`, SQLite in WAL mode or Postgres; raises ValueError for a URL that cannot be right."""
    parsed = database_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, pool_pre_ping=True, hide_parameters=True, **options)
    # Parameters hold what people wrote; an error that showed them would carry that into logs and dead letters.
    engine = sa.create_engine(parsed, hide_parameters=True, **options)
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine

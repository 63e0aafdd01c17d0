"""Removes what a database's files still hold of rows that were overwritten; the rows themselves are another's."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from monitor.tables import happenings, mentions, notices, rejected_rows, replies, silences, slack_messages, versions

BIGGEST = 2 * 1024**3
"""A larger SQLite file is not written anew by itself: nobody else can write meanwhile, and it takes about ten seconds a gigabyte."""
ROOM = 2.5
"""So many times its size must be free on the disk while it is written anew."""

HELD = (mentions, replies, versions, rejected_rows, notices, slack_messages, happenings, silences)
"""The tables whose rows held what is erased."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """Whether nothing is left in the files."""

    whole: bool
    why_not: str = ""
    """What stood in the way, and what to do."""


def wipe(database: sa.Engine, *, biggest: int = BIGGEST) -> Wiped:
    """Write the SQLite file anew and empty its log; on Postgres vacuum the tables, whose old rows are then written over in time.

    SQLite overwrites what it deletes (`secure_delete`), but where it moved a row from page to page a copy may be left in between, and
    the log holds pages as they were. Whoever reads just then is waited for; where that takes too long the log is emptied the next time.
    """
    if database.dialect.name != "sqlite":
        with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in HELD:
                connection.exec_driver_sql(f"VACUUM {table.name}")
        return Wiped(whole=True)
    file = database.url.database
    if not file or file == ":memory:":
        return Wiped(whole=True)
    anew, why_not = _fits(Path(file), biggest)
    # Past SQLAlchemy, which would begin a transaction: neither can be done in one.
    with closing(database.raw_connection()) as raw, closing(raw.cursor()) as cursor:
        if anew:
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [busy, *_] = cursor.fetchall()[0]
    if busy:
        return Wiped(whole=False, why_not="another program was reading, so the file's log is emptied the next time")
    return Wiped(anew, why_not)


def _fits(file: Path, biggest: int) -> tuple[bool, str]:
    size = file.stat().st_size
    if size > biggest:
        return False, "the database is too large to be written anew by itself: stop the programs and run VACUUM on it in a quiet hour"
    if shutil.disk_usage(file.parent).free < ROOM * size:
        return False, "the disk has too little room to write the database anew; make room, it is tried again the next night"
    return True, ""

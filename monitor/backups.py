"""Makes a copy of a SQLite database while it is in use, and puts one back; Postgres has tools of its own. No commands live here."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from monitor import migrations
from monitor.command import REFUSED, UNAVAILABLE, USAGE, CommandError, count
from monitor.erased import EVERY_BRAND, mark_of, note_erased
from monitor.erasure import Why, erase
from monitor.tables import audit, mentions, metadata, open_database, switches
from monitor.traces import wipe
from monitor.workers import Seen, seen_executors

TOLD = ("mentions", "replies", "audit")
"""The tables whose rows are counted for the person."""

BUSY = 30.0
"""Seconds to wait for another program that writes."""

RESTORED_BY = "monitor restore"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds."""

    file: Path
    schema: str
    rows: Mapping[str, int]
    kept: Path | None = None
    """Where the database that stood there before is now."""
    erased: int = 0
    """Texts of the backup that were erased since it was made, and are erased again."""
    forgot: bool = False
    """What was erased since is not known: the database that stood there could not say."""

    def in_words(self) -> str:
        """Return what it holds, for a person."""
        return ", ".join(f"{rows} {'audit events' if name == 'audit' else name}" for name, rows in self.rows.items())


def sqlite_file(url: str) -> Path:
    """Return the file of a SQLite URL; raises CommandError for any other database."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise CommandError("That is for SQLite. For Postgres use pg_dump --format=custom and pg_restore; nothing was done.", USAGE)
    if not parsed.database or parsed.database == ":memory:":
        raise CommandError("The database is no file, so there is nothing to copy.", USAGE)
    return Path(parsed.database)


def back_up(database: Path, target: Path) -> Copied:
    """Copy a database that may be in use into a new file, whole and proven, or not at all.

    Raises:
        CommandError: there is no database, the target exists, or the database is damaged.
    """
    if not database.is_file():
        raise CommandError(f"There is no database at {database}. Nothing was written.", UNAVAILABLE)
    if os.path.lexists(target):
        raise CommandError(f"{target} exists already, and a backup is never overwritten. Choose another name.", USAGE)
    with _beside(target) as beside:
        _copy(database, beside)
        copied = _prove(beside, target)
        _put(beside, target)
    return copied


def restore(backup: Path, database: Path, at: datetime, *, force: bool) -> Copied:
    """Put a backup in the place of the database, with publishing paused; what stood there is kept in a file beside it.

    It is written into the database that stands there, in one transaction: a program that has it open goes on with what was restored, and
    a crash leaves the old one. Only a database that cannot be read any more is moved aside as it is.

    Raises:
        CommandError: the file is no sound backup of this or an older schema, or processes run and `force` is not given.
    """
    if not backup.is_file():
        raise CommandError(f"There is no file {backup}. Nothing was changed.", USAGE)
    if database.exists() and backup.samefile(database):
        raise CommandError("That is the database itself. Nothing was changed.", USAGE)
    with _beside(database) as beside:
        _copy(backup, beside)
        proven = _prove(beside, backup)
        _pause(beside, at)
        kept, erased = None, 0
        listed = _erased_since(database)
        if listed:
            erased = _erase_again(beside, listed, at)
        if not database.exists():
            _put(beside, database)
        elif _is_sound(database):
            _refuse_running(database, force=force)
            kept = _name_for_old(database, at)
            with _beside(kept) as old:
                _copy(database, old)
                _put(old, kept)
            _copy(beside, database)
        else:
            if not force:
                reason = "is damaged, so it cannot say whether processes run on it"
                raise CommandError(f"{database} {reason}. Stop them, then use --force. Nothing was changed.")
            kept = _name_for_old(database, at)
            _move_aside(database, kept)
            _put(beside, database)
    return Copied(database, proven.schema, proven.rows, kept, erased, listed is None)


def stop_publishing(connection: sa.Connection, actor: str, reason: str, at: datetime) -> None:
    """Turn publishing off as `responders pause` does, with its line in the audit; where it is off already only the line is written."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values = {"on": False, "changed_by": actor, "changed_at": at, "reason": reason}
    before = connection.scalar(sa.select(switches.c.on).where(switches.c.name == "publishing"))
    paused = dialect.insert(switches).values(name="publishing", **values)
    connection.execute(paused.on_conflict_do_update(index_elements=["name"], set_=values))
    old = "paused" if before is False else "on"
    connection.execute(audit.insert().values(at=at, actor=actor, old_status=old, new_status="paused", reason=reason))


def named(running: Sequence[Seen]) -> str:
    """Return the processes in words: which, where, and how long ago each was seen."""
    return "; ".join(f"{seen.process} (pid {seen.pid} on {seen.host}, seen {seen.silent_for.seconds} s ago)" for seen in running)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Yield a file of ours in the target's folder, that only this user may read; it is gone afterwards whatever happens."""
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}. Nothing was written.", USAGE)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield beside
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            beside.with_name(beside.name + end).unlink(missing_ok=True)


def _open(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    mode = "ro" if read_only else "rw"
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY, isolation_level=None)


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(_open(source, read_only=True)) as old, closing(_open(target)) as new:
            # All pages in one step: one moment of the source, and one transaction of the target; nobody who writes has to wait.
            old.backup(new, pages=-1)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        raise CommandError(f"{source} is damaged or is no SQLite database ({error}). Nothing was changed.", UNAVAILABLE) from error


def _prove(file: Path, name: Path) -> Copied:
    """Return what a copy holds; raises CommandError, which names it by `name`, where it is not sound or not ours."""
    with closing(_open(file)) as connection:
        try:
            # One file, without others beside it that would be forgotten.
            connection.execute("PRAGMA journal_mode=DELETE")
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
            lost = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            found, lost = [str(error)], []
        if found != ["ok"] or lost:
            what = "; ".join(found) if found != ["ok"] else f"{count(len(lost), 'row')} without what they belong to"
            raise CommandError(f"{name} is damaged: {what}. Nothing was written or changed.", UNAVAILABLE)
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in names or not set(TOLD) <= names:
            raise CommandError(f"{name} is no database of Grapevine. Nothing was written or changed.", UNAVAILABLE)
        [schema] = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if schema not in migrations.known():
            reason = f"has schema {schema}, which is newer than this version of Grapevine"
            raise CommandError(f"{name} {reason}. Install that newer version. Nothing was written or changed.", UNAVAILABLE)
        rows = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TOLD}  # noqa: S608 our own names
    with file.open("rb") as whole:
        os.fsync(whole.fileno())
    return Copied(name, schema, rows)


def _put(beside: Path, target: Path) -> None:
    """Give a finished file its name; raises CommandError where that was taken meanwhile."""
    try:
        # Unlike a rename, a link never overwrites.
        os.link(beside, target)
    except FileExistsError as error:
        raise CommandError(f"{target} exists already, and a backup is never overwritten. Choose another name.", USAGE) from error
    except OSError:
        # Some file systems, such as those of memory sticks, have no links.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        beside.replace(target)
    with suppress(OSError):
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _pause(file: Path, at: datetime) -> None:
    engine = open_database(f"sqlite:///{file}")
    try:
        with engine.begin() as connection:
            stop_publishing(connection, RESTORED_BY, "a backup was restored: look what was published since it was made", at)
    finally:
        engine.dispose()
    with closing(_open(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _erased_since(database: Path) -> list[tuple[str, str, str]] | None:
    """Return (mark, brand, why) of all that was erased from the database that stands here; None where it cannot say."""
    if not database.exists():
        return None
    try:
        with closing(_open(database, read_only=True)) as connection:
            return connection.execute("SELECT mark, brand, why FROM erasures").fetchall()
    except sqlite3.DatabaseError:
        return None


def _erase_again(file: Path, listed: Sequence[tuple[str, str, str]], at: datetime) -> int:
    """Erase from a copy of a backup what was erased since it was made; returns how many mentions."""
    engine = open_database(f"sqlite:///{file}")
    try:
        # Erasing needs this version's schema.
        migrations.upgrade(engine)
        count, last = 0, 0
        wanted = {(mark, brand): why for mark, brand, why in listed}
        while True:
            with engine.begin() as connection:
                for why in sorted(set(wanted.values())):
                    note_erased(connection, [key for key, one in wanted.items() if one == why], why, at)
                query = sa.select(mentions.c.id, mentions.c.network, mentions.c.external_id, mentions.c.brand)
                rows = connection.execute(
                    query.where(mentions.c.id > last, mentions.c.erased_at.is_(None)).order_by(mentions.c.id).limit(1_000)
                ).all()
                by_reason: dict[str, list[int]] = {}
                for row in rows:
                    mark = mark_of(row.network, row.external_id)
                    if reason := wanted.get((mark, EVERY_BRAND)) or wanted.get((mark, row.brand)):
                        by_reason.setdefault(reason, []).append(row.id)
                for why, ids in by_reason.items():
                    count += len(erase(connection, ids, Why(why), actor=RESTORED_BY, at=at, at_once=True).ids)
            if len(rows) < 1_000:
                break
            last = rows[-1].id
        wipe(engine)
    finally:
        engine.dispose()
    with closing(_open(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return count


def _is_sound(database: Path) -> bool:
    try:
        with closing(_open(database, read_only=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False


def _refuse_running(database: Path, *, force: bool) -> None:
    engine = open_database(f"sqlite:///{database}")
    try:
        if not sa.inspect(engine).has_table(metadata.tables["executors"].name):
            raise CommandError(f"{database} is no database of Grapevine; it is left alone. Nothing was changed.", USAGE)
        running = [seen for seen in seen_executors(engine) if seen.alive]
    finally:
        engine.dispose()
    if running and not force:
        raise CommandError(f"Processes work on this database: {named(running)}. Stop them, or use --force. Nothing was changed.", REFUSED)


def _name_for_old(database: Path, at: datetime) -> Path:
    return database.with_name(f"{database.name}.before-restore-{at:%Y%m%dT%H%M%S%fZ}")


def _move_aside(database: Path, kept: Path) -> None:
    for end in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            database.with_name(database.name + end).rename(kept.with_name(kept.name + end))

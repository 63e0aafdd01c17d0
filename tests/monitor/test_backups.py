"""A backup is whole or not there, and putting one back loses nothing of what stood there before."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor import backups
from monitor.backups import RESTORED_BY, back_up, restore, sqlite_file
from monitor.command import CommandError
from monitor.erasure import Why, erase
from monitor.migrations import newest
from monitor.signins import Session, SessionFile
from monitor.store import MonitorStore
from monitor.tables import audit, mentions, open_database
from monitor.traces import wipe
from monitor.workers import Executor, heartbeat
from responders.store import ReplyStore
from tests.builders import NOW, a_mention
from tests.filled import ROWS, fill, rows_of
from tests.terminal import Terminal


@pytest.fixture
def file(sqlite_database: sa.Engine) -> Iterator[Path]:
    """A database's file, filled, with a connection that stays open as a process keeps it."""
    fill(sqlite_database)
    with sqlite_database.connect().execution_options(grapevine_reading=True) as reader:
        reader.execute(sa.select(mentions.c.id)).all()
        reader.rollback()
        yield sqlite_file(sqlite_database.url.render_as_string())


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    database = open_database(f"sqlite:///{path}")
    try:
        return rows_of(database)
    finally:
        database.dispose()


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def strays(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_session_beside_the_database_comes_into_no_backup_and_stays_when_one_is_put_back(file: Path, tmp_path: Path) -> None:
    kept = SessionFile(file.with_name("bluesky-read-1.session"), "jo")
    kept.write(Session("opens-our-account", NOW, NOW + timedelta(hours=2)))
    away = tmp_path / "away"
    away.mkdir()
    back_up(file, away / "b.db")
    restore(away / "b.db", away / "grapevine.db", NOW, force=False)
    restore(away / "b.db", file, NOW, force=True)
    held = b"".join(path.read_bytes() for path in away.iterdir())

    assert (True, False) == (len(held) > 10_000, b"opens-our-account" in held)
    assert kept.read() is not None


def test_a_backup_holds_everything_that_was_committed_also_what_is_in_the_file_beside(file: Path, tmp_path: Path) -> None:
    beside = file.with_name(f"{file.name}-wal")
    copied = back_up(file, tmp_path / "b.db")

    assert beside.stat().st_size
    assert (newest(), {"mentions": ROWS, "replies": ROWS, "audit": ROWS}) == (copied.schema, copied.rows)
    assert rows(file) == rows(tmp_path / "b.db")
    assert 0o600 == (tmp_path / "b.db").stat().st_mode & 0o777
    assert [] == strays(tmp_path)


def test_a_backup_waits_for_nobody_and_takes_only_what_is_committed(file: Path, sqlite_database: sa.Engine, tmp_path: Path) -> None:
    with sqlite_database.begin() as writer:
        writer.execute(mentions.update().values(text="half done"))
        back_up(file, tmp_path / "b.db")

    assert "half done" not in {row[6] for row in rows(tmp_path / "b.db")["mentions"]}


def test_a_backup_never_overwrites(file: Path, tmp_path: Path) -> None:
    (tmp_path / "b.db").write_text("mine")
    (tmp_path / "link.db").symlink_to("nowhere")

    for name in ("b.db", "link.db", file.name):
        with pytest.raises(CommandError, match="exists already, and a backup is never overwritten"):
            back_up(file, tmp_path / name)
    assert "mine" == (tmp_path / "b.db").read_text()


def test_a_name_that_is_taken_while_the_copy_is_made_is_left_alone(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = backups._prove

    def taken(beside: Path, name: Path) -> object:
        (tmp_path / "b.db").write_text("faster")
        return real(beside, name)

    monkeypatch.setattr(backups, "_prove", taken)

    with pytest.raises(CommandError, match="exists already"):
        back_up(file, tmp_path / "b.db")
    assert "faster" == (tmp_path / "b.db").read_text()
    assert [] == strays(tmp_path)


def test_a_disk_without_links_holds_a_backup_too(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    back_up(file, tmp_path / "b.db")

    assert rows(file) == rows(tmp_path / "b.db")


def test_what_is_not_there_is_said(file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        back_up(file, tmp_path / "missing" / "b.db")
    with pytest.raises(CommandError, match="There is no database"):
        back_up(tmp_path / "missing.db", tmp_path / "b.db")


def test_a_restore_brings_back_what_was_and_keeps_what_stood_there(file: Path, sqlite_database: sa.Engine, tmp_path: Path) -> None:
    back_up(file, tmp_path / "b.db")
    before = rows(file)
    with sqlite_database.begin() as connection:
        connection.execute(mentions.update().values(text="later"))
    later = rows(file)
    restored = restore(tmp_path / "b.db", file, NOW, force=False)
    now = rows(file)

    assert restored.kept is not None
    assert later == rows(restored.kept)
    for told in ("audit", "switches"):
        assert set(before.pop(told)) < set(now.pop(told))
    assert before == now
    assert [] == strays(tmp_path)


def test_who_has_the_database_open_goes_on_with_what_was_restored_and_paused(
    file: Path, sqlite_database: sa.Engine, tmp_path: Path
) -> None:
    back_up(file, tmp_path / "b.db")
    with sqlite_database.connect().execution_options(grapevine_reading=True) as reader:
        with sqlite_database.begin() as connection:
            connection.execute(mentions.update().values(text="later"))
        restore(tmp_path / "b.db", file, NOW, force=False)
        texts = set(reader.scalars(sa.select(mentions.c.text)))
    switch = ReplyStore(sqlite_database).switch()
    with sqlite_database.connect() as connection:
        newest_event = connection.execute(sa.select(audit.c.actor, audit.c.new_status).order_by(audit.c.id.desc())).first()

    assert "later" not in texts
    assert (False, RESTORED_BY) == (switch.on, switch.changed_by)
    assert (RESTORED_BY, "paused") == tuple(newest_event or ())


def test_running_processes_are_in_the_way_unless_a_person_insists(file: Path, sqlite_database: sa.Engine, tmp_path: Path) -> None:
    back_up(file, tmp_path / "b.db")
    with sqlite_database.begin() as connection:
        heartbeat(connection, Executor.here("monitor", "1"))
    before = rows(file)

    with pytest.raises(CommandError, match=r"Processes work on this database: monitor \(pid .* Stop them, or use --force"):
        restore(tmp_path / "b.db", file, NOW, force=False)
    assert before == rows(file)
    assert ROWS == len(restore(tmp_path / "b.db", file, NOW, force=True).rows)
    assert ROWS == len(rows(file)["executors"])


def test_a_database_that_is_gone_is_put_back(file: Path, tmp_path: Path) -> None:
    back_up(file, tmp_path / "b.db")
    restored = restore(tmp_path / "b.db", tmp_path / "new.db", NOW, force=False)

    assert restored.kept is None
    assert rows(file)["mentions"] == rows(tmp_path / "new.db")["mentions"]


def test_a_damaged_database_is_moved_aside_only_if_a_person_insists(file: Path, tmp_path: Path) -> None:
    back_up(file, tmp_path / "b.db")
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)

    with pytest.raises(CommandError, match="damaged, so it cannot say whether processes run"):
        restore(tmp_path / "b.db", broken, NOW, force=False)
    restored = restore(tmp_path / "b.db", broken, NOW, force=True)

    assert restored.kept is not None
    assert b"\xff" * 5000 in restored.kept.read_bytes()
    assert rows(file)["mentions"] == rows(broken)["mentions"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("DROP TABLE audit", "no database of Grapevine"),
        ("UPDATE alembic_version SET version_num = '9999'", "newer than this version"),
        ("DELETE FROM mentions WHERE id = 7", "row.? without what they belong to"),
    ],
)
def test_a_backup_that_is_not_ours_or_not_sound_changes_nothing(file: Path, tmp_path: Path, spoil: str, said: str) -> None:
    back_up(file, tmp_path / "b.db")
    change(tmp_path / "b.db", spoil)
    before = rows(file)

    with pytest.raises(CommandError, match=said):
        restore(tmp_path / "b.db", file, NOW, force=True)
    assert before == rows(file)
    assert [] == strays(tmp_path)


@pytest.mark.parametrize("content", [b"", b"a letter\n" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_changes_nothing(file: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.db").write_bytes(content)
    before = rows(file)

    with pytest.raises(CommandError, match=r"no database of Grapevine|damaged"):
        restore(tmp_path / "b.db", file, NOW, force=True)
    assert before == rows(file)


def test_a_damaged_page_is_found_before_it_becomes_a_backup(file: Path, sqlite_database: sa.Engine, tmp_path: Path) -> None:
    back_up(file, tmp_path / "good.db")
    spoiled = bytearray((tmp_path / "good.db").read_bytes())
    for page in range(20, len(spoiled) // 4096):
        spoiled[page * 4096 : page * 4096 + 200] = b"\xee" * 200
    (tmp_path / "bad.db").write_bytes(spoiled)

    with pytest.raises(CommandError, match="damaged"):
        back_up(tmp_path / "bad.db", tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_wrong_words_are_said(file: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="pg_dump"):
        sqlite_file("postgresql://somebody@localhost/x")
    with pytest.raises(CommandError, match="no file"):
        sqlite_file("sqlite://")
    with pytest.raises(CommandError, match="There is no file"):
        restore(tmp_path / "b.db", file, NOW, force=False)
    with pytest.raises(CommandError, match="the database itself"):
        restore(file, file, NOW, force=True)


def test_the_commands_say_what_they_did_and_what_comes_next(terminal: Terminal) -> None:
    made = terminal.type("monitor", "backup", "b.db")
    again = terminal.type("monitor", "backup", "b.db")
    back = terminal.type("monitor", "restore", "b.db")
    told = terminal.type("monitor", "restore", "b.db", "--json")
    backed_up = terminal.type("monitor", "backup", "c.db", "--json")

    assert (0, f"wrote b.db: 0 mentions, 0 replies, 0 audit events; schema {newest()}; its integrity is proven.\n") == (made.code, made.out)
    assert 2 == again.code
    assert 0 == back.code, back.err
    assert "What stood there before is kept in grapevine.db.before-restore-" in back.out
    assert "responders resume" in back.out
    assert {"file", "schema", "rows", "kept", "erased", "forgot"} == set(told.json) == set(backed_up.json)
    assert "PAUSED" in terminal.type("monitor", "status").out


def test_a_backup_of_an_older_version_is_put_back_and_wants_to_be_migrated(terminal: Terminal) -> None:
    terminal.type("monitor", "backup", "b.db")
    change(terminal.folder / "b.db", "UPDATE alembic_version SET version_num = '0002'")
    back = terminal.type("monitor", "restore", "b.db")

    assert 0 == back.code, back.err
    assert "Run: monitor migrate" in back.out


def rows_in(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def test_what_was_erased_since_a_backup_is_erased_again_when_it_is_put_back(file: Path, sqlite_database: sa.Engine, tmp_path: Path) -> None:
    MonitorStore(sqlite_database).save_import([a_mention("zilvernaald", external_id="gone"), a_mention("stays", external_id="stays")], NOW)
    backup = tmp_path / "backup.db"
    back_up(file, backup)
    with sqlite_database.begin() as connection:
        [number] = connection.scalars(sa.select(mentions.c.id).where(mentions.c.external_id == "gone"))
        erase(connection, [number], Why.ASKED, actor="test", at=NOW)
    wipe(sqlite_database)
    copied = restore(backup, file, NOW, force=True)

    assert (1, False) == (copied.erased, copied.forgot)
    assert b"zilvernaald" in backup.read_bytes()
    assert b"zilvernaald" not in b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    # And it does not come back by a poll either.
    assert 0 == MonitorStore(sqlite_database).save_import([a_mention("zilvernaald", external_id="gone")], NOW).new
    assert [("stays",)] == rows_in(file, "SELECT text FROM mentions WHERE external_id = 'stays'")


def test_a_database_that_cannot_say_what_was_erased_is_told_of(file: Path, sqlite_database: sa.Engine, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    back_up(file, backup)
    change(file, "DROP TABLE erasures")

    assert restore(backup, file, NOW, force=True).forgot

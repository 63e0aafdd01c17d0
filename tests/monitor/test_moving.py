"""Everything of ours goes from one database to another and back, whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import moving
from monitor.command import CommandError
from monitor.domain import ReplyStatus
from monitor.moving import MOVED_BY, Held, move
from monitor.tables import audit, executors, mentions, metadata, open_database, switches
from monitor.workers import Executor, heartbeat
from responders.store import ReplyStore
from tests.builders import NOW
from tests.chain import approve, save_waiting_reply
from tests.filled import ROWS, fill, rows_of
from tests.terminal import Process, Terminal, until


@pytest.fixture
def other(tmp_path: Path, migrated_file: Path) -> Iterator[sa.Engine]:
    """A second migrated SQLite database."""
    path = tmp_path / "other.db"
    shutil.copyfile(migrated_file, path)
    database = open_database(f"sqlite:///{path}")
    yield database
    database.dispose()


def url(database: sa.Engine) -> str:
    return database.url.render_as_string(hide_password=False)


def test_every_row_of_every_table_goes_there_and_back_again(
    sqlite_database: sa.Engine, postgres_database: sa.Engine, other: sa.Engine
) -> None:
    fill(sqlite_database)
    before = rows_of(sqlite_database)
    told: list[tuple[str, int]] = []
    held = move(sqlite_database, postgres_database, NOW, lambda table, rows: told.append((table, rows)))
    there = rows_of(postgres_database)
    back = move(postgres_database, other, NOW)

    assert {table.name for table in metadata.sorted_tables} == set(held)
    assert {ROWS} == {one.rows for one in held.values()}
    assert [(table.name, ROWS) for table in metadata.sorted_tables] == told
    assert before == there
    assert before == rows_of(other)
    assert held == back


def test_many_rows_go_in_batches(sqlite_database: sa.Engine, other: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "BATCH", 2)
    fill(sqlite_database)
    told: list[int] = []
    move(sqlite_database, other, NOW, lambda table, rows: told.append(rows) if table == "mentions" else None)

    assert [2, 3] == told
    assert rows_of(other)["mentions"] == rows_of(sqlite_database)["mentions"]


def test_postgres_counts_on_from_the_highest_number(sqlite_database: sa.Engine, postgres_database: sa.Engine) -> None:
    fill(sqlite_database)
    move(sqlite_database, postgres_database, NOW)
    with postgres_database.begin() as connection:
        event = {"at": NOW, "actor": "Els", "old_status": "", "new_status": "new"}
        added = connection.execute(audit.insert().values(event)).inserted_primary_key

    assert (10,) == tuple(added or ())


def test_an_empty_database_moves_and_counts_from_one(sqlite_database: sa.Engine, postgres_database: sa.Engine) -> None:
    held = move(sqlite_database, postgres_database, NOW)
    with postgres_database.begin() as connection:
        event = {"at": NOW, "actor": "Els", "old_status": "", "new_status": "new"}
        added = connection.execute(audit.insert().values(event)).inserted_primary_key

    assert {Held(0, "0" * 64)} == set(held.values())
    assert (1,) == tuple(added or ())


def test_the_audit_in_its_new_place_still_cannot_be_changed(sqlite_database: sa.Engine, postgres_database: sa.Engine) -> None:
    fill(sqlite_database)
    move(sqlite_database, postgres_database, NOW)

    with pytest.raises(sa.exc.DatabaseError, match="cannot be changed"), postgres_database.begin() as connection:
        connection.execute(audit.update().values(actor="nobody"))


def test_publishing_is_paused_in_the_old_database_alone(database: sa.Engine, other: sa.Engine) -> None:
    move(database, other, NOW)
    with database.connect() as connection:
        off = connection.execute(sa.select(switches.c.on, switches.c.changed_by)).all()
        told = connection.execute(sa.select(audit.c.old_status, audit.c.new_status, audit.c.actor)).all()

    assert [(False, MOVED_BY)] == [tuple(row) for row in off]
    assert [("on", "paused", MOVED_BY)] == [tuple(row) for row in told]
    assert ReplyStore(other).switch().on


def test_a_target_that_is_not_empty_is_left_alone(sqlite_database: sa.Engine, database: sa.Engine, other: sa.Engine) -> None:
    source, target = other, database
    fill(source)
    with target.begin() as connection:
        connection.execute(switches.insert().values(name="publishing", on=False, changed_by="Els", changed_at=NOW, reason=""))
    before, at_source = rows_of(target), rows_of(source)

    with pytest.raises(CommandError, match=r"target is not empty \(switches\). Nothing was moved"):
        move(source, target, NOW)
    assert before == rows_of(target)
    assert at_source == rows_of(source)


def test_a_running_worker_keeps_its_database_where_it_is(database: sa.Engine, other: sa.Engine) -> None:
    with database.begin() as connection:
        heartbeat(connection, Executor.here("responders", "1"))

    with pytest.raises(CommandError, match=r"Processes work on the source: responders \(pid \d+ .* Stop them first"):
        move(database, other, NOW)
    with pytest.raises(CommandError, match="Processes work on the target"):
        move(other, database, NOW)
    assert [] == rows_of(other)["executors"]


def test_a_worker_of_long_ago_is_no_worker(database: sa.Engine, other: sa.Engine) -> None:
    with database.begin() as connection:
        heartbeat(connection, Executor.here("responders", "1"))
        connection.execute(executors.update().values(seen_at=datetime(2026, 1, 1, tzinfo=UTC)))
    move(database, other, NOW)

    assert 1 == len(rows_of(other)["executors"])


def test_what_the_target_cannot_hold_stops_it_with_the_row_named(sqlite_database: sa.Engine, postgres_database: sa.Engine) -> None:
    fill(sqlite_database)
    with sqlite_database.begin() as connection:
        connection.execute(mentions.update().where(mentions.c.id == 8).values(text="a\x00b"))

    with pytest.raises(CommandError, match=r"of mentions, in the 3 rows from 7 on, the target refuses one: .*Nothing was moved"):
        move(sqlite_database, postgres_database, NOW)
    assert {0} == {len(rows) for rows in rows_of(postgres_database).values()}
    assert ReplyStore(sqlite_database).switch().on is True


def test_a_target_that_changes_what_it_is_given_is_found_out(sqlite_database: sa.Engine, other: sa.Engine) -> None:
    fill(sqlite_database)
    with other.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER forges AFTER INSERT ON mentions BEGIN UPDATE mentions SET text = 'other' WHERE id = NEW.id; END"
        )

    with pytest.raises(CommandError, match="The copy is not equal: mentions holds 3 rows in the target and 3 in the source, or others"):
        move(sqlite_database, other, NOW)
    assert {0} == {len(rows) for rows in rows_of(other).values()}


def test_nobody_can_write_in_the_source_while_it_is_copied(database: sa.Engine, other: sa.Engine) -> None:
    fill(database)
    refused: list[str] = []

    def write(table: str, _rows: int) -> None:
        if table != "mentions":
            return
        second = open_database(url(database))
        wait = "PRAGMA busy_timeout=10" if second.dialect.name == "sqlite" else "SET lock_timeout=10"
        try:
            with second.connect().execution_options(grapevine_reading=True) as connection:
                connection.exec_driver_sql(wait)
                connection.execute(switches.delete())
        except sa.exc.OperationalError as error:
            refused.append(str(error.orig))
        finally:
            second.dispose()

    move(database, other, NOW, write)

    assert 1 == len(refused)
    assert "lock" in refused[0]


def test_ctrl_c_leaves_the_target_empty_and_says_so(terminal: Terminal, other: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(moving, "_set_counter", interrupt)
    source = open_database(f"sqlite:///{terminal.folder / 'grapevine.db'}")
    fill(source)
    source.dispose()
    done = terminal.type("monitor", "move-database", "--from", "sqlite:///grapevine.db", "--to", url(other))

    assert (130, "") == (done.code, done.out)
    assert "Nothing was moved" in done.err
    assert {0} == {len(rows) for rows in rows_of(other).values()}


def test_a_kill_at_any_table_leaves_nothing_and_the_next_try_everything(sqlite_database: sa.Engine, postgres_database: sa.Engine) -> None:
    fill(sqlite_database)
    source, target = url(sqlite_database), url(postgres_database)
    for last in (metadata.sorted_tables[0].name, metadata.sorted_tables[-1].name):
        pid = os.fork()
        if pid == 0:

            def die(table: str, _rows: int, last: str = last) -> None:
                if table == last:
                    os.kill(os.getpid(), signal.SIGKILL)

            try:
                move(open_database(source), open_database(target), NOW, die)
            finally:
                os._exit(70)
        _pid, status = os.waitpid(pid, 0)

        assert signal.SIGKILL == os.WTERMSIG(status)
        assert {0} == {len(rows) for rows in rows_of(postgres_database).values()}
    assert ReplyStore(sqlite_database).switch().on
    assert {ROWS} == {held.rows for held in move(sqlite_database, postgres_database, NOW).values()}


def test_the_same_database_twice_and_one_that_is_not_migrated_are_refused(terminal: Terminal, postgres_url: str) -> None:
    here = "sqlite:///grapevine.db"
    same = terminal.type("monitor", "move-database", "--from", here, "--to", here)
    bare = terminal.type("monitor", "move-database", "--from", here, "--to", postgres_url)

    assert (2, "Both URLs are the same database. Nothing was moved.\n") == (same.code, same.err)
    assert 4 == bare.code
    assert "monitor migrate" in bare.err


def test_the_command_tells_each_table_and_no_password(terminal: Terminal, postgres_database: sa.Engine) -> None:
    source = open_database(f"sqlite:///{terminal.folder / 'grapevine.db'}")
    fill(source)
    source.dispose()
    done = terminal.type("monitor", "move-database", "--from", "sqlite:///grapevine.db", "--to", url(postgres_database))

    assert 0 == done.code, done.err
    assert [f"{table.name}: {ROWS} rows, equal" for table in metadata.sorted_tables] == [
        line.partition(" (")[0] for line in done.out.splitlines()[:-1]
    ]
    assert "Publishing is paused in the old database" in done.err


def test_for_scripts_each_table_has_its_count_and_sum(terminal: Terminal, other: sa.Engine) -> None:
    done = terminal.type("monitor", "move-database", "--from", "sqlite:///grapevine.db", "--to", url(other), "--json")

    assert 0 == done.code, done.err
    assert {table.name: {"rows": 0, "digest": "0" * 64} for table in metadata.sorted_tables} == done.json


@pytest.mark.slow
def test_what_was_due_is_found_again_by_the_sweep_of_the_new_database(
    terminal: Terminal, postgres_database: sa.Engine, running: list[Process]
) -> None:
    source = open_database(f"sqlite:///{terminal.folder / 'grapevine.db'}")
    reply = approve(source, save_waiting_reply(source, network="mastodon"))
    # Its job was in the old engine's queue; none of that is moved.
    move(source, postgres_database, NOW)
    source.dispose()
    answers = Terminal(terminal.folder, GRAPEVINE_DATABASE_URL=url(postgres_database)).start("responders", "run")
    running.append(answers)

    def published() -> bool:
        found = ReplyStore(postgres_database).reply(reply.id)
        return found is not None and found.status is ReplyStatus.POSTED

    until(published, f"reply {reply.id} is published: {answers.said}")

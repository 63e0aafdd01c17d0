"""Tests of monitor.watch: who is woken, and when."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.jobs import Outbox
from monitor.tables import READING, switches
from monitor.watch import LOOK, LOOK_AFAR, LOOK_BUSY, Bell, Changes, insist, watch


def waiter(bell: Bell) -> tuple[threading.Thread, list[bool]]:
    """Let a thread wait for the bell, and keep what it was told."""
    told: list[bool] = []
    thread = threading.Thread(target=lambda: told.append(bell.wait(60)))
    thread.start()
    return thread, told


def test_a_new_bell_lets_its_waiter_look_at_once() -> None:
    assert not Bell().wait(60)


def test_a_rung_bell_wakes_its_waiter_without_stopping_it() -> None:
    bell = Bell()
    bell.wait(0)
    thread, told = waiter(bell)
    bell.ring()
    thread.join()

    assert [False] == told


def test_a_set_bell_stops_its_waiter_now_and_later() -> None:
    bell = Bell()
    bell.wait(0)
    thread, told = waiter(bell)
    bell.set()
    thread.join()

    assert [True, True] == [*told, bell.wait(60)]


def test_a_bell_rings_once() -> None:
    bell = Bell()
    bell.ring()
    bell.wait(0)

    assert not bell._rung


def change(database: sa.Engine) -> None:
    with database.begin() as connection:
        connection.execute(sa.delete(switches))
        connection.execute(
            sa.insert(switches).values(name="publishing", on=True, changed_by="Els", changed_at=sa.func.current_timestamp(), reason="")
        )


def test_a_change_by_another_connection_is_seen_once(sqlite_database: sa.Engine) -> None:
    changes = Changes(sqlite_database)
    seen = [changes.any(), changes.any()]
    change(sqlite_database)
    seen += [changes.any(), changes.any()]
    with sqlite_database.connect().execution_options(**READING) as connection:
        connection.execute(sa.select(switches)).all()
    seen.append(changes.any())
    changes.forget()
    seen.append(changes.any())
    changes.forget()

    assert [True, False, True, False, False, True] == seen


def test_postgres_is_always_worth_a_look(postgres_database: sa.Engine) -> None:
    changes = Changes(postgres_database)
    seen = [changes.any(), changes.any()]
    changes.forget()

    assert [True, True] == seen


def watching(database: sa.Engine, bells: dict[str, Bell], pulse: Callable[[], None]) -> tuple[threading.Event, threading.Thread]:
    stopping = threading.Event()
    thread = threading.Thread(target=watch, args=(database, "responders", bells, pulse, stopping))
    thread.start()
    return stopping, thread


def test_only_the_bell_of_a_queue_with_a_ready_job_is_rung(database: sa.Engine) -> None:
    bells = {f"responders/{name}": Bell() for name in ("quick", "slow")}
    for bell in bells.values():
        bell.wait(0)
    with database.begin() as connection:
        Outbox(database, "responders").enqueue(connection, "publish", "quick", key="publish:7")
        Outbox(database, "responders").enqueue(connection, "publish", "queue without a thread", key="publish:8")
        Outbox(database, "monitor").enqueue(connection, "poll", "slow", key="poll:7")
    stopping, thread = watching(database, bells, lambda: None)
    woken = bells["responders/quick"].wait(60)
    quiet = bells["responders/slow"]._rung
    stopping.set()
    thread.join()

    assert (False, False) == (woken, quiet)


class Looks(threading.Event):
    """Notes how long each pause between two looks is to be, and lets none of them last; after six it is time to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0.0)
        return len(self.pauses) > 6


def test_while_a_crowd_waits_for_free_hands_we_look_often_and_in_the_end_seldom_again(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.begin() as connection:
        Outbox(database, "responders").enqueue(connection, "publish", "quick", key="publish:7")
    crowd, stuck = Looks(), Looks()
    monkeypatch.setattr("monitor.watch.STAY_BUSY", timedelta(hours=1))
    watch(database, "responders", {"responders/quick": Bell()}, lambda: None, crowd)
    monkeypatch.setattr("monitor.watch.STAY_BUSY", timedelta())
    watch(database, "responders", {"responders/quick": Bell()}, lambda: None, stuck)
    seldom = LOOK if database.dialect.name == "sqlite" else LOOK_AFAR

    assert [seldom.total_seconds(), *[LOOK_BUSY.total_seconds()] * 6] == crowd.pauses
    assert [seldom.total_seconds()] * 7 == stuck.pauses


def test_the_first_pulse_comes_at_once(sqlite_database: sa.Engine) -> None:
    pulsed = threading.Event()
    stopping, thread = watching(sqlite_database, {}, pulsed.set)
    came = pulsed.wait(60)
    stopping.set()
    thread.join()

    assert came


def test_a_database_that_fails_is_looked_into_again_and_said_so_once(
    sqlite_database: sa.Engine, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.watch.LOOK_LOST", timedelta(seconds=0.01))
    answers = iter([None, sqlite3.OperationalError("disk I/O error"), sa.exc.OperationalError("SELECT 1", None, Exception("locked")), None])
    well = threading.Event()

    def pulse() -> None:
        if error := next(answers, None):
            raise error
        well.set()

    monkeypatch.setattr("monitor.watch.PULSE", timedelta())
    with caplog.at_level(logging.WARNING):
        stopping, thread = watching(sqlite_database, {}, pulse)
        well.wait(60)
        well.clear()
        well.wait(60)
        well.clear()
        well.wait(60)
        stopping.set()
        thread.join()

    assert [
        "the database does not answer (disk I/O error); no job is begun until it does",
        "the database answers again",
    ] == [record.getMessage() for record in caplog.records]


def test_what_the_database_refuses_for_good_is_not_asked_again(sqlite_database: sa.Engine) -> None:
    asked = list[str]()

    def write(connection: sa.Connection, words: str) -> None:
        asked.append(words)
        raise sa.exc.IntegrityError(words, {}, Exception("a key twice"))

    with pytest.raises(sa.exc.IntegrityError):
        insist(sqlite_database, write, "a row")

    assert ["a row"] == asked

"""Tests of monitor.looking: how often the tables are looked at, and what a lost database does to that."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from monitor.looking import LOOK_ANYWAY, LOOK_LOST, keep_looking
from monitor.tables import switches
from tests.builders import NOW


class Time:
    """A monotonic clock that waits by going on; `then` is done at each wait, until none is left."""

    def __init__(self, *then: Callable[[], None]) -> None:
        self.seconds = 0.0
        self.pauses: list[float] = []
        self.then = list(then)

    def monotonic(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> bool:
        self.pauses.append(seconds)
        self.seconds += seconds
        if self.then:
            self.then.pop(0)()
        return not self.then


def nothing() -> None:
    """Let a wait pass."""


def looks(database: sa.Engine, time: Time, answers: Callable[[], bool]) -> list[float]:
    """Keep looking every two seconds; returns when."""
    at: list[float] = []

    def look() -> bool:
        at.append(time.seconds)
        return answers()

    keep_looking(look, time.wait, lambda: 2.0, database, time.monotonic)
    return at


def test_where_nothing_is_written_we_look_now_and_then(sqlite_database: sa.Engine) -> None:
    assert [0.0, LOOK_ANYWAY, 2 * LOOK_ANYWAY] == looks(sqlite_database, Time(*[nothing] * 12), lambda: False)


def test_what_is_written_by_anybody_is_looked_at_next(sqlite_database: sa.Engine) -> None:
    def write() -> None:
        with sqlite_database.begin() as connection:
            connection.execute(sa.insert(switches).values(name="x", on=True, changed_by="Els", changed_at=NOW))

    assert [0.0, 6.0] == looks(sqlite_database, Time(nothing, nothing, write, nothing), lambda: False)


def test_a_look_that_is_not_settled_is_followed_by_the_next(sqlite_database: sa.Engine) -> None:
    unsettled = [True, True, False]

    assert [0.0, 2.0, 4.0] == looks(sqlite_database, Time(*[nothing] * 5), lambda: unsettled.pop(0))


def test_on_postgres_every_look_is_taken(postgres_database: sa.Engine) -> None:
    assert [0.0, 2.0, 4.0] == looks(postgres_database, Time(*[nothing] * 3), lambda: False)


def test_a_database_that_does_not_answer_is_told_once_and_waited_for(sqlite_database: sa.Engine, caplog: pytest.LogCaptureFixture) -> None:
    answers: list[Exception | None] = [sa.exc.OperationalError("", {}, Exception("database is locked"))] * 3 + [None]
    time = Time(*[nothing] * 4)

    def look() -> bool:
        if (answer := answers.pop(0)) is not None:
            raise answer
        return False

    with caplog.at_level(logging.WARNING):
        keep_looking(look, time.wait, lambda: 1.0, sqlite_database, time.monotonic)

    assert [LOOK_LOST] * 3 + [1.0] == time.pauses
    assert 2 == len(caplog.messages)
    assert "in use by another program" in caplog.messages[0]
    assert "It is tried again every 10 seconds." in caplog.messages[0]
    assert "The database answers again; going on where it was." == caplog.messages[1]


def test_another_error_ends_the_watch(sqlite_database: sa.Engine) -> None:
    def look() -> bool:
        raise LookupError("a mistake of ours")

    with pytest.raises(LookupError):
        keep_looking(look, lambda _seconds: True, lambda: 1.0, sqlite_database)

"""A brand's counts are judged by what was heard: of a time in which nobody listened nothing is concluded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.counting import Judged, count_brand
from monitor.domain import SourceHealth
from monitor.incidentbook import IncidentBook
from monitor.spikes import Series
from monitor.waiting import read_cleared, read_dangers, read_waiting
from monitor.watchbook import WatchBook
from tests.builders import a_brand
from tests.monitor.test_alerting import save

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
NOON = START + timedelta(days=4, hours=12)
HOUR = timedelta(hours=1)


def a_source(name: str = "sample", *, failures: int = 0, read_at: datetime | None = None) -> SourceHealth:
    return SourceHealth(name, "waalfiets", "", read_at, None, failures, "it is down" if failures else "", 0)


def busy(database: sa.Engine, since: datetime, until: datetime, kind: str) -> None:
    """Store a mention each five minutes of that time, each read a minute after it was written."""
    count = (until - since) // timedelta(minutes=5)
    save(database, [since + timedelta(minutes=5 * number + 2) for number in range(count)], kind=kind)


def count(database: sa.Engine, at: datetime, *sources: SourceHealth) -> Judged:
    return count_brand(database, a_brand(), sources, at)


def usual(database: sa.Engine) -> float:
    """Return what the detector holds for usual in five minutes, at whatever hour."""
    watch = WatchBook(database).load("waalfiets", Series.ALL)
    assert watch is not None
    averages: Sequence[Sequence[float]] = watch.state()["detector"]["averages"]
    return averages[-1][1]


@pytest.fixture
def listening(database: sa.Engine) -> float:
    """Listen for four days and a half, and return what is usual then."""
    busy(database, START, NOON, "past")
    count(database, NOON, a_source(read_at=NOON))
    return usual(database)


def test_while_a_source_is_down_nothing_is_taken_for_quiet_however_long_it_lasts(database: sa.Engine, listening: float) -> None:
    down = a_source(failures=40, read_at=NOON)
    for hours in range(1, 30):
        count(database, NOON + HOUR * hours, down)

    assert listening == usual(database)


def test_who_restarts_into_an_outage_concludes_nothing_from_it(database: sa.Engine, listening: float) -> None:
    count(database, NOON + HOUR * 9, a_source(failures=1, read_at=NOON))

    assert listening == usual(database)


def test_while_we_stood_still_ourselves_that_nothing_is_held_says_nothing(database: sa.Engine, listening: float) -> None:
    back = NOON + HOUR * 9
    count(database, back, a_source(read_at=back))

    assert listening == usual(database)


def test_what_a_source_still_brought_of_that_time_counts_and_wakes_nobody(database: sa.Engine, listening: float) -> None:
    back = NOON + HOUR * 9
    busy(database, NOON, NOON + HOUR * 6, "caught-up")
    count(database, back, a_source(read_at=back))

    assert listening == pytest.approx(usual(database))
    assert [] == IncidentBook(database).since(START)


def test_what_is_quiet_while_somebody_listens_is_quiet(database: sa.Engine, listening: float) -> None:
    for minutes in range(5, 9 * 60, 5):
        at = NOON + timedelta(minutes=minutes)
        count(database, at, a_source(read_at=at))

    assert usual(database) < listening


def test_one_source_that_is_well_is_enough_to_have_listened(database: sa.Engine, listening: float) -> None:
    for minutes in range(5, 9 * 60, 5):
        at = NOON + timedelta(minutes=minutes)
        count(database, at, a_source("other", failures=9, read_at=NOON), a_source(read_at=at))

    assert usual(database) < listening


def test_a_source_that_was_never_asked_says_nothing_of_what_was_imported(database: sa.Engine) -> None:
    busy(database, START, NOON, "past")
    count(database, NOON, a_source())

    assert 1.0 == pytest.approx(usual(database), abs=0.01)


def test_a_source_that_never_answered_has_not_listened(database: sa.Engine) -> None:
    busy(database, START, NOON, "past")
    count(database, NOON, a_source(failures=3))

    assert 0.0 == usual(database)


def test_no_look_begins_with_all_that_was_ever_said_of_a_brand(sqlite_database: sa.Engine) -> None:
    plans: list[str] = []

    def explain(connection: sa.Connection, _cursor: Any, statement: str, words: Any, _context: Any, _many: bool) -> None:
        if statement.startswith("SELECT"):
            rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", words)
            plans.extend(row[-1] for row in rows)

    sa.event.listen(sqlite_database, "before_cursor_execute", explain)
    book = WatchBook(sqlite_database)
    assert [] == list(book.heard("waalfiets", START, NOON))
    assert [0, 0] == book.by_hour("waalfiets", NOON, 2, negative=True)
    assert ([], []) == (book.said("waalfiets", START, NOON, 9), read_dangers(sqlite_database, "waalfiets", NOON, HOUR))
    assert ([], []) == (read_waiting(sqlite_database, "waalfiets", NOON), read_cleared(sqlite_database, "waalfiets", NOON, "UTC"))

    assert len(plans) > 7
    assert [] == [plan for plan in plans if plan.endswith("ix_mentions_told (brand=?)")]

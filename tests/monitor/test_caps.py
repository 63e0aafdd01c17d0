"""Caps: a source near its cap is read less often, and at its cap only for what was written to us; never dark where it knows how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from monitor import pipeline, schedule
from monitor.contracts import Batch, Cost
from monitor.domain import Brand, Mention
from monitor.matching import compile_brand
from monitor.pipeline import Caps
from monitor.store import MonitorStore
from tests.builders import NOW, a_brand, a_mention

BRAND = a_brand()
EVERY = timedelta(minutes=10)


class Paid:
    """A source whose every read costs a dollar."""

    name = "paid"

    def __init__(self, *, pages: int = 1, found: int = 1) -> None:
        self.pages, self.found, self.reads = pages, found, 0

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        self.reads += 1
        page = int(cursor or 0) + 1
        mentions: Sequence[Mention] = [a_mention(external_id=f"{page}.{n}") for n in range(self.found)]
        return Batch(mentions, str(page), more=page < self.pages, cost=Cost("usd", flat=Decimal(1)))


class Thrift(Paid):
    """One that can keep to what was written to us."""

    only = False

    def only_to_us(self) -> Thrift:
        self.only = True
        return self


def poll(database: sa.Engine, source: Paid, caps: Caps) -> pipeline.Polled:
    return pipeline.poll(MonitorStore(database), source, BRAND, compile_brand(BRAND), EVERY, lambda: NOW, caps=caps)


def wait(database: sa.Engine) -> timedelta:
    at = MonitorStore(database).source_state("paid", BRAND.id).next_poll_at
    assert at is not None
    return at - NOW


def spend(database: sa.Engine, dollars: str) -> None:
    MonitorStore(database).save_cost("paid", "another", Cost("usd", flat=Decimal(dollars)), NOW)


@pytest.mark.parametrize("caps", [Caps(per_day=Decimal(10)), Caps(per_month=Decimal(10)), Caps(Decimal(10), Decimal(1_000))])
def test_from_four_fifths_on_the_interval_grows(sqlite_database: sa.Engine, caps: Caps) -> None:
    poll(sqlite_database, Paid(), caps)
    usual = wait(sqlite_database)
    spend(sqlite_database, "8.1")
    poll(sqlite_database, Paid(found=30), caps)

    assert usual < EVERY * 1.2
    assert EVERY * 4 < wait(sqlite_database)


def test_at_the_cap_only_what_was_written_to_us_is_read(sqlite_database: sa.Engine) -> None:
    spend(sqlite_database, "10")
    source = Thrift()

    polled = poll(sqlite_database, source, Caps(per_day=Decimal(10)))

    assert (True, 1, "") == (source.only, source.reads, polled.error)
    assert EVERY * 8 <= wait(sqlite_database)


def test_at_the_cap_a_source_that_cannot_do_with_less_is_not_read_and_says_so(sqlite_database: sa.Engine) -> None:
    spend(sqlite_database, "10")
    source = Paid()

    polled = poll(sqlite_database, source, Caps(per_month=Decimal(10)))

    assert 0 == source.reads
    assert polled.error.startswith("paid: its cap is reached")
    assert polled.error == MonitorStore(sqlite_database).source_state("paid", BRAND.id).last_error


def test_a_long_poll_stops_when_it_reaches_the_cap_and_goes_on_where_it_was(sqlite_database: sa.Engine) -> None:
    source = Paid(pages=50)

    poll(sqlite_database, source, Caps(per_day=Decimal(5)))

    assert (5, "5") == (source.reads, MonitorStore(sqlite_database).source_state("paid", BRAND.id).cursor)


def test_without_a_cap_nothing_is_held_back(sqlite_database: sa.Engine) -> None:
    spend(sqlite_database, "1000000")
    source = Thrift(pages=20)
    poll(sqlite_database, source, Caps())

    assert (False, 20) == (source.only, source.reads)


def test_thrift_grows_evenly_from_four_fifths_to_the_cap() -> None:
    assert [EVERY, EVERY, EVERY * 8, EVERY * 8] == [schedule.thrifty(EVERY, used) for used in (0, 0.8, 1, 5)]
    assert EVERY < schedule.thrifty(EVERY, 0.85) < schedule.thrifty(EVERY, 0.95)
    assert 0.0 == schedule.share_used([(Decimal(5), None)])
    assert 0.5 == schedule.share_used([(Decimal(5), Decimal(10)), (Decimal(5), Decimal(100))])

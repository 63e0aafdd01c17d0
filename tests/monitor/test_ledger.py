"""The ledger: what is charged once a day is counted once a day, in one transaction with the mentions, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from monitor.contracts import Cost
from monitor.ledger import DayCost, Spent, read_ledger
from monitor.store import MonitorStore
from monitor.tables import charged_reads, costs
from tests.builders import NOW, a_mention

POST = Decimal("0.005")


def cost(*names: str, flat: str = "0") -> Cost:
    return Cost("usd", dict.fromkeys(names, POST), Decimal(flat))


def ledger(database: sa.Engine) -> list[DayCost]:
    with database.connect() as connection:
        return list(read_ledger(connection, date(2000, 1, 1)))


def test_what_was_read_is_charged_once_a_day_by_whichever_source(database: sa.Engine) -> None:
    store = MonitorStore(database)
    store.save_cost("x", "acme", cost("1", "2"), NOW)
    store.save_cost("x too", "other", cost("2", "3"), NOW)
    store.save_cost("x", "acme", cost("1", "2", "3"), NOW)
    store.save_cost("x", "acme", cost("1"), NOW + timedelta(days=1))

    assert [
        DayCost("x", "acme", NOW.date() + timedelta(days=1), "usd", POST, 1),
        DayCost("x", "acme", NOW.date(), "usd", 2 * POST, 2),
        DayCost("x too", "other", NOW.date(), "usd", POST, 1),
    ] == ledger(database)


def test_a_flat_price_is_added_each_time_and_nothing_makes_no_line(database: sa.Engine) -> None:
    store = MonitorStore(database)
    store.save_cost("tube", "acme", Cost("units", flat=Decimal(100)), NOW)
    store.save_cost("tube", "acme", Cost("units", flat=Decimal(1)), NOW)
    store.save_cost("tube", "acme", Cost("units"), NOW + timedelta(days=1))

    assert [DayCost("tube", "acme", NOW.date(), "units", Decimal(101), 2)] == ledger(database)


def test_a_batch_and_its_cost_are_kept_or_lost_together(database: sa.Engine) -> None:
    store = MonitorStore(database)
    # A mention whose time has no zone is refused by the database, and its cost with it.
    wrong = a_mention(posted_at=NOW.replace(tzinfo=None))
    with pytest.raises(sa.exc.StatementError):
        store.save_batch("x", "acme", [wrong], cursor="c", at=NOW, cost=cost("1"))
    store.save_batch("x", "acme", [a_mention()], cursor="c", at=NOW, cost=cost("1"))

    assert [POST] == [line.amount for line in ledger(database)]


def test_spent_is_of_this_day_and_this_month_over_all_brands(database: sa.Engine) -> None:
    store = MonitorStore(database)
    first = NOW.replace(day=15)
    for brand, moment in (("acme", first), ("other", first), ("acme", first - timedelta(days=3)), ("acme", first - timedelta(days=20))):
        store.save_cost("x", brand, Cost("usd", flat=Decimal(1)), moment)

    assert Spent(Decimal(2), Decimal(3)) == store.spent("x", first)
    assert Spent() == store.spent("y", first)


def test_names_of_days_that_are_over_are_forgotten(database: sa.Engine) -> None:
    store = MonitorStore(database)
    for days in range(5):
        store.save_cost("x", "acme", cost("1"), NOW + timedelta(days=days))

    with database.connect() as connection:
        kept = connection.scalars(sa.select(charged_reads.c.day)).all()
        total = connection.scalar(sa.select(sa.func.sum(costs.c.amount)))
    assert {NOW.date() + timedelta(days=3), NOW.date() + timedelta(days=4)} == set(kept)
    assert 25_000 == int(total or 0)

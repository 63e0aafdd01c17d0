"""The ledger's questions to the database: what was charged, written in the caller's own transaction, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.contracts import Cost
from monitor.tables import charged_reads, costs

PARTS = 1_000_000
"""The ledger counts in millionths of a dollar or unit: whole numbers add up exactly on both databases."""
KEEP = timedelta(days=1)
"""So long before today it is known what was charged already; a day that has gone by cannot charge it again."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a source has cost, over all brands, on a day and in its month (UTC)."""

    day: Decimal = Decimal(0)
    month: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class DayCost:
    """One line of the ledger."""

    source: str
    brand: str
    day: date
    unit: str
    amount: Decimal
    reads: int
    """How much was charged for: posts, authors, requests."""


def write_cost(connection: sa.Connection, source: str, brand: str, cost: Cost, at: datetime) -> None:
    """Add a read's cost to the ledger's day; what was charged that day already, by whichever source, is not charged again."""
    insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    day = at.astimezone(UTC).date()
    amount, reads = cost.flat, int(cost.flat > 0)
    if cost.charged:
        connection.execute(sa.delete(charged_reads).where(charged_reads.c.day < day - KEEP))
        statement = insert(charged_reads).on_conflict_do_nothing(index_elements=["day", "name"]).returning(charged_reads.c.name)
        # In one order, so that two writers at once wait for one another and never each for the other.
        new = connection.scalars(statement, [{"day": day, "name": name} for name in sorted(cost.charged)]).all()
        amount += sum((cost.charged[name] for name in new), Decimal(0))
        reads += len(new)
    if not reads:
        return
    row = {"amount": int(amount * PARTS), "reads": reads}
    statement = insert(costs).values(source=source, brand=brand, day=day, unit=cost.unit, **row)
    statement = statement.on_conflict_do_update(
        index_elements=["source", "brand", "day", "unit"], set_={name: costs.c[name] + value for name, value in row.items()}
    )
    connection.execute(statement)


def take(connection: sa.Connection, source: str, unit: str, amount: int, cap: int, at: datetime) -> bool:
    """Charge a whole amount to a day that has a cap, in one statement; False where two processes together would pass it."""
    insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    if amount > cap:
        return False
    key = {"source": source, "brand": "", "day": at.astimezone(UTC).date(), "unit": unit}
    statement = insert(costs).values(**key, amount=amount * PARTS, reads=1)
    statement = statement.on_conflict_do_update(
        index_elements=list(key),
        set_={"amount": costs.c.amount + amount * PARTS, "reads": costs.c.reads + 1},
        where=costs.c.amount + amount * PARTS <= cap * PARTS,
    ).returning(costs.c.amount)
    return connection.scalars(statement).one_or_none() is not None


def settle(connection: sa.Connection, source: str, unit: str, difference: int, at: datetime) -> None:
    """Put right what was taken on the day of `at`, by so much more or less."""
    key = (costs.c.source == source, costs.c.brand == "", costs.c.day == at.astimezone(UTC).date(), costs.c.unit == unit)
    connection.execute(costs.update().where(*key).values(amount=costs.c.amount + difference * PARTS))


def read_spent(connection: sa.Connection, source: str, at: datetime) -> Spent:
    """Return what a source has cost on the day and in the month of `at`."""
    day = at.astimezone(UTC).date()
    query = sa.select(costs.c.day, sa.func.sum(costs.c.amount)).group_by(costs.c.day)
    query = query.where(costs.c.source == source, costs.c.day >= day.replace(day=1), costs.c.day <= day)
    by_day = {row[0]: _amount(row[1]) for row in connection.execute(query)}
    return Spent(by_day.get(day, Decimal(0)), sum(by_day.values(), Decimal(0)))


def read_ledger(connection: sa.Connection, since: date) -> Sequence[DayCost]:
    """Return every line from the day `since` on, the newest day first."""
    columns = [costs.c[name] for name in DayCost.__dataclass_fields__]
    query = sa.select(*columns).where(costs.c.day >= since).order_by(costs.c.day.desc(), costs.c.source, costs.c.brand)
    return [DayCost(row.source, row.brand, row.day, row.unit, _amount(row.amount), row.reads) for row in connection.execute(query)]


def _amount(parts: Any) -> Decimal:
    return Decimal(int(parts)) / PARTS

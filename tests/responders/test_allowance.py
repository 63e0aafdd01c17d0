"""The tokens of a day: charged before anything is asked, never past the cap, also by two processes at once, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.ledger import DayCost, read_ledger
from monitor.tables import open_database
from responders.allowance import SOURCE, Allowance
from tests.builders import NOW


def lines(database: sa.Engine) -> list[DayCost]:
    with database.connect() as connection:
        return list(read_ledger(connection, NOW.date()))


def test_what_was_taken_and_settled_stands_in_the_ledger(database: sa.Engine) -> None:
    allowance = Allowance(lambda: database, 5_000)

    assert [True, True, False, True] == [allowance.take(tokens, NOW) for tokens in (2_000, 2_000, 2_000, 1_000)]
    allowance.settle(2_000, 500, NOW)
    assert [DayCost(SOURCE, "", NOW.date(), "tokens", Decimal(3_500), 3)] == lines(database)
    assert allowance.take(1_500, NOW)
    assert not allowance.take(1, NOW)
    assert allowance.take(5_000, NOW + timedelta(days=1))


def test_more_than_a_day_allows_is_never_taken(database: sa.Engine) -> None:
    assert not Allowance(lambda: database, 1_000).take(1_001, NOW)
    assert [] == lines(database)


def test_many_at_once_stay_under_the_cap_together(database: sa.Engine) -> None:
    allowances = [Allowance(lambda: database, 1_000) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda number: allowances[number % 4].take(150, NOW), range(20)))

    assert 6 == sum(taken)
    assert [Decimal(900)] == [line.amount for line in lines(database)]


def test_without_a_ledger_nothing_may_be_asked(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    empty = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
    allowance = Allowance(lambda: empty, 1_000)
    allowance.settle(100, 50, NOW)

    assert not allowance.take(1, NOW)
    assert "no model is asked" in caplog.text
    assert "keeps an estimate" in caplog.text
    empty.dispose()

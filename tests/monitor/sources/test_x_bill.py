"""X's bill: our ledger says to the cent what the stand-in charges, with pages, two brands, cut lines, restarts and deleted posts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from monitor import pipeline
from monitor.domain import Term
from monitor.matching import compile_brand
from monitor.store import MonitorStore
from tests.builders import a_brand
from tests.fakes.worlds import STAND_IN, World, stand_in
from tests.monitor.sources.proving import build

ACME = a_brand(id="acme", name="Acme", terms=(Term("acme bikes"),), handles=("@acme",))
RIVAL = a_brand(id="rival", name="Rival", terms=(Term("bikes"),), handles=("@rival",))


@pytest.fixture
def world() -> Iterator[World]:
    if not STAND_IN.exists():
        pytest.skip(f"the stand-in for X is not here: {STAND_IN} (set GRAPEVINE_SHARED)")
    with stand_in() as world:
        yield world


def tell(world: World, first: int, count: int) -> None:
    for n in range(first, first + count):
        text = f"acme bikes are late again, day {n}" if n % 2 else f"hey @acme your bikes {n}"
        ago = timedelta(seconds=20_000 - n)
        written = (datetime.now(UTC) - ago).isoformat()
        world.control("post", platform="x", author=f"person{n % 40}", text=text, created_at=written)


def test_the_ledger_equals_the_bill_to_the_cent(world: World, sqlite_database: sa.Engine) -> None:
    store = MonitorStore(sqlite_database)

    def poll_all() -> None:
        for brand, account in ((ACME, "acme"), (RIVAL, "")):
            options = {"api_url": world.url, "allow_private": ("127.0.0.1",), "account": account, "authors": brand is RIVAL}
            source = build("x", {"X_BEARER_TOKEN": "app-token"}, (brand,), **options)
            source.name = f"x of {brand.id}"
            with contextlib.suppress(sa.exc.OperationalError):
                pipeline.poll(store, source, brand, compile_brand(brand), timedelta(minutes=5), lambda: datetime.now(UTC))

    tell(world, 0, 50)
    poll_all()
    tell(world, 50, 330)
    for kind, times in (("drop_after", 2), ("status", 1), ("garbage", 1)):
        world.control("fault", platform="x", path="/2/", kind=kind, times=times)
        poll_all()
    deleted = world.control("posts")["posts"][0]
    world.control("delete", platform="x", id=deleted["id"])
    poll_all()
    poll_all()

    with sqlite_database.connect() as connection:
        ledger = connection.scalar(sa.text("SELECT sum(amount) FROM costs"))
    bill = world.control("bill")
    assert Decimal(str(bill["usd"])) == Decimal(int(ledger or 0)) / 1_000_000
    assert bill["post_reads"] > 300
    # Everything that was said is stored once for each brand, though the line was cut between.
    assert 380 == len(store.mentions(brand="rival", limit=1_000)) == len(store.mentions(brand="acme", limit=1_000))

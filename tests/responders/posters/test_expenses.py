"""What publishing on X costs, in the ledger that `monitor cost` shows, against the bill of a played X."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from monitor.contracts import Unavailable
from monitor.ledger import DayCost, read_ledger
from responders.contracts import Standing
from responders.expenses import Expenses
from tests.fakes.worlds import World
from tests.responders.posters.stages import Stage, caught

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SUMMONED = Decimal("0.010")
"""What the played X takes for a reply to somebody who mentioned us; its price page has one price for all without a link."""
CREATED = Decimal("0.015")


def settled(database: sa.Engine, stage: Stage) -> list[DayCost]:
    Expenses(database).settle({"x": stage.poster, "console": object()}, NOW)  # type: ignore[dict-item]
    with database.connect() as connection:
        return list(read_ledger(connection, NOW.date()))


def test_the_ledger_of_publishing_equals_the_bill(large_world: World, sqlite_database: sa.Engine) -> None:
    large_world.control("reset", again=True)
    stage = Stage("x", large_world)
    plain, linked = stage.reply("Sorry, our fault. ^EK"), stage.reply("Read https://acme.example/locks ^EK")

    for reply in (plain, linked):
        assert Standing.UNCHANGED is stage.poster.standing(reply)
        assert not stage.poster.answered_by(reply, ["acme_help"])
        stage.poster.post(reply)
        assert stage.poster.find(reply) is not None

    [line] = settled(sqlite_database, stage)
    bill = large_world.control("bill")
    assert ("x publishing", plain.mention.mention.brand, "usd") == (line.source, line.brand, line.unit)
    assert (1, 1, 2) == (bill["creates_summoned"], bill["creates_with_url"], bill["post_reads"])
    assert Decimal(str(bill["usd"])) + CREATED - SUMMONED == line.amount
    assert [line] == settled(sqlite_database, stage), "what is in the ledger was charged twice"


def test_a_send_of_which_nobody_knows_what_became_counts_and_a_refused_one_does_not(stage: Stage, sqlite_database: sa.Engine) -> None:
    refused, unclear = stage.reply("One. ^EK"), stage.reply("Two. ^EK")
    stage.fault("status", "/2/tweets$", method="POST", status=403, body={"title": "Forbidden", "detail": "too long", "status": 403})
    caught(lambda: stage.poster.post(refused))
    assert [] == settled(sqlite_database, stage)

    stage.fault("drop_after", "/2/tweets$", method="POST")
    error = caught(lambda: stage.poster.post(unclear))

    assert isinstance(error, Unavailable)
    assert [CREATED] == [line.amount for line in settled(sqlite_database, stage)]


def test_an_answer_of_a_colleague_is_paid_by_the_hit(large_world: World, sqlite_database: sa.Engine) -> None:
    large_world.control("reset", again=True)
    stage = Stage("x", large_world)
    reply = stage.reply()
    mention = reply.mention.mention
    large_world.control("post", platform="x", author="acme_help", text="We are on it", parent_id=mention.external_id)

    assert "acme_help" == stage.poster.answered_by(reply, ["acme_help"])

    assert [Decimal("0.015")] == [line.amount for line in settled(sqlite_database, stage)]


def test_a_ledger_that_cannot_be_written_stops_nothing_and_is_told(
    stage: Stage, sqlite_database: sa.Engine, caplog: pytest.LogCaptureFixture
) -> None:
    stage.poster.post(replace(stage.reply("Sorry. ^EK")))
    with sqlite_database.begin() as connection:
        connection.execute(sa.text("DROP TABLE costs"))

    with caplog.at_level(logging.WARNING):
        Expenses(sqlite_database).settle({"x": stage.poster}, NOW)

    assert ["the ledger cannot be written (OperationalError): x publishing may have cost $0.015 more"] == caplog.messages


@pytest.fixture
def stage(own_world: World) -> Stage:
    return Stage("x", own_world)

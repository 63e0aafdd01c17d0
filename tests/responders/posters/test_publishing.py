"""The whole way of publishing, with the real clients over lines that break: approved once is published once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.domain import Author, Delivery, Draft, ReplyStatus
from responders.attempts import AttemptStore
from responders.pipeline import publish
from responders.store import ReplyStore
from tests.builders import NOW
from tests.chain import LATER, approve, save_queued
from tests.fakes.worlds import World
from tests.responders.posters.stages import NETWORKS, WRITE, Stage


@pytest.fixture(params=NETWORKS)
def stage(request: pytest.FixtureRequest, world: World) -> Stage:
    return Stage(request.param, world)


def test_every_cut_line_in_the_whole_pipeline_leads_to_one_reply(stage: Stage, sqlite_database: sa.Engine) -> None:
    attempts, store = AttemptStore(sqlite_database), ReplyStore(sqlite_database)
    replies = []
    for number in range(8):
        stored = save_queued(sqlite_database, replace(stage.mention(), author=Author(f"rider{number}")))[-1]
        draft = Draft(f"Sorry, number {number}. ^EK", "template", (), "en")
        reply_id = store.save_draft(stored, draft, Delivery.API, "we may", (), approvals_needed=1, at=NOW, expires_at=NOW + LATER)
        waiting = store.reply(reply_id or 0)
        assert waiting is not None
        replies.append(approve(sqlite_database, waiting))
        kind = ("drop_after", "drop_before", "status", "429", "slow", "html")[number % 6]
        more = {"status": 503} if kind == "status" else {"seconds": 0.01} if kind == "slow" else {}
        stage.fault(kind, WRITE[stage.network], method="POST", **more)
    now = datetime.now(UTC)
    for _round in range(10):
        for reply_id in attempts.due(now):
            publish(attempts, {stage.network: stage.build()}, reply_id, "worker", lambda now=now: now)  # type: ignore[misc]
        now += timedelta(minutes=30)

    assert {ReplyStatus.POSTED} == {store.reply(reply.id).status for reply in replies}  # type: ignore[union-attr]
    assert [1] * 8 == [len(stage.stands(reply)) for reply in replies]
    assert not stage.world.control("duplicates")["duplicates"]

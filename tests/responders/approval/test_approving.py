from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from monitor.domain import ReplyStatus
from tests.responders.approval.stage import Stage, on_stage


@pytest.fixture
def stage(sqlite_database: sa.Engine) -> Iterator[Stage]:
    with on_stage(sqlite_database) as built:
        yield built


def test_a_waiting_reply_gets_one_card_and_is_approved_by_a_click(stage: Stage) -> None:
    reply, card = stage.shown()

    stage.slack.click(card, "approve")
    whispered = stage.whispered()
    stage.look()

    assert 1 == len(stage.slack.shown())
    assert ["Goedgekeurd. Het wordt nu geplaatst."] == whispered
    assert ReplyStatus.APPROVED == stage.reply(reply).status
    assert [("Alice", reply.version.sha256)] == [(a.name, a.sha256) for a in stage.reply(reply).approvals]
    assert "Approved by Alice" in str(card.blocks)

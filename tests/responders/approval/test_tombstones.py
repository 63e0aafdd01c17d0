"""What was taken back leaves Slack too: of a card only a tombstone stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.domain import Author, Posted, Reply
from monitor.erasure import Why, erase
from monitor.settings import SourceSettings
from monitor.tables import mentions
from responders.approval.cards import render_card
from responders.attempts import AttemptStore
from tests.chain import approve
from tests.fakes.blockkit import check_blocks, words_of
from tests.responders.approval.stage import Stage, on_stage

NEEDLE = "zilvernaald"
THEIRS: dict[str, Any] = {"author": Author(f"@{NEEDLE}@elders.example", f"Kees {NEEDLE}")}
OURS = f"Sorry about your {NEEDLE}. ^EK"


@pytest.fixture
def stage(sqlite_database: sa.Engine) -> Iterator[Stage]:
    with on_stage(sqlite_database, listen=False) as built:
        yield built


def take_back(stage: Stage, reply: Reply, why: Why = Why.GONE) -> None:
    with stage.responders.database.begin() as connection:
        assert {reply.mention.id} == erase(connection, [reply.mention.id], why, actor="recheck", at=stage.clock()).ids


def in_slack(stage: Stage) -> str:
    return json.dumps([[message.text, message.blocks] for message in stage.slack.messages], ensure_ascii=False)


def test_the_card_of_a_text_that_was_taken_back_says_so_and_nothing_of_the_text(stage: Stage) -> None:
    reply, _ = stage.shown(OURS, **THEIRS)
    before = in_slack(stage)
    take_back(stage, reply)
    stage.look(3)
    card = stage.card(reply)

    assert NEEDLE in before
    assert NEEDLE not in in_slack(stage)
    assert "Deleted or changed by its author" in words_of(card.blocks)
    assert [] == check_blocks(card.blocks)


def test_a_card_that_was_on_its_way_then_becomes_a_tombstone(stage: Stage) -> None:
    reply = stage.ask(OURS, **THEIRS)
    row = stage.book.expect(f"card/{reply.id}", "card", "C0CARDS", stage.clock(), reply_id=reply.id)
    claim = stage.book.claim(row, "dead", stage.clock())
    assert claim is not None
    sheet = stage.side.desk.sheet(reply.id)
    assert sheet is not None
    ts = stage.side.slack.post("C0CARDS", render_card(sheet), claim.key)
    take_back(stage, reply)
    stage.book.sent(claim, ts, stage.clock(), next_at=None)
    stage.look(20)

    assert NEEDLE not in in_slack(stage)


def test_of_an_answer_that_stands_in_public_the_tombstone_keeps_the_address(stage: Stage) -> None:
    reply, _ = stage.shown(OURS, **THEIRS)
    approve(stage.responders.database, reply, "Alice", at=stage.clock())
    claim = AttemptStore(stage.responders.database).claim(reply.id, "w", stage.clock())
    assert claim is not None
    AttemptStore(stage.responders.database).posted(claim, Posted("9", "https://mastodon.example/@us/9", OURS), stage.clock())
    stage.look(3)
    take_back(stage, reply, Why.KEPT)
    stage.look(3)
    card = stage.card(reply)

    assert NEEDLE not in json.dumps([card.text, card.blocks])
    assert "Kept as long as it may be" in words_of(card.blocks)
    assert "https://mastodon.example/@us/9" in json.dumps(card.blocks)


def test_a_card_that_nobody_saw_yet_is_not_sent_any_more(stage: Stage) -> None:
    reply = stage.ask(OURS, **THEIRS)
    take_back(stage, reply)
    stage.look(3)

    assert [] == stage.slack.shown()


def test_a_post_of_x_that_was_not_seen_for_a_day_waits_until_it_is(stage: Stage) -> None:
    stage.responders.settings = replace(
        stage.responders.settings, sources=(SourceSettings("sample", "x", ("waalfiets",), timedelta(minutes=5)),)
    )
    stage.ask(OURS, network="x", at=stage.clock() - timedelta(hours=25))
    stage.look(3)
    before = stage.slack.shown()
    with stage.responders.database.begin() as connection:
        connection.execute(sa.update(mentions).values(checked_at=stage.clock()))
    stage.clock.ahead += timedelta(minutes=1)
    stage.look(3)

    assert ([], 1) == (before, len(stage.slack.shown()))

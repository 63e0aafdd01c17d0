"""What the real Slack sent to other apps, recorded: none of it decides anything here, breaks anything, or is answered with an error."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.domain import ReplyStatus
from responders.approval.clicks import read_click, read_submission
from tests.fakes.worlds import STAND_IN
from tests.responders.approval.stage import Stage, on_stage

RECORDED = STAND_IN.parents[1] / "data" / "recorded" / "slack" / "payloads"
INTERACTIVE = {"block_actions", "view_submission", "view_closed", "shortcut", "message_action", "interactive_message", "dialog_submission"}


@pytest.fixture
def stage(sqlite_database: sa.Engine) -> Iterator[Stage]:
    with on_stage(sqlite_database) as built:
        yield built


def recorded() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each payload with its file's name and how Slack sends it."""
    for path in sorted(RECORDED.glob("*.json")):
        payload = json.loads(path.read_text("utf-8"))
        payload = payload.get("payload", payload) if "envelope_id" in payload else payload
        kind = "slash_commands" if "command" in payload else "events_api" if "event" in payload else "interactive"
        yield path.name, kind, payload


@pytest.mark.skipif(not RECORDED.exists(), reason=f"the recorded payloads are not here: {RECORDED}")
def test_what_slack_really_sends_decides_nothing_and_breaks_nothing(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    reply, card = stage.shown()
    with caplog.at_level(logging.WARNING):
        answers = {name: stage.slack.send(payload, kind)[0] for name, kind, payload in recorded()}
        stage.look(2)
    left = stage.reply(reply)
    stage.slack.click(card, "approve", "U0BOB")
    stage.whispered("U0BOB")

    assert 50 < len(answers)
    # One, of a workflow step as Slack has retired them, its own library cannot read.
    broken = [payload["type"] for name, _, payload in recorded() if answers[name] not in {200, 404}]
    failed = [line for line in caplog.messages if "could not be handled" in line]
    assert (["view_submission"], 1, True) == (broken, len(failed), "KeyError at payload_utils.py" in failed[0])
    assert (ReplyStatus.AWAITING, (), True) == (left.status, left.approvals, stage.responders.store.switch().on)
    assert ([], ReplyStatus.APPROVED) == (stage.slack.pings(), stage.reply(reply).status)


@pytest.mark.skipif(not RECORDED.exists(), reason=f"the recorded payloads are not here: {RECORDED}")
def test_a_real_click_and_a_real_submission_are_read_as_who_did_what() -> None:
    clicks = [(payload, click) for _, _, payload in recorded() if payload.get("type") == "block_actions" and (click := read_click(payload))]
    sent = [
        (payload, one) for _, _, payload in recorded() if payload.get("type") == "view_submission" and (one := read_submission(payload))
    ]

    assert [(payload["user"]["id"], payload["actions"][0]["action_id"]) for payload, _ in clicks] == [
        (click.user, click.action) for _, click in clicks
    ]
    assert [payload["user"]["id"] for payload, _ in sent] == [one.user for _, one in sent]
    assert (True, True) == (bool(clicks), bool(sent))


def test_a_payload_that_slacks_own_library_cannot_read_is_answered_and_said_by_its_kind_alone(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    status, _ = stage.slack.send({"type": "workflow_step_edit", "callback_id": "geheim", "user": {"id": "U0BOB"}})

    assert 500 == status
    assert [line for line in caplog.messages if "could not be handled: KeyError at payload_utils.py" in line]
    assert "geheim" not in caplog.text

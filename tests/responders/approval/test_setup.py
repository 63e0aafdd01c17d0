from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.settings import SlackApprover, SlackBrand
from responders.approval.setup import OPTIONAL, SCOPES, TOKENS, Finding, check, describe_setup, manifest
from responders.approval.slack import Slack
from tests.fakes.slack import FakeSlack, Fault
from tests.responders.approval import stage


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


def findings(fake: FakeSlack, environment: dict[str, str] | None = None, token: str = "xoxb-x", **changes: Any) -> list[Finding]:
    settings = stage.slack_settings(fake, **{"transport": "socket"} | changes)
    environment = stage.TOKENS if environment is None else environment
    return list(check(settings, Slack.connect(token, fake.api_url), environment, lambda: datetime.now(UTC)))


def problems(found: list[Finding]) -> list[str]:
    return [one.sentence for one in found if not one.ok]


def test_the_setup_prints_a_manifest_that_can_be_pasted_and_the_three_steps() -> None:
    said = describe_setup()

    begin, end = said.index("{"), said.rindex("\n}\n") + 2
    assert manifest() == json.loads(said[begin:end])
    assert all(f"\n\n{step}. " in f"\n\n{said}" for step in (1, 2, 3))
    assert all(token in said for token in TOKENS)


def test_the_manifest_asks_for_what_we_use_and_for_socket_mode_unless_told_otherwise() -> None:
    assert [*SCOPES, *OPTIONAL] == manifest()["oauth_config"]["scopes"]["bot"]
    assert manifest()["settings"]["socket_mode_enabled"]
    http = manifest(http_url="https://grapevine.example/slack/events")
    assert not http["settings"]["socket_mode_enabled"]
    urls = [http["settings"]["interactivity"]["request_url"], http["settings"]["event_subscriptions"]["request_url"]]
    assert ["https://grapevine.example/slack/events"] * 3 == [*urls, http["features"]["slash_commands"][0]["url"]]


def test_a_sound_workspace_passes_and_its_test_card_is_gone_again(fake: FakeSlack) -> None:
    found = findings(fake)

    assert [] == problems(found)
    assert ["a test card was posted, found again and removed"] == [one.sentence for one in found if "test card" in one.sentence]
    assert [] == fake.shown()


def test_a_scope_that_need_not_be_there_is_told_of_and_is_no_fault(fake: FakeSlack) -> None:
    fake.scopes = ",".join(SCOPES)
    found = findings(fake)

    assert [] == problems(found)
    assert any("files:write is not there, and need not be" in one.sentence for one in found)


def test_each_thing_that_is_wrong_is_told_with_what_to_do(fake: FakeSlack) -> None:
    fake.scopes = "chat:write,commands"
    fake.channels["C0CRISIS"] = False
    approvers = (SlackApprover("Gone", user="U0GONE"), SlackApprover("empty", group="S0EMPTY", rules=("T5",)))

    told = " | ".join(problems(findings(fake, {}, approvers=approvers, channel="C0WRONG")))

    for said in ("SLACK_APP_TOKEN is missing", "the scope channels:history is missing", "type /invite @grapevine there", "channel C0WRONG"):
        assert said in told
    for said in ("approver Gone: slack: users.info: user_not_found", "approver empty", "fewer than two people", "a test card: slack"):
        assert said in told


def test_a_token_that_opens_nothing_ends_the_check(fake: FakeSlack) -> None:
    found = findings(fake, token="xoxb-x-revoked")

    assert ["SLACK_BOT_TOKEN opens nothing: slack: auth.test: invalid_auth"] == problems(found)


def test_a_wrong_app_token_is_told_by_slacks_word_alone(fake: FakeSlack) -> None:
    found = findings(fake, {**stage.TOKENS, "SLACK_APP_TOKEN": "xoxb-wrong-kind"})

    assert ["SLACK_APP_TOKEN opens no Socket Mode: invalid_auth; it needs connections:write"] == problems(found)


def test_a_card_that_cannot_be_found_again_is_told_before_it_matters(fake: FakeSlack) -> None:
    fake.on_post = lambda posted: posted.metadata.clear()

    assert "not found again by its metadata" in problems(findings(fake))[0]


def test_with_http_the_signing_secret_is_asked_for(fake: FakeSlack) -> None:
    fake.scopes = ""

    found = findings(fake, {}, transport="http")

    assert ["SLACK_SIGNING_SECRET is missing"] == [sentence.split(":")[0] for sentence in problems(found)]
    assert "Slack does not say which scopes there are" in " ".join(one.sentence for one in found)


def test_an_archived_channel_and_a_member_who_left_are_told(fake: FakeSlack) -> None:
    fake._conversations_info = lambda arguments: {"channel": {"name": "old", "is_archived": True}}  # type: ignore[method-assign]
    fake._users_info = lambda arguments: {"user": {"name": "x", "deleted": True}}  # type: ignore[method-assign]

    told = problems(findings(fake))

    assert "#old is archived" in told
    assert "Alice is x, who is gone" in told


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("U0ALICE", ""),
        ("U0NOWHERE", "owner of waalfiets: slack: users.info: user_not_found; a crisis (T12) would call nobody"),
        ("", ""),
    ],
)
def test_whoever_a_crisis_calls_must_be_there(fake: FakeSlack, owner: str, said: str) -> None:
    found = findings(fake, brands=(SlackBrand("waalfiets", owner=owner),))

    assert ([said] if said else []) == problems(found)
    assert bool(owner and not said) is any("a crisis of waalfiets calls" in one.sentence for one in found)


def test_an_owner_who_left_is_told(fake: FakeSlack) -> None:
    fake._users_info = lambda arguments: {"user": {"name": "x", "deleted": arguments["user"] == "U0BOB"}}  # type: ignore[method-assign]
    found = findings(fake, brands=(SlackBrand("waalfiets", owner="U0BOB"),))

    assert "a crisis of waalfiets calls x, who is gone, so nobody" in problems(found)


def test_nobody_home_at_slack_is_told_too(fake: FakeSlack) -> None:
    fake.faults.append(Fault("*", "status", 99))

    assert ["SLACK_BOT_TOKEN opens nothing: slack: auth.test: internal_error"] == problems(findings(fake))

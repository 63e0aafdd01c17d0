"""Slack shows an incident in one message from open to resolved, its course in the thread, once whatever is sent twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.contracts import Curve, Notice, RateLimited, Rejected, Unavailable
from monitor.notifiers import NOTIFIERS
from monitor.notifiers.slack import SlackNotifier
from monitor.notifiers.webhook import open_client
from monitor.settings import NotifierSettings
from monitor.wiring import bare_settings
from tests.fakes.blockkit import check_blocks, elements_of
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.web import WebSite, answer

TOKEN = "xoxb-hidden-token"
CURVE = Curve((0, 2, 1, 40), "The last 4 hours, negative mentions: 40 at most in an hour, 40 in the last.")


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


def a_notifier(slack: FakeSlack, **changes: Any) -> SlackNotifier:
    given = {"token": TOKEN, "channel": "C0CRISIS"} | changes
    client = open_client(5)
    return SlackNotifier("chat", given["token"], given["channel"], client, api_url=slack.api_url, now=lambda: datetime.now(UTC))


def a_notice(number: int, state: str = "open", text: str = "It began at 9:00.\n\nWhat changed\n  120", **changes: Any) -> Notice:
    return Notice(f"incident/7/{number}", "[high] Waalfiets: 120", text, brand="w", thread="incident/7", state=state, gravity=2, **changes)


def test_one_message_follows_an_incident_from_open_to_resolved(slack: FakeSlack) -> None:
    notifier = a_notifier(slack)
    notifier.send(a_notice(1))
    notifier.send(a_notice(2, "acknowledged", "Els acknowledged it."))
    notifier.send(a_notice(3, "resolved", "Resolved by Els."))
    [message] = slack.shown("C0CRISIS")
    buttons = [[element["action_id"] for _, element in elements_of(version)] for version in message.versions]

    assert ["Els acknowledged it.", "Resolved by Els."] == [reply.text for reply in slack.shown("C0CRISIS", thread=True)]
    assert ["🔴", "🟡", "🟢"] == [version[0]["text"]["text"][0] for version in message.versions]
    assert {"incident_acknowledge", "incident_silence", "incident_resolve", "incident_pause"} <= {*buttons[0]}
    assert [] == buttons[2]
    assert all(check_blocks(version) == [] for version in message.versions)


def test_what_wakes_anew_is_shown_in_the_channel_as_well_and_what_only_goes_on_is_not(slack: FakeSlack) -> None:
    notifier = a_notifier(slack)
    notifier.send(a_notice(1, wakes=True))
    notifier.send(a_notice(2, "acknowledged", "Els acknowledged it."))
    notifier.send(a_notice(3, text="It rose at 9:40.\n\nWhat changed", wakes=True))
    taken, rose = slack.shown("C0CRISIS", thread=True)

    assert (False, True) == (taken.broadcast, rose.broadcast)
    assert "[high] Waalfiets: 120\nIt rose at 9:40." == rose.text
    assert [False] == [message.broadcast for message in slack.shown("C0CRISIS")]


def drawn(slack: FakeSlack) -> list[dict[str, Any]]:
    return [file for reply in slack.shown("C0CRISIS", thread=True) for file in reply.files]


def test_the_curve_is_shown_as_a_picture_in_the_thread_once(slack: FakeSlack) -> None:
    for _ in range(2):
        a_notifier(slack).send(a_notice(1, curve=CURVE))
    a_notifier(slack).send(a_notice(2, "acknowledged", "Els acknowledged it."))
    [file], [message] = drawn(slack), slack.shown("C0CRISIS")
    [shared] = [reply for reply in slack.shown("C0CRISIS", thread=True) if reply.files]

    assert ("incident-7-1.png", CURVE.said, CURVE.said) == (file["name"], file["title"], file["alt_txt"])
    assert file["content"].startswith(b"\x89PNG")
    assert message.ts == shared.thread_ts


def test_a_page_that_was_sent_and_not_recorded_gets_its_picture_all_the_same(slack: FakeSlack) -> None:
    a_notifier(slack).send(a_notice(1))
    a_notifier(slack).send(a_notice(1, curve=CURVE))

    assert 1 == len(drawn(slack))


def test_without_the_scope_the_page_comes_without_a_picture_and_nobody_asks_again(slack: FakeSlack) -> None:
    slack.scopes = slack.scopes.replace(",files:write", "")
    notifier = a_notifier(slack)
    notifier.send(a_notice(1, curve=CURVE))
    notifier.send(a_notice(2, curve=CURVE, wakes=True))

    assert [] == drawn(slack)
    assert 1 == len(slack.shown("C0CRISIS"))
    assert 1 == len(slack.called("files.getUploadURLExternal"))


@pytest.mark.parametrize("fault", [Fault("files.getUploadURLExternal", "status"), Fault("files.completeUploadExternal", "drop_before")])
def test_a_picture_that_does_not_get_there_keeps_no_page_from_being_told(
    slack: FakeSlack, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    slack.faults.append(fault)
    caplog.set_level("DEBUG")
    a_notifier(slack).send(a_notice(1, curve=CURVE))

    assert [] == drawn(slack)
    assert 1 == len(slack.shown("C0CRISIS"))
    assert "is not shown" in caplog.text
    assert TOKEN not in caplog.text


QUOTING = "It began.\n\nMost said\n  “The lock broke”\n    mastodon https://a.example/1\n  “No bike”\n    reddit\n\nWhat waits\n  2"


def sections(slack: FakeSlack) -> list[str]:
    [message] = slack.shown("C0CRISIS")
    return [block["text"]["text"] for block in message.versions[-1] if block["type"] == "section"]


def test_a_quote_that_its_author_took_back_is_taken_out_of_the_message_once(slack: FakeSlack) -> None:
    notifier, began = a_notifier(slack), datetime.now(UTC)
    notifier.send(a_notice(1, text=QUOTING, quoted=(41, 42)))
    before = sections(slack)
    for _ in range(2):
        notifier.strike("incident/7", 41, "w", began)
    after = sections(slack)
    notifier.strike("incident/8", 41, "w", began)

    assert ["It began.\n\nMost said", "  “The lock broke”\n    mastodon https://a.example/1", "  “No bike”\n    reddit"] == before[:3]
    assert [before[0], "(taken back by its author)", *before[2:]] == after
    assert 1 == len(slack.called("chat.update"))
    [message] = slack.shown("C0CRISIS")
    assert [] == check_blocks(message.versions[-1])
    assert "[high] Waalfiets: 120" == message.text
    assert {"incident_acknowledge"} <= {element["action_id"] for _, element in elements_of(message.versions[-1])}


def test_a_message_that_was_changed_since_and_quotes_nobody_is_left_alone(slack: FakeSlack) -> None:
    notifier = a_notifier(slack)
    notifier.send(a_notice(1, text=QUOTING, quoted=(41, 42)))
    notifier.send(a_notice(2, "acknowledged", "Els acknowledged it."))
    notifier.strike("incident/7", 41, "w", datetime.now(UTC))

    assert 1 == len(slack.called("chat.update"))
    assert ["Els acknowledged it."] == sections(slack)


def test_what_is_sent_twice_stands_there_once(slack: FakeSlack) -> None:
    for _ in range(2):
        a_notifier(slack).send(a_notice(1))
        a_notifier(slack).send(a_notice(2, "resolved", "Resolved."))

    assert (1, 1) == (len(slack.shown("C0CRISIS")), len(slack.shown("C0CRISIS", thread=True)))


def test_what_comes_late_goes_into_the_thread_and_changes_nothing_of_what_the_message_says(slack: FakeSlack) -> None:
    notifier = a_notifier(slack)
    notifier.send(a_notice(1))
    notifier.send(a_notice(3, text="It has grown.", wakes=True))
    notifier.send(a_notice(2, "acknowledged", "Els acknowledged it."))
    [message] = slack.shown("C0CRISIS")

    assert "🔴" == message.versions[-1][0]["text"]["text"][0]
    assert ["It has grown.", "Els acknowledged it."] == [reply.text.splitlines()[-1] for reply in slack.shown("C0CRISIS", thread=True)]
    assert 1 == len(slack.called("chat.update"))


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
def test_an_answer_that_is_lost_doubles_nothing(slack: FakeSlack, method: str) -> None:
    notifier = a_notifier(slack)
    if method == "chat.update":
        notifier.send(a_notice(1))
    slack.faults.append(Fault(method, "drop_after"))
    notice = a_notice(1) if method == "chat.postMessage" else a_notice(2, "resolved", "Resolved.")
    with pytest.raises(Unavailable):
        notifier.send(notice)
    notifier.send(notice)
    [message] = slack.shown("C0CRISIS")

    assert len(slack.shown("C0CRISIS", thread=True)) == (method == "chat.update")
    assert ("🟢" if method == "chat.update" else "🔴") == message.versions[-1][0]["text"]["text"][0]


def test_what_strangers_wrote_is_no_markup_and_calls_nobody(slack: FakeSlack) -> None:
    notifier = a_notifier(slack)
    notifier.send(a_notice(1, text="<!channel> *bold* <https://evil.example|here> " + "x" * 9_000))
    notifier.send(a_notice(2, text="<!here> & <@U0ALICE>"))
    [message], [reply] = slack.shown("C0CRISIS"), slack.shown("C0CRISIS", thread=True)

    assert {"plain_text"} == {block["text"]["type"] for block in message.versions[0] if "text" in block}
    assert "&lt;!here&gt; &amp; &lt;@U0ALICE&gt;" == reply.text
    assert [] == slack.pings()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("*", "status", status=500), Unavailable),
        (Fault("*", "status", status=429), RateLimited),
        (Fault("*", "error", error="internal_error"), Unavailable),
        (Fault("*", "error", error="ratelimited"), RateLimited),
        (Fault("*", "error", error="channel_not_found"), Rejected),
        (Fault("*", "drop_before"), Unavailable),
    ],
)
def test_what_slack_says_is_one_of_our_errors_without_a_secret(slack: FakeSlack, fault: Fault, error: type[Exception]) -> None:
    slack.faults.append(fault)
    with pytest.raises(error, match=r"^chat: ") as told:
        a_notifier(slack).send(a_notice(1))

    assert TOKEN not in str(told.value)


def test_an_answer_that_is_no_json_is_unavailable() -> None:
    with WebSite(everywhere=answer("<html>")) as site, pytest.raises(Unavailable):
        SlackNotifier("chat", TOKEN, "C0", open_client(5), api_url=site.url(""), now=lambda: datetime.now(UTC)).send(a_notice(1))


def test_a_list_is_no_answer_of_slack() -> None:
    with WebSite(everywhere=answer("[]")) as site, pytest.raises(Rejected):
        SlackNotifier("chat", TOKEN, "C0", open_client(5), api_url=site.url(""), now=lambda: datetime.now(UTC)).send(a_notice(1))


def test_token_and_address_that_cannot_be_right_are_told_at_the_start(slack: FakeSlack) -> None:
    with pytest.raises(Rejected, match="token"):
        a_notifier(slack, token="")
    with pytest.raises(Rejected, match="https"):
        SlackNotifier("chat", TOKEN, "C0", open_client(5), api_url="http://example.org", now=lambda: datetime.now(UTC))


def test_a_summary_stands_for_itself_and_has_no_buttons(slack: FakeSlack) -> None:
    a_notifier(slack).send(Notice("pages/2026-03-02T09", "3 more pages", "", gravity=2))
    [message] = slack.shown("C0CRISIS")

    assert [] == list(elements_of(message.versions[0]))


def test_it_is_built_from_the_settings(slack: FakeSlack) -> None:
    adapter = NOTIFIERS["slack"]
    options = {name: option.default for name, option in adapter.options.items()} | {"channel": "C0CRISIS", "api_url": slack.api_url}
    settings = replace(bare_settings(), environment={"SLACK_BOT_TOKEN": TOKEN})
    adapter.load().from_settings(NotifierSettings("chat", "slack", options), settings).send(a_notice(1))

    assert 1 == len(slack.shown("C0CRISIS"))

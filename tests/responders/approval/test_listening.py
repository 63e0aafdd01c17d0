from __future__ import annotations

import logging
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import ReplyStatus
from responders import asking
from responders.approval.home import render_line
from responders.approval.listening import LINES, MOST_BYTES, Tokens
from responders.approval.slack import Slack
from responders.contracts import NotSent
from responders.slackbook import SlackBook
from tests.fakes.blockkit import words_of
from tests.fakes.slack import FakeSlack, Fault
from tests.responders.approval.stage import TOKENS, Clock, Stage, build_responders, on_stage, slack_settings, wait_until


@pytest.fixture
def stage(sqlite_database: sa.Engine) -> Iterator[Stage]:
    with on_stage(sqlite_database) as built:
        yield built


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        yield slack


# Socket Mode


def test_through_socket_mode_clicks_arrive_and_after_a_cut_again(sqlite_database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("responders.approval.listening.PING_EVERY", 0.2)
    with on_stage(sqlite_database, transport="socket") as stage:
        first, card = stage.shown()
        stage.slack.click(card, "approve", "U0BOB")
        stage.whispered("U0BOB")
        stage.slack.drop_sockets()
        wait_until(lambda: stage.slack.connected and len(stage.slack.called("apps.connections.open")) > LINES)
        second, card = stage.shown()
        stage.slack.click(card, "reject", "U0BOB")
        stage.opened()
        stage.slack.submit({"rule": "T3"}, "U0BOB")

        assert (ReplyStatus.APPROVED, ReplyStatus.REJECTED) == (stage.reply(first).status, stage.reply(second).status)


def test_where_one_line_is_cut_clicks_come_by_the_other_at_once(sqlite_database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    # So that nothing is opened anew while this test lasts.
    monkeypatch.setattr("responders.approval.listening.PING_EVERY", 600.0)
    with on_stage(sqlite_database, transport="socket") as stage:
        reply, card = stage.shown()
        lines = stage.slack.lines
        stage.slack.drop_sockets(most=1)
        wait_until(lambda: stage.slack.lines == 1)
        stage.slack.click(card, "approve", "U0BOB")

        assert (LINES, LINES) == (lines, len(stage.slack.called("apps.connections.open")))
        assert ReplyStatus.APPROVED == stage.reply(reply).status


@pytest.fixture
def cut_stage(sqlite_database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr("responders.approval.listening.PING_EVERY", 0.2)
    with on_stage(sqlite_database, transport="socket") as built:
        built.slack.patience = 1.0
        yield built


def test_a_click_that_nobody_acted_on_is_not_acknowledged_so_that_slack_shows_an_error_and_the_next_one_counts(cut_stage: Stage) -> None:
    """Slack sends a click once and to nobody else; it shows a warning beside the button where no answer comes within three seconds."""
    reply, card = cut_stage.shown()
    sheet = cut_stage.side.desk.sheet
    cut_stage.side.desk.sheet = lambda *_: 1 / 0  # type: ignore[method-assign,assignment]
    with pytest.raises(TimeoutError):
        cut_stage.slack.click(card, "approve", "U0BOB")
    cut_stage.side.desk.sheet = sheet  # type: ignore[method-assign]
    before = cut_stage.reply(reply).status
    cut_stage.slack.patience = 20.0
    cut_stage.slack.click(card, "approve", "U0BOB")

    assert (ReplyStatus.AWAITING, ReplyStatus.APPROVED) == (before, cut_stage.reply(reply).status)


def test_a_click_whose_acknowledgement_is_lost_was_acted_on_once_and_the_card_says_so(cut_stage: Stage) -> None:
    reply, card = cut_stage.shown()
    approve = cut_stage.side.desk.approve

    def approve_and_lose_the_line(*given: Any, **how: Any) -> Any:
        outcome = approve(*given, **how)
        cut_stage.slack.drop_sockets()
        return outcome

    cut_stage.side.desk.approve = approve_and_lose_the_line  # type: ignore[method-assign]
    with pytest.raises(TimeoutError):
        cut_stage.slack.click(card, "approve", "U0BOB")
    wait_until(lambda: cut_stage.slack.connected and len(cut_stage.slack.called("apps.connections.open")) > LINES)
    cut_stage.look(2)
    cut_stage.slack.patience = 20.0
    cut_stage.slack.click(card, "approve", "U0BOB", version=0)

    assert 1 == len(cut_stage.reply(reply).approvals)
    assert "Bob" in words_of(cut_stage.card(reply).blocks)
    with pytest.raises(LookupError):
        cut_stage.slack.click(card, "approve", "U0BOB")
    assert "approved" in cut_stage.whispered("U0BOB", 2)[-1]


def test_where_slack_cannot_be_reached_at_the_start_it_is_tried_again(
    sqlite_database: sa.Engine, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("responders.approval.listening._WAIT", (0.01,))
    fake.faults += [Fault("auth.test", "error", error="account_inactive"), Fault("apps.connections.open", "error", error="internal_error")]
    settings = slack_settings(fake, transport="socket")

    handle = asking.start(build_responders(sqlite_database, settings))
    assert handle is not None
    assert handle.side.listener.connected.wait(20)
    handle.stop()

    assert "Slack cannot be reached" in caplog.text
    assert 2 == caplog.text.count("the next try is in")


def test_the_whole_side_starts_sends_and_stops(sqlite_database: sa.Engine, fake: FakeSlack) -> None:
    responders = build_responders(sqlite_database, slack_settings(fake))
    side = asking.assemble(responders, slack_settings(fake))
    stage = Stage(fake, responders, side, SlackBook(sqlite_database), Clock())
    stage.ask()

    handle = asking.start(responders)
    assert handle is not None
    wait_until(lambda: len(fake.shown()) == 1)
    handle.stop()

    assert not handle._thread.is_alive()


def test_without_slack_or_its_tokens_nothing_starts_and_the_log_says_what_is_missing(
    sqlite_database: sa.Engine, fake: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    assert asking.start(build_responders(sqlite_database, None)) is None
    responders = build_responders(sqlite_database, slack_settings(fake))
    responders.settings = replace(responders.settings, environment={"SLACK_BOT_TOKEN": "xoxb-x"})

    assert asking.start(responders) is None
    assert "SLACK_SIGNING_SECRET is not set" in caplog.text
    assert ["SLACK_APP_TOKEN"] == asking.missing_tokens(slack_settings(fake, transport="socket"), {"SLACK_BOT_TOKEN": "x"})


# Signed HTTP


@pytest.mark.parametrize(
    "how", [{"secret": "another"}, {"age": 301}, {"age": -330}, {"signed": False}], ids=["bad", "old", "from the future", "missing"]
)
def test_a_request_that_slack_did_not_sign_just_now_decides_nothing(stage: Stage, how: dict[str, object]) -> None:
    reply, card = stage.shown()
    payload = stage.slack.click_payload(card, "approve", "U0BOB")

    status, _ = stage.slack.send(payload, **how)  # type: ignore[arg-type]

    assert 401 == status
    assert ReplyStatus.AWAITING == stage.reply(reply).status


def test_a_replayed_request_within_its_time_decides_once(stage: Stage) -> None:
    reply, card = stage.shown()
    payload = stage.slack.click_payload(card, "approve", "U0BOB")

    for _ in range(3):
        assert 200 == stage.slack.send(payload)[0]
    stage.whispered("U0BOB", 3)

    assert 1 == len(stage.reply(reply).approvals)


def test_oversized_unsized_and_misdirected_requests_are_turned_away(stage: Stage) -> None:
    port = stage.side.listener.port

    def ask(head: str) -> str:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall(f"POST {head}\r\n\r\n".encode())
            return line.recv(200).decode().split("\r\n")[0].split(" ", 2)[1]

    assert "413" == ask(f"/slack/events HTTP/1.0\r\nContent-Length: {MOST_BYTES + 1}")
    assert "411" == ask("/slack/events HTTP/1.0")
    assert "411" == ask("/slack/events HTTP/1.0\r\nContent-Length: -5")
    assert "404" == ask("/elsewhere HTTP/1.0\r\nContent-Length: 0")
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(stage.slack.request_url, timeout=10)
    raised.value.close()
    assert 501 == raised.value.code


def test_a_body_that_is_no_json_is_refused_and_does_no_harm(stage: Stage) -> None:
    reply, card = stage.shown()

    stage.slack.send({"type": "block_actions", "user": "x" * 100_000})
    stage.slack.send({"type": "view_submission"})
    stage.slack.click(card, "approve", "U0BOB")
    stage.whispered("U0BOB")

    assert ReplyStatus.APPROVED == stage.reply(reply).status


def test_an_error_while_answering_is_logged_by_kind_and_place_without_what_was_written(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    _, card = stage.shown()
    stage.side.desk.sheet = lambda *_: 1 / 0  # type: ignore[method-assign,assignment]

    stage.slack.click(card, "approve", "U0BOB")
    wait_until(lambda: "ZeroDivisionError" in caplog.text)

    assert "could not be handled: ZeroDivisionError at test_listening.py:" in caplog.text
    assert "division" not in caplog.text


# The client


def unreachable() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/api/"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(Fault("chat.delete", "status", status=429, retry_after=7), RateLimited), (Fault("chat.delete", "status", status=503), Unavailable),
     (Fault("chat.delete", "error", error="fatal_error"), Unavailable), (Fault("chat.delete", "error", error="is_archived"), Rejected),
     (Fault("chat.delete", "error", error=""), Unavailable), (Fault("chat.delete", "drop_before"), Unavailable)],
)  # fmt: skip
def test_each_answer_of_slack_becomes_the_error_that_says_what_to_do(
    fake: FakeSlack, fault: Fault, kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    fake.faults.append(fault)

    with pytest.raises(kind) as raised:
        Slack.connect(TOKENS["SLACK_BOT_TOKEN"], fake.api_url).delete("C0CARDS", "1.1")

    assert str(raised.value).startswith("slack: chat.delete: ")
    assert 1 == len(fake.called("chat.delete"))
    assert "xoxb" not in str(raised.value) + caplog.text
    if isinstance(raised.value, RateLimited):
        assert 5 < (raised.value.retry_at - datetime.now(UTC)).total_seconds() <= 7


def test_what_one_person_is_told_waits_its_turn_and_is_not_lost(fake: FakeSlack) -> None:
    waited: list[float] = []
    slack = Slack(Slack.connect("xoxb-x", fake.api_url).client, sleep=waited.append)
    fake.faults.append(Fault("chat.postEphemeral", "status", times=2, status=429, retry_after=1))

    slack.whisper("C0CARDS", "U0BOB", "decided before you")

    assert ["decided before you"] == fake.whispers("U0BOB")
    assert 2 == len(waited)
    assert all(0 < seconds <= 1 for seconds in waited)
    fake.faults.append(Fault("chat.postEphemeral", "status", times=9, status=429, retry_after=1))
    with pytest.raises(Unavailable, match="asked to wait too often"):
        slack.whisper("C0CARDS", "U0BOB", "again")


def test_a_refused_connection_is_known_not_to_have_sent_anything() -> None:
    with pytest.raises(NotSent, match=r"slack: chat\.delete: the connection was refused"):
        Slack.connect("xoxb-x", unreachable()).delete("C0CARDS", "1.1")


def test_our_message_is_found_among_hundreds_and_given_up_only_with_an_error(fake: FakeSlack) -> None:
    slack = Slack.connect("xoxb-x", fake.api_url)
    begin = datetime.now(UTC)
    wanted = slack.post("C0CARDS", render_line("a"), "wanted")
    for number in range(210):
        slack.post("C0CARDS", render_line("b"), f"other/{number}")

    assert wanted == slack.find("C0CARDS", "wanted", begin)
    assert "" == slack.find("C0CARDS", "never sent", begin)
    for _ in range(10 * 200):
        fake.messages.append(replace(fake.messages[-1]))
    with pytest.raises(Unavailable, match="too much was written"):
        slack.find("C0CARDS", "wanted", begin)


def test_a_message_in_a_thread_is_found_in_its_thread(fake: FakeSlack) -> None:
    slack = Slack.connect("xoxb-x", fake.api_url)
    begin = datetime.now(UTC)
    parent = slack.post("C0CARDS", render_line("a"), "card/1")
    line = slack.post("C0CARDS", render_line("b"), "news/1", thread_ts=parent)

    assert line == slack.find("C0CARDS", "news/1", begin, thread_ts=parent)


def test_no_token_is_ever_shown() -> None:
    assert "Tokens(…)" == repr(Tokens("xoxb-secret", "xapp-secret", "secret"))


def test_a_wrong_token_is_said_without_the_token(
    sqlite_database: sa.Engine, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("responders.approval.listening._WAIT", (30.0,))
    responders = build_responders(sqlite_database, slack_settings(fake))
    responders.settings = replace(responders.settings, environment={**TOKENS, "SLACK_BOT_TOKEN": "xoxb-mine-revoked"})

    handle = asking.start(responders)
    assert handle is not None
    wait_until(lambda: "Slack cannot be reached" in caplog.text)
    handle.stop()

    assert not any(token in caplog.text for token in ("xoxb-mine", *TOKENS.values()))


def test_words_are_read_from_blocks() -> None:
    assert "a" in words_of(list(render_line("a").blocks))

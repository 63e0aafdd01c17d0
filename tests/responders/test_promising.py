"""The command `responders promises`, and who is told when a promise falls due or is past due."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from rich.console import Console

from monitor.domain import Approval, Posted, PromiseState
from monitor.settings import SlackBrand
from responders import promising
from responders.decisions import Decisions
from responders.review import render_card
from responders.running import Told
from responders.wiring import Responders
from tests.chain import approve, save_waiting_reply, words_to
from tests.fakes.blockkit import words_of
from tests.responders.approval.stage import on_stage
from tests.responders.steps import ELS
from tests.terminal import Terminal

TEXT = "Sorry, that is our mistake. We will call you within 2 hours. ^EK"
URL = "https://waalfiets.example/status"


def publish(responders: Responders, at: datetime, text: str = TEXT, external_id: str = "1") -> None:
    text = text if external_id == "1" else f"{words_to(external_id)} {text}"
    reply = approve(responders.database, save_waiting_reply(responders.database, text, at=at, external_id=external_id), at=at)
    claim = responders.attempts.claim(reply.id, "w", at)
    assert claim is not None
    assert responders.attempts.posted(claim, Posted("9", "https://social.example.org/9", text), at)


def test_open_promises_are_listed_with_their_moment(terminal: Terminal, responders: Responders) -> None:
    at = datetime.now(UTC)
    none = terminal.type("responders", "promises")
    publish(responders, at)
    publish(responders, at - timedelta(hours=3), external_id="2")
    publish(responders, at, "We zoeken het uit. ^EK", external_id="3")

    listed, due = terminal.type("responders", "promises"), terminal.type("responders", "promises", "--due", "--json").json

    assert "No promise is open.\n" == none.out
    assert ["We will call you within 2 hours." in line for line in listed.out.splitlines()] == [False, True, True, False]
    assert "open overdue" in listed.out.splitlines()[1]
    assert "(no day named; looked at again then)" in listed.out.splitlines()[3]
    assert [2, 1] == [one["id"] for one in due]


def test_a_promise_is_closed_with_a_link(terminal: Terminal, responders: Responders) -> None:
    publish(responders, datetime.now(UTC))

    done = terminal.type("responders", "promises", "close", "1", "--url", URL, "--as", ELS)
    again = terminal.type("responders", "promises", "broken", "1", "--reason", "no", "--as", ELS)
    everything = terminal.type("responders", "promises", "--all", "--json").json

    assert (0, f"Promise 1: kept, see {URL}.\n") == (done.code, done.out)
    assert (1, f"Not done: promise 1 is kept already by {ELS}; nothing was changed.\n") == (again.code, again.err)
    assert [("kept", URL, ELS)] == [(one["state"], one["url"], one["closed_by"]) for one in everything]


def test_a_broken_promise_stands_among_the_broken(terminal: Terminal, responders: Responders) -> None:
    publish(responders, datetime.now(UTC))

    none = terminal.type("responders", "promises", "--broken")
    done = terminal.type("responders", "promises", "broken", "1", "--reason", "wij vergaten het", "--as", ELS, "--json").json
    broken = terminal.type("responders", "promises", "--broken")

    assert "There is none.\n" == none.out
    assert (True, "broken, wij vergaten het") == (done["ok"], done["sentence"])
    assert "We will call you" in broken.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["close"], "Which promise?"),
        (["close", "1", "--url", URL], "Say who you are"),
        (["close", "1", "--as", ELS], "Show where it was kept"),
        (["close", "1", "--as", ELS, "--url", "javascript:alert(1)"], "Show where it was kept"),
        (["close", "1", "--as", ELS, "--url", "https://x example"], "Show where it was kept"),
        (["withdraw", "1", "--as", ELS], "Say why"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_changed(
    words: list[str], said: str, terminal: Terminal, responders: Responders
) -> None:
    publish(responders, datetime.now(UTC))

    done = terminal.type("responders", "promises", *words)

    assert (2, True) == (done.code, done.err.startswith(said))
    assert [PromiseState.OPEN] == [one.state for one in responders.promises.of_state()]


def test_without_slack_what_is_due_is_told_once_and_stands_in_the_summary(responders: Responders) -> None:
    at = datetime.now(UTC)
    publish(responders, at)
    publish(responders, at - timedelta(hours=3), external_id="2")

    first, second = promising.recall(responders, at), promising.recall(responders, at)
    told = Told()
    told.changed(responders)

    assert ["promise 1 of reply 1 falls due", "promise 2 of reply 2 is past due"] == [line.partition(":")[0] for line in first]
    assert [] == second
    assert "2 promises: 1 past due, 1 due within a day. See: responders promises --due" in told.changed(responders)


def test_a_promise_nobody_speaks_of_counts_as_broken_unless_the_clock_jumped(responders: Responders) -> None:
    at = datetime.now(UTC)
    publish(responders, at - timedelta(days=4))

    jumped, steady = promising.recall(responders, at, may_break=False), promising.recall(responders, at)

    assert ["promise 1 of reply 1 is past due"] == [line.partition(":")[0] for line in jumped]
    assert ["promise 1 counts as broken: nobody said that it was kept"] == steady


@pytest.mark.parametrize(("language", "due", "late"), [("en", "falls due at", "past due since"), ("nl", "loopt af op", "verlopen sinds")])
def test_in_slack_it_is_said_in_the_thread_of_its_card_once(language: str, due: str, late: str, sqlite_database: sa.Engine) -> None:
    with on_stage(sqlite_database, listen=False, brands=(SlackBrand("waalfiets", "U0ALICE"),), language=language) as stage:
        reply, card = stage.shown(TEXT)
        assert stage.responders.store.approve(reply.id, Approval("Alice", reply.version.sha256, stage.clock()), ()).ok
        claim = stage.responders.attempts.claim(reply.id, "w", stage.clock())
        assert claim is not None
        stage.responders.attempts.posted(claim, Posted("9", "https://social.example.org/9", TEXT), stage.clock())
        stage.look(2)

        for ahead in (timedelta(), timedelta(hours=3), timedelta(minutes=3)):
            stage.clock.ahead += ahead
            promising.recall(stage.responders, stage.clock())
            stage.look(3)
        stage.responders.promises.close(1, PromiseState.KEPT, "Alice", stage.clock(), url=URL)
        stage.look(3)

        said = [message.text for message in stage.slack.messages if message.thread_ts == card.ts]
        assert 1 == sum(due in line and "within 2 hours" in line for line in said)
        assert ["<@U0ALICE> "] == [line[:11] for line in said if late in line]
        assert 1 == sum(URL in line for line in said)


@pytest.mark.parametrize(("language", "title", "by"), [("en", "This promises", "by "), ("nl", "Dit belooft", "uiterlijk ")])
def test_the_card_in_slack_shows_what_a_text_would_promise(language: str, title: str, by: str, sqlite_database: sa.Engine) -> None:
    with on_stage(sqlite_database, listen=False, language=language) as stage:
        _, card = stage.shown("Sorry, our mistake. We will call you tomorrow before 12:00. We are finding out why. ^EK")

        words = " ".join(words_of(card.blocks).split())

        assert f"{title} We will call you tomorrow before 12:00. {by}" in words
        assert "We are finding out why." in words


def test_the_card_at_the_terminal_shows_what_a_text_would_promise(responders: Responders) -> None:
    reply = save_waiting_reply(
        responders.database, "Sorry. We will call you by 12 March 2027. We zoeken het uit. ^EK", at=datetime.now(UTC)
    )
    console = Console(width=100, file=io.StringIO())

    console.print(render_card(Decisions(responders).card(reply), datetime.now(UTC)))
    screen = console.file.getvalue()  # type: ignore[attr-defined]

    assert "Promises  We will call you by 12 March 2027." in screen
    assert "by Fri 12 Mar 2027 23:59" in screen
    assert "names no day; we look at it again after three days" in screen

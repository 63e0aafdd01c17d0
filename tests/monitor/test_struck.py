"""A quote that Slack shows already leaves its message when its author takes it back: once, whatever is killed or sent just then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor import standing
from monitor.contracts import Notice
from monitor.digest import write
from monitor.domain import Author
from monitor.erasure import Why, erase
from monitor.figures import read_figures
from monitor.noticebook import LEASE, NoticeBook
from monitor.notices import quotes_of, without
from monitor.settings import NotifierSettings
from monitor.store import MonitorStore
from monitor.tables import STRIKE, mentions, notices, sendings
from monitor.telling import Telling
from tests.builders import a_brand, a_mention
from tests.fakes.mail import MailServer
from tests.fakes.slack import FakeSlack, Fault
from tests.monitor.test_alerting import NOON, Clock, a_burst, a_quiet_past, an_alerting, clock, deliver, mail, save
from tests.monitor.test_erasure import NEEDLE

__all__ = ["clock"]  # Fixtures, which tests name.

SAID = f"My {NEEDLE} broke, and nobody of Waalfiets answers me about it."
ROOT = Path(__file__).parents[2]


@pytest.fixture
def slack(clock: Clock) -> Iterator[FakeSlack]:
    with FakeSlack() as slack:

        def now() -> float:
            return clock.at.timestamp()

        slack.clock = now
        yield slack


def chat(slack: FakeSlack) -> NotifierSettings:
    return NotifierSettings("chat", "slack", {"channel": "C0CRISIS", "token_name": "SLACK_BOT_TOKEN", "api_url": slack.api_url})


def a_page(database: sa.Engine, clock: Clock, *ways: NotifierSettings) -> tuple[Telling, int]:
    """Write the page of a burst that quotes a text; returns who tells it, and the text's id."""
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    clock.at += timedelta(minutes=50)
    theirs = a_mention(SAID, author=Author("@kees", "Kees"), posted_at=clock.at)
    MonitorStore(database).save_batch("sample", "waalfiets", [theirs], cursor="c", at=clock.at)
    with database.begin() as connection:
        found = connection.scalars(sa.select(mentions.c.id).where(mentions.c.text == SAID)).one()
        values = {"status": "escalated", "label": "negative", "action": "escalate", "posted_at": clock.at - timedelta(minutes=1)}
        connection.execute(sa.update(mentions).where(mentions.c.id == found).values(**values))
    alert = an_alerting(database, *ways, environment={"SLACK_BOT_TOKEN": "xoxb-hidden"})
    vars(alert.monitor.notifiers["chat"])["_now"] = clock
    alert.count()
    return Telling(alert.monitor), int(found)


def take_back(database: sa.Engine, clock: Clock, mention_id: int) -> None:
    with database.begin() as connection:
        erase(connection, [mention_id], Why.GONE, actor="recheck", at=clock.at)


def tell(mouth: Telling, clock: Clock) -> None:
    for sending in mouth.due(clock.at):
        mouth.tell(sending.key, sending.notifier, sending.recipient, sending.tries)


def shown(slack: FakeSlack) -> str:
    [message] = slack.shown("C0CRISIS")
    return str(message.versions[-1])


def waiting(database: sa.Engine) -> list[str]:
    with database.connect() as connection:
        query = sa.select(sendings.c.notifier).where(sendings.c.notice_key.startswith(STRIKE), sendings.c.state == "waiting")
        return sorted(connection.scalars(query))


def test_a_quote_leaves_the_message_when_its_author_takes_it_back(
    database: sa.Engine, server: MailServer, slack: FakeSlack, clock: Clock
) -> None:
    mouth, theirs = a_page(database, clock, chat(slack), mail(server))
    tell(mouth, clock)
    before, mails = shown(slack), len(server.mails)
    take_back(database, clock, theirs)
    due = waiting(database)
    for _ in range(2):
        tell(mouth, clock)
        take_back(database, clock, theirs)

    assert NEEDLE in before
    assert ["chat", "mail"] == due
    assert NEEDLE not in shown(slack)
    assert "teruggenomen door de schrijver" in shown(slack) or "taken back by its author" in shown(slack)
    assert 1 == len(slack.called("chat.update"))
    # A mail cannot be called back, and none is sent about it.
    assert (mails, []) == (len(server.mails), waiting(database))
    assert [] == NoticeBook(database).troubled(NOON)


def test_a_page_that_waits_while_its_author_takes_it_back_is_sent_without_it(database: sa.Engine, slack: FakeSlack, clock: Clock) -> None:
    slack.faults.append(Fault("*", "status", times=1))
    mouth, theirs = a_page(database, clock, chat(slack))
    tell(mouth, clock)
    take_back(database, clock, theirs)
    for _ in range(3):
        clock.at += LEASE
        tell(mouth, clock)

    assert NEEDLE not in str(slack.calls)
    [message] = slack.shown("C0CRISIS")
    assert "Waalfiets" in message.text
    assert len(slack.called("chat.update")) <= 1
    assert [] == waiting(database)


def test_what_is_being_sent_just_then_is_changed_once_it_stands_there(database: sa.Engine, slack: FakeSlack, clock: Clock) -> None:
    mouth, theirs = a_page(database, clock, chat(slack))
    [sending] = mouth.due(clock.at)
    book = NoticeBook(database)
    taken = book.take(sending, clock.at)
    assert taken is not None
    take_back(database, clock, theirs)
    tell(mouth, clock)
    mouth.monitor.notifiers["chat"].send(taken[0])
    book.record_sent(sending, clock.at)
    between = shown(slack)
    clock.at += 2 * LEASE
    tell(mouth, clock)

    assert NEEDLE in between
    assert NEEDLE not in shown(slack)
    assert 1 == len(slack.called("chat.update"))


def test_words_written_a_moment_after_they_were_taken_back_are_not_sent(
    database: sa.Engine, slack: FakeSlack, server: MailServer, clock: Clock
) -> None:
    mouth, theirs = a_page(database, clock, chat(slack), mail(server))
    with database.connect() as connection:
        old = connection.execute(sa.select(notices).where(notices.c.thread != "")).one()
    take_back(database, clock, theirs)
    with database.begin() as connection:
        # As who composed it before the erasure and wrote it after.
        connection.execute(sa.update(notices).where(notices.c.key == old.key).values(text=old.text, html=old.html))
    tell(mouth, clock)

    assert NEEDLE in old.text
    assert NEEDLE not in shown(slack)
    assert [False] == [NEEDLE in sent.as_string() for _, sent in server.mails]


def test_a_way_that_is_named_no_more_and_a_slack_that_refuses_are_told_apart(database: sa.Engine, slack: FakeSlack, clock: Clock) -> None:
    mouth, theirs = a_page(database, clock, chat(slack))
    tell(mouth, clock)
    take_back(database, clock, theirs)
    slack.faults.append(Fault("chat.update", "error", error="channel_not_found"))
    tell(mouth, clock)
    refused = NoticeBook(database).troubled(NOON)

    assert ["chat"] == [one.notifier for one in refused]
    assert refused[0].key.startswith(STRIKE)


def test_a_quote_that_still_stands_there_is_told_of_in_plain_words(
    database: sa.Engine, slack: FakeSlack, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    mouth, theirs = a_page(database, clock, chat(slack))
    tell(mouth, clock)
    take_back(database, clock, theirs)
    slack.faults.append(Fault("chat.update", "error", error="channel_not_found"))
    tell(mouth, clock)
    standing.show(standing.standing(mouth.monitor), with_rejected=False)
    told = next(line for line in capsys.readouterr().err.splitlines() if "NOT TAKEN OUT" in line)
    figures = read_figures(database, a_brand(), NOON - timedelta(days=1), NOON + timedelta(days=1))
    english, dutch = (" ".join(write([figures], language, NOON).text.split()) for language in ("en", "nl"))

    assert told.startswith(
        f"NOT TAKEN OUT: what the author of mention {theirs} took back may still be quoted in the message of incident 1 by "
    )
    assert told.endswith("Delete that message by hand.")
    assert (1, 0) == (figures.mistakes.unstruck, figures.mistakes.unsent)
    assert "1 quote that its author took back may still stand in a message of ours; see monitor status." in english
    assert "1 aangehaalde tekst die de schrijver terugnam, staat mogelijk nog in een bericht van ons; zie monitor status." in dutch
    assert STRIKE not in told + english + dutch


def test_nobody_is_left_to_change_what_a_way_showed_that_is_named_no_more(database: sa.Engine, slack: FakeSlack, clock: Clock) -> None:
    mouth, theirs = a_page(database, clock, chat(slack))
    tell(mouth, clock)
    take_back(database, clock, theirs)
    deliver(an_alerting(database), clock)

    assert [] == waiting(database)
    assert [] == NoticeBook(database).troubled(NOON)


@pytest.mark.slow
@pytest.mark.parametrize("step", ["taken", "struck", "sent", "told"])
def test_a_process_killed_while_it_takes_a_quote_out_changes_the_message_once(
    sqlite_database: sa.Engine, slack: FakeSlack, clock: Clock, step: str
) -> None:
    mouth, theirs = a_page(sqlite_database, clock, chat(slack))
    tell(mouth, clock)
    take_back(sqlite_database, clock, theirs)
    url = sqlite_database.url.render_as_string(hide_password=False)
    words = [sys.executable, "-m", "tests.monitor.striking_process", url, step, clock.at.isoformat(), slack.api_url]
    done = subprocess.run(
        words, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120, check=False
    )
    clock.at += LEASE
    tell(mouth, clock)

    assert -9 == done.returncode, done.stderr
    assert NEEDLE not in shown(slack)
    assert 1 == len(slack.called("chat.update"))
    assert [] == waiting(sqlite_database)


TEXT = "It began.\n\nMost said\n  “One”\n    a https://a.example\n  “Two”\n    b\n\nWhat waits\n  “none"


def test_a_page_is_told_apart_into_its_quotes_and_what_stands_between() -> None:
    parts = quotes_of(TEXT, (7, 9))

    assert [0, 7, 9, 0] == [number for number, _ in parts]
    assert TEXT == "\n".join(part for _, part in parts)
    assert [(0, TEXT)] == quotes_of(TEXT, ())
    assert [] == quotes_of("", (7,))


def test_only_what_was_taken_back_leaves_a_page() -> None:
    page = Notice("incident/1/1", "t", TEXT, "<p>One</p>", quoted=(7, 9))
    left = without(page, {9})

    assert ("  “One”" in left.text, "Two" in left.text, left.html) == (True, False, "")
    assert page == without(page, {8})
    assert replace(page, quoted=()) == without(replace(page, quoted=()), {7})

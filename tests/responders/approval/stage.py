"""Puts the real Slack side on a real database before a Slack on loopback, and lets a test turn the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import sqlalchemy as sa

from monitor.domain import Delivery, Draft, Fact, History, Reply, Triage
from monitor.settings import Approver, Settings, SlackApprover, SlackBrand, SlackSettings
from responders import policy
from responders.asking import Side, assemble
from responders.slackbook import SlackBook
from responders.wiring import Responders
from tests.builders import a_brand, a_fact, a_mention, a_stored_mention, a_triage
from tests.chain import LATER, save_queued
from tests.fakes.slack import SECRET, FakeSlack
from tests.fakes.slackweb import Posted

ALICE = SlackApprover("Alice", user="U0ALICE", may_pause=True)
BOB = SlackApprover("Bob", user="U0BOB")
TEAM = SlackApprover("the web team", group="S0TEAM")
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-not-a-real-one", "SLACK_APP_TOKEN": "xapp-not-a-real-one", "SLACK_SIGNING_SECRET": SECRET}


TEXT = "Sorry: our locks did not open. That is our mistake. ^EK"


class Clock:
    """The real time and what a test adds to it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Stage:
    """Everything a test of the Slack side touches."""

    slack: FakeSlack
    responders: Responders
    side: Side
    book: SlackBook
    clock: Clock

    def ask(self, text: str = TEXT, *, triage: Triage | None = None, facts: tuple[Fact, ...] = (), **how: Any) -> Reply:
        """Store a mention and a reply to it that awaits a person; the fields of the mention may be given too."""
        self._mentions += 1
        how = {"external_id": f"m{self._mentions}"} | how
        of_draft = {name: how.pop(name) for name in ("delivery", "objections", "approvals_needed", "expires_at") if name in how}
        at, database = how.pop("at", self.clock()), self.responders.database
        stored = save_queued(database, a_mention(**how), triage=triage, at=at)[-1]
        kept = {"approvals_needed": 1, "at": at, "expires_at": at + LATER} | of_draft
        delivery, objections = kept.pop("delivery", Delivery.API), kept.pop("objections", ())
        draft = Draft(text, "template", facts, "en")
        reply_id = self.responders.store.save_draft(stored, draft, delivery, "we may answer here", objections, **kept)
        assert reply_id is not None
        reply = self.responders.store.reply(reply_id)
        assert reply is not None
        return reply

    def look(self, times: int = 1) -> None:
        """Let the keeper look so often, each time past its pace."""
        for _ in range(times):
            self.side.keeper.look()
            self.clock.ahead += timedelta(seconds=6)

    def card(self, reply: Reply) -> Posted:
        """Return the card of a reply as it stands in Slack."""
        row = self.book.message(f"card/{reply.id}")
        assert row is not None
        return next(message for message in self.slack.messages if message.ts == row.ts)

    def reply(self, reply: Reply) -> Reply:
        found = self.responders.store.reply(reply.id)
        assert found is not None
        return found

    def shown(self, text: str = TEXT, **how: Any) -> tuple[Reply, Posted]:
        """Ask, and return the reply with its card."""
        reply = self.ask(text, **how)
        self.look(2)
        return reply, self.card(reply)

    def whispered(self, user: str = "U0ALICE", number: int = 1) -> list[str]:
        """Wait until a person was told so many things, and return them: an answer may come after the acknowledgement."""
        wait_until(lambda: len(self.slack.whispers(user)) >= number)
        return self.slack.whispers(user)

    def opened(self) -> dict[str, Any]:
        """Wait until a modal was opened that none has seen yet, and return it."""
        wait_until(lambda: len(self.slack.views) > self._seen)
        self._seen = len(self.slack.views)
        return self.slack.modal()

    _seen: int = 0
    _mentions: int = 0


def wait_until(happens: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    end = monotonic() + 20
    while not happens():
        assert monotonic() < end, "it did not happen"
        sleep(0.01)


def slack_settings(fake: FakeSlack, **changes: Any) -> SlackSettings:
    settings = SlackSettings("C0CARDS", "C0CRISIS", transport="http", port=0, api_url=fake.api_url, approvers=(ALICE, BOB, TEAM))
    return replace(settings, **{"brands": (HARDLY_EVER,)} | changes)


def build_responders(
    database: sa.Engine, slack: SlackSettings | None, *, approvers: tuple[Approver, ...] = (), **changes: Any
) -> Responders:
    settings = Settings(
        Path(), "", (a_brand(),), (), (), {}, (a_fact(),), {}, approvers=approvers, slack=slack, environment=TOKENS, **changes
    )
    responders = Responders(settings)
    responders.__dict__ |= {"database": database, "drafters": []}
    return responders


@cache
def _rehearse() -> None:
    # As `responders run` does at its start: the first text to be judged takes seconds where many tests run, and Slack waits for three.
    policy.review(TEXT, a_stored_mention(), a_brand(), (a_fact(),), History(), datetime.now(UTC))


@contextmanager
def on_stage(database: sa.Engine, *, listen: bool = True, approvers: tuple[Approver, ...] = (), **changes: Any) -> Iterator[Stage]:
    """Give a stage; with `listen` its clicks arrive by HTTP, which stops sooner, or through Socket Mode where a test asks for that."""
    with FakeSlack() as fake:
        settings = slack_settings(fake, **changes)
        responders, clock = build_responders(database, settings, approvers=approvers), Clock()
        side = assemble(responders, settings, clock, worker="here-1")
        if listen:
            _rehearse()
            side.listener.start()
            assert side.listener.connected.wait(20)
            if settings.transport == "http":
                fake.request_url = f"http://127.0.0.1:{side.listener.port}/slack/events"
            else:
                wait_until(lambda: fake.connected)
        try:
            yield Stage(fake, responders, side, SlackBook(database), clock)
        finally:
            if listen:
                side.listener.stop()


CRISIS = a_triage(rules=("T12", "T5"), why="Somebody was hurt.")
ALWAYS = SlackBrand("waalfiets", "U0ALICE", tuple(range(7)), (time(0), time(23, 59)))
"""A brand whose people are there at any hour."""
HARDLY_EVER = SlackBrand("waalfiets", working_hours=(time(3), time(3, 1)))
"""And one whose people are recalled of nothing, at whatever hour the tests run: half an hour of work takes a month."""

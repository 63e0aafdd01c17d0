"""What a person presses on a page in Slack happens: the responders hear it, the monitor acts on it, and the message follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor import alerting, standing, storybook, telling
from monitor.alerting import Alerting
from monitor.domain import Cause, Gravity, Happening, IncidentStatus
from monitor.settings import NotifierSettings, OnCallSettings, SlackApprover
from monitor.tables import presses, stories, story_mentions
from monitor.telling import Telling
from monitor.wiring import Monitor, bare_settings
from responders.approval.pages import Pages
from tests.builders import a_brand, a_mention
from tests.chain import save_queued
from tests.fakes.blockkit import elements_of, words_of
from tests.fakes.slackweb import Posted
from tests.responders.approval.stage import ALICE, BOB, TOKENS, Stage, on_stage, wait_until

ELSEWHERE = SlackApprover("Dirk", user="U0DIRK", brands=("another",), may_pause=True)
CHANNEL = "C0CRISIS"


@dataclass
class World:
    """Both processes on one database, before one Slack."""

    stage: Stage
    alert: Alerting

    def page(self, cause: str = Cause.SPIKE) -> int:
        """Open an incident, and tell of it."""
        with self.alert.monitor.database.begin() as connection:
            at = self.stage.clock()
            number = self.alert.book.raise_(
                connection, "waalfiets", cause, Gravity.HIGH, at, facts={"now": 9, "expected": 1.0, "high": 2.0}
            )
        self.tell()
        return number

    def tell(self) -> None:
        """Let the monitor look and tell, as it does each minute."""
        self.stage.clock.ahead += timedelta(minutes=1)
        for press in self.alert.book.pressed():
            self.alert._act(press)
        self.alert.tell()
        mouth = Telling(self.alert.monitor)
        for sending in mouth.due(self.stage.clock()):
            mouth.tell(sending.key, sending.notifier, sending.recipient, sending.tries)

    def message(self) -> Posted:
        [found] = self.stage.slack.shown(CHANNEL)
        return found

    def mark(self) -> str:
        mark: str = self.message().versions[-1][0]["text"]["text"][0]
        return mark

    def buttons(self) -> list[str]:
        return [element["action_id"] for _, element in elements_of(self.message().versions[-1])]

    def pressed(self) -> int:
        with self.alert.monitor.database.connect() as connection:
            return int(connection.scalars(sa.select(sa.func.count()).select_from(presses)).one())


@pytest.fixture
def world(database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with on_stage(database) as stage:
        stage.slack.locales["U0ALICE"] = "en-GB"
        slack = replace(stage.side.desk.slack, approvers=(ALICE, BOB, ELSEWHERE))
        stage.side.clicks.people.settings = slack
        for module in (telling, standing, alerting):
            monkeypatch.setattr(module, "now", stage.clock)
        options = {"channel": CHANNEL, "token_name": "SLACK_BOT_TOKEN", "api_url": stage.slack.api_url}
        settings = replace(
            bare_settings(),
            brands=(a_brand(),),
            notifiers=(NotifierSettings("chat", "slack", options),),
            environment=TOKENS,
            oncall=OnCallSettings(language="en"),
            slack=slack,
        )
        monitor = Monitor(settings)
        vars(monitor)["database"] = database
        yield World(stage, Alerting(monitor))


def a_story(stage: Stage, brand: str = "waalfiets", people: int = 3) -> int:
    """Store a story that so many people tell."""
    database, at = stage.responders.database, stage.clock()
    found = [
        save_queued(
            database,
            a_mention("The lock is stuck.", external_id=f"{brand}{people}-{n}", author=f"@{brand}{people}-{n}", brand=brand),
            at=at,
        )[-1]
        for n in range(people)
    ]
    with database.begin() as connection:
        values = {"brand": brand, "first_at": at, "last_at": at, "headline_id": found[0].id, "mentions": people}
        key = connection.execute(sa.insert(stories).values(**values)).inserted_primary_key
        assert key is not None
        for one in found:
            connection.execute(sa.insert(story_mentions).values(mention_id=one.id, story_id=key[0]))
    return int(key[0])


def test_acknowledge_takes_the_incident_on_and_the_message_says_so(world: World) -> None:
    number = world.page()
    world.stage.slack.click(world.message(), "incident_acknowledge")
    [told] = world.stage.whispered()
    world.tell()
    incident = world.alert.book.incident(number)

    assert told.startswith("Noted: it is yours.")
    assert incident is not None
    assert (IncidentStatus.ACKNOWLEDGED, "Alice") == (incident.status, incident.acknowledged_by)
    assert "🟡" == world.mark()
    assert ["incident_resolve", "incident_hold", "incident_pause"] == world.buttons()


def test_resolve_ends_it_and_takes_the_buttons_away(world: World) -> None:
    number = world.page()
    world.stage.slack.click(world.message(), "incident_resolve", "U0BOB")
    world.stage.whispered("U0BOB")
    world.tell()
    incident = world.alert.book.incident(number)

    assert incident is not None
    assert (IncidentStatus.RESOLVED, "Bob") == (incident.status, incident.resolved_by)
    assert ("🟢", []) == (world.mark(), world.buttons())


def test_silence_holds_four_hours_in_that_persons_name_once_however_often_it_is_pressed(world: World) -> None:
    world.page()
    for number in (1, 2):
        world.stage.slack.click(world.message(), "incident_silence")
        world.stage.whispered(number=number)
    [press] = world.alert.book.pressed()
    world.alert._act(press)
    world.alert._act(press)  # It died before it could record that it was done.
    [silence] = world.alert.book.silences(world.stage.clock())

    assert ("Alice", timedelta(hours=4), Cause.SPIKE) == (silence.by, silence.ends_at - silence.begins_at, silence.cause)
    assert [] == world.alert.book.pressed()


def test_who_comes_second_hears_who_was_first_and_changes_nothing(world: World) -> None:
    number = world.page()
    stale = world.message()
    world.stage.slack.click(stale, "incident_acknowledge")
    world.stage.whispered()
    world.tell()
    world.stage.slack.click(stale, "incident_acknowledge", "U0BOB", version=0)
    [taken] = world.stage.whispered("U0BOB")
    world.alert.book.resolve(number, "Alice", world.stage.clock())
    world.stage.slack.click(stale, "incident_resolve", "U0BOB", version=0)
    over = world.stage.whispered("U0BOB", 2)[1]

    assert taken.startswith("Alice acknowledged it already.")
    assert over.startswith("It is resolved already, by Alice.")
    assert 1 == world.pressed()


@pytest.mark.parametrize("action", ["acknowledge", "silence", "resolve", "hold"])
@pytest.mark.parametrize("user", ["U0DIRK", "U0STRANGER"])
def test_who_may_not_decide_for_the_brand_is_told_who_may(world: World, action: str, user: str) -> None:
    world.page()
    world.stage.slack.click(world.message(), f"incident_{action}", user)
    [told] = world.stage.whispered(user)

    assert "You may not act on incidents of this brand. These may: Alice, Bob." == told
    assert 0 == world.pressed()


def test_pause_stops_all_publishing_at_once_after_a_question_and_for_those_who_may(world: World) -> None:
    number = world.page()
    [question] = [element["confirm"] for _, element in elements_of(world.message().versions[0]) if element["action_id"] == "incident_pause"]
    world.stage.slack.click(world.message(), "incident_pause", "U0BOB")
    [refused] = world.stage.whispered("U0BOB")
    before = world.stage.responders.store.switch().on
    world.stage.slack.click(world.message(), "incident_pause")
    world.stage.whispered()
    switch = world.stage.responders.store.switch()

    assert question["text"]["text"].startswith("Stop all publishing at once")
    assert refused.startswith("You may not")
    assert (True, False, "Alice", f"by the page of incident {number}") == (before, switch.on, switch.changed_by, switch.reason)


def test_the_drafts_of_the_story_that_most_tell_stop_with_name_and_reason(world: World) -> None:
    few, many = a_story(world.stage, people=2), a_story(world.stage, people=4)
    world.page()
    world.stage.slack.click(world.message(), "incident_hold")
    modal = world.stage.opened()
    answer = world.stage.slack.submit({"reason": "one statement at noon"})
    stopped, other = storybook.story(world.stage.responders.database, many), storybook.story(world.stage.responders.database, few)

    assert "4 people: The lock is stuck." in str(modal["blocks"])
    assert f"The drafts of story {many} are stopped" in words_of(answer["view"]["blocks"])
    assert stopped is not None
    assert other is not None
    assert ("stopped", "Alice", "one statement at noon", "") == (stopped.drafts, stopped.drafts_by, stopped.drafts_reason, other.drafts)


def test_where_nobody_tells_the_same_there_is_no_story_to_stop_and_it_says_so(world: World) -> None:
    a_story(world.stage, people=1)
    world.page(Cause.DANGER)
    world.stage.slack.click(world.message(), "incident_hold")
    [told] = world.stage.whispered()

    assert told.startswith("No two people tell the same")


def test_a_story_that_was_stopped_meanwhile_or_of_another_brand_is_not_touched(world: World) -> None:
    mine, other = a_story(world.stage), a_story(world.stage, "another")
    number = world.page()
    pages = world.stage.side.clicks.pages
    metadata = f'{{"incident": {number}}}'

    assert pages.hold("U0ALICE", metadata, str(other), "").startswith("That story is not told any more")
    assert "drafts of story" in pages.hold("U0ALICE", metadata, str(mine), "")
    assert pages.hold("U0ALICE", metadata, str(mine), "").startswith("That story is not told any more")
    assert pages.hold("U0DIRK", metadata, str(mine), "").startswith("You may not act")
    assert f"by the page of incident {number}" == getattr(storybook.story(world.stage.responders.database, mine), "drafts_reason", None)


@pytest.mark.parametrize(
    "metadata", ["", "[]", "{}", '{"incident": "1"}', '{"incident": 99}', '{"incident": -1}', '{"incident": 1e300}', "{"]
)
def test_a_forged_modal_stops_nothing(world: World, metadata: str) -> None:
    assert world.stage.side.clicks.pages.hold("U0ALICE", metadata, "1", "").startswith("This button is not one of ours")


@pytest.mark.parametrize("forged", ["x", "99", "-1", "1;2", "9" * 30, "١"])
def test_a_forged_button_does_nothing(world: World, forged: str) -> None:
    world.page()
    world.stage.slack.click(world.message(), "incident_resolve", value=forged)
    [told] = world.stage.whispered()

    assert told.startswith("This button is not one of ours")
    assert 0 == world.pressed()


def test_an_action_of_a_newer_page_is_none_of_ours(world: World) -> None:
    number = world.page()
    pages: Pages = world.stage.side.clicks.pages

    assert str(pages.press("U0ALICE", "incident_dance", str(number))).startswith("This button is not one of ours")


def test_every_button_that_is_shown_has_an_effect(world: World) -> None:
    a_story(world.stage)
    number = world.page()
    shown = world.buttons()
    said: Callable[[str], object] = lambda action: world.stage.side.clicks.pages.press("U0ALICE", action, str(number))  # noqa: E731

    assert 5 == len(shown)
    assert [] == [action for action in shown if str(said(action)).startswith("This button is not one of ours")]
    assert Happening.OPENED is world.alert.book.course(number)[0].what
    wait_until(lambda: world.pressed() == 3)

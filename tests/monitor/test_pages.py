"""A burst over three networks is one trigger, one message edited to resolved, one mail, whatever fails or dies between."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import alerting, standing, telling
from monitor.alerting import Alerting
from monitor.domain import IncidentStatus
from monitor.noticebook import NoticeBook
from monitor.settings import NotifierSettings, OnCallSettings
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand
from tests.fakes.mail import MailServer
from tests.fakes.pager import API_KEY, ROUTING_KEY, Pager
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.web import WebSite, answer
from tests.monitor.test_alerting import ELS, JAN, NOON, START, Clock, a_burst, a_quiet_past, deliver, mail, pass_time, save

KIM = "kim@waalfiets.example"
ROOT = Path(__file__).parents[2]
SECRETS = {"PAGERDUTY_ROUTING_KEY": ROUTING_KEY, "PAGERDUTY_API_KEY": API_KEY, "SLACK_BOT_TOKEN": "xoxb-hidden"}
PAGER_NAMES = {"routing_key_name": "PAGERDUTY_ROUTING_KEY", "api_key_name": "PAGERDUTY_API_KEY"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(NOON)
    for module in (telling, standing, alerting):
        monkeypatch.setattr(module, "now", clock)
    return clock


class World:
    """The receivers of pages, and the ways to them."""

    def __init__(self, mails: MailServer, pager: Pager, slack: FakeSlack) -> None:
        self.mails, self.pager, self.slack = mails, pager, slack

    def ways(self) -> list[NotifierSettings]:
        return [
            NotifierSettings("pager", "pagerduty", {**PAGER_NAMES, "events_url": self.pager.url, "api_url": self.pager.url}),
            NotifierSettings("chat", "slack", {"channel": "C0CRISIS", "token_name": "SLACK_BOT_TOKEN", "api_url": self.slack.api_url}),
            mail(self.mails, to=(ELS, JAN, KIM)),
        ]

    def monitor(self, database: sa.Engine, *more: NotifierSettings, **changes: Any) -> Alerting:
        given: dict[str, Any] = {"brands": (a_brand(),), "oncall": OnCallSettings(language="nl"), "environment": SECRETS}
        monitor = Monitor(replace(bare_settings(), notifiers=(*self.ways(), *more), **given | changes))
        vars(monitor)["database"] = database
        return Alerting(monitor)

    def marks(self) -> list[str]:
        [message] = self.slack.shown("C0CRISIS")
        return [version[0]["text"]["text"][0] for version in message.versions]


@pytest.fixture
def world() -> Iterator[World]:
    with MailServer() as mails, Pager() as pager, FakeSlack() as slack:
        yield World(mails, pager, slack)


def test_a_burst_of_120_posts_over_three_networks_is_told_once_by_each_way(database: sa.Engine, world: World, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), "Het slot van mijn Waalfiets gaat niet open.", kind="burst")
    alert = world.monitor(database)
    pass_time(alert, clock, timedelta(minutes=45))
    world.pager.acknowledge("incident/1", "Els Kamps")
    pass_time(alert, clock, timedelta(minutes=5))
    taken = alert.book.unresolved()[0].acknowledged_by
    clock.at += timedelta(hours=19)
    pass_time(alert, clock, timedelta(minutes=10))

    assert ["trigger", "acknowledge", "resolve"] == world.pager.actions()
    assert "Els Kamps (pager)" == taken
    assert ["🔴", "🟡", "🟢"] == world.marks()
    assert [ELS, JAN, KIM] == sorted(world.mails.sent_to())
    assert [] == alert.notices.troubled(START)


def taken_on(database: sa.Engine, world: World, clock: Clock) -> Alerting:
    """Return the alerting of a burst that somebody took on at the pager, and that grew since."""
    a_quiet_past(database)
    save(database, a_burst(NOON, 30, 10), kind="burst")
    alert = world.monitor(database)
    pass_time(alert, clock, timedelta(minutes=15))
    world.pager.acknowledge("incident/1", "Els Kamps")
    pass_time(alert, clock, timedelta(minutes=5))
    assert IncidentStatus.ACKNOWLEDGED is alert.book.unresolved()[0].status
    save(database, a_burst(clock.at - timedelta(minutes=2), 200, 6), kind="more")
    return alert


def test_what_rises_after_somebody_took_it_on_wakes_anew_and_is_closed_as_one(database: sa.Engine, world: World, clock: Clock) -> None:
    alert = taken_on(database, world, clock)
    pass_time(alert, clock, timedelta(minutes=10))
    unanswered = alert.book.unresolved()[0].status
    _, anew = world.pager.woken
    shown = [reply for reply in world.slack.shown("C0CRISIS", thread=True) if reply.broadcast]
    world.pager.acknowledge(anew, "Jan Smit")
    pass_time(alert, clock, timedelta(minutes=5))
    taken = alert.book.unresolved()[0].acknowledged_by
    alert.book.resolve(1, "Els Kamps", clock.at)
    pass_time(alert, clock, timedelta(minutes=5))

    # That the first is acknowledged there takes nothing on of what came since.
    assert (IncidentStatus.OPEN, "Jan Smit (pager)") == (unanswered, taken)
    assert "incident/1" == world.pager.woken[0]
    assert anew.startswith("incident/1/")
    assert 1 == len(shown)
    assert {"resolved"} == {one["status"] for one in world.pager.incidents.values()}
    assert [] == alert.notices.troubled(START)


def test_what_fails_at_first_is_told_once_in_the_end(database: sa.Engine, world: World, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    world.pager.faults += [500, 429]
    world.slack.faults.append(Fault("*", "status", times=6))
    world.mails.refusals[JAN] = "452 4.2.2 full"
    alert = world.monitor(database, replace(mail(world.mails, "instead", to=("nacht@waalfiets.example",)), instead_of="chat"))
    vars(alert.monitor.notifiers["pager"])["_now"] = clock
    pass_time(alert, clock, timedelta(minutes=30))
    world.mails.refusals.clear()
    world.slack.faults.clear()
    pass_time(alert, clock, timedelta(minutes=60))

    assert "trigger" == world.pager.actions()[0]
    assert {"trigger"} == {*world.pager.actions()}
    assert 1 == len(world.slack.shown("C0CRISIS"))
    assert [] == alert.notices.troubled(START)
    first = [(str(sent["Message-ID"]), whom) for whom, sent in world.mails.mails]
    assert len(first) == len(set(first))
    assert {ELS, JAN, KIM, "nacht@waalfiets.example"} == set(world.mails.sent_to())


def test_what_stood_in_for_another_is_told_too_that_it_was_taken_on_and_is_over(database: sa.Engine, world: World, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    world.slack.faults.append(Fault("*", "status", times=6))
    with Pager() as other:
        spare = NotifierSettings("spare", "pagerduty", {**PAGER_NAMES, "events_url": other.url, "api_url": other.url}, instead_of="chat")
        alert = world.monitor(database, spare)
        pass_time(alert, clock, timedelta(minutes=30))
        rang = other.actions()
        world.slack.faults.clear()
        pass_time(alert, clock, timedelta(minutes=60))
        alert.book.acknowledge(1, "Els Kamps", clock.at)
        pass_time(alert, clock, timedelta(minutes=5))
        alert.book.resolve(1, "Els Kamps", clock.at)
        pass_time(alert, clock, timedelta(minutes=5))

        assert (["trigger"], ["trigger", "acknowledge", "resolve"]) == (rang, other.actions())
        assert {"resolved"} == {one["status"] for one in other.incidents.values()}
    assert ["🔴", "🟢"] == [world.marks()[0], world.marks()[-1]]


def test_what_stands_in_for_a_way_that_works_is_told_nothing(database: sa.Engine, world: World, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    with Pager() as other:
        spare = NotifierSettings("spare", "pagerduty", {**PAGER_NAMES, "events_url": other.url, "api_url": other.url}, instead_of="chat")
        alert = world.monitor(database, spare)
        pass_time(alert, clock, timedelta(minutes=30))
        alert.book.resolve(1, "Els Kamps", clock.at)
        pass_time(alert, clock, timedelta(minutes=5))

        assert [] == other.actions()
    assert "🟢" == world.marks()[-1]


def test_one_who_is_refused_for_good_is_told_of(database: sa.Engine, world: World, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    world.mails.refusals[JAN] = "550 no such user"
    alert = world.monitor(database)
    pass_time(alert, clock, timedelta(minutes=20))

    assert [ELS, KIM] == sorted(world.mails.sent_to())
    assert [JAN] == [one.recipient for one in standing.standing(alert.monitor).untold]
    assert "NOT told" in caplog.text


def test_what_is_over_before_it_could_be_told_begins_nothing_anew(database: sa.Engine, world: World, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    world.pager.faults += [500]
    alert = world.monitor(database)
    clock.at += timedelta(minutes=50)
    alert.count()
    deliver(alert, clock)
    clock.at += timedelta(seconds=10)
    alert.book.resolve(1, "Els Kamps", clock.at)
    alert.tell()
    deliver(alert, clock)
    clock.at += timedelta(minutes=5)
    deliver(alert, clock)

    assert ["resolve"] == world.pager.actions()
    assert [] == alert.notices.troubled(START)


def test_buttons_are_acted_on_once(database: sa.Engine, world: World, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    alert = world.monitor(database)
    pass_time(alert, clock, timedelta(minutes=45))
    for action in ("acknowledge", "silence", "resolve", "nonsense"):
        alert.book.press(1, action, "Els Kamps", clock.at)
    pass_time(alert, clock, timedelta(minutes=10))

    assert ["🔴", "🟢"] == [*dict.fromkeys(world.marks())][:1] + world.marks()[-1:]
    assert [] == alert.book.pressed()
    assert "Els Kamps" == alert.book.since(START)[0].resolved_by
    assert 1 == len(alert.book.silences(clock.at))


def test_the_heartbeat_is_called_after_each_look_and_its_address_is_told_nowhere(
    database: sa.Engine, world: World, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with WebSite({"/hidden-token": answer("ok")}) as site:
        world.monitor(database, environment=SECRETS | {"HEARTBEAT_URL": site.url("/hidden-token")}).look()
        world.monitor(database, environment=SECRETS | {"HEARTBEAT_URL": site.url("/hidden-other")}).look()
        called = [request.target for request in site.requests]
    for url in (site.url("/hidden-token"), "http://example.org/hidden-token", "http://[hidden-token"):
        world.monitor(database, environment=SECRETS | {"HEARTBEAT_URL": url}).look()

    assert ["/hidden-token", "/hidden-other"] == called
    assert "hidden" not in caplog.text
    assert 4 == caplog.text.count("HEARTBEAT_URL")


STEPS = ("judged", "counted", "written", "recorded", "taken", "sent", "told", "all")


def run_until(step: str, database: sa.Engine, world: World, clock: Clock) -> subprocess.CompletedProcess[str]:
    """Let a real process count, page and tell, until kill -9 at the step."""
    url = database.url.render_as_string(hide_password=False)
    words = [sys.executable, "-m", "tests.monitor.paging_process", url, step, clock.at.isoformat()]
    places = [world.pager.url, world.slack.api_url, str(world.mails.port)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([*words, *places], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_at_any_step_tells_each_once(sqlite_database: sa.Engine, world: World, clock: Clock, step: str) -> None:
    """A real process is killed by kill -9 at the step; another goes on, and nobody is told twice nor forgotten."""
    a_quiet_past(sqlite_database)
    save(sqlite_database, a_burst(NOON), kind="burst")
    clock.at += timedelta(minutes=50)
    done = run_until(step, sqlite_database, world, clock)
    alert = world.monitor(sqlite_database)
    # A lease on what was being sent ends after ten minutes.
    pass_time(alert, clock, timedelta(minutes=15))

    assert (-9 if step != "all" else 0) == done.returncode, done.stderr
    assert 1 == len(alert.book.since(START))
    assert [] == NoticeBook(sqlite_database).troubled(START)
    assert {"incident/1"} == {*world.pager.incidents}
    assert 1 == len(world.slack.shown("C0CRISIS"))
    keys = [(whom, str(sent["Message-ID"])) for whom, sent in world.mails.mails]
    # Killed between sending and recording, one mail may come twice under one Message-ID; better twice than never.
    assert {ELS, JAN, KIM} == {whom for whom, _ in keys}
    assert 3 == len(set(keys))
    assert len(keys) <= 3 + (step == "sent")


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_while_it_tells_of_a_rise_wakes_for_it_once(
    sqlite_database: sa.Engine, world: World, clock: Clock, step: str
) -> None:
    alert = taken_on(sqlite_database, world, clock)
    clock.at += timedelta(minutes=5)
    done = run_until(step, sqlite_database, world, clock)
    pass_time(alert, clock, timedelta(minutes=15))
    anew = world.pager.woken[1:]
    alert.book.resolve(1, "Els Kamps", clock.at)
    pass_time(alert, clock, timedelta(minutes=5))

    assert (-9 if step != "all" else 0) == done.returncode, done.stderr
    assert 1 == len(anew)
    assert 1 == len([reply for reply in world.slack.shown("C0CRISIS", thread=True) if reply.broadcast])
    assert {"resolved"} == {one["status"] for one in world.pager.incidents.values()}
    assert [] == alert.notices.troubled(START)


@pytest.mark.slow
@pytest.mark.parametrize("step", ["judged", "counted", "written", "recorded", "taken", "sent", "told", "put_off"])
def test_a_process_killed_on_a_bad_day_tells_each_once(database: sa.Engine, world: World, clock: Clock, step: str) -> None:
    """The pager answers 500 and 429, Slack is down and the mail server refuses one of three, and then the process is killed."""
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    clock.at += timedelta(minutes=50)
    world.pager.faults += [500, 429]
    world.slack.faults.append(Fault("*", "status", times=100))
    world.mails.refusals[JAN] = "452 4.2.2 full"
    done = run_until(step, database, world, clock)
    alert = world.monitor(database)
    vars(alert.monitor.notifiers["pager"])["_now"] = clock
    pass_time(alert, clock, timedelta(minutes=10))
    world.mails.refusals.clear()
    world.slack.faults.clear()
    # Before the page would be repeated, an hour after it.
    pass_time(alert, clock, timedelta(minutes=40))
    keys = [(whom, str(sent["Message-ID"])) for whom, sent in world.mails.mails]

    assert -9 == done.returncode, done.stderr
    assert [] == alert.notices.troubled(START)
    assert ["trigger"] == world.pager.actions()
    assert 1 == len(world.slack.shown("C0CRISIS"))
    assert {ELS, JAN, KIM} == {whom for whom, _ in keys}
    assert 3 == len(set(keys))
    assert len(keys) <= 3 + (step == "sent")

"""A burst in the made-up world of networks goes through the whole chain: read, judged, paged, mailed, told of in the digest; each once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from monitor import alerting, pipeline, standing, telling
from monitor.alerting import Alerting
from monitor.domain import Cause
from monitor.settings import NotifierSettings, OnCallSettings
from monitor.store import MonitorStore
from monitor.telling import Telling
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand
from tests.fakes.mail import MailServer, plain
from tests.fakes.pager import ROUTING_KEY
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.worlds import STAND_IN, World, stand_in
from tests.monitor.sources.proving import build
from tests.monitor.test_alerting import ELS, JAN, Clock, deliver, mail, pass_time, save

KIM = "kim@waalfiets.example"
BRAND = a_brand(languages=("en",))
NETWORKS = {"mastodon": "", "bluesky": "", "hackernews": "/api/v1"}
"""Where each is in the world."""
SECRETS = {
    "MASTODON_READ_TOKEN": "m-token",
    "BLUESKY_HANDLE": "acme.test",
    "BLUESKY_APP_PASSWORD": "app-pass",
    "PAGERDUTY_ROUTING_KEY": ROUTING_KEY,
    "SLACK_BOT_TOKEN": "xoxb-hidden",
}
POSTS = 120
ON_THE_WORLD = {"mastodon": "mastodon", "bluesky": "bluesky", "hackernews": "hn"}

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not STAND_IN.is_file(), reason="the shared stand-in is not at hand")]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The true time: what a network shows is of now."""
    clock = Clock(datetime.now(UTC))
    for module in (telling, standing, alerting):
        monkeypatch.setattr(module, "now", clock)
    return clock


@pytest.fixture
def world() -> Iterator[World]:
    with stand_in() as world:
        yield world


def listen(database: sa.Engine, world: World, mails: MailServer, slack: FakeSlack, clock: Clock) -> Alerting:
    """Return what wakes people about a brand that was quiet for five days, once a burst was read on three networks and judged."""
    quiet = clock.at - timedelta(days=5)
    for number in range(14):
        save(database, [quiet + timedelta(hours=8) * number], kind=f"past{number}-")
    for number in range(POSTS):
        at = clock.at - timedelta(minutes=40) * (1 - number / POSTS)
        words = f"Bike {number}: the lock of my #waalfiets is broken and Waalfiets does not answer. <!channel> 😡"
        network = [*ON_THE_WORLD.values()][number % 3]
        world.control("post", platform=network, author=f"jo{number}", text=words, created_at=f"{at:%Y-%m-%dT%H:%M:%S}Z")
    notifiers = (
        NotifierSettings(
            "pager",
            "pagerduty",
            {"routing_key_name": "PAGERDUTY_ROUTING_KEY", "api_key_name": "NONE", "events_url": world.url, "api_url": world.url},
        ),
        NotifierSettings("chat", "slack", {"channel": "C0CRISIS", "token_name": "SLACK_BOT_TOKEN", "api_url": slack.api_url}),
        mail(mails, to=(ELS, JAN, KIM)),
    )
    given: dict[str, Any] = {"brands": (BRAND,), "notifiers": notifiers, "environment": SECRETS, "scorers": ("vader",)}
    monitor = Monitor(replace(bare_settings(), oncall=OnCallSettings(language="en"), **given))
    vars(monitor)["database"] = database
    for network, path in NETWORKS.items():
        source = build(network, SECRETS, (BRAND,), api_url=world.url + path, allow_private=("127.0.0.1",))
        source.name = network
        pipeline.poll(MonitorStore(database), source, BRAND, monitor.matchers[BRAND.id], timedelta(minutes=5), clock)
    monitor.judge(clock)
    return Alerting(monitor)


def until_it_is_over(alert: Alerting, clock: Clock) -> None:
    """Let somebody take it on, let it end by itself, and let the next morning's digest go out."""
    alert.book.acknowledge(1, "Els Kamps", clock.at)
    pass_time(alert, clock, timedelta(minutes=5))
    clock.at += timedelta(hours=19)
    pass_time(alert, clock, timedelta(minutes=10))
    # At whatever hour this runs: the digest of the day on which it began is written on the day after.
    [incident] = alert.book.since(datetime(2020, 1, 1, tzinfo=UTC))
    began = incident.opened_at.astimezone(ZoneInfo(alert.monitor.settings.digest_timezone))
    clock.at = max(clock.at, datetime.combine(began.date() + timedelta(days=1), time(12), began.tzinfo).astimezone(UTC))
    Telling(alert.monitor).write_digests()
    deliver(alert, clock)


def told_once(alert: Alerting, world: World, mails: MailServer, slack: FakeSlack) -> None:
    [incident] = alert.book.since(datetime(2020, 1, 1, tzinfo=UTC))
    [message] = slack.shown("C0CRISIS")
    pages = [(page["event_action"], page["dedup_key"]) for page in world.control("pages")["pages"]]
    paged = [(whom, plain(sent)) for whom, sent in mails.mails if "[high]" in str(sent["Subject"])]
    digests = [plain(sent) for whom, sent in mails.mails if "[" not in str(sent["Subject"]) and whom == ELS]
    lines = [line for text in digests for line in text.splitlines() if "more was negative than usual" in line]

    assert Cause.SPIKE == incident.cause
    assert [("trigger", "incident/1"), ("acknowledge", "incident/1"), ("resolve", "incident/1")] == pages
    assert ["🔴", "🟡", "🟢"] == [*dict.fromkeys(version[0]["text"]["text"][0] for version in message.versions)]
    assert sorted([ELS, JAN, KIM]) == sorted(whom for whom, _ in paged)
    assert all("120 posts by 120 different authors" in text for _, text in paged)
    assert all(f"{network} 40" in paged[0][1] for network in ("Mastodon", "Bluesky", "Hacker News"))
    assert 1 == len(lines)
    assert [] == alert.notices.troubled(datetime(2020, 1, 1, tzinfo=UTC))


def test_a_burst_of_120_posts_on_three_networks_is_told_once_by_each_way_and_once_in_the_digest(
    database: sa.Engine, world: World, server: MailServer, clock: Clock
) -> None:
    with FakeSlack() as slack:
        alert = listen(database, world, server, slack, clock)
        pass_time(alert, clock, timedelta(minutes=10))
        until_it_is_over(alert, clock)

        told_once(alert, world, server, slack)


def test_so_it_is_on_a_day_on_which_everything_fails_at_first(database: sa.Engine, world: World, server: MailServer, clock: Clock) -> None:
    with FakeSlack() as slack:
        alert = listen(database, world, server, slack, clock)
        vars(alert.monitor.notifiers["pager"])["_now"] = clock
        for status in (500, 429):
            world.control("fault", platform="*", path="/v2/enqueue", kind="status", status=status)
        slack.faults.append(Fault("*", "status", times=100))
        server.refusals[JAN] = "452 4.2.2 full"
        pass_time(alert, clock, timedelta(minutes=15))
        server.refusals.clear()
        slack.faults.clear()
        pass_time(alert, clock, timedelta(minutes=30))
        until_it_is_over(alert, clock)

        told_once(alert, world, server, slack)

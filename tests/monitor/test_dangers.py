"""A danger that nobody looks at wakes somebody; more of them do not wake each by itself, and of several brands they are told together."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.alerting import Alerting
from monitor.domain import Action, Cause, Gravity, Happening, Incident, IncidentStatus, MentionStatus, Silence
from monitor.incidentbook import ALONG, TOLD, WAITS
from monitor.settings import NotifierSettings
from monitor.tables import mentions, stories, story_mentions
from tests.builders import a_brand
from tests.fakes.mail import MailServer, plain
from tests.fakes.pager import API_KEY, ROUTING_KEY, Pager
from tests.fakes.slack import FakeSlack
from tests.monitor.test_alerting import (
    ELS,
    NOON,
    START,
    Clock,
    a_burst,
    a_quiet_past,
    an_alerting,
    clock,
    deliver,
    mail,
    pass_time,
    save,
)

__all__ = ["clock"]  # Fixtures, which tests name.


def test_a_danger_that_waits_fifteen_minutes_pages_by_itself(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    save(database, [NOON], "My Waalfiets caught fire.", action=Action.ESCALATE, kind="fire", read_at=NOON)
    alert = an_alerting(database, mail(server))
    clock.at = NOON + timedelta(minutes=14)
    alert.look()
    early = alert.book.since(START)
    clock.at = NOON + timedelta(minutes=15)
    alert.look()
    alert.look()
    deliver(alert, clock)
    [incident] = alert.book.since(START)

    assert [] == early
    assert (Cause.DANGER, Gravity.CRITICAL) == (incident.cause, incident.gravity)
    assert [ELS] == server.sent_to()
    assert "T12" in plain(server.mails[0][1])


def test_the_page_shows_the_danger_itself_however_long_ago_it_was_posted(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    save(database, [NOON - timedelta(hours=5)], "My Waalfiets caught fire.", action=Action.ESCALATE, kind="fire", read_at=NOON)
    save(database, [NOON] * 6, "The lock of my Waalfiets is stuck.", kind="lock")
    alert = an_alerting(database, mail(server))
    clock.at = NOON + timedelta(minutes=15)
    alert.look()
    deliver(alert, clock)
    [incident] = [one for one in alert.book.since(START) if one.cause == Cause.DANGER]
    told = plain(server.mails[0][1])

    assert "My Waalfiets caught fire." in told
    assert "stuck" not in told
    assert incident.status is IncidentStatus.OPEN


def test_a_person_who_takes_it_on_is_asked_again_only_when_it_grows(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    save(database, [NOON], "My Waalfiets caught fire.", action=Action.ESCALATE, kind="fire", read_at=NOON)
    alert = an_alerting(database, mail(server))
    clock.at = NOON + timedelta(minutes=15)
    alert.look()
    [incident] = alert.book.since(START)
    acknowledged = alert.book.acknowledge(incident.id, "Els Kamps", clock.at)
    clock.at += timedelta(hours=3)
    alert.look()
    before = len(alert.book.course(incident.id))
    save(database, [clock.at], "Another Waalfiets burns.", action=Action.ESCALATE, kind="second", read_at=clock.at)
    clock.at += timedelta(minutes=16)
    alert.look()

    assert acknowledged
    assert [Happening.OPENED, Happening.ACKNOWLEDGED] == [one.what for one in alert.book.course(incident.id)[:before]]
    assert Happening.ROSE is alert.book.course(incident.id)[-1].what
    assert IncidentStatus.OPEN is alert.book.unresolved()[0].status


def the_danger(alert: Alerting) -> Incident:
    """Return the one incident about dangers; what waits may weigh enough for one of pressure too."""
    [found] = [one for one in alert.book.since(START) if one.cause == Cause.DANGER]
    return found


def told_of_danger(server: MailServer) -> list[tuple[str, str]]:
    return [(whom, str(sent["Subject"])) for whom, sent in server.mails if re.search("dangers? wait", str(sent["Subject"]))]


def test_dangers_that_come_while_somebody_is_at_it_page_together_and_not_each_by_itself(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    alert = an_alerting(database, mail(server))
    begin = clock.at
    save(database, [begin] * 4, "My Waalfiets caught fire.", action=Action.ESCALATE, kind="first", read_at=begin)
    pass_time(alert, clock, timedelta(minutes=20))
    incident = the_danger(alert)
    alert.book.acknowledge(incident.id, "Els Kamps", clock.at)
    for number in range(3):
        save(database, [clock.at], "Another burns.", action=Action.ESCALATE, kind=f"more{number}", read_at=clock.at)
        pass_time(alert, clock, timedelta(hours=1))
    at_it = [one.what for one in alert.book.course(incident.id)]
    save(database, [clock.at], "Another burns.", action=Action.ESCALATE, kind="doubled", read_at=clock.at)
    pass_time(alert, clock, timedelta(minutes=20))

    assert [Happening.OPENED, Happening.ACKNOWLEDGED] == at_it
    assert [Happening.ROSE] == [one.what for one in alert.book.course(incident.id)[2:]]
    assert [("4", ELS), ("8", ELS)] == [(subject.split(": ")[1][0], whom) for whom, subject in told_of_danger(server)]
    assert incident.id == the_danger(alert).id


def test_one_danger_more_is_told_of_after_a_shift_at_the_latest(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    alert = an_alerting(database, mail(server))
    save(database, [clock.at] * 4, "My Waalfiets caught fire.", action=Action.ESCALATE, kind="first", read_at=clock.at)
    pass_time(alert, clock, timedelta(minutes=20))
    incident = the_danger(alert)
    alert.book.acknowledge(incident.id, "Els Kamps", clock.at)
    save(database, [clock.at], "Another burns.", action=Action.ESCALATE, kind="more", read_at=clock.at)
    clock.at += timedelta(hours=7)
    alert.look()
    before = alert.book.course(incident.id)[-1].what
    clock.at += timedelta(hours=1)
    alert.look()

    assert (Happening.ACKNOWLEDGED, Happening.ROSE) == (before, alert.book.course(incident.id)[-1].what)


def test_a_repeated_page_tells_of_all_dangers_so_that_none_of_them_pages_again(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    alert = an_alerting(database, mail(server))
    save(database, [clock.at] * 4, "My Waalfiets caught fire.", action=Action.ESCALATE, kind="first", read_at=clock.at)
    pass_time(alert, clock, timedelta(minutes=20))
    save(database, [clock.at], "Another burns.", action=Action.ESCALATE, kind="more", read_at=clock.at)
    pass_time(alert, clock, timedelta(minutes=80))
    incident = the_danger(alert)

    assert [Happening.OPENED, Happening.REPEATED] == [one.what for one in alert.book.course(incident.id)]
    assert 5 == len((incident.facts or {})["ids"])  # type: ignore[arg-type]
    assert ["4", "5"] == [subject.split(": ")[1][0] for _, subject in told_of_danger(server)]


def test_who_decided_on_all_dangers_is_told_of_the_next_one_at_once(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    alert = an_alerting(database, mail(server))
    save(database, [clock.at] * 4, "My Waalfiets caught fire.", action=Action.ESCALATE, kind="first", read_at=clock.at)
    pass_time(alert, clock, timedelta(minutes=20))
    incident = the_danger(alert)
    alert.book.acknowledge(incident.id, "Els Kamps", clock.at)
    with database.begin() as connection:
        connection.execute(sa.update(mentions).values(status=MentionStatus.ANSWERED.value))
    save(database, [clock.at], "Another burns.", action=Action.ESCALATE, kind="more", read_at=clock.at)
    clock.at += timedelta(minutes=16)
    alert.look()

    assert Happening.ROSE is alert.book.course(incident.id)[-1].what


PAGER_NAMES = {"routing_key_name": "PAGERDUTY_ROUTING_KEY", "api_key_name": "PAGERDUTY_API_KEY"}
TWO = (a_brand(), replace(a_brand(), id="rivierbus", name="Rivierbus"))


def burn(database: sa.Engine, at: datetime, count: int = 1, brand: str = "waalfiets", kind: str = "fire") -> None:
    """Store dangers that were posted and read at a moment."""
    save(database, [at] * count, "It burns.", action=Action.ESCALATE, kind=kind, read_at=at, brand=brand)


def taken_on(alert: Alerting, database: sa.Engine, clock: Clock) -> None:
    """Let both brands have four dangers that wait, which somebody took on."""
    for brand in TWO:
        burn(database, clock.at, 4, brand.id, f"first-{brand.id}")
    pass_time(alert, clock, timedelta(minutes=20))
    for incident in alert.book.unresolved():
        alert.book.acknowledge(incident.id, "Els Kamps", clock.at)
    pass_time(alert, clock, timedelta(minutes=5))


def courses(alert: Alerting) -> dict[str, list[tuple[Happening, str]]]:
    """Return by brand what happened to its incident of dangers since somebody took it on."""
    found = [one for one in alert.book.since(START) if one.cause == Cause.DANGER]
    return {one.brand: [(step.what, step.telling) for step in alert.book.course(one.id)[2:]] for one in found}


def test_what_is_due_after_a_shift_at_two_brands_is_one_page(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    alert = an_alerting(database, mail(server), brands=TWO)
    taken_on(alert, database, clock)
    before = len(told_of_danger(server))
    burn(database, clock.at, brand="waalfiets", kind="more")
    burn(database, clock.at + timedelta(hours=2), brand="rivierbus", kind="more")
    clock.at += timedelta(hours=8)
    pass_time(alert, clock, timedelta(minutes=20))
    new = server.mails[before:]

    assert {"waalfiets": [(Happening.ROSE, TOLD)], "rivierbus": [(Happening.ROSE, ALONG)]} == courses(alert)
    assert ["[CRITICAL] Waalfiets: 5 dangers wait for a person, and more at another brand"] == [
        str(sent["Subject"]).strip() for _, sent in new
    ]
    assert "Rivierbus: 5 dangers wait for a person (incident 2)." in plain(new[0][1])
    assert [] == alert.notices.troubled(START)


def test_what_went_along_counts_as_taken_on_by_nobody_and_rings_when_it_is_repeated(database: sa.Engine, clock: Clock) -> None:
    with Pager() as pager:
        ways = NotifierSettings("pager", "pagerduty", {**PAGER_NAMES, "events_url": pager.url, "api_url": pager.url})
        secrets = {"PAGERDUTY_ROUTING_KEY": ROUTING_KEY, "PAGERDUTY_API_KEY": API_KEY}
        alert = an_alerting(database, ways, brands=TWO, environment=secrets)
        taken_on(alert, database, clock)
        first = [*pager.woken]
        burn(database, clock.at, brand="waalfiets", kind="more")
        burn(database, clock.at + timedelta(hours=2), brand="rivierbus", kind="more")
        clock.at += timedelta(hours=8)
        pass_time(alert, clock, timedelta(minutes=20))
        woken, along = pager.woken[len(first) :], alert.book.unresolved("rivierbus", Cause.DANGER)[0]
        pager.acknowledge(woken[0], "Jan Smit")
        pass_time(alert, clock, timedelta(minutes=70))
        again = pager.woken[len(first) + 1 :]

    assert {"incident/1", "incident/2"} == {*first}
    assert ["incident/1"] == [key.rpartition("/")[0] for key in woken]
    # It was acknowledged there before it grew.
    assert IncidentStatus.OPEN is along.status
    assert ["incident/2"] == [key.rpartition("/")[0] for key in again]
    assert "Jan Smit (pager)" == alert.book.unresolved("waalfiets", Cause.DANGER)[0].acknowledged_by


def test_who_is_woken_for_a_new_danger_is_told_of_the_others_that_came_meanwhile(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    third = replace(a_brand(), id="dom", name="Domtoren")
    with FakeSlack() as slack:
        chat = NotifierSettings("chat", "slack", {"channel": "C0CRISIS", "token_name": "SLACK_BOT_TOKEN", "api_url": slack.api_url})
        more = {"brands": (*TWO, third), "environment": {"SLACK_BOT_TOKEN": "xoxb-hidden"}}
        alert = an_alerting(database, mail(server), chat, **more)
        taken_on(alert, database, clock)
        before = len(told_of_danger(server))
        burn(database, clock.at, brand="rivierbus", kind="more")
        burn(database, clock.at + timedelta(hours=1), brand="dom", kind="new")
        clock.at += timedelta(hours=1)
        pass_time(alert, clock, timedelta(minutes=20))
        texts = {message.blocks[0]["text"]["text"] for message in slack.shown("C0CRISIS")}

    assert [(ELS, "[CRITICAL] Domtoren: 1 danger waits for a person, and more at another brand")] == [
        (whom, str(sent["Subject"]).strip()) for whom, sent in server.mails[before:]
    ]
    assert [(Happening.ROSE, ALONG)] == courses(alert)["rivierbus"]
    # Each incident's own message shows how it stands, whoever was woken.
    assert "🔴 [CRITICAL] Rivierbus: 5 dangers wait for a person" in texts
    assert "🟡 [CRITICAL] Waalfiets: 4 dangers wait for a person" in texts


def test_what_would_go_along_with_a_silenced_page_is_told_by_itself(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    alert = an_alerting(database, mail(server), brands=TWO)
    taken_on(alert, database, clock)
    before = len(told_of_danger(server))
    for brand in TWO:
        burn(database, clock.at, brand=brand.id, kind=f"more-{brand.id}")
    clock.at += timedelta(hours=8)
    alert.book.silence(Silence(0, "waalfiets", "", "Els Kamps", "a drill", clock.at, clock.at + timedelta(hours=2)))
    pass_time(alert, clock, timedelta(minutes=20))

    assert (Happening.ROSE, WAITS) in courses(alert)["waalfiets"]
    assert [(Happening.ROSE, TOLD)] == courses(alert)["rivierbus"]
    assert ["[CRITICAL] Rivierbus: 5 dangers wait for a person"] == [subject for _, subject in told_of_danger(server)[before:]]


# A story is one incident


def test_a_dangerous_story_on_three_networks_is_one_incident_and_one_page(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database)
    alert = an_alerting(database, mail(server))
    # It goes on for an hour and a half, as a storm does, and each part of it is read as it comes.
    for number in range(18):
        save(database, a_burst(clock.at, 6, 5), "Het slot staat in brand.", action=Action.ESCALATE, kind=f"b{number}-", read_at=clock.at)
        with database.begin() as connection:
            known = sa.select(story_mentions.c.mention_id)
            ids = connection.scalars(sa.select(mentions.c.id).where(mentions.c.posted_at >= NOON, mentions.c.id.not_in(known))).all()
            if number == 0:
                row = {"brand": "waalfiets", "first_at": NOON, "last_at": NOON, "headline_id": ids[0], "mentions": 6}
                connection.execute(sa.insert(stories).values(id=1, **row))
            connection.execute(sa.insert(story_mentions), [{"mention_id": one, "story_id": 1} for one in ids])
        pass_time(alert, clock, timedelta(minutes=5))
        for incident in alert.book.unresolved():
            alert.book.acknowledge(incident.id, "Els Kamps", clock.at)
    found = [one for one in alert.book.since(START) if one.cause != Cause.PRESSURE]
    first = plain(server.mails[0][1])

    assert [(Cause.SPIKE, Gravity.CRITICAL)] == [(one.cause, one.gravity) for one in found]
    assert [] == told_of_danger(server)
    assert "T12" in first
    assert all(network in first for network in ("Mastodon", "Bluesky", "Reddit"))


def test_a_danger_that_a_few_tell_on_three_networks_is_one_incident_and_one_page(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    burn(database, clock.at, 3)
    alert = an_alerting(database, mail(server))
    pass_time(alert, clock, timedelta(minutes=50))

    assert [Cause.DANGER] == [one.cause for one in alert.book.since(START)]
    assert ["[CRITICAL] Waalfiets: 3 dangers wait for a person"] == [str(sent["Subject"]) for _, sent in server.mails]


def test_a_danger_that_comes_after_the_page_of_a_spike_pages_by_itself(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    alert = an_alerting(database, mail(server))
    pass_time(alert, clock, timedelta(minutes=50))
    alert.book.acknowledge(1, "Els Kamps", clock.at)
    burn(database, clock.at)
    pass_time(alert, clock, timedelta(minutes=20))

    assert [Cause.DANGER, Cause.SPIKE] == [one.cause for one in alert.book.since(START)]
    assert 1 == len(told_of_danger(server))


def test_the_dangers_of_a_spike_of_which_nobody_was_told_page_by_themselves(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), "Het staat in brand.", action=Action.ESCALATE, kind="burst")
    alert = an_alerting(database, mail(server))
    alert.book.silence(Silence(0, "waalfiets", Cause.SPIKE, "Els Kamps", "open day", NOON, NOON + timedelta(hours=4)))
    pass_time(alert, clock, timedelta(minutes=75))

    assert {Cause.DANGER, Cause.SPIKE} == {one.cause for one in alert.book.since(START)}
    assert 1 <= len(told_of_danger(server))

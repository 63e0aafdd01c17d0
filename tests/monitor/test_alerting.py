"""A burst opens one incident and pages once, whatever restarts; what is no burst wakes nobody."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import alerting, standing, telling
from monitor.alerting import Alerting
from monitor.domain import Action, Cause, Gravity, IncidentStatus, Label, MentionStatus, Silence
from monitor.incidentbook import IncidentBook
from monitor.settings import NotifierSettings, OnCallSettings, Shift, SourceSettings
from monitor.store import MonitorStore
from monitor.tables import watches
from monitor.telling import Telling
from monitor.watchbook import WatchBook
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand, a_mention, a_sentiment, a_triage
from tests.fakes.mail import MailServer, plain

START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
DAYS = 5
NOON = START + timedelta(days=DAYS, hours=12)
"""When the burst comes, on a Saturday."""
ELS, JAN = "els@waalfiets.example", "jan@waalfiets.example"
OPTIONS = {"host": "localhost", "security": "none", "from": ELS, "to": (ELS,), "user": "", "password_name": "P", "unsubscribe": ""}
NETWORKS = ("mastodon", "bluesky", "reddit")


class Clock:
    """The clock of all modules, which a test sets."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(NOON)
    for module in (telling, standing, alerting):
        monkeypatch.setattr(module, "now", clock)
    return clock


def an_alerting(database: sa.Engine, *notifiers: NotifierSettings, **changes: Any) -> Alerting:
    """Return what another process, or the same after a restart, would build."""
    given: dict[str, Any] = {"oncall": OnCallSettings(language="en"), "brands": (a_brand(),)}
    monitor = Monitor(replace(bare_settings(), notifiers=notifiers, **given | changes))
    vars(monitor)["database"] = database
    return Alerting(monitor)


def mail(server: MailServer, name: str = "mail", **options: Any) -> NotifierSettings:
    return NotifierSettings(name, "email", {**OPTIONS, "port": server.port, **options})


def deliver(alert: Alerting, clock: Clock) -> None:
    mouth = Telling(alert.monitor)
    for sending in mouth.due(clock.at):
        mouth.tell(sending.key, sending.notifier, sending.recipient, sending.tries)


def save(
    database: sa.Engine,
    moments: list[datetime],
    text: str = "The lock of my Waalfiets works.",
    *,
    label: Label = Label.NEGATIVE,
    action: Action = Action.WATCH,
    author: str = "",
    read_at: datetime | None = None,
    kind: str = "m",
    brand: str = "waalfiets",
) -> None:
    """Store mentions of these moments, each read a minute after it was posted, scored and triaged."""
    store = MonitorStore(database)
    found = [
        a_mention(
            f"{text} {number}",
            network=NETWORKS[0 if author else number % 3],
            external_id=f"{kind}{at.timestamp()}-{number}",
            author=author or f"@{kind}{number}",
            posted_at=at,
            brand=brand,
        )
        for number, at in enumerate(moments)
    ]
    for number in range(0, len(found), 200):
        part = found[number : number + 200]
        store.save_batch("sample", brand, part, cursor="c", at=read_at or part[-1].posted_at + timedelta(minutes=1))
    waiting = store.waiting(MentionStatus.NEW, 10_000)
    store.record_scores([(one.id, "en", a_sentiment(label)) for one in waiting], NOON)
    store.record_triage([(one.id, a_triage(action)) for one in waiting], NOON)


def a_quiet_past(database: sa.Engine, a_day: int = 2) -> None:
    """Store a few negative mentions on each of some days."""
    step = timedelta(days=1) / a_day
    for day in range(DAYS):
        save(database, [START + timedelta(days=day) + step * number + timedelta(hours=3) for number in range(a_day)], kind=f"past{day}-")


def a_burst(begin: datetime, count: int = 120, minutes: int = 40) -> list[datetime]:
    return [begin + timedelta(minutes=minutes) * number / count for number in range(count)]


def pass_time(alert: Alerting, clock: Clock, length: timedelta) -> None:
    """Let time pass, with everything that is done each five minutes and each minute."""
    end = clock.at + length
    while clock.at < end:
        clock.at += timedelta(minutes=5)
        alert.count()
        alert.look()
        deliver(alert, clock)


def test_a_burst_over_three_networks_is_one_incident_and_one_mail(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), "The lock of my bike does not open anywhere.", kind="burst")
    alert = an_alerting(database, mail(server))
    pass_time(alert, clock, timedelta(hours=1))
    [incident] = alert.book.since(START)
    [(_, sent)] = server.mails

    assert (Cause.SPIKE, IncidentStatus.OPEN, Gravity.HIGH) == (incident.cause, incident.status, incident.gravity)
    assert "[high] Waalfiets" in str(sent["Subject"])
    assert "Mastodon" in plain(sent)
    assert [] == alert.notices.troubled(START)


def test_a_second_process_and_a_restart_page_nobody_again(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    clock.at += timedelta(minutes=50)
    for _ in range(3):
        again = an_alerting(database, mail(server))
        again.count()
        again.tell()
        deliver(again, clock)

    assert [ELS] == server.sent_to()
    assert 1 == len(IncidentBook(database).since(START))


@pytest.mark.parametrize(("looks_each", "said"), [(5, 15), (10, 30), (50, 120)])
def test_a_page_says_plainly_how_many_there_are_by_now(
    database: sa.Engine, server: MailServer, clock: Clock, looks_each: int, said: int
) -> None:
    """Sources that are read each ten minutes bring two bins at a time: the first may alarm, and the page is of both."""
    a_quiet_past(database)
    save(database, a_burst(NOON), "The lock of my bike does not open anywhere.", kind="burst")
    alert = an_alerting(database, mail(server))
    while not server.mails:
        clock.at += timedelta(minutes=looks_each)
        alert.count()
        deliver(alert, clock)
    [(_, sent)] = server.mails

    assert f"[high] Waalfiets: {said} negative mentions in an hour, usually 0" == str(sent["Subject"])
    assert f"{said} posts by {said} different authors" in plain(sent)


def test_eight_negatives_in_an_hour_page_a_quiet_brand(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database, a_day=2)
    save(database, a_burst(NOON, 8, 60), kind="burst")
    alert = an_alerting(database, mail(server))
    pass_time(alert, clock, timedelta(hours=1, minutes=10))

    assert [ELS] == server.sent_to()


def test_quiet_days_page_nobody(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database, a_day=3)
    clock.at = START
    alert = an_alerting(database, mail(server))
    for _ in range(DAYS * 24):
        clock.at += timedelta(hours=1)
        alert.count()

    assert [] == alert.book.since(START)


def test_an_import_of_old_mentions_is_no_spike(database: sa.Engine, clock: Clock) -> None:
    a_quiet_past(database)
    alert = an_alerting(database)
    clock.at = NOON - timedelta(minutes=5)
    alert.count()
    save(database, a_burst(NOON - timedelta(days=1), 500, 600), read_at=NOON, kind="old")
    pass_time(alert, clock, timedelta(minutes=30))

    assert [] == alert.book.since(START)


def test_a_source_that_was_down_and_catches_up_is_no_spike(database: sa.Engine, clock: Clock) -> None:
    busy = [START + timedelta(minutes=20 * number) for number in range(DAYS * 72)]
    save(database, busy, kind="usual")
    source = SourceSettings("sample", "file", ("waalfiets",), timedelta(minutes=10), {})
    alert = an_alerting(database, sources=(source,))
    clock.at = START + timedelta(days=DAYS)
    alert.count()
    MonitorStore(database).record_failure("sample", "waalfiets", "it is down", clock.at + timedelta(hours=1))
    pass_time(alert, clock, timedelta(hours=4))
    save(database, [START + timedelta(days=DAYS, minutes=20 * number) for number in range(12)], read_at=clock.at, kind="late")
    pass_time(alert, clock, timedelta(hours=1))

    assert [] == alert.book.since(START)


def test_a_flood_by_one_author_wakes_nobody_and_is_marked(database: sa.Engine, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON, 200, 40), author="@bot", kind="flood")
    alert = an_alerting(database)
    pass_time(alert, clock, timedelta(hours=1))
    found = WatchBook(database).found(NOON)

    assert [] == alert.book.since(START)
    assert {"flood"} == {one.finding.value for one in found}


def test_late_mentions_count_where_they_belong(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database)
    alert = an_alerting(database, mail(server))
    clock.at = NOON + timedelta(minutes=40)
    alert.count()
    save(database, a_burst(NOON, 60, 40), read_at=clock.at, kind="late")
    pass_time(alert, clock, timedelta(minutes=10))

    assert [ELS] == server.sent_to()


def test_what_was_judged_can_be_made_anew_and_pages_nobody_for_the_past(database: sa.Engine, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON - timedelta(hours=20), 120, 40), kind="yesterday")
    with database.begin() as connection:
        connection.execute(sa.delete(watches))
    alert = an_alerting(database)
    alert.count()

    assert [] == alert.book.since(START)
    with database.connect() as connection:
        assert 3 == connection.scalar(sa.select(sa.func.count()).select_from(watches))


def test_two_processes_that_judge_at_once_open_one_incident(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    clock.at += timedelta(minutes=50)
    together = threading.Barrier(2)

    def work() -> None:
        one = an_alerting(database, mail(server))
        together.wait()
        one.count()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deliver(an_alerting(database, mail(server)), clock)

    assert 1 == len(IncidentBook(database).since(START))
    assert [ELS] == server.sent_to()


def test_what_nobody_acknowledges_goes_along_the_rota_and_is_then_repeated(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    save(database, [NOON], "My Waalfiets caught fire.", action=Action.ESCALATE, kind="fire", read_at=NOON)
    oncall = OnCallSettings(language="nl", shifts=(Shift("Els", ("els",)), Shift("Jan", ("jan",))))
    alert = an_alerting(database, mail(server, "els"), mail(server, "jan", to=(JAN,)), oncall=oncall)
    pass_time(alert, clock, timedelta(minutes=100))

    assert [ELS, JAN, JAN] == server.sent_to()


def test_too_much_that_waits_pages_where_no_spike_explains_it(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    save(database, [NOON - timedelta(hours=40 - number) for number in range(12)], action=Action.RESPOND, kind="w")
    alert = an_alerting(database, mail(server))
    alert.look()
    alert.look()
    deliver(alert, clock)
    [incident] = alert.book.since(START)

    assert Cause.PRESSURE == incident.cause
    assert [ELS] == server.sent_to()
    assert "K6" in plain(server.mails[0][1])


def test_on_the_first_day_nobody_is_told_what_a_team_usually_clears(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    save(database, [NOON - timedelta(hours=20 - number) for number in range(12)], action=Action.RESPOND, kind="w")
    alert = an_alerting(database, mail(server))
    pass_time(alert, clock, timedelta(minutes=30))

    assert [] == list(alert.book.since(START))


def test_a_silence_lets_nobody_be_woken(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    alert = an_alerting(database, mail(server))
    alert.book.silence(Silence(0, "waalfiets", "", "Els Kamps", "fair", NOON, NOON + timedelta(hours=2)))
    pass_time(alert, clock, timedelta(hours=1))

    assert [] == server.mails
    assert 1 == len(alert.book.unresolved())


def test_more_pages_than_an_hour_may_bring_are_summed_up(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    alert = an_alerting(database, mail(server), oncall=OnCallSettings(language="en", most_pages=2))
    for number in range(5):
        with database.begin() as connection:
            alert.book.raise_(connection, "waalfiets", f"story/{number}", Gravity.HIGH, clock.at, facts={})
    alert.tell()
    deliver(alert, clock)

    assert 3 == len(server.mails)
    assert 1 == sum("held back" in str(sent["Subject"]) for _, sent in server.mails)


def test_a_spike_that_is_over_is_resolved_by_itself(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    alert = an_alerting(database, mail(server))
    pass_time(alert, clock, timedelta(hours=1))
    [incident] = alert.book.unresolved()
    alert.book.acknowledge(incident.id, "Els Kamps", clock.at)
    clock.at += timedelta(hours=19)
    alert.count()
    alert.look()
    deliver(alert, clock)

    assert [] == alert.book.unresolved()
    assert [ELS] == server.sent_to()

"""Who is woken once a silence or a night is over, a shift changed, or an hour had too many pages; nothing is told twice or lost."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.alerting import Alerting
from monitor.domain import Cause, Gravity, Happening, IncidentStatus, Silence
from monitor.incidentbook import ALONG, HELD, TOLD, WAITS
from monitor.settings import NotifierSettings, OnCallSettings, Shift
from tests.builders import a_brand
from tests.fakes.mail import MailServer, plain
from tests.fakes.slack import FakeSlack
from tests.monitor.test_alerting import ELS, JAN, NOON, Clock, an_alerting, clock, deliver, mail

__all__ = ["clock"]  # Fixtures, which tests name.

KIM = "kim@waalfiets.example"
BOTH = (Shift("Els", ("els",)), Shift("Jan", ("jan",)))
NIGHT = (time(22), time(7))


def a_rota(database: sa.Engine, server: MailServer, **oncall: Any) -> Alerting:
    given: dict[str, Any] = {"language": "en", "timezone": "UTC", "shifts": BOTH} | oncall
    addresses = {"els": ELS, "jan": JAN, "kim": KIM}
    ways = [mail(server, name, to=(addresses[name],)) for shift in given["shifts"] for name in shift.ways]
    return an_alerting(database, *ways, oncall=OnCallSettings(**given))


def happen(alert: Alerting, clock: Clock, gravity: Gravity = Gravity.HIGH, brand: str = "waalfiets", *, anew: bool = False) -> int:
    """Let something happen that the minute's look leaves open."""
    with alert.book.database.begin() as connection:
        return alert.book.raise_(connection, brand, "story/1", gravity, clock.at, facts={}, anew=anew)


def go_on(alert: Alerting, clock: Clock, length: timedelta) -> None:
    end = clock.at + length
    while clock.at < end:
        clock.at += timedelta(minutes=5)
        alert.look()
        deliver(alert, clock)


def a_silence(alert: Alerting, clock: Clock, hours: int = 2) -> int:
    return alert.book.silence(Silence(0, "waalfiets", "", "Els Kamps", "open day", clock.at, clock.at + timedelta(hours=hours)))


def course(alert: Alerting, number: int = 1) -> list[tuple[Happening, str]]:
    return [(one.what, one.telling) for one in alert.book.course(number) if one.pages]


def test_what_is_still_open_once_a_silence_ends_wakes_the_first_of_the_rota(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    alert = a_rota(database, server)
    a_silence(alert, clock)
    happen(alert, clock)
    go_on(alert, clock, timedelta(minutes=115))
    silent = [*server.sent_to()]
    go_on(alert, clock, timedelta(minutes=20))

    assert [] == silent
    assert [ELS, JAN] == server.sent_to()
    assert "It began on 7 March at 13:00." in plain(server.mails[0][1])
    assert [(Happening.OPENED, TOLD), (Happening.ESCALATED, TOLD)] == course(alert)


def test_a_silence_after_the_first_page_lets_the_rota_begin_anew_once_it_ends(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    alert = a_rota(database, server)
    happen(alert, clock)
    go_on(alert, clock, timedelta(minutes=20))
    a_silence(alert, clock)
    go_on(alert, clock, timedelta(minutes=115))
    silent = [*server.sent_to()]
    go_on(alert, clock, timedelta(minutes=25))

    assert [ELS, JAN] == silent
    assert [ELS, JAN, ELS, JAN] == server.sent_to()


def test_a_silence_that_is_ended_sooner_lets_what_waited_be_told_at_once(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    alert = a_rota(database, server)
    silence = a_silence(alert, clock)
    happen(alert, clock)
    go_on(alert, clock, timedelta(minutes=10))

    assert alert.book.end_silence(silence, clock.at)

    go_on(alert, clock, timedelta(minutes=5))

    assert [ELS] == server.sent_to()


def test_a_silence_holds_back_for_good_what_is_light_and_what_is_over_by_its_end(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    alert = a_rota(database, server)
    a_silence(alert, clock)
    happen(alert, clock, Gravity.LOW)
    go_on(alert, clock, timedelta(minutes=5))
    light = course(alert)
    number = happen(alert, clock)
    go_on(alert, clock, timedelta(minutes=5))
    alert.book.resolve(number, "Els Kamps", clock.at)
    go_on(alert, clock, timedelta(hours=3))

    assert [(Happening.OPENED, HELD)] == light
    assert [(Happening.OPENED, HELD), (Happening.ROSE, HELD)] == course(alert)
    assert [] == server.sent_to()


def test_until_when_a_silence_holds_is_said(database: sa.Engine, clock: Clock) -> None:
    with FakeSlack() as slack:
        options = {"channel": "C0CRISIS", "token_name": "SLACK_BOT_TOKEN", "api_url": slack.api_url}
        chat = NotifierSettings("chat", "slack", options)
        alert = an_alerting(database, chat, oncall=OnCallSettings(language="nl"), environment={"SLACK_BOT_TOKEN": "xoxb-hidden"})
        happen(alert, clock)
        go_on(alert, clock, timedelta(minutes=5))
        alert.book.press(1, "silence", "Els Kamps", clock.at)
        go_on(alert, clock, timedelta(minutes=5))
        said = str(slack.shown("C0CRISIS")[0].versions[-1])

    assert "Stilgezet door Els Kamps op 7 maart om 13:05, tot 7 maart om 17:05: met een knop" in said


def test_what_grows_in_the_night_wakes_once_and_is_not_told_again_in_the_morning(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    clock.at = NOON.replace(hour=23)
    alert = a_rota(database, server, quiet_hours=NIGHT)
    happen(alert, clock)
    go_on(alert, clock, timedelta(hours=1))
    asleep = [*server.sent_to()]
    happen(alert, clock, Gravity.CRITICAL)
    go_on(alert, clock, timedelta(minutes=10))
    alert.book.acknowledge(1, "Els Kamps", clock.at)
    go_on(alert, clock, timedelta(hours=10))

    assert [] == asleep
    assert [ELS] == server.sent_to()
    # Nobody was told of anything that it could have grown from.
    assert "It began on 8 March at 00:00." in plain(server.mails[0][1])
    assert [(Happening.OPENED, ALONG), (Happening.ROSE, TOLD)] == course(alert)


def test_what_happened_twice_in_the_night_is_one_page_in_the_morning(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    clock.at = NOON.replace(hour=23)
    alert = a_rota(database, server, quiet_hours=NIGHT)
    happen(alert, clock)
    go_on(alert, clock, timedelta(hours=1))
    happen(alert, clock, anew=True)
    go_on(alert, clock, timedelta(hours=7, minutes=5))

    assert [ELS] == server.sent_to()
    assert [(Happening.OPENED, TOLD), (Happening.ROSE, ALONG)] == course(alert)


def test_what_was_taken_on_before_its_page_was_due_wakes_nobody(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    clock.at = NOON.replace(hour=23)
    alert = a_rota(database, server, quiet_hours=NIGHT)
    number = happen(alert, clock)
    go_on(alert, clock, timedelta(hours=1))

    assert alert.book.acknowledge(number, "Els Kamps", clock.at)

    go_on(alert, clock, timedelta(hours=9))

    assert [] == server.sent_to()
    assert IncidentStatus.ACKNOWLEDGED is alert.book.unresolved()[0].status


def test_whoever_comes_on_call_is_asked_before_it_goes_on_to_the_last_of_them(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    shifts = (Shift("Els", ("els",), hours=(time(6), time(14))), Shift("Jan", ("jan",), hours=(time(14), time(6))), Shift("Kim", ("kim",)))
    alert = a_rota(database, server, shifts=shifts)
    clock.at = NOON.replace(hour=13)
    happen(alert, clock)
    go_on(alert, clock, timedelta(minutes=90))

    assert [ELS, KIM, JAN, KIM] == server.sent_to()


def test_an_incident_whose_page_cannot_be_written_keeps_nobody_from_being_told_of_the_others(
    database: sa.Engine, server: MailServer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    alert = a_rota(database, server)
    with database.begin() as connection:
        alert.book.raise_(connection, "waalfiets", "story/2", Gravity.HIGH, clock.at, facts={"at": "no moment"})
    happen(alert, clock)
    for _ in range(2):
        with pytest.raises(ValueError, match="no moment"):
            alert.look()
        deliver(alert, clock)

    assert [ELS] == server.sent_to()
    assert [(Happening.OPENED, WAITS)] == course(alert, 1)
    assert "the minute's look at incident 1 failed" in caplog.text


def test_a_danger_is_told_by_itself_where_the_page_that_should_have_told_of_it_cannot_be_written(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    brands = (a_brand(id="a", name="A"), a_brand(id="b", name="B"))
    alert = an_alerting(database, mail(server), brands=brands, oncall=OnCallSettings(language="en"))
    with database.begin() as connection:
        alert.book.raise_(connection, "b", Cause.DANGER, Gravity.CRITICAL, clock.at, facts={"count": 1})
    alert.tell()
    with database.begin() as connection:
        alert.book.raise_(connection, "a", Cause.DANGER, Gravity.CRITICAL, clock.at, facts={"at": "no moment"})
        alert.book.raise_(connection, "b", Cause.DANGER, Gravity.CRITICAL, clock.at, facts={"count": 2}, anew=True)
    with pytest.raises(ValueError, match="no moment"):
        alert.tell()
    deliver(alert, clock)

    assert ["[CRITICAL] B: 2 dangers wait for a person"] == [str(sent["Subject"]) for _, sent in server.mails[1:]]
    assert [(Happening.OPENED, TOLD), (Happening.ROSE, TOLD)] == course(alert, 1)


def test_pages_that_waited_count_for_the_hour_in_which_they_go_out_and_a_rehearsal_counts_for_none(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    clock.at = NOON.replace(hour=23)
    alert = a_rota(database, server, quiet_hours=NIGHT, most_pages=1)
    happen(alert, clock)
    go_on(alert, clock, timedelta(hours=8))
    with database.begin() as connection:
        alert.book.raise_(connection, "waalfiets", "story/9", Gravity.HIGH, clock.at, facts={})
    go_on(alert, clock, timedelta(minutes=5))

    assert 1 == alert.book.pages_told(clock.at - timedelta(hours=1))
    assert ["held back" in str(sent["Subject"]) for _, sent in server.mails] == [False, True, True]
    with database.begin() as connection:
        number = alert.book.raise_(connection, "waalfiets", Cause.REHEARSAL, Gravity.CRITICAL, clock.at, facts={})
    alert.notices.write(alert.compose(alert.book.course(number)[0]), alert.all_ways(), clock.at)
    assert 1 == alert.book.pages_told(clock.at - timedelta(hours=1))


@pytest.mark.parametrize("wait", [timedelta(minutes=4), timedelta(minutes=20)])
def test_what_is_too_much_for_an_hour_is_summed_up_again_for_what_comes_later(
    database: sa.Engine, server: MailServer, clock: Clock, wait: timedelta
) -> None:
    brands = tuple(a_brand(id=f"b{number}", name=f"B{number}") for number in range(4))
    alert = an_alerting(database, mail(server), brands=brands, oncall=OnCallSettings(language="en", most_pages=1))
    numbers = []
    for brand in brands:
        numbers.append(happen(alert, clock, brand=brand.id))
        alert.tell()
        deliver(alert, clock)
        clock.at += wait
    for _ in range(4):
        clock.at += timedelta(minutes=5)
        alert.tell()
        deliver(alert, clock)
    summaries = [plain(sent) for _, sent in server.mails if "held back" in str(sent["Subject"])]

    # Each is told of once, by its own page or in one of the summaries, of which there is at most one in a quarter of an hour.
    assert [1] * 3 == [sum(f"Incident {number}, " in text for text in summaries) for number in numbers[1:]]
    assert len(summaries) <= 3
    assert [] == [one for number in numbers for one in course(alert, number) if one[1] == WAITS]

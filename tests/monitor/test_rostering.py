"""The calendar of the rota is read from a file or an address within bounds, holds on where it is away, and says who is woken."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import rostering
from monitor.calendars import MAX_BYTES, Rota
from monitor.command import UNAVAILABLE, USAGE
from monitor.domain import Gravity
from monitor.noticebook import NoticeBook
from monitor.oncall import next_change, on_call
from monitor.rostering import Rostering, calendar_lines, without_paths
from monitor.rotabook import Read, RotaBook
from monitor.settings import Duty, NotifierSettings, OnCallSettings, Person, Shift
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand
from tests.fakes.mail import MailServer
from tests.fakes.web import WebSite, answer
from tests.monitor.test_alerting import ELS, JAN, Clock, an_alerting, clock, deliver, mail
from tests.monitor.test_calendars import a_calendar, an_event
from tests.terminal import Terminal

__all__ = ["clock"]  # Fixtures, which tests name.

AT = datetime(2026, 3, 24, 12, 0, tzinfo=UTC)
"""A Tuesday; Els has the week from Monday at nine."""
PEOPLE = (Person("Els Kamps", ("els",), ("Els",)), Person("Jan Peters", ("jan",)))
WEEK = a_calendar(an_event("SUMMARY:Els"))
SECRET = "/calendar/ical/private-0123456789abcdef/basic.ics"


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the reading."""
    hand = Clock(AT)
    monkeypatch.setattr(rostering, "now", hand)
    return hand


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


def a_monitor(database: sa.Engine, folder: Path, calendar: str = "rota.ics", *, secret: str = "", **changes: Any) -> Monitor:
    oncall = OnCallSettings(calendar=calendar, people=PEOPLE, allow_private=("127.0.0.1",))
    environment = {"ONCALL_CALENDAR_URL": secret} if secret else {}
    given: dict[str, Any] = {"oncall": oncall, "brands": (a_brand(),), "config_dir": folder, "environment": environment}
    monitor = Monitor(replace(bare_settings(), **given | changes))
    vars(monitor)["database"] = database
    return monitor


def known(monitor: Monitor, at: datetime = AT) -> list[str]:
    return [shift.person for shift in on_call(RotaBook(monitor.database).oncall(monitor.settings, at), at)]


def test_a_calendar_in_a_file_says_who_is_on_call(database: sa.Engine, tmp_path: Path, hand: Clock) -> None:
    (tmp_path / "rota.ics").write_bytes(WEEK)
    monitor = a_monitor(database, tmp_path)
    before = known(monitor)
    read = Rostering(monitor).read()

    assert ([], ["Els Kamps"]) == (before, known(monitor))
    assert Read(AT, AT) == read
    assert [] == known(monitor, AT + timedelta(days=14))


def test_a_calendar_at_an_address_is_read_and_what_it_said_holds_while_it_is_away(
    database: sa.Engine, tmp_path: Path, hand: Clock, site: WebSite
) -> None:
    site.pages[SECRET] = answer(WEEK)
    monitor = a_monitor(database, tmp_path, secret=site.url(SECRET))
    Rostering(monitor).look()
    site.pages[SECRET] = answer(b"gone", 404)
    hand.at += timedelta(hours=1)
    Rostering(monitor).look()
    read = RotaBook(database).last()

    assert ["Els Kamps"] == known(monitor)
    assert read is not None
    assert (AT, AT + timedelta(hours=1)) == (read.read_at, read.tried_at)
    # The address opens the calendar to whoever knows it.
    assert "404" in read.trouble
    assert "private-" not in read.trouble
    assert [] == NoticeBook(database).due(datetime.now(UTC))


def test_a_swap_in_the_calendar_is_known_at_the_next_look(database: sa.Engine, tmp_path: Path, hand: Clock) -> None:
    (tmp_path / "rota.ics").write_bytes(WEEK)
    monitor = a_monitor(database, tmp_path)
    Rostering(monitor).look()
    (tmp_path / "rota.ics").write_bytes(a_calendar(an_event("SUMMARY:Jan Peters, Els"), an_event("SUMMARY:Jan Peters", uid="2")))
    Rostering(monitor).look()

    assert ["Jan Peters", "Els Kamps"] == known(monitor)


def test_one_that_is_away_for_longer_than_a_day_is_told_of_once_in_the_language_of_the_brand(
    database: sa.Engine, tmp_path: Path, hand: Clock
) -> None:
    (tmp_path / "rota.ics").write_bytes(WEEK)
    monitor = a_monitor(database, tmp_path, notifiers=(NotifierSettings("screen", "console"),))
    Rostering(monitor).look()
    (tmp_path / "rota.ics").write_bytes(WEEK[:100])
    for hours in (24, 1, 1):
        hand.at += timedelta(hours=hours)
        Rostering(monitor).look()
    [sending] = NoticeBook(database).due(hand.at)
    taken = NoticeBook(database).take(sending, hand.at)

    assert taken is not None
    assert "rota/2026-03-24" == sending.key
    assert "De kalender van het rooster kan niet worden gelezen" == taken[0].title
    assert "op 2026-03-24 12:00 UTC" in taken[0].text
    assert "breaks off" in taken[0].text


def test_one_that_was_never_read_is_told_of_at_once_and_the_shifts_hold(database: sa.Engine, tmp_path: Path, hand: Clock) -> None:
    oncall = OnCallSettings(calendar="rota.ics", shifts=(Shift("Kim", ("kim",)),))
    monitor = a_monitor(database, tmp_path, oncall=oncall, notifiers=(NotifierSettings("screen", "console"),))
    Rostering(monitor).look()

    assert ["Kim"] == known(monitor)
    assert ["rota/never"] == [one.key for one in NoticeBook(database).due(hand.at)]


def test_a_calendar_that_is_taken_out_of_the_configuration_says_nothing_any_more(database: sa.Engine, tmp_path: Path, hand: Clock) -> None:
    (tmp_path / "rota.ics").write_bytes(WEEK)
    Rostering(a_monitor(database, tmp_path)).look()
    monitor = a_monitor(database, tmp_path, calendar="")

    assert Rostering(monitor).read() is None
    Rostering(monitor).look()
    assert [] == known(monitor)


@pytest.mark.parametrize(
    ("calendar", "told"),
    [
        ("missing.ics", "no such file"),
        (".", "is no file"),
        ("pipe.ics", "is no file"),
        ("large.ics", "is larger than"),
        ("http://rota.example/basic.ics", "does not begin with https://"),
        ("https://127.0.0.1:9/basic.ics", "private network"),
    ],
)
def test_what_cannot_be_read_is_told_and_waited_for_by_nobody(
    database: sa.Engine, tmp_path: Path, hand: Clock, calendar: str, told: str
) -> None:
    os.mkfifo(tmp_path / "pipe.ics")
    (tmp_path / "large.ics").write_bytes(b"BEGIN:VCALENDAR" + b" " * MAX_BYTES)
    oncall = OnCallSettings(calendar=calendar, people=PEOPLE)
    read = Rostering(a_monitor(database, tmp_path, oncall=oncall)).read()

    assert read is not None
    assert told in read.trouble


def test_an_answer_that_is_too_long_is_not_read_to_its_end(database: sa.Engine, tmp_path: Path, hand: Clock, site: WebSite) -> None:
    site.pages["/rota.ics"] = answer(b"a" * (MAX_BYTES + 1))
    read = Rostering(a_monitor(database, tmp_path, site.url("/rota.ics"))).read()

    assert read is not None
    assert "is longer than" in read.trouble


def test_two_processes_that_read_at_once_leave_what_one_of_them_read(database: sa.Engine) -> None:
    week = timedelta(days=7)
    rotas = [Rota((Duty(AT, AT + week, "Els Kamps"), Duty(AT, AT + week, "Els Kamps", 1))), Rota((Duty(AT, AT + week, "Jan Peters"),))]
    with ThreadPoolExecutor(2) as both:
        for one in [both.submit(RotaBook(database).record, rota, AT) for rota in rotas * 5]:
            one.result()
    found = RotaBook(database).oncall(replace(bare_settings(), oncall=OnCallSettings(calendar="rota.ics")), AT).duties

    assert list(found) in ([Duty(AT, AT + week, "Jan Peters")], [Duty(AT, AT + week, "Els Kamps")])


def test_addresses_in_messages_end_at_their_host() -> None:
    assert "https://a.example/… answered 404; see http://b.example:8/…, or not" == without_paths(
        "https://a.example/private-x/y?z answered 404; see http://b.example:8/q, or not"
    )


# Who is woken


def test_the_page_goes_to_whom_the_calendar_names_and_on_to_the_next_in_its_order(
    database: sa.Engine, server: MailServer, clock: Clock, tmp_path: Path
) -> None:
    oncall = OnCallSettings(language="en", people=PEOPLE, calendar="rota.ics", shifts=(Shift("Els Kamps", ("els",)),))
    alert = an_alerting(database, mail(server, "els"), mail(server, "jan", to=(JAN,)), oncall=oncall)
    both = (Duty(clock.at, clock.at + timedelta(hours=1), "Jan Peters"), Duty(clock.at, clock.at + timedelta(hours=1), "Els Kamps", 1))
    RotaBook(database).record(Rota(both), clock.at)
    with database.begin() as connection:
        alert.book.raise_(connection, "waalfiets", "story/1", Gravity.HIGH, clock.at, facts={})
    for _ in range(5):
        alert.look()
        deliver(alert, clock)
        clock.at += timedelta(minutes=5)

    assert [JAN, ELS] == server.sent_to()


def test_where_the_calendar_names_nobody_whom_we_know_the_shifts_hold() -> None:
    shifts = (Shift("Kim", ("kim",)),)
    oncall = OnCallSettings(people=PEOPLE, shifts=shifts, duties=(Duty(AT, AT + timedelta(hours=2), "Gone"),))

    assert ["Kim"] == [one.person for one in on_call(oncall, AT)]


def test_the_next_change_is_told_from_the_calendar() -> None:
    hour = timedelta(hours=1)
    oncall = OnCallSettings(people=PEOPLE, duties=(Duty(AT, AT + hour, "Els Kamps"), Duty(AT + hour, AT + 2 * hour, "Jan Peters")))
    change = next_change(oncall, AT)

    assert change is not None
    assert (AT + hour, ["Jan Peters"]) == (change.at, [one.person for one in change.shifts])


# At the terminal


def configure(terminal: Terminal, calendar: str, more: str = "") -> None:
    path = terminal.folder / "config" / "monitor.toml"
    text = (
        f'[[notifier]]\nname = "screen"\nkind = "console"\n[oncall]\ncalendar = "{calendar}"\n{more}\n'
        '[[oncall.person]]\nname = "Els Kamps"\nways = ["screen"]\nknown_as = ["Els"]\n'
    )
    path.write_text(f"{path.read_text('utf-8')}\n{text}", encoding="utf-8")


def test_the_terminal_says_who_is_on_call_by_the_calendar_and_what_in_it_is_of_no_use(terminal: Terminal) -> None:
    configure(terminal, "rota.ics")
    always = {"begin": "DTSTART:20250101T090000", "end": "DTEND:20250102T090000"}
    events = an_event("SUMMARY:Els", "RRULE:FREQ=DAILY", **always), an_event("SUMMARY:Kees", "RRULE:FREQ=DAILY", uid="2", **always)
    (terminal.folder / "config" / "rota.ics").write_bytes(a_calendar(*events))
    said = terminal.type("monitor", "oncall")
    told = terminal.type("monitor", "oncall", "--json")

    assert (0, 0) == (said.code, told.code)
    assert said.out.startswith("Now: Els Kamps (by screen).")
    assert "name nobody of [oncall], and wake nobody: “Kees”" in said.out
    assert "have no time zone" in said.out
    assert (["Els Kamps"], ["Kees"]) == (told.json["now"], told.json["calendar"]["unknown"])
    assert "NOT KNOWN: These of its events name nobody of [oncall], and wake nobody: “Kees”." in terminal.type("monitor", "status").err
    checked = terminal.type("monitor", "check", "--offline").out
    assert "ok    calendar: it is read, and names 1 of those in [oncall]; nobody of [oncall] is named by “Kees”" in checked


def test_a_calendar_that_cannot_be_read_is_said_there_and_in_the_status(terminal: Terminal) -> None:
    configure(terminal, "rota.ics")
    said = terminal.type("monitor", "oncall")
    status = terminal.type("monitor", "status")
    checked = terminal.type("monitor", "check", "--offline")

    assert "FAIL  calendar: cannot be read from" in checked.out
    assert UNAVAILABLE == said.code
    assert "The calendar could not be read: cannot be read from" in said.out
    assert "NOT READ: The calendar could not be read" in status.err
    assert "no such file" in terminal.type("monitor", "status", "--json").json["rota"]["trouble"]


@pytest.mark.parametrize(
    ("calendar", "more", "told"),
    [
        ("ftp://rota.example/basic.ics", "", "is no address of a calendar"),
        ("https://calendar.example/ical/private-1a2b3c/basic.ics", "", "write the address into .env, as ONCALL_CALENDAR_URL"),
        ("rota.ics", '[[oncall.person]]\nname = "Els Kamps"\nways = ["screen"]', "stands here twice"),
        ("rota.ics", '[[oncall.person]]\nname = "Jan"\nways = ["nothing"]', "[[notifier]]"),
    ],
)
def test_a_rota_that_cannot_be_right_is_told_by_line(terminal: Terminal, calendar: str, more: str, told: str) -> None:
    configure(terminal, calendar, more)
    said = terminal.type("monitor", "oncall")

    assert USAGE == said.code
    assert told in said.err


def test_a_calendar_on_the_network_is_not_asked_where_nobody_wants_that(terminal: Terminal) -> None:
    configure(terminal, "https://rota.example/basic.ics")

    assert "calendar:" not in terminal.type("monitor", "check", "--offline").out


def test_a_calendar_without_people_is_refused(terminal: Terminal) -> None:
    path = terminal.folder / "config" / "monitor.toml"
    path.write_text(f'{path.read_text("utf-8")}\n[oncall]\ncalendar = "webcal://rota.example/basic.ics"\n', encoding="utf-8")

    assert "can name nobody: write an [[oncall.person]]" in terminal.type("monitor", "oncall").err


def test_nothing_is_said_of_a_calendar_where_there_is_none() -> None:
    assert [] == calendar_lines(None, "Europe/Amsterdam")
    assert "What it said on Tue 2026-03-24 13:00 holds on." in calendar_lines(Read(AT, AT, "It is away"), "Europe/Amsterdam")[0]

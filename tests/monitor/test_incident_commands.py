"""Whoever is on call takes an incident on, closes it, silences a brand, sees the rota, and rehearses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from monitor.command import REFUSED, USAGE
from monitor.domain import Gravity
from monitor.incidentbook import IncidentBook
from monitor.tables import open_database
from tests.fakes.pager import API_KEY, ROUTING_KEY, Pager
from tests.terminal import Terminal


@pytest.fixture
def pager() -> Iterator[Pager]:
    with Pager() as pager:
        yield pager


@pytest.fixture
def book(terminal: Terminal) -> Iterator[IncidentBook]:
    database = open_database(f"sqlite:///{terminal.folder / 'grapevine.db'}")
    yield IncidentBook(database)
    database.dispose()


def raise_one(book: IncidentBook) -> int:
    with book.database.begin() as connection:
        return book.raise_(connection, "waalfiets", "spike", Gravity.HIGH, datetime.now(UTC), facts={})


def configure(terminal: Terminal, text: str) -> None:
    path = terminal.folder / "config" / "monitor.toml"
    path.write_text(f"{path.read_text('utf-8')}\n{text}\n", encoding="utf-8")


def test_an_incident_is_listed_taken_on_and_closed(terminal: Terminal, book: IncidentBook) -> None:
    number = str(raise_one(book))
    listed = terminal.type("monitor", "incidents")
    taken = terminal.type("monitor", "ack", number, "--as", "Els Kamps")
    again = terminal.type("monitor", "ack", number, "--as", "Jan")
    closed = terminal.type("monitor", "resolve", number, "--as", "Els Kamps", "--reason", "locks work")
    twice = terminal.type("monitor", "resolve", number, "--as", "Jan")
    course = terminal.type("monitor", "incidents", number)

    assert "spike" in listed.out
    assert (0, REFUSED, 0, REFUSED) == (taken.code, again.code, closed.code, twice.code)
    assert "it is acknowledged" in again.err
    assert "locks work" in course.out
    assert ["opened", "acknowledged", "resolved"] == [one["what"] for one in terminal.type("monitor", "incidents", number, "--json").json]


def test_whoever_closes_an_incident_can_say_that_it_was_false(terminal: Terminal, book: IncidentBook) -> None:
    number = str(raise_one(book))
    done = terminal.type("monitor", "resolve", number, "--as", "Els Kamps", "--false")

    assert f"Incident {number} is resolved, as a false alarm.\n" == done.out
    assert ["opened", "false"] == [one["what"] for one in terminal.type("monitor", "incidents", number, "--json").json]


def test_who_does_it_is_said_by_the_old_word_too_or_once_for_all(terminal: Terminal, book: IncidentBook) -> None:
    number = str(raise_one(book))
    nobody = terminal.type("monitor", "ack", number)
    taken = terminal.type("monitor", "ack", number, "--name", "Els Kamps")
    terminal.environment["GRAPEVINE_NAME"] = "Joris van Beek"
    closed = terminal.type("monitor", "resolve", number)
    helped = terminal.type("monitor", "ack", "--help").out

    assert (USAGE, "Say who you are with --as NAME, or once for all in GRAPEVINE_NAME. Nothing was changed.\n") == (nobody.code, nobody.err)
    assert (0, 0) == (taken.code, closed.code)
    assert ["Els Kamps", "Joris van Beek"] == [one["by"] for one in terminal.type("monitor", "incidents", number, "--json").json][1:]
    assert ("--as" in helped, "--name" in helped) == (True, False)


def test_an_incident_that_is_not_there_is_said_so(terminal: Terminal) -> None:
    assert "There are no incidents." in terminal.type("monitor", "incidents").out
    assert [REFUSED] * 3 == [
        terminal.type("monitor", *words).code
        for words in (["incidents", "9"], ["ack", "9", "--as", "Els"], ["resolve", "9", "--as", "Els"])
    ]


def test_a_brand_is_silenced_by_name_with_a_reason_and_an_end(terminal: Terminal) -> None:
    done = terminal.type("monitor", "silence", "waalfiets", "--as", "Els", "--reason", "open day", "--for", "2h")
    listed = terminal.type("monitor", "incidents", "--json").json
    shown = terminal.type("monitor", "incidents").out
    ended = terminal.type("monitor", "silence", "--end", "1")
    again = terminal.type("monitor", "silence", "--end", "1")

    assert done.code == ended.code == 0
    assert ["open day"] == [one["reason"] for one in listed["silences"]]
    assert "open day" in shown
    assert REFUSED == again.code


@pytest.mark.parametrize(
    "words",
    [
        ["waalfiets", "--as", "Els"],
        ["waalfiets", "--reason", "x"],
        ["nobody", "--as", "Els", "--reason", "x"],
        ["waalfiets", "--as", "Els", "--reason", "x", "--for", "9d"],
        ["waalfiets", "--as", "Els", "--reason", "x", "--cause", "rain"],
    ],
)
def test_a_silence_that_cannot_be_right_changes_nothing(terminal: Terminal, words: list[str]) -> None:
    assert USAGE == terminal.type("monitor", "silence", *words).code
    assert [] == terminal.type("monitor", "incidents", "--json").json["silences"]


def test_who_is_on_call_is_said(terminal: Terminal) -> None:
    nobody = terminal.type("monitor", "oncall")
    configure(
        terminal,
        '[[notifier]]\nname = "screen"\nkind = "console"\n[oncall]\ntimezone = "Europe/Amsterdam"\n'
        '[[oncall.shift]]\nperson = "Els"\nways = ["screen"]\nhours = "08:00-20:00"\n'
        '[[oncall.shift]]\nperson = "Jan"\nways = ["screen"]\nhours = "20:00-08:00"\n',
    )
    said = terminal.type("monitor", "oncall")
    told = terminal.type("monitor", "oncall", "--json").json

    assert "names no [[oncall.shift]]" in nobody.out
    assert said.out.startswith("Now: ")
    assert "\nFrom " in said.out
    assert {"Els", "Jan"} == {*told["now"], *told["next"]}


def test_a_rota_that_cannot_be_right_is_told_by_line(terminal: Terminal) -> None:
    configure(
        terminal,
        '[oncall]\nquiet_hours = "at night"\n[[oncall.shift]]\nperson = "Els"\n'
        'ways = ["nothing"]\nhours = "08:00-08:00"\ndays = ["someday"]\n',
    )
    said = terminal.type("monitor", "oncall")

    assert USAGE == said.code
    for words in ("quiet_hours", "no span of hours", "nothing", "someday"):
        assert words in said.err


def test_a_shift_that_names_a_way_by_which_no_page_comes_is_refused(terminal: Terminal) -> None:
    configure(
        terminal,
        '[[notifier]]\nname = "letters"\nkind = "console"\ngets = ["digest"]\n'
        '[[notifier]]\nname = "spare"\nkind = "console"\ninstead_of = "letters"\n'
        '[[oncall.shift]]\nperson = "Els"\nways = ["letters", "spare"]\n',
    )
    said = terminal.type("monitor", "oncall")

    assert USAGE == said.code
    assert '"letters" gets no pages' in said.err
    assert '"spare" wakes nobody by itself' in said.err


def test_a_rehearsal_goes_the_whole_way_and_says_how_long_each_leg_took(terminal: Terminal, pager: Pager) -> None:
    terminal.environment |= {"PAGERDUTY_ROUTING_KEY": ROUTING_KEY, "PAGERDUTY_API_KEY": API_KEY}
    configure(
        terminal,
        f'[[notifier]]\nname = "pager"\nkind = "pagerduty"\nevents_url = "{pager.url}"\napi_url = "{pager.url}"\n'
        '[[notifier]]\nname = "screen"\nkind = "console"\ninstead_of = "pager"\n',
    )
    done = terminal.type("monitor", "rehearse", "--as", "Els Kamps")
    again = terminal.type("monitor", "rehearse", "--as", "Els Kamps", "--json")

    assert (0, 0) == (done.code, again.code)
    assert "TEST" in pager.events[0]["payload"]["summary"]
    # What stands in for another is tried too, and nothing stays open though monitor run does not work.
    for words in ("pager", "pager: closed", "screen", "screen: closed"):
        assert words in done.out
    assert ["trigger", "resolve", "trigger", "resolve", "resolve"] == pager.actions()
    assert {"incident/1", "incident/1/3"} == {event["dedup_key"] for event in pager.events if event["event_action"] == "resolve"}


def test_a_rehearsal_calls_the_heartbeat_too_and_says_where_nobody_takes_it(terminal: Terminal, pager: Pager) -> None:
    configure(terminal, f'[[notifier]]\nname = "pager"\nkind = "pagerduty"\nevents_url = "{pager.url}"\napi_url = "{pager.url}"\n')
    terminal.environment |= {"PAGERDUTY_ROUTING_KEY": ROUTING_KEY, "HEARTBEAT_URL": "http://heartbeat.example/hidden-token"}
    done = terminal.type("monitor", "rehearse", "--as", "Els Kamps", "--json")

    assert REFUSED == done.code
    assert [("HEARTBEAT_URL", False)] == [(leg["what"], leg["ok"]) for leg in done.json if not leg["ok"]]
    assert "hidden-token" not in done.out + done.err


def test_a_rehearsal_says_which_way_failed(terminal: Terminal, pager: Pager) -> None:
    terminal.environment |= {"PAGERDUTY_ROUTING_KEY": ROUTING_KEY}
    configure(terminal, f'[[notifier]]\nname = "pager"\nkind = "pagerduty"\nevents_url = "{pager.url}"\napi_url = "{pager.url}"\n')
    pager.faults.append(403)
    done = terminal.type("monitor", "rehearse", "--as", "Els Kamps")

    assert REFUSED == done.code
    assert "answered 403" in done.out
    assert ROUTING_KEY not in done.out + done.err


def test_a_name_is_needed(terminal: Terminal, book: IncidentBook) -> None:
    number = str(raise_one(book))

    assert USAGE == terminal.type("monitor", "ack", number, "--as", " ").code

"""PagerDuty gets each state of an incident once, under one key, and its refusals become our three errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.contracts import Answer, Notice, RateLimited, Rejected, Unavailable
from monitor.notifiers import NOTIFIERS
from monitor.notifiers.pagerduty import PagerDutyNotifier
from monitor.notifiers.webhook import open_client
from monitor.settings import NotifierSettings
from monitor.wiring import bare_settings
from tests.builders import NOW
from tests.fakes.pager import API_KEY, ROUTING_KEY, Pager
from tests.fakes.web import WebSite, answer, silent

PAGE = Notice("incident/7/1", "[high] Waalfiets: 120", "It began.", brand="waalfiets", thread="incident/7", state="open", gravity=3)


@pytest.fixture
def pager() -> Iterator[Pager]:
    with Pager() as pager:
        yield pager


def a_notifier(url: str, **changes: Any) -> PagerDutyNotifier:
    given: dict[str, Any] = {"api_key": API_KEY, "events_url": url, "api_url": url, "now": lambda: NOW}
    return PagerDutyNotifier("pager", ROUTING_KEY, open_client(0.5), **given | changes)


def test_an_incident_is_one_there_from_trigger_to_resolve(pager: Pager) -> None:
    notifier = a_notifier(pager.url)
    for number, state in enumerate(("open", "open", "acknowledged", "resolved")):
        notifier.send(Notice(f"incident/7/{number}", "t", "x", thread="incident/7", state=state, gravity=2))

    assert ["trigger", "trigger", "acknowledge", "resolve"] == pager.actions()
    assert {"incident/7"} == {event["dedup_key"] for event in pager.events}
    assert "resolved" == pager.incidents["incident/7"]["status"]


def test_the_page_says_how_grave_it_is_and_stays_within_the_limits(pager: Pager) -> None:
    a_notifier(pager.url).send(Notice(PAGE.key, "é" * 3_000, "x" * 90_000, thread=PAGE.thread, state="open", gravity=3))
    [event] = pager.events

    assert ("critical", 1_024) == (event["payload"]["severity"], len(event["payload"]["summary"]))
    assert 20_000 == len(event["payload"]["custom_details"]["text"])


def test_a_notice_that_stands_for_itself_has_its_own_key(pager: Pager) -> None:
    a_notifier(pager.url).send(Notice("pages/2026-03-02T09", "2 more", "x", gravity=2))

    assert "pages/2026-03-02T09" == pager.events[0]["dedup_key"]


@pytest.mark.parametrize(
    ("status", "error"), [(500, Unavailable), (503, Unavailable), (408, Unavailable), (400, Rejected), (403, Rejected)]
)
def test_each_status_is_one_of_our_errors_without_a_secret(pager: Pager, status: int, error: type[Exception]) -> None:
    pager.faults.append(status)
    with pytest.raises(error, match=rf"^pager: 127\.0\.0\.1 answered {status}") as told:
        a_notifier(pager.url).send(PAGE)

    assert ROUTING_KEY not in str(told.value)
    assert [] == pager.events


def test_429_is_asked_once_and_waits_as_asked(pager: Pager) -> None:
    pager.faults.append(429)
    with pytest.raises(RateLimited) as told:
        a_notifier(pager.url).send(PAGE)

    assert NOW + timedelta(seconds=30) == told.value.retry_at
    assert [] == pager.events


def test_a_service_that_says_nothing_is_unavailable() -> None:
    with WebSite(everywhere=silent()) as site, pytest.raises(Unavailable, match="ReadTimeout"):
        a_notifier(site.url("")).send(PAGE)


def test_who_took_it_on_there_is_read_back(pager: Pager) -> None:
    notifier = a_notifier(pager.url)
    nothing = notifier.answer(PAGE.keys)
    notifier.send(PAGE)
    untouched = notifier.answer(PAGE.keys)
    pager.acknowledge(PAGE.thread, "Els Kamps")
    taken = notifier.answer(PAGE.keys)
    pager.resolve(PAGE.thread, "Jan")

    assert (None, None, Answer("acknowledged", "Els Kamps")) == (nothing, untouched, taken)
    assert Answer("resolved", "Jan") == notifier.answer(PAGE.keys)
    assert None is a_notifier(pager.url, api_key="").answer(PAGE.keys)


def test_what_rises_after_somebody_took_it_on_wakes_anew_and_is_closed_with_the_first(pager: Pager) -> None:
    notifier = a_notifier(pager.url)
    risen: dict[str, Any] = {"thread": PAGE.thread, "gravity": 3, "rings": (3,)}
    notifier.send(PAGE)
    pager.acknowledge(PAGE.thread, "Els Kamps")
    notifier.send(Notice("incident/7/2", "t", "along", thread=PAGE.thread, state="open", gravity=3))
    before = [*pager.woken]
    notifier.send(Notice("incident/7/3", "t", "It rose.", state="open", **risen))
    notifier.send(Notice("incident/7/4", "t", "Again.", state="open", **risen))
    rose = pager.events[2]["payload"]["custom_details"]
    notifier.send(Notice("incident/7/5", "t", "", state="acknowledged", **risen))
    taken = [one["status"] for one in pager.incidents.values()]
    notifier.send(Notice("incident/7/6", "t", "", state="resolved", **risen))

    assert ["incident/7"] == before
    assert ["incident/7", "incident/7/3"] == pager.woken
    assert ("incident/7/3", "incident/7") == (rose["key"], rose["rose_from"])
    assert ["acknowledged", "acknowledged"] == taken
    assert ["resolved", "resolved"] == [one["status"] for one in pager.incidents.values()]


def test_a_close_that_failed_half_way_closes_the_rest_later(pager: Pager) -> None:
    notifier, closed = a_notifier(pager.url), Notice("incident/7/5", "t", "", thread=PAGE.thread, state="resolved", rings=(3,))
    notifier.send(PAGE)
    notifier.send(replace(PAGE, key="incident/7/3", rings=(3,)))
    pager.faults += [202, 500]
    with pytest.raises(Unavailable):
        notifier.send(closed)
    notifier.send(closed)

    assert ["resolved", "resolved"] == [one["status"] for one in pager.incidents.values()]
    assert ["incident/7", "incident/7/3"] == pager.woken


def test_who_took_on_what_rang_first_did_not_take_on_what_rose(pager: Pager) -> None:
    notifier, keys = a_notifier(pager.url), ("incident/7", "incident/7/3")
    notifier.send(PAGE)
    pager.acknowledge(PAGE.thread, "Els Kamps")
    undelivered = notifier.answer(keys)
    notifier.send(replace(PAGE, key="incident/7/3", rings=(3,)))
    untouched = notifier.answer(keys)
    pager.acknowledge("incident/7", "Jan")
    earlier_taken = notifier.answer(keys)
    pager.resolve("incident/7", "Jan")
    earlier_closed = notifier.answer(keys)
    pager.resolve("incident/7/3", "Kim")

    assert (None, None) == (undelivered, untouched)
    assert Answer("acknowledged", "Jan") == earlier_taken == earlier_closed
    assert Answer("resolved", "Kim") == notifier.answer(keys)


@pytest.mark.parametrize("body", ["[]", "{}", '{"incidents": [3]}', '{"incidents": [{}]}', "nonsense"])
def test_an_answer_that_is_no_list_of_incidents_is_unavailable(body: str) -> None:
    with WebSite(everywhere=answer(body)) as site, pytest.raises(Unavailable, match="no list of incidents"):
        a_notifier(site.url("")).answer(PAGE.keys)


def test_keys_and_addresses_that_cannot_be_right_are_told_at_the_start() -> None:
    client = open_client(1)
    with pytest.raises(Rejected, match="integration key"):
        PagerDutyNotifier("pager", "short", client, now=lambda: NOW)
    with pytest.raises(Rejected, match="https"):
        a_notifier("http://example.org")


def test_it_is_built_from_the_settings(pager: Pager) -> None:
    adapter = NOTIFIERS["pagerduty"]
    options = {name: option.default for name, option in adapter.options.items()} | {"events_url": pager.url, "api_url": pager.url}
    settings = replace(bare_settings(), environment={"PAGERDUTY_ROUTING_KEY": ROUTING_KEY, "PAGERDUTY_API_KEY": API_KEY})
    adapter.load().from_settings(NotifierSettings("pager", "pagerduty", options), settings).send(PAGE)

    assert ["trigger"] == pager.actions()

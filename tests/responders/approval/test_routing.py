from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain import Action, Reply
from monitor.settings import SlackApprover, SlackBrand, SlackRoute, SlackSettings
from responders.approval import routing
from tests.builders import a_reply, a_stored_mention, a_triage

AMSTERDAM = "Europe/Amsterdam"
SLACK = SlackSettings("C0CARDS", "C0CRISIS")
YEARS = (datetime(2025, 1, 1), datetime(2027, 1, 1))  # noqa: DTZ001 - the strategy adds the zone


def replying(language: str = "en", *rules: str, brand: str = "waalfiets", action: Action = Action.RESPOND) -> Reply:
    return a_reply(mention=a_stored_mention(language=language, brand=brand, triage=a_triage(action, rules=rules or ("T5",))))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rules", "action", "severity"),
    [(("T5",), Action.RESPOND, "normal"), (("T5", "T10"), Action.RESPOND, "high"), (("T11",), Action.RESPOND, "high"),
     (("T5", "T12"), Action.RESPOND, "crisis"), (("T5",), Action.ESCALATE, "crisis"),
     (("T11", "T5"), Action.ESCALATE, "high"), (("T10",), Action.ESCALATE, "high"), (("T10", "T12"), Action.ESCALATE, "crisis")],
)  # fmt: skip
def test_how_serious_a_reply_is_follows_from_its_rules(rules: tuple[str, ...], action: Action, severity: str) -> None:
    assert severity == routing.severity_of(replying("en", *rules, action=action))


def test_a_crisis_goes_to_its_channel_whatever_the_routes_say() -> None:
    slack = SlackSettings("C0CARDS", "C0CRISIS", routes=(SlackRoute("C0ALL"),))

    assert "C0CRISIS" == routing.place_for(replying("en", "T12"), slack).channel
    assert "C0ALL" == routing.place_for(replying("en", "T5"), slack).channel


def test_without_a_crisis_channel_a_crisis_goes_the_way_of_the_others() -> None:
    assert "C0CARDS" == routing.place_for(replying("en", "T12"), SlackSettings("C0CARDS")).channel


@pytest.mark.parametrize(
    ("route", "taken"),
    [(SlackRoute("C1", languages=("nl",)), False), (SlackRoute("C1", languages=("en",)), True),
     (SlackRoute("C1", brands=("other",)), False),
     (SlackRoute("C1", severities=("high",)), True), (SlackRoute("C1", severities=("normal",)), False),
     (SlackRoute("C1", rules=("T10", "T1")), True), (SlackRoute("C1", rules=("T5",), languages=("en",), brands=("waalfiets",)), True)],
)  # fmt: skip
def test_the_first_route_that_takes_a_reply_in_every_respect_gets_it(route: SlackRoute, taken: bool) -> None:
    slack = SlackSettings("C0CARDS", routes=(route, SlackRoute("C2", brands=("nobody",))))

    assert ("C1" if taken else "C0CARDS") == routing.place_for(replying("en", "T5", "T10"), slack).channel


def test_each_channel_has_its_language_and_is_named_once() -> None:
    slack = SlackSettings(
        "C0CARDS", "C0CRISIS", language="nl", routes=(SlackRoute("C1", shown_in="en"), SlackRoute("C1"), SlackRoute("C0CARDS"))
    )

    assert ["C0CARDS", "C0CRISIS", "C1"] == routing.channels(slack)
    assert ["nl", "en", "nl"] == [routing.language_in(channel, slack) for channel in ("C0CARDS", "C1", "C0CRISIS")]
    assert "en" == routing.place_for(replying(), slack).language


def test_the_allow_list_holds_for_brand_and_rule_together() -> None:
    reply = replying("en", "T5", "T12")

    assert routing.may_decide(SlackApprover("a", "U1"), reply)
    assert routing.may_decide(SlackApprover("a", "U1", brands=("waalfiets",), rules=("T12",)), reply)
    assert not routing.may_decide(SlackApprover("a", "U1", brands=("other",)), reply)
    assert not routing.may_decide(SlackApprover("a", "U1", rules=("T4",)), reply)


NIGHT = SlackBrand("waalfiets", quiet_hours=(time(22), time(7)))
NOON = SlackBrand("waalfiets", quiet_hours=(time(12), time(13)))


def test_quiet_hours_end_in_the_morning_on_the_brands_own_clock() -> None:
    assert at("2026-03-03T06:00") == routing.quiet_until(at("2026-03-02T23:30"), NIGHT, AMSTERDAM)
    assert at("2026-03-03T06:00") == routing.quiet_until(at("2026-03-03T05:59"), NIGHT, AMSTERDAM)
    assert at("2026-03-02T12:00") == routing.quiet_until(at("2026-03-02T11:30"), NOON, AMSTERDAM)
    assert at("2026-03-02T10:00") == routing.quiet_until(at("2026-03-02T10:00"), NIGHT, AMSTERDAM)
    assert not routing.is_quiet(at("2026-03-02T23:30"), SlackBrand("x"), AMSTERDAM)


def test_only_working_time_counts_over_nights_and_weekends() -> None:
    hours = SlackBrand("waalfiets")
    friday = at("2026-03-06T16:00")  # 17:00 in Nijmegen; half an hour of work is left.

    assert at("2026-03-06T16:20") == routing.after_working_time(friday, timedelta(minutes=20), hours, AMSTERDAM)
    assert at("2026-03-09T08:30") == routing.after_working_time(friday, timedelta(hours=1), hours, AMSTERDAM)
    assert at("2026-03-06T17:00") == routing.after_working_time(friday, timedelta(hours=1), hours, AMSTERDAM, always=True)
    assert friday + timedelta(hours=1) == routing.after_working_time(
        friday, timedelta(hours=1), SlackBrand("x", working_days=()), AMSTERDAM
    )


def test_a_day_on_which_the_clock_jumps_has_its_own_length() -> None:
    sunday = SlackBrand("waalfiets", working_days=(6,), working_hours=(time(1), time(5)))
    start = at("2026-03-28T12:00")  # On the 29th, 02:00 is 03:00 at once.

    assert at("2026-03-29T03:00") == routing.after_working_time(start, timedelta(hours=3), sunday, AMSTERDAM)


def test_what_would_take_longer_than_a_year_is_simply_later() -> None:
    hours = SlackBrand("waalfiets", working_days=(6,), working_hours=(time(1), time(1, 1)))

    assert at("2026-03-28T12:00") + timedelta(days=29) == routing.after_working_time(
        at("2026-03-28T12:00"), timedelta(days=29), hours, AMSTERDAM
    )


@given(st.datetimes(*YEARS, timezones=st.just(UTC)), st.integers(1, 60 * 24 * 4))
def test_working_time_never_runs_faster_than_the_clock_and_ends_at_work(start: datetime, minutes: int) -> None:
    hours = SlackBrand("waalfiets")

    end = routing.after_working_time(start, timedelta(minutes=minutes), hours, AMSTERDAM)

    assert end >= start + timedelta(minutes=minutes)


@given(st.datetimes(*YEARS, timezones=st.just(UTC)))
def test_no_quiet_hour_begins_when_one_ended(start: datetime) -> None:
    assert not routing.is_quiet(routing.quiet_until(start, NIGHT, AMSTERDAM), NIGHT, AMSTERDAM)


def test_reminders_come_one_after_the_other_and_then_no_more() -> None:
    reply, sent = replying(), at("2026-03-02T09:00")  # 10:00 on a Monday.

    due = [routing.next_reminder(sent, number, reply, SLACK, AMSTERDAM, 2) for number in range(4)]

    assert [at("2026-03-02T09:30"), at("2026-03-02T11:00"), at("2026-03-02T13:00"), None] == due


def test_a_crisis_is_recalled_at_night_too_and_the_rest_is_not() -> None:
    slack = SlackSettings(
        "C0CARDS", brands=(SlackBrand("waalfiets", working_hours=(time(0), time(23, 59)), quiet_hours=(time(22), time(7))),)
    )
    evening = at("2026-03-02T20:45")

    assert at("2026-03-02T21:15") == routing.next_reminder(evening, 0, replying("en", "T12"), slack, AMSTERDAM, 1)
    assert at("2026-03-03T06:00") == routing.next_reminder(evening, 0, replying(), slack, AMSTERDAM, 1)


def test_a_flood_is_so_many_open_cards_within_ten_minutes() -> None:
    now = at("2026-03-02T09:00")
    recent = [now - timedelta(minutes=9)] * 19

    assert not routing.is_flooded([*recent, now - timedelta(minutes=10)], now, 20)
    assert routing.is_flooded([*recent, now], now, 20)

"""Whether something that happened is told now, later, within a summary, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from monitor.domain import Cause, Gravity, Happening, Incident, IncidentStatus, Silence
from monitor.paging import Decision, How, asked, asks_anew, decide, due_again, goes_along, lead, more_wakes
from monitor.settings import OnCallSettings, Shift

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
OPEN = Incident(1, "waalfiets", Cause.SPIKE, IncidentStatus.OPEN, Gravity.HIGH, AT, AT, paged_at=AT)
NIGHT = OnCallSettings(timezone="UTC", quiet_hours=(time(22), time(7)))


def decided(what: Happening = Happening.OPENED, incident: Incident = OPEN, **changes: Any) -> Decision:
    given: dict[str, Any] = {"silences": (), "oncall": OnCallSettings(), "pages_this_hour": 0, "told_before": True, "at": AT} | changes
    return decide(what, incident, **given)


def a_silence(brand: str = "waalfiets", cause: str = "") -> Silence:
    return Silence(1, brand, cause, "Els Kamps", "fair", AT, AT + timedelta(hours=1))


def test_how_an_incident_goes_on_is_told_to_those_who_were_told_that_it_began() -> None:
    assert How.TELL is decided(Happening.RESOLVED).how
    assert How.HOLD is decided(Happening.RESOLVED, told_before=False).how


def test_what_is_over_or_taken_on_wakes_nobody() -> None:
    taken = replace(OPEN, status=IncidentStatus.ACKNOWLEDGED)

    assert How.HOLD is decided(incident=replace(OPEN, status=IncidentStatus.RESOLVED)).how
    assert [How.HOLD, How.HOLD, How.TELL] == [
        decided(what, taken).how for what in (Happening.REPEATED, Happening.ESCALATED, Happening.ROSE)
    ]


@pytest.mark.parametrize(
    ("silence", "how"),
    [
        (a_silence(), How.LATER),
        (a_silence(cause=Cause.SPIKE), How.LATER),
        (a_silence(cause=Cause.DANGER), How.TELL),
        (a_silence("another"), How.TELL),
    ],
)
def test_a_silence_holds_for_its_brand_and_cause(silence: Silence, how: How) -> None:
    assert how is decided(silences=(silence,)).how


def test_in_quiet_hours_only_what_is_grave_enough_wakes_and_the_rest_waits_for_the_morning() -> None:
    later = decided(oncall=NIGHT)

    assert (How.LATER, AT.replace(hour=7)) == (later.how, later.until)
    assert How.TELL is decided(incident=replace(OPEN, gravity=Gravity.CRITICAL), oncall=NIGHT).how
    assert How.TELL is decided(oncall=NIGHT, at=AT.replace(hour=12)).how


def test_more_pages_than_an_hour_may_bring_are_summed_up() -> None:
    assert [How.TELL, How.SUM_UP] == [decided(pages_this_hour=number).how for number in (5, 6)]


def test_a_page_asks_anew_where_it_rose_or_where_the_one_before_was_taken_on() -> None:
    opened = IncidentStatus.OPEN

    assert [True, True, False, False] == [
        asks_anew(what, opened, ()) for what in (Happening.ROSE, Happening.REOPENED, Happening.OPENED, Happening.REPEATED)
    ]
    # Told along with another's page, which rang nowhere, and then repeated because nobody took it on.
    assert asks_anew(Happening.REPEATED, opened, (Happening.ACKNOWLEDGED, Happening.ROSE))
    assert not asks_anew(Happening.ROSE, IncidentStatus.ACKNOWLEDGED, ())


def test_a_page_goes_along_the_rota_and_is_then_repeated() -> None:
    rota = OnCallSettings(shifts=(Shift("Els", ("els",)), Shift("Jan", ("jan",))))
    after = [due_again(OPEN, rota, AT + timedelta(minutes=minutes)) for minutes in (14, 15)]
    last = replace(OPEN, step=1)

    assert [None, (Happening.ESCALATED, 1)] == after
    assert [None, (Happening.REPEATED, 1)] == [due_again(last, rota, AT + timedelta(minutes=minutes)) for minutes in (59, 60)]
    assert (Happening.REPEATED, 0) == due_again(OPEN, OnCallSettings(), AT + timedelta(hours=1))


@pytest.mark.parametrize(
    "incident", [replace(OPEN, status=IncidentStatus.ACKNOWLEDGED), replace(OPEN, paged_at=None), replace(OPEN, gravity=Gravity.LOW)]
)
def test_what_is_taken_on_or_light_or_still_being_told_is_not_repeated(incident: Incident) -> None:
    assert due_again(incident, OnCallSettings(), AT + timedelta(days=1)) is None


def test_who_is_asked_at_a_step_is_the_last_person_after_the_last_step_and_nobody_without_a_rota() -> None:
    els, jan = Shift("Els", ("els",)), Shift("Jan", ("jan",))

    assert [els, jan, jan] == [asked(OnCallSettings(shifts=(els, jan)), step, AT) for step in range(3)]
    assert asked(OnCallSettings(), 0, AT) is None


@pytest.mark.parametrize(
    ("told", "untold", "hours", "wakes"),
    [(4, 0, 99, False), (4, 3, 7, False), (4, 4, 0, True), (4, 1, 8, True), (0, 1, 0, True), (1, 1, 0, True)],
)
def test_more_wakes_by_as_many_again_or_after_a_shift(told: int, untold: int, hours: int, wakes: bool) -> None:
    taken = replace(OPEN, status=IncidentStatus.ACKNOWLEDGED)

    assert wakes is more_wakes(taken, told, untold, AT + timedelta(hours=hours))


def test_more_waits_for_the_repeat_where_nobody_took_it_on_and_for_a_page_on_its_way() -> None:
    assert not more_wakes(OPEN, 4, 1, AT + timedelta(hours=9))
    assert not more_wakes(replace(OPEN, paged_at=None), 1, 5, AT + timedelta(hours=9))


def a_danger(number: int, **changes: Any) -> Incident:
    return replace(OPEN, id=number, brand=f"brand{number}", cause=Cause.DANGER, **changes)


def test_a_shift_counts_from_the_last_page_of_whichever_brand() -> None:
    taken = replace(OPEN, status=IncidentStatus.ACKNOWLEDGED)
    later = AT + timedelta(hours=8)

    assert [True, False, True] == [
        more_wakes(taken, 4, 1, later, paged) for paged in (None, AT + timedelta(hours=1), AT - timedelta(hours=9))
    ]


def test_what_goes_along_is_what_somebody_took_on_or_as_many_again() -> None:
    taken = replace(OPEN, status=IncidentStatus.ACKNOWLEDGED)

    assert [True, False, True, False] == [goes_along(taken, 4, 1), goes_along(OPEN, 4, 1), goes_along(OPEN, 4, 4), goes_along(taken, 4, 0)]
    assert not goes_along(replace(taken, paged_at=None), 1, 5)


def test_more_dangers_go_along_with_what_begins_and_what_begins_never_goes_along() -> None:
    rose, opened, other = (Happening.ROSE, a_danger(1)), (Happening.OPENED, a_danger(2)), (Happening.REOPENED, a_danger(3))

    assert {0: 1} == lead([rose, opened, other])
    assert {1: 0} == lead([rose, (Happening.ROSE, a_danger(4))])
    assert {} == lead([rose]) == lead([opened, other]) == lead([])


def test_nothing_goes_along_with_another_cause_or_with_a_page_to_somebody_else() -> None:
    spike, resolved = (Happening.OPENED, OPEN), (Happening.RESOLVED, a_danger(2))

    assert {} == lead([spike, resolved, (Happening.ROSE, a_danger(1))])
    assert {} == lead([(Happening.ROSE, a_danger(1)), (Happening.ROSE, a_danger(2, step=1))])

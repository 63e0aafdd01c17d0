"""What woke people stands in the digest: what it was, what became of it, whether it was false, and on which day it began."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.digest import LANGUAGES, Alarm, Speech, write
from monitor.domain import Cause, Gravity
from monitor.figures import read_figures
from monitor.figures.alarms import mark_spikes
from monitor.incidentbook import IncidentBook
from tests.builders import NOW, a_brand
from tests.monitor.digest.test_figures import DAY, HOUR

SPIKE = {"series": "negative", "now": 31, "expected": 2.4}


def an_incident(database: sa.Engine, cause: str = "spike", *, brand: str = "waalfiets", hours: float = 0, gravity: int = 2) -> int:
    at, facts = NOW + hours * HOUR, SPIKE if cause == "spike" else {"count": 1} if cause == "danger" else {"weight": 60.4, "usual": 20}
    with database.begin() as connection:
        return IncidentBook(database).raise_(connection, brand, cause, Gravity(gravity), at, facts=facts)


def words(database: sa.Engine, language: str = "en") -> str:
    return " ".join(write([read_figures(database, a_brand(), *DAY)], language, NOW).text.split())


def test_an_alarm_is_told_with_its_numbers_and_what_became_of_it(database: sa.Engine) -> None:
    book = IncidentBook(database)
    spike, danger, pressure = (an_incident(database, cause) for cause in ("spike", "danger", "pressure"))
    book.acknowledge(spike, "Els Kamps", NOW)
    book.resolve(danger, "Jan", NOW + HOUR)
    book.resolve(pressure, "monitor", NOW + 2 * HOUR)
    text = words(database)

    assert "! On Monday 2 March 2026, 10:00 more was negative than usual: 31 mentions in an hour, 2 is usual. Els Kamps is on it." in text
    assert "nobody had looked at it (T12). Jan closed it after 1 hour." in text
    assert "it weighed 60 against 20. It was over by itself after 2 hours." in text
    assert "negatief dan gewoonlijk: 31 vermeldingen in een uur, 2 is gewoon. Els Kamps is ermee bezig." in words(database, "nl")


@pytest.mark.parametrize(
    ("facts", "told"), [({"count": 1, "ids": [4]}, 1), ({"count": 2, "ids": [4, 5, 6, 7, 8, 9]}, 6), ({"count": 3}, 3)]
)
def test_a_danger_is_told_with_how_many_there_were_also_where_most_are_decided_on(database: sa.Engine, facts: Any, told: int) -> None:
    with database.begin() as connection:
        IncidentBook(database).raise_(connection, "waalfiets", Cause.DANGER, Gravity.CRITICAL, NOW, facts=facts)
    many = f"From Monday 2 March 2026, 10:00 on {told} mentions of danger, press, law or a leak waited and nobody had looked at them"

    assert (many if told > 1 else "On Monday 2 March 2026, 10:00 a mention of danger") in words(database)
    assert (f"wachtten {told} vermeldingen over gevaar" if told > 1 else "wachtte een vermelding over gevaar") in words(database, "nl")


def test_a_day_on_which_a_spike_began_is_marked_in_the_chart(database: sa.Engine) -> None:
    an_incident(database, hours=-24)
    an_incident(database, brand="maasdrecht")
    an_incident(database, "danger")
    figures = read_figures(database, a_brand(), *DAY)

    assert [0] * 12 + [1, 0] == [day.spikes for day in figures.days]
    with database.connect() as connection:
        assert [] == mark_spikes(connection, "waalfiets", [], NOW)


def test_only_what_woke_somebody_in_the_period_is_told_and_no_rehearsal(database: sa.Engine) -> None:
    book = IncidentBook(database)
    old = an_incident(database, hours=-30)
    an_incident(database, Cause.REHEARSAL)
    an_incident(database, "danger", brand="maasdrecht")

    assert [] == read_figures(database, a_brand(), *DAY).incidents
    assert read_figures(database, a_brand(), *DAY).empty
    book.resolve(old, "Els", NOW - 20 * HOUR)
    assert old == an_incident(database)
    assert [old] == [alarm.incident_id for alarm in read_figures(database, a_brand(), *DAY).incidents]


def test_a_false_alarm_is_counted_among_our_mistakes_and_not_told_as_grave(database: sa.Engine) -> None:
    book, number = IncidentBook(database), an_incident(database)
    book.resolve(number, "Els", NOW + HOUR, false=True)
    figures = read_figures(database, a_brand(), *DAY)
    text = words(database)

    assert (1, [True]) == (figures.mistakes.false, [alarm.false for alarm in figures.incidents])
    assert "- On Monday 2 March 2026, 10:00 more was negative" in text
    assert "It was a false alarm, says Els." in text
    assert "1 alarm should have woken nobody." in text


def test_what_was_called_false_and_came_back_is_false_no_more(database: sa.Engine) -> None:
    number = an_incident(database)
    IncidentBook(database).resolve(number, "Els", NOW, false=True)
    an_incident(database, hours=1)
    figures = read_figures(database, a_brand(), *DAY)

    assert (1, [False]) == (figures.mistakes.false, [alarm.false for alarm in figures.incidents])
    assert "Nobody has taken it on yet." in words(database)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cause_and_series_has_words_of_its_own_and_an_unknown_one_has_some(language: str) -> None:
    kinds = [("spike", "all"), ("spike", "negative"), ("spike", "weighed"), ("danger", ""), ("pressure", ""), ("story/3", "")]
    told = [Speech(language).alarm(Alarm(1, cause, True, NOW, series), "Europe/Amsterdam") for cause, series in kinds]

    assert len(kinds) == len(set(told))


def test_the_gravest_comes_first_and_many_are_cut(database: sa.Engine) -> None:
    for number in range(10):
        with database.begin() as connection:
            IncidentBook(database).raise_(connection, "waalfiets", f"story/{number}", Gravity.HIGH, NOW - timedelta(minutes=9), facts={})
    grave = an_incident(database, "danger", gravity=3)
    figures = read_figures(database, a_brand(), *DAY)

    assert grave == figures.incidents[0].incident_id
    assert "and 3 more" in write([figures], "en", NOW).text

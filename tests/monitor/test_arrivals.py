"""A source that answers and suddenly brings nothing is told of once, by its own measure; one that seldom brings anything never is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.ailments import EACH_WEEK, HISTORY, LEAST_SILENCE, WEEK, WEEKS, Trouble, is_quiet, longest_silence
from monitor.arrivals import Arrivals
from monitor.erasure import Why, erase
from monitor.running import Listening
from monitor.store import MonitorStore
from monitor.wiring import Monitor, read_settings
from tests.builders import NOW, a_mention
from tests.steps import ask
from tests.terminal import Terminal

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAILY = [NOW - DAY * number for number in range(29)]


def bring(database: sa.Engine, moments: Sequence[datetime], source: str = "sample") -> None:
    for number, moment in enumerate(moments):
        found = a_mention(f"Waalfiets {number}", external_id=f"{source}{number}", brand="waalfiets", source=source)
        MonitorStore(database).save_batch(source, "waalfiets", [found], cursor="", at=moment)


def test_the_usual_is_the_longest_silence_of_four_weeks_nights_and_weekends_included() -> None:
    working_days = [NOW - DAY * number for number in range(30) if (NOW - DAY * number).weekday() < 5]

    assert [DAY, 3 * DAY] == [longest_silence(moments) for moments in (DAILY, working_days)]


def test_what_lies_further_back_counts_no_more() -> None:
    assert longest_silence([NOW - HISTORY * 3, *DAILY]) == DAY


@pytest.mark.parametrize("week", range(WEEKS))
def test_a_source_that_brought_hardly_anything_in_one_week_has_no_usual(week: int) -> None:
    few = [moment for moment in DAILY if (NOW - moment) // WEEK != week] + [NOW - WEEK * week - HOUR * n for n in range(EACH_WEEK - 1)]

    assert None is longest_silence(few)
    assert longest_silence([*few, NOW - WEEK * week - HOUR * 9]) is not None


def test_a_source_that_never_brought_anything_has_no_usual() -> None:
    assert None is longest_silence([])


def test_twice_the_usual_is_waited_for_and_never_less_than_an_hour() -> None:
    assert [False, True] == [is_quiet(NOW, DAY, NOW + 2 * DAY + more) for more in (timedelta(0), timedelta(seconds=1))]
    assert [False, True] == [is_quiet(NOW, timedelta(minutes=1), NOW + LEAST_SILENCE + more) for more in (timedelta(0), HOUR)]


def test_what_was_erased_since_still_tells_what_is_usual_and_others_do_not_count(database: sa.Engine) -> None:
    bring(database, sorted(DAILY))
    bring(database, [NOW + HOUR], "other")
    with database.begin() as connection:
        erase(connection, range(1, 20), Why.GONE, actor="test", at=NOW)
    arrivals = Arrivals(database)

    assert (NOW, DAY) == arrivals.silent("sample", NOW + 2 * HOUR) == arrivals.silent("sample", NOW + 3 * HOUR)
    assert [None, None, None] == [
        arrivals.silent("sample", NOW + HOUR), arrivals.silent("other", NOW + DAY), arrivals.silent("nobody", NOW)
    ]  # fmt: skip


@pytest.fixture
def monitor(terminal: Terminal) -> Monitor:
    return Monitor(read_settings(terminal.folder / "config", f"sqlite:///{terminal.folder}/grapevine.db"))


def answered(monitor: Monitor, at: datetime) -> None:
    monitor.store.save_batch("sample", "waalfiets", [], cursor="", at=at)


def test_silence_is_told_once_and_again_only_after_something_came(terminal: Terminal, monitor: Monitor) -> None:
    bring(monitor.database, sorted(DAILY))
    telling = Listening(monitor).telling
    answered(monitor, NOW + 2 * DAY)
    telling.tell_of_sources(NOW + 2 * DAY, NOW)
    before = ask(terminal, "SELECT key FROM notices")
    for hours in (1, 2, 3):
        at = NOW + 2 * DAY + HOUR * hours
        answered(monitor, at)
        telling.tell_of_sources(at, NOW)
    first = ask(terminal, "SELECT key, title, text FROM notices")
    again = a_mention("Waalfiets is terug", external_id="again", brand="waalfiets", source="sample")
    monitor.store.save_batch("sample", "waalfiets", [again], cursor="", at=NOW + 3 * DAY)
    answered(monitor, NOW + 10 * DAY)
    telling.tell_of_sources(NOW + 10 * DAY, NOW)
    monitor.database.dispose()

    assert [] == before
    [(key, title, text)] = first
    assert (f"source/sample/quiet-{NOW:%Y-%m-%d}", "Bron sample is stilgevallen") == (key, title)
    assert "monitor query" in str(text)
    assert f"{NOW:%Y-%m-%d %H:%M}" in str(text)
    assert 2 == len(ask(terminal, "SELECT key FROM notices"))


def test_a_source_that_does_not_answer_is_not_called_silent(terminal: Terminal, monitor: Monitor) -> None:
    bring(monitor.database, sorted(DAILY))
    Listening(monitor).telling.tell_of_sources(NOW + 5 * DAY, NOW + 5 * DAY)
    monitor.store.record_failure("sample", "waalfiets", "sample: it broke", NOW + 5 * DAY)
    Listening(monitor).telling.tell_of_sources(NOW + 5 * DAY, NOW)
    monitor.database.dispose()

    assert [f"source/sample/{NOW:%Y-%m-%d}"] == [key for (key,) in ask(terminal, "SELECT key FROM notices")]


def test_status_and_digest_say_it_too(terminal: Terminal, monitor: Monitor) -> None:
    now = datetime.now(UTC)
    bring(monitor.database, [now - 3 * DAY - DAY * number for number in reversed(range(29))])
    answered(monitor, now)
    monitor.database.dispose()
    status, as_json = terminal.type("monitor", "status"), terminal.type("monitor", "status", "--json").json
    digests = [" ".join(terminal.type("monitor", "digest", "--lang", language).out.split()) for language in ("nl", "en")]

    assert "NOT WELL: sample: It answers, and has brought nothing" in status.err
    assert [Trouble.QUIET.value] == [one["trouble"] for one in as_json["ailments"]]
    assert [True, True] == ["sample antwoordt, maar bracht niets" in digests[0], "sample answers, but brought nothing" in digests[1]]

"""When a brand is talked about so much that somebody must know."""

from __future__ import annotations

import csv
import json
import math
import os
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.spikes import BIN, LEARNING, Detector, Finding, Verdict

START = datetime(2025, 10, 13, tzinfo=UTC)
DAY = 288
HOUR = 12

counts = st.integers(min_value=0, max_value=10_000)
rows = st.lists(st.none() | counts, max_size=120)


def at(index: int) -> datetime:
    return START + index * BIN


def feed(detector: Detector, numbers: Iterable[float | None], first: int = 0) -> list[Verdict]:
    return [detector.update(at(first + index), number) for index, number in enumerate(numbers)]


def noise(rate: float, bins: int, seed: int = 1) -> list[int]:
    """Counts of a brand that has `rate` mentions a day, by chance alone."""
    chance = random.Random(seed)
    found = []
    for _ in range(bins):
        number, product = 0, chance.random()
        while product > math.exp(-rate / DAY):
            number, product = number + 1, product * chance.random()
        found.append(number)
    return found


def grown(rate: float = 200, days: int = 10, seed: int = 1) -> Detector:
    detector = Detector()
    feed(detector, noise(rate, days * DAY, seed))
    return detector


def alarms(verdicts: Iterable[Verdict]) -> int:
    return sum(verdict.alarm for verdict in verdicts)


@given(before=rows, after=rows, other=rows)
@settings(max_examples=40)
def test_a_later_bin_never_changes_an_earlier_answer(before: list[int | None], after: list[int | None], other: list[int | None]) -> None:
    history = noise(50, 3 * DAY)
    first, second = Detector(), Detector()
    one = feed(first, [*history, *before, *after])
    two = feed(second, [*history, *before, *other])

    assert one[: len(history) + len(before)] == two[: len(history) + len(before)]


@given(before=rows, after=rows)
@settings(max_examples=40)
def test_a_stored_and_restored_detector_goes_on_as_if_nothing_had_happened(before: list[int | None], after: list[int | None]) -> None:
    detector = grown(30, 3)
    feed(detector, before, 3 * DAY)
    restored = Detector.restore(json.loads(json.dumps(detector.state())))
    first = 3 * DAY + len(before)

    assert feed(detector, after, first) == feed(restored, after, first)


def test_a_detector_that_has_seen_nothing_is_restored_too() -> None:
    restored = Detector.restore(json.loads(json.dumps(Detector().state())))

    assert feed(Detector(), [1, 2, 3]) == feed(restored, [1, 2, 3])


def test_the_state_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        Detector.restore({**Detector().state(), "version": 0})


@given(st.lists(st.none() | st.floats(min_value=0, max_value=1e12), min_size=1, max_size=200))
@settings(max_examples=40)
def test_whatever_is_counted_the_figures_are_finite_and_in_order(numbers: list[float | None]) -> None:
    detector = grown(20, 3)
    verdicts = feed(detector, numbers, 3 * DAY)

    assert all(math.isfinite(verdict.score) and verdict.score >= 0 for verdict in verdicts)
    assert all(0 <= verdict.low <= verdict.expected <= verdict.high < math.inf for verdict in verdicts)
    assert all(verdict.finding is Finding.SPIKE for verdict in verdicts if verdict.alarm)


@given(st.lists(st.floats(min_value=0, max_value=1e6), min_size=64, max_size=200))
@settings(max_examples=40)
def test_weighted_counts_leave_no_rounding_behind(numbers: list[float]) -> None:
    detector = Detector()
    feed(detector, [*numbers, *[0.0] * 128])

    assert [0.0] * 4 == detector._counted.sums


def test_the_first_two_days_are_only_listened_to() -> None:
    detector = Detector()
    verdicts = feed(detector, [*[1] * DAY, *[500] * (DAY - 1)])

    assert {Finding.LEARNING} == {verdict.finding for verdict in verdicts}
    assert alarms(verdicts) == 0
    assert timedelta(days=2) == LEARNING


@pytest.mark.parametrize("rate", [0, 1, 3])
def test_eight_in_an_hour_page_for_a_brand_with_next_to_none_a_day(rate: int) -> None:
    detector = grown(rate, 14)
    verdicts = feed(detector, [1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1], 14 * DAY)

    assert alarms(verdicts) == 1


def test_a_handful_wakes_nobody_however_quiet_the_brand_is() -> None:
    detector = grown(0, 14)
    verdicts = feed(detector, [2, 2], 14 * DAY)

    assert [Finding.FEW, Finding.FEW] == [verdict.finding for verdict in verdicts]
    assert alarms(verdicts) == 0


@pytest.mark.parametrize("rate", [3, 30, 300, 3000])
def test_a_brand_without_news_pages_nobody(rate: int) -> None:
    assert alarms(feed(Detector(), noise(rate, 28 * DAY))) == 0


def test_a_burst_pages_once_and_again_only_when_it_has_doubled() -> None:
    detector = grown()
    burst = feed(detector, [12] * (6 * HOUR), 10 * DAY)
    doubled = feed(detector, [40] * (3 * HOUR), 10 * DAY + 6 * HOUR)

    assert [False] == [verdict.escalation for verdict in burst if verdict.alarm]
    assert [True] == [verdict.escalation for verdict in doubled if verdict.alarm]


def test_a_spike_goes_on_until_half_a_day_of_calm_and_may_then_page_anew() -> None:
    detector = grown()
    feed(detector, [20] * 6, 10 * DAY)
    quiet = feed(detector, noise(200, DAY, 2), 10 * DAY + 6)
    again = feed(detector, [40] * 6, 11 * DAY + 6)

    assert quiet[0].ongoing
    assert not quiet[-1].ongoing
    assert [True, False] == [again[0].ongoing or again[1].ongoing, any(verdict.escalation for verdict in again[:2])]
    assert alarms(again) >= 1


def test_one_storm_does_not_deafen_it_to_the_next() -> None:
    detector = grown()
    feed(detector, [2_000] * HOUR, 10 * DAY)
    feed(detector, noise(200, 2 * DAY, 3), 10 * DAY + HOUR)

    assert alarms(feed(detector, [25] * HOUR, 12 * DAY + HOUR)) >= 1


def test_a_lasting_rise_becomes_what_is_usual() -> None:
    detector = grown(100, 14)
    verdicts = feed(detector, noise(500, 42 * DAY, 2), 14 * DAY)

    assert 1 <= alarms(verdicts) <= 2
    assert not verdicts[-1].ongoing


def test_a_bin_left_out_is_as_good_as_one_that_was_not_seen() -> None:
    one, two = grown(), grown()
    gap = feed(one, [None] * 30, 10 * DAY)
    later = noise(200, DAY, 4)

    assert {Finding.UNSEEN} == {verdict.finding for verdict in gap}
    assert feed(one, later, 10 * DAY + 30) == feed(two, later, 10 * DAY + 30)


def test_an_outage_of_weeks_leaves_what_was_learned() -> None:
    detector = grown()
    back = 40 * DAY

    assert alarms(feed(detector, noise(200, DAY, 5), back)) == 0
    assert alarms(feed(detector, [30] * HOUR, back + DAY)) >= 1


def test_a_source_that_catches_up_is_no_spike() -> None:
    detector = grown()
    feed(detector, [None] * 60, 10 * DAY)
    caught_up = detector.update(at(10 * DAY + 60), 900, caught_up=True)
    after = feed(detector, noise(200, DAY, 6), 10 * DAY + 61)

    assert caught_up.finding is Finding.UNSEEN
    assert alarms([caught_up, *after]) == 0


def test_late_mentions_of_a_quiet_outage_are_no_spike() -> None:
    detector = grown()
    feed(detector, [None] * 24, 10 * DAY)
    for index in range(24):
        assert detector.add_late(at(10 * DAY + index))

    assert alarms(feed(detector, noise(200, DAY, 7), 10 * DAY + 24)) == 0


def test_late_mentions_of_a_burst_page_at_the_next_bin_and_change_no_earlier_answer() -> None:
    detector = grown()
    before = feed(detector, noise(200, HOUR, 8), 10 * DAY)
    for index in range(HOUR):
        detector.add_late(at(10 * DAY + index), 12)
    next_bin = detector.update(at(10 * DAY + HOUR), 3)

    assert alarms(before) == 0
    assert next_bin.alarm


def test_an_import_of_old_mentions_changes_nothing() -> None:
    one, two = grown(), grown()
    old = [one.add_late(START + timedelta(minutes=index), 50) for index in range(1000)]
    later = noise(200, DAY, 9)

    assert not any(old)
    assert feed(two, later, 10 * DAY) == feed(one, later, 10 * DAY)


def test_a_late_mention_of_a_time_to_come_or_before_any_bin_is_not_taken() -> None:
    assert not Detector().add_late(START)
    assert not grown(10, 1).add_late(at(2 * DAY))


def test_a_flood_by_one_author_is_marked_and_pages_nobody() -> None:
    detector = grown()
    verdicts = [detector.update(at(10 * DAY + index), 100, authors=1) for index in range(2)]

    assert [Finding.FLOOD] * 2 == [verdict.finding for verdict in verdicts]
    assert alarms(verdicts) == 0


def test_a_burst_by_many_authors_is_a_spike() -> None:
    verdict = grown().update(at(10 * DAY), 100, authors=80)

    assert verdict.alarm


def test_reposts_alone_are_marked_as_a_flood() -> None:
    verdict = grown().update(at(10 * DAY), 60, reposts=58)

    assert verdict.finding is Finding.FLOOD
    assert grown().update(at(10 * DAY), 60).alarm


def test_the_expected_band_follows_the_hour_of_the_day() -> None:
    detector = Detector()
    feed(detector, [20 if 9 <= at(index).hour < 17 else 2 for index in range(10 * DAY)])
    night, noon = detector.update(at(10 * DAY), 2), detector.update(at(10 * DAY + 12 * HOUR), 20)

    assert pytest.approx(2, abs=0.1) == night.expected
    assert pytest.approx(20, abs=0.1) == noon.expected
    assert noon.low < 20 < noon.high


def test_a_storm_does_not_become_what_is_expected() -> None:
    detector = grown(2880, 10)
    feed(detector, [5_000] * HOUR, 10 * DAY)

    assert detector.update(at(11 * DAY), 10).expected < 20


@pytest.mark.parametrize(
    "width", [timedelta(minutes=1), timedelta(minutes=7), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=8)]
)
def test_bins_of_any_width_work(width: timedelta) -> None:
    detector = Detector(width)
    days = 12 * timedelta(days=1) // width
    chance = random.Random(3)
    for index in range(days):
        detector.update(START + index * width, chance.randint(5, 9))
    verdicts = [detector.update(START + (days + index) * width, 200) for index in range(3)]

    assert verdicts[0].score > 0
    assert alarms(verdicts) >= 1


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf, 2e12])
def test_a_count_that_is_none_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="count must be a number"):
        Detector().update(START, bad)
    with pytest.raises(ValueError, match="count must be a number"):
        Detector().add_late(START, bad)


def test_mistakes_of_the_caller_are_refused_and_leave_it_as_it_was() -> None:
    detector, untouched = grown(10, 3), grown(10, 3)
    for arguments in ({"authors": -1}, {"reposts": 9.0}, {"reposts": -1.0}):
        with pytest.raises(ValueError, match=r"must be|cannot be"):
            detector.update(at(3 * DAY), 5, **arguments)
    with pytest.raises(ValueError, match="later than the one before"):
        detector.update(at(3 * DAY - 1), 5)
    with pytest.raises(ValueError, match="without a zone"):
        detector.update(at(3 * DAY).replace(tzinfo=None), 5)

    assert untouched.state() == detector.state()


def test_bins_and_budgets_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="bin lasts"):
        Detector(timedelta(0))
    with pytest.raises(ValueError, match="budget"):
        Detector(every=timedelta(hours=1))


def test_a_larger_budget_pages_more_often() -> None:
    chance = random.Random(5)
    storms = [chance.paretovariate(1.5) for _ in range(40 * 24)]
    numbers = [number * storms[index // HOUR] for index, number in enumerate(noise(400, 40 * DAY))]
    often, seldom = (alarms(feed(Detector(every=timedelta(days=days)), numbers)) for days in (2, 60))

    assert often > seldom


def test_times_of_another_zone_are_the_same_bins() -> None:
    one, two = Detector(), Detector()
    zone = timezone(timedelta(hours=2))
    numbers = noise(300, 4 * DAY)
    here = [one.update(at(index), number).score for index, number in enumerate(numbers)]
    there = [two.update(at(index).astimezone(zone), number).score for index, number in enumerate(numbers)]

    assert here == there


def test_most_of_the_real_storms_are_found_and_few_pages_are_false() -> None:
    shared = Path(os.environ.get("GRAPEVINE_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "spikes"
    if not shared.is_dir():
        pytest.skip(f"no real counts in {shared}: set GRAPEVINE_SHARED")
    hit = windows = false = 0
    for name, found in json.loads((shared / "labels.json").read_text())["windows"].items():
        detector, pages = Detector(), []
        with (shared / f"{name}.csv").open() as file:
            for row in csv.DictReader(file):
                moment = datetime.fromisoformat(row["ts"]).replace(tzinfo=UTC)
                if detector.update(moment, float(row["count"])).alarm:
                    pages.append(row["ts"])
        hit += sum(any(begin <= page <= end for page in pages) for begin, end in found)
        windows += len(found)
        false += sum(not any(begin <= page <= end for begin, end in found) for page in pages)

    assert hit >= 0.8 * windows
    # Five brands for eight weeks.
    assert false <= 0.5 * 5 * 8

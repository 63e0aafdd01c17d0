"""Holds docs/accuracy-voice.md against the rules and replies from which it is made, and its arithmetic against known values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import voice
from responders.policy import RULES

PAGE = voice.PAGE.read_text(encoding="utf-8")


def test_the_page_is_what_the_rules_do_today() -> None:
    written, speed = PAGE.split(voice.SPEED)

    assert PAGE == voice.page(voice.read(), speed), "run: make accuracy"
    assert all(f"\n| {rule} | nl | " in written for rule in RULES)


def test_the_page_says_first_that_every_part_was_tuned_on() -> None:
    assert PAGE.index("Every part has been tuned on by now") < PAGE.index("| rule |")
    assert {*voice.SPLITS} == {row["split"] for row in voice.read()}


def test_the_last_batches_are_no_part_of_what_was_tuned_on() -> None:
    fresh = {row["id"] for row in voice.read(voice.FRESH)}

    assert not fresh & {row["id"] for row in voice.read()}
    assert PAGE.index("policy_fresh.jsonl") < PAGE.index("## On all labelled replies")


def test_the_speed_that_was_written_down_is_as_demanded() -> None:
    line = PAGE.split(voice.SPEED)[1]
    [(drafts, judging)] = re.findall(r"CPU time: ([\d,]+) drafts a second .* and ([\d.]+) ms for judging", line)
    [counted] = re.findall(r"([\d.]+) ms with that counted", line)

    assert int(drafts.replace(",", "")) >= voice.DRAFTS_A_SECOND
    assert float(judging) <= voice.REVIEW_MS
    assert float(counted) <= voice.REVIEW_MS


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (0, 0, 0.0, 1.0)],
)
def test_an_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert (low, high) == pytest.approx(voice.wilson(part, whole), abs=1e-4)


@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_an_interval_holds_the_share_and_stays_between_nothing_and_all(counts: tuple[int, int]) -> None:
    low, high = voice.wilson(*counts)

    assert 0.0 <= low <= counts[0] / counts[1] + 1e-12
    assert counts[0] / counts[1] - 1e-12 <= high <= 1.0


def test_a_reply_is_counted_where_it_belongs() -> None:
    said = [({"N1"}, {"N1"}), ({"N1"}, set()), (set(), {"N1"}), (set(), set()), (set(), {"R1"})]
    judged = [({"expected": [*expected], "lang": "nl", "split": "tune"}, frozenset(broken)) for expected, broken in said]
    counts = voice.tally(judged, "N1", lang="nl")

    assert ((1, 2), (1, 3)) == (counts.recall, counts.alarms)
    assert voice.Counts() == voice.tally(judged, "N1", lang="en")


def test_the_measuring_makes_drafts_and_says_how_many() -> None:
    assert re.search(
        r"\(\d+ drafts for 19 posts; at least 500 are demanded\)", voice.measure(voice.read()[:20])
    )  # One of them is not timed.


def test_making_it_writes_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    few = [row for row in voice.read() if row["split"] == "tune"]
    monkeypatch.setattr(voice, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(voice, "read", lambda *_: few)

    assert 0 == voice.main()
    assert (tmp_path / "page.md").read_text("utf-8") in capsys.readouterr().out

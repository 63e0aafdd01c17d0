"""Holds the arithmetic of docs/accuracy.md against known values, and the page against what it must show."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from benchmarks.accuracy import PAGE, SETS, average_precision, interval, macro_recall, recall_at  # noqa: E402
from benchmarks.accuracy_page import (  # noqa: E402
    CALIBRATION_PICTURE,
    MISTAKES,
    OF_A_SET,
    PRECISION_PICTURE,
    WORST,
    Judged,
    balanced,
    calibration_error,
    draw_calibration,
    draw_precision,
    page,
    paraphrases,
    worst,
)
from benchmarks.table import SHARED  # noqa: E402


def test_average_precision_rewards_the_order_alone() -> None:
    wanted = np.array([True, False, True, False])

    assert 1.0 == average_precision(wanted, np.array([4.0, 2.0, 3.0, 1.0]))
    assert abs(5 / 6 - average_precision(wanted, np.array([4.0, 3.0, 2.0, 1.0]))) < 1e-12


def test_texts_of_equal_score_are_not_ordered_in_our_favour() -> None:
    assert 0.5 == average_precision(np.array([True, False]), np.array([1.0, 1.0]))


def test_recall_is_read_where_the_precision_still_holds() -> None:
    assert 0.5 == recall_at(np.array([True, False, True]), np.array([3.0, 2.0, 1.0]), 0.9)
    assert 0.0 == recall_at(np.array([False, True]), np.array([2.0, 1.0]), 0.9)


def test_macro_recall_counts_each_label_alike() -> None:
    truth = ["negative", "negative", "neutral", "positive"]

    assert abs(2.5 / 3 - macro_recall(truth, ["negative", "positive", "neutral", "positive"])) < 1e-12


def test_true_chances_have_no_calibration_error() -> None:
    wanted = np.array([True] * 3 + [False])

    assert calibration_error(wanted, np.full(4, 0.75)) < 1e-12
    assert abs(0.5 - calibration_error(wanted, np.full(4, 0.25))) < 1e-12


def test_the_interval_holds_the_measure_and_is_the_same_each_time() -> None:
    values = np.arange(100) / 100
    low, high = interval(100, lambda rows: float(values[rows].mean()))

    assert low < values.mean() < high
    assert (low, high) == interval(100, lambda rows: float(values[rows].mean()))


def judged(count: int = 60) -> list[Judged]:
    rng = np.random.default_rng(1)
    truths = ["negative", "neutral", "positive"]
    return [
        Judged(f"set{number % 2}", "en", f"text {number}", truths[number % 3], "neutral", float(rng.random())) for number in range(count)
    ]


def test_the_worst_mistakes_are_the_surest_ones_and_no_set_has_them_all() -> None:
    found = worst(judged(), 8, 4)

    assert [4, 4] == [sum(one.set == name for one in found) for name in ("set0", "set1")]
    assert sorted((one.off for one in found), reverse=True) == [one.off for one in found]
    assert found[0].off == max(one.off for one in judged())


def test_a_text_twice_is_one_mistake() -> None:
    assert 1 == len(worst([replace(one, text="the same") for one in judged()], 8, 8))


def test_sets_count_alike_whatever_their_size() -> None:
    large = [Judged("large", "en", str(number), "negative", "negative", 1.0) for number in range(90)]
    wanted, chances = balanced([*large, Judged("small", "en", "x", "neutral", "neutral", 0.0)], "en")

    assert (180, 0.5, 0.5) == (len(wanted), wanted.mean(), chances.mean())


def test_a_page_and_its_pictures_come_out_of_figures(tmp_path: Path) -> None:
    those = judged()
    wanted = np.array([one.truth == "negative" for one in those])
    scores = np.array([one.chance for one in those])
    draw_precision({"apple": {"model": (wanted, scores), "vader": (wanted, -scores)}}, tmp_path / "precision.png")
    draw_calibration(judged(400), tmp_path / "calibration.png")
    written = page("9", {"set0": ("en", "made up")}, [("set0", "", 30, "model", "1", "2", "3")], {"model": [7.0]}, those, ["afinn"])

    assert all((tmp_path / name).read_bytes().startswith(b"\x89PNG") for name in ("precision.png", "calibration.png"))
    assert "| set0 | 30 | model | 1 | 2 | 3 |" in written
    assert f"(not told yet: {worst(those)[0].key})" in written
    assert "not compared: afinn." in written


def test_the_page_shows_both_pictures_every_set_every_rival_and_twenty_mistakes_in_our_words() -> None:
    text = PAGE.read_text("utf-8")
    rows = re.findall(r"^\| (\w+) \| \d+ \| ([\w-]+) \|", text, re.MULTILINE)
    mistakes = text.partition(f"## The {WORST} worst mistakes")[2].partition("## ")[0]
    told = re.findall(r"^\| (\w+) \| (?:negative|neutral|positive) \| [01]\.\d\d \|", mistakes, re.MULTILINE)

    assert set(SETS) == {name for name, _scorer in rows}
    assert {"model", "dutch", "vader", "textblob", "afinn", "textblob-nl"} == {scorer for _name, scorer in rows}
    assert WORST == len(told)
    assert max(map(told.count, told)) <= OF_A_SET
    assert "not told yet" not in text
    for name in (PRECISION_PICTURE, CALIBRATION_PICTURE):
        assert f"({name})" in text
        assert 2_000 < (PAGE.parent / name).stat().st_size < 100_000


def test_no_paraphrase_says_four_words_running_as_its_text_does() -> None:
    folder = SHARED / "data" / "sentiment"
    if not folder.is_dir():
        pytest.skip(f"the sets are not at {folder}")
    told = paraphrases()
    found = {}
    for name, (language, _about) in SETS.items():
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            read = json.loads(line)
            one = Judged(name, language, read["text"], "", "", 0.0)
            if one.key in told:
                found[one.key] = read["text"]

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[place : place + 4]) for place in range(len(words) - 3)}

    assert found.keys() == told.keys()
    assert len(told) == len(tomllib.loads(MISTAKES.read_text("utf-8"))["mistake"])
    assert all(not runs(text) & runs(told[key]["text"]) for key, text in found.items())

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from benchmarks.accuracy import average_precision, calibration_error, interval, macro_recall, recall_at  # noqa: E402


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

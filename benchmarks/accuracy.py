"""How often the scorers are right, on public sets that none of ours was trained on, beside the usual libraries; writes docs/accuracy.md."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy_page import CALIBRATION_PICTURE, PRECISION_PICTURE, Judged, draw_calibration, draw_precision, page
from benchmarks.table import ROOT, SHARED
from monitor.domain import Label
from monitor.scorers import SCORERS

SETS: Mapping[str, tuple[str, str]] = {
    "airline": ("en", "tweets at six US airlines"),
    "apple": ("en", "tweets at Apple"),
    "brand_product": ("en", "tweets about products of two brands; neutral ones are rare"),
    "nl_politics": ("nl", "Dutch tweets by politicians"),
    "nl_restaurants": ("nl", "Dutch restaurant reviews, by sentence"),
    "germeval17_db": ("de", "German posts on the railway"),
    "xlmt_sentiment": ("de", "German tweets, the validation part of a set whose training part we use"),
}
PRECISION = 0.88
RESAMPLES = 200
SEED = 20
LABELS = [label.value for label in Label]
PICTURES = ROOT / "docs"
PAGE = PICTURES / "accuracy.md"

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Found = tuple[list[str], Floats]
"""The label of each text, and a number that is higher the more negative it seems."""


def average_precision(wanted: Bools, scores: Floats) -> float:
    """Return the area under the precision-recall curve, texts of equal score taken together."""
    order = np.argsort(-scores, kind="stable")
    hits, ranked = np.cumsum(wanted[order]), scores[order]
    ends = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True))
    precision, recall = hits[ends] / (ends + 1), hits[ends] / hits[-1]
    return float(np.sum(np.diff(np.append(0.0, recall)) * precision))


def recall_at(wanted: Bools, scores: Floats, precision: float = PRECISION) -> float:
    """Return the highest recall at which the precision is still `precision`."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(wanted[order])
    good = hits / np.arange(1, len(hits) + 1) >= precision
    return float(np.max(hits[good]) / hits[-1]) if good.any() else 0.0


def macro_recall(truth: Sequence[str], found: Sequence[str]) -> float:
    """Return the mean of the three labels' recalls."""
    shares = []
    for label in LABELS:
        rows = [one == label for one, true in zip(found, truth, strict=True) if true == label]
        shares.append(sum(rows) / len(rows) if rows else 0.0)
    return sum(shares) / len(shares)


def interval(count: int, measure: Callable[[NDArray[np.int64]], float]) -> tuple[float, float]:
    """Return the middle 95 % of a measure over resampled texts."""
    rng = np.random.default_rng(SEED)
    values = [measure(rng.integers(0, count, count)) for _ in range(RESAMPLES)]
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def main() -> int:
    """Measure everything and write the page; 1 where the data is not there."""
    folder = next((place / "sentiment" for place in (SHARED, SHARED / "data") if (place / "sentiment").is_dir()), None)
    if folder is None:
        print(f"there is no data at {SHARED}: nothing was measured, and {PAGE} stays as it is", file=sys.stderr)
        return 1
    rows: list[tuple[Any, ...]] = []
    speeds: dict[str, list[float]] = {}
    judged: list[Judged] = []
    curves: dict[str, dict[str, tuple[Bools, Floats]]] = {}
    missing = [package for package in ("textblob", "afinn", "textblob_nl") if importlib.util.find_spec(package) is None]
    for name, (language, about) in SETS.items():
        lines = [
            line
            for line in _read(folder / f"{name}.jsonl")
            if line["label"] in LABELS and (line["lang"], line["split"] != "train") == (language, True)
        ]
        truth = [line["label"] for line in lines]
        wanted = np.array([label == "negative" for label in truth])
        for scorer, score in _scorers(language).items():
            print(f"{name}: {scorer} …", file=sys.stderr, flush=True)
            begin = time.process_time()
            labels, scores = score([line["text"] for line in lines])
            speeds.setdefault(scorer, []).append(len(lines) / (time.process_time() - begin))
            rows.append((name, about, len(lines), scorer, *_figures(truth, wanted, labels, scores)))
            curves.setdefault(name, {})[scorer] = (wanted, scores)
            if scorer == "model":
                judged += [
                    Judged(name, language, *one) for one in zip((line["text"] for line in lines), truth, labels, scores, strict=True)
                ]
    version = SCORERS["model"].load().from_settings(None).version
    draw_precision(curves, PICTURES / PRECISION_PICTURE)
    draw_calibration(judged, PICTURES / CALIBRATION_PICTURE)
    PAGE.write_text(page(version, SETS, rows, speeds, judged, missing), encoding="utf-8")
    print(PAGE)
    return 0


def _figures(truth: Sequence[str], wanted: Bools, labels: Sequence[str], scores: Floats) -> tuple[str, str, str]:
    found, true = np.array(labels), np.array(truth)
    return (
        _with_interval(len(true), lambda rows: average_precision(wanted[rows], scores[rows])),
        _with_interval(len(true), lambda rows: macro_recall(true[rows].tolist(), found[rows].tolist())),
        f"{recall_at(wanted, scores):.2f}",
    )


def _with_interval(count: int, measure: Callable[[NDArray[np.int64]], float]) -> str:
    low, high = interval(count, measure)
    return f"{measure(np.arange(count)):.3f} ({low:.3f}–{high:.3f})"


def _scorers(language: str) -> Mapping[str, Callable[[Sequence[str]], Found]]:
    found: dict[str, Callable[[Sequence[str]], Found]] = {"model": lambda texts: _ours("model", texts, language)}
    if language == "nl":
        found["dutch"] = lambda texts: _ours("dutch", texts, language)
    # VADER reads English; asked about other languages as if they were, for that is what people do.
    found["vader"] = lambda texts: _ours("vader", texts, "en")
    if language == "en" and importlib.util.find_spec("textblob"):
        found["textblob"] = lambda texts: _library(_textblob(), texts)
    if language == "en" and importlib.util.find_spec("afinn"):
        found["afinn"] = lambda texts: _library(_afinn(), texts)
    if language == "nl" and importlib.util.find_spec("textblob_nl"):
        found["textblob-nl"] = lambda texts: _library(_textblob_nl(), texts)
    return found


def _ours(name: str, texts: Sequence[str], language: str) -> Found:
    felt = SCORERS[name].load().from_settings(None).score([(text, language) for text in texts])
    return [one.label.value for one in felt], np.array([-one.score if one.p_negative is None else one.p_negative for one in felt])


def _library(polarity: Callable[[str], float], texts: Sequence[str]) -> Found:
    scores = [polarity(text) for text in texts]
    return ["positive" if one > 0 else "negative" if one < 0 else "neutral" for one in scores], -np.array(scores)


def _textblob() -> Callable[[str], float]:
    blob = import_module("textblob").TextBlob
    return lambda text: float(blob(text).sentiment.polarity)


def _afinn() -> Callable[[str], float]:
    score = import_module("afinn").Afinn().score
    return lambda text: float(score(text))


def _textblob_nl() -> Callable[[str], float]:
    blob, analyzer = import_module("textblob").TextBlob, import_module("textblob_nl").PatternAnalyzer()
    return lambda text: float(blob(text, analyzer=analyzer).sentiment[0])


def _read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    sys.exit(main())

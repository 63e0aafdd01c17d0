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
PAGE = ROOT / "docs" / "accuracy.md"

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
    return float(hits[good].max() / hits[-1]) if good.any() else 0.0


def macro_recall(truth: Sequence[str], found: Sequence[str]) -> float:
    """Return the mean of the three labels' recalls."""
    shares = []
    for label in LABELS:
        rows = [one == label for one, true in zip(found, truth, strict=True) if true == label]
        shares.append(sum(rows) / len(rows) if rows else 0.0)
    return sum(shares) / len(shares)


def calibration_error(wanted: Bools, chances: Floats) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    bins = np.clip((chances * 10).astype(int), 0, 9)
    return float(sum(abs((chances - wanted)[bins == place].sum()) for place in range(10)) / len(wanted))


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
    errors: dict[str, list[tuple[Bools, Floats]]] = {}
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
            begin = time.perf_counter()
            labels, scores = score([line["text"] for line in lines])
            speeds.setdefault(scorer, []).append(len(lines) / (time.perf_counter() - begin))
            rows.append((name, about, len(lines), scorer, *_figures(truth, wanted, labels, scores)))
            if scorer == "model":
                errors.setdefault(language, []).append((wanted, scores))
    PAGE.write_text(_page(rows, speeds, errors, missing), encoding="utf-8")
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


def _page(
    rows: Sequence[tuple[Any, ...]],
    speeds: Mapping[str, Sequence[float]],
    errors: Mapping[str, Sequence[tuple[Bools, Floats]]],
    missing: Sequence[str],
) -> str:
    version = SCORERS["model"].load().from_settings(None).version
    lines = [
        "# How often Grapevine misreads a feeling",
        "",
        f"Measured by `make accuracy` with the model's version `{version}`. None of these texts was trained on. How much the word list",
        "counts, and the two numbers that turn a score into a chance, were chosen on these same texts: expect a little less on yours.",
        "",
        "*Average precision*: how well the negative texts are put before the others (1 is perfect). *Macro-recall*: the mean share of the",
        "negative, neutral and positive texts that were called so (a guess gives .333). *Found*: the share of negative texts that is found",
        "while 88 of 100 that are flagged are negative. In brackets: the middle 95 % over 200 resamplings.",
        "",
        "| set | texts | scorer | average precision | macro-recall | found |",
        "| --- | --- | --- | --- | --- | --- |",
        *(f"| {name} | {count} | {scorer} | {ap} | {recall} | {found} |" for name, _about, count, scorer, ap, recall, found in rows),
        "",
        *(f"- **{name}**: {about} ({language})." for name, (language, about) in SETS.items()),
        "",
        f"Not installed in this run, so not compared: {', '.join(missing)}." if missing else "All libraries named were installed.",
        "",
        "## Are the chances true?",
        "",
        "The expected calibration error of `p_negative` by language, each set counting alike; 0 is perfect.",
        "",
        "| language | error |",
        "| --- | --- |",
        *(f"| {language} | {_balanced_error(parts):.3f} |" for language, parts in errors.items()),
        "",
        "Chances depend on how many complaints there are: on one set alone they are further off than on all together.",
        "",
        "## Speed",
        "",
        "| scorer | texts a second, in this run, median of the sets |",
        "| --- | --- |",
        *(f"| {scorer} | {np.median(found):,.0f} |" for scorer, found in speeds.items()),
        "",
        "## What it cannot do",
        "",
        "- It reads the feeling of the text, not the feeling towards your brand: praise of a rival reads as praise.",
        "- Irony mostly passes as what it says.",
        "- Facts that hurt without a word of feeling (three hours on the tarmac) are often called neutral; triage looks at those by rules.",
        "- Dutch and German are learned from other languages and helped by word lists: they are weaker than English, as the table shows.",
        "- The English validation part of the training set is no measure: its tweets stand in the training part too.",
        "",
    ]
    return "\n".join(lines)


def _balanced_error(parts: Sequence[tuple[Bools, Floats]]) -> float:
    most = max(len(wanted) for wanted, _chances in parts)
    rng = np.random.default_rng(SEED)
    chosen = [(wanted[rows], chances[rows]) for wanted, chances in parts for rows in [rng.integers(0, len(wanted), most)]]
    return calibration_error(np.concatenate([one for one, _two in chosen]), np.concatenate([two for _one, two in chosen]))


if __name__ == "__main__":
    sys.exit(main())

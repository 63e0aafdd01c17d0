"""What the parts of the training share: reading the sets, weighing words, calibrating on the development parts, and writing the weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from monitor.scorers import grams
from monitor.scorers.model import ModelScorer

BALANCE = 0.5
"""0 takes the labels as often as they come, 1 all alike."""
CALIBRATED_ON = {
    "en": ("airline", "apple", "brand_product"),
    "nl": ("nl_politics", "nl_restaurants"),
    "de": ("germeval17_db", "xlmt_sentiment"),
    "": ("xlmt_sentiment",),
}
MOST_CALIBRATED = 3_000


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    """Read a set's lines."""
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]


def count_runs(texts: list[str], labels: Any, weights: Any, language: str, strength: float) -> dict[str, Any]:
    """Return the weights of the runs of words of a language, in bytes; `strength` is scikit-learn's C."""
    rows = [grams.rows(text, language) for text in texts]
    begins = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row)), np.float32) for row in rows if row])
    table = scipy.sparse.csr_matrix((values, np.concatenate(rows), begins), shape=(len(rows), 2 ** grams.BITS[language]))
    fitted = LogisticRegression(C=strength, max_iter=60, tol=1e-3).fit(table, labels, sample_weight=weights)
    scale = np.float32(np.percentile(np.abs(fitted.coef_), 99.99) / 127)
    packed = np.clip(np.round(fitted.coef_.T / scale), -127, 127).astype(np.int8)
    name = f"runs.{language}"
    return {name: packed, f"{name}_scale": scale, f"{name}_bias": fitted.intercept_.astype(np.float32)}


def calibrate(file: Path, sets: list[list[dict[str, Any]]], language: str) -> dict[str, float]:
    """Return slope and offset that turn the log-odds of the stored model into chances, each set counting alike."""
    scorer = ModelScorer.from_settings(None, weights=file)
    odds, wanted, weights = [], [], []
    for lines in sets:
        fit = [
            line for line in lines if line["split"] != "train" and line["label"] != "mixed" and line["lang"] in (language or line["lang"])
        ]
        fit = fit[:: len(fit) // MOST_CALIBRATED + 1]
        for found in scorer.score([(line["text"], language) for line in fit]):
            chance = min(max(found.p_negative or 0.0, 1e-4), 1 - 1e-4)
            odds.append(np.log(chance / (1 - chance)))
        wanted += [line["label"] == "negative" for line in fit]
        weights += [1 / len(fit)] * len(fit)
    fitted = LogisticRegression(C=1e6).fit(np.array(odds)[:, None], wanted, sample_weight=np.array(weights) * len(weights))
    return {"slope": round(float(fitted.coef_[0, 0]), 4), "offset": round(float(fitted.intercept_[0]), 4)}


def write(file: Path, arrays: dict[str, Any], version: str, calibrations: dict[str, Any]) -> None:
    """Write the weights file."""
    np.savez_compressed(file, facts=np.array(json.dumps({"version": version, "calibrations": calibrations})), **arrays)

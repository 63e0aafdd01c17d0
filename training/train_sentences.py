"""Makes the weights of the rules' reader of sentences from sentences.jsonl here and the labelled replies, and says how often it is right.

    python -m training.train_sentences [--write]

A sentence stands in sentences.jsonl with the rules that it breaks, or with none. Of the labelled replies those sentences count that no
honest answer has, where there are at most two, and those of honest answers. What weighs both readers against each other learned from
answers that were given without the sentence and without its like, in the other language too. Needs scikit-learn and scipy.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.linalg
import scipy.sparse
import scipy.sparse.csgraph
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from responders.policy.reading import Reading
from responders.policy.tenor import BITS, KINDS, encode, runs

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HERE = Path(__file__).parent
REPLIES = HERE.parent / "tests" / "responders" / "policy_replies.jsonl"
WEIGHTS = HERE.parent / "responders" / "policy" / "weights" / "tenor.npz"

FOLDS = 4
ALIKE = 0.8
"""Cosine of sentence vectors from which on two sentences stay together: they say the same, often in two languages."""
AXES = 160
REACH = 1.5
SHRINK = 0.3
STRENGTH = 10.0
"""How little the weights of runs are held back."""
BREACH = 2.0
"""How much more a breach counts than an honest sentence, of which there are many more."""
TOLD, SURE = 0.006, 0.001
"""Shares of the honest sentences that may sound like a breach of one rule, to be read again or to be blocked."""
PASSED = 0.25
"""Of the breaches that both readers find, so many may fail to pass the gate of the first."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence, the kinds it is, the kinds of which that is known, and how much it counts."""

    text: str
    is_kind: tuple[bool, ...]
    is_known: tuple[bool, ...]
    weight: float = 1.0


def lesson(text: str, kinds: Sequence[str], known: Sequence[str], weight: float = 1.0) -> Lesson:
    """Make a lesson from the names of kinds."""
    return Lesson(text, tuple(kind in kinds for kind in KINDS), tuple(kind in known for kind in KINDS), weight)


def written() -> list[Lesson]:
    """Return the sentences that were written to be learned from."""
    rows = map(json.loads, (HERE / "sentences.jsonl").read_text("utf-8").splitlines())
    return [lesson(row["sentence"], row["rules"], KINDS) for row in rows]


def from_replies(path: Path = REPLIES) -> list[Lesson]:
    """Return the sentences of labelled replies of which it is plain what they are."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    cut = [[sentence.cased for sentence in Reading(row["reply"]).sentences] for row in rows]
    honest = {sentence.lower() for row, sentences in zip(rows, cut, strict=True) if not row["expected"] for sentence in sentences}
    found = {sentence: lesson(sentence, (), KINDS) for sentences in cut for sentence in sentences if sentence.lower() in honest}
    for row, sentences in zip(rows, cut, strict=True):
        odd = [sentence for sentence in sentences if sentence.lower() not in honest]
        broken = [kind for kind in row["expected"] if kind in KINDS]
        if broken and len(odd) <= 2:
            known = KINDS if len(odd) == 1 else broken
            for sentence in odd:
                found.setdefault(sentence, lesson(sentence, broken, known, 1.0 if len(odd) == 1 else 0.4))
    return list(found.values())


def table_of(texts: Sequence[str]) -> scipy.sparse.csr_matrix:
    """Return which runs stand in which text."""
    rows = [runs(text) for text in texts]
    begins = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(max(len(row), 1))) for row in rows])
    return scipy.sparse.csr_matrix((values, np.concatenate(rows), begins), shape=(len(texts), 1 << BITS))


def learn_runs(table: scipy.sparse.csr_matrix, aim: Flags, weight: Floats) -> Floats:
    """Return weights of runs for each kind, and in the last row what is added."""
    found = np.zeros((table.shape[1] + 1, aim.shape[1]))
    for place in range(aim.shape[1]):
        rows = weight[:, place] > 0
        counts = weight[rows, place] * np.where(aim[rows, place], BREACH, 1)
        model = LogisticRegression(C=STRENGTH, max_iter=400).fit(table[rows], aim[rows, place], sample_weight=counts)
        found[:-1, place], found[-1, place] = model.coef_[0], model.intercept_[0]
    return found


def learn_points(points: Floats, aim: Flags, known: Flags) -> Floats:
    """Return what each point says of each kind (kernel ridge regression); of what is unknown it says nothing."""
    near = np.exp(-REACH * np.maximum(apart(points, points), 0)).astype(np.float32)
    says = np.zeros(aim.shape)
    sets = {row.tobytes(): row for row in known.T}
    for rows in sets.values():
        kinds = (rows == known.T).all(axis=1)
        square = near[np.ix_(rows, rows)]
        square[np.diag_indices_from(square)] += SHRINK
        says[np.ix_(rows, kinds)] = scipy.linalg.solve(
            square, aim[np.ix_(rows, kinds)].astype(np.float32), assume_a="pos", overwrite_a=True
        )
    return says


def apart(one: Floats, other: Floats) -> Floats:
    """Return the squares of distances."""
    found: Floats = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None] - 2 * one @ other.T
    return found


def parted(vectors: Floats) -> NDArray[np.int64]:
    """Return each sentence's fold; what says the same stays together."""
    alike = scipy.sparse.csr_matrix(vectors @ vectors.T > ALIKE)
    count, group = scipy.sparse.csgraph.connected_components(alike, directed=False)
    print(f"{count} groups, the largest of {np.bincount(group).max()} sentences")
    turns = np.random.default_rng(1).permutation(count) % FOLDS
    return np.asarray(turns[group], dtype=np.int64)


def axes_of(vectors: Floats) -> tuple[Floats, Floats]:
    """Return the middle and the axes along which the vectors vary most."""
    middle = vectors.mean(axis=0)
    _left, _sizes, right = np.linalg.svd(vectors - middle, full_matrices=False)
    return middle, right[:AXES].T


def mix_of(told: Floats, near: Floats, aim: Flags, weight: Floats) -> Floats:
    """Return for each kind how much runs and points count, and what is added."""
    found = np.zeros((len(KINDS), 3))
    for place in range(len(KINDS)):
        rows = weight[:, place] > 0
        seen = np.c_[told[rows, place], near[rows, place]]
        model = LogisticRegression(C=100).fit(seen, aim[rows, place], sample_weight=weight[rows, place])
        found[place] = [*model.coef_[0], model.intercept_[0]]
    return found


def bound_at(chance: Floats, honest: Flags, share: float) -> Floats:
    """Return the chance of each kind that this share of the honest sentences reaches."""
    return np.array([np.quantile(chance[honest[:, place], place], 1 - share) for place in range(len(KINDS))])


def gates_of(told: Floats, chance: Floats, aim: Flags, honest: Flags, bounds: Floats) -> Floats:
    """Return what the runs must say of each kind for the encoder to be asked, so that few findings are lost."""
    gates = np.array([np.quantile(told[aim[:, at] & (chance[:, at] >= bounds[at]), at], PASSED) for at in range(len(KINDS))])
    passed = np.greater_equal(told, gates).any(axis=1)
    print(f"past the gates: {passed[honest.all(axis=1)].mean():.2f} of the honest sentences")
    return gates


def report(chance: Floats, aim: Flags, honest: Flags) -> None:
    """Print for each kind what is found where 3, 10 and 30 of 1,000 honest sentences are taken for it."""
    for place, kind in enumerate(KINDS):
        free = np.sort(chance[honest[:, place], place])[::-1]
        bounds = [free[int(share * len(free))] for share in (0.003, 0.01, 0.03)]
        of_it = chance[aim[:, place], place]
        print(kind, len(of_it), " ".join(f"{bound:.3f}: {(of_it > bound).mean():.2f}" for bound in bounds))


def main() -> int:
    """Train, say how good it is, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    lessons = list({one.text: one for one in (*from_replies(), *written())}.values())
    texts = [one.text for one in lessons]
    aim = np.array([one.is_kind for one in lessons])
    known = np.array([one.is_known for one in lessons])
    weight = known * np.array([[one.weight] for one in lessons])
    vectors = encode(texts).astype(np.float64)
    table = table_of(texts)
    middle, axes = axes_of(vectors)
    points = (vectors - middle) @ axes
    fold = parted(vectors)
    told, near = np.zeros(aim.shape), np.zeros(aim.shape)
    for turn in range(FOLDS):
        rest, those = fold != turn, fold == turn
        weights = learn_runs(table[rest], aim[rest], weight[rest])
        told[those] = table[those] @ weights[:-1] + weights[-1]
        near[those] = np.exp(-REACH * np.maximum(apart(points[those], points[rest]), 0)) @ learn_points(
            points[rest], aim[rest], known[rest]
        )
        print(f"fold {turn + 1} of {FOLDS}", file=sys.stderr)
    mix = mix_of(told, near, aim, weight)
    chance = 1 / (1 + np.exp(-(told * mix[:, 0] + near * mix[:, 1] + mix[:, 2])))
    honest = known & ~aim.any(axis=1, keepdims=True)
    print("on sentences left out, with their like:")
    report(chance, aim, honest)
    bounds, sure = bound_at(chance, honest, TOLD), bound_at(chance, honest, SURE)
    gates = gates_of(told, chance, aim, honest, bounds)
    if options.write:
        write(learn_runs(table, aim, weight), (middle, axes), points, learn_points(points, aim, known), mix, (gates, bounds, sure))
    return 0


def write(
    table: Floats, space: tuple[Floats, Floats], points: Floats, says: Floats, mix: Floats, bounds: tuple[Floats, Floats, Floats]
) -> None:
    """Write the weights, in bytes where that is fine enough."""
    kept: dict[str, NDArray[Any]] = {
        "middle": space[0].astype(np.float32),
        "axes": space[1].astype(np.float16),
        "reach": np.array(REACH, dtype=np.float32),
        "mix": mix.astype(np.float32),
    }
    for name, one in zip(("gates", "bounds", "sure"), bounds, strict=True):
        kept[name] = one.astype(np.float32)
    for name, rows in {"table": table, "points": points, "says": says}.items():
        scale = np.abs(rows).max(axis=0) / 127
        kept[name], kept[f"{name}_scale"] = np.round(rows / scale).astype(np.int8), scale.astype(np.float32)
    WEIGHTS.parent.mkdir(exist_ok=True)
    with WEIGHTS.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **kept)


if __name__ == "__main__":
    sys.exit(main())

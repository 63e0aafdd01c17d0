"""Makes the weights that say what a sentence of a reply does from acts.jsonl here, and says how often they are right.

    python -m training.train_acts [--write]

A sentence stands in acts.jsonl with everything that it does, and the number of the manner in which its reply was made up: no two of these
are of one field or voice. Those of manner 0 were made up alone, most of them near-misses; only the four acts that are learned stand there.
Of the labelled replies those sentences count whose reply lacks an act. From where on a sentence is taken to do something is chosen on
sentences that were left out with their manner. Needs scikit-learn and scipy. The same data gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from responders.policy.acts import ACTS
from responders.policy.reading import Reading
from training.train_sentences import packed, save, table_of

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HERE = Path(__file__).parent
REPLIES = HERE.parent / "tests" / "responders" / "policy_replies.jsonl"
WEIGHTS = HERE.parent / "responders" / "policy" / "weights" / "acts.npz"
STRENGTH = 20.0
"""How little the weights of runs are held back."""
TAKEN = {"invite": 0.002, "admission": 0.005, "step": 0.003, "source": 0.003}
"""The share of sentences that are taken to do what they do not; a reply has six."""
MANNERS = 6
LACK = {"admission": "R3", "step": "R4", "source": "R7"}
"""The rule that a reply breaks which lacks an act."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence, what it does, of which acts that is known, and with which others it is left out."""

    text: str
    done: tuple[bool, ...]
    known: tuple[bool, ...]
    fold: int


def lessons() -> list[Lesson]:
    """Return every sentence to learn from."""
    rows = [json.loads(line) for line in (HERE / "acts.jsonl").read_text("utf-8").splitlines()]
    turns = np.random.default_rng(1).integers(1, MANNERS + 1, len(rows))
    folds = [row["by"] or int(turn) for row, turn in zip(rows, turns, strict=True)]
    return [
        *(
            Lesson(row["sentence"], tuple(act in row["acts"] for act in ACTS), (True,) * len(ACTS), fold)
            for row, fold in zip(rows, folds, strict=True)
        ),
        *lacking(),
    ]


def lacking(path: Path = REPLIES) -> Iterator[Lesson]:
    """Yield the sentences of labelled replies that lack an act: none of them does it."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        known = tuple(LACK.get(act) in row["expected"] for act in ACTS)
        if any(known):
            for sentence in Reading(row["reply"]).sentences:
                yield Lesson(sentence.cased, (False,) * len(ACTS), known, 1 + number % MANNERS)


def learn(table: scipy.sparse.csr_matrix, done: Flags, known: Flags) -> Floats:
    """Return weights of runs for each act, and in the last row what is added."""
    found = np.zeros((table.shape[1] + 1, done.shape[1]))
    for place in range(done.shape[1]):
        rows = known[:, place]
        model = LogisticRegression(C=STRENGTH, max_iter=400, solver="liblinear", random_state=0).fit(table[rows], done[rows, place])
        found[:-1, place], found[-1, place] = model.coef_[0], model.intercept_[0]
    return found


def main() -> int:
    """Train, say how good it is, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    learned_from = lessons()
    done, known = np.array([one.done for one in learned_from]), np.array([one.known for one in learned_from])
    fold = np.array([one.fold for one in learned_from])
    table = table_of([one.text for one in learned_from])
    odds = np.zeros(done.shape)
    for turn in range(1, MANNERS + 1):
        rest, those = fold != turn, fold == turn
        weights = learn(table[rest], done[rest], known[rest])
        odds[those] = table[those] @ weights[:-1] + weights[-1]
        print(f"manner {turn} left out", file=sys.stderr)
    bounds = np.array([np.quantile(odds[known[:, place] & ~done[:, place], place], 1 - TAKEN[act]) for place, act in enumerate(ACTS)])
    print(f"of {len(learned_from)} sentences, each left out with its manner:")
    for place, act in enumerate(ACTS):
        found = odds[done[:, place], place] >= bounds[place]
        print(f"{act}: {found.mean():.2f} of {len(found)} found where {TAKEN[act]:.1%} of the others are taken for it")
    if options.write:
        save(WEIGHTS, packed(learn(table, done, known), bounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Makes the weights that say whether facts carry a sentence in other words, from carried.jsonl here, and says how often they are right.

    python -m training.train_carrying [--write]

Each case is a post, facts, and sentences of a reply: some that the facts carry in other words, some that look at home there and are
carried by nothing, some that state nothing. All were written for this. What is printed is of cases left out. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from responders.policy.carrying import seen, told
from responders.policy.claims import by_rules
from responders.policy.lines import context_of_line

Floats = NDArray[np.float64]

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "responders" / "policy" / "weights" / "carrying.npz"
FOLDS = 5
AXES = 64
STRENGTH = 0.05
BOUND = 0.65
"""The chance from which on a sentence counts as carried: of what is carried one in 14 is then objected to, of the rest 58 in 100."""


def sentences() -> Iterator[tuple[int, str, bool, NDArray[np.float32], NDArray[np.float32]]]:
    """Yield each sentence: its case, its kind, whether the rules bind all of it, what is measured, and its vectors."""
    for number, line in enumerate((HERE / "carried.jsonl").read_text("utf-8").splitlines()):
        case = json.loads(line)
        facts = [{"id": str(place), "text": text, "source": ""} for place, text in enumerate(case["facts"])]
        for kind in ("supported", "unsupported", "plain"):
            for text in case[kind]:
                context = context_of_line({"lang": case["lang"], "brand": "Zzyx", "post": case["post"], "facts": facts, "reply": text})
                if not context.reply.sentences:
                    continue
                # A sentence of two is read as one here: what is carried is the whole of it.
                first, last = context.reply.sentences[0], context.reply.sentences[-1]
                whole = type(first)(context.reply.plain, context.reply.cased, first.start, last.end, 0)
                bound = all(claim.fact_id is not None for claim in by_rules(context))
                _nearest, measured, beside = seen(context, whole, told(context), bound=bound)
                yield number, kind, bound, measured, beside


def learn(measured: Floats, beside: Floats, carried: NDArray[np.bool_]) -> dict[str, Floats]:
    """Return the weights that these sentences teach."""
    middle = beside.mean(axis=0)
    _sizes, axes = np.linalg.eigh(np.cov((beside - middle).T))
    axes = axes[:, ::-1][:, :AXES]
    axes = axes / ((beside - middle) @ axes).std(axis=0) * 0.5
    scale = np.maximum(measured.std(axis=0), 1e-6)
    rows = np.c_[(beside - middle) @ axes, (measured - measured.mean(axis=0)) / scale]
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(rows, carried)
    weights = np.r_[model.coef_[0], model.intercept_]
    return {"middle": middle, "axes": axes, "measured_middle": measured.mean(axis=0), "measured_scale": scale, "weights": weights}


def chances(made: dict[str, Floats], measured: Floats, beside: Floats) -> Floats:
    """Return how likely each sentence is carried."""
    rows = np.c_[(beside - made["middle"]) @ made["axes"], (measured - made["measured_middle"]) / made["measured_scale"]]
    found: Floats = 1 / (1 + np.exp(-(rows @ made["weights"][:-1] + made["weights"][-1])))
    return found


def main() -> int:
    """Train, say how good it is, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    found = list(sentences())
    case, kind = np.array([one[0] for one in found]), np.array([one[1] for one in found])
    bound = np.array([one[2] for one in found])
    measured, beside = np.array([one[3] for one in found], dtype=np.float64), np.array([one[4] for one in found], dtype=np.float64)
    carried = kind != "unsupported"
    fold = np.random.default_rng(1).permutation(case.max() + 1)[case] % FOLDS
    chance = np.zeros(len(found))
    for turn in range(FOLDS):
        those = fold == turn
        chance[those] = chances(learn(measured[~those], beside[~those], carried[~those]), measured[those], beside[those])
        print(f"fold {turn + 1} of {FOLDS}", file=sys.stderr)
    print("share to which is objected, of cases left out:")
    for name in ("supported", "unsupported", "plain"):
        of_it = kind == name
        by_both = " ".join(f"{limit}: {(~bound & (chance < limit))[of_it].mean():.3f}" for limit in (0.2, 0.35, 0.5, BOUND))
        print(f"{name}, {of_it.sum()}: by the rules alone {(~bound)[of_it].mean():.3f}; where the chance is below {by_both}")
    if options.write:
        made = learn(measured, beside, carried)
        kept = {name: rows.astype(np.float16) for name, rows in made.items()}
        np.savez_compressed(WEIGHTS, allow_pickle=False, bound=np.array(BOUND), **kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())

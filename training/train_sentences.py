"""Makes the weights of the rules' reader of sentences from sentences.jsonl here and the labelled replies, and says how often it is right.

    python -m training.train_sentences [--write]

A sentence stands in sentences.jsonl with the rules that it breaks, or with none. Of the labelled replies those sentences count that no
honest answer has, where there are at most two, and those of honest answers. From where on a person is told is chosen on answers that were
given without the sentence and without its like, in the other language too. Needs scikit-learn and scipy. The same data gives the same
weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
import scipy.sparse.csgraph
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from responders.policy import tenor
from responders.policy.carrying import encode
from responders.policy.reading import Reading
from responders.policy.stems import meanings_of_text
from responders.policy.tenor import BITS, KINDS, KNOWN_BITS, runs

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HERE = Path(__file__).parent
REPLIES = HERE.parent / "tests" / "responders" / "policy_replies.jsonl"
WEIGHTS = HERE.parent / "responders" / "policy" / "weights" / "tenor.npz"

FOLDS = 4
ALIKE = 0.8
"""Cosine of sentence vectors from which on two sentences stay together: they say the same, often in two languages."""
STRENGTH = 10.0
"""How little the weights of runs are held back."""
BREACH = 2.0
"""How much more a breach counts than an honest sentence, of which there are many more."""
TOLD = 0.004
"""The share of honest sentences that may sound like a breach of one rule; an answer has seven."""
UNSURE = 0.4
"""What a sentence counts that stands beside another which may be the breach."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence, the rules it breaks, those of which that is known, whether it breaks none at all, and how much it counts."""

    text: str
    broken: tuple[bool, ...]
    known: tuple[bool, ...]
    honest: bool
    weight: float = 1.0


def lesson(text: str, broken: Sequence[str], known: Sequence[str] = KINDS, weight: float = 1.0) -> Lesson:
    """Make a lesson from the names of rules."""
    return Lesson(text, tuple(kind in broken for kind in KINDS), tuple(kind in known for kind in KINDS), not broken, weight)


def written() -> list[Lesson]:
    """Return the sentences that were written to be learned from."""
    rows = map(json.loads, (HERE / "sentences.jsonl").read_text("utf-8").splitlines())
    return [lesson(row["sentence"], row["rules"]) for row in rows]


def from_replies(path: Path = REPLIES) -> list[Lesson]:
    """Return the sentences of labelled replies of which it is plain what they are."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    cut = [[sentence.cased for sentence in Reading(row["reply"]).sentences] for row in rows]
    honest = {sentence.lower() for row, sentences in zip(rows, cut, strict=True) if not row["expected"] for sentence in sentences}
    found = {sentence: lesson(sentence, ()) for sentences in cut for sentence in sentences if sentence.lower() in honest}
    for row, sentences in zip(rows, cut, strict=True):
        odd = [sentence for sentence in sentences if sentence.lower() not in honest]
        broken = [rule for rule in row["expected"] if rule in KINDS]
        if broken and len(odd) <= 2:
            alone = len(odd) == 1
            for sentence in odd:
                found.setdefault(sentence, lesson(sentence, broken, KINDS if alone else broken, 1.0 if alone else UNSURE))
    return list(found.values())


def table_of(texts: Sequence[str]) -> scipy.sparse.csr_matrix:
    """Return which runs stand in which text."""
    rows = [runs(text) for text in texts]
    begins = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(max(len(row), 1))) for row in rows])
    return scipy.sparse.csr_matrix((values, np.concatenate(rows), begins), shape=(len(texts), 1 << BITS))


def learn(table: scipy.sparse.csr_matrix, broken: Flags, weight: Floats) -> Floats:
    """Return weights of runs for each rule, and in the last row what is added."""
    found = np.zeros((table.shape[1] + 1, broken.shape[1]))
    for place in range(broken.shape[1]):
        rows = weight[:, place] > 0
        counts = weight[rows, place] * np.where(broken[rows, place], BREACH, 1)
        model = LogisticRegression(C=STRENGTH, max_iter=400).fit(table[rows], broken[rows, place], sample_weight=counts)
        found[:-1, place], found[-1, place] = model.coef_[0], model.intercept_[0]
    return found


def parted(vectors: Floats) -> NDArray[np.int64]:
    """Return each sentence's fold; what says the same stays together."""
    alike = scipy.sparse.csr_matrix(vectors @ vectors.T > ALIKE)
    count, group = scipy.sparse.csgraph.connected_components(alike, directed=False)
    turns = np.random.default_rng(1).permutation(count) % FOLDS
    return np.asarray(turns[group], dtype=np.int64)


def main() -> int:
    """Train, say how good it is, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    lessons = list({one.text: one for one in (*from_replies(), *written())}.values())
    texts = [one.text for one in lessons]
    broken, known = np.array([one.broken for one in lessons]), np.array([one.known for one in lessons])
    weight = known * np.array([[one.weight] for one in lessons])
    table, fold = table_of(texts), parted(encode(texts).astype(np.float64))
    odds = np.zeros(broken.shape)
    for turn in range(FOLDS):
        rest, those = fold != turn, fold == turn
        weights = learn(table[rest], broken[rest], weight[rest])
        odds[those] = table[those] @ weights[:-1] + weights[-1]
        print(f"fold {turn + 1} of {FOLDS}", file=sys.stderr)
    honest = np.array([one.honest for one in lessons])
    bounds = np.quantile(odds[honest], 1 - TOLD, axis=0)
    print(f"of {len(texts)} sentences, left out with their like, where {TOLD:.1%} of the honest ones sound like a breach:")
    for place, kind in enumerate(KINDS):
        heard = odds[broken[:, place], place] >= bounds[place]
        print(f"{kind}: {heard.mean():.2f} of {len(heard)} breaches heard")
    if options.write:
        write(learn(table, broken, weight), bounds)
    return 0


def known_words() -> NDArray[np.uint8]:
    """Return, as bits by their place, which words more than one honest sentence or answer uses."""
    rows = map(json.loads, (HERE / "sentences.jsonl").read_text("utf-8").splitlines())
    said = [(row["lang"], row["sentence"]) for row in rows if not row["rules"]]
    answers = map(json.loads, REPLIES.read_text("utf-8").splitlines())
    said += [(row["lang"], row["reply"]) for row in answers if not row["expected"]]
    used = Counter(word for lang, text in said for word in meanings_of_text(text, lang))
    known = np.zeros(1 << KNOWN_BITS, dtype=np.bool_)
    known[[tenor.place(word) for word, times in used.items() if times > 1]] = True
    return np.packbits(known)


def write(table: Floats, bounds: Floats) -> None:
    """Write the weights, in bytes: that is fine enough."""
    save(WEIGHTS, packed(table, bounds) | {"known": known_words()})


def packed(table: Floats, bounds: Floats) -> dict[str, NDArray[Any]]:
    """Return weights in bytes with their scales, and the bounds beside them."""
    scale = np.abs(table).max(axis=0) / 127
    return {
        "table": np.round(table / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bounds": bounds.astype(np.float32),
    }


def save(path: Path, kept: dict[str, NDArray[Any]]) -> None:
    """Write arrays to a file."""
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **kept)


if __name__ == "__main__":
    sys.exit(main())

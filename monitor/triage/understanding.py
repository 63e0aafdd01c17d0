"""Weighs what the rules saw against how like the posts that we labelled a text is; pure. Words alone miss what they do not name.

"The whole family is on a drip since your salad" names no danger, and "dying to fly again" is none. Likeness (scorers/likeness.py) gives
an answer for each class; a step of its own weighs these with what the rules saw, and was fitted on posts that neither had seen.
Made by training/train_triage.py.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path

from monitor.triage.clues import RuleHit

KINDS = ("T1", "T2", "T3", "T4", "T5", "T6", "T9", "T11", "T12")
"""What is told apart in the end."""


@dataclass(frozen=True, slots=True)
class Head:
    """How answers and rules are weighed; `classes` are the kinds, with T12 by its families, and T12 as a whole last."""

    classes: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    """For each of KINDS a weight for each class, for the four peaks, for each rule's strength, for silence of the rules, and a bias."""
    threshold: float
    """From this chance on it is T12."""
    favours: tuple[float, ...]
    """What the chance of each of KINDS is multiplied by where the likeliest is chosen, so that rare kinds are not crowded out."""

    def chances(self, answers: Sequence[float], hits: Sequence[RuleHit]) -> Mapping[str, float]:
        """Return how likely each kind is."""
        seen = [*answers, *peaks(answers, self.classes), *strengths(hits), 1.0]
        values = [sum(map(mul, row, seen)) for row in self.weights]
        most = max(values)
        powers = [math.exp(value - most) for value in values]
        return {kind: power / sum(powers) for kind, power in zip(KINDS, powers, strict=True)}


@cache
def head() -> Head:
    """Return the weights that ship with us."""
    kept = json.loads((Path(__file__).parent / "weights" / "head.json").read_text("utf-8"))
    return Head(tuple(kept["classes"]), tuple(map(tuple, kept["weights"])), kept["threshold"], tuple(kept["favours"]))


def peaks(answers: Sequence[float], classes: Sequence[str]) -> list[float]:
    """Return what the likest danger and the likest other kind answer, and their squares: one clear answer says more than a sum."""
    pairs = list(zip(answers, classes, strict=True))
    grave = max(answer for answer, name in pairs if name not in KINDS)
    other = max(answer for answer, name in pairs if name in KINDS and name != "T12")
    return [grave, other, grave**2, other**2]


def strengths(hits: Sequence[RuleHit]) -> list[float]:
    """Return how strongly the rules saw each of KINDS, and 1 where they saw nothing."""
    by_rule = {hit.rule: hit.strength for hit in hits}
    return [*(by_rule.get(kind, 0.0) for kind in KINDS), *(float(bool(hits) and hits[0].rule == kind) for kind in KINDS), float(not hits)]


def likeliest(chances: Mapping[str, float], favours: Sequence[float], *, addressed: bool) -> str:
    """Return the likeliest kind but T12. Praise is T9 here whoever it is told to; told to us it and a plain fact are one kind, T1."""
    weighed = {kind: chances[kind] * favour for kind, favour in zip(KINDS, favours, strict=True) if kind != "T12"}
    friendly = max(("T1", "T9"), key=weighed.__getitem__)
    if addressed:
        weighed[friendly] = weighed["T1"] + weighed["T9"]
    return max(weighed, key=weighed.__getitem__)


def understand(
    hits: tuple[RuleHit, ...], answers: Sequence[float], about: Mapping[str, str], *, addressed: bool = False
) -> tuple[RuleHit, ...]:
    """Return the rules that apply when likeness is heard too, the main one first; `about` puts classes in words."""
    model = head()
    chances = model.chances(answers, hits)
    seen = next((hit for hit in hits if hit.rule == "T12"), None)
    if chances["T12"] >= model.threshold:
        family = max(zip(answers, model.classes, strict=True), key=lambda one: one[0] if one[1] not in KINDS else -math.inf)[1]
        first = RuleHit("T12", round(chances["T12"], 2), seen.about if seen else about[family], seen.words if seen else "")
    else:
        hits = tuple(hit for hit in hits if hit.rule != "T12")
        likely = likeliest(chances, model.favours, addressed=addressed)
        kind = "T1" if likely == "T9" and addressed else likely
        if hits and hits[0].rule in {kind, "T13"}:
            return hits
        if not hits and likely == "T1":
            return ()
        first = next((hit for hit in hits if hit.rule == kind), None) or RuleHit(kind, round(chances[likely], 2), about[kind])
    return (first, *(hit for hit in hits if hit.rule != first.rule))

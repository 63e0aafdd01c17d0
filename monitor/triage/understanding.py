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

_COMPLAINING = frozenset({"T5", "T6", "T11"})

KINDS = ("T1", "T2", "T3", "T4", "T5", "T6", "T9", "T11", "T12")
"""What is told apart in the end."""

CLEAR, LIKELIER = 0.85, 0.3
"""How strongly a rule must see a danger in a long post told to us, and how like another kind it must not be, to be believed."""
NET = 1 / 3
"""The net's share in what is said of a kind beside likeness and rules …"""
TURNED = 1 / 2
"""… and the turned layers' share beside all of these."""
LONG = math.log1p(22) / 3
"""The first number of the form of a post of 22 words."""


@dataclass(frozen=True, slots=True)
class Head:
    """How answers and rules are weighed; `classes` are the kinds, with T12 by its families, and T12 as a whole last.

    Of the answers the first are likeness, one for each class; then comes, for each class but T12 as a whole, what the net says of it, and
    last what the turned layers of the second encoder say (scorers/turned.py).
    """

    classes: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    """For each of KINDS a weight for each class, for the four peaks, for each rule's strength, for silence of the rules, for each number
    of the form, and a bias."""
    thresholds: tuple[float, float]
    """From which chance on it is T12: where a post is short and told to us, and where it is free."""
    favours: tuple[float, ...]
    """What the chance of each of KINDS is multiplied by where the likeliest is chosen, so that rare kinds are not crowded out."""

    def chances(self, answers: Sequence[float], hits: Sequence[RuleHit], shape: Sequence[float]) -> Mapping[str, float]:
        """Return how likely each kind is; the net, which knows nothing of the rules, counts half as much as they and likeness do."""
        count = len(self.classes)
        told = answers[:count]
        seen = [*told, *peaks(told, self.classes), *strengths(hits), *shape, 1.0]
        nets, turned = by_kind(answers[count : 2 * count - 1], self.classes), by_kind(answers[2 * count - 1 :], self.classes)
        beside = [NET * net + (1 - NET) * value for net, value in zip(nets, self._values(seen), strict=True)]
        return softmax([TURNED * one + (1 - TURNED) * other for one, other in zip(turned, beside, strict=True)])

    def _values(self, seen: Sequence[float]) -> list[float]:
        """Return what the second step says of each kind, in logarithms."""
        found = [sum(map(mul, row, seen)) for row in self.weights]
        most = max(found)
        whole = most + math.log(sum(math.exp(value - most) for value in found))
        return [value - whole for value in found]


@cache
def head() -> Head:
    """Return the weights that ship with us."""
    kept = json.loads((Path(__file__).parent / "weights" / "head.json").read_text("utf-8"))
    return Head(tuple(kept["classes"]), tuple(map(tuple, kept["weights"])), tuple(kept["thresholds"]), tuple(kept["favours"]))


def peaks(answers: Sequence[float], classes: Sequence[str]) -> list[float]:
    """Return what the likest danger and the likest other kind answer, and their squares: one clear answer says more than a sum."""
    pairs = list(zip(answers, classes, strict=True))
    grave = max(answer for answer, name in pairs if name not in KINDS)
    other = max(answer for answer, name in pairs if name in KINDS and name != "T12")
    return [grave, other, grave**2, other**2]


def by_kind(nets: Sequence[float], classes: Sequence[str]) -> list[float]:
    """Return what the net says of each of KINDS, in logarithms, from what it says of each class; T12 is any of its families."""
    by_class = dict(zip(classes, nets, strict=False))
    grave = [net for name, net in by_class.items() if name not in KINDS]
    most = max(grave)
    return [*(by_class[kind] for kind in KINDS[:-1]), most + math.log(sum(math.exp(net - most) for net in grave))]


def softmax(values: Sequence[float]) -> Mapping[str, float]:
    """Return a chance for each of KINDS."""
    most = max(values)
    powers = [math.exp(value - most) for value in values]
    return {kind: power / sum(powers) for kind, power in zip(KINDS, powers, strict=True)}


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
    hits: tuple[RuleHit, ...], answers: Sequence[float], about: Mapping[str, str], shape: Sequence[float], *, addressed: bool = False
) -> tuple[RuleHit, ...]:
    """Return the rules that apply when likeness is heard too, the main one first; `about` puts classes in words.

    `shape` is the text's form.
    """
    model = head()
    chances = model.chances(answers, hits, shape)
    seen = next((hit for hit in hits if hit.rule == "T12"), None)
    free, mourning = is_free(shape, addressed=addressed), any(hit.rule == "T13" for hit in hits)
    threshold = model.thresholds[free]
    if mourning:
        threshold = (threshold + 1) / 2  # Where people mourn or are ill, sad words are no alarm.
    if chances["T12"] >= threshold or (free and addressed and not mourning and is_believed(hits, answers, model.classes)):
        family = max(zip(answers, model.classes, strict=False), key=lambda one: one[0] if one[1] not in KINDS else -math.inf)[1]
        first = RuleHit("T12", round(max(chances["T12"], threshold), 2), seen.about if seen else about[family], seen.words if seen else "")
    else:
        hits = tuple(hit for hit in hits if hit.rule != "T12")
        likely = likeliest(chances, model.favours, addressed=addressed)
        kind = "T1" if likely == "T9" and addressed else likely
        hits = tuple(hit for hit in hits if hit.rule != "T11" or hit.words or kind in _COMPLAINING)
        if any(hit.rule == "T11" and not hit.words for hit in hits):
            kind = "T11"
        if hits and (hits[0].rule == kind or _is_place(hits[0])):
            return hits
        if not hits and likely == "T1":
            return ()
        first = next((hit for hit in hits if hit.rule == kind), None) or RuleHit(kind, round(chances[likely], 2), about[kind])
    return (first, *(hit for hit in hits if hit.rule != first.rule))


def is_free(shape: Sequence[float], *, addressed: bool) -> bool:
    """Say whether a post is long or told to others: such dangers hide among much else, and their chances are lower."""
    return not addressed or shape[0] >= LONG


def is_believed(hits: Sequence[RuleHit], answers: Sequence[float], classes: Sequence[str]) -> bool:
    """Say whether a rule sees a danger clearly and nothing else is clearly likelier: a long post may be like none that was learned from."""
    told = answers[: len(classes)]
    return any(hit.rule == "T12" and hit.strength >= CLEAR for hit in hits) and peaks(told, classes)[1] < LIKELIER


def _is_place(hit: RuleHit) -> bool:
    """Say whether it is the place, and no word, that shows where nobody is answered; it is known, and need not be guessed."""
    return hit.rule in {"T2", "T13"} and not hit.words

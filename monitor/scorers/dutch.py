"""Scores Dutch by a word list and rules in VADER's spirit: negation, boosters, "maar", capitals, compounds, split verbs, emoji.

The word list is weights/nl.tsv. Other languages get an honest "do not know".
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from monitor.domain import Label, Sentiment
from monitor.scorers.wording import unstressed

if TYPE_CHECKING:
    from monitor.settings import Settings

THRESHOLD = 0.05
NO_WORDS_CONFIDENCE = 0.2
MIXED_CONFIDENCE = 0.4
REASONS = 3
REACH = 3
"""How many words before a word of feeling may boost or negate it."""
WORK_REACH = 5
"""How many words after a verb of work its negation may stand: "doet het al drie dagen niet"."""
SPLIT_REACH = 12
"""How many words may stand between the two halves of a split verb."""
FLIP = -0.74
CAPITALS = 0.733
NORMAL = 15

_NEGATIONS = "niet geen nooit niks niets zonder nauwelijks amper noch nergens allesbehalve nimmer geenszins"
_BOOSTERS = {
    0.293: "heel hele erg erge zeer super ontzettend ontzettende enorm enorme echt echte verschrikkelijk vreselijk bijzonder uiterst "
    "extreem mega ongelooflijk ongelofelijk waanzinnig gigantisch te veel zo absoluut helemaal totaal compleet behoorlijk onwijs "
    "gruwelijk hartstikke ronduit door-en-door bloedje diep zwaar",
    -0.293: "beetje iets ietwat redelijk vrij nogal tamelijk enigszins soms lichtelijk bijna",
}
_AT_WORK = (
    "werkt werken werkte doet doen deed rijdt rijden reed reageert reageren reageerde antwoordt antwoord klopt kloppen komt komen kwam "
    "helpt helpen hielp lukt lukken lukte bereikbaar opgenomen geleverd bezorgd ontvangen gekregen teruggebeld beantwoord bereiken "
    "begrijp begrijpen waard zin netjes werkend waarmaken nagekomen"
)
_SPLIT_VERBS: Mapping[str, Mapping[str, float]] = {
    "valt viel vallen vielen": {"tegen": -2.0, "mee": 1.5, "uit": -1.5},
    "laat laten liet lieten": {"steek": -2.5},
    "stelt stellen stelde": {"teleur": -2.0},
    "lost loste lossen": {"op": 1.5},
    "lacht lachen lachten": {"uit": -2.0},
    "zegt zeg zeggen": {"op": -1.0, "af": -1.5},
    "zet zetten gezet": {"af": -2.0},
    "knapt knappen": {"op": 1.5, "af": -2.0},
}
NEGATIONS = frozenset(_NEGATIONS.split())
BOOSTERS: Mapping[str, float] = {word: boost for boost, row in _BOOSTERS.items() for word in row.split()}
"""What a word adds to the strength of the next word of feeling, as VADER's booster words do."""
CONTRASTS = frozenset(("maar", "echter", "alleen", "helaas"))
AT_WORK = frozenset(_AT_WORK.split())
"""What a thing or a service is expected to do: no feeling by itself, a complaint when it does not."""
NOT_AT_WORK = -1.9
SPLIT_VERBS: Mapping[str, Mapping[str, float]] = {verb: ends for row, ends in _SPLIT_VERBS.items() for verb in row.split()}
FRONT_PARTS: Mapping[str, float] = {
    "klote": -3, "kut": -3, "rot": -2.5, "prut": -2.5, "wan": -2.5, "mis": -1.5, "flut": -2.5, "kanker": -3, "tering": -3,
    "top": 2.5, "super": 2.5, "droom": 2, "lievelings": 2,
}  # fmt: skip
END_PARTS: Mapping[str, float] = {
    "ellende": -2.5, "drama": -2.5, "chaos": -2.5, "probleem": -2, "problemen": -2, "storing": -2, "storingen": -2, "fout": -1.8,
    "fouten": -1.8, "schandaal": -2.5, "fraude": -3, "klacht": -1.8, "klachten": -1.8, "vertraging": -2, "vertragingen": -2,
    "gezeik": -2.5, "crisis": -2, "schade": -1.8, "ramp": -2.5, "feest": 2, "plezier": 2, "service": 0,
}  # fmt: skip
"""What the last part of a compound says about the whole: a "pinstoring" is a failure."""
SIGNS: Mapping[str, float] = {
    **dict.fromkeys("😀😃😄😁😆😊🙂😍🥰😘🤗😎🥳👍👏🙌💪❤💕💖💙💚💛💜🧡🎉🌟⭐✨😇🤩😋", 2.0),
    **dict.fromkeys("😂🤣😅😉🙏", 0.8),
    **dict.fromkeys("😡😠🤬👎😤🤮🤢💩🖕😭😢😞😔😟😣😖😩😫🙄😒😑😱💔☹🙁😕", -2.0),
}
FACES = re.compile(r"(?<!\w)([:;=])['’]?-?([)\](\[D/|])(?![/\w])|<3")
WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|" + "|".join(map(re.escape, SIGNS)))
NOISE = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@\w+")
_NO_COMPOUNDS = ("misschien", "roton", "wandel", "topic", "wereld")
_UNKNOWN = "this scorer reads Dutch only"


@dataclass(frozen=True, slots=True)
class Feeling:
    """How a text feels, from -1 to 1, and what each word of feeling weighed in the end."""

    compound: float
    weights: tuple[tuple[str, float], ...]


def read_words(name: str) -> Mapping[str, float]:
    """Read a word list of the folder weights: a word, a tab and its weight on each line."""
    found = {}
    for line in files("monitor.scorers").joinpath("weights", name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            word, _, weight = line.partition("\t")
            found[word] = float(weight)
    return found


@cache
def word_list() -> Mapping[str, float]:
    """Read the Dutch word list."""
    return read_words("nl.tsv")


def weight_of(word: str) -> float:
    """Return what a lower-case Dutch word weighs by itself, its inflections and its compounds included; 0 where it is not known."""
    words = word_list()
    for form in _forms(word):
        if form in words:
            return words[form]
    if len(word) > 6:
        for length in range(min(len(word) - 3, 12), 3, -1):
            if word[-length:] in END_PARTS:
                return END_PARTS[word[-length:]]
        for length in range(8, 2, -1):
            # The rest must be as long as a word, and some words only look like compounds.
            if word[:length] in FRONT_PARTS and len(word) - length >= 4 and not word.startswith(_NO_COMPOUNDS):
                return FRONT_PARTS[word[:length]]
    return 0.0


def _forms(word: str) -> list[str]:
    """Return the word and the forms that it may be an inflection of, likeliest first: dure, duur; vlotte, vlot; slechtste, slecht."""
    forms = [word]
    for ending in ("e", "st", "ste", "er", "ere", "s"):
        stem = word[: -len(ending)]
        if not word.endswith(ending) or len(stem) < 3:
            continue
        forms.append(stem)
        if stem[-1] == stem[-2]:
            forms.append(stem[:-1])
        if stem[-2] in "aeou" and stem[-3] not in "aeiou":
            forms.append(stem[:-1] + stem[-2:])
        if stem[-1] in "vz":
            forms.append(stem[:-1] + {"v": "f", "z": "s"}[stem[-1]])
            if stem[-2] in "aeou":
                forms.append(stem[:-1] + stem[-2] + {"v": "f", "z": "s"}[stem[-1]])
    return forms


class DutchScorer:
    """Scores Dutch; `confidence` is an order, not a chance: |score|, and never above what few or mixed words deserve."""

    name = "dutch"
    version = "1"
    languages = frozenset({"nl"})

    @classmethod
    def from_settings(cls, settings: Settings) -> DutchScorer:  # noqa: ARG003 — it needs none
        """Build it; there is nothing to configure."""
        return cls()

    def score(self, mentions: Sequence[tuple[str, str]]) -> Sequence[Sentiment]:
        """Score `(text, language)` pairs, same length and order out."""
        return [self._sentiment(text, language) for text, language in mentions]

    def _sentiment(self, text: str, language: str) -> Sentiment:
        if language not in self.languages:
            return Sentiment(Label.NEUTRAL, 0.0, 0.0, self.name, self.version, language, (_UNKNOWN,))
        feeling = feel(text)
        score = feeling.compound
        label = Label.POSITIVE if score >= THRESHOLD else Label.NEGATIVE if score <= -THRESHOLD else Label.NEUTRAL
        unsure = MIXED_CONFIDENCE if feeling.weights else NO_WORDS_CONFIDENCE
        confidence = unsure if label is Label.NEUTRAL else abs(score)
        heaviest = sorted(feeling.weights, key=lambda weighed: -abs(weighed[1]))[:REASONS]
        reasons = tuple(f"{word} {weight:+.1f}" for word, weight in heaviest) or ("no word of the text is in the list",)
        return Sentiment(label, score, confidence, self.name, self.version, language, reasons)


def feel(text: str) -> Feeling:
    """Weigh the words of a Dutch text."""
    text = NOISE.sub(" ", unstressed(text))
    weighed = [(face.group(), face_weight(face)) for face in FACES.finditer(text)]
    written = WORDS.findall(FACES.sub(" ", text))
    lower = [word.lower() for word in written]
    shouting = sum(word.isupper() and len(word) > 1 for word in written)
    mixed = 0 < shouting < len(written)
    turn = next((place for place in range(len(lower) - 1, -1, -1) if lower[place] in CONTRASTS), -1)
    for place, word in enumerate(lower):
        weight = SIGNS.get(word) or _split(lower, place) or _weigh(lower, place)
        if not weight:
            continue
        if mixed and written[place].isupper() and len(word) > 1:
            weight += math.copysign(CAPITALS, weight)
        if turn >= 0:
            weight *= 0.5 if place < turn else 1.5 if place > turn else 1.0
        weighed.append((word, weight))
    return total_of(weighed, text)


def total_of(weighed: Sequence[tuple[str, float]], text: str) -> Feeling:
    """Add up what words weigh, and the exclamation marks, to a number from -1 to 1."""
    total = sum(weight for _word, weight in weighed)
    if total:
        total += math.copysign(min(text.count("!"), 4) * 0.292, total)
    return Feeling(round(total / math.sqrt(total * total + NORMAL), 4), tuple(weighed))


def face_weight(face: re.Match[str]) -> float:
    """Return what a face such as :( weighs."""
    mouth = face.group(2)
    return 2.0 if mouth is None or mouth in ")]D" else -1.0 if mouth in "/|" else -2.0


def _split(lower: list[str], place: int) -> float:
    """Return the weight of a verb whose second half stands further on: "valt ... tegen"."""
    ends = SPLIT_VERBS.get(lower[place])
    if not ends:
        return 0.0
    return next((ends[word] for word in lower[place + 1 : place + 1 + SPLIT_REACH] if word in ends), 0.0)


def _weigh(lower: list[str], place: int) -> float:
    word = lower[place]
    before = lower[max(0, place - REACH) : place]
    if word in AT_WORK:
        after = lower[place + 1 : place + 1 + WORK_REACH]
        return NOT_AT_WORK if NEGATIONS & {*before, *after} else 0.0
    if word in BOOSTERS and place + 1 < len(lower) and weight_of(lower[place + 1]):
        return 0.0
    weight = weight_of(word)
    if not weight:
        return 0.0
    boost = sum(BOOSTERS.get(earlier, 0.0) * (1.0, 0.95, 0.9)[back] for back, earlier in enumerate(reversed(before)))
    weight += math.copysign(boost, weight * boost) if boost else 0.0
    # "Niet alleen" and "niet zozeer" take nothing back.
    denied = sum(earlier in NEGATIONS and before[back + 1 : back + 2] != ["alleen"] for back, earlier in enumerate(before))
    return weight * FLIP if denied % 2 else weight

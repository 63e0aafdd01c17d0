"""Scores a dozen languages with a small trained head on a multilingual sentence encoder, helped by word lists; says how sure it is.

What it was trained on, how good it is and where it fails stands in weights/MODEL.md; training/train.py makes the weights.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from monitor.domain import Label, Sentiment
from monitor.scorers import dutch, german, grams, irony
from monitor.scorers.e5 import E5, find_file
from monitor.scorers.vader import VaderScorer
from monitor.scorers.vectors import Carrier, Floats, one_core
from monitor.scorers.wording import plain_wording

if TYPE_CHECKING:
    from monitor.settings import Settings

LABELS = (Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE)
LANGUAGES = frozenset(("", "ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr"))
"""What the encoder reads; "" is a text whose language nobody can tell, which it can often read all the same."""
PASSAGE = 400
"""Characters of a passage; a text of up to LONG characters is one."""
LONG = 1_000
MOST_PASSAGES = 32
"""Passages of a text that are read, most of them from its beginning."""
WORST_SHARE = 0.5
"""How much the most negative passage of a long text counts beside the mean of all: one bad paragraph is a complaint."""
TOGETHER = 256
"""Texts, and passages, that are scored at once."""
WORD_LISTS = {"nl": dutch.feel, "de": german.feel}
"""Word lists besides that of English, which is VADER's."""
REASONS = 3
SURELY_NOT = 0.1
"""Below this chance of "negative" after the second encoder's early layer nothing more is asked: the order above it stays the same."""
MOST_LEFT_OUT = 60
"""Words that are left out one by one to explain a score."""

_SENTENCE_ENDS = re.compile(r"(?<=[.!?\n])\s+")
_WORD = re.compile(r"\S+")
_OURS = re.compile("[\u0041-\u024f\u1e00-\u1eff\u0400-\u052f\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
"""A Latin, Cyrillic or Arabic letter."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one language's log-odds become chances, and how much its word list and its runs of words count."""

    slope: float
    offset: float
    shift: tuple[float, float, float]
    """What is added to the three log-chances before the label is chosen."""
    words: float = 0.0
    runs: float = 0.0
    second: float = 0.0
    """What the second encoder counts …"""
    first: float = 1.0
    """… and the first; at 0 the first is not asked, which saves half of the time."""


@dataclass(frozen=True, slots=True)
class Second:
    """What was learned for the second encoder: thin corrections to its matrices, and a head after an early layer and after the last."""

    corrections: Mapping[str, tuple[Floats, Floats]]
    early: tuple[Floats, Floats]
    last: tuple[Floats, Floats]

    @classmethod
    def of(cls, arrays: Mapping[str, Any]) -> Second:
        """Take its arrays out of those of a weights file."""
        corrections = {
            name.removeprefix("second.").removesuffix(".thin"): (unpacked(arrays, name), unpacked(arrays, f"{name[:-5]}.wide"))
            for name in sorted(arrays)
            if name.startswith("second.") and name.endswith(".thin")
        }
        early, last = ((arrays[f"second.{at}"].astype(np.float32), arrays[f"second.{at}_bias"]) for at in ("early", "last"))
        return cls(corrections, early, last)

    def logs(self, encoder: E5, rows: Sequence[Sequence[int]]) -> Floats:
        """Return the three log-chances for each row of pieces; what is surely not negative after the early layer goes no further."""
        vectors, early = encoder.vectors(rows, lambda seen: np.exp(self._logs(seen, self.early)[:, 0]) < SURELY_NOT)
        found = self._logs(vectors, self.last)
        found[early] = self._logs(vectors[early], self.early)
        return found

    def _logs(self, vectors: Floats, head: tuple[Floats, Floats]) -> Floats:
        return log_chances(vectors @ head[0] + head[1])


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was learned."""

    version: str
    corrections: Mapping[str, tuple[Floats, Floats]]
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats
    runs: Mapping[str, tuple[Floats, Floats]]
    """By language: what each row of its table of words says of the three labels, and what is added to their sum."""
    second: Second
    calibrations: Mapping[str, Calibration]
    """By language; where the second encoder is installed, by the language and "+"."""

    @classmethod
    def read(cls, path: Path) -> Weights:
        """Read a weights file as training/train.py writes it."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        facts = json.loads(str(arrays["facts"]))
        names = sorted({name.split(".")[1] for name in arrays if name.startswith("correction.")})
        corrections = {
            name: (arrays[f"correction.{name}.thin"].astype(np.float32), arrays[f"correction.{name}.wide"].astype(np.float32))
            for name in names
        }
        calibrations = {
            language: Calibration(
                row["slope"], row["offset"], tuple(row["shift"]), row["words"], row["runs"], row.get("second", 0.0), row.get("first", 1.0)
            )
            for language, row in facts["calibrations"].items()
        }
        hidden = arrays["hidden"].astype(np.float32) * arrays["hidden_scale"][:, None]
        runs = {
            language: (arrays[f"runs.{language}"].astype(np.float32) * arrays[f"runs.{language}_scale"], arrays[f"runs.{language}_bias"])
            for language in grams.BITS
            if f"runs.{language}" in arrays
        }
        return cls(
            facts["version"],
            corrections,
            hidden,
            arrays["hidden_bias"],
            arrays["out"],
            arrays["out_bias"],
            runs,
            Second.of(arrays),
            calibrations,
        )


@cache
def load_weights() -> Weights:
    """Return the weights that come with us, read once for the whole process."""
    with as_file(files("monitor.scorers").joinpath("weights/model.npz")) as own:
        return Weights.read(own)


@cache
def load_second() -> E5 | None:
    """Return the second encoder as the scorer corrects it, one for the whole process: triage reads by it too."""
    file = find_file()
    return E5(file, corrections=load_weights().second.corrections) if file else None


class ModelScorer:
    """Scores texts in LANGUAGES; `confidence` is the chance of the label, `p_negative` the calibrated chance of a negative text."""

    name = "model"
    languages = LANGUAGES

    def __init__(self, english: VaderScorer, weights: Weights, second: Path | None = None) -> None:
        """Take the scorer by word list for English, and the file of the second encoder, where there is one."""
        self.version = f"{weights.version}+e5" if second else weights.version
        self._weights = weights
        self._second_file = second
        self._carrier = Carrier(weights.corrections)
        self._vader = english
        self.one_core = one_core()
        # Asked for the score, and again for its reasons.
        self._words = lru_cache(2 * TOGETHER)(self._weigh_words)

    @classmethod
    def from_settings(cls, settings: Settings | None, weights: Path | None = None) -> ModelScorer:
        """Load the encoder and the weights that come with us, or those of another file."""
        return cls(VaderScorer.from_settings(settings), Weights.read(weights) if weights else load_weights(), find_file())

    def score(self, mentions: Sequence[tuple[str, str]]) -> Sequence[Sentiment]:
        """Score `(text, language)` pairs, same length and order out."""
        found: list[Sentiment] = []
        for begin in range(0, len(mentions), TOGETHER):
            found += self._score(mentions[begin : begin + TOGETHER])
        return found

    def _score(self, mentions: Sequence[tuple[str, str]]) -> list[Sentiment]:
        known = [place for place, (text, language) in enumerate(mentions) if language in LANGUAGES and (language or _is_readable(text))]
        passages = [(place, passage) for place in known for passage in passages_of(mentions[place][0])]
        logs = self._logs([(passage, mentions[place][1]) for place, passage in passages])
        by_text: dict[int, list[int]] = {}
        for row, (place, _passage) in enumerate(passages):
            by_text.setdefault(place, []).append(row)
        return [
            self._sentiment(*mention, _whole(logs[by_text[place]])) if place in by_text else self._unknown(*mention)
            for place, mention in enumerate(mentions)
        ]

    def explain(self, text: str, language: str) -> list[tuple[str, float]]:
        """Return the words that weigh most, heaviest first: by how much the log-odds of "negative" fall when the word is left out."""
        words = list(_WORD.finditer(text))[:MOST_LEFT_OUT]
        variants = [text, *(text[: word.start()] + text[word.end() :] for word in words)]
        odds = [_odds(_whole(self._logs([(passage, language) for passage in passages_of(variant)]))) for variant in variants]
        changes = [(word.group(), round(odds[0] - other, 2)) for word, other in zip(words, odds[1:], strict=True)]
        return sorted(changes, key=lambda change: -abs(change[1]))

    def _unknown(self, text: str, language: str) -> Sentiment:
        reason = f"the model does not read the language {language}" if language else "there is nothing to read"
        if not language and not _is_readable(text):
            reason = "the model does not read this script"
        return Sentiment(Label.NEUTRAL, 0.0, 0.0, self.name, self.version, language, (reason,))

    def _sentiment(self, text: str, language: str, logs: Floats) -> Sentiment:
        calibration = self._calibration(language)
        chance = 1 / (1 + np.exp(-(calibration.slope * _odds(logs) + calibration.offset)))
        # The slope takes back what several readers that agree add to one another.
        shifted = np.exp(calibration.slope * (logs + np.array(calibration.shift)))
        chances = shifted / shifted.sum()
        label = LABELS[int(chances.argmax())]
        reasons = self._reasons(text, language, label)
        # Where the text is called negative anyway, the hint would tell nothing.
        if label is not Label.NEGATIVE and (meant := irony.hint(text, language)):
            reasons += (f"may be meant ironically (“{meant}”)",)
        score = round(float(chances[2] - chances[0]), 4)
        return Sentiment(
            label, score, round(float(chances.max()), 4), self.name, self.version, language, reasons, p_negative=round(float(chance), 4)
        )

    def _calibration(self, language: str) -> Calibration:
        known = self._weights.calibrations
        if self._second_file and f"{language}+" in known:
            return known[f"{language}+"]
        return known.get(language) or known["+" if self._second_file and "+" in known else ""]

    @cached_property
    def _second(self) -> E5 | None:
        # It takes half a second and 70 MB, and where everybody writes English nobody needs it.
        if self._second_file is None:
            return None
        own = self._weights is load_weights()
        return load_second() if own else E5(self._second_file, corrections=self._weights.second.corrections)

    def _logs(self, passages: Sequence[tuple[str, str]]) -> Floats:
        """Return the three log-chances of each passage, word list and runs of words included."""
        found = np.empty((len(passages), 3), dtype=np.float32)
        with self.one_core():
            for begin in range(0, len(passages), TOGETHER):
                found[begin : begin + TOGETHER] = self._read(
                    [(plain_wording(text), text, lang) for text, lang in passages[begin : begin + TOGETHER]]
                )
        return found

    def _read(self, passages: Sequence[tuple[str, str, str]]) -> Floats:
        weights = self._weights
        logs = np.zeros((len(passages), 3), dtype=np.float32)
        asked = [row for row, (_plain, _text, language) in enumerate(passages) if self._calibration(language).first]
        if asked:
            vectors = self._carrier.vectors(self._carrier.pieces([passages[row][0] for row in asked]))
            hidden = np.maximum(vectors @ weights.hidden + weights.hidden_bias, 0)
            shares = np.array([[self._calibration(passages[row][2]).first] for row in asked], dtype=np.float32)
            logs[asked] = shares * log_chances(hidden @ weights.out + weights.out_bias)
        self._ask_second(passages, logs)
        for row, (plain, text, language) in enumerate(passages):
            calibration = self._calibration(language)
            if calibration.runs:
                counted, (table, bias) = grams.rows(plain, language), weights.runs[language]
                total = table[counted].sum(axis=0) / np.sqrt(max(1, len(counted))) + bias
                logs[row] = (1 - calibration.runs) * logs[row] + calibration.runs * log_chances(total[None])[0]
            if calibration.words:
                compound = self._words(text, language)[0]
                logs[row] += calibration.words * np.array((-compound, -0.3 * abs(compound), compound), dtype=np.float32)
        return log_chances(logs)

    def _ask_second(self, passages: Sequence[tuple[str, str, str]], logs: Floats) -> None:
        """Add what the second encoder says of passages in the languages that it reads better."""
        shares = {row: self._calibration(language).second for row, (_plain, _text, language) in enumerate(passages)}
        asked = [row for row, share in shares.items() if share]
        if not asked or self._second is None:
            return
        found = self._weights.second.logs(self._second, self._second.rows([passages[row][0] for row in asked]))
        logs[asked] += np.array([[shares[row]] for row in asked], dtype=np.float32) * found

    def _weigh_words(self, text: str, language: str) -> tuple[float, tuple[tuple[str, float], ...]]:
        if language in WORD_LISTS:
            feeling = WORD_LISTS[language](text)
            return feeling.compound, feeling.weights
        polarity = self._vader.polarity(text)
        return polarity.compound, polarity.weights

    def _reasons(self, text: str, language: str, label: Label) -> tuple[str, ...]:
        """Name the listed words that speak for the label; where none does, say that the whole sentence did."""
        if language == "en" or language in WORD_LISTS:
            sign = {Label.NEGATIVE: -1, Label.NEUTRAL: 0, Label.POSITIVE: 1}[label]
            weighed = [(word, weight) for word, weight in self._words(text, language)[1] if weight * sign > 0]
            if weighed:
                heaviest = sorted(weighed, key=lambda pair: -abs(pair[1]))[:REASONS]
                return tuple(f"{word} {weight:+.1f}" for word, weight in heaviest)
        return ("the wording as a whole",)


def passages_of(text: str) -> list[str]:
    """Return the text, or where it is long its passages of whole sentences, most of them from its beginning."""
    if len(text) <= LONG:
        return [text] if text.strip() else []
    passages: list[str] = []
    current = ""
    for sentence in _SENTENCE_ENDS.split(text):
        for begin in range(0, len(sentence), PASSAGE):
            part = sentence[begin : begin + PASSAGE]
            if current and len(current) + len(part) > PASSAGE:
                passages.append(current)
                current = ""
            current = f"{current} {part}".strip()
    passages = [passage for passage in (*passages, current) if passage.strip()]
    last = MOST_PASSAGES // 4
    return passages if len(passages) <= MOST_PASSAGES else [*passages[: MOST_PASSAGES - last], *passages[-last:]]


def _is_readable(text: str) -> bool:
    """Say whether at least half of the letters are of a script in which one of our languages is written; no letter at all is fine."""
    letters = [sign for sign in text[:LONG] if sign.isalpha()]
    return 2 * sum(_OURS.match(sign) is not None for sign in letters) >= len(letters)


def _whole(logs: Floats) -> Floats:
    """Return the log-chances of a text from those of its passages."""
    if len(logs) == 1:
        return np.asarray(logs[0])
    worst = logs[int(np.argmax([_odds(row) for row in logs]))]
    mixed: Floats = WORST_SHARE * worst + (1 - WORST_SHARE) * logs.mean(axis=0)
    return np.asarray(log_chances(mixed[None])[0])


def _odds(logs: Floats) -> float:
    """Return the log-odds of "negative"."""
    return float(logs[0] - np.logaddexp(logs[1], logs[2]))


def unpacked(arrays: Mapping[str, Any], name: str) -> Floats:
    """Return a matrix that is kept in bytes, with a scale for each number of the narrow side."""
    return np.asarray(arrays[name].astype(np.float32) * arrays[f"{name}_scale"], dtype=np.float32)


def log_chances(values: NDArray[Any]) -> Floats:
    """Return the logarithm of each class's chance, a line for each line of values."""
    below = values - values.max(axis=1, keepdims=True)
    return np.asarray(below - np.log(np.exp(below).sum(axis=1, keepdims=True)), dtype=np.float32)

"""Puts the figures of accuracy into words and pictures: docs/accuracy.md, its two plots, and the worst mistakes in our own words."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

PRECISION_PICTURE = "accuracy-precision.png"
CALIBRATION_PICTURE = "accuracy-calibration.png"
MISTAKES = Path(__file__).with_name("mistakes.toml")
WORST = 20
OF_A_SET = 4
"""No set has more of the worst mistakes than so many, so that all languages are seen."""
SEED = 20
SHOWN = ("airline", "apple", "nl_politics", "nl_restaurants", "germeval17_db")
"""The sets of which the curves are drawn."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One text as people and as the model judged it."""

    set: str
    language: str
    text: str
    truth: str
    label: str
    chance: float

    @property
    def key(self) -> str:
        """A hash by which a paraphrase is found again; the text itself is kept nowhere."""
        return hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()[:12]

    @property
    def off(self) -> float:
        """By how much the chance missed."""
        return abs(self.chance - (self.truth == "negative"))


def worst(judged: Sequence[Judged], most: int = WORST, of_a_set: int = OF_A_SET) -> list[Judged]:
    """Return the surest of the wrong answers, worst first."""
    found: list[Judged] = []
    for one in sorted(judged, key=lambda one: (-one.off, one.key)):
        if sum(other.set == one.set for other in found) < of_a_set and all(other.key != one.key for other in found):
            found.append(one)
        if len(found) == most:
            break
    return found


def paraphrases() -> Mapping[str, Mapping[str, str]]:
    """Read what we wrote of the worst mistakes, by the hash of the text."""
    return {one["key"]: one for one in tomllib.loads(MISTAKES.read_text("utf-8"))["mistake"]}


def calibration_error(wanted: Bools, chances: Floats) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    bins = np.clip((chances * 10).astype(int), 0, 9)
    return float(sum(abs((chances - wanted)[bins == place].sum()) for place in range(10)) / len(wanted))


def balanced(judged: Sequence[Judged], language: str) -> tuple[Bools, Floats]:
    """Return what is true and the chances for a language, each of its sets counting alike."""
    sets = {one.set: [] for one in judged if one.language == language}  # type: dict[str, list[Judged]]
    for one in judged:
        if one.language == language:
            sets[one.set].append(one)
    most, rng = max(map(len, sets.values())), np.random.default_rng(SEED)
    chosen = [those[row] for those in sets.values() for row in rng.integers(0, len(those), most)]
    return np.array([one.truth == "negative" for one in chosen]), np.array([one.chance for one in chosen])


def draw_precision(curves: Mapping[str, Mapping[str, tuple[Bools, Floats]]], file: Path) -> None:
    """Draw how precise flags are at each share that is found: our model in full, VADER dotted."""
    figure, axes = _figure("share of the negative texts that is found", "share of the flags that is right")
    for number, name in enumerate(one for one in SHOWN if one in curves):
        for scorer, dashes in (("model", "-"), ("vader", ":")):
            wanted, scores = curves[name][scorer]
            hits = np.cumsum(wanted[np.argsort(-scores, kind="stable")])
            rows = np.unique(np.linspace(9, len(hits) - 1, 200).astype(int))
            label = name if scorer == "model" else None
            axes.plot(hits[rows] / hits[-1], hits[rows] / (rows + 1), dashes, color=f"C{number}", linewidth=1.2, label=label)
    axes.legend(fontsize=7, frameon=False)
    _save(figure, file)


def draw_calibration(judged: Sequence[Judged], file: Path) -> None:
    """Draw how many texts are negative at each chance that was said."""
    figure, axes = _figure("chance that the model says", "share that is negative")
    axes.plot((0, 1), (0, 1), ":", color="grey", linewidth=1)
    for language in dict.fromkeys(one.language for one in judged):
        wanted, chances = balanced(judged, language)
        bins = np.clip((chances * 10).astype(int), 0, 9)
        full = [place for place in range(10) if (bins == place).sum() >= 20]
        means = [(chances[bins == place].mean(), wanted[bins == place].mean()) for place in full]
        axes.plot(*zip(*means, strict=True), "o-", markersize=3, linewidth=1.2, label=language)
    axes.legend(fontsize=7, frameon=False)
    _save(figure, file)


def _figure(below: str, beside: str) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.6, 3.4), layout="constrained")
    axes = figure.add_subplot(xlim=(0, 1), ylim=(0, 1.02), xlabel=below, ylabel=beside)
    axes.grid(visible=True, linewidth=0.3)
    return figure, axes


def _save(figure: Any, file: Path) -> None:
    # Without the library's version in it, the same figures give the same file.
    figure.savefig(file, dpi=110, metadata={"Software": None})


def page(
    version: str,
    sets: Mapping[str, tuple[str, str]],
    rows: Sequence[tuple[Any, ...]],
    speeds: Mapping[str, Sequence[float]],
    judged: Sequence[Judged],
    missing: Sequence[str],
) -> str:
    """Return the page."""
    errors = {language: calibration_error(*balanced(judged, language)) for language in dict.fromkeys(one.language for one in judged)}
    lines = [
        "# How often Grapevine misreads a feeling",
        "",
        f"Measured by `make accuracy` with the model's version `{version}`. None of these texts was trained on. How much the word list",
        "counts, and the two numbers that turn a score into a chance, were chosen on these same texts: expect a little less on yours.",
        "",
        "*Average precision*: how well the negative texts are put before the others (1 is perfect). *Macro-recall*: the mean share of the",
        "negative, neutral and positive texts that were called so (a guess gives .333). *Found*: the share of negative texts that is found",
        "while 88 of 100 that are flagged are negative. In brackets: the middle 95 % over 200 resamplings. `vader` is ours and gives what",
        "vaderSentiment gives to the last digit.",
        "",
        "| set | texts | scorer | average precision | macro-recall | found |",
        "| --- | --- | --- | --- | --- | --- |",
        *(f"| {name} | {count} | {scorer} | {ap} | {recall} | {found} |" for name, _about, count, scorer, ap, recall, found in rows),
        "",
        *(f"- **{name}**: {about} ({language})." for name, (language, about) in sets.items()),
        "",
        f"Not installed in this run, so not compared: {', '.join(missing)}." if missing else "All libraries named were installed.",
        "",
        f"![How precise flags are at each share that is found, ours in full and VADER dotted]({PRECISION_PICTURE})",
        "",
        "## Are the chances true?",
        "",
        "The expected calibration error of `p_negative` by language, each set counting alike; 0 is perfect.",
        "",
        "| language | error |",
        "| --- | --- |",
        *(f"| {language} | {error:.3f} |" for language, error in errors.items()),
        "",
        "Chances depend on how many complaints there are: on one set alone they are further off than on all together.",
        "",
        f"![Of the texts that get a chance, how many are negative]({CALIBRATION_PICTURE})",
        "",
        "## Speed",
        "",
        "| scorer | texts a second of one core's time, in this run, median of the sets |",
        "| --- | --- |",
        *(f"| {scorer} | {np.median(found):,.0f} |" for scorer, found in speeds.items()),
        "",
        f"## The {WORST} worst mistakes",
        "",
        f"The surest of the wrong answers, at most {OF_A_SET} of a set, told in our own words. Some are mistakes of those who labelled.",
        "",
        "| set | people said | the model's chance of negative | what was written | why it went wrong |",
        "| --- | --- | --- | --- | --- |",
        *_mistakes(judged),
        "",
        "## What it cannot do",
        "",
        "- It reads the feeling of the text, not the feeling towards your brand: praise of a rival reads as praise.",
        "- Irony mostly passes as what it says; where praise stands beside what deserves none, the reasons say that it may be irony.",
        "- Facts that hurt without a word of feeling (three hours on the tarmac) are often called neutral; triage looks at those by rules.",
        "- Dutch and German are read by what other languages taught, helped by words: they are weaker than English, as the table shows.",
        "- The English validation part of the training set is no measure: its tweets stand in the training part too.",
        "",
    ]
    return "\n".join(lines)


def _mistakes(judged: Sequence[Judged]) -> list[str]:
    told = paraphrases()
    found = []
    for one in worst(judged):
        ours = told.get(one.key, {"text": f"(not told yet: {one.key})", "why": ""})
        found.append(f"| {one.set} | {one.truth} | {one.chance:.2f} | {ours['text']} | {ours['why']} |")
    return found

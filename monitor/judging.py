"""Scores texts that are not stored anywhere: needs no database and no configured brand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from monitor.command import batches
from monitor.domain import Sentiment
from monitor.language import Detector
from monitor.pipeline import feel
from monitor.scorers import SCORERS
from monitor.settings import Settings
from monitor.text import clean, for_terminal
from monitor.wiring import bare_settings

LANGUAGES = ("nl", "en")
TOGETHER = 256
"""Lines of a file that are scored at once."""


class Judge:
    """Every scorer there is, and the language detector, each built when it is first used."""

    @cached_property
    def settings(self) -> Settings:
        """Settings of nobody in particular."""
        return bare_settings()

    @cached_property
    def detector(self) -> Detector:
        """The detector for the languages we work in."""
        return Detector(LANGUAGES)

    @cached_property
    def scorers(self) -> list[Any]:
        """The scorers in the order in which they are asked."""
        found = []
        for adapter in SCORERS.values():
            try:
                found.append(adapter.load().from_settings(self.settings))
            except ModuleNotFoundError:
                # The package of an extra may be left out; the next scorer then answers, and says its name.
                if not adapter.extra:
                    raise
        return found

    def score(self, text: str, hint: str = "") -> Sentiment:
        """Say how a text feels; a hint such as "nl" is taken where the text itself does not show its language."""
        [sentiment] = feel([self._read(text, hint)], self.scorers)
        return sentiment

    def explain(self, text: str) -> list[tuple[str, float]]:
        """Return the words that weigh most, by how much the log-odds of "negative" fall without each; none where no model answers."""
        text, language = self._read(text)
        for scorer in self.scorers:
            if language in scorer.languages:
                found: list[tuple[str, float]] = scorer.explain(text, language) if hasattr(scorer, "explain") else []
                return found
        return []

    def _read(self, text: str, hint: str = "") -> tuple[str, str]:
        text = clean(text)
        return text, self.detector.detect(text, hint)

    def score_line(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer {id, text, lang?, brand?} by {id, label, score, p_negative, language, scorer, version}."""
        return next(self.score_lines([self.read_line(line)]))

    def read_line(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return a line's id with what the scorers are asked about it; raises TypeError where it is not a line to score."""
        text, hint = line.get("text"), line.get("lang") or ""
        if not isinstance(text, str) or not isinstance(hint, str):
            raise TypeError('"text" must be a string, and "lang" too where it is given')
        stated = hint.strip().lower().replace("_", "-").partition("-")[0]
        # Who states the language of a line knows it; we only find it out where nobody does, or where no scorer reads it.
        if stated and any(stated in scorer.languages for scorer in self.scorers):
            return {"id": line.get("id"), "asked": (clean(text), stated)}
        return {"id": line.get("id"), "asked": self._read(text, hint)}

    def score_lines(self, lines: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Answer what read_line made of each line, many at once because that is faster; other lines are passed on as they are."""
        for batch in batches(lines, TOGETHER):
            yield from self._answer(batch)

    def _answer(self, lines: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        asked = [line["asked"] for line in lines if "asked" in line]
        feelings = iter(feel(asked, self.scorers))
        return (_as_line(line["id"], next(feelings)) if "asked" in line else dict(line) for line in lines)


def _as_line(name: Any, feeling: Sentiment) -> dict[str, Any]:
    chance = feeling.p_negative
    if chance is None and feeling.confidence > 0:
        # Half of a score's range is a ranking, not a calibrated chance; a scorer that knows its chances says so itself.
        chance = round((1 - feeling.score) / 2, 4)
    return {
        "id": name,
        "label": feeling.label.value,
        "score": feeling.score,
        "p_negative": chance,
        "language": feeling.language,
        "scorer": feeling.scorer,
        "version": feeling.version,
    }


def in_words(feeling: Sentiment) -> str:
    """Return a sentiment in a line for a person, with why; what strangers wrote cannot steer the terminal."""
    reasons = [for_terminal(reason) for reason in feeling.reasons]
    if feeling.confidence == 0:
        return f"not known (language {feeling.language or 'unknown'}): {'; '.join(reasons)}"
    sure = f"{feeling.confidence:.0%} sure, {feeling.language or 'language unknown'}, {feeling.scorer} {feeling.version}"
    return f"{feeling.label.value} {feeling.score:+.4f} ({sure})" + (f"  because of: {', '.join(reasons)}" if reasons else "")


def explained(words: Sequence[tuple[str, float]]) -> list[str]:
    """Return a line for each word that weighs, for a person: + makes the text more negative, - less."""
    return [f"  {weight:+.2f}  {for_terminal(word)}" for word, weight in words if weight]

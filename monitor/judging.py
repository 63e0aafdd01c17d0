"""Scores texts that are not stored anywhere: needs no database and no configured brand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from monitor.domain import Sentiment
from monitor.language import Detector
from monitor.pipeline import feel
from monitor.scorers import SCORERS
from monitor.settings import Settings
from monitor.text import clean, for_terminal
from monitor.wiring import bare_settings

LANGUAGES = ("nl", "en")


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
        return [adapter.load().from_settings(self.settings) for adapter in SCORERS.values()]

    def score(self, text: str, hint: str = "") -> Sentiment:
        """Say how a text feels; a hint such as "nl" is taken where the text itself does not show its language."""
        text = clean(text)
        language = self.detector.detect(text, hint)
        [sentiment] = feel([(text, language)], self.scorers)
        return sentiment

    def score_line(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Answer {id, text, lang?, brand?} by {id, label, score, p_negative, language, scorer, version}."""
        text, hint = line.get("text"), line.get("lang") or ""
        if not isinstance(text, str) or not isinstance(hint, str):
            raise TypeError('"text" must be a string, and "lang" too where it is given')
        feeling = self.score(text, hint)
        # Half of a score's range is a ranking, not a calibrated chance; a scorer that knows its chances says so itself.
        chance = None if feeling.confidence == 0 else round((1 - feeling.score) / 2, 4)
        return {
            "id": line.get("id"),
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
    sure = f"{feeling.confidence:.0%} sure, {feeling.language}, {feeling.scorer} {feeling.version}"
    return f"{feeling.label.value} {feeling.score:+.4f} ({sure})" + (f"  because of: {', '.join(reasons)}" if reasons else "")

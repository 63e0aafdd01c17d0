"""What people say of a mention by what they decide and press, and the corrections that a brand learned from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.domain.mentions import Label


class Verdict(StrEnum):
    """What a person says of a mention."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    NOT_NEGATIVE = "not_negative"
    NOT_ABOUT_US = "not_about_us"
    NEEDS_ANSWER = "needs_answer"
    NEEDS_NO_ANSWER = "needs_no_answer"


FEELINGS = frozenset({Verdict.NEGATIVE, Verdict.NEUTRAL, Verdict.POSITIVE, Verdict.NOT_NEGATIVE})
"""What is said of how a mention feels; whoever says so also says that it is about us."""

ANSWERS = frozenset({Verdict.NEEDS_ANSWER, Verdict.NEEDS_NO_ANSWER})
"""What is said of whether it deserves an answer, which is another question."""


class Question(StrEnum):
    """What a lesson answers."""

    FEELING = "feeling"
    """Is it negative?"""
    ABOUT = "about"
    """Is it about us?"""


class LessonState(StrEnum):
    """What came of learning."""

    LEARNED = "learned"
    KEPT = "kept"
    """It would not have been better than before, so nothing is corrected."""
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Given:
    """One label: who said what of which mention, when, at which door, and how it had been scored."""

    id: int
    mention_id: int | None
    """None once the mention was erased: what it said can then no longer be looked up."""
    brand: str
    network: str
    verdict: Verdict
    by: str
    at: datetime
    door: str
    """Where it was said, such as review, slack, reject, label."""
    scorer: str
    scored: Label | None
    """What the scorer itself said, without the brand's corrections; None where nobody scored it."""
    p_negative: float | None
    sampled: bool
    """It was one of the unflagged mentions that are offered to be checked."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a brand learned, numbered; of each question only the newest is in force, and only where it is learned."""

    brand: str
    number: int
    at: datetime
    by: str
    state: LessonState
    scorer: str
    labels: int
    """How many mentions it rests on of which people said so."""
    threshold: float | None = None
    """From this chance on a mention is negative, or is about us."""
    weights: tuple[float, ...] = ()
    """The small model: slope, offset, and a weight for each number of a sentence vector; empty where there is none."""
    f1_before: float | None = None
    f1_after: float | None = None
    """Measured on labels that were left out of the learning."""
    why: str = ""
    """One sentence for a person."""
    question: Question = Question.FEELING

"""Has each brand learn from its labels, each night, and tells what was learned and how good the flags are; the sums are in learning."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from monitor import aside
from monitor.aside import LONGEST
from monitor.domain import Lesson, LessonState, Question, Verdict
from monitor.learning import (
    ABOUT,
    FROM,
    NOT_LEARNED_FROM,
    OF_EACH,
    Example,
    Measured,
    about_of,
    examples_of,
    learn,
    measure,
    odds_of,
    weighed,
)
from monitor.wiring import Monitor, now

logger = logging.getLogger(__name__)

BY = "learn"


@dataclass(frozen=True, slots=True)
class Shown:
    """How learning stands for one brand."""

    brand: str
    labels: Mapping[str, int]
    """How many of each kind, of all doors."""
    lesson: Lesson | None
    """The newest, which is in force where it is learned."""
    measured: Measured
    about: Lesson | None
    """The newest on what is about us."""
    fewer: float | None
    """By which share the corrections flag fewer (below 0: more) of all that was judged; None where they changed nothing."""


@dataclass
class Lessons:
    """The monitor's learning."""

    monitor: Monitor

    def nightly(self) -> None:
        """Have every brand learn; one that cannot is told and keeps what it had, and the others go on."""
        for brand in self.monitor.brands:
            for lesson in (self.learn(brand), self.learn_about(brand)):
                if lesson is not None:
                    logger.info("%s: lesson %d: %s", brand, lesson.number, lesson.why)

    def learn(self, brand: str) -> Lesson | None:
        """Learn from a brand's labels and write the lesson down; None where there is nothing new, or too little."""
        book, at = self.monitor.labels, now()
        last = book.lessons().get(brand)
        given = book.given(brand, since=book.reset_at(brand))
        if not given or (last is not None and max(one.at for one in given) <= last.at):
            return None
        scorer = Counter(one.scorer for one in given if one.p_negative is not None).most_common(1)
        if not scorer:
            return None
        seen = book.seen(brand)
        examples = examples_of(given, seen.flagged_before, seen.flagged + seen.unflagged - seen.flagged_before, scorer[0][0])
        return self._save(brand, at, Question.FEELING, scorer[0][0], learn(brand, self._read(examples)))

    def learn_about(self, brand: str) -> Lesson | None:
        """Learn from what people said is about a brand and what is not; None where there is nothing new, or too little.

        What addresses us is about us, so nothing is learned from it; a text that is gone teaches nothing any more.
        """
        book, at = self.monitor.labels, now()
        last = book.lessons(Question.ABOUT).get(brand)
        given = book.given(brand, since=book.reset_at(brand, Question.ABOUT))
        about = about_of(given)
        if all(about.values()) or (last is not None and max(one.at for one in given) <= last.at):
            return None
        texts = book.texts(sorted(about), frozenset(), addressed=False)
        found = aside.weigh(self.monitor.brands[brand], list(texts.values()), self.monitor.encode)
        examples = [
            Example(mention_id, about[mention_id], one.about, odds_of(one.p))
            for mention_id, one in zip(texts, found, strict=True)
            if one.rule != "A5"
        ]
        put, others = book.put_aside(brand)
        examples = self._read(weighed(examples, others, put))
        return self._save(brand, at, Question.ABOUT, "relevance", learn(brand, examples, ABOUT))

    def _read(self, examples: list[Example]) -> list[Example]:
        """Return the examples with the vectors of those texts that may be learned from."""
        encode = self.monitor.encode
        if encode is None:
            return examples
        texts = self.monitor.labels.texts([example.key for example in examples if example.key > 0], NOT_LEARNED_FROM)
        vectors = dict(zip(texts, encode([text[:LONGEST] for text in texts.values()]) if texts else (), strict=True))
        return [replace(example, vector=tuple(vectors.get(example.key, ()))) for example in examples]

    def _save(
        self, brand: str, at: datetime, question: Question, scorer: str, found: tuple[LessonState, dict[str, Any]] | None
    ) -> Lesson | None:
        if found is None:
            return None
        number = self.monitor.labels.last_number(brand) + 1
        lesson = Lesson(brand, number, at, BY, found[0], scorer, question=question, **found[1])
        lesson = replace(lesson, why=sentence(lesson))
        return lesson if self.monitor.labels.save(lesson) else None

    def reset(self, brand: str, by: str) -> Lesson | None:
        """Correct nothing any more, and learn from labels given from now on only; None where another process wrote a lesson just now."""
        book = self.monitor.labels
        why = "set back; only labels given from now on are learned from"
        questions = [one for one in (Question.ABOUT, Question.FEELING) if one is Question.FEELING or brand in book.lessons(one)]
        lesson = None
        for question in questions:
            lesson = Lesson(brand, book.last_number(brand) + 1, now(), by, LessonState.RESET, "", 0, why=why, question=question)
            if not book.save(lesson):
                return None
        return lesson

    def show(self, brand: str, since: datetime | None = None) -> Shown:
        """Return how learning stands for a brand."""
        book = self.monitor.labels
        given, seen = book.given(brand, since=since), book.seen(brand, since)
        flagged = book.flagged(sorted({one.mention_id for one in given if one.mention_id is not None}))
        counted = Counter(one.verdict.value for one in given)
        labels = {verdict.value: counted[verdict.value] for verdict in Verdict}
        measured = measure(given, seen.flagged, seen.unflagged, flagged)
        return Shown(brand, labels, book.lessons().get(brand), measured, book.lessons(Question.ABOUT).get(brand), seen.fewer)


def sentence(lesson: Lesson) -> str:
    """Say in one sentence what a lesson does."""
    kind = "F2" if lesson.question is Question.ABOUT else "F1"
    if lesson.state is LessonState.KEPT:
        compared = f"{kind} {lesson.f1_after} against {lesson.f1_before}"
        return f"{lesson.labels} labels were tried and would not have made it better ({compared}); kept as it was"
    how = "and a small model of this brand's texts" if lesson.weights else f"from a chance of {lesson.threshold:.0%} on"
    what = "what is about us" if lesson.question is Question.ABOUT else "negative"
    return f"{what} is decided {how}, by {lesson.labels} labels ({kind} {lesson.f1_after} against {lesson.f1_before} on labels left out)"


def as_record(shown: Shown) -> dict[str, Any]:
    """Return the same for a script; of a small model only its size."""
    lesson, about = (one and asdict(one) | {"weights": len(one.weights)} for one in (shown.lesson, shown.about))
    return asdict(shown) | {"lesson": lesson, "about": about, "precision": shown.measured.precision, "recall": shown.measured.recall}


def in_words(shown: Shown) -> list[str]:
    """Return how learning stands for a brand, a line each."""
    given = ", ".join(f"{number} {verdict.replace('_', ' ')}" for verdict, number in shown.labels.items() if number) or "none yet"
    lines = [f"Labels: {given}"]
    if shown.lesson is None:
        lines.append(f"Nothing was learned yet: it takes {FROM} labels of how a mention feels, {OF_EACH} of each class.")
    else:
        lines.append(f"Lesson {shown.lesson.number} ({shown.lesson.state.value}, {shown.lesson.at:%Y-%m-%d}): {shown.lesson.why}.")
    if shown.fewer is not None:
        lines.append(f"Since these corrections it flags {abs(shown.fewer):.0%} {'less' if shown.fewer > 0 else 'more'} than before.")
    if shown.about is not None:
        lines.append(f"Lesson {shown.about.number} on what is about us ({shown.about.state.value}): {shown.about.why}.")
    one = shown.measured
    lines.append(f"Precision: {_share(one.precision)} ({one.right} of {one.judged} flagged mentions that somebody judged)")
    lines.append(f"Recall: {_share(one.recall)} ({one.missed} of {one.checked} checked samples of {one.unflagged} unflagged were negative)")
    return lines


def _share(share: tuple[float, float, float] | None) -> str:
    return "not known yet" if share is None else f"{share[0]:.0%}, between {share[1]:.0%} and {share[2]:.0%}"

"""What a brand learns from labels: enough of them move its line, too few do not, and nothing is used that is not better."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain import Given, Label, Lesson, LessonState, Verdict
from monitor.learning import (
    FROM,
    Example,
    Measured,
    correct,
    examples_of,
    f1,
    learn,
    measure,
    odds_of,
    threshold,
    verdict_of,
    wilson,
)
from tests.builders import NOW, a_sentiment


def a_label(verdict: Verdict, number: int = 1, **changes: object) -> Given:
    given = Given(number, number, "waalfiets", "mastodon", verdict, "Els", NOW, "label", "model", Label.NEGATIVE, 0.7, sampled=False)
    return replace(given, **changes)  # type: ignore[arg-type]


def a_lesson(**changes: object) -> Lesson:
    return replace(Lesson("waalfiets", 3, NOW, "learn", LessonState.LEARNED, "model", 60, 0.3), **changes)  # type: ignore[arg-type]


def shifted(count: int, *, seed: int = 1, line: float = 0.25, size: int = 0) -> list[Example]:
    """Return examples of a brand whose mentions are negative from a lower chance on than the scorer thinks."""
    chance = random.Random(seed)
    found = []
    for key in range(1, count + 1):
        p = chance.random()
        negative = (p > line) is (chance.random() < 0.93)
        vector = (1.0 if negative else -1.0, *(chance.gauss(0, 1) for _ in range(size - 1))) if size else ()
        found.append(Example(key, negative, p > 0.6, odds_of(p), vector=vector))
    return found


def test_below_fifty_labels_or_ten_of_a_class_nothing_is_learned() -> None:
    one_sided = [replace(one, negative=one.key > 9) for one in shifted(80)]

    assert learn("waalfiets", shifted(FROM - 1)) is None
    assert learn("waalfiets", one_sided) is None
    assert learn("waalfiets", shifted(FROM)) is not None


def test_the_line_moves_towards_where_people_see_it() -> None:
    found = learn("waalfiets", shifted(120))

    assert found is not None
    state, fields = found
    assert LessonState.LEARNED is state
    assert 0.1 < fields["threshold"] < 0.45
    assert fields["f1_after"] > fields["f1_before"]
    assert () == fields["weights"]


def test_what_is_not_better_than_the_scorer_is_not_used() -> None:
    chance = random.Random(5)
    noise = [Example(key, key % 2 == 0, key % 2 == 0, chance.gauss(0, 1)) for key in range(200)]
    found = learn("waalfiets", noise)

    assert found is not None
    assert (LessonState.KEPT, 1.0) == (found[0], found[1]["f1_before"])
    assert "threshold" not in found[1]


def test_the_small_model_is_tried_only_with_enough_texts_that_may_be_learned_from() -> None:
    plenty = learn("waalfiets", shifted(240, size=6))
    without = learn("waalfiets", [replace(one, vector=()) for one in shifted(240, size=6)])

    assert plenty is not None
    assert without is not None
    assert 8 == len(plenty[1]["weights"])
    assert () == without[1]["weights"]
    assert plenty[1]["f1_after"] > without[1]["f1_after"]


def test_learning_twice_from_the_same_gives_the_same() -> None:
    assert learn("waalfiets", shifted(240, size=6)) == learn("waalfiets", shifted(240, size=6))


@pytest.mark.parametrize("lowest", [0.001, 0.999])
def test_a_threshold_stays_within_its_bounds(lowest: float) -> None:
    examples = [Example(key, True, True, odds_of(lowest)) for key in range(5)]

    assert 0.05 <= threshold((1.0, 0.0), examples) <= 0.95


def test_the_newest_word_on_the_tone_counts_and_not_about_us_is_no_tone() -> None:
    first = a_label(Verdict.NEGATIVE)
    later = a_label(Verdict.POSITIVE, at=NOW + timedelta(minutes=1))

    assert verdict_of([first]) is True
    assert verdict_of([later, first]) is False
    assert verdict_of([first, a_label(Verdict.NOT_ABOUT_US)]) is None
    assert verdict_of([a_label(Verdict.NEEDS_NO_ANSWER)]) is None
    assert verdict_of([a_label(Verdict.NEEDS_ANSWER)]) is True
    assert verdict_of([a_label(Verdict.NEEDS_ANSWER, scored=Label.NEUTRAL)]) is None


def test_flagged_and_unflagged_mentions_weigh_what_they_stand_for() -> None:
    given = [a_label(Verdict.NEGATIVE, number) for number in range(1, 9)]
    given += [a_label(Verdict.NEGATIVE, number, scored=Label.NEUTRAL, p_negative=0.3, sampled=True) for number in (9, 10)]
    found = examples_of(given, flagged=100, unflagged=100, scorer="model")

    assert {True: 0.625, False: 2.5} == {one.scored_negative: one.weight for one in found}
    assert [] == examples_of(given, 100, 100, "vader")
    assert [1.0] == [one.weight for one in examples_of(given[:1], 100, 100, "model")]


def test_a_label_whose_mention_was_erased_still_counts_by_itself() -> None:
    given = [a_label(Verdict.NEGATIVE, 1, mention_id=None), a_label(Verdict.NEUTRAL, 2, mention_id=None)]

    assert [(-2, False), (-1, True)] == [(one.key, one.negative) for one in examples_of(given, 0, 0, "model")]


def test_a_lesson_corrects_the_label_and_says_so_in_the_version() -> None:
    neutral = a_sentiment(Label.NEUTRAL, scorer="model", version="7", p_negative=0.35)
    negative = a_sentiment(Label.NEGATIVE, scorer="model", version="7", p_negative=0.25)
    flagged, unflagged = correct(neutral, a_lesson()), correct(negative, a_lesson())

    assert (Label.NEGATIVE, Label.NEUTRAL, "7+learned.3", 0.35) == (
        flagged.label,
        flagged.label_before,
        flagged.version,
        flagged.p_negative,
    )
    assert (Label.NEUTRAL, Label.NEGATIVE) == (unflagged.label, unflagged.label_before)
    assert flagged.reasons[-1] == "by this brand's corrections (lesson 3)"


def test_a_label_that_stays_says_which_lesson_let_it_stand() -> None:
    corrected = correct(a_sentiment(Label.NEGATIVE, scorer="model", version="7", p_negative=0.9), a_lesson())

    assert ("7+learned.3", None) == (corrected.version, corrected.label_before)


def test_the_small_model_decides_by_the_text() -> None:
    lesson = a_lesson(threshold=0.5, weights=(1.0, 0.0, 4.0, 0.0))
    neutral = a_sentiment(Label.NEUTRAL, scorer="model", p_negative=0.3)

    assert Label.NEGATIVE is correct(neutral, lesson, (1.0, 0.0)).label
    assert Label.NEUTRAL is correct(neutral, lesson, (-1.0, 0.0)).label
    assert neutral == correct(neutral, lesson)


@pytest.mark.parametrize(
    "lesson",
    [None, a_lesson(state=LessonState.RESET), a_lesson(state=LessonState.KEPT), a_lesson(threshold=None), a_lesson(scorer="vader")],
)
def test_where_nothing_holds_nothing_is_corrected(lesson: Lesson | None) -> None:
    neutral = a_sentiment(Label.NEUTRAL, scorer="model", p_negative=0.35)

    assert neutral == correct(neutral, lesson)


def test_a_scorer_without_chances_is_left_alone() -> None:
    neutral = a_sentiment(Label.NEUTRAL, scorer="model")

    assert neutral == correct(neutral, a_lesson())


def test_an_interval_is_wilsons() -> None:
    interval = wilson(8, 10)

    assert interval is not None
    assert (0.4902, 0.9433) == (round(interval[0], 4), round(interval[1], 4))
    assert wilson(0, 0) is None


def test_f1_of_nothing_is_nothing() -> None:
    assert 0.0 == f1([])


def test_recall_is_told_from_the_sample_of_what_was_not_flagged() -> None:
    given = [a_label(Verdict.NEGATIVE, number) for number in (1, 2, 3)]
    given += [a_label(Verdict.NOT_ABOUT_US, 4), a_label(Verdict.NEEDS_NO_ANSWER, 5)]
    given += [a_label(Verdict.NEGATIVE, 6, sampled=True), a_label(Verdict.NEUTRAL, 7, sampled=True), a_label(Verdict.NEGATIVE, 8)]
    flagged = dict.fromkeys(range(1, 6), True) | dict.fromkeys(range(6, 9), False)
    found = measure(given, 40, 60, flagged)

    assert Measured(40, 60, right=3, judged=4, missed=1, checked=2) == found
    assert found.precision is not None
    assert found.recall is not None
    assert (0.75, 0.5) == (found.precision[0], found.recall[0])
    assert found.recall[1] < 0.5 < found.recall[2]


def test_before_anybody_looked_nothing_is_claimed() -> None:
    nothing = measure([], 5, 5, {})

    assert (None, None) == (nothing.precision, nothing.recall)
    assert 1.0 == (Measured(0, 0, 0, 1, 0, 1).recall or (0.0,))[0]


def test_odds_are_never_without_end() -> None:
    assert all(math.isfinite(odds_of(chance)) for chance in (0.0, 1.0))

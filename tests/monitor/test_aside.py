"""What people press "not about us" on is put aside from then on, where that proves right; nothing is lost by it, and it can be set back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor import aside, pipeline
from monitor.backtesting import Change, backtest
from monitor.domain import Action, Lesson, LessonState, MentionStatus, Question, StoredMention, Triage, Verdict
from monitor.labelbook import LabelBook
from monitor.language import Detector
from monitor.lessons import Lessons, as_record, in_words
from monitor.relevance import Relevance
from monitor.standing import figures_of
from monitor.store import MonitorStore
from monitor.wiring import Monitor, bare_settings
from tests.builders import NOW, a_brand, a_mention, a_sentiment, a_stored_mention
from tests.chain import save_mentions

BARE = a_brand(id="ekster", name="Ekster", terms=("Ekster",), handles=(), hashtags=(), description="")
BANK = replace(BARE, description="Een online bank met rekeningen en een app.")
OURS = [f"De app van Ekster doet het {how} en ik kom niet bij mijn rekening" for how in ("niet", "weer niet", "al uren niet")]
BIRDS = [f"Er zit een ekster in de tuin, {what}" for what in ("wat een vogel in die boom", "hij bouwt een nest", "de kat kijkt ernaar")]


def lesson_of(**changes: object) -> Lesson:
    values = {"threshold": 0.5, "question": Question.ABOUT} | changes
    return Lesson("ekster", 3, NOW, "learn", LessonState.LEARNED, "relevance", 40, **values)  # type: ignore[arg-type]


@pytest.fixture
def monitor(database: sa.Engine) -> Iterator[Monitor]:
    url = database.url.render_as_string(hide_password=False)
    monitor = Monitor(replace(bare_settings(), database_url=url, brands=(BARE,), scorers=("vader",)))
    monitor.__dict__["encode"] = None
    yield monitor
    monitor.database.dispose()


def press(database: sa.Engine, count: int = 14, **mention: object) -> None:
    """Store as many mentions of the bank as of the bird and have people say which is which."""
    texts = [(f"{text}, nummer {number}", text in OURS) for number in range(count) for text in (OURS[number % 3], BIRDS[number % 3])]
    kept = [
        a_mention(text, brand="ekster", **{"external_id": f"{number}", "mentions_us": False, **mention})
        for number, (text, _ours) in enumerate(texts)
    ]
    book = LabelBook(database)
    for stored, (_text, ours) in zip(save_mentions(database, *kept), texts, strict=True):
        verdict = Verdict.NEEDS_ANSWER if ours else Verdict.NOT_ABOUT_US
        book.label(stored.id, verdict, by="Els", at=NOW, door="review")


def judged(database: sa.Engine, text: str, book: LabelBook) -> StoredMention:
    """Return a new mention as the pipeline leaves it with what the brand learned."""
    store = MonitorStore(database)
    store.save_batch("s", "ekster", [a_mention(text, brand="ekster", external_id="new", mentions_us=False)], cursor="", at=NOW)
    pipeline.judge(store, [], Detector(["en", "nl"]), {"ekster": BARE}, lambda: NOW, about=book.lessons(Question.ABOUT))
    return next(one for one in store.mentions() if one.mention.text == text)


def test_what_people_say_is_not_about_us_is_put_aside_from_then_on_and_told(monitor: Monitor, database: sa.Engine) -> None:
    press(database)
    Lessons(monitor).nightly()
    lesson = monitor.labels.lessons(Question.ABOUT)["ekster"]
    bird = judged(database, "Weer een ekster in de tuin, twee vogels zelfs", monitor.labels)
    [figures] = figures_of(monitor, NOW.date())

    assert (LessonState.LEARNED, 28, 1) == (lesson.state, lesson.labels, lesson.number)
    assert lesson.why.startswith("what is about us is decided from a chance of")
    assert "(F2 " in lesson.why
    assert bird.triage is not None
    assert (Action.IGNORE, "A6", MentionStatus.IGNORED) == (bird.triage.action, bird.triage.rules[0], bird.status)
    assert "your people said of such texts that they are not about us (lesson 1)" in bird.triage.why
    assert (15, {}) == (figures.learned.put_aside, monitor.labels.lessons())


def test_what_is_about_us_stays(monitor: Monitor, database: sa.Engine) -> None:
    press(database)
    Lessons(monitor).nightly()
    ours = judged(database, "De app van Ekster is traag, mijn rekening laadt niet", monitor.labels)

    assert ours.triage is not None
    assert "T" == ours.triage.rules[0][0]


def test_it_can_be_set_back_and_only_later_clicks_teach_again(monitor: Monitor, database: sa.Engine) -> None:
    press(database)
    lessons = Lessons(monitor)
    lessons.nightly()
    shown = lessons.show("ekster")
    back = lessons.reset("ekster", "Els")
    stored = save_mentions(database, a_mention(BIRDS[0], brand="ekster", external_id="later", mentions_us=False))[-1]
    monitor.labels.label(stored.id, Verdict.NOT_ABOUT_US, by="Els", at=datetime.now(UTC) + timedelta(minutes=1), door="review")
    bird = judged(database, "Weer een ekster in de tuin, twee vogels zelfs", monitor.labels)

    assert any(line.startswith("Lesson 1 on what is about us (learned): what is about us") for line in in_words(shown))
    assert ("about", 0) == (as_record(shown)["about"]["question"], as_record(shown)["about"]["weights"])
    assert back is not None
    assert (3, LessonState.RESET) == (back.number, monitor.labels.lessons(Question.ABOUT)["ekster"].state)
    assert lessons.learn_about("ekster") is None
    assert bird.triage is not None
    assert "A6" not in bird.triage.rules


def test_clicks_on_what_addresses_us_teach_nothing(monitor: Monitor, database: sa.Engine) -> None:
    press(database, mentions_us=True)

    assert Lessons(monitor).learn_about("ekster") is None


def test_a_second_night_without_clicks_teaches_nothing(monitor: Monitor, database: sa.Engine) -> None:
    press(database)

    assert Lessons(monitor).learn_about("ekster") is not None
    assert Lessons(monitor).learn_about("ekster") is None


def test_nobody_is_asked_whose_clicks_all_say_that_it_is_about_us(monitor: Monitor, database: sa.Engine) -> None:
    [stored] = save_mentions(database, a_mention(OURS[0], brand="ekster", mentions_us=False))
    monitor.labels.label(stored.id, Verdict.NEGATIVE, by="Els", at=NOW, door="label")

    assert Lessons(monitor).learn_about("ekster") is None


def test_a_backtest_judges_by_what_was_learned(monitor: Monitor, database: sa.Engine) -> None:
    press(database)
    before = backtest(monitor, BARE, Change()).after
    Lessons(monitor).nightly()

    assert (28, 14) == (before, backtest(monitor, BARE, Change()).after)


def test_where_another_process_writes_at_that_moment_a_reset_says_so(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monitor.labels, "last_number", lambda _brand: 7)

    assert Lessons(monitor).reset("ekster", "Els") is None


def test_a_lesson_may_also_take_in_what_words_would_put_aside() -> None:
    [alone] = aside.weigh(BANK, [BIRDS[0]], None)
    [taken] = aside.weigh(BANK, [BIRDS[0]], None, lesson_of(threshold=0.0))

    assert (False, True, "A6") == (alone.about, taken.about, taken.rule)


def test_a_lesson_on_texts_reads_them_and_without_an_encoder_does_not_count() -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        asked.extend(texts)
        return [[2.0] for _text in texts]

    lesson = lesson_of(weights=(1.0, 0.0, -9.0))
    [found] = aside.weigh(BARE, [OURS[0]], encode, lesson)

    assert (False, "A6", [OURS[0]]) == (found.about, found.rule, asked)
    assert aside.weigh(BARE, [OURS[0]], None, lesson)[0].about


@pytest.mark.parametrize("lesson", [None, lesson_of(threshold=None), replace(lesson_of(), state=LessonState.KEPT)])
def test_without_a_lesson_in_force_a_brand_without_a_description_puts_nothing_aside(lesson: Lesson | None) -> None:
    assert [True] == [one.about for one in aside.weigh(BARE, [BIRDS[0]], None, lesson)]


def test_a_text_without_a_term_is_left_to_whoever_took_it_in() -> None:
    stored = a_stored_mention("Er zit een vogel in de tuin", brand="ekster", mentions_us=False)

    assert {} == aside.others_of([BARE], [stored], None, {"ekster": lesson_of()})


def test_what_was_put_aside_is_sampled_whatever_its_tone_and_counts_as_not_flagged(database: sa.Engine) -> None:
    store, book = MonitorStore(database), LabelBook(database)
    found = save_mentions(database, *(a_mention(BIRDS[0], external_id=f"{n}", mentions_us=False) for n in range(60)))
    put = aside.put_aside(Triage(Action.WATCH, ("T8",), "x"), Relevance(False, 0.02, "A6", "y"), BARE)
    store.record_scores([(one.id, "nl", a_sentiment()) for one in found], NOW)
    store.record_triage([(one.id, put) for one in found], NOW)
    sampled = book.samples("waalfiets")

    assert sampled
    assert (60, 0) == book.put_aside("waalfiets")
    assert (0, 60) == book.put_aside("waalfiets", ("A1",), since=NOW - timedelta(days=9000), until=NOW + timedelta(days=9000))
    assert {sampled[0].id: False} == book.flagged([sampled[0].id])

"""A brand learns at night from what people pressed by day, is corrected from then on, and can be set back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor import pipeline
from monitor.command import REFUSED, USAGE
from monitor.domain import Action, Label, LessonState, Sentiment, Verdict
from monitor.labelbook import LabelBook
from monitor.lessons import Lessons, in_words
from monitor.standing import figures_of
from monitor.store import MonitorStore
from monitor.tables import open_database
from monitor.wiring import Monitor, bare_settings
from tests.builders import NOW, a_brand, a_mention, a_sentiment, a_stored_mention, a_triage
from tests.chain import save_mentions
from tests.steps import import_posts, post
from tests.terminal import Terminal

LINE = 0.3


def monitor_of(database: sa.Engine) -> Monitor:
    url = database.url.render_as_string(hide_password=False)
    return Monitor(replace(bare_settings(), database_url=url, brands=(a_brand(),), scorers=("vader",)))


@pytest.fixture
def monitor(database: sa.Engine) -> Iterator[Monitor]:
    monitor = monitor_of(database)
    yield monitor
    monitor.database.dispose()


def judged(number: int, count: int) -> tuple[float, bool]:
    """Return a chance and whether people find it negative: from a lower chance on than the scorer does."""
    p = number / count
    return p, (p > LINE) is (number % 11 != 0)


def press(database: sa.Engine, count: int = 80) -> list[int]:
    """Store mentions with a model's chances and say of each what people find."""
    store, book = MonitorStore(database), LabelBook(database)
    found = save_mentions(database, *(a_mention(external_id=f"p{number}") for number in range(count)))
    ids = [one.id for one in found]
    for number, mention_id in enumerate(ids):
        p, negative = judged(number, count)
        label = Label.NEGATIVE if p > 0.6 else Label.NEUTRAL
        store.record_scores([(mention_id, "en", a_sentiment(label, scorer="model", version="7", p_negative=p))], NOW)
        book.label(mention_id, Verdict.NEGATIVE if negative else Verdict.NEUTRAL, by="Els", at=NOW, door="label")
    store.record_triage([(one, a_triage(Action.WATCH)) for one in ids], NOW)
    return ids


def test_a_night_makes_a_lesson_and_a_second_night_without_labels_none(monitor: Monitor) -> None:
    press(monitor.database)
    lessons = Lessons(monitor)
    lessons.nightly()

    lesson = monitor.labels.lessons()["waalfiets"]

    assert (LessonState.LEARNED, 1, 80, "model") == (lesson.state, lesson.number, lesson.labels, lesson.scorer)
    assert lesson.threshold is not None
    assert lesson.threshold < 0.5
    assert lesson.why.startswith("negative is decided from a chance of")
    assert lessons.learn("waalfiets") is None


def test_what_was_learned_corrects_what_is_scored_next(monitor: Monitor) -> None:
    press(monitor.database)
    Lessons(monitor).nightly()
    waiting = [a_stored_mention(), a_stored_mention(brand="other", id=2)]
    sentiments = [a_sentiment(Label.NEUTRAL, scorer="model", version="7", p_negative=0.5)] * 2

    found = pipeline.corrected(waiting, sentiments, monitor.labels.lessons(), None)

    assert [(Label.NEGATIVE, "7+learned.1"), (Label.NEUTRAL, "7")] == [(one.label, one.version) for one in found]


def test_a_lesson_on_texts_reads_them(monitor: Monitor) -> None:
    press(monitor.database)
    Lessons(monitor).nightly()
    lesson = replace(monitor.labels.lessons()["waalfiets"], threshold=0.5, weights=(1.0, 0.0, 9.0))
    sentiments: list[Sentiment] = [a_sentiment(Label.NEUTRAL, scorer="model", p_negative=0.3)]
    asked: list[str] = []

    def encode(texts: object) -> list[list[float]]:
        asked.extend(texts)  # type: ignore[arg-type]
        return [[2.0]]

    found = pipeline.corrected([a_stored_mention("my lock")], sentiments, {"waalfiets": lesson}, encode)

    assert (["my lock"], Label.NEGATIVE) == (asked, found[0].label)


def test_too_little_or_nothing_makes_no_lesson(monitor: Monitor) -> None:
    assert Lessons(monitor).learn("waalfiets") is None
    press(monitor.database, 20)
    assert Lessons(monitor).learn("waalfiets") is None


def test_a_scorer_that_gives_no_chances_teaches_nothing(monitor: Monitor) -> None:
    [stored] = save_mentions(monitor.database, a_mention())
    MonitorStore(monitor.database).record_scores([(stored.id, "en", a_sentiment())], NOW)
    monitor.labels.label(stored.id, Verdict.POSITIVE, by="Els", at=NOW, door="label")

    assert Lessons(monitor).learn("waalfiets") is None


def test_set_back_older_labels_no_longer_count(monitor: Monitor) -> None:
    ids = press(monitor.database)
    lessons = Lessons(monitor)
    lessons.nightly()
    back = lessons.reset("waalfiets", "Els")
    later = datetime.now(UTC) + timedelta(minutes=1)
    monitor.labels.label(ids[0], Verdict.POSITIVE, by="Jan", at=later, door="label")

    assert back is not None
    assert (2, LessonState.RESET) == (back.number, monitor.labels.lessons()["waalfiets"].state)
    assert lessons.learn("waalfiets") is None
    assert 81 == sum(lessons.show("waalfiets").labels.values())


def test_texts_of_x_are_never_turned_into_vectors(monitor: Monitor, database: sa.Engine) -> None:
    store, book = MonitorStore(database), LabelBook(database)
    count = 120
    found = save_mentions(database, *(a_mention(f"text {n}", network="x" if n % 2 else "reddit", external_id=f"{n}") for n in range(count)))
    for number, one in enumerate(found):
        p, negative = judged(number, count)
        label = Label.NEGATIVE if p > 0.6 else Label.NEUTRAL
        store.record_scores([(one.id, "en", a_sentiment(label, scorer="model", p_negative=p))], NOW)
        book.label(one.id, Verdict.NEGATIVE if negative else Verdict.NEUTRAL, by="Els", at=NOW, door="label")
    read: list[str] = []

    def encode(texts: object) -> list[list[float]]:
        read.extend(texts)  # type: ignore[arg-type]
        return [[1.0, 0.0] for _ in texts]  # type: ignore[attr-defined]

    monitor.__dict__["encode"] = encode
    lesson = Lessons(monitor).learn("waalfiets")

    assert lesson is not None
    assert count == lesson.labels
    assert {f"text {n}" for n in range(0, count, 2)} == set(read)


def test_the_words_say_what_was_learned_and_how_good_it_is(monitor: Monitor, database: sa.Engine) -> None:
    lessons = Lessons(monitor)
    empty = in_words(lessons.show("waalfiets"))
    press(database)
    lessons.nightly()
    [stored] = save_mentions(database, a_mention(external_id="new"))
    corrected = a_sentiment(Label.NEGATIVE, scorer="model", p_negative=0.5, label_before=Label.NEUTRAL)
    MonitorStore(database).record_scores([(stored.id, "en", corrected)], NOW)

    words = "\n".join(in_words(lessons.show("waalfiets")))

    assert "Labels: none yet" == empty[0]
    assert "Nothing was learned yet: it takes 50 labels" in empty[1]
    assert "Lesson 1 (learned" in words
    assert "it flags 3% more than before." in words
    assert "Precision: 9" in words
    assert "between" in words


def test_the_digest_tells_what_the_corrections_did_in_its_period(monitor: Monitor, database: sa.Engine) -> None:
    press(database)
    [stored] = save_mentions(database, a_mention(external_id="new"))
    corrected = a_sentiment(Label.NEUTRAL, scorer="model", p_negative=0.5, label_before=Label.NEGATIVE)
    MonitorStore(database).record_scores([(stored.id, "en", corrected)], NOW)
    [figures] = figures_of(monitor, NOW.date())

    assert figures.learned.fewer is not None
    assert 0 < figures.learned.fewer < 0.1
    assert figures.learned.precision is not None


@pytest.fixture
def folder_monitor(terminal: Terminal) -> Iterator[sa.Engine]:
    engine = open_database(f"sqlite:///{terminal.folder}/grapevine.db")
    yield engine
    engine.dispose()


def test_a_person_labels_a_mention_by_name(terminal: Terminal, folder_monitor: sa.Engine) -> None:
    import_posts(terminal, post("1"))
    done = terminal.type("monitor", "label", "1", "not_negative", "--as", "Els Kamps")
    again = terminal.type("monitor", "label", "1", "neutral", "--as", "Els Kamps", "--json")

    assert (0, "Mention 1: not negative, says Els Kamps.\n") == (done.code, done.out)
    assert {"ok": True, "mention_id": 1, "label": "neutral", "by": "Els Kamps"} == again.json
    assert 2 == len(LabelBook(folder_monitor).given("waalfiets"))


def test_a_label_needs_a_name_a_mention_and_a_known_word(terminal: Terminal) -> None:
    assert USAGE == terminal.type("monitor", "label", "1", "neutral", "--as", " ").code
    assert REFUSED == terminal.type("monitor", "label", "9", "neutral", "--as", "Els").code
    assert USAGE == terminal.type("monitor", "label", "1", "angry", "--as", "Els").code


def test_what_was_not_flagged_is_listed_to_be_checked(terminal: Terminal) -> None:
    posts = [post(str(number), f"Met de Waalfiets naar Lent, rit {number} vandaag \x1b[31m") for number in range(60)]
    nothing = terminal.type("monitor", "sample")
    import_posts(terminal, *posts)
    listed = terminal.type("monitor", "sample", "--brand", "waalfiets", "--json").json
    shown = terminal.type("monitor", "sample")

    assert "There is nothing to check." in nothing.out
    assert "to check. Negative, or not?" in shown.out
    assert "\x1b" not in shown.out
    assert listed
    assert USAGE == terminal.type("monitor", "sample", "--brand", "nobody").code


def test_learning_is_shown_and_set_back(terminal: Terminal) -> None:
    shown = terminal.type("monitor", "learning", "show")
    as_json = terminal.type("monitor", "learning", "show", "--brand", "waalfiets", "--json").json
    back = terminal.type("monitor", "learning", "reset", "--brand", "waalfiets", "--as", "Els")
    again = terminal.type("monitor", "learning", "reset", "--as", "Els", "--json").json
    after = terminal.type("monitor", "learning", "show", "--json").json

    assert "Nothing was learned yet" in shown.out
    assert (None, None, None) == (as_json[0]["lesson"], as_json[0]["precision"], as_json[0]["recall"])
    assert "waalfiets: set back; only labels given from now on are learned from (lesson 1).\n" == back.out
    assert [2] == [one["number"] for one in again]
    assert ("reset", 0) == (after[0]["lesson"]["state"], after[0]["lesson"]["weights"])
    assert USAGE == terminal.type("monitor", "learning", "reset", "--as", "").code

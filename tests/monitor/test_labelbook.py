"""What people said of mentions is remembered without a word of theirs, and so is what a brand learned from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.domain import Action, Label, Lesson, LessonState, MentionStatus, Verdict
from monitor.erasure import Why, erase
from monitor.labelbook import LabelBook, Seen
from monitor.labelled import is_sample
from monitor.store import MonitorStore
from monitor.tables import labels
from responders.store import ReplyStore
from tests.builders import NOW, a_mention, a_sentiment, a_triage
from tests.chain import approve, save_mentions, save_waiting_reply


def save_watched(database: sa.Engine, count: int, label: Label = Label.NEUTRAL) -> list[int]:
    """Store mentions that triage watches."""
    store = MonitorStore(database)
    found = save_mentions(database, *(a_mention(external_id=f"w{number}") for number in range(count)))
    ids = [one.id for one in found]
    store.record_scores([(one, "en", a_sentiment(label, p_negative=0.3)) for one in ids], NOW)
    store.record_triage([(one, a_triage(Action.WATCH, rules=("T1",))) for one in ids], NOW)
    return ids


def test_a_chance_comes_back_with_what_the_scorer_itself_said(database: sa.Engine) -> None:
    [stored] = save_mentions(database, a_mention())
    sentiment = a_sentiment(Label.NEGATIVE, p_negative=0.4, label_before=Label.NEUTRAL)
    MonitorStore(database).record_scores([(stored.id, "en", sentiment)], NOW)

    found = MonitorStore(database).mention(stored.id)

    assert found is not None
    assert sentiment == found.sentiment


def test_a_label_says_who_what_when_where_and_how_it_was_scored(database: sa.Engine) -> None:
    [mention_id] = save_watched(database, 1)
    book = LabelBook(database)

    assert book.label(mention_id, Verdict.NEGATIVE, by="Els", at=NOW, door="label")
    [given] = book.given("waalfiets")

    assert (mention_id, "Els", NOW, "label", "mastodon") == (given.mention_id, given.by, given.at, given.door, given.network)
    assert (Label.NEUTRAL, 0.3, "vader") == (given.scored, given.p_negative, given.scorer)
    assert "label: negative" == MonitorStore(database).audit(mention_id=mention_id)[-1].reason


def test_saying_it_again_counts_once_and_from_now(database: sa.Engine) -> None:
    [mention_id] = save_watched(database, 1)
    book = LabelBook(database)
    later = NOW + timedelta(hours=1)
    for at in (NOW, later):
        book.label(mention_id, Verdict.NEGATIVE, by="Els", at=at, door="label")
    book.label(mention_id, Verdict.NEGATIVE, by="Jan", at=NOW, door="label")

    assert [("Els", later), ("Jan", NOW)] == [(one.by, one.at) for one in book.given("waalfiets")]
    assert ["Els"] == [one.by for one in book.given("waalfiets", since=NOW)]
    assert 2 == len(book.given("waalfiets", mention_id=mention_id))


def test_of_what_is_not_there_nothing_is_said(database: sa.Engine) -> None:
    assert not LabelBook(database).label(7, Verdict.NEGATIVE, by="Els", at=NOW, door="label")


def test_erasing_a_mention_leaves_labels_that_lead_nowhere(database: sa.Engine) -> None:
    [mention_id] = save_watched(database, 1)
    book = LabelBook(database)
    book.label(mention_id, Verdict.NEGATIVE, by="Els", at=NOW, door="label")
    with database.begin() as connection:
        erase(connection, [mention_id], Why.ASKED, actor="Els", at=NOW)

    assert [None] == [one.mention_id for one in book.given("waalfiets")]
    assert not book.label(mention_id, Verdict.POSITIVE, by="Els", at=NOW, door="label")
    assert {} == book.texts([mention_id], frozenset())


def test_one_in_twenty_of_what_was_not_flagged_is_offered_until_somebody_speaks(database: sa.Engine) -> None:
    ids = save_watched(database, 60)
    expected = [one for one in reversed(ids) if is_sample(one)]
    book = LabelBook(database)

    assert expected
    assert expected == [one.id for one in book.samples("waalfiets", 100)]
    assert [] == book.samples("other")
    book.label(expected[0], Verdict.NEUTRAL, by="Els", at=NOW, door="sample")
    assert expected[1:] == [one.id for one in book.samples()]
    assert len(expected) - 1 == book.count_samples("waalfiets")
    assert [True] == [one.sampled for one in book.given("waalfiets")]


def test_about_a_twentieth_of_all_numbers_is_a_sample() -> None:
    assert 400 < sum(map(is_sample, range(10_000))) < 600


def test_what_was_flagged_is_no_sample(database: sa.Engine) -> None:
    ids = save_watched(database, 60, Label.NEGATIVE)
    book = LabelBook(database)

    assert [] == book.samples()
    assert Seen(60, 0, 60) == book.seen("waalfiets")
    assert Seen(0, 0, 0) == book.seen("waalfiets", NOW + timedelta(days=1), NOW + timedelta(days=2))
    assert dict.fromkeys(ids[:2], True) == book.flagged(ids[:2])


def test_texts_of_some_networks_are_left_out(database: sa.Engine) -> None:
    found = save_mentions(database, a_mention(), a_mention(network="x", external_id="2"))

    assert {found[0].id: a_mention().text} == LabelBook(database).texts([one.id for one in found], frozenset({"x"}))


def test_a_yes_says_that_it_needs_an_answer(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    approve(database, reply)

    assert [(Verdict.NEEDS_ANSWER, "terminal")] == [(one.verdict, one.door) for one in LabelBook(database).given("waalfiets")]


@pytest.mark.parametrize(
    ("rule", "words", "expected"),
    [
        ("T1", "fine", {Verdict.NOT_NEGATIVE, Verdict.NEEDS_NO_ANSWER}),
        ("T9", "praise", {Verdict.POSITIVE, Verdict.NEEDS_NO_ANSWER}),
        ("T15", "gone", set()),
        ("", "Niet over ons, maar over de vogel", {Verdict.NOT_ABOUT_US}),
        ("", "not negative at all", {Verdict.NOT_NEGATIVE, Verdict.NEEDS_NO_ANSWER}),
        ("", "not about users", {Verdict.NEEDS_NO_ANSWER}),
        ("", "we phone them", {Verdict.NEEDS_NO_ANSWER}),
    ],
)
def test_a_refusal_says_what_its_reason_implies(database: sa.Engine, rule: str, words: str, expected: set[Verdict]) -> None:
    reply = save_waiting_reply(database)
    ReplyStore(database).reject(reply.id, "Els", words, NOW, rule=rule, door="slack")

    found = LabelBook(database).given("waalfiets")

    assert expected == {one.verdict for one in found}
    assert {"slack"} >= {one.door for one in found}


def test_a_decision_that_does_not_count_leaves_no_label(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    ReplyStore(database).reject(reply.id, "", "words", NOW)

    assert [] == LabelBook(database).given("waalfiets")


def a_lesson(number: int, state: LessonState = LessonState.LEARNED) -> Lesson:
    return Lesson("waalfiets", number, NOW, "learn", state, "model", 60, 0.3, (1.0, 0.5), 0.7, 0.8, "why")


def test_the_newest_lesson_is_in_force_and_of_two_processes_one_writes_it(database: sa.Engine) -> None:
    book = LabelBook(database)

    assert {} == book.lessons()
    assert (True, False, False) == (book.save(a_lesson(1)), book.save(a_lesson(1)), book.save(a_lesson(3)))
    assert {"waalfiets": a_lesson(1)} == book.lessons()
    assert book.reset_at("waalfiets") is None
    assert book.save(a_lesson(2, LessonState.RESET))
    assert LessonState.RESET is book.lessons()["waalfiets"].state
    assert NOW == book.reset_at("waalfiets")


def test_no_label_holds_a_word_of_the_mention() -> None:
    assert {"mention_id", "brand", "network", "verdict", "by", "at", "door", "scorer", "scored", "p_negative", "sampled", "id"} == {
        column.name for column in labels.columns
    }


def test_a_mention_that_stays_where_it_is_gets_its_event(database: sa.Engine) -> None:
    [mention_id] = save_watched(database, 1)
    LabelBook(database).label(mention_id, Verdict.NEUTRAL, by="Els", at=NOW, door="label")
    event = MonitorStore(database).audit(mention_id=mention_id)[-1]

    assert (MentionStatus.WATCHED, MentionStatus.WATCHED) == (event.old_status, event.new_status)


def test_a_person_at_a_card_says_what_the_mention_is_and_the_reply_waits_on(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    store, book = ReplyStore(database), LabelBook(database)
    done = store.label(reply.id, Verdict.NOT_NEGATIVE, "Els", NOW)
    nameless = store.label(reply.id, Verdict.NOT_NEGATIVE, "", NOW)
    nowhere = store.label(99, Verdict.NOT_NEGATIVE, "Els", NOW)

    assert (True, "noted as not negative, says Els; the reply still waits") == (done.ok, done.sentence)
    assert (False, False) == (nameless.ok, nowhere.ok)
    assert [(Verdict.NOT_NEGATIVE, "terminal")] == [(one.verdict, one.door) for one in book.given("waalfiets")]
    assert "label: not negative" == MonitorStore(database).audit(mention_id=reply.mention.id)[-1].reason


def test_of_what_was_erased_nothing_can_be_said_at_a_card(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    with database.begin() as connection:
        erase(connection, [reply.mention.id], Why.ASKED, actor="Els", at=NOW)

    assert not ReplyStore(database).label(reply.id, Verdict.NOT_NEGATIVE, "Els", NOW).ok

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import pipeline
from monitor.aside import put_aside
from monitor.contracts import AdapterError, Batch, RateLimited, Rejected, RejectedRow, Unavailable
from monitor.domain import Action, Brand, Label, MentionStatus, Sentiment, Term, Triage
from monitor.language import Detector
from monitor.matching import compile_brand
from monitor.relevance import Relevance
from monitor.store import MonitorStore
from monitor.triage.understanding import head
from tests.builders import NOW, a_brand, a_mention, a_sentiment

BRAND = a_brand()
EVERY = timedelta(minutes=5)


class Told:
    """A source that answers with what a test gives it, one batch or error after another."""

    name = "told"

    def __init__(self, *answers: Batch | AdapterError) -> None:
        self.answers = list(answers)
        self.cursors: list[str] = []

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        self.cursors.append(cursor)
        answer = self.answers.pop(0)
        if isinstance(answer, AdapterError):
            raise answer
        return answer


class Feels:
    """A scorer of one language."""

    version = "1"

    def __init__(self, name: str, language: str) -> None:
        self.name, self.languages = name, frozenset({language})

    def score(self, mentions: Sequence[tuple[str, str]]) -> Sequence[Sentiment]:
        return [a_sentiment(scorer=self.name, language=language) for _text, language in mentions]


def poll(database: sa.Engine, source: Any, **more: Any) -> pipeline.Polled:
    return pipeline.poll(MonitorStore(database), source, BRAND, compile_brand(BRAND), EVERY, lambda: NOW, **more)


def test_what_a_place_says_was_changed_is_taken_in_anew_and_judged_anew(database: sa.Engine) -> None:
    old, unread = a_mention("My Waalfiets broke", external_id="1"), a_mention("Not read before", external_id="2")
    poll(database, Told(Batch([old], "c1")))
    changed = replace(old, text="It works again")
    done = poll(database, Told(Batch([], "c2", restated=[changed, unread])))
    again = poll(database, Told(Batch([], "c3", restated=[changed])))

    found = sorted((one.status.value, one.mention.text) for one in MonitorStore(database).mentions())
    assert [("deleted", ""), ("new", "It works again")] == found
    assert ("", "") == (done.error, again.error)


def test_a_review_that_its_author_changed_is_taken_in_anew_where_it_comes_again(database: sa.Engine) -> None:
    old = a_mention("Waalfiets: ★★★★★", external_id="1")
    changed = replace(old, text="Waalfiets: ★☆☆☆☆")
    for text in (old, changed, changed):
        poll(database, Told(Batch([text], text.text, restated=[text])))

    found = sorted((one.status.value, one.mention.text) for one in MonitorStore(database).mentions())
    assert [("deleted", ""), ("new", "Waalfiets: ★☆☆☆☆")] == found


def test_a_poll_reads_until_there_is_no_more_and_saves_each_read(sqlite_database: sa.Engine) -> None:
    source = Told(Batch([a_mention(external_id="1")], "c1", more=True), Batch([a_mention(external_id="2")], "c2"))
    seen: list[int] = []

    polled = poll(sqlite_database, source, progress=seen.append)

    assert (2, 2, 2, "") == (polled.found, polled.matched, polled.new, polled.error)
    assert (["", "c1"], [1, 2]) == (source.cursors, seen)
    assert "c2" == MonitorStore(sqlite_database).source_state("told", "waalfiets").cursor


def test_a_source_that_says_more_without_moving_on_is_not_read_for_ever(sqlite_database: sa.Engine) -> None:
    source = Told(Batch([], "", more=True), Batch([], "", more=True))

    poll(sqlite_database, source)

    assert [""] == source.cursors


@pytest.mark.parametrize("error", [Unavailable("told: timed out"), Rejected("told: 403")])
def test_a_failed_read_keeps_what_was_read_before_it(sqlite_database: sa.Engine, error: AdapterError) -> None:
    source = Told(Batch([a_mention()], "c1", more=True), error)

    polled = poll(sqlite_database, source)

    state = MonitorStore(sqlite_database).source_state("told", "waalfiets")
    assert (1, str(error)) == (polled.new, polled.error)
    assert ("c1", 1, str(error)) == (state.cursor, state.failures, state.last_error)


def test_a_source_that_asks_us_to_wait_is_not_read_before(sqlite_database: sa.Engine) -> None:
    retry_at = NOW + timedelta(hours=2)

    poll(sqlite_database, Told(RateLimited("told: 429", retry_at)))

    next_poll_at = MonitorStore(sqlite_database).source_state("told", "waalfiets").next_poll_at
    assert next_poll_at is not None
    assert retry_at <= next_poll_at


def test_only_what_names_the_brand_or_was_written_to_us_is_kept(sqlite_database: sa.Engine) -> None:
    mentions = [
        a_mention("Waalfiets is great", external_id="named"),
        a_mention("@waalfiets hello", external_id="addressed"),
        a_mention("hello you", external_id="answer", mentions_us=True),
        a_mention("on our page", external_id="page", own_channel=True),
        a_mention("nothing of the kind", external_id="noise"),
    ]

    polled = poll(sqlite_database, Told(Batch(mentions, "c")))

    stored = {one.mention.external_id: one.mention for one in MonitorStore(sqlite_database).mentions()}
    assert (5, 4) == (polled.found, polled.matched)
    assert {"named", "addressed", "answer", "page"} == set(stored)
    assert (False, True) == (stored["named"].mentions_us, stored["addressed"].mentions_us)
    assert {"told"} == {mention.source for mention in stored.values()}


@pytest.mark.parametrize(
    ("text", "ours", "told"),
    [
        ("@waalfiets hello", True, ["waalfiets"]),
        ("Tynebank and Waalfiets", False, ["waalfiets", "tyne"]),
        ("hello you", True, ["waalfiets", "tyne"]),
        ("hello you", False, []),
    ],
)
def test_a_text_that_names_no_brand_goes_to_those_whose_terms_it_holds_else_to_all_it_may_be_written_to(
    text: str, ours: bool, told: list[str]
) -> None:
    brands = (a_brand(), Brand("tyne", "Tynebank", (Term("Tynebank"),)))
    matchers = {brand.id: compile_brand(brand) for brand in brands}

    assert told == pipeline.about(a_mention(text, mentions_us=ours), matchers, "s")


def test_rows_that_could_not_be_read_are_counted_and_kept(sqlite_database: sa.Engine) -> None:
    polled = poll(sqlite_database, Told(Batch([], "c", rejected=[RejectedRow("f", 1, "no date")])))

    assert 1 == polled.rejected
    assert ["no date"] == [row.reason for row in MonitorStore(sqlite_database).rejected()]


def test_each_text_is_scored_by_the_first_scorer_that_knows_its_language() -> None:
    found = pipeline.feel(
        [("a", "en"), ("b", "nl"), ("c", "fr"), ("d", "en")], [Feels("one", "en"), Feels("two", "nl"), Feels("three", "en")]
    )

    assert ["one", "two", "none", "one"] == [sentiment.scorer for sentiment in found]
    assert (Label.NEUTRAL, 0.0, "fr") == (found[2].label, found[2].confidence, found[2].language)


def test_what_an_earlier_run_scored_and_could_not_decide_is_decided(sqlite_database: sa.Engine) -> None:
    store = MonitorStore(sqlite_database)
    store.save_batch("s", "gone", [a_mention(brand="gone")], cursor="", at=NOW)
    [stored] = store.waiting(MentionStatus.NEW, 1)
    store.record_scores([(stored.id, "en", a_sentiment())], NOW)

    done = pipeline.judge(store, [], Detector(["en"]), {}, lambda: NOW)

    [decided] = store.mentions()
    assert 1 == done
    assert decided.triage is not None


def test_judging_twice_changes_nothing(sqlite_database: sa.Engine) -> None:
    store = MonitorStore(sqlite_database)
    poll(sqlite_database, Told(Batch([a_mention("@waalfiets the lock does not open")], "c")))
    parts = ([Feels("one", "en")], Detector(["en", "nl"]), {"waalfiets": BRAND}, lambda: NOW)

    assert (1, 0) == (pipeline.judge(store, *parts), pipeline.judge(store, *parts))
    assert [MentionStatus.QUEUED] == [stored.status for stored in store.mentions()]


BANK = a_brand(
    id="ekster", name="Ekster", terms=("Ekster",), handles=(), hashtags=(), description="Een online bank met rekeningen en een app."
)


def decided(database: sa.Engine, text: str, brand: Brand = BANK, encode: Any = None, liken: Any = None, **mention: Any) -> Triage:
    """Return what the pipeline decides for one mention of a brand."""
    store = MonitorStore(database)
    store.save_batch("s", brand.id, [a_mention(text, brand=brand.id, **{"mentions_us": False, **mention})], cursor="", at=NOW)
    pipeline.judge(store, [], Detector(["en", "nl"]), {brand.id: brand}, lambda: NOW, encode=encode, liken=liken)
    [stored] = store.mentions()
    assert stored.triage is not None
    return stored.triage


def test_what_is_not_about_the_brand_is_kept_as_ignored_with_rule_and_chance(sqlite_database: sa.Engine) -> None:
    bird = decided(sqlite_database, "Er zit een ekster in de tuin, wat een vogels in die boom")

    assert (Action.IGNORE, "A3") == (bird.action, bird.rules[0])
    assert "probably not about Ekster" in bird.why
    assert "%" in bird.why


@pytest.mark.parametrize(
    ("text", "brand", "mention"),
    [
        ("De app van Ekster doet het niet en ik kom niet bij mijn rekening", BANK, {}),
        ("Er zit een ekster in de tuin, wat een vogels in die boom", replace(BANK, description=""), {}),
        ("Er zit een ekster in de tuin, wat een vogels in die boom", BANK, {"mentions_us": True}),
        ("Er zit een vogel in de tuin", BANK, {}),
    ],
)
def test_what_is_about_the_brand_or_not_for_this_step_is_judged_as_ever(
    text: str, brand: Brand, mention: dict[str, Any], sqlite_database: sa.Engine
) -> None:
    assert "T" == decided(sqlite_database, text, brand, **mention).rules[0][0]


def test_a_danger_that_perhaps_is_about_the_brand_is_told_all_the_same() -> None:
    danger = Triage(Action.ESCALATE, ("T12", "T8"), "It looks like a threat.")
    perhaps, hardly = Relevance(False, 0.2, "A4", "x"), Relevance(False, 0.02, "A4", "x")

    assert danger == put_aside(danger, perhaps, BANK)
    assert (Action.IGNORE, ("A4", "T12", "T8")) == (
        put_aside(danger, hardly, BANK).action,
        put_aside(danger, hardly, BANK).rules,
    )


def test_each_mention_is_likened_once_and_what_is_like_a_danger_is_one(sqlite_database: sa.Engine) -> None:
    asked: list[Sequence[str]] = []

    def liken(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        asked.append(texts)
        like = [1.2 if one in {"injury", "T12"} else -1.0 for one in head().classes]
        return [[*like, *[-0.1 if one == "injury" else -5.0 for one in head().classes[:-1]] * 2] for _text in texts]

    found = decided(sqlite_database, "De rekening van Ekster klopt niet", replace(BANK, description=""), liken=liken)

    assert "T12" == found.rules[0]
    assert [["De rekening van Ekster klopt niet"]] == asked

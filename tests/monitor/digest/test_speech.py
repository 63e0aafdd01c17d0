"""Both languages of the digest: plurals, days and lengths of time, and the same things said in each."""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.digest import LANGUAGES, DayCount, Mistakes, Speech
from monitor.digest.counted import Learned
from monitor.digest.speech import MISTAKES
from monitor.domain import ReplyStatus
from tests.builders import NOW
from tests.monitor.digest.letters import DAY, FULL, TEMPLATES, digest, flat


def test_a_day_is_a_day_also_when_the_clock_changes() -> None:
    spring = replace(DAY, since=datetime(2026, 3, 28, 23, tzinfo=UTC), until=datetime(2026, 3, 29, 22, tzinfo=UTC))
    autumn = replace(DAY, since=datetime(2026, 10, 24, 22, tzinfo=UTC), until=datetime(2026, 10, 25, 23, tzinfo=UTC))

    assert Speech("nl").period(spring) == "zondag 29 maart 2026"
    assert Speech("en").period(autumn) == "Sunday 25 October 2026"


def test_any_other_period_is_two_moments_in_the_brands_own_time() -> None:
    figures = replace(DAY, since=NOW - timedelta(days=1), until=NOW)

    assert Speech("nl").period(figures) == "zondag 1 maart 2026 om 10:00 uur tot maandag 2 maart 2026 om 10:00 uur"
    assert Speech("en").period(replace(figures, timezone="Europe/London")) == "Sunday 1 March 2026, 09:00 to Monday 2 March 2026, 09:00"


@pytest.mark.parametrize(("hour", "dutch", "english"), [(0, "zo 1", "Sunday 1 March 2026"), (21, "ma 2", "Monday 2 March 2026")])
def test_a_day_of_the_chart_that_is_counted_back_from_now_is_called_by_the_date_of_most_of_it(hour: int, dutch: str, english: str) -> None:
    # What was said within the hour before stood under the date of the evening before.
    day = DayCount(datetime(2026, 2, 28, 23, tzinfo=UTC) + timedelta(hours=hour), 56, 28)

    assert dutch == Speech("nl").weekday(day, "Europe/Amsterdam")
    assert f"most on {english}" in Speech("en").chart(replace(DAY, days=[day], timezone="Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("passed", "dutch", "english"),
    [
        (timedelta(seconds=59), "minder dan een minuut", "less than a minute"),
        (timedelta(minutes=1), "1 minuut", "1 minute"),
        (timedelta(minutes=59), "59 minuten", "59 minutes"),
        (timedelta(hours=1), "1 uur", "1 hour"),
        (timedelta(hours=2, minutes=1), "2 uur en 1 minuut", "2 hours and 1 minute"),
        (timedelta(days=1), "1 dag", "1 day"),
        (timedelta(days=3, hours=4, minutes=5), "3 dagen en 4 uur", "3 days and 4 hours"),
        (timedelta(days=1_000), "1.000 dagen", "1,000 days"),
        (-timedelta(days=1), "minder dan een minuut", "less than a minute"),
    ],
)
def test_a_length_of_time_is_said_in_at_most_two_units(passed: timedelta, dutch: str, english: str) -> None:
    assert Speech("nl").length(NOW, NOW + passed) == dutch
    assert Speech("en").length(NOW, NOW + passed) == english


def test_what_a_reply_waits_for_has_words_for_every_status_it_can_wait_at() -> None:
    for language in LANGUAGES:
        for status in set(ReplyStatus) - {ReplyStatus.POSTED, ReplyStatus.REJECTED, ReplyStatus.EXPIRED}:
            assert " " in Speech(language).state(status)
    assert Speech("nl").state(ReplyStatus.POSTED) == "posted"


# Both languages


def phrase_book(language: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / f"{language}.toml").read_text("utf-8"))


def blanks(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name}


def test_both_languages_say_the_same_things_with_the_same_blanks() -> None:
    books = [phrase_book(language) for language in LANGUAGES]

    assert [sorted(book) for book in books] == [sorted(books[0])] * len(books)
    for part in ("states", "networks", "rules", "phrases"):
        assert [list(book[part]) for book in books] == [list(books[0][part])] * len(books), part
    for phrase, first in books[0]["phrases"].items():
        for book in books[1:]:
            other = book["phrases"][phrase]
            assert isinstance(other, dict) == isinstance(first, dict), phrase
            both = (first["many"], other["many"]) if isinstance(first, dict) else (first, other)
            assert blanks(both[0]) == blanks(both[1]), phrase


def test_every_counted_phrase_has_its_plural_and_its_count() -> None:
    for language in LANGUAGES:
        for phrase, form in phrase_book(language)["phrases"].items():
            if isinstance(form, dict):
                assert {"one", "many"} <= set(form) <= {"none", "one", "many"}, phrase
                assert "{n}" not in form["one"], phrase
                assert "{n}" in form["many"] or phrase.startswith("tile_") or phrase == "answer_time", phrase


def test_every_mistake_and_every_triage_rule_has_words() -> None:
    for language in LANGUAGES:
        book = phrase_book(language)
        assert {field.name for field in fields(Mistakes)} == {*MISTAKES, "down", "rejections", "overrides"}
        assert set(MISTAKES.values()) <= set(book["phrases"])
        assert {f"T{n}" for n in range(1, 17)} | {"N8", "K4"} <= set(book["rules"])


def test_no_english_is_left_in_the_dutch_digest() -> None:
    words = set(re.findall(r"[a-z]+", re.sub(r"https?://\S+", "", digest(**FULL).text.lower())))

    assert not {"the", "and", "reply", "mention", "mentions", "ago", "waits"} & words


# What was learned


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "Since your corrections we flag 12 % less.",
                "Of what we flag 80 % is right, as far as people looked (between 49 and 94 %).",
                "Of what is negative we flag 71 %, by the sample that people checked (between 60 and 82 %).",
                "1 mention that we did not flag is to be checked: monitor sample",
            ],
        ),
        (
            "nl",
            [
                "Sinds uw correcties merken we 12 % minder aan.",
                "Van wat we aanmerken klopt 80 %, voor zover er iemand keek (tussen 49 en 94 %).",
                "Van wat negatief is merken we 71 % aan, volgens de steekproef die is nagekeken (tussen 60 en 82 %).",
                "1 bericht dat we niet aanmerkten moet nog worden nagekeken: monitor sample",
            ],
        ),
    ],
)
def test_what_the_corrections_do_and_how_right_flags_are_is_said_in_a_sentence_each(language: str, sentences: list[str]) -> None:
    learned = Learned(0.12, (0.8, 0.49, 0.94), (0.71, 0.6, 0.82), 1)
    written = digest(language, learned=learned)

    assert sentences == Speech(language).learned(learned)
    assert all(sentence in flat(written.text) and sentence in flat(written.html) for sentence in sentences)


def test_corrections_that_flag_more_say_so_and_those_that_change_nothing_say_nothing() -> None:
    assert ["Since your corrections we flag 7 % more."] == Speech("en").learned(Learned(-0.07))
    assert [] == Speech("en").learned(Learned(0.001)) == Speech("en").learned(Learned())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "By your “not about us” corrections 3 mentions were put aside; they are kept."),
        ("nl", "Door uw correcties “gaat niet over ons” zijn 3 berichten terzijde gelegd; ze blijven bewaard."),
    ],
)
def test_what_clicks_put_aside_is_told_as_a_count(language: str, sentence: str) -> None:
    assert [sentence] == Speech(language).learned(Learned(put_aside=3))

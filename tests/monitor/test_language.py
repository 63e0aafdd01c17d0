from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given

from monitor.language import NEIGHBOURS, TELLING_WORDS, Detector
from tests.strategies import hostile_pieces, hostile_texts

SHARED = Path(os.environ.get("GRAPEVINE_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "sentiment"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(("nl", "en"))


@pytest.fixture(scope="module")
def dutch_only() -> Detector:
    return Detector(("nl",))


SENTENCES = [
    ("nl", "Mijn fiets gaat alweer niet van slot en niemand neemt op"),
    ("nl", "Waardeloze klantenservice, drie kwartier gewacht"),
    ("en", "My bike would not unlock this morning and nobody answers"),
    ("en", "Terrible customer service, waited forty minutes"),
    ("de", "Das Fahrrad lässt sich nicht entsperren, niemand antwortet"),
    ("de", "Schrecklicher Kundendienst, vierzig Minuten gewartet"),
    ("fr", "Le vélo ne se déverrouille pas et personne ne répond"),
    ("es", "La bicicleta no se desbloquea y nadie contesta"),
    ("it", "La bicicletta non si sblocca e nessuno risponde"),
    ("pt", "A bicicleta não desbloqueia e ninguém responde"),
    ("da", "Cyklen kan ikke låses op, og ingen svarer"),
    ("sv", "Cykeln går inte att låsa upp och ingen svarar"),
    ("pl", "Rower się nie odblokowuje i nikt nie odpowiada"),
    ("tr", "Bisiklet açılmıyor ve kimse cevap vermiyor"),
    ("id", "Sepedanya tidak bisa dibuka dan tidak ada yang menjawab"),
]


class TestDetect:
    @pytest.mark.parametrize(("language", "text"), SENTENCES)
    def test_a_sentence_is_in_its_own_language_configured_or_not(self, detector: Detector, language: str, text: str) -> None:
        actual = detector.detect(text, hint="nl")

        assert language == actual

    @pytest.mark.parametrize(("language", "text"), SENTENCES)
    def test_one_configured_language_makes_nothing_else_look_like_it(self, dutch_only: Detector, language: str, text: str) -> None:
        actual = dutch_only.detect(text)

        assert language == actual

    def test_urls_handles_hashtags_and_emoji_are_not_language(self, detector: Detector) -> None:
        noise = "@themayor #whatever https://the.example/and/this/with/you www.the.example 😡👍🏽"

        assert "nl" == detector.detect(f"{noise} de band van mijn fiets is lek gestoken {noise}")
        assert "" == detector.detect(noise)

    @pytest.mark.parametrize("text", ["Top!", "Ok", "👍👍", "", "   ", "12345 !?", "#geweldig @waalfiets", "\ud800\x00"])
    def test_a_text_that_says_too_little_is_as_the_source_says(self, detector: Detector, text: str) -> None:
        assert "nl" == detector.detect(text, "nl")
        assert "en" == detector.detect(text, "EN-us")
        assert "" == detector.detect(text)
        assert "" == detector.detect(text, "de")
        assert "" == detector.detect(text, "und")

    @pytest.mark.parametrize("text", ["Top!", "👍👍", ""])
    def test_a_text_that_says_too_little_is_in_the_only_language_there_is(self, dutch_only: Detector, text: str) -> None:
        assert "nl" == dutch_only.detect(text)
        assert "nl" == dutch_only.detect(text, "und")
        assert "" == dutch_only.detect(text, "de")

    def test_words_that_fit_several_languages_leave_it_to_the_hint(self, detector: Detector) -> None:
        text = "service center hotel"

        assert "" == detector.detect(text)
        assert "en" == detector.detect(text, "en")

    @pytest.mark.parametrize("text", ["مرحبا كيف الحال اليوم يا صديقي", "Привет, велосипед не открывается", "自転車のロックが開きません"])
    def test_another_script_is_another_language_whatever_the_hint(self, detector: Detector, text: str) -> None:
        assert "" == detector.detect(text, "nl")

    def test_a_language_outside_europe_can_be_configured(self) -> None:
        detector = Detector(("nl", "ja"))

        assert "ja" == detector.detect("鍵が開かない")

    def test_norwegian_keeps_the_code_it_was_configured_under(self) -> None:
        detector = Detector(("no", "en"))

        assert "no" == detector.detect("Hvorfor får jeg ikke låst opp sykkelen, ingen svarer på telefonen")

    def test_a_language_that_the_models_do_not_know_is_taken_from_the_source(self) -> None:
        detector = Detector(("nl", "fy"))
        frisian = "Myn fyts giet net fan it slot ôf moarns betiid"

        assert "fy" == detector.detect(frisian, "fy")
        assert "fy" != detector.detect(frisian)

    def test_many_are_answered_in_order(self, detector: Detector) -> None:
        texts = [(text, "") for _, text in SENTENCES]

        actual = detector.detect_many(texts)

        assert [language for language, _ in SENTENCES] == actual

    @given(hostile_texts())
    def test_any_text_has_an_answer_and_always_the_same(self, text: str) -> None:
        detector = DETECTOR

        assert detector.detect(text, "nl") in {*NEIGHBOURS, ""}
        assert detector.detect(text, "nl") == detector.detect(text, "nl")

    @given(hostile_pieces())
    def test_a_million_characters_cost_no_more_than_a_few_thousand(self, piece: str) -> None:
        text = piece * (1_000_000 // len(piece))

        assert DETECTOR.detect(text[:4_000]) == DETECTOR.detect(text)


DETECTOR = Detector(("nl", "en"))


class TestTellingWords:
    def test_no_word_tells_two_languages(self) -> None:
        words = [word for row in TELLING_WORDS.values() for word in row.split()]

        assert sorted(set(words)) == sorted(words)

    def test_each_language_that_is_told_apart_has_some(self) -> None:
        assert set(NEIGHBOURS) == set(TELLING_WORDS)


def read(name: str, language: str) -> list[str]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row["text"].replace(" http", " https://t.co/x") for row in rows if row["lang"] == language][:1_000]


@pytest.mark.parametrize(
    ("name", "language", "right", "wrong"),
    [
        ("nl_politics.jsonl", "nl", 0.985, 0.005),
        ("nl_restaurants.jsonl", "nl", 0.94, 0.015),
        ("xlmt_sentiment.jsonl", "en", 0.985, 0.01),
        # Texts of other languages that come out as Dutch or English; many of these "German" tweets are in fact English.
        ("xlmt_sentiment.jsonl", "de", 0.85, 0.05),
        ("xlmt_sentiment.jsonl", "fr", 0.95, 0.01),
    ],
)
def test_real_tweets_and_reviews_are_told_apart(detector: Detector, name: str, language: str, right: float, wrong: float) -> None:
    texts = read(name, language)
    found = detector.detect_many([(text, "") for text in texts])
    others = sum(code in {"nl", "en"} - {language} for code in found)

    assert found.count(language) >= right * len(texts)
    assert others <= wrong * len(texts)

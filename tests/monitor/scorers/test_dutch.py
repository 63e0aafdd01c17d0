from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given

from monitor.contracts import Scorer
from monitor.domain import Label
from monitor.scorers import SCORERS
from monitor.scorers.dutch import MIXED_CONFIDENCE, NO_WORDS_CONFIDENCE, DutchScorer, feel, weight_of
from tests.strategies import hostile_texts

SHARED = Path(os.environ.get("GRAPEVINE_SHARED", Path(__file__).parents[4] / "shared")) / "data"
SCORER = DutchScorer()


def score(text: str) -> float:
    return feel(text).compound


def test_it_is_a_scorer_for_dutch_alone() -> None:
    [found] = SCORER.score([("It was awful", "en")])

    assert isinstance(SCORER, Scorer)
    assert (Label.NEUTRAL, 0.0, 0.0) == (found.label, found.score, found.confidence)
    assert "dutch" in SCORERS


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("Het eten was niet lekker.", "Het eten was lekker."),
        ("Heel slechte service.", "Slechte service."),
        ("Erg slechte service.", "Een beetje slechte service."),
        ("De fiets werkt niet.", "De fiets werkt."),
        ("De app doet het al drie dagen niet", "De app doet het al drie dagen"),
        ("De rit viel me echt enorm tegen", "De rit viel me echt enorm mee"),
        ("Ze lieten ons in de steek", "Ze lieten ons binnen"),
        ("Het was lekker, maar veel te duur", "Het was veel te duur, maar lekker"),
        ("Wat een SLECHTE ervaring vandaag", "Wat een slechte ervaring vandaag"),
        ("Slechte service!!!", "Slechte service"),
        ("Weer een pinstoring", "Weer een pinautomaat"),
        ("Wat een klotebedrijf", "Wat een bedrijf"),
        ("Ik sta hier te wachten 😡", "Ik sta hier te wachten"),
        ("Bedankt :(", "Bedankt :)"),
    ],
)
def test_what_is_worse_scores_lower(less: str, more: str) -> None:
    assert score(less) < score(more)


@pytest.mark.parametrize(
    ("word", "known"),
    [("dure", "duur"), ("vlotte", "vlot"), ("lieve", "lief"), ("mooiste", "mooi"), ("vieze", "vies"), ("lekkerste", "lekker")],
)
def test_an_inflected_word_weighs_what_its_stem_weighs(word: str, known: str) -> None:
    assert weight_of(known) == weight_of(word)
    assert weight_of(known) != 0


@pytest.mark.parametrize("word", ["misschien", "rotonde", "wandelen", "fiets", "de"])
def test_a_word_that_only_looks_like_a_compound_weighs_nothing(word: str) -> None:
    assert weight_of(word) == 0


def test_addresses_and_names_of_people_weigh_nothing() -> None:
    assert score("@slechte_jan https://x.test/slecht") == 0


def test_the_confidence_says_what_it_rests_on() -> None:
    nothing, mixed, sure = SCORER.score([("De trein rijdt om negen uur", "nl"), ("goed goed niet goed", "nl"), ("Wat een drama", "nl")])

    assert (Label.NEUTRAL, NO_WORDS_CONFIDENCE) == (nothing.label, nothing.confidence)
    assert mixed.confidence > MIXED_CONFIDENCE or mixed.label is Label.NEUTRAL
    assert (Label.NEGATIVE, ("drama -3.0",)) == (sure.label, sure.reasons)


@pytest.mark.parametrize("text", ["Dit is géén goede service", "Het is níet goed", "Dit is NÓÓIT goed"])
def test_a_denial_that_is_stressed_by_accents_denies(text: str) -> None:
    plain = text.translate(str.maketrans("éíóÓ", "eioO"))

    assert score(plain) == score(text)
    assert score(text) < 0


@given(hostile_texts())
def test_any_text_gets_a_score_within_bounds_and_the_same_one_twice(text: str) -> None:
    first = score(text)

    assert first == score(text)
    assert -1 <= first <= 1


def test_a_megabyte_of_anything_is_read_in_linear_time() -> None:
    for text in (":" * 1_000_000, "a" * 1_000_000, "niet " * 200_000, "valt " * 200_000, "a'" * 500_000, "http://" * 150_000):
        assert -1 <= score(text) <= 1


@pytest.mark.parametrize(("name", "least"), [("nl_restaurants", 0.55), ("nl_politics", 0.5)])
def test_it_reads_real_dutch_better_than_it_guesses(name: str, least: float) -> None:
    file = SHARED / "sentiment" / f"{name}.jsonl"
    if not file.exists():
        pytest.skip(f"{file} is not there")
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    found = SCORER.score([(line["text"], "nl") for line in lines])
    recalls = []
    for label in Label:
        rows = [sentiment.label is label for line, sentiment in zip(lines, found, strict=True) if line["label"] == label.value]
        recalls.append(sum(rows) / len(rows))

    assert least <= sum(recalls) / 3

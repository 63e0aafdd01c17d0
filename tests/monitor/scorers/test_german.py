from __future__ import annotations

import pytest
from hypothesis import given

from monitor.scorers.german import feel, weight_of
from tests.strategies import hostile_texts


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("Das Essen war nicht gut", "Das Essen war gut"),
        ("Sehr schlechte Bahn", "Schlechte Bahn"),
        ("Etwas gut", "Gut"),
        ("Das klappt nicht", "Das klappt"),
        ("Schön, aber viel zu teuer", "Viel zu teuer, aber schön"),
        ("Wieder eine Oberleitungsstörung", "Wieder eine Oberleitung"),
        ("Danke :(", "Danke :)"),
        ("So ein CHAOS heute", "So ein Chaos heute"),
        ("Schlecht!!!", "Schlecht"),
    ],
)
def test_what_is_worse_scores_lower(less: str, more: str) -> None:
    assert feel(less).compound < feel(more).compound


@pytest.mark.parametrize(("word", "known"), [("freundliche", "freundlich"), ("schönes", "schön"), ("nervten", "nervt")])
def test_an_inflected_word_weighs_what_its_stem_weighs(word: str, known: str) -> None:
    assert weight_of(known) == weight_of(word)


def test_a_word_that_is_not_listed_weighs_nothing() -> None:
    assert 0 == weight_of("oberleitung") == weight_of("zug")


@given(hostile_texts())
def test_any_text_gets_a_score_within_bounds(text: str) -> None:
    assert -1 <= feel(text).compound <= 1

"""Relevance on brands that were never trained on, and at the edges.

`relevance_posts.jsonl` holds invented posts about seven brands whose names are ordinary words, verbs or people's names (Nova, Haven,
Basis, Eik, Heerlijk, Wells, Raven), in Dutch and English, written before the weights were made and never learnt from;
training/relevance_posts.jsonl holds those that were.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given

from monitor.encoding import find_encoder
from monitor.relevance import RULES, WORDS_ONLY, Encode, Subject, prepare, sight, weigh, weigh_many
from monitor.relevance.subject import SECTORS
from tests.strategies import hostile_texts

POSTS = [json.loads(line) for line in (Path(__file__).parent / "relevance_posts.jsonl").read_text("utf-8").splitlines()]
BANK = "Ekster is een online bank met betaalrekeningen en een app."


def figures(encode: Encode | None) -> tuple[float, float]:
    told = [
        (weigh(prepare(tuple(post["terms"]), tuple(post["exclude"]), post["description"]), post["text"], encode).about, post["about_brand"])
        for post in POSTS
    ]
    right = told.count((True, True))
    return right / sum(said for said, _meant in told), right / sum(meant for _said, meant in told)


def test_brands_never_seen_are_told_from_the_ordinary_word_by_words_alone() -> None:
    precision, recall = figures(None)

    assert precision >= 0.9
    assert recall >= 0.95


def test_brands_never_seen_are_told_from_the_ordinary_word_with_the_encoder() -> None:
    encode = find_encoder() or pytest.skip("the encoder is not installed")
    precision, recall = figures(encode)

    assert precision >= 0.9
    assert recall >= 0.95


@pytest.mark.parametrize(
    ("text", "about", "rule"),
    [
        ("Ekster heeft mijn rekening geblokkeerd", True, "A1"),
        ("rekening betaling pinpas, ekster, saldo en hypotheek", True, "A2"),
        ("hoi @ekster", True, "A1"),
        ("Ik zag een ekster bij de rekening", False, "A3"),
        ("een ekster en een kraai in de boom, wat een vogels", False, "A4"),
        ("Ekster heeft mijn rekening geblokkeerd, las ik bij museum Ekster", False, "A5"),
        ("De kraai zit in de boom", False, "A5"),
    ],
)
def test_each_rule_names_what_weighed_most(text: str, about: bool, rule: str) -> None:
    found = weigh(prepare(("Ekster",), ("museum Ekster",), BANK), text)

    assert (about, rule) == (found.about, found.rule)
    assert rule in RULES
    assert (found.p >= WORDS_ONLY.threshold) == about


PLUK = prepare(("Pluk",), (), "winkel en webshop voor verse groente en maaltijdboxen")
FETCH = prepare(("Fetch",), (), "app that delivers groceries to your door")
WELLS = prepare(("Wells", "Wells Council"), (), "council: parks, markets, parking and public toilets")


@pytest.mark.parametrize(
    ("subject", "text", "about"),
    [
        (PLUK, "Zaterdag kan ik pluk en groente van het land halen", False),
        (PLUK, "Elke week pluk ik zelf de groente en kook een maaltijd", False),
        (PLUK, "Wij bestellen elke week groente en een maaltijd bij Pluk", True),
        (PLUK, "pluk levert de groente en maaltijd weer te laat", True),
        (FETCH, "I'll fetch some groceries on the way home, bread too", False),
        (FETCH, "We fetch our groceries ourselves, bread and milk", False),
        (FETCH, "Fetch delivered my groceries without bread", True),
        (FETCH, "my groceries came from fetch without the bread", True),
        (WELLS, "My teacher, Dr Wells, takes the class through the park", False),
        (WELLS, "Dr. Wells retired and walks in the park every day", False),
        (WELLS, "Wells closed the park and the toilets", True),
    ],
)
def test_a_verb_or_a_persons_name_is_told_from_the_brand(subject: Subject, text: str, about: bool) -> None:
    assert about == weigh(subject, text).about


def test_the_longest_of_the_terms_is_the_one_that_stands_there() -> None:
    seen, _vector = sight(WELLS, "Wells Council has closed the lido", lambda texts: [[1.0] * 512 for _text in texts])

    assert "whole name" in seen[0]
    assert "name after" not in seen[0]


def test_a_description_is_read_for_the_kind_of_company_and_not_for_having_an_app() -> None:
    assert ("supermarket",) == FETCH.kinds
    assert "software" in prepare(("Note",), (), "an app").kinds


@pytest.mark.parametrize("word", ["reisverzekering", "zorgverzekeraar", "verzekering"])
def test_the_last_part_of_a_compound_counts_as_the_word(word: str) -> None:
    assert word in SECTORS["insurance"]


def test_only_what_words_leave_undecided_goes_through_the_encoder() -> None:
    asked: list[Sequence[str]] = []

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        asked.append(texts)
        return [[1.0] * 512 for _text in texts]

    subject = prepare(("Ekster",), (), BANK)
    weigh_many(subject, ["niets", "Ekster", "een ekster en een kraai en een merel, vogels in een boom in de tuin bij een nest"], encode)

    assert [[BANK, "ekster"], [""]] == asked[::-1] or [[""], [BANK, "ekster"]] == asked


def test_without_a_description_words_decide() -> None:
    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        raise AssertionError(texts)

    assert weigh(prepare(("Ekster",)), "De app van Ekster werkt niet", encode).about


def test_of_a_long_text_the_passages_around_the_term_are_judged() -> None:
    far = "De vogel zit in de boom. " * 400
    found = weigh(prepare(("Ekster",), (), BANK), f"{far} Ekster heeft mijn rekening geblokkeerd en de app werkt niet. {far}")

    assert found.p > weigh(prepare(("Ekster",), (), BANK), f"{far} een ekster. {far}").p


def test_a_term_of_several_words_and_one_with_a_star_are_found() -> None:
    assert "A5" != weigh(prepare(("De Ekster",)), "Bij De Ekster werd ik goed geholpen").rule
    assert "A5" != weigh(prepare(("Ekster*",)), "Eksterbank heeft een storing").rule
    assert "A5" == weigh(prepare(("De Ekster",)), "Bij De Kraai").rule


@given(hostile_texts())
def test_whatever_comes_there_is_an_answer(text: str) -> None:
    found = weigh(prepare(("Ekster", "x"), ("nest",), BANK), text)

    assert 0 <= found.p <= 1
    assert found.rule in RULES


@pytest.mark.parametrize(
    "make", [lambda: "ekster " * 150_000, lambda: "a" * 1_000_000, lambda: "http://" + "x-" * 400_000, lambda: "'-." * 300_000]
)
def test_a_megabyte_of_anything_is_judged_in_one_pass(make: Callable[[], str]) -> None:
    assert weigh(prepare(("Ekster",), ("nest",), BANK), make()).rule in RULES


def test_training_sees_each_place_of_a_term_and_what_stands_around_it() -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        asked.extend(texts)
        return [[1.0] * 512 for _text in texts]

    places, vector = sight(prepare(("Ekster",), (), BANK), "Bij Ekster is het druk, zegt Ekster.", encode)

    assert (2, 512) == (len(places), len(vector))
    assert "Bij is het druk, zegt ." == asked[0]
    with pytest.raises(TypeError, match="none of the terms"):
        sight(prepare(("Ekster",)), "Niets", encode)


def test_a_term_inside_a_handle_counts_where_it_stands_nowhere_else() -> None:
    assert "A5" != weigh(prepare(("Ekster",), (), BANK), "@eksterbank mijn rekening is geblokkeerd").rule


def test_a_text_without_letters_or_in_capitals_is_judged_too() -> None:
    assert weigh(prepare(("Ekster",), (), BANK), "EKSTER GEEF MIJN GELD TERUG, REKENING LEEG").rule in RULES
    assert "A5" == weigh(prepare(("Ekster",)), "!!! ???").rule

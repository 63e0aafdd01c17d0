"""A breach in words that no list holds is heard; honest sentences of the same sound are not."""

from __future__ import annotations

import pytest

from responders.policy import tenor
from tests.responders.policy.judging import objections, rules


@pytest.mark.parametrize(
    ("language", "rule", "sentence"),
    [
        ("en", "N9", "Our lift clearly prefers the ground floor."),
        ("en", "N2", "Other travellers managed to find the platform."),
        ("nl", "N8", "Bij ons draait alles om u."),
        ("en", "N8", "Smiles are what we deliver."),
    ],
)
def test_a_breach_in_words_of_its_own_is_heard(language: str, rule: str, sentence: str) -> None:
    assert rule in rules(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We won't take legal action."),
        ("en", "You can take this to the ombudsman or to court."),
        ("nl", "Wij zijn verantwoordelijk, niet de leverancier."),
        ("en", "Yes, we took that comment down, and we should not have."),
        ("nl", "Ik zoek het voor je uit en kom er hier op terug."),
    ],
)
def test_what_only_sounds_like_a_breach_is_none(language: str, sentence: str) -> None:
    assert rules(sentence, language).isdisjoint(tenor.KINDS)


@pytest.mark.parametrize("signature", ["Rhona, Fellside Mountain Rescue Shop", "Stan, Hollin Bus Museum Trips"])
def test_a_name_with_ours_beside_it_says_only_who_writes(signature: str) -> None:
    reply = f"We printed the wrong time and that was our mistake. Sorry. Does the 27th work? Reply here. {signature}"

    assert rules(reply, "en", brand=signature.split(", ")[1]).isdisjoint(tenor.KINDS)


def test_what_is_heard_says_its_rule_and_asks_a_person_to_read_it_again() -> None:
    heard = [one for one in objections("Our lift clearly prefers the ground floor.", "en") if one["rule"] == "N9"]

    assert len(heard) == 1
    assert heard[0]["severity"] == "amber"
    assert "N9" in heard[0]["sentence"]


@pytest.mark.parametrize("text", ["", " ", "😅" * 900, "a" * 5000, "\u202e\u0000", "﷽" * 50])
def test_any_text_can_be_read(text: str) -> None:
    assert tenor.sounds_like(text) in {None, *tenor.KINDS}


def test_a_word_of_honest_answers_is_no_strange_one() -> None:
    heard = tenor.load_tenor()

    assert not heard.is_strange("REFUND")
    assert heard.is_strange("brontosaurus")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "Wie zoiets deelt, heeft doorgaans zelf haast."), ("en", "Our plant abroad has a different idea of care than others.")],
)
def test_more_leeway_tells_of_no_less(language: str, sentence: str) -> None:
    everything = (99.0,) * len(tenor.KINDS)

    assert tenor.sounds_like(sentence, everything) in tenor.KINDS
    assert tenor.sounds_like(sentence, tuple(-one for one in everything)) is None

"""Concern before defence (R8) and safety first (R9)."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, rules

POST = {
    "nl": "De rem van mijn Waalfiets weigerde en mijn zoon is gevallen. Hij heeft een gebroken arm.",
    "en": "The brake of my Waalfiets failed and my son fell off. He has a broken arm.",
}
CONCERNED = {
    "nl": [
        "Wat erg dat je zoon gevallen is.",
        "Hoe gaat het nu met je zoon?",
        "Ik hoop dat je zoon snel opknapt.",
        "We wensen je zoon veel sterkte.",
        "Ik schrik hiervan.",
        "Beterschap voor je zoon.",
        "Wat een nare val. Leeft hij weer een beetje op?",
        "We leven met jullie mee.",
        "Het spijt me dat je zoon gewond is geraakt.",
        "Arme jongen; hoe is het met zijn arm?",
    ],
    "en": [
        "I'm so sorry your son was hurt.",
        "How is your son now?",
        "I hope your son recovers soon.",
        "We wish your son a speedy recovery.",
        "This is awful.",
        "Our thoughts are with your son.",
        "That must have been frightening for both of you.",
        "Is he all right?",
        "I am sorry about your son's arm.",
        "Poor lad; how is his arm?",
    ],
}
DEFENSIVE = {
    "nl": [
        "Onze remmen worden elke week gecontroleerd. Wat erg van je zoon.",
        "Dat is niet onze schuld. Sterkte voor je zoon.",
        "De rem weigerde niet. Beterschap.",
        "Dit is de eerste keer dat dit gebeurt. Hoe gaat het met je zoon?",
        "We zoeken uit wat er met de rem was.",
        "Je zoon had moeten afstappen. Beterschap.",
    ],
    "en": [
        "Our brakes are checked every week. So sorry about your son.",
        "That is not our fault. Get well soon.",
        "The brake did not fail. Get well soon.",
        "This is the first time this has happened. How is your son?",
        "We are finding out what happened to the brake.",
        "Your son should have got off. Get well soon.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(CONCERNED))
def test_concern_is_heard_in_many_words(lang: str, sentence: str) -> None:
    assert "R8" not in rules(sentence, lang, post=POST[lang])


@pytest.mark.parametrize(("lang", "sentence"), both(DEFENSIVE))
def test_defence_before_concern_or_none_at_all_is_refused(lang: str, sentence: str) -> None:
    assert "R8" in rules(sentence, lang, post=POST[lang])


def test_where_nobody_is_hurt_no_concern_is_asked() -> None:
    assert "R8" not in rules("Onze sloten worden elke week gecontroleerd.", "nl")


@pytest.mark.parametrize(
    ("lang", "reply", "broken"),
    [
        ("nl", "Eva van Waalfiets hier. Wat erg. Rijd niet verder op deze fiets en zet hem op slot. We zoeken het uit.", False),
        ("nl", "Stap af als je rem slecht pakt, en bel 024 555 01 00. Hoe gaat het met je zoon?", False),
        ("nl", "Gebruik de fiets niet meer. Hoe gaat het met je zoon?", False),
        ("nl", "Wat erg. We zoeken uit wat er met de rem was, en morgen hoor je meer. Rijd intussen niet verder.", True),
        ("nl", "Wat erg. We zoeken uit wat er met de rem was.", True),
        ("en", "Eva from Waalfiets here. How awful. Please don't ride this bike any further and lock it. We are finding out.", False),
        ("en", "Stop riding it and call 024 555 01 00. How is your son?", False),
        ("en", "Please leave the bike where it is. How is your son?", False),
        ("en", "How awful. We are finding out what happened to the brake, and you'll hear tomorrow. Meanwhile, do not ride it.", True),
        ("en", "How awful. We are finding out what happened to the brake.", True),
    ],
)
def test_in_danger_what_keeps_people_safe_comes_first(lang: str, reply: str, broken: bool) -> None:
    assert ("R9" in rules(reply, lang, post=POST[lang])) is broken


@pytest.mark.parametrize(
    ("lang", "post", "danger"),
    [
        ("nl", "Het ruikt hier naar gas sinds jullie monteur er was.", True),
        ("nl", "De accu vatte vlam.", True),
        ("nl", "Er zat glas in mijn salade.", True),
        ("nl", "Het stuur brak af.", True),
        ("nl", "De app is traag.", False),
        ("nl", "Leuk merk!", False),
        ("en", "It smells of gas since your engineer came.", True),
        ("en", "The battery caught fire.", True),
        ("en", "There was glass in my salad.", True),
        ("en", "The handlebar came off.", True),
        ("en", "The app is slow.", False),
        ("en", "Fire the manager!", False),
    ],
)
def test_danger_is_seen_in_a_post(lang: str, post: str, danger: bool) -> None:
    assert (
        "R9" in rules("Wij zoeken uit hoe dit kan." if lang == "nl" else "We are finding out how this could be.", lang, post=post)
    ) is danger

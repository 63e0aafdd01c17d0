"""Sentences that only introduce who writes: by name, post and our name, in any order."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, objections, rules

_MORE = {
    "nl": " Een slot dat dicht blijft bij Lent, dat is naar. We weten nog niet waarom; morgen om 12 uur zet ik hier het antwoord.",
    "en": " A lock that stays shut at Lent is a nuisance. We don't know yet why; I'll post the answer here tomorrow at noon.",
}
INTRODUCED = {
    "nl": [
        "Hoi, Prudence van de planning bij Waalfiets.",
        "Hoi, Berend, bedrijfsleider van Waalfiets.",
        "Goedemorgen, Dorien van klachtenbemiddeling in Waalfiets.",
        "Wat naar. Dit is Eline van de werkplaats van Waalfiets.",
        "Hatice, monteur in Waalfiets.",
        "Waalfiets, Nico hier.",
        "Met de beheerder van Waalfiets, Ikram.",
        "Dag, Jip van de stalling van Waalfiets.",
    ],
    "en": [
        "Hi, Sipho from network operations at Waalfiets.",
        "Hello, Orla from the repair team at Waalfiets.",
        "Hi, Tom from the Waalfiets box office.",
        "Waalfiets, it's Andrew.",
        "Waalfiets, this is Ros.",
        "Good evening. You have the duty manager of Waalfiets here, Ikram.",
        "Hey, Waalfiets here (name's Keiko).",
        "Dot Harker, centre manager, Waalfiets.",
    ],
}
NOT_INTRODUCED = {
    "nl": [
        "Hoi, Berend, bedrijfsleider.",
        "Nare ervaring met het slot bij Waalfiets.",
        "Sjors hier. Trouwe klanten van Waalfiets kennen me.",
        "Berend, al jaren klant van Waalfiets.",
        "Is Berend van de werkplaats bij Waalfiets langs geweest?",
        "Noor, je fiets van Waalfiets is onderweg.",
    ],
    "en": [
        "Prudence from bookings.",
        "Rotten service from start to end at Waalfiets.",
        "Dot here. I know Waalfiets means a lot to riders.",
        "Ros, a regular customer of Waalfiets.",
        "Was that Ros from repairs at Waalfiets?",
        "Noor, your bike from Waalfiets is on its way.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(INTRODUCED))
def test_a_sentence_that_only_says_who_writes_tells_for_whom_and_by_name(lang: str, sentence: str) -> None:
    invitation = {"nl": " Zeg het me hier.", "en": " Tell me here."}[lang]

    assert not {"R1", "R10"} & rules(sentence + _MORE[lang] + invitation, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NOT_INTRODUCED))
def test_our_name_in_any_other_sentence_introduces_nobody(lang: str, sentence: str) -> None:
    assert "R1" in rules(sentence + _MORE[lang], lang)


@pytest.mark.parametrize(
    ("brand", "reply"),
    [
        ("Scooterdeel Zip", "Zip, Nico hier."),
        ("Busmaatschappij Delta-Oost", "Hoi, Emre van Delta-Oost."),
        ("Jarrow & Finch Opticians", "Jarrow & Finch, this is Ros."),
    ],
)
def test_what_people_call_us_is_our_name_though_short_or_in_two_halves(brand: str, reply: str) -> None:
    assert "R1" not in rules(reply + _MORE["en"], "en", brand=brand)


def test_a_post_without_our_name_gives_a_name_and_does_not_say_for_whom() -> None:
    found = objections("Hoi, Berend, bedrijfsleider." + _MORE["nl"] + " Reageer gerust.")

    assert {"R1"} == {one["rule"] for one in found if one["rule"] in {"R1", "R10"}}


@pytest.mark.parametrize(
    ("lang", "signature", "named"),
    [
        ("nl", "\n\nTechnische dienst Waalfiets, Sjors", True),
        ("nl", "\n\nTechnische dienst Waalfiets", False),
        ("nl", " ^JvD, namens Waalfiets", True),
        ("nl", " De ^JvD van Waalfiets kent u niet.", False),
        ("en", "\n\nWarmly,\nDot Harker\nCentre manager, Waalfiets", True),
        ("en", "\n\nWarmly,\nThe centre manager, Waalfiets", False),
        ("en", " ^HA, on behalf of Waalfiets", True),
        ("en", " We say ^HA when you use your bike from Waalfiets", False),
    ],
)
def test_a_signature_may_hold_a_post_and_our_name_beside_the_name(lang: str, signature: str, named: bool) -> None:
    invitation = {"nl": " Reageer gerust.", "en": " Ask me here."}[lang]
    missing = [one["sentence"] for one in objections(_MORE[lang] + invitation + signature, lang) if one["rule"] == "R10"]

    assert named is not any(part in sentence for sentence in missing for part in ("een naam", "a name"))


@pytest.mark.parametrize(
    ("lang", "sentence", "invites"),
    [
        ("en", "Put any question to me below.", True),
        ("en", "You can put questions to the garage on 2 April, or to me here.", True),
        ("en", "We put your question to the garage here.", False),
        ("nl", "Zet je vraag hieronder neer.", True),
        ("nl", "Morgen zet ik het antwoord hier.", False),
    ],
)
def test_asking_to_write_invites_and_what_we_write_ourselves_does_not(lang: str, sentence: str, invites: bool) -> None:
    reply = {"nl": "Eva van Waalfiets hier. We weten nog niet waarom. ", "en": "Eva from Waalfiets here. We don't know yet why. "}[lang]
    missing = [one["sentence"] for one in objections(reply + sentence, lang) if one["rule"] == "R10"]

    assert invites is not bool(missing)


@pytest.mark.parametrize(("reply", "speaks"), [("Happy to check.", True), ("The lock is being checked.", False)])
def test_a_sentence_may_leave_the_first_person_out(reply: str, speaks: bool) -> None:
    missing = [one["sentence"] for one in objections(f"{reply} What did you see? Ross", "en") if one["rule"] == "R10"]

    assert speaks is not any("first person" in sentence for sentence in missing)

"""What is repaired where we were wrong (R4): told as the facts tell it, done or to come, and never the fault again."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, rules

POST = {
    "nl": "@Waalfiets de borg van € 30 is twee keer afgeschreven en de stalling ging dinsdag niet open. Niemand nam op.",
    "en": "@Waalfiets took the £30 deposit twice and the shed never opened on Tuesday. Nobody picked up.",
}
FACTS = {
    "nl": [
        ("Waalfiets schreef de borg door een fout twee keer af", "boekhouding"),
        ("De tweede borg en € 4 ritkosten zijn 6 maart overgemaakt; de stalling wordt sinds 7 maart om 6.00 uur geopend", "boekhouding"),
    ],
    "en": [
        ("Waalfiets charged the deposit twice by mistake", "accounts"),
        ("The second deposit and £4 for the ride were sent on 6 March; since 7 March the shed is opened at 6:00", "accounts"),
    ],
}
OWNED = {
    "nl": "Eva van Waalfiets. Wij schreven je borg twee keer af, dat is onze fout en het spijt me. ",
    "en": "Eva from Waalfiets. We charged your deposit twice, which is our mistake, and I'm sorry. ",
}
MENDED = {
    "nl": [
        "De tweede borg is overgemaakt.",
        "Voor de rit is ook € 4 naar je onderweg.",
        "Je vindt de stalling nu elke dag vanaf 6.00 uur open.",
        "Sinds vrijdag doen wij zelf de deur open.",
        "Het bedrag gaat vandaag naar je terug.",
        "Er is een nieuw slot op de deur gezet.",
        "Je kunt morgen in de werkplaats terecht.",
        "De boete schelden we je kwijt.",
        "De rekening is ingetrokken.",
    ],
    "en": [
        "The second deposit went back yesterday.",
        "There's £4 on its way for the ride as well.",
        "You will find the shed open at 6:00 these days.",
        "From Friday we do the door ourselves.",
        "The charge was cancelled yesterday.",
        "A new lock is fitted and ready.",
        "Your money is with you by Friday.",
        "Both fees have been waived.",
        "The bill was lifted this morning.",
    ],
}
NOT_MENDED = {
    "nl": [
        "Het komt in ons overleg.",
        "De boekhouding kent je zaak en we hopen er met je uit te komen.",
        "Wij hebben op dinsdag de borg twee keer afgeschreven.",
        "Mijn collega's hebben het er dinsdag over gehad.",
        "Bel bij vragen dezelfde dag de stalling.",
        "We zijn de terugbetaling vergeten.",
        "Je bent altijd welkom.",
        "We doen wat we kunnen.",
    ],
    "en": [
        "It is on the agenda of our next meeting.",
        "Accounts are aware of it and we hope to work it out with you.",
        "On Tuesday we sent your deposit to the bank for the second time.",
        "We handed the bike over before the lock was fixed.",
        "You are always welcome back with us.",
        "I have spoken to the people in accounts.",
        "We are restoring what we can.",
        "We forgot the refund on Tuesday.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(MENDED))
def test_a_remedy_counts_in_whatever_words_and_tense_it_is_told(lang: str, sentence: str) -> None:
    assert "R4" not in rules(OWNED[lang] + sentence, lang, responsible=True, post=POST[lang], facts=FACTS[lang])


@pytest.mark.parametrize(("lang", "sentence"), both(NOT_MENDED))
def test_what_went_wrong_means_well_or_is_talked_about_mends_nothing(lang: str, sentence: str) -> None:
    assert "R4" in rules(OWNED[lang] + sentence, lang, responsible=True, post=POST[lang], facts=FACTS[lang])


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_without_facts_a_remedy_is_still_one(lang: str) -> None:
    assert "R4" not in rules(OWNED[lang] + MENDED[lang][4], lang, responsible=True, post=POST[lang])
    assert "R4" in rules(OWNED[lang] + NOT_MENDED[lang][0], lang, responsible=True, post=POST[lang])

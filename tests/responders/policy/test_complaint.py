"""Naming the complaint (R2) and answering it here (N7)."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import POSTS, both, rules

NAMED = {
    "nl": [
        "Een slot dat dicht blijft, dat hoort niet.",
        "Vervelend dat je niet kon ontgrendelen.",
        "Bij Lent ging het mis.",
        "Je was te laat door ons.",
        "De sloten haperden.",
        "Door de vertraging kwam je niet op tijd.",
    ],
    "en": [
        "A lock that stays shut is no good.",
        "Sorry that you could not unlock it.",
        "It went wrong at Lent.",
        "You were late because of us.",
        "The locks failed.",
        "The delay was ours.",
    ],
}
UNNAMED = {
    "nl": [
        "Wat vervelend om te horen.",
        "Sorry voor je ervaring met ons.",
        "Bedankt voor je bericht.",
        "We vinden dit erg vervelend en gaan ermee aan de slag.",
        "We begrijpen je klacht.",
    ],
    "en": [
        "Sorry to hear that.",
        "Sorry about your experience with us.",
        "Thanks for your message.",
        "We find this very annoying and will get to work.",
        "We understand your complaint.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(NAMED))
def test_a_complaint_is_named_in_other_words_too(lang: str, sentence: str) -> None:
    assert "R2" not in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(UNNAMED))
def test_words_that_fit_any_post_name_no_complaint(lang: str, sentence: str) -> None:
    assert "R2" in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "number"), [("nl", "34,95"), ("en", "34.95")])
def test_an_amount_as_given_names_the_complaint(lang: str, number: str) -> None:
    post = {"nl": "Nog steeds geen 34,95 gezien van jullie.", "en": "Still no 34.95 seen from you."}[lang]

    assert "R2" not in rules({"nl": f"Die {number} hoort bij jou.", "en": f"That {number} is yours."}[lang], lang, post=post)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_repeating_the_post_word_for_word_is_not_naming_it(lang: str) -> None:
    assert "R2" in rules(POSTS[lang], lang)


def test_a_post_without_anything_to_name_asks_for_nothing() -> None:
    assert "R2" not in rules("Wat is er gebeurd?", "nl", post="Waalfiets...")


ELSEWHERE = {
    "nl": [
        "Stuur ons een DM.",
        "Wat vervelend! Stuur je ons een privébericht? Dan helpen we je verder.",
        "Neem contact op met onze klantenservice.",
        "Hoi Noor, hier Eva van Waalfiets. Mail ons even, dan kijken we mee.",
    ],
    "en": [
        "Please DM us.",
        "Sorry to hear that! Could you send us a private message? Then we can help.",
        "Please contact our customer service.",
        "Hi Noor, Eva from Waalfiets here. Send us a message and we'll look into it.",
    ],
}
HERE = {
    "nl": [
        "We weten nog niet waarom het slot dicht bleef; stuur een DM als je wilt bellen.",
        "Dat is onze fout. Stuur gerust een DM.",
        "Morgen laten we hier weten wat er met het slot was. Liever privé? Stuur een DM.",
        "We kijken vandaag het slot bij station Lent na.",
    ],
    "en": [
        "We don't know yet why the lock stayed shut; send a DM if you want a call.",
        "That is our mistake. Feel free to DM us.",
        "Tomorrow we will say here what happened to the lock. Rather in private? Send a DM.",
        "We are checking the lock at Lent station today.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(ELSEWHERE))
def test_sending_people_elsewhere_is_no_answer(lang: str, sentence: str) -> None:
    assert "N7" in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(HERE))
def test_an_answer_here_may_offer_a_private_message_too(lang: str, sentence: str) -> None:
    assert "N7" not in rules(sentence, lang)

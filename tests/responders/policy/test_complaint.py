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


HAPPENED_FACTS = {
    "nl": [
        ("Monteurs regio West 8 mei: 14 afspraken vervallen door ziekte, sms niet verstuurd. Nieuwe afspraak in de planner.", "planning")
    ],
    "en": [("Three runs dropped on 8 May for lack of conductors, text to passengers not sent. Next run is double length.", "control log")],
}
ABSENT = {"nl": "Niemand verscheen, geen bericht, vrije dag weg.", "en": "Nobody showed up, whole morning ruined."}
TOLD = {
    "nl": [
        "Door ziekte vervielen er 14 afspraken.",
        "Op 8 mei zijn onze monteurs ziek geworden.",
        "De sms over de afspraken ging niet uit.",
    ],
    "en": [
        "All of it fell to a shortage of conductors on three runs.",
        "On 8 May we had no conductors.",
        "The text to passengers never went out; we forgot.",
    ],
}
UNTOLD = {
    "nl": [
        "In de planner kies je een nieuwe afspraak.",
        "Er ging iets fout op 8 mei.",
        "Werden monteurs en afspraken vergeten?",
        "Als onze monteurs ziek werden, horen we dat.",
    ],
    "en": [
        "The next run is double length.",
        "Something went wrong on 8 May.",
        "Were conductors and passengers forgotten?",
        "If conductors had missed runs we would hear.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(TOLD))
def test_telling_what_happened_as_the_facts_do_names_the_complaint(lang: str, sentence: str) -> None:
    assert "R2" not in rules(sentence, lang, post=ABSENT[lang], facts=HAPPENED_FACTS[lang], responsible=True)


@pytest.mark.parametrize(("lang", "sentence"), both(UNTOLD))
def test_a_repair_or_a_bare_day_tells_nothing_of_what_happened(lang: str, sentence: str) -> None:
    assert "R2" in rules(sentence, lang, post=ABSENT[lang], facts=HAPPENED_FACTS[lang], responsible=True)


@pytest.mark.parametrize(
    ("post", "reply", "named"),
    [
        ("Ophangsysteem van de schuifkast is er niet bij! Schandalig.", "Bij kasten van januari zit het erbij.", True),
        ("Waarom bewaren jullie mijn paspoortkopie?! Schandalig.", "Zo'n kopie hoort weg te zijn.", True),
        ("Waarom bewaren jullie mijn paspoortkopie?! Schandalig.", "Zo'n kopje hoort weg te zijn.", False),
        ("Jullie kassabon klopt nooit, belachelijk.", "De kassa zoeken we na.", True),
        ("Jullie kassabon klopt nooit, belachelijk.", "De kas zoeken we na.", False),
    ],
)
def test_a_part_of_a_dutch_compound_names_it(post: str, reply: str, named: bool) -> None:
    assert ("R2" not in rules(reply, "nl", post=post)) is named


def test_a_blessing_is_praise() -> None:
    praise = "Left on a stretcher, three staff carried me off, no fuss. Bless them."

    assert "R2" not in rules("Glad you were in good hands.", "en", post=praise)
    assert "R2" in rules("Glad you were in good hands.", "en", post=praise.replace("them", "their boss"))

"""Who speaks: for whom (R1), as a person (R10), never behind a mask (N12)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.domain import Author, Brand, History, Mention, MentionStatus, StoredMention
from responders.policy import review
from responders.policy.context import Context
from responders.policy.voice import has_name
from tests.builders import NOW, a_brand, a_stored_mention
from tests.responders.policy.judging import both, objections, rules

_NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)

SPEAKING = {
    "nl": [
        "Eva van Waalfiets hier.",
        "Namens Waalfiets: het slot is onderzocht.",
        "Dit is het webteam van Waalfiets.",
        "Waalfiets hier.",
        "Wij van Waalfiets zoeken het uit.",
        "Ik werk bij Waalfiets en zoek het uit.",
        "Bij Waalfiets zoeken we dit uit.",
        "We zoeken het uit. Groet, Eva van Waalfiets",
        "We zoeken het uit. – Eva, Waalfiets",
        "We zoeken het uit. Team Waalfiets",
        "We zoeken het uit. Eva | Waalfiets",
        "Ik ben Eva en ik spreek namens Waalfiets.",
        "Met Eva van de klantenservice van Waalfiets.",
        "Het Waalfiets-team zoekt het uit.",
        "Hier Eva, webcare Waalfiets.",
        "Waalfiets biedt je excuses aan.",
        "Je spreekt met Eva van Waalfiets.",
        "Hoi, Eva hier, monteur bij Waalfiets.",
        "Als Waalfiets zoeken we dit uit.",
        "Ik ben Eva, ik leid de werkplaats van Waalfiets.",
        "Het slot zijn wij als Waalfiets vergeten. Groet, Eva",
        "Op de Waalkade vervangen we als Waalfiets een rek. ^Eva",
        "Dat was onze fout bij Waalfiets. ^Eva",
        "Daar hebben we een fout gemaakt bij Waalfiets. ^Eva",
        "Onze monteurs bij Waalfiets kijken ernaar. ^Eva",
        "Waalfiets heeft hier een fout gemaakt. ^Eva",
    ],
    "en": [
        "Eva from Waalfiets here.",
        "On behalf of Waalfiets: we looked at the lock.",
        "This is the Waalfiets web team.",
        "Waalfiets here.",
        "We at Waalfiets are finding out.",
        "I work for Waalfiets and I am finding out.",
        "Here at Waalfiets we are finding out.",
        "We are finding out. Regards, Eva from Waalfiets",
        "We are finding out. – Eva, Waalfiets",
        "We are finding out. Team Waalfiets",
        "I'm Eva, and I run Waalfiets' workshop.",
        "Speaking for Waalfiets: we are finding out.",
        "Hi, this is Eva at Waalfiets.",
        "Eva here, with the Waalfiets support team.",
        "Our team at Waalfiets is finding out.",
        "Waalfiets apologises for the lock.",
        "I'm Eva, workshop manager at Waalfiets.",
        "It's Eva from Waalfiets.",
        "Waalfiets customer service here.",
        "The screen stayed dark: our mistake at Waalfiets. ^Len",
        "That was our own oversight here at Waalfiets. ^Len",
        "The rack is ours at Waalfiets. ^Len",
        "We should have told you sooner at Waalfiets. ^Len",
        "Our planners at Waalfiets mixed up the days. ^Len",
        "Waalfiets got this wrong. ^Len",
        "Our mechanic measured wrongly, so Waalfiets is at fault. ^Nell",
        "As Waalfiets we are finding out.",
    ],
}
NOT_SPEAKING = {
    "nl": [
        "Wat vervelend van het slot. We zoeken het uit. Eva",
        "Wat vervelend dat je Waalfiets niet openging. Eva",
        "Bedankt dat je een fiets van Waalfiets gebruikt. Eva",
        "Je fiets van Waalfiets wordt onderzocht. Eva",
        "Ik ben een tevreden klant van Waalfiets.",
        "Ik werk niet bij Waalfiets maar ken het slot.",
        "De app van Waalfiets wordt onderzocht. We komen erop terug.",
        "Hou je van Waalfiets? Wij ook. Eva",
        "Eva hier. We zoeken het uit.",
        "Ik fiets zelf ook op een Waalfiets en heb nooit iets.",
        "Heb je Waalfiets al gebeld? Eva",
        "Je abonnement bij Waalfiets loopt door. Eva",
        "Onze rit met Waalfiets was ook prima. Eva",
        "Mijn abonnement bij Waalfiets loopt ook nog. Eva",
    ],
    "en": [
        "Sorry about the lock. We are finding out. Eva",
        "Sorry that your Waalfiets did not open. Eva",
        "Thanks for riding a bike from Waalfiets. Eva",
        "Your Waalfiets bike is being examined. Eva",
        "I am a happy customer of Waalfiets.",
        "I don't work for Waalfiets but know that lock.",
        "The Waalfiets app is being examined. We will be back.",
        "Do you love Waalfiets? So do we. Eva",
        "Eva here. We are finding out.",
        "I ride a Waalfiets myself and never had trouble.",
        "Have you called Waalfiets yet? Eva",
        "Your subscription with Waalfiets goes on. Eva",
        "Our order at Waalfiets came in time too. Eva",
        "We were at Waalfiets last week and saw nothing. Eva",
        "It was not our mistake at Waalfiets. Eva",
        "They say that Waalfiets is at fault. Eva",
        "We all know Waalfiets is to blame. Eva",
        "It was your own fault at Waalfiets. Eva",
        "My driver at Waalfiets was rude too. Eva",
    ],
}
MASKED = {
    "nl": [
        "Als tevreden klant van Waalfiets heb ik nooit iets gemerkt.",
        "Ik werk niet bij Waalfiets, maar het slot is prima.",
        "Ik ben zelf ook gebruiker en het werkt altijd.",
        "Op persoonlijke titel: zo erg is het niet.",
        "Ik ben gewoon een voorbijganger.",
        "Mijn ervaring met Waalfiets is juist goed.",
        "Ik heb niets met Waalfiets te maken.",
        "Ik fiets er al jaren op en heb nooit problemen gehad.",
    ],
    "en": [
        "As a happy Waalfiets customer I never saw this.",
        "I don't work for Waalfiets, but the lock is fine.",
        "I am a user myself and it always works.",
        "In a private capacity: it is not that bad.",
        "I'm just a passer-by.",
        "My own experience with Waalfiets is good.",
        "I have nothing to do with Waalfiets.",
        "I'm a regular and never had a problem with them.",
    ],
}
NOT_MASKED = {
    "nl": [
        "Eva van Waalfiets hier. Als klant mag je een slot verwachten dat opengaat.",
        "Eva van Waalfiets hier. Ik fiets zelf ook elke dag, dus ik snap je.",
        "Stuur gerust een bericht via je eigen account. Eva, Waalfiets",
    ],
    "en": [
        "Eva from Waalfiets here. As a customer you may expect a lock that opens.",
        "Eva from Waalfiets here. I'm a cyclist myself, so I see what you mean.",
        "Write from any account you like. Eva, Waalfiets",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(SPEAKING))
def test_who_says_for_whom_they_speak_is_known(lang: str, sentence: str) -> None:
    assert "R1" not in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NOT_SPEAKING))
def test_naming_the_brand_as_a_thing_is_not_speaking_for_it(lang: str, sentence: str) -> None:
    assert "R1" in rules(sentence, lang)


@pytest.mark.parametrize(
    ("brand", "reply"),
    [
        ("Gemeente Elzendam", "Met Mirjam van de gemeente Elzendam."),
        ("Gemeente Elzendam", "Mirjam, webcareteam Elzendam"),
        ("Boekhoek B.V.", "Ank van Boekhoek hier."),
        ("NorthJet Airlines", "Sam from NorthJet here."),
        ("de Rivierbode", "Mirte van de Rivierbode hier."),
        ("Crumb & Co", "I'm Abi from Crumb & Co."),
    ],
)
def test_the_everyday_form_of_a_name_is_the_name(brand: str, reply: str) -> None:
    assert "R1" not in rules(reply, "nl", brand=brand)


@pytest.mark.parametrize(("lang", "sentence"), both(MASKED))
def test_posing_as_a_customer_or_outsider_is_refused(lang: str, sentence: str) -> None:
    assert "N12" in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NOT_MASKED))
def test_who_is_open_about_their_work_wears_no_mask(lang: str, sentence: str) -> None:
    assert "N12" not in rules(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "reply", "broken"),
    [
        ("nl", "Wij zoeken het uit. Laat het weten als er meer is. ^EK", False),
        ("nl", "Wij zoeken het uit. Heb je vragen, stel ze gerust. Groet, Eva", False),
        ("nl", "Ik ben Eva en zoek het uit. Wat zag je?", False),
        ("nl", "Wij zoeken het uit. Laat het weten als er meer is.", True),
        ("nl", "Wij zoeken het uit. ^EK", True),
        ("nl", "Het slot wordt onderzocht. Vragen? Eva", True),
        ("nl", "Wij zoeken het uit. Vragen? Groet, Waalfiets", True),
        ("en", "We are finding out. Tell me if there is more. ^EK", False),
        ("en", "We are finding out. Any questions, just ask. Regards, Eva", False),
        ("en", "I'm Eva and I am finding out. What did you see?", False),
        ("en", "We are finding out. Tell us if there is more.", True),
        ("en", "We are finding out. ^EK", True),
        ("en", "The lock is being examined. Questions? Eva", True),
        ("en", "We are finding out. Questions? Regards, Waalfiets", True),
    ],
)
def test_a_person_with_a_name_speaks_and_invites_an_answer(lang: str, reply: str, broken: bool) -> None:
    assert ("R10" in rules(reply, lang)) is broken


def test_what_the_brand_is_set_to_say_counts_as_saying_who_we_are() -> None:
    brand = Brand(id="w", name="Waalfiets", terms=(), signature="^EK", speaks_as="de mensen van de Waal / the people of the Waal")
    mention = Mention("reddit", "1", "w", Author("Noor"), "Het slot ging niet open.", "", _NOON)
    stored = StoredMention(1, mention, MentionStatus.DRAFTED, "nl", _NOON)
    found = {
        one.rule for one in review("Hier de mensen van de Waal. Het slot? Wij zoeken het uit. ^EK", stored, brand, (), History(), _NOON)
    }

    assert not {"R1", "R10"} & found


@pytest.mark.parametrize(
    ("reply", "signed"),
    [
        ("We zoeken het uit bij Waalfiets. Laat het hier weten als je vragen hebt. ^WT", True),
        ("We zoeken het uit bij Waalfiets. Laat het hier weten als je vragen hebt. ^WT (1/2)", True),
        ("We zoeken het uit bij Waalfiets. Laat het weten. ^WT\nhttps://waalfiets.example/status", True),
        ("We zoeken het uit bij Waalfiets. Laat het weten. ^WT https://waalfiets.example/status", True),
        ("Druk op ^WT en dan op herstel, wij van Waalfiets horen het graag als het lukt. Laat het hier weten.", False),
        ("De knop ^Wt hoort bij Waalfiets, we zoeken het uit. Laat het hier weten als je vragen hebt.", False),
    ],
)
def test_initials_count_only_where_a_signature_stands(reply: str, signed: bool) -> None:
    said = [one["sentence"] for one in objections(reply) if one["rule"] == "R10"]

    assert signed is not any("een naam of initialen" in sentence for sentence in said)


@pytest.mark.parametrize(("reply", "signed"), [("Wij zoeken het uit. Laat het weten. ^EK", True), ("Wij ^EK zoeken het uit.", False)])
def test_the_brands_own_signature_counts_only_at_the_end(reply: str, signed: bool) -> None:
    stored = a_stored_mention("Het slot ging niet open. Wat doen jullie daaraan?", language="nl")

    assert signed is has_name(Context(reply, stored, a_brand(), (), History(), NOW))


@pytest.mark.parametrize(
    ("lang", "reply"),
    [
        ("en", "I'm Bo, I work on Waalfiets, and the lock is open again."),
        ("nl", "Waalfiets is daarvoor verantwoordelijk: wij hebben je melding laten liggen."),
    ],
)
def test_who_works_on_it_or_takes_it_upon_us_speaks_for_us(lang: str, reply: str) -> None:
    assert "R1" not in rules(reply, lang)


@pytest.mark.parametrize(
    "reply", ["Ik werk bij Waalfiets en heet Job. Laat het me weten.", "Laat maar weten. Ik reageer namens Waalfiets, Kim (balie)"]
)
def test_a_name_is_heard_in_whatever_words_it_is_told(reply: str) -> None:
    assert "R10" not in rules(reply, "nl")


def test_praise_that_no_fault_of_ours_is_about_is_praise() -> None:
    post = "Wat een prachtige tentoonstelling bij @Waalfiets! De fietsenzaal vond ik het mooist."

    assert "R10" not in rules(
        "Wat leuk om te lezen! Welke fiets bleef je bij? Groeten van Wout, Waalfiets", "nl", post=post, responsible=False
    )

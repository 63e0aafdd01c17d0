"""What contradicts the author: denials (N3), sources (R7), silence about removals (N14)."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, rules

POST = {
    "nl": "Waalfiets verkoopt onze locatiegegevens aan adverteerders. Schandalig!",
    "en": "Waalfiets sells our location data to advertisers. Outrageous!",
}
FACT = {
    "nl": [("Waalfiets verkoopt geen locatiegegevens en deelt ze niet met adverteerders.", "https://waalfiets.example/privacy, artikel 4")],
    "en": [("Waalfiets sells no location data and shares none with advertisers.", "https://waalfiets.example/privacy, article 4")],
}
DENIALS = {
    "nl": [
        "Dat klopt niet.",
        "Dit is niet waar.",
        "Wij verkopen geen locatiegegevens.",
        "Van verkoop van gegevens aan adverteerders is geen sprake.",
        "Wij verkopen nooit locatiegegevens.",
        "Dat is onjuist.",
        "Wij ontkennen dit.",
        "Dit is onzin.",
        "Locatiegegevens worden niet aan adverteerders verkocht.",
        "Zoiets doen wij niet: locatiegegevens verkopen we niet.",
    ],
    "en": [
        "That is not true.",
        "This is false.",
        "We do not sell location data.",
        "There is no truth in it.",
        "We never sell location data.",
        "That is incorrect.",
        "We deny this.",
        "This is nonsense.",
        "Location data are not sold to advertisers.",
        "That never happened.",
    ],
}
NO_DENIALS = {
    "nl": [
        "We weten nog niet of er gegevens zijn verkocht.",
        "Wij hebben je niet op tijd geantwoord.",
        "Je hoeft niets te doen.",
        "Dat was niet goed van ons.",
        "Dit gebeurt niet nog eens.",
        "Dat had niet mogen gebeuren.",
        "Zet je gegevens hier niet neer.",
        "Klopt dat niet, zeg het dan.",
    ],
    "en": [
        "We don't know yet whether data were sold.",
        "We did not answer you in time.",
        "You don't have to do anything.",
        "That was not right of us.",
        "This will not happen again.",
        "That should not have happened.",
        "Please don't post your data here.",
        "If that isn't right, tell me.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(DENIALS))
def test_a_denial_that_no_fact_carries_is_refused(lang: str, sentence: str) -> None:
    assert "N3" in rules(sentence, lang, post=POST[lang])


@pytest.mark.parametrize(("lang", "sentence"), both(NO_DENIALS))
def test_not_knowing_owning_and_asking_deny_nothing(lang: str, sentence: str) -> None:
    assert "N3" not in rules(sentence, lang, post=POST[lang])


@pytest.mark.parametrize(
    ("lang", "reply", "broken"),
    [
        ("nl", "Wij verkopen geen locatiegegevens aan adverteerders, zie https://waalfiets.example/privacy.", set()),
        ("nl", "Wij verkopen geen locatiegegevens aan adverteerders. Je leest het in artikel 4 van onze privacyverklaring.", set()),
        ("nl", "Wij verkopen geen locatiegegevens aan adverteerders.", {"R7"}),
        ("nl", "Sorry, maar wij verkopen geen locatiegegevens aan adverteerders, zie https://waalfiets.example/privacy.", {"N3"}),
        ("en", "We sell no location data to advertisers: see https://waalfiets.example/privacy.", set()),
        ("en", "We sell no location data to advertisers, according to article 4 of our privacy statement.", set()),
        ("en", "We sell no location data to advertisers.", {"R7"}),
        ("en", "We apologise, but we sell no location data to advertisers: see https://waalfiets.example/privacy.", {"N3"}),
        ("en", "In fact, location data stay with us; advertisers get nothing.", {"R7"}),
    ],
)
def test_a_denial_with_a_fact_needs_its_source_and_no_apology(lang: str, reply: str, broken: set[str]) -> None:
    assert {"N3", "R7"} & rules(reply, lang, post=POST[lang], facts=FACT[lang], responsible=False) == broken


def test_denying_what_the_facts_say_was_ours_is_refused() -> None:
    facts = [("Waalfiets verkocht in mei locatiegegevens aan twee adverteerders.", "Joris van Beek, privacy")]

    assert "N3" in rules("Wij verkopen geen locatiegegevens.", post=POST["nl"], facts=facts, responsible=True)


def test_a_contradiction_of_our_own_customer_is_a_denial() -> None:
    assert "N3" in rules("You were not charged twice.", "en", post="I was charged twice for my ride.", responsible=True)


def test_agreeing_that_something_did_not_work_denies_nothing() -> None:
    assert "N3" not in rules("Het slot bij station Lent ging niet open.", "nl")


REMOVED = {"nl": "Jullie hebben mijn reactie over de sloten verwijderd. Waarom?", "en": "You deleted my comment about the locks. Why?"}


@pytest.mark.parametrize(
    ("lang", "reply", "broken"),
    [
        ("nl", "Wij hebben je reactie verwijderd omdat er een telefoonnummer in stond.", False),
        ("nl", "Ja, die reactie hebben wij weggehaald, ten onrechte.", False),
        ("nl", "Je reactie is verdwenen.", True),
        ("nl", "Over de sloten kunnen we je het volgende zeggen.", True),
        ("nl", "Er is niets verwijderd.", True),
        ("en", "We removed your comment because it held a phone number.", False),
        ("en", "Yes, we took that comment down, and we should not have.", False),
        ("en", "Your comment has disappeared.", True),
        ("en", "About the locks we can tell you this.", True),
        ("en", "Nothing was removed.", True),
    ],
)
def test_what_we_removed_we_say_we_removed(lang: str, reply: str, broken: bool) -> None:
    assert ("N14" in rules(reply, lang, post=REMOVED[lang])) is broken


@pytest.mark.parametrize(
    ("lang", "reply", "broken"),
    [
        ("nl", "Je vorige bericht is niet meer zichtbaar.", True),
        ("en", "Your review no longer shows on our page.", True),
        ("nl", "Het slot is weer zichtbaar open.", False),
        ("en", "Your bike is no longer locked.", False),
    ],
)
def test_vanished_texts_are_noticed_where_nobody_complained_of_it(lang: str, reply: str, broken: bool) -> None:
    assert ("N14" in rules(reply, lang)) is broken


@pytest.mark.parametrize(
    ("lang", "post", "fact", "reply"),
    [
        (
            "nl",
            "De monteur heeft mijn fiets gestolen",
            "De monteur zegt dat hij de fiets niet meenam",
            "Onze monteur heeft je fiets niet gestolen.",
        ),
        ("en", "There are mice in your shop.", "The manager has not seen any mice", "There are no mice in our shop."),
        ("en", "Your mechanic took my bike", "What happened is not known yet", "Our mechanics do not take bikes."),
        ("nl", "De monteur snauwde mij af", "Nog onbekend", "Zoiets zeggen onze monteurs niet, dat is uitgesloten."),
    ],
)
def test_what_somebody_only_says_or_nobody_knows_carries_no_denial(lang: str, post: str, fact: str, reply: str) -> None:
    assert "N3" in rules(reply, lang, post=post, facts=[(fact, "a talk")])


@pytest.mark.parametrize(
    ("lang", "post", "fact", "reply"),
    [
        (
            "nl",
            "Jullie verhogen stiekem de prijs van een rit zonder iets te zeggen.",
            "De prijs van een rit is niet verhoogd",
            "Nee, de prijs van een rit is niet stiekem verhoogd: zie de tarievenlijst.",
        ),
        (
            "en",
            "You scrapped free rides for carers.",
            "Free rides for carers have not changed",
            "No, we haven't scrapped free rides for carers.",
        ),
        ("en", "You all read my phone.", "The phone stayed sealed; nobody read it", "Nobody did: the phone stayed sealed."),
    ],
)
def test_a_denial_that_a_fact_carries_stands_without_an_apology_only(lang: str, post: str, fact: str, reply: str) -> None:
    line = {"post": post, "facts": [(fact, "seal log 4")], "responsible": False}

    assert "N3" not in rules(reply, lang, **line)
    assert "N3" in rules(f"{reply} {'Excuses voor de fout.' if lang == 'nl' else 'We apologise for it.'}", lang, **line)


@pytest.mark.parametrize(
    ("lang", "reply"),
    [
        ("nl", "Dat is niet niks, zo'n slot."),
        ("nl", "Wat je hoorde kan kloppen of niet, wij weten het vandaag niet."),
        ("en", "Our investigation is not finished yet."),
        ("en", "Our answer is not good enough."),
    ],
)
def test_an_understatement_or_what_goes_on_is_no_denial(lang: str, reply: str) -> None:
    assert "N3" not in rules(reply, lang)


@pytest.mark.parametrize(
    ("lang", "reply"),
    [
        ("en", "It is a nuisance that our app did not work. I don't know yet what went wrong."),
        ("nl", "Wat vervelend dat onze app niet werkte. Ik weet nog niet hoe het kwam."),
    ],
)
def test_who_pities_that_something_did_not_work_denies_nothing(lang: str, reply: str) -> None:
    post = {"en": "@waalfiets your app logs me out every two minutes.", "nl": "@waalfiets jullie app logt me elke twee minuten uit."}[lang]

    assert "N3" not in rules(reply, lang, post=post)


OMITTED = {
    "nl": [
        "Het bad had meteen leeg gemoeten. Dat is niet gebeurd, en dat is onze fout.",
        "Dat hadden we meteen moeten verwerken en dat deden we niet. Onze fout, sorry.",
        "Onze monteur had u moeten bellen. Dat is niet gebeurd.",
    ],
    "en": [
        "The escort was away and our office neither found a replacement nor rang you. We failed at both.",
        "We should have rung you. We didn't, and that's our mistake.",
        "Somebody should have checked the lock. That didn't happen, and that is our fault.",
    ],
}


@pytest.mark.parametrize(("lang", "reply"), both(OMITTED))
def test_what_we_should_have_done_and_did_not_is_owned_and_denied_by_nobody(lang: str, reply: str) -> None:
    assert "N3" not in rules(reply, lang, responsible=True)


@pytest.mark.parametrize(("lang", "reply"), [("nl", "Dat is niet gebeurd."), ("en", "That did not happen."), ("en", "It never happened.")])
def test_that_it_did_not_happen_denies_where_nobody_owns_up(lang: str, reply: str) -> None:
    assert "N3" in rules(reply, lang, responsible=True)

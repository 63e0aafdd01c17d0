"""What comes first where somebody was hurt (R8) or may be (R9): concern before we speak for ourselves, advice before all else."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, rules

HURT = {
    "nl": "Mijn vader gleed uit op de natte vloer van @Waalfiets en heeft een hoofdwond. Niemand hielp.",
    "en": "My dad slipped on the wet floor at @Waalfiets and has a cut over his eye. Nobody helped.",
}
CONCERN = {"nl": " Hoe gaat het nu met je vader? Het spijt me.", "en": " How is your dad now? I'm sorry."}
FOR_US = {
    "nl": [
        "De vloer krijgt van ons elke ochtend een beurt.",
        "Onze hal komt elk jaar goed door de keuring.",
        "Wij lopen de vloer wekelijks na.",
        "In drie jaar tijd is er in de hal niets misgegaan.",
        "Het was spitsuur en twee collega's waren er niet.",
        "De controle gaf normale waarden.",
        "Laat ik vooropstellen dat we de vloer dweilen.",
    ],
    "en": [
        "The floor is cleaned every morning.",
        "Our hall passes inspection each year.",
        "Each machine is serviced every eight weeks.",
        "It was peak hour and two colleagues were off ill.",
        "Staff worked through the night without a break.",
        "The sheet showed normal values all day.",
        "I should point out that we mop the floor.",
    ],
}
NOT_FOR_US = {
    "nl": [
        "Wij hebben de wekelijkse controle overgeslagen, dat is onze fout.",
        "We weten nog niet waarom de vloer nat was.",
        "Ik ben Eva, van Waalfiets.",
    ],
    "en": [
        "We skipped the weekly check, which is our mistake.",
        "We don't know yet why the floor was wet; it is being examined today.",
        "I'm Eva, from Waalfiets.",
    ],
}
ADVICE = {
    "nl": [
        ("Oorzaak onbekend; de lader wordt onderzocht", "veiligheid"),
        ("Advies: lader niet gebruiken en de stekker eruit halen", "veiligheid"),
    ],
    "en": [("Cause unknown; the charger is being tested", "safety"), ("Advice: do not use the charger and pull the plug", "safety")],
}
WARM = {"nl": "De lader van mijn Waalfiets heeft blote draden aan de achterkant.", "en": "My Waalfiets charger has bare wires at the back."}
FIRST = {
    "nl": [
        "Gebruik de lader niet meer en haal de stekker eruit. We weten nog niet hoe dit kan.",
        "Raak er niets meer van aan. We weten nog niet hoe dit kan.",
        "Wat een schrik. Haal de stekker eruit. Wij lieten de draden bloot, dat is onze fout.",
        "Hoi, Berend van de werkplaats bij Waalfiets. Laat de lader uit het stopcontact. We zoeken het uit.",
    ],
    "en": [
        "Don't use the charger any more and pull the plug. We don't know yet how this could happen.",
        "What a fright. Please pull the plug. We left the wires bare, which is our mistake.",
        "Hi, Sipho from the workshop at Waalfiets. Keep the charger unplugged. We are finding out.",
    ],
}
LATER = {
    "nl": [
        "We weten nog niet hoe dit kan, de lader wordt onderzocht. Gebruik hem intussen niet.",
        "Wij lieten de draden bloot, dat is onze fout. Haal de stekker eruit.",
        "Er komt vandaag een nieuwe lader met de koerier naar je toe. We zoeken het uit.",
    ],
    "en": [
        "We don't know yet how this could happen and the charger is being tested. Don't use it meanwhile.",
        "We left the wires bare, which is our mistake. Pull the plug.",
        "A courier brings you a new charger some time today. We are finding out.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(FOR_US))
def test_what_speaks_for_us_may_not_stand_before_concern(lang: str, sentence: str) -> None:
    assert "R8" in rules(sentence + CONCERN[lang], lang, post=HURT[lang])


@pytest.mark.parametrize(("lang", "sentence"), both(FOR_US))
def test_behind_concern_it_may_be_told(lang: str, sentence: str) -> None:
    assert "R8" not in rules(CONCERN[lang].strip() + " " + sentence, lang, post=HURT[lang])


@pytest.mark.parametrize(("lang", "sentence"), both(NOT_FOR_US))
def test_owning_and_not_knowing_are_no_defence(lang: str, sentence: str) -> None:
    assert "R8" not in rules(sentence + CONCERN[lang], lang, post=HURT[lang])


@pytest.mark.parametrize(
    ("lang", "reply"), [("nl", "Vanaf nu lopen we de vloer elk uur na."), ("en", "From now on we check the floor every hour.")]
)
def test_what_we_do_from_now_on_is_no_defence(lang: str, reply: str) -> None:
    assert "R8" not in rules(reply + CONCERN[lang], lang, post=HURT[lang], facts=[(reply.replace("we", "Waalfiets"), "manager")])


@pytest.mark.parametrize(("lang", "reply"), both(FIRST))
def test_what_the_facts_advise_stands_first_whatever_the_post_says(lang: str, reply: str) -> None:
    assert "R9" not in rules(reply, lang, post=WARM[lang], facts=ADVICE[lang])


@pytest.mark.parametrize(("lang", "reply"), both(LATER))
def test_advice_behind_explanation_or_repair_or_none_is_told(lang: str, reply: str) -> None:
    assert "R9" in rules(reply, lang, post=WARM[lang], facts=ADVICE[lang])


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_facts_without_advice_leave_nothing_to_advise(lang: str) -> None:
    danger = {"nl": "De rem van mijn fiets weigerde.", "en": "The brakes of my bike failed."}[lang]
    known = {"nl": [("De fiets is van de weg gehaald", "werkplaats")], "en": [("The bike was taken off the road", "workshop")]}[lang]
    reply = {"nl": "De fiets is al van de weg gehaald en wordt onderzocht.", "en": "The bike was taken off the road and is tested now."}[
        lang
    ]

    assert "R9" not in rules(reply, lang, post=danger, facts=known)
    assert "R9" in rules(reply, lang, post=danger)

"""Regret: whose, for what (N1, R5), and forgiveness (N13)."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, quoted, rules

NON_APOLOGIES = {
    "nl": [
        "Het spijt ons als je hier last van hebt gehad.",
        "Excuses als dit verkeerd is overgekomen.",
        "Onze excuses voor het eventuele ongemak.",
        "We bieden onze excuses aan voor mogelijke overlast.",
        "Vervelend dat u dit zo ervaart.",
        "Wat vervelend dat je dit als onprettig hebt ervaren.",
        "Jammer dat je er zo over denkt.",
        "Spijtig dat u zich niet gehoord voelt.",
        "Sorry dat je je gekwetst voelde.",
        "We vinden het jammer dat je teleurgesteld bent.",
        "Wat jammer dat je niet tevreden bent over onze service.",
        "Het spijt ons dat u het gevoel heeft dat wij u niet serieus nemen.",
        "Sorry dat bij jou de indruk is ontstaan dat we niets doen.",
        "Mocht dit tot ongemak hebben geleid, dan bieden wij onze excuses aan.",
        "Als iemand zich hierdoor beledigd voelt, spijt ons dat.",
        "Indien wij u hebben gekwetst, bieden wij onze verontschuldigingen aan.",
        "We betreuren het dat dit door jou als onvriendelijk is ervaren.",
        "Onze excuses aan iedereen die zich hierdoor gekwetst voelt.",
        "Er zijn fouten gemaakt.",
        "Helaas is er een fout gemaakt.",
        "Voor zover dit vervelend voor u was, excuses.",
        "Excuses voor het ongemak dat je mogelijk hebt ervaren.",
        "Het spijt ons dat dit zo is overgekomen.",
        "Vervelend om te lezen dat je onze hulp niet prettig vond.",
        "Sorry dat je vindt dat we te traag zijn.",
        "We betreuren dat u dit anders ziet.",
        "Onze excuses voor de overlast die u wellicht heeft ondervonden.",
        "Als we je hebben laten wachten, sorry daarvoor.",
        "Jammer dat het niet aan je verwachtingen voldeed.",
        "Sorry dat je het zo voelt.",
        "Het spijt me dat je boos bent.",
        "Wij vinden het vervelend te vernemen dat u ontevreden bent.",
        "Eventueel ongemak betreuren wij.",
        "Wat naar dat je dit zo beleefd hebt.",
        "Sorry indien de communicatie niet duidelijk was.",
        "Excuus als het niet goed ging.",
    ],
    "en": [
        "Sorry if you felt ignored.",
        "We're sorry that you feel this way.",
        "I'm sorry you feel we let you down.",
        "We apologise if anyone was offended.",
        "We apologise for any inconvenience.",
        "Apologies for any upset this may have caused.",
        "We regret that you had a different perception of our service.",
        "It's a shame you see it that way.",
        "We are sorry that you see it as a mistake.",
        "Sorry to hear you feel disappointed.",
        "We're sorry to hear that you are unhappy with our service.",
        "I'm sorry you were offended by what our driver said.",
        "If we've upset you, we're sorry.",
        "If our words caused offence, then we apologise.",
        "Should this have caused you trouble, please accept our apologies.",
        "Mistakes were made.",
        "Some errors occurred.",
        "A mistake was made with your lock.",
        "We're sorry that this came across as rude.",
        "We're sorry for how this made you feel.",
        "We regret any distress this might have caused.",
        "I'm sorry you think we don't care.",
        "Unfortunately you feel that we treated you badly.",
        "Our apologies to those who felt hurt.",
        "We are sorry you found our staff unhelpful.",
        "Sorry you took it the wrong way.",
        "We apologise to the extent that you were affected.",
        "We regret that you experienced this as unpleasant.",
        "I am sorry that you believe we ignored you.",
        "Sorry for any confusion.",
        "It is unfortunate that you perceived our answer as cold.",
        "We're sorry that our service did not meet your expectations.",
        "Sorry you're upset.",
        "I'm sorry if the delay was annoying.",
        "We are sorry for the trouble you may have had.",
        "We apologise in case this inconvenienced you.",
        "Any inconvenience is regretted.",
    ],
}
REAL = {
    "nl": [
        "We hebben een fout gemaakt en het spijt me.",
        "Sorry dat we je hebben laten wachten.",
        "Het spijt ons dat het slot niet openging.",
        "Wat vervelend dat je zo lang moest wachten bij station Lent.",
        "Onze excuses: wij hebben je niet op tijd geantwoord.",
        "Ik begrijp dat je boos bent, en terecht.",
        "Ik snap dat dit vervelend voelt. Het is onze fout.",
        "Sorry dat wij je het gevoel gaven dat je er niet toe deed.",
        "Het spijt me dat ons slot je te laat liet komen.",
        "Sorry. Als je nog vragen hebt, laat het me weten.",
        "Excuses voor het ongemak dat wij hebben veroorzaakt.",
        "Er is door ons een fout gemaakt en dat spijt me.",
        "Wij hebben u teleurgesteld, en dat spijt ons.",
        "Het spijt me dat je je fiets niet terugvond.",
        "Wat naar dat je hiermee te maken kreeg.",
        "Je zult van ons geen 'sorry als je je gekwetst voelt' horen.",
        "Mocht het slot weer dicht blijven, laat het dan weten.",
        "Het spijt ons. Mocht je nog iets nodig hebben, stuur dan een bericht.",
        "Jammer dat je trein al weg was toen het slot openging.",
        "Sorry, en als het nog eens gebeurt: bel ons.",
        "We betreuren dat onze chauffeur zo tegen je sprak.",
        "Als blijkt dat het aan ons lag, zeggen we dat hier.",
        "Naar om te lezen dat je gevallen bent, ik hoop dat je je snel beter voelt.",
        "Sorry dat je vertraging hebt gehad door onze fout.",
        "Het spijt ons oprecht dat wij niet luisterden toen je belde.",
    ],
    "en": [
        "We made a mistake and I am sorry.",
        "I'm sorry we kept you waiting.",
        "I am sorry that the lock did not open.",
        "We're sorry that we made you feel unwelcome.",
        "I understand you feel let down, and you are right.",
        "I'm sorry. If you need anything else, send me a message.",
        "We apologise for the delay: that was our mistake.",
        "I'm sorry you had to wait for forty minutes.",
        "A mistake was made by us, and I am sorry.",
        "Mistakes were made, and they were our mistakes.",
        "We are sorry that your lock failed and that you were late.",
        "You won't get a 'sorry if you felt' from us.",
        "If the lock fails again, tell me.",
        "I'm sorry you found your bike with a flat tyre.",
        "Sorry that our driver shouted at you.",
        "I regret that we did not call you back.",
        "We apologise for the inconvenience we caused.",
        "Sorry about the lock; if it happens again, let me know.",
        "If it turns out that we were wrong, I will say so here.",
        "We are sorry you were late because of our lock.",
        "You are angry, and I see why. I am sorry.",
        "I'm sorry for what happened to you this morning.",
        "Sorry that you saw an error message instead of an open lock.",
        "I'm sorry, we should have answered you.",
        "We failed you, and we regret it.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(NON_APOLOGIES))
def test_regret_for_what_the_other_feels_or_may_have_had_is_no_apology(lang: str, sentence: str) -> None:
    reply = {
        "nl": f"Hoi Noor, Eva van Waalfiets hier. {sentence} Heb je vragen, stel ze gerust. ^EK",
        "en": f"Hi Noor, Eva from Waalfiets here. {sentence} Ask me anything. ^EK",
    }[lang]

    assert "N1" in rules(reply, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(REAL))
def test_regret_for_our_own_deed_is_an_apology(lang: str, sentence: str) -> None:
    reply = {
        "nl": f"Hoi Noor, Eva van Waalfiets hier. {sentence} Heb je vragen, stel ze gerust. ^EK",
        "en": f"Hi Noor, Eva from Waalfiets here. {sentence} Ask me anything. ^EK",
    }[lang]

    assert "N1" not in rules(reply, lang)


def test_the_place_of_a_non_apology_is_shown() -> None:
    reply = "Hi Noor, Eva from Waalfiets here. We are sorry that you see it as a mistake. Ask me anything. ^EK"

    assert quoted("N1", reply, "en") == ["sorry that you see it as a mistake."]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    both(
        {
            "nl": [
                "Vergeef ons alsjeblieft.",
                "We hopen dat je het ons kunt vergeven.",
                "Neem het ons niet kwalijk.",
                "Wil je het door de vingers zien?",
            ],
            "en": ["Please forgive us.", "We hope you can forgive us.", "I ask your forgiveness.", "Don't hold it against us."],
        }
    ),
)
def test_asking_for_forgiveness_is_filler(lang: str, sentence: str) -> None:
    assert "N13" in rules(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    both(
        {
            "nl": ["We vragen je niet om vergeving.", "Dit is onvergeeflijk van ons."],
            "en": ["We don't ask you to forgive us.", "That was unforgivable of us."],
        }
    ),
)
def test_not_asking_for_forgiveness_is_fine(lang: str, sentence: str) -> None:
    assert "N13" not in rules(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "reply", "broken"),
    [
        ("nl", "Dat is onze fout. Je geld komt maandag terug.", True),
        ("nl", "Dat is onze fout en het spijt me. Je geld komt maandag terug.", False),
        ("en", "That is our mistake. Your money is back on Monday.", True),
        ("en", "That is our mistake and I apologise. Your money is back on Monday.", False),
        ("en", "We won't apologise for that. It is our mistake.", True),
    ],
)
def test_where_we_were_wrong_regret_must_be_said(lang: str, reply: str, broken: bool) -> None:
    assert ("R5" in rules(reply, lang, responsible=True)) is broken


def test_where_nobody_says_we_were_wrong_no_regret_is_asked() -> None:
    assert "R5" not in rules("Wij zoeken uit wat er met het slot is.", responsible=None)


def test_a_known_cause_must_be_named_beside_the_regret() -> None:
    facts = [("De sloten weigerden door een fout in de update van 3 maart.", "Storingslogboek")]

    assert "R5" in rules("Dat hebben wij niet goed gedaan, sorry.", responsible=True, facts=facts)
    assert "R5" not in rules("De update was niet goed en dat is onze fout, sorry.", responsible=True, facts=facts)


@pytest.mark.parametrize(
    ("lang", "reply"),
    [
        ("en", "We are sorry\nif you feel that way. ^EK"),
        ("en", "We are sorry\n\nIf you feel that way. ^EK"),
        ("en", "We are sorry\r\nif you felt\r\noffended. ^EK"),
        ("en", "We are sorry \u2028that you see it that way. ^EK"),
        ("en", "Mistakes\nwere made. ^EK"),
        ("nl", "Het spijt ons\ndat u dit zo ervaart. ^EK"),
        ("nl", "Excuses\nvoor het eventuele\nongemak. ^EK"),
    ],
)
def test_no_line_break_hides_a_non_apology(lang: str, reply: str) -> None:
    assert "N1" in rules(reply, lang)


@pytest.mark.parametrize(
    ("lang", "reply"),
    [
        ("en", "Hi Jo,\n\nwe are sorry that our bus was late. That was our mistake.\n\nEls, Waalfiets"),
        ("en", "We are sorry.\nIf you want, reply here. ^EK"),
        ("nl", "Sorry, dat is onze fout\nAls het weer gebeurt, laat het ons weten. ^EK"),
    ],
)
def test_lines_that_end_or_begin_anew_stay_apart(lang: str, reply: str) -> None:
    assert "N1" not in rules(reply, lang)


@pytest.mark.parametrize(
    ("lang", "reply", "regrets"),
    [
        ("en", "I wish it had been otherwise and I'm ashamed of that. We listed the room wrongly.", True),
        ("en", "There is nothing I regret more. We chose the wrong list.", True),
        ("en", "I wish you a good day. We chose the wrong list.", False),
        ("nl", "Ik schaam me dat wij de verkeerde lijst pakten.", True),
        ("nl", "Wij pakten de verkeerde lijst.", False),
    ],
)
def test_regret_may_be_told_without_a_word_of_it(lang: str, reply: str, regrets: bool) -> None:
    assert regrets is not ("R5" in rules(reply, lang, responsible=True))

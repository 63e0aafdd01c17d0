"""What is said where nobody knows yet (R6): that we do not know, what is being found out, and when we come back."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, rules

FACTS = {
    "nl": [
        ("Oorzaak nog onbekend; de beheerder vergelijkt het logboek met het rooster", "beheer"),
        ("Uitsluitsel 14 december 11 uur", "beheer"),
    ],
    "en": [("Cause not known; the keeper is comparing the booking log with the door sensor", "shed"), ("Answer by 6 March, 10:00", "shed")],
}
POST = {
    "nl": "De stalling was zondag dicht, @Waalfiets. De site zei open.",
    "en": "The shed was shut on Sunday, @Waalfiets. The site said open.",
}
WHOLE = {
    "nl": [
        "Waarom de site open zei, kan ik u nu niet vertellen. De beheerder leest het logboek door en 14 december om 11 uur staat het hier.",
        "Daar moet ik u het antwoord op schuldig blijven. Ik loop de wijzigingen na. 14 december om 11 uur, meer onder dit bericht.",
        "Geen idee nog hoe dat kon. We zijn aan het zoeken in de wijzigingen. Op 14 december om 11 uur kom ik erop terug.",
        "Wij weten het ook nog niet. Vanavond worden alle wijzigingen bekeken. Vrijdag om 9 uur staat hier wat eruit kwam.",
        "Wij weten het ook nog niet. De beheerder vergelijkt het logboek met het rooster en mailt je vrijdag voor vijf uur.",
        "Hoe dat kon weten we nog niet, de beheerder vergelijkt het logboek met het rooster. 14 december om 11 uur is het bekend.",
    ],
    "en": [
        "Why the site said so is still an open question. The keeper is combing the log. Expect word here on 6 March at 10:00.",
        "We have no idea yet. My colleagues are busy with the booking log. On 6 March at ten o'clock, there's word here.",
        "We haven't got an answer yet. We're looking through the log. By the 6th I should know more, and you'll read it here.",
        "I can't explain it yet: the log and the site are being compared. At 10:00 I'm back with what we have.",
        "We don't know yet. Our keeper is comparing the log with the sensor. She'll email you by Friday 5 June.",
        "We don't know yet; our keeper is comparing the log with the sensor and I'll be back here by 3.",
        "We don't know yet, our keeper is comparing the log with the sensor. On Friday everyone gets a message with the result.",
        "We don't know yet, our keeper is comparing the log with the sensor. 6 March is when it is settled.",
    ],
}
LACKING = {
    "nl": [
        "Hoe dat kon weten we op dit moment nog niet. Uiterlijk 14 december heb je van mij antwoord.",
        "Geen idee nog hoe dat kon. We zijn aan het zoeken in de wijzigingen. Je leest het hier zodra we meer weten.",
        "Je melding is bij ons bekend. Heb je vragen, bel dan van 8 tot 22 uur.",
        "Wij weten het ook nog niet. De beheerder vergelijkt het logboek met het rooster en belt je zodra het kan.",
    ],
    "en": [
        "Why the site said so is still an open question. You will have an answer from me on 6 March at 10:00.",
        "We have no idea yet. My colleagues are busy with the booking log. You'll read it here once we are through.",
        "Your note has been passed on. Any questions, ring us between 8 and 10.",
        "We don't know yet. Our keeper is comparing the log with the sensor, one by one, and then I write to you.",
        "We don't know yet. Our keeper is comparing the log of 6 March with the sensor. It was shut on Sunday.",
    ],
}


@pytest.mark.parametrize(("lang", "reply"), both(WHOLE))
def test_not_knowing_looking_and_coming_back_count_in_whatever_words(lang: str, reply: str) -> None:
    assert "R6" not in rules(reply, lang, post=POST[lang], facts=FACTS[lang])


@pytest.mark.parametrize(("lang", "reply"), both(LACKING))
def test_what_lacks_one_of_the_three_is_told(lang: str, reply: str) -> None:
    assert "R6" in rules(reply, lang, post=POST[lang], facts=FACTS[lang])


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_where_no_fact_tells_what_is_being_done_none_is_asked_for(lang: str) -> None:
    reply = {
        "nl": "Hoe dat kon weten we nog niet. Uiterlijk 14 december heb je van mij antwoord.",
        "en": "We don't know yet. By 6 March I'll write here.",
    }

    assert "R6" not in rules(reply[lang], lang, post=POST[lang])


SETTLED = {
    "nl": (
        "De stalling bij Lent was zondag dicht door een storing in de toegangsdeur.",
        "Sinds maandag 8 uur open.",
        "Vanaf maandag is hij weer open.",
    ),
    "en": (
        "The Lent shed was shut on Sunday: a fault in the access door.",
        "Open again since Monday 8:00.",
        "It has been open again since Monday.",
    ),
}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_the_facts_tell_is_answered_without_a_word_on_what_nobody_knows(lang: str) -> None:
    cause, repair, said = SETTLED[lang]
    reply = f"{cause} {said} Kim, Waalfiets"

    assert "R6" not in rules(reply, lang, post=POST[lang], facts=[(cause, "log"), (repair, "log")])
    assert "R6" in rules(reply, lang, post=POST[lang])


@pytest.mark.parametrize(
    ("lang", "open_still"),
    [
        ("nl", "De monteur zoekt naar de oorzaak."),
        ("nl", "We vragen de beheerder waar de sleutel is."),
        ("nl", "Nog geen oorzaak."),
        ("en", "Cause unclear."),
        ("en", "The keeper is asked who had the key."),
    ],
)
def test_what_a_fact_leaves_open_is_said(lang: str, open_still: str) -> None:
    _cause, repair, said = SETTLED[lang]

    assert "R6" in rules(f"{said} Kim, Waalfiets", lang, post=POST[lang], facts=[(repair, "log"), (open_still, "log")])


@pytest.mark.parametrize(
    ("lang", "said"), [("nl", "Waarom de site open zei, weten we nog niet."), ("en", "Why the site said so we don't know yet.")]
)
def test_who_says_that_we_do_not_know_says_when_we_come_back(lang: str, said: str) -> None:
    cause, repair, _said = SETTLED[lang]

    assert "R6" in rules(f"{said} Kim, Waalfiets", lang, post=POST[lang], facts=[(cause, "log"), (repair, "log")])

"""Who owns the mistake (R3), what is repaired (R4), what is said where nobody knows yet (R6)."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import POSTS, both, rules

OWNED = {
    "nl": [
        "Dat is onze fout.",
        "We hebben een fout gemaakt.",
        "Wij zaten fout.",
        "Dit ligt aan ons.",
        "Dat hebben we niet goed gedaan.",
        "Wij hebben je laten wachten.",
        "Wij zijn hier verantwoordelijk voor.",
        "We hadden je moeten bellen.",
        "Daar zijn wij tekortgeschoten.",
        "Wij vergaten je terug te bellen.",
        "Dat is slordig van ons.",
        "Wij nemen de verantwoordelijkheid.",
        "Het slot hebben wij verkeerd ingesteld.",
        "Dit hadden we nooit zo mogen doen.",
        "De fout ligt bij ons.",
        "Dat rekenen we onszelf aan.",
        "Door onze fout stond je stil.",
        "Wij hebben de melding over het hoofd gezien.",
        "Hier hebben wij steken laten vallen: onze fout.",
        "Dit is ons aan te rekenen; wij hebben het slot niet nagekeken.",
        "Dat ging bij ons mis.",
        "Dat was niet goed van ons.",
        "Onze update ging mis.",
    ],
    "en": [
        "That is our mistake.",
        "We made a mistake.",
        "We got this wrong.",
        "That's on us.",
        "We let you down.",
        "We should have called you.",
        "We failed to check the lock.",
        "This was our fault.",
        "We take full responsibility for this.",
        "We forgot to call you back.",
        "We messed up.",
        "The error is ours.",
        "We were wrong.",
        "I should have answered you.",
        "We didn't reply to you.",
        "We sent you the wrong bike.",
        "It was an error on our side.",
        "We fell short.",
        "We are to blame.",
        "Our error kept your lock shut.",
        "I'm sorry we did that to you.",
        "Our payment update went wrong.",
        "We packed your order badly.",
    ],
}
NOT_OWNED = {
    "nl": [
        "Er is een fout gemaakt.",
        "Dat is niet onze fout.",
        "Het slot ging niet open.",
        "Wij hebben niets fout gedaan.",
        "Er ging iets mis.",
        "Mocht dit onze fout zijn, dan horen we het graag.",
        "Wij zoeken uit wat er misging.",
        "Vervelend dat het fout ging.",
        "De leverancier heeft een fout gemaakt.",
        "Wij begrijpen dat je te laat kwam.",
        "Sorry dat het slot verkeerd stond.",
    ],
    "en": [
        "Mistakes were made.",
        "That is not our fault.",
        "The lock did not open.",
        "We did nothing wrong.",
        "Something went wrong.",
        "If this was our mistake, we would like to hear.",
        "We are finding out what went wrong.",
        "I'm sorry that it went wrong.",
        "The supplier made a mistake.",
        "We understand that you were late.",
        "I'm sorry your bike was put in the wrong place.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(OWNED))
def test_a_mistake_is_owned_in_the_first_person(lang: str, sentence: str) -> None:
    assert "R3" not in rules(sentence, lang, responsible=True)


@pytest.mark.parametrize(("lang", "sentence"), both(NOT_OWNED))
def test_a_mistake_without_us_in_it_is_not_owned(lang: str, sentence: str) -> None:
    assert "R3" in rules(sentence, lang, responsible=True)


@pytest.mark.parametrize("responsible", [False, None])
def test_nobody_need_own_what_was_not_ours(responsible: bool | None) -> None:
    assert "R3" not in rules("Het slot wordt onderzocht.", responsible=responsible)


REPAIRS = {
    "nl": [
        "Je krijgt je geld vrijdag terug.",
        "We storten 4,50 euro terug.",
        "Morgen staat er een nieuwe fiets voor je klaar: we brengen hem.",
        "We sturen je een nieuw slot.",
        "Het bedrag wordt maandag overgemaakt.",
        "Je kaartje wordt vergoed.",
        "Wij vervangen het slot vandaag.",
        "Je kunt hem gratis omruilen; wij vergoeden de rit.",
        "Uiterlijk 14 mei staat het geld weer op je rekening.",
        "De monteur komt morgen en repareert het slot.",
    ],
    "en": [
        "You get your money back on Friday.",
        "We refund the 4.50 euro.",
        "Tomorrow we bring you another bike.",
        "We are sending you a new lock.",
        "The sum is paid back on Monday.",
        "Your ticket is refunded.",
        "We replace the lock today.",
        "You can swap it and we pay the ride.",
        "By 14 May the money is back with you.",
        "A mechanic comes tomorrow and will repair the lock.",
    ],
}
NO_REPAIRS = {
    "nl": [
        "We gaan hier beter op letten.",
        "We nemen je opmerking mee.",
        "We leren hiervan.",
        "We doen ons best.",
        "Ik geef het door aan het team.",
        "Wij hebben het slot verkeerd ingesteld.",
        "We gaan kijken hoe het beter kan.",
    ],
    "en": [
        "We will do better.",
        "We will pass this on.",
        "We will learn from this.",
        "We try our best.",
        "I'll share your feedback with the team.",
        "We set the lock wrong.",
        "We have noted your comments.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(REPAIRS))
def test_a_repair_that_can_be_checked_is_a_repair(lang: str, sentence: str) -> None:
    assert "R4" not in rules(sentence, lang, responsible=True)


@pytest.mark.parametrize(("lang", "sentence"), both(NO_REPAIRS))
def test_good_intentions_are_no_repair(lang: str, sentence: str) -> None:
    assert "R4" in rules(sentence, lang, responsible=True)


HONEST = {
    "nl": [
        "We weten nog niet waarom het slot dicht bleef. We zoeken het uit en morgen om 12 uur laten we het hier weten.",
        "Wat er met het slot was is nog onduidelijk. Vrijdag schrijf ik hier wat we vonden.",
        "Ik kan je nog niet zeggen hoe dit kwam. De werkplaats kijkt het slot na; vanavond lees je hier meer.",
        "De oorzaak kennen we nog niet. De fiets wordt onderzocht en uiterlijk donderdag krijg je hier antwoord.",
        "Hoe het kan dat het slot dicht bleef, weten we op dit moment niet. Binnen twee dagen kom ik er hier op terug.",
        "We zijn aan het uitzoeken wat er misging. Morgenmiddag hoor je van ons.",
        "Waarom het slot weigerde zoekt de werkplaats nu uit. Maandag plaatsen we hier de uitkomst.",
        "Op dit moment is het ons nog niet bekend. We nemen het slot onder de loep, en voor 17.00 uur geef ik je hier een update.",
    ],
    "en": [
        "We don't know yet why the lock stayed shut. We are looking into it and will post here by noon tomorrow.",
        "It is not clear yet what happened to the lock. On Friday I will write here what we found.",
        "I can't tell you yet how this came about. The workshop is checking the lock; tonight you can read more here.",
        "We do not have an answer yet. The bike is being examined and you will have our reply here by Thursday.",
        "How the lock could stay shut we do not know at this point. Within two days I'll come back to you here.",
        "We are finding out what went wrong. You'll hear from us tomorrow afternoon.",
        "The workshop is working out why the lock failed. We'll publish the outcome here on Monday.",
        "The cause is still unknown. We're investigating, and I'll give you an update here before 5 pm.",
        "We don't know yet how it happened; the machines are being examined and you'll hear on Wednesday at 5pm.",
        "Why isn't known yet: the records are being searched, with results on Wednesday 20 November.",
        "We can't say yet; we are comparing app and ledger, news at 1pm.",
    ],
}
NOT_HONEST = {
    "nl": [
        "We vinden het heel vervelend dat het slot dicht bleef.",
        "We weten nog niet waarom het slot dicht bleef en zoeken het uit.",
        "We weten nog niet waarom het slot dicht bleef. We komen er zo snel mogelijk op terug.",
        "Morgen hoor je van ons.",
        "Onze sloten zijn van goede makelij. Morgen zijn we weer bereikbaar.",
        "Het slot ging vanochtend niet open. We houden je op de hoogte.",
    ],
    "en": [
        "We are so sorry the lock stayed shut.",
        "We don't know yet why the lock stayed shut and are looking into it.",
        "We don't know yet why the lock stayed shut. We will come back to you as soon as possible.",
        "You will hear from us tomorrow.",
        "Our locks are of good make. We are open again tomorrow.",
        "The lock did not open this morning. We will keep you posted.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(HONEST))
def test_not_knowing_is_said_with_what_is_found_out_and_when(lang: str, sentence: str) -> None:
    assert "R6" not in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NOT_HONEST))
def test_not_knowing_is_not_hidden_or_left_open(lang: str, sentence: str) -> None:
    assert "R6" in rules(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "post"),
    [
        ("nl", "Wat een topservice, dank jullie wel!"),
        ("en", "Great service, thank you!"),
        ("nl", "Hoe laat gaan jullie open?"),
        ("en", "What time do you open?"),
    ],
)
def test_praise_and_plain_questions_need_no_not_knowing(lang: str, post: str) -> None:
    assert "R6" not in rules("Dank je wel! Eva" if lang == "nl" else "Thank you! Eva", lang, post=post)


def test_where_the_facts_say_whose_it_was_nobody_need_not_know() -> None:
    assert "R6" not in rules("Dat is onze fout.", post=POSTS["nl"], responsible=True)


@pytest.mark.parametrize(
    ("lang", "fact", "reply"),
    [
        ("nl", "De naam is verkeerd gespeld door een fout in ons systeem.", "De fout zit in ons systeem. Sorry! De naam is nu goed."),
        ("nl", "De homepage was onjuist.", "Onze homepage maakte dat onderscheid niet en dat is fout van ons; sorry."),
        ("en", "The button was white on white by our CSS.", "Our CSS made the button white on white. Sorry."),
    ],
)
def test_a_thing_of_ours_that_did_it_is_owned_where_we_say_sorry(lang: str, fact: str, reply: str) -> None:
    assert "R3" not in rules(reply, lang, responsible=True, facts=[(fact, "log")])


def test_what_a_thing_of_ours_did_owns_nothing_where_nobody_says_sorry() -> None:
    fact = [("The button was white on white by our CSS.", "log")]

    assert "R3" in rules("Our CSS made the button white on white on the light theme.", "en", responsible=True, facts=fact)


def test_a_thing_that_did_it_is_not_ours_for_a_word_of_the_sentence_before() -> None:
    fact = [("Door een fout in de app-update van 3 maart gingen sloten niet open.", "log")]
    reply = "Er zijn fouten gemaakt, en dat spijt ons. Door de app-update van 3 maart gingen sloten niet open."

    assert "R3" in rules(reply, "nl", responsible=True, facts=fact)

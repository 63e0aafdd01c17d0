"""Personal data in a reply, and requests to post such data in public (N6)."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, quoted, rules

DATA = {
    "nl": [
        "We mailen naar j.jansen@mailbox.example.",
        "We bellen je op 06-12345678.",
        "Je nummer is +31 6 1234 5678, toch?",
        "We storten het op NL91 ABNA 0417 1643 00.",
        "Je rekening NL91ABNA0417164300 klopt.",
        "Je bsn 111222333 staat in het formulier.",
        "Bij kaart 4111-1111-1111-1111 ging het mis.",
        "De auto met kenteken GB-123-X stond in de weg.",
        "We komen langs op 6511 AB 12.",
        "We brengen hem naar Dorpsstraat 12 bij u thuis.",
        "Je bestelling met ordernummer 8837261 is weg.",
        "Onder klantnummer 5582019 zien we niets.",
        "Je geboortedatum is 12-03-1980.",
        "Je bent geboren op 3 mei 1990.",
        "Mevrouw Jansen, wij helpen u.",
        "Je buurman Pieter Dekker nam het aan.",
        "Je zoontje Milan Bakker was erbij.",
        "Boekingscode QX7PL2 is geannuleerd.",
    ],
    "en": [
        "We emailed jane.doe@mailbox.example.",
        "I'll ring you on 07700 900123.",
        "Your number is +44 20 7946 0958, right?",
        "The money goes to GB82 WEST 1234 5698 7654 32.",
        "The card 5500 0000 0000 0004 was charged.",
        "Order 8837261 is lost.",
        "Your booking reference QX7PL2 is cancelled.",
        "Ticket number 2209-7781 is closed.",
        "You were born on 3 May 1990.",
        "Date of birth: 12/03/1980.",
        "We bring it to 12 Rose Lane, LS6 2AB.",
        "Mrs Harrison, we will help you.",
        "Your neighbour Peter Wilson took it in.",
        "Your daughter Chloe Barnes was there.",
        "The car with plate AB12 CDE was parked there.",
        "Your customer number 55820193 has two entries.",
    ],
}
NO_DATA = {
    "nl": [
        "Fiets 2214 is uit het verkeer gehaald.",
        "Het gebeurde op 3 maart 2026 om 12.30 uur.",
        "Bel bij gevaar 112.",
        "Het bedrag is 34,95 euro.",
        "Lijn 12 en bus 3045 rijden om.",
        "Zie artikel 4 en nummer 118 van het blad.",
        "De N325 is dicht.",
        "Er waren 310 klanten en 12.500 ritten.",
        "We horen graag van je.",
        "Tussen 10 en 14 uur zijn we er.",
        "Ik ben Eva Kramer van Waalfiets.",
        "Mail info@waalfiets.example als het weer gebeurt.",
        "Bel ons op 024 - 329 00 00.",
    ],
    "en": [
        "Bike 2214 was taken off the road.",
        "It happened on 3 March 2026 at 12:30.",
        "In danger, call 999.",
        "The amount is £34.95.",
        "Line 12 and bus 3045 take another way.",
        "There were 310 customers and 12,500 rides.",
        "I am Eva Kramer from Waalfiets.",
        "Write to support@waalfiets.example if it happens again.",
        "Call us on 024 329 0000.",
        "Flight NJ204 left at 17:42.",
        "The New York office opens on Monday.",
    ],
}
REQUESTS = {
    "nl": [
        "Kunt u hier uw geboortedatum zetten?",
        "Wat is je ordernummer?",
        "Stuur ons je telefoonnummer.",
        "Mogen we je e-mailadres?",
        "Laat hieronder je adres achter.",
        "Wil je je klantnummer in een reactie zetten?",
        "Geef even je postcode en huisnummer door.",
        "Reageer met je volledige naam.",
        "We hebben je geboortedatum nodig.",
        "Op welk rekeningnummer kunnen we het storten?",
        "Kun je je bsn doorgeven?",
        "Zet je ordernummer hier of stuur het via DM.",
        "Vul hieronder je kenteken in.",
        "Deel je boekingsnummer onder dit bericht.",
        "Welk e-mailadres heb je gebruikt?",
    ],
    "en": [
        "Could you post your date of birth here?",
        "What is your order number?",
        "Please send us your phone number.",
        "May we have your email address?",
        "Leave your address below.",
        "Can you reply with your booking reference?",
        "We need your full name and postcode.",
        "Tell us your account number.",
        "Drop your tracking number in the comments.",
        "Which email address did you use?",
        "Please confirm your card details.",
        "Share your ticket number in this thread.",
        "Just comment with your phone number.",
        "Could you give us your membership number?",
        "Post a screenshot of your invoice here.",
    ],
}
NO_REQUESTS = {
    "nl": [
        "Stuur hier géén bsn.",
        "Stuur ons een privébericht met uw ordernummer.",
        "Zet je adres niet in een reactie.",
        "We hebben je rekeningnummer niet nodig.",
        "Deel geen persoonlijke gegevens onder dit bericht.",
        "Wil je je ordernummer via DM sturen?",
        "Welk fietsnummer stond erop?",
        "Op welke datum was dit?",
        "Bij welk station stond je?",
        "Je adres hoeven we niet te weten.",
        "Stuur een DM. Wat is je ordernummer?",
        "Mail ons je klantnummer, dan zoeken we verder.",
        "Haal je telefoonnummer liever uit je bericht.",
        "Je e-mailadres hebben we aangepast.",
        "Deel je ordernummer niet hier maar in een privébericht.",
    ],
    "en": [
        "Please don't post your date of birth here.",
        "Send us a private message with your order number.",
        "Never share your card details in public.",
        "We do not need your account number.",
        "Could you DM us your booking reference?",
        "Which bike was it?",
        "What time was it?",
        "Which station were you at?",
        "No need to send your address.",
        "Send me a DM. What is your order number?",
        "Email us your customer number and we look further.",
        "You may want to remove your phone number from your post.",
        "Keep your tracking number out of this thread.",
        "Your email address was changed.",
        "Your card was charged twice.",
        "Share your order number by private message, not here.",
    ],
}


def reply(lang: str, sentence: str) -> str:
    return {"nl": f"Hoi Noor, Eva van Waalfiets hier. {sentence} ^EK", "en": f"Hi Noor, Eva from Waalfiets here. {sentence} ^EK"}[lang]


@pytest.mark.parametrize(("lang", "sentence"), both(DATA))
def test_personal_data_of_anyone_is_refused(lang: str, sentence: str) -> None:
    assert "N6" in rules(reply(lang, sentence), lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NO_DATA))
def test_dates_amounts_and_our_own_contacts_are_no_personal_data(lang: str, sentence: str) -> None:
    assert "N6" not in rules(reply(lang, sentence), lang)


@pytest.mark.parametrize(("lang", "sentence"), both(REQUESTS))
def test_asking_for_personal_data_in_public_is_refused(lang: str, sentence: str) -> None:
    assert "N6" in rules(reply(lang, sentence), lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NO_REQUESTS))
def test_asking_privately_or_asking_not_to_is_fine(lang: str, sentence: str) -> None:
    assert "N6" not in rules(reply(lang, sentence), lang)


def test_a_number_that_breaks_its_own_proof_is_no_account_card_or_citizen_number() -> None:
    assert "N6" not in rules("Code NL91ABNA0417164301, reeks 4111111111111112 en getal 123456789.", "nl")


def test_what_our_own_facts_give_is_ours_to_give() -> None:
    facts = [("Bel 06 12345678 of mail joost@derden.example; ons adres is Dorpsstraat 12, 6511 AB 12.", "Veiligheidskaart")]

    assert "N6" not in rules("Bel 06 12345678 of mail joost@derden.example. Ons adres: Dorpsstraat 12, 6511 AB 12.", "nl", facts=facts)


def test_the_author_may_be_greeted_by_the_name_they_show() -> None:
    assert "N6" not in rules("Hoi Marloes, Eva van Waalfiets hier.", "nl", author="@marloes_k")


def test_a_name_that_the_author_does_not_show_is_not_given_away() -> None:
    assert quoted("N6", "Hoi Marloes, Eva van Waalfiets hier.", "nl", author="@fietsfan88") == ["Marloes"]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("de", "Bitte schreiben Sie hier Ihr Geburtsdatum."),
        ("de", "Wir rufen Sie unter +49 30 901820 an."),
        ("fr", "Pouvez-vous indiquer ici votre numéro de commande ?"),
        ("fr", "Nous écrivons à jean.dupont@mailbox.example."),
    ],
)
def test_german_and_french_replies_are_held_against_it_too(lang: str, sentence: str) -> None:
    assert "N6" in rules(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("de", "Bitte schreiben Sie hier kein Geburtsdatum."), ("fr", "Envoyez-nous votre numéro de commande en message privé.")],
)
def test_german_and_french_warnings_are_fine(lang: str, sentence: str) -> None:
    assert "N6" not in rules(sentence, lang)


def test_the_authors_own_handle_on_another_server_is_no_mail_address() -> None:
    reply = "@jo@social.example Hier het webteam van Waalfiets. Het spijt me dat het slot niet open ging. ^EK"

    assert "N6" not in rules(reply, author="@jo@social.example")
    assert "N6" in rules(reply, author="@piet@social.example")
    assert "N6" in rules(reply.replace("@jo@", "mail jo@"), author="@jo@social.example")


CONFIDED = {
    "nl": [
        ("Nina zakte op 11 april op kijktechniek.", "Na haar vorige examen, waar het op kijktechniek misging, is dit extra zuur."),
        ("Aanvraag staat op naam van T. Vreeburg, Hazelaar 18.", "Ik vond de aanvraag voor Hazelaar 18."),
        ("De klant J. de Boer kreeg een tweede zending.", "Er ging een tweede zending naar J. de Boer."),
        ("Huurder heeft een betalingsachterstand van twee maanden.", "Ik zie wel dat u een betalingsachterstand van twee maanden heeft."),
    ],
    "en": [
        ("Tenant was two weeks late with the March rent.", "I do see that your rent came two weeks late in March."),
        ("The parcel was taken in by the neighbour at number 14.", "It was taken in by the neighbour at number 14."),
        ("Marie has been off sick since May.", "Our planner Marie has been off sick since May."),
        ("The pupil failed the theory test twice.", "She failed her theory test twice, so the date moved."),
    ],
}
NOT_CONFIDED = {
    "nl": [
        ("Huurder kan Priti bellen.", "U kunt Priti bellen."),
        ("Door ziekte vielen twee ritten uit.", "Door ziekte vielen er twee ritten uit."),
        ("Aanvraag staat op naam van T. Vreeburg, Hazelaar 18.", "Ik vond uw aanvraag; hij ligt bij de commissie."),
        ("Aanvraag staat op naam van T. Vreeburg, Hazelaar 18.", "Ik keek ook naar Hazelaar 183."),
        ("Een betalingsregeling is mogelijk.", "U kunt een betalingsregeling aanvragen."),
    ],
    "en": [
        ("Two of our drivers were off sick.", "Two of our drivers were off sick."),
        ("The customer gets £11 back.", "You get £11 back."),
        ("Every customer may ring Customer Care.", "You find Customer Care on our site."),
        ("The customer uses Windows 11.", "On your Windows 11 it works again."),
        ("The refund is three weeks overdue.", "Your refund is three weeks overdue, and that's our mistake."),
        ("Credit scores are not touched.", "Your credit score will not be touched."),
        ("Payment plans are possible.", "You can ask for a payment plan."),
        ("The desk is at Lent Road 12.", "Our desk is at Lent Road 12."),
    ],
}


@pytest.mark.parametrize(("lang", "fact", "reply"), [(lang, *one) for lang, those in CONFIDED.items() for one in those])
def test_what_only_our_files_tell_of_people_stays_there(lang: str, fact: str, reply: str) -> None:
    assert "N6" in rules(reply, lang, facts=[(fact, "dossier")])


@pytest.mark.parametrize(("lang", "fact", "reply"), [(lang, *one) for lang, those in NOT_CONFIDED.items() for one in those])
def test_what_our_files_tell_of_the_matter_may_be_told(lang: str, fact: str, reply: str) -> None:
    assert "N6" not in rules(reply, lang, facts=[(fact, "dossier")])


def test_a_name_that_stands_in_our_files_is_told_of_once() -> None:
    fact = [("The customer Sarah Jones got a second parcel.", "dossier"), ("The customer Sarah Jones rang.", "dossier")]

    assert ["Sarah Jones"] == quoted("N6", "A second parcel went to Sarah Jones on Monday, and it came back to us.", "en", facts=fact)


def test_what_the_author_told_himself_is_no_secret() -> None:
    fact = [("Tenant was two weeks late with the March rent.", "ledger")]
    post = "Yes, I paid the March rent two weeks late, @Waalfiets. And now a fee?"

    assert "N6" not in rules("I do see that your rent came two weeks late in March.", "en", facts=fact, post=post)


@pytest.mark.parametrize(
    "reply",
    ["She'll email you by Friday 5 June.", "If his name turns up on a letter again, please tell me here.", "We'll email you tomorrow."],
)
def test_what_we_do_with_a_datum_asks_for_none(reply: str) -> None:
    assert "N6" not in rules(reply, "en")


def test_a_document_that_lies_ready_is_no_datum_that_we_ask_for() -> None:
    assert "N6" not in rules("U kunt uw paspoort vrijdag bij ons ophalen.", "nl")
    assert "N6" not in rules("You can collect your passport here from Friday.", "en")
    assert "N6" in rules("Please post your passport number here.", "en")


@pytest.mark.parametrize(
    ("lang", "reply"),
    [
        ("nl", "Geef hier uw adres, dan kunnen we het pakket ophalen."),
        ("nl", "Zet hieronder uw telefoonnummer, dan kunt u het gratis afhalen."),
        ("en", "We need to collect your phone number, so post it here."),
        ("en", "We reply to your phone number once you post it here."),
    ],
)
def test_that_something_is_fetched_or_answered_makes_no_other_request_a_harmless_one(lang: str, reply: str) -> None:
    assert "N6" in rules(reply, lang)


def test_a_french_reply_may_say_not_to_post_it() -> None:
    assert "N6" not in rules("N'écrivez pas l'adresse e-mail ici.", "fr")
    assert "N6" in rules("Écrivez ici votre adresse e-mail.", "fr")


def test_that_we_answer_about_their_mail_asks_for_no_address() -> None:
    assert "N6" not in rules("Met Eva van Waalfiets antwoord ik je hier over je mail.", "nl")
    assert "N6" in rules("Antwoord ons hier met je mail en je naam.", "nl")

"""The tone of a reply: pressure (N10), blame (N2), slogans (N8), humour (N9)."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, rules

PRESSURE = {
    "nl": [
        "Wil je je bericht verwijderen?",
        "Haal deze post alsjeblieft offline.",
        "Zou je je review willen aanpassen?",
        "We verzoeken je vriendelijk dit bericht weg te halen.",
        "Als je je tweet verwijdert, krijg je 10 euro.",
        "Wij behouden ons het recht voor juridische stappen te nemen.",
        "Dit is smaad.",
        "Onze advocaat kijkt mee.",
        "We overwegen aangifte tegen je te doen.",
        "Zodra je recensie weg is, sturen we een cadeaubon: verwijder hem even.",
        "Rectificeer dit bericht voor vrijdag.",
        "Wij stellen u aansprakelijk voor de schade.",
        "We zien je voor de rechter.",
        "Zou je je beoordeling willen wijzigen naar vijf sterren?",
        "Het zou fijn zijn als je dit bericht weghaalt.",
        "Uw beweringen zijn onrechtmatig.",
        "Verwijder alstublieft uw reactie.",
        "Je krijgt korting in ruil voor het verwijderen van je bericht.",
        "Wij sommeren u te stoppen.",
        "Trek je recensie in, dan lossen we het op.",
    ],
    "en": [
        "Please delete your post.",
        "Could you take this down?",
        "We'd appreciate it if you removed your review.",
        "If you delete the tweet, we'll give you a voucher.",
        "We will take legal action.",
        "This is defamatory.",
        "Our lawyers have been informed.",
        "We reserve all our rights.",
        "You will hear from our solicitors.",
        "Would you consider changing your review?",
        "In exchange for removing your comment, you get a free month.",
        "Please edit your post.",
        "We'll see you in court.",
        "We will sue.",
        "Retract this immediately.",
        "Kindly remove your comment.",
        "We hold you liable for the damage to our name.",
        "That is libel and you know it.",
        "Update your rating and we refund you.",
        "Posts like this can have legal consequences.",
    ],
}
NO_PRESSURE = {
    "nl": [
        "Je hoeft je bericht niet te verwijderen.",
        "Verwijder de app en zet hem er opnieuw op.",
        "We hebben zelf aangifte gedaan van de diefstal.",
        "Je kunt een advocaat raadplegen; dat is je goed recht.",
        "We zullen je nooit vragen je review weg te halen.",
        "Wij hebben je reactie verwijderd omdat er een telefoonnummer in stond.",
        "Haal liever je ordernummer uit je bericht.",
        "U mag een klacht indienen bij de ombudsman of naar de rechter gaan.",
        "Wij nemen geen juridische stappen.",
        "Laat je bericht gerust staan.",
        "Haal de fiets van het slot.",
        "We halen de kapotte fietsen weg.",
        "We hebben het bericht op onze pagina aangepast.",
        "Je hebt recht op je geld terug.",
    ],
    "en": [
        "You don't have to delete your post.",
        "Delete the app and install it again.",
        "We reported the theft to the police.",
        "You have every right to take legal advice.",
        "We will never ask you to take down a review.",
        "We removed your comment because it named a member of staff.",
        "You may want to remove your phone number from your post.",
        "You can take this to the ombudsman or to court.",
        "We won't take legal action.",
        "Please leave your post where it is.",
        "Take the bike off the lock.",
        "We take the broken bikes away.",
        "We changed the text on our page.",
        "You have a right to a refund.",
    ],
}
BLAME = {
    "nl": [
        "Je had de app eerst moeten herstarten.",
        "Had u de handleiding maar gelezen.",
        "Dat is je eigen schuld.",
        "Dat ligt toch echt aan jou.",
        "U bent zelf verantwoordelijk voor uw spullen.",
        "Een onervaren medewerker deed dit.",
        "De leverancier heeft de schuld.",
        "Onze stagiair heeft de mail vergeten.",
        "Je hebt de voorwaarden niet gelezen.",
        "U had beter kunnen bellen.",
        "Als je op tijd was gekomen had je de fiets gehad.",
        "Je bent vergeten het slot te sluiten.",
        "Misschien ben je wat te gevoelig.",
        "De chauffeur is verantwoordelijk voor deze fout.",
    ],
    "en": [
        "You should have restarted the app.",
        "If you had read the manual, this would not have happened.",
        "That is your own fault.",
        "You could have called us.",
        "You didn't follow the instructions.",
        "An inexperienced employee did this.",
        "Our supplier is to blame.",
        "The intern forgot the mail.",
        "You forgot to close the lock.",
        "That one is on you.",
        "As stated in our terms, the app must be open.",
        "You may have pressed the wrong button.",
        "You are overreacting.",
        "It looks like user error.",
    ],
}
NO_BLAME = {
    "nl": [
        "Je hebt niets fout gedaan.",
        "Dat lag niet aan jou.",
        "Je had niet zo lang moeten wachten.",
        "Wij hadden je moeten bellen.",
        "U had al lang antwoord moeten krijgen.",
        "Het is onze eigen schuld.",
        "Wij zijn verantwoordelijk, niet de leverancier.",
        "Onze medewerker helpt je graag.",
        "Je hebt gelijk.",
    ],
    "en": [
        "You did nothing wrong.",
        "It was not your fault.",
        "You should not have had to wait.",
        "We should have called you.",
        "You should have heard from us last week.",
        "It is our own fault.",
        "We are responsible, not our supplier.",
        "If you'd like to talk, send me a message.",
        "You are right.",
    ],
}
SLOGANS = {
    "nl": [
        "Wij nemen dit zeer serieus.",
        "Klachten nemen wij heel serieus.",
        "Klanttevredenheid staat bij ons voorop.",
        "Kwaliteit staat bij ons hoog in het vaandel.",
        "Wij streven naar de beste service.",
        "Uw feedback is waardevol voor ons.",
        "Ontdek onze nieuwe app.",
        "Bedankt voor je begrip en geduld.",
        "Uw veiligheid is onze hoogste prioriteit.",
        "Nu met 20 korting op een abonnement!",
        "We zijn trots op onze fietsen.",
        "Bij ons staat de klant centraal.",
    ],
    "en": [
        "We take this very seriously.",
        "We take all complaints seriously.",
        "Customer satisfaction is our top priority.",
        "We strive to provide the best service.",
        "Your feedback is important to us.",
        "We value your feedback.",
        "Check out our new app!",
        "Thank you for your patience and understanding.",
        "Your safety is our number one priority.",
        "We pride ourselves on our quality.",
        "Rest assured that we care.",
        "Thank you for choosing Waalfiets.",
    ],
}
NO_SLOGANS = {
    "nl": [
        "Dank dat je dit meldt.",
        "Bedankt voor je bericht.",
        "Je dochter is ernstig gewond, en dat raakt ons.",
        "Je krijgt een nieuwe fiets.",
        "We hebben je klacht niet serieus genomen.",
        "We gaan niet zeggen dat we dit serieus nemen.",
    ],
    "en": [
        "Thanks for telling us.",
        "Thank you for your message.",
        "Your daughter was seriously hurt, and that shakes us.",
        "You get a new bike.",
        "We did not take your complaint seriously enough.",
        "We won't say that we take this seriously.",
    ],
}
JOKES = {
    "nl": [
        "Haha, dat slot had er zin in.",
        "Gelukkig is wandelen gezond!",
        "Oeps!",
        "Dat was even een koude douche.",
        "Tja, dat hoort erbij.",
        "Grapje natuurlijk.",
        "Het slot nam een vrije dag 😂",
    ],
    "en": [
        "Haha, that lock had a mood.",
        "At least you got some exercise!",
        "Oops!",
        "Well, that's life.",
        "Just kidding.",
        "Look on the bright side.",
        "The lock took a day off 😂",
    ],
}
NO_JOKES = {
    "nl": ["Dit is geen grapje.", "Gelukkig ben je niet gevallen.", "Dank je wel 🙏", "Je hebt gelijk."],
    "en": ["This is no joke.", "I'm glad you did not fall.", "Thank you 🙏", "You are right."],
}


@pytest.mark.parametrize(("lang", "sentence"), both(PRESSURE))
def test_threats_and_requests_to_delete_are_refused(lang: str, sentence: str) -> None:
    assert "N10" in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NO_PRESSURE))
def test_what_presses_nobody_is_fine(lang: str, sentence: str) -> None:
    assert "N10" not in rules(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("de", "Bitte löschen Sie Ihren Beitrag."),
        ("de", "Sonst schalten wir unseren Anwalt ein."),
        ("fr", "Merci de supprimer votre message."),
        ("fr", "Nos avocats vont vous écrire."),
    ],
)
def test_german_and_french_pressure_is_refused_too(lang: str, sentence: str) -> None:
    assert "N10" in rules(sentence, lang)


@pytest.mark.parametrize(
    ("lang", "sentence"), [("de", "Sie müssen Ihren Beitrag nicht löschen."), ("fr", "Vous n'avez pas à supprimer votre message.")]
)
def test_german_and_french_reassurance_is_fine(lang: str, sentence: str) -> None:
    assert "N10" not in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(BLAME))
def test_blame_of_the_customer_or_a_scapegoat_is_warned_of(lang: str, sentence: str) -> None:
    assert "N2" in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NO_BLAME))
def test_taking_it_upon_ourselves_is_no_blame(lang: str, sentence: str) -> None:
    assert "N2" not in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(SLOGANS))
def test_slogans_are_refused(lang: str, sentence: str) -> None:
    assert "N8" in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NO_SLOGANS))
def test_plain_thanks_and_plain_words_are_no_slogans(lang: str, sentence: str) -> None:
    assert "N8" not in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(JOKES))
def test_humour_under_a_complaint_is_warned_of(lang: str, sentence: str) -> None:
    assert "N9" in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NO_JOKES))
def test_seriousness_is_no_humour(lang: str, sentence: str) -> None:
    assert "N9" not in rules(sentence, lang)


def test_a_smile_under_praise_is_fine() -> None:
    assert "N9" not in rules("Wat leuk, haha! 😄", "nl", post="Wat een topservice van Waalfiets, dank jullie wel!")


SENT = (
    "Hoi {name}, Eva van Waalfiets hier. Het slot bij station Lent bleef {day} dicht door een fout van ons, en dat spijt me. "
    "Je ritkosten komen terug. Laat het me weten als dat niet lukt. ^EK"
)


def test_the_same_text_to_another_person_is_refused() -> None:
    assert "N8" in rules(SENT.format(name="Noor", day="maandag"), earlier=[SENT.format(name="Sem", day="dinsdag")])


def test_another_text_about_the_same_thing_is_fine() -> None:
    other = (
        "Dag Sem, met Eva van Waalfiets. Je stond voor niets bij je fiets op het Keizer Karelplein; "
        "wij hebben het slot te laat vervangen. Sorry. Morgen bel ik je."
    )

    assert "N8" not in rules(SENT.format(name="Noor", day="maandag"), earlier=[other])


def test_a_short_text_sent_before_is_the_same_text() -> None:
    assert "N8" in rules("Wij zoeken dit voor je uit vandaag. ^EK", earlier=["Wij zoeken dit voor je uit vandaag. ^EK"])

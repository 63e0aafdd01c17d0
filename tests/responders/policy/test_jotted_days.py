"""Days, times and ranges that facts tell in short (N4): carried where they say the same, and not the one beside it."""

from __future__ import annotations

import pytest

from responders.policy.jottings import written_out
from tests.responders.policy.judging import quoted

OPENING = "Dag Noor, hier Sanne van Waalfiets. "
HELLO = "Hi Noor, Sanne from Waalfiets here. "


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("dicht sinds zo, elke ma 9.00", "zondag, elke maandag"),
        ("chauffeurs di + do nodig", "dinsdag, donderdag"),
        ("open za/zo", "zaterdag, zondag"),
        ("tot 24.00 vr-za", "vrijdag, zaterdag"),
        ("aangepast vr met tekst", "vrijdag"),
        ("stond klaar voor do, pas later verstuurd", "donderdag"),
        ("elke 2e donderdag, 8-10u", "8:00-10:00"),
        ("kennismaken elke wo 10-12 u", "10:00-12:00"),
        ("inloop 13.30-15.30", "13:30 - 15:30"),
        ("zaal 5-9 ontbreekt", "zaal 5 - 9"),
        ("leging wekelijks di tot 15-12", "dinsdag tot"),
        ("ma t/m vr 8.30-16.30, do tot 20.00", "donderdag tot"),
        ("groen licht 6 s + 8 s ontruiming", "8 seconden"),
        ("gratis, € 2,50 retour", "€ 2,50"),
    ],
)
def test_days_times_and_ranges_are_written_out(short: str, long: str) -> None:
    assert long in written_out(short)


@pytest.mark.parametrize(
    "same",
    [
        "It is what we do, so we do.",
        "Zo was het voor ma.",
        "elke zo kleine kans, sinds zo lang",
        "van 2.50-3.50 euro",
        "1.20-1.50 m breed",
        "vr. De Vries belde",
        "ma-vr open",
        "na 2-3 uur wachten",
        "tussen 5-9 gebeld",
    ],
)
def test_what_only_looks_like_one_stays(same: str) -> None:
    found = written_out(same)
    assert "dag" not in found
    assert ":" not in found


@pytest.mark.parametrize(
    ("lang", "fact", "right", "wrong"),
    [
        (
            "nl",
            "Inloop fietsslot di 13.30-15.30, zonder afspraak.",
            "De inloop is van half twee tot half vier.",
            ("half vier", "half vijf"),
        ),
        ("en", "Drop-in for locks 13.30-15.30, no appointment.", "The drop-in runs until half past three.", ("three", "four")),
        ("nl", "Levering slot: morgen 18–21.", "Het slot wordt morgen geleverd tussen zes en negen uur 's avonds.", ("negen", "acht")),
        ("nl", "Slot gewijzigd, release vr.", "Vrijdag wordt het slot gewijzigd.", ("Vrijdag", "Zaterdag")),
        ("nl", "Sloten zaal 5-9 vervangen.", "De sloten van zaal 5 tot en met 9 zijn vervangen.", ("9", "8")),
        ("nl", "Slot nieuw: voorjaar 2028.", "Het nieuwe slot komt in het voorjaar van 2028.", ("voorjaar", "najaar")),
        ("en", "New lock: spring 2028.", "The new lock comes this spring.", ("this spring", "this autumn")),
        ("nl", "Les van 12-12 verplaatst naar 19-12.", "De les is verplaatst van 12 naar 19 december.", ("12", "11")),
    ],
)
def test_what_says_the_same_is_carried_and_another_is_not(lang: str, fact: str, right: str, wrong: tuple[str, str]) -> None:
    hello = {"nl": OPENING, "en": HELLO}[lang]
    facts = [(fact, "planning")]
    assert quoted("N4", hello + right, lang, facts=facts) == []
    assert quoted("N4", hello + right.replace(*wrong), lang, facts=facts)


@pytest.mark.parametrize(
    ("lang", "fact", "right", "wrong"),
    [
        ("nl", "Slot komt 12 december binnen, gaat de dag erna de deur uit.", "Het slot gaat op de 13e de deur uit.", ("13e", "14e")),
        ("en", "Lock in on 12 December, goes out the day after.", "The lock goes out on the 13th.", ("13th", "14th")),
        ("nl", "Slot ter inzage 7-12-2026 t/m 17-1-2027.", "Het slot ligt zes weken ter inzage.", ("zes", "acht")),
        ("en", "Lock on show 7 December to 17 January.", "The lock is on show for six weeks.", ("six", "eight")),
        ("nl", "Slot verplicht sinds 3 juli 2024.", "Het slot is verplicht sinds juli 2024.", ("2024", "2023")),
        ("en", "Lock required since 3 July 2024.", "The lock has been required since July 2024.", ("2024", "2023")),
        ("nl", "Slot open vanaf wo 25-11.", "Vanaf morgen, woensdag, is het slot open.", ("woensdag", "donderdag")),
        ("nl", "Slot fout geopend op 8, 15 en 22 november.", "Drie zondagen is het slot fout geopend.", ("Drie", "Vier")),
        ("nl", "Slot groen 6 s + 8 s ontruiming.", "Het slot blijft acht seconden op ontruiming.", ("acht", "negen")),
        ("nl", "Werkplaats sloten za-zo 10-16.", "In het weekend is de werkplaats voor sloten open.", ("het weekend", "de winter")),
    ],
)
def test_what_follows_from_a_date_is_carried_and_another_is_not(lang: str, fact: str, right: str, wrong: tuple[str, str]) -> None:
    hello = {"nl": OPENING, "en": HELLO}[lang]
    facts = [(fact, "planning")]
    assert quoted("N4", hello + right, lang, facts=facts, responsible=True) == []
    assert quoted("N4", hello + right.replace(*wrong), lang, facts=facts, responsible=True)


@pytest.mark.parametrize(
    ("lang", "said", "free"),
    [
        ("nl", "Welke van de twee bedoel je?", True),
        ("en", "Which of the two do you mean?", True),
        ("nl", "Er zijn twee sloten gestolen.", False),
        ("en", "There were two locks stolen.", False),
        ("nl", "Het hangt van je model af.", True),
        ("nl", "Je zorg is goed te begrijpen.", True),
        ("nl", "Het model hangt in onze winkel.", False),
    ],
)
def test_a_question_and_an_understanding_word_need_no_fact(lang: str, said: str, free: bool) -> None:
    hello = {"nl": OPENING, "en": HELLO}[lang]
    facts = {"nl": ("Station Lent heeft een loket.", "kaart"), "en": ("Lent station has a desk.", "map")}
    assert (quoted("N4", f"{hello}{said}", lang, facts=[facts[lang]]) == []) is free


@pytest.mark.parametrize(
    ("reply", "free"),
    [
        ("Op 6 december heb je je geld terug. Staat het er de 7e niet op, laat het me dan weten.", True),
        ("Merk je volgende week nog iets, reageer dan hier.", True),
        ("Heb je het slot geopend en krijg je klachten, bel dan meteen.", True),
        ("Op de 7e staat het er niet op.", False),
        ("Volgende week merk je er niets van.", False),
        ("Je hebt het slot geopend en je krijgt een fiets.", False),
    ],
)
def test_what_hangs_on_a_verb_first_states_nothing(reply: str, free: bool) -> None:
    facts = [("Incasso gestopt, geld terug op 6 december.", "betalingslog")]
    assert (quoted("N4", OPENING + reply, facts=facts) == []) is free


@pytest.mark.parametrize(
    ("lang", "fact", "reply", "wrong"),
    [
        ("nl", "Bedrag volledig retour, 17 mei.", "Op 17 mei boeken we het bedrag terug.", "Op 17 mei sturen we een nieuwe fiets."),
        (
            "nl",
            "Verschil terug, 5 werkdagen.",
            "Je krijgt het verschil binnen vijf werkdagen terug.",
            "Je krijgt binnen vijf werkdagen een tegoedbon.",
        ),
        ("en", "Full amount back, 17 May.", "We refund the full amount on 17 May.", "We send you a voucher on 17 May."),
        ("nl", "Bedrag niet terug na 17 mei.", "", "Op 17 mei boeken we het hele bedrag terug."),
    ],
)
def test_what_a_note_gives_back_is_a_refund(lang: str, fact: str, reply: str, wrong: str) -> None:
    hello = {"nl": OPENING, "en": HELLO}[lang]
    facts = [(fact, "besluit")]
    assert quoted("N4", hello + reply, lang, facts=facts) == []
    assert quoted("N4", hello + wrong, lang, facts=facts)


@pytest.mark.parametrize(
    ("lang", "post", "fact", "reply", "wrong"),
    [
        (
            "nl",
            "Mijn fiets is over 2 weken nodig.",
            "Nieuw slot in 3 werkdagen op de post.",
            "Het slot is binnen drie werkdagen op de post.",
            ("drie", "twee"),
        ),
        (
            "en",
            "I need my bike in 2 weeks.",
            "New lock in the post in 3 working days.",
            "The lock is in the post within three working days.",
            ("three", "two"),
        ),
        ("nl", "Mijn slot is krom.", "Slot: tolerantie 4 mm, wachttijd 3 weken.", "Een slot mag 4 mm krom zijn.", ("4", "3")),
        ("en", "My lock is bent.", "Lock: tolerance 4 mm, waiting time 3 weeks.", "A lock may be 4 mm out of true.", ("4", "3")),
        (
            "nl",
            "Komt er iemand kijken?",
            "Adviseur komt gratis kijken naar het slot.",
            "Onze adviseur komt gratis naar het slot kijken.",
            (" kijken.", " kijken, binnen een week."),
        ),
    ],
)
def test_a_number_of_another_unit_carries_nothing(lang: str, post: str, fact: str, reply: str, wrong: tuple[str, str]) -> None:
    hello = {"nl": OPENING, "en": HELLO}[lang]
    assert quoted("N4", hello + reply, lang, post=post, responsible=True, facts=[(fact, "werkplaats")]) == []
    assert quoted("N4", hello + reply.replace(*wrong), lang, post=post, responsible=True, facts=[(fact, "werkplaats")])


@pytest.mark.parametrize(
    ("reply", "fact", "held"),
    [
        ("De boete schelden we kwijt.", "Boete opgelegd op 3 mei.", False),
        ("De boete schelden we kwijt.", "Boete wordt kwijtgescholden.", True),
        ("Je bezorgkosten vervallen.", "Bezorging 3 mei.", False),
        ("Stoppen is ook nu nog kosteloos.", "Stoppen kosteloos tot 28 februari.", False),
        ("Ook hoef je geen borg te betalen.", "Lidmaatschap € 12.", False),
        ("De mand mag je houden.", "Nieuwe mand per post.", False),
        ("De mand mag je houden.", "Mand mag klant houden.", True),
        ("De monteur komt. Die betaalt de nieuwwaarde.", "Monteur komt.", False),
        ("De monteur komt. Die komt met de bus.", "Monteur komt met de bus.", True),
        ("Stoppen is tot 28 februari kosteloos.", "Stoppen kosteloos tot 28 februari.", True),
    ],
)
def test_what_is_let_off_is_a_promise(reply: str, fact: str, held: bool) -> None:
    assert (quoted("N4", OPENING + reply, facts=[(fact, "besluit")]) == []) is held

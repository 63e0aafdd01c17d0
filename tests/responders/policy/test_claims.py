"""The claim ledger: each checkable statement is bound to a fact, or refused (N4)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from monitor.domain import Author, Brand, Fact, History, Mention, MentionStatus, StoredMention
from responders.policy import ledger, review
from tests.responders.policy.judging import both, quoted, rules

FACTS = {
    "nl": [
        ("Door een fout in de update van 3 maart gingen de sloten niet open.", "Storingslogboek, 3 maart"),
        ("Wie niet kon rijden krijgt de ritkosten van 4,50 euro voor vrijdag 6 maart terug.", "Lotte Meijer, klantenservice"),
    ],
    "en": [
        ("An error in the update of 3 March kept the locks from opening.", "Outage log, 3 March"),
        ("Riders who could not ride get the 4.50 euro ride cost back before Friday 6 March.", "Lotte Meijer, customer service"),
    ],
}
BOUND = {
    "nl": [
        "Het kwam door een fout in onze update van 3 maart.",
        "Je ritkosten krijg je voor 6 maart terug.",
        "We betalen je de 4,50 euro terug.",
        "Uiterlijk vrijdag staat de 4,50 euro op je rekening.",
        "Je stond vanochtend bij station Lent met een slot dat niet openging.",
        "Laat je weten of het morgen wel lukt?",
        "Ik kan niet beloven dat het nooit meer gebeurt.",
        "Of we je rit vergoeden, weet ik nog niet.",
        "Ik vraag na hoe we dit rechtzetten en laat het je vrijdag hier weten.",
        "Als het vrijdag niet terug is, laat het me weten.",
        "We zoeken uit wat er met jouw slot is.",
        "Ik geef het door aan de monteurs.",
        "We hebben je bericht gelezen.",
        "Heb je vragen, dan help ik je graag.",
        "Dat is onze fout en het spijt me.",
        "We komen erop terug zodra we meer weten.",
    ],
    "en": [
        "It was caused by an error in our update of 3 March.",
        "You get the ride cost back before 6 March.",
        "We refund the 4.50 euro.",
        "By Friday the 4.50 euro is back with you.",
        "You stood at Lent station this morning with a lock that did not open.",
        "Will you tell me whether it opens tomorrow?",
        "I can't promise that it will never happen again.",
        "I'm asking how we can put this right and will tell you here by Friday noon.",
        "If it turns out to be our mistake, we'll say so here.",
        "If it isn't back on Friday, tell me.",
        "We are finding out what happened to your lock.",
        "I'll pass it on to the mechanics.",
        "We have read your message.",
        "If you have questions, I'm happy to help.",
        "That was our mistake and I am sorry.",
        "We'll come back to you when we know more.",
    ],
}
UNBOUND = {
    "nl": [
        "Je krijgt 25 euro van ons.",
        "Je geld is er binnen 24 uur.",
        "De sloten zijn inmiddels gerepareerd.",
        "Het is opgelost.",
        "Alles werkt weer.",
        "Ik heb je account gecontroleerd.",
        "Ik heb even in het systeem gekeken.",
        "In onze gegevens zie ik dat het slot openging.",
        "Je krijgt een maand gratis.",
        "We sturen je een kortingscode.",
        "Het kwam door een stroomstoring.",
        "De oorzaak was een kapotte server bij onze leverancier.",
        "Dit gebeurt niet nog eens.",
        "We garanderen dat het slot voortaan opengaat.",
        "Morgen plaatsen we nieuwe sloten.",
        "We hebben de monteur aangesproken.",
        "Onze fietsen worden elke week gecontroleerd.",
        "De fietsen zijn volkomen veilig.",
        "Onze sloten voldoen aan alle eisen.",
        "97% van de sloten ging gewoon open.",
        "Op 9 april was alles goed.",
        "We vergoeden je taxi.",
        "Zie www.nieuws-over-sloten.example voor uitleg.",
        "Morgen bellen we je voor 9.00 uur.",
        "Ik heb je dossier erbij gepakt.",
        "Je nieuwe afspraak staat al ingepland.",
        "Een onafhankelijke deskundige heeft het slot gekeurd.",
        "Het bedrag is juist berekend.",
        "In het najaar komen er nieuwe sloten.",
        "Zes van de twaalf sloten gingen open.",
        "De vervangende pendelbus vertrekt vanaf dezelfde halte.",
    ],
    "en": [
        "You get 25 euros from us.",
        "Your money is there within 24 hours.",
        "The locks have since been repaired.",
        "It is fixed.",
        "Everything works again.",
        "I checked your account.",
        "I have looked into our system.",
        "Our records show that the lock opened.",
        "You get a month for free.",
        "We are sending you a voucher.",
        "It was caused by a power cut.",
        "The cause was a broken server at our supplier.",
        "This will not happen again.",
        "We guarantee that the lock will open from now on.",
        "Tomorrow we will install new locks.",
        "We have spoken to the mechanic.",
        "Our bikes are checked every week.",
        "The bikes are perfectly safe.",
        "Our locks meet all the standards.",
        "97% of the locks opened as usual.",
        "On 9 April all was well.",
        "We will pay for your taxi.",
        "See www.news-about-locks.example for more.",
        "We'll call you tomorrow before 9:00.",
        "Your new appointment is already booked in for you.",
        "An independent expert has inspected the lock.",
        "The amount was calculated correctly.",
        "The replacement shuttle leaves from the same stop.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(BOUND))
def test_what_a_fact_the_post_or_manners_carry_is_fine(lang: str, sentence: str) -> None:
    assert quoted("N4", sentence, lang, facts=FACTS[lang], responsible=True) == []


@pytest.mark.parametrize(("lang", "sentence"), both(UNBOUND))
def test_what_no_fact_carries_is_refused(lang: str, sentence: str) -> None:
    assert "N4" in rules(sentence, lang, facts=FACTS[lang], responsible=True)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("nl", "We weten nog niet wat er was; morgen voor 17.00 uur laten we het hier weten."),
        ("nl", "Vandaag zoeken we het uit, en vrijdag lees je hier wat eruit kwam."),
        ("en", "We do not know yet what it was; tomorrow by 5 pm we will let you know here."),
        ("en", "Today we are finding out, and on Friday you can read here what came of it."),
    ],
)
def test_when_we_come_back_needs_no_source_where_nobody_knows_yet(lang: str, sentence: str) -> None:
    assert "N4" not in rules(sentence, lang, responsible=None)


NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def stored(text: str = "The lock did not open.", lang: str = "en") -> StoredMention:
    return StoredMention(1, Mention("reddit", "1", "w", Author("Noor"), text, "", NOON), MentionStatus.DRAFTED, lang, NOON)


BRAND = Brand(id="w", name="Waalfiets", terms=())


def fact(**changes: object) -> Fact:
    kept = {"id": "refund", "brand": "w", "text": {"en": "The 4.50 euro ride cost is refunded on 6 March."}, "source": "Lotte"}
    return Fact(**{**kept, **changes})  # type: ignore[arg-type]


def test_the_ledger_binds_each_claim_to_its_fact_or_to_nothing() -> None:
    claims = ledger("We refund the 4.50 euro on 6 March. Everything is fixed.", stored(), BRAND, [fact()], NOON)

    assert {("4.50 euro", "refund"), ("6 March", "refund")} <= {(claim.text, claim.fact_id) for claim in claims}
    assert [(claim.kind, claim.fact_id) for claim in claims if claim.fact_id is None] == [("done", None)]


def test_tomorrow_is_bound_by_the_date_of_tomorrow() -> None:
    assert [
        claim.fact_id for claim in ledger("You get it back tomorrow: we refund it.", stored(), BRAND, [fact()], NOON) if claim.kind == "day"
    ] == ["refund"]


def test_an_expired_fact_carries_nothing() -> None:
    old = fact(valid_until=date(2026, 3, 4))

    assert "N4" in {one.rule for one in review("We refund the 4.50 euro on 6 March.", stored(), BRAND, [old], History(), NOON)}


def test_a_fact_that_is_not_valid_yet_carries_nothing() -> None:
    early = fact(valid_from=date(2026, 3, 9))

    assert "N4" in {one.rule for one in review("We refund the 4.50 euro on 6 March.", stored(), BRAND, [early], History(), NOON)}


def test_a_confidential_fact_carries_nothing() -> None:
    assert "N4" in {
        one.rule for one in review("We refund the 4.50 euro on 6 March.", stored(), BRAND, [fact(confidential=True)], History(), NOON)
    }


def test_what_is_planned_is_not_yet_done() -> None:
    assert "N4" in {
        one.rule
        for one in review(
            "Your ride cost has been refunded.",
            stored(),
            BRAND,
            [fact(text={"en": "The ride cost will be refunded by 6 March."})],
            History(),
            NOON,
        )
    }


def test_a_repair_carries_a_promise_in_the_other_language_too() -> None:
    both_languages = fact(text={"en": "The locks failed."}, repair={"nl": "Je krijgt je ritkosten terugbetaald."})

    assert "N4" not in {one.rule for one in review("We will refund your ride cost.", stored(), BRAND, [both_languages], History(), NOON)}


@pytest.mark.parametrize(
    ("post", "told", "added", "lang"),
    [
        ("Mijn pas is zonder uitleg geblokkeerd", "Ik begrijp dat je pas is geblokkeerd.", "Je pas is vanmorgen gedeblokkeerd.", "nl"),
        ("My card was blocked without a word", "I read that your card was blocked.", "Your card was replaced this morning.", "en"),
    ],
)
def test_a_deed_that_the_post_tells_in_these_words_is_no_claim_of_ours(post: str, told: str, added: str, lang: str) -> None:
    assert [[], ["N4"]] == [sorted(rules(sentence, lang, post=post) & {"N4"}) for sentence in (told, added)]


def test_who_speaks_is_no_claim() -> None:
    reply = "Hi, the Waal Sports web team here about the showers. I'm sorry to hear that the showers were not working."

    assert "N4" not in rules(reply, "en", brand="Waal Sports", post="The showers don't work")

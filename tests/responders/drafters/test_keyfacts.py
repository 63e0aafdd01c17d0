from __future__ import annotations

from typing import Any

import pytest

from responders.drafters import keyfacts
from responders.drafters.phrases import COMPLAINTS, SERIOUS
from responders.drafters.vocabulary import vocabulary
from tests.builders import a_sentiment


def read_keyfacts(text: str, language: str, *rest: Any) -> keyfacts.KeyFacts:
    known = vocabulary(language)
    return keyfacts.read_keyfacts(known.read(text), known, *rest)


DUTCH = {
    "outage": ["De app doet het al de hele dag niet", "Alweer storing, geen internet in de hele wijk"],
    "late": ["Een half uur vertraging met de trein vanmorgen", "Sta al 20 minuten te wachten op de bus"],
    "cancelled": ["Mijn trein is weer uitgevallen", "De cursus gaat niet door en niemand belt"],
    "broken": ["Het zadel van mijn fiets is kapot", "De ketting liep eraf na 5 minuten"],
    "damaged": ["Mijn bank kwam aan met een flinke deuk en krassen", "Pakket beschadigd ontvangen"],
    "lost": ["Mijn koffer is kwijt", "Bestelling nooit ontvangen"],
    "billing": ["Er is 30 euro afgeschreven en ik weet niet waarvoor", "Ik kreeg een aanmaning voor een factuur die betaald is"],
    "double_charge": ["Er is twee keer afgeschreven voor mijn abonnement", "Dubbel betaald voor dezelfde rit"],
    "refund": ["Ik wil mijn geld terug voor de jas", "Wacht al weken op de terugbetaling"],
    "phone": ["Al een uur in de wacht bij jullie", "Niemand neemt op, en dan opgehangen"],
    "no_answer": ["Ik krijg geen antwoord op mijn mail", "Al vier keer gemeld en er gebeurt niks"],
    "staff": ["Wat een onbeschofte medewerker bij de balie", "De chauffeur snauwde mij af"],
    "price": ["De tarieven zijn weer duurder geworden", "Veel te duur, zo'n ritje"],
    "closed": ["Het zwembad was gesloten zonder bericht", "Stonden we voor een dichte deur"],
    "unavailable": ["Geen enkele fiets te vinden op het station", "Alles uitverkocht"],
    "not_collected": ["Mijn kliko is niet geleegd", "Het grofvuil is niet opgehaald"],
    "mess": ["Overal zwerfafval in het park", "Smerige toiletten in de trein"],
    "nuisance": ["Elke nacht lawaai van de kroeg", "Wat een stankoverlast"],
    "works": ["De straat is al weken opgebroken", "Weer een omleiding door werkzaamheden"],
    "upkeep": ["Losse tegels op de stoep, levensgroot gat in de weg", "Kuilen in het fietspad"],
    "crowded": ["De trein was bomvol", "Als haringen in een ton in de bus"],
    "wrong_info": ["Ik kreeg verkeerde informatie", "Op de site staat iets anders dan jullie zeggen"],
    "promise": ["Beloofd is beloofd, maar niks", "De afspraak is niet nagekomen"],
    "no_show": ["De monteur is niet komen opdagen", "Zat de hele dag thuis en niemand gezien"],
    "quality": ["Het brood was beschimmeld", "De soep was niet te eten"],
    "queue": ["Een uur in de rij voor een paspoort", "Wat een wachtrij bij de balie"],
    "too_high": ["Mijn termijnbedrag is van 120 naar 210 euro gegaan", "Onze energierekening is verdubbeld"],
    "wrong_item": ["Verkeerde kleur ontvangen", "Ik kreeg een lamp en dat is niet wat ik besteld heb"],
    "return_costs": ["Moet ik zelf de retourkosten betalen, schandalig", "Het terugsturen moet ik ook nog betalen"],
    "awaited": ["Ik ontvang al drie maanden geen factuur", "Ik wacht al maanden op mijn eindafrekening"],
    "refused": ["Mijn pas werd geweigerd", "Mijn aanvraag is afgewezen"],
    "unreachable": ["Jullie zijn gewoon niet te bereiken", "De helpdesk is al dagen onbereikbaar"],
    "passed_by": ["Bus 5 reed gewoon door terwijl ik bij de halte stond", "De tram stopte niet bij onze halte"],
    "rescheduled": ["Mijn afspraak is voor de derde keer verzet", "Operatie weer uitgesteld"],
    "not_called_back": ["Ik ben nog steeds niet teruggebeld", "Niemand belt mij terug"],
    "overflowing": ["De containers in de Beukenlaan puilen uit", "Een overvolle prullenbak bij het station"],
    "felled": ["De bomen in onze straat zijn gekapt", "Zomaar de heg weggehaald"],
    "fallen": ["Er is een boom omgewaaid op het fietspad", "Het hek is omgevallen"],
    "fined": ["Een boete gekregen terwijl ik betaald had", "Wat moet ik met die parkeerboete"],
    "after_cancelling": ["Contract opgezegd en jullie blijven afschrijven", "Ik heb opgezegd en moet nog steeds betalen"],
    "renewed": ["Mijn abonnement is zonder te vragen verlengd", "Stilzwijgend verlengd, dat contract"],
    "left_elsewhere": ["Mijn pakket is bij de buren afgegeven", "Bestelling bezorgd op een verkeerd adres"],
    "doubted_bill": ["Mijn jaarrekening klopt niet", "Die factuur van 800 euro kan niet kloppen"],
    "not_come": ["Handhaving komt niet", "De bezorger kwam weer niet"],
    "slow": ["De wifi is al weken zo traag", "Tergend traag, die site van jullie"],
    "blocked": ["Mijn pas is geblokkeerd", "Zonder uitleg geblokkeerd, mijn rekening"],
    "slippery": ["Spiegelglad in de hele wijk", "De stoep is nog niet gestrooid"],
    "general": ["Schandalig, die bakfiets van jullie", "Wat een ramp met mijn abonnement"],
    "question": ["Zijn jullie zondag open?", "Ik hoor dat het zwembad sluit, klopt dat?"],
    "praise": ["Bedankt, supersnel geholpen!", "Complimenten voor de monteur"],
    "": ["Goh, het regent.", "Wat een prutsers"],
}
ENGLISH = {
    "outage": ["Your app keeps crashing", "No internet since this morning"],
    "late": ["My flight was delayed 3 hours", "Still waiting for my bag"],
    "cancelled": ["My flight was cancelled", "You called off the class"],
    "broken": ["The seat is broken", "Flat tyre on the rental bike"],
    "damaged": ["My suitcase arrived dented", "Parcel was soaked and torn"],
    "lost": ["You lost my luggage", "My parcel never arrived"],
    "billing": ["I was charged $40 for nothing", "Got an invoice for an account I closed"],
    "double_charge": ["Charged twice for my booking", "I paid twice"],
    "refund": ["Where is my refund", "I want my money back"],
    "phone": ["On hold for an hour", "Your agent hung up on me"],
    "no_answer": ["No reply to my email", "Haven't heard back in weeks"],
    "staff": ["The agent was so rude", "Your driver yelled at a kid"],
    "price": ["Another price increase", "Way too expensive"],
    "closed": ["The pool was closed", "We were locked out"],
    "unavailable": ["Not a single bike at the station", "Sold out again"],
    "not_collected": ["My bin was not emptied", "Rubbish not collected"],
    "mess": ["The toilets were filthy", "Litter everywhere in the park"],
    "nuisance": ["The noise from your building", "That smell every day"],
    "works": ["The road is dug up again", "Another diversion because of roadworks"],
    "upkeep": ["Potholes on the bridge", "Loose paving by the school"],
    "crowded": ["The train was packed", "Overbooked flight"],
    "wrong_info": ["Got the wrong information", "Lack of communication from you"],
    "promise": ["They promised to fix it", "You said you would call"],
    "no_show": ["The mechanic didn't show up", "I stayed home all day and nobody came"],
    "quality": ["The bread was stale", "Undercooked chicken"],
    "queue": ["An hour in line for a passport", "What a queue at the desk"],
    "too_high": ["My energy bill has doubled", "My direct debit jumped and my bill is so high"],
    "wrong_item": ["Got the wrong colour", "This sofa is not what I ordered"],
    "return_costs": ["I have to pay for the return shipping", "Ridiculous return fees"],
    "awaited": ["Still no results from my test", "Still waiting for my statement, no final bill"],
    "refused": ["My card was declined", "You rejected my application"],
    "unreachable": ["I can't seem to DM you", "There is no way to contact you"],
    "passed_by": ["Bus 5 drove straight past the stop", "The tram didn't stop for us"],
    "rescheduled": ["My appointment was moved again", "Surgery postponed for the second time"],
    "not_called_back": ["Nobody called me back", "No one ever calls back"],
    "overflowing": ["The bins in the park are overflowing", "Your bin is full and nobody comes"],
    "felled": ["You cut down the trees in our street", "The old oak was chopped down"],
    "fallen": ["A tree has fallen over on the path", "The fence was blown over"],
    "fined": ["Got a parking fine although I paid", "I was fined and the machine was broken"],
    "after_cancelling": ["I cancelled and you keep charging me", "Still being charged for a contract that ended"],
    "renewed": ["You renewed my subscription without asking", "My contract was renewed without a word"],
    "left_elsewhere": ["Parcel left with a neighbour", "My order was delivered to the wrong address"],
    "doubted_bill": ["This bill can't be right", "My bill doesn't add up"],
    "not_come": ["The carer did not come", "The taxi never came"],
    "slow": ["Your wifi is so slow", "The website is painfully slow"],
    "blocked": ["My card was blocked", "You blocked my account"],
    "slippery": ["The bridge is like an ice rink", "Our road has not been gritted, it is icy"],
    "general": ["Ridiculous, this subscription of mine", "My account is a nightmare"],
    "question": ["What time do you open on Sunday?", "I read that the pool closes, is that true?"],
    "praise": ["Thank you, great service!", "Kudos to your crew"],
    "": ["It rains.", "You are the worst"],
}


@pytest.mark.parametrize("language, posts", [("nl", DUTCH), ("en", ENGLISH)])  # noqa: PT006
def test_the_samples_hold_every_situation(language: str, posts: dict[str, list[str]]) -> None:
    assert {*COMPLAINTS, "question", "praise", ""} == posts.keys()


@pytest.mark.parametrize(
    ("language", "situation", "text"),
    [("nl", situation, text) for situation, texts in DUTCH.items() for text in texts]
    + [("en", situation, text) for situation, texts in ENGLISH.items() for text in texts],
)
def test_a_post_shows_its_situation(language: str, situation: str, text: str) -> None:
    assert situation == read_keyfacts(text, language, ["Waalfiets"]).situation


@pytest.mark.parametrize(
    ("text", "language", "words", "owner"),
    [
        ("Mijn koffer is kwijt na de vlucht", "nl", "koffer", "you"),
        ("De huurfietsen zijn kapot", "nl", "huurfietsen", ""),
        ("Jullie app doet het niet", "nl", "app", "us"),
        ("Lijn 5 komt niet", "nl", "lijn 5", ""),
        ("De trein van 8.14 naar Utrecht is uitgevallen", "nl", "trein van 8.14 uur", ""),
        ("Mijn vouwstoel is kapot", "nl", "vouwstoel", "you"),
        ("Mijn drone is kwijt", "nl", "drone", "you"),
        ("Flight 6212 was delayed", "en", "flight 6212", ""),
        ("lost my sunglasses on a flight", "en", "sunglasses", "you"),
        ("my boarding pass has disappeared", "en", "boarding pass", "you"),
        ("My drone is missing", "en", "drone", "you"),
        ("Your iPad offer, my ipad is lost", "en", "iPad", "you"),
    ],
)
def test_the_subject_is_what_the_complaint_is_about(text: str, language: str, words: str, owner: str) -> None:
    subject = read_keyfacts(text, language, ["Waalfiets"]).subject

    assert subject is not None
    assert (words, owner) == (subject.words, subject.owner)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("My cancer is back and you lost it", "en"),
        ("Mijn man is kwijt", "nl"),
        ("My shitbox is broken", "en"),
        ("You lost my waalfiets", "en"),
    ],
)
def test_people_health_insults_and_our_own_name_are_never_lifted_from_a_post(text: str, language: str) -> None:
    assert read_keyfacts(text, language, ["Waalfiets"]).subject is None


def test_a_post_with_two_complaints_keeps_both_the_hard_one_first() -> None:
    key = read_keyfacts("On hold for 2 hours because my flight was cancelled", "en")

    assert ("cancelled", "phone") == (key.situation, key.second)


def test_two_sides_of_one_complaint_are_one() -> None:
    assert "" == read_keyfacts("Charged twice and still no refund of the invoice", "en").second


def test_what_our_facts_speak_of_goes_first() -> None:
    text = "No communication at all, and a delay of four hours"

    assert ["late", "wrong_info"] == [
        read_keyfacts(text, "en", (), None, prefer).situation for prefer in (frozenset(), frozenset({"wrong_info"}))
    ]


def test_a_question_in_a_complaint_is_a_complaint() -> None:
    situations = [
        read_keyfacts(text, "en").situation
        for text in (
            "Why is my flight always late?",
            "My bag never arrived. Can you help?",
            "Where is my bag?",
            "When will the road reopen?",
        )
    ]

    assert ["late", "lost", "lost", "question"] == situations


def test_praise_that_names_what_was_mended_is_praise() -> None:
    assert "praise" == read_keyfacts("Bedankt, snel geholpen met mijn lekke band. Top!", "nl").situation


@pytest.mark.parametrize("text", ["Thanks for losing my bag", "Great job, my bag is still not here, thanks", "thanks a lot for nothing"])
def test_bitter_thanks_are_no_praise(text: str) -> None:
    assert "praise" != read_keyfacts(text, "en").situation


def test_a_negative_sentiment_keeps_praise_away() -> None:
    assert "" == read_keyfacts("Thank you, great", "en", (), a_sentiment()).situation


@pytest.mark.parametrize(
    ("text", "language", "kind", "harm"),
    [
        ("De rem begaf het, pols gebroken", "nl", "safety", "er een pols gebroken is"),
        ("The brakes failed and I was injured", "en", "safety", "somebody was injured"),
        ("Onze persoonsgegevens liggen op straat, datalek!", "nl", "privacy", ""),
        ("I will sue you, my lawyer says", "en", "legal", ""),
        ("Vraag van een journalist voor een artikel", "nl", "press", ""),
        ("I want to die", "en", "self_harm", ""),
        ("This is fraud", "en", "crime", ""),
    ],
)
def test_the_kind_of_a_serious_matter_is_read_from_its_words(text: str, language: str, kind: str, harm: str) -> None:
    key = read_keyfacts(text, language)

    assert kind in SERIOUS
    assert (kind, harm) == (key.serious, key.harm)


@pytest.mark.parametrize("text", ["", " ", "🚲" * 5_000, "\u202e\u0000?", "mijn " * 20_000, "my my my", "??? ??", "a" * 100_000])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_hostile_texts_say_nothing_and_break_nothing(text: str, language: str) -> None:
    assert read_keyfacts(text, language).situation in {"", "general"}


@pytest.mark.parametrize(
    ("text", "language", "situation"),
    [
        ("Bestelling na 2 weken nog niet geleverd, ik wil mijn geld terug", "nl", "lost"),
        ("Order still not delivered. I want my money back", "en", "lost"),
        ("Ik wil mijn geld terug voor de jas", "nl", "refund"),
    ],
)
def test_money_that_somebody_wants_back_is_the_complaint_only_where_there_is_no_other(text: str, language: str, situation: str) -> None:
    assert situation == read_keyfacts(text, language).situation


def test_the_thing_in_a_brands_name_can_be_what_a_post_is_about() -> None:
    found = read_keyfacts("Bus 5 drove straight past the stop", "en", ("City Bus", "@citybus"))

    assert ("passed_by", "bus 5") == (found.situation, found.subject.words if found.subject else "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Zo'n puinhoop, er staat al een week een wrak voor mijn deur", "nl"),
        ("Belachelijk, de monteur komt pas maandag", "nl"),
        ("Ridiculous, I can't book online", "en"),
        ("Terrible, three hours in A&E with a child", "en"),
        ("Terrible, somebody sleeps outside my house", "en"),
    ],
)
def test_a_place_beside_it_and_a_word_that_is_no_noun_here_are_not_what_a_post_is_about(text: str, language: str) -> None:
    subject = read_keyfacts(text, language).subject

    assert (subject.words if subject else "") not in {"deur", "pas", "book", "house", "hours"}


@pytest.mark.parametrize(("text", "language"), [("Het dak heeft weer gelekt", "nl"), ("The roof has leaked since Sunday", "en")])
def test_water_that_leaks_is_no_leak_of_data(text: str, language: str) -> None:
    assert "" == read_keyfacts(text, language).serious


def test_a_time_without_a_day_says_when() -> None:
    assert ["om 16.30", "at 4.30"] == [
        read_keyfacts("Ik sta om 16.30 voor een dichte deur", "nl").circumstances.when,
        read_keyfacts("Standing in front of a closed door at 4.30", "en").circumstances.when,
    ]


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("Bedankt, vijf minuten later zat ik weer op de fiets", "praise"),
        ("Ben het zat met dat abonnement van jullie", "general"),
    ],
)
def test_who_sat_somewhere_is_not_fed_up(text: str, situation: str) -> None:
    assert situation == read_keyfacts(text, "nl").situation


def test_a_wrong_address_is_told_once() -> None:
    assert ("left_elsewhere", "") == ((found := read_keyfacts("My order was delivered to the wrong address", "en")).situation, found.second)

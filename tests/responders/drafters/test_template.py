from __future__ import annotations

from dataclasses import replace

import pytest

from responders.contracts import Drafter
from responders.drafters import DRAFTERS
from responders.drafters.phrases import BLANK
from responders.drafters.template import TemplateDrafter
from tests.builders import a_brand, a_fact, a_sentiment
from tests.responders.drafters.shared import (
    a_dutch_fact,
    a_dutch_mention,
    an_english_mention,
    drafted,
    packaged_drafter,
    packaged_templates,
    why,
)

LOCK = "De sloten van jullie fietsen doen het niet, sta al 20 minuten bij station Nijmegen"
LOCKS_DOWN = a_dutch_fact(
    "Tussen 7.10 en 8.40 uur gingen de sloten niet open door een storing in onze slotserver.", topics=("slot", "sloten")
)
RIDES_BACK = "Wie niet kon ontgrendelen, krijgt het ritgeld vrijdag 6 maart terug."


def test_the_drafter_is_listed_and_keeps_the_contract() -> None:
    drafter = DRAFTERS["template"].load()(packaged_templates())

    assert isinstance(drafter, Drafter)
    assert "template" == drafter.name


def test_a_draft_says_who_wrote_it_in_which_language_and_for_which_situation() -> None:
    draft = drafted(a_dutch_mention(LOCK))

    assert ("template 2", "nl", "outage") == (draft.drafter, draft.language, draft.situation)


# Whose fault it is ---------------------------------------------------------------------------------------------------------------


def test_our_fault_is_owned_explained_and_mended() -> None:
    text = drafted(a_dutch_mention(LOCK), replace(LOCKS_DOWN, repair={"nl": RIDES_BACK})).text

    assert [True] * 6 == [
        "Waalfiets" in text,
        any(word in text for word in ("spijt", "Sorry")),
        any(word in text for word in ("onze fout", "niet goed gedaan", "de fout in")),
        "slotserver" in text,
        RIDES_BACK in text or RIDES_BACK[0].lower() + RIDES_BACK[1:] in text,
        text.endswith("^EK"),
    ]


def test_our_fault_without_a_known_repair_promises_to_come_back_by_the_configured_time() -> None:
    draft = drafted(a_dutch_mention(LOCK), LOCKS_DOWN)
    promise = next(fact for fact in draft.facts if fact.id == "replies-nl-come_back_within")

    assert "innen één werkdag" in draft.text
    assert ("config/replies/nl.toml", True) == (promise.source, "binnen één werkdag" in promise.text["nl"])


def test_a_fact_that_says_what_is_done_is_itself_the_repair() -> None:
    mending = a_dutch_fact("Je krijgt het ritgeld vrijdag 6 maart terug.", id="money", topics=("sloten",))
    draft = drafted(a_dutch_mention(LOCK), mending)

    assert (["money"], False) == ([fact.id for fact in draft.facts], "werkdag" in draft.text)


def test_cause_and_repair_may_be_two_facts() -> None:
    mending = a_dutch_fact("Je krijgt het ritgeld vrijdag 6 maart terug.", id="money", topics=("sloten",))
    draft = drafted(a_dutch_mention(LOCK), LOCKS_DOWN, mending)

    assert ["locks-down", "money"] == [fact.id for fact in draft.facts]


def test_where_it_was_not_us_the_fact_and_its_source_inform_without_an_apology() -> None:
    wissel = a_dutch_fact(
        "De trein stond stil door een defecte wissel van de spoorbeheerder.",
        responsible=False,
        topics=("trein",),
        source="https://spoor.example/1",
    )
    text = drafted(a_dutch_mention("Weer een half uur vertraging met de trein"), wissel).text

    assert [True, True, False] == [
        "wissel" in text,
        "https://spoor.example/1" in text,
        any(word in text for word in ("spijt", "orry", "fout")),
    ]


def test_without_a_fact_nothing_is_denied() -> None:
    draft = drafted(a_dutch_mention("Weer een half uur vertraging met de trein"), responsible=False)

    assert "weet" in draft.text
    assert "replies-nl-come_back_within" in [fact.id for fact in draft.facts]


def test_what_nobody_knows_yet_is_said_with_who_finds_out_and_when_we_come_back() -> None:
    text = drafted(an_english_mention("My parcel never arrived")).text

    assert [True] * 3 == ["don't know yet" in text, "within a working day" in text, "your parcel" in text]
    assert not any(word in text for word in ("our mistake", "our fault", "got this wrong"))


def test_a_fact_of_unknown_fault_is_told_beside_what_we_do_not_know() -> None:
    fact = a_fact("All parcels of Monday are in the depot in Arnhem.", responsible=None, topics=("parcel",), id="depot")
    draft = drafted(an_english_mention("My parcel never arrived"), fact)

    assert ["depot", "replies-en-come_back_within"] == [one.id for one in draft.facts]
    assert "depot in Arnhem" in draft.text


def test_responsibility_can_come_from_the_caller_where_no_fact_says_it() -> None:
    assert any(word in drafted(a_dutch_mention(LOCK), responsible=True).text for word in ("onze fout", "niet goed gedaan", "de fout in"))


def test_a_fact_outweighs_the_caller() -> None:
    text = drafted(a_dutch_mention(LOCK), replace(LOCKS_DOWN, responsible=False), responsible=True).text

    assert not any(word in text for word in ("spijt", "orry", "fout"))


# What kind of post it is ---------------------------------------------------------------------------------------------------------


def test_a_wrong_fact_is_answered_with_the_fact_and_its_source() -> None:
    fact = a_fact(
        "Waalfiets does not sell location data.", responsible=False, topics=("location data",), source="https://waalfiets.example/privacy"
    )
    draft = drafted(an_english_mention("Stop selling my location data, shame on you"), fact)

    assert "wrong_fact" == draft.situation
    assert [True] * 3 == [
        "does not sell location data" in draft.text,
        "https://waalfiets.example/privacy" in draft.text,
        "You write about" in draft.text,
    ]


def test_triage_may_say_that_a_fact_is_wrong() -> None:
    fact = a_fact("Rides cost 1 euro.", responsible=None, topics=("rides",))

    assert "wrong_fact" == drafted(an_english_mention("Your rides went up, too expensive", "T4"), fact).situation


def test_a_question_is_answered_from_the_facts_with_the_source() -> None:
    fact = a_dutch_fact("De winkel is open van maandag tot en met zaterdag.", responsible=None, topics=("winkel", "open"))
    draft = drafted(a_dutch_mention("Is de winkel zondag ook open?", "T7"), fact)

    assert ("question", ["locks-down"]) == (draft.situation, [one.id for one in draft.facts])
    assert "maandag tot en met zaterdag" in draft.text


def test_a_question_without_an_answer_gets_a_time_and_no_guess() -> None:
    draft = drafted(a_dutch_mention("Is de winkel zondag ook open?", "T7"))

    assert ["replies-nl-come_back_within"] == [one.id for one in draft.facts]
    assert "één werkdag" in draft.text


def test_a_question_in_a_complaint_is_answered_where_a_fact_can() -> None:
    fact = a_fact("Lost items can be reported with the form.", responsible=None, topics=("lost",), id="form")
    draft = drafted(an_english_mention("I lost my sunglasses, is there a lost and found?"), fact)

    assert "form" in [one.id for one in draft.facts]
    assert "reported with the form" in draft.text


def test_addressed_praise_gets_short_thanks() -> None:
    draft = drafted(an_english_mention("Thank you so much, great service with my bike!", "T1", "T7"))

    assert ("praise", True) == (draft.situation, len(draft.text) < 250)


def test_nobody_apologises_for_praise_that_was_not_understood() -> None:
    said = "Zulke monteurs wil je. Ketting eraf, vijf minuten later reed ik weer, en dat op zondag!"
    fact = a_dutch_fact("Reparaties duren langer, want we hadden te weinig monteurs.", topics=("monteur",), responsible=True)

    assert "nobody apologises" in why(a_dutch_mention(said, "T1", "T7"), fact)


def test_praise_among_peers_is_left_alone() -> None:
    assert "(T9)" in why(an_english_mention("Thank you, great service!", "T9"))


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("De rem van mijn fiets begaf het, ik ben gewond geraakt", "safety", "hoe gaat het|gaat het goed"),
        ("De gaslucht bij de winkel is gevaarlijk", "safety", "veilig|gaslucht"),
        ("Datalek! Mijn persoonsgegevens zijn te zien", "privacy", "gegevens"),
        ("Ik wil niet meer leven", "self_harm", "zorgen"),
        ("Mijn advocaat neemt contact op", "legal", "hoort vandaag nog"),
        ("Vraag van een journalist voor een artikel", "press", "woordvoerder"),
        ("Dit is gewoon fraude", "crime", "zoeken het uit"),
        ("Er klopt iets niet", "serious", "weten we nog niet"),
    ],
)
def test_a_serious_matter_gets_a_holding_text_only(text: str, kind: str, shown: str) -> None:
    draft = drafted(a_dutch_mention(text, "T12"), LOCKS_DOWN)

    assert kind == draft.situation
    assert any(part in draft.text for part in shown.split("|"))
    assert not any(word in draft.text for word in ("fout", "spijt", "orry", "slotserver", "door een", BLANK))


def test_a_holding_text_names_the_complaint_it_can_name() -> None:
    assert "the bread was not good" in drafted(an_english_mention("The bread was mouldy", "T12")).text


def test_a_holding_text_gives_an_emergency_number_only_where_a_fact_does() -> None:
    fact = a_dutch_fact("Bij een gaslucht: bel 0800-9009 of 112.", responsible=None, topics=("gaslucht",))
    mention = a_dutch_mention("Gaslucht bij de winkel!", "T12", network="mastodon")

    assert [True, False] == ["112" in drafted(mention, fact).text, "112" in drafted(mention).text]


def test_concern_comes_before_regret_where_somebody_was_harmed() -> None:
    text = drafted(an_english_mention("The saddle broke and I fell", network="mastodon"), responsible=True).text
    concern = max(text.find("how are you now"), text.find("are you all right"))

    assert 0 <= concern < text.lower().find("sorry")


# Where there is nothing to say ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["T10", "T11"])
def test_what_belongs_to_people_is_left_to_people(rule: str) -> None:
    assert f"({rule})" in why(a_dutch_mention(LOCK, "T5", rule))


def test_a_rant_without_a_complaint_gets_no_draft() -> None:
    assert "no complaint" in why(an_english_mention("You are the worst company ever"))


@pytest.mark.parametrize(("language", "shown"), [("fr", '"fr"'), ("", "not known")])
def test_a_language_without_phrases_gets_no_draft(language: str, shown: str) -> None:
    assert shown in why(replace(a_dutch_mention(LOCK), language=language))


def test_the_source_may_tell_the_language() -> None:
    assert "nl" == drafted(a_dutch_mention(LOCK, language="", language_hint="nl")).language


def test_what_does_not_fit_the_network_gets_no_draft() -> None:
    long = a_dutch_fact("De sloten " + "en nog eens de sloten " * 40 + "waren stuk.", responsible=False, topics=("sloten",))

    assert "(R12)" in why(a_dutch_mention(LOCK, network="x"), long)


def test_why_none_is_silent_where_there_is_a_draft() -> None:
    drafter = packaged_drafter()

    assert ["", True] == [
        drafter.why_none(a_dutch_mention(LOCK), a_brand(), ()),
        bool(drafter.why_none(a_dutch_mention("Goh, het regent"), a_brand(), ())),
    ]
    assert drafter.draft(a_dutch_mention("Goh, het regent"), a_brand(), ()) is None


def test_a_sentiment_helps_to_tell_a_complaint_from_thanks() -> None:
    mention = an_english_mention("Thank you, great service with my bike", sentiment=a_sentiment())

    assert "general" == drafted(mention).situation


def test_facts_of_the_wrong_fault_are_not_used() -> None:
    theirs = a_dutch_fact("De aannemer brak de sloten.", id="theirs", responsible=False, topics=("sloten",))
    ours = replace(LOCKS_DOWN, topics=("sloten", "fietsen", "station"))

    draft = drafted(a_dutch_mention(LOCK, network="reddit"), ours, theirs, fullness="fuller")

    assert "theirs" not in [fact.id for fact in draft.facts]
    assert "aannemer" not in draft.text


def test_a_drafter_comes_from_the_settings() -> None:
    class Chosen:
        templates = packaged_templates()

    drafter = TemplateDrafter.from_settings(Chosen())  # type: ignore[arg-type]

    assert drafter.draft(a_dutch_mention(LOCK), a_brand(), ()) is not None


def test_thanks_to_somebody_of_ours_are_thanked_for() -> None:
    kind, cold = "dank aan de chauffeur die mijn moeder zo goed hielp", "met dank aan jullie sta ik nu een uur in de kou te wachten"

    assert ["praise", "late"] == [drafted(a_dutch_mention(f"@waalfiets {text}", "T7")).situation for text in (kind, cold)]

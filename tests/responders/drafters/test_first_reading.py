"""What a person who read drafts would not sign, each once: complaints of many trades, and what their drafts must and must not say."""

from __future__ import annotations

from typing import Any

import pytest

from responders.preview import draft_line

REBOOKED = (
    "rebooking",
    "Whoever missed a connection through our delay is booked on the next flight at no cost.",
    "https://air.example/rebook",
)


def line(lang: str, text: str, *facts: tuple[str, str, str], responsible: bool | None = None, number: int = 1) -> dict[str, Any]:
    given = [{"id": name, "text": fact, "source": source} for name, fact, source in facts]
    common = {"id": str(number), "lang": lang, "network": "mastodon", "brand": "Waalstroom", "author": "@iemand"}
    return draft_line({**common, "text": text, "facts": given, "responsible": responsible})


def red(answer: dict[str, Any]) -> list[str]:
    return [f"{one['rule']}: {one['sentence']}" for one in answer["objections"] if one["severity"] == "red"]


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("nl", "@waalstroom mijn termijnbedrag is zomaar van 120 naar 210 euro gegaan, hoe kan dat??", "termijnbedrag"),
        ("nl", "@waalstroom verkeerde kleur ontvangen, en ik moet zelf de retourkosten betalen? Serieus?", "kleur"),
        ("nl", "@waalstroom ik sta al een uur in de rij voor een paspoort. Belachelijk.", "in de rij"),
        ("nl", "@waalstroom al twee maanden schimmel in de slaapkamer en jullie sturen niemand. Schaam je.", "schimmel"),
        ("nl", "@waalstroom ik ontvang al drie maanden geen factuur. Kunt u dit nakijken?", "factuur"),
        ("nl", "@waalstroom drie weken geleden besteld, nog niks binnen", "bestelling"),
        ("nl", "@waalstroom tram 22 reed me zo voorbij terwijl ik stond te zwaaien. Leuk in de regen.", "tram 22"),
        ("nl", "@waalstroom mijn buurman draait elke nacht harde muziek en jullie doen niks", "muziek"),
        ("nl", "@waalstroom jullie slimme meter geeft onzin aan en de klantenservice zegt dat ik gek ben", "meter"),
        ("en", "@waalstroom the street light outside the school has been out since January.", "street light"),
        ("en", "@waalstroom three emails, two calls, zero answers about my missing table leg", "table"),
        ("en", "@waalstroom the quality has gone downhill, the drawer fell apart in a week", "drawer"),
        ("en", "@waalstroom engineer was supposed to come between 8 and 12. It's 4pm.", "engineer"),
        ("en", "@waalstroom my direct debit jumped from £95 to £180 without a word. Explain.", "direct debit"),
        ("en", "@waalstroom ordered a green sofa, got a grey one. Now you want ME to pay for the return??", "sofa"),
        ("en", "@waalstroom smart meter has shown zero for two months, and you still bill me an estimate. Sort it out.", "smart meter"),
        ("en", "@waalstroom your driver slammed the door in my face at Elm Street and laughed", "driver"),
        ("en", "@waalstroom your app logs me out every two minutes. Useless.", "app"),
    ],
)
def test_a_plain_complaint_of_any_trade_gets_an_answer_that_names_it_and_says_when_we_come_back(lang: str, text: str, names: str) -> None:
    answer = line(lang, text)

    assert (None, []) == (answer["why_none"], red(answer))
    assert names in answer["draft"]
    assert any(when in answer["draft"] for when in ("één werkdag", "a working day"))


def test_a_remedy_is_never_told_as_what_went_wrong_and_one_for_others_leaves_a_step_of_ours() -> None:
    drafts = [line("en", "6 hour delay, missed dinner", REBOOKED, responsible=True, number=number)["draft"] for number in range(12)]

    assert all("Whoever missed" in draft or "whoever missed" in draft for draft in drafts)
    assert [] == [draft for draft in drafts if "went wrong:" in draft or "how it happened:" in draft]
    assert all("within a working day" in draft for draft in drafts)


def test_a_fact_that_tells_how_it_came_about_is_a_cause_and_no_repair() -> None:
    fact = ("retour", "Terugbetalingen van retouren zijn in februari door een fout in ons systeem blijven liggen.", "de administratie")
    answer = line("nl", "ik wacht al 4 weken op mijn terugbetaling van een geretourneerde lamp.", fact, responsible=True)

    assert [] == red(answer)
    assert "werkdag" in answer["draft"]


def test_a_fact_about_another_trouble_does_not_explain_that_nobody_answers_the_phone() -> None:
    snow = ("snow", "Snow closed runways on 16 February, so that flights were late.", "the operations desk")

    assert "Snow" not in line("en", "Trying to add my dog on the flight but can't get through.", snow, responsible=True)["draft"]


def test_who_asks_when_a_bill_comes_is_not_told_that_it_is_wrong() -> None:
    fact = ("bill", "Een eindafrekening komt binnen zes weken na de verhuisdatum.", "https://waalstroom.example/verhuizen")
    answer = line("nl", "Wanneer krijg ik eindelijk mijn eindafrekening? Ik ben in december verhuisd.", fact)

    assert [] == red(answer)
    assert ("klopt" in answer["draft"], "zes weken" in answer["draft"]) == (False, True)


def test_a_polite_question_is_answered_by_the_fact_alone() -> None:
    fact = ("brug", "De brug bij de haven is tot en met vrijdag dicht voor onderhoud.", "https://waalstroom.example/brug")
    answer = line("nl", "kunt u mij zeggen waarom de brug bij de haven al sinds maandag dicht is?", fact)

    assert [] == red(answer)
    assert "rest weet ik" not in answer["draft"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "De kast kwam aan met een gebroken deur, en jullie reageren niet op mijn mails."),
        ("en", "They broke my bicycle last week. Why?"),
    ],
)
def test_a_broken_thing_gets_regret_for_the_person_and_no_text_for_danger(lang: str, text: str) -> None:
    draft = line(lang, text)["draft"]

    assert not any(cold in draft for cold in ("Thanks for letting us know", "vandaag nog", "today"))


@pytest.mark.parametrize(
    ("lang", "text", "never"),
    [
        ("nl", "De receptioniste stuurde me weg omdat ik 5 minuten te laat was.", "5 minuten"),
        ("nl", "Jullie hebben de halte opgeheven, mijn moeder kan geen 800 meter lopen. Belachelijk.", "de meter"),
        ("nl", "De receptioniste stuurde me weg, wat onbeschoft.", "over de weg"),
        ("en", "you closed my complaint without solving it. What a joke.", "found us closed"),
        ("en", "your website crashed and now I'm being charged a late fee. Unreal.", "still not working"),
        ("en", "the drawer fell apart in a week, bad quality", "are you all right"),
    ],
)
def test_a_word_in_passing_is_not_taken_for_the_matter(lang: str, text: str, never: str) -> None:
    assert never not in (line(lang, text)["draft"] or "")


def test_what_belongs_to_somebody_else_is_not_called_the_author_s() -> None:
    draft = line("nl", "de afspraak van mijn vader voor de derde keer afgezegd")["draft"]

    assert ("je afspraak" in draft, "de afspraak" in draft) == (False, True)


@pytest.mark.parametrize(
    ("lang", "text"), [("nl", "Mijn pakket is nog niet aangekomen"), ("en", "My parcel never arrived"), ("nl", "De lift doet het niet")]
)
def test_ten_answers_in_a_row_do_not_begin_alike(lang: str, text: str) -> None:
    begun = {line(lang, text, number=number)["draft"].split(". ")[0] for number in range(10)}

    assert len(begun) >= 6

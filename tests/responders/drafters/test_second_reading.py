"""What a communications adviser would not sign on a second reading, each once: complaints misread, facts that do not belong, lame words."""

from __future__ import annotations

import pytest

from tests.responders.drafters.test_first_reading import line, red


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("nl", "ik wacht nu al 9 dagen op mijn pakket uit Zwolle, waar blijft het???", "al 9 dagen op je pakket wacht"),
        ("nl", "ik heb in augustus opgezegd en toch schrijven jullie nog elke maand af", "je opzegging"),
        ("nl", "ik kreeg een blauwe jas in plaats van de rode die ik besteld had", "besteld had"),
        ("nl", "moet ik serieus zelf 6,95 betalen om jullie fout terug te sturen?", "terug te sturen"),
        ("nl", "mijn bestelling kwam binnen met een kapotte doos en gebroken bord :(", "je bestelling beschadigd"),
        ("nl", "jullie zouden me maandag terugbellen. Het is nu vrijdag.", "niet bent teruggebeld"),
        ("nl", "het brood van gisteren was keihard en de gebakjes zuur", "het brood gisteren niet goed"),
        ("nl", "De stoeptegels liggen al maanden los. Ik heb het drie keer gemeld.", "had al drie keer een melding gedaan"),
        ("nl", "mijn jaarafrekening is 1840 euro, dit kan niet kloppen", "weet ik nog niet"),
        ("en", "need to learn operations. Then delay flight 3 1/2 hours!", "3 1/2 hours"),
    ],
)
def test_a_complaint_is_told_for_what_it_is(lang: str, text: str, names: str) -> None:
    answer = line(lang, text)

    assert (None, []) == (answer["why_none"], red(answer))
    assert names in answer["draft"]


@pytest.mark.parametrize(
    ("lang", "text", "never"),
    [
        ("nl", "de verwarming doet het al sinds zondag niet, met een baby van 3 maanden", "3 maanden"),
        ("nl", "jullie hebben alle bomen aan de Singel gekapt", "Hoe dat komt"),
        ("nl", "mijn jaarafrekening is 1840 euro, dit kan niet kloppen", "kon gebeuren"),
        ("nl", "er is harde muziek bij het speelveld, we slapen niet", "hoe dit komt"),
        ("nl", "Bedankt voor de snelle hulp, mevrouw aan de telefoon was erg vriendelijk", "te bellen"),
        ("en", "Let us know when you find everyone's luggage. Thanks.", "nice message"),
        ("en", "That is appreciated. However, the system ends the call. No need to reply, thanks.", "compliment"),
        ("en", "remember when customers were valuable? Is it so hard to be nice?", "I'm not sure"),
        ("en", "the incompetence is truly stunning at this point", "unfriendly"),
        ("en", "the incompetence is truly stunning at this point", "the point"),
    ],
)
def test_what_would_hurt_or_mean_nothing_is_not_said(lang: str, text: str, never: str) -> None:
    drafts = [line(lang, text, number=number)["draft"] or "" for number in range(12)]

    assert [] == [draft for draft in drafts if never in draft]


BAGS = ("bags", "Bags that missed a flight at Newark come on the next flight and are delivered to the door.", "https://air.example/bags")


@pytest.mark.parametrize("text", ["a 4 hour delay of my flight, now I need a hotel", "Line out the door. All due to hacks"])
def test_a_fact_that_only_mentions_what_the_post_is_about_is_not_told(text: str) -> None:
    assert "Bags" in line("en", "where are my bags? they missed the flight", BAGS)["draft"]
    assert "ags" not in line("en", text, BAGS)["draft"]


def test_the_money_is_told_of_where_a_fact_says_that_it_comes_back() -> None:
    cause = ("e", "Op 24 november is dubbel afgeschreven door een fout in onze software.", "https://e.example/dubbel")
    back = ("e2", "Het bedrag staat uiterlijk 30 november weer op de rekening.", "https://e.example/dubbel")
    draft = line("nl", "er is twee keer 89 euro afgeschreven deze maand!", cause, back, responsible=True)["draft"]

    assert "weer op de rekening" in draft


def test_what_stood_still_from_a_day_on_is_a_cause_and_leaves_a_next_step_of_ours() -> None:
    fact = ("c", "De vrachtwagen stond vanaf 4 november stil, doordat wij geen chauffeur hadden.", "Els Kamps, hoofd buitendienst")
    draft = line("nl", "mijn groene container is al 3 weken niet geleegd, er komt geen vrachtwagen", fact, responsible=True)["draft"]

    assert "één werkdag" in draft

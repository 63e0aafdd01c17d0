"""What an amount is that the reply reckons from those beside it (N4), and the figure next to it that follows from nothing."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import quoted

OPENING = {
    "nl": "Dag Noor, hier Sanne van Waalfiets. ",
    "en": "Hi Noor, Sanne from Waalfiets here. ",
}
PRICES = {
    "nl": ("Abonnement: € 356 in 2027, € 318 in 2026. Helm 12,50 euro in plaats van 15 euro.", "tarievenlijst"),
    "en": ("Subscription: €356 in 2027, €318 in 2026. Helmet 12.50 euro instead of 15 euro.", "price list"),
}


def _loose(reply: str, lang: str, facts: list[tuple[str, str]], **line: object) -> list[str]:
    return quoted("N4", OPENING[lang] + reply, lang, facts=facts, **line)


@pytest.mark.parametrize(
    ("lang", "reply", "wrong"),
    [
        ("nl", "De prijs gaat van € 318 naar € 356, dus € 38 meer.", "€ 38"),
        ("en", "It goes from €318 to €356, so €38 more.", "€38"),
        ("nl", "De helm kost 12,50, oftewel 2,50 minder dan anders.", "2,50"),
        ("en", "The helmet is 12.50, which is 2.50 less than usual.", "2.50"),
    ],
)
def test_what_two_told_amounts_differ_by_needs_no_fact_and_another_figure_does(lang: str, reply: str, wrong: str) -> None:
    assert _loose(reply, lang, [PRICES[lang]]) == []
    other = wrong.replace("8", "9").replace("2,5", "3,5").replace("2.5", "3.5")
    assert other in _loose(reply.replace(wrong + " m", other + " m").replace(wrong + " l", other + " l"), lang, [PRICES[lang]])


@pytest.mark.parametrize(
    ("lang", "post", "fact", "reply", "wrong"),
    [
        (
            "nl",
            "Mijn reparatie kostte 310 euro, dat is veel te veel.",
            ("Reparatie € 145. Bon verkeerd geboekt. Verschil terug, 4 werkdagen.", "kassa"),
            "De reparatie had € 145 gekost, wij boekten de bon verkeerd. U krijgt {} terug, binnen vier werkdagen.",
            ("€ 165", "€ 185"),
        ),
        (
            "en",
            "My repair cost 310 euro, that is far too much.",
            ("Repair €145. Receipt booked wrongly. Difference back, 4 working days.", "till"),
            "The repair should have been €145, we booked the receipt wrongly. You get {} back within four working days.",
            ("€165", "€185"),
        ),
    ],
)
def test_a_difference_that_a_fact_gives_back_is_reckoned_with_the_post(
    lang: str, post: str, fact: tuple[str, str], reply: str, wrong: tuple[str, str]
) -> None:
    right, other = wrong
    assert not any(right in one for one in _loose(reply.format(right), lang, [fact], post=post))
    assert any(other in one for one in _loose(reply.format(other), lang, [fact], post=post))


@pytest.mark.parametrize(
    ("lang", "fact", "reply"),
    [
        (
            "nl",
            ("Fiets vanaf € 685. Opties: mand 49, slot 115, verzekering 95.", "prijslijst"),
            "De fiets begint bij 685 euro. Met mand (49), slot (115) en verzekering (95) kom je op {}.",
        ),
        (
            "en",
            ("Bike from €685. Options: basket 49, lock 115, insurance 95.", "price list"),
            "The bike starts at 685 euro. With basket (49), lock (115) and insurance (95) that comes to {}.",
        ),
    ],
)
def test_what_the_amounts_just_told_come_to_needs_no_fact(lang: str, fact: tuple[str, str], reply: str) -> None:
    post = {"nl": "Wat kost zo'n fiets nou echt, met alles erop?", "en": "What does such a bike really cost, all in?"}[lang]
    assert _loose(reply.format("944"), lang, [fact], post=post) == []
    assert "954" in _loose(reply.format("954"), lang, [fact], post=post)

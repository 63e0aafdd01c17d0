"""Whether a correction comes with its source (R7): what corrects, what names a source, and of which fact."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import both, rules

POST = {
    "nl": "@Waalfiets verkoopt de stalling bij Lent aan een parkeerbedrijf. Lekker dan.",
    "en": "@Waalfiets is selling the shed at Lent to a car park firm. How lovely.",
}
UNTRUE = {
    "nl": [
        ("Nagekeken en onjuist: de stalling is verhuurd aan de scouts, voor tien jaar", "huurcontract 4411, 17 november"),
        ("Vier op de tien fietsers stallen er", "fietstelling oktober"),
    ],
    "en": [
        ("Checked and untrue: the shed is let to the scouts for ten years", "lease 4411 of 17 November"),
        ("Four in ten riders use it", "October count"),
    ],
}
SOURCED = {
    "nl": [
        "In huurcontract 4411 lees je dat de scouts er tien jaar in mogen.",
        "De scouts mogen er tien jaar in, dat is op 17 november getekend.",
        "Ze is verhuurd aan de scouts, het register van de gemeente noemt ze ook.",
        "Ze is verhuurd aan de scouts; in het verslag van de raad staat hoe lang.",
        "De scouts huren haar, vertelde de wethouder ons.",
    ],
    "en": [
        "In lease 4411 you can read that the scouts have it for ten years.",
        "The scouts have it for ten years, signed on 17 November.",
        "It is let to the scouts, and the town register lists them too.",
        "It is let to the scouts; the term is in the council's own minutes.",
        "The scouts rent it; the alderman told us so.",
    ],
}
UNSOURCED = {
    "nl": [
        "De stalling is verhuurd aan de scouts, voor tien jaar.",
        "De scouts huren haar tien jaar. Mail gerust naar info@waalfiets.example.",
        "De scouts huren haar tien jaar. Volgens de fietstelling van oktober stallen er vier op de tien.",
        "De scouts huren haar al sinds 2025.",
    ],
    "en": [
        "The shed is let to the scouts, for ten years.",
        "The scouts rent it for ten years. Mail us at info@waalfiets.example.",
        "The scouts rent it for ten years. According to the October count, four in ten riders use it.",
        "The scouts rent it. Come in and I'll tell you whom to see.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(SOURCED))
def test_a_source_may_be_named_in_any_form(lang: str, sentence: str) -> None:
    assert "R7" not in rules(sentence, lang, responsible=False, post=POST[lang], facts=UNTRUE[lang])


@pytest.mark.parametrize(("lang", "sentence"), both(UNSOURCED))
def test_an_address_a_year_or_the_source_of_another_fact_is_none(lang: str, sentence: str) -> None:
    assert "R7" in rules(sentence, lang, responsible=False, post=POST[lang], facts=UNTRUE[lang])


@pytest.mark.parametrize(
    ("lang", "post", "fact", "reply", "corrects"),
    [
        ("en", "Far too loud, your shed. Isn't there a quiet hour?", "Quiet hour is Tuesday 9-10", "Tuesdays at nine it is calm.", False),
        ("en", "No wheelchairs in your shed since the rebuild.", "Wheelchairs get in at Canal Street", "Canal Street lets you in.", True),
        ("nl", "Mijn fiets is gejat uit de stalling.", "Nieuw slot op 28 november", "28 november is er een nieuw slot.", False),
        ("nl", "Er mogen geen bakfietsen meer in de stalling.", "Bakfietsen mogen in vak C", "Voor bakfietsen is er vak C.", True),
    ],
)  # fmt: skip
def test_only_what_gainsays_the_post_corrects_its_author(lang: str, post: str, fact: str, reply: str, corrects: bool) -> None:
    assert corrects is ("R7" in rules(reply, lang, responsible=False, post=post, facts=[(fact, "Lotte Meijer")]))

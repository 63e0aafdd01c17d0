"""A year told in the facts is this, last or next year, and tells how old a thing is; another year does not."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import quoted

RIGHT = [
    ("en", ["Stall 17 fixed for rest of 2026", "Rent credited Fri 27/11"], "Stall 17 is yours for the rest of this year."),
    ("en", ["Lodges 40-52 free of pets in 2026 and 2027", "Rules of Fri 27/11"], "The lodges stay free of pets this year and next year."),
    ("en", ["Boiler of 2004, replaced Thu 26/11"], "The boiler was over twenty years old."),
    ("nl", ["Huisjes 40-52 huisdiervrij, ook in 2027", "Reglement van vr 27-11"], "De huisjes blijven volgend jaar huisdiervrij."),
    ("nl", ["Achterstand van de klant in 2025", "Pas vrij do 19-11"], "U had vorig jaar een achterstand."),
    ("nl", ["Ketel uit 2006, vervangen do 26-11"], "De ketel was twintig jaar oud."),
    ("nl", ["Geen contant geld sinds 2016", "Besluit raad 2026"], "Al tien jaar nemen we geen contant geld aan."),
]
WRONG = [
    ("en", ["Stall 17 fixed for rest of 2027", "Rent credited Fri 27/11"], "Stall 17 is yours for the rest of this year."),
    ("en", ["Boiler of 2004, replaced Thu 26/11"], "The boiler was over thirty years old."),
    ("en", ["Boiler of 2014, replaced Thu 26/11"], "The boiler was over twenty years old."),
    ("nl", ["Huisjes 40-52 huisdiervrij, ook in 2027", "Reglement van vr 27-11"], "De huisjes waren vorig jaar huisdiervrij."),
    ("nl", ["Achterstand van de klant in 2024", "Pas vrij do 19-11"], "U had vorig jaar een achterstand."),
    ("nl", ["Ketel uit 2006, vervangen do 26-11"], "De ketel was dertig jaar oud."),
    ("nl", ["Geen contant geld sinds 2016", "Besluit raad 2026"], "Al zestien jaar nemen we geen contant geld aan."),
]


@pytest.mark.parametrize(("lang", "facts", "reply"), RIGHT)
def test_a_told_year_carries_what_is_said_of_it_from_today(lang: str, facts: list[str], reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(text, "log") for text in facts]) == []


@pytest.mark.parametrize(("lang", "facts", "reply"), WRONG)
def test_another_year_is_objected_to(lang: str, facts: list[str], reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(text, "log") for text in facts]) != []


def test_the_post_may_tell_since_when() -> None:
    post, facts = "Mijn trouwjurk van mijn oma, 1952, is verkleurd.", [("restaurator bekijkt jurk wo 2-12", "eigenaar")]

    assert quoted("N4", "De jurk ging meer dan zeventig jaar mee.", facts=facts, post=post) == []
    assert quoted("N4", "De jurk ging meer dan negentig jaar mee.", facts=facts, post=post) != []

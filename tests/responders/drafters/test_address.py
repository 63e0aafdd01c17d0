from __future__ import annotations

import pytest

from responders.drafters.address import form_for, in_form, shown_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Kunt u mij helpen?", "u"),
        ("Waarom reageren jullie niet op mijn mail?", "je"),
        ("Heb je enig idee hoe lang dit duurt", "je"),
        ("Is dit jouw idee van service?", "je"),
        ("Uw medewerker zei dat je dit zelf moet regelen", "u"),
        ("De bus kwam niet", ""),
        ("@u_bent_er kom eens langs", ""),
    ],
)
def test_a_dutch_post_shows_its_form_of_address(text: str, form: str) -> None:
    assert form == shown_form(text, "nl")


def test_english_has_no_form_of_address() -> None:
    assert ("", "") == (shown_form("u never answer", "en"), form_for("u never answer", "en", {"en": "u"}))


@pytest.mark.parametrize(
    ("text", "formality", "form"),
    [
        ("Kunt u dit nakijken?", {"nl": "je"}, "u"),
        ("Kun je dit nakijken?", {"nl": "u"}, "je"),
        ("De bus kwam niet", {"nl": "u"}, "u"),
        ("De bus kwam niet", {"nl": "je"}, "je"),
        ("De bus kwam niet", {}, "je"),
    ],
)
def test_a_reply_follows_the_author_then_the_brand_then_the_familiar_form(text: str, formality: dict[str, str], form: str) -> None:
    assert form == form_for(text, "nl", formality)


@pytest.mark.parametrize(
    ("formal", "familiar"),
    [
        ("U krijgt uw geld terug.", "Je krijgt je geld terug."),
        ("Kunt u nog even wachten?", "Kun je nog even wachten?"),
        ("Als u belt, krijgt u antwoord.", "Als je belt, krijg je antwoord."),
        ("U heeft recht op een nieuwe fiets.", "Je hebt recht op een nieuwe fiets."),
        ("Meld u aan en kies uzelf een plek.", "Meld je aan en kies jezelf een plek."),
        ("Wij sturen het naar u.", "Wij sturen het naar je."),
    ],
)
def test_a_formal_fact_is_said_familiarly(formal: str, familiar: str) -> None:
    assert familiar == in_form(formal, "nl", "je")


@pytest.mark.parametrize(
    ("familiar", "formal"),
    [
        ("Je krijgt je geld terug.", "U krijgt uw geld terug."),
        ("Kun je nog even wachten?", "Kunt u nog even wachten?"),
        ("Als je je fiets inlevert, heb je recht op korting.", "Als u uw fiets inlevert, hebt u recht op korting."),
        ("Dat mag je de hele dag doen.", "Dat mag u de hele dag doen."),
        ("Wij bellen jou op jouw nummer.", "Wij bellen u op uw nummer."),
        ("Vraag het jezelf af.", "Vraag het uzelf af."),
        ("Ook jij mag mee.", "Ook u mag mee."),
    ],
)
def test_a_familiar_fact_is_said_formally(familiar: str, formal: str) -> None:
    assert formal == in_form(familiar, "nl", "u")


def test_a_fact_that_addresses_nobody_stays_as_it_is() -> None:
    assert "De bus rijdt weer." == in_form("De bus rijdt weer.", "nl", "u")


def test_a_fact_with_too_many_familiar_words_is_left_out_rather_than_said_wrongly() -> None:
    assert "" == in_form("Je pakt je fiets, je zet je tas erop en je gaat.", "nl", "u")


def test_no_form_leaves_a_text_alone() -> None:
    assert ["Your u", "Uw fiets"] == [in_form("Your u", "en", ""), in_form("Uw fiets", "nl", "")]


@pytest.mark.parametrize("hostile", ["je " * 300_000, "als je " * 150_000, "krijgt u " * 120_000, "u" * 1_000_000])
def test_a_megabyte_of_anything_is_turned_and_comes_to_an_end(hostile: str) -> None:
    turned = [in_form(hostile, "nl", "je"), in_form(hostile, "nl", "u")]

    assert all(isinstance(text, str) for text in turned)

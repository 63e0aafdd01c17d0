"""Holds facts with one thing wrong against what is found in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain import Fact, Severity
from responders.factcheck import check, kept_words, standing, withheld
from tests.builders import a_brand

TODAY = date(2026, 3, 2)
BRANDS = {"waalfiets": a_brand(languages=("nl", "en"))}
SECRET = {
    "id": "leverancier",
    "text": {"nl": "De remkabels van fiets 2200 zijn van Rijnstaal uit Kleef.", "en": "The brake cables of bike 2200 are Rijnstaal's."},
    "topics": ("remkabel", "rem"),
    "confidential": True,
}


def a_sound_fact(**changes: object) -> Fact:
    sound: dict[str, object] = {
        "id": "sloten",
        "brand": "waalfiets",
        "text": {"nl": "De sloten gingen niet open.", "en": "The locks did not open."},
        "source": "https://status.waalfiets.example/sloten",
        "topics": ("slot", "rem"),
        "approved_by": "Els Kamps",
    }
    return Fact(**{**sound, **changes})  # type: ignore[arg-type]


def kinds(*facts: Fact) -> list[tuple[str, str, Severity]]:
    return [(one.fact, one.kind, one.severity) for one in check(facts, BRANDS, TODAY)]


def test_a_sound_fact_is_found_sound() -> None:
    assert [] == kinds(a_sound_fact(), a_sound_fact(id="prijs", topics=("prijs",), source="Joris van Beek, privacy"))


@pytest.mark.parametrize(
    ("changes", "kind", "severity"),
    [
        ({"valid_until": date(2026, 3, 1)}, "dates", Severity.AMBER),
        ({"valid_from": date(2026, 3, 3)}, "dates", Severity.HINT),
        ({"valid_from": date(2026, 3, 3), "valid_until": date(2026, 3, 1)}, "dates", Severity.RED),
        ({"source": " "}, "source", Severity.RED),
        ({"source": "internet"}, "source", Severity.AMBER),
        ({"source": "https://"}, "source", Severity.AMBER),
        ({"approved_by": ""}, "source", Severity.HINT),
        ({"responsible": True}, "repair", Severity.AMBER),
        ({"text": {"nl": "De sloten gingen niet open."}}, "translation", Severity.AMBER),
        ({"responsible": True, "repair": {"en": "We pay you back."}}, "translation", Severity.AMBER),
        ({"text": {"nl": "De sloten.", "en": " "}}, "translation", Severity.AMBER),
    ],
)
def test_one_thing_that_is_wrong_is_found_alone(changes: dict[str, object], kind: str, severity: Severity) -> None:
    assert [("sloten", kind, severity)] == kinds(a_sound_fact(**changes))


def test_a_day_at_either_end_still_counts() -> None:
    assert [] == kinds(a_sound_fact(valid_from=TODAY, valid_until=TODAY))
    assert "valid" == standing(a_sound_fact(valid_from=TODAY, valid_until=TODAY), TODAY)


def test_opposite_blame_on_the_same_topics_is_red_and_on_one_shared_word_amber() -> None:
    ours = a_sound_fact(responsible=True, repair={"nl": "Geld terug.", "en": "Money back."}, topics=("Slot", "app", "storing", "lock"))
    same = a_sound_fact(id="niet-wij", responsible=False, topics=("slot", "app"))
    near = a_sound_fact(id="niet-wij", responsible=False, topics=("slot", "hek", "gracht", "brug"))

    assert [("sloten", "contradiction", Severity.RED)] == kinds(ours, same)
    assert [("sloten", "contradiction", Severity.AMBER)] == kinds(ours, near)
    assert [] == kinds(ours, a_sound_fact(id="weten-niet", topics=("slot", "app")))
    assert [] == kinds(ours, a_sound_fact(id="ander", responsible=False, topics=("hek",)))


def test_facts_that_never_hold_on_one_day_do_not_contradict() -> None:
    ours = a_sound_fact(responsible=True, repair={"nl": "Geld terug.", "en": "Money back."}, valid_from=TODAY)
    before = a_sound_fact(id="eerst", responsible=False, valid_until=TODAY - timedelta(days=1))

    assert [("eerst", "dates", Severity.AMBER)] == kinds(ours, before)


@pytest.mark.parametrize(
    "said",
    [
        "Er zat een andere remkabel op.",
        "Er zaten andere remkabels op.",
        "Het gaat om fiets 2200 alleen.",
        "De fabriek is van Rijnstaal.",
        "Wat zijn de remkabels van fiets nummer zes?",
        "De kabels zijn van Rijnstaal uit Kleef gekomen.",
    ],
)
def test_what_a_confidential_fact_keeps_is_found_in_a_public_one(said: str) -> None:
    public = a_sound_fact(text={"nl": said, "en": "The locks did not open."}, topics=("slot",))

    assert [("sloten", "confidential", Severity.RED)] == kinds(a_sound_fact(**SECRET), public)


@pytest.mark.parametrize(
    "said", ["De rem deed het niet.", "Waalfiets heeft 22 fietsen.", "De fiets is van hout.", "Dit is de remkabelbaan niet."]
)
def test_ordinary_words_and_open_topics_give_nothing_away(said: str) -> None:
    public = a_sound_fact(text={"nl": said, "en": "The brake failed."}, topics=("rem", "remkabel"))

    assert [] == kinds(a_sound_fact(**SECRET), public)
    assert [] == kinds(a_sound_fact(**SECRET), a_sound_fact(**{**SECRET, "id": "ook-geheim"}))
    assert [] == kinds(a_sound_fact(**SECRET), a_sound_fact(brand="elders", text={"nl": "Rijnstaal."}))


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("De balie op Eelde is open tot 17.00 uur.", "De balie op Eelde is open tot 16.00 uur.", Severity.AMBER),
        ("Een tweede koffer is gratis bij ons.", "Een tweede koffer is niet gratis bij ons.", Severity.RED),
        ("De balie op Eelde is open tot 17.00 uur.", "De balie op Eelde is open tot 17.00 uur.", None),
        ("De balie op Eelde is open tot 17.00 uur.", "De winkel op Eelde is open tot 16.00 uur.", None),
    ],
)
def test_the_same_sentence_with_another_figure_or_a_not_contradicts(one: str, other: str, severity: Severity | None) -> None:
    facts = [a_sound_fact(id=name, text={"nl": said, "en": "It is so."}) for name, said in (("een", one), ("twee", other))]

    assert ([("een", "contradiction", severity)] if severity else []) == kinds(*facts)


@pytest.mark.parametrize(
    ("said", "keeps"),
    [
        ("Een motor van Volt-hart.", True),
        ("Een motor van V.o.l.t.h.a.r.t", True),
        ("Een motor van Volthard!", True),
        ("De volthartmotor is stuk.", True),
        ("Het kostte 45000 euro.", True),
        ("Het kostte 45.000,00 euro.", True),
        ("De motor was van hout.", False),
        ("Sinds 2025 zijn er 45 banden.", False),
        ("Wij zijn open tot 17.00 uur.", False),
    ],
)
def test_what_is_confidential_is_known_again_torn_apart_and_misspelt(said: str, keeps: bool) -> None:
    kept = "De motor van Volthart uit 2025 kostte 45.000 euro en hield het tot 17.00 uur vol."
    secret = a_sound_fact(id="motor", text={"nl": kept}, topics=("Volthart",), confidential=True)

    assert keeps == bool(kept_words(said, [secret], [], BRANDS["waalfiets"]))
    assert keeps == withheld(a_sound_fact(text={"nl": said}, topics=()), [secret])


def test_a_public_fact_that_is_not_used_for_a_confidential_one_is_told_so() -> None:
    secret = a_sound_fact(id="motor", text={"nl": "De motor van Volthart."}, topics=("Volthart",), confidential=True)
    [told] = check([secret, a_sound_fact(text={"nl": "Volthart is laat.", "en": "It is late."})], BRANDS, TODAY)

    assert told.sentence.endswith("until then no reply uses it")


@given(
    st.lists(st.builds(a_sound_fact, text=st.dictionaries(st.sampled_from(["nl", "en"]), st.text(max_size=60)), confidential=st.booleans()))
)
def test_checking_is_steady_whatever_is_written(facts: list[Fact]) -> None:
    numbered = [a_sound_fact(id=f"f{number}", text=fact.text, confidential=fact.confidential) for number, fact in enumerate(facts)]

    assert check(numbered, BRANDS, TODAY) == check(numbered, BRANDS, TODAY)

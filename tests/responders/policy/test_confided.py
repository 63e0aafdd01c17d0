"""What only our files tell of people, and questions in public that only one person's papers would answer (N6)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.responders.policy.judging import quoted, rules

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parents[1] / "policy_confided.jsonl").read_text(encoding="utf-8").splitlines()
]
TOLD = [row for row in ROWS if "fact" in row]
ASKED = [row for row in ROWS if "fact" not in row]
GREETINGS = {"nl": "Hoi Noor, Eva van Waalfiets hier.", "en": "Hi Noor, Eva from Waalfiets here."}


def of(rows: list[dict[str, Any]], *, breach: bool) -> list[Any]:
    return [pytest.param(row, id=f"{row['kind']}-{row['lang']}-{number}") for number, row in enumerate(rows) if row["breach"] is breach]


@pytest.mark.parametrize("row", of(TOLD, breach=True))
def test_what_a_file_tells_of_one_person_is_no_public_answer(row: dict[str, Any]) -> None:
    assert "N6" in rules(row["reply"], row["lang"], facts=[(row["fact"], row["source"])])


@pytest.mark.parametrize("row", of(TOLD, breach=False))
def test_what_we_did_and_what_holds_for_all_may_be_told(row: dict[str, Any]) -> None:
    assert "N6" not in rules(row["reply"], row["lang"], facts=[(row["fact"], row["source"])])


@pytest.mark.parametrize("row", of(ASKED, breach=True))
def test_what_only_ones_papers_would_answer_is_not_asked_in_public(row: dict[str, Any]) -> None:
    assert "N6" in rules(f"{GREETINGS[row['lang']]} {row['reply']} ^EK", row["lang"])


@pytest.mark.parametrize("row", of(ASKED, breach=False))
def test_asking_after_the_matter_asks_for_no_data(row: dict[str, Any]) -> None:
    assert "N6" not in rules(f"{GREETINGS[row['lang']]} {row['reply']} ^EK", row["lang"])


def test_every_kind_is_held_in_both_languages() -> None:
    counts = Counter((row["kind"], row["lang"]) for row in TOLD if row["breach"])

    assert len({kind for kind, _ in counts}) == 10
    assert min(counts.values()) >= 6


SAID = [
    ("nl", "CRM", "klant: achterstand krediet 2025", "Dat u achterliep met uw krediet, telt niet mee.", "Ja, ik had een achterstand."),
    ("en", "file", "diagnosis: type 1 diabetes", "With diabetes a missed lunch is no small thing for you.", "Diabetes, and no lunch."),
    ("en", "HR", "driver suspended", "He's been suspended.", "Your driver was suspended before, and here he is."),
    ("nl", "BRP", "klant gescheiden", "In een scheiding komt zo'n brief dubbel hard aan.", "Midden in mijn scheiding deze brief."),
    ("nl", "schooldossier", "leerling gezakt", "Dat hij gezakt is, doet er niet toe.", "Mijn zoon is gezakt en nu dit."),
    ("en", "order history", "purchase: incontinence pads", "Your incontinence pads went out.", "Where are my incontinence pads?"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "source", "fact", "reply", "post"), SAID)
def test_what_the_author_told_himself_is_no_secret_of_any_kind(lang: str, source: str, fact: str, reply: str, post: str) -> None:
    assert "N6" in rules(reply, lang, facts=[(fact, source)])
    assert "N6" not in rules(reply, lang, facts=[(fact, source)], post=post)


ORDER = [("order HW-20931 mw. T. Bakker, Lijsterstraat 14 Ede, zaaglijst fout", "ordersysteem")]


def test_the_name_and_the_house_of_an_order_stay_in_it() -> None:
    said = quoted("N6", "We brengen het nieuwe blad naar Lijsterstraat 14. Past dat, mevrouw Bakker?", facts=ORDER)

    assert said == ["Lijsterstraat 14", "mevrouw Bakker"]


def test_the_author_who_shows_the_name_may_be_called_by_it() -> None:
    assert "N6" not in rules("Past dat, mevrouw Bakker?", facts=ORDER, author="@thea_bakker")


def test_somebody_elses_name_is_not_ours_to_give_because_our_files_hold_it() -> None:
    fact = [("buurman H. de Graaf, zelf werkzaam bij brandweer", "BRP")]

    assert "N6" in rules("En meneer De Graaf krijgt van ons geen voorrang.", facts=fact)


def test_one_of_ours_whom_a_fact_names_may_be_named() -> None:
    assert "N6" not in rules("Mevrouw Smit belt u vandaag.", facts=[("mevrouw Smit belt klant vandaag", "balie")])


@pytest.mark.parametrize(
    "reply",
    [
        "Clause 7.2 at paleforge.example rules that out.",
        "Does your display show numbers now?",
        "Your order went out by post on Monday.",
    ],
)
def test_a_clause_a_display_and_the_post_are_no_data(reply: str) -> None:
    assert "N6" not in rules(reply, "en")


@pytest.mark.parametrize(
    ("lang", "fact", "source", "reply"),
    [
        ("nl", "levering nu vr 6/11 10 u; ophalen vr tot 20 u", "burgerzaken", "U kunt uw paspoort vrijdag tussen 10 en 20 uur ophalen."),
        ("nl", "levering vr 6/11 10 u", "klantdossier", "Uw paspoort is er vrijdag om 10 uur."),
        ("en", "clashes for 96 students", "student file", "The clash in your timetable hit 96 students."),
    ],
)
def test_when_something_is_done_and_what_befell_many_is_nobodys_secret(lang: str, fact: str, source: str, reply: str) -> None:
    assert "N6" not in rules(reply, lang, facts=[(fact, source)])

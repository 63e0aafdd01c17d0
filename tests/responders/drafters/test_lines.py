from __future__ import annotations

from typing import Any

import pytest

from monitor.domain import Draft
from responders.drafters.lines import LineError, draft_line, read_line
from responders.drafters.phrases import BLANK


def a_line(text: str = "@boxly my parcel never arrived, two weeks now", **changes: Any) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": "7",
        "lang": "en",
        "network": "x",
        "brand": "Boxly",
        "author": "@jo",
        "text": text,
        "facts": [{"id": "f1", "text": "Parcels of week 9 are in the depot because of a strike of our drivers.", "source": "depot lead"}],
        "responsible": True,
    }
    return {**line, **changes}


def test_a_line_gives_a_draft_with_its_id() -> None:
    answer = draft_line(a_line())

    assert ["id", "draft", "why_none", "claims", "objections", "drafter"] == list(answer)
    assert ("7", None, [], [], "template 2") == (
        answer["id"],
        answer["why_none"],
        answer["claims"],
        answer["objections"],
        answer["drafter"],
    )
    assert [True] * 4 == ["Boxly" in answer["draft"], "depot" in answer["draft"], "parcel" in answer["draft"], BLANK not in answer["draft"]]


def test_a_dutch_line_gives_a_dutch_draft() -> None:
    line = a_line("Mijn pakket is nooit aangekomen, kunt u dat nakijken?", lang="nl-NL", facts=[], responsible=None)

    assert "uw pakket" in draft_line(line)["draft"]


def test_a_line_without_facts_may_still_say_whose_fault_it_was() -> None:
    text = draft_line(a_line(facts=[], responsible=True))["draft"]

    assert any(part in text for part in ("our mistake", "our fault", "got this wrong", "made a mistake"))


def test_a_draft_is_held_against_the_rules_by_whoever_calls() -> None:
    seen: list[Draft] = []

    def review(draft: Draft, *_: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        seen.append(draft)
        return [{"claim": "week 9", "fact": "f1"}], [{"rule": "R10"}]

    answer = draft_line(a_line(), review)

    assert ([{"claim": "week 9", "fact": "f1"}], [{"rule": "R10"}]) == (answer["claims"], answer["objections"])
    assert [answer["draft"]] == [draft.text for draft in seen]


@pytest.mark.parametrize(("responsible", "known"), [(True, [True]), (None, [])])
def test_the_rules_learn_whose_fault_it_was_also_without_a_fact(responsible: bool | None, known: list[bool]) -> None:
    seen: list[bool | None] = []

    def review(_: Draft, __: Any, ___: Any, facts: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        seen.extend(fact.responsible for fact in facts)
        return [], []

    draft_line(a_line(facts=[], responsible=responsible), review)

    assert known == seen


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"text": "You are the worst"}, ""),
        ({"lang": "fr"}, "(R11)"),
        ({"community": "r/cancer"}, "(T13)"),
    ],
)
def test_where_there_is_nothing_honest_to_say_the_line_says_why(changes: dict[str, Any], shown: str) -> None:
    answer = draft_line(a_line(**changes))

    assert (None, None) == (answer["draft"], answer["drafter"])
    assert shown in answer["why_none"]
    assert answer["why_none"].endswith(".")


def test_a_serious_matter_in_a_line_gets_a_holding_text() -> None:
    text = draft_line(a_line("@boxly your driver hit my daughter, she is in hospital", facts=[], responsible=None))["draft"]

    assert "today" in text
    assert "mistake" not in text


def test_signature_and_speaker_may_stand_in_the_line() -> None:
    text = draft_line(a_line(signature="^SD", speaks_as="Sam of the Boxly team", network="mastodon"))["draft"]

    assert text.endswith("^SD")
    assert BLANK not in text


def test_the_brands_own_handle_is_known_from_its_name() -> None:
    _, brand, _, _ = read_line(a_line("@boxlyhelp and @royalmail", brand="Boxly"))

    assert (("@boxlyhelp",), "boxly") == (brand.handles, brand.id)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ([], "must be an object"),
        (a_line(brand=None), "brand is missing"),
        ({**a_line(), "text": 3}, "text must be a text"),
        (a_line(lang=["nl"]), "lang must be a text"),
        (a_line(responsible="yes"), "responsible must be true, false or null"),
        (a_line(facts="f1"), "facts must be a list"),
        (a_line(facts=[3]), "facts must be a list"),
        (a_line(facts=[{"id": "f1"}]), "text is missing"),
        ({key: value for key, value in a_line().items() if key != "id"}, "id is missing"),
        (a_line(signature=4), "signature must be a text"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_is_wrong(line: Any, problem: str) -> None:
    with pytest.raises(LineError) as raised:
        draft_line(line)

    assert problem in str(raised.value)


@pytest.mark.parametrize("empty", [{"facts": None}, {"author": None}, {"signature": None}, {"brand": "!!!"}])
def test_what_a_line_may_leave_empty_it_may_leave_empty(empty: dict[str, Any]) -> None:
    assert draft_line(a_line(**empty))["draft"]

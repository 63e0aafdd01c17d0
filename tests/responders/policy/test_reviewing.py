"""The review as a whole: order, severity, languages, hostile texts, lines, the catalogue's own examples."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain import Author, Brand, Fact, History, Label, Mention, MentionStatus, Sentiment, Severity, StoredMention
from responders.policy import RULES, ledger, review
from responders.policy.lines import review_line
from responders.policy.reading import read
from responders.policy.tongues import detect
from tests.responders.policy.judging import POSTS, objections, rules
from tests.responders.policy.test_claims import BRAND, NOON, stored
from tests.responders.policy.test_corrections import FACT, POST, REMOVED
from tests.responders.policy.test_harm import POST as HARM_POST

EXPECTED_IDS = [*(f"R{number}" for number in range(1, 13)), *(f"N{number}" for number in range(1, 11)), "N12", "N13", "N14"]
CIRCUMSTANCES: dict[str, dict[str, Any]] = {
    "R3": {"responsible": True},
    "R4": {"responsible": True},
    "R5": {"responsible": True},
    "R12": {"network": "x"},
}


def _line(rule: str, lang: str) -> dict[str, Any]:
    if rule == "R7":
        return {"post": POST[lang], "facts": FACT[lang], "responsible": False}
    if rule == "N3":
        return {"post": POST[lang]}
    if rule in {"R8", "R9"}:
        return {"post": HARM_POST[lang]}
    if rule == "N14":
        return {"post": REMOVED[lang]}
    return dict(CIRCUMSTANCES.get(rule, {}))


def test_every_rule_about_replies_is_in_the_catalogue_in_order() -> None:
    assert list(RULES) == EXPECTED_IDS


def test_warnings_are_amber_the_hint_is_a_hint_and_all_else_is_red() -> None:
    expected = {
        rule: Severity.AMBER if rule in {"R9", "N2", "N9", "N14"} else Severity.HINT if rule == "N13" else Severity.RED
        for rule in EXPECTED_IDS
    }

    assert {rule.id: rule.severity for rule in RULES.values()} == expected


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("rule", EXPECTED_IDS)
def test_each_rule_judges_its_own_examples(rule: str, lang: str) -> None:
    found = [one for one in objections(RULES[rule].bad[lang], lang, **_line(rule, lang)) if one["rule"] == rule]

    assert found
    assert {RULES[rule].severity.value} == {one["severity"] for one in found}
    assert rule not in rules(RULES[rule].good[lang], lang, **_line(rule, lang))


@pytest.mark.parametrize("rule", EXPECTED_IDS)
def test_each_rule_says_what_it_says_in_both_languages_with_its_source(rule: str) -> None:
    assert {"nl", "en"} == set(RULES[rule].says)
    assert all([*RULES[rule].says.values(), RULES[rule].source])


@pytest.mark.parametrize(("lang", "word"), [("nl", "Het"), ("en", "The")])
def test_an_objection_speaks_the_language_of_the_reply(lang: str, word: str) -> None:
    reply = {"nl": "Wij zoeken uit wat er met het slot was. ^EK", "en": "We are finding out what happened to the lock. ^EK"}[lang]

    assert [one["sentence"].split()[0] for one in objections(reply, lang) if one["rule"] == "R1"] == [word]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("rule", [*EXPECTED_IDS, "unchecked"])
def test_each_objection_is_said_to_its_reader_whatever_the_language_of_the_reply(rule: str, lang: str) -> None:
    reply, asked = (RULES[rule].bad[lang], lang) if rule in RULES else ("Es tut uns leid, dass das Schloss nicht aufging. ^EK", "de")

    told = {reader: _sentences(rule, reply, asked, reader) for reader in ("", "nl", "en")}

    assert told[""] in (told["nl"], told["en"])
    assert len(told["nl"]) == len(told["en"]) > 0
    assert not set(told["nl"]) & set(told["en"])
    assert {"nl", "en"} == {detect(read(" ".join(told[reader]))) for reader in ("nl", "en")}


def _sentences(rule: str, reply: str, lang: str, reader: str) -> list[str]:
    circumstances = _line(rule, lang) if rule in RULES else {}
    facts = [{"id": f"f{number}", "text": text, "source": source} for number, (text, source) in enumerate(circumstances.pop("facts", ()))]
    line = {"id": 1, "lang": lang, "network": "reddit", "brand": "Waalfiets", "author": "Noor", "responsible": None, "reply": reply}
    post = POSTS.get(lang, "Das Schloss meines Rads ging heute Morgen nicht auf. Was machen Sie da?")
    answer = review_line({**line, "post": post, "facts": facts, **circumstances}, reader=reader)
    return [one["sentence"] for one in answer["objections"] if one["rule"] == rule]


def test_red_comes_first_then_place_then_rule() -> None:
    found = review(
        "You should have called. We are sorry if you feel bad. Please forgive us. Dear {name},", stored(), BRAND, (), History(), NOON
    )
    order = [(("red", "amber", "hint").index(one.severity.value), one.span, one.rule) for one in found]

    assert order == sorted(order)
    assert {one.severity for one in found} == {Severity.RED, Severity.AMBER, Severity.HINT}


def test_the_same_reply_gets_the_same_objections() -> None:
    text = "We are sorry if you feel bad. It is fixed."

    assert review(text, stored(), BRAND, (), History(), NOON) == review(text, stored(), BRAND, (), History(), NOON)


def test_a_whole_honest_reply_is_clean() -> None:
    facts = [
        Fact(
            id="lock",
            brand="w",
            text={"en": "The lock did not open because of an error in our update of 3 March."},
            source="Outage log",
            responsible=True,
            repair={"en": "The ride cost is refunded by 6 March."},
        )
    ]
    text = (
        "Hi Noor, Eva from Waalfiets here. Your lock did not open because of an error in our update of 3 March. "
        "That is our mistake and I am sorry. "
        "We refund the ride cost by 6 March. If it isn't there by then, tell me here. ^EK"
    )

    assert review(text, stored("The lock of my bike did not open at Lent station."), BRAND, facts, History(), NOON) == ()


def fact(identifier: str, responsible: bool | None, *topics: str, **more: Any) -> Fact:
    return Fact(
        id=identifier,
        brand="w",
        text={"en": f"What we know of {identifier}."},
        source="Lotte",
        topics=topics,
        responsible=responsible,
        **more,
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([fact("lock", True, "lock", "open")], True),
        ([fact("prices", True, "price", "fare")], False),
        ([fact("lock", None, "lock", "open")], False),
        ([fact("lock", True, "lock", "open", confidential=True)], False),
        ([fact("any", True)], True),
        ([fact("lock", False, "lock", "open", "did not"), fact("any", True)], False),
    ],
)
def test_only_facts_about_the_post_say_whose_doing_it_was(facts: list[Fact], expected: bool) -> None:
    found = {
        one.rule
        for one in review("Eva from Waalfiets here. Good day to you.", stored("The lock did not open."), BRAND, facts, History(), NOON)
    }

    assert ("R3" in found) is expected


def test_a_fact_of_one_topic_counts_where_the_reply_draws_on_it() -> None:
    one_topic = Fact(
        id="app",
        brand="w",
        text={"en": "The update of the app stopped the payment of rides."},
        source="Lotte",
        topics=("app",),
        responsible=True,
    )
    post = stored("Your app is odd today, I see rides of somebody else.")

    assert "R3" not in {
        one.rule for one in review("We are finding out what happened in the app.", post, BRAND, [one_topic], History(), NOON)
    }
    assert "R3" in {one.rule for one in review("The update stopped the payment of rides.", post, BRAND, [one_topic], History(), NOON)}


def test_praise_by_its_score_is_not_answered_as_a_complaint() -> None:
    post = stored("Waalfiets again.")
    praised = StoredMention(1, post.mention, post.status, "en", NOON, Sentiment(Label.POSITIVE, 0.9, 0.9, "x", "1"))

    assert "R6" not in {one.rule for one in review("Thank you! Eva from Waalfiets", praised, BRAND, (), History(), NOON)}
    assert "R6" in {one.rule for one in review("Thank you! Eva from Waalfiets", post, BRAND, (), History(), NOON)}


HOSTILE = {
    "one letter": "a" * 1_000_000,
    "one phrase": "sorry als je dat " * 70_000,
    "NUL": "Sorry\x00 dat je dit zo ervaart. " * 50,
    "surrogates": "\ud800 sorry \udfff" * 500,
    "marks": "e" + "\u0301" * 100_000,
    "emoji": "😂" * 10_000,
    "right to left": "\u202esorry dat je dit zo ervaart",
    "brackets": "[{<" * 4_000,
    "quotes": "\"'" * 6_000,
    "digits": "12 34 " * 2_000,
    "addresses": "a@b.c " * 2_000,
    "points": ". " * 6_000,
    "capitals of no single letter": "İ" * 3_000,
    "ligatures": "ﬁ\ufdfa" * 2_000,
    "nothing": "",
    "white": " \n\t ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_judged_and_never_breaks_anything(name: str) -> None:
    text = HOSTILE[name]
    lines: list[dict[str, Any]] = [
        {"reply": text},
        {"reply": "Eva van Waalfiets hier. Het slot? ^EK", "post": text},
        {"reply": text[:500], "earlier": [text]},
    ]
    for line in lines:
        for one in objections(**line):
            begin, end = one["span"]

            assert 0 <= begin <= end <= len(str(line["reply"]))


@pytest.mark.parametrize(
    "hidden",
    [
        "So\u200brry dat je dit zo ervaart.",
        "Sørry? Sorrу dat je dit zo ervaart.",
        "S\u0336o\u0336r\u0336r\u0336y\u0336 dat je dit zo ervaart.",
        "Ｓｏｒｒｙ dat je dit zo ervaart.",
        "Sorry dat je dit\u00a0zo\u00a0ervaart.",
    ],
)
def test_a_phrase_is_not_hidden_by_odd_signs(hidden: str) -> None:
    assert "N1" in rules(hidden)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=200), st.sampled_from(["nl", "en", "de", "xx", ""]), st.sampled_from([True, False, None]))
def test_any_text_is_judged_with_spans_inside_it(reply: str, post: str, lang: str, responsible: bool | None) -> None:
    facts = [{"id": "f", "text": post[:50], "source": "s"}]
    answer = review_line(
        {
            "id": 1,
            "lang": lang,
            "network": "x",
            "brand": "Waalfiets",
            "post": post,
            "author": "a",
            "facts": facts,
            "responsible": responsible,
            "reply": reply,
        }
    )

    assert all(0 <= one["span"][0] <= one["span"][1] <= len(reply) for one in answer["objections"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Wij",
                "sorry",
                "je",
                "u",
                "niet",
                "krijg",
                "terug",
                "morgen",
                "12",
                "euro",
                "als",
                "dat",
                "slot",
                "door",
                ".",
                ",",
                "?",
                ":",
                "Eva",
                "Waalfiets",
                "[x]",
            ]
        ),
        max_size=60,
    )
)
def test_the_ledger_is_part_of_the_text(words: list[str]) -> None:
    text = " ".join(words)

    assert all(text[slice(*claim.span)] == claim.text for claim in ledger(text, stored(), BRAND, (), NOON))


GOOD_LINE: dict[str, Any] = {
    "id": "1",
    "lang": "nl",
    "network": "x",
    "brand": "Waalfiets",
    "post": "Het slot ging niet open.",
    "author": "Noor",
    "facts": [],
    "responsible": None,
    "reply": "Hoi.",
}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reply": None}, "reply"),
        ({"post": 3}, "post"),
        ({"brand": "  "}, "brand"),
        ({"brand": None}, "brand"),
        ({"responsible": "yes"}, "responsible"),
        ({"responsible": 1}, "responsible"),
        ({"responsible": [True]}, "responsible"),
        ({"facts": "none"}, "facts"),
        ({"facts": [{"id": "a"}]}, "fact 1"),
        ({"facts": ["a"]}, "fact 1"),
        ({"lang": 5}, "lang"),
        ({"earlier": "text"}, "earlier"),
        ({"earlier": [1]}, "earlier"),
    ],
)
def test_a_bad_line_is_answered_by_what_is_wrong_and_no_objections(change: dict[str, Any], told: str) -> None:
    answer = review_line({**GOOD_LINE, **change})

    assert "1" == answer["id"]
    assert told in answer["error"]
    assert "objections" not in answer


def test_what_is_no_object_is_a_bad_line() -> None:
    answer = review_line(["reply"])  # type: ignore[arg-type]

    assert {"id", "error"} == set(answer)


def test_a_line_may_leave_facts_and_author_out() -> None:
    answer = review_line({"id": 7, "brand": "Waalfiets", "post": "Het slot ging niet open.", "reply": "Wij zoeken het uit.", "facts": None})

    assert answer["id"] == 7
    assert answer["objections"]


LABELLED = Path(__file__).parents[1] / "policy_replies.jsonl"


def test_the_labelled_replies_are_judged_as_demanded() -> None:
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in map(json.loads, LABELLED.read_text(encoding="utf-8").splitlines()):
        broken = {one["rule"] for one in review_line(row)["objections"]}
        for rule in EXPECTED_IDS:
            kind = ("hit" if rule in broken else "miss") if rule in row["expected"] else ("false" if rule in broken else "right")
            found.setdefault((rule, row["lang"]), Counter())[kind] += 1

    for (rule, lang), count in found.items():
        strict = rule in {"N1", "R1", "N4", "N6", "N10"}
        asked, others = count["hit"] + count["miss"], count["false"] + count["right"]

        # With fewer than ten lines one miss is more than a tenth.
        assert count["hit"] >= min((0.95 if strict else 0.90) * asked, asked - (0 if strict or asked >= 10 else 1)), (rule, lang, count)
        assert count["false"] <= (0.05 if strict else 0.08) * others, (rule, lang, count)


def test_half_of_the_labelled_replies_are_clean_and_both_languages_are_there() -> None:
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]

    assert len(rows) >= 400
    assert len({row["id"] for row in rows}) == len(rows)
    assert sum(not row["expected"] for row in rows) * 2 == len(rows)
    assert min(Counter(row["lang"] for row in rows).values()) * 5 >= len(rows) * 2


def test_importing_the_policy_stays_cheap() -> None:
    heavy = "'phonenumbers', 'sqlalchemy', 'lingua', 'httpx', 'regex'"
    program = f"import sys, responders.policy; sys.exit(any(name in sys.modules for name in ({heavy})))"

    assert (
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}, check=False
        ).returncode
        == 0
    )


def test_brand_handles_speak_for_the_brand_too() -> None:
    brand = Brand(id="w", name="Waalfiets", terms=(), handles=("@waalfiets_nl",))
    mention = StoredMention(
        1, Mention("reddit", "1", "w", Author("Noor"), "Het slot ging niet open.", "", NOON), MentionStatus.DRAFTED, "nl", NOON
    )

    assert "R1" not in {
        one.rule for one in review("Eva van @waalfiets_nl hier. Het slot wordt onderzocht.", mention, brand, (), History(), NOON)
    }

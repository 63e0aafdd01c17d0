"""Types `responders rules` and `responders lint`, and holds what they say against the rules themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.triage import RULES as OF_TRIAGE
from responders.policy import RULES as OF_REPLIES
from responders.rulebook import OUR_OWN, SOURCES, explanations
from tests.terminal import ROOT, Terminal

BAD = "Wat vervelend dat je dit zo ervaart.\r\nStuur ons een DM 🚲 en verwijder je bericht!\n"


@pytest.fixture
def here(tmp_path: Path) -> Terminal:
    """A terminal in a folder with no configuration: these commands need none."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "mijn antwoord.txt").write_bytes(b"\xef\xbb\xbf" + BAD.encode())
    return Terminal(tmp_path / "work")


LINT = (
    "lint",
    "mijn antwoord.txt",
    "--brand",
    "Waalfiets",
    "--lang",
    "nl",
    "--post",
    "Mijn slot ging niet open bij Lent.",
)


def test_every_rule_is_explained_in_both_languages_and_says_where_it_comes_from() -> None:
    explained = explanations()

    assert {*OF_TRIAGE, *OF_REPLIES} == set(explained)
    for one in explained.values():
        parts = ("says", "good", "bad") if one["id"] in OF_REPLIES else ("says", "todo")
        assert all(one[part][language].strip() for part in parts for language in ("nl", "en")), one["id"]
        assert one["source"]


def test_the_sources_of_triage_are_those_that_conduct_names() -> None:
    named = (ROOT / "docs" / "conduct.md").read_text("utf-8").split("## Where the rules come from")[1]
    told = " ".join(named.split())

    assert [] == [source for source in SOURCES.values() if source.split(" Web")[0].removesuffix(" v2") not in told]
    assert set(OF_TRIAGE) >= set(SOURCES)
    assert OUR_OWN == explanations()["T17"]["source"]


def test_a_rule_is_explained_with_a_good_and_a_bad_example(here: Terminal) -> None:
    shown = here.type("responders", "rules", "n1")

    assert 0 == shown.code
    for words in (
        "red",
        "Vervelend dat je dit zo ervaart.",
        "We made a mistake and I am sorry.",
        "Lewicki",
    ):
        assert words in shown.out


def test_a_rule_of_triage_says_what_to_do_in_the_language_asked_for(
    here: Terminal,
) -> None:
    shown = here.type("responders", "rules", "T12", "--lang", "nl")

    assert "Wat te doen: nooit snel goedkeuren" in shown.out
    assert "English" not in shown.out


def test_without_an_id_every_rule_is_listed(here: Terminal) -> None:
    listed = here.type("responders", "rules").out.splitlines()[1:]

    assert [*explanations()] == [line.split()[0] for line in listed]
    assert [*explanations()] == [one["id"] for one in here.type("responders", "rules", "--json").json]


def test_as_json_a_rule_is_whole_though_a_person_sees_a_long_example_cut(
    here: Terminal,
) -> None:
    told = here.type("responders", "rules", "R12", "--json", "--lang", "en").json

    assert {"en": OF_REPLIES["R12"].bad["en"]} == told["bad"]
    assert f"… ({len(told['bad']['en'])})" in here.type("responders", "rules", "R12").out


def test_an_unknown_rule_is_answered_by_those_that_exist(here: Terminal) -> None:
    shown = here.type("responders", "rules", "N99")

    assert 2 == shown.code
    assert "'N99'" in shown.err
    assert "N14" in shown.err


def test_lint_says_the_same_in_words_in_json_and_in_sarif(here: Terminal) -> None:
    words, told, sarif = (here.type("responders", *LINT, "--format", form) for form in ("text", "json", "sarif"))
    [run] = sarif.json["runs"]

    assert [1, 1, 1] == [words.code, told.code, sarif.code]
    assert [one["rule"] for one in told.json["objections"]] == [one["ruleId"] for one in run["results"]]
    assert all(f" {one['rule']}: " in words.out for one in told.json["objections"])
    assert told.json == here.type("responders", *LINT, "--json").json
    assert {"N1", "N7", "N10"} <= {one["ruleId"] for one in run["results"]}


def test_a_place_in_sarif_is_the_same_by_offset_and_by_line(here: Terminal) -> None:
    lines = BAD.split("\n")
    for result in here.type("responders", *LINT, "--format", "sarif").json["runs"][0]["results"]:
        [location] = result["locations"]
        place = location["physicalLocation"]
        region = place["region"]
        start = sum(len(line) + 1 for line in lines[: region["startLine"] - 1]) + region["startColumn"] - 1
        stop = sum(len(line) + 1 for line in lines[: region["endLine"] - 1]) + region["endColumn"] - 1

        assert "mijn%20antwoord.txt" == place["artifactLocation"]["uri"]
        assert (region["charOffset"], region["charOffset"] + region["charLength"]) == (
            start,
            stop,
        )
        assert BAD[start:stop] == region.get("snippet", {"text": ""})["text"]


def test_two_formats_at_once_and_sarif_of_lines_are_refused(here: Terminal) -> None:
    both = here.type("responders", *LINT, "--json", "--format", "sarif")
    lines = here.type("responders", "lint", "--jsonl", "-", "--format", "sarif")

    assert (2, 2) == (both.code, lines.code)
    assert "name one" in both.err
    assert "lines of JSON only" in lines.err


def test_lint_without_a_text_or_a_brand_says_what_is_missing(here: Terminal) -> None:
    assert "Give a file" in here.type("responders", "lint").err
    assert "--brand NAME" in here.type("responders", "lint", "-").err


def test_the_facts_of_a_brand_that_we_know_count_as_they_do_at_the_desk(terminal: Terminal) -> None:
    """What the templates draft from the sample's facts is clean, by the brand's id and name; a brand nobody knows has no facts."""
    post = "Mijn slot gaat niet open en ik betaal door"
    drafted = terminal.type("responders", "draft", "--text", post, "--brand", "waalfiets", "--network", "bluesky", "--json").json["draft"]
    text = drafted["text"].removeprefix("@someone ").encode()
    known = [terminal.type("responders", "lint", "-", "--brand", name, "--post", post, typed=text) for name in ("waalfiets", "Waalfiets")]
    other = terminal.type("responders", "lint", "-", "--brand", "Maasfiets", "--post", post, "--json", typed=text)
    away = terminal.type("responders", "lint", "-", "--brand", "waalfiets", "--config", "elders", typed=text)

    assert drafted["facts"]
    assert [(0, "Clean: no rule speaks against it.\n")] * 2 == [(one.code, one.out) for one in known]
    assert {"N4", "R1"} <= {one["rule"] for one in other.json["objections"]}
    assert (2, True) == (away.code, "there is no such folder" in away.err)


def test_a_folder_named_config_that_is_none_of_ours_is_left_alone(here: Terminal) -> None:
    (here.folder / "config").mkdir()

    assert 1 == here.type("responders", *LINT).code


def test_lines_are_answered_in_order_and_red_ones_end_with_1(here: Terminal) -> None:
    line = {
        "brand": "Waalfiets",
        "post": "Mijn slot bleef dicht.",
        "lang": "nl",
        "reply": "Stuur ons een DM.",
    }
    asked = here.folder / "asked.jsonl"
    asked.write_text("\n".join(json.dumps({"id": name, **line}) for name in ("a", "b")), encoding="utf-8")
    done = here.type("responders", "lint", "--jsonl", "asked.jsonl")

    assert 1 == done.code
    assert ["a", "b"] == [json.loads(answer)["id"] for answer in done.out.splitlines()]

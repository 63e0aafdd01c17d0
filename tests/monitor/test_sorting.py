"""The commands that sort texts of a file, run as they are by a person: a line in, a line out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitor import sorting
from monitor.__main__ import app
from monitor.sorting import Sorter


def answers(command: str, lines: list[str], folder: Path) -> list[dict[str, Any]]:
    file = folder / "lines.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    done = CliRunner().invoke(app, [command, "--jsonl", str(file)])

    assert 0 == done.exit_code, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def a_post(text: Any = "De remmen van mijn Waalfiets weigerden, ik lig in het ziekenhuis.", **changes: Any) -> str:
    return json.dumps({"id": "a", "text": text, "brand": "Waalfiets", "network": "x", **changes})


def test_a_danger_is_escalated_and_says_all_rules_that_apply(tmp_path: Path) -> None:
    [answer] = answers("triage", [a_post(lang="nl", mentions_us=True, own_channel=False)], tmp_path)

    assert {"id", "rule", "rules", "action", "p"} == set(answer)
    assert ("a", "T12", "T12", "escalate") == (answer["id"], answer["rule"], answer["rules"][0], answer["action"])
    assert 0.5 <= answer["p"] <= 1


def test_what_a_post_deserves_depends_on_who_is_addressed(tmp_path: Path) -> None:
    text = "three hours on the tarmac, no update"
    ours, others = answers("triage", [a_post(text, lang="en", mentions_us=True), a_post(text, lang="en")], tmp_path)

    assert ("T5", "respond") == (ours["rule"], ours["action"])
    assert ("T5", "watch") == (others["rule"], others["action"])


def test_a_text_in_which_nothing_is_seen_is_factual_and_not_sure(tmp_path: Path) -> None:
    [answer] = answers("triage", [a_post("Waalfiets plaatst twintig fietsen op station Lent.")], tmp_path)

    assert {"id": "a", "rule": "T1", "rules": ["T1"], "action": "ignore", "p": 0.5} == answer


def test_without_an_encoder_the_rules_decide_alone() -> None:
    sorter = Sorter()
    sorter.liken = None  # as where none is installed
    line = json.loads(a_post("after your decision I see no morning any more", lang="en", mentions_us=True))

    assert "T12" != sorter.triage_line(line)["rule"]


def test_lines_are_answered_in_order_and_number_however_many_are_sorted_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "TOGETHER", 3)
    lines = [a_post(7 if number == 4 else "fine bikes", id=number, lang="en") for number in range(8)]
    found = answers("triage", lines, tmp_path)

    assert list(range(8)) == [answer["id"] for answer in found]
    assert [4] == [answer["id"] for answer in found if "error" in answer]
    assert found[:4] == [Sorter().triage_line(json.loads(line)) for line in lines[:4]]


def test_the_place_counts(tmp_path: Path) -> None:
    [answer] = answers("triage", [a_post("fijne fietsen bij Waalfiets", lang="nl", community="r/rouwverwerking")], tmp_path)

    assert ("T13", "ignore") == (answer["rule"], answer["action"])


@pytest.mark.parametrize("changes", [{"text": 7}, {"lang": 7}, {"brand": []}, {"mentions_us": "yes"}, {"community": {}}])
def test_a_bad_line_is_answered_by_an_error_and_ends_nothing(changes: dict[str, Any], tmp_path: Path) -> None:
    bad, good = answers("triage", [a_post(**changes), a_post(id="b")], tmp_path)

    [key] = changes
    assert ("a", 1) == (bad["id"], bad["line"])
    assert f'"{key}" must be' in bad["error"]
    assert "b" == good["id"]


def about(text: Any = "Al drie dagen wacht ik op mijn pinpas van Ekster", **changes: Any) -> str:
    return json.dumps(
        {"id": "a", "lang": "nl", "brand": "Ekster", "terms": ["Ekster"], "exclude": [], "description": BANK, "text": text} | changes
    )


BANK = "Ekster is een online bank met betaalrekeningen en een app."


def test_a_bank_called_after_a_bird_is_told_from_the_bird(tmp_path: Path) -> None:
    bank, bird = answers("relevance", [about(), about("Er zit een ekster in de tuin die alle pinda's steelt")], tmp_path)

    assert ({"id", "about_brand", "p", "rule"}, True) == (set(bank), bank["about_brand"])
    assert (False, "A3") == (bird["about_brand"], bird["rule"]), "an article and a small letter weigh most"
    assert bird["p"] < 0.3 < bank["p"]


def test_a_line_without_terms_is_about_its_brand(tmp_path: Path) -> None:
    [answer] = answers("relevance", [about(terms=[])], tmp_path)

    assert answer["about_brand"]


@pytest.mark.parametrize(
    "changes", [{"text": None}, {"terms": "Ekster"}, {"terms": [7]}, {"exclude": {"a": 1}}, {"terms": [], "brand": " "}]
)
def test_a_bad_line_about_a_brand_is_answered_by_an_error(changes: dict[str, Any], tmp_path: Path) -> None:
    [bad] = answers("relevance", [about(**changes)], tmp_path)

    assert f'"{next(iter(changes))}" must' in bad["error"]

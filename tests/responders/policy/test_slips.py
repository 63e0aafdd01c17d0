"""Breaches that stand next to an honest sentence for which a rule was narrowed, or taught a new form: each is objected to still."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from responders.policy.lines import review_line

SLIPS = [json.loads(line) for line in (Path(__file__).parents[1] / "policy_slips.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("line", SLIPS, ids=[line["id"] for line in SLIPS])
def test_what_stands_next_to_an_honest_sentence_does_not_slip_through(line: dict[str, Any]) -> None:
    found = {(one["rule"], line["reply"][slice(*one["span"])]) for one in review_line(line)["objections"]}

    assert (line["rule"], line["said"]) in found

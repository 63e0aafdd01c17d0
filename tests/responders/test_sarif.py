"""Holds what is written as SARIF against what SARIF 2.1.0 demands of the parts that we use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responders.policy import RULES
from responders.sarif import LEVELS, region, report

SHAPE: dict[str, dict[str, type]] = {
    "log": {"$schema": str, "version": str, "runs": list},
    "run": {"tool": dict, "columnKind": str, "artifacts": list, "results": list},
    "driver": {"name": str, "version": str, "rules": list},
    "rule": {
        "id": str,
        "shortDescription": dict,
        "help": dict,
        "defaultConfiguration": dict,
    },
    "result": {
        "ruleId": str,
        "ruleIndex": int,
        "level": str,
        "message": dict,
        "locations": list,
    },
    "region": {
        "charOffset": int,
        "charLength": int,
        "startLine": int,
        "startColumn": int,
        "endLine": int,
        "endColumn": int,
        "snippet": dict,
    },
}
"""The properties of SARIF 2.1.0 that we write, with their types; it allows no others by these names' objects."""


def objection(rule: str = "N1", severity: str = "red", start: int = 0, stop: int = 4) -> dict[str, Any]:
    return {
        "rule": rule,
        "severity": severity,
        "span": [start, stop],
        "sentence": "Say what went wrong.",
    }


def misshapen(log: dict[str, Any]) -> Iterator[str]:
    """Yield what in a log is not as SARIF has it."""
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    results = run["results"]
    parts = [
        ("log", log),
        ("run", run),
        ("driver", driver),
        *(("rule", rule) for rule in driver["rules"]),
    ]
    parts += [("result", result) for result in results]
    parts += [("region", result["locations"][0]["physicalLocation"]["region"]) for result in results]
    for name, part in parts:
        yield from (f"{name}.{key}" for key, value in part.items() if type(value) is not SHAPE[name].get(key))
    for result in results:
        if "ruleIndex" in result and driver["rules"][result["ruleIndex"]]["id"] != result["ruleId"]:
            yield "ruleIndex"
        if result["level"] not in {"none", "note", "warning", "error"}:
            yield "level"


def test_a_log_holds_what_sarif_demands_and_nothing_that_it_does_not_know() -> None:
    log = report(
        "a.txt",
        "Sorry if you felt bad.",
        [objection(), objection("N13", "hint"), objection("unchecked", "amber", 0, 0)],
    )

    assert [] == [*misshapen(log)]
    assert "2.1.0" == log["version"]
    assert ["error", "note", "warning"] == [result["level"] for result in log["runs"][0]["results"]]
    assert [*RULES] == [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert {*LEVELS.values()} == {"error", "warning", "note"}


def test_a_log_of_another_shape_is_seen() -> None:
    log = report("a.txt", "Sorry.", [objection()])
    log["runs"][0]["results"][0] |= {"level": "red", "ruleIndex": 0, "colour": "red"}

    assert {"result.colour", "ruleIndex", "level"} == {*misshapen(log)}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("-", "standard-input"),
        ("a b/#1.txt", "a%20b/%231.txt"),
        ("/tmp/é.txt", Path("/tmp/é.txt").as_uri()),
    ],
)
def test_a_file_is_named_by_its_uri(name: str, address: str) -> None:
    [run] = report(name, "Sorry.", [objection()])["runs"]

    assert [address] == [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert address == run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


@given(
    text=st.text(alphabet="ab\n\r🚲é", max_size=40),
    ends=st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_lines_and_columns_lead_back_to_the_offset(text: str, ends: tuple[int, int]) -> None:
    start, stop = sorted(min(end, len(text)) for end in ends)
    found = region(text, start, stop)
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]

    assert start == starts[found["startLine"] - 1] + found["startColumn"] - 1
    assert stop == starts[found["endLine"] - 1] + found["endColumn"] - 1
    assert ("snippet" in found) == (stop > start)

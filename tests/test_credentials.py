"""The process that listens knows no credential that can only write: which are whose is said in the two registries."""

from __future__ import annotations

from pathlib import Path

import monitor
from monitor.sources import SOURCES
from responders.posters import POSTERS

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

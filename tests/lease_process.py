"""Publishes one reply in a process of its own that stops itself (SIGSTOP) at a named point, as a machine that hangs would.

Usage: python -m tests.lease_process DATABASE_URL FOLDER REPLY_ID POINT

POINT is a step of the pipeline, or "sending" for the moment after the network took the reply and before we know. A send may take a fifth
of a second here. It prints what came of it.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import tables
from monitor.domain import Posted, Reply
from responders import pipeline
from responders.attempts import AttemptStore
from responders.limits import limit_for
from responders.posters.console import ConsolePoster

SEND_LIMIT = timedelta(seconds=0.2)


class Network(ConsolePoster):
    """A console that may hang between taking a reply and saying so."""

    hangs = False

    def post(self, reply: Reply) -> Posted:
        """Post, and stop where that is the point."""
        posted = super().post(reply)
        if self.hangs:
            stop()
        return posted


def stop() -> None:
    """Stop until somebody lets us go on."""
    os.kill(os.getpid(), signal.SIGSTOP)


def network(folder: Path) -> Network:
    """Return the network that all processes of a test share."""
    return Network(folder / "mastodon.jsonl", limit_for("mastodon"), "waalfiets")


def main() -> None:
    """Publish it."""
    url, folder, reply_id, point = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    pytest.MonkeyPatch().setattr(pipeline, "SEND_LIMIT", SEND_LIMIT)
    poster = network(folder)
    poster.hangs = point == "sending"

    def step(name: str) -> None:
        if name == point:
            stop()

    store = AttemptStore(tables.open_database(url))
    print(pipeline.publish(store, {"mastodon": poster}, reply_id, "the one that hung", lambda: datetime.now(UTC), step=step))


if __name__ == "__main__":
    main()

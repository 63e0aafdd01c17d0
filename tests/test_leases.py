"""A worker that hangs past its lease, in a process of its own: another publishes meanwhile, and a second public reply never stands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.domain import LEASE, Reply, ReplyStatus
from responders import pipeline
from responders.attempts import AttemptStore
from responders.store import ReplyStore
from tests.chain import approve, save_waiting_reply
from tests.lease_process import SEND_LIMIT, network

ROOT = Path(__file__).parents[1]


def an_approved_reply(database: sa.Engine) -> Reply:
    return approve(database, save_waiting_reply(database))


def hang(database: sa.Engine, folder: Path, reply: Reply, point: str) -> subprocess.Popen[str]:
    """Start a worker, and return it once it hangs at this point."""
    url = database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.lease_process", url, str(folder), str(reply.id), point],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        text=True,
    )
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    return process


def go_on(process: subprocess.Popen[str]) -> str:
    """Let a worker go on, and return what it made of it."""
    process.send_signal(signal.SIGCONT)
    out, _ = process.communicate(timeout=60)
    return out.strip()


def publish_after_the_lease(database: sa.Engine, folder: Path, reply: Reply) -> str:
    def late() -> datetime:
        return datetime.now(UTC) + LEASE + timedelta(seconds=1)

    return pipeline.publish(AttemptStore(database), {"mastodon": network(folder)}, reply.id, "another", late)


def stands(folder: Path) -> int:
    file = folder / "mastodon.jsonl"
    return sum("text" in json.loads(line) for line in file.read_text("utf-8").splitlines()) if file.exists() else 0


POINTS = {
    "claimed": "cancelled",
    "looked again": "released",
    "before the send": "put off",
    "sending": "recorded by another",
    "sent": "recorded by another",
}
"""Where a worker hangs, and what it makes of it once it goes on; the words are those of a job that changed nothing."""


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_that_hangs_past_its_lease_never_brings_a_second_reply(database: sa.Engine, tmp_path: Path, point: str) -> None:
    reply = an_approved_reply(database)
    hung = hang(database, tmp_path, reply, point)
    meanwhile = publish_after_the_lease(database, tmp_path, reply)
    threading.Event().wait(SEND_LIMIT.total_seconds() * 2)
    afterwards = go_on(hung)

    found = ReplyStore(database).reply(reply.id)
    assert found is not None
    assert ("posted", ReplyStatus.POSTED, 1) == (meanwhile, found.status, stands(tmp_path))
    assert POINTS[point] == afterwards


def test_a_worker_that_hangs_and_whose_place_nobody_took_sends_nothing_late_and_lets_it_be_tried_again(
    database: sa.Engine, tmp_path: Path
) -> None:
    reply = an_approved_reply(database)
    hung = hang(database, tmp_path, reply, "before the send")
    threading.Event().wait(SEND_LIMIT.total_seconds() * 2)
    word = go_on(hung)
    found = ReplyStore(database).reply(reply.id)

    assert found is not None
    assert ("put off", ReplyStatus.APPROVED, 0) == (word, found.status, stands(tmp_path))
    assert "came to life too late" in found.reason
    assert ("posted", 1) == (publish_after_the_lease(database, tmp_path, reply), stands(tmp_path))


def test_two_workers_after_one_reply_claim_it_once(database: sa.Engine, tmp_path: Path) -> None:
    reply = an_approved_reply(database)
    store, words = AttemptStore(database), list[str]()
    ready = threading.Barrier(4)

    def work(name: str) -> None:
        ready.wait(20)
        words.append(pipeline.publish(store, {"mastodon": network(tmp_path)}, reply.id, name, lambda: datetime.now(UTC)))

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (["", "", "", "posted"], 1) == (sorted(words), stands(tmp_path))

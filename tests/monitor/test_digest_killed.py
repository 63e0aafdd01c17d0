"""The digest reaches each of its readers once, wherever the process that writes and mails it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.domain import Label
from monitor.store import MonitorStore
from monitor.tables import notices
from tests.builders import a_mention, a_sentiment
from tests.chain import save_mentions
from tests.fakes.mail import MailServer
from tests.monitor.digest_process import TO, a_telling
from tests.monitor.test_telling import EIGHT, JAN, Clock, clock, deliver

__all__ = ["clock"]  # A fixture, which a test names.

ROOT = Path(__file__).parents[2]
STEPS = ("figured", "worded", "written", "taken", "mailed", "sent", "told", "put_off", "all")


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_digest_whose_process_is_killed_at_any_step_reaches_each_reader(database: sa.Engine, clock: Clock, step: str) -> None:
    """A real process is killed by kill -9 while the server refuses one of three for now; another goes on."""
    at = EIGHT - timedelta(hours=20)
    [stored] = save_mentions(database, a_mention(posted_at=at), at=at)
    MonitorStore(database).record_scores([(stored.id, "nl", a_sentiment(Label.NEGATIVE))], at)
    url = database.url.render_as_string(hide_password=False)
    with MailServer() as server:
        server.refusals[JAN] = "452 4.2.2 mailbox full"
        words = [sys.executable, "-m", "tests.monitor.digest_process", url, step, EIGHT.isoformat(), str(server.port)]
        done = subprocess.run(words, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120)
        server.refusals.clear()
        mouth = a_telling(url, server.port)
        # What the killed one had taken is its own for ten minutes.
        for _ in range(4):
            clock.at += timedelta(minutes=5)
            mouth.write_digests()
            deliver(mouth, clock)
        mouth.monitor.database.dispose()
        mails = [(whom, str(sent["Message-ID"])) for whom, sent in server.mails]
    with database.connect() as connection:
        keys = connection.scalars(sa.select(notices.c.key)).all()

    assert (0 if step == "all" else -9) == done.returncode, done.stderr
    assert ["digest/2026-03-01", "digest/waalfiets/2026-03-01"] == sorted(keys)
    assert {*TO} == {whom for whom, _ in mails}
    assert 3 == len(set(mails))
    # Killed between the server's yes and its record, one mail comes twice under one Message-ID; better twice than never.
    assert 3 + (step in {"mailed", "sent"}) == len(mails)

"""What 10,000 replies that wait for approval cost `responders run` with Slack: CPU over a minute, threads, and memory."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa

from benchmarks.table import Figure, Result
from monitor.tables import READING, audit, mentions, open_database, replies, slack_messages, versions
from monitor.wiring import now
from tests.chain import save_waiting_reply
from tests.fakes.slack import FakeSlack

WAITING = 10_000
WITH_A_CARD = WAITING // 2
"""So many had their card on an earlier day; the others came in one flood."""
SETTLE, SECONDS = 90, 60
CHANNEL = "C0CARDS"
SLACK = '\n[slack]\nchannel = "{0}"\napi_url = "{1}"\n\n[[slack.approver]]\nname = "Els Kamps"\nuser = "U0ALICE"\n'
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-not-a-real-one", "SLACK_APP_TOKEN": "xapp-not-a-real-one"}


def fill(database: sa.Engine, number: int) -> None:
    """Store one reply that waits as the chain does, and so many copies of its rows."""
    at = now()
    first = save_waiting_reply(database, "Sorry: our locks did not open. That is our mistake. ^EK", external_id="post-1", at=at)
    with database.begin() as connection:
        rows = {table: dict(connection.execute(sa.select(table)).mappings().first() or {}) for table in (mentions, replies, versions)}
        [newest] = [dict(row) for row in connection.execute(sa.select(audit).order_by(audit.c.id.desc()).limit(1)).mappings()]
        for table, keys in ((mentions, ("id",)), (replies, ("id", "mention_id")), (versions, ("id", "reply_id"))):
            copies = [{**rows[table], **{key: other for key in keys if key in rows[table]}} for other in range(first.id + 1, number + 1)]
            if table is mentions:
                for copy in copies:
                    copy["external_id"] = f"post-{copy['id']}"
            connection.execute(table.insert(), copies)
        steps = [{**newest, "id": newest["id"] + other, "reply_id": other, "mention_id": other} for other in range(2, number + 1)]
        connection.execute(audit.insert(), steps)
        card: dict[str, Any] = {"kind": "card", "channel": CHANNEL, "state": "sent", "created_at": at, "next_at": at + timedelta(days=1)}
        sent = {"sent_at": at - timedelta(hours=1), "shown_event": newest["id"] + number}
        cards = [card | sent | {"key": f"card/{other}", "reply_id": other, "ts": f"{other}.1"} for other in range(1, number // 2 + 1)]
        connection.execute(slack_messages.insert(), cards)


def measure(number: int, settle: float, seconds: float) -> tuple[float, int, float, int]:
    """Return the share of a core, the threads, the memory in MB and the cards that wait in the list."""
    folder = Path(tempfile.mkdtemp(prefix="grapevine-waiting-"))
    url = f"sqlite:///{folder / 'grapevine.db'}"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GRAPEVINE_DATABASE_URL": url, **TOKENS}
    program = Path(sys.executable).parent
    try:
        with FakeSlack() as fake:
            for words in (["init", "--sample"], ["migrate"]):
                subprocess.run([program / "monitor", *words], cwd=folder, env=environment, check=True, capture_output=True)
            config = folder / "config" / "responders.toml"
            config.write_text(config.read_text("utf-8") + SLACK.format(CHANNEL, fake.api_url), encoding="utf-8")
            database = open_database(url)
            if number:
                fill(database, number)
            with (folder / "responders.log").open("wb") as log:
                ours = subprocess.Popen([program / "responders", "run"], cwd=folder, env=environment, stdout=log, stderr=log)
            try:
                time.sleep(settle)
                if ours.poll() is not None:
                    raise SystemExit(f"responders run ended: {(folder / 'responders.log').read_text('utf-8')}")
                process = psutil.Process(ours.pid)
                used, began = process.cpu_times(), time.monotonic()
                time.sleep(seconds)
                after, past = process.cpu_times(), time.monotonic() - began
                share = (after.user + after.system - used.user - used.system) / past
                with database.connect().execution_options(**READING) as connection:
                    listed = sa.select(sa.func.count()).select_from(slack_messages).where(slack_messages.c.state == "listed")
                    in_list = connection.scalars(listed).one()
                return share, process.num_threads(), process.memory_info().rss / 1e6, in_list
            finally:
                ours.send_signal(signal.SIGINT)
                ours.wait(timeout=60)
                database.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> Result:
    """Measure a process for which nothing waits, and the same with all of them."""
    settle, seconds = float(os.environ.get("WAITING_SETTLE", SETTLE)), float(os.environ.get("WAITING_SECONDS", SECONDS))
    share, threads, memory, _ = measure(0, min(settle, 30.0), seconds)
    full_share, full_threads, full_memory, in_list = measure(WAITING, settle, seconds)
    cost = full_share - share
    how = (
        f"`responders run` on SQLite, with a Slack played on this machine: {WITH_A_CARD:,} replies with a card of an earlier day, and "
        f"as many that came in one flood ({in_list:,} of them listed then); CPU over {seconds:.0f} s, {settle:.0f} s after the start."
    )
    figures = [
        Figure("share of a core, nothing waits", f"{share:.2%}", f"{threads} threads, {memory:.0f} MB"),
        Figure(f"share of a core, {WAITING:,} wait", f"{full_share:.2%}", f"{full_threads} threads, {full_memory:.0f} MB"),
        Figure("what their waiting costs", f"{cost:.2%} of a core", "the difference of the two", "under 1 %", cost < 0.01),
        Figure("threads for them", f"{max(full_threads - threads, 0)}", "", "0", full_threads <= threads),
    ]
    return Result("Waiting approvals", how, figures)

"""What listening for 100 brands on 10 sources costs one core: at rest, and as fast as it goes."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil

from benchmarks.table import Figure, Result

BRANDS, SOURCES = 100, 10
SETTLE, REST = 30, 180
"""Seconds until all is loaded, and of looking on."""


class _Quiet(BaseHTTPRequestHandler):
    """Answers every search of Hacker News: nothing new."""

    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        server.asked += 1
        body = b'{"hits": [], "nbHits": 0}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    asked = 0


def configure(folder: Path, port: int, every: str) -> None:
    """Write brands and sources."""
    brands = folder / "config" / "brands.toml"
    one = "\n[[brand]]\nid = {0}\nname = {0}\nterms = [{0}]\nlanguages = ['nl', 'en']\n"
    brands.write_text("".join(one.format(json.dumps(f"brand{number}")) for number in range(BRANDS)), encoding="utf-8")
    shutil.rmtree(folder / "config" / "facts", ignore_errors=True)
    answering = folder / "config" / "responders.toml"
    answering.write_text(answering.read_text("utf-8").replace('brands = ["waalfiets"]', ""), encoding="utf-8")
    path = folder / "config" / "monitor.toml"
    head = re.sub(r"(?s)\n\[\[source\]\].*", "", path.read_text("utf-8"))
    words = "kind = 'hackernews'\napi_url = 'http://127.0.0.1:{0}/api/v1'\nallow_private = ['127.0.0.1']\nevery = '{1}'\n"
    tables = [f"\n[[source]]\nname = 's{number}'\n{words.format(port, every)}" for number in range(SOURCES)]
    path.write_text(head + "".join(tables), encoding="utf-8")


def spread(database: Path) -> None:
    """Let each source have been read once for each brand, and come again at its own moment of the next hour, as after hours of running."""
    began = datetime.now(UTC).replace(tzinfo=None)
    pairs = [(f"s{source}", f"brand{brand}") for brand in range(BRANDS) for source in range(SOURCES)]
    random.Random(1).shuffle(pairs)
    rows = [
        (source, brand, str(began), str(began + timedelta(hours=1) * number / len(pairs))) for number, (source, brand) in enumerate(pairs)
    ]
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("INSERT INTO source_states (source, brand, last_success_at, next_poll_at) VALUES (?, ?, ?, ?)", rows)


def watch(every: str, settle: float, seconds: float) -> tuple[float, float, float]:
    """Listen on one core, and return its share used, memory in MB and polls a second."""
    server = _Server(("127.0.0.1", 0), _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = Path(tempfile.mkdtemp(prefix="grapevine-many-"))
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GRAPEVINE_DATABASE_URL": f"sqlite:///{folder / 'grapevine.db'}"}
    monitor = str(Path(sys.executable).parent / "monitor")
    try:
        for words in (["init", "--sample"], ["migrate"]):
            subprocess.run([monitor, *words], cwd=folder, env=environment, check=True, capture_output=True)
        configure(folder, server.server_port, every)
        if every == "1h":
            spread(folder / "grapevine.db")
        with (folder / "monitor.log").open("wb") as log:
            ours = subprocess.Popen(["taskset", "-c", "0", monitor, "run"], cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            time.sleep(settle)
            if ours.poll() is not None:
                raise SystemExit(f"monitor run ended: {(folder / 'monitor.log').read_text('utf-8')}")
            process, asked = psutil.Process(ours.pid), server.asked
            used, began = process.cpu_times(), time.monotonic()
            time.sleep(seconds)
            now, past = process.cpu_times(), time.monotonic() - began
            share = (now.user + now.system - used.user - used.system) / past
            return share, process.memory_info().rss / 1e6, (server.asked - asked) / past
        finally:
            ours.send_signal(signal.SIGINT)
            ours.wait(timeout=60)
    finally:
        server.shutdown()
        server.server_close()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> Result:
    """Measure an hourly round, and one without end."""
    rest_share, rest_memory, rest_polls = watch("1h", SETTLE, REST)
    busy_share, busy_memory, busy_polls = watch("10s", 30, 60)
    what = f"`monitor run` for {BRANDS} brands on {SOURCES} sources (searches that find nothing, over HTTP)"
    how = f"{what}, SQLite, held to one core of a machine that does other work too; shares are CPU time by the clock on the wall. "
    how += "A sweep each 5 seconds puts at most 16 polls of a source in line, so that none crowds out the others."
    figures = [
        Figure("share of the core, each of 1,000 read once an hour", f"{rest_share:.1%}", f"{rest_polls:.2f} polls a second"),
        Figure("memory then", f"{rest_memory:.0f} MB"),
        Figure("polls a second, as many as it can", f"{busy_polls:.1f}", f"{busy_share:.0%} of the core"),
        Figure(
            "CPU time of a poll then",
            f"{busy_share / busy_polls * 1000:.1f} ms",
            f"{busy_polls / busy_share:.0f} polls for a core's second",
        ),
        Figure("memory then ", f"{busy_memory:.0f} MB"),
    ]
    return Result("A hundred brands on ten sources", how, figures)

"""Says whether we are well to machines that watch: GET /health and /metrics on the loopback, where a port is given."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from monitor import __version__
from monitor.command import UNAVAILABLE, CommandError, explain, is_of_database
from monitor.figures import count_replies, count_statuses, read_publishing
from monitor.workers import dead_letters, queue_depths, seen_executors

if TYPE_CHECKING:
    import sqlalchemy as sa

LOOPBACK = "127.0.0.1"
"""Who watches from elsewhere puts something in between that asks who they are."""


@contextmanager
def answering(port: int | None, database: sa.Engine, process: str) -> Iterator[int | None]:
    """Answer GET /health and /metrics on a port of the loopback meanwhile, where one is given; yields the port (for 0, the one it got).

    Raises:
        CommandError: the port cannot be had.
    """
    if port is None:
        yield None
        return
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), partial(_Handler, database, process))
    except OSError as error:
        raise CommandError(f"Port {port} cannot be had: {error.strerror}. Choose another, or stop who has it.", UNAVAILABLE) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers one question; whatever is wrong is an answer too."""

    timeout = 10.0
    server_version = "grapevine"
    sys_version = ""

    def __init__(self, database: sa.Engine, process: str, *rest: Any) -> None:
        self._database, self._process = database, process
        super().__init__(*rest)

    def do_GET(self) -> None:
        """Answer."""
        if self.path == "/health":
            code, said = health(self._database, self._process)
            self._answer(code, json.dumps(said) + "\n", "application/json")
        elif self.path == "/metrics":
            try:
                self._answer(200, metrics(self._database), "text/plain; version=0.0.4; charset=utf-8")
            except Exception as error:
                if not is_of_database(error):
                    raise
                self._answer(503, explain(error)[0] + "\n", "text/plain; charset=utf-8")
        else:
            self._answer(404, "There is /health and /metrics.\n", "text/plain; charset=utf-8")

    def _answer(self, code: int, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: it is asked every few seconds."""


def health(database: sa.Engine, process: str) -> tuple[int, Mapping[str, object]]:
    """Return 200 where the database answers and this very process showed of late that it lives, else 503, with what is known."""
    said: dict[str, object] = {"process": process, "version": __version__}
    try:
        own = [seen for seen in seen_executors(database) if seen.pid == os.getpid() and seen.process == process and seen.alive]
    except Exception as error:
        if not is_of_database(error):
            raise
        return 503, said | {"ok": False, "reason": explain(error)[0]}
    if not own:
        return 503, said | {"ok": False, "reason": "this process did not show for two minutes that it lives"}
    return 200, said | {"ok": True, "heartbeat_seconds": round(own[0].silent_for.total_seconds(), 1)}


def metrics(database: sa.Engine) -> str:
    """Return figures of the whole database in Prometheus's text format; they are the same whichever process is asked."""
    on, _by, _at = read_publishing(database)
    workers = [({"process": seen.process, "worker": seen.executor_id}, seen) for seen in seen_executors(database)]
    families: list[tuple[str, str, list[tuple[dict[str, str], float]]]] = [
        ("mentions", "Mentions by status.", [({"status": name}, number) for name, number in count_statuses(database).items()]),
        ("replies", "Replies by status.", [({"status": name}, number) for name, number in count_replies(database).items()]),
        ("jobs", "Jobs that wait or run, by queue.", [({"queue": name}, number) for name, number in queue_depths(database).items()]),
        ("dead_letters", "Jobs that failed for good.", [({}, len(dead_letters(database)))]),
        ("publishing_on", "1 where publishing is on, 0 where it is paused.", [({}, int(on))]),
        ("worker_up", "1 for a worker that lives.", [(labels, int(seen.alive)) for labels, seen in workers]),
        (
            "worker_heartbeat_age_seconds",
            "Since a worker last showed that it lives.",
            [(labels, seen.silent_for.total_seconds()) for labels, seen in workers],
        ),
    ]
    lines = []
    for name, about, samples in families:
        lines += [f"# HELP grapevine_{name} {about}", f"# TYPE grapevine_{name} gauge"]
        lines += [f"grapevine_{name}{_labels(labels)} {value}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    def escaped(value: str) -> str:
        return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

    return "{" + ",".join(f'{name}="{escaped(value)}"' for name, value in labels.items()) + "}" if labels else ""

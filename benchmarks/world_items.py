"""Plays the address where Hacker News says what became of a text, out of the made-up world, which has the search service alone."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Items(BaseHTTPRequestHandler):
    """Answers /v0/item/N.json with what the world has under /api/v1/items/N, its faults included; what it has no more is deleted."""

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        number = self.path.rpartition("/")[2].removesuffix(".json")
        status, body, later = 200, b"", ""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.world}/api/v1/items/{number}", timeout=30) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            status, later = error.code, error.headers.get("Retry-After", "")
        except OSError:
            status = 502
        if status == 404:
            status, body = 200, json.dumps({"id": int(number), "deleted": True}).encode()
        self.send_response(status)
        if later:
            self.send_header("Retry-After", later)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    world = 0


@contextmanager
def playing_items(world: int) -> Iterator[int]:
    """Play it for the world on a port; yields the port it got."""
    server = _Server(("127.0.0.1", 0), _Items)
    server.world = world
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()

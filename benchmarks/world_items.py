"""Plays two addresses that the made-up world has not: where Hacker News says what became of a text, and the pages of its blogs."""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
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


class _Page(BaseHTTPRequestHandler):
    """Answers a blog's page as long as it stands there, with the faults that the world has elsewhere."""

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Pages)
        server.asked += 1
        chance = server.rng.random()
        deleted_after = server.pages.get(self.path)
        stands = self.path == "/" or (deleted_after is not None and time.time() - server.began < deleted_after)
        status = 503 if chance < 0.05 else 429 if chance < 0.07 else 200 if stands else 404
        if chance > 0.95:
            time.sleep(2)
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "2")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return None


class Pages(ThreadingHTTPServer):
    """Blogs whose pages stand for a while; `asked` counts what they were asked."""

    daemon_threads = True
    request_queue_size = 64
    asked = 0

    def __init__(self, pages: Mapping[str, float], seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.pages, self.began, self.rng = pages, time.time(), random.Random(seed)


@contextmanager
def playing_pages(pages: Mapping[str, float], seed: int) -> Iterator[Pages]:
    """Play pages by path until so many seconds after `began`, which is the caller's to set; yields the server."""
    server = Pages(pages, seed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

"""Starts the worlds in which the posters play, drives and reads them: our own lean one, and the larger stand-in where it is at hand."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fakes.world import WRITES, Handler, Server

STAND_IN = Path(os.environ.get("GRAPEVINE_SHARED", Path(__file__).parents[3] / "shared")) / "testbed" / "fakeworld.py"


class World:
    """A stand-in at `url`, whichever process plays it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def control(self, what: str, **content: Any) -> Any:
        body = json.dumps(content).encode() if content else None
        request = urllib.request.Request(f"{self.url}/_control/{what}", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def replies(self, network: str, parent: str) -> list[str]:
        return [one["text"] for one in self.control("replies")["replies"] if (one["platform"], one["parent_id"]) == (network, parent)]

    def writes(self, network: str) -> int:
        rows = self.control("requests")["requests"]
        return sum((row["method"], row["path"].rstrip("/")) == ("POST", WRITES[network]) for row in rows)


@contextmanager
def stand_in() -> Iterator[World]:
    """Start the shared stand-in in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-W", "ignore", str(STAND_IN), "--port", str(port)], stdout=subprocess.DEVNULL)
    world = World(f"http://127.0.0.1:{port}")
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                world.control("health")
                break
            threading.Event().wait(0.05)
        yield world
    finally:
        process.terminate()
        process.wait()


@contextmanager
def our_own() -> Iterator[World]:
    """Start our own lean one in a thread."""
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield World(f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def apart() -> Iterator[World]:
    """Start our own lean one in a process of its own; it ends with us, however we end."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fakes.world"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdout, process.stdin:
        try:
            yield World(process.stdout.readline().strip())
        finally:
            process.kill()
            process.wait()


def shown(network: str, text: str) -> str:
    """Return what a reader of the network sees of a text as it was sent; Reddit's Markdown is read by another's code."""
    if network != "reddit":
        return text
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"]).parse(text)
    paragraphs = []
    for token in tokens:
        assert token.type in {"paragraph_open", "paragraph_close", "inline"}, f"{token.type} out of {text!r}"
        if token.type == "inline":
            paragraphs.append("".join(_seen(child) for child in token.children or ()))
    return "\n\n".join(paragraphs)


def _seen(token: Any) -> str:
    if token.type in {"hardbreak", "softbreak"}:
        assert token.type == "hardbreak", "a line break that Reddit would swallow"
        return "\n"
    assert token.type in {"text", "text_special", "link_open", "link_close"}, f"{token.type} that nobody wrote"
    return str(token.content)

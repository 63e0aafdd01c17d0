"""A language model on loopback that speaks as OpenAI's service does: it obeys, invents, floods, hangs or breaks off."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Words = Callable[[dict[str, Any]], str]
"""Gives the model's words for one request."""


@dataclass(frozen=True)
class Play:
    """How one request is answered."""

    words: Words | str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes | None = None
    """Sent instead of a well-formed body."""
    hangs: bool = False
    cut: int = 0
    """So many bytes more are promised than come."""
    usage: dict[str, int] | None = field(default_factory=lambda: {"prompt_tokens": 700, "completion_tokens": 100, "total_tokens": 800})


def saying(*sentences: tuple[str, str | None]) -> str:
    """Return an answer of the shape that was asked for."""
    return json.dumps({"sentences": [{"text": text, "fact": fact} for text, fact in sentences]})


def post_in(request: dict[str, Any]) -> str:
    """Return the fenced post of a request, as a model reads it."""
    found = re.search(r"^POST ([0-9a-f]{16})\n(.*)\nPOST \1$", spoken(request), re.MULTILINE | re.DOTALL)
    return found[2] if found else ""


def spoken(request: dict[str, Any]) -> str:
    """Return all that a request says."""
    return "\n".join(str(message["content"]) for message in request["messages"])


def obeying_the_attacker(request: dict[str, Any]) -> str:
    """Return what a model says that takes every post for its orders: it repeats it, cites our facts for it and tells all it was told."""
    post = post_in(request)
    ids = re.findall(r'"id": "([^"]+)"', spoken(request)) or [None]
    return saying(*((part, ids[0]) for part in re.findall(r"(?s).{1,500}", post)[:10]), (spoken(request)[-400:], ids[0]))


@dataclass
class FakeOpenAI:
    """The service; plays are used one for each request, and the last one stays. Use it as a context."""

    plays: Sequence[Play] = ()
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._closing = threading.Event()
        self._left = list(self.plays)
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

            def do_POST(self) -> None:
                with contextlib.suppress(OSError):  # The client hung up, as it should on some plays.
                    body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                    fake.requests.append(body)
                    fake.headers.append({name.lower(): value for name, value in self.headers.items()})
                    fake._play(self, body)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def received(self) -> str:
        """All that was ever sent here, in one text."""
        return "\n".join(json.dumps(request, ensure_ascii=False) + "\n" + spoken(request) for request in self.requests)

    def _play(self, handler: BaseHTTPRequestHandler, request: dict[str, Any]) -> None:
        play = self._left.pop(0) if len(self._left) > 1 else self._left[0]
        if play.hangs:
            self._closing.wait(30)
            handler.close_connection = True
            return
        body = play.raw if play.raw is not None else _completion(play, request)
        handler.send_response(play.status)
        for name, value in (("content-type", "application/json"), *play.headers):
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(body) + play.cut))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = bool(play.cut)


def _completion(play: Play, request: dict[str, Any]) -> bytes:
    words = play.words if isinstance(play.words, str) else play.words(request)
    message = {"role": "assistant", "content": words}
    body: dict[str, Any] = {"id": "1", "object": "chat.completion", "created": 1, "model": request["model"]}
    body |= {"choices": [{"index": 0, "finish_reason": "stop", "message": message}]}
    return json.dumps(body | ({"usage": play.usage} if play.usage else {})).encode()

"""A web site on loopback that plays whatever the wild web does, byte for byte; no knowledge of feeds or networks lives here."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import socketserver
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

Send = Callable[[bytes], object]


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    method: str
    target: str
    """Path and query, as sent."""
    headers: Mapping[str, str]
    """By lower-case name."""


@dataclass(frozen=True)
class Stage:
    """What a play may do: send bytes, and see whether the theatre closes."""

    request: Request
    send: Send
    closing: threading.Event


Play = Callable[[Stage], None]


def answer(body: bytes | str = b"", status: int = 200, /, **headers: str) -> Play:
    """Answer whole and well-formed; `content_type="text/html"` becomes the header Content-Type."""
    content = body.encode() if isinstance(body, str) else body
    given = {name.replace("_", "-").title(): value for name, value in headers.items()}
    given.setdefault("Content-Length", str(len(content)))
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return raw(f"HTTP/1.1 {status} Played\r\n{lines}\r\n".encode("latin-1") + content)


def answer_json(value: Any, status: int = 200, /, **headers: str) -> Play:
    """Answer with `value` as JSON."""
    return answer(json.dumps(value), status, content_type="application/json", **headers)


def raw(content: bytes) -> Play:
    """Send exactly these bytes and hang up."""

    def play(stage: Stage) -> None:
        stage.send(content)

    return play


def redirect(to: str, status: int = 302) -> Play:
    """Send the client on to `to`."""
    return answer(b"", status, location=to)


def cut(body: bytes, missing: int) -> Play:
    """Promise more bytes than come."""
    return raw(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body) + missing}\r\n\r\n".encode() + body)


def endless(piece: bytes = b"<p>" * 4096, before: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Play:
    """Send without end, until the client hangs up."""

    def play(stage: Stage) -> None:
        stage.send(before)
        while not stage.closing.is_set():
            stage.send(piece)

    return play


def dripping(before: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Play:
    """Send one byte every hundredth of a second, until the client hangs up."""

    def play(stage: Stage) -> None:
        stage.send(before)
        while not stage.closing.wait(0.01):
            stage.send(b"x")

    return play


def silent() -> Play:
    """Take the request and say nothing until the client hangs up or the site closes."""

    def play(stage: Stage) -> None:
        stage.closing.wait(30)

    return play


def zipped(body: bytes, **headers: str) -> Play:
    """Answer with `body` packed by gzip."""
    return answer(gzip.compress(body), content_encoding="gzip", **headers)


def gzip_bomb(megabytes: int = 100) -> Play:
    """Answer with a small body that unpacks to `megabytes` of nothing."""
    return zipped(bytes(megabytes * 1024 * 1024))


def in_turn(*plays: Play) -> Play:
    """Play one after the other, one for each request; the last one stays."""
    waiting = list(plays)

    def play(stage: Stage) -> None:
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(stage)

    return play


XML_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(12))
    + b"]><rss version='2.0'><channel><item><title>&m;</title></item></channel></rss>"
)
"""A billion laughs, and a thousand times that."""


HOSTILE: Mapping[str, Play] = {
    "a web page": answer("<!doctype html><html><body>Sign in</body></html>", content_type="text/html"),
    "an empty page": answer(),
    "no content": answer(b"", 204),
    "part of a page": answer(b"<rss", 206),
    "garbage": answer(bytes(range(256)) * 40),
    "no HTTP": raw(b"\x00\xff\r\n\r\n"),
    "nothing at all": raw(b""),
    "a cut answer": cut(b'{"hits": [', 100),
    "a gzip bomb": gzip_bomb(30),
    "an endless page": endless(),
    "a broken packing": answer(b"x", content_encoding="gzip"),
    "another packing": answer(b"x", content_encoding="br"),
    "a cut packing": answer(gzip.compress(b"x" * 9_999)[:-9], content_encoding="gzip"),
    "an XML bomb": answer(XML_BOMB, content_type="application/xml"),
    "a wrong encoding": answer(b"\xff\xfe<\x00r", content_type="text/xml; charset=utf-99"),
    "an error inside a 200": answer_json({"message": "no such index", "status": 404}),
    "a list": answer_json([1, 2, 3]),
    "deep nesting": answer("[" * 100_000),
    "not modified": answer(b"", 304),
    "a circle": redirect("?again"),
    "a way to a private address": redirect("http://10.0.0.1/"),
    "a way to a file": redirect("file:///etc/passwd"),
    "a way with a password": redirect("http://me:hidden-password@127.0.0.1/"),
    "a way to nowhere": answer(b"", 302),
    "too many requests": answer(b"", 429, retry_after="7"),
    "too many requests for ever": answer(b"", 429, retry_after="Fri, 31 Dec 9999 23:59:59 GMT"),
}
"""What a site may play that no honest site does, by name."""


@dataclass
class WebSite:
    """A site whose pages are plays by path; a path without one answers 404. Use it as a context."""

    pages: dict[str, Play] = field(default_factory=dict)
    everywhere: Play | None = None
    """Played where a path has no play of its own."""
    requests: list[Request] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, target: str = "/") -> str:
        return f"http://{self.host}{target}"

    def play(self, request: Request, send: Send) -> None:
        self.requests.append(request)
        play = self.pages.get(request.target) or self.pages.get(request.target.partition("?")[0]) or self.everywhere
        (play or answer(b"nothing here", 404))(Stage(request, send, self._closing))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64
    site: WebSite


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # The client hung up, as it should on most of these plays.
            if self.connection.recv(1, socket.MSG_PEEK) == b"\x16":  # Somebody tries to speak TLS.
                self.wfile.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            first = self.rfile.readline(65_536).decode("latin-1").split()
            headers: dict[str, str] = {}
            while line := self.rfile.readline(65_536).decode("latin-1").strip():
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
            if len(first) == 3:
                self.server.site.play(Request(first[0], first[1], headers), self.wfile.write)

    def finish(self) -> None:
        with contextlib.suppress(OSError):
            super().finish()

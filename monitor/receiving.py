"""Lets in what others send of themselves (the sources of kind webhook): one request at a time is bounded, checked, stored, and answered."""

from __future__ import annotations

import io
import json
import logging
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from monitor import pipeline
from monitor.command import count, explain, is_of_database
from monitor.contracts import Rejected
from monitor.domain import Mention
from monitor.settings import SourceSettings
from monitor.sources import SOURCES
from monitor.sources.webhook import MAX_BODY, PER_MINUTE, PORT, Unwelcome, WebhookSource
from monitor.wiring import Monitor, now

PATH = "/mentions"
LOOPBACK = "127.0.0.1"
"""Whoever sends from elsewhere comes through a web server of yours, which has the certificate."""
PATIENCE = 10.0
"""Seconds in which a request must be here as a whole, however slowly it drips."""
AT_ONCE = 16
"""Requests that are let in at the same time; a further one is asked to come again."""

logger = logging.getLogger(__name__)


@dataclass
class Pace:
    """Lets so many pass in a minute, and as many at once after a quiet one."""

    per_minute: int
    clock: Callable[[], float] = time.monotonic
    _left: float = field(init=False)
    _at: float = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __post_init__(self) -> None:
        self._left, self._at = float(self.per_minute), self.clock()

    def wait(self) -> float:
        """Let one pass and return 0, or return how many seconds it should wait."""
        with self._lock:
            at = self.clock()
            self._left = min(self.per_minute, self._left + (at - self._at) * self.per_minute / 60)
            self._at = at
            if self._left < 1:
                return (1 - self._left) * 60 / self.per_minute
            self._left -= 1
            return 0.0


@dataclass(frozen=True)
class Desk:
    """Takes in what comes for one source: checks it, stores what is good, and says what became of it."""

    monitor: Monitor
    settings: SourceSettings
    source: WebhookSource
    pace: Pace

    def take(self, headers: Mapping[str, str], body: bytes) -> tuple[int, Mapping[str, Any], Mapping[str, str]]:
        """Return status, answer and headers; what is answered with 2xx, and what is good of a 422, is committed."""
        try:
            self.source.check_signature(headers, body)
            if seconds := self.pace.wait():
                raise _Hurried(seconds)
            brands = self.monitor.brands_of(self.settings)
            good, bad = self.source.open_body(body, brands)
        except _Hurried as hurried:
            return 429, {"error": hurried.reason}, {"Retry-After": str(hurried.seconds)}
        except Unwelcome as refused:
            return refused.status, {"error": refused.reason}, {}
        matchers = {brand.id: self.monitor.matchers[brand.id] for brand in brands}
        found = [mention for _number, mention in good]
        about = [(mention, pipeline.about(mention, matchers, self.source.name)) for mention in found if not mention.brand]
        ours = {brand: self._about(brand, found, [mention for mention, brands in about if brand in brands]) for brand in matchers}
        try:
            saved = self.monitor.store.save_received(self.source.name, ours, bad, now())
        except Exception as error:
            if not is_of_database(error):
                raise
            logger.warning("%s: a request could not be stored: %s", self.source.name, explain(error)[0])
            return 503, {"error": "nothing of this request is stored; send it again later"}, {"Retry-After": "30"}
        kept = {(mention.network, mention.external_id) for mentions in ours.values() for mention in mentions}
        others = sum((mention.network, mention.external_id) not in kept for _number, mention in good)
        answer: dict[str, Any] = {"new": saved.new, "known": saved.known, "others": others}
        if saved.new:
            logger.info("%s: %s sent to us", self.source.name, count(saved.new, "new mention"))
        if not bad:
            return 200, answer, {}
        logger.warning("%s: %s could not be taken in; monitor status --rejected shows why", self.source.name, count(len(bad), "mention"))
        refused_rows = [{"mention": row.line, "reason": row.reason} for row in bad]
        what = "some mentions are none; those that are good are stored, so send only the others again"
        return 422, {"error": what, **answer, "rejected": refused_rows}, {}

    def _about(self, brand: str, found: Sequence[Mention], unnamed: Sequence[Mention]) -> list[Mention]:
        """Return what a brand is to know: what was sent for it by name, and of the rest what its terms find."""
        matcher = self.monitor.matchers[brand]
        named = [
            replace(mention, mentions_us=mention.mentions_us or matcher.addresses_us(mention.text))
            for mention in found
            if mention.brand == brand
        ]
        matched = pipeline.match(unnamed, matcher, self.source.name)
        return [*named, *(replace(mention, brand=brand) for mention in matched)]


class _Hurried(Unwelcome):
    """Too many came in a minute."""

    def __init__(self, seconds: float) -> None:
        super().__init__(429, "too many requests in a minute; put more mentions into one, or wait")
        self.seconds = int(seconds) + 1


class Receiving:
    """The open desks of a process, one for each webhook source; a port that cannot be had is tried again at each look."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._open: dict[str, _Server] = {}
        self.troubles: dict[str, str] = {}
        """Why a desk is shut, by source."""

    @property
    def ports(self) -> Mapping[str, int]:
        """The port of each desk that is open, by source."""
        return {name: server.server_port for name, server in self._open.items()}

    def look(self) -> None:
        """Open what is not open; another process that has the port goes on with it, and this one takes over when it ends."""
        for settings in self._monitor.settings.sources:
            if not SOURCES[settings.kind].comes_by_itself or settings.name in self._open:
                continue
            trouble = self._start(settings)
            if trouble and settings.name not in self.troubles:
                logger.warning("%s", trouble)
            if trouble:
                self.troubles[settings.name] = trouble
            else:
                self.troubles.pop(settings.name, None)

    def _start(self, settings: SourceSettings) -> str:
        source = self._monitor.sources[settings.name][1]
        assert isinstance(source, WebhookSource)
        try:
            for brand in self._monitor.brands_of(settings)[:1]:
                source.fetch(brand, "")
        except Rejected as error:
            return str(error)
        host, port = settings.options.get("host") or LOOPBACK, int(settings.options.get("port", PORT))
        desk = Desk(self._monitor, settings, source, Pace(int(settings.options.get("per_minute", PER_MINUTE))))
        try:
            server = _Server((host, port), partial(_Handler, desk))
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
            return f"{settings.name}: {host}:{port} cannot be had ({why}); whoever has it may be another monitor. It is tried again."
        self._open[settings.name] = server
        threading.Thread(target=server.serve_forever, name=f"webhook {settings.name}", daemon=True).start()
        logger.info("%s: taking in what is sent to http://%s:%d%s", settings.name, host, server.server_port, PATH)
        return ""

    def close(self) -> None:
        """Let nothing in any more."""
        for server in self._open.values():
            server.shutdown()
            server.server_close()
        self._open.clear()


class _Server(ThreadingHTTPServer):
    """Lets in a bounded number of requests at once."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, *arguments: Any) -> None:
        self._room = threading.BoundedSemaphore(AT_ONCE)
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._room.acquire(blocking=False):
            request.setblocking(False)
            request.send(b"HTTP/1.0 503 Busy\r\nRetry-After: 10\r\nContent-Length: 0\r\n\r\n")
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Note that a request came to nothing; it was not answered with 2xx, so that its sender sends it again."""
        _ = request, client_address
        logger.warning("a request to a webhook broke off", exc_info=sys.exc_info())


class _Patient(io.RawIOBase):
    """Reads a socket until a moment, however the bytes drip."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self._connection = connection
        self._until = until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request is too slow")
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    timeout = PATIENCE
    server_version = "grapevine"
    sys_version = ""

    def __init__(self, desk: Desk, *rest: Any) -> None:
        self._desk = desk
        super().__init__(*rest)

    def setup(self) -> None:
        super().setup()
        self.rfile = io.BufferedReader(_Patient(self.connection, time.monotonic() + PATIENCE))

    def do_POST(self) -> None:
        """Take in a request."""
        if self.path.split("?")[0] != PATH:
            self._answer(404, {"error": f"there is only {PATH}"})
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()) or "Transfer-Encoding" in self.headers:
            self._answer(411, {"error": "the header Content-Length must say how long the body is"})
            return
        if len(length) > 9 or int(length) > MAX_BODY:
            self._answer(413, {"error": f"a body has at most {MAX_BODY:,} bytes; send it in parts"})
            return
        try:
            body = self.rfile.read(int(length))
        except TimeoutError:
            self._answer(408, {"error": f"the body was not here within {PATIENCE:g} seconds"})
            return
        if len(body) < int(length):
            self._answer(400, {"error": "the body is shorter than Content-Length says"})
            return
        self._answer(*self._desk.take({name.lower(): value for name, value in self.headers.items()}, body))

    def do_GET(self) -> None:
        """Say what is right."""
        self._answer(405, {"error": f"mentions are sent by POST to {PATH}"}, {"Allow": "POST"})

    do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 http.server's names

    def _answer(self, status: int, said: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        body = (json.dumps(said, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        self.connection.settimeout(PATIENCE)
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request; what was stored is said where it is stored."""

"""Carries the requests of the client libraries: one deadline for a whole call, at most one write, no second try; no network by name."""

from __future__ import annotations

import queue
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpcore
import httpx

from monitor.contracts import Rejected
from monitor.sources.addresses import GuardedNetwork, NoSuchHost, Refused, resolve
from monitor.sources.bodies import Damaged, TooLarge, read_body
from responders.contracts import TOO_LATE, seconds_to_send

SECONDS = 30.0
"""How long one call of a poster may take in all: the lease on a reply is four times as long."""
MAX_BYTES = 8 * 1024 * 1024
USER_AGENT = "Grapevine (publishes replies that a person approved)"

_OURS = frozenset({"accept-encoding", "connection"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Stopped(Exception):
    """Ends a request that brought no good answer. It is none of the errors at which a client library would try again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a network answered, whole."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes

    @property
    def good(self) -> bool:
        """Say whether the network did what it was asked."""
        return 200 <= self.status < 300


@dataclass(slots=True)
class Call:
    """What is known of one call of a poster while it runs."""

    until: float
    """On the monotonic clock."""
    may_write: bool = False
    sent: bool = False
    """The first byte of a write may have left this machine."""
    trouble: str = ""
    """Why the last request brought no whole answer; empty where it did."""
    answer: Answer | None = None
    """The last whole answer."""

    def begin(self, *, may_write: bool = False) -> None:
        """Begin the next step of the call; what was sent stays sent."""
        self.answer, self.trouble, self.may_write = None, "", may_write


class Wire:
    """The one way to a network at `url`; `write` ends the path of the request that publishes, and no other request publishes anything.

    Every request has a connection of its own, so that a connection the server closed meanwhile can never make a send unclear. An answer
    that is not of the 2xx kind never reaches the client library: three of four would ask again. Redirects are not followed, and proxies,
    `.netrc` and cookies of the environment are not used.
    """

    def __init__(
        self,
        url: str,
        write: str,
        *,
        seconds: float = SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
        resolver: Callable[[str, int], Sequence[str]] = resolve,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self._home = urlsplit(self.url)
        self._write = write
        self._seconds = seconds
        self._monotonic = monotonic
        self._resolver = resolver
        self._network = network
        self._running = threading.local()

    @contextmanager
    def call(self) -> Iterator[Call]:
        """Begin a call, or go on with the one that this thread has begun: its deadline holds for all that is asked within."""
        outer: Call | None = getattr(self._running, "call", None)
        call = outer or Call(self._monotonic() + min(self._seconds, seconds_to_send()))
        self._running.call = call
        try:
            yield call
        finally:
            self._running.call = outer

    def fetch(self, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes) -> Answer:
        """Send one request and return its good answer; what else comes is noted in the call.

        Raises:
            Stopped: there is no good answer.
        """
        call: Call | None = getattr(self._running, "call", None)
        if call is None:
            raise RuntimeError("a client library asks for something outside of a call")
        place = urlsplit(url)
        writes = method == "POST" and place.path.rstrip("/").endswith(self._write)
        if writes and (call.sent or not call.may_write):
            raise Stopped("the client library would send a second time")
        if writes and seconds_to_send() <= 0:
            self._stop(call, TOO_LATE)
        if place.scheme != "https" and (place.scheme, place.netloc) != (self._home.scheme, self._home.netloc):
            self._stop(call, "it would have gone over an open line to another host")

        def trace(event: str, _info: Mapping[str, Any]) -> None:
            if writes and event.startswith("http11.send_request"):
                call.sent = True

        call.answer, call.trouble = None, ""
        call.answer = self._exchange(call, method, url, headers, body, trace)
        if not call.answer.good:
            raise Stopped(f"the answer is {call.answer.status}")
        return call.answer

    def _exchange(
        self,
        call: Call,
        method: str,
        url: str,
        headers: Iterable[tuple[str, str]],
        body: bytes,
        trace: Callable[[str, Mapping[str, Any]], None],
    ) -> Answer:
        def seconds_left() -> float:
            return call.until - self._monotonic()

        network = GuardedNetwork(
            allowed=frozenset({(self._home.hostname or "").lower()}),
            seconds_left=seconds_left,
            resolver=lambda host, port: _resolve_in_time(self._resolver, host, port, seconds_left()),
            network=self._network,
        )
        kept = [(name, value) for name, value in headers if name.lower() not in _OURS]
        try:
            with (
                httpcore.ConnectionPool(ssl_context=_tls(), network_backend=network) as pool,
                pool.stream(
                    method,
                    _whole(url),
                    headers=[*kept, ("Accept-Encoding", "identity"), ("Connection", "close")],
                    content=body,
                    extensions={"trace": trace},
                ) as response,
            ):
                found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                content = read_body(response.iter_stream(), found.get("content-encoding", ""), MAX_BYTES)
                return Answer(response.status, found, content)
        except NoSuchHost as error:
            self._stop(call, f"its host was not found ({error})")
        except Refused:
            self._stop(call, "its host has a private address")
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            self._stop(call, f"no connection ({error})" if str(error) else "no connection")
        except (httpcore.TimeoutException, TimeoutError):
            self._stop(call, f"no whole answer within {self._seconds:g} seconds")
        except TooLarge:
            self._stop(call, "the answer is too long")
        except Damaged:
            self._stop(call, "the answer is damaged")
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
            self._stop(call, "the connection was cut before the whole answer was there")
        except (UnicodeError, ValueError, TypeError):
            self._stop(call, "the request cannot be written")

    def _stop(self, call: Call, trouble: str) -> NoReturn:
        call.trouble = trouble
        raise Stopped(trouble) from None


def check_url(name: str, url: object) -> str:
    """Return an `api_url` that may carry our keys: over TLS, or on this machine; raises Rejected."""
    text = str(url or "").strip().rstrip("/")
    parts = urlsplit(text)
    if parts.scheme == "https" and parts.hostname:
        return text
    if parts.scheme == "http" and parts.hostname in _LOOPBACK:
        return text
    raise Rejected(f"{name}: api_url must begin with https:// and name a host, or our keys would go over an open line")


def _whole(url: str) -> httpcore.URL:
    """Return `url` part by part, byte for byte as it was signed: read as text, httpcore would lose what stands behind a semicolon."""
    place = urlsplit(url)
    target = (place.path or "/") + (f"?{place.query}" if place.query else "")
    return httpcore.URL(scheme=place.scheme, host=place.hostname or "", port=place.port, target=target)


def _resolve_in_time(resolver: Callable[[str, int], Sequence[str]], host: str, port: int, seconds: float) -> Sequence[str]:
    """Return the addresses of `host`, giving up after `seconds`: the system's own resolver knows no deadline."""
    found: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def look() -> None:
        try:
            found.put(resolver(host, port))
        except OSError as error:
            found.put(error)

    threading.Thread(target=look, daemon=True, name="resolver").start()
    try:
        result = found.get(timeout=max(seconds, 0.0))
    except queue.Empty:
        raise OSError("it took too long") from None
    if isinstance(result, OSError):
        raise result
    return result


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()

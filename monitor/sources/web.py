"""Reads one address over HTTP, bounded in size, time and reach: the only door through which the sources reach the network.

Proxies named in the environment are not used: a proxy looks names up itself, and our check of the address would mean nothing.
`SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured, for organisations with a certificate authority of their own.
"""

from __future__ import annotations

import copy
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from types import MappingProxyType
from typing import Self
from urllib.parse import unquote

import httpcore
import httpx

from monitor.contracts import Rejected, Unavailable
from monitor.settings import SourceSettings
from monitor.sources.addresses import GuardedNetwork, NoSuchHost, Refused, resolve
from monitor.sources.bodies import Damaged, TooLarge, read_body
from monitor.sources.statuses import refuse_status
from monitor.text import clip

MAX_BYTES = 10 * 1024 * 1024
"""The longest body that is read, after decompression."""
MAX_REDIRECTS = 5
SECONDS = 30.0
"""So long one address may take, redirects and all."""
USER_AGENT = "Grapevine (reads public posts about a brand; at most one request at a time)"
utc_now: Callable[[], datetime] = partial(datetime.now, UTC)
"""The clock of every source that is built from its settings; no source looks at one by itself."""

_CONNECT_SECONDS = 10.0
_SILENCE_SECONDS = 20.0
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_FOR_STRANGERS = frozenset({"authorization", "cookie", "x-goog-api-key"})
_KEYS_IN_ADDRESSES = frozenset({"access_token", "api_key", "apikey", "key", "token"})
_SHORTEST = 8
"""A shorter word stands in many an answer that does not quote us."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: status 2xx (or one that was asked for) with a whole body, or 304 without one."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes
    url: str
    """Where it was found in the end."""
    moved_to: str
    """Where it lives from now on, if the address redirected for good (301, 308); empty otherwise."""
    at: datetime
    """When it was read, by our own clock (UTC)."""


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def shown(url: str) -> str:
    """Return `url` fit for a message or a log: without user, password, query values and fragment, at most 200 characters."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        return "an address that cannot be read"
    port = f":{parsed.port}" if parsed.port else ""
    path, _, query = parsed.raw_path.decode("ascii").partition("?")  # The raw path is escaped, and so holds no line breaks.
    return clip(f"{parsed.scheme}://{parsed.host}{port}{path}{'?…' if query else ''}", 200)


def _credentials(target: httpx.URL, headers: Mapping[str, str]) -> list[str]:
    """Return what opens something in a request: each as it is sent, the longest first."""
    found = [value.rpartition(" ")[2] for name, value in headers.items() if name.lower() in _NOT_FOR_STRANGERS]
    found += [part.partition("=")[2] for part in target.query.decode("ascii").split("&") if part.partition("=")[0] in _KEYS_IN_ADDRESSES]
    plain = [unquote(one) for one in found]
    return sorted({one for one in (*found, *plain) if len(one) >= _SHORTEST}, key=len, reverse=True)


def _whole(target: httpx.URL) -> httpcore.URL:
    """Return `target` part by part: read as text, httpcore would lose what stands behind a semicolon."""
    return httpcore.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)


class Reader:
    """Gets one address for one adapter, follows redirects, and answers every trouble with one of the three errors.

    Only http and https, only public addresses unless the host is in `allow_private`, checked again at each redirect. A redirect
    from https to http is refused: whoever listens on the line could put words into somebody's mouth. An address with a user and
    password in it is refused: they would stand in a configuration file.

    `advice` says of a status what to do, where the general sentence would mislead; `accept` names statuses whose body is handed back
    like a good one, because only the body tells what the trouble is.
    """

    def __init__(
        self,
        name: str,
        *,
        now: Callable[[], datetime],
        allow_private: Iterable[str] = (),
        seconds: float | None = None,
        max_bytes: int = MAX_BYTES,
        max_redirects: int = MAX_REDIRECTS,
        user_agent: str = USER_AGENT,
        advice: Mapping[int, str] = MappingProxyType({}),
        accept: Iterable[int] = (),
        monotonic: Callable[[], float] = time.monotonic,
        resolver: Callable[[str, int], Sequence[str]] = resolve,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self.name = name
        self._now = now
        self._allowed = frozenset(host.strip().strip("[]").lower() for host in allow_private)
        self._seconds = SECONDS if seconds is None else seconds
        self._max_bytes = max_bytes
        self._max_redirects = max_redirects
        self._user_agent = user_agent
        self._advice = advice
        self._accept = frozenset(accept)
        self._monotonic = monotonic
        self._resolver = resolver
        self._network = network

    @classmethod
    def of(cls, source: SourceSettings, *, advice: Mapping[int, str] = MappingProxyType({}), accept: Iterable[int] = ()) -> Self:
        """Return what reads for a `[[source]]`."""
        return cls(source.name, now=utc_now, allow_private=source.options.get("allow_private", ()), advice=advice, accept=accept)

    def get(self, url: str, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
        """Return the answer of `url` within the limits.

        Raises:
            Unavailable: no answer, a broken one, a server's error (5xx), too slow.
            RateLimited: 429, or 503 that says when to come back.
            Rejected: everything that asking again would not mend.
        """
        return self._read("GET", url, headers, b"")

    def look(self, url: str, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
        """Return what `url` answers, without its body, which is left unread; raises as `get` does."""
        return self._read("GET", url, headers, None)

    def accepting(self, *statuses: int, seconds: float) -> Self:
        """Return the same reader, which takes these statuses for answers too, and has so many seconds for each address."""
        other = copy.copy(self)
        other._accept, other._seconds = frozenset(statuses), min(seconds, self._seconds)  # noqa: SLF001 - it is one of us.
        return other

    def post(self, url: str, body: bytes, headers: Mapping[str, str] = MappingProxyType({})) -> Answer:
        """Ask `url` a question that does not fit into an address, such as a login; never for publishing. Raises as `get` does.

        A redirect is refused: what is asked may hold a password, and goes to nobody else.
        """
        return self._read("POST", url, headers, body)

    def _read(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        end = self._monotonic() + self._seconds
        network = GuardedNetwork(
            allowed=self._allowed,
            seconds_left=lambda: end - self._monotonic(),
            resolver=self._resolver,
            network=self._network,
        )
        target = self._parse(url)
        moved_to = ""
        for_good = True
        with httpcore.ConnectionPool(ssl_context=_tls(), network_backend=network) as pool:
            for redirects in range(self._max_redirects + 1):
                answer = self._ask(pool, method, target, headers, body, url if redirects else "")
                if answer.status not in _REDIRECTS:
                    return replace(answer, moved_to=moved_to)
                if method != "GET":
                    raise Rejected(f"{self.name}: {shown(url)} sends us elsewhere, where a login would not be safe; check the address")
                following = self._follow(target, answer.headers.get("location", ""))
                for_good = for_good and answer.status in _PERMANENT
                moved_to = str(following) if for_good else moved_to
                if (following.scheme, following.host, following.port) != (target.scheme, target.host, target.port):
                    headers = {name: value for name, value in headers.items() if name.lower() not in _NOT_FOR_STRANGERS}
                target = following
        raise Rejected(f"{self.name}: {shown(url)} redirects more than {self._max_redirects} times; check the address")

    def _parse(self, url: str) -> httpx.URL:
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError, TypeError):
            raise Rejected(f"{self.name}: an address cannot be read; write it as https://host/path") from None
        return self._check(target)

    def _check(self, target: httpx.URL) -> httpx.URL:
        if target.scheme not in ("http", "https") or not target.host:
            raise Rejected(f"{self.name}: {shown(str(target))} is no web address; only http and https are read")
        if target.userinfo:
            raise Rejected(f"{self.name}: {shown(str(target))} has a user or password in it; such an address is not read")
        return target

    def _follow(self, target: httpx.URL, location: str) -> httpx.URL:
        try:
            if not location:
                raise ValueError("no Location")
            following = target.join(location)
        except (httpx.InvalidURL, ValueError):
            raise Unavailable(f"{self.name}: {shown(str(target))} redirects to nowhere") from None
        self._check(following)
        if target.scheme == "https" and following.scheme == "http":
            raise Rejected(
                f"{self.name}: {shown(str(target))} redirects from https to plain http ({shown(str(following))}); "
                "put that address into monitor.toml if you mean it"
            )
        return following

    def _ask(
        self, pool: httpcore.ConnectionPool, method: str, target: httpx.URL, headers: Mapping[str, str], body: bytes | None, came_from: str
    ) -> Answer:
        place = shown(str(target))
        sent = {"Host": target.netloc.decode("ascii"), "User-Agent": self._user_agent, "Accept": "*/*", **headers}
        sent |= {"Accept-Encoding": "gzip", "Connection": "close"}
        limits = {"connect": _CONNECT_SECONDS, "read": _SILENCE_SECONDS, "write": _SILENCE_SECONDS, "pool": _CONNECT_SECONDS}
        try:
            with pool.stream(
                method, _whole(target), headers=list(sent.items()), content=body or None, extensions={"timeout": limits}
            ) as response:
                return self._take(response, target, _credentials(target, headers), unread=body is None)
        except Refused:
            if came_from:
                # Nobody is asked to allow what a stranger sends us to.
                sent_to = f"sends us to {place}, which lies at a private network address, so it is not read; look at what stands there"
                raise Rejected(f"{self.name}: {shown(came_from)} {sent_to}") from None
            raise Rejected(
                f"{self.name}: {place} lies at a private network address; name {target.host} in allow_private if you mean it"
            ) from None
        except NoSuchHost as error:
            raise Unavailable(f"{self.name}: the host of {place} is not known ({clip(str(error), 80)}); check name and network") from error
        except TooLarge as error:
            raise Rejected(f"{self.name}: {place} is longer than {self._max_bytes:,} bytes; it is not read") from error
        except Damaged as error:
            raise Unavailable(f"{self.name}: {place} came damaged: {error}") from error
        except httpcore.TimeoutException as error:
            raise Unavailable(f"{self.name}: {place} took too long (at most {self._seconds:g} seconds)") from error
        except httpcore.ProtocolError as error:
            raise Unavailable(f"{self.name}: {place} broke off, or its answer is not HTTP") from error
        except httpcore.NetworkError as error:
            if any(isinstance(part, ssl.SSLError) for part in error.args):
                raise Unavailable(f"{self.name}: {place} has no valid certificate, or does not speak TLS") from error
            raise Unavailable(f"{self.name}: {place} cannot be reached ({clip(str(error), 80)})") from error

    def _take(self, response: httpcore.Response, target: httpx.URL, credentials: Iterable[str], *, unread: bool) -> Answer:
        headers: dict[str, str] = {}
        for key, value in response.headers:
            headers.setdefault(key.decode("latin-1").lower(), value.decode("latin-1"))
        now = self._now()
        body = b""
        if (200 <= response.status < 300 and response.status != 206) or response.status in self._accept:
            body = b"" if unread else read_body(response.iter_stream(), headers.get("content-encoding", ""), self._max_bytes)
            for credential in credentials:
                # Some services quote the whole request where they refuse it, and what they say is told on.
                body = body.replace(credential.encode(), b"[secret]")
        elif response.status != 304 and response.status not in _REDIRECTS:
            refuse_status(f"{self.name}: {shown(str(target))}", response.status, headers, now, self._advice)
        return Answer(response.status, MappingProxyType(headers), body, str(target), "", now)

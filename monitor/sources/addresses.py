"""Decides which network addresses may be read, and opens connections that hold to it and to a deadline; nothing of HTTP lives here."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import httpcore

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that carry an IPv4 address for a translator (RFC 6052)."""


class Refused(Exception):
    """The host has an address that may not be read."""


class NoSuchHost(Exception):
    """The name of the host leads nowhere."""


def is_public(address: Address) -> bool:
    """Say whether `address` belongs to the public internet, whatever it is wrapped in.

    False for loopback, private, shared, link-local (where clouds keep their metadata), multicast, reserved and unspecified ones.
    """
    inner = _unwrap(address)
    if inner is not address:
        return is_public(inner)
    return address.is_global and not (
        address.is_multicast or address.is_reserved or (isinstance(address, ipaddress.IPv6Address) and address.is_site_local)
    )


def _unwrap(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for (mapped, 6to4, NAT64), or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address in _NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address if inner is None else inner


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of `host` as the system knows them; raises OSError, also where the name is no name.

    The time this takes is bounded by the system's own resolver only.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError("it is not a valid name") from error
    return list(dict.fromkeys(str(place[4][0]) for place in found))


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects to checked addresses only, and lets no step run past the deadline.

    The name is resolved once and the connection goes to the very address that was checked, so that a name which answers differently
    the second time (DNS rebinding) gains nothing. A host with even one private address is refused, unless it is allowed by name.
    """

    def __init__(
        self,
        *,
        allowed: frozenset[str],
        seconds_left: Callable[[], float],
        resolver: Callable[[str, int], Sequence[str]] = resolve,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._allowed = allowed
        self._seconds_left = seconds_left
        self._resolver = resolver
        self._network = network or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers; raises Refused, NoSuchHost and httpcore's errors."""
        trouble: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError("it has no address")
        for address in self._checked(host, port):
            try:
                stream = self._network.connect_tcp(address, port, _bounded(timeout, self._seconds_left()), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
            else:
                return _TimedStream(stream, self._seconds_left)
        raise trouble

    def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolver(host, port)
        except OSError as error:
            raise NoSuchHost(error.strerror or str(error)) from error
        if host.lower() not in self._allowed:
            for address in addresses:
                if not is_public(ipaddress.ip_address(address)):
                    raise Refused(address)
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection on which no read and no write runs past the deadline, however slowly the other side dribbles."""

    def __init__(self, stream: httpcore.NetworkStream, seconds_left: Callable[[], float]) -> None:
        self._stream = stream
        self._seconds_left = seconds_left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _bounded(timeout, self._seconds_left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _bounded(timeout, self._seconds_left()))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _bounded(timeout, self._seconds_left()))
        return _TimedStream(secured, self._seconds_left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _bounded(timeout: float | None, left: float) -> float:
    if left <= 0:
        raise httpcore.ReadTimeout("the deadline has passed")
    return left if timeout is None else min(timeout, left)

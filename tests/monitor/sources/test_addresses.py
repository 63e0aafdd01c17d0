"""Which addresses belong to the public internet, and connections that keep to the deadline."""

from __future__ import annotations

import ipaddress
import ssl
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.addresses import GuardedNetwork, is_public, resolve


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.1.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "240.0.0.1", "192.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1",
    ],
)  # fmt: skip
def test_an_inside_address_is_not_public_whatever_it_is_wrapped_in(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_wrapping_never_makes_a_private_address_public(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    wrapped = [0xFFFF << 32 | number, 0x2002 << 112 | number << 80, 0x64FF9B << 96 | number]

    assert [False] * 3 == [is_public(ipaddress.IPv6Address(value)) for value in wrapped]


@pytest.mark.parametrize("name", ["", "a" * 64 + ".example", "x..example", "\ud800.example"])
def test_a_name_that_is_no_name_is_an_ordinary_lookup_failure(name: str) -> None:
    try:
        found = resolve(name, 80)
    except OSError:
        return

    assert all(not is_public(ipaddress.ip_address(address)) for address in found)  # The empty name is this machine.


class Plug(httpcore.NetworkStream):
    """A connection that only notes the time limits it is given."""

    def __init__(self) -> None:
        self.limits: list[float | None] = []

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.limits.append(timeout)
        return b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.limits.append(timeout)

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> Plug:
        self.limits.append(timeout)
        return self


class Socket(httpcore.NetworkBackend):
    def __init__(self, plug: Plug) -> None:
        self.plug = plug

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *rest: Any, **more: Any) -> Plug:
        self.plug.limits.append(timeout)
        return self.plug


def test_no_step_gets_more_time_than_is_left() -> None:
    left = iter([9.0, 8.0, 7.0, 6.0, 0.0])
    plug = Plug()
    network = GuardedNetwork(
        allowed=frozenset({"here"}), seconds_left=lambda: next(left), resolver=lambda host, port: ["127.0.0.1"], network=Socket(plug)
    )

    stream = network.connect_tcp("here", 443, timeout=5.0).start_tls(ssl.create_default_context(), "here", None)
    stream.write(b"x", timeout=20.0)
    stream.read(1, timeout=2.0)

    assert [5.0, 8.0, 7.0, 2.0] == plug.limits
    with pytest.raises(httpcore.ReadTimeout):
        stream.read(1, timeout=20.0)

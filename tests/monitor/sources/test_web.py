"""The one door to the network: what it reads, what it refuses, and how it says so."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpcore
import pytest

from monitor.contracts import AdapterError, RateLimited, Rejected, Unavailable
from monitor.sources.web import Reader, shown
from tests.builders import NOW
from tests.fakes import web
from tests.fakes.web import WebSite

MakeReader = Callable[..., Reader]


class Switchboard(httpcore.NetworkBackend):
    """Connects every address to the site on loopback, and remembers which address was asked for."""

    def __init__(self, site: WebSite, dead: Iterable[str] = ()) -> None:
        self.asked: list[str] = []
        self._port = site.port
        self._dead = frozenset(dead)

    def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> httpcore.NetworkStream:
        self.asked.append(host)
        if host in self._dead:
            raise httpcore.ConnectError("refused")
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._port, *rest, **more)


def test_an_answer_comes_back_with_its_headers_and_body(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/feed?token=1"] = web.answer("héllo", etag='"a"', x_twice="1")

    answer = make_reader().get(site.url("/feed?token=1"), {"If-None-Match": '"b"'})

    assert (200, "héllo".encode(), '"a"', site.url("/feed?token=1"), "", NOW) == (
        answer.status,
        answer.body,
        answer.headers["etag"],
        answer.url,
        answer.moved_to,
        answer.at,
    )
    sent = site.requests[0].headers
    assert ('"b"', "gzip", site.host) == (sent["if-none-match"], sent["accept-encoding"], sent["host"])
    assert sent["user-agent"].startswith("Grapevine")


def test_an_address_with_a_semicolon_stays_whole(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/posts/1;2?a=b;c"] = web.answer("whole")

    assert b"whole" == make_reader().get(site.url("/posts/1;2?a=b;c")).body


def test_a_question_is_sent_with_its_body(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/ask"] = web.answer("told")

    assert b"told" == make_reader().post(site.url("/ask"), b'{"q": 1}', {"Content-Type": "application/json"}).body
    assert ("POST", "8") == (site.requests[0].method, site.requests[0].headers["content-length"])


def test_a_question_goes_to_nobody_else(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/ask"] = web.redirect(site.url("/other"))

    with pytest.raises(Rejected, match=r"^blogs: .*/ask sends us elsewhere"):
        make_reader().post(site.url("/ask"), b"x")


def test_a_status_may_be_asked_for_and_has_advice_of_its_own(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/"] = web.answer("why", 400)
    site.pages["/closed"] = web.answer("no", 401)
    reader = make_reader(accept=(400,), advice={401: "bring a key"})

    assert (400, b"why") == ((answer := reader.get(site.url())).status, answer.body)
    with pytest.raises(Rejected, match=r"answered 401: bring a key$"):
        reader.get(site.url("/closed"))


@pytest.mark.parametrize(
    ("reset", "wait"),
    [("90", 90), ("1772442060", 60), ("2026-03-02T09:02:00Z", 120), ("2026-03-02T09:02:00", 120), ("2020-01-01T00:00:00Z", 0),
     ("99999999999", 86_400), ("soon", 900), ("", 900)],
)  # fmt: skip
def test_a_counter_that_begins_anew_is_waited_for(site: WebSite, make_reader: MakeReader, reset: str, wait: int) -> None:
    site.pages["/"] = web.answer("", 403, ratelimit_remaining="0", ratelimit_reset=reset)

    with pytest.raises(RateLimited) as caught:
        make_reader().get(site.url())

    assert NOW + timedelta(seconds=wait) == caught.value.retry_at


def test_not_modified_is_an_answer(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/"] = web.answer(b"", 304)

    assert ((answer := make_reader().get(site.url())).status, answer.body) == (304, b"")


def test_a_packed_body_is_unpacked(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/"] = web.zipped(b"hello " * 50_000)

    assert make_reader().get(site.url()).body == b"hello " * 50_000


@pytest.mark.parametrize(
    ("play", "error", "words"),
    [
        (web.endless(), Rejected, "longer than 1,000 bytes"),
        (web.gzip_bomb(20), Rejected, "longer than 1,000 bytes"),
        (web.answer(b"x" * 1001), Rejected, "longer than 1,000 bytes"),
        (web.cut(b"<rss>", 10), Unavailable, "broke off"),
        (web.raw(b"\x00\xff garbage \r\n\r\n"), Unavailable, "not HTTP"),
        (web.raw(b""), Unavailable, "broke off"),
        (web.raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000), Unavailable, "not HTTP"),
        (web.answer(b"not gzip", content_encoding="gzip"), Unavailable, "cannot be unpacked"),
        (web.answer(b"\x0b\x02\x80", content_encoding="br"), Unavailable, "nobody asked for"),
        (web.answer(b"<rs", 206), Unavailable, "answered 206"),
        (web.answer(b"", 300), Unavailable, "answered 300"),
        (web.answer(b"", 302), Unavailable, "redirects to nowhere"),
        (web.redirect("http://[::1"), Unavailable, "redirects to nowhere"),
        (web.redirect("file:///etc/passwd"), Rejected, "only http and https"),
        (web.redirect("ftp://127.0.0.1/x"), Rejected, "only http and https"),
        (web.redirect("http://me:hidden@127.0.0.1/"), Rejected, "user or password"),
        (web.redirect("http://localhost/latest/meta-data"), Rejected, "private network address"),
        (web.redirect("http://169.254.169.254/latest/meta-data"), Rejected, "private network address"),
        (web.redirect("http://2130706433/"), Rejected, "private network address"),
        (web.redirect("/"), Rejected, "redirects more than 5 times"),
    ],
)
def test_trouble_becomes_an_error_that_says_what_to_do(
    site: WebSite, make_reader: MakeReader, play: web.Play, error: type[AdapterError], words: str
) -> None:
    site.pages["/"] = play

    with pytest.raises(error, match=words) as caught:
        make_reader(max_bytes=1000).get(site.url())

    assert str(caught.value).startswith("blogs: ")
    assert "hidden" not in str(caught.value)


def test_nobody_is_asked_to_allow_a_private_address_that_a_stranger_sends_us_to(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/"] = web.redirect("http://169.254.169.254/latest/meta-data")

    with pytest.raises(Rejected, match=r"sends us to .*169\.254\.169\.254.* private network address") as caught:
        make_reader().get(site.url())

    assert f"blogs: {site.url()} " in str(caught.value)
    assert "allow_private" not in str(caught.value)


def test_an_endless_body_is_left_as_soon_as_it_is_too_long(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/"] = web.endless()

    with pytest.raises(Rejected, match="longer than"):
        make_reader().get(site.url())


@pytest.mark.parametrize("before", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_a_dribbling_server_cannot_hold_us_past_the_deadline(site: WebSite, make_reader: MakeReader, before: bytes) -> None:
    site.pages["/"] = web.dripping(before)
    clock = itertools.count(step=0.5)

    with pytest.raises(Unavailable, match="took too long"):
        make_reader(monotonic=lambda: float(next(clock))).get(site.url())


def test_a_silent_server_is_left(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/"] = web.silent()

    with pytest.raises(Unavailable, match=r"took too long \(at most 0.2 seconds\)"):
        make_reader(seconds=0.2).get(site.url())


def test_a_refused_connection_is_unavailable(make_reader: MakeReader) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(Unavailable, match="cannot be reached"):
        make_reader().get(f"http://127.0.0.1:{port}/")


def test_a_server_that_does_not_speak_tls_is_unavailable(site: WebSite, make_reader: MakeReader) -> None:
    with pytest.raises(Unavailable, match="no valid certificate"):
        make_reader().get(f"https://{site.host}/")


@pytest.mark.parametrize("name", ["no.such.host.invalid", "a" * 64 + ".example", "x..example"])
def test_a_host_nobody_knows_is_unavailable(make_reader: MakeReader, name: str) -> None:
    with pytest.raises((Unavailable, Rejected), match="blogs: "):
        make_reader().get(f"http://{name}/")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "/etc/passwd",
        "",
        "http://",
        "http:///x",
        "javascript:alert(1)",
        "http://a:b:c/",
    ],
)
def test_only_web_addresses_are_read(make_reader: MakeReader, url: str) -> None:
    with pytest.raises(Rejected, match="blogs: "):
        make_reader().get(url)


@pytest.mark.parametrize("status", range(400, 600))
def test_every_refusing_status_is_one_of_the_three_errors(site: WebSite, make_reader: MakeReader, status: int) -> None:
    site.pages["/feed"] = web.answer(b"no", status)

    with pytest.raises((Unavailable, RateLimited, Rejected)) as caught:
        make_reader().get(site.url("/feed?token=hidden"))

    assert str(caught.value).startswith(f"blogs: http://{site.host}/feed?… answered {status}: ")
    expected = RateLimited if status == 429 else Unavailable if status in (408, 425) or status >= 500 else Rejected
    assert isinstance(caught.value, expected)


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {}, timedelta(minutes=15)),
        (429, {"retry_after": "120"}, timedelta(minutes=2)),
        (503, {"retry_after": "120"}, timedelta(minutes=2)),
        (429, {"retry_after": "Mon, 02 Mar 2026 09:10:00 GMT"}, timedelta(minutes=10)),
        # The server's clock is an hour ahead of ours, and it means ten minutes.
        (429, {"retry_after": "Mon, 02 Mar 2026 10:10:00 GMT", "date": "Mon, 02 Mar 2026 10:00:00 GMT"}, timedelta(minutes=10)),
        (429, {"retry_after": "99999999999999999999"}, timedelta(days=1)),
        (429, {"retry_after": "Fri, 31 Dec 9999 23:59:59 GMT"}, timedelta(days=1)),
        (429, {"retry_after": "Mon, 02 Mar 2020 09:10:00 GMT"}, timedelta(0)),
        (429, {"retry_after": "-5"}, timedelta(minutes=15)),
        (429, {"retry_after": "soon"}, timedelta(minutes=15)),
    ],
)
def test_a_wish_to_wait_is_heard_and_bounded(
    site: WebSite, make_reader: MakeReader, status: int, headers: dict[str, str], wait: timedelta
) -> None:
    site.pages["/"] = web.answer(b"", status, **headers)

    with pytest.raises(RateLimited) as caught:
        make_reader().get(site.url())

    assert NOW + wait == caught.value.retry_at


def test_a_503_with_no_wish_is_unavailable(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/"] = web.answer(b"", 503, retry_after="soon")

    with pytest.raises(Unavailable):
        make_reader().get(site.url())


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [(301, 308, "/c"), (301, 302, "/b"), (302, 301, ""), (307, 303, "")],
)
def test_only_a_lasting_redirect_is_reported_as_moved(site: WebSite, make_reader: MakeReader, first: int, second: int, moved: str) -> None:
    site.pages |= {"/a": web.redirect("/b", first), "/b": web.redirect("/c", second), "/c": web.answer("here")}

    answer = make_reader().get(site.url("/a"))

    assert (site.url("/c"), site.url(moved) if moved else "") == (answer.url, answer.moved_to)


def test_a_login_is_not_sent_on_to_another_host(site: WebSite, make_reader: MakeReader) -> None:
    with WebSite() as other:
        site.pages["/"] = web.redirect(other.url("/"))
        other.pages["/"] = web.answer("ok")

        make_reader().get(site.url(), {"Authorization": "Bearer hidden", "If-None-Match": '"a"'})

    assert "authorization" in site.requests[0].headers
    assert "authorization" not in other.requests[0].headers
    assert other.requests[0].headers["if-none-match"] == '"a"'


def test_https_is_never_left_for_plain_http(make_reader: MakeReader) -> None:
    reader = make_reader()

    with pytest.raises(Rejected, match=r"https to plain http \(http://example.org/feed\?…\)"):
        reader._follow(reader._parse("https://example.org/"), "http://example.org/feed?token=hidden")


def test_a_private_host_is_refused_unless_it_is_allowed_by_name(site: WebSite) -> None:
    site.pages["/"] = web.answer("inside")
    target = f"http://localhost:{site.port}/"

    assert Reader("blogs", now=lambda: NOW, allow_private=("LOCALHOST",)).get(target).body == b"inside"
    with pytest.raises(Rejected, match="name localhost in allow_private"):
        Reader("blogs", now=lambda: NOW, allow_private=("127.0.0.1",)).get(target)


def test_a_connection_goes_to_the_very_address_that_was_checked(site: WebSite) -> None:
    site.pages["/"] = web.answer("outside")
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])  # A name that turns private when it is looked up a second time.
    line = Switchboard(site)
    reader = Reader("blogs", now=lambda: NOW, resolver=lambda host, port: next(answers), network=line)

    assert reader.get("http://rebinding.example/").body == b"outside"
    assert line.asked == ["93.184.216.34"]
    assert site.requests[0].headers["host"] == "rebinding.example"


def test_one_private_address_among_public_ones_is_enough_to_refuse(site: WebSite) -> None:
    line = Switchboard(site)
    reader = Reader("blogs", now=lambda: NOW, resolver=lambda host, port: ["93.184.216.34", "10.0.0.1"], network=line)

    with pytest.raises(Rejected, match="private network address"):
        reader.get("http://mixed.example/")

    assert line.asked == []


def test_the_next_address_is_tried_where_one_is_dead(site: WebSite) -> None:
    site.pages["/"] = web.answer("alive")
    line = Switchboard(site, dead=["93.184.216.34"])
    reader = Reader("blogs", now=lambda: NOW, resolver=lambda host, port: ["93.184.216.34", "93.184.216.35"], network=line)

    assert reader.get("http://two.example/").body == b"alive"
    assert line.asked == ["93.184.216.34", "93.184.216.35"]


def test_a_name_without_an_address_is_unavailable(site: WebSite) -> None:
    reader = Reader("blogs", now=lambda: NOW, resolver=lambda host, port: [], network=Switchboard(site))

    with pytest.raises(Unavailable, match="it has no address"):
        reader.get("http://empty.example/")


def test_proxies_from_the_environment_are_not_used(site: WebSite, make_reader: MakeReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1/")
    site.pages["/"] = web.answer("direct")

    assert make_reader().get(site.url()).body == b"direct"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://me:hidden@example.org:8443/feed?token=hidden#hidden", "https://example.org:8443/feed?…"),
        ("http://café.example/%20x", "http://café.example/%20x"),
        ("http://example.org/" + "a" * 500, "http://example.org/" + "a" * 180 + "…"),
        ("http://a:b:c/", "an address that cannot be read"),
    ],
)
def test_an_address_is_shown_without_what_may_be_secret(url: str, expected: str) -> None:
    assert expected == shown(url)


def test_an_answer_carries_our_own_time(site: WebSite, make_reader: MakeReader) -> None:
    site.pages["/"] = web.answer("x", date="Mon, 02 Mar 2099 09:00:00 GMT")
    now = datetime(2026, 1, 1, tzinfo=UTC)

    assert now == make_reader(now=lambda: now).get(site.url()).at

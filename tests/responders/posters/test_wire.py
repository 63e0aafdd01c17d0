"""One way to a network: a deadline for the whole call, one write, and nothing that is not asked for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest

from monitor.contracts import AdapterError, RateLimited, Rejected, Unavailable
from responders.contracts import NotSent, passing_seconds, send_until
from responders.posters.calls import Calls
from responders.posters.likeness import as_approved, is_edited
from responders.posters.wire import Stopped, Wire
from tests.builders import NOW
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.responders.posters.stages import caught


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


def calls_over(wire: Wire) -> Calls:
    return Calls("forum", wire, (("closed", "the thread is closed"),), keys="FORUM_TOKEN", secrets=["the-token"], now=lambda: NOW)


def write(wire: Wire, path: str = "/write") -> bytes:
    return wire.fetch("POST", wire.url + path, [("X-Token", "the-token")], b"text").body


def test_nothing_is_asked_outside_of_a_call(site: WebSite) -> None:
    wire = Wire(site.url(""), "/write")

    assert isinstance(caught(lambda: write(wire)), RuntimeError)
    assert [] == site.requests


def test_a_library_that_tries_again_sends_once(site: WebSite) -> None:
    site.everywhere = web.raw(b"")
    wire = Wire(site.url(""), "/write")

    def stubborn() -> bytes:
        for _ in range(2):
            try:
                write(wire)
            except Stopped:
                continue
        return write(wire)

    error = caught(lambda: calls_over(wire).send(stubborn))

    assert (Unavailable, 1) == (type(error), len(site.requests))
    assert "forum: the connection was cut before the whole answer was there" == str(error)


def test_a_read_never_writes(site: WebSite) -> None:
    wire = Wire(site.url(""), "/write")

    caught(lambda: calls_over(wire).ask(lambda: write(wire)))

    assert [] == site.requests


@pytest.mark.parametrize(
    ("play", "words"),
    [
        (web.cut(b"{", 100), "cut before"),
        (web.answer(b"x", content_encoding="br"), "damaged"),
        (web.gzip_bomb(30), "too long"),
        (web.raw(b"\x00\xff\r\n\r\n"), "cut before"),
        (web.redirect("https://elsewhere.example/", 307), "answered 307"),
        (web.redirect("https://elsewhere.example/", 303), "answered 303"),
    ],
)
def test_what_is_no_answer_leaves_a_send_unclear_and_a_read_to_be_repeated(site: WebSite, play: web.Play, words: str) -> None:
    site.everywhere = play
    wire = Wire(site.url(""), "/write")

    errors = [
        caught(lambda: calls_over(wire).send(lambda: write(wire))),
        caught(lambda: calls_over(wire).ask(lambda: write(wire, "/read"))),
    ]

    assert [Unavailable, Unavailable] == [type(error) for error in errors]
    assert [True, True] == [words in str(error) for error in errors]
    assert 2 == len(site.requests)


def test_a_host_that_is_looked_up_for_ever_sends_nothing(site: WebSite) -> None:
    release = threading.Event()

    def slow(host: str, port: int) -> Sequence[str]:
        release.wait(20)
        return ["127.0.0.1"]

    wire = Wire(site.url("").replace("127.0.0.1", "localhost"), "/write", seconds=0.2, resolver=slow)
    error = caught(lambda: calls_over(wire).send(lambda: write(wire)))
    release.set()

    assert (NotSent, []) == (type(error), site.requests)
    assert "it took too long" in str(error)


def test_another_host_is_reached_over_tls_and_in_public_only(site: WebSite) -> None:
    wire = Wire("https://forum.example", "/write", resolver=lambda host, port: ["10.0.0.1"])
    with wire.call():
        errors = [
            caught(lambda: wire.fetch("GET", "https://inside.example/", [], b"")),
            caught(lambda: wire.fetch("GET", site.url("/"), [], b"")),
        ]

    assert ["its host has a private address", "it would have gone over an open line to another host"] == [str(error) for error in errors]
    assert [] == site.requests


def test_who_speaks_no_tls_got_nothing_from_us(site: WebSite) -> None:
    wire = Wire(site.url("").replace("http://", "https://"), "/write")

    error = caught(lambda: calls_over(wire).send(lambda: write(wire)))

    assert (NotSent, []) == (type(error), site.requests)


def test_an_address_with_a_semicolon_stays_whole(site: WebSite) -> None:
    site.pages["/posts/1;2?a=b;c"] = web.answer(b"whole")
    wire = Wire(site.url(""), "/write")
    with wire.call():
        answer = wire.fetch("GET", site.url("/posts/1;2?a=b;c"), [], b"")

    assert b"whole" == answer.body


@pytest.mark.parametrize("header", ["a\r\nb", "\u20ac"])
def test_a_request_that_cannot_be_written_is_not_sent(site: WebSite, header: str) -> None:
    wire = Wire(site.url(""), "/write")

    error = caught(lambda: calls_over(wire).send(lambda: wire.fetch("POST", wire.url + "/write", [("X", header)], b"")))

    assert (True, []) == (isinstance(error, Unavailable), site.requests)


def test_the_deadline_holds_for_all_that_is_asked_within(site: WebSite) -> None:
    now = [0.0]
    site.everywhere = web.answer(b"{}")
    wire = Wire(site.url(""), "/write", monotonic=lambda: now[0])
    calls = calls_over(wire)
    with calls.whole():
        calls.ask(lambda: write(wire, "/read"))
        now[0] = 31.0
        error = caught(lambda: calls.send(lambda: write(wire)))

    assert (NotSent, 1) == (type(error), len(site.requests))


def test_a_process_that_stood_still_sends_nothing_once_its_time_is_over(site: WebSite) -> None:
    site.everywhere = web.answer(b"{}")
    wire = Wire(site.url(""), "/write")
    calls = calls_over(wire)
    with calls.whole():
        calls.ask(lambda: write(wire, "/read"))
        with send_until(passing_seconds() - 1):
            error = caught(lambda: calls.send(lambda: write(wire)))
    with send_until(passing_seconds() - 1):
        before = caught(lambda: calls.send(lambda: write(wire)))

    assert ([NotSent, NotSent], ["/read"]) == ([type(error), type(before)], [request.target for request in site.requests])
    assert "came to life too late" in str(error)


def test_what_happens_before_a_send_is_told_as_not_sent() -> None:
    calls = calls_over(Wire("https://forum.example", "/write"))

    def fail(error: AdapterError) -> None:
        with calls.before_sending():
            raise error

    errors = [Unavailable("forum: a"), NotSent("forum: b"), Rejected("forum: c"), RateLimited("forum: d", NOW)]
    told = [caught(lambda error=error: fail(error)) for error in errors]  # type: ignore[misc]

    assert [NotSent, NotSent, Rejected, RateLimited] == [type(error) for error in told]
    assert [str(error) for error in errors] == [str(error) for error in told]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": "the thread is CLOSED"}, "the thread is closed"),
        ({"errors": [{"message": "closed"}, 7, ["x"]]}, "the thread is closed"),
        ({"json": {"errors": [["CLOSED", "the words", "field"], 3]}}, "the thread is closed"),
        ({"detail": "no the-token here\x1b[2J"}, "no … here"),
        ({"errors": "closed"}, "refused the reply (status 403)"),
        ([], "refused the reply (status 403)"),
    ],
)
def test_a_networks_own_words_are_found_and_shown_without_a_secret(site: WebSite, body: object, words: str) -> None:
    site.everywhere = web.answer_json(body, 403)
    wire = Wire(site.url(""), "/write")

    error = caught(lambda: calls_over(wire).send(lambda: write(wire)))

    assert (Rejected, True, False, False) == (type(error), words in str(error), "the-token" in str(error), "\x1b" in str(error))


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "Mon, 02 Mar 2026 09:05:00 GMT"}, 300),
        ({"X-RateLimit-Reset": "45"}, 45),
        ({"X-RateLimit-Reset": "2026-03-02T09:02:00"}, 120),
        ({"X-RateLimit-Reset": "2026-03-02T08:00:00Z"}, 0),
        ({"RateLimit-Reset": "1e99"}, 900),
        ({"RateLimit-Reset": "-5"}, 900),
        ({"RateLimit-Reset": "nan"}, 900),
    ],
)
def test_the_time_to_wait_is_read_however_it_is_written(site: WebSite, headers: dict[str, str], wait: int) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    site.everywhere = web.raw(f"HTTP/1.1 429 Played\r\nContent-Length: 0\r\n{lines}\r\n".encode())
    wire = Wire(site.url(""), "/write")

    error = caught(lambda: calls_over(wire).send(lambda: write(wire)))

    assert isinstance(error, RateLimited)
    assert NOW + timedelta(seconds=wait) == error.retry_at


def test_a_deep_answer_is_no_answer(site: WebSite) -> None:
    site.everywhere = web.answer("[" * 100_000, 403)
    wire = Wire(site.url(""), "/write")

    error = caught(lambda: calls_over(wire).send(lambda: json.loads(write(wire))))

    assert isinstance(error, Rejected)


# Comparing.


def test_a_letter_with_its_accent_apart_is_the_same_text() -> None:
    assert "e\u0301 en é" == as_approved(["é en é"], "e\u0301 en é")
    assert "other" == as_approved(["one", "other"], "wanted")


@pytest.mark.parametrize(
    ("read", "stands", "edited"),
    [
        ("My lock did not open", "My lock did not open", False),
        ("My lock did not open https://t.co/x", "My lock did not open https://example.org/page", False),
        ("A title: my lock did not open", "my lock did not open", False),
        ("my lock did not open", "my lock did not open. UPDATE: it does now", True),
        ("my lock did not open", "", True),
        ("", "", False),
        ("🚲", "🚲", False),
        ("a " * 30_000, "a " * 40_000, False),
        ("a " * 30_000, "b " * 40_000, True),
    ],
)
def test_an_edit_is_told_from_what_a_network_or_a_source_did(read: str, stands: str, edited: bool) -> None:
    assert edited == is_edited(read, [stands])

"""What a webhook posts, how its receiver knows it is ours, and each way in which it does not get there."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest

from monitor.contracts import Notice, RateLimited, Rejected, Unavailable
from monitor.notifiers.webhook import WebhookNotifier, read_retry_after
from monitor.settings import NotifierSettings
from monitor.wiring import bare_settings
from tests.builders import NOW
from tests.contracts import NotifierProof, verify_notifier
from tests.fakes import web
from tests.fakes.web import WebSite

SECRET = "a-secret-of-thirty-two-signs-000"
NOTICE = Notice("digest/2026-03-01", "Waalfiets", "Twaalf vermeldingen.", "<p>Twaalf</p>", "waalfiets")


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=2.0, trust_env=False) as client:
        yield client


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite(everywhere=web.answer(b"", 204)) as site:
        yield site


def notifier(site: WebSite, client: httpx.Client) -> WebhookNotifier:
    return WebhookNotifier("our hook", site.url("/hook"), SECRET, client, now=lambda: NOW)


def test_webhook_keeps_the_contract_of_a_notifier(site: WebSite, client: httpx.Client) -> None:
    refused: list[int] = [0]

    def plays(play: web.Play) -> Callable[[], None]:
        def put() -> None:
            refused[0] += 1
            site.everywhere = play

        return put

    proof = NotifierProof(
        build=lambda: notifier(site, client),
        calm=lambda: setattr(site, "everywhere", web.answer(b"", 204)),
        sent=lambda: [request.headers["idempotency-key"] for request in site.requests][: len(site.requests) - refused[0]],
        later={f"status {status}": plays(web.answer(b"", status)) for status in (408, 429, 500, 502, 503, 599)}
        | {"nothing at all": plays(web.raw(b"")), "no HTTP": plays(web.raw(b"\x00\xff\r\n\r\n"))},
        refusals={f"status {status}": plays(web.answer(b"", status, location="/else")) for status in (301, 307, 400, 401, 404, 410)},
        secrets=(SECRET,),
    )

    verify_notifier(proof)


def test_the_receiver_can_tell_that_it_is_ours_and_when_it_was_sent(client: httpx.Client) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200)

    with httpx.Client(transport=httpx.MockTransport(answer)) as played:
        WebhookNotifier("our hook", "https://hook.example/a", SECRET, played, now=lambda: NOW).send(NOTICE)
    body, seconds = seen[0].content, int(NOW.timestamp())
    expected = hmac.new(SECRET.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()

    assert f"t={seconds},v1={expected}" == seen[0].headers["grapevine-signature"]
    assert '"digest/2026-03-01"' == seen[0].headers["idempotency-key"]
    assert {
        "key": "digest/2026-03-01",
        "title": "Waalfiets",
        "text": "Twaalf vermeldingen.",
        "html": "<p>Twaalf</p>",
        "brand": "waalfiets",
        "thread": "",
        "state": "",
        "gravity": 0,
        "wakes": False,
    } == json.loads(body)


def test_who_is_asked_to_wait_waits(site: WebSite, client: httpx.Client) -> None:
    site.everywhere = web.answer(b"", 503, retry_after="120")
    with pytest.raises(RateLimited) as told:
        notifier(site, client).send(NOTICE)

    assert NOW + timedelta(minutes=2) == told.value.retry_at


def test_a_receiver_that_is_not_there_is_asked_again_later(client: httpx.Client) -> None:
    with WebSite() as gone:
        hook = notifier(gone, client)
    with pytest.raises(Unavailable, match=r"^our hook: 127\.0\.0\.1 did not answer"):
        hook.send(NOTICE)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("7", timedelta(seconds=7)),
        ("999999999999", timedelta(hours=1)),
        ("Mon, 02 Mar 2026 09:05:00 GMT", timedelta(minutes=5)),
        ("Mon, 02 Mar 2020 09:05:00 GMT", timedelta(0)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=1)),
        ("Mon, 02 Mar 2026 09:05:00", timedelta(minutes=5)),
        ("soon", timedelta(minutes=1)),
        ("-5", timedelta(minutes=1)),
        ("", timedelta(minutes=1)),
    ],
)
def test_retry_after_is_read_and_bounded(said: str, wait: timedelta) -> None:
    assert NOW + wait == read_retry_after(said, NOW)


@pytest.mark.parametrize(
    ("url", "secret", "words"), [("http://hook.example/", SECRET, "https://"), ("https://hook.example/", "short", "shorter than 16")]
)
def test_what_cannot_be_right_is_told_before_anything_is_sent(url: str, secret: str, words: str, client: httpx.Client) -> None:
    with pytest.raises(Rejected, match=words):
        WebhookNotifier("our hook", url, secret, client, now=lambda: NOW)


def test_it_is_built_from_settings_and_asks_for_its_secret() -> None:
    settings = NotifierSettings("our hook", "webhook", {"url": "https://hook.example/", "secret_name": "OUR_HOOK"})
    with pytest.raises(Rejected, match=r"secret \(OUR_HOOK in \.env\) is missing"):
        WebhookNotifier.from_settings(settings, bare_settings())

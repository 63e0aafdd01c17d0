"""Posts a notice as signed JSON to an address of our own people; who listens there is not known here."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Self

import httpx

from monitor.contracts import Notice, RateLimited, Rejected, Unavailable
from monitor.settings import NotifierSettings, Settings

SECONDS = 10.0
"""So long the other side may take for each step."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_WAIT = timedelta(hours=1)
"""Longer than this nobody may ask us to wait."""


class WebhookNotifier:
    """Posts {key, title, text, html, brand, thread, state, gravity, wakes}, with the header Grapevine-Signature: t=SECONDS,v1=HEX.

    HEX is the HMAC-SHA256, by the shared secret, of the seconds, a full stop and the body. Idempotency-Key holds the notice's key.
    """

    def __init__(
        self, name: str, url: str, secret: str, client: httpx.Client, *, variable: str = "WEBHOOK_SECRET", now: Callable[[], datetime]
    ) -> None:
        """Raise Rejected where the address or the secret cannot be right."""
        self.name = name
        where = httpx.URL(url)
        if where.scheme != "https" and where.host not in LOOPBACK:
            raise Rejected(f"{name}: the address must begin with https://, so that nobody reads along")
        if len(secret) < 16:
            why = "the receiver could not tell us from others"
            raise Rejected(f"{name}: the secret ({variable} in .env) is missing or shorter than 16 signs; {why}")
        self._url = where
        self._secret = secret.encode()
        self._client = client
        self._now = now

    @classmethod
    def from_settings(cls, notifier: NotifierSettings, settings: Settings) -> Self:
        """Return the notifier for a `[[notifier]]` table."""
        options = notifier.options
        secret_name = options["secret_name"]
        secret = settings.environment.get(secret_name, "")
        client = open_client(SECONDS)
        return cls(notifier.name, options["url"], secret, client, variable=secret_name, now=partial(datetime.now, UTC))

    def send(self, notice: Notice) -> None:
        """Post it once; the receiver knows one it had already by its Idempotency-Key."""
        at = self._now()
        names = ("key", "title", "text", "html", "brand", "thread", "state", "gravity", "wakes")
        parts = {name: getattr(notice, name) for name in names}
        body = json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace")
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": json.dumps(notice.key),  # A quoted string, as the draft standard has it; never more than ASCII.
            "Grapevine-Signature": sign(self._secret, int(at.timestamp()), body),
        }
        try:
            # What is answered is of no use to us, and is not read.
            with self._client.stream("POST", self._url, content=body, headers=headers) as response:
                status, retry_after = response.status_code, response.headers.get("retry-after", "")
        except httpx.HTTPError as error:
            raise Unavailable(f"{self.name}: {self._url.host} did not answer as it should ({type(error).__name__})") from error
        self._judge(status, retry_after, at)

    def _judge(self, status: int, retry_after: str, at: datetime) -> None:
        if 200 <= status < 300:
            return
        sentence = f"{self.name}: {self._url.host} answered {status}"
        if status == 429 or (status == 503 and retry_after):
            raise RateLimited(f"{sentence}: it asks us to wait", read_retry_after(retry_after, at))
        if status == 408 or status >= 500:
            raise Unavailable(f"{sentence}; it is tried again later")
        raise Rejected(f"{sentence}: it will not take this; check the address and the secret on both sides")


def open_client(seconds: float) -> httpx.Client:
    """Return a client for calls that are hours apart: no line is kept open between them, and no setting of the machine is read."""
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(timeout=seconds, follow_redirects=False, trust_env=False, limits=limits)


def sign(secret: bytes, seconds: int, body: bytes) -> str:
    """Return the header by which the receiver knows that a body is ours, and when it was sent."""
    return f"t={seconds},v1={hmac.new(secret, f'{seconds}.'.encode() + body, hashlib.sha256).hexdigest()}"


def read_retry_after(value: str, at: datetime) -> datetime:
    """Return the moment that Retry-After means, within MOST_WAIT; a minute from now where it means none."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return at + min(timedelta(seconds=int(value[:9])), MOST_WAIT)
    try:
        named = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return at + timedelta(minutes=1)
    return min(max(named if named.tzinfo else named.replace(tzinfo=UTC), at), at + MOST_WAIT)

"""Turns an HTTP status that is no answer into the error that says what to do, and a server's wish to wait into a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import NoReturn

from monitor.contracts import RateLimited, Rejected, Unavailable

WAIT = timedelta(minutes=15)
"""How long to wait where a server says "too many requests" and not until when."""
PERIOD = timedelta(minutes=5)
"""After so long a Mastodon server begins to count anew. https://docs.joinmastodon.org/api/rate-limits/"""
LONGEST_WAIT = timedelta(days=1)
"""A server that asks for more is asked again after this, so that one wrong header cannot silence a source for ever."""

_ADVICE: Mapping[int, str] = {
    400: "it does not understand the request; check the address",
    401: "it asks for a login, which this source does not have; give an address that anybody may read",
    402: "it asks for a payment",
    403: "it does not let us read it; ask its owner to allow programs",
    404: "nothing is there; check the address in monitor.toml",
    410: "it is gone for good; remove it from monitor.toml",
    451: "it is withheld for legal reasons; remove it from monitor.toml",
}
_LIMITS = ("x-ratelimit", "ratelimit", "x-rate-limit")
"""How the headers begin in which Mastodon, GitHub, Reddit, Bluesky and X say how many requests are left, and until when."""
_MAY_BE_REPEATED = frozenset({408, 425})
"""Request Timeout and Too Early: the standard itself says to ask again (RFC 9110, RFC 8470)."""


class Gone(Rejected):
    """The address is gone for good (410) and is not to be asked again."""


def refuse_status(
    place: str, status: int, headers: Mapping[str, str], now: datetime, advice: Mapping[int, str] = MappingProxyType({})
) -> NoReturn:
    """Raise the error for `status`; `place` begins the message, `headers` have lower-case names, `advice` goes before our own.

    Raises:
        RateLimited: 429; 503 and 403 with a Retry-After; 403 whose headers say that no request is left.
        Rejected: the other 4xx; as Gone for 410.
        Unavailable: everything else.
    """
    spent = status == 429 or (status == 403 and any(headers.get(f"{prefix}-remaining", "").strip() == "0" for prefix in _LIMITS))
    if spent or status in (403, 503):
        retry_at = read_retry_after(headers, now)
        if retry_at is None and spent:
            retry_at = read_reset(headers, now) or now + WAIT
        if retry_at is not None:
            raise RateLimited(f"{place} answered {status}: it asks us to wait until {retry_at:%Y-%m-%d %H:%M:%S} UTC", retry_at)
    if 400 <= status < 500 and status not in _MAY_BE_REPEATED:
        error = Gone if status == 410 else Rejected
        sentence = advice.get(status) or _ADVICE.get(status, "it refuses the request; check the address")
        raise error(f"{place} answered {status}: {sentence}")
    raise Unavailable(f"{place} answered {status}: {'the server has a fault' if status >= 500 else 'that is no answer to a reading'}")


def read_retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return the time (UTC) from which a server wants to be asked again, by our clock; None where it does not say so.

    A date in Retry-After is taken relative to the server's own Date, so that a server whose clock is wrong is still obeyed.
    """
    wish = headers.get("retry-after", "").strip()
    if wish.isascii() and wish.isdecimal():
        wait = timedelta(seconds=min(int(wish[:9]), LONGEST_WAIT.total_seconds()))
    else:
        until = read_http_date(wish)
        if until is None:
            return None
        wait = until - (read_http_date(headers.get("date", "")) or now)
    return now + min(max(wait, timedelta(0)), LONGEST_WAIT)


def read_reset(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return the time (UTC) at which a server's counter begins anew, which it gives in seconds, as Unix time or in ISO 8601."""
    for prefix in _LIMITS:
        text = headers.get(f"{prefix}-reset", "").strip()[:40]
        try:
            if text.isascii() and text.isdecimal() and len(text) <= 11:
                number = int(text)
                moment = datetime.fromtimestamp(number, UTC) if number >= 1_000_000_000 else now + timedelta(seconds=number)
            else:
                moment = datetime.fromisoformat(text)
                moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        return now + min(max(moment - now, timedelta(0)), LONGEST_WAIT)
    return None


def read_spent(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return the time (UTC) until which an answer says that no further request is left; None where it does not say so."""
    left = next((headers[f"{prefix}-remaining"].strip() for prefix in _LIMITS if f"{prefix}-remaining" in headers), "")
    return read_reset(headers, now) if left in ("0", "0.0") else None


def spare_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Return until when what can wait leaves a server's requests to what cannot; None while there are enough.

    A third of the requests is kept for reading, and ever less of it as the counter's period comes to its end.
    """
    for prefix in _LIMITS:
        left, most = (headers.get(f"{prefix}-{name}", "").strip()[:12] for name in ("remaining", "limit"))
        if not all(text.isascii() and text.isdecimal() for text in (left, most)) or 3 * int(left) >= int(most):
            continue
        reset = read_reset(headers, now)
        if reset is None:
            return now + WAIT
        until = reset - PERIOD * 3 * int(left) / int(most)
        return until if until > now else None
    return None


def read_http_date(text: str) -> datetime | None:
    """Return the time (UTC) of an HTTP header, or None where it is not one."""
    try:
        moment = parsedate_to_datetime(text[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

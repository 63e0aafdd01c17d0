"""Turns an HTTP status that is no answer into the error that says what to do, and a server's wish to wait into a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NoReturn

from monitor.contracts import RateLimited, Rejected, Unavailable

WAIT = timedelta(minutes=15)
"""How long to wait where a server says "too many requests" and not until when."""
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
_MAY_BE_REPEATED = frozenset({408, 425})
"""Request Timeout and Too Early: the standard itself says to ask again (RFC 9110, RFC 8470)."""


class Gone(Rejected):
    """The address is gone for good (410) and is not to be asked again."""


def refuse_status(place: str, status: int, headers: Mapping[str, str], now: datetime) -> NoReturn:
    """Raise the error for `status`; `place` begins the message, `headers` have lower-case names.

    Raises:
        RateLimited: 429, and 503 with a Retry-After.
        Rejected: the other 4xx; as Gone for 410.
        Unavailable: everything else.
    """
    if status in (429, 503):
        retry_at = read_retry_after(headers, now)
        if retry_at is None and status == 429:
            retry_at = now + WAIT
        if retry_at is not None:
            raise RateLimited(f"{place} answered {status}: it asks us to wait until {retry_at:%Y-%m-%d %H:%M:%S} UTC", retry_at)
    if 400 <= status < 500 and status not in _MAY_BE_REPEATED:
        error = Gone if status == 410 else Rejected
        raise error(f"{place} answered {status}: {_ADVICE.get(status, 'it refuses the request; check the address')}")
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


def read_http_date(text: str) -> datetime | None:
    """Return the time (UTC) of an HTTP header, or None where it is not one."""
    try:
        moment = parsedate_to_datetime(text[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

"""Says when a source is read next; the reading itself, the failure counts and the clock live elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

LEAST = timedelta(seconds=1)
"""No interval is shorter than this, whatever the configuration says."""

FLOOR = timedelta(minutes=1)
"""A busy source is not read more often than this by itself; only a person may ask for more, with `every`."""

CEILING = timedelta(days=1)
"""Every source is read at least once a day: an answer to an older mention comes too late."""

MAX_BACKOFF = timedelta(hours=1)
"""The longest wait after failures alone."""

MAX_WISH = timedelta(days=31)
"""The longest wait a server may ask for: the longest quota is a month's, and a broken clock must not silence a source for ever."""

LONGEST = MAX_WISH + CEILING
"""No wait is longer, its spread included: a time that lies further ahead was set by a clock that ran wrong."""

BUSY = 30
"""From this many new mentions in one read on, a source counts as fully busy."""

SPEED_UP = 4
"""A fully busy source is read this many times as often as asked."""

SAVE_FROM = 0.8
"""From this share of its cap on, a source that costs is read less often."""

SLOWEST = 8
"""At its cap it is read this many times less often than asked."""

JITTER = 0.1
"""Every wait is made up to this share longer, so that sources configured alike do not all read in one second."""


def next_poll(now: datetime, every: timedelta, *, found: int, failures: int, retry_at: datetime | None, jitter_seed: str) -> datetime:
    """Return when to read again, in `now`'s own zone.

    A quiet source is read at `every`; the more new mentions the last read `found`, the sooner, down to a quarter of it and not below FLOOR.
    After `failures` in a row the wait doubles each time, up to MAX_BACKOFF. A server's `retry_at` is obeyed: never earlier.
    The same arguments give the same answer; `jitter_seed` (the source's name, say) decides how far in the spread it lies.
    Raises ValueError where `now` or `retry_at` has no time zone.
    """
    if now.tzinfo is None or (retry_at is not None and retry_at.tzinfo is None):
        raise ValueError("a time without a zone cannot be scheduled; give UTC")
    usual = min(max(every, LEAST), CEILING)
    wait = _backoff(usual, failures) if failures > 0 else _pace(usual, found)
    if retry_at is not None:
        wait = max(wait, min(retry_at - now, MAX_WISH))
    spread = min(wait, CEILING) * (JITTER * _share(jitter_seed))
    return now + wait + spread


def share_used(spent: Iterable[tuple[Decimal, Decimal | None]]) -> float:
    """Return how much of its caps a source has used: the largest share of `(spent, cap)`, 0 where there is no cap."""
    return max((float(amount / cap) for amount, cap in spent if cap is not None and cap > 0), default=0.0)


def thrifty(every: timedelta, used: float) -> timedelta:
    """Return how often to read a source that has used this share of its cap: as asked below SAVE_FROM, then ever less often."""
    beyond = min(max((used - SAVE_FROM) / (1 - SAVE_FROM), 0.0), 1.0)
    return every * (1 + (SLOWEST - 1) * beyond)


def _pace(usual: timedelta, found: int) -> timedelta:
    """Shorten the usual wait by how much the last read found; a floor holds unless a person asked for less."""
    busy = min(max(found, 0), BUSY) / BUSY
    return max(usual / (1 + (SPEED_UP - 1) * busy), min(usual, FLOOR))


def _backoff(usual: timedelta, failures: int) -> timedelta:
    """Double the usual wait for each failure after the first, up to an hour."""
    doublings = min(failures - 1, 12)  # One second doubled twelve times is above an hour already.
    return min(usual * (1 << doublings), MAX_BACKOFF)


def _share(seed: str) -> float:
    """Return a number in [0, 1) that is always the same for one seed, on every machine and in every run."""
    digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32

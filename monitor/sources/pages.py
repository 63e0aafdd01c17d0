"""Looks whether the page of a text still stands, as seldom and as little as a site allows; what that means is decided elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from enum import Enum
from typing import TypeVar
from urllib.parse import urlsplit

from monitor.contracts import AdapterError, RateLimited, Rejected
from monitor.sources.robots import may_read
from monitor.sources.web import Reader

SECONDS = 10.0
"""So long one page may take; a look is no reading, and others wait for it."""
UNCHANGED_FOR = timedelta(days=1)
"""A page that was not changed for so long need not be sent."""
ROBOTS_KNOWN_FOR = timedelta(hours=24)
"""So long a site's robots.txt may be remembered. https://www.rfc-editor.org/rfc/rfc9309#section-2.4"""

MOST_TROUBLES = 2
"""After so many pages of a site in trouble the rest of them is left for an hour."""

_What = TypeVar("_What")
_MOST_KNOWN = 100
_LONGEST_KNOWN = 50_000
_NOT_FOUND = frozenset({404, 410})


class Stands(Enum):
    """What a page's address answered."""

    THERE = "there"
    MISSING = "missing"
    """404 or 410, by the very site that was asked."""
    UNSAID = "unsaid"
    """We may not look, or nothing was answered that says the one or the other; asking again soon would bring no more."""
    UNKNOWN = "unknown"
    """The site did not answer, or not yet."""


class Pages:
    """Asks for pages, one at a time, where robots.txt lets us; knows no entry, no feed and no mention."""

    def __init__(self, reader: Reader, now: Callable[[], datetime]) -> None:
        self._reader = reader.accepting(*_NOT_FOUND, seconds=SECONDS)
        self._now = now
        self._known: dict[str, tuple[datetime, str]] = {}
        self._waits: dict[str, RateLimited] = {}

    def look(self) -> Look:
        """Begin a look at several pages."""
        return Look(self)

    def may_look(self, url: str) -> bool:
        """Say whether a page's site lets programs look; raises where it does not say so, or asked us to wait and that is not over."""
        site = origin(url)
        if (wish := self._waits.get(site)) and wish.retry_at > self._now():
            raise wish.with_traceback(None)
        parts = urlsplit(url)
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        return may_read(self._robots(f"{parts.scheme}://{parts.netloc}"), target)

    def stands(self, url: str) -> Stands:
        """Say what a page's address answers; raises the three errors.

        The answer's body is not read: what a page says of itself in words, every site says in words of its own. A redirect is followed,
        and "not found" at another site's end of it says nothing: a site that moved loses its old addresses, not its texts.
        """
        asked = {"Accept": "text/html, */*;q=0.5", "If-Modified-Since": format_datetime(self._now() - UNCHANGED_FOR, usegmt=True)}
        answer = self._reader.look(url, asked)
        if answer.status in _NOT_FOUND:
            return Stands.MISSING if origin(answer.url) == origin(url) else Stands.UNSAID
        return Stands.THERE

    def note_wish(self, url: str, wish: RateLimited) -> None:
        """Remember that a site asked us to wait, over looks too."""
        _remember(self._waits, origin(url), wish)

    def _robots(self, site: str) -> str:
        """Return what a site asks of programs; raises where it does not answer, for who does not say that we may look is not looked at."""
        at = self._now()
        until, text = self._known.get(site, (at, ""))
        if until > at:
            return text
        answer = self._reader.get(f"{site}/robots.txt")
        text = "" if answer.status in _NOT_FOUND else answer.body.decode("utf-8", "replace")
        if len(text) <= _LONGEST_KNOWN:
            _remember(self._known, site, (at + ROBOTS_KNOWN_FOR, text))
        return text


def _remember(known: dict[str, _What], site: str, what: _What) -> None:
    """Note something of a site, and forget what was noted first where there are many."""
    known.pop(site, None)
    while len(known) >= _MOST_KNOWN:
        known.pop(next(iter(known)))
    known[site] = what


class Look:
    """One look at several pages."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._seen: dict[str, Stands] = {}
        self._troubles: Counter[str] = Counter()
        self.trouble: AdapterError | None = None
        """The first trouble of a whole site, and not of one of its pages: one page with a fault for ever must not hold up the others."""

    def at(self, url: str) -> Stands:
        """Say whether a page stands, asking it once, whatever stands behind the # of its address.

        A site that was in trouble twice, or asked us to wait, is asked nothing more in this look.
        """
        page = url.partition("#")[0]
        if page not in self._seen:
            self._seen[page] = self._ask(page) if origin(page) else Stands.UNSAID
        return self._seen[page]

    def fail(self, error: AdapterError) -> Stands:
        """Note the trouble of a whole site, and say whether it is one that passes."""
        self.trouble = self.trouble or error
        return _said_by(error)

    def _ask(self, page: str) -> Stands:
        if self._troubles[origin(page)] >= MOST_TROUBLES:
            return Stands.UNKNOWN
        try:
            if not self._pages.may_look(page):
                return Stands.UNSAID
        except AdapterError as error:
            return self._count(page, error, self.fail(error))
        try:
            return self._pages.stands(page)
        except RateLimited as error:
            self._pages.note_wish(page, error)
            return self._count(page, error, self.fail(error))
        except AdapterError as error:
            return self._count(page, error, _said_by(error))

    def _count(self, page: str, error: AdapterError, said: Stands) -> Stands:
        self._troubles[origin(page)] += MOST_TROUBLES if isinstance(error, RateLimited) else said is Stands.UNKNOWN
        return said


def _said_by(error: AdapterError) -> Stands:
    return Stands.UNSAID if isinstance(error, Rejected) else Stands.UNKNOWN


def origin(url: str) -> str:
    """Return the host of a web address, lower-case and without "www."; empty where it is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""

"""Reads feeds of blogs, news and comments, one address at each fetch; how a feed looks inside is the business of `feeds`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from monitor.contracts import AdapterError, Batch, RateLimited, Recheck, Rejected, RejectedRow, Unavailable, short_mark
from monitor.domain import Author, Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.dates import EARLIEST, TOLERANCE
from monitor.sources.feeds import CutShort, Entry, Feed, NotAFeed, read_feed
from monitor.sources.pages import Look, Pages, Stands, origin
from monitor.sources.statuses import Gone
from monitor.sources.web import Answer, Reader, shown, utc_now
from monitor.text import clip

NETWORK = "blog"

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_REMEMBERED = 100  # Entries of a feed that are remembered although they are no longer in it.
_MOST_REMEMBERED = 1_000  # The rest of a longer feed is read again each time it changes; the store knows what it has.
_MAX_HEADER = 500
MOST_FEEDS = 2
"""Of our feeds on a site so many are read to see whether they still show a text whose page is not found."""
BETWEEN_PAGES = timedelta(minutes=1)
"""Between two looks at up to `recheck_most` pages: a site is asked a few times a minute at most."""
LONGEST_LOOK = timedelta(minutes=1)
"""After so long the rest of a look is left for the next."""
_LIFELONG = ("http://", "https://", "urn:", "tag:")


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the cursor keeps of one feed."""

    moved: str = ""
    """Where the feed lives now, since it redirected for good."""
    etag: str = ""
    modified: str = ""
    body: str = ""
    """A short hash of what was read last: many servers send neither ETag nor Last-Modified."""
    wait_until: str = ""
    keeps: int = 0
    """So many minutes its `ttl` asks us to stay away; an answer that nothing has changed does not repeat it."""
    gone: bool = False
    shown: int = 0
    """So many of the first in `seen` were in the feed at the last reading, in its own order; the rest before."""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cursor:
    """The opaque cursor, opened: which feed is next, and what is known of each by a short hash of its address."""

    following: int = 0
    feeds: dict[str, _Memory] = field(default_factory=dict)

    @classmethod
    def open(cls, text: str) -> Self:
        """Read a cursor; one that is not ours is as good as none, and everything is read again."""
        try:
            raw = json.loads(text) if text else {}
            feeds = {str(key): _open_memory(value) for key, value in raw["feeds"].items()} if raw else {}
            return cls(int(raw["next"]) if raw else 0, feeds)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls()

    def close(self) -> str:
        """Return the cursor as text, without what is empty."""
        feeds = {key: {name: value for name, value in _fields(memory) if value} for key, memory in self.feeds.items()}
        return json.dumps({"next": self.following, "feeds": feeds}, separators=(",", ":"))


class RssSource:
    """Reads the feeds of one source in turn: one address at each fetch, `more` until all were asked.

    A single feed's trouble is raised. Of several feeds one in trouble must not hold up the others, so it is reported in the batch's
    `rejected` and asked again in the next round; one that asked us to wait, by its server or by its `ttl`, is left alone until then, and
    one that is gone for good (410) is not asked again; of a single feed that is known until the next start.
    """

    recheck_most = 10
    recheck_every = timedelta(hours=24)

    def __init__(self, name: str, urls: Sequence[str], reader: Reader, now: Callable[[], datetime]) -> None:
        self.name = name
        self._urls = tuple(dict.fromkeys(urls))
        self._reader = reader
        self._now = now
        self._pages = Pages(reader, now)
        self._gone: dict[str, str] = {}
        """In what words a single feed is gone, by address: a raised error cannot bring that into the cursor."""

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:  # noqa: ARG003 - the signature is every adapter's.
        """Build the adapter that a `[[source]]` of kind rss describes."""
        return cls(source.name, source.options["urls"], Reader.of(source), utc_now)

    def questions(self, brand: Brand) -> list[str]:  # noqa: ARG002 - the signature is every adapter's.
        """Return what is asked in order, whatever the brand."""
        return [shown(url) for url in self._urls]

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Ask the next feed for what is new in it.

        An entry without a date, or with one that cannot be (before 1990, or more than a day ahead), gets the time it was read.
        """
        state = _Cursor.open(cursor)
        index = state.following if 0 <= state.following < len(self._urls) else 0
        if index == len(self._urls):
            raise Rejected(f"{self.name}: no feed is named; give at least one address in urls")
        url = self._urls[index]
        memory = state.feeds.get(short_mark(url), _Memory())
        mentions: Sequence[Mention] = ()
        rejected: Sequence[RejectedRow] = ()
        restated: Sequence[Mention] = ()
        left: Sequence[str] = ()
        if url in self._gone:
            raise Gone(self._gone[url])
        if not memory.gone and (not memory.wait_until or self._now().isoformat() >= memory.wait_until):
            try:
                memory, mentions, rejected, restated, left = self._read(brand, url, memory)
            except AdapterError as error:
                if len(self._urls) == 1:
                    if isinstance(error, Gone):
                        self._gone[url] = str(error)
                    raise
                memory, rejected = _after(error, memory), [RejectedRow(shown(url), 0, str(error))]
        known = {short_mark(each): state.feeds[short_mark(each)] for each in self._urls if short_mark(each) in state.feeds} | {
            short_mark(url): memory
        }
        following = (index + 1) % len(self._urls)
        return Batch(mentions, _Cursor(following, known).close(), more=following > 0, rejected=rejected, restated=restated, left=left)

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:  # noqa: ARG002 - the signature is every adapter's.
        """Ask the page of each of up to 10 texts whether it still stands there.

        "Not found" is believed to mean that text, and no fault of its site, only where the site says of another page that it is there;
        and what is still in a feed of ours on that site is there, whatever its page says. Whether a comment still stands on a page that
        is there nobody can tell: pages show some of their comments, or fetch them later. The trouble of a site is told where it is
        the only one; of several one in trouble must not hold up the others.
        """
        look, until = self._pages.look(), self._now() + LONGEST_LOOK
        there: dict[str, str] = {}
        told: dict[Stands, set[str]] = {Stands.MISSING: set(), Stands.UNSAID: set()}
        for mention in found:
            if self._now() > until:
                break
            stands = look.at(mention.url)
            if stands is Stands.MISSING:
                stands = self._is_believed(look, mention)
            if stands is Stands.THERE:
                there[mention.external_id] = ""
            elif stands is not Stands.UNKNOWN:
                told[stands].add(mention.external_id)
        if look.trouble and not there and not told[Stands.MISSING] and self._is_one_site(found):
            raise look.trouble
        missing, unsaid = frozenset(told[Stands.MISSING]), frozenset(told[Stands.UNSAID])
        return Recheck(there, missing=missing, unsaid=unsaid, again_at=self._now() + BETWEEN_PAGES)

    def _is_believed(self, look: Look, mention: Mention) -> Stands:
        """Return what became of a text whose page is not found."""
        site = origin(mention.url)
        other = urljoin(mention.url, "/")
        for url in [url for url in self._urls if origin(url) == site][:MOST_FEEDS]:
            try:
                answer = self._reader.get(url, {"Accept": _ACCEPT})
                entries = _by_identity(read_feed(answer.body, answer.headers.get("content-type", ""), answer.url), url)
            except AdapterError as error:
                return look.fail(error)
            except (NotAFeed, CutShort, OSError):
                return Stands.UNSAID
            if mention.external_id in entries:
                return Stands.THERE
            pages = [entry.link for entry in entries.values() if origin(entry.link) == site and _page(entry.link) != _page(mention.url)]
            other = pages[0] if pages else other
        front = look.at(other)
        return {Stands.THERE: Stands.MISSING, Stands.MISSING: Stands.UNSAID}.get(front, front)

    def _is_one_site(self, found: Sequence[Mention]) -> bool:
        return len({origin(url) for url in (*self._urls, *(mention.url for mention in found))}) == 1

    def _read(self, brand: Brand, url: str, memory: _Memory) -> _Read:
        if memory.moved:
            try:
                return self._read_at(memory.moved, brand, url, memory)
            except Rejected:
                memory = replace(memory, moved="", etag="", modified="")  # What moved once may have moved back.
        try:
            return self._read_at(url, brand, url, memory)
        except _NoFeedThere as error:
            if memory.body:
                raise Unavailable(f"{error}; it was a feed before") from error
            raise

    def _read_at(self, target: str, brand: Brand, url: str, memory: _Memory) -> _Read:
        conditions = {"If-None-Match": memory.etag, "If-Modified-Since": memory.modified}
        asked = {name: value for name, value in conditions.items() if value}
        answer = self._reader.get(target, {"Accept": _ACCEPT, **asked})
        place = f"{self.name}: {shown(target)}"
        if answer.status == 304 and not asked:
            raise Unavailable(f"{place} says that nothing has changed, and was never asked that")
        if answer.status == 304 or _digest(answer.body) == memory.body:
            return replace(memory, moved=_moved(answer, target, memory), wait_until=_kept_until(answer, memory.keeps)), (), (), (), ()
        try:
            feed = read_feed(answer.body, answer.headers.get("content-type", ""), answer.url)
        except NotAFeed as error:
            raise _NoFeedThere(f"{place} {error}") from error
        except CutShort as error:
            raise Unavailable(f"{place} ends in the middle") from error
        except OSError as error:
            raise Unavailable(f"{place} cannot be read for want of a process ({error.strerror or error})") from error
        entries = _by_identity(feed, url)
        seen = frozenset(memory.seen)
        fresh = {identity: entry for identity, entry in entries.items() if short_mark(identity) not in seen}
        mentions = [_mention(self.name, brand, feed, identity, entry, answer) for identity, entry in fresh.items() if entry.text]
        marks = [short_mark(identity) for identity in entries]
        changed = {identity: entry for identity, entry in entries.items() if identity not in fresh and _stamp(identity, entry) not in seen}
        restated = [_mention(self.name, brand, feed, identity, entry, answer) for identity, entry in changed.items() if entry.text]
        rejected = list(_complaints(shown(target), feed, fresh.values(), missed=bool(marks and seen) and seen.isdisjoint(marks)))
        stamps = [_stamp(identity, entry) for identity, entry in entries.items()]
        known = [mark for both in zip(marks, stamps, strict=True) for mark in both]
        keeps = int(feed.keeps.total_seconds() // 60)
        return _remember(memory, target, answer, known, keeps), mentions, rejected, restated, _left_out(memory, marks)


_Read = tuple[_Memory, Sequence[Mention], Sequence[RejectedRow], Sequence[Mention], Sequence[str]]
"""What is remembered of a feed, what is new in it, what could not be read, what was changed since, and what it left out."""


class _NoFeedThere(Rejected):
    """The address answered something that is no feed."""


def _complaints(place: str, feed: Feed, fresh: Iterable[Entry], *, missed: bool) -> Iterable[RejectedRow]:
    """Say what could not be read, or may have been missed."""
    for entry in fresh:
        if not entry.text:
            yield RejectedRow(place, 0, f"the entry {clip(entry.link or entry.id, 200)} has neither title nor text")
    if feed.count > len(feed.entries):
        yield RejectedRow(place, 0, f"the feed has {feed.count:,} entries, of which only {len(feed.entries):,} could be read")
    if missed:
        yield RejectedRow(
            place, 0, "nothing that was in the feed at the last reading is in it now: entries in between may be missed; read it more often"
        )


def _remember(memory: _Memory, target: str, answer: Answer, marks: Sequence[str], keeps: int) -> _Memory:
    now_there = dict.fromkeys(marks[:_MOST_REMEMBERED])
    before = [mark for mark in memory.seen if mark not in now_there]
    return replace(
        memory,
        moved=_moved(answer, target, memory),
        etag=_header(answer, "etag"),
        modified=_header(answer, "last-modified"),
        body=_digest(answer.body),
        wait_until=_kept_until(answer, keeps),
        keeps=keeps,
        shown=len(now_there),
        seen=(*now_there, *before[: max(0, _REMEMBERED - len(now_there))]),
    )


def _kept_until(answer: Answer, minutes: int) -> str:
    """Return until when a feed that was just read is left alone."""
    return (answer.at + timedelta(minutes=minutes)).astimezone(UTC).isoformat() if minutes else ""


def _left_out(memory: _Memory, marks: Sequence[str]) -> tuple[str, ...]:
    """Return what was in the feed at the last reading and is not now, though something that stood behind it still is."""
    now_there = frozenset(marks)
    before = memory.seen[: memory.shown]
    last = max((place for place, mark in enumerate(before) if mark in now_there), default=0)
    return tuple(mark for mark in before[:last] if mark not in now_there)


def _moved(answer: Answer, target: str, memory: _Memory) -> str:
    return answer.moved_to or (target if target == memory.moved else "")


def _after(error: AdapterError, memory: _Memory) -> _Memory:
    if isinstance(error, RateLimited):
        return replace(memory, wait_until=error.retry_at.astimezone(UTC).isoformat())
    return replace(memory, gone=isinstance(error, Gone))


def _mention(source: str, brand: Brand, feed: Feed, identity: str, entry: Entry, answer: Answer) -> Mention:
    host = urlsplit(entry.link).hostname or urlsplit(answer.url).hostname or ""
    author = clip(entry.author, 100)
    moment = entry.moment
    return Mention(
        network=NETWORK,
        external_id=identity,
        brand=brand.id,
        author=Author(handle=f"{author} ({host})" if author else host, name=author or clip(feed.title, 100)),
        text=entry.text,
        url=entry.link,
        posted_at=moment if moment and EARLIEST <= moment <= answer.at + TOLERANCE else answer.at,
        source=source,
        language_hint=_language(entry.language),
        community=host,
        parent_id=entry.parent if len(entry.parent) <= 200 else _hash(entry.parent),
    )


def _by_identity(feed: Feed, url: str) -> dict[str, Entry]:
    """Return the feed's entries by external id; two that share one and are not the same are told apart by what they say."""
    entries: dict[str, Entry] = {}
    for entry in feed.entries:
        identity = _identify(entry, url)
        if entries.setdefault(identity, entry) != entry:
            entries.setdefault(_hash(f"{identity}\n{entry.link}\n{entry.text}"), entry)
    return entries


def _stamp(identity: str, entry: Entry) -> str:
    """Return the mark of an entry as it was last changed; its own where the feed does not say when that was."""
    return short_mark(f"{identity}\n{entry.updated}" if entry.updated else identity)


def _identify(entry: Entry, url: str) -> str:
    """Return the entry's external id: its own where that is unique in the world, otherwise one within this feed."""
    own = entry.id or entry.link or _hash(entry.text)
    if not own.startswith(_LIFELONG):
        own = f"{short_mark(url)}:{own}"
    return own if len(own) <= 200 else _hash(own)


def _language(tag: str) -> str:
    first = tag.replace("_", "-").partition("-")[0].strip().lower()
    return first if len(first) == 2 and first.isascii() and first.isalpha() else ""


def _header(answer: Answer, name: str) -> str:
    """Return a header that can be sent back as it is; anything else is not kept."""
    value = answer.headers.get(name, "")
    return value if len(value) <= _MAX_HEADER and value.isascii() and value.isprintable() else ""


def _hash(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _page(url: str) -> str:
    return url.partition("#")[0]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _fields(memory: _Memory) -> Iterable[tuple[str, Any]]:
    return ((name, getattr(memory, name)) for name in _Memory.__slots__)


def _open_memory(raw: dict[str, Any]) -> _Memory:
    texts = {name: str(raw.get(name, "")) for name in ("moved", "etag", "modified", "body", "wait_until")}
    seen = tuple(str(mark) for mark in raw.get("seen", ()))
    shown, keeps = (number if isinstance(number, int) and number > 0 else 0 for number in (raw.get("shown"), raw.get("keeps")))
    return _Memory(**texts, keeps=keeps, gone=bool(raw.get("gone")), shown=shown, seen=seen)

"""Reads stories and comments on Hacker News through its search service (https://hn.algolia.com/api), one page at each fetch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from urllib.parse import quote, urlencode

from monitor.contracts import AdapterError, Batch, RateLimited, Recheck, RejectedRow, Unavailable
from monitor.domain import Author, Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.dates import EARLIEST, TOLERANCE
from monitor.sources.looks import says_the_same
from monitor.sources.web import Reader, shown
from monitor.text import MAX_TEXT, clean, clip, html_to_text

NETWORK = "hackernews"
API_URL = "https://hn.algolia.com/api/v1"
ITEMS_URL = "https://hacker-news.firebaseio.com/v0"
TEXT_URL = "https://news.ycombinator.com/item?id="
MOST_TROUBLES = 3
"""After so many texts in trouble at one look the rest is left for the next."""
PAGE = 100
MAX_PAGES = 20
"""Pages read back for one term in one round; more than 2,000 texts since the last reading is no reading of a brand."""
OVERLAP = 3_600
"""Seconds before the last text that are read again: the service indexes a text some minutes after it was written."""


@dataclass(frozen=True, slots=True)
class _Cursor:
    """The opaque cursor, opened. Times are seconds since 1970."""

    since: Mapping[str, int] = field(default_factory=dict)
    """Up to when each term, by a short hash, has been read."""
    term: str = ""
    """The hash of the term whose turn it is; empty for the first."""
    until: int = 0
    """While a term's pages are read back: only texts up to this time are still wanted; 0 on its first page."""
    newest: int = 0
    pages: int = 0

    @classmethod
    def open(cls, text: str) -> Self:
        """Read a cursor; one that is not ours is as good as none."""
        try:
            raw = json.loads(text) if text else {"since": {}}
            since = {str(key): int(moment) for key, moment in raw["since"].items()}
            return cls(since, str(raw.get("term", "")), *(int(raw.get(name, 0)) for name in ("until", "newest", "pages")))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return cls()

    def close(self) -> str:
        """Return the cursor as text, without what is empty or zero."""
        turn = {name: getattr(self, name) for name in ("term", "until", "newest", "pages")}
        return json.dumps({"since": self.since} | {name: value for name, value in turn.items() if value}, separators=(",", ":"))


class HackerNewsSource:
    """Asks for each of the brand's terms in turn, newest texts first, and back in time to where it had read before.

    The first reading of a term takes its newest page only; what is older counts as history. `more` until every term was asked.
    """

    recheck_most = 20
    recheck_every = timedelta(hours=24)

    def __init__(self, name: str, reader: Reader, api_url: str = API_URL, items_url: str = ITEMS_URL) -> None:
        self.name = name
        self._items_url = items_url.rstrip("/")
        self._reader = reader
        self._api_url = api_url.rstrip("/")

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:  # noqa: ARG003 - the signature is every adapter's.
        """Build the adapter that a `[[source]]` of kind hackernews describes."""
        return cls(source.name, Reader.of(source), source.options.get("api_url") or API_URL, source.options.get("items_url") or ITEMS_URL)

    def questions(self, brand: Brand) -> list[str]:
        """Return what is asked for a brand, in order."""
        return [f"search:{phrase}" for phrase in _phrases(brand)]

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one term."""
        phrases = {_key(phrase): phrase for phrase in _phrases(brand)}
        state = _Cursor.open(cursor)
        if not phrases:
            return Batch((), state.close())
        if state.term not in phrases:
            state = _Cursor(state.since, next(iter(phrases)))
        phrase = phrases[state.term]
        since = state.since.get(state.term, 0)
        url = self._ask_url(phrase, since, state.until)
        answer = self._reader.get(url)
        found = self._open(answer.body, url)
        read_at = int(answer.at.timestamp())
        mentions: list[Mention] = []
        rejected: list[RejectedRow] = []
        moments: list[int] = []
        for hit in found["hits"]:
            moment = _moment(hit, answer.at + TOLERANCE)
            mention = _mention(hit, moment, brand, self.name)
            if moment:
                moments.append(min(moment, read_at))
            if isinstance(mention, Mention):
                mentions.append(mention)
            elif not moment or moment > since:  # What lies in the overlap was told the last time.
                rejected.append(RejectedRow(shown(self._api_url), 0, mention, clip(json.dumps(hit, ensure_ascii=True), 500)))
        following, trouble = _advance(state, tuple(phrases), moments, since, more=_count(found) > len(found["hits"]))
        if trouble:
            rejected.append(RejectedRow(shown(self._api_url), 0, f"{trouble} for {phrase!r}"))
        return Batch(mentions, following.close(), more=bool(following.term), rejected=rejected)

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:  # noqa: ARG002 - the signature is every adapter's.
        """Ask Hacker News itself for each of up to 20 texts. https://github.com/HackerNews/API

        What its author deleted, or a moderator killed, is gone. Its form of a text may differ from the search service's, so words alone
        are compared; an author may change them for two hours. One text in trouble is not spoken of, and the others are.
        """
        there: dict[str, str] = {}
        gone: set[str] = set()
        troubles = 0
        for mention in found:
            try:
                known = self._ask_item(mention.external_id)
            except AdapterError as error:
                troubles += 1
                if not there and not gone:
                    raise
                if isinstance(error, RateLimited) or troubles == MOST_TROUBLES:
                    break
                continue
            if isinstance(known, dict) and (known.get("deleted") is True or known.get("dead") is True):
                gone.add(mention.external_id)
            elif isinstance(known, dict) and str(known.get("id")) == mention.external_id:
                there[mention.external_id] = _changed(known, mention.text)
        return Recheck(there, frozenset(gone))

    def _ask_item(self, number: str) -> Any:
        url = f"{self._items_url}/item/{quote(number, safe='')}.json"
        try:
            return json.loads(self._reader.get(url).body)
        except (ValueError, RecursionError) as error:
            raise Unavailable(f"{self.name}: {shown(url)} answered something that is not JSON, or half of it") from error

    def _ask_url(self, phrase: str, since: int, until: int) -> str:
        filters = [f"created_at_i>{since - OVERLAP}"] if since else []
        filters += [f"created_at_i<={until}"] if until else []
        asked = {"query": f'"{phrase}"', "tags": "(story,comment)", "hitsPerPage": str(PAGE), "numericFilters": ",".join(filters)}
        return f"{self._api_url}/search_by_date?{urlencode({name: value for name, value in asked.items() if value})}"

    def _open(self, body: bytes, url: str) -> Mapping[str, Any]:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Unavailable(f"{self.name}: {shown(url)} answered something that is not JSON, or half of it") from error
        if not isinstance(found, dict) or not isinstance(found.get("hits"), list):
            told = found.get("message") or found.get("error") if isinstance(found, dict) else None
            reason = clip(clean(told), 200) if isinstance(told, str) else "it has no list of hits"
            raise Unavailable(f"{self.name}: {shown(url)} answered no search result: {reason}")
        return found


def _advance(state: _Cursor, terms: tuple[str, ...], moments: list[int], since: int, *, more: bool) -> tuple[_Cursor, str]:
    """Return the cursor after a page, and what went wrong in one sentence: further back within this term, or on to the next one."""
    newest = max([state.newest, *moments])
    trouble = ""
    if more and moments and since:
        until = min(moments)
        if state.until and until >= state.until:
            until, trouble = state.until - 1, "more texts have one and the same second than a page holds, and some may be missed"
        if state.pages + 1 < MAX_PAGES:
            return replace(state, until=until, newest=newest, pages=state.pages + 1), trouble
        trouble = f"more than {MAX_PAGES * PAGE:,} texts came since the last reading, and the older ones are not read"
    known = {term: state.since[term] for term in terms if term in state.since}
    if newest:
        known[state.term] = max(since, newest)
    following = terms.index(state.term) + 1
    return _Cursor(known, terms[following] if following < len(terms) else ""), trouble


def _phrases(brand: Brand) -> tuple[str, ...]:
    """Return the brand's terms as phrases to search for, each once whatever its case."""
    spoken = {" ".join(term.text.replace('"', " ").split()).casefold(): None for term in brand.terms}
    return tuple(phrase for phrase in spoken if phrase)


def _moment(hit: Any, latest: datetime) -> int:
    """Return when a hit was written; 0 where it does not say so, or says what cannot be."""
    moment = hit.get("created_at_i") if isinstance(hit, dict) else None
    return moment if isinstance(moment, int) and EARLIEST.timestamp() <= moment <= latest.timestamp() else 0


def _mention(hit: Any, moment: int, brand: Brand, source: str) -> Mention | str:
    """Return the mention that a hit is, or why it is none."""
    if not isinstance(hit, dict):
        return "a hit is no object"
    number = hit.get("objectID")
    if not (isinstance(number, str) and number.isascii() and number.isdecimal() and len(number) <= 20):
        return "a hit has no number in objectID"
    if not moment:
        return f"number {number} has no time in created_at_i, or one that cannot be"
    author = hit.get("author")
    if not isinstance(author, str) or not author.strip():
        return f"number {number} has no author"
    text = _whole(hit, _text(hit, "story_text") or _text(hit, "comment_text"))
    if not text:
        return f"number {number} has neither title nor text"
    parent = hit.get("parent_id")
    return Mention(
        network=NETWORK,
        external_id=number,
        brand=brand.id,
        author=Author(handle=clip(clean(author), 100)),
        text=text,
        url=f"{TEXT_URL}{number}",
        posted_at=datetime.fromtimestamp(moment, UTC),
        source=source,
        language_hint="en",
        parent_id=str(parent) if type(parent) is int and 0 < parent < 10**20 else "",
    )


def _changed(known: Mapping[str, Any], read: str) -> str:
    """Return a text as it stands now where its words are others than were read, else ""."""
    if known.get("type") == "story" and not _text(known, "title"):
        known = {**known, "title": read.partition("\n\n")[0]}  # An answer that leaves the title out says nothing of it.
    now = _whole(known, _text(known, "text"))
    return "" if not now or says_the_same(read, now) else now


def _whole(found: Mapping[str, Any], body: str) -> str:
    """Return title and text as one."""
    parts = (clean(_text(found, "title")).strip(), html_to_text(body))
    return clean("\n\n".join(part for part in parts if part)[: 2 * MAX_TEXT])


def _text(hit: Mapping[str, Any], key: str) -> str:
    value = hit.get(key)
    return value if isinstance(value, str) else ""


def _count(found: Mapping[str, Any]) -> int:
    count = found.get("nbHits")
    return count if isinstance(count, int) else 0


def _key(phrase: str) -> str:
    return hashlib.sha256(phrase.encode("utf-8", "replace")).hexdigest()[:12]

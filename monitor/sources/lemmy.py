"""Reads posts and comments on a Lemmy server through its search, API version 3, one page at each fetch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from monitor.contracts import Batch
from monitor.domain import Brand
from monitor.settings import Settings, SourceSettings
from monitor.sources.answers import LeftOut, Page, is_ours, mapping_at, mark_of, moment_from, moment_of, open_object, text_at
from monitor.sources.turns import Turn, phrases
from monitor.sources.web import Reader, shown
from monitor.text import clean

NETWORK = "lemmy"
PAGE = 50
"""Texts on a page, the most that a server gives. https://join-lemmy.org/api/"""
OVERLAP = 3_600
"""Seconds before the last text that are read again: what was written on another server comes later."""
_KINDS: Mapping[str, str] = {"Posts": "posts", "Comments": "comments"}


class LemmySource:
    """Asks one server for each of the brand's terms, for posts and then for comments, newest first.

    A server knows the communities that its own people follow; read a large one. Removed and deleted texts are left out.
    """

    def __init__(self, name: str, reader: Reader, api_url: str, *, now: Callable[[], datetime]) -> None:
        self.name = name
        self._reader = reader
        self._url = api_url.rstrip("/")
        self._now = now

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:  # noqa: ARG003 - the signature is every adapter's.
        """Build the adapter that a `[[source]]` of kind lemmy describes."""
        now: Callable[[], datetime] = partial(datetime.now, UTC)
        reader = Reader(source.name, now=now, allow_private=source.options.get("allow_private", ()))
        return cls(source.name, reader, source.options["api_url"], now=now)

    def questions(self, brand: Brand) -> list[str]:
        """Return what is asked for a brand, in order."""
        return [f"{kind}:{phrase}" for phrase in phrases(brand) for kind in _KINDS]

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one question."""
        state = Turn.open(cursor)
        questions = self.questions(brand)
        if not questions:
            return Batch((), state.close())
        state, question = state.begin(questions)
        kind, _, phrase = question.partition(":")
        number = int(state.page) if state.page.isascii() and state.page.isdecimal() and len(state.page) < 4 else 1
        asked = {"q": phrase, "type_": kind, "sort": "New", "listing_type": "All", "limit": PAGE, "page": number}
        url = f"{self._url}/api/v3/search?{urlencode(asked)}"
        found = open_object(self.name, url, self._reader.get(url).body, _KINDS[kind])[_KINDS[kind]]
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        known = {_number(text, kind): text_at(text, kind[:-1].lower(), "ap_id") for text in found}
        for text in found:
            page.add(text, lambda text: _read(text, kind, brand, known))
        moments = [moment for text in found if (moment := moment_of(_body(text, kind).get("published"), page.now))]
        since = moment_from(state.mark)
        further = bool(moments and since) and min(moments).timestamp() >= int(state.mark or 0) - OVERLAP
        following, trouble = state.step(questions, map(mark_of, moments), str(number + 1) if further else "")
        if trouble:
            page.tell(f"{trouble}: {phrase}")
        return Batch(page.all(), following.close(), more=bool(following.turn), rejected=page.rejected)


def _body(found: Any, kind: str) -> Mapping[str, Any]:
    return mapping_at(found, kind[:-1].lower())


def _number(found: Any, kind: str) -> str:
    return str(_body(found, kind).get("id"))


def _read(found: Mapping[str, Any], kind: str, brand: Brand, known: Mapping[str, str]) -> Mapping[str, Any]:
    """Return Lemmy's view of a post or a comment as the fields of a mention; ids are ActivityPub's, the same on every server."""
    body, creator, community = _body(found, kind), mapping_at(found, "creator"), mapping_at(found, "community")
    if body.get("deleted") is True or body.get("removed") is True:
        raise LeftOut
    if kind == "Posts":
        parts = (clean(text_at(body, "name")).strip(), text_at(body, "body").strip())
        parent = ""
    else:
        parts = ("", text_at(body, "content").strip())
        above = text_at(body, "path").split(".")[1:-1]  # "0.5.7": the comment 7 answers 5, which answers the post.
        parent = known.get(above[-1], "") if above else text_at(found, "post", "ap_id")
    handle = _at_server(text_at(creator, "name"), text_at(creator, "actor_id"))
    return {
        "external_id": text_at(body, "ap_id"),
        "author": handle,
        "author_name": text_at(creator, "display_name"),
        "text": "\n\n".join(part for part in parts if part),
        "url": text_at(body, "ap_id"),
        "posted_at": text_at(body, "published"),
        "community": _at_server(text_at(community, "name"), text_at(community, "actor_id"), "!"),
        "own_channel": _is_one_of(community, brand),
        "parent_id": parent,
        "ours": is_ours(handle, brand),
    }


def _at_server(name: str, address: str, sign: str = "@") -> str:
    """Return a name with its server, as people write it: @jo@lemmy.example, !cycling@lemmy.example."""
    try:
        server = urlsplit(address[:2_000].strip()).netloc
    except ValueError:
        server = ""
    return f"{sign}{name.strip()}@{server}" if name.strip() and server else name.strip()


def _is_one_of(community: Mapping[str, Any], brand: Brand) -> bool:
    ours = {name.lstrip("!").casefold() for name in brand.own_communities}
    name = text_at(community, "name").casefold()
    return bool(name) and bool({name, _at_server(name, text_at(community, "actor_id"), "").casefold()} & ours)

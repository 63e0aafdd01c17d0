"""Reads posts and comments on a Lemmy server through its search, API version 3, one page at each fetch."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from monitor.contracts import AdapterError, Batch, RateLimited, Recheck, Unavailable
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.answers import LeftOut, Page, is_ours, mapping_at, mark_of, moment_from, moment_of, open_object, text_at
from monitor.sources.looks import look
from monitor.sources.turns import Turn, phrases
from monitor.sources.web import Reader, shown, utc_now
from monitor.text import clean

NETWORK = "lemmy"
PAGE = 50
"""Texts on a page, the most that a server gives. https://join-lemmy.org/api/"""
OVERLAP = 3_600
"""Seconds before the last text that are read again: what was written on another server comes later."""
MOST_RESOLVED = 5
"""Texts that our server is asked for by address in one look; it counts that as a search, of which it allows few."""
MOST_TROUBLES = 2
"""So many answers of one server that say nothing, and it is left alone in this look."""
_KINDS: Mapping[str, str] = {"Posts": "posts", "Comments": "comments"}
_PLACE = re.compile(r"(https?://[^/?#]{1,253})/(post|comment)/(\d{1,18})\Z")
"""The address of a text on a server of Lemmy, with the server, the kind and the number there."""
_TELLING = frozenset({400, 404})
"""With these comes, in JSON, that a text is not there; any other page with them says nothing."""
_NOT_THERE = frozenset({"couldnt_find_post", "couldnt_find_comment", "couldnt_find_object", "not_found"})


class LemmySource:
    """Asks one server for each of the brand's terms, for posts and then for comments, newest first.

    A server knows the communities that its own people follow; read a large one. Removed and deleted texts are left out, and those
    of people who deleted their account.
    """

    recheck_most = 10
    """One request each: a minute's looks at such a server, which people run in their spare time, are sixty at most."""
    recheck_every = timedelta(hours=24)

    def __init__(self, name: str, reader: Reader, api_url: str, *, now: Callable[[], datetime], asking: Reader | None = None) -> None:
        self.name = name
        self._reader = reader
        # That a text is not there is an answer where it is asked what became of it.
        self._asking = asking or reader
        self.api_url = api_url.rstrip("/")
        self._now = now

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:  # noqa: ARG003 - the signature is every adapter's.
        """Build the adapter that a `[[source]]` of kind lemmy describes."""
        asking = Reader.of(source, accept=_TELLING)
        return cls(source.name, Reader.of(source), source.options["api_url"], now=utc_now, asking=asking)

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
        number = state.number(1)
        asked = {"q": phrase, "type_": kind, "sort": "New", "listing_type": "All", "limit": PAGE, "page": number}
        url = f"{self.api_url}/api/v3/search?{urlencode(asked)}"
        found = open_object(self.name, url, self._reader.get(url).body, _KINDS[kind])[_KINDS[kind]]
        page = Page(shown(self.api_url), NETWORK, brand, self.name, self._now())
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

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask for up to 10 texts, each by its number on the server where it was written, else by its address on ours.

        Only who says in Lemmy's own words that a text is not there says that it is gone. One server's trouble is no trouble of the
        others; where nobody says anything, the first trouble is told.
        """
        page = Page(shown(self.api_url), NETWORK, brand, self.name, self._now())
        asking = _Asking(self)
        for mention in found:
            asking.ask(mention.external_id)
        if asking.trouble is not None and not asking.answered and not asking.gone:
            raise asking.trouble
        return look(page, asking.answered, lambda view: _read(view, _kind_of(view), brand, {}), gone=asking.gone)

    def view(self, url: str) -> Mapping[str, Any] | None:
        """Return the view of a text that `url` answers; None where it says that the text is not there. Raises the three errors."""
        answer = self._asking.get(url)
        found = open_object(self.name, url, answer.body)
        if answer.status in _TELLING and text_at(found, "error") in _NOT_THERE:
            return None
        view = next((view for key in ("comment_view", "post_view", "comment", "post") if (view := mapping_at(found, key))), None)
        if answer.status in _TELLING or view is None:
            raise Unavailable(f"{self.name}: {shown(url)} answered something else than a text, and not that it is gone")
        return view


class _Asking:
    """Asks for one text after the other, and no server again that was in trouble twice or asked us to wait."""

    def __init__(self, source: LemmySource) -> None:
        self._source = source
        self._resolved = 0
        self.answered: dict[str, Mapping[str, Any]] = {}
        self.gone: set[str] = set()
        self.trouble: AdapterError | None = None
        self._troubles: dict[str, int] = {}

    def ask(self, name: str) -> None:
        place = _PLACE.match(name)
        if place and self._look(name, place[1], f"{place[1]}/api/v3/{place[2]}?id={place[3]}"):
            return
        # Other software that speaks with Lemmy has no such API; our server has a copy, and hears of it when that is taken back.
        if name.startswith(("https://", "http://")) and self._resolved < MOST_RESOLVED:
            self._resolved += 1
            ours = self._source.api_url
            self._look(name, f"{ours} by address", f"{ours}/api/v3/resolve_object?{urlencode({'q': name})}")

    def _look(self, name: str, server: str, url: str) -> bool:
        """Say whether a server told what became of a text."""
        if self._troubles.get(server, 0) >= MOST_TROUBLES:
            return False
        try:
            view = self._source.view(url)
        except AdapterError as error:
            self.trouble = self.trouble or error
            self._troubles[server] = MOST_TROUBLES if isinstance(error, RateLimited) else self._troubles.get(server, 0) + 1
            return False
        if view is None:
            self.gone.add(name)
        elif text_at(_body(view, _kind_of(view)), "ap_id") == name:
            self.answered[name] = view
        return view is None or name in self.answered


def _kind_of(view: Mapping[str, Any]) -> str:
    return "Comments" if "comment" in view else "Posts"


def _body(found: Any, kind: str) -> Mapping[str, Any]:
    return mapping_at(found, kind[:-1].lower())


def _number(found: Any, kind: str) -> str:
    return str(_body(found, kind).get("id"))


def _read(found: Mapping[str, Any], kind: str, brand: Brand, known: Mapping[str, str]) -> Mapping[str, Any]:
    """Return Lemmy's view of a post or a comment as the fields of a mention; ids are ActivityPub's, the same on every server."""
    body, creator, community = _body(found, kind), mapping_at(found, "creator"), mapping_at(found, "community")
    if body.get("deleted") is True or body.get("removed") is True or creator.get("deleted") is True:
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

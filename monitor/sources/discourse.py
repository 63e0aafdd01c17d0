"""Reads what is written on a forum that runs Discourse, topics and replies alike, newest first, one page at each fetch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self
from urllib.parse import urlsplit

from monitor.contracts import AdapterError, Batch, Recheck
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.answers import LeftOut, Page, is_ours, list_at, number_at, open_object, text_at
from monitor.sources.looks import look
from monitor.sources.turns import Turn
from monitor.sources.web import Reader, shown, utc_now
from monitor.text import clean, html_to_text

NETWORK = "discourse"
STEP = 48
"""So far back in numbers goes the next page: a forum answers the 50 below a number, those that strangers may not see left out."""
READABLE = frozenset({0, 1, 2})
"""Posts by people and by moderators; 0 where the forum does not say. What software notes (3) and whispers (4) are none."""
_GONE = frozenset({404, 410})
_EVERYTHING = "posts"


class DiscourseSource:
    """Reads everything that is new on one forum, whatever the brand: its search gives parts of texts only, and matching finds ours.

    https://docs.discourse.org, "List latest posts across topics".
    """

    recheck_most = 20
    recheck_every = timedelta(hours=24)

    def __init__(self, name: str, reader: Reader, api_url: str, *, now: Callable[[], datetime], asking: Reader | None = None) -> None:
        self.name = name
        self._reader = reader
        # That a post is not there is an answer where it is asked what became of it.
        self._asking = asking or reader
        self._url = api_url.rstrip("/")
        self._host = urlsplit(self._url).netloc
        self._now = now

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:  # noqa: ARG003 - the signature is every adapter's.
        """Build the adapter that a `[[source]]` of kind discourse describes."""
        asking = Reader.of(source, accept=_GONE)
        return cls(source.name, Reader.of(source), source.options["api_url"], now=utc_now, asking=asking)

    def questions(self, brand: Brand) -> list[str]:  # noqa: ARG002 - the signature is every adapter's.
        """Return what is asked, whatever the brand."""
        return [_EVERYTHING]

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page."""
        state, _question = Turn.open(cursor).begin([_EVERYTHING])
        before = state.number(0, most=10**17 - 1)
        found = self._posts(before)
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        read = partial(self._read, brand=brand, known=self._by_place(found))
        for post in found:
            page.add(post, read)
        numbers = [number for post in found if (number := number_at(post, "id"))]
        # Below a number there may be nothing that strangers see, and more below that.
        lowest = before - STEP if before else min(numbers, default=0)
        last = int(state.mark) if state.mark.isdecimal() and len(state.mark) < 19 else 0
        following, trouble = state.step([_EVERYTHING], map(str, numbers), str(lowest) if lowest > last > 0 else "")
        if trouble:
            page.tell(trouble)
        return Batch(page.all(), following.close(), more=bool(following.turn), rejected=page.rejected)

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask for up to 20 posts by number; one that strangers see no more is gone.

        The forum must show its newest posts besides: whoever answers "not found" to everything would make everything seem deleted.
        """
        self._posts(0)
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        answered: dict[str, Mapping[str, Any]] = {}
        gone: set[str] = set()
        for name in (mention.external_id for mention in found):
            number = name.removeprefix(f"{self._url}/p/")
            if not (number.isascii() and number.isdecimal()):
                continue
            url = f"{self._url}/posts/{number}.json"
            try:
                answer = self._asking.get(url)
                if answer.status in _GONE:
                    gone.add(name)
                else:
                    answered[name] = open_object(self.name, url, answer.body)
            except AdapterError:
                if not answered and not gone:
                    raise
                break
        answered = {name: post for name, post in answered.items() if self._name(post) == name}
        return look(page, answered, partial(self._read, brand=brand, known={}), gone=gone)

    def _posts(self, before: int) -> list[Any]:
        url = f"{self._url}/posts.json{f'?before={before}' if before else ''}"
        return list_at(open_object(self.name, url, self._reader.get(url).body, "latest_posts"), "latest_posts")

    def _name(self, post: Any) -> str:
        number = number_at(post, "id")
        return f"{self._url}/p/{number}" if number else ""

    def _by_place(self, found: Sequence[Any]) -> Mapping[tuple[int, int], str]:
        """Return the names of posts by topic and place within it."""
        return {(number_at(post, "topic_id"), number_at(post, "post_number")): self._name(post) for post in found}

    def _read(self, post: Mapping[str, Any], *, brand: Brand, known: Mapping[tuple[int, int], str]) -> Mapping[str, Any]:
        """Return a forum's post as the fields of a mention; its address by number is its id, the same whatever its topic is called."""
        hidden = post.get("hidden") is True or post.get("user_deleted") is True or bool(post.get("deleted_at"))
        if hidden or number_at(post, "post_type") not in READABLE:
            raise LeftOut
        topic, place, handle = number_at(post, "topic_id"), number_at(post, "post_number"), text_at(post, "username").strip()
        title = clean(text_at(post, "topic_title")).strip() if place == 1 else ""
        parts = (title, html_to_text(text_at(post, "cooked")) or clean(text_at(post, "raw")).strip())
        return {
            "external_id": self._name(post),
            "author": f"@{handle}@{self._host}" if handle else "",
            "author_name": text_at(post, "name"),
            "text": "\n\n".join(part for part in parts if part),
            "url": f"{self._url}/t/{topic}/{place}" if topic and place else self._name(post),
            "posted_at": text_at(post, "created_at"),
            "community": self._host,
            "own_channel": self._host.casefold() in {name.casefold() for name in brand.own_communities},
            "parent_id": known.get((topic, number_at(post, "reply_to_post_number")), ""),
            "ours": is_ours(handle, brand, f"@{handle}@{self._host}"),
        }

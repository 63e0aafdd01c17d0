"""Reads issues and pull requests on a server of Forgejo or Gitea, such as Codeberg, through its search, one page at each fetch."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from monitor.contracts import AdapterError, Batch, RateLimited, Recheck, Unavailable
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.answers import LeftOut, Page, is_ours, mark_of, moment_from, moment_of, number_at, open_list, open_object, text_at
from monitor.sources.looks import look
from monitor.sources.turns import Turn, phrases
from monitor.sources.web import Reader, shown, utc_now
from monitor.text import clean

NETWORK = "forgejo"
PAGE = 50
"""Issues on a page, the most that a server gives unless its owner says otherwise. https://forgejo.org/docs/latest/user/api-usage/"""
OVERLAP = 600
"""Seconds before the last issue that are read again: the search may know one a little later."""
_KINDS: Mapping[str, str] = {"issue": "issues", "pull-request": "pulls"}
_PLACE = re.compile(r"https?://[^?#]{1,300}/([\w.-]{1,100})/([\w.-]{1,100})/(?:issues|pulls)/(\d{1,12})\Z")
"""The address of an issue or a pull request, as people open it."""
_GHOST = "ghost"
"""Who wrote what an account wrote that is no more."""
_GONE = frozenset({404, 410})


class ForgejoSource:
    """Asks one server for each of the brand's terms, for issues and then for pull requests, newest first."""

    recheck_most = 10
    """One request each: a minute's looks at such a server, which people run in their spare time, are sixty at most."""
    recheck_every = timedelta(hours=24)

    def __init__(self, name: str, reader: Reader, api_url: str, *, now: Callable[[], datetime], asking: Reader | None = None) -> None:
        self.name = name
        self._reader = reader
        # That an issue is not there is an answer where it is asked what became of it.
        self._asking = asking or reader
        self._url = api_url.rstrip("/")
        self._host = urlsplit(self._url).netloc
        self._now = now

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:  # noqa: ARG003 - the signature is every adapter's.
        """Build the adapter that a `[[source]]` of kind forgejo describes."""
        asking = Reader.of(source, accept=_GONE)
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
        since = moment_from(state.mark)
        number = state.number(1)
        asked: dict[str, Any] = {"q": phrase, "type": _KINDS[kind], "state": "all", "limit": PAGE, "page": number}
        if since:
            # The server means the last change, which comes after the writing: what is written since is all among it.
            asked["since"] = (since - timedelta(seconds=OVERLAP)).strftime("%Y-%m-%dT%H:%M:%SZ")
        url = f"{self._url}/api/v1/repos/issues/search?{urlencode(asked)}"
        found = open_list(self.name, url, self._reader.get(url).body)
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        for issue in found:
            page.add(issue, partial(self._read, brand=brand))
        moments = [moment for issue in found if (moment := moment_of(text_at(issue, "created_at"), page.now))]
        # A server may give fewer on a page than it is asked for, so only an empty one is the last.
        further = str(number + 1) if since and found else ""
        following, trouble = state.step(questions, map(mark_of, moments), further)
        if trouble:
            page.tell(f"{trouble}: {question}")
        return Batch(page.all(), following.close(), more=bool(following.turn), rejected=page.rejected)

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask for up to 10 issues where they stand; one that strangers find no more is gone, and so is what a deleted account wrote.

        Where one is not found the server must say besides what it is: whoever answers "not found" to everything says nothing.
        """
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        answered: dict[str, Mapping[str, Any]] = {}
        gone: set[str] = set()
        trouble: AdapterError | None = None
        for mention in found:
            place = _PLACE.match(mention.url)
            if place is None or not mention.external_id.startswith(f"{self._url}/"):
                continue
            url = f"{self._url}/api/v1/repos/{place[1]}/{place[2]}/issues/{place[3]}"
            try:
                answer = self._asking.get(url)
                issue = {} if answer.status in _GONE else open_object(self.name, url, answer.body)
            except AdapterError as error:
                trouble = trouble or error
                if isinstance(error, RateLimited):
                    break
                continue
            if answer.status in _GONE or (self._name(issue) == mention.external_id and _has_left(issue, mention)):
                gone.add(mention.external_id)
            elif self._name(issue) == mention.external_id:
                answered[mention.external_id] = issue
        if trouble is not None and not answered and not gone:
            raise trouble
        if gone:
            url = f"{self._url}/api/v1/version"
            if not text_at(open_object(self.name, url, self._reader.get(url).body), "version"):
                raise Unavailable(f"{self.name}: {shown(url)} does not say what it is")
        return look(page, answered, partial(self._read, brand=brand), gone=gone)

    def _name(self, issue: Any) -> str:
        """Return the name of an issue: its number on the whole server, which stays when its repository is renamed."""
        number = number_at(issue, "id")
        return f"{self._url}/#{number}" if number else ""

    def _read(self, issue: Mapping[str, Any], *, brand: Brand) -> Mapping[str, Any]:
        """Return an issue or a pull request as the fields of a mention."""
        # What was brought over from another service names who wrote it there; its user only brought it.
        login, elsewhere = text_at(issue, "user", "login").strip(), text_at(issue, "original_author").strip()
        handle = elsewhere or (f"@{login}@{self._host}" if login else "")
        repository = text_at(issue, "repository", "full_name")
        if text_at(issue, "user", "visibility") == "private":
            raise LeftOut
        ours = {name.casefold() for name in brand.own_communities}
        names = {repository.casefold(), repository.partition("/")[0].casefold(), self._host.casefold()} - {""}
        parts = (clean(text_at(issue, "title")).strip(), clean(text_at(issue, "body")).strip())
        return {
            "external_id": self._name(issue),
            "author": handle,
            "author_name": "" if elsewhere else text_at(issue, "user", "full_name"),
            "text": "\n\n".join(part for part in parts if part),
            "url": text_at(issue, "html_url"),
            "posted_at": text_at(issue, "created_at"),
            "community": repository,
            "own_channel": bool(names & ours),
            "ours": not elsewhere and is_ours(login, brand, handle),
        }


def _has_left(issue: Mapping[str, Any], mention: Mention) -> bool:
    """Say whether who wrote an issue had an account when it was read, and has none any more."""
    return text_at(issue, "user", "login").casefold() == _GHOST and not mention.author.handle.casefold().startswith(f"@{_GHOST}@")

"""Reads issues and pull requests on GitHub through its search, with a token their comments and discussions too; a page at each fetch."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Self
from urllib.parse import urlencode

from monitor.contracts import Batch, Rejected
from monitor.domain import Brand
from monitor.settings import Settings, SourceSettings
from monitor.sources.answers import (
    LeftOut,
    Page,
    check_keeps_secrets,
    error_words,
    is_ours,
    list_at,
    mapping_at,
    mark_of,
    moment_from,
    moment_of,
    open_object,
    text_at,
)
from monitor.sources.turns import Turn, phrases
from monitor.sources.web import Reader, shown
from monitor.text import clean

NETWORK = "github"
API_URL = "https://api.github.com"
TOKEN = "GITHUB_READ_TOKEN"  # noqa: S105 - the name of the variable, not what is in it.
PAGE = 50
COMMENTED = 5
"""Issues on a page of those whose comments name a term: each comment found takes a request of its own."""
COMMENTS = 15
"""Comments looked up in one fetch at most."""
OVERLAP = 600
_DISCUSSIONS = """query($q: String!, $after: String) { search(query: $q, type: DISCUSSION, first: 50, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes { ... on Discussion { id url title body createdAt author { login } repository { nameWithOwner } } } } }"""
_ADVICE: Mapping[int, str] = {
    401: f"it does not accept our token; make a new one that may read public repositories, and put it into {TOKEN}",
    422: "it does not understand what we search for; check the brand's terms",
}


class GitHubSource:
    """Asks for each term: issues, pull requests, and with a token comments and discussions, newest first. Bots are left out."""

    def __init__(self, name: str, reader: Reader, api_url: str = API_URL, *, now: Callable[[], datetime], token: str = "") -> None:
        self.name = name
        self._reader = reader
        self._url = api_url.rstrip("/")
        self._now = now
        self._token = token

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind github describes; raises Rejected where a token would not be safe."""
        now: Callable[[], datetime] = partial(datetime.now, UTC)
        reader = Reader(source.name, now=now, allow_private=source.options.get("allow_private", ()), advice=_ADVICE)
        token = settings.environment.get(TOKEN, "")
        url = source.options.get("api_url") or API_URL
        return cls(source.name, reader, check_keeps_secrets(source.name, url) if token else url, now=now, token=token)

    def questions(self, brand: Brand) -> list[str]:
        """Return what is asked for a brand, in order."""
        kinds = ("issue", "pull-request", *(("comments", "discussions") if self._token else ()))
        return [f"{kind}:{phrase}" for phrase in phrases(brand) for kind in kinds]

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one question."""
        state = Turn.open(cursor)
        questions = self.questions(brand)
        if not questions:
            return Batch((), state.close())
        state, question = state.begin(questions)
        kind, _, phrase = question.partition(":")
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        since = moment_from(state.mark)
        edge = (since - timedelta(seconds=OVERLAP)).strftime("%Y-%m-%dT%H:%M:%SZ") if since else ""
        if kind == "discussions":
            found, further = self._discussions(phrase, edge, state.page)
            for one in found:
                page.add(one, lambda one: _read_discussion(one, brand))
            moments = [moment_of(text_at(one, "createdAt"), page.now) for one in found]
        else:
            found, further = self._issues(kind, phrase, edge, state.page)
            if kind == "comments":
                self._add_comments(found, page)
            else:
                for one in found:
                    page.add(one, lambda one: _read(one, brand))
            moments = [moment_of(text_at(one, "updated_at" if kind == "comments" else "created_at"), page.now) for one in found]
        following, trouble = state.step(questions, [mark_of(moment) for moment in moments if moment], further)
        if trouble:
            page.tell(f"{trouble}: {question}")
        return Batch(page.all(), following.close(), more=bool(following.turn), rejected=page.rejected)

    def _issues(self, kind: str, phrase: str, edge: str, page: str) -> tuple[list[Any], str]:
        """Return a page of issues or pull requests and where it goes on. https://docs.github.com/en/rest/search/search"""
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 1
        commented = kind == "comments"
        words = [f'"{phrase}"', "in:comments is:issue" if commented else f"in:title,body is:{kind}"]
        if edge:
            words.append(f"{'updated' if commented else 'created'}:>={edge}")
        size = COMMENTED if commented else PAGE
        asked = {"q": " ".join(words), "sort": "updated" if commented else "created", "order": "desc", "per_page": size, "page": number}
        url = f"{self._url}/search/issues?{urlencode(asked)}"
        found = list_at(self._get(url, "items", "text-match+json" if commented else "json"), "items")
        return found, str(number + 1) if len(found) >= size and (number + 1) * size <= 1_000 else ""

    def _add_comments(self, issues: list[Any], page: Page) -> None:
        """Add the comments for which issues were found; what was deleted meanwhile is left out."""
        urls: dict[str, Mapping[str, Any]] = {}
        for issue in issues:
            for match in list_at(issue, "text_matches"):
                url = text_at(match, "object_url")
                if text_at(match, "object_type") == "IssueComment" and url.startswith(f"{self._url}/repos/"):
                    urls[url] = issue
        for url, issue in list(urls.items())[:COMMENTS]:
            try:
                found = self._get(url, "", "json")
            except Rejected as error:
                if "answered 404" in str(error) or "answered 410" in str(error):
                    continue
                raise
            page.add(found, lambda found, issue=issue: {**_read(found, page.brand), **_under(issue, page.brand)})  # type: ignore[misc]
        if len(urls) > COMMENTS:
            page.tell(f"{len(urls) - COMMENTS} comments more than {COMMENTS} were found at once, and are not read")

    def _discussions(self, phrase: str, edge: str, after: str) -> tuple[list[Any], str]:
        """Return a page of discussions and where it goes on; only GraphQL knows them."""
        words = f'"{phrase}" sort:created-desc{f" created:>={edge}" if edge else ""}'
        url = f"{self._url.removesuffix('/v3')}/graphql"
        asked = json.dumps({"query": _DISCUSSIONS, "variables": {"q": words, "after": after or None}}).encode()
        found = open_object(
            self.name, url, self._reader.post(url, asked, self._headers("json") | {"Content-Type": "application/json"}).body
        )
        search = mapping_at(found, "data", "search")
        if not isinstance(search.get("nodes"), list):
            told = error_words(found)
            raise Rejected(f"{self.name}: {shown(url)} does not let us search discussions{f': {told}' if told else ''}")
        info = mapping_at(search, "pageInfo")
        return list_at(search, "nodes"), text_at(info, "endCursor")[:500] if info.get("hasNextPage") is True else ""

    def _get(self, url: str, listed: str, media: str) -> Mapping[str, Any]:
        return open_object(self.name, url, self._reader.get(url, self._headers(media)).body, listed)

    def _headers(self, media: str) -> dict[str, str]:
        headers = {"Accept": f"application/vnd.github.{media}" if media != "json" else "application/vnd.github+json"}
        return headers | ({"Authorization": f"Bearer {self._token}"} if self._token else {})


def _read(found: Mapping[str, Any], brand: Brand) -> Mapping[str, Any]:
    """Return an issue, a pull request or a comment as the fields of a mention. https://docs.github.com/en/rest/issues"""
    if text_at(found, "user", "type") == "Bot":
        raise LeftOut
    login = text_at(found, "user", "login")
    return {
        "external_id": text_at(found, "node_id"),
        "author": login,
        "text": _text(found),
        "url": text_at(found, "html_url"),
        "posted_at": text_at(found, "created_at"),
        "ours": is_ours(login, brand),
        **_within(_repository(found), brand),
    }


def _read_discussion(found: Mapping[str, Any], brand: Brand) -> Mapping[str, Any]:
    """Return a discussion, as GraphQL gives it, as the fields of a mention. https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions"""
    login = text_at(found, "author", "login")
    return {
        "external_id": text_at(found, "id"),
        "author": login,
        "text": _text(found),
        "url": text_at(found, "url"),
        "posted_at": text_at(found, "createdAt"),
        "ours": is_ours(login, brand),
        **_within(text_at(found, "repository", "nameWithOwner"), brand),
    }


def _text(found: Mapping[str, Any]) -> str:
    parts = (clean(text_at(found, "title")).strip(), clean(text_at(found, "body")).strip())
    return "\n\n".join(part for part in parts if part)


def _under(issue: Mapping[str, Any], brand: Brand) -> Mapping[str, Any]:
    """Return what the issue tells of a comment under it."""
    return {"parent_id": text_at(issue, "node_id"), **_within(_repository(issue), brand)}


def _repository(found: Mapping[str, Any]) -> str:
    return text_at(found, "repository_url").partition("/repos/")[2]


def _within(repository: str, brand: Brand) -> Mapping[str, Any]:
    ours = {name.casefold() for name in brand.own_communities}
    names = {repository.casefold(), repository.casefold().partition("/")[0]} - {""}
    return {"community": repository, "own_channel": bool(names & ours)}

"""Reads issues and pull requests on GitHub through its search, with a token their comments and discussions too; a page at each fetch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self
from urllib.parse import urlencode

from monitor.contracts import AdapterError, Batch, RateLimited, Recheck, Rejected, Unavailable
from monitor.domain import Brand, Mention
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
from monitor.sources.looks import look
from monitor.sources.statuses import WAIT, read_reset
from monitor.sources.turns import Turn, phrases
from monitor.sources.web import Reader, shown, utc_now
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
_NODES = """query($ids: [ID!]!) { nodes(ids: $ids) { __typename
  ... on Issue { id url title body createdAt lastEditedAt author { login } repository { nameWithOwner } }
  ... on PullRequest { id url title body createdAt lastEditedAt author { login } repository { nameWithOwner } }
  ... on Discussion { id url title body createdAt lastEditedAt author { login } repository { nameWithOwner } }
  ... on IssueComment { id url body createdAt lastEditedAt author { login } repository { nameWithOwner } } } }"""
_TEXTS = frozenset({"Issue", "PullRequest", "Discussion", "IssueComment"})
_PLACE = re.compile(r"https?://[^/?#]{1,253}/([\w.-]{1,100})/([\w.-]{1,100})/(?:issues|pull)/(\d{1,12})(?:#issuecomment-(\d{1,15}))?\Z")
"""The address of an issue, a pull request or a comment, as people open it."""
_GHOST = "ghost"
"""Who wrote what an account wrote that is no more. https://docs.github.com/en/account-and-profile/concepts/account-management"""
_GONE = frozenset({404, 410})
_MANY, _FEW = 100, 20
"""So many texts one question may name, and so many are asked for one by one without a token: 60 requests an hour are allowed then."""
_ADVICE: Mapping[int, str] = {
    401: f"it does not accept our token; make a new one that may read public repositories, and put it into {TOKEN}",
    422: "it does not understand what we search for; check the brand's terms",
}


class GitHubSource:
    """Asks for each term: issues, pull requests, and with a token comments and discussions, newest first. Bots are left out."""

    recheck_every = timedelta(hours=24)

    def __init__(
        self,
        name: str,
        reader: Reader,
        api_url: str = API_URL,
        *,
        now: Callable[[], datetime],
        token: str = "",
        asking: Reader | None = None,
    ) -> None:
        self.name = name
        self.recheck_most = _MANY if token else _FEW
        self._reader = reader
        # That a text is not there is an answer where it is asked what became of it.
        self._asking = asking or reader
        self._url = api_url.rstrip("/")
        self._now = now
        self._token = token

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind github describes; raises Rejected where a token would not be safe."""
        reader, asking = (Reader.of(source, advice=_ADVICE, accept=accept) for accept in ((), _GONE))
        token = settings.environment.get(TOKEN, "")
        url = source.options.get("api_url") or API_URL
        return cls(source.name, reader, check_keeps_secrets(source.name, url) if token else url, now=utc_now, token=token, asking=asking)

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

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask for up to 100 texts by id at once; without a token for up to 20, one by one, where they stand.

        One that GitHub does not find is gone: deleted, or made private with all around it. So is what an account wrote that is no more.
        """
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        known = {mention.external_id: mention for mention in found}
        answered, gone = self._nodes(list(known)) if self._token else self._one_by_one(known)
        gone |= {name for name, node in answered.items() if _is_by_nobody(node) and known[name].author.handle != _GHOST}
        looked = look(page, answered, partial(_read_node, brand=brand), gone=gone)
        there = {name: text if _may_differ(answered[name], known[name]) else "" for name, text in looked.there.items() if name not in gone}
        return Recheck(there, looked.gone)

    def _nodes(self, names: list[str]) -> tuple[dict[str, Mapping[str, Any]], set[str]]:
        """Return the texts that have these ids, and the ids of those that GitHub says it does not find. https://docs.github.com/en/graphql/reference/queries"""
        url = f"{self._url.removesuffix('/v3')}/graphql"
        found = self._graphql(url, _NODES, {"ids": names})
        nodes = list_at(found, "data", "nodes")
        if len(nodes) != len(names):
            told = error_words(found)
            raise Unavailable(f"{self.name}: {shown(url)} does not say what became of what was asked{f': {told}' if told else ''}")
        places = [list_at(error, "path") for error in list_at(found, "errors") if text_at(error, "type") == "NOT_FOUND"]
        missing = {place[1] for place in places if len(place) == 2 and place[0] == "nodes" and type(place[1]) is int}
        answered = {name: node for name, node in zip(names, nodes, strict=True) if text_at(node, "__typename") in _TEXTS}
        return answered, {name for number, name in enumerate(names) if number in missing and nodes[number] is None}

    def _one_by_one(self, known: Mapping[str, Mention]) -> tuple[dict[str, Mapping[str, Any]], set[str]]:
        """Return the texts that stand at their addresses, and the ids of those that do not.

        Where something is not found, GitHub must say besides who it is: whoever answers "not found" to everything says nothing.
        """
        answered: dict[str, Mapping[str, Any]] = {}
        gone: set[str] = set()
        trouble: AdapterError | None = None
        for name, mention in known.items():
            place = _PLACE.match(mention.url)
            if place is None:
                continue
            url = f"{self._url}/repos/{place[1]}/{place[2]}/issues/{f'comments/{place[4]}' if place[4] else place[3]}"
            try:
                answer = self._asking.get(url, self._headers("json"))
                if answer.status in _GONE:
                    gone.add(name)
                elif text_at(found := open_object(self.name, url, answer.body), "node_id") == name:
                    answered[name] = found
            except AdapterError as error:
                trouble = trouble or error
                if isinstance(error, RateLimited):
                    break
        if trouble is not None and not answered and not gone:
            raise trouble
        if gone and not isinstance(self._get(f"{self._url}/meta", "", "json").get("verifiable_password_authentication"), bool):
            raise Unavailable(f"{self.name}: {shown(self._url)} does not say that it is GitHub")
        return answered, gone

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
        found = self._graphql(url, _DISCUSSIONS, {"q": words, "after": after or None})
        search = mapping_at(found, "data", "search")
        if not isinstance(search.get("nodes"), list):
            told = error_words(found)
            raise Rejected(f"{self.name}: {shown(url)} does not let us search discussions{f': {told}' if told else ''}")
        info = mapping_at(search, "pageInfo")
        return list_at(search, "nodes"), text_at(info, "endCursor")[:500] if info.get("hasNextPage") is True else ""

    def _graphql(self, url: str, query: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        asked = json.dumps({"query": query, "variables": variables}).encode()
        answer = self._reader.post(url, asked, self._headers("json") | {"Content-Type": "application/json"})
        found = open_object(self.name, url, answer.body)
        if any(text_at(error, "type") == "RATE_LIMITED" for error in list_at(found, "errors")):
            retry_at = read_reset(answer.headers, answer.at) or answer.at + WAIT
            raise RateLimited(f"{self.name}: {shown(url)} asks us to wait until {retry_at:%Y-%m-%d %H:%M:%S} UTC", retry_at)
        return found

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


def _read_node(found: Mapping[str, Any], *, brand: Brand) -> Mapping[str, Any]:
    """Return a text as the fields of a mention, by whichever of GitHub's two ways it was asked for; GraphQL knows no ghost."""
    fields = _read(found, brand) if "node_id" in found else _read_discussion(found, brand)
    return {**fields, "author": fields["author"] or _GHOST}


def _is_by_nobody(found: Mapping[str, Any]) -> bool:
    """Say whether GitHub says that who wrote a text has no account any more."""
    key = "user" if "node_id" in found else "author"
    return (key in found and found[key] is None) or text_at(found, key, "login") == _GHOST


def _may_differ(found: Mapping[str, Any], mention: Mention) -> bool:
    """Say whether a text may be compared: it came by the very way by which it was read, or GitHub says that it was edited.

    Of an edited title GraphQL says nothing; it is the same words either way.
    """
    title = clean(text_at(found, "title")).strip()
    return "node_id" in found or bool(text_at(found, "lastEditedAt")) or not mention.text.startswith(title)

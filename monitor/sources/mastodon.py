"""Reads one Mastodon server through Mastodon.py: tags, what our account was told, and search where the server has one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from mastodon import Mastodon
from requests.adapters import BaseAdapter

from monitor.contracts import AdapterError, Batch, RateLimited, Recheck, Rejected, Unavailable
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.answers import (
    LeftOut,
    Page,
    check_keeps_secrets,
    is_ours,
    list_at,
    mapping_at,
    moment_of,
    open_list,
    open_object,
    text_at,
)
from monitor.sources.looks import look
from monitor.sources.statuses import spare_until
from monitor.sources.turns import Turn, order, phrases, tags
from monitor.sources.web import USER_AGENT, Reader, shown, utc_now
from monitor.text import html_to_text

NETWORK = "mastodon"
TOKEN = "MASTODON_READ_TOKEN"  # noqa: S105 - the name of the variable, not what is in it.
PAGE = 40
"""Statuses on a page, the most that a server gives. https://docs.joinmastodon.org/methods/timelines/#tag"""
OVERLAP = 3_600_000 << 16
"""An hour in Mastodon's ids, which begin with milliseconds: a status from elsewhere gets the id of when it was written, and comes later."""
_SNOWFLAKES = 1 << 50
"""Ids above this hold a time; those of notifications, and of other software, are plain numbers or words."""

_STATUS = re.compile(r"(https?://([^/?#]{1,253}))/(?:ap/)?users/[^/?#]{1,200}/statuses/(\d{1,30})\Z")
"""The address of a status on a server of Mastodon, with the server and the number there."""
_GONE = frozenset({404, 410})
_PUBLIC = frozenset({"public", "unlisted"})
_WISHES = re.compile(r"#(?:nobots?|noindex|noarchive)(?![\w])", re.IGNORECASE)
"""What people write in their profile who do not want programs to read them."""
_ADVICE: Mapping[int, str] = {
    401: f"it shows this only to accounts of its own; make an application there with the scope read, and put its token into {TOKEN}",
    403: "our token may not read this; it needs the scope read",
    404: "this is no Mastodon server; api_url must be its address, such as https://mastodon.example",
    422: "it shows this only to accounts of its own; make an application there with the scope read",
}


class MastodonSource:
    """Asks one question of one server at each fetch: notifications, then each tag, then each phrase.

    Left out without a trace is what is not public, and who says in the profile not to want programs (`noindex`, #nobot), unless
    they speak to us. Search is asked with a token only; a server without one finds nothing or refuses, and the rest goes on.
    """

    recheck_most = 20
    recheck_every = timedelta(hours=24)

    def __init__(
        self,
        name: str,
        client: Mastodon,
        *,
        now: Callable[[], datetime],
        more_tags: Iterable[str] = (),
        account_is_brands: bool = False,
        reader: Reader | None = None,
    ) -> None:
        self._reader = reader
        self.name = name
        self._client = client
        self._now = now
        self._url = str(client.api_base_url)
        self._more_tags = tuple(more_tags)
        self._account_is_brands = account_is_brands

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind mastodon describes; raises Rejected where a token would not be safe."""
        reader = Reader.of(source, advice=_ADVICE)
        token = settings.environment.get(source.options.get("token_name") or TOKEN, "")
        url = str(source.options["api_url"]).rstrip("/")
        client = make_client(check_keeps_secrets(source.name, url) if token else url, token, reader)
        brands = source.brands or tuple(brand.id for brand in settings.brands)
        stranger = Reader.of(source, accept=_GONE)
        tags_too = source.options.get("tags", ())
        return cls(source.name, client, now=utc_now, more_tags=tags_too, account_is_brands=len(brands) == 1, reader=stranger)

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one question."""
        state = Turn.open(cursor)
        questions = self.questions(brand)
        if not questions:
            return Batch((), state.close())
        state, question = state.begin(questions)
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        try:
            found = self._ask(question, state.page)
        except Rejected as error:
            if not question.startswith("search:"):
                raise
            page.tell(f"its search is not for us, and is left out: {error}")
            return self._batch(page, state.skip(questions), "")
        parents = {text_at(one, "id"): text_at(one, "uri") for one in map(_status_in, found)}
        told = question == "notifications"
        community = question.removeprefix("tag:") if question.startswith("tag:") else ""
        for one in found:
            page.add(_status_in(one), lambda status: self._read(status, brand, parents, community, told=told))
        # The library's own ids refuse to be compared with what is no number; as plain text every mark has an order.
        marks = [str(mark) for one in found if 0 < len(mark := text_at(one, "id")) <= 64]
        oldest = min(marks, key=order, default="")
        further = bool(oldest) and order(oldest) > order(_before(state.mark)) and (not state.page or order(oldest) < order(state.page))
        return self._batch(page, *state.step(questions, marks, oldest if further else ""))

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask our server for its own statuses at once, and the server of each other one for that alone; up to 20 together.

        A copy on our server may outlive the original, so who wrote it elsewhere is asked there, without our token. A server that has
        few requests left for us is asked no more in this look: reading comes first.
        """
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        known = {mention.external_id: mention for mention in found}
        numbers = {uri: number for uri in known if (number := self._own_number(uri))}
        answered: dict[str, Mapping[str, Any]] = {}
        gone: set[str] = set()
        spent: dict[str, datetime] = {}
        if numbers:
            statuses = self._own(list(numbers.values()))
            if statuses is None:
                for uri, number in numbers.items():
                    if (one := self._own_alone(number, spent)) is None:
                        gone.add(uri)
                    else:
                        answered[uri] = one
            by_number = {text_at(status, "id"): status for status in statuses or () if isinstance(status, Mapping)}
            answered |= {uri: by_number[number] for uri, number in numbers.items() if number in by_number}
        # What our server leaves out of a list is asked for by itself: only a plain "not found" says that it is gone.
        for uri in known.keys() - answered.keys() - gone:
            status = self._elsewhere(uri, spent)
            if status is None:
                gone.add(uri)
            elif status:
                answered[uri] = status

        def read(status: Mapping[str, Any]) -> Mapping[str, Any]:
            return self._read(status, brand, {}, "", told=known[text_at(status, "uri")].mentions_us)

        answered = {uri: status for uri, status in answered.items() if text_at(status, "uri") == uri}
        looked = look(page, answered, read, gone=gone)
        # Servers render one text a little differently; the network says itself of a text that it was changed.
        there = {uri: text if answered[uri].get("edited_at") else "" for uri, text in looked.there.items()}
        return replace(looked, there=there, again_at=spent.get(urlsplit(self._url).netloc.casefold()))

    def _own_alone(self, number: str, spent: dict[str, datetime]) -> Mapping[str, Any] | None:
        """Return a status of our own server, with our token; None where it is gone, empty where that cannot be told."""
        token = self._client.access_token
        return self._alone(f"{self._url}/api/v1/statuses/{number}", {"Authorization": f"Bearer {token}"} if token else {}, spent)

    def _alone(self, url: str, headers: Mapping[str, str], spent: dict[str, datetime]) -> Mapping[str, Any] | None:
        """Return the object at an address: None where it is gone, empty where that cannot be told, or its server is to be spared."""
        host = urlsplit(url).netloc.casefold()
        if self._reader is None or host in spent:
            return {}
        try:
            answer = self._reader.get(url, headers)
            if (until := spare_until(answer.headers, answer.at)) is not None:
                spent[host] = until
            return None if answer.status in _GONE else open_object(self.name, url, answer.body)
        except AdapterError as error:
            # Its server is away, or tells strangers nothing; one server's trouble is no trouble of the others.
            if isinstance(error, RateLimited):
                spent[host] = error.retry_at
            return {}

    def _own(self, numbers: list[str]) -> list[Any] | None:
        """Return statuses of our own server; None where it cannot be asked for several, as before Mastodon 4.3.

        Where it says that it knows no such question, it must say besides that it is a server of this kind: whoever answers "not
        found" to everything would else make everything seem deleted.
        """
        try:
            return self._call(lambda: self._client.statuses(numbers))
        except Rejected as error:
            if "answered 404" not in str(error) or self._reader is None:
                raise
            url = f"{self._url}/api/v1/instance"
            answer = self._reader.get(url)
            if answer.status != 200 or not text_at(open_object(self.name, url, answer.body), "version"):
                raise
            return None

    def _own_number(self, uri: str) -> str:
        """Return the number of a status of our own server, "" for any other."""
        place = _STATUS.match(uri)
        return place[3] if place and place[2].casefold() == urlsplit(self._url).netloc.casefold() else ""

    def _elsewhere(self, uri: str, spent: dict[str, datetime]) -> Mapping[str, Any] | None:
        """Return a status as its own server gives it: None where it is gone, empty where that cannot be told."""
        place = _STATUS.match(uri)
        if place:
            return self._alone(f"{place[1]}/api/v1/statuses/{place[3]}", {}, spent)
        if not uri.startswith(("https://", "http://")):
            return {}
        return None if self._alone(uri, {"Accept": "application/activity+json"}, spent) is None else {}

    def _batch(self, page: Page, following: Turn, trouble: str) -> Batch:
        if trouble:
            page.tell(trouble)
        return Batch(page.all(), following.close(), more=bool(following.turn), rejected=page.rejected)

    def questions(self, brand: Brand) -> list[str]:
        """Return what is asked for a brand, in order."""
        by_tag = [f"tag:{tag}" for tag in tags(brand, self._more_tags)]
        if not self._client.access_token:
            return by_tag
        return ["notifications", *by_tag, *(f"search:{phrase}" for phrase in phrases(brand))]

    def _ask(self, question: str, before: str) -> list[Any]:
        kind, _, words = question.partition(":")
        asked: dict[str, Any] = {"limit": PAGE, **({"max_id": before} if before else {})}

        def ask() -> Any:
            if kind == "tag":
                return self._client.timeline_hashtag(words, **asked)
            if kind == "notifications":
                return self._client.notifications(types=["mention", "quote"], **asked)
            answer = self._client.search_v2(f'"{words}"', result_type="statuses", resolve=False, exclude_unreviewed=False, **asked)
            return answer["statuses"]

        return self._call(ask)

    def _call(self, ask: Callable[[], Any]) -> list[Any]:
        """Return the list that the server answered; raises the three errors."""
        try:
            found = ask()
        except Exception as error:  # noqa: BLE001 - whatever the library makes of a strange answer is one of three errors.
            told = _adapter_error(error)
            if told is not None:
                raise told from None
            raise Unavailable(f"{self.name}: {shown(self._url)} answered something that cannot be understood") from None
        if not isinstance(found, list):
            raise Unavailable(f"{self.name}: {shown(self._url)} answered something else than a list of statuses")
        return found

    def _read(
        self, status: Mapping[str, Any], brand: Brand, parents: Mapping[str, str], community: str, *, told: bool
    ) -> Mapping[str, Any]:
        """Return Mastodon's status as the fields of a mention. https://docs.joinmastodon.org/entities/Status/"""
        account = mapping_at(status, "account")
        named = [one for one in list_at(status, "mentions") if isinstance(one, Mapping) and self._is_ours(one, brand)]
        to_us = bool(named) or (told and self._account_is_brands)
        if text_at(status, "visibility") not in _PUBLIC or (_wants_no_programs(account) and not to_us):
            raise LeftOut
        warning, content = text_at(status, "spoiler_text").strip(), html_to_text(text_at(status, "content"))
        parent = text_at(status, "in_reply_to_id")
        return {
            "external_id": uri if ":" in (uri := text_at(status, "uri")) else "",
            "author": self._handle(account),
            "author_name": text_at(account, "display_name"),
            "text": f"{warning}\n{content}" if warning else content,
            "url": text_at(status, "url") or text_at(status, "uri"),
            "posted_at": moment_of(status.get("created_at"), self._now()),
            "language": text_at(status, "language"),
            "mentions_us": to_us,
            "own_channel": bool(parent) and text_at(status, "in_reply_to_account_id") in {text_at(one, "id") for one in named},
            "community": _community(status, community, brand),
            "parent_id": parents.get(parent) or (f"{self._url}/api/v1/statuses/{parent}" if parent else ""),
            "ours": self._is_ours(account, brand),
        }

    def _handle(self, account: Mapping[str, Any]) -> str:
        """Return a handle with its server; an account of the server that we ask comes without."""
        acct = text_at(account, "acct").strip().lstrip("@")
        if not acct or "@" in acct:
            return f"@{acct}" if acct else ""
        return f"@{acct}@{urlsplit(text_at(account, 'url')[:2_000].strip()).netloc if _is_web(account) else urlsplit(self._url).netloc}"

    def _is_ours(self, account: Mapping[str, Any], brand: Brand) -> bool:
        acct = text_at(account, "acct")
        return bool(acct) and is_ours(acct, brand, self._handle(account))


class _ReaderAdapter(BaseAdapter):
    """Sends what Mastodon.py asks through our own reader: bounded, guarded, once, and refused by the three errors."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """Return the answer, with no header that would make the library wait or look further."""
        url = str(request.url)
        if urlsplit(url).path.rstrip("/").endswith("/instance"):
            raise ValueError("what kind of server it is, is not needed: Mastodon.py then takes every timeline for available")
        answer = self._reader.get(url, {name: str(value) for name, value in request.headers.items()})
        # The library would take any object for an empty list, and an error inside a good answer for nothing new.
        if urlsplit(url).path.endswith("/search"):
            open_object(self._reader.name, url, answer.body, "statuses")
        else:
            open_list(self._reader.name, url, answer.body)
        response = requests.Response()
        response.status_code, response.url, response.request, response.encoding = answer.status, url, request, "utf-8"
        response.headers["Content-Type"] = answer.headers.get("content-type", "")
        response.raw = io.BytesIO(answer.body)
        return response

    def close(self) -> None:
        """Close nothing: every request has a connection of its own."""


def make_client(url: str, token: str, reader: Reader) -> Mastodon:
    """Return a client of the server at `url` that speaks through `reader`."""
    session = requests.Session()
    session.trust_env = False
    session.adapters.clear()
    session.mount("https://", _ReaderAdapter(reader))
    session.mount("http://", _ReaderAdapter(reader))
    return Mastodon(
        access_token=token or None,
        api_base_url=url,
        session=session,
        ratelimit_method="throw",
        # Said beforehand, for else the library asks for it, and without an answer calls itself until the stack is full.
        mastodon_version="4.6.0",
        version_check_mode="created",
        user_agent=USER_AGENT,
    )


def _adapter_error(error: BaseException | None) -> AdapterError | None:
    """Return our own error, which the library may have wrapped into one of its own."""
    for _ in range(5):
        if error is None or isinstance(error, AdapterError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _status_in(found: Any) -> Any:
    """Return the status of a notification or of a boost, or what was given."""
    for key in ("status", "reblog"):
        if isinstance(found, Mapping) and isinstance(found.get(key), Mapping):
            found = found[key]
    return found


def _wants_no_programs(account: Mapping[str, Any]) -> bool:
    return account.get("noindex") is True or _WISHES.search(html_to_text(text_at(account, "note"))) is not None


def _community(status: Mapping[str, Any], tag: str, brand: Brand) -> str:
    """Return the hashtag that says most: one where we never answer (T13), else the one it was read under."""
    blocked = {name.lstrip("#").casefold() for name in brand.blocked_communities}
    names = [text_at(one, "name").casefold() for one in list_at(status, "tags")]
    told = next((name for name in names if name in blocked), tag)
    return f"#{told}" if told else ""


def _is_web(account: Mapping[str, Any]) -> bool:
    try:
        return bool(urlsplit(text_at(account, "url")[:2_000].strip()).netloc)
    except ValueError:
        return False


def _before(mark: str) -> str:
    """Return the mark an hour before `mark`, where ids hold a time."""
    number = int(mark) if mark.isascii() and mark.isdecimal() and len(mark) < 30 else 0
    return str(number - OVERLAP) if number > _SNOWFLAKES else mark

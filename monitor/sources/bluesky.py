"""Reads Bluesky through atproto: what our account was told, and search for the brand's terms, one page at each fetch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Self

import httpx
from atproto_client import Client
from atproto_client.models.dot_dict import DotDict
from atproto_client.request import Request

from monitor.contracts import AdapterError, Batch, Recheck, Rejected, Unavailable
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.signins import Session, SessionFile, SignIn, session_file
from monitor.sources.answers import (
    LeftOut,
    Page,
    check_keeps_secrets,
    is_ours,
    list_at,
    mapping_at,
    mark_of,
    moment_from,
    moment_of,
    text_at,
)
from monitor.sources.blueskysessions import a_session, did_of, is_sound, renewed, tell_of_renewals
from monitor.sources.looks import look
from monitor.sources.turns import Turn, phrases
from monitor.sources.web import Reader, shown, utc_now

NETWORK = "bluesky"
API_URL = "https://bsky.social"
SECRETS = ("BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD")
PAGE = 100
OVERLAP = 3_600
"""Seconds before the last post that are read again: a post counts from when its author's program says it was written."""
WISH = "!no-unauthenticated"
"""The label by which people ask that their posts are shown to nobody outside of Bluesky. https://atproto.com/specs/label"""

_REASONS = ("mention", "reply", "quote")
_SENT_ON = frozenset({"authorization", "content-type", "accept-language"})
_ADVICE: Mapping[int, str] = {401: f"it does not accept our login; check {' and '.join(SECRETS)} (an app password, made in its settings)"}


class BlueskySource:
    """Asks for notifications first, then for each term, in a session that is kept over restarts and renewed each hour.

    Left out without a trace is who asks not to be shown outside of Bluesky, unless they speak to us.
    """

    recheck_most = 25
    recheck_every = timedelta(hours=24)

    def __init__(
        self,
        name: str,
        client: Client,
        login: tuple[str, str],
        *,
        now: Callable[[], datetime],
        place: str = API_URL,
        account_is_brands: bool = False,
        file: SessionFile | None = None,
    ) -> None:
        self.name = name
        self._client = client
        self._login = login
        self._signed = SignIn(file, renew=self._renew, sign_in=self._sign_in, is_sound=is_sound)
        self._now = now
        self._account_is_brands = account_is_brands
        self._place = place
        self._did = ""
        self._session = ""
        tell_of_renewals(client, self._keep)

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind bluesky describes; raises Rejected where its secrets are missing or not safe."""
        handle, password = (settings.environment.get(name, "") for name in SECRETS)
        if not handle or not password:
            raise Rejected(f"{source.name}: {' and '.join(SECRETS)} are needed in the environment or in .env")
        reader = Reader.of(source, advice=_ADVICE)
        url = check_keeps_secrets(source.name, source.options.get("api_url") or API_URL)
        brands = source.brands or tuple(brand.id for brand in settings.brands)
        file = session_file(settings.database_url, NETWORK, "read", url, (handle, password))
        client = make_client(url, reader)
        return cls(source.name, client, (handle, password), now=utc_now, place=shown(url), account_is_brands=len(brands) == 1, file=file)

    def questions(self, brand: Brand) -> list[str]:
        """Return what is asked for a brand, in order."""
        return ["notifications", *(f"search:{phrase}" for phrase in phrases(brand))]

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one question."""
        state = Turn.open(cursor)
        questions = self.questions(brand)
        state, question = state.begin(questions)
        told = question == "notifications"
        since = moment_from(state.mark)
        asked: dict[str, Any] = {"limit": PAGE, **({"cursor": state.page} if state.page else {})}
        if told:
            answer = self._ask("app.bsky.notification.listNotifications", asked | {"reasons": list(_REASONS)}, "notifications")
        else:
            asked |= {"q": f'"{question.removeprefix("search:")}"', "sort": "latest"}
            if since:
                asked["since"] = (since - timedelta(seconds=OVERLAP)).strftime("%Y-%m-%dT%H:%M:%SZ")
            answer = self._ask("app.bsky.feed.searchPosts", asked, "posts")
        found = list_at(answer, "notifications" if told else "posts")
        page = Page(self._place, NETWORK, brand, self.name, self._now())
        for one in found:
            if not told or text_at(one, "reason") in _REASONS:
                page.add(one, lambda one: self._read(one, brand, told=told))
        moments = [moment for one in found if (moment := _moment(one, page.now, indexed=told))]
        further = bool(found) and text_at(answer, "cursor") not in ("", state.page)
        if told and since and moments and min(moments) < since:
            further = False
        following, trouble = state.step(questions, map(mark_of, moments), text_at(answer, "cursor")[:1_000] if further else "")
        if trouble:
            page.tell(f"{trouble}: {question}")
        return Batch(page.all(), following.close(), more=bool(following.turn), rejected=page.rejected)

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask for up to 25 posts by address; one that is not answered is gone. https://docs.bsky.app/docs/api/app-bsky-feed-get-posts"""
        names = {mention.external_id: mention for mention in found}
        posts = list_at(self._ask("app.bsky.feed.getPosts", {"uris": list(names)}, "posts"), "posts")
        if not all(text_at(post, "uri") for post in posts):
            raise Unavailable(f"{self.name}: {self._place} does not say plainly which of the posts are there")
        answered = {uri: post for post in posts if (uri := text_at(post, "uri")) in names}
        page = Page(self._place, NETWORK, brand, self.name, self._now())

        def read(post: Mapping[str, Any]) -> Mapping[str, Any]:
            return self._read(post, brand, told=names[text_at(post, "uri")].mentions_us)

        return look(page, answered, read, gone=set(names) - {text_at(post, "uri") for post in posts})

    def _ask(self, method: str, asked: Mapping[str, Any], listed: str) -> Mapping[str, Any]:
        """Return what a method answered, in a session that was kept, renewed, or signed in for."""
        session, fresh = None, True
        try:
            session, fresh = self._signed.session(self._now())
            if session.text != self._session:
                self._use(session.text)
            found: Any = self._client.invoke_query(method, params=DotDict(asked)).content
        except Rejected as error:
            if session is None or fresh:
                raise
            self._signed.refuse(session)
            raise Unavailable(f"{self.name}: our session is not accepted any more, and we renew it the next time ({error})") from None
        except AdapterError:
            raise
        except Exception:  # noqa: BLE001 - whatever the library makes of a strange answer is one of three errors.
            raise Unavailable(f"{self.name}: {self._place} answered something that cannot be understood") from None
        if not isinstance(found, Mapping) or not isinstance(found.get(listed), list):
            raise Unavailable(f"{self.name}: {self._place} answered something else than a list of posts")
        return found

    def _keep(self, text: str) -> None:
        self._session = text
        self._signed.take(a_session(text, self._now()))

    def _use(self, text: str) -> None:
        self._client.login(session_string=text, fetch_bsky_profile=False)
        self._session, self._did = text, did_of(text)

    def _sign_in(self) -> Session:
        self._client.login(*self._login, fetch_bsky_profile=False)
        return a_session(self._client.export_session_string(), self._now())

    def _renew(self, text: str) -> Session:
        return a_session(renewed(self._client, text), self._now())

    def _read(self, found: Mapping[str, Any], brand: Brand, *, told: bool) -> Mapping[str, Any]:
        """Return Bluesky's view of a post, or a notification of one, as the fields of a mention."""
        author, record = mapping_at(found, "author"), mapping_at(found, "record")
        uri, handle = text_at(found, "uri"), text_at(author, "handle")
        parent = text_at(record, "reply", "parent", "uri")
        quoted = text_at(record, "embed", "record", "uri") or text_at(record, "embed", "record", "record", "uri")
        ours = bool(self._did) and self._account_is_brands
        to_us = ours and (told or self._did in _named(record) or quoted.startswith(f"at://{self._did}/"))
        if _asks_for_privacy(author) and not to_us:
            raise LeftOut
        key = uri.rpartition("/")[2]
        return {
            "external_id": uri if uri.startswith("at://") else "",
            "author": handle,
            "author_name": text_at(author, "displayName"),
            "text": _text(record),
            "url": f"https://bsky.app/profile/{handle or text_at(author, 'did')}/post/{key}",
            "posted_at": _moment(found, self._now()),
            "language": next((code for code in list_at(record, "langs") if isinstance(code, str)), ""),
            "mentions_us": to_us,
            "own_channel": ours and parent.startswith(f"at://{self._did}/"),
            "parent_id": parent,
            "ours": is_ours(handle, brand) or (ours and text_at(author, "did") == self._did),
        }


class _ReaderTransport(httpx.BaseTransport):
    """Sends what atproto asks through our own reader: bounded, guarded, once, and refused by the three errors."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, with no header that would make the library wait or look further."""
        headers = {name.title(): value for name, value in request.headers.items() if name.lower() in _SENT_ON}
        if request.method == "GET":
            answer = self._reader.get(str(request.url), headers)
        else:
            answer = self._reader.post(str(request.url), request.read(), headers)
        return httpx.Response(answer.status, headers={"Content-Type": answer.headers.get("content-type", "")}, content=answer.body)


def make_client(url: str, reader: Reader) -> Client:
    """Return a client of the server (PDS) at `url` that speaks through `reader`."""
    return Client(url, request=Request(transport=_ReaderTransport(reader), trust_env=False))


def _moment(found: Any, now: datetime, *, indexed: bool = False) -> datetime | None:
    """Return when a post was written: what its author's program says, unless that is no time or lies after its arrival."""
    arrived = moment_of(text_at(found, "indexedAt"), now)
    written = None if indexed else moment_of(text_at(found, "record", "createdAt"), now)
    return min((moment for moment in (written, arrived) if moment), default=None)


def _asks_for_privacy(author: Mapping[str, Any]) -> bool:
    return any(text_at(label, "val") == WISH and mapping_at(label).get("neg") is not True for label in list_at(author, "labels"))


def _facets(record: Mapping[str, Any]) -> list[tuple[int, int, Mapping[str, Any]]]:
    """Return from which byte to which byte what is meant, in order and without overlap. https://docs.bsky.app/docs/advanced-guides/post-richtext"""
    spans = []
    for facet in list_at(record, "facets"):
        start, end = (mapping_at(facet, "index").get(name) for name in ("byteStart", "byteEnd"))
        features = [one for one in list_at(facet, "features") if isinstance(one, Mapping)]
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end and features:
            spans.append((start, end, features[0]))
    spans.sort(key=lambda span: span[:2])
    kept: list[tuple[int, int, Mapping[str, Any]]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _named(record: Mapping[str, Any]) -> set[str]:
    return {text_at(feature, "did") for _, _, feature in _facets(record)} - {""}


def _text(record: Mapping[str, Any]) -> str:
    """Return a post's text with its links whole: one shortened for the eye is written out, one behind words stands after them."""
    whole = text_at(record, "text").encode("utf-8", "replace")
    pieces: list[str] = []
    at = 0
    for start, end, feature in _facets(record):
        link = text_at(feature, "uri")
        if end > len(whole) or not link.startswith(("http://", "https://")) or len(link) > 2_000:
            continue
        words = whole[start:end].decode("utf-8", "replace")
        bare = words.rstrip(".…")
        pieces.append(whole[at:start].decode("utf-8", "replace"))
        pieces.append(link if bare and bare in link else f"{words} ({link})")
        at = end
    return "".join([*pieces, whole[at:].decode("utf-8", "replace")])

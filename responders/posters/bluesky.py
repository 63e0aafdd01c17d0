"""Publishes on Bluesky through atproto, under a record key of our own choosing: a second send finds the place taken."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from atproto_client import Client
from atproto_client.models.dot_dict import DotDict
from atproto_client.models.utils import get_model_as_dict
from atproto_client.request import Request
from atproto_client.utils import facet_detection

from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import Mention, Posted, Reply
from monitor.settings import NetworkSettings, Settings
from monitor.signins import Session, SessionFile, SignIn, session_file
from monitor.sources.blueskysessions import a_session, is_sound, renewed, tell_of_renewals
from responders.contracts import Standing
from responders.limits import BLUESKY_GRAPHEMES, count_bluesky
from responders.posters.calls import Calls, NotUnderstood, Refusals, names_of, read_secrets, words_in
from responders.posters.likeness import as_approved, is_edited, other_handles, plain_handle, same_handle
from responders.posters.transport import WireTransport
from responders.posters.wire import Answer, Wire, check_url

API = "https://bsky.social"
SECRETS = ("BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD")
POST = "app.bsky.feed.post"
PAGES = 10
"""Pages of 100 of our own posts, newest first, that looking for answers by hand goes through."""
SKEW = timedelta(hours=1)

REFUSALS: Refusals = (
    ("longer than", "Bluesky finds the reply too long"),
    ("grapheme", "Bluesky finds the reply too long"),
    ("takendown", "our account at Bluesky was taken down"),
    ("suspended", "our account at Bluesky is suspended"),
    ("deactivated", "our account at Bluesky is deactivated"),
    ("invalid identifier or password", "Bluesky does not accept our login; check BLUESKY_HANDLE and BLUESKY_APP_PASSWORD"),
    ("blocked", "the author has blocked our account"),
    ("record already exists", "another post of ours has the place that this reply would get"),
    ("could not find", "the post was deleted"),
)

_HANDLE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"


class BlueskyPoster:
    """Publishes as one account of Bluesky."""

    name = "bluesky"
    pace = (480, timedelta(hours=1))
    """Bluesky takes 35,000 points a day from one account, and a post costs three; https://docs.bsky.app/docs/advanced-guides/rate-limits"""
    limit = BLUESKY_GRAPHEMES

    def __init__(self, client: Client, calls: Calls, login: tuple[str, str], account: str = "", *, file: SessionFile | None = None) -> None:
        self._client = client
        self._calls = calls
        self._login = login
        self._account = account
        self._signed = SignIn(file, renew=self._renew, sign_in=self._sign_in, is_sound=is_sound)
        self._me: tuple[str, str] | None = None
        self._session = ""
        tell_of_renewals(client, self._keep)

    @classmethod
    def from_settings(cls, network: NetworkSettings, settings: Settings) -> BlueskyPoster:
        """Build the client of `[network.bluesky]`; raises Rejected where a secret is missing or `api_url` would not keep it safe."""
        names = names_of(network, settings, SECRETS)
        login = read_secrets("bluesky", settings, names)
        url = check_url("bluesky", network.options.get("api_url") or API)
        file = session_file(settings.database_url, "bluesky", "post", url, (login[0], login[1]))
        return cls.over(url, (login[0], login[1]), network.account, file=file, names=names)

    @classmethod
    def over(
        cls,
        url: str,
        login: tuple[str, str],
        account: str = "",
        *,
        file: SessionFile | None = None,
        names: Sequence[str] = SECRETS,
        **timing: Any,
    ) -> BlueskyPoster:
        """Build the poster for the server (PDS) at `url`; `login` is our handle and an app password, which stand under `names`."""
        wire = Wire(url, "/com.atproto.repo.createRecord", **timing)
        client = Client(url, request=Request(transport=WireTransport(wire), trust_env=False))
        return cls(client, Calls("bluesky", wire, REFUSALS, keys=" and ".join(names), secrets=[login[1]]), login, account, file=file)

    def length(self, text: str) -> int:
        """Count graphemes, or bytes where those are more pressing: 300 of the one, 3000 of the other."""
        return count_bluesky(text)

    def whoami(self) -> str:
        """Return our account's handle; raises Rejected where the login is another account's than the configuration names."""
        return self._ours()[1]

    def post(self, reply: Reply) -> Posted:
        """Publish exactly the reply's text under exactly its mention; one send, at most 30 s.

        Bluesky's servers take any record, also under a deleted post or against its author's wish: these are looked for before.
        """
        text = reply.version.text
        self._calls.refuse_too_long(self.length(text), self.limit)
        with self._calls.whole():
            with self._calls.before_sending():
                did, handle = self._ours()
                mention = self._welcoming(self._mention(reply.mention.mention))
                facets = self._facets(text)
            key = record_key(reply)
            place = _place(mention)
            root = _reply_of(mention.get("record")).get("root") or place
            record = {
                "$type": POST,
                "text": text,
                "createdAt": self._calls.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "reply": {"root": root, "parent": place},
                **({"langs": [reply.mention.language]} if reply.mention.language else {}),
                **({"facets": facets} if facets else {}),
            }

            def write() -> str:
                data = {"repo": did, "collection": POST, "rkey": key, "record": record}
                content = self._client.invoke_procedure(
                    "com.atproto.repo.createRecord", data=DotDict(data), input_encoding="application/json"
                ).content
                uri = _mapping(content)["uri"]
                return uri if isinstance(uri, str) and _key_of(uri) == key else _not_understood()

            if self._calls.send(write, taken=_is_taken) is None:
                return self._standing_there(reply, did, handle)
            return Posted(f"at://{did}/{POST}/{key}", _link(handle, key), text, self._calls.now())

    def _standing_there(self, reply: Reply, did: str, handle: str) -> Posted:
        """Return what stands where this reply would go; that it cannot be read now says nothing about whether it is ours."""
        try:
            found = self._at_our_key(reply, did, handle)
        except RateLimited:
            found = None
        if found is None:
            raise Unavailable("bluesky: the place of this reply is taken, and nothing can be read there")
        return found

    def find(self, reply: Reply) -> Posted | None:
        """Return our answer under the mention: the one we sent, which has its own key, else one that was written by hand."""
        with self._calls.whole():
            did, handle = self._ours()
            return self._at_our_key(reply, did, handle) or self._by_hand(reply, did, handle)

    def standing(self, reply: Reply) -> Standing:
        """Say what has become of the mention."""
        with self._calls.whole():
            did, handle = self._ours()
            mention = self._mention(reply.mention.mention)
            if mention is None:
                return Standing.GONE
            if (self._at_our_key(reply, did, handle) or self._by_hand(reply, did, handle)) is not None:
                return Standing.ANSWERED
        record = mention.get("record")
        text = str(record.get("text", "")) if isinstance(record, Mapping) else ""
        return Standing.EDITED if is_edited(reply.mention.mention.text, [text]) else Standing.UNCHANGED

    def answered_by(self, reply: Reply, handles: Sequence[str]) -> str:
        """Return which other account of the brand's stands among the answers that Bluesky shows under the mention."""
        with self._calls.whole():
            others = other_handles(handles, self._ours()[1], _HANDLE)
            if not others:
                return ""
            asked = {"uri": _uri(reply.mention.mention), "depth": 1, "parentHeight": 0}
            by = self._calls.ask(lambda: _authors(_mapping(self._query("app.bsky.feed.getPostThread", **asked)["thread"]))) or []
        return next((one for one in others if one in by), "")

    def _query(self, method: str, **parameters: Any) -> Mapping[str, Any]:
        return _mapping(self._client.invoke_query(method, params=DotDict(parameters)).content)

    def _ours(self) -> tuple[str, str]:
        """Return our account's DID and handle, as the server tells them for the session that was kept, renewed, or signed in for."""
        for _ in range(2):
            session, fresh = self._signed.session(self._calls.now())
            if self._me is not None and not fresh and session.text == self._session:
                return self._me
            self._me = None
            self._client.login(session_string=session.text, fetch_bsky_profile=False)
            try:
                found = self._calls.ask(lambda: _mapping(self._client.invoke_query("com.atproto.server.getSession").content)) or {}
            except Rejected:
                if fresh:
                    raise
                self._signed.refuse(session)
                continue
            did, handle = str(found.get("did") or ""), str(found.get("handle") or "")
            if not did.startswith("did:") or not handle:
                raise Unavailable("bluesky: it does not say whose login this is")
            same = not self._account or same_handle(handle, self._account) or did == self._account
            self._calls.check_account(f"@{handle}", self._account, same)
            self._me, self._session = (did, handle), session.text
            return self._me
        raise Unavailable("bluesky: our session is not accepted any more; it is renewed the next time")

    def _sign_in(self) -> Session:
        def sign_in() -> Session:
            self._client.login(*self._login, fetch_bsky_profile=False)
            return a_session(self._client.export_session_string(), self._calls.now())

        return self._calls.ask(sign_in) or _not_understood()

    def _renew(self, text: str) -> Session:
        return self._calls.ask(lambda: a_session(renewed(self._client, text), self._calls.now())) or _not_understood()

    def _keep(self, text: str) -> None:
        self._session = text
        self._signed.take(a_session(text, self._calls.now()))

    def _mention(self, mention: Mention) -> Mapping[str, Any] | None:
        """Return the mention as Bluesky shows it to us; None where it is gone."""
        uri = _uri(mention)
        found = self._calls.ask(lambda: _posts(self._query("app.bsky.feed.getPosts", uris=[uri])))
        return found[0] if found else None

    def _welcoming(self, mention: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """Return the mention where it may be answered; raises Rejected."""
        if mention is None:
            raise Rejected("bluesky: the post was deleted, or its author does not let us see it")
        author = mention.get("author")
        viewer = author.get("viewer") if isinstance(author, Mapping) else None
        if isinstance(viewer, Mapping) and (viewer.get("blockedBy") or viewer.get("blocking")):
            raise Rejected("bluesky: the author has blocked our account, or we have blocked theirs")
        viewer = mention.get("viewer")
        if isinstance(viewer, Mapping) and viewer.get("replyDisabled"):
            raise Rejected("bluesky: the author does not let us reply to this post")
        return mention

    def _facets(self, text: str) -> list[dict[str, Any]]:
        """Return what makes links, tags and handles in a text clickable; without it Bluesky shows them as plain words."""
        facets = [get_model_as_dict(facet) for facet in facet_detection.detect_facets(text)]
        for found in facet_detection.detect_mentions(text):
            answer = self._calls.ask(
                lambda found=found: self._query("com.atproto.identity.resolveHandle", handle=found.handle.lower()),  # type: ignore[misc]
                absent=lambda answer: answer.status in (400, 404, 501),
            )
            if answer and answer.get("did"):
                feature = {"$type": "app.bsky.richtext.facet#mention", "did": str(answer["did"])}
                facets.append({"features": [feature], "index": {"byteStart": found.byte_start, "byteEnd": found.byte_end}})
        return sorted(facets, key=lambda facet: int(facet["index"]["byteStart"]))

    def _at_our_key(self, reply: Reply, did: str, handle: str) -> Posted | None:
        """Return what stands at the one place where our program puts this reply; our own server knows this for certain."""
        key = record_key(reply)
        found = self._calls.ask(
            lambda: _mapping(self._query("com.atproto.repo.getRecord", repo=did, collection=POST, rkey=key)["value"]), absent=_is_not_there
        )
        if found is None:
            return None
        if _parent_of(found) != _key_of(_uri(reply.mention.mention)):
            raise Rejected("bluesky: another post of ours stands where this reply would go; a person must look")
        return _posted(did, handle, key, found, reply.version.text)

    def _by_hand(self, reply: Reply, did: str, handle: str) -> Posted | None:
        """Return an answer that somebody wrote with our account, the one with this text first."""
        parent = _key_of(_uri(reply.mention.mention))
        under = [
            _posted(did, handle, key, record, reply.version.text)
            for key, record in self._our_posts_since(did, reply.mention.mention)
            if _parent_of(record) == parent
        ]
        return next((one for one in under if one.text == reply.version.text), under[-1] if under else None)

    def _our_posts_since(self, did: str, mention: Mention) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield our posts back to the mention with their keys; raises Unavailable where they cannot all be seen."""
        cursor, since = "", mention.posted_at - SKEW
        for _ in range(PAGES):
            parameters = {"repo": did, "collection": POST, "limit": 100, **({"cursor": cursor} if cursor else {})}
            page = self._calls.ask(
                lambda parameters=parameters: self._query("com.atproto.repo.listRecords", **parameters),  # type: ignore[misc]
                absent=lambda answer: answer.status == 501,
            )
            if page is None:
                # A server that lists nothing: where nobody at all has answered, neither have we.
                shown = self._mention(mention)
                if shown is not None and shown.get("replyCount") != 0:
                    raise Unavailable("bluesky: our server does not list our posts, so nobody can tell whether a colleague has answered")
                return
            records = page.get("records")
            if not isinstance(records, list):
                raise Unavailable("bluesky: the list of our own posts cannot be understood")
            for one in records:
                key, record = _key_of(str(one.get("uri"))), one.get("value")
                if _made_at(key) < since:
                    return
                if isinstance(record, Mapping):
                    yield key, record
            cursor = str(page.get("cursor") or "")
            if not cursor or not records:
                return
        raise Unavailable(f"bluesky: more than {PAGES * 100} posts of ours came after the mention, too many to look through")


def record_key(reply: Reply) -> str:
    """Return the record key (a TID: 53 bits of microseconds, 10 of a clock) that this version of a reply has under its mention, always.

    It is the second in which the version was written, and for the rest a hash. https://atproto.com/specs/tid
    """
    digest = hashlib.sha256(f"{reply.id}/{reply.mention.mention.external_id}/{reply.version.sha256}".encode()).digest()
    spread = int.from_bytes(digest[:8])
    seconds = int(reply.version.written_at.timestamp())
    number = ((seconds * 1_000_000 + spread % 1_000_000) << 10) | (spread >> 32 & 1023)
    return "".join(_LETTERS[number >> shift & 31] for shift in range(60, -1, -5))


def _made_at(key: str) -> datetime:
    """Return when a post with this key was made; the far future where the key tells no time, so that nothing is skipped."""
    if not re.fullmatch(f"[{_LETTERS}]{{13}}", key):
        return datetime.max.replace(tzinfo=UTC)
    number = 0
    for letter in key:
        number = number << 5 | _LETTERS.index(letter)
    return _EPOCH + timedelta(microseconds=min(number >> 10, 2**52))


def _uri(mention: Mention) -> str:
    if mention.external_id.startswith("at://"):
        return mention.external_id
    place = re.fullmatch(r"https?://[^/?#]+/profile/([\w.:-]+)/post/([\w.~:-]+)/?", mention.url)
    if place:
        return f"at://{place[1]}/{POST}/{place[2]}"
    raise Rejected(f"bluesky: neither the mention's id ({mention.external_id[:40]!r}) nor its address says which post it is")


def _key_of(uri: str) -> str:
    return uri.rpartition("/")[2]


def _link(handle: str, key: str) -> str:
    return f"https://bsky.app/profile/{handle}/post/{key}"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else _not_understood()


def _not_understood() -> NoReturn:
    raise NotUnderstood


def _posts(answer: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    posts = answer["posts"]
    if not isinstance(posts, list) or any(not {"uri", "cid", "record"} <= _mapping(post).keys() for post in posts):
        raise NotUnderstood
    return posts


def _place(post: Mapping[str, Any]) -> dict[str, str]:
    return {"uri": str(post["uri"]), "cid": str(post["cid"])}


def _reply_of(record: Any) -> Mapping[str, Any]:
    reply = record.get("reply") if isinstance(record, Mapping) else None
    return reply if isinstance(reply, Mapping) else {}


def _parent_of(record: Mapping[str, Any]) -> str:
    parent = _reply_of(record).get("parent")
    return _key_of(str(parent.get("uri"))) if isinstance(parent, Mapping) else ""


def _posted(did: str, handle: str, key: str, record: Mapping[str, Any], approved: str) -> Posted:
    text = as_approved([str(record.get("text", ""))], approved)
    return Posted(f"at://{did}/{POST}/{key}", _link(handle, key), text, _read_time(record.get("createdAt")))


def _read_time(text: Any) -> datetime | None:
    with suppress(ValueError):
        moment = datetime.fromisoformat(str(text))
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _authors(thread: Mapping[str, Any]) -> list[str]:
    """Return who answered, bare; what was taken away, or is not shown to us, has no post."""
    return [plain_handle(str(_mapping(one["post"])["author"]["handle"])) for one in thread.get("replies") or () if "post" in one]


def _is_taken(answer: Answer) -> bool:
    return answer.status in (400, 409) and "already exists" in words_in(answer).lower()


def _is_not_there(answer: Answer) -> bool:
    words = words_in(answer).lower()
    return answer.status in (400, 404) and ("recordnotfound" in words or "could not locate record" in words)

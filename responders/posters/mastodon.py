"""Publishes on a Mastodon server through Mastodon.py; the server's own limit is read from it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn
from urllib.parse import urlsplit

from mastodon import Mastodon

from monitor.contracts import AdapterError, Rejected, Unavailable
from monitor.domain import Mention, Posted, Reply
from monitor.settings import NetworkSettings, Settings
from monitor.text import html_to_text
from responders.contracts import Standing
from responders.limits import MASTODON_CHARACTERS, count_mastodon
from responders.posters.calls import Calls, NotUnderstood, Refusals, names_of, read_secrets
from responders.posters.likeness import as_approved, is_edited, is_since, other_handles, plain_handle
from responders.posters.sessions import WireSession
from responders.posters.wire import SECONDS, USER_AGENT, Answer, Stopped, Wire, check_url

SECRETS = ("MASTODON_ACCESS_TOKEN",)
PAGES = 25
"""Pages of 40 of our own statuses, newest first, that reading back goes through where the thread alone is no proof."""
WHOLE_THREAD = 10
"""Mastodon gives us 4,096 answers of a thread, its relatives fewer; a list shorter than this is whole everywhere."""
SKEW = timedelta(hours=1)
"""How far the clock of the mention's server may be off from ours: its own server says when it was written."""
_NUMBER = re.compile(r"/(?:statuses/|@[^/?#]+/)([0-9]{1,20})/?$")
"""Where the number of a status stands in its address on its own server."""
_HANDLE = re.compile(r"\w[\w.-]{0,99}(?:@[\w.:-]{1,253})?")
_PUBLIC = frozenset({"public", "unlisted"})

REFUSALS: Refusals = (
    ("character limit", "the server finds the reply too long"),
    ("can't be blank", "the server finds no text in the reply"),
    ("status 404", "the post was deleted, or is not visible to our account"),
    ("record not found", "the post was deleted, or is not visible to our account"),
    ("duplicate", "the server takes this for a second copy of something we posted before"),
    ("outside the authorized scopes", "our token may not write; make one with the scopes read and write:statuses"),
    ("suspended", "our account there is suspended"),
    ("login is currently disabled", "our account there is disabled; log in on the server and see why"),
    ("pending approval", "our account there is not approved yet"),
    ("confirmed", "the e-mail address of our account there is not confirmed yet"),
    ("blocked", "the author has blocked our account"),
    ("locked", "the author does not let us answer"),
    ("not allowed", "the server does not let our account answer this"),
)


class MastodonPoster:
    """Publishes as one account of one Mastodon server; `limit` becomes the server's own as soon as it was asked."""

    name = "mastodon"
    pace = (25, timedelta(minutes=15))
    """Mastodon takes 300 statuses in three hours, and 300 requests in five minutes; https://docs.joinmastodon.org/api/rate-limits"""

    def __init__(self, client: Mastodon, calls: Calls, account: str = "") -> None:
        self.limit = MASTODON_CHARACTERS
        self.told: int | None = None
        """What the server said of its limit; None until it was asked."""
        self._client = client
        self._calls = calls
        self._account = account
        self._me: tuple[str, str] | None = None
        self._domains: frozenset[str] = frozenset()

    @classmethod
    def from_settings(cls, network: NetworkSettings, settings: Settings) -> MastodonPoster:
        """Build the client of `[network.mastodon]`; raises Rejected where the token is missing or `api_url` would not keep it safe."""
        names = names_of(network, settings, SECRETS)
        (token,) = read_secrets("mastodon", settings, names)
        return cls.over(check_url("mastodon", network.options.get("api_url")), token, network.account, keys=names[0])

    @classmethod
    def over(cls, url: str, token: str, account: str = "", *, keys: str = SECRETS[0], **timing: Any) -> MastodonPoster:
        """Build the poster for the server at `url`; `keys` is where the token stands in the environment."""
        wire = Wire(url, "/api/v1/statuses", **timing)
        client = Mastodon(
            access_token=token,
            api_base_url=url,
            session=WireSession(wire),
            ratelimit_method="throw",
            request_timeout=SECONDS,
            # Said beforehand, for else the library asks for it, and without an answer calls itself until the stack is full.
            mastodon_version="4.6.0",
            version_check_mode="created",
            user_agent=USER_AGENT,
        )
        return cls(client, Calls("mastodon", wire, REFUSALS, keys=keys, secrets=[token]), account)

    def length(self, text: str) -> int:
        """Count as Mastodon does: links as 23, and handles without their server."""
        return count_mastodon(text)

    def whoami(self) -> str:
        """Return our account's handle; raises Rejected where the token is another account's than the configuration names."""
        return self._ours()[1]

    def post(self, reply: Reply) -> Posted:
        """Publish exactly the reply's text under exactly its mention; one send, at most 30 s."""
        text = reply.version.text
        with self._calls.whole():
            with self._calls.before_sending():
                self._ours()
                self._calls.refuse_too_long(self.length(text), self.limit)
                status = self._mention(reply.mention.mention)
            if status is Standing.GONE:
                raise self._calls.reject("Record not found")
            if isinstance(status, Standing):
                raise Rejected("mastodon: the mention was not found on our server, and so nothing can be posted under it")
            parent = str(status["id"])
            # The hash alone would not do: the server would take one holding text under two mentions for one reply, and post it once.
            key = hashlib.sha256(f"{reply.id}/{parent}/{reply.version.sha256}".encode()).hexdigest()

            def write() -> Mapping[str, Any]:
                answer = self._client.status_post(
                    text,
                    in_reply_to_id=parent,
                    visibility=str(status.get("visibility") or "public"),
                    language=reply.mention.language or None,
                    idempotency_key=key,
                )
                made = _mapping(answer)
                return made if str(made.get("in_reply_to_id")) == parent else _not_understood()

            made = self._calls.send(write)
            return self._posted(made or {}, text)

    def find(self, reply: Reply) -> Posted | None:
        """Return our answer under the mention: the one with this text, else the first. Our own server knows our own statuses at once."""
        with self._calls.whole():
            return self._answer(reply, self._mention(reply.mention.mention))

    def _answer(self, reply: Reply, status: Mapping[str, Any] | Standing) -> Posted | None:
        """Return our answer under the mention as our server has it, or where it has it no more."""
        text = reply.version.text
        under = None if isinstance(status, Standing) else self._under(status, reply.mention.mention.posted_at)
        if under is None:
            # Where the mention was deleted meanwhile, our answer under it lost its parent, and has only its text: one younger than the
            # draft of it.
            mine = self._our_statuses_since(reply.created_at - SKEW)
            under = [one for one in mine if not one.get("in_reply_to_id") and self._read(one, text) == text][::-1]
            if status is Standing.UNKNOWN and not under:
                raise Unavailable("mastodon: the mention was not found on our server, so nobody can tell whether it has an answer of ours")
        found = [self._posted(one, text) for one in under]
        return next((one for one in found if one.text == text), found[0] if found else None)

    def standing(self, reply: Reply) -> Standing:
        """Say what has become of the mention, made private included."""
        with self._calls.whole():
            status = self._mention(reply.mention.mention)
            if isinstance(status, Standing):
                return status
            if str(status.get("visibility")) not in _PUBLIC:
                return Standing.GONE
            if self._answer(reply, status) is not None:
                return Standing.ANSWERED
        edited_at = status.get("edited_at")
        warning, content = str(status.get("spoiler_text") or ""), html_to_text(str(status.get("content", "")))
        if is_since(edited_at if isinstance(edited_at, datetime) else None, reply.mention.read_at):
            return Standing.EDITED
        return Standing.EDITED if is_edited(reply.mention.mention.text, [content, f"{warning}\n{content}"]) else Standing.UNCHANGED

    def answered_by(self, reply: Reply, handles: Sequence[str]) -> str:
        """Return which other account of the brand's stands among the answers that our server knows.

        A handle without a server means one on ours: the same name elsewhere may be anybody.
        """
        with self._calls.whole():
            others = other_handles(handles, self._ours()[1], _HANDLE)
            status = self._mention(reply.mention.mention) if others else Standing.UNKNOWN
            parent = "" if isinstance(status, Standing) else str(status["id"])
            answers = _direct(self._thread_of(parent) or [], parent) if parent else []
        by = {self._at_home(str(_account_of(one).get("acct"))) for one in answers}
        return next((one for one in others if self._at_home(one) in by), "")

    def _at_home(self, handle: str) -> str:
        """Return a handle, bare where its server is ours."""
        name, _, server = handle.casefold().partition("@")
        return name if server in self._domains else handle.casefold()

    def _ours(self) -> tuple[str, str]:
        """Return our account's id and handle, checked once; the server's limit and name are read with it."""
        if self._me is None:
            me = self._calls.ask(lambda: _mapping(self._client.account_verify_credentials()))
            our_id, name = str((me or {}).get("id") or ""), str((me or {}).get("username") or "")
            if not our_id or not name:
                raise Unavailable("mastodon: it does not say whose token this is")
            server = self._calls.ask(lambda: _mapping(self._client.instance_v2()), absent=_is_missing)
            server = server or self._calls.ask(lambda: _mapping(self._client.instance_v1()), absent=_is_missing) or {}
            places = (
                server.get("domain"),
                server.get("uri"),
                urlsplit(str((me or {}).get("url"))).netloc,
                urlsplit(self._calls.wire.url).netloc,
            )
            self._domains = frozenset(str(place).casefold() for place in places if place)
            self.limit = self.told = _limit(server)
            wanted, _, domain = plain_handle(self._account).partition("@")
            same = not self._account or (wanted == name.casefold() and (not domain or domain in self._domains))
            self._calls.check_account(f"@{name} on {min(self._domains)}", self._account, same)
            self._me = our_id, name
        return self._me

    def _mention(self, mention: Mention) -> Mapping[str, Any] | Standing:
        """Return the mention as our server has it; GONE where its own server has it no more, UNKNOWN where nobody can tell.

        A number is one server's alone: the same on another server is another post, so what it leads to must have the mention's address.
        """
        self._ours()
        places = [place for place in dict.fromkeys((mention.external_id, mention.url)) if place.startswith(("https://", "http://"))]
        numbers = [found[1] for place in places if _host(place) in self._domains and (found := _NUMBER.search(place))]
        if mention.external_id.isascii() and mention.external_id.isdecimal():
            numbers.append(mention.external_id)
        for number in dict.fromkeys(numbers):
            status = self._calls.ask(lambda number=number: _mapping(self._client.status(number)), absent=_is_missing)  # type: ignore[misc]
            if status is not None and _is_at(status, places):
                return status
        if any(_host(place) in self._domains for place in places):
            return Standing.GONE
        for place in places:
            hits = self._calls.ask(lambda place=place: self._search(place))  # type: ignore[misc]
            if hits:
                return hits[0]
        return Standing.GONE if any(_host(place) and self._is_gone_at_home(place) for place in places) else Standing.UNKNOWN

    def _is_gone_at_home(self, place: str) -> bool:
        """Say whether the author's own server says that there is no such post, to a stranger who brings no token.

        Our server finds nothing as well where that one is away, or does not know us: only its own word is a proof.
        """
        with self._calls.wire.call() as call:
            call.begin()
            with suppress(Stopped):
                self._calls.wire.fetch("GET", place, [("Accept", "application/activity+json"), ("User-Agent", USER_AGENT)], b"")
            return call.answer is not None and _is_missing(call.answer)

    def _search(self, place: str) -> list[Mapping[str, Any]]:
        """Return the post at an address as our server knows it, fetched from its own server where needed.

        With `exclude_unreviewed` the library would ask for the server's version before, and go in circles where that fails.
        """
        found = self._client.search_v2(place, resolve=True, result_type="statuses", exclude_unreviewed=False)
        return [status for status in _mapping(found)["statuses"] or [] if _is_at(_mapping(status), [place])]

    def _under(self, status: Mapping[str, Any], since: datetime) -> list[Mapping[str, Any]] | None:
        """Return our answers under a post, the first one first: one request, where its thread is short; None where the post went."""
        our_id, parent = self._ours()[0], str(status["id"])
        answers = self._thread_of(parent)
        if answers is None:
            return None
        mine = [one for one in _direct(answers, parent) if _account_of(one).get("id") == our_id]
        if mine or len(answers) < WHOLE_THREAD:
            return mine
        return [one for one in self._our_statuses_since(since - SKEW) if str(one.get("in_reply_to_id")) == parent][::-1]

    def _thread_of(self, parent: str) -> list[Mapping[str, Any]] | None:
        """Return what stands under a post as far as our server knows; None where the post went."""

        def read() -> list[Mapping[str, Any]]:
            found = self._client.status_context(parent)
            # The library makes an empty list of what is none.
            if not isinstance(_mapping(self._calls.answered()).get("descendants"), list):
                raise NotUnderstood
            return [_mapping(one) for one in _mapping(found)["descendants"]]

        return self._calls.ask(read, absent=_is_missing)

    def _our_statuses_since(self, moment: datetime) -> Iterator[Mapping[str, Any]]:
        """Yield our statuses back to `moment`; raises Unavailable where there are too many to see them all."""
        our_id, last = self._ours()[0], None
        for _ in range(PAGES):

            def read(last: str | None = last) -> list[Mapping[str, Any]]:
                page = self._client.account_statuses(our_id, exclude_reblogs=True, limit=40, max_id=last)
                if not isinstance(self._calls.answered(), list) or not all(
                    _mapping(one).get("id") and isinstance(one.get("created_at"), datetime) for one in page
                ):
                    raise NotUnderstood
                return list(page)

            page = self._calls.ask(read) or []
            for status in page:
                if status["created_at"] < moment:
                    return
                yield status
            if not page:
                return
            last = str(page[-1]["id"])
        raise Unavailable(f"mastodon: more than {PAGES * 40} statuses of ours came after the mention, too many to look through")

    def _read(self, status: Mapping[str, Any], approved: str) -> str:
        """Return a status of ours as it was written; the server keeps that beside the HTML it made."""
        text = as_approved([html_to_text(str(status.get("content", "")))], approved)
        if text == approved:
            return text
        try:
            source = self._calls.ask(lambda: _mapping(self._client.status_source(status["id"])))
        except AdapterError:
            return text  # It stands there, whatever else: only how it was written is not known to the last sign.
        return as_approved([str((source or {}).get("text", text))], approved)

    def _posted(self, status: Mapping[str, Any], approved: str) -> Posted:
        made = status.get("created_at")
        at = made.astimezone(UTC) if isinstance(made, datetime) else None
        return Posted(str(status["id"]), str(status.get("url") or status.get("uri") or ""), self._read(status, approved), at)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else _not_understood()


def _not_understood() -> NoReturn:
    raise NotUnderstood


def _direct(answers: Sequence[Mapping[str, Any]], parent: str) -> list[Mapping[str, Any]]:
    return [one for one in answers if str(one.get("in_reply_to_id")) == parent]


def _account_of(status: Mapping[str, Any]) -> Mapping[str, Any]:
    account = status.get("account")
    return {**account, "id": str(account.get("id"))} if isinstance(account, Mapping) else {}


def _is_missing(answer: Answer) -> bool:
    return answer.status in (404, 410)


def _is_at(status: Mapping[str, Any], places: Sequence[str]) -> bool:
    return str(status.get("uri")) in places or str(status.get("url")) in places


def _host(place: str) -> str:
    try:
        return urlsplit(place).netloc.casefold()
    except ValueError:
        return ""


def _limit(server: Mapping[str, Any]) -> int:
    """Return how many characters a server takes: where Mastodon says it, else where its relatives do."""
    configuration = server.get("configuration")
    statuses = configuration.get("statuses") if isinstance(configuration, Mapping) else None
    limit = statuses.get("max_characters") if isinstance(statuses, Mapping) else server.get("max_toot_chars")
    return limit if isinstance(limit, int) and limit > 0 else MASTODON_CHARACTERS

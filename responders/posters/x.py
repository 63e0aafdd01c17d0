"""Publishes on X through tweepy; which replies X lets through its API at all is decided in delivery (L1)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NoReturn

import tweepy

from monitor.contracts import Cost, Rejected, Unavailable
from monitor.domain import Posted, Reply
from monitor.settings import NetworkSettings, Settings
from monitor.sources.tweets import POST, Found
from responders.contracts import NotSent, Standing
from responders.limits import X_CHARACTERS, count_x, has_link
from responders.posters.bills import Bill
from responders.posters.calls import Calls, NotUnderstood, Refusals, names_of, read_secrets
from responders.posters.likeness import as_approved, is_edited, other_handles, same_handle, without_handles
from responders.posters.sessions import WireSession
from responders.posters.wire import Wire, check_url

HOST = "https://api.twitter.com"
"""The host that tweepy has built in."""
SECRETS = ("X_CONSUMER_KEY", "X_CONSUMER_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET")
OF_APP = SECRETS[:2]
FIELDS = ["author_id", "created_at", "entities", "referenced_tweets", "note_tweet", "edit_history_tweet_ids"]
_HANDLE = re.compile(r"[a-z0-9_]{1,15}")
ASKED_AT_ONCE = 15
"""Accounts in one search: the question must stay below 512 characters."""
PAGES = 10
"""Pages of 100 of our own posts, newest first, that reading back goes through."""
OWN_POST = Decimal("0.001")
"""Dollars for a post of ours in the list of our own, once a UTC day. https://docs.x.com/x-api/getting-started/pricing"""
CREATED, WITH_LINK = Decimal("0.015"), Decimal("0.200")
"""Dollars for a post that is made, and for one that holds a link (L2)."""

REFUSALS: Refusals = (
    ("duplicate content", "X takes this for a second copy of something we posted before; look there, and change the text if it is not"),
    ("not been mentioned or otherwise engaged", "X lets the API reply only where the author mentioned or quoted us (L1); answer by hand"),
    ("reply to this conversation is not allowed", "the author does not let us reply to this post"),
    ("deleted or not visible", "the post was deleted, or is not visible to our account"),
    ("could not find tweet", "the post was deleted, or is not visible to our account"),
    ("too long", "X finds the reply too long"),
    ("you have been blocked", "the author has blocked our account"),
    ("blocked from", "the author has blocked our account"),
    ("cashtag", "X takes at most one $cashtag in a reply"),
    ("suspended", "an account is suspended, ours or the author's"),
    ("temporarily locked", "X has locked our account; log in there and unlock it"),
    ("protected", "the author's posts are protected, so they are no longer public"),
    ("oauth1 app permissions", "our keys may only read; give the app write permission and make new access tokens"),
    ("application-only", "our keys may only read; use the access token of the account"),
    ("usage cap", "the app's monthly allowance at X is used up"),
    ("client-not-enrolled", "the app belongs to no project that may use X's API"),
    ("credits", "the app has no credits left at X"),
)


class XPoster:
    """Publishes as one account of X."""

    name = "x"
    limit = X_CHARACTERS
    pace = (100, timedelta(minutes=15))
    """Posts that X takes from one account; https://docs.x.com/x-api/fundamentals/rate-limits"""

    def __init__(self, client: tweepy.Client, calls: Calls, account: str = "") -> None:
        self._client = client
        self._calls = calls
        self._account = account
        self._me: tuple[str, str] | None = None
        self._bill = Bill()

    @classmethod
    def from_settings(cls, network: NetworkSettings, settings: Settings) -> XPoster:
        """Build the client of `[network.x]`; raises Rejected where a key is missing or `api_url` would not keep it safe."""
        names = names_of(network, settings, SECRETS, OF_APP)
        secrets = read_secrets("x", settings, names)
        return cls.over(check_url("x", network.options.get("api_url") or HOST), secrets, network.account, names=names)

    @classmethod
    def over(cls, url: str, secrets: list[str], account: str = "", *, names: Sequence[str] = SECRETS, **timing: Any) -> XPoster:
        """Build the poster for the API at `url`; `secrets` in the order of SECRETS, `names` where they stand in the environment."""
        wire = Wire(url, "/2/tweets", **timing)
        client = tweepy.Client(None, *secrets, return_type=dict, wait_on_rate_limit=False)
        client.session = WireSession(wire, HOST)
        return cls(client, Calls("x", wire, REFUSALS, keys=" and ".join(names), secrets=secrets), account)

    def length(self, text: str) -> int:
        """Count as X does: links as 23, emoji and most scripts outside Europe as 2."""
        return count_x(text)

    def owed(self) -> list[tuple[str, Cost]]:
        """Return what X charged since this was last asked, by brand; a send of which nobody knows what became counts as taken."""
        return self._bill.take()

    def whoami(self) -> str:
        """Return our account's handle; raises Rejected where the keys belong to another account than the configuration names."""
        return self._ours()[1]

    def post(self, reply: Reply) -> Posted:
        """Publish exactly the reply's text under exactly its mention; one send, at most 30 s."""
        text = reply.version.text
        self._calls.refuse_too_long(self.length(text), self.limit)
        parent = _parent(reply)
        with self._calls.whole():
            with self._calls.before_sending():
                handle = self._ours()[1]

            def write() -> Mapping[str, Any]:
                answer = self._client.create_tweet(text=text, in_reply_to_tweet_id=parent, user_auth=True)
                made = _mapping(_mapping(answer).get("data"))
                return made if str(made.get("id", "")).isdecimal() else _not_understood()

            price = Cost("usd", flat=WITH_LINK if has_link(text) else CREATED)
            try:
                made = self._calls.send(write)
            except NotSent:
                raise
            except Unavailable:
                self._bill.add(reply.mention.mention.brand, price)
                raise
            self._bill.add(reply.mention.mention.brand, price)
        assert made is not None, "only where a network has a place of its own for a reply can that be taken"
        return _posted(made, handle, text)

    def find(self, reply: Reply) -> Posted | None:
        """Return our answer under the mention: the one with this text, else the first. X lists a new post within seconds."""
        parent = _parent(reply)
        with self._calls.whole():
            our_id, handle = self._ours()
            ours = self._our_posts_since(our_id, parent, reply.mention.mention.brand)
            under = [post for post in ours if _answers(post, parent)]
        found = [_posted(post, handle, reply.version.text) for post in reversed(under)]
        return next((one for one in found if one.text == reply.version.text), found[0] if found else None)

    def standing(self, reply: Reply) -> Standing:
        """Say what has become of the mention; an edit on X is a new post that takes the old one's place."""
        parent = _parent(reply)
        with self._calls.whole():
            answer = _mapping(self._calls.ask(lambda: _whole(self._client.get_tweet(parent, tweet_fields=FIELDS, user_auth=True))))
            post = answer.get("data")
            if not isinstance(post, Mapping):
                return _why_missing(answer)
            self._bill.add(reply.mention.mention.brand, Cost("usd", {f"x/post/{parent}": POST}))
            if self.find(reply) is not None:
                return Standing.ANSWERED
        history = [str(one) for one in post.get("edit_history_tweet_ids") or [parent]]
        if history[-1] != parent or is_edited(reply.mention.mention.text, _readings(post)):
            return Standing.EDITED
        return Standing.UNCHANGED

    def answered_by(self, reply: Reply, handles: Sequence[str]) -> str:
        """Return which other account of the brand's answered within the last seven days, as far back as X searches."""
        parent = _parent(reply)
        with self._calls.whole():
            others = other_handles(handles, self._ours()[1], _HANDLE)
            for start in range(0, len(others), ASKED_AT_ONCE):
                query = f"in_reply_to_tweet_id:{parent} ({' OR '.join(f'from:{one}' for one in others[start : start + ASKED_AT_ONCE])})"

                def read(query: str = query) -> Mapping[str, Any]:
                    return _whole(
                        self._client.search_recent_tweets(
                            query, max_results=10, expansions=["author_id"], user_fields=["username"], user_auth=True
                        )
                    )

                answer = _mapping(self._calls.ask(read))
                if answer.get("data"):
                    self._bill.add(reply.mention.mention.brand, Found.of(self.name, self._calls.wire.url, answer).cost())
                    people = _mapping(answer.get("includes") or {}).get("users") or [{}]
                    return str(_mapping(people[0]).get("username") or others[start])
        return ""

    def _ours(self) -> tuple[str, str]:
        """Return our account's id and handle, checked once."""
        if self._me is None:
            user = self._calls.ask(lambda: _mapping(_whole(self._client.get_me(user_auth=True)).get("data")))
            our_id, handle = str((user or {}).get("id", "")), str((user or {}).get("username", ""))
            if not our_id.isdecimal() or not handle:
                raise Unavailable("x: it does not say whose keys these are")
            self._calls.check_account(f"@{handle}", self._account, not self._account or same_handle(handle, self._account))
            self._me = our_id, handle
        return self._me

    def _our_posts_since(self, our_id: str, since: str, brand: str) -> Iterator[Mapping[str, Any]]:
        """Yield our posts newer than `since`, the newest first; raises Unavailable where there are too many to see them all."""
        token = None
        for _ in range(PAGES):

            def read(token: str | None = token) -> Mapping[str, Any]:
                return _whole(
                    self._client.get_users_tweets(
                        our_id, since_id=since, max_results=100, pagination_token=token, tweet_fields=FIELDS, user_auth=True
                    )
                )

            page = _mapping(self._calls.ask(read))
            posts, meta = page.get("data") or [], page.get("meta")
            if not isinstance(posts, list) or not isinstance(meta, Mapping) or not all(isinstance(post, Mapping) for post in posts):
                raise Unavailable("x: the list of our own posts cannot be understood")
            self._bill.add(brand, Cost("usd", {f"x/own/{post.get('id')}": OWN_POST for post in posts}))
            yield from posts
            token = meta.get("next_token")
            if not token:
                return
        raise Unavailable(f"x: more than {PAGES * 100} posts of ours came after the mention, too many to look through")


def _parent(reply: Reply) -> str:
    parent = reply.mention.mention.external_id
    if not (parent.isascii() and parent.isdecimal()):
        raise Rejected(f"x: the mention has no id of a post on X, and so nothing can be posted under it (it has {parent[:40]!r})")
    return parent


def _whole(answer: Any) -> Mapping[str, Any]:
    """Return an answer that is an object with what was asked, or says why not."""
    found = _mapping(answer)
    return found if found.keys() & {"data", "errors", "meta"} else _not_understood()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else _not_understood()


def _not_understood() -> NoReturn:
    raise NotUnderstood


def _why_missing(answer: Mapping[str, Any]) -> Standing:
    errors = answer.get("errors")
    kinds = [str(error.get("type", "")) for error in errors if isinstance(error, Mapping)] if isinstance(errors, list) else []
    if any(kind.endswith(("resource-not-found", "not-authorized-for-resource")) for kind in kinds):
        return Standing.GONE
    return Standing.UNKNOWN


def _answers(post: Mapping[str, Any], parent: str) -> bool:
    references = post.get("referenced_tweets")
    return any(
        reference.get("type") == "replied_to" and str(reference.get("id")) == parent
        for reference in (references if isinstance(references, list) else ())
        if isinstance(reference, Mapping)
    )


def _readings(post: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ways to read a post: as given, unescaped, with its links as written, and at last without the handles before a reply."""
    raw = str(post.get("text", ""))
    note = post.get("note_tweet")
    if isinstance(note, Mapping) and note.get("text"):
        yield html.unescape(str(note["text"]))
    plain = html.unescape(raw)
    entities = post.get("entities")
    urls = entities.get("urls") if isinstance(entities, Mapping) else None
    expanded = plain
    for url in urls if isinstance(urls, list) else ():
        if isinstance(url, Mapping) and url.get("url") and url.get("expanded_url"):
            expanded = expanded.replace(str(url["url"]), str(url["expanded_url"]))
    yield from (raw, plain, expanded, without_handles(plain), without_handles(expanded))


def _posted(post: Mapping[str, Any], handle: str, approved: str) -> Posted:
    found = str(post.get("id", ""))
    text = as_approved(_readings(post), approved)
    return Posted(found, f"https://x.com/{handle}/status/{found}", text, _made_at(found))


def _made_at(post_id: str) -> datetime:
    """Return when a post was made: its id holds the milliseconds since November 2010."""
    return datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC) + timedelta(milliseconds=int(post_id[:19]) >> 22)

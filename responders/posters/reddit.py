"""Publishes on Reddit through praw; in which subreddits, and whether Reddit approved the app, is decided in delivery (L3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

import praw

from monitor.contracts import Rejected, Unavailable
from monitor.domain import Mention, Posted, Reply
from monitor.settings import NetworkSettings, Settings
from responders.contracts import Standing
from responders.delivery import may_answer_in
from responders.limits import REDDIT_CHARACTERS, count_reddit
from responders.markdown import from_markdown, to_markdown
from responders.posters.calls import Calls, NotUnderstood, Refusals, names_of, read_secrets
from responders.posters.likeness import as_approved, is_since, other_handles, plain_handle, same_handle
from responders.posters.sessions import WireSession
from responders.posters.wire import USER_AGENT, Answer, Wire, check_url

API = "https://oauth.reddit.com"
SITE = "https://www.reddit.com"
SECRETS = ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET")
BY_PASSWORD = ("REDDIT_USERNAME", "REDDIT_PASSWORD")
BY_TOKEN = ("REDDIT_REFRESH_TOKEN",)
PAGES = 10
"""Reddit lists at most 1000 comments of an account, in pages of 100, the newest first."""
SKEW = timedelta(minutes=5)

REFUSALS: Refusals = (
    ("blocked", "the author has blocked our account"),
    ("thread_locked", "the thread is locked: nobody can answer there any more"),
    ("locked", "the thread is locked: nobody can answer there any more"),
    ("too_old", "the post is too old: Reddit takes no more answers to it"),
    ("archived", "the post is too old: Reddit takes no more answers to it"),
    ("deleted_comment", "the comment was deleted"),
    ("deleted_link", "the post was deleted"),
    ("has been deleted", "the post was deleted"),
    ("too_long", "Reddit finds the reply too long"),
    ("no_text", "Reddit finds no text in the reply"),
    ("subreddit_notallowed", "the moderators of this subreddit do not let our account answer"),
    ("banned", "our account is banned from this subreddit"),
    ("suspended", "our account at Reddit is suspended"),
    ("already_sub", "Reddit takes this for a second copy of something we posted before"),
    ("quarantine", "the subreddit is quarantined, and our account may not answer there"),
    ("private", "the subreddit is private now, so the post is no longer public"),
    ("invalid_grant", "Reddit does not accept our login; check REDDIT_USERNAME and REDDIT_PASSWORD, or REDDIT_REFRESH_TOKEN"),
    ("forbidden", "Reddit does not let our account answer there: banned, restricted or private"),
)
_HANDLE = re.compile(r"[a-z0-9_-]{3,20}")
_PAUSE = re.compile(r"([0-9]{1,4}) (millisecond|second|minute|hour)")
_UNITS = {"millisecond": 0.001, "second": 1, "minute": 60, "hour": 3600}


class RedditPoster:
    """Publishes as one account of Reddit."""

    name = "reddit"
    limit = REDDIT_CHARACTERS
    pace = (20, timedelta(minutes=1))
    """Reddit takes 100 requests a minute from one app, and a reply asks five; https://support.reddithelp.com/hc/en-us/articles/16160319875092"""

    app = ""
    """The app whose requests Reddit counts, whichever account it speaks for."""
    table = "network.reddit"

    def __init__(self, client: praw.Reddit, calls: Calls, account: str = "", subreddits: Sequence[str] = ()) -> None:
        self._client = client
        self._calls = calls
        self._account = account
        self._subreddits = tuple(subreddits)
        self._me = ""

    @classmethod
    def from_settings(cls, network: NetworkSettings, settings: Settings) -> RedditPoster:
        """Build the client of `[network.reddit]`; raises Rejected where a key is missing or `api_url` would not keep it safe."""
        (token,) = names_of(network, settings, BY_TOKEN)
        wanted = (*SECRETS, *(BY_TOKEN if settings.environment.get(token) else BY_PASSWORD))
        names = names_of(network, settings, wanted, SECRETS)
        secrets = dict(zip(wanted, read_secrets("reddit", settings, names), strict=True))
        url = network.options.get("api_url")
        made = cls.over(
            check_url("reddit", url or API),
            secrets,
            network.account,
            network.options.get("subreddits", ()),
            site=str(url or SITE),
            keys=" and ".join(names),
        )
        made.app, made.table = secrets[SECRETS[0]], network.table
        return made

    @classmethod
    def over(
        cls,
        url: str,
        secrets: Mapping[str, str],
        account: str = "",
        subreddits: Sequence[str] = (),
        *,
        site: str = "",
        keys: str = "",
        **timing: Any,
    ) -> RedditPoster:
        """Build the poster for the API at `url` and the logins at `site`; `secrets` by their common names, `keys` for messages."""
        wire = Wire(url, "/api/comment", **timing)
        login: dict[str, Any] = {"refresh_token": secrets[BY_TOKEN[0]]} if BY_TOKEN[0] in secrets else {}
        if not login:
            login = {"username": secrets[BY_PASSWORD[0]], "password": secrets[BY_PASSWORD[1]]}
        client = praw.Reddit(
            client_id=secrets[SECRETS[0]],
            client_secret=secrets[SECRETS[1]],
            user_agent=USER_AGENT,
            oauth_url=url,
            reddit_url=(site or url).rstrip("/"),
            check_for_updates=False,
            check_for_async=False,
            requestor_kwargs={"session": WireSession(wire)},
            **login,
        )
        hidden = [secret for name, secret in secrets.items() if name != BY_PASSWORD[0]]
        calls = Calls("reddit", wire, REFUSALS, keys=keys or " and ".join(secrets), secrets=hidden)
        return cls(client, calls, account, subreddits)

    def length(self, text: str) -> int:
        """Count the Markdown that Reddit gets: each sign with a meaning takes a backslash besides."""
        return count_reddit(text)

    def whoami(self) -> str:
        """Return our account's name; raises Rejected where the keys belong to another account than the configuration names."""
        return self._ours()

    def post(self, reply: Reply) -> Posted:
        """Publish exactly the reply's text under exactly its mention; one send, at most 30 s."""
        text, mention = reply.version.text, reply.mention.mention
        self._calls.refuse_too_long(self.length(text), self.limit)
        if not may_answer_in(mention.community, self._subreddits):
            raise Rejected(f"reddit: {mention.community or 'the subreddit'} is not in the list `subreddits` of [{self.table}] (L3)")
        parent = _fullname(mention)
        with self._calls.whole():
            with self._calls.before_sending():
                self._ours()
            # Not `comment.reply`, which waits and sends again where Reddit asks for a pause.
            answer = self._calls.send(
                lambda: _answer(self._ask("POST", "api/comment", data={"thing_id": parent, "text": to_markdown(text)}))
            )
        errors = _errors(answer)
        if errors:
            raise self._refusal(errors)
        return self._posted(_made(answer), text)

    def find(self, reply: Reply) -> Posted | None:
        """Return our answer under the mention: the one with this text, else the first."""
        mention = reply.mention.mention
        parent = _fullname(mention)
        with self._calls.whole():
            under = [comment for comment in self._our_comments_since(mention.posted_at - SKEW) if comment.get("parent_id") == parent]
        found = [self._posted(comment, reply.version.text) for comment in reversed(under)]
        return next((one for one in found if one.text == reply.version.text), found[0] if found else None)

    def standing(self, reply: Reply) -> Standing:
        """Say what has become of the mention; Reddit notes when a text was edited."""
        parent = _fullname(reply.mention.mention)
        with self._calls.whole():
            things = self._calls.ask(lambda: _things(self._ask("GET", "api/info", params={"id": parent})))
            if not things or _is_gone(things[0]):
                return Standing.GONE
            if self.find(reply) is not None:
                return Standing.ANSWERED
        edited = things[0].get("edited")
        edited_at = datetime.fromtimestamp(edited, UTC) if isinstance(edited, (int, float)) and edited > 1 else None
        return Standing.EDITED if is_since(edited_at, reply.mention.read_at) else Standing.UNCHANGED

    def answered_by(self, reply: Reply, handles: Sequence[str]) -> str:
        """Return which other account of the brand's stands among the answers that Reddit shows under the mention, the newest 500."""
        parent = _fullname(reply.mention.mention)
        with self._calls.whole():
            others = other_handles(handles, self._ours(), _HANDLE)
            if not others:
                return ""
            things = self._calls.ask(lambda: _things(self._ask("GET", "api/info", params={"id": parent})))
            link = str(things[0].get("link_id") or "") if things and parent.startswith("t1_") else parent
            if not link.startswith("t3_"):
                raise Unavailable("reddit: it does not say under which post the mention stands")
            about = {"comment": parent[3:], "depth": 2} if link != parent else {"depth": 1}
            params = {"sort": "new", "limit": 500, **about}
            below = self._calls.ask(lambda: list(_below(self._ask("GET", f"comments/{link[3:]}", params=params))), absent=_is_missing) or []
        by = {plain_handle(str(one.get("author"))) for one in below if one.get("parent_id") == parent}
        return next((one for one in others if one in by), "")

    def _ask(self, method: str, path: str, **content: Any) -> Any:
        return self._client.request(method=method, path=path, **content)

    def _ours(self) -> str:
        """Return our account's name, checked once."""
        if not self._me:
            me = self._calls.ask(lambda: _mapping(self._ask("GET", "api/v1/me")))
            name = str((me or {}).get("name") or "")
            if not name:
                raise Unavailable("reddit: it does not say whose keys these are")
            if (me or {}).get("is_suspended"):
                raise self._calls.reject("suspended")
            self._calls.check_account(f"u/{name}", self._account, not self._account or same_handle(name, self._account))
            self._me = name
        return self._me

    def _our_comments_since(self, moment: datetime) -> Iterator[Mapping[str, Any]]:
        """Yield our comments back to `moment`; raises Unavailable where Reddit does not list that many."""
        path = f"user/{self._ours()}/comments"
        after = ""
        for _ in range(PAGES):
            params = {"sort": "new", "limit": 100, **({"after": after} if after else {})}
            page = self._calls.ask(lambda params=params: _listing(self._ask("GET", path, params=params)))  # type: ignore[misc]
            comments, after = page or ([], "")
            for comment in comments:
                if float(comment["created_utc"]) < moment.timestamp():
                    return
                yield comment
            if not after:
                return
        raise Unavailable(f"reddit: more than {PAGES * 100} comments of ours came after the mention, more than Reddit lists")

    def _refusal(self, errors: list[str]) -> Exception:
        words = "; ".join(errors)
        if "RATELIMIT" in words:
            pause = _PAUSE.search(words)
            return self._calls.limited(timedelta(seconds=int(pause[1]) * _UNITS[pause[2]] + 1 if pause else 600), words)
        return self._calls.reject(words)

    def _posted(self, comment: Mapping[str, Any], approved: str) -> Posted:
        body = str(comment.get("body", ""))
        text = approved if body == to_markdown(approved) else as_approved([body, from_markdown(body)], approved)
        made = comment.get("created_utc")
        at = datetime.fromtimestamp(made, UTC) if isinstance(made, (int, float)) else None
        link = str(comment.get("permalink") or "")
        return Posted(f"t1_{comment['id']}", f"{SITE}{link}" if link.startswith("/") else link, text, at)


def _fullname(mention: Mention) -> str:
    """Return Reddit's name for what is answered: t3_ and the id of a post, t1_ and that of a comment."""
    given = mention.external_id
    if re.fullmatch(r"t[13]_[0-9a-z]{1,13}", given):
        return given
    place = re.search(r"/comments/([0-9a-z]+)(?:/[^/?#]*(?:/([0-9a-z]+))?)?", mention.url)
    if place and given == place[2]:
        return f"t1_{given}"
    if place and given == place[1] and not place[2]:
        return f"t3_{given}"
    raise Rejected(f"reddit: neither the mention's id ({given[:40]!r}) nor its address says which post or comment it is")


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        _not_understood()
    return value


def _answer(value: Any) -> Mapping[str, Any]:
    """Return an answer to a comment that says either what is wrong or what was made."""
    found = _mapping(_mapping(value).get("json"))
    if not found.get("errors"):
        made = _mapping(_mapping(_mapping(found.get("data"))["things"][0])["data"])
        if not isinstance(made["id"], str):
            raise NotUnderstood
    return found


def _errors(answer: Mapping[str, Any] | None) -> list[str]:
    errors = (answer or {}).get("errors") or []
    return [": ".join(str(part) for part in error[:2]) if isinstance(error, list) else str(error) for error in errors]


def _made(answer: Mapping[str, Any] | None) -> Mapping[str, Any]:
    made: Mapping[str, Any] = _mapping(answer)["data"]["things"][0]["data"]
    return made


def _listing(value: Any) -> tuple[list[Mapping[str, Any]], str]:
    found = _mapping(_mapping(value)["data"])
    comments = [_mapping(_mapping(child)["data"]) for child in found["children"]]
    if any(not {"id", "parent_id", "created_utc"} <= comment.keys() for comment in comments):
        raise NotUnderstood
    return comments, str(found.get("after") or "")


def _below(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the comments that Reddit shows on the page of a post, with the answers to each."""
    waiting = list(_things(value[1])) if isinstance(value, list) and len(value) == 2 else _not_understood()
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one.get("replies"), Mapping):
            waiting += _things(one["replies"])


def _not_understood() -> NoReturn:
    raise NotUnderstood


def _is_missing(answer: Answer) -> bool:
    return answer.status == 404


def _things(value: Any) -> list[Mapping[str, Any]]:
    return [_mapping(_mapping(child)["data"]) for child in _mapping(_mapping(value)["data"])["children"]]


def _is_gone(thing: Mapping[str, Any]) -> bool:
    text = thing.get("body", thing.get("selftext"))
    return thing.get("author") in (None, "[deleted]") or text in ("[deleted]", "[removed]") or bool(thing.get("removed_by_category"))

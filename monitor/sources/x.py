"""Reads X through tweepy: what was said to our account, then the recent search for the brand's words; every post read is paid (L2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

import requests
import tweepy

from monitor.contracts import AdapterError, Batch, Cost, Named, RateLimited, Recheck, Rejected, Unavailable
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.answers import Page, check_keeps_secrets, error_words, list_at, open_object, text_at
from monitor.sources.clients import ReaderAdapter, make_session, own_error
from monitor.sources.fields import MAX_SHORT
from monitor.sources.looks import look
from monitor.sources.questions import quoted, split
from monitor.sources.statuses import read_spent
from monitor.sources.turns import Turn, order, phrases
from monitor.sources.tweets import SNOWFLAKES, USER, Found, earlier, id_of, is_id, moment_in, number_at, read_post
from monitor.sources.web import USER_AGENT, Reader, shown, utc_now
from monitor.text import clean, clip

NETWORK = "x"
API_URL = "https://api.twitter.com"
"""The host that tweepy has built in."""
TOKEN = "X_BEARER_TOKEN"  # noqa: S105 - the name of the variable, not what is in it.
PAGE = 100
_NO_MORE = frozenset({"resource-not-found", "not-authorized-for-resource", "resource-unavailable"})
"""X's problems, by the end of their type, of a post that is deleted, withheld, or of an account that is private or suspended."""
LONGEST_QUERY = 512
"""https://docs.x.com/x-api/posts/search/integrate/build-a-query"""
REACH = timedelta(days=7) - timedelta(minutes=10)
"""How far back the recent search goes, less what clocks and slow lines may take; an older `since_id` is refused."""
OVERLAP = timedelta(minutes=2)
"""Read again at each reading, for a post is found some seconds after it was written; within one UTC day that costs nothing."""
STALE = timedelta(days=1)
"""A mark older than this moves up to the last reading, so that a quiet brand's does not fall off the edge of the search."""
LATE = timedelta(hours=1)

_TWEET_FIELDS = ["author_id", "created_at", "entities", "in_reply_to_user_id", "lang", "note_tweet", "referenced_tweets"]
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_ADVICE: Mapping[int, str] = {
    400: "it does not understand the question; a term with unusual signs may be why",
    401: f"it does not take our key; put the bearer token of an app with credits into {TOKEN}",
    402: "the app has no credits left; buy some in X's developer console",
    403: f"our app may not read this; the app of {TOKEN} must be in a project with pay-per-use access",
}


class XSource:
    """Asks one question at each fetch: who our account is (once), its mentions, other handles of ours, then the brand's words.

    Reposts and our own posts are not asked for. Authors of found posts have only their number for a handle unless `authors`, since
    each costs twice what a post costs; of those who speak to our account the name is always read. Posts and authors named in an
    answer are told as its cost.
    """

    recheck_most = PAGE
    recheck_every = timedelta(hours=24)
    """X's developer agreement wants deletions and edits followed within 24 hours (L1)."""

    def __init__(
        self,
        name: str,
        client: tweepy.Client,
        *,
        now: Callable[[], datetime],
        api_url: str = API_URL,
        account: str = "",
        authors: bool = False,
        only_to_us: bool = False,
    ) -> None:
        self.name = name
        self._client = client
        self._now = now
        self._api_url = api_url
        self._account = account.strip().lstrip("@")
        self._authors = authors
        self._only_to_us = only_to_us

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind x describes; raises Rejected where our key would not be safe."""
        reader = Reader.of(source, advice=_ADVICE)
        url = check_keeps_secrets(source.name, source.options.get("api_url") or API_URL)
        client = make_client(url, settings.environment.get(TOKEN, ""), reader)
        return cls(
            source.name,
            client,
            now=utc_now,
            api_url=url,
            account=source.options.get("account", ""),
            authors=source.options.get("authors", False),
        )

    def only_to_us(self) -> Self:
        """Return the source as it reads only what was written to us."""
        return type(self)(
            self.name,
            self._client,
            now=self._now,
            api_url=self._api_url,
            account=self._account,
            authors=self._authors,
            only_to_us=True,
        )

    def questions(self, brand: Brand) -> list[str]:
        """Return what is asked for a brand, in order; what is too long to be asked is not among it."""
        return self._questions(brand, Page(shown(self._api_url), NETWORK, brand, self.name, self._now()))

    def read_names(self, handles: Sequence[str]) -> Named:
        """Return name and handle of authors who are known by number; each costs once a UTC day."""
        numbers = [handle for handle in handles if is_id(handle)][:PAGE]
        if not numbers or not self._client.bearer_token:
            return Named({})
        answer = self._call(lambda: self._client.get_users(ids=numbers, user_fields=["name", "username"]))
        found = {number: one for one in list_at(answer.object, "data") if (number := text_at(one, "id")) in numbers}
        named = {number: (clean(text_at(one, "name")).strip(), clean(text_at(one, "username")).strip()) for number, one in found.items()}
        names = {number: clip(f"{name} (@{username})", MAX_SHORT) for number, (name, username) in named.items() if username}
        return Named(names, Cost("usd", {f"x/user/{number}": USER for number in found}))

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one question."""
        now = self._now()
        state = Turn.open(cursor)
        if not self._client.bearer_token:
            raise Rejected(f"{self.name}: X is read with a key only; put the bearer token of an app with credits into {TOKEN}")
        if (until := state.wish(now)) is not None:
            raise RateLimited(f"{self.name}: X asks us to wait until {until:%Y-%m-%d %H:%M:%S} UTC", until)
        page = Page(shown(self._api_url), NETWORK, brand, self.name, now)
        questions = self._questions(brand, page)
        state, question = _next(state, questions, self._asks)
        if not question:
            return Batch((), state.close(), rejected=page.rejected)
        our_id = id_of(state, self._account)
        if question.startswith("account:"):
            return self._find_account(state, questions, page)
        asked, gap = self._since(state, now, searching=not question.startswith("mentions:"))
        if gap and not state.page:
            page.tell(gap)
        answer = self._ask(question, our_id, asked)
        found = Found.of(self.name, self._api_url, answer.object)
        for post in found.posts:
            page.add(post, partial(read_post, brand=brand, account=self._account, our_id=our_id, found=found, now=now))
        marks = [number for post in found.posts if is_id(number := text_at(post, "id")) and (moment_in(number) or now) <= now + OVERLAP]
        further = self._further(found, state)
        if not further:
            marks += _fresh_mark(max([state.mark, state.newest, *marks], key=order), now)
        following, trouble = state.step(questions, marks, further)
        if trouble:
            page.tell(trouble)
        return self._batch(page, following, answer, found.cost())

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask for up to 100 posts by id, each charged as a post read. https://docs.x.com/x-api/posts/get-posts-by-ids"""
        if not self._client.bearer_token:
            raise Rejected(f"{self.name}: X is read with a key only; put the bearer token of an app with credits into {TOKEN}")
        names = [mention.external_id for mention in found if is_id(mention.external_id)]
        if not names:
            return Recheck()
        page = Page(shown(self._api_url), NETWORK, brand, self.name, self._now())
        answer = self._call(lambda: self._client.get_tweets(names, tweet_fields=_TWEET_FIELDS))
        posts = Found.of(self.name, self._api_url, answer.object)
        refused = [one for one in list_at(answer.object, "errors") if text_at(one, "type").rpartition("/")[2] in _NO_MORE]
        gone = {number for one in refused if (number := text_at(one, "resource_id") or text_at(one, "value")) in names}
        answered = {number: post for post in posts.posts if (number := text_at(post, "id")) in names}
        read = partial(read_post, brand=brand, account=self._account, our_id="", found=posts, now=page.now)
        return look(page, answered, read, gone=gone - set(answered), cost=posts.cost())

    def _batch(self, page: Page, following: Turn, answer: _Answer, cost: Cost | None) -> Batch:
        """Return what was read; where X says that no further request is left, reading goes on at the next poll."""
        until = read_spent(answer.headers, page.now)
        if until is not None:
            following = replace(following, wait_until=int(until.timestamp()))
        return Batch(page.all(), following.close(), more=bool(following.turn) and until is None, rejected=page.rejected, cost=cost)

    # What is asked

    def _questions(self, brand: Brand, page: Page) -> list[str]:
        """Return the questions in their order, the cheapest and most important first; a term that cannot be asked for is told."""
        handles = [name for handle in brand.handles if _HANDLE.fullmatch(name := handle.strip().lstrip("@"))]
        ours = list(dict.fromkeys(name.casefold() for name in ([self._account] if self._account else []) + handles))
        after = ") -is:retweet" + "".join(f" -from:{name}" for name in ours[:5])
        others = [f"@{name}" for name in ours if name != self._account.casefold()]
        words = [quoted(phrase) for phrase in phrases(brand)] + [f"#{tag}" for tag in map(_tag, brand.hashtags) if tag]
        to_us, _ = split(others, LONGEST_QUERY, after=after)
        queries, too_long = split(filter(None, words), LONGEST_QUERY, after=after)
        for word in too_long:
            page.tell(f"{clip(word, 60)} is too long for X's search, which takes {LONGEST_QUERY} characters, and is not asked for")
        account = [f"account:{self._account}", f"mentions:{self._account}"] if self._account else []
        return [*account, *(f"to us:{query}" for query in to_us), *(f"search:{query}" for query in queries)]

    def _asks(self, question: str, state: Turn) -> bool:
        """Say whether a question is asked at all now."""
        if question.startswith("account:"):
            return not id_of(state, self._account)
        return not (self._only_to_us and question.startswith("search:"))

    def _since(self, state: Turn, now: datetime, *, searching: bool) -> tuple[dict[str, str], str]:
        """Return from where to where is asked, and what can no longer be read, in one sentence."""
        asked = {"until_id": state.page} if is_id(state.page) else {}
        if not is_id(state.mark):
            return asked, ""
        known = int(state.mark)
        if known <= SNOWFLAKES:
            return asked | {"since_id": state.mark}, ""
        since, edge = earlier(known, OVERLAP), number_at(now - REACH)
        if not searching or since >= edge:
            return asked | {"since_id": str(since)}, ""
        begin, end = (f"{moment:%Y-%m-%d %H:%M}" for moment in (moment_in(state.mark) or now, now - REACH))
        gap = f"X's search goes back 7 days; what was written from {begin} to {end} UTC is not read" if known < edge else ""
        return asked | {"since_id": str(edge)}, gap

    def _further(self, found: Found, state: Turn) -> str:
        """Return where older answers go on, or "" where there are none."""
        if not found.more:
            return ""
        numbers = [int(number) for post in found.posts if is_id(number := text_at(post, "id"))]
        if not numbers or (is_id(state.page) and min(numbers) >= int(state.page)):
            raise Unavailable(f"{self.name}: {shown(self._api_url)} says that there is more, and not where")
        return str(min(numbers))

    def _ask(self, question: str, our_id: str, asked: Mapping[str, str]) -> _Answer:
        kind, _, words = question.partition(":")
        names = self._authors or kind == "mentions"
        more: dict[str, Any] = {
            "max_results": PAGE,
            "tweet_fields": _TWEET_FIELDS,
            "expansions": ["referenced_tweets.id", *(["author_id"] if names else [])],
            **({"user_fields": ["name", "username"]} if names else {}),
            **asked,
        }
        if kind == "mentions":
            return self._call(lambda: self._client.get_users_mentions(our_id, **more))
        return self._call(lambda: self._client.search_recent_tweets(words, **more))

    def _find_account(self, state: Turn, questions: Sequence[str], page: Page) -> Batch:
        """Read which number our account has; it stands in the cursor from then on."""
        answer = self._call(lambda: self._client.get_user(username=self._account))
        number = text_at(answer.object, "data", "id")
        if not is_id(number):
            if answer.object.get("errors"):
                raise Rejected(f"{self.name}: X knows no account @{self._account}; check `account`")
            raise Unavailable(f"{self.name}: {shown(self._api_url)} does not say which number @{self._account} has")
        return self._batch(page, state.skip(questions, number), answer, Cost("usd", {f"x/user/{number}": USER}))

    def _call(self, ask: Callable[[], requests.Response]) -> _Answer:
        try:
            response = ask()
        except Exception as error:  # noqa: BLE001 - whatever the library makes of a strange answer is one of three errors.
            told: AdapterError | None = own_error(error)
            if told is not None:
                raise told from None
            raise Unavailable(f"{self.name}: {shown(self._api_url)} answered something that cannot be understood") from None
        found = open_object(self.name, self._api_url, response.content)
        if not any(
            isinstance(found.get(key), kind) for key, kind in (("data", Mapping), ("data", list), ("meta", Mapping), ("errors", list))
        ):
            told_words = clip(clean(text_at(found, "detail") or text_at(found, "title") or error_words(found)), 200)
            because = f": {told_words}" if told_words else ""
            raise Unavailable(f"{self.name}: {shown(self._api_url)} answered something else than was asked for{because}")
        return _Answer(found, response.headers)


@dataclass(frozen=True, slots=True)
class _Answer:
    object: Mapping[str, Any]
    headers: Mapping[str, str]


def make_client(url: str, token: str, reader: Reader) -> tweepy.Client:
    """Return a client of the API at `url` that speaks through `reader` and gives answers as they came."""
    client = tweepy.Client(token.strip(), return_type=requests.Response, wait_on_rate_limit=False)
    client.user_agent = USER_AGENT
    limits = ("x-rate-limit-remaining", "x-rate-limit-reset")
    client.session = make_session(ReaderAdapter(reader, instead={API_URL + "/": url.rstrip("/") + "/"}, keep=limits))
    return client


def _next(state: Turn, questions: Sequence[str], asks: Callable[[str, Turn], bool]) -> tuple[Turn, str]:
    """Return the next question that is asked at all, and the cursor for it; "" where none is left in this round."""
    if not questions:
        return state, ""
    state, question = state.begin(questions)
    while not asks(question, state):
        state = state.skip(questions)
        if not state.turn:
            return state, ""
        state, question = state.begin(questions)
    return state, question


def _fresh_mark(newest: str, now: datetime) -> list[str]:
    """Return a mark shortly before now where the newest found is so old that the search would soon refuse it."""
    written = moment_in(newest) if is_id(newest) else None
    return [str(number_at(now - LATE))] if written and written < now - STALE else []


def _tag(hashtag: str) -> str:
    return "".join(sign for sign in hashtag.strip().lstrip("#").casefold() if sign.isalnum() or sign == "_")

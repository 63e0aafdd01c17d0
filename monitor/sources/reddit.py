"""Reads Reddit through praw: mentions of our account, the search for the brand's words, and the comments of listed subreddits."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

import praw

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
    mark_of,
    moment_from,
    moment_of,
    text_at,
)
from monitor.sources.clients import ReaderAdapter, make_session, own_error
from monitor.sources.looks import look
from monitor.sources.questions import quoted, split
from monitor.sources.statuses import read_spent
from monitor.sources.turns import MAX_PAGES, Turn, phrases
from monitor.sources.web import USER_AGENT, Answer, Reader, shown, utc_now
from monitor.text import clip

NETWORK = "reddit"
API_URL, SITE_URL = "https://oauth.reddit.com", "https://www.reddit.com"
SECRETS = ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET")
USER_TOKEN = "REDDIT_READ_REFRESH_TOKEN"  # noqa: S105 - the name of the variable, not what is in it.
PAGE = 100
LONGEST_QUERY = 512
"""Reddit's own limit of a search's words."""
OVERLAPS: Mapping[str, timedelta] = {"search": timedelta(hours=1)}
"""How far before the last text is read again: the search finds a post some minutes after it was written."""
OVERLAP = timedelta(minutes=5)
MAX_DEPTH = 10_000
"""Nested comments taken from one answer."""

_GONE = frozenset({"[deleted]", "[removed]", "[ removed by reddit ]", "[deleted by user]", "[unavailable]"})
"""What Reddit writes in place of a text or a name that was taken back."""
_NOT_PUBLIC = frozenset({"private", "employees_only", "gold_only", "gold_restricted"})
_SHUT = re.compile(r"/r/[^ ]* answered 40[34]: ")
"""How a refusal reads that is about one subreddit, and not about our app."""
_APPROVAL = "Reddit's API is only for apps that Reddit approved (L3); ask at developers.reddit.com"
_ADVICE: Mapping[int, str] = {
    401: f"it does not take our key; check {' and '.join(SECRETS)}. {_APPROVAL}",
    403: f"it does not let our app read this. {_APPROVAL}; or the subreddit is private, banned or quarantined",
    404: "nothing is there; check the names in `subreddits`",
}


class RedditSource:
    """Asks one question at each fetch: mentions of our account, then each search, then each listed subreddit's comments.

    What was deleted or removed, by whomever, leaves no trace; private messages are never read. Comments are found in the listed
    subreddits only, since Reddit's search knows posts alone. An edited text is read as it stands.
    """

    recheck_most = PAGE
    recheck_every = timedelta(hours=24)
    """What Reddit's terms want is 48 hours (L3)."""

    def __init__(
        self,
        name: str,
        client: praw.Reddit,
        *,
        now: Callable[[], datetime],
        heard: _Heard | None = None,
        subreddits: Iterable[str] = (),
        inbox: bool = False,
        account_is_brands: bool = False,
    ) -> None:
        self.name = name
        self._client = client
        self._now = now
        self._heard = heard or _Heard()
        self._subreddits = tuple(dict.fromkeys(name for given in subreddits if (name := _plain(given))))
        self._inbox = inbox
        self._account_is_brands = account_is_brands
        self._url = str(client.config.oauth_url)

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind reddit describes; raises Rejected where our keys would not be safe."""
        reader = Reader.of(source, advice=_ADVICE)
        given = source.options.get("api_url") or ""
        url = check_keeps_secrets(source.name, given or API_URL)
        secrets = [settings.environment.get(secret, "").strip() for secret in (*SECRETS, USER_TOKEN)]
        heard = _Heard()
        client = make_client(url, url if given else SITE_URL, secrets, reader, heard)
        brands = source.brands or tuple(brand.id for brand in settings.brands)
        return cls(
            source.name,
            client,
            now=utc_now,
            heard=heard,
            subreddits=source.options.get("subreddits", ()),
            inbox=bool(secrets[2]),
            account_is_brands=len(brands) == 1,
        )

    def questions(self, brand: Brand) -> list[str]:
        """Return what is asked for a brand, in order; what is too long to be asked is not among it."""
        return self._questions(brand, Page(shown(self._url), NETWORK, brand, self.name, self._now()))

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one question."""
        now = self._now()
        state = Turn.open(cursor)
        if not all((self._client.config.client_id, self._client.config.client_secret)):
            raise Rejected(f"{self.name}: Reddit is read with keys only; put them into {' and '.join(SECRETS)}. {_APPROVAL}")
        if (until := state.wish(now)) is not None:
            raise RateLimited(f"{self.name}: Reddit asks us to wait until {until:%Y-%m-%d %H:%M:%S} UTC", until)
        page = Page(shown(self._url), NETWORK, brand, self.name, now)
        questions = self._questions(brand, page)
        if not questions:
            return Batch((), state.close(), rejected=page.rejected)
        state, question = state.begin(questions)
        try:
            things, after = self._ask(question, state.page)
        except Rejected as error:
            subreddit = question.split(":")[1] if ":" in question else ""
            if not (subreddit and _SHUT.search(str(error))):
                raise
            page.tell(f"r/{subreddit} is left out: {error}")
            return self._batch(page, state.skip(questions), "")
        for thing in things:
            page.add(thing, partial(self._read, brand=brand, told=question == "inbox", now=now))
        return self._batch(page, *self._step(state, questions, question, things, after, now))

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask for up to 100 posts and comments by name. https://www.reddit.com/dev/api#GET_api_info

        What was deleted or removed comes without its author or text; what is not answered at all, beside others, is shut to the public.
        """
        names = [mention.external_id for mention in found]
        self._heard.forget()
        try:
            answer: Any = self._client.request(method="GET", path="api/info", params={"id": ",".join(names), "limit": PAGE})
        except Exception as error:  # noqa: BLE001 - whatever the library makes of a strange answer is one of three errors.
            raise self._own(error) from None
        if not isinstance(mapping_at(answer, "data").get("children"), list):
            raise Unavailable(f"{self.name}: {shown(self._url)} answered something else than a listing")
        things = {name: thing for thing in _things(answer) if (name := text_at(thing, "name")) in names}
        absent = set(names) - set(things) if things else set()
        page = Page(shown(self._url), NETWORK, brand, self.name, self._now())
        looked = look(page, things, partial(self._read, brand=brand, told=False, now=page.now), gone=absent)
        # Reddit says itself of a text that it was changed.
        changed = {name: text if things[name].get("edited") else "" for name, text in looked.there.items()}
        return replace(looked, there=changed)

    def _step(
        self, state: Turn, questions: Sequence[str], question: str, things: Sequence[Mapping[str, Any]], after: str, now: datetime
    ) -> tuple[Turn, str]:
        """Return the cursor after a page, and what went wrong in one sentence."""
        if state.page and not things and state.pages + 1 < MAX_PAGES:
            # Reddit goes on after a post by its name, and answers with nothing once that post is deleted: begin this question anew.
            return replace(state, page="", pages=state.pages + 1), ""
        moments = [moment for thing in things if (moment := moment_of(thing.get("created_utc"), now)) is not None]
        known = moment_from(state.mark)
        overlap = OVERLAPS.get(question.partition(":")[0], OVERLAP)
        further = bool(after) and after != state.page and not (known and moments and min(moments) < known - overlap)
        return state.step(questions, [mark_of(moment) for moment in moments], after if further else "")

    def _batch(self, page: Page, following: Turn, trouble: str) -> Batch:
        if trouble:
            page.tell(trouble)
        until = read_spent(self._heard.headers, page.now)
        if until is not None:
            following = replace(following, wait_until=int(until.timestamp()))
        return Batch(page.all(), following.close(), more=bool(following.turn) and until is None, rejected=page.rejected)

    def _questions(self, brand: Brand, page: Page) -> list[str]:
        queries, too_long = split(filter(None, map(quoted, phrases(brand))), LONGEST_QUERY, before="", after="")
        for phrase in too_long:
            page.tell(f"{clip(phrase, 60)} is too long for Reddit's search, which takes {LONGEST_QUERY} characters, and is not asked for")
        inbox = ["inbox"] if self._inbox else []
        searches = [f"search:{name}:{query}" for name in self._subreddits or ("",) for query in queries]
        return [*inbox, *searches, *(f"comments:{name}" for name in self._subreddits)]

    def _ask(self, question: str, after: str) -> tuple[list[Mapping[str, Any]], str]:
        """Return the things of one page, nested ones included, and the name after which older ones come."""
        kind, subreddit, words = (*question.split(":", 2), "", "")[:3]
        asked: dict[str, Any] = {"limit": PAGE, **({"after": after} if after else {})}
        if kind == "inbox":
            path = "message/mentions"
        elif kind == "comments":
            path = f"r/{subreddit}/comments"
        else:
            asked |= {"q": words, "sort": "new", "type": "link", "t": "all"}
            asked |= {"restrict_sr": "1"} if subreddit else {}
            path = f"r/{subreddit}/search" if subreddit else "search"
        self._heard.forget()
        try:
            answer: Any = self._client.request(method="GET", path=path, params=asked)
        except Exception as error:  # noqa: BLE001 - whatever the library makes of a strange answer is one of three errors.
            raise self._own(error) from None
        if not isinstance(mapping_at(answer, "data").get("children"), list):
            raise Unavailable(f"{self.name}: {shown(self._url)} answered something else than a listing")
        return list(_things(answer)), text_at(answer, "data", "after")

    def _own(self, error: Exception) -> AdapterError:
        told = own_error(error)
        if told is not None:
            return told
        if type(error).__name__ == "OAuthException":
            return Rejected(f"{self.name}: Reddit does not accept our login; check {', '.join((*SECRETS, USER_TOKEN))}. {_APPROVAL}")
        return Unavailable(f"{self.name}: {shown(self._url)} answered something that cannot be understood")

    def _read(self, thing: Mapping[str, Any], *, brand: Brand, told: bool, now: datetime) -> Mapping[str, Any]:
        """Return Reddit's post (t3) or comment (t1) as the fields of a mention. https://www.reddit.com/dev/api"""
        name, author, subreddit = text_at(thing, "name"), text_at(thing, "author"), text_at(thing, "subreddit")
        if not name.startswith(("t1_", "t3_")) or text_at(thing, "subreddit_type") in _NOT_PUBLIC or thing.get("quarantine") is True:
            raise LeftOut
        parts = [text_at(thing, "title"), text_at(thing, "selftext")] if name.startswith("t3_") else [text_at(thing, "body")]
        taken_back = thing.get("removed_by_category") or thing.get("banned_by") or (thing.get("author", "") is None)
        if taken_back or any(part.strip().casefold() in _GONE for part in (author, *parts)):
            raise LeftOut
        place = text_at(thing, "permalink") or text_at(thing, "context").partition("?")[0]
        return {
            "external_id": name,
            "author": author,
            "text": "\n\n".join(part for part in parts if part.strip()),
            "url": f"{SITE_URL}{place}" if place.startswith("/") else "",
            "posted_at": moment_of(thing.get("created_utc"), now),
            "mentions_us": told and self._account_is_brands,
            "own_channel": is_ours(text_at(thing, "link_author"), brand),
            "community": f"r/{subreddit}" if subreddit else "",
            "parent_id": text_at(thing, "parent_id"),
            "ours": is_ours(author, brand, f"u/{author}"),
        }


class _Heard(threading.local):
    """The headers of the last answer in this thread: praw does not hand them on, and polls of two brands may run side by side."""

    headers: Mapping[str, str] = {}

    def __call__(self, answer: Answer) -> None:
        self.headers = answer.headers

    def forget(self) -> None:
        self.headers = {}


def make_client(url: str, site: str, secrets: Sequence[str], reader: Reader, heard: Callable[[Answer], None]) -> praw.Reddit:
    """Return a client of the API at `url` and the logins at `site` that speaks through `reader`; it sees no limits, so it never waits.

    `secrets` are the app's id and secret, and a refresh token, or "" to read as nobody in particular.
    """
    login: dict[str, Any] = {"refresh_token": secrets[2]} if secrets[2] else {}
    return praw.Reddit(
        client_id=secrets[0],
        client_secret=secrets[1],
        user_agent=USER_AGENT,
        oauth_url=url.rstrip("/") + "/",
        reddit_url=site.rstrip("/"),
        check_for_updates=False,
        check_for_async=False,
        requestor_kwargs={"session": make_session(ReaderAdapter(reader, hear=heard))},
        **login,
    )


def _things(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the posts and comments of a listing, and the comments nested below them; what is no object is left for the page to tell."""
    waiting = list_at(answer, "data", "children")[::-1]
    for _ in range(MAX_DEPTH):
        if not waiting:
            return
        thing = waiting.pop()
        content = thing.get("data") if isinstance(thing, Mapping) else None
        kind = text_at(thing, "kind")
        if not isinstance(content, Mapping):
            yield {}
        elif kind in ("t1", "t3"):
            yield content
            waiting += list_at(content, "replies", "data", "children")[::-1]


def _plain(subreddit: str) -> str:
    """Return a subreddit's name without r/; "" where it cannot be one."""
    name = subreddit.strip().strip("/").removeprefix("r/").casefold()
    return name if name.isascii() and name.replace("_", "").isalnum() and 2 <= len(name) <= 21 else ""

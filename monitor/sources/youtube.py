"""Reads comments on YouTube, and videos that a search finds, through its Data API (version 3), one page at each fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from html import unescape
from typing import Any, NoReturn, Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from monitor.contracts import AdapterError, Batch, Cost, RateLimited, Recheck, Rejected, Unavailable
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
    number_at,
    open_object,
    text_at,
)
from monitor.sources.looks import is_within, look, says_the_same
from monitor.sources.statuses import WAIT
from monitor.sources.turns import Turn, phrases
from monitor.sources.web import Reader, shown, utc_now
from monitor.text import clean

NETWORK = "youtube"
API_URL = "https://www.googleapis.com/youtube/v3"
WATCH_URL = "https://www.youtube.com/watch?v="
KEY = "YOUTUBE_KEY"
UNIT = 1
"""What each call costs; every project has 10,000 units and 100 searches a day. https://developers.google.com/youtube/v3/determine_quota_cost"""
COMMENTS, VIDEOS = 100, 50
"""The most that a page holds. https://developers.google.com/youtube/v3/docs/commentThreads/list"""
OVERLAP = 3_600
"""Seconds before the last comment that are read again."""
SEARCH_OVERLAP = 6 * 3_600
"""The same for the search, which knows a video some time after it was published."""
MOST_LOOKS = 12
"""Calls in one look at what became of texts; where YouTube does not say which of many are gone, they are asked about in halves."""
MORE_REPLIES = 3
"""Threads of a page whose further replies are looked up; a page brings some of each by itself."""
LIVELY = timedelta(days=3)
"""So old may a thread be for its further replies to be looked up again at each reading."""
_ZONE = "America/Los_Angeles"
"""Whose midnight ends the day of the quota."""
_SPENT = frozenset({"quotaExceeded", "dailyLimitExceeded"})
_HURRIED = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
_NOTHING_THERE: Mapping[str, str] = {
    "commentsDisabled": "comments are switched off there",
    "videoNotFound": "it was deleted, made private, or never was; take it out of monitor.toml",
    "channelNotFound": "it is gone, or never was; take it out of monitor.toml",
    "forbidden": "its owner does not let us read it",
    "commentNotFound": "it was deleted",
    "parentCommentNotFound": "it was deleted",
}
"""What YouTube says of one video, channel or comment, and what that means; the others are read all the same."""
_NOT_FOUND = frozenset({"commentNotFound", "videoNotFound"})


class YouTubeSource:
    """Asks for the newest comments of each listed channel and video, then, some times a day, for new videos by the brand's terms."""

    recheck_most = 50
    """As many ids as a call may name. https://developers.google.com/youtube/v3/docs/videos/list"""
    recheck_every = timedelta(hours=24)
    """What YouTube's terms want is 30 days. https://developers.google.com/youtube/terms/developer-policies"""

    def __init__(
        self,
        name: str,
        reader: Reader,
        key: str,
        api_url: str = API_URL,
        *,
        now: Callable[[], datetime],
        videos: Iterable[str] = (),
        channels: Iterable[str] = (),
        searches: int = 0,
        only_to_us: bool = False,
    ) -> None:
        self.name = name
        self._reader = reader
        self._key = key
        self._url = api_url.rstrip("/")
        self._now = now
        self._videos, self._channels = tuple(videos), tuple(channels)
        self._searches = searches
        self._only_to_us = only_to_us

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind youtube describes; raises Rejected where our key would not be safe."""
        options = source.options
        url = check_keeps_secrets(source.name, options.get("api_url") or API_URL)
        return cls(
            source.name,
            Reader.of(source, accept=(400, 403, 404)),
            settings.environment.get(KEY, "").strip(),
            url,
            now=utc_now,
            videos=options.get("videos", ()),
            channels=options.get("channels", ()),
            searches=max(0, int(options.get("searches_per_day", 20))),
        )

    def only_to_us(self) -> Self:
        """Return the source as it reads only the comments on our own channels."""
        return type(self)(
            self.name,
            self._reader,
            self._key,
            self._url,
            now=self._now,
            videos=self._videos,
            channels=self._channels,
            searches=self._searches,
            only_to_us=True,
        )

    def questions(self, brand: Brand) -> list[str]:
        """Return what is asked for a brand, in order."""
        listed = [f"channel:{one}" for one in self._channels] + [f"video:{one}" for one in self._videos]
        return listed + ([f"search:{phrase}" for phrase in phrases(brand)] if self._searches else [])

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one question."""
        self._check_key()
        now, state = self._now(), Turn.open(cursor)
        if (until := state.wish(now)) is not None:
            raise RateLimited(f"{self.name}: YouTube's units are used up until {until:%Y-%m-%d %H:%M} UTC", until)
        questions = self.questions(brand)
        state, question = self._next(state, questions, brand, now)
        if not question:
            return Batch((), state.close())
        page = Page(shown(self._url), NETWORK, brand, self.name, now)
        kind, _, words = question.partition(":")
        asking = _Asking(self, now)
        try:
            marks, further = (self._search if kind == "search" else self._comments)(asking, page, state, kind, words)
        except _NothingThere as gone:
            page.tell(f"{kind} {words}: {gone}")
            marks, further = [], ""
        following, trouble = state.step(questions, marks, further)
        if trouble:
            page.tell(f"{trouble}: {words}")
        cost = Cost("units", flat=Decimal(asking.units))
        return Batch(page.all(), following.close(), more=bool(following.turn), rejected=page.rejected, cost=cost)

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask for up to 50 comments and videos by id, at a unit a call; what YouTube does not find is gone.

        Of a video's description the search gives a part alone: where that, or the title, stands there no more, the video was changed.
        """
        self._check_key()
        now = self._now()
        page, asking = Page(shown(self._url), NETWORK, brand, self.name, now), _Looking(self, now)
        videos = [mention.external_id for mention in found if mention.url == f"{WATCH_URL}{mention.external_id}"]
        comments = [mention.external_id for mention in found if mention.external_id not in videos]
        try:
            asking.look("comments", comments, {"part": "snippet", "textFormat": "plainText"})
            asking.look("videos", videos, {"part": "snippet"})
        except AdapterError:
            if not asking.answered and not asking.gone:
                raise
        answered = {name: comment for name, comment in asking.answered.items() if name not in videos}
        looked = look(page, answered, partial(_read, brand=brand, thread={}), gone=asking.gone)
        read = {mention.external_id: mention.text for mention in found}
        there = dict(looked.there) | {name: _video_now(asking.answered[name], read[name]) for name in videos if name in asking.answered}
        return Recheck(there, looked.gone, Cost("units", flat=Decimal(asking.units)))

    def _check_key(self) -> None:
        if not (self._key.isascii() and self._key.isprintable() and self._key):
            raise Rejected(f"{self.name}: YouTube is read with a key only; make one at console.cloud.google.com and put it into {KEY}")

    def _next(self, state: Turn, questions: Sequence[str], brand: Brand, now: datetime) -> tuple[Turn, str]:
        """Return the next question that is asked at all now, and the cursor for it; "" where none is left in this round."""
        if not questions:
            return state, ""
        state, question = state.begin(questions)
        while not self._is_asked(question, state, brand, now):
            state = state.skip(questions)
            if not state.turn:
                return state, ""
            state, question = state.begin(questions)
        return state, question

    def _is_asked(self, question: str, state: Turn, brand: Brand, now: datetime) -> bool:
        kind, _, words = question.partition(":")
        if self._only_to_us:
            return kind == "channel" and words in brand.own_communities
        last = moment_from(state.mark)
        # All of a brand's terms share the searches of a day.
        between = timedelta(days=1) * len(phrases(brand)) / max(self._searches, 1)
        return kind != "search" or bool(state.page) or last is None or now - last >= between

    def _comments(self, asking: _Asking, page: Page, state: Turn, kind: str, words: str) -> tuple[list[str], str]:
        asked = {"videoId": words} if kind == "video" else {"allThreadsRelatedToChannelId": words}
        found = asking.ask(
            "commentThreads",
            {
                "part": "snippet,replies",
                **asked,
                "order": "time",
                "maxResults": COMMENTS,
                "textFormat": "plainText",
                "pageToken": state.page,
            },
        )
        threads = list_at(found, "items")
        looked = 0
        for thread in threads:
            top = mapping_at(thread, "snippet", "topLevelComment")
            page.add(top or thread, partial(_read, brand=page.brand, thread=mapping_at(thread, "snippet")))
            replies = list_at(thread, "replies", "comments")
            moment = moment_of(text_at(top, "snippet", "publishedAt"), page.now)
            if number_at(thread, "snippet", "totalReplyCount") > len(replies) and moment and page.now - moment < LIVELY:
                looked += 1
                if looked <= MORE_REPLIES:
                    replies = self._replies(asking, text_at(thread, "id"))
                elif looked == MORE_REPLIES + 1:
                    page.tell(f"more than {MORE_REPLIES} threads of {words} have many replies at once; the further ones are not all read")
            for reply in replies:
                page.add(reply, partial(_read, brand=page.brand, thread=mapping_at(thread, "snippet")))
        texts = (text_at(thread, "snippet", "topLevelComment", "snippet", "publishedAt") for thread in threads)
        moments = [moment for text in texts if (moment := moment_of(text, page.now))]
        wanted = bool(moments and state.mark) and min(moments).timestamp() >= int(state.mark or 0) - OVERLAP
        return list(map(mark_of, moments)), text_at(found, "nextPageToken") if wanted else ""

    def _replies(self, asking: _Asking, thread: str) -> list[Any]:
        asked = {"part": "snippet", "parentId": thread, "maxResults": COMMENTS, "textFormat": "plainText"}
        try:
            return list_at(asking.ask("comments", asked), "items")
        except _NothingThere:
            return []

    def _search(self, asking: _Asking, page: Page, state: Turn, _kind: str, words: str) -> tuple[list[str], str]:
        since = moment_from(state.mark)
        asked = {"part": "snippet", "q": f'"{words}"', "type": "video", "order": "date", "maxResults": VIDEOS, "pageToken": state.page}
        if since:
            asked["publishedAfter"] = f"{since - timedelta(seconds=SEARCH_OVERLAP):%Y-%m-%dT%H:%M:%SZ}"
        found = asking.ask("search", asked)
        for video in list_at(found, "items"):
            page.add(video, partial(_read_video, brand=page.brand))
        return [mark_of(page.now)], text_at(found, "nextPageToken") if since else ""

    def ask(self, method: str, asked: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
        """Return what a method answered."""
        url = f"{self._url}/{method}?{urlencode({name: value for name, value in asked.items() if value})}"
        answer = self._reader.get(url, {"X-Goog-Api-Key": self._key})
        if answer.status in (400, 403, 404):
            self._refuse(open_object(self.name, url, answer.body), url, answer.status, now)
        return open_object(self.name, url, answer.body, "items")

    def _refuse(self, found: Mapping[str, Any], url: str, status: int, now: datetime) -> NoReturn:
        """Raise what an error means. https://developers.google.com/youtube/v3/docs/errors"""
        inner = mapping_at(found, "error")
        reasons = {text_at(one, "reason") for one in list_at(inner, "errors")}
        place, told = f"{self.name}: {shown(url)}", error_words(inner) or f"status {status}"
        if reasons & _SPENT:
            zone = ZoneInfo(_ZONE)
            midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone).astimezone(UTC)
            raise RateLimited(f"{place} says that today's units are used up; they begin anew at {midnight:%Y-%m-%d %H:%M} UTC", midnight)
        if reasons & _HURRIED:
            raise RateLimited(f"{place} says it is too much at once: {told}", now + WAIT)
        for reason in sorted(reasons & set(_NOTHING_THERE)):
            raise _NothingThere(_NOTHING_THERE[reason], reason)
        if "processingFailure" in reasons:
            raise Unavailable(f"{place} could not work on it: {told}")
        raise Rejected(f"{place} refuses: {told}; check {KEY} and that the YouTube Data API is switched on for it")


class _NothingThere(Exception):
    """One video, channel or comment cannot be read; the others can."""

    def __init__(self, words: str, reason: str) -> None:
        super().__init__(words)
        self.reason = reason


@dataclass
class _Asking:
    """Counts what one fetch costs."""

    source: YouTubeSource
    now: datetime
    units: int = 0

    def ask(self, method: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        self.units += UNIT  # What is refused costs too.
        return self.source.ask(method, asked, self.now)


@dataclass
class _Looking(_Asking):
    """Finds out which of many texts are there."""

    answered: dict[str, Any] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def look(self, method: str, names: Sequence[str], asked: Mapping[str, Any]) -> None:
        """Ask about texts by id; where it says only that some are gone, ask about each half. Raises the three errors."""
        if not names or self.units >= MOST_LOOKS:
            return
        try:
            found = self.ask(method, {**asked, "id": ",".join(names)})
        except _NothingThere as error:
            if error.reason not in _NOT_FOUND:
                raise Unavailable(f"{self.source.name}: YouTube does not let us see what became of the texts: {error}") from None
            if len(names) == 1:
                self.gone.add(names[0])
                return
            self.look(method, names[: len(names) // 2], asked)
            self.look(method, names[len(names) // 2 :], asked)
            return
        texts = list_at(found, "items")
        kind = f"youtube#{method.removesuffix('s')}ListResponse"
        if text_at(found, "kind") != kind or text_at(found, "nextPageToken") or not all(text_at(text, "id") for text in texts):
            raise Unavailable(f"{self.source.name}: YouTube does not say plainly which of the texts are there")
        here = {text_at(text, "id"): text for text in texts}
        self.answered |= {name: here[name] for name in names if name in here}
        self.gone |= set(names) - here.keys()


def _read(found: Mapping[str, Any], *, brand: Brand, thread: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a comment as the fields of a mention. https://developers.google.com/youtube/v3/docs/comments"""
    about, number = mapping_at(found, "snippet"), text_at(found, "id")
    video = text_at(about, "videoId") or text_at(thread, "videoId")
    channel = text_at(thread, "channelId") or text_at(about, "channelId")
    handle, author = text_at(about, "authorDisplayName").strip(), text_at(about, "authorChannelId", "value")
    return {
        "external_id": number,
        "author": handle or author,
        "text": text_at(about, "textOriginal") or text_at(about, "textDisplay"),
        "url": f"{WATCH_URL}{video}&lc={number}" if video else "",
        "posted_at": text_at(about, "publishedAt"),
        "community": channel,
        "own_channel": bool(channel) and channel in brand.own_communities,
        "parent_id": text_at(about, "parentId") or video,
        "ours": is_ours(handle, brand) or (bool(author) and author in brand.own_communities),
    }


def _read_video(found: Mapping[str, Any], *, brand: Brand) -> Mapping[str, Any]:
    """Return a video that the search found as the fields of a mention. https://developers.google.com/youtube/v3/docs/search"""
    about, number = mapping_at(found, "snippet"), text_at(found, "id", "videoId")
    channel = text_at(about, "channelId")
    if channel and channel in brand.own_communities:
        raise LeftOut  # What we publish ourselves is no mention.
    return {
        "external_id": number,
        "author": channel or text_at(about, "channelTitle"),
        "author_name": unescape(text_at(about, "channelTitle")),
        "text": "\n\n".join(part for name in ("title", "description") if (part := clean(unescape(text_at(about, name))).strip())),
        "url": f"{WATCH_URL}{number}" if number else "",
        "posted_at": text_at(about, "publishedAt"),
        "community": channel,
    }


def _video_now(video: Mapping[str, Any], read: str) -> str:
    """Return a video's title and description where they are others than were read, else ""."""
    about = mapping_at(video, "snippet")
    title, described = (clean(text_at(about, name)).strip() for name in ("title", "description"))
    read_title, _, read_part = read.partition("\n\n")
    if not title or (says_the_same(read_title, title) and is_within(read_part, described)):
        return ""
    return "\n\n".join(part for part in (title, described) if part)

"""Reads questions and answers on the sites of Stack Exchange through its API, version 2.3, one page at each fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from html import unescape
from typing import Any, Self
from urllib.parse import urlencode

from monitor.contracts import AdapterError, Batch, RateLimited, Recheck, Rejected, Unavailable
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.answers import Page, error_words, list_at, mark_of, moment_from, number_at, open_object, text_at
from monitor.sources.looks import look
from monitor.sources.statuses import LONGEST_WAIT, WAIT
from monitor.sources.turns import Turn, phrases
from monitor.sources.web import Reader, shown, utc_now
from monitor.text import clean, html_to_text

NETWORK = "stackexchange"
API_URL = "https://api.stackexchange.com/2.3"
KEY = "STACKEXCHANGE_KEY"
PAGE = 50
OVERLAP = 600
"""Seconds before the last text that are read again: answers are kept for a while on the way."""
SPARED = 1 / 3
"""So much of a day's quota is left to reading: where less is left, nobody looks what became of anything until the next day."""
_THROTTLED = frozenset({502, 503})
"""`error_id` of a throttle violation and of a temporary lack, which come with status 400 and 503. https://api.stackexchange.com/docs/error-handling"""


class StackExchangeSource:
    """Asks each site for what names one of the brand's terms, and for new questions under its tags.

    Search tells no authors, so that a page of it takes a second request for the texts themselves. Its wishes to wait (`backoff`,
    a quota used up) are kept in the cursor and obeyed; those that came when it was asked what became of something, in memory.
    """

    recheck_most = 100
    """As many ids as a request may name. https://api.stackexchange.com/docs/posts-by-ids"""
    recheck_every = timedelta(hours=24)

    def __init__(
        self,
        name: str,
        reader: Reader,
        api_url: str = API_URL,
        *,
        now: Callable[[], datetime],
        sites: Iterable[str] = ("stackoverflow",),
        tags: Iterable[str] = (),
        key: str = "",
    ) -> None:
        self.name = name
        self._reader = reader
        self._url = api_url.rstrip("/")
        self._now = now
        self._sites = tuple(sites)
        self._tags = tuple(tags)
        self._key = key
        self._quiet_until: datetime | None = None
        self._no_looks_until: datetime | None = None

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind stackexchange describes."""
        return cls(
            source.name,
            Reader.of(source, accept=(400,)),
            source.options.get("api_url") or API_URL,
            now=utc_now,
            sites=source.options.get("sites") or ("stackoverflow",),
            tags=source.options.get("tags", ()),
            key=settings.environment.get(KEY, ""),
        )

    def questions(self, brand: Brand) -> list[str]:
        """Return what is asked for a brand, in order."""
        searches = [f"{site}:search:{phrase}" for site in self._sites for phrase in phrases(brand)]
        return searches + [f"{site}:tag:{tag}" for site in self._sites for tag in self._tags]

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one question; where the service asked us to wait, raise RateLimited without asking."""
        state = Turn.open(cursor)
        now = self._now()
        self._keep_quiet(now, state.wish(now))
        questions = self.questions(brand)
        if not questions:
            return Batch((), state.close())
        state, question = state.begin(questions)
        site, kind, words = question.split(":", 2)
        since = moment_from(state.mark)
        number = state.number(1)
        asked: dict[str, Any] = {"site": site, "sort": "creation", "order": "desc", "pagesize": PAGE, "page": number}
        if since:
            asked["fromdate"] = int(since.timestamp()) - OVERLAP
        if kind == "tag":
            found, wait = self._ask("questions", asked | {"tagged": words, "filter": "withbody"})
            texts = list_at(found, "items")
        else:
            found, wait = self._ask("search/excerpts", asked | {"q": f'"{words}"'})
            texts, more_wait = self._texts(list_at(found, "items"), site)
            wait = max(wait, more_wait)
        page = Page(shown(self._url), NETWORK, brand, self.name, now)
        for text in texts:
            page.add(text, lambda text: _read(text, site))
        moments = [stamp for one in list_at(found, "items") if 10**8 < (stamp := number_at(one, "creation_date")) < 10**10]
        marks = [mark_of(min(datetime.fromtimestamp(stamp, UTC), now)) for stamp in moments]
        further = bool(since) and found.get("has_more") is True
        following, trouble = state.step(questions, marks, str(number + 1) if further else "")
        if trouble:
            page.tell(f"{trouble}: {words}")
        return Batch(
            page.all(), replace(following, wait_until=wait).close(), more=bool(following.turn) and not wait, rejected=page.rejected
        )

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Ask each site for up to 100 of its posts by number; one that it leaves out is gone, and so is one without its author's account.

        A site that answers nothing at all must show a newest question besides: an empty answer alone says nothing. A text counts as
        changed where the site itself says that it was edited; a question's title is asked for then.
        """
        now = self._now()
        self._keep_quiet(now, self._no_looks_until)
        by_site: dict[str, dict[int, Mention]] = {}
        for mention in found:
            site, _, number = mention.external_id.rpartition("/")
            if site and number.isascii() and number.isdecimal() and len(number) < 18:
                by_site.setdefault(site, {})[int(number)] = mention
        page = Page(shown(self._url), NETWORK, brand, self.name, now)
        there: dict[str, str] = {}
        gone: set[str] = set()
        trouble: AdapterError | None = None
        for site, asked in by_site.items():
            try:
                posts = self._posts(site, asked)
            except AdapterError as error:
                trouble = trouble or error
                if isinstance(error, RateLimited):
                    break
                continue
            looked = look(page, {asked[number].external_id: post for number, post in posts.items()}, partial(_read, site=site))
            gone |= looked.gone | {mention.external_id for number, mention in asked.items() if number not in posts}
            gone |= {asked[number].external_id for number, post in posts.items() if _has_left(post, asked[number])}
            edited = {asked[number].external_id for number, post in posts.items() if _is_edited(post)}
            there |= {name: text if name in edited else "" for name, text in looked.there.items() if name not in gone}
        if trouble is not None and not there and not gone:
            raise trouble
        return Recheck(there, frozenset(gone))

    def _posts(self, site: str, asked: Iterable[int]) -> dict[int, Mapping[str, Any]]:
        """Return a site's posts by number, the edited questions with their titles; raises the three errors."""
        found = self._whole("posts", site, asked)
        if not found:
            newest = list_at(self._ask_quietly("questions", {"site": site, "pagesize": 1, "sort": "creation", "order": "desc"}), "items")
            if not any(number_at(one, "question_id") for one in newest):
                raise Unavailable(f"{self.name}: {shown(self._url)} shows nothing at all of {site}, which says nothing of any text")
        questions = [number for number, post in found.items() if text_at(post, "post_type") != "answer" and _is_edited(post)]
        titled = self._whole("questions", site, questions) if questions else {}
        for number in questions:
            # Without its title the text would seem to be another one.
            found[number] = {**found[number], **titled[number]} if number in titled else {**found[number], "last_edit_date": 0}
        return found

    def _whole(self, method: str, site: str, numbers: Iterable[int]) -> dict[int, Mapping[str, Any]]:
        """Return what is there under these numbers; an answer that may not be the whole of it is none."""
        numbers = list(numbers)
        asked = {"site": site, "pagesize": self.recheck_most, "filter": "withbody"}
        found = self._ask_quietly(f"{method}/{';'.join(map(str, numbers))}", asked)
        posts = list_at(found, "items")
        if found.get("has_more") is not False or not all(map(_number, posts)):
            raise Unavailable(f"{self.name}: {shown(self._url)} does not say plainly which of the texts are there")
        return {_number(post): post for post in posts if _number(post) in numbers}

    def _ask_quietly(self, method: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a method answered; its wish to wait is kept in memory, since there is no cursor here."""
        found, wait = self._ask(method, asked)
        now = self._now()
        if wait:
            self._quiet_until = max(self._quiet_until or now, datetime.fromtimestamp(wait, UTC))
        if 0 < number_at(found, "quota_remaining") < SPARED * number_at(found, "quota_max"):
            self._no_looks_until = _midnight_after(now)
        return found

    def _keep_quiet(self, now: datetime, until: datetime | None) -> None:
        """Raise RateLimited where it asked us to wait."""
        until = max(filter(None, (until, self._quiet_until)), default=now)
        if until > now:
            raise RateLimited(f"{self.name}: it asks us to wait until {until:%Y-%m-%d %H:%M:%S} UTC", until)

    def _texts(self, excerpts: list[Any], site: str) -> tuple[list[Any], int]:
        """Return the whole posts that a page of search found, with the titles that only search tells, and what has no number as it is."""
        numbers: dict[int, str] = {}
        strange: list[Any] = []
        for one in excerpts:
            number = number_at(one, "answer_id") or _number(one)
            if number:
                numbers[number] = text_at(one, "title")
            else:
                strange.append(one)
        if not numbers:
            return strange, 0
        joined = ";".join(map(str, numbers))
        found, wait = self._ask(f"posts/{joined}", {"site": site, "pagesize": PAGE, "filter": "withbody"})
        texts = [
            {**one, "title": numbers.get(number_at(one, "post_id"), ""), "found_by_search": True} if isinstance(one, Mapping) else one
            for one in list_at(found, "items")
        ]
        return [*texts, *strange], wait

    def _ask(self, method: str, asked: Mapping[str, Any]) -> tuple[Mapping[str, Any], int]:
        """Return what a method answered, and until when (seconds since 1970, or 0) it does not want to be asked again."""
        url = f"{self._url}/{method}?{urlencode({**asked, **({'key': self._key} if self._key else {})})}"
        answer = self._reader.get(url)
        if answer.status == 400:
            self._refuse(open_object(self.name, url, answer.body), url, answer.at)
        found = open_object(self.name, url, answer.body, "items")
        wait = timedelta(seconds=min(number_at(found, "backoff"), LONGEST_WAIT.total_seconds()))
        if found.get("quota_remaining") == 0:
            wait = max(wait, _midnight_after(answer.at) - answer.at)
        return found, int((answer.at + wait).timestamp()) + 1 if wait else 0

    def _refuse(self, found: Mapping[str, Any], url: str, at: datetime) -> None:
        told = error_words(found)
        if number_at(found, "error_id") in _THROTTLED:
            seconds = [int(word) for word in told.split() if word.isascii() and word.isdecimal() and len(word) < 7]
            retry_at = at + (timedelta(seconds=seconds[-1]) if seconds else WAIT)
            raise RateLimited(f"{self.name}: {shown(url)} says it is too much: {told}", min(retry_at, at + LONGEST_WAIT))
        raise Rejected(f"{self.name}: {shown(url)} refuses: {told or 'it does not say why; check sites and tags'}")


def _read(found: Mapping[str, Any], site: str) -> Mapping[str, Any]:
    """Return a question or a post as the fields of a mention. https://api.stackexchange.com/docs/types/post

    Names there are nobody's alone, so the author is told apart by number. A deleted user has neither.
    """
    number = _number(found)
    owner = found.get("owner")
    user, name = number_at(owner, "user_id"), clean(unescape(text_at(owner, "display_name"))).strip()
    is_answer = text_at(found, "post_type") == "answer"
    title, body = clean(unescape(text_at(found, "title"))).strip(), html_to_text(text_at(found, "body"))
    return {
        "external_id": f"{site}/{number}" if number else "",
        "author": f"{site}/{user}" if user else name,
        "author_name": name,
        "text": body if is_answer else "\n\n".join(part for part in (title, body) if part),
        "url": text_at(found, "link"),
        "posted_at": number_at(found, "creation_date"),
        "community": site,
    }


def _midnight_after(moment: datetime) -> datetime:
    """Return when a day's quota begins anew (UTC)."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _number(found: Any) -> int:
    return number_at(found, "post_id") or number_at(found, "question_id")


def _is_edited(post: Mapping[str, Any]) -> bool:
    return number_at(post, "last_edit_date") > 0


def _has_left(post: Mapping[str, Any], mention: Mention) -> bool:
    """Say whether who wrote a post had an account when it was read, and has none any more."""
    had_account = mention.author.handle.rpartition("/")[2].isdecimal() and "/" in mention.author.handle
    return had_account and text_at(post, "owner", "user_type") == "does_not_exist"

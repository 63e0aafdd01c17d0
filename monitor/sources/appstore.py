"""Reads what people write about our own app in Apple's App Store, from the feed of reviews that Apple gives for each country."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Self

from monitor.contracts import Batch, Unavailable
from monitor.domain import Brand
from monitor.settings import Settings, SourceSettings
from monitor.sources.answers import Page, mapping_at, mark_of, moment_of, open_object, text_at
from monitor.sources.turns import Turn
from monitor.sources.web import Reader, shown, utc_now
from monitor.text import clean

NETWORK = "appstore"
API_URL = "https://itunes.apple.com"
LAST_PAGE = 10
"""The feed holds no more than ten pages of fifty reviews."""
OVERLAP = 86_400
"""Seconds before the last review that are read again: a review appears some hours after it was written, when Apple has looked at it."""


class AppStoreSource:
    """Asks for the reviews of each app in each country, newest first.

    A review is written to us, whether it names the brand or not, where the source is read for one brand alone.
    """

    def __init__(
        self,
        name: str,
        reader: Reader,
        apps: Iterable[str],
        countries: Iterable[str],
        api_url: str = API_URL,
        *,
        now: Callable[[], datetime],
        app_is_brands: bool = False,
    ) -> None:
        self.name = name
        self._reader = reader
        self._apps = tuple(number for app in apps if (number := app.strip().lower().removeprefix("id")).isdecimal() and number.isascii())
        self._countries = tuple(code for country in countries if len(code := country.strip().lower()) == 2 and code.isascii())
        self._url = api_url.rstrip("/")
        self._now = now
        self._app_is_brands = app_is_brands

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind appstore describes."""
        options = source.options
        brands = source.brands or tuple(brand.id for brand in settings.brands)
        return cls(
            source.name,
            Reader.of(source),
            options["apps"],
            options.get("countries") or ("nl",),
            options.get("api_url") or API_URL,
            now=utc_now,
            app_is_brands=len(brands) == 1,
        )

    def questions(self, brand: Brand) -> list[str]:  # noqa: ARG002 - the signature is every adapter's.
        """Return what is asked in order, whatever the brand."""
        return [f"{country}:{app}" for app in self._apps for country in self._countries]

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read one page of one app in one country."""
        state = Turn.open(cursor)
        questions = self.questions(brand)
        if not questions:
            return Batch((), state.close())
        state, question = state.begin(questions)
        country, _, app = question.partition(":")
        number = state.number(1, most=99)
        url = f"{self._url}/{country}/rss/customerreviews/page={number}/id={app}/sortby=mostrecent/json"
        answer = open_object(self.name, url, self._reader.get(url).body)
        feed = answer.get("feed")
        if not isinstance(feed, Mapping):
            raise Unavailable(f"{self.name}: {shown(url)} answered something else than a feed of reviews")
        page = Page(shown(url), NETWORK, brand, self.name, self._now())
        found = [entry for entry in _entries(feed) if not (isinstance(entry, Mapping) and "im:rating" not in entry and "im:name" in entry)]
        for entry in found:
            page.add(entry, lambda entry: self._read(entry, country, app))
        moments = [moment for entry in found if (moment := moment_of(_label(entry, "updated"), page.now))]
        reached = not state.mark or not moments or min(moments).timestamp() < int(state.mark or 0) - OVERLAP
        further = not reached and number < LAST_PAGE
        if not reached and number >= LAST_PAGE:
            page.tell(f"more reviews of app {app} came in {country} than the feed holds, and the older ones are not read")
        following, trouble = state.step(questions, map(mark_of, moments), str(number + 1) if further else "")
        if trouble:
            page.tell(trouble)
        reviews = page.all()
        # A review has one id for good, and moves to the front when its author changes it.
        return Batch(reviews, following.close(), more=bool(following.turn), rejected=page.rejected, restated=reviews)

    def _read(self, entry: Mapping[str, Any], country: str, app: str) -> Mapping[str, Any]:
        """Return Apple's entry as the fields of a mention; the rating is the first line of the text."""
        title, content = clean(_label(entry, "title")).strip(), clean(_label(entry, "content")).strip()
        rating = _label(entry, "im:rating")
        stars = f"{'★' * int(rating)}{'☆' * (5 - int(rating))} ({rating}/5)" if rating in ("1", "2", "3", "4", "5") else ""
        return {
            "external_id": _label(entry, "id"),
            "author": text_at(entry, "author", "name", "label"),
            "text": "\n".join(part for part in (stars, title, content) if part) if title or content else "",
            "url": f"https://apps.apple.com/{country}/app/id{app}?see-all=reviews",
            "posted_at": _label(entry, "updated"),
            "own_channel": self._app_is_brands,
            "community": f"App Store {country.upper()}",
        }


def _entries(feed: Mapping[str, Any]) -> list[Any]:
    """Return the feed's entries: none where nobody wrote, and one that stands by itself in no list."""
    found = feed.get("entry", [])
    return found if isinstance(found, list) else [found]


def _label(entry: Any, name: str) -> str:
    return text_at(mapping_at(entry, name), "label")

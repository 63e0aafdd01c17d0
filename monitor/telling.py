"""Tells our own people: writes the digest, each day and week once, and brings notices to whoever waits for them; no table is known here."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from monitor.ailing import ailments_of
from monitor.ailments import SOURCE, Ailment, Trouble
from monitor.arrivals import Arrivals
from monitor.command import REFUSED, UNAVAILABLE, USAGE, CommandError
from monitor.contracts import AdapterError, Addressed, Notice, Notifier, RateLimited, Rejected, Unavailable
from monitor.noticebook import NoticeBook, Sending
from monitor.notifiers import usual_gets
from monitor.settings import Settings
from monitor.standing import figures_of, put_into_words, reader_language, write_digest
from monitor.text import for_terminal
from monitor.wiring import Monitor, now

DIGEST = "digest/"
"""With the day in ISO 8601 after it, the key of the digest of that day."""
WEEKLY = "weekly/"
"""With the Monday on which the week began after it, the key of the digest of that week."""
WEEK = timedelta(weeks=1)
MOST_WEEKS = 2
LATE = timedelta(minutes=30)
"""A digest that is made so long after its time says so."""
MOST_DAYS = 7
"""Digests of so many days are made up for after a standstill; older ones would not be read."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
GIVE_UP = timedelta(days=2)

logger = logging.getLogger(__name__)


@dataclass
class Telling:
    """The monitor's mouth."""

    monitor: Monitor

    @cached_property
    def book(self) -> NoticeBook:
        """What is remembered of notices."""
        return NoticeBook(self.monitor.database)

    @cached_property
    def arrivals(self) -> Arrivals:
        """What is remembered of when sources brought something."""
        return Arrivals(self.monitor.database)

    def write_digests(self) -> None:
        """Write the digest of yesterday, on Mondays also that of the week, and those that were missed; each once, whoever asks."""
        settings, at = self.monitor.settings, now()
        local = at.astimezone(ZoneInfo(settings.digest_timezone))
        for day in _days_due(local, settings, _day_of(self.book.newest(DIGEST))):
            self._write(DIGEST, day, day + timedelta(days=1), at, weekly=False)
        if settings.digest_weekly:
            for monday in _weeks_due(local, settings, _day_of(self.book.newest(WEEKLY)), _day_of(self.book.oldest(DIGEST))):
                self._write(WEEKLY, monday, monday + WEEK, at, weekly=True)

    def _write(self, prefix: str, day: date, due_on: date, at: datetime, *, weekly: bool) -> None:
        settings = self.monitor.settings
        due = datetime.combine(due_on, settings.digest_at, ZoneInfo(settings.digest_timezone))
        figures = figures_of(self.monitor, day, weekly=weekly)
        digest = put_into_words(self.monitor, figures, late=at - due > LATE)
        notice = Notice(f"{prefix}{day.isoformat()}", digest.subject, digest.text, digest.html)
        # Where nobody wants an empty one, the key alone is written down: this day is done.
        wanted = ways(self.monitor, "digest") if settings.digest_when_empty or not all(one.empty for one in figures) else ()
        if self.book.write(notice, wanted, at):
            logger.info("the digest %s is written, and is being sent", notice.key)

    def tell_of_sources(self, at: datetime, asking_since: datetime) -> None:
        """Write one notice for each source that is not well; it is told of again only once it was well, at most daily."""
        settings = self.monitor.settings
        for ailment in ailments_of(self.monitor, at, asking_since, self.arrivals):
            since = f"{ailment.since:%Y-%m-%d}" if ailment.since else "never"
            # That it brings nothing is another thing than that it does not answer.
            since = f"quiet-{since}" if ailment.trouble is Trouble.QUIET else since
            title, text = in_words(ailment, reader_language(settings))
            if self.book.write(Notice(f"{SOURCE}{ailment.source}/{since}", title, text), ways(self.monitor, "digest"), at):
                logger.warning("%s is not well, and our own people are told: %s", ailment.source, ailment.error or ailment.trouble.value)

    def due(self, at: datetime) -> Sequence[Sending]:
        """Return what is to be sent now."""
        return self.book.due(at)

    def tell(self, key: str, notifier: str, recipient: str, tries: int) -> None:
        """Send one notice to one recipient, and record what came of it.

        Where the process dies between the two it is sent again, after the lease, under the same key: better twice than never.
        """
        sending = Sending(key, notifier, recipient, tries)
        taken = self.book.take(sending, now())
        if taken is None:
            return
        notice, written_at = taken
        if not notice.text and key.startswith((DIGEST, WEEKLY)):
            notice = self._write_anew(key)
        try:
            self._find(notifier, recipient).send(notice)
        except Rejected as error:
            self._give_up(sending, error, self._instead(sending, notice))
        except RateLimited as error:
            self._put_off(sending, error, error.retry_at, written_at, self._instead(sending, notice))
        except Unavailable as error:
            wait = min(FIRST_WAIT * 2 ** min(tries, 10), LONGEST_WAIT)
            self._put_off(sending, error, now() + wait, written_at, self._instead(sending, notice))
        else:
            self.book.record_sent(sending, now())

    def _write_anew(self, key: str) -> Notice:
        """Write a digest whose words were erased before it was sent: somebody whom it quoted took their text back meanwhile."""
        weekly = key.startswith(WEEKLY)
        digest = write_digest(self.monitor, _day_of(key), late=True, weekly=weekly)
        notice = Notice(key, digest.subject, digest.text, digest.html)
        self.book.rewrite(notice)
        return notice

    def _instead(self, sending: Sending, notice: Notice) -> list[tuple[str, str]]:
        """Return the ways that take over what this one could not bring; a page cannot wait, and a digest can."""
        if not notice.gravity:
            return []
        names = {one.name for one in self.monitor.settings.notifiers if one.instead_of == sending.notifier}
        return [(name, whom) for name, whom in every_way(self.monitor) if name in names]

    def _find(self, name: str, recipient: str) -> Notifier:
        found = self.monitor.notifiers.get(name)
        if found is None:
            raise Rejected(f"{name}: monitor.toml names no such notifier any more")
        if not recipient:
            return found
        if not isinstance(found, Addressed) or recipient not in found.recipients:
            raise Rejected(f"{name}: monitor.toml names {recipient} no more")
        return found.only_to(recipient)

    def _put_off(
        self, sending: Sending, error: AdapterError, until: datetime, written_at: datetime, instead: list[tuple[str, str]]
    ) -> None:
        if now() - written_at > GIVE_UP:
            self._give_up(sending, error, instead)
            return
        logger.warning("%s is not told yet: %s", sending.key, error)
        self.book.record_later(sending, str(error), until, now(), instead)

    def _give_up(self, sending: Sending, error: AdapterError, instead: list[tuple[str, str]]) -> None:
        logger.error("%s is NOT told, and is not tried again: %s", sending.key, error)
        self.book.record_failed(sending, str(error), now(), instead)


def every_way(monitor: Monitor) -> Iterator[tuple[str, str]]:
    """Yield each notifier's name with each of its recipients, or with "" where it has none of its own."""
    for name, notifier in monitor.notifiers.items():
        for recipient in notifier.recipients if isinstance(notifier, Addressed) else [""]:
            yield name, recipient


def ways(monitor: Monitor, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the ways that get the digest, or pages; one that stands in for another gets neither by itself."""
    barred = {one.name for one in monitor.settings.notifiers if one.instead_of or kind not in (one.gets or usual_gets(one.kind))}
    return ((name, recipient) for name, recipient in every_way(monitor) if name not in barred)


_QUIET_WORDS: Mapping[str, tuple[str, str]] = {
    "en": ("Source {source} fell silent", "The last text came on {since} UTC; read for: {brands}."),
    "nl": ("Bron {source} is stilgevallen", "De laatste tekst kwam op {since} UTC; gelezen voor: {brands}."),
}
_SOURCE_WORDS: Mapping[str, tuple[str, str, str]] = {
    "en": (
        "Source {source} is not well",
        "Last read well on {since} UTC; not read for: {brands}.",
        "It was never read well. Not read for: {brands}.",
    ),
    "nl": (
        "Bron {source} is niet in orde",
        "Voor het laatst goed gelezen op {since} UTC; niet gelezen voor: {brands}.",
        "Nog nooit goed gelezen. Niet gelezen voor: {brands}.",
    ),
}


def in_words(ailment: Ailment, language: str) -> tuple[str, str]:
    """Return title and text of the notice that a source is not well."""
    title, known, never = _SOURCE_WORDS[language]
    if ailment.trouble is Trouble.QUIET:
        title, known = _QUIET_WORDS[language]
    since = f"{ailment.since:%Y-%m-%d %H:%M}" if ailment.since else ""
    last = (known if since else never).format(since=since, brands=", ".join(ailment.brands))
    parts = [ailment.todo(language), last, for_terminal(ailment.error)]
    return title.format(source=for_terminal(ailment.source)), "\n\n".join(part for part in parts if part)


def send_test(monitor: Monitor, to: str, day: date | None, language: str, *, weekly: bool = False) -> str:
    """Send a digest to one address as a test, which no record keeps; returns the name of the notifier that sent it."""
    notifier = next((one for one in monitor.notifiers.values() if isinstance(one, Addressed)), None)
    if notifier is None:
        raise CommandError("monitor.toml names no [[notifier]] that sends mail. Nothing was sent.", USAGE)
    digest = write_digest(monitor, day, language, weekly=weekly)
    notice = Notice(f"test/{to}/{now().isoformat()}", digest.subject, digest.text, digest.html)
    try:
        addressed = notifier.only_to(to)
    except Rejected as error:
        raise CommandError(f"{error}. Nothing was sent.", USAGE) from error
    try:
        addressed.send(notice)
    except Rejected as error:
        raise CommandError(f"{error}. It was not sent.", REFUSED) from error
    except AdapterError as error:
        raise CommandError(f"{error}. It was not sent.", UNAVAILABLE) from error
    return addressed.name


def _day_of(key: str) -> date | None:
    return date.fromisoformat(key.partition("/")[2]) if key else None


def _days_due(local: datetime, settings: Settings, newest: date | None) -> list[date]:
    """Return the days whose digest is due and not written, the earliest first; `local` is now, on the digest's clock."""
    last = local.date() - timedelta(days=1 if local.time() >= settings.digest_at else 2)
    first = last if newest is None else max(newest + timedelta(days=1), last - timedelta(days=MOST_DAYS - 1))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _weeks_due(local: datetime, settings: Settings, newest: date | None, began: date | None) -> list[date]:
    """Return the Mondays of the weeks whose digest is due and not written, the earliest first; `began` is the first day ever told of."""
    today = local.date() if local.time() >= settings.digest_at else local.date() - timedelta(days=1)
    last = today - timedelta(days=today.weekday()) - WEEK
    if newest is None:
        # Whoever begins to listen on a Thursday gets no digest of a week in which nobody listened.
        return [last] if began is not None and began < last + WEEK else []
    first = max(newest + WEEK, last - (MOST_WEEKS - 1) * WEEK)
    return [first + number * WEEK for number in range((last - first) // WEEK + 1)]

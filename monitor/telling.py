"""Tells our own people: writes the digest, each day and week once, and brings notices to whoever waits for them; no table is known here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from monitor.ailing import ailments_of
from monitor.ailments import SOURCE, Ailment, Trouble
from monitor.arrivals import Arrivals
from monitor.command import REFUSED, UNAVAILABLE, USAGE, CommandError
from monitor.contracts import AdapterError, Addressed, Amending, Notice, Notifier, RateLimited, Rejected, Unavailable
from monitor.digest import Digest
from monitor.domain import Brand
from monitor.noticebook import NoticeBook, Sending, struck
from monitor.notices import without
from monitor.notifiers import usual_gets
from monitor.settings import DigestSettings
from monitor.standing import figures_of, put_into_words, reader_language
from monitor.text import for_terminal
from monitor.wiring import Monitor, now

DIGEST = "digest/"
"""With the day in ISO 8601 after it, the key of the digest of that day; with a brand between the two, of what tells of that brand alone.

Of each brand of which the common digest tells that key is written down too, without words: wherever it is told of next, no day is left
out and none is told twice.
"""
WEEKLY = "weekly/"
"""The same with the Monday on which a week began: the key of the digest of that week."""
MAIL = "email"
"""The kind of notifier that can send to any address."""
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
        """Write the digests of yesterday, on Mondays also those of the week, and those that were missed; each once, whoever asks."""
        at, failed = now(), []
        # A brand's own come first: where nothing is known of a brand yet, it begins where the common one is, before that goes on.
        for wanted in self.monitor.settings.digests:
            try:
                self._write_due(wanted, at)
            except Exception as error:
                logger.exception("the digest of %s cannot be written", wanted.brand or "all brands")
                failed.append(error)
        if failed:
            raise failed[0]

    def _write_due(self, wanted: DigestSettings, at: datetime) -> None:
        local = at.astimezone(ZoneInfo(wanted.timezone))
        self._tell_each(DIGEST, wanted, at, lambda newest, _: _days_due(local, wanted, newest))
        if wanted.weekly:
            began = self.book.ends(DIGEST)
            first = {brand: _day_of(began.get(brand, began.get("", ("", "")))[0]) for brand in ("", *self.monitor.brands)}
            self._tell_each(WEEKLY, wanted, at, lambda newest, brand: _weeks_due(local, wanted, newest, first.get(brand)))

    def _tell_each(self, kind: str, wanted: DigestSettings, at: datetime, due: Callable[[date | None, str], list[date]]) -> None:
        """Tell each brand's every period that is due and was not told, in one digest of all of them where that is still to be written."""
        brands = self.monitor.settings.brands_of(wanted)
        known = self._known(kind, brands, at)
        untold = {brand: due(_day_of(known.get(brand, "")), brand) for brand in (wanted.brand, *(one.id for one in brands))}
        for day in sorted({day for days in untold.values() for day in days}):
            those = [one for one in brands if day in untold[one.id]]
            if day in untold[wanted.brand]:
                self._write(kind, wanted, those, day, at)
                continue
            # The common one was written before, when these brands had one of their own.
            for one in those:
                self._write(kind, replace(wanted, brand=one.id), [one], day, at)

    def _known(self, kind: str, brands: Sequence[Brand], at: datetime) -> dict[str, str]:
        """Return the key of the last period that was told, by brand; of whom nothing is known the common one has told until now."""
        known = {brand: last for brand, (_, last) in self.book.ends(kind).items()}
        for brand in brands:
            if brand.id not in known and "" in known:
                known[brand.id] = _key(kind, brand.id, _day_of(known[""]))
                self.book.write(Notice(known[brand.id], "", "", brand=brand.id), (), at)
        return known

    def _write(self, kind: str, wanted: DigestSettings, brands: Sequence[Brand], day: date, at: datetime) -> None:
        due = datetime.combine(day + (WEEK if kind == WEEKLY else timedelta(days=1)), wanted.at, ZoneInfo(wanted.timezone))
        key = _key(kind, wanted.brand, day)
        also = [Notice(_key(kind, one.id, day), "", "", brand=one.id) for one in brands if not wanted.brand]
        figures = figures_of(self.monitor, day, weekly=kind == WEEKLY, brands=brands)
        if all(one.empty for one in figures) and not (figures and wanted.when_empty):
            # Where nobody wants an empty one, or every brand has its own, the keys alone are written down: this day is done.
            self.book.write(Notice(key, "", "", brand=wanted.brand), (), at, also)
            return
        digest = put_into_words(self.monitor, figures, language_of(self.monitor, wanted), late=at - due > LATE)
        notice = Notice(key, digest.subject, digest.text, digest.html, brand=wanted.brand)
        if self.book.write(notice, digest_ways(self.monitor, wanted), at, also):
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
        if where := struck(key):
            self._strike(sending, notice, where, written_at)
            return
        # Whoever was quoted may have taken it back between its writing and now.
        notice = without(notice, self.book.erased(notice.quoted))
        if not notice.text and key.startswith((DIGEST, WEEKLY)):
            notice = self._write_anew(notice)
        self._do(sending, lambda: self._find(notifier, recipient).send(notice), written_at, self._instead(sending, notice))

    def _do(self, sending: Sending, work: Callable[[], None], written_at: datetime, instead: list[tuple[str, str]]) -> None:
        try:
            work()
        except Rejected as error:
            self._give_up(sending, error, instead)
        except RateLimited as error:
            self._put_off(sending, error, error.retry_at, written_at, instead)
        except Unavailable as error:
            wait = min(FIRST_WAIT * 2 ** min(sending.tries, 10), LONGEST_WAIT)
            self._put_off(sending, error, now() + wait, written_at, instead)
        else:
            self.book.record_sent(sending, now())

    def _strike(self, sending: Sending, notice: Notice, where: tuple[str, int], written_at: datetime) -> None:
        """Take a quote out of what a way showed; what cannot be called back, such as mail, is left as it is."""
        found = self.monitor.notifiers.get(sending.notifier)
        since = self.book.began(where[0]) or written_at
        work = partial(found.strike, *where, notice.brand, since) if isinstance(found, Amending) else lambda: None
        self._do(sending, work, written_at, [])

    def _write_anew(self, erased: Notice) -> Notice:
        """Write a digest whose words were erased before it was sent: somebody whom it quoted took their text back meanwhile."""
        settings, brand = self.monitor.settings, erased.brand
        wanted = next((one for one in settings.digests if one.brand == brand), DigestSettings(brand))
        # Where its table is gone from the file since, or every brand got one, it is still of those of which it was.
        brands = [one for one in settings.brands if one.id == brand] if brand else settings.brands_of(wanted) or settings.brands
        figures = figures_of(self.monitor, _day_of(erased.key), weekly=erased.key.startswith(WEEKLY), brands=brands)
        digest = put_into_words(self.monitor, figures, language_of(self.monitor, wanted), late=True)
        notice = Notice(erased.key, digest.subject, digest.text, digest.html, brand=brand)
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
        known = isinstance(found, Addressed) and recipient in found.recipients
        if not isinstance(found, Addressed) or not (known or any(recipient in one.to for one in self.monitor.settings.own_digests)):
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


def digest_ways(monitor: Monitor, wanted: DigestSettings) -> Iterator[tuple[str, str]]:
    """Yield the ways by which a digest goes, and to whom; to addresses of its own the first that sends mail brings it."""
    kinds = {one.name: one.kind for one in monitor.settings.notifiers}
    every = every_way(monitor) if wanted.by else ways(monitor, "digest")
    chosen = [(name, recipient) for name, recipient in every if not wanted.by or name in wanted.by]
    yield from ((name, recipient) for name, recipient in chosen if not wanted.to or kinds.get(name) != MAIL)
    mail = next((name for name, _ in chosen if kinds.get(name) == MAIL), "")
    yield from ((mail, address) for address in wanted.to if mail)


def language_of(monitor: Monitor, wanted: DigestSettings) -> str:
    """Return the language of a digest: its own, else the first that its brands speak and we can write."""
    return wanted.language or reader_language(monitor.settings, monitor.settings.brands_of(wanted))


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


def send_test(monitor: Monitor, to: str, digest: Digest) -> str:
    """Send a digest to one address as a test, which no record keeps; returns the name of the notifier that sent it."""
    # A pager without its key is no reason against a mail.
    mailers = (monitor.notifier(one) for one in monitor.settings.notifiers if one.kind == MAIL)
    notifier = next((one for one in mailers if isinstance(one, Addressed)), None)
    if notifier is None:
        raise CommandError("monitor.toml names no [[notifier]] that sends mail. Nothing was sent.", USAGE)
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
    return date.fromisoformat(key.rpartition("/")[2]) if key else None


def _key(kind: str, brand: str, day: date | None) -> str:
    return f"{kind}{brand}/{day}" if brand else f"{kind}{day}"


def _days_due(local: datetime, wanted: DigestSettings, newest: date | None) -> list[date]:
    """Return the days whose digest is due and not written, the earliest first; `local` is now, on the digest's clock."""
    last = local.date() - timedelta(days=1 if local.time() >= wanted.at else 2)
    first = last if newest is None else max(newest + timedelta(days=1), last - timedelta(days=MOST_DAYS - 1))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _weeks_due(local: datetime, wanted: DigestSettings, newest: date | None, began: date | None) -> list[date]:
    """Return the Mondays of the weeks whose digest is due and not written, the earliest first; `began` is the first day ever told of."""
    today = local.date() if local.time() >= wanted.at else local.date() - timedelta(days=1)
    last = today - timedelta(days=today.weekday()) - WEEK
    if newest is None:
        # Whoever begins to listen on a Thursday gets no digest of a week in which nobody listened.
        return [last] if began is not None and began < last + WEEK else []
    first = max(newest + WEEK, last - (MOST_WEEKS - 1) * WEEK)
    return [first + number * WEEK for number in range((last - first) // WEEK + 1)]

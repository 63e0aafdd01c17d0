"""Looks after incidents: judges counts, opens and ends them, wakes whoever is on call, and acts on what people pressed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from monitor import heartbeat, paging, pressure
from monitor.contracts import AdapterError, Answering, Notice, ring_keys
from monitor.counting import count_brand, is_over
from monitor.dangers import look_at_dangers, tell_of_all
from monitor.domain import PAGES, Brand, Cause, Gravity, Happening, Incident, IncidentStatus, Silence
from monitor.incidentbook import ALONG, CHAIN, HELD, TOLD, Happened, IncidentBook, Press
from monitor.noticebook import NoticeBook
from monitor.notices import LANGUAGES, Along, Evidence, Waits, write_page, write_summary
from monitor.notifiers import FOLLOWS, usual_gets
from monitor.oncall import people_of
from monitor.paging import GRAVITIES, How, asks_anew, is_taken
from monitor.rotabook import RotaBook
from monitor.settings import OnCallSettings
from monitor.spikes import Series
from monitor.telling import every_way, ways
from monitor.waiting import read_cleared, read_dangers, read_waiting
from monitor.watchbook import WatchBook
from monitor.wiring import Monitor, now

AN_HOUR = timedelta(hours=1)
BASELINE = timedelta(days=7)
HOURS = 24
"""So many hours are drawn in a page."""
MOST_SAID, MOST_BEFORE = 500, 2_000
"""So many texts of this hour, and of the week before, are read for the words of a page."""
SUMMED_EACH = timedelta(minutes=15)
"""What is too much for an hour is told in a summary so often."""
SILENT_FOR = timedelta(hours=4)
"""So long a silence holds that was asked for by a button, which cannot ask for how long."""
BY_BUTTON = {"en": "by a button", "nl": "met een knop"}
"""The reason of such a silence, for no button asks for one."""

logger = logging.getLogger(__name__)


@dataclass
class Alerting:
    """What wakes people."""

    monitor: Monitor

    @cached_property
    def book(self) -> IncidentBook:
        """What is remembered of incidents."""
        return IncidentBook(self.monitor.database)

    @cached_property
    def notices(self) -> NoticeBook:
        """What is remembered of notices."""
        return NoticeBook(self.monitor.database)

    @property
    def oncall(self) -> OnCallSettings:
        """Who is woken, as it is configured and as the rota's calendar said it last."""
        return RotaBook(self.monitor.database).oncall(self.monitor.settings, now())

    def count(self) -> None:
        """Judge the counts of every brand, and tell what came of it; what goes wrong with one brand keeps no other from being judged."""
        failed: list[Exception] = []
        health = self.monitor.store.sources()
        for brand in self.monitor.settings.brands:
            names = {source.name for source in self.monitor.settings.sources if brand in self.monitor.brands_of(source)}
            mine = [one for one in health if one.brand == brand.id and one.source in names]
            try:
                count_brand(self.monitor.database, brand, mine, now())
            except ValueError as error:
                logger.exception("the counts of %s cannot be judged", brand.id)
                failed.append(error)
        self.tell()
        if failed:
            raise failed[0]

    def look(self) -> None:
        """Do what is due each minute: buttons, dangers and pressure that wait, what is over, what nobody acknowledged; then tell.

        What goes wrong with one of these keeps nobody from being told of the others.
        """
        failed: list[Exception] = []
        for press in self.book.pressed():
            with _apart(f"button {press.id}", failed):
                self._act(press)
        with _apart("dangers", failed):
            look_at_dangers(self.monitor.database, self.monitor.settings.brands, self.monitor.settings.oncall.danger_after, now())
        for brand in self.monitor.settings.brands:
            with _apart(brand.id, failed):
                self._look_at_pressure(brand)
                self._end_spike(brand)
        with _apart("answers", failed):
            self._read_answers()
        with _apart("what nobody took on", failed):
            self._page_again()
        with _apart("telling", failed):
            self.tell()
        if failed:
            raise failed[0]
        # Last: whoever waits for it is told only when all of the above went well.
        if url := self.monitor.settings.environment.get(heartbeat.NAME):
            heartbeat.beat(url)

    def _page_again(self) -> None:
        unresolved, oncall = self.book.unresolved(), self.oncall
        # A silence that ended since it woke somebody last begins the rota anew.
        silences = self.book.silences(now(), min((one.paged_at for one in unresolved if one.paged_at), default=None))
        for incident in unresolved:
            again = paging.due_again(incident, oncall, now(), silences)
            if again is not None and self.book.page_again(incident, again[0], now(), again[1]) and incident.cause == Cause.DANGER:
                tell_of_all(self.monitor.database, incident, self.monitor.settings.oncall.danger_after, now())

    # What opens and ends by itself

    def _look_at_pressure(self, brand: Brand) -> None:
        at = now()
        here = next(iter(self.book.unresolved(brand.id, Cause.PRESSURE)), None)
        waiting = read_waiting(self.monitor.database, brand.id, at)
        if here is None and len(waiting) * pressure.DANGER * pressure.HEAVIEST < pressure.LEAST:
            return
        found = pressure.weigh(waiting, read_cleared(self.monitor.database, brand.id, at, brand.timezone), at)
        if here is not None and found.is_over:
            self.book.resolve(here.id, CHAIN, at)
        elif here is None and found.is_too_much and not self.book.unresolved(brand.id, Cause.SPIKE):
            # What a spike left waiting is that spike's, and stands in its page.
            facts = {"weight": round(found.weight, 1), "usual": found.usual, "count": len(waiting)}
            with self.monitor.database.begin() as connection:
                self.book.raise_(connection, brand.id, Cause.PRESSURE, Gravity.HIGH, at, facts=facts)

    def _end_spike(self, brand: Brand) -> None:
        for incident in self.book.unresolved(brand.id, Cause.SPIKE):
            if is_over(self.monitor.database, brand.id):
                self.book.resolve(incident.id, CHAIN, now())

    # What people pressed, here or elsewhere

    def _read_answers(self) -> None:
        """Ask where pages are answered who took an incident on, or closed it."""
        for name, notifier in self.monitor.notifiers.items():
            if not isinstance(notifier, Answering):
                continue
            for incident in self.book.unresolved():
                thread = f"incident/{incident.id}"
                if incident.paged_at is None or (incident.status is IncidentStatus.OPEN and is_taken(self._since_page(incident.id))):
                    continue  # It grew since somebody took it on, and did not ring for that: what they answered was less.
                try:
                    found = notifier.answer(ring_keys(thread, self.notices.rings(thread)))
                except AdapterError as error:
                    logger.info("who answered at %s is not known now: %s", name, error)
                    break
                if found is not None and found.state == "resolved":
                    self.book.resolve(incident.id, f"{found.by} ({name})", now())
                elif found is not None:
                    self.book.acknowledge(incident.id, f"{found.by} ({name})", now())

    def _act(self, press: Press) -> None:
        incident, at = self.book.incident(press.incident_id), now()
        acts: dict[str, Callable[[Incident], object]] = {
            "acknowledge": lambda one: self.book.acknowledge(one.id, press.by, at),
            "resolve": lambda one: self.book.resolve(one.id, press.by, at),
            "silence": lambda one: self._silence(one, press),
        }
        if incident is not None and press.action in acts:
            acts[press.action](incident)
        self.book.record_done(press, at)

    def _silence(self, incident: Incident, press: Press) -> None:
        # Of the moment of the press, so that a crash before it is recorded as done leaves no second silence.
        wish = Silence(
            0,
            incident.brand,
            incident.cause,
            press.by,
            BY_BUTTON[self._language(self._brand(incident.brand))],
            press.at,
            press.at + SILENT_FOR,
        )
        if not any(replace(one, id=0) == wish for one in self.book.silences(press.at)):
            self.book.silence(wish)

    # Telling

    def tell(self) -> None:
        """Write the notice of everything that waits to be told; a crash between leaves it to the next look, under the same key."""
        at, oncall = now(), self.oncall
        silences = self.book.silences(at)
        summed: list[Happened] = []
        told: list[Happened] = []
        for happened in self.book.to_tell(at):
            decision = paging.decide(
                happened.what,
                happened.incident,
                silences=silences,
                oncall=oncall,
                pages_this_hour=self.book.pages_told(at - AN_HOUR) + len({one.incident.id for one in told if one.pages}),
                told_before=self._told_before(happened),
                at=at,
            )
            if decision.how is How.LATER and decision.until is not None:
                self.book.put_off(happened, decision.until)
            elif decision.how is How.TELL:
                told.append(happened)
            elif decision.how is How.SUM_UP:
                summed.append(happened)
            else:
                logger.info("incident %d, %s: nobody is told: %s", happened.incident.id, happened.what.value, decision.why)
                self.book.record_told(happened, HELD, at)
        failed = self._tell_together(told, at)
        if summed:
            self._sum_up(summed, at)
        if failed:
            raise failed[0]

    def _sum_up(self, summed: Sequence[Happened], at: datetime) -> None:
        """Tell what is too much for this hour in one summary, at most one in SUMMED_EACH; what comes after it waits for the next."""
        since = at - (at - datetime.min.replace(tzinfo=at.tzinfo)) % SUMMED_EACH
        oncall, held = self.monitor.settings.oncall, {one.incident.id: one.incident for one in summed}
        named = [(one, self._brand(one.brand).name) for one in held.values()]
        language = self._language(self._brand(summed[0].incident.brand))
        notice = write_summary(named, since, oncall.timezone, oncall.most_pages, language)
        written = self.notices.write(notice, ways(self.monitor, "pages"), at)
        for happened in summed:
            # Written down only after it: a crash between the two tells of it again, and loses nothing.
            if written:
                self.book.record_told(happened, HELD, at)
            else:
                self.book.put_off(happened, since + SUMMED_EACH)

    def _tell_together(self, told: Sequence[Happened], at: datetime) -> list[Exception]:
        """Write the notices of what is told now; what goes along with another's page wakes nobody a second time, and still shows.

        Returns what went wrong with those that could not be written; they wait.
        """
        failed: list[Exception] = []
        begun: set[int] = set()
        lost: set[int] = set()
        along = paging.lead([(one.what, one.incident) for one in told])
        # Whom others go along with first: a crash after it repeats what went along, and loses nothing.
        for place in sorted(range(len(told)), key=lambda place: place in along):
            head = along.get(place)
            if head is not None and head in lost:
                head = None  # The page that should have told of it too was not written.
            others = [told[rider].incident for rider, leads in along.items() if leads == place]
            with _apart(f"incident {told[place].incident.id}", failed):
                lost.add(place)
                self._tell_one(told[place], others, begun, at, rides=head is not None)
                lost.discard(place)
        return failed

    def _tell_one(self, happened: Happened, others: Sequence[Incident], begun: set[int], at: datetime, *, rides: bool) -> None:
        """Write the notice of one thing, unless the page of its incident was written a moment ago: that tells how it stands by now."""
        if happened.pages and happened.incident.id in begun and not others:
            self.book.record_told(happened, ALONG, at)
            return
        # What somebody took on before its page was due wakes nobody any more; that it rose since does.
        taken = happened.incident.status is IncidentStatus.ACKNOWLEDGED and happened.what is not Happening.ROSE
        waking = not rides and not taken
        written = self.notices.write(self.compose(happened, others, waking=waking), self._ways(happened, waking=waking), at)
        self.book.record_told(happened, ALONG if rides else TOLD, at)
        begun.discard(happened.incident.id)
        if written and happened.pages:
            begun.add(happened.incident.id)

    def compose(self, happened: Happened, along: Sequence[Incident] = (), *, waking: bool = True) -> Notice:
        """Write the words of something that happened, with what is known now, and with what of other brands is told in the same page.

        Not `waking`: it is told within another's page.
        """
        incident, at = happened.incident, now()
        brand, book = self._brand(incident.brand), WatchBook(self.monitor.database)
        until = datetime.fromisoformat(str(incident.facts["at"])) if incident.facts and "at" in incident.facts else at
        said, before, waits = book.said(brand.id, until - AN_HOUR, max(until, at), MOST_SAID), [], Waits()
        curve: list[int] = []
        if happened.pages and incident.cause == Cause.DANGER:
            # Of the dangers themselves: they may have been posted hours ago, and nobody is woken for what else was said.
            dangers = read_dangers(self.monitor.database, brand.id, at, self.monitor.settings.oncall.danger_after)
            said = book.these([one.mention_id for one in dangers][-MOST_SAID:])
        if happened.pages:
            past = book.said(brand.id, until - BASELINE, until - AN_HOUR, MOST_BEFORE)
            before = [one.text for one in past]
            waiting = read_waiting(self.monitor.database, brand.id, at)
            oldest = min((one.since for one in waiting), default=None)
            waits = Waits(len(waiting), sum(one.danger for one in waiting), oldest)
            negative = (incident.facts or {}).get("series") in {Series.NEGATIVE, Series.WEIGHED}
            curve = book.by_hour(brand.id, until, HOURS, negative=negative)
        known = (*(term.text for term in brand.terms), brand.name, *brand.handles, *brand.hashtags)
        others = [Along(self._brand(one.brand).name, one.id, int(str((one.facts or {}).get("count", 0)))) for one in along]
        link = self.monitor.settings.oncall.link
        evidence = Evidence(brand.name, brand.timezone, happened.at, said, before, known, waits, link, others, curve)
        wakes = waking and happened.pages
        told: dict[str, Any] = {"by": happened.by, "reason": happened.reason, "until": self._silent_until(happened)}
        rings = self._rings(happened, wakes=wakes)
        # Of what rose before anybody was told of it the page says when it began.
        grew = happened.what is Happening.ROSE and self._told_before(happened)
        what = Happening.OPENED if happened.what is Happening.ROSE and not grew else happened.what
        return write_page(incident, happened.number, what, evidence, self._language(brand), **told, wakes=wakes, rings=rings)

    def _silent_until(self, happened: Happened) -> datetime | None:
        """Return when the silence ends that was asked for; None where something else happened."""
        if happened.what is not Happening.SILENCED:
            return None
        mine = [one for one in self.book.silences(happened.at) if one.by == happened.by and paging.holds_for(one, happened.incident)]
        return max((one.ends_at for one in mine), default=None)

    def _rings(self, happened: Happened, *, wakes: bool) -> tuple[int, ...]:
        """Return the pages that asked anew about an incident, this one with them if it does; none of before it was resolved."""
        rings = self.notices.rings(f"incident/{happened.incident.id}") if happened.what is not Happening.REOPENED else ()
        anew = wakes and asks_anew(happened.what, happened.incident.status, self._since_page(happened.incident.id, happened.number))
        return (*rings, happened.number) if anew and happened.number not in rings else rings

    def _since_page(self, incident_id: int, before: int | None = None) -> list[Happening]:
        """Return what happened to an incident since the last page of its own, up to a number."""
        since: list[Happening] = []
        for one in self.book.course(incident_id):
            if before is not None and one.number >= before:
                break
            since = [] if one.pages and one.telling == TOLD else [*since, one.what]
        return since

    def _told_before(self, happened: Happened) -> bool:
        return any(one.telling == TOLD and one.pages for one in self.book.course(happened.incident.id))

    def _ways(self, happened: Happened, *, waking: bool = True) -> Iterator[tuple[str, str]]:
        """Yield who is told: the team's ways, and those of whom the rota asks; how it goes on, where one message shows it."""
        page = waking and happened.what in PAGES
        settings, oncall = self.monitor.settings, self.oncall
        personal = {way for person in people_of(oncall) for way in person.ways} | {way for shift in oncall.shifts for way in shift.ways}
        asked = paging.asked(oncall, happened.incident.step, now())
        mine = set(asked.ways) if asked else personal
        kinds = {one.name: one for one in settings.notifiers}
        for name, recipient in ways(self.monitor, "pages"):
            one = kinds.get(name)
            if one is not None and happened.gravity < GRAVITIES[one.least]:
                continue
            if one is not None and not page and one.kind not in FOLLOWS:
                continue
            if name not in personal or name in mine or not page:
                yield name, recipient
        if not page:
            yield from self._stood_in(happened.incident.id)

    def _stood_in(self, incident_id: int) -> Iterator[tuple[str, str]]:
        """Yield the ways that told of an incident in place of another: what shows it there, or rings, must know that it is over too."""
        spare = {one.name for one in self.monitor.settings.notifiers if one.instead_of and one.kind in FOLLOWS}
        have = self.notices.told_of(f"incident/{incident_id}") if spare else frozenset()
        return (way for way in every_way(self.monitor) if way[0] in spare and way in have)

    def all_ways(self) -> Iterator[tuple[str, str]]:
        """Yield every way that may bring a page, whoever is on call, also those that stand in for another."""
        get = {one.name for one in self.monitor.settings.notifiers if "pages" in (one.gets or usual_gets(one.kind))}
        return ((name, recipient) for name, recipient in every_way(self.monitor) if name in get)

    def _brand(self, brand_id: str) -> Brand:
        return self.monitor.brands.get(brand_id) or Brand(brand_id, brand_id, ())

    def _language(self, brand: Brand) -> str:
        return self.monitor.settings.oncall.language or next((one for one in brand.languages if one in LANGUAGES), "en")


@contextmanager
def _apart(what: str, failed: list[Exception]) -> Iterator[None]:
    """Keep what goes wrong with one thing from the others; it is logged, and added to what failed."""
    try:
        yield
    except Exception as error:
        logger.exception("the minute's look at %s failed", what)
        failed.append(error)

"""What `monitor run` does: keeps the engine fed with what the tables say is due, and tells a person in plain lines what was found."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import chain, zip_longest
from threading import BoundedSemaphore, Event, Lock

from monitor import __version__, pipeline, schedule
from monitor.ailments import is_mended_by_hand
from monitor.alerting import Alerting
from monitor.command import OK, SOME_REJECTED, UNAVAILABLE, USAGE, CommandError, count, say, until_stopped
from monitor.domain import CLOCKS_DIFFER, Brand, MentionStatus, SourceHealth
from monitor.forgetting import Forgetting
from monitor.jobs import Cron, Engine, Job, Outbox, QueueLimit
from monitor.lessons import Lessons
from monitor.looking import Wait, keep_looking
from monitor.receiving import Receiving
from monitor.recheckbook import RecheckBook, Rechecked
from monitor.rostering import Rostering
from monitor.settings import SourceSettings
from monitor.standing import summary
from monitor.storybook import forget_keys
from monitor.telling import Telling
from monitor.wiring import Monitor, now
from monitor.workers import prune, seen_executors

PROCESS = "monitor"
POLLS = QueueLimit("polls", worker_concurrency=8)
LONGEST_LOOK = timedelta(days=2)
"""A look that was put off for longer was put off by a clock that ran ahead."""
RECHECKS = QueueLimit("rechecks", worker_concurrency=1)
"""A queue of their own, so that looking back never keeps a poll waiting."""
TELLINGS = QueueLimit("tellings", worker_concurrency=2)
SEATS = 2
"""So many of the workers may poll one source at once: one that is slow for a hundred brands leaves the others theirs."""
IN_LINE = 16
"""So many polls of one source wait in the queue, those first that are due longest."""
SWEEP_EVERY = 5.0
"""Seconds between two looks at what is due; one look is one small question to the database."""
FIRST_SWEEP_EVERY = 0.2
"""The same until the first summary was shown: somebody is watching."""
SUMMARY_AT_LAST = timedelta(seconds=8)
"""So long after the start the summary is shown with what is known by then, and again once everything is read and judged."""
SLOW = timedelta(seconds=20)
"""A source that has not answered so long after the start is not waited for."""
UNFINISHED = "This is not all yet: more is being read and judged, and it is told again once that is done."
LONG_AGO = datetime.min.replace(tzinfo=UTC)
LOOK_AFTER = timedelta(minutes=1)
"""Between two looks at whether every source is well."""
STOP_WITHIN = timedelta(seconds=1.5)
LOOK_WHETHER_TO_STOP = 0.05
"""Seconds, while what judges is still being read."""

logger = logging.getLogger(__name__)


@dataclass
class Listening:
    """The monitor at work: jobs that poll and judge, and the sweep that finds what is due."""

    monitor: Monitor
    _judging: Lock = field(default_factory=Lock)
    _seats: dict[str, BoundedSemaphore] = field(default_factory=dict)
    _began: datetime = field(default_factory=now)
    _looked: datetime | None = None
    shut: Mapping[str, str] = field(default_factory=dict)
    """Why nothing can be sent to a source that takes in what others send, by source."""

    @cached_property
    def outbox(self) -> Outbox:
        """Where due polls are put."""
        return Outbox(self.monitor.database, PROCESS)

    @cached_property
    def telling(self) -> Telling:
        """What tells our own people."""
        return Telling(self.monitor)

    @cached_property
    def alerting(self) -> Alerting:
        """What wakes whoever is on call."""
        return Alerting(self.monitor)

    @property
    def pairs(self) -> list[tuple[SourceSettings, Brand]]:
        """Every source with every brand that it reads for."""
        return [(source, brand) for source in self.monitor.settings.sources for brand in self.monitor.brands_of(source)]

    def poll(self, source_name: str, brand_id: str) -> pipeline.Polled | None:
        """Poll one source for one brand, and judge what it brought; None where the configuration no longer has them."""
        found = self.monitor.sources.get(source_name)
        brand = self.monitor.brands.get(brand_id)
        if found is None or brand is None:
            return None
        settings, source = found
        if (trouble := self.shut.get(source_name)) and not self._others_listen():
            self.monitor.store.record_failure(source_name, brand_id, trouble, now() + settings.every)
            return None
        caps = pipeline.Caps(settings.cap_per_day, settings.cap_per_month)
        polled = pipeline.poll(self.monitor.store, source, brand, self.monitor.matchers[brand_id], settings.every, now, caps=caps)
        self.judge()
        if trouble := pipeline.name_authors(self.monitor.store, source, brand, now, caps=caps):
            logger.warning("%s for %s: who wrote it could not be read: %s", source_name, brand_id, trouble)
        if polled.error:
            then = "Somebody must look; see monitor status" if polled.lasting else "It is tried again later"
            logger.warning("%s for %s: %s. %s.", source_name, brand_id, polled.error.removeprefix(f"{source_name}: "), then)
        if polled.rejected:
            bad = count(polled.rejected, "row")
            logger.warning("%s for %s: %s could not be read; monitor status --rejected shows why", source_name, brand_id, bad)
        if polled.new:
            logger.info("%s: %s of %s", source_name, count(polled.new, "new mention"), brand.name)
        return polled

    def _others_listen(self) -> bool:
        """Say whether another monitor lives, which may have the port that this one cannot have."""
        seen = seen_executors(self.monitor.database)
        return any(one.alive and one.process == PROCESS and one.pid != os.getpid() for one in seen)

    def poll_job(self, source_name: str, brand_id: str) -> None:
        """Poll as a job of the engine; what went wrong is remembered with the source.

        Where the source's seats are taken nothing is done: it stays due, and the next sweep puts it in line again.
        """
        seat = self._seats.setdefault(source_name, BoundedSemaphore(SEATS))
        if not seat.acquire(blocking=False):
            return
        try:
            self.poll(source_name, brand_id)
        finally:
            seat.release()

    @cached_property
    def rechecks(self) -> RecheckBook:
        """What is remembered of looking back."""
        return RecheckBook(self.monitor.database)

    def recheck(self, source_name: str) -> Rechecked | None:
        """Ask a source what became of what it found, and judge what was changed; None where the configuration no longer has it."""
        found = self.monitor.sources.get(source_name)
        if found is None:
            return None
        settings, source = found
        caps = pipeline.Caps(settings.cap_per_day, settings.cap_per_month)
        often = settings.recheck_every
        done = pipeline.recheck(self.rechecks, self.monitor.store, source, self.monitor.brands, now, every=often, caps=caps)
        if done.edited:
            self.judge()
        if done.error:
            logger.warning("what became of mentions of %s could not be seen: %s. It is tried again later.", source_name, done.error)
        if done.doubted:
            logger.warning(
                "%s says that %d texts are gone at once; that is believed only if it still says so in an hour", source_name, done.asked
            )
        if done.gone or done.edited:
            logger.info("%s: %s erased, %s changed", source_name, count(done.gone, "text"), count(done.edited, "text"))
        return done

    def recheck_job(self, source_name: str) -> None:
        """Look back as a job of the engine; what went wrong is remembered with the source."""
        self.recheck(source_name)

    def prune(self) -> None:
        """Delete what the engine no longer needs to remember."""
        prune(self.monitor.database)
        forget_keys(self.monitor.database, now())

    def judge(self) -> None:
        """Score and triage whatever waits."""
        # Two polls that end together would do the same work twice; the compare-and-set makes it harmless, the lock makes it cheap.
        with self._judging:
            self.monitor.judge(now)

    def sweep(self) -> int:
        """Enqueue every poll that is due, and every notice; returns how many polls are due."""
        at = now()
        states = {(health.source, health.brand): health for health in self.monitor.store.sources()}
        due: dict[str, list[tuple[datetime, str]]] = {}
        for source, brand in self.pairs:
            state = states.get((source.name, brand.id))
            if state is None or is_due(state, at):
                due.setdefault(source.name, []).append(((state and state.next_poll_at) or LONG_AGO, brand.id))
        if due:
            # Every source's first in line, then every source's second: none goes before all others.
            lines = [[(name, brand_id) for _since, brand_id in sorted(waiting)[:IN_LINE]] for name, waiting in due.items()]
            with self.monitor.database.begin() as connection:
                for source_name, brand_id in filter(None, chain.from_iterable(zip_longest(*lines))):
                    self.outbox.enqueue(connection, "poll", POLLS.name, source_name, brand_id, key=f"poll/{source_name}/{brand_id}")
        self._enqueue_rechecks(at)
        for sending in self.telling.due(at):
            words = (sending.key, sending.notifier, sending.recipient, sending.tries)
            with self.monitor.database.begin() as connection:
                self.outbox.enqueue(connection, "tell", TELLINGS.name, *words, key="/".join(["tell", *map(str, words)]))
        return sum(map(len, due.values()))

    def _enqueue_rechecks(self, at: datetime) -> None:
        known = self.rechecks.states()
        for source in self.monitor.settings.sources:
            state = known.get(source.name)
            if state is None or state.next_at is None or not at < state.next_at <= at + LONGEST_LOOK:
                with self.monitor.database.begin() as connection:
                    self.outbox.enqueue(connection, "recheck", RECHECKS.name, source.name, key=f"recheck/{source.name}")

    def look_after_sources(self) -> None:
        """Tell our own people, once, of sources that are not well; looked at each minute, for as long as this process listens."""
        at = now()
        if self._looked is None or at - self._looked >= LOOK_AFTER:
            self._looked = at
            self.telling.tell_of_sources(at, self._began)

    def settled(self) -> bool:
        """Say whether everything that was due is read and judged."""
        store = self.monitor.store
        return not store.waiting(MentionStatus.NEW, 1) and not store.waiting(MentionStatus.SCORED, 1)


def is_due(state: SourceHealth, at: datetime) -> bool:
    """Say whether a source is to be read now: its time has come, or was set by a clock that ran ahead and was put right since."""
    ahead = state.last_success_at is not None and state.last_success_at > at + CLOCKS_DIFFER
    return state.next_poll_at is None or state.next_poll_at <= at or state.next_poll_at > at + schedule.LONGEST or ahead


@dataclass
class FirstSummary:
    """Whether the first summary was shown: with what was known when nobody could be let wait longer, then once all of it is."""

    told: bool = False
    whole: bool = False

    def is_due(self, running: timedelta, *, read: bool, judged: Callable[[], bool]) -> bool:
        """Say whether it is to be shown now; `judged` is only asked while it was not shown whole."""
        if self.whole:
            return False
        self.whole = (read or running > SLOW) and judged()
        due = self.whole or (not self.told and running >= SUMMARY_AT_LAST)
        self.told |= due
        return due


def run(monitor: Monitor, wait: Wait | None = None) -> None:
    """Listen until Ctrl-C, or until `wait`, called with a number of seconds, says that it is time to stop."""
    started = now()
    listening = Listening(monitor)
    settings = monitor.settings
    _ = monitor.notifiers  # What cannot be right is told now, not at the hour of the digest.
    monitor.store.make_due(is_mended_by_hand, started)  # Somebody may have done so, and looks whether it helped.
    engine = Engine(
        PROCESS,
        monitor.database,
        jobs=[Job("poll", listening.poll_job), Job("tell", listening.telling.tell), Job("recheck", listening.recheck_job)],
        queues=[POLLS, RECHECKS, TELLINGS],
        crons=[
            Cron("prune", "30 3 * * *", settings.digest_timezone, listening.prune),
            Cron("forget", "45 3 * * *", settings.digest_timezone, Forgetting(monitor).nightly),
            Cron("learn", "15 4 * * *", settings.digest_timezone, Lessons(monitor).nightly),
            *(
                Cron(f"digest {one.brand}".rstrip(), f"{one.at.minute} {one.at.hour} * * *", one.timezone, listening.telling.write_digests)
                for one in settings.digests
            ),
            Cron("count", "1-59/5 * * * *", "UTC", listening.alerting.count),
            Cron("incidents", "* * * * *", "UTC", listening.alerting.look),
            Cron("rota", "4-59/10 * * * *", "UTC", Rostering(monitor).look),
        ],
        application_version=__version__,
        clock=now,
    )
    if listening.settled():
        # What judges is read while the engine starts, which mostly waits for the disk.
        aside = ThreadPoolExecutor(1, "prepare")
        prepared: Future[None] | None = aside.submit(listening.judge)
        aside.shutdown(wait=False)
    else:
        # What an earlier process stored and could not judge any more comes first. It may take long, and Ctrl-C still ends it at once.
        listening.judge()
        prepared = None
    alone = wait is None
    wait = wait or until_stopped()
    engine.start()
    first = FirstSummary()
    receiving = Receiving(monitor)
    listening.shut = receiving.troubles

    def look() -> bool:
        receiving.look()
        due = listening.sweep()
        listening.look_after_sources()
        if first.is_due(now() - started, read=due == 0, judged=listening.settled):
            for line in [*summary(monitor), *([] if first.whole else [UNFINISHED])]:
                say(line)
        return not first.whole

    try:
        if prepared is None or _is_done(prepared, wait):
            keep_looking(look, wait, lambda: SWEEP_EVERY if first.told else FIRST_SWEEP_EVERY, monitor.database)
    finally:
        receiving.close()
        unfinished = engine.stop(STOP_WITHIN)
        if unfinished:
            logger.warning("%s cut short; done again at the next start, nothing is lost", count(unfinished, "poll"))
            leave_at_once()
    say("monitor: stopped; everything read so far is kept.")
    if alone and prepared is not None and not prepared.done():
        leave_at_once()


def _is_done(prepared: Future[None], wait: Wait) -> bool:
    """Wait until that is done, and return True; False where it is time to stop before. Raises what went wrong in it."""
    while not prepared.done():
        with suppress(TimeoutError):
            prepared.exception(LOOK_WHETHER_TO_STOP)
        if not prepared.done() and wait(0):
            return False
    prepared.result()
    return True


def poll_now(monitor: Monitor, only: str, *, once: bool, wait: Wait | None = None) -> int:
    """Read the sources without the engine, once or until Ctrl-C, and return the exit code; raises CommandError for a source not there."""
    listening = Listening(monitor)
    pairs = [(found, brand) for found, brand in listening.pairs if not only or found.name == only]
    if not pairs:
        names = ", ".join(found.name for found in monitor.settings.sources) or "none"
        raise CommandError(f"There is no source {only or 'to read'}; monitor.toml names: {names}. Nothing was read.", USAGE)
    # Here Ctrl-C may come at any moment: each step is a transaction, and the next poll goes on where this one was.
    wait = wait or Event().wait
    while True:
        failed = rejected = False
        for found, brand in pairs:
            polled = listening.poll(found.name, brand.id)
            if polled is None:  # pragma: no cover - the pairs come from the configuration that is asked
                continue
            failed, rejected = failed or bool(polled.error), rejected or bool(polled.rejected)
            say(f"{found.name} for {brand.name}: {polled.found} read, {polled.matched} about the brand, {polled.new} new")
        pause = max(SWEEP_EVERY, min(found.every.total_seconds() for found, _brand in pairs))
        if once or wait(pause):
            return UNAVAILABLE if failed else SOME_REJECTED if rejected else OK


def leave_at_once() -> None:
    """End the process though threads of jobs still run: what they do is committed in steps, and done again."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)

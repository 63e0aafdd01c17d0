"""What `responders run` does: drafts what is queued, publishes what is approved, and tells a person in plain lines what waits."""

from __future__ import annotations

import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from monitor import __version__
from monitor.command import count, say, until_stopped
from monitor.contracts import RateLimited, Unavailable
from monitor.domain import ReplyStatus
from monitor.jobs import Engine, Job, Outbox, QueueLimit
from monitor.looking import Wait, keep_looking
from monitor.running import STOP_WITHIN, leave_at_once
from monitor.tables import READING
from monitor.triage import RULES
from monitor.wiring import now
from responders import asking, pipeline, promising
from responders.contracts import Poster
from responders.rehearsal import rehearse
from responders.rows import left_unanswered, newest_event
from responders.speech import say as say_in
from responders.wiring import DRAFTING, PROCESS, PUBLISHING, Responders

SWEEP_EVERY = 2.0
"""Seconds between two looks at what is queued, due or too old; one look is a few small questions to the database."""
FIRST_SWEEP_EVERY = 0.1
"""The same in the first minute: somebody is watching, and the first drafts are told as soon as they are there."""
BETWEEN_STEPS = 0.01
"""Seconds between two steps of a rehearsal, each of which is short: it is to be over when the first post comes."""
FIRST_MINUTE = 60.0
"""Seconds after the start."""
READ_BACK_EVERY = timedelta(minutes=5)
"""How often we look whether what people post by hand, or were asked about, stands there by now."""

JUMP = timedelta(minutes=1)
"""A clock that goes on so much more than time does, or back, was set anew, or the machine slept."""
CALM = timedelta(minutes=10)
"""Nothing expires so long after that: a clock that was set wrong may be put right again, and an expired reply does not come back."""

logger = logging.getLogger(__name__)


class Steadiness:
    """Knows whether the clock runs as time does."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._before: tuple[datetime, float] | None = None
        self._jumped_at = float("-inf")

    def holds(self, at: datetime) -> bool:
        """Take a look at the clock; False for ten minutes after it jumped between two looks."""
        here = self._monotonic()
        if self._before is not None:
            moved = (at - self._before[0]).total_seconds() - (here - self._before[1])
            if abs(moved) > JUMP.total_seconds():
                self._jumped_at = here
                minutes = CALM // timedelta(minutes=1)
                logger.warning("the clock jumped by %s; nothing expires in the next %d minutes", timedelta(seconds=round(moved)), minutes)
        self._before = (at, here)
        return here - self._jumped_at > CALM.total_seconds()


@dataclass
class Answering:
    """The responders at work: jobs that draft and publish, and the sweep that finds what is due."""

    responders: Responders
    worker: Callable[[], str]
    steadiness: Steadiness = field(default_factory=Steadiness)
    _told: dict[str, int] = field(default_factory=dict)

    def keep_limits(self) -> None:
        """Write down how long a reply may be on the servers that told us, for whoever makes a card or holds a text against the rules."""
        for account, poster in self.responders.posters.items():
            told = getattr(poster, "told", None)
            if told is not None and self._told.get(account) != told:
                self.responders.limits.tell(account, told, now())
                self._told[account] = told

    def keep_costs(self) -> None:
        """Write down what the networks charged."""
        self.responders.expenses.settle(self.responders.posters, now())

    def draft(self) -> None:
        """Draft whatever waits for a draft."""
        parts = self.responders
        settings = parts.settings
        pipeline.draft(
            parts.store,
            parts.drafters,
            parts.brands,
            parts.facts(),
            settings.networks,
            settings.reply_expires_after,
            now,
            longest=parts.longest,
        )

    def publish(self, reply_id: str | int) -> None:
        """Publish one approved reply."""
        parts = self.responders
        handles = {brand.id: brand.handles for brand in parts.brands.values()}
        try:
            word = pipeline.publish(
                parts.attempts, parts.posters, int(reply_id), self.worker(), now, networks=parts.settings.networks, handles=handles
            )
        finally:
            self.keep_costs()
        # A server that was away at the start has told its limit by now.
        self.keep_limits()
        reply = self.responders.store.reply(int(reply_id)) if word else None
        if word == "posted" and reply is not None:
            logger.info("reply %s is published: %s", reply_id, reply.posted_url)
        elif reply is not None and reply.status is ReplyStatus.NEEDS_REVIEW:
            logger.warning("reply %s needs a person: %s. See: responders list", reply_id, reply.reason)
        elif word == "cancelled" and reply is not None:
            logger.info("reply %s was not published: %s", reply_id, reply.reason)
        elif word:
            logger.info("reply %s: %s", reply_id, word)

    def sweep(self, outbox: Outbox) -> None:
        """Enqueue what the tables say is due, wake what was snoozed and expire what waited too long."""
        store, at = self.responders.store, now()
        steady = self.steadiness.holds(at)
        for line in promising.recall(self.responders, at, may_break=steady):
            logger.warning("%s", line)
        if steady:
            _awake, expired = store.wake_and_expire(at)
            for reply_id in expired:
                logger.warning("reply %d expired: nobody decided in time", reply_id)
        for reply_id in self.responders.attempts.ask_where_held(at):
            logger.warning("reply %d needs a person: look whether it stands there. See: responders list", reply_id)
        due = self.responders.attempts.due(at)
        queued = bool(store.queued(1))
        if due:
            # A crowd that waits for its turn is not put there again at each look: that would hold the database up for all.
            with self.responders.database.connect().execution_options(**READING) as connection:
                waiting = {key.rpartition("/")[2] for key in outbox.waiting(connection, self.responders.queues)}
            due = [reply_id for reply_id in due if str(reply_id) not in waiting]
        if not due and not queued:
            return
        with self.responders.database.begin() as connection:
            if queued:
                outbox.enqueue(connection, "draft", DRAFTING, key="draft")
            for reply_id in due:
                self.responders.enqueue(outbox, connection, reply_id)


def run(responders: Responders, wait: Wait | None = None) -> None:
    """Answer until Ctrl-C, or until `wait`, called with a number of seconds, says that it is time to stop."""
    # Built before anything runs, so that a wrong credential or template is said now and not at the first draft.
    _ = responders.drafters
    prove_accounts(responders.posters)
    for line in shared_accounts(responders):
        logger.info("%s", line)
    engine: Engine | None = None
    answering = Answering(responders, lambda: engine.executor_id if engine else "responders")
    answering.keep_limits()
    outbox = Outbox(responders.database, PROCESS)
    engine = Engine(
        PROCESS,
        responders.database,
        jobs=[Job("draft", answering.draft), Job("publish", answering.publish)],
        queues=[QueueLimit(DRAFTING, concurrency=1, worker_concurrency=1), *publishing_queues(responders)],
        crons=[],
        application_version=__version__,
        clock=now,
    )
    wait = wait or until_stopped()
    with responders.database.connect().execution_options(**READING) as connection:
        told = Told(after=newest_event(connection))
    engine.start()
    # None without [slack] or its tokens: then the terminal asks.
    slack = asking.start(responders)
    read_back_at, started = now(), time.monotonic()
    # While the monitor still reads: the first drafts are there in a third of the time.
    rehearsal: Iterator[str] | None = rehearse(responders, now())

    def every() -> float:
        if told.settled and rehearsal is not None:
            return BETWEEN_STEPS
        return FIRST_SWEEP_EVERY if time.monotonic() - started < FIRST_MINUTE else SWEEP_EVERY

    def look() -> bool:
        nonlocal read_back_at, rehearsal
        answering.sweep(outbox)
        if told.settled and rehearsal is not None and not _go_on(rehearsal):
            rehearsal = None
        if now() >= read_back_at or read_back_at > now() + READ_BACK_EVERY:
            pipeline.find_standing(responders.attempts, responders.store, responders.posters, now, responders.settings.networks)
            answering.keep_costs()
            read_back_at = now() + READ_BACK_EVERY
        for line in told.changed(responders):
            say(line)
        return not told.settled or rehearsal is not None

    try:
        keep_looking(look, wait, every, responders.database)
    finally:
        if slack is not None:
            slack.stop()
        unfinished = engine.stop(STOP_WITHIN)
        if unfinished:
            logger.warning("%s cut short; finished at the next start, and nothing is posted twice", count(unfinished, "job"))
            leave_at_once()
    say(say_in(responders.settings.desk_language, "responders: stopped; every draft and decision is kept."))


def _go_on(rehearsal: Iterator[str]) -> bool:
    """Take one step of a rehearsal; False where it is over. What goes wrong in it is told by the draft that needs it."""
    try:
        return next(rehearsal, None) is not None
    except Exception:
        logger.warning("rehearsing answers failed; the first drafts take longer", exc_info=True)
        return False


def publishing_queues(responders: Responders) -> Iterator[QueueLimit]:
    """Yield a queue for each account, no faster in all processes together than its network lets it be; one for all others.

    Where a network counts what one app asks, the accounts that share an app share what it allows.
    """
    yield QueueLimit(PUBLISHING)
    apps = Counter(app for poster in responders.posters.values() if (app := getattr(poster, "app", "")))
    for account, poster in responders.posters.items():
        if account in responders.published:
            rate, among = getattr(poster, "pace", None), max(1, apps[getattr(poster, "app", "")])
            yield QueueLimit(responders.queue(account), rate=rate and (max(1, rate[0] // among), rate[1]))


def prove_accounts(posters: Mapping[str, Poster]) -> None:
    """Ask each network as whom we would post; a wrong account or credential stops the start, a network that is away does not.

    Raises:
        Rejected: the credentials are refused, or belong to another account than the configuration names.
    """
    for account, poster in posters.items():
        whoami = getattr(poster, "whoami", None)
        if whoami is None:
            continue
        try:
            logger.info("%s: we post as %s", account, whoami())
        except (RateLimited, Unavailable) as error:
            logger.warning("%s: our account could not be proved now (%s); it is proved before anything is posted", account, error)


def shared_accounts(responders: Responders) -> Iterator[str]:
    """Say which brands speak from one account: a reader there cannot tell them apart, and what one may send the other may not."""
    networks = responders.settings.networks
    for key, account in responders.accounts.items():
        brands = [brand for brand in responders.brands if networks[account.name].account_of(brand).key == key]
        if len(brands) > 1:
            name = account.account or "the one whose keys are there"
            own = f"[network.{account.name}.accounts.<name>] gives a brand one of its own"
            yield f"{key}: {' and '.join(brands)} answer from one account, {name}; {own}"


class Told:
    """What the person was last told, so that only a change is said, and only once it has settled."""

    def __init__(self, after: int | None = None) -> None:
        """Make one that also tells what got no draft after this audit event; None: of that nothing is told."""
        self._after = after
        self._told: tuple[object, ...] | None = None
        self._before: tuple[object, ...] | None = None
        self.settled = False
        """Whether two looks in a row saw the same, with nothing left to draft."""

    def changed(self, responders: Responders) -> list[str]:
        """Return lines on what waits, where that changed since it was last told."""
        counts = responders.store.counts()
        drafting = bool(responders.store.queued(1))
        awaiting, handed_over = counts.get(ReplyStatus.AWAITING, 0), counts.get(ReplyStatus.HANDED_OVER, 0)
        needs_review, on = counts.get(ReplyStatus.NEEDS_REVIEW, 0), responders.store.switch().on
        promised = promising.tell_open(responders, now())
        figures = (awaiting, handed_over, needs_review, on, *promised)
        self.settled = not drafting and figures == self._before
        self._before = figures
        if not self.settled or figures == self._told:
            return []
        self._told = figures
        language = responders.settings.desk_language
        lines = self._left_unanswered(responders, language)
        if awaiting:
            two, waiting = responders.store.count_for_two(), _replies(awaiting, language)
            by_two = say_in(language, "{replies} for approval, {two} of them by two people.", replies=waiting, two=two)
            lines.append(by_two if two else say_in(language, "{replies} for approval.", replies=waiting))
        else:
            lines.append(say_in(language, "Nothing waits for approval."))
        if handed_over:
            told = "{replies} to be posted by hand: responders list --status handed_over"
            lines.append(say_in(language, told, replies=_replies(handed_over, language)))
        if needs_review:
            told = "{replies} for a person to look what became of it: responders list --status needs_review"
            lines.append(say_in(language, told, replies=_replies(needs_review, language)))
        lines.extend(promised)
        if not on:
            lines.append(say_in(language, "Publishing is paused. Restart it with: responders resume --as NAME"))
        if awaiting:
            lines.append(say_in(language, "Next, in another terminal:  {command}", command=f"{_typed_here()} review"))
        return lines

    def _left_unanswered(self, responders: Responders, language: str) -> list[str]:
        """Say what was to be answered and then was not, which who listens could not foresee (T17)."""
        if self._after is None:
            return []
        with responders.database.connect().execution_options(**READING) as connection:
            found = left_unanswered(connection, self._after)
            self._after = newest_event(connection)
        number, told = sum(found.values()), "{count} get no answer after all, because:"
        if not number:
            return []
        lines = [say_in(language, "1 gets no answer after all, because:") if number == 1 else say_in(language, told, count=number)]
        for rule, count_of in sorted(found.items(), key=lambda one: (-one[1], one[0])):
            words = RULES[rule].words[language] if rule in RULES else say_in(language, "in words of their own; see monitor audit")
            lines.append(f"    {count_of:>4}  {rule or '–':<4} {words}")
        return lines


def _typed_here() -> str:
    """Return what a person types in another terminal: one that did not start us knows nothing of a checkout's .venv."""
    ours = Path(".venv/bin/responders")
    return str(ours) if ours.exists() and Path(sys.prefix) == Path(".venv").absolute() else "responders"


def _replies(count: int, language: str) -> str:
    return say_in(language, "1 reply waits") if count == 1 else say_in(language, "{count} replies wait", count=count)

"""The digest's questions to the database: what was received, answered, left and why, in one period for one brand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from monitor.digest import PENDING, Account, AnsweredReply, Counted, DayCount, Figures, Quote, Unanswered, WaitingReply, account
from monitor.domain import Action, Brand, Label, MentionStatus, ReplyStatus, SourceHealth
from monitor.figures.alarms import count_false, mark_spikes, read_alarms
from monitor.figures.days import CHART, count_days, days_until, find_usual
from monitor.figures.mistakes import read_mistakes
from monitor.figures.stories import read_stories
from monitor.figures.voices import read_blogs, read_voices
from monitor.rows import of_brand
from monitor.tables import ESCALATED, READING, approvals, mentions, replies, switches

QUOTES = 20
"""So many texts are offered to the digest, which shows the first few of them."""
CANDIDATES = 500
"""So many of the sharpest or warmest are looked at, out of the index, before all of them are."""
PARTS = 240
"""In so many parts a period is counted."""
NO_PRAISE = frozenset({"T2", "T3", "T4", "T5", "T6", "T10", "T11", "T12", "T13"})
"""Whatever a scorer takes for glad, the rules know better of these."""
ROOM = 128 * 2**20
"""So many bytes of the file SQLite may keep meanwhile: the index of a million mentions, and no more of it than it reads."""
SERIOUS = 200
"""So many of what is serious: the digest says how many there are."""

SILENT = frozenset({MentionStatus.IGNORED.value, MentionStatus.WATCHED.value, MentionStatus.CLOSED.value})


def read_figures(
    database: sa.Engine,
    brand: Brand,
    since: datetime,
    until: datetime,
    sources: Sequence[SourceHealth] = (),
    *,
    seen_since: Mapping[str, datetime] | None = None,
    weekly: bool = False,
) -> Figures:
    """Return what happened for a brand with the mentions that were read in [since, until), and what waits now.

    What a source of `seen_since` read is counted, and quoted only where its network said since then that it stands there (L1).
    """
    # One moment for all questions: only so can a sum that does not come out mean that something is wrong.
    moment = {} if database.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with database.connect().execution_options(**READING, **moment) as connection, _roomy(connection):
        return replace(_Question(connection, brand, since, until, seen_since or {}).answer(sources), weekly=weekly)


@contextmanager
def _roomy(connection: sa.Connection) -> Iterator[None]:
    """Let SQLite keep what it reads while the questions are asked: ten of them go through the same index, each again from its beginning."""
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size=-{ROOM // 1024}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={int(before)}")
        connection.exec_driver_sql("PRAGMA shrink_memory")


class _Question:
    """One brand and period on one connection, so that all figures are of one moment."""

    def __init__(
        self, connection: sa.Connection, brand: Brand, since: datetime, until: datetime, seen_since: Mapping[str, datetime]
    ) -> None:
        self.connection = connection
        unseen = [sa.and_(mentions.c.source == source, mentions.c.checked_at < moment) for source, moment in seen_since.items()]
        self.unseen = sa.or_(sa.false(), *unseen)
        self.brand, self.since, self.until = brand, since, until
        self.read = self._within(since, until)

    def _within(self, since: datetime, until: datetime) -> sa.ColumnElement[bool]:
        return sa.and_(mentions.c.brand == self.brand.id, mentions.c.read_at >= since, mentions.c.read_at < until)

    def answer(self, sources: Sequence[SourceHealth]) -> Figures:
        counts, unjudged = self._counts()
        networks: Counter[str] = Counter()
        silent: Counter[str] = Counter()
        silent_negative: Counter[str] = Counter()
        for (network, label, stands, rule, reply), count in counts.items():
            networks[network] += count
            if stands in SILENT and reply != ReplyStatus.EXPIRED.value:
                silent[rule or ""] += count
                silent_negative[rule or ""] += count * (label == Label.NEGATIVE.value)
        days = count_days(self.connection, self.brand.id, days_until(self.until, CHART, self.brand.timezone))
        counted = (Counted(stands, reply, label == Label.NEGATIVE.value, count) for (_, label, stands, _, reply), count in counts.items())
        summed = self._account(counted, days[-1])
        shown = sa.and_(mentions.c.erased_at.is_(None), sa.not_(self.unseen))
        unsettled = mentions.c.status.not_in([MentionStatus.ANSWERED.value, MentionStatus.CLOSED.value])
        return Figures(
            brand=self.brand.name,
            since=self.since,
            until=self.until,
            received=summed.received,
            negative=summed.negative,
            unjudged=unjudged,
            by_network=dict(networks.most_common()),
            said=self._quotes(mentions.c.label == Label.NEGATIVE.value, mentions.c.score),
            escalated=self._quotes(sa.and_(sa.text(ESCALATED), unsettled), mentions.c.posted_at, SERIOUS),
            answered=self._answered(),
            waiting=self._waiting(),
            unanswered=[
                Unanswered(rule, count, negative=silent_negative[rule])
                for rule, count in sorted(silent.items(), key=lambda pair: (-pair[1], pair[0]))
            ],
            sources=sources,
            mistakes=replace(
                read_mistakes(self.connection, self.brand.id, self.since, self.until, [health.source for health in sources]),
                false=count_false(self.connection, self.brand.id, self.since, self.until),
            ),
            timezone=self.brand.timezone,
            account=summed,
            days=mark_spikes(self.connection, self.brand.id, days, self.until),
            usual=find_usual(self.connection, self.brand.id, self.since, self.until, self.brand.timezone),
            praise=[
                replace(quote, why="", rules=())
                for quote in self._quotes(mentions.c.label == Label.POSITIVE.value, mentions.c.score.desc(), 2 * QUOTES)
                # A joke or a complaint that sounds glad is nothing to share with colleagues.
                if not NO_PRAISE.intersection(quote.rules)
            ],
            stories=read_stories(self.connection, self.brand.id, self.since, self.until, shown),
            incidents=read_alarms(self.connection, self.brand.id, self.since, self.until),
            blogs=read_blogs(self.connection, self.brand.id, self.until, shown),
            voices=read_voices(self.connection, self.brand.id, self.until, shown),
        )

    def _counts(self) -> tuple[Counter[tuple[Any, ...]], int]:
        """Count what was read by network, label, status, rule and the status of our reply ("": none), and what nobody could judge.

        Few have a reply, so these are counted by themselves and taken from all: a join of everything with everything would cost most of
        it. A part of the period at a time, so that a database sorts each in memory.
        """
        kind = (mentions.c.network, mentions.c.label, mentions.c.status, mentions.c.no_answer_rule)
        number = sa.func.count().label("number")
        # What is only just read waits to be judged; that says nothing of its language.
        judged = sa.or_(mentions.c.confidence > 0, mentions.c.status == MentionStatus.NEW.value)
        unknown = sa.func.sum(sa.case((judged, 0), else_=1)).label("unknown")
        counts: Counter[tuple[Any, ...]] = Counter()
        unjudged = 0
        edges = [self.since + (self.until - self.since) * part / PARTS for part in range(PARTS)]
        for span in pairwise([*edges, self.until]):
            for row in self._rows(sa.select(*kind, number, unknown).where(self._within(*span)).group_by(*kind)):
                counts[(*row[:-2], "")] += row.number
                unjudged += row.unknown
        # From the replies on, which are few; nothing here may lead a database to begin with all that was read.
        answered = sa.select(*kind, replies.c.status.label("reply"), number)
        answered = answered.select_from(replies).outerjoin(mentions, mentions.c.id == replies.c.mention_id)
        read_at = sa.func.coalesce(mentions.c.read_at, self.until)
        mine = sa.and_(of_brand(self.brand.id), read_at >= self.since, read_at < self.until)
        for row in self._rows(answered.where(mine).group_by(*kind, replies.c.status)):
            counts[tuple(row[:-1])] += row.number
            counts[(*row[:-2], "")] -= row.number
        return +counts, unjudged

    def _account(self, counted: Iterable[Counted], last: DayCount) -> Account:
        """Add up what became of everything, and hold it against a count that knows of no status and no reply; `last` is the last day's."""
        if last.since != self.since:
            [last] = count_days(self.connection, self.brand.id, [(self.since, self.until)])
        return account(last.received, last.negative, counted)

    def _rows(self, query: sa.Select[Any]) -> Sequence[Any]:
        return self.connection.execute(query).all()

    def _quotes(self, which: sa.ColumnElement[bool], order: sa.ColumnElement[Any], limit: int = QUOTES) -> list[Quote]:
        columns = (
            mentions.c.id,
            mentions.c.network,
            mentions.c.author_handle,
            mentions.c.text,
            mentions.c.url,
            mentions.c.why,
            mentions.c.rules,
        )
        stands = sa.and_(self.read, which, mentions.c.status != MentionStatus.DELETED.value)
        shown = sa.and_(mentions.c.erased_at.is_(None), sa.not_(self.unseen))
        first = sa.select(mentions.c.id).where(stands).order_by(order, mentions.c.id).limit(CANDIDATES)
        ids = self.connection.scalars(first).all()
        query = sa.select(*columns).order_by(order, mentions.c.id).limit(limit)
        rows = self._rows(query.where(mentions.c.id.in_(ids), shown))
        if len(rows) < limit and len(ids) == CANDIDATES:
            rows = self._rows(query.where(stands, shown))
        return [Quote(row.network, row.author_handle, row.text, row.url, row.why or "", tuple(row.rules or ()), row.id) for row in rows]

    def _answered(self) -> list[AnsweredReply]:
        query = (
            sa.select(
                replies.c.id,
                mentions.c.posted_at.label("asked_at"),
                replies.c.posted_at,
                mentions.c.network,
                mentions.c.author_handle,
                replies.c.posted_text,
                replies.c.posted_url,
                replies.c.version,
            )
            .join(mentions, mentions.c.id == replies.c.mention_id)
            .where(of_brand(self.brand.id), replies.c.status == ReplyStatus.POSTED.value)
            .where(replies.c.posted_at >= self.since, replies.c.posted_at < self.until)
            .order_by(replies.c.posted_at)
        )
        rows = self._rows(query)
        names: dict[tuple[int, int], list[str]] = {}
        given = sa.select(approvals.c.reply_id, approvals.c.version, approvals.c.name).order_by(approvals.c.decided_at)
        for approval in self._rows(given.where(approvals.c.reply_id.in_(query.with_only_columns(replies.c.id).order_by(None)))):
            names.setdefault((approval.reply_id, approval.version), []).append(approval.name)
        return [
            AnsweredReply(
                reply_id=row.id,
                asked_at=row.asked_at,
                answered_at=row.posted_at,
                network=row.network,
                author=row.author_handle,
                text=row.posted_text,
                url=row.posted_url,
                approved_by=tuple(names.get((row.id, row.version), ())),
            )
            for row in rows
        ]

    def _waiting(self) -> list[WaitingReply]:
        query = (
            sa.select(
                replies.c.id,
                replies.c.status,
                mentions.c.posted_at,
                mentions.c.network,
                mentions.c.author_handle,
                mentions.c.text,
                mentions.c.url,
                sa.case((self.unseen, 1), else_=0).label("unseen"),
                mentions.c.action,
                replies.c.approvals_needed,
                replies.c.mention_id,
            )
            .join(mentions, mentions.c.id == replies.c.mention_id)
            .where(of_brand(self.brand.id), replies.c.status.in_([status.value for status in PENDING]))
            .where(mentions.c.status != MentionStatus.DELETED.value)
            .order_by(mentions.c.posted_at)
        )
        return [
            WaitingReply(
                row.id,
                ReplyStatus(row.status),
                row.posted_at,
                row.network,
                *_shown(row, row.author_handle, row.text, row.url),
                serious=row.action == Action.ESCALATE.value or row.approvals_needed > 1,
                mention_id=row.mention_id,
            )
            for row in self._rows(query)
        ]


def _shown(row: Any, *words: str) -> tuple[str, str, str]:
    """Return words of a mention as they may be shown now: none, where its network did not say lately that it stands there."""
    first, second, third = words
    return ("", "…", "") if row.unseen else (first, second, third)


def count_received(database: sa.Engine, brand: str, since: datetime) -> dict[tuple[str, str], int]:
    """Return how many mentions of a brand each source has brought since then, by source and network."""
    query = sa.select(mentions.c.source, mentions.c.network, sa.func.count()).group_by(mentions.c.source, mentions.c.network)
    query = query.where(mentions.c.brand == brand, mentions.c.read_at >= since).order_by(mentions.c.source, mentions.c.network)
    with database.execution_options(**READING).connect() as connection:
        return {(source, network): int(number) for source, network, number in connection.execute(query)}


def count_statuses(database: sa.Engine) -> dict[str, int]:
    """Return how many mentions stand at each status, in the order of their life."""
    with database.execution_options(**READING).connect() as connection:
        query = sa.select(mentions.c.status, sa.func.count()).group_by(mentions.c.status)
        found: dict[str, int] = {status: int(number) for status, number in connection.execute(query)}
    return {status.value: found[status.value] for status in MentionStatus if status.value in found}


def count_replies(database: sa.Engine) -> dict[str, int]:
    """Return how many replies stand at each status, in the order of their life."""
    with database.execution_options(**READING).connect() as connection:
        query = sa.select(replies.c.status, sa.func.count()).group_by(replies.c.status)
        found: dict[str, int] = {status: int(number) for status, number in connection.execute(query)}
    return {status.value: found[status.value] for status in ReplyStatus if status.value in found}


def read_publishing(database: sa.Engine) -> tuple[bool, str, datetime | None]:
    """Return whether publishing is on, and who changed that when."""
    with database.execution_options(**READING).connect() as connection:
        row = connection.execute(sa.select(switches).where(switches.c.name == "publishing")).one_or_none()
    return (row.on, row.changed_by, row.changed_at) if row else (True, "", None)

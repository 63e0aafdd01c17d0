"""The memory of re-checking: which mentions are to be looked at again on their network, and what was found; nothing is asked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.contracts import Batch, Recheck, short_mark
from monitor.domain import Mention, MentionStatus, StoredMention
from monitor.erasure import Why, erase
from monitor.ledger import write_cost
from monitor.rows import stored_mention
from monitor.store import insert_new
from monitor.tables import KEPT, READING, mentions, rechecks

MANY, NEARLY_ALL = 20, 0.9
"""So many gone at once, and so large a share of what was asked, is believed only when it is still so after DOUBT."""
DOUBT = timedelta(hours=1)
MISSED_FOR = timedelta(hours=6)
"""So long after a text was first not found where it stood it must still be so; a fault, or a move overnight, is over by then."""
LONGEST_BETWEEN = timedelta(days=1)
"""No source is asked less often what became of a text."""
SOON = timedelta(minutes=1)
MOST_LEFT = 5_000
"""Among so many of the newest mentions those are sought that a place left out; it showed them a moment ago."""
UNKNOWN_AGAIN = timedelta(hours=1)
"""After so long it is asked again what became of a mention of which a network did not speak."""
MUTE = "this source cannot say what became of what it found"
MOST_ERROR = 500
_STILL = sa.text(KEPT)


@dataclass(frozen=True, slots=True)
class RecheckState:
    """How re-checking a source goes."""

    next_at: datetime | None = None
    failures: int = 0
    last_error: str = ""
    doubted_at: datetime | None = None

    @property
    def mute(self) -> bool:
        """Say whether the source cannot tell what became of what it found."""
        return self.last_error == MUTE


@dataclass
class Rechecked:
    """What became of one bounded look."""

    asked: int = 0
    there: int = 0
    gone: int = 0
    edited: int = 0
    unknown: int = 0
    """The network did not speak of these."""
    missing: int = 0
    """Not found where they stood; looked at again before that is believed."""
    waiting: int = 0
    """Changed or taken back while our answer is being published; looked at again soon."""
    doubted: bool = False
    """So many are said to be gone that it is not believed yet."""
    error: str = ""


@dataclass
class _Sorted:
    gone: list[int] = field(default_factory=list)
    edited: dict[int, str] = field(default_factory=dict)
    there: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    unsaid: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


class RecheckBook:
    """Remembers re-checks; every method is one transaction."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database
        self._reader = database.execution_options(**READING)

    def states(self) -> dict[str, RecheckState]:
        """Return how re-checking goes, by source."""
        with self._reader.connect() as connection:
            rows = connection.execute(sa.select(rechecks)).all()
        return {row.source: RecheckState(row.next_at, row.failures, row.last_error, row.doubted_at) for row in rows}

    def state(self, source: str) -> RecheckState:
        """Return how re-checking a source goes."""
        return self.states().get(source, RecheckState())

    def due(self, source: str, before: datetime, limit: int, *, along: timedelta = timedelta(0)) -> list[StoredMention]:
        """Return mentions of one brand that were last seen before a moment, what waits longest first.

        Where there is one, those that would be due within `along` come with it: a few large looks ask less than many small ones.
        """
        seen = mentions.c.checked_at <= before + along
        which = (_STILL, mentions.c.source == source, seen, mentions.c.status != MentionStatus.DELETED.value)
        query = sa.select(mentions).where(*which).order_by(mentions.c.checked_at, mentions.c.id).limit(limit)
        with self._reader.connect() as connection:
            found = [stored_mention(row) for row in connection.execute(query)]
        if not found or (found[0].checked_at or before) > before:
            return []
        return [stored for stored in found if stored.mention.brand == found[0].mention.brand]

    def oldest(self, source: str) -> datetime | None:
        """Return when the mention that waits longest was last seen; None where there is none."""
        query = sa.select(mentions.c.checked_at).where(_STILL, mentions.c.source == source, mentions.c.checked_at.is_not(None))
        with self._reader.connect() as connection:
            oldest: datetime | None = connection.scalar(query.order_by(mentions.c.checked_at).limit(1))
            return oldest

    def overdue(self, source: str, before: datetime) -> int:
        """Return how many mentions were last seen before a moment."""
        which = (_STILL, mentions.c.source == source, mentions.c.checked_at <= before, mentions.c.status != MentionStatus.DELETED.value)
        with self._reader.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(mentions).where(*which)) or 0

    def record(
        self, source: str, asked: list[StoredMention], found: Recheck, at: datetime, every: timedelta, next_at: datetime
    ) -> Rechecked:
        """Erase what is gone, take in anew what was changed, and note what still stands there, with what it cost: all or nothing."""
        known = _sort(asked, found)
        done = Rechecked(len(asked))
        with self._database.begin() as connection:
            _believe(connection, known, at - min(MISSED_FOR, every))
            many = len(known.gone) >= MANY and len(known.gone) >= NEARLY_ALL * len(asked)
            if found.cost is not None and asked:
                write_cost(connection, source, asked[0].mention.brand, found.cost, at)
            row = connection.execute(sa.select(rechecks.c.doubted_at).where(rechecks.c.source == source)).one_or_none()
            doubted_at: datetime | None = row.doubted_at if row else None
            if many and (doubted_at is None or doubted_at + DOUBT > at):
                doubted_at, done.doubted = doubted_at or at, True
                next_at = max(next_at, doubted_at + DOUBT)
            else:
                doubted_at = doubted_at if many else None
                erased = erase(connection, known.gone, Why.GONE, actor="recheck", at=at)
                done.gone, done.waiting = len(erased.ids), len(erased.waiting)
                self._take_in(connection, known.edited, done, at)
                _see(connection, known.there, at, missed_at=None)
                _see(connection, known.unsaid, at)
                # Of these the network did not speak: they are not seen, and asked for again, but not before the others.
                _see(connection, known.unknown, at - every + min(UNKNOWN_AGAIN, every))
                _miss(connection, known.missing, at, at - every + min(MISSED_FOR, every))
                done.there, done.unknown, done.missing = len(known.there), len(known.unknown) + len(known.unsaid), len(known.missing)
            self._note(connection, source, next_at=next_at, failures=0, last_error="", doubted_at=doubted_at)
        return done

    def restate(self, found: Sequence[Mention], at: datetime) -> int:
        """Take in anew what is stored and says something else now; returns how many. What is not stored is left to whoever reads."""
        now = {(mention.network, mention.external_id): mention.text for mention in found if mention.text}
        done = Rechecked()
        with self._database.begin() as connection:
            for brand in sorted({mention.brand for mention in found}):
                ids = [mention.external_id for mention in found if mention.brand == brand]
                columns = (mentions.c.id, mentions.c.network, mentions.c.external_id, mentions.c.text)
                which = (_STILL, mentions.c.brand == brand, mentions.c.status != MentionStatus.DELETED.value)
                known = connection.execute(sa.select(*columns).where(*which, mentions.c.external_id.in_(ids))).all()
                other = {row.id: text for row in known if (text := now.get((row.network, row.external_id), row.text)) != row.text}
                self._take_in(connection, other, done, at)
        return done.edited

    def take_note(self, source: str, brand: str, batch: Batch, at: datetime) -> None:
        """Note what a reading itself says of texts that were read before: changed, or left out of a place that shows older ones."""
        if batch.restated:
            self.restate(batch.restated, at)
        if batch.left:
            self.hasten(source, brand, batch.left, at)

    def hasten(self, source: str, brand: str, left: Sequence[str], at: datetime) -> int:
        """Make those due that a place left out, by their marks (`Batch.left`), and the next look soon; returns how many."""
        which = (_STILL, mentions.c.source == source, mentions.c.brand == brand, mentions.c.status != MentionStatus.DELETED.value)
        newest = sa.select(mentions.c.id, mentions.c.external_id).where(*which).order_by(mentions.c.id.desc()).limit(MOST_LEFT)
        marks = set(left)
        with self._database.begin() as connection:
            ids = [row.id for row in connection.execute(newest) if short_mark(row.external_id) in marks]
            if ids:
                _see(connection, ids, at - LONGEST_BETWEEN)
                waits = (rechecks.c.source == source, rechecks.c.failures == 0, rechecks.c.next_at > at + SOON)
                connection.execute(sa.update(rechecks).where(*waits).values(next_at=at + SOON))
        return len(ids)

    def record_failure(self, source: str, error: str, next_at: datetime) -> None:
        """Note that a look failed, and when to try again."""
        with self._database.begin() as connection:
            failures = connection.scalar(sa.select(rechecks.c.failures).where(rechecks.c.source == source)) or 0
            self._note(connection, source, next_at=next_at, failures=failures + 1, last_error=error[:MOST_ERROR])

    def put_off(self, source: str, next_at: datetime, why: str = "") -> None:
        """Note that nothing is due before then."""
        with self._database.begin() as connection:
            self._note(connection, source, next_at=next_at, last_error=why)

    def _take_in(self, connection: sa.Connection, edited: Mapping[int, str], done: Rechecked, at: datetime) -> None:
        """Erase each changed text, and store what stands there now as a new mention, for every brand that had the old one."""
        for mention_id, text in edited.items():
            old = connection.execute(sa.select(mentions).where(mentions.c.id == mention_id, _STILL)).one_or_none()
            if old is None:
                continue
            same = sa.select(mentions).where(mentions.c.network == old.network, mentions.c.external_id == old.external_id, _STILL)
            before = {row.id: stored_mention(row) for row in connection.execute(same)}
            erased = erase(connection, [mention_id], Why.EDITED, actor="recheck", at=at)
            done.waiting += len(erased.waiting)
            insert_new(connection, [_anew(before[one], text) for one in sorted(erased.ids)], at, actor="recheck")
            done.edited += mention_id in erased.ids

    def _note(self, connection: sa.Connection, source: str, **values: Any) -> None:
        insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
        statement = insert(rechecks).values(source=source, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["source"], set_=values))


def _sort(asked: Iterable[StoredMention], found: Recheck) -> _Sorted:
    known = _Sorted()
    for stored in asked:
        name = stored.mention.external_id
        if name in found.gone:
            known.gone.append(stored.id)
        elif name in found.missing:
            known.missing.append(stored.id)
        elif name in found.unsaid:
            known.unsaid.append(stored.id)
        elif name in found.there and found.there[name] not in (stored.mention.text, ""):
            known.edited[stored.id] = found.there[name]
        elif name in found.there:
            known.there.append(stored.id)
        else:
            known.unknown.append(stored.id)
    return known


def _believe(connection: sa.Connection, known: _Sorted, missed_before: datetime) -> None:
    """Take for gone what is missing now and was so already before a moment."""
    which = (mentions.c.id.in_(known.missing), mentions.c.missed_at <= missed_before)
    gone = set(connection.scalars(sa.select(mentions.c.id).where(*which))) if known.missing else set()
    known.gone += sorted(gone)
    known.missing = [one for one in known.missing if one not in gone]


def _see(connection: sa.Connection, ids: list[int], at: datetime, **more: Any) -> None:
    for start in range(0, len(ids), 500):
        connection.execute(sa.update(mentions).where(mentions.c.id.in_(ids[start : start + 500])).values(checked_at=at, **more))


def _miss(connection: sa.Connection, ids: list[int], at: datetime, checked_at: datetime) -> None:
    """Note since when these are not found; who was missed before keeps that time, so that two looks in a row need not agree."""
    _see(connection, ids, checked_at, missed_at=sa.func.coalesce(mentions.c.missed_at, at))


def _anew(old: StoredMention, text: str) -> Mention:
    """Return the changed text as a mention; one that we answered already needs no second answer (T14)."""
    answered = old.mention.answered_by_us or old.status is MentionStatus.ANSWERED
    return replace(old.mention, text=text, answered_by_us=answered)

"""The monitor's questions to the database, and `advance`, through which every status of a mention or a reply is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.contracts import Cost, Named, RejectedRow
from monitor.domain import (
    Action,
    AuditEvent,
    History,
    Label,
    Mention,
    MentionStatus,
    ReplyStatus,
    Sentiment,
    SourceHealth,
    StoredMention,
    Triage,
    check_move,
)
from monitor.erased import leave_out_erased
from monitor.histories import read_histories
from monitor.imprints import LONGEST
from monitor.labelled import mark_samples
from monitor.ledger import Spent, read_spent, write_cost
from monitor.rows import columns_of, columns_of_score, stored_mention
from monitor.stories import Locate, Meaning
from monitor.tables import READING, WAITING, audit, insert_many, mentions, rejected_rows, replies, source_states, update_many
from monitor.tellings import Telling, assign, hand_on, withdraw


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one batch."""

    new: int
    known: int
    """Already stored, or twice in the batch."""


def advance(
    connection: sa.Connection,
    table: sa.Table,
    rows: Sequence[Mapping[str, Any]],
    old: MentionStatus | ReplyStatus,
    new: MentionStatus | ReplyStatus,
    *,
    actor: str,
    at: datetime,
) -> set[int]:
    """Move rows of `mentions` or `replies` from `old` to `new` and write one audit event for each, in the caller's transaction.

    Compare-and-set: a row that is no longer at `old` is left as it is, and its id is missing in what is returned.

    Args:
        connection: with a transaction open.
        table: `mentions` or `replies`.
        rows: each with "id" and any further columns to set; the keys "reason" (audit's; a reply's too), "version_sha256" and
            "mention_id" go to the audit event. All rows must set the same columns.
        old: the status the caller saw.
        new: the status to write; raises IllegalMove where MENTION_MOVES or REPLY_MOVES do not allow it.
        actor: a person's name, or the step's.
        at: when (UTC).

    Returns:
        The ids that were moved.
    """
    check_move(old, new)
    if not rows:
        return set()
    ids = [row["id"] for row in rows]
    # The lock makes the comparison hold until the commit; SQLite locked the whole file at BEGIN IMMEDIATE.
    held_query = sa.select(table.c.id).where(table.c.id.in_(ids), table.c.status == old.value).order_by(table.c.id).with_for_update()
    held = set(connection.scalars(held_query))
    moving = [row for row in rows if row["id"] in held]
    if not moving:
        return held
    kept = [name for name in moving[0] if name in table.c and name != "mention_id"]
    update_many(connection, table, [{name: row[name] for name in kept} for row in moving], status=new.value)
    events = [_event(row, of_reply=table is replies) for row in moving]
    insert_many(connection, audit, events, at=at, actor=actor, old_status=old.value, new_status=new.value)
    if table is mentions and new is MentionStatus.DELETED:
        withdraw(connection, sorted(held), at, _queue)
    elif table is mentions and new is MentionStatus.WATCHED and old is not MentionStatus.SCORED:
        hand_on(connection, sorted(held), at, _queue)
    return held


def _event(row: Mapping[str, Any], *, of_reply: bool) -> dict[str, Any]:
    return {
        "mention_id": row.get("mention_id") if of_reply else row["id"],
        "reply_id": row["id"] if of_reply else None,
        "version_sha256": row.get("version_sha256", ""),
        "reason": row.get("reason", ""),
    }


def _queue(connection: sa.Connection, row: Mapping[str, Any], at: datetime) -> None:
    advance(connection, mentions, [row], MentionStatus.WATCHED, MentionStatus.QUEUED, actor="stories", at=at)


def insert_new(connection: sa.Connection, found: Sequence[Mention], at: datetime, *, actor: str = "poll") -> int:
    """Store the mentions that are not stored and were not erased, with an audit event each; returns how many."""
    unique = {(m.brand, m.network, m.external_id): columns_of(m, at) for m in reversed(leave_out_erased(connection, found))}
    if not unique:
        return 0
    insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    statement = insert(mentions).on_conflict_do_nothing(index_elements=["brand", "network", "external_id"]).returning(mentions.c.id)
    ids = connection.scalars(statement, list(reversed(unique.values()))).all()
    if ids:
        events = [{"mention_id": mention_id} for mention_id in ids]
        insert_many(connection, audit, events, at=at, actor=actor, old_status="", new_status=MentionStatus.NEW.value)
    return len(ids)


class MonitorStore:
    """Remembers what was heard; every method is one transaction."""

    def __init__(self, database: sa.Engine) -> None:
        self.database = database
        self._reader = database.execution_options(**READING)
        self._insert = sqlite_insert if database.dialect.name == "sqlite" else postgres_insert

    # Writing

    def save_batch(
        self,
        source: str,
        brand: str,
        found: Sequence[Mention],
        *,
        cursor: str,
        at: datetime,
        next_poll_at: datetime | None = None,
        rejected: Sequence[RejectedRow] = (),
        cost: Cost | None = None,
    ) -> Saved:
        """Store what is new of `found`, the rows that could not be read, what it cost, and the source's cursor: all or nothing."""
        with self.database.begin() as connection:
            if cost is not None:
                write_cost(connection, source, brand, cost, at)
            new = insert_new(connection, found, at)
            if rejected:
                self._save_rejected(connection, source, rejected, at)
            values = {"cursor": cursor, "last_success_at": at, "next_poll_at": next_poll_at, "failures": 0, "last_error": ""}
            statement = self._insert(source_states).values(source=source, brand=brand, mentions=new, **values)
            statement = statement.on_conflict_do_update(
                index_elements=["source", "brand"], set_=values | {"mentions": source_states.c.mentions + new}
            )
            connection.execute(statement)
        return Saved(new, len(found) - new)

    def _save_rejected(self, connection: sa.Connection, source: str, rejected: Sequence[RejectedRow], at: datetime) -> None:
        statement = self._insert(rejected_rows).on_conflict_do_nothing(index_elements=["source", "place", "line", "reason"])
        rows = [{"source": source, "place": r.place, "line": r.line, "reason": r.reason, "raw": r.raw, "at": at} for r in rejected]
        connection.execute(statement, rows)

    def save_import(self, found: Sequence[Mention], at: datetime) -> Saved:
        """Store what is new of mentions that a person hands us; there is no cursor to move."""
        with self.database.begin() as connection:
            new = insert_new(connection, found, at)
        return Saved(new, len(found) - new)

    def save_received(self, source: str, found: Mapping[str, Sequence[Mention]], rejected: Sequence[RejectedRow], at: datetime) -> Saved:
        """Store what is new of what was sent to a source, by brand, and what is no mention; the source is due at once, to be judged."""
        new = 0
        with self.database.begin() as connection:
            if rejected:
                self._save_rejected(connection, source, rejected, at)
            for brand, ours in found.items():
                mine = insert_new(connection, ours, at)
                values = {"last_success_at": at, "next_poll_at": at, "failures": 0, "last_error": ""}
                statement = self._insert(source_states).values(source=source, brand=brand, mentions=mine, **values)
                statement = statement.on_conflict_do_update(
                    index_elements=["source", "brand"], set_=values | {"mentions": source_states.c.mentions + mine}
                )
                connection.execute(statement)
                new += mine
        return Saved(new, sum(map(len, found.values())) - new)

    def save_cost(self, source: str, brand: str, cost: Cost, at: datetime) -> None:
        """Note what a read cost of which nothing is stored."""
        with self.database.begin() as connection:
            write_cost(connection, source, brand, cost, at)

    def nameless(self, source: str, since: datetime, limit: int = 100) -> list[str]:
        """Return the handles of authors without a name whose mentions by this source were read since then and judged negative."""
        m = mentions.c
        query = sa.select(m.author_handle).distinct().where(m.source == source, m.label == Label.NEGATIVE.value, m.author_name == "")
        query = query.where(m.read_at >= since, m.status != MentionStatus.DELETED.value).order_by(m.author_handle).limit(limit)
        with self._reader.connect() as connection:
            return list(connection.scalars(query))

    def save_names(self, source: str, brand: str, named: Named, at: datetime) -> None:
        """Write down what people are called, and what asking cost, in one transaction; their handles stay what they are."""
        with self.database.begin() as connection:
            if named.cost is not None:
                write_cost(connection, source, brand, named.cost, at)
            for handle, name in named.names.items():
                theirs = (mentions.c.source == source) & (mentions.c.author_handle == handle) & (mentions.c.author_name == "")
                connection.execute(mentions.update().where(theirs).values(author_name=name))

    def spent(self, source: str, at: datetime) -> Spent:
        """Return what a source has cost on the day and in the month of `at`."""
        with self._reader.connect() as connection:
            return read_spent(connection, source, at)

    def has(self, brand: str, network: str, external_id: str) -> bool:
        """Say whether a mention is stored already."""
        m = mentions.c
        query = sa.select(m.id).where(m.brand == brand, m.network == network, m.external_id == external_id)
        with self._reader.connect() as connection:
            return connection.scalar(query) is not None

    def record_failure(self, source: str, brand: str, error: str, next_poll_at: datetime) -> int:
        """Note that a poll failed, leaving the cursor where it was; returns how often in a row."""
        with self.database.begin() as connection:
            values = {"last_error": error, "next_poll_at": next_poll_at}
            statement = self._insert(source_states).values(source=source, brand=brand, failures=1, **values)
            statement = statement.on_conflict_do_update(
                index_elements=["source", "brand"], set_=values | {"failures": source_states.c.failures + 1}
            )
            connection.execute(statement)
            query = sa.select(source_states.c.failures).where(source_states.c.source == source, source_states.c.brand == brand)
            return int(connection.scalars(query).one())

    def make_due(self, failing: Callable[[str], bool], at: datetime) -> None:
        """Let what failed with such an error be read at `at`, however long it was put off."""
        with self.database.begin() as connection:
            states = sa.select(source_states).where(source_states.c.failures > 0, source_states.c.next_poll_at > at)
            for row in connection.execute(states).all():
                if failing(row.last_error):
                    which = (source_states.c.source == row.source, source_states.c.brand == row.brand, source_states.c.next_poll_at > at)
                    connection.execute(sa.update(source_states).where(*which).values(next_poll_at=at))

    def record_scores(self, scored: Iterable[tuple[int, str, Sentiment]], at: datetime) -> set[int]:
        """Move mentions from new to scored with their language and sentiment: `(id, language, sentiment)`."""
        rows = [columns_of_score(*one) for one in scored]
        with self.database.begin() as connection:
            return advance(connection, mentions, rows, MentionStatus.NEW, MentionStatus.SCORED, actor="score", at=at)

    def record_stories(
        self,
        scored: Sequence[StoredMention],
        known: Mapping[str, frozenset[str]],
        at: datetime,
        meaning: Meaning | None = None,
        locate: Locate | None = None,
    ) -> dict[int, Telling]:
        """Put what was told before into its story; returns what those mentions are, by id. `known` says what every text of a brand has."""
        if locate is not None:
            # Asked within the transaction it is told at once then: what takes a second must not keep every other process from the database.
            locate([stored.mention.text[:LONGEST] for stored in scored])
        with self.database.begin() as connection:
            return assign(connection, scored, known, at, meaning, locate)

    def record_triage(self, decided: Iterable[tuple[int, Triage]], at: datetime) -> set[int]:
        """Move mentions from scored to where triage sends them, with the rule ids that decided."""
        by_status: dict[MentionStatus, list[dict[str, Any]]] = {}
        for mention_id, triage in decided:
            status = STATUS_OF[triage.action]
            row: dict[str, Any] = {"id": mention_id, "action": triage.action.value, "rules": list(triage.rules), "why": triage.why}
            row["no_answer_rule"] = triage.rules[0] if triage.action in UNANSWERED and triage.rules else None
            row["reason"] = " ".join(triage.rules)
            by_status.setdefault(status, []).append(row)
        moved: set[int] = set()
        with self.database.begin() as connection:
            for status, rows in by_status.items():
                moved |= advance(connection, mentions, rows, MentionStatus.SCORED, status, actor="triage", at=at)
            mark_samples(connection, moved)
        return moved

    # Reading

    def source_state(self, source: str, brand: str) -> SourceHealth:
        """Return how a source fares for a brand; an empty cursor where it was never read."""
        columns = [source_states.c[name] for name in SourceHealth.__dataclass_fields__]
        query = sa.select(*columns).where(source_states.c.source == source, source_states.c.brand == brand)
        with self._reader.connect() as connection:
            row = connection.execute(query).one_or_none()
        return SourceHealth(*row) if row else SourceHealth(source, brand, "", None, None, 0, "", 0)

    def sources(self) -> list[SourceHealth]:
        """Return every source's health, by name and brand."""
        columns = [source_states.c[name] for name in SourceHealth.__dataclass_fields__]
        with self._reader.connect() as connection:
            rows = connection.execute(sa.select(*columns).order_by(source_states.c.source, source_states.c.brand))
            return [SourceHealth(*row) for row in rows]

    def rejected(self, limit: int = 100) -> list[RejectedRow]:
        """Return the newest rows that no source could take in."""
        query = sa.select(*[rejected_rows.c[name] for name in RejectedRow.__dataclass_fields__])
        with self._reader.connect() as connection:
            return [RejectedRow(*row) for row in connection.execute(query.order_by(rejected_rows.c.id.desc()).limit(limit))]

    def waiting(self, status: MentionStatus, limit: int) -> list[StoredMention]:
        """Return the oldest mentions that wait at `status` (new, scored, queued or escalated), at most `limit`."""
        query = sa.select(mentions).where(sa.text(WAITING), mentions.c.status == status.value).order_by(mentions.c.id).limit(limit)
        with self._reader.connect() as connection:
            return [stored_mention(row) for row in connection.execute(query).all()]

    def histories(self, found: Sequence[StoredMention]) -> dict[int, History]:
        """Return what happened before with the authors and threads of these mentions, by mention id (T10, T14, T16)."""
        with self._reader.connect() as connection:
            return read_histories(connection, found)

    def mention(self, mention_id: int) -> StoredMention | None:
        """Return one mention."""
        with self._reader.connect() as connection:
            row = connection.execute(sa.select(mentions).where(mentions.c.id == mention_id)).one_or_none()
        return stored_mention(row) if row else None

    def mentions(
        self,
        *,
        status: MentionStatus | None = None,
        brand: str = "",
        since: datetime | None = None,
        negative: bool = False,
        limit: int = 50,
    ) -> list[StoredMention]:
        """Return the newest mentions, narrowed by what is given, at most `limit`."""
        query = sa.select(mentions).order_by(mentions.c.posted_at.desc(), mentions.c.id.desc()).limit(limit)
        if status:
            query = query.where(mentions.c.status == status.value)
        if brand:
            query = query.where(mentions.c.brand == brand)
        if since:
            query = query.where(mentions.c.posted_at >= since)
        if negative:
            query = query.where(mentions.c.label == Label.NEGATIVE.value)
        with self._reader.connect() as connection:
            return [stored_mention(row) for row in connection.execute(query)]

    def audit(self, *, mention_id: int | None = None, limit: int = 200) -> list[AuditEvent]:
        """Return the newest audit events, oldest first; all of one mention and its reply where it is named."""
        query = sa.select(*[audit.c[name] for name in AuditEvent.__dataclass_fields__]).order_by(audit.c.id.desc())
        query = query.limit(limit) if mention_id is None else query.where(audit.c.mention_id == mention_id)
        with self._reader.connect() as connection:
            return [AuditEvent(*row) for row in reversed(connection.execute(query).all())]


STATUS_OF: Mapping[Action, MentionStatus] = {
    Action.IGNORE: MentionStatus.IGNORED,
    Action.WATCH: MentionStatus.WATCHED,
    Action.RESPOND: MentionStatus.QUEUED,
    Action.ESCALATE: MentionStatus.ESCALATED,
}
UNANSWERED = frozenset({Action.IGNORE, Action.WATCH})

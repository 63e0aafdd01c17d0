"""The memory of what stands in Slack: which message shows which reply, and whose turn it is to write in a channel. No network here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.domain import AuditEvent, MentionStatus, Reply, ReplyStatus, StoredMention
from monitor.rows import stored_mention
from monitor.tables import READING, audit, mentions, replies, slack_channels, slack_messages, versions
from responders.rows import note, read_reply

CLAIM = timedelta(seconds=30)
"""How long a message that was claimed is left alone; a send takes at most two thirds of it."""

OPEN = (ReplyStatus.AWAITING.value, ReplyStatus.SNOOZED.value)
DECISIONS = (
    ReplyStatus.APPROVED.value,
    ReplyStatus.REJECTED.value,
    ReplyStatus.SNOOZED.value,
    ReplyStatus.EXPIRED.value,
    ReplyStatus.HANDED_OVER.value,
)
"""What people or the clock decide; what machines do after that is news."""


class MessageState(StrEnum):
    """Where a message stands."""

    LISTED = "listed"
    """It has no message of its own yet: the channel is flooded, or it is night."""
    CLAIMED = "claimed"
    """Somebody is sending it, or was when their machine stopped."""
    SENT = "sent"
    REFUSED = "refused"
    """Slack does not take it; `error` says why."""
    DONE = "done"
    """Nothing more happens with it."""


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """One message of ours, sent or to be sent."""

    id: int
    key: str
    kind: str
    reply_id: int | None
    channel: str
    thread_ts: str
    ts: str
    state: MessageState
    created_at: datetime
    claims: int
    claimed_at: datetime | None
    sent_at: datetime | None
    next_at: datetime | None
    shown_event: int
    last_hash: str
    reminders: int
    assigned_to: str
    warned: bool
    text: str


class SlackBook:
    """Remembers what stands in Slack; every method is one transaction."""

    def __init__(self, database: sa.Engine) -> None:
        self.database = database
        self._reader = database.execution_options(**READING)
        self._insert = sqlite_insert if database.dialect.name == "sqlite" else postgres_insert

    # What changed

    def newest_event(self) -> int:
        """Return the id of the newest audit event."""
        with self._reader.connect() as connection:
            return connection.scalar(sa.select(sa.func.max(audit.c.id))) or 0

    def events_after(self, event_id: int) -> list[tuple[int, int]]:
        """Return (audit event, reply) for what was written about replies, or their mentions, after an event."""
        of_mention = sa.select(replies.c.id).where(replies.c.mention_id == audit.c.mention_id).scalar_subquery()
        reply_id = sa.func.coalesce(audit.c.reply_id, of_mention).label("reply")
        query = sa.select(audit.c.id, reply_id).where(audit.c.id > event_id).order_by(audit.c.id)
        with self._reader.connect() as connection:
            return [(row.id, row.reply) for row in connection.execute(query) if row.reply is not None]

    def behind(self, limit: int = 100_000) -> list[int]:
        """Return the replies whose card does not show the newest event, or that wait and have none: what a crash left behind."""
        newest = sa.select(sa.func.max(audit.c.id)).where(audit.c.reply_id == replies.c.id).scalar_subquery()
        card = sa.and_(slack_messages.c.reply_id == replies.c.id, slack_messages.c.kind == "card")
        shown = sa.and_(slack_messages.c.state == MessageState.SENT.value, slack_messages.c.shown_event < newest)
        lacks = sa.and_(slack_messages.c.id.is_(None), replies.c.status.in_(OPEN))
        query = sa.select(replies.c.id).outerjoin(slack_messages, card).where(sa.or_(shown, lacks)).order_by(replies.c.id).limit(limit)
        with self._reader.connect() as connection:
            return list(connection.scalars(query))

    def last_event(self, reply: Reply) -> int:
        """Return the newest audit event about a reply or its mention."""
        about = sa.or_(audit.c.reply_id == reply.id, sa.and_(audit.c.reply_id.is_(None), audit.c.mention_id == reply.mention.id))
        with self._reader.connect() as connection:
            return connection.scalar(sa.select(sa.func.max(audit.c.id)).where(about)) or 0

    def audit(self, reply: Reply, after: int = 0) -> list[AuditEvent]:
        """Return what was recorded of a reply and its mention after an event, oldest first."""
        about = sa.or_(audit.c.reply_id == reply.id, sa.and_(audit.c.reply_id.is_(None), audit.c.mention_id == reply.mention.id))
        query = sa.select(audit).where(about, audit.c.id > after).order_by(audit.c.id)
        with self._reader.connect() as connection:
            return [AuditEvent(**row) for row in connection.execute(query).mappings()]

    def decision(self, reply_id: int) -> AuditEvent | None:
        """Return the newest decision of a person, or of the clock, on a reply."""
        decided = audit.c.new_status.in_(DECISIONS) & (audit.c.old_status != audit.c.new_status)
        by_person = audit.c.actor.not_in(("publish",)) & sa.not_(
            sa.and_(audit.c.old_status == ReplyStatus.POSTING.value, audit.c.new_status == ReplyStatus.APPROVED.value)
        )
        query = sa.select(audit).where(audit.c.reply_id == reply_id, decided, by_person).order_by(audit.c.id.desc()).limit(1)
        with self._reader.connect() as connection:
            row = connection.execute(query).mappings().one_or_none()
            return AuditEvent(**row) if row else None

    def came_back(self, reply_id: int) -> AuditEvent | None:
        """Return how a reply last came to wait again after it was put aside; None where it never was."""
        ended = (audit.c.old_status == ReplyStatus.SNOOZED.value, audit.c.new_status == ReplyStatus.AWAITING.value)
        query = sa.select(audit).where(audit.c.reply_id == reply_id, *ended).order_by(audit.c.id.desc()).limit(1)
        with self._reader.connect() as connection:
            row = connection.execute(query).mappings().one_or_none()
            return AuditEvent(**row) if row else None

    def texts(self, reply_id: int) -> list[tuple[int, str, str]]:
        """Return (number, who wrote it, text) of every version, oldest first."""
        query = sa.select(versions.c.number, versions.c.written_by, versions.c.text).where(versions.c.reply_id == reply_id)
        with self._reader.connect() as connection:
            return [(row.number, row.written_by, row.text) for row in connection.execute(query.order_by(versions.c.number))]

    def posted_text(self, reply_id: int) -> str:
        """Return what really stands in public for a reply, empty where it is not known."""
        with self._reader.connect() as connection:
            return connection.scalar(sa.select(replies.c.posted_text).where(replies.c.id == reply_id)) or ""

    # Messages

    def expect(
        self, key: str, kind: str, channel: str, at: datetime, *, reply_id: int | None = None, thread_ts: str = "", text: str = ""
    ) -> SlackMessage:
        """Write down that a message is to stand there, before anything is sent; returns the row, also where it was written before."""
        values = {
            "key": key,
            "kind": kind,
            "channel": channel,
            "created_at": at,
            "reply_id": reply_id,
            "thread_ts": thread_ts,
            "text": text,
        }
        statement = self._insert(slack_messages).values(**values, state=MessageState.LISTED.value, next_at=at)
        with self.database.begin() as connection:
            connection.execute(statement.on_conflict_do_nothing(index_elements=["key"]))
            return _message(connection.execute(sa.select(slack_messages).where(slack_messages.c.key == key)).one())

    def message(self, key: str) -> SlackMessage | None:
        """Return a message by what it is."""
        with self._reader.connect() as connection:
            row = connection.execute(sa.select(slack_messages).where(slack_messages.c.key == key)).one_or_none()
            return _message(row) if row else None

    def standing_at(self, channel: str, ts: str) -> SlackMessage | None:
        """Return our message that stands at a place in Slack."""
        query = sa.select(slack_messages).where(slack_messages.c.channel == channel, slack_messages.c.ts == ts)
        with self._reader.connect() as connection:
            row = connection.execute(query.limit(1)).one_or_none()
            return _message(row) if row else None

    def due(self, at: datetime, limit: int = 200) -> list[SlackMessage]:
        """Return the messages with which something is to be done now, the oldest first."""
        query = sa.select(slack_messages).where(slack_messages.c.next_at <= at).order_by(slack_messages.c.next_at, slack_messages.c.id)
        with self._reader.connect() as connection:
            return [_message(row) for row in connection.execute(query.limit(limit))]

    def cards(self, reply_ids: Sequence[int]) -> dict[int, SlackMessage]:
        """Return the cards of these replies, by reply."""
        which = (slack_messages.c.reply_id.in_(list(reply_ids)), slack_messages.c.kind == "card")
        if not reply_ids:
            return {}
        with self._reader.connect() as connection:
            return {row.reply_id: _message(row) for row in connection.execute(sa.select(slack_messages).where(*which))}

    def expect_cards(self, cards: Sequence[tuple[int, str, str]], at: datetime) -> None:
        """Write down that cards are to stand there, in this order: (reply, channel, text) each; what is written already stays."""
        rows = [
            {
                "key": f"card/{reply_id}",
                "kind": "card",
                "channel": channel,
                "reply_id": reply_id,
                "text": text,
                "created_at": at,
                "next_at": at,
            }
            for reply_id, channel, text in cards
        ]
        if rows:
            statement = self._insert(slack_messages).values(state=MessageState.LISTED.value).on_conflict_do_nothing(index_elements=["key"])
            with self.database.begin() as connection:
                connection.execute(statement, rows)

    def list_cards(self, messages: Sequence[SlackMessage]) -> None:
        """Let cards wait in their channel's list."""
        with self.database.begin() as connection:
            ids = [message.id for message in messages]
            unsent = slack_messages.c.state.in_([MessageState.LISTED.value, MessageState.REFUSED.value])
            which = (slack_messages.c.id.in_(ids), unsent)
            connection.execute(slack_messages.update().where(*which).values(state=MessageState.LISTED.value, next_at=None))

    def listed(self, channel: str, limit: int) -> list[SlackMessage]:
        """Return the first cards of a channel's list, in the order in which they came."""
        with self._reader.connect() as connection:
            query = sa.select(slack_messages).select_from(_listed()).where(*_in_list(channel)).order_by(slack_messages.c.id)
            return [_message(row) for row in connection.execute(query.limit(limit))]

    def count_listed(self, channel: str) -> int:
        """Return how many cards wait in a channel's list."""
        with self._reader.connect() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(_listed()).where(*_in_list(channel))) or 0

    def active_list(self, channel: str) -> SlackMessage | None:
        """Return the summary of a channel's listed cards that still stands there."""
        which = (slack_messages.c.channel == channel, slack_messages.c.kind == "list", slack_messages.c.state != MessageState.DONE.value)
        with self._reader.connect() as connection:
            row = connection.execute(sa.select(slack_messages).where(*which).order_by(slack_messages.c.id.desc()).limit(1)).one_or_none()
            return _message(row) if row else None

    def open_since(self, channel: str, since: datetime) -> list[datetime]:
        """Return when the cards of a channel were sent that came after a moment and are still open."""
        query = sa.select(slack_messages.c.sent_at).join(replies, replies.c.id == slack_messages.c.reply_id)
        sent = slack_messages.c.state == MessageState.SENT.value
        which = (slack_messages.c.channel == channel, sent, slack_messages.c.kind == "card", slack_messages.c.sent_at > since)
        with self._reader.connect() as connection:
            return [at for at in connection.scalars(query.where(*which, replies.c.status.in_(OPEN))) if at is not None]

    def claim(self, message: SlackMessage, worker: str, at: datetime) -> SlackMessage | None:
        """Take the right to send a message, committed before the send; None where another has it. `claims` above 1: read back first."""
        free = sa.or_(
            slack_messages.c.state.in_([MessageState.LISTED.value, MessageState.REFUSED.value]),
            sa.and_(slack_messages.c.state == MessageState.CLAIMED.value, slack_messages.c.next_at <= at),
        )
        change = slack_messages.update().where(slack_messages.c.id == message.id, free)
        first = sa.func.coalesce(slack_messages.c.claimed_at, at)
        values = {"state": MessageState.CLAIMED.value, "claimed_by": worker, "claimed_at": first, "next_at": at + CLAIM}
        with self.database.begin() as connection:
            if connection.execute(change.values(claims=slack_messages.c.claims + 1, **values)).rowcount != 1:
                return None
            return _message(connection.execute(sa.select(slack_messages).where(slack_messages.c.id == message.id)).one())

    def sent(self, message: SlackMessage, ts: str, at: datetime, *, next_at: datetime | None, **shown: Any) -> bool:
        """Record where a message stands; False where that was recorded before."""
        values = {"state": MessageState.SENT.value, "ts": ts, "sent_at": at, "next_at": next_at, "error": "", **shown}
        change = slack_messages.update().where(slack_messages.c.id == message.id, slack_messages.c.state == MessageState.CLAIMED.value)
        with self.database.begin() as connection:
            return connection.execute(change.values(**values)).rowcount == 1

    def release(self, message: SlackMessage, retry_at: datetime, error: str, *, refused: bool = False) -> None:
        """Record that Slack certainly does not have it; it is tried again at `retry_at`."""
        state = MessageState.REFUSED if refused else MessageState.LISTED
        values = {"state": state.value, "next_at": retry_at, "error": error, "claims": 0, "claimed_at": None}
        change = slack_messages.update().where(slack_messages.c.id == message.id, slack_messages.c.state == MessageState.CLAIMED.value)
        with self.database.begin() as connection:
            connection.execute(change.values(**values))

    def set(self, message: SlackMessage, **values: Any) -> None:
        """Change what is remembered of a message."""
        with self.database.begin() as connection:
            connection.execute(slack_messages.update().where(slack_messages.c.id == message.id).values(**values))

    def forget(self, message: SlackMessage) -> None:
        """Close a message that will never be sent, or of which nothing more is told."""
        self.set(message, state=MessageState.DONE.value, next_at=None)

    def warn_once(self, channel: str, thread_ts: str) -> bool:
        """Say whether people in a card's thread are told now, for the first and only time, that nothing there is published."""
        which = (slack_messages.c.channel == channel, slack_messages.c.ts == thread_ts, slack_messages.c.warned.is_(False))
        with self.database.begin() as connection:
            return connection.execute(slack_messages.update().where(*which).values(warned=True)).rowcount > 0

    def assign(self, reply: Reply, user: str, name: str, by: str, at: datetime) -> None:
        """Record who looks at a reply."""
        which = (slack_messages.c.reply_id == reply.id, slack_messages.c.kind == "card")
        with self.database.begin() as connection:
            connection.execute(slack_messages.update().where(*which).values(assigned_to=user))
            note(connection, reply, actor=by, at=at, reason=f"assigned to {name}")

    # Channels

    def take_channel(self, channel: str, worker: str, at: datetime, lease: timedelta, pace: timedelta) -> bool:
        """Take the next turn to write in a channel: one worker at a time, one message in `pace`; False where it is not our turn."""
        mine = sa.or_(slack_channels.c.lease_owner == worker, slack_channels.c.lease_until.is_(None), slack_channels.c.lease_until <= at)
        ready = sa.or_(slack_channels.c.next_send_at.is_(None), slack_channels.c.next_send_at <= at)
        change = slack_channels.update().where(slack_channels.c.channel == channel, mine, ready)
        with self.database.begin() as connection:
            connection.execute(self._insert(slack_channels).values(channel=channel).on_conflict_do_nothing(index_elements=["channel"]))
            return connection.execute(change.values(lease_owner=worker, lease_until=at + lease, next_send_at=at + pace)).rowcount == 1

    def hold_channel(self, channel: str, until: datetime) -> None:
        """Write nothing in a channel until a moment: Slack asked us to wait."""
        with self.database.begin() as connection:
            connection.execute(slack_channels.update().where(slack_channels.c.channel == channel).values(next_send_at=until))

    # Looking up

    def find(self, text: str, limit: int) -> list[tuple[StoredMention, Reply | None]]:
        """Return the newest mentions that hold a text, or stand at that address, each with our reply to it."""
        pattern = "%" + "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in text[:200]) + "%"
        holds = sa.or_(
            mentions.c.text.ilike(pattern, escape="\\"), mentions.c.url == text, mentions.c.author_handle.ilike(pattern, escape="\\")
        )
        query = sa.select(mentions).where(holds, mentions.c.status != MentionStatus.DELETED.value)
        with self._reader.connect() as connection:
            rows = connection.execute(query.order_by(mentions.c.posted_at.desc()).limit(limit)).all()
            ids = _reply_ids(connection, [row.id for row in rows])
            return [(stored_mention(row), read_reply(connection, ids[row.id]) if row.id in ids else None) for row in rows]

    def moves_since(self, at: datetime) -> dict[ReplyStatus, int]:
        """Return how many replies reached each status since a moment."""
        ours = audit.c.new_status.in_([status.value for status in ReplyStatus])
        changed = sa.and_(audit.c.reply_id.is_not(None), audit.c.at >= at, audit.c.old_status != audit.c.new_status, ours)
        query = sa.select(audit.c.new_status, sa.func.count(audit.c.reply_id.distinct())).where(changed).group_by(audit.c.new_status)
        with self._reader.connect() as connection:
            return {ReplyStatus(status): count for status, count in connection.execute(query)}

    def urgent_first(self, statuses: Sequence[ReplyStatus], limit: int, brands: Sequence[str] = ()) -> list[Reply]:
        """Return the replies at these statuses, of these brands or of all, what needs two people first, then the oldest."""
        order = (sa.case((replies.c.approvals_needed > 1, 0), else_=1), replies.c.created_at, replies.c.id)
        query = sa.select(replies.c.id).where(replies.c.status.in_([status.value for status in statuses])).order_by(*order).limit(limit)
        if brands:
            query = query.join(mentions, mentions.c.id == replies.c.mention_id).where(mentions.c.brand.in_(list(brands)))
        with self._reader.connect() as connection:
            found = [read_reply(connection, reply_id) for reply_id in connection.scalars(query).all()]
        return [reply for reply in found if reply is not None]

    def oldest_waiting(self) -> datetime | None:
        """Return since when the oldest reply waits for a person."""
        with self._reader.connect() as connection:
            query = sa.select(sa.func.min(replies.c.created_at)).where(replies.c.status == ReplyStatus.AWAITING.value)
            oldest: datetime | None = connection.scalars(query).one()
            return oldest


def _listed() -> sa.Join:
    return slack_messages.join(replies, replies.c.id == slack_messages.c.reply_id)


def _in_list(channel: str) -> tuple[sa.ColumnElement[bool], ...]:
    listed = (slack_messages.c.state == MessageState.LISTED.value, slack_messages.c.kind == "card", slack_messages.c.next_at.is_(None))
    return (slack_messages.c.channel == channel, *listed, replies.c.status.in_(OPEN))


def _reply_ids(connection: sa.Connection, mention_ids: Iterable[int]) -> dict[int, int]:
    query = sa.select(replies.c.mention_id, replies.c.id).where(replies.c.mention_id.in_(list(mention_ids)))
    return {row.mention_id: row.id for row in connection.execute(query)}


def _message(row: sa.Row[Any]) -> SlackMessage:
    return SlackMessage(
        row.id,
        row.key,
        row.kind,
        row.reply_id,
        row.channel,
        row.thread_ts,
        row.ts,
        MessageState(row.state),
        row.created_at,
        row.claims,
        row.claimed_at,
        row.sent_at,
        row.next_at,
        row.shown_event,
        row.last_hash,
        row.reminders,
        row.assigned_to,
        row.warned,
        row.text,
    )

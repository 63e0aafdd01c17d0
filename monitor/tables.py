"""The whole schema on one page, and the one way to open a database; no questions are asked here (see the stores)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A moment, aware and in UTC on both databases (SQLite itself knows no time zones)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002, D102 the base class says it
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone reached the database: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002, D102 the base class says it
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite counts rows itself only where the type is exactly INTEGER."""

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

WAITING = "status IN ('new','scored','queued','escalated')"
"""What a step still has to do something with; a question must hold this very clause for the small index below to serve it."""

# There is no column for a follower profile, a trait or anything inferred about a person, and there must never be one (N11, L6).
mentions = sa.Table(
    "mentions",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("brand", sa.String(64), nullable=False),
    sa.Column("network", sa.String(64), nullable=False),
    sa.Column("external_id", sa.String(512), nullable=False),
    sa.Column("author_handle", sa.String(512), nullable=False),
    sa.Column("author_name", sa.String(512), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("posted_at", UtcTime, nullable=False),
    sa.Column("source", sa.String(128), nullable=False),
    sa.Column("language_hint", sa.String(16), nullable=False),
    sa.Column("mentions_us", sa.Boolean, nullable=False),
    sa.Column("own_channel", sa.Boolean, nullable=False),
    sa.Column("community", sa.String(512), nullable=False),
    sa.Column("parent_id", sa.String(512), nullable=False),
    sa.Column("answered_by_us", sa.Boolean, nullable=False),
    sa.Column("read_at", UtcTime, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("language", sa.String(16), nullable=False, server_default=""),
    sa.Column("label", sa.String(16)),
    sa.Column("score", sa.Float),
    sa.Column("confidence", sa.Float),
    sa.Column("scorer", sa.String(64)),
    sa.Column("scorer_version", sa.String(64)),
    sa.Column("score_reasons", sa.JSON),
    sa.Column("action", sa.String(16)),
    sa.Column("rules", sa.JSON),
    sa.Column("why", sa.Text),
    # Why nobody answers: a rule's id (T17), set by triage, by delivery or by the person who rejected the draft.
    sa.Column("no_answer_rule", sa.String(16)),
    sa.UniqueConstraint("brand", "network", "external_id"),
    sa.Index(
        "ix_mentions_waiting",
        "status",
        "id",
        sqlite_where=sa.text(WAITING),
        postgresql_where=sa.text(WAITING),
    ),
    sa.Index("ix_mentions_brand_read_at", "brand", "read_at"),
    sa.Index("ix_mentions_posted_at", "posted_at"),
)

source_states = sa.Table(
    "source_states",
    metadata,
    sa.Column("source", sa.String(128), primary_key=True),
    sa.Column("brand", sa.String(64), primary_key=True),
    sa.Column("cursor", sa.Text, nullable=False, server_default=""),
    sa.Column("last_success_at", UtcTime),
    sa.Column("next_poll_at", UtcTime),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_error", sa.Text, nullable=False, server_default=""),
    sa.Column("mentions", sa.Integer, nullable=False, server_default="0"),
)

rejected_rows = sa.Table(
    "rejected_rows",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("source", sa.String(128), nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.UniqueConstraint("source", "place", "line", "reason"),
)

# What sources cost, by day in UTC; `amount` counts millionths of the unit.
costs = sa.Table(
    "costs",
    metadata,
    sa.Column("source", sa.String(128), primary_key=True),
    sa.Column("brand", sa.String(64), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("unit", sa.String(8), primary_key=True),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("reads", sa.Integer, nullable=False),
)

# What was charged already on a day, so that it is not counted twice; older days are deleted.
charged_reads = sa.Table(
    "charged_reads",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("name", sa.String(128), primary_key=True),
)

replies = sa.Table(
    "replies",
    metadata,
    sa.Column("id", Key, primary_key=True),
    # One public answer to a mention (T14, T16): the database itself refuses a second.
    sa.Column("mention_id", sa.ForeignKey("mentions.id"), nullable=False, unique=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("delivery", sa.String(16), nullable=False),
    sa.Column("delivery_reason", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("drafter", sa.String(128), nullable=False),
    sa.Column("approvals_needed", sa.Integer, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime),
    sa.Column("snoozed_until", UtcTime),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lease_owner", sa.String(256), nullable=False, server_default=""),
    sa.Column("lease_until", UtcTime),
    sa.Column("next_attempt_at", UtcTime),
    sa.Column("posted_url", sa.Text, nullable=False, server_default=""),
    sa.Column("posted_external_id", sa.String(512), nullable=False, server_default=""),
    sa.Column("posted_text", sa.Text, nullable=False, server_default=""),
    sa.Column("posted_at", UtcTime),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_replies_status_id", "status", "id"),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("reply_id", sa.ForeignKey("replies.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("written_by", sa.String(256), nullable=False),
    sa.Column("written_at", UtcTime, nullable=False),
    sa.Column("objections", sa.JSON, nullable=False),
    sa.Column("fact_ids", sa.JSON, nullable=False),
)

approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("reply_id", sa.ForeignKey("replies.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    # The same person never counts twice for one version.
    sa.Column("name", sa.String(256), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("decided_at", UtcTime, nullable=False),
    sa.Column("override_reason", sa.Text, nullable=False, server_default=""),
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("reply_id", sa.ForeignKey("replies.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("worker", sa.String(256), nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("ended_at", UtcTime),
    sa.Column("outcome", sa.String(32), nullable=False, server_default="started"),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
)

# What Slack shows of us. A row is written before a message is sent, so that it can be found again and is never sent twice.
slack_messages = sa.Table(
    "slack_messages",
    metadata,
    sa.Column("id", Key, primary_key=True),
    # What it is, such as card/12 or news/12/345: two workers who mean the same message write one row.
    sa.Column("key", sa.String(128), nullable=False, unique=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("reply_id", sa.ForeignKey("replies.id")),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("thread_ts", sa.String(32), nullable=False, server_default=""),
    # Slack's own id of the message, empty until it is known to stand there.
    sa.Column("ts", sa.String(32), nullable=False, server_default=""),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("claims", sa.Integer, nullable=False, server_default="0"),
    sa.Column("claimed_by", sa.String(256), nullable=False, server_default=""),
    sa.Column("claimed_at", UtcTime),
    sa.Column("sent_at", UtcTime),
    # Nothing is to be done with it before this; empty: nothing until its reply changes.
    sa.Column("next_at", UtcTime),
    # The newest audit event that the card shows, and the hash of what it shows.
    sa.Column("shown_event", Key, nullable=False, server_default="0"),
    sa.Column("last_hash", sa.String(64), nullable=False, server_default=""),
    sa.Column("reminders", sa.Integer, nullable=False, server_default="0"),
    sa.Column("assigned_to", sa.String(32), nullable=False, server_default=""),
    sa.Column("warned", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("text", sa.Text, nullable=False, server_default=""),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_slack_messages_reply_id", "reply_id"),
    sa.Index("ix_slack_messages_next_at", "next_at"),
    sa.Index("ix_slack_messages_channel_state", "channel", "state"),
)

# One worker at a time writes in a channel, in order and at Slack's pace.
slack_channels = sa.Table(
    "slack_channels",
    metadata,
    sa.Column("channel", sa.String(32), primary_key=True),
    sa.Column("lease_owner", sa.String(256), nullable=False, server_default=""),
    sa.Column("lease_until", UtcTime),
    sa.Column("next_send_at", UtcTime),
)

# What our own people are told: written before it is sent, once by key. Its words are emptied when nobody waits for it any more.
notices = sa.Table(
    "notices",
    metadata,
    # What it is, such as digest/2026-11-24: two machines that mean the same notice write one row.
    sa.Column("key", sa.String(256), primary_key=True),
    sa.Column("brand", sa.String(64), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("html", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
)

# Who is to get a notice, by which way, and whether they have it.
sendings = sa.Table(
    "sendings",
    metadata,
    sa.Column("notice_key", sa.ForeignKey("notices.key"), primary_key=True),
    sa.Column("notifier", sa.String(128), primary_key=True),
    # Empty where the way has no recipients of its own.
    sa.Column("recipient", sa.String(320), primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    # Not before this; whoever takes it moves it on, so that nobody else does while it is being sent.
    sa.Column("next_at", UtcTime, nullable=False),
    sa.Column("sent_at", UtcTime),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_sendings_state_next_at", "state", "next_at"),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("actor", sa.String(256), nullable=False),
    sa.Column("mention_id", Key),
    sa.Column("reply_id", Key),
    sa.Column("old_status", sa.String(16), nullable=False),
    sa.Column("new_status", sa.String(16), nullable=False),
    sa.Column("version_sha256", sa.String(64), nullable=False, server_default=""),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_audit_mention_id", "mention_id"),
    sa.Index(
        "ix_audit_reply_id", "reply_id", sqlite_where=sa.text("reply_id IS NOT NULL"), postgresql_where=sa.text("reply_id IS NOT NULL")
    ),
)

switches = sa.Table(
    "switches",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("on", sa.Boolean, nullable=False),
    sa.Column("changed_by", sa.String(256), nullable=False),
    sa.Column("changed_at", UtcTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
)

executors = sa.Table(
    "executors",
    metadata,
    sa.Column("executor_id", sa.String(256), primary_key=True),
    sa.Column("process", sa.String(64), nullable=False),
    sa.Column("host", sa.String(256), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("seen_at", UtcTime, nullable=False),
    sa.Column("application_version", sa.String(64), nullable=False),
)

AUDIT_GUARDS: dict[str, Sequence[str]] = {
    "sqlite": (
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit cannot be changed'); END",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit cannot be changed'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit cannot be changed'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ),
}
"""Statements by dialect that make the database itself refuse a change of the audit; run by the migration that creates it."""

READING = {"grapevine_reading": True}
"""Execution options of a connection that only reads: on SQLite it then takes no write lock."""


def _on_sqlite_connect(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # We begin transactions ourselves (below), the driver must not.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: sa.Connection) -> None:
    # A transaction that begins as a reader and then writes fails at once when another wrote in between; taking the lock first just waits.
    reading = connection.get_execution_options().get("grapevine_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def database_url(url: str) -> sa.URL:
    """Return the URL with the driver we ship for; raises ValueError with what would be right."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise ValueError("the database URL cannot be read; right are sqlite:///grapevine.db and postgresql://user@host/name") from None
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite")
    if parsed.get_backend_name() in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"{parsed.get_backend_name()} is not a database we know; right are sqlite:///… and postgresql://…")


def open_database(url: str, **options: Any) -> sa.Engine:
    """Return an engine for `url`, SQLite in WAL mode or Postgres; raises ValueError for a URL that cannot be right."""
    parsed = database_url(url)
    if parsed.get_backend_name() != "sqlite":
        return sa.create_engine(parsed, pool_pre_ping=True, **options)
    engine = sa.create_engine(parsed, **options)
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine

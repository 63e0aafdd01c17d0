"""Who did what, when: the audit that cannot be changed, the switches, and the processes at work."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from monitor.tables.base import Key, UtcTime, metadata

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

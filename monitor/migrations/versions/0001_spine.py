"""The spine: everything from a mention as read to a reply as posted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=256), nullable=False),
        sa.Column("mention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("old_status", sa.String(length=16), nullable=False),
        sa.Column("new_status", sa.String(length=16), nullable=False),
        sa.Column("version_sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_audit")),
    )
    op.create_index("ix_audit_mention_id", "audit", ["mention_id"], unique=False)
    op.create_index(
        "ix_audit_reply_id",
        "audit",
        ["reply_id"],
        unique=False,
        sqlite_where=sa.text("reply_id IS NOT NULL"),
        postgresql_where=sa.text("reply_id IS NOT NULL"),
    )
    op.create_table(
        "executors",
        sa.Column("executor_id", sa.String(length=256), nullable=False),
        sa.Column("process", sa.String(length=64), nullable=False),
        sa.Column("host", sa.String(length=256), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("seen_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("application_version", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("executor_id", name=("pk_executors")),
    )
    op.create_table(
        "mentions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("external_id", sa.String(length=512), nullable=False),
        sa.Column("author_handle", sa.String(length=512), nullable=False),
        sa.Column("author_name", sa.String(length=512), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("posted_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=128), nullable=False),
        sa.Column("language_hint", sa.String(length=16), nullable=False),
        sa.Column("mentions_us", sa.Boolean(), nullable=False),
        sa.Column("own_channel", sa.Boolean(), nullable=False),
        sa.Column("community", sa.String(length=512), nullable=False),
        sa.Column("parent_id", sa.String(length=512), nullable=False),
        sa.Column("answered_by_us", sa.Boolean(), nullable=False),
        sa.Column("read_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=16), server_default="", nullable=False),
        sa.Column("label", sa.String(length=16), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("scorer", sa.String(length=64), nullable=True),
        sa.Column("scorer_version", sa.String(length=64), nullable=True),
        sa.Column("score_reasons", sa.JSON(), nullable=True),
        sa.Column("action", sa.String(length=16), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("no_answer_rule", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_mentions")),
        sa.UniqueConstraint("brand", "network", "external_id", name=("uq_mentions_brand_network_external_id")),
    )
    op.create_index("ix_mentions_brand_read_at", "mentions", ["brand", "read_at"], unique=False)
    op.create_index("ix_mentions_posted_at", "mentions", ["posted_at"], unique=False)
    op.create_index(
        "ix_mentions_waiting",
        "mentions",
        ["status", "id"],
        unique=False,
        sqlite_where=sa.text(tables.WAITING),
        postgresql_where=sa.text(tables.WAITING),
    )
    op.create_table(
        "rejected_rows",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(length=128), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("at", tables.UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_rejected_rows")),
        sa.UniqueConstraint("source", "place", "line", "reason", name=("uq_rejected_rows_source_place_line_reason")),
    )
    op.create_table(
        "source_states",
        sa.Column("source", sa.String(length=128), nullable=False),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("cursor", sa.Text(), server_default="", nullable=False),
        sa.Column("last_success_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("next_poll_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.Column("mentions", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("source", "brand", name=("pk_source_states")),
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=256), nullable=False),
        sa.Column("changed_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=("pk_switches")),
    )
    op.create_table(
        "replies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("mention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("delivery", sa.String(length=16), nullable=False),
        sa.Column("delivery_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drafter", sa.String(length=128), nullable=False),
        sa.Column("approvals_needed", sa.Integer(), nullable=False),
        sa.Column("created_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("expires_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_owner", sa.String(length=256), server_default="", nullable=False),
        sa.Column("lease_until", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("next_attempt_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("posted_url", sa.Text(), server_default="", nullable=False),
        sa.Column("posted_external_id", sa.String(length=512), server_default="", nullable=False),
        sa.Column("posted_text", sa.Text(), server_default="", nullable=False),
        sa.Column("posted_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mentions.id"], name=("fk_replies_mention_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_replies")),
        sa.UniqueConstraint("mention_id", name=("uq_replies_mention_id")),
    )
    op.create_index("ix_replies_status_id", "replies", ["status", "id"], unique=False)
    op.create_table(
        "approvals",
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("decided_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("override_reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=("fk_approvals_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", "version", "name", name=("pk_approvals")),
    )
    op.create_table(
        "attempts",
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("worker", sa.String(length=256), nullable=False),
        sa.Column("started_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("ended_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), server_default="started", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=("fk_attempts_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", "number", name=("pk_attempts")),
    )
    op.create_table(
        "versions",
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("written_by", sa.String(length=256), nullable=False),
        sa.Column("written_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("objections", sa.JSON(), nullable=False),
        sa.Column("fact_ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=("fk_versions_reply_id")),
        sa.PrimaryKeyConstraint("reply_id", "number", name=("pk_versions")),
    )

    for statement in tables.AUDIT_GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)

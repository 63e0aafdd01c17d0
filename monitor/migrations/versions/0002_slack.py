"""Slack: which message stands for which reply, and who writes in a channel."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "slack_channels",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("lease_owner", sa.String(length=256), server_default="", nullable=False),
        sa.Column("lease_until", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("next_send_at", tables.UtcTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=("pk_slack_channels")),
    )
    op.create_table(
        "slack_messages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("thread_ts", sa.String(length=32), server_default="", nullable=False),
        sa.Column("ts", sa.String(length=32), server_default="", nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("claims", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_by", sa.String(length=256), server_default="", nullable=False),
        sa.Column("claimed_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("sent_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("next_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("shown_event", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), server_default="0", nullable=False),
        sa.Column("last_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("reminders", sa.Integer(), server_default="0", nullable=False),
        sa.Column("assigned_to", sa.String(length=32), server_default="", nullable=False),
        sa.Column("warned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=("fk_slack_messages_reply_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_slack_messages")),
        sa.UniqueConstraint("key", name=("uq_slack_messages_key")),
    )
    op.create_index("ix_slack_messages_channel_state", "slack_messages", ["channel", "state"], unique=False)
    op.create_index("ix_slack_messages_next_at", "slack_messages", ["next_at"], unique=False)
    op.create_index("ix_slack_messages_reply_id", "slack_messages", ["reply_id"], unique=False)

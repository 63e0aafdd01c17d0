"""Notices: what our own people are told, and who has it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "notices",
        sa.Column("key", sa.String(length=256), nullable=False),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("created_at", tables.UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=("pk_notices")),
    )
    op.create_table(
        "sendings",
        sa.Column("notice_key", sa.String(length=256), nullable=False),
        sa.Column("notifier", sa.String(length=128), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("sent_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["notice_key"], ["notices.key"], name=("fk_sendings_notice_key_notices")),
        sa.PrimaryKeyConstraint("notice_key", "notifier", "recipient", name=("pk_sendings")),
    )
    op.create_index("ix_sendings_state_next_at", "sendings", ["state", "next_at"], unique=False)

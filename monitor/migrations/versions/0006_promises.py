"""Promises: what our replies commit us to, and what became of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "promises",
        sa.Column("id", tables.Key, nullable=False),
        sa.Column("reply_id", tables.Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("is_dated", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("reminded_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("escalated_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("closed_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=256), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name=("fk_promises_reply_id_replies")),
        sa.PrimaryKeyConstraint("id", name=("pk_promises")),
        sa.UniqueConstraint("reply_id", "number", name="uq_promises_reply_id_number"),
    )
    op.create_index("ix_promises_state_due_at", "promises", ["state", "due_at"], unique=False)

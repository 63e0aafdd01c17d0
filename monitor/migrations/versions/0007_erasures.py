"""Erasures: what was taken back or kept long enough, and does not come back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "erasures",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("mark", "brand", name=("pk_erasures")),
    )
    op.create_table(
        "rechecks",
        sa.Column("source", sa.String(length=128), nullable=False),
        sa.Column("next_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.Column("doubted_at", tables.UtcTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("source", name=("pk_rechecks")),
    )
    op.add_column("mentions", sa.Column("checked_at", tables.UtcTime(timezone=True), nullable=True))
    op.add_column("mentions", sa.Column("erased_at", tables.UtcTime(timezone=True), nullable=True))
    # What earlier versions erased, they erased of text and author alone; the first nightly run completes it.
    kept = sa.text("erased_at IS NULL")
    op.create_index("ix_mentions_kept", "mentions", ["source", "id"], unique=False, sqlite_where=kept, postgresql_where=kept)
    answers = sa.text("parent_id <> ''")
    op.create_index("ix_mentions_parent_id", "mentions", ["parent_id"], unique=False, sqlite_where=answers, postgresql_where=answers)

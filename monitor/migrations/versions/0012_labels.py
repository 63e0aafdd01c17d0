"""What people say of mentions, what a brand learns from it, and the chance that a mention is negative."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.add_column("mentions", sa.Column("p_negative", sa.Float(), nullable=True))
    op.add_column("mentions", sa.Column("label_before", sa.String(length=16), nullable=True))
    op.add_column("mentions", sa.Column("sampled", sa.Boolean(), server_default=sa.false(), nullable=False))
    sampled = sa.text("sampled")
    op.create_index("ix_mentions_sampled", "mentions", ["brand", "id"], unique=False, sqlite_where=sampled, postgresql_where=sampled)
    op.create_table(
        "labels",
        sa.Column("id", tables.Key, nullable=False),
        sa.Column("mention_id", tables.Key, nullable=True),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=256), nullable=False),
        sa.Column("at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("door", sa.String(length=16), nullable=False),
        sa.Column("scorer", sa.String(length=64), server_default="", nullable=False),
        sa.Column("scored", sa.String(length=16), nullable=True),
        sa.Column("p_negative", sa.Float(), nullable=True),
        sa.Column("sampled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mentions.id"], name="fk_labels_mention_id_mentions"),
        sa.PrimaryKeyConstraint("id", name="pk_labels"),
        sa.UniqueConstraint("mention_id", "verdict", "by", name="uq_labels_mention_id_verdict_by"),
    )
    op.create_index("ix_labels_brand_at", "labels", ["brand", "at"], unique=False)
    op.create_table(
        "lessons",
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=256), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("scorer", sa.String(length=64), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=True),
        sa.Column("weights", sa.JSON(), nullable=True),
        sa.Column("f1_before", sa.Float(), nullable=True),
        sa.Column("f1_after", sa.Float(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "number", name="pk_lessons"),
    )

"""Stories: what is told more than once, and by whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "stories",
        sa.Column("id", tables.Key, nullable=False),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("first_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("last_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("headline_id", tables.Key, nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("drafts", sa.String(length=16), server_default="", nullable=False),
        sa.Column("drafts_by", sa.String(length=256), server_default="", nullable=False),
        sa.Column("drafts_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("drafts_reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["headline_id"], ["mentions.id"], name="fk_stories_headline_id_mentions"),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_brand_last_at", "stories", ["brand", "last_at"], unique=False)
    op.create_table(
        "story_mentions",
        sa.Column("mention_id", tables.Key, autoincrement=False, nullable=False),
        sa.Column("story_id", tables.Key, nullable=False),
        sa.Column("repeats_id", tables.Key, nullable=True),
        sa.ForeignKeyConstraint(["mention_id"], ["mentions.id"], name="fk_story_mentions_mention_id_mentions"),
        sa.ForeignKeyConstraint(["repeats_id"], ["mentions.id"], name="fk_story_mentions_repeats_id_mentions"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_mentions_story_id_stories"),
        sa.PrimaryKeyConstraint("mention_id", name="pk_story_mentions"),
    )
    op.create_index("ix_story_mentions_story_id", "story_mentions", ["story_id"], unique=False)
    repeats = sa.text("repeats_id IS NOT NULL")
    op.create_index(
        "ix_story_mentions_repeats_id", "story_mentions", ["repeats_id"], unique=False, sqlite_where=repeats, postgresql_where=repeats
    )
    op.create_table(
        "story_keys",
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("mention_id", tables.Key, nullable=False),
        sa.Column("posted_at", tables.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mention_id"], ["mentions.id"], name="fk_story_keys_mention_id_mentions"),
        sa.PrimaryKeyConstraint("brand", "key", "slot", name="pk_story_keys"),
    )
    op.create_index("ix_story_keys_mention_id", "story_keys", ["mention_id"], unique=False)
    op.create_index("ix_story_keys_posted_at", "story_keys", ["posted_at"], unique=False)

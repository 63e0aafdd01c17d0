"""What is told more than once: stories, which mention belongs to which, and the keys by which a second telling finds the first."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import Key, UtcTime, metadata

stories = sa.Table(
    "stories",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("brand", sa.String(64), nullable=False),
    # Of the mentions that still stand: when they were written, how many they are, and which of them told it first.
    sa.Column("first_at", UtcTime, nullable=False),
    sa.Column("last_at", UtcTime, nullable=False),
    sa.Column("headline_id", sa.ForeignKey("mentions.id"), nullable=False),
    sa.Column("mentions", sa.Integer, nullable=False),
    # Whether its drafts are stopped for one statement (K4), or a person let them go on; empty where nobody ever said either.
    sa.Column("drafts", sa.String(16), nullable=False, server_default=""),
    sa.Column("drafts_by", sa.String(256), nullable=False, server_default=""),
    sa.Column("drafts_at", UtcTime),
    sa.Column("drafts_reason", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_stories_brand_last_at", "brand", "last_at"),
)

story_mentions = sa.Table(
    "story_mentions",
    metadata,
    sa.Column("mention_id", sa.ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    sa.Column("story_id", sa.ForeignKey("stories.id"), nullable=False),
    # Which mention said all of this before; empty where this one tells something new.
    sa.Column("repeats_id", sa.ForeignKey("mentions.id")),
    sa.Index("ix_story_mentions_story_id", "story_id"),
    sa.Index(
        "ix_story_mentions_repeats_id",
        "repeats_id",
        sqlite_where=sa.text("repeats_id IS NOT NULL"),
        postgresql_where=sa.text("repeats_id IS NOT NULL"),
    ),
)

# A few numbers made of a text's words, for a week only and not of repeats; they go when the text goes.
story_keys = sa.Table(
    "story_keys",
    metadata,
    sa.Column("brand", sa.String(64), primary_key=True),
    sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
    # A few mentions under one key, a newer one in place of an older: a look-up never grows.
    sa.Column("slot", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("mention_id", sa.ForeignKey("mentions.id"), nullable=False),
    sa.Column("posted_at", UtcTime, nullable=False),
    sa.Index("ix_story_keys_mention_id", "mention_id"),
    sa.Index("ix_story_keys_posted_at", "posted_at"),
)

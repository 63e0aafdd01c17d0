"""What people said of mentions, and what each brand learned from it."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import Key, UtcTime, metadata

# One row for each thing that one person said of one mention. It keeps no word of the mention: when that is erased, `mention_id` is
# emptied, and what is left is a count.
labels = sa.Table(
    "labels",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("mention_id", sa.ForeignKey("mentions.id")),
    sa.Column("brand", sa.String(64), nullable=False),
    sa.Column("network", sa.String(64), nullable=False),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("by", sa.String(256), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    # Where it was said: review, slack, reject, label.
    sa.Column("door", sa.String(16), nullable=False),
    # How the scorer itself had judged it, without the brand's corrections.
    sa.Column("scorer", sa.String(64), nullable=False, server_default=""),
    sa.Column("scored", sa.String(16)),
    sa.Column("p_negative", sa.Float),
    # Whether it was one of the unflagged mentions that are offered to be checked.
    sa.Column("sampled", sa.Boolean, nullable=False),
    sa.UniqueConstraint("mention_id", "verdict", "by", name="uq_labels_mention_id_verdict_by"),
    sa.Index("ix_labels_brand_at", "brand", "at"),
)

# What a brand learned, numbered; the newest row of each question is in force. Nothing is changed in place, so that every score can be
# accounted for.
lessons = sa.Table(
    "lessons",
    metadata,
    sa.Column("brand", sa.String(64), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("by", sa.String(256), nullable=False),
    # learned, kept (not better than before, so nothing is corrected) or reset.
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("scorer", sa.String(64), nullable=False),
    sa.Column("labels", sa.Integer, nullable=False),
    sa.Column("threshold", sa.Float),
    # The small model: its numbers, and nothing of any text.
    sa.Column("weights", sa.JSON),
    sa.Column("f1_before", sa.Float),
    sa.Column("f1_after", sa.Float),
    sa.Column("why", sa.Text, nullable=False),
    # What it answers: feeling (is it negative?) or about (is it about us?). Lessons of both are numbered in one row.
    sa.Column("question", sa.String(16), nullable=False, server_default="feeling"),
)

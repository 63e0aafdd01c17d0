"""What our replies commit us to, by when, and what became of it."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import Key, UtcTime, metadata

promises = sa.Table(
    "promises",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("reply_id", sa.ForeignKey("replies.id"), nullable=False),
    # Which of the reply's promises it is, so that a reply that is recorded twice promises once.
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("brand", sa.String(64), nullable=False),
    # Our own words, as they stand in the reply.
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("due_at", UtcTime, nullable=False),
    # Whether the reply names that moment; else it is the day on which we look again ourselves.
    sa.Column("is_dated", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
    # When somebody was reminded that it falls due, and told that it is past due; each once.
    sa.Column("reminded_at", UtcTime),
    sa.Column("escalated_at", UtcTime),
    sa.Column("closed_at", UtcTime),
    sa.Column("closed_by", sa.String(256), nullable=False, server_default=""),
    sa.Column("url", sa.Text, nullable=False, server_default=""),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.UniqueConstraint("reply_id", "number", name="uq_promises_reply_id_number"),
    sa.Index("ix_promises_state_due_at", "state", "due_at"),
)

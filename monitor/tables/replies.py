"""What we answer: replies, their frozen texts, who approved them, every attempt to publish, and what networks told of our accounts."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import Key, UtcTime, metadata

replies = sa.Table(
    "replies",
    metadata,
    sa.Column("id", Key, primary_key=True),
    # One public answer to a mention (T14, T16): the database itself refuses a second.
    sa.Column("mention_id", sa.ForeignKey("mentions.id"), nullable=False, unique=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("delivery", sa.String(16), nullable=False),
    sa.Column("delivery_reason", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("drafter", sa.String(128), nullable=False),
    sa.Column("approvals_needed", sa.Integer, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime),
    sa.Column("snoozed_until", UtcTime),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lease_owner", sa.String(256), nullable=False, server_default=""),
    sa.Column("lease_until", UtcTime),
    sa.Column("next_attempt_at", UtcTime),
    sa.Column("posted_url", sa.Text, nullable=False, server_default=""),
    sa.Column("posted_external_id", sa.String(512), nullable=False, server_default=""),
    sa.Column("posted_text", sa.Text, nullable=False, server_default=""),
    sa.Column("posted_at", UtcTime),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    # The account of ours from which it was approved to go out; empty where nobody named the network's common one.
    sa.Column("account", sa.String(512), nullable=False, server_default=""),
    sa.Index("ix_replies_status_id", "status", "id"),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("reply_id", sa.ForeignKey("replies.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("written_by", sa.String(256), nullable=False),
    sa.Column("written_at", UtcTime, nullable=False),
    sa.Column("objections", sa.JSON, nullable=False),
    sa.Column("fact_ids", sa.JSON, nullable=False),
)

approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("reply_id", sa.ForeignKey("replies.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    # The same person never counts twice for one version.
    sa.Column("name", sa.String(256), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("decided_at", UtcTime, nullable=False),
    sa.Column("override_reason", sa.Text, nullable=False, server_default=""),
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("reply_id", sa.ForeignKey("replies.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("worker", sa.String(256), nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("ended_at", UtcTime),
    sa.Column("outcome", sa.String(32), nullable=False, server_default="started"),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
    sa.Column("account", sa.String(512), nullable=False, server_default=""),
)

holds = sa.Table(
    "holds",
    metadata,
    sa.Column("network", sa.String(64), primary_key=True),
    sa.Column("until", UtcTime, nullable=False),
    sa.Column("set_at", UtcTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    sa.Column("account", sa.String(512), primary_key=True, server_default=""),
)

# How long a reply may be where an account of ours is, as its server told: a server of Mastodon has its own limit.
limits = sa.Table(
    "limits",
    metadata,
    sa.Column("account", sa.String(512), primary_key=True),
    sa.Column("characters", sa.Integer, nullable=False),
    sa.Column("told_at", UtcTime, nullable=False),
)

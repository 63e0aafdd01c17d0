"""What Slack shows of us."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import Key, UtcTime, metadata

# What Slack shows of us. A row is written before a message is sent, so that it can be found again and is never sent twice.
slack_messages = sa.Table(
    "slack_messages",
    metadata,
    sa.Column("id", Key, primary_key=True),
    # What it is, such as card/12 or news/12/345: two workers who mean the same message write one row.
    sa.Column("key", sa.String(128), nullable=False, unique=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("reply_id", sa.ForeignKey("replies.id")),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("thread_ts", sa.String(32), nullable=False, server_default=""),
    # Slack's own id of the message, empty until it is known to stand there.
    sa.Column("ts", sa.String(32), nullable=False, server_default=""),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("claims", sa.Integer, nullable=False, server_default="0"),
    sa.Column("claimed_by", sa.String(256), nullable=False, server_default=""),
    sa.Column("claimed_at", UtcTime),
    sa.Column("sent_at", UtcTime),
    # Nothing is to be done with it before this; empty: nothing until its reply changes.
    sa.Column("next_at", UtcTime),
    # The newest audit event that the card shows, and the hash of what it shows.
    sa.Column("shown_event", Key, nullable=False, server_default="0"),
    sa.Column("last_hash", sa.String(64), nullable=False, server_default=""),
    sa.Column("reminders", sa.Integer, nullable=False, server_default="0"),
    sa.Column("assigned_to", sa.String(32), nullable=False, server_default=""),
    sa.Column("warned", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("text", sa.Text, nullable=False, server_default=""),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_slack_messages_reply_id", "reply_id"),
    sa.Index("ix_slack_messages_next_at", "next_at"),
    sa.Index("ix_slack_messages_channel_state", "channel", "state"),
)

# One worker at a time writes in a channel, in order and at Slack's pace.
slack_channels = sa.Table(
    "slack_channels",
    metadata,
    sa.Column("channel", sa.String(32), primary_key=True),
    sa.Column("lease_owner", sa.String(256), nullable=False, server_default=""),
    sa.Column("lease_until", UtcTime),
    sa.Column("next_send_at", UtcTime),
)

"""What our own people are told, and who has it."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import UtcTime, metadata

STRIKE = "strike/"
"""With a thread and the id of a mention after it, the key of the wish that a quote leave what is shown; it tells nobody anything."""

# What our own people are told: written before it is sent, once by key. Its words are emptied when nobody waits for it any more.
notices = sa.Table(
    "notices",
    metadata,
    # What it is, such as digest/2026-11-24: two machines that mean the same notice write one row.
    sa.Column("key", sa.String(256), primary_key=True),
    sa.Column("brand", sa.String(64), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("html", sa.Text, nullable=False),
    # What it goes on about, such as incident/12, how that stands, and how grave it is; empty where a notice stands for itself.
    sa.Column("thread", sa.String(128), nullable=False, server_default=""),
    sa.Column("state", sa.String(16), nullable=False, server_default=""),
    sa.Column("gravity", sa.Integer, nullable=False, server_default="0"),
    # Whether somebody is to be woken by it, and the numbers of those of its thread that asked people anew.
    sa.Column("wakes", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("rings", sa.JSON, nullable=False, server_default="[]"),
    # The counts that it draws, with our own words for them, and the ids of the mentions that it quotes: never what these say.
    sa.Column("curve", sa.JSON, nullable=False, server_default="{}"),
    sa.Column("quoted", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("created_at", UtcTime, nullable=False),
)

# Who is to get a notice, by which way, and whether they have it.
sendings = sa.Table(
    "sendings",
    metadata,
    sa.Column("notice_key", sa.ForeignKey("notices.key"), primary_key=True),
    sa.Column("notifier", sa.String(128), primary_key=True),
    # Empty where the way has no recipients of its own.
    sa.Column("recipient", sa.String(320), primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    # Not before this; whoever takes it moves it on, so that nobody else does while it is being sent.
    sa.Column("next_at", UtcTime, nullable=False),
    sa.Column("sent_at", UtcTime),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_sendings_state_next_at", "state", "next_at"),
)

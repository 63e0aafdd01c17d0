"""What wakes people: how far counts are judged, incidents and what happened to them, silences, and buttons that were pressed."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import Key, UtcTime, metadata

UNRESOLVED = "status <> 'resolved'"

# How far a series of a brand's counts is judged, and what the detector knows by then. It can be made anew from the mentions.
watches = sa.Table(
    "watches",
    metadata,
    sa.Column("brand", sa.String(64), primary_key=True),
    sa.Column("series", sa.String(16), primary_key=True),
    # The end of the last bin that was judged.
    sa.Column("judged_until", UtcTime, nullable=False),
    # The last bin that was more than calm, such as a flood of few authors, which wakes nobody.
    sa.Column("finding", sa.String(16), nullable=False, server_default=""),
    sa.Column("found_at", UtcTime),
    sa.Column("state", sa.JSON, nullable=False),
)

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("brand", sa.String(64), nullable=False),
    sa.Column("cause", sa.String(80), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("gravity", sa.Integer, nullable=False),
    sa.Column("opened_at", UtcTime, nullable=False),
    sa.Column("changed_at", UtcTime, nullable=False),
    sa.Column("step", sa.Integer, nullable=False, server_default="0"),
    sa.Column("paged_at", UtcTime),
    sa.Column("acknowledged_by", sa.String(256), nullable=False, server_default=""),
    sa.Column("resolved_at", UtcTime),
    sa.Column("resolved_by", sa.String(256), nullable=False, server_default=""),
    # Numbers, and the ids of mentions: no words of people, who may take them back.
    sa.Column("facts", sa.JSON, nullable=False),
    # One cause, one incident: the database itself refuses that two processes open two.
    sa.Index(
        "ix_incidents_one_a_cause",
        "brand",
        "cause",
        unique=True,
        sqlite_where=sa.text(UNRESOLVED),
        postgresql_where=sa.text(UNRESOLVED),
    ),
    sa.Index("ix_incidents_changed_at", "changed_at"),
)

# What happened to an incident, counted from 1. What is to be told of it is a notice with the same number in its key.
happenings = sa.Table(
    "happenings",
    metadata,
    sa.Column("incident_id", sa.ForeignKey("incidents.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("what", sa.String(16), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("by", sa.String(256), nullable=False),
    sa.Column("gravity", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False, server_default=""),
    # Waits to be told, was told, or need not be: silenced, in quiet hours, or one page too many in this hour.
    sa.Column("telling", sa.String(16), nullable=False),
    # Not told before this, where it waits for the morning.
    sa.Column("tell_at", UtcTime, nullable=False),
    sa.Index("ix_happenings_telling_tell_at", "telling", "tell_at"),
)

silences = sa.Table(
    "silences",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("brand", sa.String(64), nullable=False),
    # Empty: of any cause.
    sa.Column("cause", sa.String(80), nullable=False),
    sa.Column("by", sa.String(256), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("begins_at", UtcTime, nullable=False),
    sa.Column("ends_at", UtcTime, nullable=False),
    sa.Index("ix_silences_ends_at", "ends_at"),
)

# Buttons that people pressed elsewhere, such as in Slack; who listens there writes them, and the monitor acts on each once.
presses = sa.Table(
    "presses",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("incident_id", sa.ForeignKey("incidents.id"), nullable=False),
    sa.Column("action", sa.String(16), nullable=False),
    sa.Column("by", sa.String(256), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("done_at", UtcTime),
    sa.Index("ix_presses_done_at", "done_at"),
)

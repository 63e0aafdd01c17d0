"""Incidents: how far counts are judged, what wakes people, and what happened to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "incidents",
        sa.Column("id", tables.Key, nullable=False),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("gravity", sa.Integer(), nullable=False),
        sa.Column("opened_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("changed_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("step", sa.Integer(), server_default="0", nullable=False),
        sa.Column("paged_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=256), server_default="", nullable=False),
        sa.Column("resolved_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(length=256), server_default="", nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index("ix_incidents_changed_at", "incidents", ["changed_at"], unique=False)
    op.create_index(
        "ix_incidents_one_a_cause",
        "incidents",
        ["brand", "cause"],
        unique=True,
        sqlite_where=sa.text(tables.UNRESOLVED),
        postgresql_where=sa.text(tables.UNRESOLVED),
    )
    op.create_table(
        "silences",
        sa.Column("id", tables.Key, nullable=False),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=256), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begins_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("ends_at", tables.UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_silences"),
    )
    op.create_index("ix_silences_ends_at", "silences", ["ends_at"], unique=False)
    op.create_table(
        "watches",
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("series", sa.String(length=16), nullable=False),
        sa.Column("judged_until", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("finding", sa.String(length=16), server_default="", nullable=False),
        sa.Column("found_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("brand", "series", name="pk_watches"),
    )
    op.create_table(
        "happenings",
        sa.Column("incident_id", tables.Key, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=256), nullable=False),
        sa.Column("gravity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("telling", sa.String(length=16), nullable=False),
        sa.Column("tell_at", tables.UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_happenings_incident_id"),
        sa.PrimaryKeyConstraint("incident_id", "number", name="pk_happenings"),
    )
    op.create_index("ix_happenings_telling_tell_at", "happenings", ["telling", "tell_at"], unique=False)
    op.create_table(
        "presses",
        sa.Column("id", tables.Key, nullable=False),
        sa.Column("incident_id", tables.Key, nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=256), nullable=False),
        sa.Column("at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("done_at", tables.UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name="fk_presses_incident_id"),
        sa.PrimaryKeyConstraint("id", name="pk_presses"),
    )
    op.create_index("ix_presses_done_at", "presses", ["done_at"], unique=False)
    op.add_column("notices", sa.Column("thread", sa.String(length=128), server_default="", nullable=False))
    op.add_column("notices", sa.Column("state", sa.String(length=16), server_default="", nullable=False))
    op.add_column("notices", sa.Column("gravity", sa.Integer(), server_default="0", nullable=False))

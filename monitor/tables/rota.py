"""What the calendar of the rota said when it was last read: who of our own people is on call when, and nothing else of it."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import UtcTime, metadata

duties = sa.Table(
    "duties",
    metadata,
    sa.Column("begins_at", UtcTime, primary_key=True),
    sa.Column("ends_at", UtcTime, primary_key=True),
    sa.Column("person", sa.String(200), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False, server_default="0"),
)

# One row: how reading the calendar goes.
rota_reads = sa.Table(
    "rota_reads",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("read_at", UtcTime),
    sa.Column("tried_at", UtcTime, nullable=False),
    # Why it could not be read the last time; empty where it could.
    sa.Column("trouble", sa.Text, nullable=False, server_default=""),
    # Titles of events that name nobody whom the configuration names.
    sa.Column("unknown", sa.JSON, nullable=False),
    sa.Column("floating", sa.Boolean, nullable=False, server_default=sa.false()),
)

"""What was erased and must not come back, and when each source is next asked what became of the rest."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import UtcTime, metadata

# Marks of erased mentions: no poll, import or restored backup brings one back. A mark is a hash, for ids hold handles on some networks.
erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("mark", sa.String(64), primary_key=True),
    # Empty: for every brand. Named where only this brand keeps it no longer.
    sa.Column("brand", sa.String(64), primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("why", sa.String(16), nullable=False),
)

# How re-checking goes, by source; what is to be re-checked stands with the mentions.
rechecks = sa.Table(
    "rechecks",
    metadata,
    sa.Column("source", sa.String(128), primary_key=True),
    sa.Column("next_at", UtcTime, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_error", sa.Text, nullable=False, server_default=""),
    # Since when the source says that nearly everything is gone, which is believed only when it still says so later.
    sa.Column("doubted_at", UtcTime),
)

"""Holds: the networks that asked us to wait, for every process alike."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "holds",
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("until", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("set_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("network", name=("pk_holds")),
    )

"""Limits: how long a reply may be where an account of ours is, as its server told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "limits",
        sa.Column("account", sa.String(length=512), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("told_at", tables.UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_limits"),
    )


def downgrade() -> None:
    """Take it back; a server is asked anew at the next start."""
    op.drop_table("limits")

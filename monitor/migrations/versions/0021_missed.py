"""A text that is not found where it stood is not gone before a second look some hours later finds the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.add_column("mentions", sa.Column("missed_at", tables.UtcTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("mentions", "missed_at")

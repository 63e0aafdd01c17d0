"""Rechecks: what was read before counts as seen when it was read, and what waits longest is found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.execute("UPDATE mentions SET checked_at = read_at WHERE checked_at IS NULL")
    kept = sa.text("erased_at IS NULL")
    op.create_index("ix_mentions_checked", "mentions", ["source", "checked_at"], unique=False, sqlite_where=kept, postgresql_where=kept)

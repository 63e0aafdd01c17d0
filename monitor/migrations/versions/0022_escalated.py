"""A digest finds what is serious out of a small index, in place of looking at all that was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ESCALATED = "action = 'escalate'"


def upgrade() -> None:
    """Apply it."""
    small = sa.text(ESCALATED)
    op.create_index("ix_mentions_escalated", "mentions", ["brand", "read_at", "posted_at"], sqlite_where=small, postgresql_where=small)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_mentions_escalated", "mentions")

"""A digest finds the sharpest and the warmest words out of its one index, and what corrections changed out of a small one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CHANGED = "label_before IS NOT NULL"


def upgrade() -> None:
    """Apply it."""
    told = ["brand", "read_at", "label", "status", "network", "no_answer_rule", "action", "confidence", "score"]
    op.drop_index("ix_mentions_told", "mentions")
    op.create_index("ix_mentions_told", "mentions", told)
    changed, small = ["brand", "read_at", "label_before", "label"], sa.text(CHANGED)
    op.create_index("ix_mentions_changed", "mentions", changed, sqlite_where=small, postgresql_where=small)

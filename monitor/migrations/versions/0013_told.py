"""A digest counts out of one index, however many mentions there are."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    told = ["brand", "read_at", "label", "status", "network", "no_answer_rule", "action", "confidence"]
    op.create_index("ix_mentions_told", "mentions", told)
    op.drop_index("ix_mentions_brand_read_at", "mentions")

"""What a lesson answers: whether a mention is negative, or whether it is about us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.add_column("lessons", sa.Column("question", sa.String(length=16), server_default="feeling", nullable=False))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("lessons", "question")

"""A page that rises after somebody took it on rings anew, under a key of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.add_column("notices", sa.Column("wakes", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("notices", sa.Column("rings", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("notices", "rings")
    op.drop_column("notices", "wakes")

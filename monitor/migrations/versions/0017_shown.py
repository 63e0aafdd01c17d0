"""A page can be drawn where pictures are shown, and a quote taken out of it where it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.add_column("notices", sa.Column("curve", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("notices", sa.Column("quoted", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("notices", "quoted")
    op.drop_column("notices", "curve")

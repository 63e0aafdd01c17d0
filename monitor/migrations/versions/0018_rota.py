"""Who is on call, as a calendar said it when it was last read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor.tables import UtcTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "duties",
        sa.Column("begins_at", UtcTime(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("place", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("begins_at", "ends_at", "person", name=op.f("pk_duties")),
    )
    op.create_table(
        "rota_reads",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_at", UtcTime(), nullable=True),
        sa.Column("tried_at", UtcTime(), nullable=False),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("floating", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_reads")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("rota_reads")
    op.drop_table("duties")

"""A reply knows from which account it may go out, each attempt from which it went, and a wait is one account's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _column() -> sa.Column[str]:
    # Empty: the network's common account, the only one there was.
    return sa.Column("account", sa.String(length=512), server_default="", nullable=False)


def upgrade() -> None:
    """Apply it."""
    op.add_column("replies", _column())
    op.add_column("attempts", _column())
    with op.batch_alter_table("holds") as holds:
        holds.add_column(_column())
        holds.drop_constraint("pk_holds", type_="primary")
        holds.create_primary_key("pk_holds", ["network", "account"])


def downgrade() -> None:
    """Take it back; of several waits on one network none is kept, and it says again how long."""
    op.execute("DELETE FROM holds WHERE account <> ''")
    with op.batch_alter_table("holds") as holds:
        holds.drop_constraint("pk_holds", type_="primary")
        holds.drop_column("account")
        holds.create_primary_key("pk_holds", ["network"])
    op.drop_column("attempts", "account")
    op.drop_column("replies", "account")

"""An objection is kept with its sentence in two languages, which older code cannot read: it is to refuse the database in place of failing.

The columns stay as they are, and rows written before are read as they stand.
"""

from __future__ import annotations

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it: the number alone says it."""


def downgrade() -> None:
    """Take it back; what was written in two languages stays, and code of before 0023 fails on it."""

"""Brings a database to this code's schema, forward only; run by `monitor migrate` and by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    # Only who migrates needs it; a look at the schema, with which every command begins, is to cost next to nothing.
    from alembic.config import Config

VERSIONS = sa.table("alembic_version", sa.column("version_num", sa.Text))
"""Where alembic keeps the database's revision."""


class WrongSchema(Exception):
    """The database is newer than this code, or not yet migrated; the sentence says which and what to do."""


def _config(connection: sa.Connection | None = None) -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """Return the revision this code was written for."""
    return max(known())


def known() -> frozenset[str]:
    """Return every revision that this code can migrate from, its own newest with them: each file's name begins with its number."""
    revisions = frozenset(file.name.partition("_")[0] for file in (Path(__file__).parent / "versions").glob("[0-9]*_*.py"))
    if not revisions:
        raise WrongSchema("this installation lacks its migrations; install it again")
    return revisions


def current(connection: sa.Connection) -> str:
    """Return the database's revision; "" where it was never migrated."""
    if not sa.inspect(connection).has_table(VERSIONS.name):
        return ""
    return connection.scalar(sa.select(VERSIONS.c.version_num)) or ""


def upgrade(database: sa.Engine) -> tuple[str, str]:
    """Migrate to `newest()` in one transaction and return (revision before, revision after).

    Raises:
        WrongSchema: the database was migrated by newer code; nothing was changed.
    """
    from alembic import command  # noqa: PLC0415

    with database.begin() as connection:
        before = current(connection)
        if before and before not in known():
            raise WrongSchema(_newer(before))
        command.upgrade(_config(connection), "head")
        return before, current(connection)


def require_newest(connection: sa.Connection) -> None:
    """Refuse to work on a schema that is not this code's; raises WrongSchema."""
    found, wanted = current(connection), newest()
    if found == wanted:
        return
    if found and found not in known():
        raise WrongSchema(_newer(found))
    raise WrongSchema("the database is not set up for this version yet; nothing was changed. Run: monitor migrate")


def _newer(revision: str) -> str:
    return (
        f"the database was migrated by a newer version of Grapevine (its schema is {revision}, this code knows {newest()}); "
        "nothing was changed. Install that newer version, or restore the backup made before it"
    )

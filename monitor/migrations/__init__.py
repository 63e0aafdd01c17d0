"""Brings a database to this code's schema, forward only; run by `monitor migrate` and by nothing else."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory


class WrongSchema(Exception):
    """The database is newer than this code, or not yet migrated; the sentence says which and what to do."""


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """Return the revision this code was written for."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise WrongSchema("this installation lacks its migrations; install it again")
    return head


def known() -> frozenset[str]:
    """Return every revision that this code can migrate from, its own newest with them."""
    return frozenset(revision.revision for revision in ScriptDirectory.from_config(_config()).walk_revisions())


def current(connection: sa.Connection) -> str:
    """Return the database's revision; "" where it was never migrated."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(database: sa.Engine) -> tuple[str, str]:
    """Migrate to `newest()` in one transaction and return (revision before, revision after).

    Raises:
        WrongSchema: the database was migrated by newer code; nothing was changed.
    """
    script = ScriptDirectory.from_config(_config())
    with database.begin() as connection:
        before = current(connection)
        if before and before not in {revision.revision for revision in script.walk_revisions()}:
            raise WrongSchema(_newer(before))
        command.upgrade(_config(connection), "head")
        return before, current(connection)


def require_newest(connection: sa.Connection) -> None:
    """Refuse to work on a schema that is not this code's; raises WrongSchema."""
    found, wanted = current(connection), newest()
    if found == wanted:
        return
    script = ScriptDirectory.from_config(_config())
    known = {revision.revision for revision in script.walk_revisions()}
    if found and found not in known:
        raise WrongSchema(_newer(found))
    raise WrongSchema("the database is not set up for this version yet; nothing was changed. Run: monitor migrate")


def _newer(revision: str) -> str:
    return (
        f"the database was migrated by a newer version of Grapevine (its schema is {revision}, this code knows {newest()}); "
        "nothing was changed. Install that newer version, or restore the backup made before it"
    )

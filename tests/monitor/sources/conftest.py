"""What the sources' tests share: a web site on loopback, and a reader that may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from monitor.sources.web import Reader
from tests.builders import NOW
from tests.fakes.web import WebSite


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


@pytest.fixture
def make_reader() -> Callable[..., Reader]:
    """Build a reader named "blogs" that may read loopback; takes by keyword what a test cares about."""
    return partial(Reader, "blogs", now=lambda: NOW, allow_private=("127.0.0.1",))

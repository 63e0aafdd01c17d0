"""The worlds in which the posters play: our own lean one, and the larger stand-in where it is at hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.worlds import STAND_IN, World, our_own, stand_in


@pytest.fixture(scope="session")
def lean_world() -> Iterator[World]:
    with our_own() as world:
        yield world


@pytest.fixture(scope="session")
def large_world() -> Iterator[World]:
    if not STAND_IN.exists():
        pytest.skip(f"the larger stand-in is not here: {STAND_IN}")
    with stand_in() as world:
        yield world


@pytest.fixture
def own_world(lean_world: World) -> World:
    """Our own world, empty."""
    lean_world.control("reset", again=True)
    return lean_world


@pytest.fixture(params=["lean", "large"])
def world(request: pytest.FixtureRequest) -> World:
    """Each world, empty."""
    world: World = request.getfixturevalue(f"{request.param}_world")
    world.control("reset", again=True)
    return world

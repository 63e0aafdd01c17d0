"""The worlds in which the posters play: our own lean one, and the larger stand-in where it is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from oauthlib import oauth1

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


@pytest.fixture(autouse=True)
def _signed_without_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign anew what came out with "bad" in it: the larger world refuses that as a key, and one in ten thousand has it by chance."""
    sign = oauth1.Client.sign

    def sign_anew(*given: Any, **more: Any) -> Any:
        for _ in range(3):  # A key that is bad stays so.
            signed = sign(*given, **more)
            if "bad" not in str(signed):
                break
        return signed

    monkeypatch.setattr(oauth1.Client, "sign", sign_anew)

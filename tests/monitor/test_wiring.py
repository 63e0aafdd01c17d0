from __future__ import annotations

import pytest

from monitor.command import CommandError
from monitor.wiring import build, sample_folder


class Missing:
    """An adapter whose client library is not installed."""

    def __init__(self, extra: str) -> None:
        self.extra = extra

    def load(self) -> type:
        raise ModuleNotFoundError("no", name="tweepy")


@pytest.mark.parametrize(("extra", "how"), [("x", "grapevine-monitor[x]"), ("", "install Grapevine again")])
def test_an_adapter_without_its_client_says_how_to_install_it(extra: str, how: str) -> None:
    with pytest.raises(CommandError, match="x needs the package tweepy, which is not installed") as refused:
        build({"x": Missing(extra)}, "x")

    assert how in str(refused.value)


def test_the_sample_comes_with_the_checkout() -> None:
    assert (sample_folder() / "brands.toml").is_file()

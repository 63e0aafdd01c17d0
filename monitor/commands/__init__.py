"""Commands in modules of their own, a file for what belongs together; each adds its own to those of `monitor`."""

from __future__ import annotations

from collections.abc import Callable

import typer

from monitor.commands import adding, backtest, digest, forgetting, incidents, learning, looking, sources, stories

GROUPS: tuple[Callable[[typer.Typer], None], ...] = (
    digest.add_to,
    looking.add_to,
    incidents.add_to,
    learning.add_to,
    backtest.add_to,
    forgetting.add_to,
    sources.add_to,
    adding.add_to,
    stories.add_to,
)


def add_to(app: typer.Typer) -> None:
    """Add all of them."""
    for add in GROUPS:
        add(app)

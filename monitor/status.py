"""The command `monitor status`, and the option that both processes have to be watched by machines."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command import ConfigOption, DatabaseOption, JsonOption, help_text, print_json, print_table, say, warn

if TYPE_CHECKING:
    from monitor.workers import Seen

PortOption = Annotated[
    int | None, typer.Option("--port", min=1, max=65535, help="Also answer GET /health and /metrics here, for this machine alone.")
]


def add_to(app: typer.Typer) -> None:
    """Add `status` to the commands of `monitor`."""
    app.command(
        "status",
        short_help="Show sources, queues and what waits.",
        help=help_text("Show sources, queues, what waits and when each source last succeeded.", "monitor status --all"),
    )(status)


def status(
    rejected: Annotated[bool, typer.Option("--rejected", help="Also the rows that could not be read, with the reason.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also every worker, and when it last showed that it lives.")] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how it stands."""
    from monitor.oncall import calendar_of
    from monitor.rostering import calendar_lines
    from monitor.rotabook import RotaBook
    from monitor.standing import show, standing
    from monitor.wiring import Monitor, read_settings
    from monitor.workers import seen_executors

    monitor = Monitor(read_settings(config, database))
    shown = standing(monitor)
    seen = seen_executors(monitor.database) if everything else ()
    read = RotaBook(monitor.database).last() if calendar_of(monitor.settings) else None
    if as_json:
        print_json(asdict(shown) | {"rota": read} | ({"executors": seen} if everything else {}))
        return
    show(shown, with_rejected=rejected)
    if read is not None and read.trouble:
        warn(f"NOT READ: {calendar_lines(read, monitor.settings.oncall.timezone)[0]}")
    elif read is not None and read.unknown:
        warn(f"NOT KNOWN: {calendar_lines(read, monitor.settings.oncall.timezone)[1]}")
    if everything:
        say()
        print_table(
            ["worker", "where", "version", "started", "last heartbeat", "health"], list(map(_row, seen)) or [["none runs"] + [""] * 5]
        )


def _row(seen: Seen) -> list[str]:
    where, started = (f"{seen.host}, pid {seen.pid}", f"{seen.started_at:%d-%m %H:%M} UTC")
    heartbeat = f"{int(seen.silent_for.total_seconds())} s ago"
    return [seen.process, where, seen.application_version, started, heartbeat, "well" if seen.alive else "gone"]

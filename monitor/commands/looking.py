"""The commands that only look: `monitor mentions`, `monitor audit` and `monitor spikes`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.command import (
    BIGGEST_ID,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    help_text,
    in_utc,
    print_json,
)
from monitor.domain import MentionStatus

BrandOption = Annotated[str, typer.Option("--brand", help="Only this brand (its id).")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to those of `monitor`."""
    app.command(
        short_help="List mentions, the newest first.",
        help=help_text("List mentions, the newest first.", "monitor mentions --negative --since 2026-11-20"),
    )(mentions)
    app.command(
        short_help="Print who did what, when, with which text.",
        help=help_text("Print the record of who did what, when, with which text.", "monitor audit --mention 12"),
    )(audit)
    app.command(
        "spikes",
        short_help="Judge counts in a CSV file.",
        help=help_text(
            "Judge counts in a CSV file (ts,count): a line each, with alarm 1 where a page would go out.",
            "monitor spikes counts.csv --plot counts.png",
            "Empty counts are bins in which the source was down. Reads standard input where no file is given.",
        ),
    )(spikes)


def mentions(
    status: Annotated[MentionStatus | None, typer.Option(help="Only those at this status.")] = None,
    brand: BrandOption = "",
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="Written since then (your time).")] = None,
    negative: Annotated[bool, typer.Option("--negative", help="Only those that were scored negative.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")] = 50,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List mentions."""
    from monitor.standing import show_mentions
    from monitor.storybook import places
    from monitor.wiring import open_monitor

    monitor = open_monitor(config, database)
    if brand:
        monitor.known_brand(brand)
    found = monitor.store.mentions(status=status, brand=brand, since=in_utc(since), negative=negative, limit=limit)
    told = places(monitor.database, [stored.id for stored in found])
    if as_json:
        print_json([asdict(stored) | dict(zip(("story", "repeats"), told.get(stored.id, (None, None)), strict=True)) for stored in found])
    else:
        show_mentions(found, told)


def audit(
    mention: Annotated[
        int | None, typer.Option("--mention", metavar="ID", min=1, max=BIGGEST_ID, help="Everything about this mention and its reply.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="The newest so many.")] = 200,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the audit."""
    from monitor.standing import show_audit
    from monitor.wiring import open_monitor

    monitor = open_monitor(config, database)
    events = monitor.store.audit(mention_id=mention, limit=limit)
    if mention is not None and not events:
        raise CommandError(f"There is no mention {mention}; monitor mentions shows their numbers.")
    if as_json:
        print_json(events)
    else:
        show_audit(events)


def spikes(
    file: Annotated[Path, typer.Argument(help="The counts; - for standard input.")] = Path("-"),
    bins: Annotated[str, typer.Option(help="How long a bin is: 5m, 1h.")] = "5m",
    out: Annotated[Path, typer.Option("--out", help="Write here instead of standard output.")] = Path("-"),
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw counts, expected band and alarms (.png, .svg, .pdf).")] = None,
) -> None:
    """Judge counts."""
    from monitor.spiking import run_spikes

    run_spikes(file, bins=bins, out=out, plot=plot, show_progress=sys.stderr.isatty())

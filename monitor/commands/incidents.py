"""The commands for whoever is on call: `monitor incidents`, `ack`, `resolve`, `silence`, `oncall` and `rehearse`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from monitor.command import (
    BIGGEST_ID,
    UNAVAILABLE,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    help_text,
    print_json,
    say,
)

IdArgument = Annotated[int, typer.Argument(metavar="ID", min=1, max=BIGGEST_ID, help="The incident's number.")]
NameOption = Annotated[str, typer.Option("--as", envvar="GRAPEVINE_NAME", help="Who you are; your name stands in the record.")]
OldNameOption = Annotated[str, typer.Option("--name", hidden=True, help="What --as was called before.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to those of `monitor`."""
    app.command(
        short_help="List incidents, and the course of one.",
        help=help_text(
            "List what is being handled or was lately, silences, and floods that woke nobody; with an ID, the course of one.",
            "monitor incidents 12",
        ),
    )(incidents)
    app.command("ack", short_help="Take an incident on.", help=help_text("Take an incident on.", 'monitor ack 12 --as "Els Kamps"'))(ack)
    app.command(
        short_help="Close an incident.",
        help=help_text(
            "Close an incident; with --false as an alarm that should have woken nobody, which the digest counts among our mistakes.",
            'monitor resolve 12 --as "Els Kamps" --reason "locks work"',
        ),
    )(resolve)
    app.command(
        short_help="Let a brand's incidents wake nobody for a while.",
        help=help_text(
            "Let a brand's incidents wake nobody for a while; they are still opened and listed.",
            'monitor silence waalfiets --as "Els Kamps" --reason "open day" --for 4h',
            "With --end ID a silence ends now; monitor incidents lists them.",
        ),
    )(silence)
    app.command(
        "oncall",
        short_help="Say who is on call, and who is next.",
        help=help_text(
            "Say who is on call, and who is next.",
            "monitor oncall",
            "Where a calendar says it, it is read anew first; what cannot be read, and whom it names that nobody knows, is said.",
        ),
    )(oncall)
    app.command(
        short_help="Send a marked test page and time each leg.",
        help=help_text(
            "Send a marked test page by every way that may bring one, close it there, and report how long each leg took.",
            'monitor rehearse --as "Els Kamps"',
        ),
    )(rehearse)


def incidents(
    incident: Annotated[int | None, typer.Argument(metavar="[ID]", min=1, max=BIGGEST_ID, help="Only this one, with its course.")] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="Also what was resolved in so many days.")] = 7,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List incidents."""
    from monitor.incidentbook import IncidentBook
    from monitor.rehearsing import show_course, show_incidents
    from monitor.watchbook import WatchBook
    from monitor.wiring import now, open_monitor

    monitor = open_monitor(config, database)
    book, since = IncidentBook(monitor.database), now() - timedelta(days=days)
    if incident is not None:
        if book.incident(incident) is None:
            raise CommandError(f"There is no incident {incident}; monitor incidents lists them.")
        course = book.course(incident)
        print_json(course) if as_json else show_course(course)
        return
    found, silences, floods = book.since(since), book.silences(now()), WatchBook(monitor.database).found(since)
    if as_json:
        print_json({"incidents": found, "silences": silences, "found": floods})
    else:
        show_incidents(found, silences, floods)


def ack(
    incident: IdArgument, name: NameOption = "", old: OldNameOption = "", config: ConfigOption = None, database: DatabaseOption = None
) -> None:
    """Take an incident on."""
    from monitor.incidentbook import IncidentBook
    from monitor.wiring import now, open_monitor

    book, name = IncidentBook(open_monitor(config, database).database), _name(name or old)
    if not book.acknowledge(incident, name, now()):
        found = book.incident(incident)
        why = f"it is {found.status.value}" if found else "there is none of this number"
        raise CommandError(f"Incident {incident} cannot be taken on: {why}. Nothing was changed.")
    say(f"Incident {incident} is yours, {name}. Its people are told within a minute where monitor run works.")


def resolve(
    incident: IdArgument,
    name: NameOption = "",
    old: OldNameOption = "",
    reason: ReasonOption = "",
    false: Annotated[bool, typer.Option("--false", help="It should have woken nobody.")] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Close an incident."""
    from monitor.incidentbook import IncidentBook
    from monitor.wiring import now, open_monitor

    book = IncidentBook(open_monitor(config, database).database)
    if not book.resolve(incident, _name(name or old), now(), reason, false=false):
        why = "it is resolved already" if book.incident(incident) else "there is none of this number"
        raise CommandError(f"Incident {incident} cannot be closed: {why}. Nothing was changed.")
    say(f"Incident {incident} is resolved{', as a false alarm' if false else ''}.")


def silence(
    brand: Annotated[str, typer.Argument(help="The brand's id.")] = "",
    name: NameOption = "",
    old: OldNameOption = "",
    reason: ReasonOption = "",
    length: Annotated[str, typer.Option("--for", help="How long: 30m, 4h, 2d; a week at most.")] = "4h",
    cause: Annotated[str, typer.Option("--cause", help="Only of this cause: spike, danger or pressure.")] = "",
    end: Annotated[int | None, typer.Option("--end", metavar="ID", min=1, max=BIGGEST_ID, help="End this silence now.")] = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Silence a brand."""
    from monitor.domain import Cause, Silence
    from monitor.incidentbook import IncidentBook
    from monitor.settings.keys import Key
    from monitor.settings.values import Wrong, read_duration
    from monitor.wiring import now, open_monitor

    monitor = open_monitor(config, database)
    book, at = IncidentBook(monitor.database), now()
    if end is not None:
        if not book.end_silence(end, at):
            raise CommandError(f"There is no silence {end} that still holds. Nothing was changed.")
        say(f"Silence {end} is over.")
        return
    monitor.known_brand(brand)
    if cause and cause not in set(Cause):
        raise CommandError(f"There is no cause {cause}; there is spike, danger and pressure.", USAGE)
    if not reason.strip():
        raise CommandError("Say why with --reason: who comes after you must know. Nothing was changed.", USAGE)
    try:
        lasts = read_duration(length, Key("duration", "how long", least=timedelta(minutes=1), most=timedelta(days=7)))
    except Wrong as wrong:
        raise CommandError(f"--for {wrong}. Nothing was changed.", USAGE) from wrong
    number = book.silence(Silence(0, brand, cause, _name(name or old), reason, at, at + lasts))
    say(f"Silence {number}: {cause or 'whatever comes'} of {brand} wakes nobody until {at + lasts:%Y-%m-%d %H:%M} UTC.")
    say(f"End it sooner: monitor silence --end {number}")


def oncall(config: ConfigOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """Say who is on call."""
    from monitor.rehearsing import oncall_lines, who_is_on_call
    from monitor.rostering import Rostering, calendar_lines
    from monitor.rotabook import RotaBook
    from monitor.wiring import now, open_monitor

    monitor = open_monitor(config, database)
    # Whoever just swapped a shift wants to see it, and whoever sets this up what is wrong.
    read = Rostering(monitor).read()
    settings = RotaBook(monitor.database).oncall(monitor.settings, now())
    if as_json:
        print_json({**who_is_on_call(settings, now()), "calendar": read})
    else:
        for line in oncall_lines(settings, now()):
            say(line)
        for line in calendar_lines(read, settings.timezone):
            say(line)
    if read is not None and read.trouble:
        raise typer.Exit(UNAVAILABLE)


def rehearse(
    name: NameOption = "",
    old: OldNameOption = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send a test page."""
    from monitor.rehearsing import rehearse as send
    from monitor.rehearsing import show_legs
    from monitor.wiring import open_monitor

    monitor = open_monitor(config, database)
    legs = send(monitor, _name(name or old))
    if as_json:
        print_json(legs)
    else:
        show_legs(legs)
    if not all(leg.ok for leg in legs):
        raise typer.Exit(1)


def _name(name: str) -> str:
    if not name.strip() or len(name) > 200:
        raise CommandError("Say who you are with --as NAME, or once for all in GRAPEVINE_NAME. Nothing was changed.", USAGE)
    return name.strip()

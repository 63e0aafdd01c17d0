"""The commands `monitor backup`, `monitor restore` and `monitor move-database`; how it is done lives elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor.command import INTERRUPTED, CommandError, ConfigOption, DatabaseOption, JsonOption, help_text, print_json, say, warn


def add_to(app: typer.Typer) -> None:
    """Add these commands to those of `monitor`."""
    app.command(
        "backup",
        short_help="Copy the SQLite database while everything runs.",
        help=help_text(
            "Copy the SQLite database into one new file while everything runs, and prove the copy.",
            "monitor backup grapevine-backup.db",
            "A file that exists is never overwritten.",
        ),
    )(backup)
    app.command(
        "restore",
        short_help="Put a backup back, with publishing paused.",
        help=help_text(
            "Put a backup in the database's place, with publishing paused, and keep what stood there beside it.",
            "monitor restore grapevine-backup.db",
            "Refused while processes work on the database, and for a file that is damaged or not ours.",
        ),
    )(restore)
    app.command(
        "move-database",
        short_help="Move everything into an empty database.",
        help=help_text(
            "Move everything from one database into an empty, migrated one, and prove that both hold the same.",
            "monitor move-database --from sqlite:///grapevine.db --to postgresql://grapevine@localhost/grapevine",
            "Stop every process first. Until it ends well the target holds nothing; afterwards publishing is paused in the source.",
        ),
    )(move_database)


def backup(
    file: Annotated[Path, typer.Argument(help="The backup to make.")],
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Back up."""
    from monitor.backups import back_up, sqlite_file
    from monitor.wiring import find_database

    copied = back_up(sqlite_file(find_database(config, database)), file)
    if as_json:
        print_json(copied)
    else:
        say(f"wrote {file}: {copied.in_words()}; schema {copied.schema}; its integrity is proven.")


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    force: Annotated[
        bool, typer.Option("--force", help="Even while processes work on the database, or if it is too damaged to say.")
    ] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Restore."""
    from monitor.backups import restore as put_back
    from monitor.backups import sqlite_file
    from monitor.migrations import newest
    from monitor.wiring import find_database, now

    copied = put_back(file, sqlite_file(find_database(config, database)), now(), force=force)
    if as_json:
        print_json(copied)
        return
    say(f"{copied.file} holds the backup now: {copied.in_words()}; schema {copied.schema}.")
    if copied.kept is not None:
        say(f"What stood there before is kept in {copied.kept}")
    if copied.schema != newest():
        say("Its schema is of an older version. Run: monitor migrate")
    if copied.erased:
        say(f"{copied.erased} texts of the backup were erased since it was made, and are erased again.")
    if copied.forgot:
        say("What was erased since the backup was made is not known here. Authors' deletions are found again; of people who asked, run")
        say("  monitor forget --author HANDLE      for each once more")
    say("Publishing is paused: what was published after the backup was made may count as approved again. Look at it:")
    say("  responders list --status approved      and reject what stands there already; then: responders resume --as NAME")


def move_database(
    source: Annotated[str, typer.Option("--from", metavar="URL", help="The database that holds everything.")],
    target: Annotated[str, typer.Option("--to", metavar="URL", help="The empty database, set up by monitor migrate.")],
    as_json: JsonOption = False,
) -> None:
    """Move the database."""
    from monitor.moving import move, refuse_same
    from monitor.wiring import connect, now

    out, into = connect(source), connect(target)
    refuse_same(out, into)
    show_progress = sys.stderr.isatty()

    def progress(table: str, rows: int) -> None:
        if show_progress:
            sys.stderr.write(f"\r\x1b[K{table}: {rows} rows")

    try:
        held = move(out, into, now(), progress)
    except KeyboardInterrupt:
        raise CommandError(
            "Stopped. Nothing was moved: the target is as empty as before. Run it again to begin anew.", INTERRUPTED
        ) from None
    finally:
        if show_progress:
            sys.stderr.write("\r\x1b[K")
    if as_json:
        print_json(held)
        return
    for table, kept in held.items():
        say(f"{table}: {kept.rows} rows, equal ({kept.digest[:12]})")
    say("Everything is moved, and both hold the same.")
    warn("Publishing is paused in the old database, so that never two publish. Set GRAPEVINE_DATABASE_URL to the new one, and start.")

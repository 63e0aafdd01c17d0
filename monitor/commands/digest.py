"""`monitor digest`: the letter of a day or a week, on the screen, in a file, as figures, or in one person's mail."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.command import USAGE, CommandError, ConfigOption, DatabaseOption, JsonOption, help_text, print_json, say, write_whole


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `monitor`."""
    app.command(
        short_help="Write the digest of a day or a week.",
        help=help_text(
            "Write the digest of a day or a week: what needs you, what was said, what we did and what became of all of it.",
            "monitor digest --date 2026-11-24",
        ),
    )(digest)


def digest(
    day: Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="The day; else the last 24 hours.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write it as HTML to this file.")] = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="Of the week that begins on --date; else of the last 7 days.")] = False,
    to: Annotated[str, typer.Option("--to", metavar="ADDRESS", help="Mail it to this address alone, as a test.")] = "",
    brand: Annotated[str, typer.Option("--brand", help="The id of a brand: of this one alone, as in its own digest.")] = "",
    language: Annotated[str, typer.Option("--lang", help="nl or en; else that of its own digest, or the first of the first brand.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the digest."""
    from monitor.digest import LANGUAGES
    from monitor.settings import DigestSettings
    from monitor.standing import figures_of, put_into_words
    from monitor.telling import language_of, send_test
    from monitor.wiring import open_monitor

    if language and language not in LANGUAGES:
        raise CommandError(f"The digest knows no language {language}; it knows {', '.join(sorted(LANGUAGES))}.", USAGE)
    if day is not None and not 1970 <= day.year < 9000:
        raise CommandError(f"Nothing was said on {day:%Y-%m-%d}; name a day such as --date 2026-11-24.", USAGE)
    monitor = open_monitor(config, database)
    settings = monitor.settings
    if brand and brand not in {one.id for one in settings.brands}:
        raise CommandError(f"There is no brand {brand}; there is {', '.join(one.id for one in settings.brands)}.", USAGE)
    wanted = next((one for one in settings.digests if one.brand == brand), DigestSettings(brand))
    brands = [one for one in settings.brands if brand in {"", one.id}]
    figures = figures_of(monitor, day.date() if day else None, weekly=weekly, brands=brands)
    if as_json:
        print_json(figures)
        return
    written = put_into_words(monitor, figures, language or language_of(monitor, wanted))
    if to:
        say(f"sent to {to} by {send_test(monitor, to, written)}")
    elif html is not None:
        write_whole(html, written.html)
        say(f"wrote {html}")
    else:
        say(written.subject)
        say()
        say(written.text)

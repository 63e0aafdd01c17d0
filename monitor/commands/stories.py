"""The command `monitor stories`: what several people tell, once, with everybody who tells it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command import (
    BIGGEST_ID,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    age,
    help_text,
    in_utc,
    print_json,
    print_table,
    say,
)
from monitor.commands.looking import BrandOption

if TYPE_CHECKING:
    from monitor.domain import Story, Teller


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `monitor`."""
    app.command(
        short_help="List what several people tell, once each.",
        help=help_text(
            "List what several people tell, each story once: how many mentions, people and networks, and whether its drafts go on.",
            "monitor stories --brand waalfiets --since 2026-11-20",
            "With --story, list everybody who tells it. What one mention alone tells is no story yet.",
        ),
    )(stories)


def stories(
    brand: BrandOption = "",
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="Told since then (your time).")] = None,
    one: Annotated[int | None, typer.Option("--story", metavar="ID", min=1, max=BIGGEST_ID, help="Everybody who tells this one.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List stories."""
    from monitor import storybook
    from monitor.wiring import open_monitor

    monitor = open_monitor(config, database)
    if brand:
        monitor.known_brand(brand)
    if one is not None:
        story = storybook.story(monitor.database, one)
        if story is None:
            raise CommandError(f"There is no story {one}; monitor stories shows their numbers.")
        told = storybook.tellers(monitor.database, one, limit)
        if as_json:
            print_json({"story": story, "mentions": told})
        else:
            _show_one(story, told)
        return
    found = storybook.stories_of(monitor.database, brand=brand, since=in_utc(since), limit=limit)
    if as_json:
        print_json(found)
    elif not found:
        say("Nothing was told more than once.")
    else:
        _show(found)


def _show(found: list[Story]) -> None:
    from monitor.text import clip, for_terminal
    from monitor.wiring import now

    at = now()
    rows = [
        [
            str(story.id),
            for_terminal(story.brand),
            f"{age(story.last_at, at)} ago",
            str(story.mentions),
            str(story.repeats),
            str(story.authors),
            for_terminal(", ".join(story.networks)),
            story.drafts,
            clip(for_terminal(story.headline), 80),
        ]
        for story in found
    ]
    print_table(["ID", "brand", "last told", "mentions", "repeats", "people", "networks", "drafts", "first told as"], rows)


def _show_one(story: Story, told: list[Teller]) -> None:
    from monitor.text import for_terminal

    say(f"Story {story.id}: {for_terminal(story.headline)}")
    if story.drafts:
        say(f"Drafts: {story.drafts}, by {for_terminal(story.drafts_by)}: {for_terminal(story.drafts_reason)}")
    rows = [
        [
            str(one.mention_id),
            f"{one.posted_at:%Y-%m-%d %H:%M}",
            for_terminal(f"{one.network} {one.author}"),
            "repeats" if one.repeats else "new",
            for_terminal(one.url),
        ]
        for one in told
    ]
    print_table(["mention", "written (UTC)", "who", "tells", "where"], rows)

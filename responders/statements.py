"""The command `responders stories`: one cause, one statement (K4). A person stops the drafts of a story, or lets them go on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command import (
    BIGGEST_ID,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    help_text,
    print_json,
    print_table,
    say,
)

if TYPE_CHECKING:
    from monitor.domain import Story
    from responders.rows import Outcome
    from responders.wiring import Responders


class Deed(StrEnum):
    """What is to be done."""

    LIST = "list"
    STOP = "stop"
    GO = "go"


DRAFTS = {Deed.STOP: "stopped", Deed.GO: "go"}


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `responders`."""
    app.command(
        short_help="Stop the drafts of a story, or let them go on.",
        help=help_text(
            "Stop the drafts of a story for one statement instead of answers one by one, or let them go on.",
            'responders stories go 3 --as "Els Kamps" --reason "the statement is out, people still ask"',
            "list shows the stories whose drafts are stopped; monitor stories shows them all. Drafts stop by themselves when 20 people "
            "tell one story and most of them tell the same (K4); what stops waits, and nothing of it is lost.",
        ),
    )(stories)


def stories(
    deed: Annotated[Deed, typer.Argument(help="list, stop or go.")] = Deed.LIST,
    story_id: Annotated[int | None, typer.Argument(metavar="ID", min=1, max=BIGGEST_ID, help="The story's number.")] = None,
    name: Annotated[str, typer.Option("--as", envvar="GRAPEVINE_NAME", help="Who you are; your name stands in the audit.")] = "",
    reason: Annotated[str, typer.Option(help="Why; it stands in the audit.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List, stop or let go on."""
    from responders.wiring import Responders, read_responder_settings

    responders = Responders(read_responder_settings(config, database))
    if deed is Deed.LIST:
        _show(responders, as_json=as_json)
        return
    if story_id is None:
        raise CommandError(f"Name the story: responders stories {deed} ID --as NAME --reason WHY. Nothing was changed.", USAGE)
    outcome, story = turn(responders, story_id, deed, name, reason)
    if not outcome.ok:
        raise CommandError(f"Not done: {outcome.sentence}.")
    if as_json:
        print_json(story)
    else:
        say(f"{outcome.sentence}.")


def turn(responders: Responders, story_id: int, deed: Deed, name: str, reason: str) -> tuple[Outcome, Story | None]:
    """Stop the drafts of a story or let them go on, as a person decides; for any door: a terminal, a button.

    A stop is anybody's with a name, for it must never wait; to let them go on takes somebody who may decide for the brand.
    """
    from monitor import storybook
    from monitor.text import clean
    from monitor.wiring import now
    from responders.consent import refuse_decider
    from responders.rows import Outcome

    story = storybook.story(responders.database, story_id)
    if story is None:
        return Outcome(False, f"there is no story {story_id}; monitor stories shows their numbers"), None
    approvers = responders.settings.approvers if deed is Deed.GO else ()
    if refusal := refuse_decider(name, story.brand, approvers):
        return Outcome(False, refusal), story
    words = clean(reason).strip()
    if not words:
        return Outcome(False, "a reason is needed: it is the record of why"), story
    if story.drafts == DRAFTS[deed]:
        return Outcome(True, f"The drafts of story {story_id} {_how(deed)} already, by {story.drafts_by}; nothing was changed"), story
    turned = storybook.turn(responders.database, story_id, DRAFTS[deed], name.strip(), words, now())
    return Outcome(True, f"The drafts of story {story_id} {_how(deed)}"), turned


def _how(deed: Deed) -> str:
    return "are stopped; its mentions wait" if deed is Deed.STOP else "go on"


def _show(responders: Responders, *, as_json: bool) -> None:
    from monitor import storybook
    from monitor.text import clip, for_terminal

    found = storybook.stopped(responders.database)
    if as_json:
        print_json([{"story": story, "waiting": waiting} for story, waiting in found])
        return
    if not found:
        say("No story's drafts are stopped.")
        return
    rows = []
    for story, waiting in found:
        why, first = (clip(for_terminal(text), 60) for text in (story.drafts_reason, story.headline))
        rows.append([str(story.id), str(story.authors), str(waiting), for_terminal(story.drafts_by), why, first])
    print_table(["ID", "people", "waiting", "stopped by", "why", "first told as"], rows)

"""The commands about one person's data: `monitor forget` and `monitor export`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.command import (
    BIGGEST_ID,
    INTERRUPTED,
    REFUSED,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    count,
    help_text,
    plain,
    print_json,
    say,
    warn,
    write_whole,
)

if TYPE_CHECKING:
    from monitor.remains import Found

AuthorOption = Annotated[str, typer.Option("--author", metavar="HANDLE", help="Whose texts, by their handle; with or without @.")]
NetworkOption = Annotated[str, typer.Option("--network", help="Only on this network, such as mastodon.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands to those of `monitor`."""
    app.command(
        short_help="Erase one person's texts, or one mention.",
        help=help_text(
            "Erase what one person wrote, or one mention, wherever we keep it; says first what that is, and asks.",
            "monitor forget --author @jo@example.org",
            "What was erased does not come back by a poll, an import or a restored backup. What we published stays where it stands.",
        ),
    )(forget)
    app.command(
        short_help="Write down all we hold about one person.",
        help=help_text(
            "Write down all we hold about one person, as JSON, for that person.", "monitor export --author @jo@example.org --out jo.json"
        ),
    )(export)


def forget(
    author: AuthorOption = "",
    mention: Annotated[int | None, typer.Option("--mention", metavar="ID", min=1, max=BIGGEST_ID, help="This mention alone.")] = None,
    network: NetworkOption = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase."""
    from monitor.forgetting import Forgetting
    from monitor.remains import Remains
    from monitor.wiring import open_monitor

    author = _handle(author)
    if bool(author) == (mention is not None):
        raise CommandError("Say whom or what: monitor forget --author HANDLE, or --mention ID. Nothing was erased.", USAGE)
    if network and mention is not None:
        raise CommandError("--network goes with --author; a mention is one text on one network. Nothing was erased.", USAGE)
    monitor = open_monitor(config, database)
    remains = Remains(monitor.database)
    found = remains.by_author(author, network) if mention is None else remains.by_mention(mention)
    what = f"the author {author}{f' on {network}' if network else ''}" if mention is None else f"mention {mention}"
    _warn_of_numbers(found)
    if not found.mentions and not found.unreadable:
        raise CommandError(f"We hold nothing of {what} that can be erased. Nothing was changed.")
    if not as_json:
        for line in _will_erase(found, what):
            say(line)
    if not yes:
        _ask_whether_sure()
    done, wiped = Forgetting(monitor).forget(found.mentions, author, "monitor forget")
    if as_json:
        print_json({"erased": sorted(done.ids), "being_published": sorted(done.waiting), "rows": done.rejected, "files_wiped": wiped})
    else:
        say(f"Erased: {count(len(done.ids), 'text')}, {count(done.replies, 'answer')} of ours, {count(done.rejected, 'unreadable row')}.")
        say("What remains of each: network, time, how it was judged, and that it is erased; the record, which holds no text.")
        if found.cards:
            say("Cards in Slack are emptied within a minute while responders run is at work.")
        if found.answers:
            say("What we published stays where it stands; take it back there, if you mean that too.")
        say("Backups made before hold it still: delete them, or restore none of them on another machine (docs/operations.md).")
    if wiped.why_not:
        warn(f"Traces may be left in the database's file: {wiped.why_not}.")
    if done.waiting:
        warn(f"NOT erased: {count(len(done.waiting), 'mention')} whose answer is being published now. Run it again in a few minutes.")
        raise typer.Exit(REFUSED)


def export(
    author: AuthorOption = "",
    network: NetworkOption = "",
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file.")] = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Export."""
    from monitor.remains import Remains
    from monitor.wiring import open_monitor

    author = _handle(author)
    if not author:
        raise CommandError("Say whom: monitor export --author HANDLE. Nothing was written.", USAGE)
    remains = Remains(open_monitor(config, database).database)
    found = remains.by_author(author, network)
    _warn_of_numbers(found)
    held: dict[str, Any] = remains.export(found, author)
    if out is None:
        print_json(held)
        return
    write_whole(out, json.dumps(held, default=plain, ensure_ascii=False, indent=2) + "\n")
    say(f"wrote {out}: {count(len(found.mentions), 'text')} of {author}, with how each was judged and what we answered.")


def _handle(author: str) -> str:
    """Return a handle that can be one; raises CommandError for what would be found in everything."""
    handle = author.strip()
    if author and len(handle.lstrip("@")) < 1:
        raise CommandError(f"{author!r} is no handle; write it as the network does, such as @jo@example.org.", USAGE)
    return handle


def _ask_whether_sure() -> None:
    """Let a person say yes; raises CommandError where nobody does."""
    if not sys.stdin.isatty():
        raise CommandError("Nothing was erased: say --yes, for there is nobody to ask.", USAGE)
    try:
        sure = typer.confirm("Erase this for good?", default=False)
    except typer.Abort as stopped:
        raise CommandError("\nStopped. Nothing was erased.", INTERRUPTED) from stopped
    if not sure:
        raise CommandError("Nothing was erased.")


def _warn_of_numbers(found: Found) -> None:
    if found.numbered:
        warn(
            f"On X we know of {count(found.numbered, 'text')} only the author's number, since a name costs; any may be this person's. "
            "The number stands in what X gives people of their own data: ask for it, and give it as --author too."
        )


def _will_erase(found: Found, what: str) -> list[str]:
    lines = [
        f"Of {what} we hold {count(len(found.mentions), 'text')} with name and address. Erased with them:",
        f"  {count(found.drafts, 'draft')} that did not go out (what waits for a person is closed, what is approved is not published)",
        f"  quotes in {count(found.answers, 'answer')} of ours that stand in public",
        f"  {count(found.cards, 'card')} in Slack, emptied; digests that are not sent yet, written anew",
        f"  {count(found.unreadable, 'row')} that could not be read",
    ]
    if found.names:
        lines.append(f"{count(found.names, 'text')} of others that name the author stay; look at them with: monitor mentions")
    return lines

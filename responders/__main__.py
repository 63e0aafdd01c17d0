"""The commands of `responders`: they read their words, ask what stands behind them, and say what came of it. No rules live here."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.command import (
    REFUSED,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    age,
    help_text,
    json_line,
    new_app,
    print_json,
    print_table,
    run,
    say,
    warn,
)
from monitor.domain import ReplyStatus, Severity

if TYPE_CHECKING:
    from monitor.domain import Objection
    from responders.decisions import Decisions
    from responders.rows import Outcome
    from responders.wiring import Responders

app = new_app("Drafts open, honest replies, asks a person, and publishes what was approved exactly once.")

NameOption = Annotated[str, typer.Option("--as", envvar="GRAPEVINE_NAME", help="Who you are; your name stands in the audit.")]
ReplyArgument = Annotated[int, typer.Argument(metavar="ID", help="The reply's number, as `responders list` shows it.")]


def _responders(config: Path | None, database: str | None) -> Responders:
    from responders.wiring import Responders, read_responder_settings

    return Responders(read_responder_settings(config, database))


def _decisions(config: Path | None, database: str | None) -> Decisions:
    from responders.decisions import Decisions

    return Decisions(_responders(config, database))


def _tell(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        print_json({"ok": outcome.ok, "sentence": outcome.sentence, "reply": outcome.reply})
    elif outcome.ok:
        say(f"Reply {outcome.reply.id}: {outcome.sentence}." if outcome.reply else f"{outcome.sentence}.")
    else:
        warn(f"Not done: {outcome.sentence}.")
    if not outcome.ok:
        raise typer.Exit(REFUSED)


@app.command("run", help=help_text("Draft, publish and keep time until Ctrl-C.", "responders run"))
def run_command(config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Answer until Ctrl-C."""
    from monitor.logs import configure

    responders = _responders(config, database)
    configure("INFO", "responders", environment=responders.settings.environment)
    from responders.running import run as answer

    answer(responders)


@app.command(help=help_text("Decide at the terminal on the replies that wait, one card at a time.", 'responders review --as "Els Kamps"'))
def review(name: NameOption = "", config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Open the terminal desk."""
    from rich.console import Console

    from monitor.wiring import now
    from responders.decisions import Decisions
    from responders.review import edit_text, open_keyboard, run_desk

    responders = _responders(config, database)
    responders.store.switch()
    if not name:
        if not sys.stdin.isatty():
            raise CommandError("Say who you are: responders review --as NAME (or set GRAPEVINE_NAME).", USAGE)
        name = typer.prompt("Your name, as it will stand in the audit")
    console = Console(highlight=False)
    with open_keyboard(sys.stdin, console) as keyboard:
        run_desk(
            Decisions(responders),
            console,
            name,
            read_key=keyboard.read_key,
            read_line=keyboard.read_line,
            edit_text=lambda text: edit_text(text, os.environ),
            now=now,
        )


@app.command("list", help=help_text("Show the replies that wait, or those at one status.", "responders list --status handed_over"))
def list_command(
    status: Annotated[ReplyStatus | None, typer.Option(help="Only replies at this status.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every reply, whatever its status.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 100,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List replies."""
    from monitor.text import clip, for_terminal
    from monitor.wiring import now

    waiting = (ReplyStatus.AWAITING, ReplyStatus.SNOOZED, ReplyStatus.HANDED_OVER, ReplyStatus.NEEDS_REVIEW)
    statuses = () if everything else (status,) if status else waiting
    found = _responders(config, database).store.replies(*statuses, limit=limit)
    if as_json:
        print_json(found)
        return
    if not found:
        say("Nothing waits." if not everything and status is None else "There is none.")
        return
    rows = []
    for reply in found:
        mention = reply.mention.mention
        red = sorted({o.rule for o in reply.version.objections if o.severity is Severity.RED})
        remark = reply.reason if reply.status in {ReplyStatus.NEEDS_REVIEW, ReplyStatus.REJECTED} else ""
        remark = remark or (f"red: {' '.join(red)}" if red else "") or ("two people" if reply.approvals_needed > 1 else "")
        rows.append(
            [
                str(reply.id),
                reply.status.value,
                reply.version.sha256[:8],
                age(mention.posted_at, now()),
                f"{mention.network} {for_terminal(mention.author.handle)}",
                clip(for_terminal(mention.text), 60),
                clip(for_terminal(remark), 60),
            ]
        )
    print_table(["ID", "status", "version", "age", "who", "what they said", "remark"], rows)


def _whole_hash(decisions: Decisions, reply_id: int, version: str) -> str:
    """Return the full hash for a beginning of at least 8 digits of it, if the current version begins so; else what was given."""
    reply = decisions.responders.store.reply(reply_id)
    given = version.strip().lower()
    return reply.version.sha256 if reply and len(given) >= 8 and reply.version.sha256.startswith(given) else given


@app.command(
    help=help_text(
        "Approve exactly one text of a reply; where it was changed since, nothing is approved.",
        'responders approve 12 --version 0de17ad5 --as "Els Kamps"',
    )
)
def approve(
    reply_id: ReplyArgument,
    version: Annotated[str, typer.Option(help="The hash of the text you read, or its first 8 digits or more.")],
    name: NameOption,
    override: Annotated[str, typer.Option(help="Why it may go out though a red objection stands; a second person must then agree.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Approve a reply."""
    decisions = _decisions(config, database)
    outcome = decisions.approve(reply_id, _whole_hash(decisions, reply_id, version), name, override)
    _tell(outcome, as_json)


@app.command(help=help_text("Decide that this is not answered, and why.", 'responders reject 12 --as "Els Kamps" --reason "T3 a joke"'))
def reject(
    reply_id: ReplyArgument,
    name: NameOption,
    reason: Annotated[str, typer.Option(help="A T rule's id, your own words, or both; it stands in the digest.")],
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Reject a reply."""
    from responders.review import split_reason

    if not reason.strip():
        raise CommandError("A rejection needs a reason: it is the record of why we did not answer.", USAGE)
    rule, words = split_reason(reason)
    _tell(_decisions(config, database).reject(reply_id, name, words, rule), as_json)


@app.command(
    help=help_text("Change a reply's text in your editor, or with --text; the new text needs approval anew.", "responders edit 12 --as Els")
)
def edit(
    reply_id: ReplyArgument,
    name: NameOption,
    text: Annotated[str | None, typer.Option(help="The new text; without it your editor ($VISUAL, $EDITOR) opens.")] = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Edit a reply."""
    from responders.review import NotEdited, edit_text

    decisions = _decisions(config, database)
    reply = decisions.responders.store.reply(reply_id)
    if reply is None:
        raise CommandError(f"There is no reply {reply_id}; responders list shows those that wait.")
    if text is None:
        try:
            text = edit_text(reply.version.text, os.environ)
        except NotEdited as error:
            raise CommandError(f"Not edited: {error}. Nothing was changed.") from error
    outcome = decisions.edit(reply_id, text, name, reply.version.sha256)
    if outcome.reply is not None and not as_json:
        _print_objections(outcome.reply.version.objections)
    _tell(outcome, as_json)


@app.command(
    help=help_text("Record where you posted an approved text by hand.", "responders posted 12 --url https://x.com/us/status/1 --as Els")
)
def posted(
    reply_id: ReplyArgument,
    url: Annotated[str, typer.Option(help="The address of what you posted.")],
    name: NameOption = "a person",
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record a reply posted by hand."""
    if not url.startswith(("https://", "http://")) or any(c.isspace() for c in url) or len(url) > 2000:
        raise CommandError("An address begins with https:// and has no blanks; nothing was recorded.", USAGE)
    _tell(_decisions(config, database).posted(reply_id, name, url), as_json)


@app.command(
    help=help_text("Try a reply again that needed review, after you looked that it does not stand there.", "responders retry 12 --as Els")
)
def retry(
    reply_id: ReplyArgument, name: NameOption, config: ConfigOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Try again."""
    from monitor.wiring import now

    _tell(_responders(config, database).attempts.retry(reply_id, name, now()), as_json)


def _switch(name: str, reason: str, config: Path | None, database: str | None, *, on: bool) -> None:
    from monitor.wiring import now

    store = _responders(config, database).store
    before = store.switch()
    if before.on is on:
        since = f" since {before.changed_at:%d-%m %H:%M} UTC by {before.changed_by}" if before.changed_at else ""
        say(f"Publishing is {'on' if on else 'paused'} already{since}. Nothing was changed.")
        return
    store.turn(name, reason, now(), on=on)
    if on:
        say("Publishing is on again; what was approved meanwhile goes out now.")
    else:
        say("Publishing is paused in every process; decisions can still be taken. Restart it with: responders resume")


@app.command(
    help=help_text("Stop all publishing at once, in every process.", 'responders pause --as Els --reason "storing, wij zoeken het uit"')
)
def pause(
    name: NameOption,
    reason: Annotated[str, typer.Option(help="Why; it stands in the audit.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Pause publishing."""
    _switch(name, reason, config, database, on=False)


@app.command(help=help_text("Restart publishing after a pause.", "responders resume --as Els"))
def resume(
    name: NameOption,
    reason: Annotated[str, typer.Option(help="Why; it stands in the audit.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Resume publishing."""
    _switch(name, reason, config, database, on=True)


@app.command(
    help=help_text(
        "Show a draft for a text and what the rules say of it; nothing is stored.",
        'responders draft --text "Mijn slot gaat niet open" --brand waalfiets',
        "With --jsonl, read lines {id, lang, network, brand, author, text, facts, responsible} and write one line for each; "
        "that needs no configuration.",
    )
)
def draft(
    text: Annotated[str, typer.Option(help="The post to answer.")] = "",
    brand: Annotated[str, typer.Option(help="The brand's id; may be left out where there is one.")] = "",
    network: Annotated[str, typer.Option(help="The network it stands on.")] = "mastodon",
    author: Annotated[str, typer.Option(help="Who wrote it.")] = "@someone",
    jsonl: Annotated[Path | None, typer.Option(help="A file of JSON lines, - for standard input.")] = None,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draft without storing."""
    if jsonl is not None:
        _each_line(jsonl, _draft_line)
        return
    if not text.strip():
        raise CommandError("Give the post: responders draft --text TEXT (or --jsonl FILE).", USAGE)
    from responders.preview import preview

    shown = preview(_responders(config, database), text, brand, network, author)
    if as_json:
        print_json(shown)
        return
    say(
        f"Language: {shown.language or 'unknown'}. Triage: {shown.triage.action.value} ({' '.join(shown.triage.rules)}): {shown.triage.why}"
    )
    say(f"Delivery: {shown.delivery.value}: {shown.delivery_reason}")
    if shown.draft is None:
        say(f"No draft: {shown.why_none}")
        return
    say()
    say(shown.draft.text)
    say()
    _print_objections(shown.objections)


def _draft_line(line: dict[str, Any]) -> dict[str, Any]:
    from responders.preview import draft_line

    return draft_line(line)


@app.command(
    help=help_text(
        "Hold a text against the rules of an honest answer.",
        "responders lint reply.txt --brand waalfiets",
        "With --jsonl, read lines {id, lang, network, brand, post, author, facts, responsible, reply} and write {id, objections}; "
        "that needs no configuration. Exits 1 where a red objection stands.",
    )
)
def lint(
    file: Annotated[Path | None, typer.Argument(metavar="FILE|-", help="A text file, - for standard input.")] = None,
    jsonl: Annotated[Path | None, typer.Option(help="A file of JSON lines, - for standard input.")] = None,
    post: Annotated[str, typer.Option(help="The post that the text answers.")] = "",
    brand: Annotated[str, typer.Option(help="The brand's id or name.")] = "",
    network: Annotated[str, typer.Option(help="The network it is for.")] = "mastodon",
    language: Annotated[str, typer.Option("--lang", help="The post's language, such as nl; else it is detected.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Lint a reply."""
    from responders.policy.lines import review_line

    if jsonl is not None:
        _each_line(jsonl, review_line)
        return
    if file is None:
        raise CommandError("Give a file, - for standard input, or --jsonl FILE.", USAGE)
    text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8", errors="replace")
    line: dict[str, Any] = {"id": str(file), "network": network, "brand": brand, "post": post, "author": "", "facts": []}
    line |= {"responsible": None, "reply": text} | ({"lang": language} if language else {})
    answer = review_line(line)
    objections = answer.get("objections", [])
    if as_json:
        print_json(answer)
    else:
        for objection in objections:
            start, stop = objection["span"]
            say(f"{file}:{text.count(chr(10), 0, start) + 1}: {objection['severity']} {objection['rule']}: {objection['sentence']}")
            if stop > start:
                say(f"    {text[start:stop][:100]!r}")
        say("Clean: no rule speaks against it." if not objections else f"{len(objections)} objections.")
    if any(objection["severity"] == Severity.RED for objection in objections):
        raise typer.Exit(REFUSED)


def _each_line(path: Path, answer: Any) -> None:
    """Answer each JSON line by one line, in order; a bad line is answered by an error line, never by silence."""
    from monitor.command import each_json_line

    red = False
    for found in each_json_line(path, answer):
        red = red or any(o.get("severity") == Severity.RED for o in found.get("objections") or [])
        typer.echo(json_line(found))
    if red:
        raise typer.Exit(REFUSED)


def _print_objections(objections: tuple[Objection, ...]) -> None:
    if not objections:
        say("No rule speaks against it.")
    for objection in objections:
        say(f"  {objection.severity.value:5} {objection.rule:4} {objection.sentence}")


def main() -> None:
    """Run the commands."""
    run(app)


if __name__ == "__main__":
    main()

"""The commands of `responders`: they read their words, ask what stands behind them, and say what came of it. No rules live here."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command import (
    BIGGEST_ID,
    REFUSED,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    help_text,
    new_app,
    print_json,
    print_table,
    run,
    say,
    warn,
)
from monitor.domain import ReplyStatus
from monitor.status import PortOption
from responders import drafting, factbook, promising, releasing, rulebook, statements

if TYPE_CHECKING:
    from monitor.domain import Reply
    from responders.decisions import Decisions
    from responders.rows import Outcome
    from responders.wiring import Responders

app = new_app("Drafts open, honest replies, asks a person, and publishes what was approved exactly once.")

NameOption = Annotated[str, typer.Option("--as", envvar="GRAPEVINE_NAME", help="Who you are; your name stands in the audit.")]
ReplyArgument = Annotated[
    int, typer.Argument(metavar="ID", min=1, max=BIGGEST_ID, help="The reply's number, as `responders list` shows it.")
]


def _responders(config: Path | None, database: str | None) -> Responders:
    from responders.wiring import Responders, read_responder_settings

    return Responders(read_responder_settings(config, database))


def _decisions(config: Path | None, database: str | None) -> Decisions:
    from responders.decisions import Decisions

    return Decisions(_responders(config, database))


def _tell(outcome: Outcome, as_json: bool, language: str) -> None:
    from responders.approval.refusals import spell_refusal
    from responders.speech import say as say_in

    said = spell_refusal(language, outcome.sentence) + "."
    if as_json:
        print_json({"ok": outcome.ok, "sentence": outcome.sentence, "reply": outcome.reply})
    elif outcome.ok:
        say(say_in(language, "Reply {number}: {what}", number=outcome.reply.id, what=said) if outcome.reply else said)
    else:
        warn(say_in(language, "Not done: {why}", why=said))
    if not outcome.ok:
        raise typer.Exit(REFUSED)


@app.command(
    "run",
    short_help="Draft, publish and keep time until Ctrl-C.",
    help=help_text("Draft, publish and keep time until Ctrl-C.", "responders run"),
)
def run_command(port: PortOption = None, config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Answer until Ctrl-C."""
    from monitor.health import answering
    from monitor.logs import configure

    responders = _responders(config, database)
    configure("INFO", "responders", environment=responders.settings.environment)
    from responders.running import run as answer

    with answering(port, responders.database, "responders"):
        answer(responders)


@app.command(
    short_help="Decide at the terminal, one card at a time.",
    help=help_text("Decide at the terminal on the replies that wait, one card at a time.", 'responders review --as "Els Kamps"'),
)
def review(name: NameOption = "", config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Open the terminal desk."""
    from responders.decisions import sit_down

    responders = _responders(config, database)
    responders.store.switch()
    if not name:
        if not sys.stdin.isatty():
            raise CommandError("Say who you are: responders review --as NAME (or set GRAPEVINE_NAME).", USAGE)
        from responders.speech import say as say_in

        name = typer.prompt(say_in(responders.settings.desk_language, "Your name, as it will stand in the audit"))
    sit_down(responders, name)


@app.command(
    "list",
    short_help="Show the replies that wait, or those at one status.",
    help=help_text("Show the replies that wait, or those at one status.", "responders list --status handed_over"),
)
def list_command(
    status: Annotated[ReplyStatus | None, typer.Option(help="Only replies at this status.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every reply, whatever its status.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 100,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List replies."""
    from monitor.wiring import now
    from responders.decisions import table_rows

    waiting = (ReplyStatus.AWAITING, ReplyStatus.SNOOZED, ReplyStatus.HANDED_OVER, ReplyStatus.NEEDS_REVIEW)
    statuses = () if everything else (status,) if status else waiting
    from responders.speech import say as say_in

    responders = _responders(config, database)
    found, language = responders.store.replies(*statuses, limit=limit), responders.settings.desk_language
    if as_json:
        print_json(found)
        return
    if not found:
        say(say_in(language, "Nothing waits.") if not everything and status is None else say_in(language, "There is none."))
        return
    print_table(["ID", "status", "version", "age", "who", "what they said", "remark"], table_rows(found, now(), language))
    if not everything and any(reply.status is ReplyStatus.NEEDS_REVIEW for reply in found):
        say()
        say(say_in(language, "Look what became of those that need review, and then:"))
        say(say_in(language, "  it stands there:      responders posted ID --url URL --as NAME"))
        say(say_in(language, "  it does not:          responders retry ID --as NAME"))


def _whole_hash(reply: Reply | None, version: str) -> str:
    """Return the full hash for a beginning of at least 8 digits of it, if the current version begins so; else what was given."""
    given = version.strip().lower()
    if len(given) < 8:
        raise CommandError("Name the text by 8 digits of its hash or more, as responders list shows them. Nothing was approved.", USAGE)
    return reply.version.sha256 if reply and reply.version.sha256.startswith(given) else given


@app.command(
    short_help="Approve exactly one text of a reply.",
    help=help_text(
        "Approve exactly one text of a reply; where it was changed since, nothing is approved.",
        'responders approve 12 --version 0de17ad5 --as "Els Kamps"',
    ),
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
    from monitor.text import for_terminal

    decisions = _decisions(config, database)
    given = _whole_hash(decisions.responders.store.reply(reply_id), version)
    outcome = decisions.approve(reply_id, given, name, override)
    current = outcome.reply.version if outcome.reply else None
    if current is not None and not outcome.ok and current.sha256 != given and not as_json:
        warn(f"The text as it is now, version {current.sha256[:8]}:\n\n{for_terminal(current.text)}\n")
    _tell(outcome, as_json, decisions.language)


@app.command(
    short_help="Decide that this is not answered, and why.",
    help=help_text("Decide that this is not answered, and why.", 'responders reject 12 --as "Els Kamps" --reason "T3 a joke"'),
)
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
    decisions = _decisions(config, database)
    _tell(decisions.reject(reply_id, name, words, rule), as_json, decisions.language)


@app.command(
    short_help="Change a reply's text; it needs approval anew.",
    help=help_text(
        "Change a reply's text in your editor, or with --text; the new text needs approval anew.", 'responders edit 12 --as "Els Kamps"'
    ),
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
    from responders.preview import objections_in_words
    from responders.review import NotEdited, edit_text

    decisions = _decisions(config, database)
    reply = decisions.responders.store.reply(reply_id)
    if reply is None:
        raise CommandError(f"There is no reply {reply_id}; responders list shows those that wait.")
    if text is None:
        try:
            text = edit_text(reply.version.text, os.environ)
        except NotEdited as error:
            raise CommandError(f"Not edited: {error}.") from error
    outcome = decisions.edit(reply_id, text, name, reply.version.sha256)
    if outcome.ok and outcome.reply is not None and not as_json:
        for said in objections_in_words(outcome.reply.version.objections, decisions.language):
            say(said)
    _tell(outcome, as_json, decisions.language)


@app.command(
    short_help="Record where you posted an approved text by hand.",
    help=help_text(
        "Record where you posted an approved text by hand.", 'responders posted 12 --url https://x.com/us/status/1 --as "Els Kamps"'
    ),
)
def posted(
    reply_id: ReplyArgument,
    url: Annotated[str, typer.Option(help="The address of what you posted.")],
    name: NameOption,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record a reply posted by hand."""
    if not url.startswith(("https://", "http://")) or any(c.isspace() for c in url) or len(url) > 2000:
        raise CommandError("An address begins with https:// and has no blanks; nothing was recorded.", USAGE)
    decisions = _decisions(config, database)
    _tell(decisions.posted(reply_id, name, url), as_json, decisions.language)


@app.command(
    short_help="Try again a reply that needed review.",
    help=help_text(
        "Try a reply again that needed review, after you looked that it does not stand there.", 'responders retry 12 --as "Els Kamps"'
    ),
)
def retry(
    reply_id: ReplyArgument, name: NameOption, config: ConfigOption = None, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    """Try again."""
    decisions = _decisions(config, database)
    _tell(decisions.retry(reply_id, name), as_json, decisions.language)


@app.command(
    short_help="Stop all publishing at once, in every process.",
    help=help_text(
        "Stop all publishing at once, in every process.", 'responders pause --as "Els Kamps" --reason "storing, wij zoeken het uit"'
    ),
)
def pause(
    name: NameOption,
    reason: Annotated[str, typer.Option(help="Why; it stands in the audit.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Pause publishing."""
    decisions = _decisions(config, database)
    _tell(decisions.turn(name, reason, on=False), as_json=False, language=decisions.language)


@app.command(
    short_help="Restart publishing after a pause.",
    help=help_text("Restart publishing after a pause.", 'responders resume --as "Els Kamps"'),
)
def resume(
    name: NameOption,
    reason: Annotated[str, typer.Option(help="Why; it stands in the audit.")] = "",
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Resume publishing."""
    decisions = _decisions(config, database)
    _tell(decisions.turn(name, reason, on=True), as_json=False, language=decisions.language)


drafting.add_to(app)
rulebook.add_to(app)
factbook.add_to(app)
statements.add_to(app)
promising.add_to(app)
releasing.add_to(app)


@app.command(
    "slack-setup",
    short_help="Print what Slack needs to know of us.",
    help=help_text("Print what Slack needs to know of us, and the three steps.", "responders slack-setup"),
)
def slack_setup(
    http_url: Annotated[str, typer.Option(help="Where Slack reaches us by HTTP; without it Socket Mode is set up.")] = "",
) -> None:
    """Print the app's manifest and the steps."""
    from responders.approval.setup import describe_setup

    say(describe_setup(http_url=http_url))


@app.command(
    "slack-check",
    short_help="Prove tokens, channels and approvers in Slack.",
    help=help_text("Prove tokens, scopes, channels and approvers in Slack, and post and remove a test card.", "responders slack-check"),
)
def slack_check(config: ConfigOption = None, database: DatabaseOption = None) -> None:
    """Prove the Slack side."""
    from responders.asking import prove

    found = list(prove(_responders(config, database)))
    for finding in found:
        say(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.sentence}")
    if not all(finding.ok for finding in found):
        raise typer.Exit(REFUSED)


def main() -> None:
    """Run the commands."""
    run(app)


if __name__ == "__main__":
    main()

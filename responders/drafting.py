"""The command that shows what would be drafted, `responders draft`: for a text, for lines of JSON, or as a card of Slack."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monitor.command import (
    REFUSED,
    USAGE,
    CommandError,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    help_text,
    json_line,
    print_json,
    say,
    warn,
)
from monitor.domain import Delivery


class By(StrEnum):
    """Who drafts."""

    TEMPLATE = "template"
    LLM = "llm"


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `responders`."""
    app.command(
        short_help="Show a draft for a text; nothing is stored.",
        help=help_text(
            "Show a draft for a text and what the rules say of it; nothing is stored.",
            'responders draft --text "Mijn slot gaat niet open" --brand waalfiets',
            "With --jsonl, read lines {id, lang, network, brand, author, text, facts, responsible} and write one line for each; "
            "that needs no configuration, but for --drafter llm. With --card, print the blocks that Slack would be sent, to look at in its "
            "Block Kit Builder.",
        ),
    )(draft)


def draft(
    text: Annotated[str, typer.Option(help="The post to answer.")] = "",
    brand: Annotated[str, typer.Option(help="The brand's id; may be left out where there is one.")] = "",
    network: Annotated[str, typer.Option(help="The network it stands on.")] = "mastodon",
    author: Annotated[str, typer.Option(help="Who wrote it.")] = "@someone",
    jsonl: Annotated[Path | None, typer.Option(help="A file of JSON lines, - for standard input.")] = None,
    drafter: Annotated[By | None, typer.Option(help="Who drafts; for --text as configured, for --jsonl the templates.")] = None,
    card: Annotated[bool, typer.Option("--card", help="Print the card that Slack would show, as JSON.")] = False,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draft without storing."""
    if jsonl is not None:
        if card:
            raise CommandError("--card shows one text: responders draft --card --text TEXT.", USAGE)
        _draft_lines(jsonl, drafter, config, database)
        return
    if not text.strip():
        raise CommandError("Give the post: responders draft --text TEXT (or --jsonl FILE).", USAGE)
    from responders.preview import card_of, in_words, preview_of
    from responders.wiring import Responders, read_responder_settings

    responders = Responders(read_responder_settings(config, database), drafter.value if drafter else "")
    shown, stored = preview_of(responders, text, brand, network, author)
    if card:
        message = card_of(responders, shown, stored)
        if message is None:
            warn(f"There is no card: {shown.delivery_reason if shown.delivery is Delivery.NONE else shown.triage.why}")
            raise typer.Exit(REFUSED)
        # As the Block Kit Builder takes it; the sentence for notifications is no block.
        say(json_line({"blocks": list(message.blocks)}))
    elif as_json:
        print_json(shown)
    else:
        for said in in_words(shown, responders.settings.desk_language):
            say(said)


def _draft_lines(jsonl: Path, drafter: By | None, config: Path | None, database: str | None) -> None:
    from responders.preview import answer_lines, draft_line

    asks = None
    if drafter is By.LLM:
        from responders.wiring import Responders, read_responder_settings

        [asks] = Responders(read_responder_settings(config, database), drafter.value).drafters
    # An objection to a draft is an answer, not a failure.
    answer_lines(jsonl, lambda line: draft_line(line, asks))

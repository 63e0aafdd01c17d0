"""Draws docs/review.svg: a card of the terminal desk as it really looks, from the sample brand taken through the whole chain."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor import migrations
from monitor import pipeline as listening
from monitor.domain import Reply, Severity
from monitor.starter import copy_sample
from monitor.tables import open_database
from monitor.wiring import Monitor, sample_folder
from responders import pipeline as answering
from responders.decisions import Decisions
from responders.review import Card, card_svg
from responders.wiring import Responders, read_responder_settings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The picture's moment: always the same, so that drawing it again changes nothing but what the code changed."""

PICTURE = Path(__file__).parent.parent / "docs" / "review.svg"


def sample_cards(folder: Path) -> list[Card]:
    """Take the sample through the chain in an empty folder and return the cards that wait."""
    url = f"sqlite:///{folder / 'grapevine.db'}"
    copy_sample(sample_folder(), folder / "config", NOW)
    migrations.upgrade(open_database(url))
    settings = read_responder_settings(folder / "config", url)
    monitor, responders = Monitor(settings), Responders(settings)
    for source_settings, source in monitor.sources.values():
        for brand in monitor.brands_of(source_settings):
            listening.poll(monitor.store, source, brand, monitor.matchers[brand.id], source_settings.every, lambda: NOW)
    listening.score(monitor.store, monitor.scorers, monitor.detector, lambda: NOW)
    listening.triage(monitor.store, monitor.brands, lambda: NOW)
    drafters, facts, networks = responders.drafters, settings.facts, settings.networks
    answering.draft(responders.store, drafters, responders.brands, facts, networks, settings.reply_expires_after, lambda: NOW)
    decisions = Decisions(responders)
    replies = responders.store.replies(limit=1000)
    return [decisions.card(reply, len(replies)) for reply in replies]


def telling(card: Card) -> tuple[bool, bool, bool, int]:
    """Rank a card by how much it shows: facts, no red objection, one approver, and not too long."""
    reply: Reply = card.reply
    red = any(objection.severity is Severity.RED for objection in reply.version.objections)
    return bool(card.facts), not red, reply.approvals_needed == 1, -abs(len(reply.version.text) - 300)


def main() -> int:
    """Draw the picture; returns the exit code."""
    with TemporaryDirectory(prefix="grapevine-") as folder:
        cards = sample_cards(Path(folder))
    if not cards:
        print("The sample gives no card to draw.", file=sys.stderr)
        return 1
    PICTURE.write_text(card_svg(max(cards, key=telling), NOW), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

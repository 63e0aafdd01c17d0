"""Brings a real database to a point in the life of a reply, through the stores alone, for tests that begin there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.domain import Approval, Delivery, Draft, MentionStatus, Objection, Reply, StoredMention, Triage
from monitor.store import MonitorStore
from responders.store import ReplyStore
from tests.builders import NOW, a_mention, a_sentiment, a_triage

LATER = timedelta(days=3)


def save_mentions(database: sa.Engine, *mentions: Any, source: str = "sample", at: datetime = NOW) -> list[StoredMention]:
    """Store mentions as a poll does and return them as they stand."""
    store = MonitorStore(database)
    store.save_batch(source, "waalfiets", list(mentions), cursor="c", at=at)
    return store.waiting(MentionStatus.NEW, 1000)


def save_queued(database: sa.Engine, *mentions: Any, triage: Triage | None = None, at: datetime = NOW) -> list[StoredMention]:
    """Store mentions and take them through scoring and triage; without a triage of the test's they are to be answered."""
    store = MonitorStore(database)
    saved = save_mentions(database, *mentions, at=at)
    store.record_scores([(stored.id, "en", a_sentiment()) for stored in saved], at)
    store.record_triage([(stored.id, triage or a_triage()) for stored in saved], at)
    return ReplyStore(database).queued(1000)


def save_waiting_reply(
    database: sa.Engine,
    text: str = "",
    *,
    delivery: Delivery = Delivery.API,
    objections: Sequence[Objection] = (),
    approvals_needed: int = 1,
    at: datetime = NOW,
    **of_mention: Any,
) -> Reply:
    """Store a mention and a reply to it that awaits a person; an id of the test's own means another author and other words."""
    if number := str(of_mention.get("external_id", "")):
        of_mention.setdefault("author", f"@rider{number}@example.org")
    text = text or (words_to(number) if number else "Sorry: our locks did not open. That is our mistake. ^EK")
    stored = save_queued(database, a_mention(**of_mention), at=at)[-1]
    store = ReplyStore(database)
    draft = Draft(text, "template", (), "en")
    reply_id = store.save_draft(
        stored, draft, delivery, "we may answer here", objections, approvals_needed=approvals_needed, at=at, expires_at=at + LATER
    )
    assert reply_id is not None
    reply = store.reply(reply_id)
    assert reply is not None
    return reply


def words_to(number: str | int) -> str:
    """Return an answer that has too little in common with that of another number to be the same text (N8)."""
    gate = "gate" + "".join(chr(97 + int(one)) if one.isdecimal() else one for one in str(number) if one.isalnum())
    return f"Sorry: the lock by {gate} did not open, and {gate} is where you stood. That {gate} failed is our mistake. ^EK"


def approve(database: sa.Engine, reply: Reply, name: str = "Els Kamps", *, at: datetime = NOW, override: str = "") -> Reply:
    """Approve a reply's current version and return it as it stands."""
    outcome = ReplyStore(database).approve(reply.id, Approval(name, reply.version.sha256, at, override), ())
    assert outcome.ok, outcome.sentence
    assert outcome.reply is not None
    return outcome.reply

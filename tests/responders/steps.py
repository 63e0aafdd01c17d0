"""Steps that tests of the responders take: a reply waits, and its status is asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.domain import Delivery, Draft, Objection, Reply, ReplyStatus, Severity
from responders.store import ReplyStore
from tests.builders import a_mention
from tests.chain import save_queued, save_waiting_reply
from tests.steps import HONEST

RED = Objection("N1", Severity.RED, (0, 5), "This is no apology.")
ELS, JORIS = "Els Kamps", "Joris van Beek"


def a_waiting_reply(database: sa.Engine, text: str = "", about: str = "", **options: Any) -> Reply:
    """Store a reply that waits, to a post `about` something."""
    at = datetime.now(UTC)
    text = text or ("" if "external_id" in options else HONEST)
    if not about:
        return save_waiting_reply(database, text, at=at, **options)
    [stored] = save_queued(database, a_mention(text=about, mentions_us=True), at=at)
    reply_id = ReplyStore(database).save_draft(
        stored, Draft(text, "template", (), "en"), Delivery.API, "", (), approvals_needed=1, at=at, expires_at=at + timedelta(days=1)
    )
    assert reply_id is not None
    reply = ReplyStore(database).reply(reply_id)
    assert reply is not None
    return reply


def status_of(database: sa.Engine, reply_id: int = 1) -> ReplyStatus:
    reply = ReplyStore(database).reply(reply_id)
    assert reply is not None
    return reply.status

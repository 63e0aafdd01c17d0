"""Writes down what people say of mentions, in the transaction of the decision that says it, and which mentions are to be checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.domain import Action, Label, Verdict
from monitor.tables import labels, mentions

ONE_IN = 20
"""Of so many unflagged mentions one is offered to be checked: 5 %."""


ASIDE = ("A1", "A2", "A3", "A4", "A5", "A6")
PUT_ASIDE = sa.and_(mentions.c.action == Action.IGNORE.value, mentions.c.no_answer_rule.in_(ASIDE))
"""Of a mention: triage ignored it because it is not about the brand."""


def is_sample(mention_id: int) -> bool:
    """Say whether a mention, if it is not flagged, is offered to be checked; the same for every process and for ever."""
    return int.from_bytes(hashlib.sha256(f"sample/{mention_id}".encode()).digest()[:8]) % ONE_IN == 0


def mark_samples(connection: sa.Connection, mention_ids: Iterable[int]) -> None:
    """Mark those of these mentions that are to be checked: chosen by their numbers, not flagged, and left without an answer."""
    chosen = [mention_id for mention_id in sorted(mention_ids) if is_sample(mention_id)]
    unanswered = mentions.c.action.in_([Action.IGNORE.value, Action.WATCH.value])
    unflagged = sa.and_(sa.or_(mentions.c.label != Label.NEGATIVE.value, PUT_ASIDE), unanswered)
    for start in range(0, len(chosen), 500):
        some = mentions.c.id.in_(chosen[start : start + 500])
        connection.execute(sa.update(mentions).where(some, unflagged).values(sampled=True))


def write_labels(connection: sa.Connection, mention_id: int, verdicts: Iterable[Verdict], *, by: str, at: datetime, door: str) -> bool:
    """Write down what a person says of a mention; what they say again counts from now. False where there is no text to speak of.

    Nothing of the text is copied, so that erasing the mention erases all of it.
    """
    row = connection.execute(sa.select(mentions).where(mentions.c.id == mention_id)).one_or_none()
    if row is None or row.erased_at is not None:
        return False
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    for verdict in verdicts:
        values = {
            "mention_id": mention_id,
            "brand": row.brand,
            "network": row.network,
            "verdict": verdict.value,
            "by": by,
            "at": at,
            "door": door,
            "scorer": row.scorer or "",
            "scored": row.label_before or row.label,
            "p_negative": row.p_negative,
            "sampled": row.sampled,
        }
        statement = insert(labels).values(**values)
        statement = statement.on_conflict_do_update(index_elements=["mention_id", "verdict", "by"], set_={"at": at, "door": door})
        connection.execute(statement)
    return True


def unlink_labels(connection: sa.Connection, mention_ids: Iterable[int]) -> None:
    """Let labels no longer lead to these mentions; who pressed what and when stays, as a count."""
    ids = sorted(mention_ids)
    for start in range(0, len(ids), 500):
        connection.execute(sa.update(labels).where(labels.c.mention_id.in_(ids[start : start + 500])).values(mention_id=None))

"""Sees, within the transaction that approves a text, what others approved meanwhile: the same text, or a second reply to one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from monitor.domain import Objection, Reply, ReplyStatus, Severity
from monitor.histories import DECIDED_REPLY, read_answering
from monitor.tables import approvals, mentions, replies, versions
from responders.policy.sameness import find_same
from responders.rows import objection_rows

SAME_TEXT, SAME_PERSON = "N8", "T16"
NEWEST = 200
"""So many texts that people agreed to are compared, the newest first, as when a text is drafted."""

_STANDS = (*DECIDED_REPLY, ReplyStatus.POSTED.value)


@dataclass(frozen=True, slots=True)
class Collision:
    """Why a text may not go out any more, although nothing stood against it when it was written."""

    rule: str
    sentence: str
    """By whom and when the other one was approved, and what to do."""
    objection: Objection
    """The same as it is kept with the version, for whoever decides next."""


def take_turn(connection: sa.Connection, brand: str) -> None:
    """Wait until nobody else approves for this brand, and keep others waiting until this transaction ends.

    SQLite has one writer at a time already, who took the lock when the transaction began.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:turn, 0))"), {"turn": f"approve {brand}"})


def decided_texts(connection: sa.Connection, reply: Reply) -> list[sa.Row[Any]]:
    """Return the newest texts of this brand, each with its reply's id, that people agreed to and that stand or will stand in public."""
    query = (
        sa.select(replies.c.id, versions.c.text)
        .join(versions, sa.and_(replies.c.id == versions.c.reply_id, replies.c.version == versions.c.number))
        .join(mentions, mentions.c.id == replies.c.mention_id)
        .where(mentions.c.brand == reply.mention.mention.brand, replies.c.status.in_(_STANDS), replies.c.id != reply.id)
        .order_by(replies.c.id.desc())
        .limit(NEWEST)
    )
    return list(connection.execute(query))


def find_collision(connection: sa.Connection, reply: Reply, texts: Sequence[sa.Row[Any]]) -> Collision | None:
    """Return what collides with approving this reply now, unless whoever approves has been told of it; the turn is the caller's."""
    answering = read_answering(connection, reply.mention)
    if answering is not None and not _is_told(reply, SAME_PERSON):
        (who, at), (wie, toen) = _approved_by(connection, answering)
        return _collision(
            reply,
            SAME_PERSON,
            f"{who} approved reply {answering} to the same person at {at} (T16), so this one was not approved; reject it, "
            "or give a written reason, and then a second person must agree",
            nl=f"{wie} keurde om {toen} antwoord {answering} aan dezelfde persoon goed. Eén openbaar antwoord is genoeg.",
            en=f"{who} approved reply {answering} to the same person at {at}. One public reply is enough.",
        )
    place = find_same(reply.version.text, [row.text for row in texts])
    if place is not None and not _is_told(reply, SAME_TEXT):
        other = texts[place].id
        (who, at), (wie, toen) = _approved_by(connection, other)
        return _collision(
            reply,
            SAME_TEXT,
            f"{who} approved nearly the same text for reply {other} at {at} (N8), so this one was not approved; "
            "write to this person about what happened to them, or give a written reason, and then a second person must agree",
            nl=f"{wie} keurde om {toen} bijna dezelfde tekst goed voor antwoord {other}. Schrijf aan deze persoon, over wat die meemaakte.",
            en=f"{who} approved nearly the same text for reply {other} at {at}. Write to this person, about what happened to them.",
        )
    return None


def note_collision(connection: sa.Connection, reply: Reply, found: Collision) -> None:
    """Keep a collision with the version, so that from now on it is overridden as any red objection is."""
    version = replace(reply.version, objections=(found.objection, *reply.version.objections))
    where = sa.and_(versions.c.reply_id == reply.id, versions.c.number == version.number)
    connection.execute(versions.update().where(where).values(objections=objection_rows(version.objections)))


def _collision(reply: Reply, rule: str, sentence: str, *, nl: str, en: str) -> Collision:
    kept = nl if reply.mention.language == "nl" else en
    return Collision(rule, sentence, Objection(rule, Severity.RED, (0, len(reply.version.text)), kept, nl, en))


def _is_told(reply: Reply, rule: str) -> bool:
    """Say whether the version shows this already: an objection to the whole text, for N8 objects to a single phrase too."""
    whole = (0, len(reply.version.text))
    return any(one.rule == rule and one.span == whole for one in reply.version.objections)


def _approved_by(connection: sa.Connection, reply_id: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return who approved a reply as it stands, and when the last of them did: in English and in Dutch."""
    query = (
        sa.select(approvals.c.name, approvals.c.decided_at)
        .join(replies, sa.and_(replies.c.id == approvals.c.reply_id, replies.c.version == approvals.c.version))
        .where(replies.c.id == reply_id)
        .order_by(approvals.c.decided_at, approvals.c.name)
    )
    given = connection.execute(query).all()
    names, at = [row.name for row in given], max(row.decided_at for row in given)
    return (" and ".join(names), f"{at:%H:%M UTC on %d-%m}"), (" en ".join(names), f"{at:%H:%M UTC op %d-%m}")

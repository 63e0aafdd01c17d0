"""Asks what we still keep of people: what is older than it may be, what is only half erased, and all there is of one author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.domain import MentionStatus
from monitor.histories import NUMBERED
from monitor.quotes import Quoted
from monitor.tables import KEPT, READING, audit, mentions, rejected_rows, replies, slack_messages, versions

_STILL = sa.text(KEPT)


@dataclass(frozen=True, slots=True)
class Kept:
    """Mentions that are kept for one length of time."""

    source: str
    brand: str
    network: str


@dataclass(frozen=True, slots=True)
class Found:
    """What an erasure would erase."""

    mentions: Sequence[int]
    drafts: int = 0
    """Answers of ours that never went out, or are under way."""
    answers: int = 0
    """Answers of ours that stand in public: they stay there, and lose their quotes here."""
    cards: int = 0
    unreadable: int = 0
    """Rows that could not be read and name the author."""
    names: int = 0
    """Texts of others that name the author, which stay."""
    numbered: int = 0
    """Texts of whom we know a number alone: any may be the author's, where a name was asked for."""


class Remains:
    """Questions about what is kept; nothing is changed here."""

    def __init__(self, database: sa.Engine) -> None:
        self._reader = database.execution_options(**READING)

    def groups(self) -> list[Kept]:
        """Return what there is, by what decides how long it is kept."""
        columns = (mentions.c.source, mentions.c.brand, mentions.c.network)
        with self._reader.connect() as connection:
            return [Kept(*row) for row in connection.execute(sa.select(*columns).where(_STILL).distinct().order_by(*columns))]

    def older(self, kept: Kept, before: datetime, *, after: int, limit: int) -> list[int]:
        """Return the first mentions with an id above `after` that were read before a moment."""
        which = (mentions.c.source == kept.source, mentions.c.brand == kept.brand, mentions.c.network == kept.network)
        query = sa.select(mentions.c.id).where(_STILL, *which, mentions.c.read_at < before, mentions.c.id > after)
        with self._reader.connect() as connection:
            return list(connection.scalars(query.order_by(mentions.c.id).limit(limit)))

    def half_erased(self, *, after: int, limit: int) -> list[int]:
        """Return mentions that count as deleted and still hold something, as earlier versions left them."""
        query = sa.select(mentions.c.id).where(_STILL, mentions.c.status == MentionStatus.DELETED.value, mentions.c.id > after)
        with self._reader.connect() as connection:
            return list(connection.scalars(query.order_by(mentions.c.id).limit(limit)))

    def old_rejected(self, source: str, before: datetime, *, limit: int) -> list[int]:
        """Return rows that could not be read, before a moment, and are still kept whole."""
        which = (rejected_rows.c.source == source, rejected_rows.c.at < before, rejected_rows.c.raw != "")
        with self._reader.connect() as connection:
            return list(connection.scalars(sa.select(rejected_rows.c.id).where(*which).order_by(rejected_rows.c.id).limit(limit)))

    def rejected_sources(self) -> list[str]:
        """Return the sources of rows that could not be read and are kept whole."""
        with self._reader.connect() as connection:
            return list(connection.scalars(sa.select(rejected_rows.c.source).where(rejected_rows.c.raw != "").distinct()))

    def last_erased(self) -> datetime | None:
        """Return when something was erased last."""
        with self._reader.connect() as connection:
            last: datetime | None = connection.scalar(sa.select(sa.func.max(mentions.c.erased_at)))
            return last

    def by_author(self, handle: str, network: str = "") -> Found:
        """Return what an erasure of this author would erase; with and without @, capitals or not, are one handle."""
        bare = handle.strip().lstrip("@")
        spelt = {bare, f"@{bare}", bare.casefold(), f"@{bare.casefold()}"}
        names_them: sa.ColumnElement[bool] = mentions.c.author_handle.in_(sorted(spelt)) | sa.func.lower(mentions.c.author_handle).in_(
            sorted(spelt)
        )
        # On X an author may be known by number, and the handle then ends the name; nobody else's name counts.
        ends = "%(@" + "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in bare) + ")"
        numbered = sa.and_(mentions.c.network == NUMBERED, sa.func.trim(mentions.c.author_handle, "0123456789") == "")
        names_them = sa.or_(names_them, sa.and_(numbered, mentions.c.author_name.ilike(ends, escape="\\")))
        on_network = [mentions.c.network == network] if network else []
        with self._reader.connect() as connection:
            ids = connection.scalars(sa.select(mentions.c.id).where(_STILL, names_them, *on_network).order_by(mentions.c.id)).all()
            pattern = "%" + "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in bare) + "%"
            others = sa.and_(_STILL, ~names_them, mentions.c.text.ilike(pattern, escape="\\"))
            named = connection.scalar(sa.select(sa.func.count()).select_from(mentions).where(others, *on_network)) or 0
            quoted = Quoted([("", [bare])])
            raws = connection.scalars(sa.select(rejected_rows.c.raw).where(rejected_rows.c.raw != ""))
            unreadable = sum(quoted.held_in(raw) for raw in raws)
            nameless = sa.and_(_STILL, numbered, ~names_them, mentions.c.author_name == "", *on_network)
            unknown = 0 if bare.isdecimal() else connection.scalar(sa.select(sa.func.count()).select_from(mentions).where(nameless))
            return replace(self._count(connection, ids, unreadable, named), numbered=unknown or 0)

    def by_mention(self, mention_id: int) -> Found:
        """Return what an erasure of this mention would erase."""
        query = sa.select(mentions.c.id).where(_STILL, mentions.c.id == mention_id)
        with self._reader.connect() as connection:
            return self._count(connection, connection.scalars(query).all(), 0, 0)

    def _count(self, connection: sa.Connection, ids: Sequence[int], unreadable: int, named: int) -> Found:
        drafts = answers = cards = 0
        for start in range(0, len(ids), 500):
            ours = sa.select(replies.c.id, replies.c.status).where(replies.c.mention_id.in_(ids[start : start + 500]))
            found = connection.execute(ours).all()
            posted = sum(row.status == "posted" for row in found)
            answers, drafts = answers + posted, drafts + len(found) - posted
            stands = (slack_messages.c.reply_id.in_([row.id for row in found]), slack_messages.c.kind == "card", slack_messages.c.ts != "")
            cards += connection.scalar(sa.select(sa.func.count()).select_from(slack_messages).where(*stands)) or 0
        return Found(ids, drafts, answers, cards, unreadable, named)

    def export(self, found: Found, handle: str) -> dict[str, Any]:
        """Return everything we hold about an author, for that person: what they wrote, how we judged it, what we answered."""
        with self._reader.connect() as connection:
            told = [self._tell(connection, mention_id) for mention_id in found.mentions]
            quoted = Quoted([("", [handle.strip().lstrip("@")])])
            rows = connection.execute(sa.select(rejected_rows).where(rejected_rows.c.raw != ""))
            unreadable = [{"source": row.source, "read_at": row.at, "text": row.raw} for row in rows if quoted.held_in(row.raw)]
        return {"author": handle, "mentions": told, "could_not_be_read": unreadable, "texts_of_others_that_name_you": found.names}

    def _tell(self, connection: sa.Connection, mention_id: int) -> dict[str, Any]:
        row = connection.execute(sa.select(mentions).where(mentions.c.id == mention_id)).mappings().one()
        answer = connection.execute(sa.select(replies).where(replies.c.mention_id == mention_id)).one_or_none()
        # Who of our people decided is their own matter, and stays out.
        events = sa.select(audit.c.at, audit.c.old_status, audit.c.new_status).where(audit.c.mention_id == mention_id).order_by(audit.c.id)
        told: dict[str, Any] = dict(row)
        told["record"] = [dict(event) for event in connection.execute(events).mappings()]
        if answer is not None:
            texts = sa.select(versions.c.text, versions.c.written_at).where(versions.c.reply_id == answer.id).order_by(versions.c.number)
            told["our_answer"] = {
                "status": answer.status,
                "posted_at": answer.posted_at,
                "url": answer.posted_url,
                "text": answer.posted_text,
                "drafts": [dict(text) for text in connection.execute(texts).mappings()],
            }
        return told

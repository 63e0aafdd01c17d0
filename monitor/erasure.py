"""Erases what says who wrote what, wherever we keep it, in one transaction: the only place that does.

Network, time and figures stay, so that what was counted still adds up. A mention that is being published waits until that has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from monitor.contracts import Notice
from monitor.domain import MentionStatus, ReplyStatus
from monitor.erased import EVERY_BRAND, mark_of, note_erased
from monitor.labelled import unlink_labels
from monitor.noticebook import write_strikes
from monitor.notices import without
from monitor.quotes import Quoted, strike
from monitor.store import advance
from monitor.tables import (
    approvals,
    attempts,
    audit,
    happenings,
    mentions,
    notices,
    promises,
    rejected_rows,
    replies,
    silences,
    slack_messages,
    versions,
)

ERASED = "erased/"
"""How the id of an erased mention begins; its own mark and number follow."""
DIGESTS = sa.or_(*(notices.c.key.startswith(prefix) for prefix in ("digest/", "weekly/")))
"""Digests, by how their keys begin: they are written anew from the tables, where others lose their quotes."""
STUCK = timedelta(hours=1)
"""So long after its lease a reply that is being published is given up for an erasure: nobody works on it any more."""
_ROWS = 500

SETTLED = frozenset({MentionStatus.IGNORED, MentionStatus.WATCHED, MentionStatus.CLOSED, MentionStatus.ANSWERED})
"""Where a mention that is kept no longer stays: what the digest counted stays counted."""
OPEN = frozenset(
    {
        ReplyStatus.AWAITING,
        ReplyStatus.SNOOZED,
        ReplyStatus.APPROVED,
        ReplyStatus.POSTING,
        ReplyStatus.HANDED_OVER,
        ReplyStatus.NEEDS_REVIEW,
    }
)


class Why(StrEnum):
    """Why something is erased."""

    GONE = "gone"
    EDITED = "edited"
    ASKED = "asked"
    KEPT = "kept"

    @property
    def words(self) -> str:
        """Say it in a sentence for the record; it names the rule."""
        return _WORDS[self]


_WORDS = {
    Why.GONE: "T15: its author took it back, so our copy is erased and no answer is posted",
    Why.EDITED: "T15: its author changed it, so our copy is erased and the new text is judged anew",
    Why.ASKED: "L5: erased on request",
    Why.KEPT: "L5: it was kept as long as it may be",
}


@dataclass
class Erased:
    """What an erasure did."""

    ids: set[int] = field(default_factory=set)
    """The mentions that were erased now."""
    waiting: set[int] = field(default_factory=set)
    """Those whose answer is being published at this moment; ask again."""
    replies: int = 0
    rejected: int = 0
    """Rows that could not be read, and quoted one of them."""


def erase(connection: sa.Connection, ids: Iterable[int], why: Why, *, actor: str, at: datetime, at_once: bool = False) -> Erased:
    """Erase mentions in the caller's transaction; what is erased already is left alone, so a second time does nothing.

    What an author took back, changed or asked for goes for every brand, what was kept long enough for its own brand alone. With `at_once`
    no answer is waited for: nobody can be publishing it from a database that nobody has opened yet.
    """
    done = Erased()
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _ROWS):
        _erase_some(connection, wanted[start : start + _ROWS], why, done, actor=actor, at=at, at_once=at_once)
    if done.ids:
        write_strikes(connection, done.ids, at)
        connection.execute(sa.update(notices).where(DIGESTS, notices.c.text != "").values(title="", text="", html=""))
    return done


def _erase_some(
    connection: sa.Connection, wanted: Sequence[int], why: Why, done: Erased, *, actor: str, at: datetime, at_once: bool
) -> None:
    if why is not Why.KEPT:
        wanted = _with_siblings(connection, wanted)
    # Replies before mentions, as everybody locks them; those drafted in between are seen after the mentions are locked.
    _replies_of(connection, wanted)
    query = sa.select(mentions).where(mentions.c.id.in_(wanted), mentions.c.erased_at.is_(None)).order_by(mentions.c.id).with_for_update()
    found = {row.id: row for row in connection.execute(query)}
    ours = {row.mention_id: row for row in _replies_of(connection, list(found))}
    busy = {number for number, reply in ours.items() if not at_once and _is_being_published(reply, at)}
    done.waiting |= busy
    found = {number: row for number, row in found.items() if number not in busy}
    if not found:
        return
    for number, reply in ours.items():
        if number in found:
            _erase_reply(connection, found[number], reply, why, actor=actor, at=at)
            done.replies += 1
    done.rejected += _erase_others(connection, list(found.values()), why)
    _move(connection, list(found.values()), why, actor=actor, at=at)
    _blank(connection, list(found.values()), at)
    if why is not Why.EDITED:
        brands = {number: row.brand if why is Why.KEPT else EVERY_BRAND for number, row in found.items()}
        note_erased(connection, [(_mark(row), brands[number]) for number, row in found.items()], why.value, at)
    done.ids |= set(found)


def _with_siblings(connection: sa.Connection, wanted: Sequence[int]) -> Sequence[int]:
    """Return these mentions and the same texts as other brands have them."""
    pairs = connection.execute(sa.select(mentions.c.network, mentions.c.external_id).where(mentions.c.id.in_(wanted))).all()
    found = set(wanted)
    brands = connection.scalars(sa.select(mentions.c.brand).distinct()).all() if pairs else ()
    for network, external_id in pairs:
        same = sa.and_(mentions.c.brand.in_(brands), mentions.c.network == network, mentions.c.external_id == external_id)
        found |= set(connection.scalars(sa.select(mentions.c.id).where(same)))
    return sorted(found)


def _replies_of(connection: sa.Connection, ids: Sequence[int]) -> Sequence[Any]:
    query = sa.select(replies).where(replies.c.mention_id.in_(ids)).order_by(replies.c.id).with_for_update()
    return connection.execute(query).all() if ids else ()


def _is_being_published(reply: Any, at: datetime) -> bool:
    return reply.status == ReplyStatus.POSTING.value and reply.lease_until is not None and reply.lease_until + STUCK > at


def _names(row: Any) -> tuple[str, ...]:
    return tuple(name for name in (row.author_handle, row.author_name) if name)


def _mark(row: Any) -> str:
    """Return a mention's mark, also of one that an earlier version erased in part."""
    return mark_of(row.network, row.external_id)


def _erase_reply(connection: sa.Connection, row: Any, reply: Any, why: Why, *, actor: str, at: datetime) -> None:
    """Empty the drafts, strike the quotes from what stands in public, and end what is under way."""

    def struck(ours: str) -> str:
        return strike(ours, row.text, _names(row))

    stands = reply.status == ReplyStatus.POSTED.value
    for version in connection.execute(sa.select(versions).where(versions.c.reply_id == reply.id)).all():
        # What stands in public is our own word, and proof of what was approved (L4); a text that never went out proves nothing.
        text = struck(version.text) if stands and version.number == reply.version else ""
        which = sa.and_(versions.c.reply_id == reply.id, versions.c.number == version.number)
        connection.execute(sa.update(versions).where(which).values(text=text, objections=[]))
    for given in connection.execute(sa.select(approvals).where(approvals.c.reply_id == reply.id, approvals.c.override_reason != "")).all():
        which = sa.and_(approvals.c.reply_id == reply.id, approvals.c.version == given.version, approvals.c.name == given.name)
        connection.execute(sa.update(approvals).where(which).values(override_reason=struck(given.override_reason)))
    for tried in connection.execute(sa.select(attempts).where(attempts.c.reply_id == reply.id, attempts.c.error != "")).all():
        which = sa.and_(attempts.c.reply_id == reply.id, attempts.c.number == tried.number)
        connection.execute(sa.update(attempts).where(which).values(error=struck(tried.error)))
    lines = sa.select(slack_messages).where(
        slack_messages.c.reply_id == reply.id, slack_messages.c.kind == "line", slack_messages.c.text != ""
    )
    for line in connection.execute(lines).all():
        # A line that is not sent yet is still to be read.
        text = "" if line.ts else struck(line.text)
        connection.execute(sa.update(slack_messages).where(slack_messages.c.id == line.id).values(text=text))
    for promise in connection.execute(sa.select(promises).where(promises.c.reply_id == reply.id)).all():
        values = {"text": struck(promise.text), "reason": struck(promise.reason), "url": _without_slug(promise.url, struck)}
        connection.execute(sa.update(promises).where(promises.c.id == promise.id).values(**values))
    words = {"delivery_reason": struck(reply.delivery_reason), "posted_text": struck(reply.posted_text) if stands else ""}
    words |= {"reason": struck(reply.reason), "posted_url": _without_slug(reply.posted_url, struck)}
    connection.execute(sa.update(replies).where(replies.c.id == reply.id).values(**words))
    event = {"id": reply.id, "mention_id": row.id, "reason": why.words}
    status = ReplyStatus(reply.status)
    if status in OPEN:
        ended = event | {"lease_owner": "", "lease_until": None, "snoozed_until": None, "next_attempt_at": None}
        advance(connection, replies, [ended], status, ReplyStatus.REJECTED, actor=actor, at=at)
    else:
        # It moves nothing; who shows the reply sees by it that there is something to show anew.
        same = {"old_status": status.value, "new_status": status.value, "reason": why.words}
        connection.execute(audit.insert().values(at=at, actor=actor, mention_id=row.id, reply_id=reply.id, **same))


def _without_slug(url: str, struck: Any) -> str:
    """Return where our answer stands, unless the address itself holds their words, as Reddit's does."""
    path = urlsplit(url).path
    if not url or struck(path) == path:
        return url
    parts = path.split("/")
    if "comments" in parts and len(parts) > parts.index("comments") + 3:
        parts[parts.index("comments") + 2] = "_"
        return urlsplit(url)._replace(path="/".join(parts), query="", fragment="").geturl()
    return ""


def _move(connection: sa.Connection, found: Sequence[Any], why: Why, *, actor: str, at: datetime) -> None:
    """Write the status, an event for each that moves; of those that are only kept no longer one event tells for all."""
    by_status: dict[MentionStatus, list[dict[str, Any]]] = {}
    rule = "L5" if why in {Why.ASKED, Why.KEPT} else "T15"
    for row in found:
        status = MentionStatus(row.status)
        if status is MentionStatus.DELETED or (why is Why.KEPT and status in SETTLED):
            continue
        by_status.setdefault(status, []).append({"id": row.id, "no_answer_rule": rule, "reason": why.words})
    for status, rows in by_status.items():
        advance(connection, mentions, rows, status, MentionStatus.DELETED, actor=actor, at=at)
    if why is Why.KEPT:
        numbers = f"{len(found)} texts of {found[0].source} for {found[0].brand} erased: {why.words}"
        connection.execute(audit.insert().values(at=at, actor=actor, old_status="", new_status="erased", reason=numbers))


def _blank(connection: sa.Connection, found: Sequence[Any], at: datetime) -> None:
    unlink_labels(connection, [row.id for row in found])
    blank: dict[str, Any] = dict.fromkeys(("author_handle", "author_name", "text", "url", "language_hint", "community", "parent_id"), "")
    blank |= {"score_reasons": sa.null(), "why": sa.null(), "erased_at": at}
    change = sa.update(mentions).where(mentions.c.id == sa.bindparam("row_id")).values(external_id=sa.bindparam("to_id"), **blank)
    connection.execute(change, [{"row_id": row.id, "to_id": f"{ERASED}{_mark(row)}/{row.id}"} for row in found])
    # Who answered it names it, and on some networks by its author's handle.
    for start in range(0, len(found), 100):
        parents = [row.external_id for row in found[start : start + 100]]
        answers = sa.and_(sa.text("parent_id <> ''"), mentions.c.parent_id.in_(parents))
        connection.execute(sa.update(mentions).where(answers).values(parent_id=""))


def _erase_others(connection: sa.Connection, found: Sequence[Any], why: Why) -> int:
    """Take quotes of them out of unreadable rows, notices and what people said of incidents; returns how many rows."""

    def struck(*ours: str) -> tuple[str, ...]:
        for row in found:
            if Quoted([(row.text, _names(row))]).held_in("\n".join(ours)):
                ours = tuple(strike(words, row.text, [*_names(row), row.url]) for words in ours)
        return ours

    gone = {row.id for row in found}
    for notice in connection.execute(sa.select(notices).where(notices.c.text != "", ~DIGESTS)).all():
        if gone.intersection(notice.quoted):
            # We know where it is quoted: our own words, and the brand's name, stay as they are.
            left = without(Notice(notice.key, notice.title, notice.text, quoted=tuple(notice.quoted)), gone)
            title, [text] = notice.title, struck(left.text)
        else:
            title, text = struck(notice.title, notice.text)
        if (title, text) != (notice.title, notice.text):
            connection.execute(sa.update(notices).where(notices.c.key == notice.key).values(title=title, text=text, html=""))
    # Why somebody closed or silenced what woke them, in their own words, which may quote.
    for table in (happenings, silences):
        for one in connection.execute(sa.select(table).where(table.c.reason != "")).all():
            [reason] = struck(one.reason)
            if reason != one.reason:
                same = [column == getattr(one, column.name) for column in table.primary_key]
                connection.execute(sa.update(table).where(*same).values(reason=reason))
    # What was kept long enough goes by its own age, with all rows that are as old.
    if why is Why.KEPT:
        return 0
    return erase_rejected(connection, {row.external_id for row in found}, Quoted((row.text, _names(row)) for row in found))


def erase_rejected(connection: sa.Connection, ids: Iterable[str], quoted: Quoted) -> int:
    """Empty the rows that could not be read and hold one of these ids, or a quote; returns how many."""
    external = {external_id for external_id in ids if len(external_id) > 3}
    hit = [row.id for row in _rejected(connection) if any(one in row.raw for one in external) or quoted.held_in(_plain(row.raw))]
    empty_rejected(connection, hit)
    return len(hit)


def empty_rejected(connection: sa.Connection, ids: Sequence[int]) -> None:
    """Forget what rows that could not be read held; that there was one stays."""
    change = sa.update(rejected_rows).where(rejected_rows.c.id == sa.bindparam("row_id"))
    if ids:
        rows = [{"row_id": number, "to_reason": f"erased with what it was about (row {number})"} for number in ids]
        connection.execute(change.values(raw="", reason=sa.bindparam("to_reason")), rows)


def _rejected(connection: sa.Connection) -> Iterator[Any]:
    last = 0
    while True:
        query = sa.select(rejected_rows.c.id, rejected_rows.c.raw).where(rejected_rows.c.id > last, rejected_rows.c.raw != "")
        rows = connection.execute(query.order_by(rejected_rows.c.id).limit(_ROWS)).all()
        yield from rows
        if len(rows) < _ROWS:
            return
        last = rows[-1].id


def _plain(raw: str) -> str:
    r"""Return a row with the signs that JSON writes as \u00e9 and \n as what they are, also where it is cut off."""
    try:
        return raw.encode("ascii").decode("unicode_escape")
    except (UnicodeError, ValueError):
        return raw.replace("\\n", " ").replace("\\t", " ")

"""The questions about notices to the database: what is to be told, once by key, and who has it; nothing is sent here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.contracts import Curve, Notice
from monitor.tables import READING, STRIKE, mentions, notices, sendings
from monitor.text import clip

WAITING, SENT, FAILED = "waiting", "sent", "failed"
LEASE = timedelta(minutes=10)
"""So long a sending belongs to whoever took it; longer than any way may take."""
MOST_ERROR = 500


@dataclass(frozen=True, slots=True)
class Sending:
    """A notice on its way to one recipient, or to a way that has no recipients of its own."""

    key: str
    notifier: str
    recipient: str
    tries: int
    """How often it was taken before."""
    error: str = ""


class NoticeBook:
    """Remembers notices, and who has them."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def write(self, notice: Notice, ways: Iterable[tuple[str, str]], at: datetime, also: Sequence[Notice] = ()) -> bool:
        """Write a notice down for each (notifier, recipient); returns False, and changes nothing, where its key is there already.

        `also` are keys without words for what is told in it besides: they are written with it, and nothing is where one is there already.
        """
        if notice.attachments:
            raise ValueError("a notice with attachments cannot be written down")
        with self._database.connect() as connection, connection.begin() as transaction:
            insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
            statement = insert(notices).values([_row(one, at) for one in (notice, *also)])
            written = connection.scalars(statement.on_conflict_do_nothing(index_elements=["key"]).returning(notices.c.key)).all()
            if len(written) <= len(also):
                transaction.rollback()
                return False
            rows = [
                {"notice_key": notice.key, "notifier": notifier, "recipient": recipient, "state": WAITING, "next_at": at}
                for notifier, recipient in dict.fromkeys(ways)
            ]
            if rows:
                connection.execute(sa.insert(sendings), rows)
            _empty_if_settled(connection, notice.key)
        return True

    def ends(self, prefix: str) -> dict[str, tuple[str, str]]:
        """Return the first and the last key, in the order of letters, that begin with `prefix`, by brand."""
        query = sa.select(notices.c.brand, sa.func.min(notices.c.key), sa.func.max(notices.c.key)).group_by(notices.c.brand)
        with self._database.connect().execution_options(**READING) as connection:
            rows = connection.execute(query.where(notices.c.key.startswith(prefix, autoescape=True))).all()
        return {brand: (first, last) for brand, first, last in rows}

    def due(self, at: datetime, limit: int = 100) -> Sequence[Sending]:
        """Return what may be sent now, what waits longest first."""
        return self._find(sendings.c.state == WAITING, sendings.c.next_at <= at, limit=limit)

    def troubled(self, since: datetime) -> Sequence[Sending]:
        """Return what is not with its people: tried in vain and waiting, or failed for good since then."""
        tried = (sendings.c.state == WAITING) & (sendings.c.error != "")
        return self._find(tried | ((sendings.c.state == FAILED) & (sendings.c.next_at >= since)), limit=100)

    def take(self, sending: Sending, at: datetime) -> tuple[Notice, datetime] | None:
        """Take a sending for LEASE, and return its notice and when that was written; None where another has it, or it is settled."""
        mine = _where(sending) & (sendings.c.state == WAITING) & (sendings.c.next_at <= at) & (sendings.c.tries == sending.tries)
        with self._database.begin() as connection:
            taken = connection.execute(sa.update(sendings).where(mine).values(tries=sending.tries + 1, next_at=at + LEASE))
            if taken.rowcount != 1:
                return None
            row = connection.execute(sa.select(notices).where(notices.c.key == sending.key)).one()
            if row.thread and _is_overtaken(connection, row, sending):
                values = {"state": SENT, "sent_at": at, "error": ""}
                connection.execute(sa.update(sendings).where(_where(sending)).values(**values))
                _empty_if_settled(connection, sending.key)
                return None
        more = {name: getattr(row, name) for name in ("thread", "state", "gravity", "wakes")}
        more |= {"rings": tuple(row.rings), "quoted": tuple(row.quoted)}
        more |= {"curve": Curve(tuple(row.curve["counts"]), row.curve["said"]) if row.curve else None}
        return Notice(row.key, row.title, row.text, row.html, row.brand, **more), row.created_at

    def erased(self, ids: Sequence[int]) -> frozenset[int]:
        """Return those of these mentions that were erased."""
        query = sa.select(mentions.c.id).where(mentions.c.id.in_(ids), mentions.c.erased_at.is_not(None))
        with self._database.connect().execution_options(**READING) as connection:
            return frozenset(connection.scalars(query)) if ids else frozenset()

    def began(self, thread: str) -> datetime | None:
        """Return when the first notice of a thread was written."""
        with self._database.connect().execution_options(**READING) as connection:
            found: datetime | None = connection.scalar(sa.select(sa.func.min(notices.c.created_at)).where(notices.c.thread == thread))
        return found

    def told_of(self, thread: str) -> frozenset[tuple[str, str]]:
        """Return the ways, each with its recipient, by which anything of a thread was told or is on its way."""
        query = sa.select(sendings.c.notifier, sendings.c.recipient).join(notices, notices.c.key == sendings.c.notice_key)
        query = query.where(notices.c.thread == thread, sendings.c.state != FAILED)
        with self._database.connect().execution_options(**READING) as connection:
            return frozenset((row.notifier, row.recipient) for row in connection.execute(query))

    def rings(self, thread: str) -> tuple[int, ...]:
        """Return the numbers of the pages that asked people anew about something, as its last notice has them."""
        query = sa.select(notices.c.key, notices.c.rings).where(notices.c.thread == thread)
        with self._database.connect().execution_options(**READING) as connection:
            rows = connection.execute(query).all()
        return tuple(max(rows, key=lambda row: int(row.key.rpartition("/")[2])).rings) if rows else ()

    def rewrite(self, notice: Notice) -> bool:
        """Give words to a notice whose own were erased, because somebody quoted in it took theirs back; False where it has words."""
        empty = sa.update(notices).where(notices.c.key == notice.key, notices.c.text == "")
        with self._database.begin() as connection:
            change = empty.values(title=notice.title, text=notice.text, html=notice.html)
            return connection.execute(change).rowcount == 1

    def record_sent(self, sending: Sending, at: datetime) -> None:
        """Record that it is there."""
        self._record(sending, state=SENT, sent_at=at, error="")

    def record_failed(self, sending: Sending, error: str, at: datetime, instead: Iterable[tuple[str, str]] = ()) -> None:
        """Record that it will not be tried again, and why; `instead` are the ways that are tried in its place."""
        self._record(sending, [*instead], at, state=FAILED, next_at=at, error=clip(error, MOST_ERROR))

    def record_later(
        self, sending: Sending, error: str, next_at: datetime, at: datetime | None = None, instead: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Record why it did not go, and when to try again; what cannot wait so long goes by the ways of `instead` from `at` on too."""
        self._record(sending, [*instead], at or next_at, next_at=next_at, error=clip(error, MOST_ERROR))

    def _record(self, sending: Sending, instead: Sequence[tuple[str, str]] = (), at: datetime | None = None, **values: Any) -> None:
        # Whoever held it so long that another took it since may still say that it was sent, and nothing else.
        mine = _where(sending) & (sendings.c.state == WAITING)
        if values.get("state") != SENT:
            mine &= sendings.c.tries == sending.tries + 1
        with self._database.begin() as connection:
            changed = connection.execute(sa.update(sendings).where(mine).values(**values))
            if instead and changed.rowcount == 1:
                insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
                rows = [
                    {"notice_key": sending.key, "notifier": name, "recipient": whom, "state": WAITING, "next_at": at}
                    for name, whom in dict.fromkeys(instead)
                ]
                connection.execute(insert(sendings).on_conflict_do_nothing(), rows)
            _empty_if_settled(connection, sending.key)

    def _find(self, *conditions: sa.ColumnElement[bool], limit: int) -> Sequence[Sending]:
        query = (
            sa.select(sendings).where(*conditions).order_by(sendings.c.next_at, sendings.c.notice_key, sendings.c.recipient).limit(limit)
        )
        with self._database.connect().execution_options(**READING) as connection:
            return [Sending(row.notice_key, row.notifier, row.recipient, row.tries, row.error) for row in connection.execute(query)]


def _where(sending: Sending) -> sa.ColumnElement[bool]:
    columns = sendings.c
    return sa.and_(columns.notice_key == sending.key, columns.notifier == sending.notifier, columns.recipient == sending.recipient)


def _is_overtaken(connection: sa.Connection, row: Any, sending: Sending) -> bool:
    """Say whether this way has told already that it was taken on or is over: what began it, told now, would begin it anew."""
    later = sa.select(notices.c.key).join(sendings, sendings.c.notice_key == notices.c.key)
    later = later.where(notices.c.thread == row.thread, notices.c.created_at > row.created_at, notices.c.state != "open")
    own = (sendings.c.notifier == sending.notifier) & (sendings.c.recipient == sending.recipient)
    return connection.scalar(later.where(own, sendings.c.state == SENT).limit(1)) is not None


def _row(notice: Notice, at: datetime) -> dict[str, Any]:
    names = ("key", "brand", "title", "text", "html", "thread", "state", "gravity", "wakes")
    row = {name: getattr(notice, name) for name in names} | {"rings": list(notice.rings), "created_at": at}
    return row | {"quoted": list(notice.quoted), "curve": asdict(notice.curve) if notice.curve else {}}


def _empty_if_settled(connection: sa.Connection, key: str) -> None:
    """Forget the words of a notice that nobody waits for: they quote people, who may delete what they wrote."""
    waits = sa.exists().where(sendings.c.notice_key == key, sendings.c.state == WAITING)
    connection.execute(sa.update(notices).where(notices.c.key == key, ~waits).values(title="", text="", html=""))


def struck(key: str) -> tuple[str, int] | None:
    """Return in which thread a quote of which mention is to be changed; None where a key means something else."""
    if not key.startswith(STRIKE):
        return None
    thread, _, mention_id = key.removeprefix(STRIKE).rpartition("/")
    return thread, int(mention_id)


def write_strikes(connection: sa.Connection, ids: Iterable[int], at: datetime) -> None:
    """Write down, in the caller's transaction, that what quotes these mentions is to be changed where it is shown already, once for each.

    Whoever may be sending it just now, with the words of a moment ago, has ended before it is looked for.
    """
    gone = {*ids}
    wanted: dict[str, dict[str, Any]] = {}
    due: dict[tuple[str, str, str], datetime] = {}
    shown = sa.select(notices.c.key, notices.c.thread, notices.c.brand, notices.c.quoted)
    shown = shown.where(notices.c.thread != "", sa.cast(notices.c.quoted, sa.Text) != "[]")
    for row in connection.execute(shown).all():
        for mention_id in gone.intersection(row.quoted):
            key = f"{STRIKE}{row.thread}/{mention_id}"
            wanted[key] = {"key": key, "brand": row.brand, "title": "", "text": "", "html": "", "created_at": at}
            for one in connection.execute(sa.select(sendings).where(sendings.c.notice_key == row.key)):
                next_at = max(one.next_at, at) + LEASE if one.state == WAITING else at
                way = (key, one.notifier, one.recipient)
                due[way] = max(next_at, due.get(way, next_at))
    insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    if due:
        connection.execute(insert(notices).on_conflict_do_nothing(), [*wanted.values()])
        rows = [
            {"notice_key": key, "notifier": notifier, "recipient": recipient, "state": WAITING, "next_at": next_at}
            for (key, notifier, recipient), next_at in due.items()
        ]
        connection.execute(insert(sendings).on_conflict_do_nothing(), rows)

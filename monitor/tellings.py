"""The memory of who told what first: puts mentions into stories, and takes them out again, within the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.domain import Action, MentionStatus, StoredMention
from monitor.stories import REMEMBERED, Imprint, compare, imprint
from monitor.tables import mentions, stories, story_keys, story_mentions

SLOTS = 16
"""So many mentions are remembered under one key; a newer one takes the place of an older, so that a look-up never grows."""
CANDIDATES = 12
"""With so many texts that share most keys a new one is compared."""
AT_ONCE = 5_000
"""Keys asked for in one question."""

CARRIED = tuple(
    status.value
    for status in (
        MentionStatus.QUEUED,
        MentionStatus.ESCALATED,
        MentionStatus.DRAFTED,
        MentionStatus.ANSWERED,
        MentionStatus.CLOSED,
    )
)
"""A mention at one of these has a card of its own, had one, or will have one."""
SAME_AUTHOR, SAME_WORDS = "T16", "N8"
"""Why a repeat gets no card: its author has one already, or others said these words before and are answered."""

ESCALATED = frozenset({"T10", "T11", "T12"})
"""Where one of these decided, a repeat that gets the card after all is escalated too."""

STOPPED = "stopped"
"""How the drafts of a story stand when they wait for one statement."""
STATEMENT_FROM = 20
"""When so many people tell one story, it is answered by one statement: its drafts stop until a person says otherwise (K4)."""

Move = Callable[[sa.Connection, dict[str, Any], datetime], object]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a mention is to what was told before."""

    story_id: int
    repeats_id: int | None = None
    carried: Action | None = None
    """What was decided for the mention that it repeats, where that one carries its card."""
    same_author: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """A mention that others are compared with."""

    id: int
    author: tuple[str, str]
    posted_at: datetime
    text: str


def assign(
    connection: sa.Connection, told: Sequence[StoredMention], known: Mapping[str, frozenset[str]], at: datetime
) -> dict[int, Telling]:
    """Put each mention that tells again what another told into that one's story; returns what those are, by id.

    Safe to repeat: who is in a story stays there. Two processes take turns, so that they never make two stories of one.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE stories IN SHARE ROW EXCLUSIVE MODE"))
    by_brand: dict[str, list[StoredMention]] = {}
    for stored in told:
        by_brand.setdefault(stored.mention.brand, []).append(stored)
    for brand, mine in by_brand.items():
        _Shelf(connection, brand, known.get(brand, frozenset()), at).put(mine)
    return read_tellings(connection, [stored.id for stored in told])


def read_tellings(connection: sa.Connection, ids: Sequence[int]) -> dict[int, Telling]:
    """Return what these mentions are to what was told before, for those that are in a story."""
    own, first = mentions.alias("own"), mentions.alias("first")
    query = (
        sa.select(
            story_mentions,
            first.c.status,
            first.c.action,
            sa.and_(own.c.network == first.c.network, own.c.author_handle == first.c.author_handle).label("same_author"),
        )
        .join(own, own.c.id == story_mentions.c.mention_id)
        .outerjoin(first, first.c.id == story_mentions.c.repeats_id)
        .where(story_mentions.c.mention_id.in_(ids))
    )
    return {
        row.mention_id: Telling(
            row.story_id, row.repeats_id, Action(row.action) if row.status in CARRIED and row.action else None, bool(row.same_author)
        )
        for row in connection.execute(query)
    }


class _Shelf:
    """One brand's stories, within a transaction."""

    def __init__(self, connection: sa.Connection, brand: str, known: frozenset[str], at: datetime) -> None:
        self.connection, self.brand, self.known, self.at = connection, brand, known, at
        self.insert = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
        self.by_key: dict[int, set[int]] = {}
        self.imprints: dict[int, Imprint] = {}
        self.heads: dict[int, _Known] = {}
        self.story_of: dict[int, int] = {}
        self.joined: dict[int, list[tuple[datetime, int]]] = {}

    def put(self, told: Sequence[StoredMention]) -> None:
        linked = set(
            self.connection.scalars(
                sa.select(story_mentions.c.mention_id).where(story_mentions.c.mention_id.in_([stored.id for stored in told]))
            )
        )
        fresh = sorted((stored for stored in told if stored.id not in linked), key=lambda stored: stored.id)
        for stored in fresh:
            self.imprints[stored.id] = imprint(stored.mention.text, self.known)
        self._look_up({key for stored in fresh for key in self.imprints[stored.id].keys})
        for stored in fresh:
            self._put_one(stored)
        self._count()

    def _look_up(self, keys: Iterable[int]) -> None:
        """Read which mentions are remembered under these keys."""
        asked = sorted(keys)
        for start in range(0, len(asked), AT_ONCE):
            query = sa.select(story_keys.c.key, story_keys.c.mention_id)
            query = query.where(story_keys.c.brand == self.brand, story_keys.c.key.in_(asked[start : start + AT_ONCE]))
            for key, mention_id in self.connection.execute(query):
                self.by_key.setdefault(key, set()).add(mention_id)

    def _put_one(self, stored: StoredMention) -> None:
        mine = self.imprints[stored.id]
        shared = Counter(other for key in mine.keys for other in self.by_key.get(key, ()) if other != stored.id)
        nearest = [other for other, _count in sorted(shared.items(), key=lambda pair: (-pair[1], -pair[0]))[:CANDIDATES]]
        best: tuple[bool, float, int] | None = None
        for other in self._read(nearest):
            if abs(other.posted_at - stored.mention.posted_at) > REMEMBERED:
                continue
            likeness = compare(self._imprint(other), mine)
            if likeness.same:
                best = max(best or (False, 0.0, 0), (likeness.repeats, likeness.p, -other.id))
        repeats = best is not None and best[0]
        if best is not None:
            self._join(stored, -best[2], repeats=repeats)
        if not repeats:
            self._remember(stored, mine)

    def _read(self, ids: Sequence[int]) -> list[_Known]:
        missing = [one for one in ids if one not in self.heads]
        if missing:
            query = sa.select(mentions).where(mentions.c.id.in_(missing), mentions.c.status != MentionStatus.DELETED.value)
            for row in self.connection.execute(query):
                self.heads[row.id] = _Known(row.id, (row.network, row.author_handle), row.posted_at, row.text)
            links = sa.select(story_mentions.c.mention_id, story_mentions.c.story_id).where(story_mentions.c.mention_id.in_(missing))
            for mention_id, story_id in self.connection.execute(links):
                self.story_of[mention_id] = story_id
        return [self.heads[one] for one in ids if one in self.heads]

    def _imprint(self, other: _Known) -> Imprint:
        if other.id not in self.imprints:
            self.imprints[other.id] = imprint(other.text, self.known)
        return self.imprints[other.id]

    def _join(self, stored: StoredMention, other: int, *, repeats: bool) -> None:
        story_id = self.story_of.get(other)
        first = self.heads[other]
        if story_id is None:
            statement = stories.insert().values(
                brand=self.brand, first_at=first.posted_at, last_at=first.posted_at, headline_id=first.id, mentions=1
            )
            story_id = int(self.connection.scalars(statement.returning(stories.c.id)).one())
            self.connection.execute(story_mentions.insert().values(mention_id=first.id, story_id=story_id))
            self.story_of[first.id] = story_id
        self.joined.setdefault(story_id, []).append((stored.mention.posted_at, stored.id))
        link = {"mention_id": stored.id, "story_id": story_id, "repeats_id": other if repeats else None}
        self.connection.execute(story_mentions.insert().values(link))
        self.story_of[stored.id] = story_id

    def _remember(self, stored: StoredMention, mine: Imprint) -> None:
        mention = stored.mention
        self.heads[stored.id] = _Known(stored.id, (mention.network, mention.author.handle), mention.posted_at, mention.text)
        remember(self.connection, self.brand, stored.id, mention.posted_at, mine)
        for key in mine.keys:
            self.by_key.setdefault(key, set()).add(stored.id)

    def _count(self) -> None:
        """Write once for each story how many joined it; its headline is what was written first."""
        for story_id, joined in sorted(self.joined.items()):
            row = self.connection.execute(sa.select(stories).where(stories.c.id == story_id)).one()
            first_at, headline = min([(row.first_at, row.headline_id), *joined])
            last_at = max(row.last_at, max(joined)[0])
            values = {"first_at": first_at, "headline_id": headline, "last_at": last_at, "mentions": row.mentions + len(joined)}
            self.connection.execute(stories.update().where(stories.c.id == story_id).values(values))
            if not row.drafts and row.mentions + len(joined) >= STATEMENT_FROM:
                stop_if_many(self.connection, story_id, self.at)


def stop_if_many(connection: sa.Connection, story_id: int, at: datetime) -> None:
    """Stop the drafts of a story that many people tell, unless a person decided about them before (K4)."""
    people = sa.select(mentions.c.network, mentions.c.author_handle).distinct()
    people = people.join(story_mentions, story_mentions.c.mention_id == mentions.c.id).where(story_mentions.c.story_id == story_id)
    number = connection.scalar(sa.select(sa.func.count()).select_from(people.subquery())) or 0
    if number >= STATEMENT_FROM:
        reason = f"{number} people tell it: one statement instead of answers one by one (K4)"
        values = {"drafts": STOPPED, "drafts_by": "stories", "drafts_at": at, "drafts_reason": reason}
        connection.execute(stories.update().where(stories.c.id == story_id, stories.c.drafts == "").values(values))


def is_stopped() -> sa.ColumnElement[bool]:
    """Return the condition on `mentions` that the drafts of its story are stopped (K4)."""
    held = sa.select(story_mentions.c.mention_id).join(stories, stories.c.id == story_mentions.c.story_id)
    return mentions.c.id.in_(held.where(stories.c.drafts == STOPPED))


def remember(connection: sa.Connection, brand: str, mention_id: int, posted_at: datetime, mine: Imprint) -> None:
    """Remember a mention under its keys, each in place of an older one."""
    if not mine.keys:
        return
    insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    statement = insert(story_keys)
    statement = statement.on_conflict_do_update(
        index_elements=["brand", "key", "slot"],
        set_={"mention_id": statement.excluded.mention_id, "posted_at": statement.excluded.posted_at},
    )
    slot = mention_id % SLOTS
    rows = [{"brand": brand, "key": key, "slot": slot, "mention_id": mention_id, "posted_at": posted_at} for key in mine.keys]
    connection.execute(statement, rows)


def withdraw(connection: sa.Connection, ids: Sequence[int], at: datetime, move: Move) -> None:
    """Take mentions that were erased out of their stories' counts, headlines and keys, and give their card to the next that says the same.

    `move` moves a mention's status, as `monitor.store.advance` does.
    """
    connection.execute(story_keys.delete().where(story_keys.c.mention_id.in_(ids)))
    gone = connection.execute(sa.select(story_mentions).where(story_mentions.c.mention_id.in_(ids))).all()
    for story_id in sorted({row.story_id for row in gone}):
        there = (
            sa.select(mentions.c.id, mentions.c.posted_at)
            .join(story_mentions, story_mentions.c.mention_id == mentions.c.id)
            .where(story_mentions.c.story_id == story_id, mentions.c.status != MentionStatus.DELETED.value)
        )
        left = there.subquery()
        first = connection.execute(there.order_by(mentions.c.posted_at, mentions.c.id).limit(1)).one_or_none()
        count, last_at = connection.execute(sa.select(sa.func.count(), sa.func.max(left.c.posted_at)).select_from(left)).one()
        values: dict[str, Any] = {"mentions": count}
        if first is not None:
            values |= {"headline_id": first.id, "first_at": first.posted_at, "last_at": last_at}
        connection.execute(stories.update().where(stories.c.id == story_id).values(values))
    hand_on(connection, ids, at, move)


def hand_on(connection: sa.Connection, ids: Sequence[int], at: datetime, move: Move) -> None:
    """Give the card of mentions that are not answered after all to the first of those that say the same and have none."""
    said = sa.select(sa.func.coalesce(story_mentions.c.repeats_id, story_mentions.c.mention_id))
    for root in sorted(set(connection.scalars(said.where(story_mentions.c.mention_id.in_(ids))))):
        family = sa.select(story_mentions.c.mention_id).where(story_mentions.c.repeats_id == root)
        alike = sa.or_(mentions.c.id == root, mentions.c.id.in_(family))
        if connection.scalar(sa.select(mentions.c.id).where(alike, mentions.c.status.in_(CARRIED)).limit(1)) is not None:
            continue
        waits = (mentions.c.status == MentionStatus.WATCHED.value) & mentions.c.no_answer_rule.in_([SAME_AUTHOR, SAME_WORDS])
        query = sa.select(mentions.c.id, mentions.c.rules).where(mentions.c.id.in_(family), waits)
        for row in connection.execute(query.order_by(mentions.c.posted_at, mentions.c.id).limit(1)).all():
            rules = list(row.rules or ())[1:]
            action = Action.ESCALATE if rules and rules[0] in ESCALATED else Action.RESPOND
            reason = "the mention that it repeats is gone or not answered, so this one gets the card"
            values = {"id": row.id, "rules": rules, "action": action.value, "no_answer_rule": None, "why": reason, "reason": reason}
            move(connection, values, at)

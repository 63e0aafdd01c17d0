"""The memory of who told what first: puts mentions into stories, and takes them out again, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

import sqlalchemy as sa

from monitor.causebook import gather, recount
from monitor.domain import Action, MentionStatus, StoredMention
from monitor.shelf import IMPRINTS, Shelf
from monitor.stories import Locate, Meaning, compare, may_be_same
from monitor.tables import mentions, stories, story_keys, story_mentions

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

AGREEING = 0.5
"""And this share of its tellers, each with each, must tell the same.

A mention joins a story through any one that tells the same, and so a chain may lead from a lost bag to a kind crew: such chains of 20
people and more, in a week of real tweets at six airlines, mostly agreed in 0.05 to 0.33 of their pairs, the one about a contest in 0.64.
"""

Move = Callable[[sa.Connection, dict[str, Any], datetime], object]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a mention is to what was told before."""

    story_id: int
    repeats_id: int | None = None
    carried: Action | None = None
    """What was decided for the mention that it repeats, where that one carries its card."""
    same_author: bool = False


def assign(
    connection: sa.Connection,
    told: Sequence[StoredMention],
    known: Mapping[str, frozenset[str]],
    at: datetime,
    meaning: Meaning | None = None,
    locate: Locate | None = None,
) -> dict[int, Telling]:
    """Put each mention that tells again what another told into that one's story; returns what those are, by id.

    Where `locate` gives texts their places, what has one cause is put into one story too, in whatever words it is told. Safe to repeat:
    who is in a story stays in one. Two processes take turns, so that they never make two stories of one.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE stories IN SHARE ROW EXCLUSIVE MODE"))
    by_brand: dict[str, list[StoredMention]] = {}
    for stored in told:
        by_brand.setdefault(stored.mention.brand, []).append(stored)
    for brand, mine in by_brand.items():
        shelf = Shelf(connection, brand, known.get(brand, frozenset()), meaning, locate)
        for story_id in shelf.put(mine, STATEMENT_FROM, at):
            stop_if_many(connection, story_id, shelf, at)
        written = [stored.mention.posted_at for stored in mine]
        if locate is not None and not shelf.is_usually_busy(max(written), at):
            gather(connection, brand, written, shelf.known, IMPRINTS, locate)
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


def stop_if_many(connection: sa.Connection, story_id: int, shelf: Shelf, at: datetime) -> None:
    """Stop the drafts of a story that many people tell, unless a person decided about them before (K4)."""
    people = sa.select(mentions.c.network, mentions.c.author_handle).distinct()
    people = people.join(story_mentions, story_mentions.c.mention_id == mentions.c.id).where(story_mentions.c.story_id == story_id)
    number = connection.scalar(sa.select(sa.func.count()).select_from(people.subquery())) or 0
    if number >= STATEMENT_FROM and _tells_one_thing(connection, story_id, shelf):
        reason = f"{number} people tell it: one statement instead of answers one by one (K4)"
        values = {"drafts": STOPPED, "drafts_by": "stories", "drafts_at": at, "drafts_reason": reason}
        connection.execute(stories.update().where(stories.c.id == story_id, stories.c.drafts == "").values(values))


def _tells_one_thing(connection: sa.Connection, story_id: int, shelf: Shelf) -> bool:
    """Say whether those who told a story last tell the same, most of them each with each; one after another may lead anywhere."""
    query = sa.select(mentions.c.text).join(story_mentions, story_mentions.c.mention_id == mentions.c.id)
    query = query.where(story_mentions.c.story_id == story_id, mentions.c.status != MentionStatus.DELETED.value)
    texts = list(connection.scalars(query.order_by(mentions.c.id.desc()).limit(STATEMENT_FROM)))
    doubt = shelf.doubt if shelf.busy else 0.0
    both = list(combinations(IMPRINTS.of(texts, shelf.known, keyed=False), 2))
    return sum(may_be_same(one, other) and compare(one, other, doubt=doubt).same for one, other in both) >= AGREEING * len(both)


def is_stopped() -> sa.ColumnElement[bool]:
    """Return the condition on `mentions` that the drafts of its story are stopped (K4)."""
    held = sa.select(story_mentions.c.mention_id).join(stories, stories.c.id == story_mentions.c.story_id)
    return mentions.c.id.in_(held.where(stories.c.drafts == STOPPED))


def withdraw(connection: sa.Connection, ids: Sequence[int], at: datetime, move: Move) -> None:
    """Take mentions that were erased out of their stories' counts, headlines and keys, and give their card to the next that says the same.

    `move` moves a mention's status, as `monitor.store.advance` does.
    """
    connection.execute(story_keys.delete().where(story_keys.c.mention_id.in_(ids)))
    gone = connection.execute(sa.select(story_mentions).where(story_mentions.c.mention_id.in_(ids))).all()
    for story_id in sorted({row.story_id for row in gone}):
        recount(connection, story_id)
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

"""Writes down which mentions have one cause: one story, in which each keeps a card of its own, within the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.domain import Label, MentionStatus
from monitor.imprints import LONGEST, Imprints
from monitor.stories import Locate
from monitor.tables import mentions, stories, story_mentions

LOOKED_AT = timedelta(hours=6)
"""Where many are taken in at once, it is looked at how things stood at such steps."""
MOST_LOOKS = 16
GUESSED = {Label.NEGATIVE.value: 0.6, Label.NEUTRAL.value: 0.3, Label.POSITIVE.value: 0.1}
"""How likely a mention is negative where the scorer gave no chance."""
THERE = mentions.c.status != MentionStatus.DELETED.value


@dataclass(frozen=True, slots=True)
class _Told:
    """A mention that may have the cause."""

    id: int
    at: datetime
    text: str
    p_negative: float


def gather(
    connection: sa.Connection, brand: str, told: Collection[datetime], known: frozenset[str], imprints: Imprints, locate: Locate
) -> list[int]:
    """Put what has one cause into one story, for a brand of which posts written at these times came in; returns those stories.

    What repeats another is not looked at: it goes where that one goes. Safe to repeat.
    """
    # numpy, which no command needs to start.
    from monitor.causes import LEAST, MOST, NEWEST, WITHIN, Post  # noqa: PLC0415
    from monitor.causes import gather as find  # noqa: PLC0415

    found: list[int] = []
    for until in _looks(told, NEWEST):
        seen = _read(connection, brand, until - WITHIN, until, MOST, NEWEST)
        if sum(one.at > until - WITHIN / 6 for one in seen) < LEAST:
            continue
        texts = [one.text[:LONGEST] for one in seen]
        prints = imprints.of(texts, known, keyed=False)
        posts = [Post(one.at, place, mine.stems, one.p_negative) for one, place, mine in zip(seen, locate(texts), prints, strict=True)]
        if group := [seen[place].id for place in find(posts)]:
            found.append(unite(connection, brand, group, {one.id for one in seen}))
    return list(dict.fromkeys(found))


def _looks(told: Iterable[datetime], many: int) -> list[datetime]:
    """Return when things are looked at, the latest last: after the last post of each stretch of LOOKED_AT, and of each so many."""
    stretches: dict[int, list[datetime]] = {}
    for at in sorted(told):
        stretches.setdefault(int(at.timestamp() // LOOKED_AT.total_seconds()), []).append(at)
    last = {at for stretch in stretches.values() for at in (*stretch[many - 1 :: many], stretch[-1])}
    return sorted(last)[-MOST_LOOKS:]


def _read(connection: sa.Connection, brand: str, since: datetime, until: datetime, most: int, newest: int) -> list[_Told]:
    """Return what was written about a brand in that time and repeats nothing, the earliest first.

    Where it is `most` and more, so many of the `newest`, and the earliest to make up `most`.
    """
    query = (
        sa.select(mentions.c.id, mentions.c.posted_at, mentions.c.text, mentions.c.p_negative, mentions.c.label)
        .outerjoin(story_mentions, story_mentions.c.mention_id == mentions.c.id)
        .where(mentions.c.brand == brand, mentions.c.posted_at > since, mentions.c.posted_at <= until, THERE)
        .where(story_mentions.c.repeats_id.is_(None), mentions.c.status != MentionStatus.NEW.value)
    )
    latest = connection.execute(query.order_by(mentions.c.posted_at.desc(), mentions.c.id.desc()).limit(most)).all()
    if len(latest) == most:
        earliest = connection.execute(query.order_by(mentions.c.posted_at, mentions.c.id).limit(most - newest)).all()
        latest = [*latest[:newest], *reversed(earliest)]
    return [
        _Told(row.id, row.posted_at, row.text, GUESSED.get(row.label, 0.3) if row.p_negative is None else row.p_negative)
        for row in reversed(latest)
    ]


def unite(connection: sa.Connection, brand: str, group: Sequence[int], seen: Collection[int]) -> int:
    """Put these mentions, the earliest first, into one story, and return it.

    It is the story that most of them are in, if most of its mentions that were `seen` are among them; those in none join it, and so does
    a story of which all are among them, unless a person decided about its drafts. Who is in another story stays there.
    """
    query = sa.select(story_mentions.c.mention_id, story_mentions.c.story_id).where(story_mentions.c.mention_id.in_(group))
    placed: dict[int, int] = {row.mention_id: row.story_id for row in connection.execute(query)}
    within = Counter(placed.values())
    told = _tellers(connection, within)
    homes = [one for one, number in within.items() if 2 * number > len(told[one].intersection(seen))]
    if homes:
        home = min(homes, key=lambda one: (-within[one], one))
    else:
        first = connection.execute(sa.select(mentions.c.posted_at).where(mentions.c.id == group[0])).one()
        values = {"first_at": first.posted_at, "last_at": first.posted_at, "headline_id": group[0], "mentions": 0}
        home = int(connection.scalars(stories.insert().values(brand=brand, **values).returning(stories.c.id)).one())
    fresh = [{"mention_id": one, "story_id": home, "repeats_id": None} for one in group if one not in placed]
    if fresh:
        connection.execute(story_mentions.insert(), fresh)
    undecided = set(connection.scalars(sa.select(stories.c.id).where(stories.c.id.in_(within), stories.c.drafts == "")))
    joining = [one for one in within if one != home and one in undecided and within[one] == len(told[one])]
    if joining:
        connection.execute(story_mentions.update().where(story_mentions.c.story_id.in_(joining)).values(story_id=home))
    for one in (home, *joining):
        recount(connection, one)
    return home


def _tellers(connection: sa.Connection, ids: Collection[int]) -> dict[int, set[int]]:
    """Return for each of these stories those of its mentions that repeat nothing."""
    query = sa.select(story_mentions.c.story_id, story_mentions.c.mention_id)
    query = query.join(mentions, mentions.c.id == story_mentions.c.mention_id)
    query = query.where(story_mentions.c.story_id.in_(ids), story_mentions.c.repeats_id.is_(None), THERE)
    found: dict[int, set[int]] = {one: set() for one in ids}
    for row in connection.execute(query):
        found[row.story_id].add(row.mention_id)
    return found


def recount(connection: sa.Connection, story_id: int) -> None:
    """Write down anew how many mentions of a story still stand, which told it first, and when."""
    there = (
        sa.select(mentions.c.id, mentions.c.posted_at)
        .join(story_mentions, story_mentions.c.mention_id == mentions.c.id)
        .where(story_mentions.c.story_id == story_id, THERE)
    )
    left = there.subquery()
    first = connection.execute(there.order_by(mentions.c.posted_at, mentions.c.id).limit(1)).one_or_none()
    count, last_at = connection.execute(sa.select(sa.func.count(), sa.func.max(left.c.posted_at)).select_from(left)).one()
    values: dict[str, Any] = {"mentions": count}
    if first is not None:
        values |= {"headline_id": first.id, "first_at": first.posted_at, "last_at": last_at}
    connection.execute(stories.update().where(stories.c.id == story_id).values(values))

"""One brand's stories within a transaction: finds for each mention what told the same before, and writes down what joins what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import mul
from typing import Any

import sqlalchemy as sa

from monitor.domain import MentionStatus, StoredMention
from monitor.imprints import LONGEST, Imprint, Imprints, key_of, said_in
from monitor.stories import (
    BUSY_FROM,
    MEANT,
    NEAR,
    REMEMBERED,
    Likeness,
    Locate,
    Meaning,
    compare,
    doubt_among,
    is_usually_busy,
    may_be_same,
)
from monitor.tables import mentions, stories, story_mentions

SLOTS = 16
"""So many mentions are remembered under one key; a newer one takes the place of an older, so that a look-up never grows."""
CANDIDATES = 12
"""With so many texts that share most keys a new one is compared."""
COMMON = 6
"""What so many remembered posts hold, of SLOTS, is common at a busy brand: "JFK" and "hours" say little at an airline."""
MOST_POSTS = 5_000
"""So many posts a week are counted; more make no difference that matters."""
IMPRINTS = Imprints(4_000)
"""Of what was looked at last, by whatever brand and database: a text has one imprint."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A mention that others are compared with."""

    id: int
    posted_at: datetime
    text: str
    imprint: Imprint


class Shelf:
    """One brand's stories, within a transaction; for one use. `known` are the stems that every text about the brand has."""

    def __init__(
        self, connection: sa.Connection, brand: str, known: frozenset[str], meaning: Meaning | None = None, locate: Locate | None = None
    ) -> None:
        self.connection, self.brand, self.known, self.meaning, self.locate = connection, brand, known, meaning, locate
        self.heads: dict[int, _Known] = {}
        self.story_of: dict[int, int] = {}
        self.joined: dict[int, list[tuple[datetime, int]]] = {}
        self._links: list[dict[str, Any]] = []
        self._remembered: dict[tuple[int, int], int] = {}
        self._by_key: dict[int, list[int]] = {}
        self._held_by: dict[int, int] = {}
        self.busy = False
        """So many are written about the brand that more is asked of two posts."""
        self.doubt = 0.0
        """By how much any two posts are less likely to tell the same than where few are written."""

    def put(self, told: Sequence[StoredMention], many: int, at: datetime) -> list[int]:
        """Put each mention that tells again what another told into that one's story; returns the stories that have `many` mentions now.

        What is asked of the database, and what is written, is asked and written for all of them at once.
        """
        ids = [stored.id for stored in told]
        linked = set(self.connection.scalars(sa.select(story_mentions.c.mention_id).where(story_mentions.c.mention_id.in_(ids))))
        fresh = sorted((stored for stored in told if stored.id not in linked), key=lambda stored: stored.id)
        posts = self._posts_lately(at)
        self.doubt, self.busy = doubt_among(posts), posts > BUSY_FROM
        imprints = IMPRINTS.of([stored.mention.text for stored in fresh], self.known)
        nearest = self._look_up({stored.id: mine.keys for stored, mine in zip(fresh, imprints, strict=True)})
        for stored, mine in zip(fresh, imprints, strict=True):
            self._put_one(_Known(stored.id, stored.mention.posted_at, stored.mention.text, mine), nearest[stored.id])
        return self._write(many)

    def _posts_lately(self, at: datetime) -> int:
        """Return how many posts about the brand were read in the time that is remembered, as far as that matters."""
        found = sa.select(mentions.c.id).where(mentions.c.brand == self.brand, mentions.c.read_at > at - REMEMBERED).limit(MOST_POSTS)
        return self.connection.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0

    def is_usually_busy(self, until: datetime, at: datetime) -> bool:
        """Say whether so much is written about the brand on its usual day too, before `until`; asked at the time `at`."""
        if not self.busy:
            return False
        lately = sa.and_(mentions.c.brand == self.brand, mentions.c.read_at > at - REMEMBERED)
        written = list(
            self.connection.scalars(sa.select(mentions.c.posted_at).where(lately).order_by(mentions.c.read_at.desc()).limit(MOST_POSTS))
        )
        earlier = sa.select(mentions.c.id).where(mentions.c.brand == self.brand, mentions.c.read_at <= at - REMEMBERED).limit(1)
        begun = len(written) == MOST_POSTS or self.connection.scalar(earlier) is None
        return is_usually_busy(written, until, begun=begun)

    def _look_up(self, keys: Mapping[int, Sequence[int]]) -> dict[int, list[tuple[int, int]]]:
        """Return for each mention the nearest of those told earlier, each with how many keys it shares; those are read."""
        remembered: dict[int, list[int]] = {}
        asked = sorted({key for mine in keys.values() for key in mine})
        values = {"brand": self.brand, "keys": json.dumps(asked)}
        for key, mention_id in self.connection.execute(_ASK[self.connection.dialect.name], values).all():
            # What an earlier run that was cut short remembered of these is told anew.
            if mention_id not in keys:
                remembered.setdefault(key, []).append(mention_id)
        self._held_by = {key: len(those) for key, those in remembered.items()}
        nearest = {mention_id: _nearest(_shared(mine, remembered)) for mention_id, mine in keys.items()}
        self._read({other for mine in nearest.values() for _count, other in mine})
        return nearest

    def _read(self, ids: set[int]) -> None:
        if not ids:
            return
        query = sa.select(mentions.c.id, mentions.c.posted_at, mentions.c.text, story_mentions.c.story_id)
        query = query.outerjoin(story_mentions, story_mentions.c.mention_id == mentions.c.id)
        query = query.where(mentions.c.id.in_(ids), mentions.c.status != MentionStatus.DELETED.value)
        rows = self.connection.execute(query).all()
        for (mention_id, posted_at, text, story_id), theirs in zip(
            rows, IMPRINTS.of([text for _id, _at, text, _story in rows], self.known, keyed=False), strict=True
        ):
            self.heads[mention_id] = _Known(mention_id, posted_at, text, theirs)
            if story_id is not None:
                self.story_of[mention_id] = story_id

    def _put_one(self, told: _Known, earlier: Sequence[tuple[int, int]]) -> None:
        best: tuple[bool, float, int] | None = None
        common = self._common(told.imprint)
        for _count, other in _nearest(chain(earlier, _shared(told.imprint.keys, self._by_key))):
            head = self.heads.get(other)
            if head is None or not may_be_same(head.imprint, told.imprint) or abs(head.posted_at - told.posted_at) > REMEMBERED:
                continue
            likeness = self._liken(head, told, common)
            if likeness.repeats or (likeness.same and self._mean_the_same(head, told)):
                best = max(best or (False, 0.0, 0), (likeness.repeats, likeness.p, -other))
        repeats = best is not None and best[0]
        if best is not None:
            self._join(told, -best[2], repeats=repeats)
        if not repeats:
            self._remember(told)

    def _mean_the_same(self, one: _Known, other: _Known) -> bool:
        """Say whether two texts mean the same, as far as anybody can tell; asked only where many are written about the brand."""
        if not self.busy or self.meaning is None:
            return True
        return self.meaning(said_in(one.text[:LONGEST]), said_in(other.text[:LONGEST])) >= MEANT

    def _liken(self, head: _Known, told: _Known, common: frozenset[str]) -> Likeness:
        """Say how a text relates to an earlier one; where few are written no doubt is left between two that lie near each other."""
        likeness = compare(head.imprint, told.imprint, common, self.doubt)
        if likeness.same or self.busy or self.locate is None:
            return likeness
        undoubted = compare(head.imprint, told.imprint)
        if not undoubted.same:
            return likeness
        first, second = self.locate([head.text[:LONGEST], told.text[:LONGEST]])
        return undoubted if float(sum(map(mul, first, second))) >= NEAR else likeness

    def _common(self, imprint: Imprint) -> frozenset[str]:
        """Return those of a text's names, numbers and long words that many of the last posts hold; none where few are written."""
        return frozenset([word for word in imprint.facts | imprint.long if self._is_common(key_of(word))] if self.busy else ())

    def _is_common(self, key: int) -> bool:
        return self._held_by.get(key, 0) + len(self._by_key.get(key, ())) >= COMMON

    def _join(self, told: _Known, other: int, *, repeats: bool) -> None:
        story_id = self.story_of.get(other)
        if story_id is None:
            first = self.heads[other]
            values = {"first_at": first.posted_at, "last_at": first.posted_at, "headline_id": first.id, "mentions": 1}
            statement = stories.insert().values(brand=self.brand, **values).returning(stories.c.id)
            story_id = int(self.connection.scalars(statement).one())
            self._links.append({"mention_id": first.id, "story_id": story_id, "repeats_id": None})
            self.story_of[first.id] = story_id
        self.joined.setdefault(story_id, []).append((told.posted_at, told.id))
        self._links.append({"mention_id": told.id, "story_id": story_id, "repeats_id": other if repeats else None})
        self.story_of[told.id] = story_id

    def _remember(self, told: _Known) -> None:
        """Remember a mention under its keys, each in place of an older one."""
        self.heads[told.id] = told
        slot = told.id % SLOTS
        for key in told.imprint.keys:
            self._by_key.setdefault(key, []).append(told.id)
            self._remembered[key, slot] = told.id

    def _write(self, many: int) -> list[int]:
        if self._links:
            self.connection.execute(story_mentions.insert(), self._links)
        if self._remembered:
            keys: dict[int, list[int]] = {}
            for (key, _slot), mention_id in self._remembered.items():
                keys.setdefault(mention_id, []).append(key)
            self.connection.execute(_KEEP[self.connection.dialect.name], {"brand": self.brand, "slots": SLOTS, "keys": json.dumps(keys)})
        return self._count(many) if self.joined else []

    def _count(self, many: int) -> list[int]:
        """Write down how many joined each story; its headline is what was written first."""
        rows = self.connection.execute(sa.select(stories).where(stories.c.id.in_(self.joined)).order_by(stories.c.id)).all()
        changes, reached = [], []
        for row in rows:
            joined = self.joined[row.id]
            first_at, headline = min([(row.first_at, row.headline_id), *joined])
            number = row.mentions + len(joined)
            changes.append({"row_id": row.id, "to_first_at": first_at, "to_headline_id": headline, "to_mentions": number})
            changes[-1]["to_last_at"] = max(row.last_at, max(joined)[0])
            # A story that grew large without being one is looked at again now and then, not each time.
            if not row.drafts and number >= many and (row.mentions < 2 * many or row.mentions // many < number // many):
                reached.append(row.id)
        columns = ("first_at", "headline_id", "mentions", "last_at")
        statement = stories.update().where(stories.c.id == sa.bindparam("row_id"))
        self.connection.execute(statement.values({name: sa.bindparam(f"to_{name}") for name in columns}), changes)
        return reached


def _shared(keys: Iterable[int], by_key: Mapping[int, Sequence[int]]) -> Iterable[tuple[int, int]]:
    """Return with whom these keys are shared, each as (how many, who)."""
    counts = Counter(chain.from_iterable([by_key[key] for key in keys if key in by_key]))
    return zip(counts.values(), counts.keys(), strict=True)


def _nearest(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those that share most keys, of those that share as many the newest first."""
    return sorted(found, reverse=True)[:CANDIDATES]


# Thousands of keys go in as one text and are taken apart by the database: a parameter for each costs several times as much.
_ASK = {
    "sqlite": sa.text("SELECT key, mention_id FROM story_keys WHERE brand = :brand AND key IN (SELECT value FROM json_each(:keys))"),
    "postgresql": sa.text(
        "SELECT key, mention_id FROM story_keys WHERE brand = :brand "
        "AND key = ANY (ARRAY(SELECT CAST(one AS bigint) FROM jsonb_array_elements_text(CAST(:keys AS jsonb)) AS asked (one)))"
    ),
}
_INSERT = (
    "INSERT INTO story_keys (brand, key, slot, mention_id, posted_at) "
    "SELECT :brand, {key}, mentions.id % :slots, mentions.id, mentions.posted_at "
    "FROM {told} JOIN mentions ON mentions.id = CAST(told.key AS bigint) CROSS JOIN {keys} "
    "WHERE true ON CONFLICT (brand, key, slot) DO UPDATE SET mention_id = excluded.mention_id, posted_at = excluded.posted_at"
)
_KEEP = {
    "sqlite": sa.text(_INSERT.format(key="mine.value", told="json_each(:keys) AS told", keys="json_each(told.value) AS mine")),
    "postgresql": sa.text(
        _INSERT.format(
            key="CAST(mine.value AS bigint)",
            told="jsonb_each(CAST(:keys AS jsonb)) AS told",
            keys="LATERAL jsonb_array_elements_text(told.value) AS mine (value)",
        )
    ),
}

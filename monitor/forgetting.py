"""Forgets people: each night what is older than it may be, and at once what somebody asks us to forget; how is told elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.erasure import Erased, Why, empty_rejected, erase, erase_rejected
from monitor.quotes import Quoted
from monitor.remains import Kept, Remains
from monitor.settings import Settings
from monitor.traces import Wiped, wipe
from monitor.wiring import Monitor, now

BATCH = 500
"""Mentions erased in one transaction: short enough for every other writer to wait it out."""
WIPED_BACK = timedelta(days=3)
"""After an erasure the files are written anew for so many nights: one may have been missed, or somebody was reading."""

logger = logging.getLogger(__name__)

Step = Callable[[str], None]
"""Told each step as it is done; tests stop a process at every point by it."""


def _no_step(_name: str) -> None:
    return None


@dataclass
class Forgetting:
    """The monitor's forgetting."""

    monitor: Monitor
    step: Step = _no_step

    def nightly(self) -> None:
        """Erase what is older than it may be, in batches, each a transaction with its event; what was cut short goes on the next time."""
        settings, database = self.monitor.settings, self.monitor.database
        count = forget_old(database, settings, now(), step=self.step)
        last = Remains(database).last_erased()
        if last is not None and last >= now() - WIPED_BACK:
            wiped = wipe(database)
            self.step("wiped")
            if wiped.why_not:
                logger.warning("erased texts may still stand in the database's file: %s", wiped.why_not)
        if count:
            logger.info("%d texts were erased: they were kept as long as they may be", count)

    def forget(self, ids: Sequence[int], handle: str, actor: str) -> tuple[Erased, Wiped]:
        """Erase mentions that somebody asked us to erase, rows that name the author with them, and what the files still hold."""
        done = Erased()
        database = self.monitor.database
        for start in range(0, max(len(ids), 1), BATCH):
            with database.begin() as connection:
                part = erase(connection, ids[start : start + BATCH], Why.ASKED, actor=actor, at=now())
                if handle and start == 0:
                    part.rejected += erase_rejected(connection, (), Quoted([("", [handle])]))
            self.step("erased")
            done.ids |= part.ids
            done.waiting |= part.waiting
            done.replies, done.rejected = done.replies + part.replies, done.rejected + part.rejected
        return done, wipe(database)


def forget_old(database: sa.Engine, settings: Settings, at: datetime, *, batch: int = BATCH, step: Step = _no_step) -> int:
    """Erase by age, and what earlier versions erased in part; returns how many mentions."""
    remains = Remains(database)
    count = _in_batches(database, lambda after: remains.half_erased(after=after, limit=batch), Why.GONE, at, step)
    for kept in remains.groups():
        before = at - settings.keep_for(kept.source, kept.brand, kept.network)
        count += _in_batches(database, _older(remains, kept, before, batch), Why.KEPT, at, step)
    for source in remains.rejected_sources():
        before = at - settings.keep_for(source, "", _network_of(settings, source))
        while ids := remains.old_rejected(source, before, limit=batch):
            with database.begin() as connection:
                empty_rejected(connection, ids)
            step("emptied")
    return count


def _older(remains: Remains, kept: Kept, before: datetime, batch: int) -> Callable[[int], Sequence[int]]:
    return lambda after: remains.older(kept, before, after=after, limit=batch)


def _in_batches(database: sa.Engine, find: Callable[[int], Sequence[int]], why: Why, at: datetime, step: Step) -> int:
    count = after = 0
    while ids := find(after):
        with database.begin() as connection:
            count += len(erase(connection, ids, why, actor="forget", at=at).ids)
        step("erased")
        after = ids[-1]
    return count


def _network_of(settings: Settings, source: str) -> str:
    """Return the network of a source where its kind is one."""
    return next((one.kind for one in settings.sources if one.name == source), "")

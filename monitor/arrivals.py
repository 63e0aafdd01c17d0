"""Remembers when each source brought something, as the question whether it fell silent asks it; read-only."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.ailments import HISTORY, LEAST_SILENCE, longest_silence
from monitor.tables import KEPT, READING, mentions


class Arrivals:
    """Knows each source's last mention and its usual longest silence; what it found stays known until something comes."""

    def __init__(self, database: sa.Engine) -> None:
        self._reader = database.execution_options(**READING)
        self._known: dict[str, tuple[datetime, timedelta | None]] = {}

    def last(self, source: str) -> datetime | None:
        """Return when the newest mention came that is still kept; None where there is none."""
        m = mentions.c
        query = sa.select(m.read_at).where(sa.text(KEPT), m.source == source).order_by(m.id.desc()).limit(1)
        with self._reader.connect() as connection:
            last: datetime | None = connection.scalar(query)
            return last

    def silent(self, source: str, at: datetime) -> tuple[datetime, timedelta] | None:
        """Return the source's last mention and its usual longest silence; None where it is not silent, or has no usual."""
        last = self.last(source)
        if last is None or at - last <= LEAST_SILENCE:
            return None
        if source not in self._known or self._known[source][0] != last:
            self._known[source] = (last, longest_silence(self._moments(source, last)))
        usual = self._known[source][1]
        return None if usual is None else (last, usual)

    def _moments(self, source: str, last: datetime) -> list[datetime]:
        m = mentions.c
        # Also what was erased since: that it came stays known.
        query = sa.select(m.read_at).distinct().where(m.source == source, m.read_at > last - HISTORY, m.read_at <= last)
        with self._reader.connect() as connection:
            return list(connection.scalars(query))

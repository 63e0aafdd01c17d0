"""The questions about incidents to the database: they open once for each cause, move by compare-and-set, and everything is written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.domain import (
    PAGES,
    REOPENS_WITHIN,
    Cause,
    Gravity,
    Happening,
    Incident,
    IncidentStatus,
    Silence,
    check_incident_move,
)
from monitor.tables import READING, happenings, incidents, notices, presses, silences

WAITS, TOLD, ALONG, HELD = "waits", "told", "along", "held"
"""How a happening is told: not yet, by a page of its own, within the page of another incident, or not at all."""
CHAIN = "monitor"
"""Who acts where no person does."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an incident."""

    incident: Incident
    """As it stands now."""
    number: int
    what: Happening
    at: datetime
    by: str
    gravity: Gravity
    """As it was then."""
    reason: str = ""
    telling: str = WAITS

    @property
    def pages(self) -> bool:
        """Say whether this may wake somebody."""
        return self.what in PAGES


@dataclass(frozen=True, slots=True)
class Press:
    """A button that a person pressed."""

    id: int
    incident_id: int
    action: str
    by: str
    at: datetime


class IncidentBook:
    """Remembers incidents."""

    def __init__(self, database: sa.Engine) -> None:
        self.database = database
        self._reader = database.execution_options(**READING)

    # Moving

    def raise_(
        self,
        connection: sa.Connection,
        brand: str,
        cause: str,
        gravity: Gravity,
        at: datetime,
        *,
        facts: Mapping[str, Any],
        anew: bool = False,
        reason: str = "",
    ) -> int:
        """Open an incident, or let the one there is rise or reopen, in the caller's transaction; returns its id.

        Where there is one of this cause, as grave as this, only its facts are brought up to date, and nobody is told, unless it happens
        `anew`: it doubled, or something more has come. Who acknowledged what has risen since is asked again.
        """
        row = self._locked(connection, brand, cause)
        if row is None:
            back = self._resolved_lately(connection, brand, cause, at)
            if back is not None:
                values = {
                    "gravity": int(gravity),
                    "step": 0,
                    "facts": dict(facts),
                    "acknowledged_by": "",
                    "resolved_at": None,
                    "paged_at": None,
                }
                self._move(connection, back, IncidentStatus.OPEN, at, resolved_by="", **values)
                self._write(connection, back.id, Happening.REOPENED, at, CHAIN, gravity, reason)
                return int(back.id)
            insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
            values = {"brand": brand, "cause": cause, "status": IncidentStatus.OPEN.value, "gravity": int(gravity)}
            statement = insert(incidents).values(**values, opened_at=at, changed_at=at, facts=dict(facts))
            opened = connection.scalar(statement.on_conflict_do_nothing().returning(incidents.c.id))
            if opened is not None:
                self._write(connection, opened, Happening.OPENED, at, CHAIN, gravity, reason)
                return int(opened)
            row = self._locked(connection, brand, cause)
            assert row is not None  # Who opened it has committed, and it takes a person longer than this to resolve it.
        rises = gravity > row.gravity
        values = {"facts": dict(facts), "gravity": max(int(gravity), int(row.gravity))}
        if (rises or anew) and row.status == IncidentStatus.ACKNOWLEDGED.value:
            self._move(connection, row, IncidentStatus.OPEN, at, acknowledged_by="", step=0, paged_at=None, **values)
        else:
            connection.execute(sa.update(incidents).where(incidents.c.id == row.id).values(**values, changed_at=at))
        if rises or anew:
            self._write(connection, row.id, Happening.ROSE, at, CHAIN, max(gravity, Gravity(row.gravity)), reason)
        return int(row.id)

    def acknowledge(self, incident_id: int, by: str, at: datetime) -> bool:
        """Let a person take an incident on; False where it is not open."""
        return self._change(incident_id, IncidentStatus.OPEN, IncidentStatus.ACKNOWLEDGED, Happening.ACKNOWLEDGED, by, at, "")

    def resolve(self, incident_id: int, by: str, at: datetime, reason: str = "", *, false: bool = False) -> bool:
        """Close an incident, perhaps as one that should have woken nobody; False where it is resolved already."""
        moved, what = False, Happening.FALSE if false else Happening.RESOLVED
        for old in (IncidentStatus.OPEN, IncidentStatus.ACKNOWLEDGED):
            moved = moved or self._change(incident_id, old, IncidentStatus.RESOLVED, what, by, at, reason)
        return moved

    def _change(
        self, incident_id: int, old: IncidentStatus, new: IncidentStatus, what: Happening, by: str, at: datetime, reason: str
    ) -> bool:
        more: dict[str, Any] = {"acknowledged_by": by} if new is IncidentStatus.ACKNOWLEDGED else {"resolved_at": at, "resolved_by": by}
        with self.database.begin() as connection:
            query = sa.select(incidents).where(incidents.c.id == incident_id, incidents.c.status == old.value).with_for_update()
            row = connection.execute(query).one_or_none()
            if row is None:
                return False
            self._move(connection, row, new, at, **more)
            self._write(connection, incident_id, what, at, by, Gravity(row.gravity), reason)
            if new is IncidentStatus.RESOLVED:
                # What waited to wake somebody has no reason to any more.
                waits = (happenings.c.incident_id == incident_id) & (happenings.c.telling == WAITS) & (happenings.c.tell_at > at)
                connection.execute(sa.update(happenings).where(waits).values(telling=HELD))
        return True

    def page_again(self, incident: Incident, what: Happening, at: datetime, step: int, reason: str = "") -> bool:
        """Let an open incident wake somebody again; False where it moved on, or another process did this.

        Nothing is due again before that page was told, or held back.
        """
        mine = (incidents.c.id == incident.id) & (incidents.c.status == IncidentStatus.OPEN.value) & (incidents.c.step == incident.step)
        same = incidents.c.paged_at.is_(None) if incident.paged_at is None else incidents.c.paged_at == incident.paged_at
        with self.database.begin() as connection:
            changed = connection.execute(sa.update(incidents).where(mine, same).values(step=step, paged_at=None))
            if changed.rowcount != 1:
                return False
            self._write(connection, incident.id, what, at, CHAIN, incident.gravity, reason)
        return True

    def silence(self, silence: Silence) -> int:
        """Write a silence down; returns its id."""
        values = {name: getattr(silence, name) for name in ("brand", "cause", "by", "reason", "begins_at", "ends_at")}
        with self.database.begin() as connection:
            number = connection.execute(sa.insert(silences).values(**values)).inserted_primary_key
            assert number is not None
            touched = (incidents.c.brand == silence.brand) & (incidents.c.status != IncidentStatus.RESOLVED.value)
            if silence.cause:
                touched &= incidents.c.cause == silence.cause
            for row in connection.execute(sa.select(incidents).where(touched).with_for_update()).all():
                self._write(connection, row.id, Happening.SILENCED, silence.begins_at, silence.by, Gravity(row.gravity), silence.reason)
            return int(number[0])

    def end_silence(self, silence_id: int, at: datetime) -> bool:
        """End a silence now; False where it is over already. What waited for its end is looked at again at once."""
        holds = (silences.c.id == silence_id) & (silences.c.ends_at > at)
        with self.database.begin() as connection:
            brand = connection.scalar(sa.update(silences).where(holds).values(ends_at=at).returning(silences.c.brand))
            if brand is None:
                return False
            own = sa.select(incidents.c.id).where(incidents.c.brand == brand)
            waits = happenings.c.incident_id.in_(own) & (happenings.c.telling == WAITS) & (happenings.c.tell_at > at)
            connection.execute(sa.update(happenings).where(waits).values(tell_at=at))
        return True

    # Telling

    def record_told(self, happened: Happened, telling: str, at: datetime) -> None:
        """Record that something is told, or held back; what was put off before a page is told within it."""
        own = (happenings.c.incident_id == happened.incident.id) & (happenings.c.telling == WAITS)
        with self.database.begin() as connection:
            changed = connection.execute(sa.update(happenings).where(own, happenings.c.number == happened.number).values(telling=telling))
            if changed.rowcount == 1 and happened.pages:
                pages, earlier = happenings.c.what.in_([one.value for one in PAGES]), happenings.c.number < happened.number
                connection.execute(sa.update(happenings).where(own, pages, earlier, happenings.c.tell_at > at).values(telling=ALONG))
                connection.execute(sa.update(incidents).where(incidents.c.id == happened.incident.id).values(paged_at=at))

    def put_off(self, happened: Happened, until: datetime) -> None:
        """Let something wait to be told until a moment."""
        mine = (happenings.c.incident_id == happened.incident.id) & (happenings.c.number == happened.number)
        with self.database.begin() as connection:
            connection.execute(sa.update(happenings).where(mine, happenings.c.telling == WAITS).values(tell_at=until))

    def to_tell(self, at: datetime, limit: int = 100) -> Sequence[Happened]:
        """Return what waits to be told now, in the order in which it happened."""
        return self._happened(happenings.c.telling == WAITS, happenings.c.tell_at <= at, limit=limit)

    def pages_told(self, since: datetime) -> int:
        """Return how many pages were written since then, however long they had waited; a rehearsal takes none from the others."""
        real = sa.select(sa.literal("incident/") + sa.cast(incidents.c.id, sa.String)).where(incidents.c.cause != Cause.REHEARSAL.value)
        query = sa.select(sa.func.count()).where(notices.c.wakes, notices.c.created_at >= since, notices.c.thread.in_(real))
        with self._reader.connect() as connection:
            return int(connection.scalars(query).one())

    def course(self, incident_id: int) -> Sequence[Happened]:
        """Return everything that happened to an incident, the first first."""
        return self._happened(happenings.c.incident_id == incident_id, limit=1_000)

    def _happened(self, *conditions: sa.ColumnElement[bool], limit: int) -> Sequence[Happened]:
        h = happenings.c
        query = sa.select(incidents, h.number, h.what, h.at, h.by, h.gravity.label("then"), h.reason, h.telling)
        query = (
            query.join(incidents, incidents.c.id == h.incident_id).where(*conditions).order_by(h.at, h.incident_id, h.number).limit(limit)
        )
        with self._reader.connect() as connection:
            return [
                Happened(_incident(row), row.number, Happening(row.what), row.at, row.by, Gravity(row.then), row.reason, row.telling)
                for row in connection.execute(query)
            ]

    # Reading

    def incident(self, incident_id: int) -> Incident | None:
        """Return one incident."""
        with self._reader.connect() as connection:
            row = connection.execute(sa.select(incidents).where(incidents.c.id == incident_id)).one_or_none()
        return _incident(row) if row else None

    def unresolved(self, brand: str = "", cause: str = "") -> Sequence[Incident]:
        """Return what is not resolved, the gravest first."""
        query = sa.select(incidents).where(incidents.c.status != IncidentStatus.RESOLVED.value)
        query = query.where(incidents.c.brand == brand) if brand else query
        query = query.where(incidents.c.cause == cause) if cause else query
        with self._reader.connect() as connection:
            return [_incident(row) for row in connection.execute(query.order_by(incidents.c.gravity.desc(), incidents.c.id))]

    def since(self, since: datetime, limit: int = 200) -> Sequence[Incident]:
        """Return what changed since then or is not resolved, the newest first."""
        lately = (incidents.c.changed_at >= since) | (incidents.c.status != IncidentStatus.RESOLVED.value)
        with self._reader.connect() as connection:
            return [
                _incident(row)
                for row in connection.execute(sa.select(incidents).where(lately).order_by(incidents.c.id.desc()).limit(limit))
            ]

    def silences(self, at: datetime, since: datetime | None = None) -> Sequence[Silence]:
        """Return the silences that hold at a moment, or held at any since another."""
        query = sa.select(silences).where(silences.c.begins_at <= at, silences.c.ends_at > (since or at)).order_by(silences.c.id)
        with self._reader.connect() as connection:
            return [Silence(**row._mapping) for row in connection.execute(query)]  # noqa: SLF001 SQLAlchemy's public name begins so

    # Buttons

    def press(self, incident_id: int, action: str, by: str, at: datetime) -> None:
        """Write down that a person pressed a button; the monitor acts on it at its next look, once however often it was pressed."""
        waits = (presses.c.incident_id == incident_id) & (presses.c.action == action) & presses.c.done_at.is_(None)
        with self.database.begin() as connection:
            if connection.scalar(sa.select(presses.c.id).where(waits).limit(1)) is None:
                connection.execute(sa.insert(presses).values(incident_id=incident_id, action=action, by=by, at=at))

    def pressed(self) -> Sequence[Press]:
        """Return the buttons that nobody acted on yet, the first first."""
        query = sa.select(presses).where(presses.c.done_at.is_(None)).order_by(presses.c.id).limit(100)
        with self._reader.connect() as connection:
            return [Press(row.id, row.incident_id, row.action, row.by, row.at) for row in connection.execute(query)]

    def record_done(self, press: Press, at: datetime) -> None:
        """Record that a button was acted on."""
        with self.database.begin() as connection:
            connection.execute(sa.update(presses).where(presses.c.id == press.id, presses.c.done_at.is_(None)).values(done_at=at))

    # Within a transaction

    def _locked(self, connection: sa.Connection, brand: str, cause: str) -> Any:
        own = (incidents.c.brand == brand) & (incidents.c.cause == cause) & (incidents.c.status != IncidentStatus.RESOLVED.value)
        return connection.execute(sa.select(incidents).where(own).with_for_update()).one_or_none()

    def _resolved_lately(self, connection: sa.Connection, brand: str, cause: str, at: datetime) -> Any:
        own = (incidents.c.brand == brand) & (incidents.c.cause == cause) & (incidents.c.status == IncidentStatus.RESOLVED.value)
        query = sa.select(incidents).where(own, incidents.c.resolved_at > at - REOPENS_WITHIN)
        return connection.execute(query.order_by(incidents.c.id.desc()).limit(1).with_for_update()).one_or_none()

    def _move(self, connection: sa.Connection, row: Any, new: IncidentStatus, at: datetime, **values: Any) -> None:
        check_incident_move(IncidentStatus(row.status), new)
        connection.execute(sa.update(incidents).where(incidents.c.id == row.id).values(status=new.value, changed_at=at, **values))

    def _write(
        self, connection: sa.Connection, incident_id: int, what: Happening, at: datetime, by: str, gravity: Gravity, reason: str
    ) -> None:
        last = connection.scalar(sa.select(sa.func.max(happenings.c.number)).where(happenings.c.incident_id == incident_id)) or 0
        values = {"incident_id": incident_id, "number": last + 1, "what": what.value, "at": at, "by": by, "gravity": int(gravity)}
        connection.execute(sa.insert(happenings).values(**values, reason=reason, telling=WAITS, tell_at=at))


def _incident(row: Any) -> Incident:
    return Incident(
        id=row.id,
        brand=row.brand,
        cause=row.cause,
        status=IncidentStatus(row.status),
        gravity=Gravity(row.gravity),
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        step=row.step,
        paged_at=row.paged_at,
        acknowledged_by=row.acknowledged_by,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by,
        facts=row.facts,
    )

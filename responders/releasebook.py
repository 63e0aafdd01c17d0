"""The memory of releases: frozen versions, two people's approvals of exactly one of them, and which one stands in public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.domain import Approval, Fact, Objection, Severity, text_hash
from monitor.settings import Approver
from monitor.tables import READING, audit, release_approvals, release_versions, releases
from responders import consent
from responders.release import Release, from_text, to_facts, to_text
from responders.rows import objection_row, read_objection

NEEDED = 2
"""So many people must agree to a release, always."""

WAITING, APPROVED, PUBLISHED = "waiting", "approved", "published"


@dataclass(frozen=True, slots=True)
class Kept:
    """A release as it is kept: its current version, what stands against it, and who agreed to it."""

    release: Release
    status: str
    number: int
    sha256: str
    written_by: str
    objections: tuple[tuple[str, Objection], ...] = ()
    """Each with the language in which it stands."""
    approvals: tuple[Approval, ...] = ()
    published_at: datetime | None = None

    @property
    def red(self) -> list[str]:
        """The ids of the red objections, each once."""
        return list(dict.fromkeys(one.rule for _, one in self.objections if one.severity is Severity.RED))


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a person's act, said to that person."""

    ok: bool
    sentence: str
    kept: Kept | None = None


class ReleaseBook:
    """Remembers our releases; every method is one transaction."""

    def __init__(self, database: sa.Engine) -> None:
        self.database = database
        self._reader = database.execution_options(**READING)

    def release(self, name: str) -> Kept | None:
        """Return a release with its current version."""
        with self._reader.connect() as connection:
            row = connection.execute(sa.select(releases).where(releases.c.name == name)).one_or_none()
            return _kept(connection, row, row.version) if row else None

    def releases(self) -> list[Kept]:
        """Return every release with its current version, the oldest first."""
        with self._reader.connect() as connection:
            rows = connection.execute(sa.select(releases).order_by(releases.c.id)).all()
            return [_kept(connection, row, row.version) for row in rows]

    def save(self, release: Release, objections: Sequence[tuple[str, Objection]], name: str, at: datetime) -> Decision:
        """Write a new version; earlier approvals were of another one and no longer count."""
        text = to_text(release)
        sha256 = text_hash(text)
        with self.database.begin() as connection:
            row = _locked(connection, release.id)
            if row is not None and row.brand != release.brand:
                return Decision(False, f"release {release.id} is of the brand {row.brand}; nothing was saved")
            if row is not None:
                kept = _kept(connection, row, row.version)
                if kept.sha256 == sha256:
                    return Decision(True, f"it is as it was, version {kept.number} ({sha256[:8]}); nothing was saved", kept)
            number = row.version + 1 if row is not None else 1
            values = {"brand": release.brand, "story": release.story, "status": WAITING, "version": number}
            if row is None:
                made = releases.insert().values(name=release.id, created_at=at, **values).returning(releases.c.id)
                release_id = int(connection.scalars(made).one())
            else:
                release_id = row.id
                connection.execute(releases.update().where(releases.c.id == release_id).values(**values))
            rows = [[language, *objection_row(one)] for language, one in objections]
            version = {"number": number, "text": text, "sha256": sha256, "written_by": name, "written_at": at, "objections": rows}
            connection.execute(release_versions.insert().values(release_id=release_id, **version))
            _note(connection, release.id, name, at, row.status if row is not None else "", WAITING, sha256, f"version {number}")
            after = _kept(connection, _locked(connection, release.id), number)
            return Decision(True, f"saved as version {number} ({sha256[:8]}); two people must approve it", after)

    def approve(self, name: str, approval: Approval, approvers: Sequence[Approver]) -> Decision:
        """Record a person's yes to exactly one version; the second person's makes it approved."""
        with self.database.begin() as connection:
            row = _locked(connection, name)
            if row is None:
                return _unknown(name)
            kept = _kept(connection, row, row.version)
            if refusal := _refuse(kept, approval, approvers):
                return Decision(False, refusal, kept)
            columns = {"name": approval.name, "decided_at": approval.decided_at, "override_reason": approval.override_reason}
            connection.execute(release_approvals.insert().values(release_id=row.id, version=row.version, sha256=approval.sha256, **columns))
            given = len(kept.approvals) + 1
            status = APPROVED if given >= NEEDED else WAITING
            connection.execute(releases.update().where(releases.c.id == row.id).values(status=status))
            why = f"approval {given} of {NEEDED}" + (f"; override: {approval.override_reason}" if approval.override_reason else "")
            _note(connection, name, approval.name, approval.decided_at, row.status, status, approval.sha256, why)
            after = _kept(connection, _locked(connection, name), row.version)
            said = f"responders release pages {name} --to FOLDER writes its pages" if status == APPROVED else "a second person must agree"
            return Decision(True, f"approved by {approval.name}; {said}", after)

    def publish(self, name: str, who: str, at: datetime) -> Decision:
        """Record that the approved version stands in public: from now on replies may use its facts."""
        with self.database.begin() as connection:
            row = _locked(connection, name)
            if row is None:
                return _unknown(name)
            kept = _kept(connection, row, row.version)
            if row.status == PUBLISHED:
                return Decision(True, "it was published already; nothing was changed", kept)
            if row.status != APPROVED:
                missing = NEEDED - len(kept.approvals)
                return Decision(False, f"{missing} more must approve version {kept.sha256[:8]} first; nothing was changed", kept)
            values = {"status": PUBLISHED, "published_version": row.version, "published_at": at}
            connection.execute(releases.update().where(releases.c.id == row.id).values(**values))
            _note(connection, name, who, at, row.status, PUBLISHED, kept.sha256, "its facts may be used in replies")
            return Decision(
                True, "published; replies about its topics may use its facts", _kept(connection, _locked(connection, name), row.version)
            )

    def facts(self) -> list[Fact]:
        """Return the facts of all that stands in public, each with the page as its source."""
        with self._reader.connect() as connection:
            rows = connection.execute(sa.select(releases).where(releases.c.published_version.is_not(None)).order_by(releases.c.id)).all()
            published = [_kept(connection, row, row.published_version) for row in rows]
        return [fact for kept in published for fact in to_facts(kept.release, ", ".join(one.name for one in kept.approvals))]


def _refuse(kept: Kept, approval: Approval, approvers: Sequence[Approver]) -> str:
    if sentence := consent.refuse_decider(approval.name, kept.release.brand, approvers):
        return sentence
    if approval.sha256 != kept.sha256:
        return f"you named version {approval.sha256[:8] or '(none)'}, and it is {kept.sha256[:8]} now; nothing was approved"
    if kept.status != WAITING:
        return f"it is {kept.status} already; nothing was changed"
    if any(given.name.casefold() == approval.name.casefold() for given in kept.approvals):
        return f"{approval.name} has approved it already; it still needs somebody else"
    if kept.red and not approval.override_reason and not kept.approvals:
        return f"rule {', '.join(kept.red)} stands against it. Mend the file, or give a written reason with --override"
    return ""


def _unknown(name: str) -> Decision:
    return Decision(False, f"there is no release {name}; responders release list shows them")


def _locked(connection: sa.Connection, name: str) -> Any:
    return connection.execute(sa.select(releases).where(releases.c.name == name).with_for_update()).one_or_none()


def _kept(connection: sa.Connection, row: Any, number: int) -> Kept:
    which = sa.and_(release_versions.c.release_id == row.id, release_versions.c.number == number)
    version = connection.execute(sa.select(release_versions).where(which)).one()
    query = (
        sa.select(release_approvals)
        .where(release_approvals.c.release_id == row.id, release_approvals.c.version == number)
        .order_by(release_approvals.c.decided_at, release_approvals.c.name)
    )
    given = tuple(Approval(one.name, one.sha256, one.decided_at, one.override_reason) for one in connection.execute(query))
    objections = tuple((language, read_objection(one)) for language, *one in version.objections)
    return Kept(from_text(version.text), row.status, number, version.sha256, version.written_by, objections, given, row.published_at)


def _note(connection: sa.Connection, name: str, actor: str, at: datetime, old: str, new: str, sha256: str, reason: str) -> None:
    values = {"at": at, "actor": actor, "old_status": old, "new_status": new, "version_sha256": sha256}
    connection.execute(audit.insert().values(reason=f"release {name}: {reason}", **values))

"""The memory of what people said of mentions and of what each brand learned from it; what to make of it stands in learning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.domain import Given, Label, Lesson, LessonState, Question, StoredMention, Verdict
from monitor.labelled import ASIDE, PUT_ASIDE, write_labels
from monitor.rows import stored_mention
from monitor.tables import CHANGED, READING, audit, labels, lessons, mentions

MOST = 20_000
"""The newest labels of a brand that are learned from."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How many mentions of a brand were flagged and not flagged, by the scorer itself and with the brand's corrections."""

    flagged: int
    unflagged: int
    flagged_before: int
    """Flagged by the scorer itself."""

    @property
    def fewer(self) -> float | None:
        """By which share the corrections flag fewer (below 0: more); None where they changed nothing."""
        if not self.flagged_before or self.flagged == self.flagged_before:
            return None
        return round(1 - self.flagged / self.flagged_before, 4)


class LabelBook:
    """Remembers labels and lessons; every method is one transaction."""

    def __init__(self, database: sa.Engine) -> None:
        self.database = database
        self._reader = database.execution_options(**READING)

    # Labels

    def label(self, mention_id: int, verdict: Verdict, *, by: str, at: datetime, door: str) -> bool:
        """Write down what a person says of a mention, with an event; False where there is no such mention, or nothing left of it."""
        with self.database.begin() as connection:
            if not write_labels(connection, mention_id, (verdict,), by=by, at=at, door=door):
                return False
            status = connection.scalars(sa.select(mentions.c.status).where(mentions.c.id == mention_id)).one()
            event = {"at": at, "actor": by, "mention_id": mention_id, "old_status": status, "new_status": status}
            connection.execute(audit.insert().values(**event, reason=f"label: {verdict.value}"))
            return True

    def given(self, brand: str, *, since: datetime | None = None, mention_id: int | None = None) -> list[Given]:
        """Return what was said of a brand's mentions, oldest first: all of it, since a moment, or of one mention."""
        query = sa.select(labels).where(labels.c.brand == brand).order_by(labels.c.id.desc()).limit(MOST)
        if since is not None:
            query = query.where(labels.c.at > since)
        if mention_id is not None:
            query = query.where(labels.c.mention_id == mention_id)
        with self._reader.connect() as connection:
            return [_given(row) for row in reversed(connection.execute(query).all())]

    def samples(self, brand: str = "", limit: int = 20) -> list[StoredMention]:
        """Return the newest unflagged mentions that are to be checked and that nobody has said anything of."""
        said = sa.select(labels.c.id).where(labels.c.mention_id == mentions.c.id).exists()
        query = sa.select(mentions).where(sa.text("sampled"), mentions.c.erased_at.is_(None), ~said)
        query = query.where(sa.or_(mentions.c.label != Label.NEGATIVE.value, PUT_ASIDE)).order_by(mentions.c.id.desc()).limit(limit)
        if brand:
            query = query.where(mentions.c.brand == brand)
        with self._reader.connect() as connection:
            return [stored_mention(row) for row in connection.execute(query)]

    def count_samples(self, brand: str) -> int:
        """Count the unflagged mentions that wait to be checked."""
        said = sa.select(labels.c.id).where(labels.c.mention_id == mentions.c.id).exists()
        query = sa.select(sa.func.count()).where(sa.text("sampled"), mentions.c.brand == brand, mentions.c.erased_at.is_(None), ~said)
        with self._reader.connect() as connection:
            return int(connection.scalar(query) or 0)

    def texts(self, mention_ids: Sequence[int], networks_left_out: frozenset[str], *, addressed: bool = True) -> dict[int, str]:
        """Return the texts of these mentions that are still held, of other networks than these; on demand without those that address us."""
        found: dict[int, str] = {}
        for start in range(0, len(mention_ids), 500):
            ours = mentions.c.id.in_(mention_ids[start : start + 500])
            query = sa.select(mentions.c.id, mentions.c.text).where(ours, mentions.c.erased_at.is_(None))
            query = query.where(mentions.c.network.not_in(networks_left_out))
            if not addressed:
                query = query.where(~mentions.c.mentions_us, ~mentions.c.own_channel)
            with self._reader.connect() as connection:
                found |= {row.id: row.text for row in connection.execute(query)}
        return found

    def seen(self, brand: str, since: datetime | None = None, until: datetime | None = None) -> Seen:
        """Count a brand's judged mentions by whether they were flagged, with its corrections and without."""
        negative, before = (column == Label.NEGATIVE.value for column in (mentions.c.label, mentions.c.label_before))
        period = [mentions.c.brand == brand]
        if since is not None:
            period.append(mentions.c.read_at >= since)
        if until is not None:
            period.append(mentions.c.read_at < until)
        # Two questions, each of which one index answers by itself: few mentions were judged otherwise, and no row need be read for it.
        every = sa.select(_sum(negative), sa.func.count(mentions.c.label)).where(*period)
        changed = sa.select(_sum(before), _sum(negative)).where(sa.text(CHANGED), *period)
        with self._reader.connect() as connection:
            flagged, judged = (int(value or 0) for value in connection.execute(every).one())
            gone, new = (int(value or 0) for value in connection.execute(changed).one())
        return Seen(flagged, judged - flagged, flagged + gone - new)

    def flagged(self, mention_ids: Sequence[int]) -> dict[int, bool]:
        """Say of these mentions whether they were flagged."""
        found: dict[int, bool] = {}
        for start in range(0, len(mention_ids), 500):
            flagged = sa.and_(mentions.c.label == Label.NEGATIVE.value, sa.not_(sa.func.coalesce(PUT_ASIDE, sa.false())))
            query = sa.select(mentions.c.id, flagged.label("flagged")).where(mentions.c.id.in_(mention_ids[start : start + 500]))
            with self._reader.connect() as connection:
                found |= {row.id: bool(row.flagged) for row in connection.execute(query)}
        return found

    def put_aside(
        self, brand: str, rules: Sequence[str] = ASIDE, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[int, int]:
        """Count a brand's judged mentions that were put aside as not about it, by these rules, and the others that did not address it."""
        aside = sa.and_(PUT_ASIDE, mentions.c.no_answer_rule.in_(rules))
        columns = [_sum(aside), sa.func.count()]
        addressed = sa.or_(mentions.c.mentions_us, mentions.c.own_channel)
        query = sa.select(*columns).where(mentions.c.brand == brand, mentions.c.action.is_not(None), ~addressed)
        if since is not None:
            query = query.where(mentions.c.read_at >= since)
        if until is not None:
            query = query.where(mentions.c.read_at < until)
        with self._reader.connect() as connection:
            count, every = connection.execute(query).one()
        return int(count or 0), int(every) - int(count or 0)

    # Lessons

    def lessons(self, question: Question = Question.FEELING) -> dict[str, Lesson]:
        """Return each brand's newest lesson of a question, which is the one in force."""
        ours = sa.select(lessons.c.brand, sa.func.max(lessons.c.number).label("number")).where(lessons.c.question == question.value)
        newest = ours.group_by(lessons.c.brand).subquery()
        query = sa.select(lessons).join(newest, sa.and_(lessons.c.brand == newest.c.brand, lessons.c.number == newest.c.number))
        with self._reader.connect() as connection:
            return {row.brand: _lesson(row) for row in connection.execute(query)}

    def last_number(self, brand: str) -> int:
        """Return the number of a brand's newest lesson of any question; 0 where there is none."""
        with self._reader.connect() as connection:
            return int(connection.scalar(sa.select(sa.func.max(lessons.c.number)).where(lessons.c.brand == brand)) or 0)

    def reset_at(self, brand: str, question: Question = Question.FEELING) -> datetime | None:
        """Return when a person last asked to forget what was learned: older labels are no longer learned from."""
        ours = sa.and_(lessons.c.brand == brand, lessons.c.question == question.value)
        query = sa.select(sa.func.max(lessons.c.at)).where(ours, lessons.c.state == LessonState.RESET.value)
        with self._reader.connect() as connection:
            found: datetime | None = connection.scalar(query)
            return found

    def save(self, lesson: Lesson) -> bool:
        """Write down a lesson under its number; False where another process was first, whose lesson then stands."""
        values: dict[str, Any] = {name: getattr(lesson, name) for name in Lesson.__dataclass_fields__}
        values |= {"state": lesson.state.value, "question": lesson.question.value, "weights": list(lesson.weights) or sa.null()}
        with self.database.begin() as connection:
            newest = sa.select(sa.func.coalesce(sa.func.max(lessons.c.number), 0)).where(lessons.c.brand == lesson.brand)
            if connection.scalar(newest) != lesson.number - 1:
                return False
            try:
                with connection.begin_nested():
                    connection.execute(lessons.insert().values(**values))
            except sa.exc.IntegrityError:
                return False
            reason = f"lesson {lesson.number} of {lesson.brand}: {lesson.why}"
            connection.execute(
                audit.insert().values(at=lesson.at, actor=lesson.by, old_status="", new_status=lesson.state.value, reason=reason)
            )
            return True


def _sum(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _given(row: sa.Row[Any]) -> Given:
    scored = Label(row.scored) if row.scored else None
    values = {name: getattr(row, name) for name in Given.__dataclass_fields__}
    return Given(**values | {"verdict": Verdict(row.verdict), "scored": scored})


def _lesson(row: sa.Row[Any]) -> Lesson:
    values = {name: getattr(row, name) for name in Lesson.__dataclass_fields__}
    return Lesson(**values | {"state": LessonState(row.state), "question": Question(row.question), "weights": tuple(row.weights or ())})

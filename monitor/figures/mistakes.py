"""What went wrong on our side in a period: drafts turned down, overrides, wrong labels, sources down, sends that failed or came late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.ailments import SOURCE
from monitor.digest import Mistakes, Override
from monitor.domain import FEELINGS, Label, ReplyStatus, Verdict
from monitor.rows import of_brand
from monitor.tables import STRIKE, approvals, attempts, audit, labels, mentions, notices, rejected_rows, replies, sendings

MOST = 20
"""So many reasons and overrides are told one by one."""
TO_STRIKE = sendings.c.notice_key.startswith(STRIKE, autoescape=True)
"""What takes a quote out of what is shown; all else tells somebody something."""
ERASED_BY = ("T15: ", "L5: ")
"""How the reason begins for which an erasure ends a draft; a person's begins with the name."""
LATE = timedelta(hours=1)
"""A notice that reaches somebody so long after it was written came late."""


def read_mistakes(connection: sa.Connection, brand: str, since: datetime, until: datetime, sources: Iterable[str] = ()) -> Mistakes:
    """Return what went wrong in [since, until) with a brand that these sources are read for; of what waits for a look, all of it."""

    def ours(reply_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        mine = sa.exists().where(replies.c.id == reply_id, mentions.c.id == replies.c.mention_id, of_brand(brand))
        return mine.correlate_except(replies, mentions)

    def number(query: sa.Select[int]) -> int:
        return int(connection.scalars(query).one())

    # By the clock first: of all that ever happened, a day is little.
    moved = sa.select(audit.c.reply_id, audit.c.actor, audit.c.reason).where(
        audit.c.at >= since, audit.c.at < until, audit.c.reply_id.is_not(None), audit.c.old_status != audit.c.new_status
    )
    mine = ours(audit.c.reply_id)
    # What ends while it is being posted was taken back by its author, or answered meanwhile: no person turned it down.
    by_people = (audit.c.new_status == ReplyStatus.REJECTED.value, audit.c.old_status != ReplyStatus.POSTING.value)
    by_erasure = sa.or_(*(audit.c.reason.startswith(rule) for rule in ERASED_BY))
    rejected = connection.execute(moved.where(mine, *by_people, ~by_erasure)).all()
    reasons = Counter(row.reason.removeprefix(f"{row.actor}: ") for row in rejected)
    expired = moved.where(mine, audit.c.new_status == ReplyStatus.EXPIRED.value).subquery()
    overrides = connection.execute(
        sa.select(approvals.c.reply_id, approvals.c.name, approvals.c.override_reason)
        .where(approvals.c.override_reason != "", approvals.c.decided_at >= since, approvals.c.decided_at < until)
        .where(ours(approvals.c.reply_id))
        .order_by(approvals.c.decided_at, approvals.c.name)
    ).all()
    count = sa.func.count()
    sent = connection.execute(
        sa.select(notices.c.created_at, sendings.c.sent_at)
        .join(notices, notices.c.key == sendings.c.notice_key)
        .where(sendings.c.sent_at >= since, sendings.c.sent_at < until, ~TO_STRIKE)
    ).all()
    failed = (
        sa.select(count).select_from(sendings).where(sendings.c.state == "failed", sendings.c.next_at >= since, sendings.c.next_at < until)
    )
    # A pager that is away all night is told of in the morning, not when it is given up after two days.
    in_vain = sa.select(count).select_from(sendings).where(sendings.c.state == "waiting", sendings.c.error != "", ~TO_STRIKE)
    unknown = sa.select(count).select_from(replies).join(mentions, mentions.c.id == replies.c.mention_id)
    unknown = unknown.where(replies.c.status == ReplyStatus.NEEDS_REVIEW.value, of_brand(brand))
    corrections = _corrections(connection, brand, since, until)
    return Mistakes(
        needs_review=number(unknown),
        expired=number(sa.select(count).select_from(expired)),
        refused=number(
            sa.select(count).where(
                ours(attempts.c.reply_id), attempts.c.outcome == "refused", attempts.c.ended_at >= since, attempts.c.ended_at < until
            )
        ),
        overridden=len({row.reply_id for row in overrides}),
        overflagged=corrections["overflagged"],
        missed=corrections["missed"],
        misplaced=corrections["misplaced"],
        unreadable=number(sa.select(count).where(rejected_rows.c.at >= since, rejected_rows.c.at < until)),
        rejected=len(rejected),
        unsent=number(failed.where(~TO_STRIKE)),
        untold=number(in_vain),
        unstruck=number(failed.join(notices, notices.c.key == sendings.c.notice_key).where(TO_STRIKE, notices.c.brand == brand)),
        late=sum(row.sent_at - row.created_at > LATE for row in sent),
        down=_down(connection, since, until, sources),
        rejections=tuple(reason for reason, _ in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]),
        overrides=tuple(Override(row.reply_id, row.name, row.override_reason) for row in overrides[:MOST]),
    )


def _corrections(connection: sa.Connection, brand: str, since: datetime, until: datetime) -> Counter[str]:
    """Count the mentions of which a person said in [since, until) that we had judged them wrongly; the newest word on each counts."""
    # With the brand's own corrections, as people saw it; of what was erased since only the scorer's own word is left.
    shown = sa.func.coalesce(mentions.c.label, labels.c.scored).label("shown")
    query = sa.select(labels.c.id, labels.c.mention_id, labels.c.verdict, shown).outerjoin(mentions, mentions.c.id == labels.c.mention_id)
    query = query.where(labels.c.brand == brand, labels.c.at >= since, labels.c.at < until).order_by(labels.c.at, labels.c.id)
    found: dict[int, str] = {}
    for row in connection.execute(query):
        key = row.mention_id if row.mention_id is not None else -row.id
        if row.verdict == Verdict.NOT_ABOUT_US.value:
            found[key] = "misplaced"
        elif row.verdict in FEELINGS and row.shown is not None:
            negative, flagged = row.verdict == Verdict.NEGATIVE.value, row.shown == Label.NEGATIVE.value
            found[key] = "right" if negative is flagged else "missed" if negative else "overflagged"
    return Counter(found.values())


def _down(connection: sa.Connection, since: datetime, until: datetime, sources: Iterable[str]) -> tuple[str, ...]:
    """Return which of these sources our own people were told of in [since, until), as not well or silent."""
    told = sa.select(notices.c.key).where(notices.c.created_at >= since, notices.c.created_at < until)
    keys = connection.scalars(told.where(notices.c.key.startswith(SOURCE, autoescape=True))).all()
    return tuple(sorted({key.removeprefix(SOURCE).rpartition("/")[0] for key in keys} & {*sources}))

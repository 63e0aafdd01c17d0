"""What went wrong on our own side in a period: drafts that a person turned down, overrides, sends that failed or came late."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.digest import Mistakes, Override
from monitor.domain import ReplyStatus
from monitor.tables import approvals, attempts, audit, mentions, notices, rejected_rows, replies, sendings

MOST = 20
"""So many reasons and overrides are told one by one."""
LATE = timedelta(hours=1)
"""A notice that reaches somebody so long after it was written came late."""


def of_brand(brand: str) -> sa.ColumnElement[bool]:
    """Say whether a mention that is found otherwise is a brand's; written so that no database begins with all mentions of the brand."""
    return sa.func.coalesce(mentions.c.brand, "") == brand


def read_mistakes(connection: sa.Connection, brand: str, since: datetime, until: datetime) -> Mistakes:
    """Return what went wrong in [since, until); of what waits for a look, all of it."""

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
    rejected = connection.execute(moved.where(mine, *by_people)).all()
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
        .where(sendings.c.sent_at >= since, sendings.c.sent_at < until)
    ).all()
    unknown = sa.select(count).select_from(replies).join(mentions, mentions.c.id == replies.c.mention_id)
    unknown = unknown.where(replies.c.status == ReplyStatus.NEEDS_REVIEW.value, of_brand(brand))
    return Mistakes(
        needs_review=number(unknown),
        expired=number(sa.select(count).select_from(expired)),
        refused=number(
            sa.select(count).where(
                ours(attempts.c.reply_id), attempts.c.outcome == "refused", attempts.c.ended_at >= since, attempts.c.ended_at < until
            )
        ),
        overridden=len({row.reply_id for row in overrides}),
        unreadable=number(sa.select(count).where(rejected_rows.c.at >= since, rejected_rows.c.at < until)),
        rejected=len(rejected),
        unsent=number(sa.select(count).where(sendings.c.state == "failed", sendings.c.next_at >= since, sendings.c.next_at < until)),
        late=sum(row.sent_at - row.created_at > LATE for row in sent),
        rejections=tuple(reason for reason, _ in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]),
        overrides=tuple(Override(row.reply_id, row.name, row.override_reason) for row in overrides[:MOST]),
    )

"""What was read: mentions, how far each source is, rows that could not be read, and what reading cost."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import Key, UtcTime, metadata

WAITING = "status IN ('new','scored','queued','escalated')"
"""What a step still has to do something with; a question must hold this very clause for the small index below to serve it."""

KEPT = "erased_at IS NULL"
"""What still says who wrote what; for the small index below, as above."""

CHANGED = "label_before IS NOT NULL"
"""What a brand's corrections judged otherwise than the scorer; for the small index below, as above."""

ESCALATED = "action = 'escalate'"
"""What is serious; for the small index below, as above."""

# There is no column for a follower profile, a trait or anything inferred about a person, and there must never be one (N11, L6).
mentions = sa.Table(
    "mentions",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("brand", sa.String(64), nullable=False),
    sa.Column("network", sa.String(64), nullable=False),
    sa.Column("external_id", sa.String(512), nullable=False),
    sa.Column("author_handle", sa.String(512), nullable=False),
    sa.Column("author_name", sa.String(512), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("posted_at", UtcTime, nullable=False),
    sa.Column("source", sa.String(128), nullable=False),
    sa.Column("language_hint", sa.String(16), nullable=False),
    sa.Column("mentions_us", sa.Boolean, nullable=False),
    sa.Column("own_channel", sa.Boolean, nullable=False),
    sa.Column("community", sa.String(512), nullable=False),
    sa.Column("parent_id", sa.String(512), nullable=False),
    sa.Column("answered_by_us", sa.Boolean, nullable=False),
    sa.Column("read_at", UtcTime, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("language", sa.String(16), nullable=False, server_default=""),
    sa.Column("label", sa.String(16)),
    sa.Column("score", sa.Float),
    sa.Column("confidence", sa.Float),
    # The scorer's chance that it is negative, where it gives one; the brand's own corrections leave it as it is.
    sa.Column("p_negative", sa.Float),
    # What the scorer itself said, where the brand's corrections say otherwise.
    sa.Column("label_before", sa.String(16)),
    sa.Column("scorer", sa.String(64)),
    sa.Column("scorer_version", sa.String(64)),
    sa.Column("score_reasons", sa.JSON),
    sa.Column("action", sa.String(16)),
    sa.Column("rules", sa.JSON),
    sa.Column("why", sa.Text),
    # Why nobody answers: a rule's id (T17), set by triage, by delivery or by the person who rejected the draft.
    sa.Column("no_answer_rule", sa.String(16)),
    # Not flagged, and offered to be checked all the same, so that what we miss can be measured.
    sa.Column("sampled", sa.Boolean, nullable=False, server_default=sa.false()),
    # When its network last said that it stands there as we read it, or was asked and said nothing; at first when it was read.
    sa.Column("checked_at", UtcTime),
    # Since when it is not found where it stood; None where it was found there last.
    sa.Column("missed_at", UtcTime),
    # When text, author and all else that says who wrote what left this row.
    sa.Column("erased_at", UtcTime),
    sa.UniqueConstraint("brand", "network", "external_id"),
    sa.Index(
        "ix_mentions_waiting",
        "status",
        "id",
        sqlite_where=sa.text(WAITING),
        postgresql_where=sa.text(WAITING),
    ),
    # A digest counts a day, a week and the weeks before out of this index alone.
    sa.Index("ix_mentions_told", "brand", "read_at", "label", "status", "network", "no_answer_rule", "action", "confidence", "score"),
    sa.Index(
        "ix_mentions_changed", "brand", "read_at", "label_before", "label", sqlite_where=sa.text(CHANGED), postgresql_where=sa.text(CHANGED)
    ),
    sa.Index(
        "ix_mentions_escalated", "brand", "read_at", "posted_at", sqlite_where=sa.text(ESCALATED), postgresql_where=sa.text(ESCALATED)
    ),
    sa.Index("ix_mentions_posted_at", "posted_at"),
    sa.Index("ix_mentions_kept", "source", "id", sqlite_where=sa.text(KEPT), postgresql_where=sa.text(KEPT)),
    sa.Index("ix_mentions_checked", "source", "checked_at", sqlite_where=sa.text(KEPT), postgresql_where=sa.text(KEPT)),
    sa.Index("ix_mentions_sampled", "brand", "id", sqlite_where=sa.text("sampled"), postgresql_where=sa.text("sampled")),
    sa.Index("ix_mentions_parent_id", "parent_id", sqlite_where=sa.text("parent_id <> ''"), postgresql_where=sa.text("parent_id <> ''")),
)

source_states = sa.Table(
    "source_states",
    metadata,
    sa.Column("source", sa.String(128), primary_key=True),
    sa.Column("brand", sa.String(64), primary_key=True),
    sa.Column("cursor", sa.Text, nullable=False, server_default=""),
    sa.Column("last_success_at", UtcTime),
    sa.Column("next_poll_at", UtcTime),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_error", sa.Text, nullable=False, server_default=""),
    sa.Column("mentions", sa.Integer, nullable=False, server_default="0"),
)

rejected_rows = sa.Table(
    "rejected_rows",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("source", sa.String(128), nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.UniqueConstraint("source", "place", "line", "reason"),
)

# What sources cost, by day in UTC; `amount` counts millionths of the unit.
costs = sa.Table(
    "costs",
    metadata,
    sa.Column("source", sa.String(128), primary_key=True),
    sa.Column("brand", sa.String(64), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("unit", sa.String(8), primary_key=True),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("reads", sa.Integer, nullable=False),
)

# What was charged already on a day, so that it is not counted twice; older days are deleted.
charged_reads = sa.Table(
    "charged_reads",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("name", sa.String(128), primary_key=True),
)

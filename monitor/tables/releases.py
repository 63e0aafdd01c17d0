"""Our own statements to everybody: their frozen versions, who approved which, and whether they stand in public."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.tables.base import Key, UtcTime, metadata

releases = sa.Table(
    "releases",
    metadata,
    sa.Column("id", Key, primary_key=True),
    # The release's own name, as its file gives it.
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("brand", sa.String(64), nullable=False),
    sa.Column("story", sa.String(256), nullable=False, server_default=""),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    # The version that stands in public, whose facts replies may use; a later one may wait beside it.
    sa.Column("published_version", sa.Integer),
    sa.Column("published_at", UtcTime),
    sa.Column("created_at", UtcTime, nullable=False),
)

release_versions = sa.Table(
    "release_versions",
    metadata,
    sa.Column("release_id", sa.ForeignKey("releases.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    # All of it, its pictures too: what is approved is what is published.
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("written_by", sa.String(256), nullable=False),
    sa.Column("written_at", UtcTime, nullable=False),
    sa.Column("objections", sa.JSON, nullable=False),
)

release_approvals = sa.Table(
    "release_approvals",
    metadata,
    sa.Column("release_id", sa.ForeignKey("releases.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    # The same person never counts twice for one version.
    sa.Column("name", sa.String(256), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("decided_at", UtcTime, nullable=False),
    sa.Column("override_reason", sa.Text, nullable=False, server_default=""),
)

"""Releases: our own statements to everybody, their versions and who approved which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor import tables

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "releases",
        sa.Column("id", tables.Key, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("brand", sa.String(length=64), nullable=False),
        sa.Column("story", sa.String(length=256), server_default="", nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.Column("published_at", tables.UtcTime(timezone=True), nullable=True),
        sa.Column("created_at", tables.UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_releases")),
        sa.UniqueConstraint("name", name="uq_releases_name"),
    )
    op.create_table(
        "release_versions",
        sa.Column("release_id", tables.Key, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("written_by", sa.String(length=256), nullable=False),
        sa.Column("written_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("objections", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=("fk_release_versions_release_id_releases")),
        sa.PrimaryKeyConstraint("release_id", "number", name=("pk_release_versions")),
    )
    op.create_table(
        "release_approvals",
        sa.Column("release_id", tables.Key, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("decided_at", tables.UtcTime(timezone=True), nullable=False),
        sa.Column("override_reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["releases.id"], name=("fk_release_approvals_release_id_releases")),
        sa.PrimaryKeyConstraint("release_id", "version", "name", name=("pk_release_approvals")),
    )

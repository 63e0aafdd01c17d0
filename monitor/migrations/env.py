"""Runs the migrations on the connection that `monitor.migrations` hands over."""

from __future__ import annotations

from alembic import context

from monitor.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True, render_as_batch=True)
context.run_migrations()

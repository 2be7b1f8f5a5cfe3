"""Run our migrations on the connection Alembic is handed, inside the transaction begun there."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import metadata

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Migrations run when Studybot opens its database: start it, or use its `db upgrade`.")

context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()

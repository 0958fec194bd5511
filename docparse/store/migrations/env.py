"""What alembic runs: the connection that `store.migrate` hands over goes in; its tables are stepped forward."""

from __future__ import annotations

from alembic import context

from docparse.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()

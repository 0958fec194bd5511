"""The first tables of a corpus, with the full-text index of its database."""

from __future__ import annotations

from alembic import op

from docparse.store.schema import metadata
from docparse.store.search import CREATE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, then the index of words."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)

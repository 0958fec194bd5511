"""Corrections keep the words around their quote, so that equal mentions are told apart when a file is read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the words before and after, unknown for corrections made until now."""
    for name in ("before", "after"):
        op.add_column("correction", sa.Column(name, sa.Text(), server_default="", nullable=False))

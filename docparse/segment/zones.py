"""First cut: changes nothing yet."""

from __future__ import annotations

from docparse.model import Document
from docparse.tables import Tables


def mark_zones(doc: Document, tables: Tables) -> Document:
    """Nothing yet."""
    return doc

"""First cut: changes nothing yet."""

from __future__ import annotations

from docparse.model import Document
from docparse.tables import Tables


def find_tasks(doc: Document, tables: Tables) -> Document:
    """Nothing yet."""
    return doc

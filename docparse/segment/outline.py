"""First cut: changes nothing yet."""

from __future__ import annotations

from docparse.model import Document
from docparse.tables import Tables


def build_outline(doc: Document, tables: Tables) -> Document:
    """Nothing yet."""
    return doc

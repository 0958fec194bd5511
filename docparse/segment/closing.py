"""First cut: finds nothing yet."""

from __future__ import annotations

from collections.abc import Iterator

from docparse.model import Document, Found
from docparse.tables import Tables


def find_closing(doc: Document, tables: Tables) -> Iterator[Found]:
    """Nothing yet."""
    return iter(())

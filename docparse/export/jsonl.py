"""JSON Lines: records in, one canonical JSON object a line out."""

from __future__ import annotations

from collections.abc import Iterable

from docparse.record import Record


def dumped(records: Iterable[Record]) -> bytes:
    """The records in their order, each on a line, as UTF-8."""
    return "".join(record.to_json() + "\n" for record in records).encode("utf-8")

"""Many records at once: rows of new files go in by few statements; those that replace something go one by one.

What stands in the store afterwards is what `writing.put` would have made of them one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from docparse.store import schema, search, writing
from docparse.store.rows import Rows


@dataclass(frozen=True, slots=True)
class Entry:
    """What `writing.put` takes: the rows of a record, the words it is found by, the size of its file in bytes."""

    rows: Rows
    words: tuple[str, str]
    size: int

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return str(self.rows.document["sha256"])

    @property
    def path(self) -> str:
        """Where the file is."""
        return str(self.rows.document["path"])


def put_all(connection: sa.Connection, entries: Sequence[Entry]) -> None:
    """Store the rows of records, in place of earlier readings of the same bytes or path."""
    known = _known(connection, entries)
    fresh: list[Entry] = []
    for entry in entries:
        if {entry.sha256, entry.path} & known:
            _insert(connection, fresh)
            fresh = []
            writing.put(connection, entry.rows, entry.words, entry.size)
        else:
            known |= {entry.sha256, entry.path}
            fresh.append(entry)
    _insert(connection, fresh)


def _known(connection: sa.Connection, entries: Sequence[Entry]) -> set[str]:
    """Of the hashes and paths of the entries those of which the store says something already."""
    out: set[str] = set()
    f, d, c, failed = schema.file.c, schema.document.c, schema.correction.c, schema.failure.c
    for at in range(0, len(entries), writing.IN_ONE):
        hashes = [entry.sha256 for entry in entries[at : at + writing.IN_ONE]]
        paths = [entry.path for entry in entries[at : at + writing.IN_ONE]]
        statement = sa.union(
            sa.select(f.sha256).where(f.sha256.in_(hashes)),
            sa.select(f.path).where(f.path.in_(paths)),
            sa.select(d.sha256).where(d.sha256.in_(hashes)),
            sa.select(c.sha256).where(c.sha256.in_(hashes)),
            sa.select(failed.path).where(failed.path.in_(paths)),
        )
        out |= set(connection.execute(statement).scalars())
    return out


def _insert(connection: sa.Connection, entries: Sequence[Entry]) -> None:
    """New files, of which no two share a hash or a path."""
    if not entries:
        return
    ids = writing.names(connection, (one for entry in entries for one in entry.rows.named))
    d = schema.document
    made = connection.execute(
        d.insert().returning(d.c.sha256, d.c.id),
        [{**entry.rows.document, "name": ids[entry.rows.own.urn]} for entry in entries],
    )
    keys = {sha256: int(key) for sha256, key in made}
    edges, duties, dues = [], [], []
    for entry in entries:
        key, own = keys[entry.sha256], ids[entry.rows.own.urn]
        edges += [{**e, "document": key, "source": own, "target": ids[e["target"]]} for e in entry.rows.edges]
        duties += [{**row, "document": key} for row in entry.rows.duties]
        dues += [{**row, "document": key} for row in entry.rows.dues]
    files = [{"path": entry.path, "sha256": entry.sha256, "bytes": entry.size} for entry in entries]
    for table, rows in ((schema.edge, edges), (schema.duty, duties), (schema.due, dues), (schema.file, files)):
        if rows:
            connection.execute(table.insert(), rows)
    for entry in entries:
        search.index(connection, keys[entry.sha256], entry.words)

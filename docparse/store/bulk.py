"""Loading many: rows of new records go in, one after the other; a whole corpus stands at the end, linked once.

What costs time in `writing.put` is done once for all: indexes are dropped and built again, foreign keys of PostgreSQL
checked at the end, names numbered here. One transaction, so a kill leaves the corpus as it was before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from docparse.link.names import parse_name
from docparse.store import schema, search, writing
from docparse.store.rows import Named, Rows

AT_ONCE = 10_000
"""Documents that are held in memory between two writes."""
_HASH_BYTES = (256 << 20, 1 << 20)
"""How much SQLite's index of words gathers before it writes, while loading and else."""
_WORDS = ("exact", "folded")
_LOADED = (schema.name, schema.document, schema.file, schema.edge, schema.duty, schema.due)
_VALUES = {table.name: itemgetter(*(column.name for column in table.c)) for table in _LOADED}


class Bulk:
    """An open load; `add` every record, once each. Made by `loading`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        n = schema.name
        self._ids: dict[str, int] = {}
        self._printed: set[int] = set()
        for row in connection.execute(sa.select(n.c.id, n.c.urn, *(n.c[column] for column in writing.PRINTED))):
            self._ids[row.urn] = row.id
            self._printed.add(hash((row.id, *row[2:])))
        self._fuller: dict[int, Named] = {}
        self._taken = set(connection.execute(sa.select(schema.document.c.newest)).scalars())
        self._corrected = set(connection.execute(sa.select(schema.correction.c.sha256)).scalars())
        self._next = {table.name: _highest(connection, table) + 1 for table in _LOADED if "id" in table.c}
        self._rows: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in _LOADED}
        self._words: list[Mapping[str, int | str]] = []

    def add(self, rows: Rows, words: tuple[str, str], size: int) -> None:
        """Take in the rows of a record whose file the corpus does not have, with its words (`search.words_of`).

        Raises StoreError, here or at the end, when the corpus has the file or another one at its path.
        """
        if rows.document["sha256"] in self._corrected:
            rows, words = writing.with_corrections(self._connection, rows, words)
        own, key = self._name(rows.own), self._number("document")
        place = int(rows.document["newest"])
        while place in self._taken:
            place += 1
        self._taken.add(place)
        self._put(schema.document, {**rows.document, "id": key, "name": own, "newest": place})
        self._put(schema.file, {"path": rows.document["path"], "sha256": rows.document["sha256"], "bytes": size})
        for named in rows.targets:
            self._name(named)
        for edge in rows.edges:
            target = self._ids[edge["target"]]
            self._put(
                schema.edge, {**edge, "id": self._number("edge"), "document": key, "source": own, "target": target}
            )
        for table, some in ((schema.duty, rows.duties), (schema.due, rows.dues)):
            for row in some:
                self._put(table, {**row, "id": self._number(table.name), "document": key})
        self._words.append(search.indexed(self._connection.dialect.name, place, words))
        if len(self._words) >= AT_ONCE:
            self._write()

    def _number(self, table: str) -> int:
        number = self._next[table]
        self._next[table] = number + 1
        return number

    def _put(self, table: sa.Table, row: Mapping[str, Any]) -> None:
        self._rows[table.name].append(_VALUES[table.name](row))

    def _name(self, named: Named) -> int:
        parts = (named.type, named.number, named.date, named.issuer, named.title)
        key = self._ids.get(named.urn)
        if key is None:
            key = self._ids[named.urn] = self._number("name")
            self._printed.add(hash((key, *parts)))
            self._rows["name"].append((key, named.urn, parse_name(named.urn).block, key, "itself", "", *parts))
        elif (seen := hash((key, *parts))) not in self._printed:
            self._printed.add(seen)
            before = self._fuller.get(key)
            self._fuller[key] = named if before is None else writing.fuller(before, named)
        return key

    def _write(self) -> None:
        for table in _LOADED:
            rows, columns = self._rows[table.name], [column.name for column in table.c]
            self._insert(table.name, columns, rows)
            self._rows[table.name] = []
        self._words.sort(key=lambda row: row["i"])  # the index writes to the disk whenever a key goes back
        rows = [(row["i"], row["e"], row["f"]) for row in self._words]
        self._insert("words", ["rowid" if self._sqlite else "id", *_WORDS], rows)
        self._words = []

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        names = ", ".join(f'"{column}"' for column in columns)
        if self._sqlite:
            marks = ", ".join("?" * len(columns))
            self._connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(rows))
            return
        driver: Any = self._connection.connection.driver_connection
        try:
            with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        except self._connection.dialect.loaded_dbapi.Error as error:
            raise sa.exc.DBAPIError(f"COPY {table}", None, error) from error

    def finish(self) -> None:
        """Write what is left, build the indexes, link all names."""
        self._write()
        _restore(self._connection)
        self._merge_printings()
        self._link()
        self._connection.execute(
            schema.failure.delete().where(schema.failure.c.path.in_(sa.select(schema.file.c.path)))
        )
        for table in _LOADED if not self._sqlite else ():
            if "id" in table.c:
                self._connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {max(1, self._next[table.name] - 1)})"
                )
        if self._sqlite:
            self._connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        self._connection.exec_driver_sql("ANALYZE")

    def _merge_printings(self) -> None:
        n, changed = schema.name, []
        for part in writing.parts(sorted(self._fuller)):
            for row in self._connection.execute(sa.select(n).where(n.c.id.in_(part))):
                merged = writing.fuller(
                    Named(row.urn, *(getattr(row, c) for c in writing.PRINTED)), self._fuller[row.id]
                )
                changed.append({"key": row.id} | {f"new_{c}": getattr(merged, c) for c in writing.PRINTED})
        if changed:
            values: dict[str, Any] = {c: sa.bindparam(f"new_{c}") for c in writing.PRINTED}
            self._connection.execute(n.update().where(n.c.id == sa.bindparam("key")).values(values), changed)

    def _link(self) -> None:
        n, updates = schema.name, []
        statement = sa.select(n.c.id, n.c.urn, n.c.block, n.c.node, n.c.reason, n.c.candidates).order_by(n.c.block)
        rows = self._connection.execute(statement, execution_options={"yield_per": 10_000})
        for _, block in groupby(rows, key=lambda row: row.block):
            updates += writing.relinked(list(block))
        writing.relink(self._connection, updates)


@contextmanager
def loading(connection: sa.Connection) -> Iterator[Bulk]:
    """A load within a writing transaction; it is whole when the block ends well."""
    bulk = Bulk(connection)
    _drop(connection)
    yield bulk
    bulk.finish()


def _highest(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))).scalar_one())


def _drop(connection: sa.Connection) -> None:
    for table in _LOADED:
        for index in table.indexes:
            index.drop(connection)
    if connection.dialect.name == "sqlite":
        _gather(connection, _HASH_BYTES[0])
        return
    for table in _LOADED:
        for key in table.foreign_key_constraints:
            connection.execute(sa.schema.DropConstraint(key))
    for column in _WORDS:
        connection.exec_driver_sql(f"DROP INDEX ix_words_{column}")


def _restore(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        _gather(connection, _HASH_BYTES[1])
    else:
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
        for column in _WORDS:
            connection.exec_driver_sql(f"CREATE INDEX ix_words_{column} ON words USING gin ({column})")
    for table in _LOADED:
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            index.create(connection)
    if connection.dialect.name != "sqlite":
        for table in _LOADED:
            for key in table.foreign_key_constraints:
                connection.execute(sa.schema.AddConstraint(key))


def _gather(connection: sa.Connection, size: int) -> None:
    connection.exec_driver_sql(f"INSERT INTO words (words, rank) VALUES ('hashsize', {size})")

"""Writing: rows of records go into the store, and the names that they touch are linked anew.

One transaction for each call: a kill leaves a whole record with its edges or none of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from docparse.link.identity import resolve
from docparse.link.names import parse_name
from docparse.record import Record
from docparse.store import corrections, schema, search
from docparse.store.rows import Named, Rows, rows_of

T = TypeVar("T")

IN_ONE = 500
"""How many values one statement may name; SQLite allows some tens of thousands, PostgreSQL 65,535."""

PRINTED = ("type", "number", "date", "issuer", "title")


def put(connection: sa.Connection, rows: Rows, words: tuple[str, str], size: int) -> int:
    """Store a record's rows in place of an earlier reading of the same bytes, with what people said of it in them;
    gives the id of the document's row."""
    rows, words = with_corrections(connection, rows, words)
    remove(connection, str(rows.document["sha256"]), keep_paths=True)
    ids = names(connection, rows.named)
    own = ids[rows.own.urn]
    place = _free(connection, int(rows.document["newest"]))
    statement = (
        schema.document.insert().values({**rows.document, "name": own, "newest": place}).returning(schema.document.c.id)
    )
    key = int(connection.execute(statement).scalar_one())
    _many(
        connection, schema.edge, [{**e, "document": key, "source": own, "target": ids[e["target"]]} for e in rows.edges]
    )
    _many(connection, schema.duty, [{**d, "document": key} for d in rows.duties])
    _many(connection, schema.due, [{**d, "document": key} for d in rows.dues])
    put_path(connection, str(rows.document["path"]), str(rows.document["sha256"]), size)
    search.index(connection, place, words)
    return key


def with_corrections(connection: sa.Connection, rows: Rows, words: tuple[str, str]) -> tuple[Rows, tuple[str, str]]:
    """The rows and words of the record with its corrections; the machine's record itself is stored as it is."""
    machine = rows.document
    said = corrections.history(connection, str(machine["sha256"]))
    if not said:
        return rows, words
    record = corrections.record_of(machine["record"], said)
    made = rows_of(record, str(machine["fingerprint"]))
    made.document.update(record=machine["record"], path=machine["path"])
    return made, search.words_of(searched(record))


def _free(connection: sa.Connection, place: int) -> int:
    """The first place not taken: two files of one day may have hashes that begin alike."""
    newest = schema.document.c.newest
    while connection.execute(sa.select(newest).where(newest == place)).first() is not None:
        place += 1
    return place


def searched(record: Record) -> str:
    """The words under which a document is found: its symbol and subject, then its text."""
    header = record.header
    head = (header.number, header.subject) if header else ()
    return "\n".join([*(words for words in head if words), record.text])


def put_path(connection: sa.Connection, path: str, sha256: str, size: int) -> None:
    """Say that the bytes stand at the path; the document shows the first of its paths.

    What stood at the path before leaves the corpus when it has no other path; its original stays.
    """
    f = schema.file
    before = connection.execute(sa.select(f.c.sha256).where(f.c.path == path)).scalar()
    connection.execute(f.delete().where(f.c.path == path))
    connection.execute(f.insert().values(path=path, sha256=sha256, bytes=size))
    connection.execute(schema.failure.delete().where(schema.failure.c.path == path))
    _show_first_path(connection, sha256)
    if before is not None and before != sha256:
        if connection.execute(sa.select(f.c.path).where(f.c.sha256 == before)).first() is None:
            remove(connection, before)
        else:
            _show_first_path(connection, before)


def put_failure(connection: sa.Connection, failure: Mapping[str, Any]) -> None:
    """Say that the file at a path gave no record, and why, in place of what was said of it before."""
    connection.execute(schema.failure.delete().where(schema.failure.c.path == failure["path"]))
    connection.execute(schema.failure.insert().values(**failure))


def _show_first_path(connection: sa.Connection, sha256: str) -> None:
    first = sa.select(sa.func.min(schema.file.c.path)).where(schema.file.c.sha256 == sha256).scalar_subquery()
    connection.execute(schema.document.update().where(schema.document.c.sha256 == sha256).values(path=first))


def remove(connection: sa.Connection, sha256: str, keep_paths: bool = False) -> bool:
    """Take a document with all that rests on it out of the store; its names stay where others use them."""
    key = connection.execute(sa.select(schema.document.c.id).where(schema.document.c.sha256 == sha256)).scalar()
    if not keep_paths:
        connection.execute(schema.file.delete().where(schema.file.c.sha256 == sha256))
    if key is None:
        return False
    search.forget(connection, key)
    used = _names_of(connection, key)
    for table in (schema.edge, schema.duty, schema.due):
        connection.execute(table.delete().where(table.c.document == key))
    connection.execute(schema.document.delete().where(schema.document.c.id == key))
    _drop_unused(connection, used)
    return True


def _names_of(connection: sa.Connection, key: int) -> list[int]:
    own = sa.select(schema.document.c.name).where(schema.document.c.id == key)
    cited = sa.select(schema.edge.c.target).where(schema.edge.c.document == key)
    return list(connection.execute(sa.union(own, cited)).scalars())


def _drop_unused(connection: sa.Connection, ids: Sequence[int]) -> None:
    """Delete the names that neither a document nor an edge uses any more, and link anew the blocks they stood in."""
    blocks: set[str] = set()
    n = schema.name
    for part in parts(ids):
        used = sa.or_(
            sa.exists().where(schema.document.c.name == n.c.id),
            sa.exists().where(schema.edge.c.target == n.c.id),
            sa.exists().where(schema.edge.c.source == n.c.id),
        )
        unused = list(connection.execute(sa.select(n.c.id, n.c.block).where(n.c.id.in_(part), sa.not_(used))))
        connection.execute(n.delete().where(n.c.id.in_([row.id for row in unused])))
        blocks |= {row.block for row in unused}
        gone = {row.id for row in unused}
        for key in part:
            if key not in gone:
                _restate(connection, key)
    link(connection, blocks)


def _restate(connection: sa.Connection, key: int) -> None:
    """What is printed of a name, from the records that still use it; ends as soon as they give what is there."""
    row = connection.execute(sa.select(schema.name).where(schema.name.c.id == key)).one()
    now = Named(row.urn, *(getattr(row, column) for column in PRINTED))
    found = Named(row.urn, *(None for _ in PRINTED))
    for one in _printings(connection, key, row.urn):
        found = fuller(found, one)
        if found == now:
            return
    values = {column: getattr(found, column) for column in PRINTED}
    connection.execute(schema.name.update().where(schema.name.c.id == key).values(**values))


def _printings(connection: sa.Connection, key: int, urn: str) -> Iterator[Named]:
    d, e = schema.document, schema.edge
    own = sa.select(d.c.record, d.c.sha256).where(d.c.name == key)
    citing = sa.select(d.c.record, d.c.sha256).where(d.c.id.in_(sa.select(e.c.document).where(e.c.target == key)))
    for data, digest in connection.execute(sa.union_all(own, citing)):
        record = corrections.record_of(data, corrections.history(connection, digest))
        yield from (one for one in rows_of(record, "").named if one.urn == urn)


def names(connection: sa.Connection, named: Iterable[Named], linked: bool = True) -> Mapping[str, int]:
    """Row ids of names by URN, those not yet known made; what is printed of one is kept at its fullest.

    New names are linked with their blocks, unless `linked` is off: a bulk load links once at its end.
    """
    best: dict[str, Named] = {}
    for one in named:
        best[one.urn] = fuller(best[one.urn], one) if one.urn in best else one
    known = _known(connection, list(best))
    fresh = [urn for urn in sorted(best) if urn not in known]
    for urn, row in known.items():
        merged = fuller(Named(urn, *(getattr(row, column) for column in PRINTED)), best[urn])
        changed = {c: getattr(merged, c) for c in PRINTED if getattr(merged, c) != getattr(row, c)}
        if changed:
            connection.execute(schema.name.update().where(schema.name.c.id == row.id).values(**changed))
    ids = {urn: int(row.id) for urn, row in known.items()}
    if fresh:
        first = int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(schema.name.c.id), 0))).scalar_one()) + 1
        ids |= {urn: first + place for place, urn in enumerate(fresh)}
        blocks = {urn: parse_name(urn).block for urn in fresh}
        _many(
            connection,
            schema.name,
            [
                {"id": ids[urn], "urn": urn, "block": blocks[urn], "node": ids[urn], "reason": "itself"}
                | {column: getattr(best[urn], column) for column in PRINTED}
                for urn in fresh
            ],
        )
        if linked:
            link(connection, set(blocks.values()))
    return ids


def _known(connection: sa.Connection, urns: Sequence[str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for part in parts(urns):
        out |= {row.urn: row for row in connection.execute(sa.select(schema.name).where(schema.name.c.urn.in_(part)))}
    return out


def fuller(a: Named, b: Named) -> Named:
    """The fuller of two printings, part by part: the longer, of equal ones the later in order, whoever came first."""
    most = [max(getattr(a, c), getattr(b, c), key=lambda v: (len(v or ""), v or "")) for c in PRINTED]
    return Named(a.urn, *most)


def link(connection: sa.Connection, blocks: Iterable[str]) -> int:
    """Decide anew which names of the blocks stand for one document; gives how many names changed."""
    updates: list[dict[str, Any]] = []
    n = schema.name
    for part in parts(sorted(blocks)):
        groups: dict[str, list[Any]] = defaultdict(list)
        statement = sa.select(n.c.id, n.c.urn, n.c.block, n.c.node, n.c.reason, n.c.candidates).where(
            n.c.block.in_(part)
        )
        for row in connection.execute(statement):
            groups[row.block].append(row)
        for rows in groups.values():
            updates += relinked(rows)
    relink(connection, updates)
    return len(updates)


def relinked(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """What changes in the names of one block when they are decided anew, for `relink`."""
    if len(rows) == 1 and (rows[0].node, rows[0].reason, rows[0].candidates) == (rows[0].id, "itself", ""):
        return []
    ids = {row.urn: int(row.id) for row in rows}
    verdicts = resolve(parse_name(row.urn) for row in rows)
    updates = []
    for row in rows:
        verdict = verdicts[row.urn]
        new = (ids[verdict.stands_for], verdict.reason, "\n".join(verdict.candidates))
        if new != (row.node, row.reason, row.candidates):
            updates.append({"key": row.id, "n": new[0], "r": new[1], "c": new[2]})
    return updates


def relink(connection: sa.Connection, updates: Sequence[Mapping[str, Any]]) -> None:
    """Write what `relinked` found."""
    if updates:
        statement = (
            schema.name.update()
            .where(schema.name.c.id == sa.bindparam("key"))
            .values(node=sa.bindparam("n"), reason=sa.bindparam("r"), candidates=sa.bindparam("c"))
        )
        connection.execute(statement, list(updates))


def _many(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), list(rows))


def parts(values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[at : at + IN_ONE] for at in range(0, len(values), IN_ONE))

"""Corrections in the store: a file's hash goes in; what people said of it, and its record with that in it, come out.

A log that only grows: an undo is an entry of its own. Corrections belong to the bytes of a file (its hash), so they
outlive its record, and wait for a file that is not there yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from docparse.link.correcting import Correction, corrected
from docparse.record import Record
from docparse.store import schema
from docparse.store.rows import unpacked

_C = schema.correction.c
_IN_ORDER = (_C.sha256, _C.made_at, _C.id)
"""What was said last wins, whichever corpus it was said in."""
Histories = Mapping[str, Sequence[Correction]]


def history(connection: sa.Connection, sha256: str) -> list[Correction]:
    """All that was said of a file, in order, what was taken back too."""
    return list(_read(connection, schema.correction.c.sha256 == sha256).get(sha256, ()))


def histories(connection: sa.Connection) -> Histories:
    """What was said of every file that anything was said of, by its hash, in order of that."""
    return _read(connection, sa.true())


def _read(connection: sa.Connection, which: sa.ColumnElement[bool]) -> dict[str, list[Correction]]:
    c = schema.correction
    out: dict[str, list[Correction]] = {}
    for row in connection.execute(sa.select(c).where(which).order_by(*_IN_ORDER)):
        mine = out.setdefault(row.sha256, [])
        said = (row.field, row.value, row.machine, row.quote, row.start, row.author, row.made_at, row.note)
        mine.append(Correction(len(mine) + 1, *said, before=row.before, after=row.after))
    return out


def say(connection: sa.Connection, sha256: str, one: Correction) -> None:
    """Add a correction to a file's log; its number follows from its place."""
    values: dict[str, Any] = {"sha256": sha256, "field": one.field, "value": one.value, "machine": one.machine}
    values |= {"quote": one.quote, "start": one.start, "author": one.author, "made_at": one.made_at, "note": one.note}
    values |= {"before": one.before, "after": one.after}
    connection.execute(schema.correction.insert().values(**values))


def reading(data: bytes, said: Sequence[Correction]) -> dict[str, Any]:
    """A stored record as plain JSON, with what people said in it."""
    machine: dict[str, Any] = json.loads(unpacked(data))
    return corrected(machine, said).record if said else machine


def record_of(data: bytes, said: Sequence[Correction]) -> Record:
    """A stored record, with what people said in it."""
    return Record.model_validate(reading(data, said)) if said else Record.model_validate_json(unpacked(data))


def looked_at() -> sa.ColumnElement[int]:
    """A column for ordering rows of `document`: 0 for a file of which a person said something, 1 for others."""
    said = sa.exists().where(schema.correction.c.sha256 == schema.document.c.sha256)
    return sa.case((said, 0), else_=1)


def of_files(connection: sa.Connection, hashes: Iterable[str]) -> Histories:
    """What was said of these few files."""
    return _read(connection, schema.correction.c.sha256.in_(sorted(set(hashes))))

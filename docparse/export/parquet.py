"""Tables as Parquet: a corpus goes in; documents, citations, tasks, bodies and deadlines come out, one file each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from docparse.record import Record
from docparse.store.corpus import Corpus

_TEXT, _LONG, _REAL, _YES = pa.string(), pa.int64(), pa.float64(), pa.bool_()
SCHEMAS = {
    "documents": pa.schema(
        [("sha256", _TEXT), ("id", _TEXT), ("path", _TEXT), ("kind", _TEXT), ("system", _TEXT), ("type", _TEXT),
         ("number", _TEXT), ("date", _TEXT), ("issuer", _TEXT), ("level", _TEXT), ("place", _TEXT), ("subject", _TEXT),
         ("signer", _TEXT), ("pages", _LONG), ("warnings", _LONG), ("text", _TEXT)]
    ),
    "citations": pa.schema(
        [("sha256", _TEXT), ("id", _TEXT), ("text", _TEXT), ("start", _LONG), ("end", _LONG), ("via", _TEXT),
         ("relation", _TEXT), ("provision", _TEXT), ("task", _TEXT), ("confidence", _REAL), ("target_id", _TEXT),
         ("target_type", _TEXT), ("target_number", _TEXT), ("target_date", _TEXT), ("target_issuer", _TEXT),
         ("target_title", _TEXT), ("target_state", _TEXT)]
    ),
    "tasks": pa.schema(
        [("sha256", _TEXT), ("id", _TEXT), ("path", pa.list_(_TEXT)), ("label", _TEXT), ("text", _TEXT),
         ("start", _LONG), ("end", _LONG)]
    ),
    "bodies": pa.schema(
        [("sha256", _TEXT), ("id", _TEXT), ("text", _TEXT), ("name", _TEXT), ("role", _TEXT), ("task", _TEXT),
         ("confidence", _REAL)]
    ),
    "deadlines": pa.schema(
        [("sha256", _TEXT), ("id", _TEXT), ("text", _TEXT), ("kind", _TEXT), ("value", _TEXT), ("op", _TEXT),
         ("anchor", _TEXT), ("task", _TEXT), ("inferred", _YES), ("confidence", _REAL)]
    ),
}  # fmt: skip
"""The tables; `sha256` joins them, ids are those of the record."""


def files(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """`documents.parquet` and so on, rows in order of their files' hashes and of their place."""
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for record in corpus.records():
        for name, rows in rows_of(record).items():
            tables[name] += rows
    for name, rows in tables.items():
        yield f"{name}.parquet", _parquet(rows, SCHEMAS[name])


def rows_of(record: Record) -> dict[str, list[dict[str, Any]]]:
    """The rows of a record by table."""
    key = {"sha256": record.source.sha256}
    header, signed = record.header, record.signature
    document = key | {
        "id": record.id, "path": record.source.path, "kind": record.kind,
        "system": header.system if header else None, "type": header.type.code if header else None,
        "number": header.number if header else None, "date": header.date if header else None,
        "issuer": header.issuer.name if header else None, "level": header.issuer.level if header else None,
        "place": header.issuer.place if header else None, "subject": header.subject if header else None,
        "signer": signed.name if signed else None, "pages": len(record.source.pages),
        "warnings": len(record.warnings), "text": record.text,
    }  # fmt: skip
    citations = [
        key | {"start": one.span[0], "end": one.span[1], "target_id": one.target.id, "target_state": one.target.state}
        | {f"target_{name}": getattr(one.target, name) for name in ("type", "number", "date", "issuer", "title")}
        | _named(one, "id", "text", "via", "relation", "provision", "task", "confidence")
        for one in record.citations
    ]  # fmt: skip
    return {
        "documents": [document],
        "citations": citations,
        "tasks": [
            key | {"start": one.span[0], "end": one.span[1]} | _named(one, "id", "path", "label", "text")
            for one in record.tasks
        ],
        "bodies": [key | _named(one, "id", "text", "name", "role", "task", "confidence") for one in record.bodies],
        "deadlines": [
            key | _named(one, "id", "text", "kind", "value", "op", "anchor", "task", "inferred", "confidence")
            for one in record.deadlines
        ],
    }


def _named(value: object, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _parquet(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist(list(rows), schema), stream, compression="zstd")
    return stream.getvalue()

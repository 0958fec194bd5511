"""Tables as Parquet: a corpus goes in; documents, citations, tasks, bodies and deadlines come out, one file each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from docparse.store.corpus import Corpus
from docparse.store.frames import rows_of

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


def _parquet(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist(list(rows), schema), stream, compression="zstd")
    return stream.getvalue()

"""Records as flat tables: a record goes in; rows of its document, citations, tasks, bodies and deadlines come out, and
of many records a pandas frame of one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal, get_args

from docparse.errors import ConfigError
from docparse.record import Record
from docparse.store.graphs import Relation, edge_rows, node_rows, package
from docparse.store.lookup import Node

Table = Literal["documents", "citations", "tasks", "bodies", "deadlines", "nodes", "relations"]
Rows = dict[str, list[dict[str, Any]]]

COLUMNS: Final[Mapping[Table, tuple[str, ...]]] = {
    "documents": (
        "sha256", "id", "path", "kind", "system", "type", "number", "date", "issuer", "level", "place", "subject",
        "signer", "pages", "warnings", "text",
    ),
    "citations": (
        "sha256", "id", "text", "start", "end", "via", "relation", "provision", "task", "confidence", "target_id",
        "target_type", "target_number", "target_date", "target_issuer", "target_title", "target_state",
    ),
    "tasks": ("sha256", "id", "path", "label", "text", "start", "end"),
    "bodies": ("sha256", "id", "text", "name", "role", "task", "confidence"),
    "deadlines": (
        "sha256", "id", "text", "kind", "value", "op", "anchor", "task", "inferred", "confidence",
    ),
    "nodes": ("id", "label", "type", "number", "date", "issuer", "title", "authority", "place", "held"),
    "relations": ("source", "target", "relation", "mentions", "confidence", "evidence"),
}  # fmt: skip
"""The tables with their columns. `sha256` joins those of records; `nodes` and `relations` are the linked graph."""


def rows_of(record: Record) -> Rows:
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


def frame(table: str, records: Iterable[Record], nodes: Iterable[Node], relations: Iterable[Relation]) -> Any:
    """One of the tables as a `pandas.DataFrame`, rows in their order; days are ISO text, as partial ones must be.

    Raises ConfigError for an unknown table and DependencyError where pandas is not installed.
    """
    if table not in get_args(Table):
        raise ConfigError(f"there is no table {table!r}; known: {', '.join(get_args(Table))}")
    pandas = package("pandas", "pandas")
    columns = COLUMNS[table]  # type: ignore[index]
    return pandas.DataFrame(_rows(table, records, nodes, relations), columns=list(columns))


def _rows(
    table: str, records: Iterable[Record], nodes: Iterable[Node], relations: Iterable[Relation]
) -> Iterator[dict[str, Any]]:
    if table == "nodes":
        yield from ({"id": urn} | row for urn, row in node_rows(nodes))
    elif table == "relations":
        yield from ({"source": a, "target": b} | row for a, b, row in edge_rows(relations))
    else:
        for record in records:
            yield from rows_of(record)[table]

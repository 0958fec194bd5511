"""The graph of a corpus as the CSV files that `neo4j-admin database import` reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from docparse.export.graph import edge_rows, node_rows
from docparse.store.corpus import Corpus

_NODE = ("type", "number", "date", "issuer", "title", "authority", "place")


def files(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """`documents.csv` and `relations.csv`, with the import's heads (`:ID`, `:START_ID`, `:TYPE`)."""
    nodes = (
        [urn, *(row[name] for name in _NODE), str(row["held"]).lower(), "Document"] for urn, row in node_rows(corpus)
    )
    yield "documents.csv", _csv(["id:ID", *_NODE, "held:boolean", ":LABEL"], nodes)
    edges = (
        [a, b, row["relation"].upper(), row["mentions"], row["confidence"], row["evidence"]]
        for a, b, row in edge_rows(corpus)
    )
    heads = [":START_ID", ":END_ID", ":TYPE", "mentions:int", "confidence:float", "evidence"]
    yield "relations.csv", _csv(heads, edges)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")

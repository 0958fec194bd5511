"""The graph of a corpus for other tools: a corpus goes in; nodes and edges as plain values, in order, come out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docparse.link.names import parse_name
from docparse.store.corpus import Corpus

Attributes = dict[str, Any]


def node_rows(corpus: Corpus) -> Iterator[tuple[str, Attributes]]:
    """Every document by its id, held or cited, with what is printed of it; unknown parts are empty strings."""
    for node in corpus.nodes():
        name = parse_name(node.id)
        yield (
            node.id,
            {
                "label": node.label,
                "type": node.type or "",
                "number": node.number or "",
                "date": node.date or name.date,
                "issuer": node.issuer or "",
                "title": node.title or "",
                "authority": name.authority,
                "place": ";".join(name.places),
                "held": node.held,
            },
        )


def edge_rows(corpus: Corpus) -> Iterator[tuple[str, str, Attributes]]:
    """Every pair of documents with a relation, once, from the citing to the cited one: how often and how surely it is
    said, and the first place that says so (`SHA-256#citation`)."""
    for source, target, relation, said in corpus.relations():
        yield (
            source,
            target,
            {
                "relation": relation,
                "mentions": len(said),
                "confidence": max(sure for _, sure in said),
                "evidence": said[0][0],
            },
        )

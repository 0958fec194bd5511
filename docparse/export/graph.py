"""The graph of a corpus for other tools: a corpus goes in; nodes and edges as plain values, in order, come out."""

from __future__ import annotations

from collections.abc import Iterator

from docparse.store import graphs
from docparse.store.corpus import Corpus
from docparse.store.graphs import Attributes


def node_rows(corpus: Corpus) -> Iterator[tuple[str, Attributes]]:
    """Every document by its id, held or cited: see `graphs.node_rows`."""
    return graphs.node_rows(corpus.nodes())


def edge_rows(corpus: Corpus) -> Iterator[tuple[str, str, Attributes]]:
    """Every pair of documents with a relation, once: see `graphs.edge_rows`."""
    return graphs.edge_rows(corpus.relations())

"""The graph of a corpus as GraphML, by networkx."""

from __future__ import annotations

import io

import networkx

from docparse.export.graph import edge_rows, node_rows
from docparse.store.corpus import Corpus


def graph_of(corpus: Corpus) -> networkx.MultiDiGraph:
    """The graph with the rows of docparse/export/graph.py as attributes; an edge's key is its relation."""
    graph = networkx.MultiDiGraph()
    for urn, attributes in node_rows(corpus):
        graph.add_node(urn, **attributes)
    for source, target, attributes in edge_rows(corpus):
        graph.add_edge(source, target, key=attributes["relation"], **attributes)
    return graph


def dumped(corpus: Corpus) -> bytes:
    """The GraphML file, UTF-8. The same corpus gives the same bytes."""
    stream = io.BytesIO()
    networkx.write_graphml(graph_of(corpus), stream, encoding="utf-8", prettyprint=True)
    return stream.getvalue()

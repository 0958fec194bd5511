"""The graph of a corpus as GraphML, by networkx."""

from __future__ import annotations

import io

import networkx

from docparse.store.corpus import Corpus


def dumped(corpus: Corpus) -> bytes:
    """The GraphML file, UTF-8. The same corpus gives the same bytes."""
    stream = io.BytesIO()
    networkx.write_graphml(corpus.graph("networkx"), stream, encoding="utf-8", prettyprint=True)
    return stream.getvalue()

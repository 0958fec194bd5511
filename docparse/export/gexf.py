"""The graph of a corpus as GEXF 1.3 (Gephi), by networkx."""

from __future__ import annotations

import io
import re

import networkx

from docparse.store.corpus import Corpus

_TODAY = re.compile(rb' lastmodifieddate="[^"]*"')


def dumped(corpus: Corpus) -> bytes:
    """The GEXF file, UTF-8, without the day on which it was made: the same corpus gives the same bytes."""
    stream = io.BytesIO()
    networkx.write_gexf(corpus.graph("networkx"), stream, encoding="utf-8", prettyprint=True)
    return _TODAY.sub(b"", stream.getvalue())

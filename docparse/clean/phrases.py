"""Words that OCR misreads and is sure of: pieces read by OCR in, those inside words that leave one reading set right.

Not the engine's doubt but the words around decide: `các chỉ bộ trực thuộc` is `chi bộ`, since `chỉ` ("only") cannot
stand there. The list is closed (`scan_phrases.toml`), each entry with what must not be touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from docparse.clean.pieces import Mend, Piece
from docparse.tables import Tables

RULE = "phrase"
CERTAINTY = 0.98


def mend_phrases(pieces: Iterable[Piece], tables: Tables) -> None:
    """Set right the words of the list; a capital stays a capital."""
    rules = [(rule.pattern, cast(str, rule.extra["right"])) for rule in tables.rules("scan_phrases").values()]
    for piece in pieces:
        for pattern, right in rules:
            for match in reversed(list(pattern.finditer(piece.text))):
                start, end = match.span("read")
                read = match["read"]
                if read.lower() == right.lower():
                    continue
                new = right[0].upper() + right[1:] if read[0].isupper() else right
                piece.set_right(Mend(start, end, read, RULE, CERTAINTY), new)

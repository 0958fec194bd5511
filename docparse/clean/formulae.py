"""Formulae of officialese in capitals: pieces read by OCR in, those with the formula's own marks out.

A count of syllables must not touch capitals, for names stand there; but what a letterhead, a title or a heading says is
a closed list (`scan_formulae.tsv`). `QUYÉT ĐỊNH`, of whose first word the engine was unsure, is `QUYẾT ĐỊNH`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from docparse.clean.pieces import Mend, Piece
from docparse.model import Word
from docparse.places import bare_letter
from docparse.tables import Tables

SURE = 0.955
"""Confidence of the OCR engine from which a word stands as it was read."""
CERTAINTY = 0.99
RULE = "formula"


def mend_formulae(pieces: Iterable[Piece], tables: Tables) -> None:
    """Set right the unsure words of formulae that stand in capitals or begin with one."""
    pattern, meant = _formulae(tables)
    for piece in pieces:
        plain = "".join(map(bare_letter, piece.text))
        for match in pattern.finditer(plain):
            _mend(piece, match.start(), meant[match[0]])


def _mend(piece: Piece, at: int, phrase: str) -> None:
    """Word by word, so that each repair says what was read."""
    read = piece.text[at : at + len(phrase)]
    if read.lower() == phrase or not read[0].isupper():
        return
    words = list(piece.words_at(0))
    changed = [m.span() for m in re.finditer(r"\w+", phrase) if read[slice(*m.span())].lower() != m[0]]
    if any(sureness(words, at + start, at + end) >= SURE for start, end in changed):
        return
    for start, end in changed:
        old = read[start:end]
        new = "".join(m.upper() if o.isupper() else m for m, o in zip(phrase[start:end], old, strict=True))
        piece.set_right(Mend(at + start, at + end, old, RULE, CERTAINTY), new)


def sureness(words: Iterable[Word], start: int, end: int) -> float:
    """The least confidence of the words that meet `[start, end)`; 1 where none is known."""
    known = [w.confidence for w in words if w.span.start < end and start < w.span.end and w.confidence is not None]
    return min(known, default=1.0)


@lru_cache(maxsize=2)
def _formulae(tables: Tables) -> tuple[re.Pattern[str], dict[str, str]]:
    phrases = [row["phrase"].lower() for row in tables.rows("scan_formulae")]
    meant = {"".join(map(bare_letter, phrase)): phrase for phrase in phrases}
    listed = "|".join(re.escape(plain) for plain in sorted(meant, key=len, reverse=True))
    return re.compile(rf"(?<![\w/&-])(?:{listed})(?![\w/&])"), meant

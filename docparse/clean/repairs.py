"""Repairs of what OCR read: all pieces in reading order in; those of scanned pages set right, with what was read, out.

First what closed lists settle, then what the count of syllables does; the raw lines never change.
"""

from __future__ import annotations

from collections.abc import Sequence

from docparse.clean.codes import mend_codes
from docparse.clean.diacritics import mend_diacritics
from docparse.clean.formulae import mend_formulae
from docparse.clean.ordinals import mend_ordinals
from docparse.clean.phrases import mend_phrases
from docparse.clean.pieces import Piece
from docparse.clean.syllables import ROLE, load_syllables
from docparse.model import ScanPage
from docparse.tables import Tables
from docparse.weights import weights_folder

LEGIBLE = 0.85
"""Mean confidence of a page below which its neighbours are no ground to judge a word by; real scans have 0.93."""


def mend(order: Sequence[Piece], scans: Sequence[ScanPage], tables: Tables) -> None:
    """Set right the pieces of pages read by OCR that are part of the text; nothing else is looked at."""
    seen = {page.number: page.confidence or 0.0 for page in scans if page.method == "ocr"}
    if not seen:
        return
    pieces = [p for p in order if p.page in seen and p.role in ("body", "footnote") and p.text]
    mend_codes(pieces, tables)
    mend_formulae(pieces, tables)
    mend_phrases(pieces, tables)
    mend_ordinals(pieces)
    folder = weights_folder(ROLE)
    model = load_syllables(folder) if folder is not None else None
    if model is not None:
        mend_diacritics([p for p in pieces if seen[p.page] >= LEGIBLE], model)

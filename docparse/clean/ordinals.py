"""Roman numbers of headings against their sequence: pieces read by OCR in, those with a stroke lost set right out.

Tesseract drops a stroke of bold `III.`; I, II, II, IV can only be I, II, III, IV (Nghị định 30/2020/NĐ-CP, Annex I:
parts of a text are counted on). Only headings in capitals, only where the list starts at I and goes on without a gap up
to the number, and what follows it, if anything does, is the number after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docparse.clean.pieces import Mend, Piece

RULE = "sequence"
CERTAINTY = 0.97
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_HEADING = re.compile(r"(?P<number>[IVX]{1,5})\s?[.,]\s*(?=[^\W\d_a-z]{2,}\s+[^\W\d_a-z]{2,})")
_APART = re.compile(r"(?i:phụ lục|phần|chương|mẫu|biểu|điều)\s+(?:số\s+)?[\dIVX]|PHỤ LỤC|ĐỀ CƯƠNG")


def mend_ordinals(pieces: Iterable[Piece]) -> None:
    """Set right the headings' numbers; another part, chapter or annex begins another list."""
    run: list[tuple[Piece, re.Match[str], int]] = []
    for piece in pieces:
        if _APART.match(piece.text):
            _mend(run)
            run = []
        match = _HEADING.match(piece.text)
        if match is None or match["number"] not in ROMAN or not piece.text[match.end() :][:6].isupper():
            continue
        number = ROMAN.index(match["number"])
        if number == 1 and run and run[-1][2] > 1:
            _mend(run)
            run = []
        run.append((piece, match, number))
    _mend(run)


def _mend(run: list[tuple[Piece, re.Match[str], int]]) -> None:
    """One list: the numbers count up from I, a number read as the one before it is the next one."""
    for at, (piece, match, number) in enumerate(run):
        due = at + 1
        if number == due:
            continue
        after = run[at + 1][2] if at + 1 < len(run) else due + (at > 1)  # I, I may be two lists
        if due >= len(ROMAN) or number != at or at == 0 or after != due + 1 or ROMAN[due] != ROMAN[number] + "I":
            return
        start, end = match.span("number")
        piece.set_right(Mend(start, end, match["number"], RULE, CERTAINTY), ROMAN[due])

"""Footnotes: pages of ordered pieces in, one sequence out, each note before the paragraph that runs on to the next
page, its marks cut.

So the body's paragraph is whole and every page is still one stretch of the text. A note is set smaller than the body
at the foot of a page and starts with its mark (DOMAIN.md 8.5: superscript digits glued to words, `khóa XII1`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from docparse.clean.pieces import Piece
from docparse.model import ScanPage

SMALLER = 0.9
"""Notes are set at 10-11 points under a body of 13-14 (0.8), in some files at 12 under 13."""
RAISED = 0.85
"""A superscript's letters are at most this part of the line's height."""

_MARK = re.compile(r"(?:\(?\[?\d{1,3}[\])]?|\*{1,3})[.:]?\s*(?=[^\W\d_a-z]|[-–“\"(]|\w)")
_END = re.compile(r"[.;:!?…”\"]\W*$")
_SUPER = re.compile(r"\(?\[?\d{1,3}\]?\)?")


def moved(pages: Sequence[list[Piece]], scans: Sequence[ScanPage]) -> list[Piece]:
    """All pieces in reading order, notes set apart and moved, their marks removed from the body's words."""
    out: list[Piece] = []
    for pieces, scan in zip(pages, scans, strict=True):
        start = len(out)
        if not scan.height:
            out.extend(pieces)
            continue
        first = _first_note(pieces, scan)
        body, notes = pieces[:first], pieces[first:]
        for note in notes:
            if note.role == "body":
                note.role = "footnote"
        out.extend(_unmarked(p) for p in body)
        if notes:
            place = _straddling(out, start)
            out[place:place] = notes
    return out


def _first_note(pieces: list[Piece], scan: ScanPage) -> int:
    """Where the notes of the page begin: the run of small lines at its foot, from the first that starts with a mark."""
    sizes = [p.size for p in pieces if p.size and p.role == "body" and p.line.cell is None and len(p.text) > 30]
    if len(sizes) < 8:
        return len(pieces)
    usual = median(sizes)
    at = len(pieces)
    while at and (pieces[at - 1].role != "body" or _is_small(pieces[at - 1], usual, scan)):
        at -= 1
    for index in range(at, len(pieces)):
        piece = pieces[index]
        if piece.role == "body" and piece.column is None and _MARK.match(piece.text):
            return index
    return len(pieces)


def _is_small(piece: Piece, usual: float, scan: ScanPage) -> bool:
    box = piece.box
    return (
        box is not None
        and piece.column is None
        and piece.line.cell is None
        and piece.size < SMALLER * usual
        and box.top > 0.4 * scan.height
    )


def _straddling(out: list[Piece], start: int) -> int:
    """The place for the page's notes: before its last paragraph when that runs on, else after it."""
    body = [n for n in range(start, len(out)) if out[n].role == "body" and out[n].box is not None]
    if not body:
        return len(out)
    left = min((b.x0 for n in body if (b := out[n].box) and out[n].wide), default=0.0)
    right = max(b.x1 for n in body if (b := out[n].box))
    last = out[body[-1]]
    if last.box and last.box.x1 < right - 20 and _END.search(last.text[-6:]):
        return len(out)
    for before, at in zip(reversed([-1, *body[:-1]]), reversed(body), strict=True):
        box, above = out[at].box, out[before].box if before >= 0 else None
        if box is None or box.x0 > left + 12 or out[at].own:
            return at
        if above is not None and box.top - above.bottom > 0.9 * box.height:
            return at
    return len(out)


def _unmarked(piece: Piece) -> Piece:
    """The piece without superscript marks: small raised digits that touch the word before them."""
    line = piece.line
    box = line.box
    if piece.role != "body" or box is None or len(line.words) < 2 or line.words[0].confidence is not None:
        return piece
    out = piece
    for before, word in reversed(list(zip(line.words, line.words[1:], strict=False))):
        small = (
            word.box.height < RAISED * before.box.height
            and word.box.bottom < before.box.bottom - 0.12 * before.box.height
        )
        if not small or not _SUPER.fullmatch(line.raw[word.span.start : word.span.end]):
            continue
        if before.span.end != word.span.start and word.box.x0 - before.box.x1 > 0.3 * before.box.height:
            continue
        if line.raw[before.span.start : before.span.end].endswith(":"):
            continue  # a number filled in after a label (`Số: 565`) is no mark
        at = {w.box: w.span for w in out.words_at(0)}.get(word.box)
        if at is not None:
            out = out.without(at.start, at.end)
    return out

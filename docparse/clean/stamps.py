"""Stamps of the receiving office and copies' blocks: a page's pieces in, those of stamps cut off and marked out.

The stamp ĐẾN (35 × 50 mm: organ, ĐẾN, Số, Ngày, Chuyển; Nghị định 30/2020/NĐ-CP Annex IV) is set by hand over the
margin and the text; a copy's block (`SAO Y`, `SAO LỤC`, `TRÍCH SAO` with its own number, date and signer; Annex III,
forms 3.1-3.3) stands under the signature. Numbers and dates in either are not the document's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from docparse.clean.pieces import Piece
from docparse.model import ScanPage, Word
from docparse.spans import Box
from docparse.tables import Tables

WIDE, ABOVE, BELOW = 130.0, 45.0, 55.0
"""Points from the word ĐẾN to the stamp's right, top and bottom edge: 50 × 35 mm are 142 × 99 points."""
UNSURE = 0.8
"""Words below this confidence within the stamp's place are the stamp's, or print that it covers."""
MARKS = 40
"""Lines of the head of a text among which marks of secrecy and urgency stand."""
ENDING = 80
"""Lines at the end of a text among which the block of a copy and the typist's mark stand."""

_ARRIVED = re.compile(r"\W*(?:ĐẾN|ĐÊN)\W*")
_FIELD = re.compile(r"\W*(?:S[ốổồố]|Ng[àa]y|Gi[ờở]|Chuy[ểễêề]n|Kính|CV|VB)\W*")
_HAND = re.compile(r"[\W_]*")


def set_apart(pages: Sequence[list[Piece]], scans: Sequence[ScanPage], tables: Tables) -> None:
    """Cut arrival stamps off the lines of the first page; mark what is printed around the document's own text."""
    if not pages:
        return
    if scans[0].height:
        pages[0][:] = _without_arrival(pages[0])
        _address(pages[0], scans[0], tables)
    _marks(pages[0], tables)
    _copy(pages[-1][-ENDING:], tables)
    _typist(pages[-1][-ENDING:], tables)


def _marks(pieces: list[Piece], tables: Tables) -> None:
    """Secrecy, urgency and copy marks stand alone on their lines, in capitals, before the body."""
    pattern = tables.rules("stamps")["mark"].pattern
    for piece in pieces[:MARKS]:
        if piece.role == "body" and piece.line.cell is None and len(piece.text) < 40 and pattern.fullmatch(piece.text):
            piece.role = "stamp"


def _address(pieces: list[Piece], scan: ScanPage, tables: Tables) -> None:
    """The organ's address at the foot of page 1 (Nghị định 30/2020/NĐ-CP Annex I, box 13), from its first line."""
    pattern = tables.rules("stamps")["address"].pattern
    sizes = [p.size for p in pieces if p.size]
    usual = median(sizes) if sizes else 0.0
    tops = [
        p.box.top
        for p in pieces
        if p.box and p.box.top > 0.85 * scan.height and p.size < 0.95 * usual and pattern.match(p.text)
    ]
    for piece in pieces if tops else ():
        if piece.box and piece.box.top >= min(tops) - 1 and piece.role == "body":
            piece.role = "stamp"


def _copy(pieces: Sequence[Piece], tables: Tables) -> None:
    """The block of a copy at the end of the last page, known by its heading and its symbol."""
    rules = tables.rules("stamps")
    heads = [i for i, p in enumerate(pieces) if len(p.text) < 30 and rules["copy"].pattern.fullmatch(p.text)]
    if not heads or not any(rules["copy_symbol"].pattern.search(p.text) for p in pieces[max(0, heads[-1] - 3) :]):
        return
    head = pieces[heads[-1]]
    for index, piece in enumerate(pieces):
        below = piece.box.bottom >= head.box.top - 2 if piece.box and head.box else index >= heads[-1]
        if below and piece.role == "body":
            piece.role = "stamp"


def _typist(pieces: Sequence[Piece], tables: Tables) -> None:
    """The typist's mark with the number of copies, alone on a line under the archive's (box 11)."""
    rules = tables.rules("stamps")
    archived = 0
    for piece in pieces:
        if rules["archive"].pattern.match(piece.text):
            archived = 6
        elif archived and piece.role == "body":
            archived -= 1
            if len(piece.text) < 14 and rules["typist"].pattern.fullmatch(piece.text):
                piece.role = "stamp"


def _without_arrival(pieces: list[Piece]) -> list[Piece]:
    edges = [p.box.x0 for p in pieces if p.box and len(p.text) > 50]
    if len(edges) < 4:
        return pieces
    left = median(edges)
    anchor = next((b for p in pieces if (b := _anchor(p, left, pieces)) is not None), None)
    if anchor is None:
        return pieces
    area = Box(anchor.x0 - 30, anchor.top - ABOVE, anchor.x1 + WIDE, anchor.bottom + BELOW)
    out: list[Piece] = []
    for piece in pieces:
        out.extend(_cut(piece, area, left))
    return out


def _anchor(piece: Piece, left: float, pieces: Sequence[Piece]) -> Box | None:
    """The place of a stamp's word ĐẾN: in the margin, or alone with a field of the stamp beside or under it."""
    if "ĐẾN" not in piece.text and "ĐÊN" not in piece.text:
        return None
    words = list(piece.words_at(0))
    for index, word in enumerate(words[:4]):
        if not _ARRIVED.fullmatch(word.span.of(piece.text)):
            continue
        after = words[index + 1].span.of(piece.text) if index + 1 < len(words) else ""
        if word.box.x1 < left - 4:
            return word.box
        if (not after or _FIELD.fullmatch(after) or _HAND.fullmatch(after)) and _has_field(word.box, pieces):
            return word.box
    return None


def _has_field(box: Box, pieces: Sequence[Piece]) -> bool:
    for piece in pieces:
        place = piece.box
        if place and box.top - ABOVE < place.top < box.bottom + BELOW and box.x0 - 30 < place.x0 < box.x1 + WIDE:
            first = piece.text.replace(":", ": ").split(" ", 1)[0]
            if first and first not in ("CV", "VB") and _FIELD.fullmatch(first) and not re.search(r"/\D", piece.text):
                return True
    return False


def _cut(piece: Piece, area: Box, left: float) -> list[Piece]:
    """The piece whole, marked as the stamp's, or cut where the stamp ends and the line goes on."""
    box = piece.box
    if box is None or piece.role != "body" or not area.top < (box.top + box.bottom) / 2 < area.bottom:
        return [piece]
    if box.x0 > left - 10 or box.x0 < area.x0:
        inside = area.x0 <= box.x0 and box.x1 <= area.x1
        if inside and _FIELD.match(piece.text) and len(piece.text) < 30 and not re.search(r"/\D", piece.text):
            piece.role = "stamp"
        return [piece]
    words = list(piece.words_at(0))
    covered = [i for i, w in enumerate(words) if w.box.x0 < area.x1 and _is_stamps(piece.text, w, left)]
    if not covered:
        return [piece]
    if box.x1 <= area.x1 or covered[-1] == len(words) - 1:
        piece.role = "stamp"
        return [piece]
    at = words[covered[-1]].span.end
    stamp, rest = piece.without(at, len(piece.text)), piece.without(0, words[covered[-1] + 1].span.start)
    stamp.role = "stamp"
    stamp.box = Box.around(w.box for w in words[: covered[-1] + 1]) or box
    rest.box = Box.around(w.box for w in words[covered[-1] + 1 :]) or box
    return [stamp, rest]


def _is_stamps(text: str, word: Word, left: float) -> bool:
    token = word.span.of(text)
    sure = word.confidence if word.confidence is not None else 1.0
    return word.box.x1 < left - 4 or sure < UNSURE or (token.endswith(":") and _FIELD.fullmatch(token) is not None)

"""Reading order: one page's pieces in the reader's order in, in reading order out, columns told apart.

Letterhead and closing are printed in two columns (Nghị định 30/2020/NĐ-CP Annex I, boxes 1-5b and 7a-9b; Hướng dẫn
36-HD/VPTW for the Party): all of the left is read before the right. Tables are read row by row. All else goes down
the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from docparse.clean.pieces import Piece
from docparse.model import ScanPage
from docparse.spans import Box

_RECIPIENTS = re.compile(r"\W*[NMV]?[ơo]i nh[ậâa]n\b", re.IGNORECASE)
"""`Nơi nhận`, its first letter and tones as OCR gives them."""
_ADDRESSEES = re.compile(r"\W*K[íìi]nh\s+(?:g[ửưứữu]i|trình)\b", re.IGNORECASE)
"""`Kính gửi` stands below both columns of the letterhead (box 9a), left of the middle when its list is indented."""
_ITEM = re.compile(r"(?:[-–—+•*]|[~¬=_]{1,2}(?=[\s-]))\s*\S")
_FAR = re.compile(r"\t|\s{20}")


def ordered(pieces: list[Piece], page: ScanPage) -> list[Piece]:
    """The page's pieces in reading order; `column`, `wide` and `own` are set on them."""
    before: dict[int, list[Piece]] = defaultdict(list)  # what is not text stays before the line that followed it
    shown: list[Piece] = []
    for piece in pieces:
        if piece.role == "body":
            shown.append(piece)
        else:
            before[len(shown)].append(piece)
    loose = [p for p in shown if p.line.cell is None]
    order = _by_boxes(loose, page) if page.height and all(p.box for p in loose) else _by_rows(loose)
    order = _with_tables(order, [p for p in shown if p.line.cell is not None], shown)
    if not before:
        return order
    follows = {id(shown[i]): others for i, others in before.items() if i < len(shown)}
    out: list[Piece] = []
    for piece in order:
        out.extend(follows.get(id(piece), ()))
        out.append(piece)
    return [*out, *before[len(shown)]]


def _by_rows(pieces: list[Piece]) -> list[Piece]:
    """Without boxes: consecutive lines of text that were cut in two are two columns.

    Between such rows of the closing, an item alone on its line stands on the left, a line that begins far to the
    right on the right.
    """
    out: list[Piece] = []
    at = 0
    while at < len(pieces):
        left: list[Piece] = []
        right: list[Piece] = []
        closing = False
        end = at
        while end < len(pieces):
            piece = pieces[end]
            paired = end + 1 < len(pieces) and pieces[end + 1].line is piece.line
            if paired and (end + 2 == len(pieces) or pieces[end + 2].line is not piece.line):
                closing = closing or _RECIPIENTS.match(piece.text) is not None
                left.append(piece)
                right.append(pieces[end + 1])
                end += 2
            elif not paired and closing and _ITEM.match(piece.text):
                left.append(piece)
                end += 1
            elif not paired and closing and _FAR.match(piece.line.raw):
                right.append(piece)
                end += 1
            else:
                break
        if end == at:
            pieces[at].wide = True
            out.append(pieces[at])
            at += 1
            continue
        for piece in left:
            piece.own, piece.column = True, "left"
        for piece in right:
            piece.own, piece.column = True, "right"
        out.extend([*left, *right])
        at = end
    return out


@dataclass(slots=True)
class _Band:
    """Rows of two columns with the free strip between them, as far as it is known."""

    low: float
    high: float
    aim: float  # where the middle of the right column is expected, until it has lines
    left: list[Piece] = field(default_factory=list)
    right: list[Piece] = field(default_factory=list)
    bottom: float = 0.0

    def centre(self, side: Sequence[Piece]) -> float:
        around = Box.around(p.box for p in side if p.box)
        return (around.x0 + around.x1) / 2 if around else self.aim


def _by_boxes(pieces: list[Piece], page: ScanPage) -> list[Piece]:
    rows = _rows(pieces)
    around = Box.around(p.box for p in pieces if p.box)
    if around is None:
        return pieces
    middle = (around.x0 + around.x1) / 2
    out: list[Piece] = []
    at = 0
    while at < len(rows):
        cut = _halves(rows[at], middle)
        if cut is None and _opens_closing(rows[at], middle):
            cut = 1
        if cut is None:
            for piece in rows[at]:
                piece.wide = True
            out.extend(rows[at])
            at += 1
            continue
        end, band = _band(rows, at, cut, middle, (middle + around.x1) / 2)
        if end == at + 1 and _is_text(band, around):
            for piece in rows[at]:
                piece.wide = True
            out.extend(rows[at])
            at = end
            continue
        _take_above(out, band, middle)
        for piece in band.left:
            piece.column = "left"
        for piece in band.right:
            piece.column, piece.own = "right", True
        out.extend([*band.left, *band.right])
        at = end
    return out


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces side by side are one row; rows go down the page, each from left to right."""
    rows: list[list[Piece]] = []
    spans: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda p: (p.box.top + p.box.bottom) if p.box else 0.0):
        box = piece.box
        assert box is not None
        if rows:
            top, bottom = spans[-1]
            apart = all(box.x0 >= o.box.x1 - 2 or box.x1 <= o.box.x0 + 2 for o in rows[-1] if o.box)
            if apart and min(bottom, box.bottom) - max(top, box.top) > 0.5 * min(bottom - top, box.height):
                rows[-1].append(piece)
                continue
        rows.append([piece])
        spans.append((box.top, box.bottom))
    for row in rows:
        row.sort(key=lambda p: p.box.x0 if p.box else 0.0)
    return rows


def _halves(row: list[Piece], middle: float) -> int | None:
    """Where the row falls into a left and a right column: after so many pieces; None for one line."""
    if len(row) < 2:
        return None
    gaps = [
        (b.box.x0 - a.box.x1, i + 1)
        for i, (a, b) in enumerate(pairwise(row))
        if a.box and b.box and a.box.x0 < middle < b.box.x1
    ]
    return max(gaps)[1] if gaps else None


def _opens_closing(row: list[Piece], middle: float) -> bool:
    """Whether the row is the head of the recipients' list: what follows stands in its column, with or without a
    signer beside it."""
    box = row[0].box
    return len(row) == 1 and box is not None and box.x1 < middle and _RECIPIENTS.match(row[0].text) is not None


def _band(rows: list[list[Piece]], at: int, cut: int, middle: float, aim: float) -> tuple[int, _Band]:
    """The band of two columns that begins with row `at`, and the row after it."""
    band = _Band(0.0, 1e9, aim)
    _add(band, rows[at], cut)
    end = at + 1
    while end < len(rows):
        row = rows[end]
        if _ADDRESSEES.match(row[0].text):
            break
        cut_here = _halves(row, middle)
        box = Box.around(p.box for p in row if p.box)
        assert box is not None
        if cut_here is not None:
            left = Box.around(p.box for p in row[:cut_here] if p.box)
            right = Box.around(p.box for p in row[cut_here:] if p.box)
            if left is None or right is None or left.x1 > band.high + 4 or right.x0 < band.low - 4:
                # long items of a recipients' list may reach below a signer's narrow lines: columns that still do not
                # touch
                if left is None or right is None or right.x0 < left.x1 or box.top - band.bottom > 60:
                    break
                band.low, band.high = 0.0, 1e9
            _add(band, row, cut_here)
        else:
            side = _side(band, row, box, middle)
            if side is None:
                break
            side.extend(row)
            if side is band.left:
                band.low = max(band.low, box.x1)
            else:
                band.high = min(band.high, box.x0)
        band.bottom = max(band.bottom, box.bottom)
        end += 1
    return end, band


def _add(band: _Band, row: list[Piece], cut: int) -> None:
    left = Box.around(p.box for p in row[:cut] if p.box)
    right = Box.around(p.box for p in row[cut:] if p.box)
    band.left.extend(row[:cut])
    band.right.extend(row[cut:])
    for box in (left, right):
        if box is not None:
            band.bottom = max(band.bottom, box.bottom)
    if left is not None:
        band.low = max(band.low, left.x1)
    if right is not None:
        band.high = min(band.high, right.x0)


def _side(band: _Band, row: list[Piece], box: Box, middle: float) -> list[Piece] | None:
    """The column that a row of one piece continues, None when it stands across or in the middle of the page."""
    centre = (box.x0 + box.x1) / 2
    edge = min(p.box.x0 for p in band.left if p.box)
    if box.top - band.bottom > 4 * box.height and centre < middle:
        return None
    right_centre = band.centre(band.right)
    if box.x1 <= band.high + 4 and (
        abs(centre - band.centre(band.left)) < abs(centre - middle)
        or (-6 < box.x0 - edge < 16 and box.x1 < middle + 40)
    ):
        return band.left
    if (
        (box.x0 >= band.low - 4 or centre > right_centre - 40)
        and box.x0 > middle - 20
        and abs(centre - right_centre) < abs(centre - middle)
    ):
        return band.right
    return None


def _is_text(band: _Band, around: Box) -> bool:
    """Whether one row of two pieces between full lines is a line of text that a wide gap cut."""
    left = Box.around(p.box for p in band.left if p.box)
    right = Box.around(p.box for p in band.right if p.box)
    if left is None or right is None:
        return False
    return right.x0 - left.x1 < 0.12 * around.width and right.x1 > around.x1 - 0.05 * around.width


def _take_above(out: list[Piece], band: _Band, middle: float) -> None:
    """The signer's first lines may stand above the row in which Nơi nhận begins."""
    taken: list[Piece] = []
    first = min(p.box.top for p in [*band.left, *band.right] if p.box)
    centre = band.centre(band.right)
    while out and out[-1].box is not None:
        box = out[-1].box
        at = (box.x0 + box.x1) / 2
        if not (
            out[-1].wide
            and box.x0 > middle - 60
            and 0 < first - box.top < 3 * box.height
            and abs(at - centre) < abs(at - middle)
        ):
            break
        first = box.top
        out[-1].wide = False
        taken.append(out.pop())
    band.right[:0] = taken[::-1]


def _with_tables(order: list[Piece], cells: list[Piece], shown: list[Piece]) -> list[Piece]:
    """Each table row by row, before the first line that the reader gave after it."""
    if not cells:
        return order
    tables: dict[int, list[Piece]] = defaultdict(list)
    for piece in cells:
        assert piece.line.cell is not None
        tables[piece.line.cell.table].append(piece)
    place = {id(p): i for i, p in enumerate(shown)}
    anchors: dict[int, int] = {}
    for number, members in tables.items():
        tops = [p.box.top for p in members if p.box]
        first = min(place[id(p)] for p in members)
        anchors[number] = next(
            (
                i
                for i, p in enumerate(order)
                if (p.box.top >= min(tops) and p.column is None if tops and p.box else place[id(p)] > first)
            ),
            len(order),
        )
    out: list[Piece] = []
    waiting = sorted(tables, key=lambda n: (anchors[n], n))
    for index in range(len(order) + 1):
        while waiting and anchors[waiting[0]] <= index:
            members = tables[waiting.pop(0)]
            out.extend(
                sorted(
                    members,
                    key=lambda p: (p.line.cell.row, p.line.cell.column, place[id(p)]) if p.line.cell else (0, 0, 0),
                )
            )
        out.extend(order[index : index + 1])
    return out

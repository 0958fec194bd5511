"""What stands on a page but is not text: pieces of all pages in, their roles set (running, esign, stamp, rule, noise).

Rules by the words of a line are `data/furniture.toml`; those by place on the page are here, from Nghị định
30/2020/NĐ-CP Annex I: the page number stands alone in the top margin, copies' and archives' e-signatures above the
letterhead, running heads repeat at one height.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from docparse.clean.pieces import Piece
from docparse.model import LineRole, ScanPage
from docparse.tables import Tables

EDGE = 0.115
"""The part of a page's height that its top and bottom margins take: 20-25 mm of 297 (Annex I, I.2), and the number's
own line."""
SMALL = 0.75
"""E-signatures and stamps above the letterhead are set in less than this part of the body's size."""

NEAR = 20
"""How many lines of an e-signature above a line are looked at."""

_LETTERHEAD = re.compile(
    r"CỘNG H\S{1,2} XÃ HỘI|XÃ HỘI CHỦ NGHĨA VIỆT|ĐẢNG CỘNG SẢN"
    r"|^\s*(?:ỦY BAN|HỘI ĐỒNG|TỈNH ỦY|HUYỆN ỦY|ĐẢNG BỘ|BAN |BỘ |SỞ )",
    re.I,
)
_NUMBERED = re.compile(r"\d+")
_SHORT = re.compile(r"\W*\w{0,2}\W*")
_DIGITS = re.compile(r"\d{1,4}")
_LABEL = re.compile(r"\d{1,3}\.")
"""Alone on a line of a text file: the number of an item or of a table's row; pages are `2`, `- 2 -`, `Trang 2`."""
_QUICK = re.compile(
    r"^[^\w“\"(+][\W_]*$|^_|(?i:^(?:K[ýí]|Người|Được|Signed|Digit|Thời|Ngày|Giờ|Date|Signature"
    r"|Chữ|Cơ quan|E-?mail|Chức|Đơn vị|Tổ chức|Địa"
    r"|Nội dung|Lý do|Reason|Loc|DN|CÔNG|VĂN BẢN|ĐẾN|ĐÊN|Số|Chuyển|Kính ch|Lưu"
    r"|Trang|Page)|^\d{1,4}\s+CÔNG)"
)
"""A cheap look before the patterns: lines that begin otherwise match none of them."""


def mark(pages: Sequence[list[Piece]], scans: Sequence[ScanPage], tables: Tables) -> None:
    """Set the roles of all pieces that are not text."""
    for pieces, scan in zip(pages, scans, strict=True):
        _by_words(pieces, tables)
        if scan.height:
            _by_place(pieces, scan)
    _numbers(pages, scans)
    _running(pages, scans)


def _by_words(pieces: list[Piece], tables: Tables) -> None:
    rules = tables.rules("furniture")
    plain = [(r.pattern, r.extra["role"]) for r in rules.values() if "near" not in r.extra and "edge" not in r.extra]
    near = {str(r.extra["near"]): r.pattern for r in rules.values() if "near" in r.extra}
    seeds: list[tuple[int, str]] = []
    for index, piece in enumerate(pieces):
        text = piece.text
        if not text:
            piece.role = "noise"
            continue
        if len(text) > 120 or piece.line.cell is not None or piece.role != "body" or not _QUICK.match(text):
            continue
        for pattern, role in plain:
            if pattern.match(text):
                piece.role = _role(role)
                if role in ("esign", "stamp"):
                    seeds.append((index, "signed_by" if role == "esign" else "incoming"))
                break
    for index, kind in seeds:
        for step in (-1, 1):
            at = index + step
            while (
                0 <= at < len(pieces)
                and at not in (index,)
                and abs(at - index) <= 5
                and near[kind].match(pieces[at].text)
            ):
                pieces[at].role = pieces[index].role
                at += step


def _by_place(pieces: list[Piece], scan: ScanPage) -> None:
    """Above the letterhead: stamps; anywhere: what OCR made of specks."""
    sizes = [p.size for p in pieces if p.size]
    usual = median(sizes) if sizes else 0.0
    for piece in pieces:
        if piece.role == "body" and scan.method == "ocr" and _speck(piece, usual):
            piece.role = "noise"
    if scan.number != 1:
        return
    middles = [
        (p.box.top + p.box.bottom) / 2
        for p in pieces
        if p.box and p.size >= SMALL * usual and _LETTERHEAD.search(p.text)
    ]
    top = min(middles, default=scan.height)
    if top > 0.35 * scan.height:
        return
    for piece in pieces:
        box = piece.box
        if box is None or piece.role not in ("body", "noise") or (box.top + box.bottom) / 2 > top:
            continue
        small = piece.size < SMALL * usual or (piece.line.widget and piece.size < 0.85 * usual)
        if small or _SHORT.fullmatch(piece.text) or box.bottom < 0.05 * scan.height:
            piece.role = "stamp"
    if any(p.role == "esign" for p in pieces):
        _continued(pieces)


def _continued(pieces: list[Piece]) -> None:
    """The wrapped rest of an e-signature's lines above the letterhead belongs to it."""
    marks = sorted((p.box for p in pieces if p.role == "esign" and p.box), key=lambda m: m.top)
    tops = [m.top for m in marks]
    for piece in pieces:
        box = piece.box
        if piece.role != "stamp" or box is None:
            continue
        at = bisect_right(tops, box.top + 2)
        if any(
            box.x0 >= m.x0 - 12 and box.x1 <= m.x1 + 60 and box.top - m.top <= 2.2 * m.height
            for m in marks[max(0, at - NEAR) : at]
        ):
            piece.role = "esign"


def _speck(piece: Piece, usual: float) -> bool:
    """Whether OCR saw letters in what are specks, seals or strokes of a pen."""
    letters = sum(c.isalnum() for c in piece.text)
    if letters == 0:
        return True
    sure = piece.line.confidence if piece.line.confidence is not None else 1.0
    if letters <= 2:
        return sure < 0.6 and not _DIGITS.search(piece.text)
    return sure < 0.3 and letters < 0.6 * len(piece.text.replace(" ", ""))


def _numbers(pages: Sequence[list[Piece]], scans: Sequence[ScanPage]) -> None:
    """Page numbers: alone on the first or last line of the page, in the margin; in plain text, counting on."""
    from_table = re.compile(
        r"(?:[-–—~.]\s*)?(?:[Tt]rang\s*:?\s*|TRANG\s*|Page\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—~.])?"
    )
    expected = 0
    for pieces, scan in zip(pages, scans, strict=True):
        if not scan.height:
            for index, piece in enumerate(pieces):
                if (
                    len(piece.text) <= 14
                    and piece.role in ("body", "rule")
                    and piece.line.cell is None
                    and from_table.fullmatch(piece.text)
                    and not _LABEL.fullmatch(piece.text)
                ):
                    number = int(_DIGITS.findall(piece.text)[0])
                    dressed = not piece.text.isdigit()
                    if number == expected + 1 + (expected == 0) and (
                        dressed or (piece.after_blank and _apart(pieces, index))
                    ):
                        piece.role = "running"
                        expected = number
            continue
        shown = [p for p in pieces if p.box and p.role in ("body", "rule", "noise")]
        worded = [p for p in shown if any(c.isalnum() for c in p.text)]
        first = heapq.nsmallest(2, (p.box.bottom for p in worded if p.box))
        last = heapq.nlargest(2, (p.box.top for p in worded if p.box))
        for piece in shown:
            box = piece.box
            if box is None or len(piece.text) > 14:
                continue
            # only one line can have none beyond it, and only beside that one others are looked for
            at_top = box.bottom < EDGE * scan.height and not any(b <= box.bottom for b in _others(first, box.bottom))
            at_foot = box.top > (1 - EDGE) * scan.height and not any(t >= box.top for t in _others(last, box.top))
            if not (at_top or at_foot) or _beside(worded, piece):
                continue
            centred = abs((box.x0 + box.x1) / 2 - scan.width / 2) < 0.12 * scan.width
            if from_table.fullmatch(piece.text) or (
                scan.method == "ocr" and centred and at_top and _SHORT.fullmatch(piece.text)
            ):
                piece.role = "running"


def _apart(pieces: list[Piece], index: int) -> bool:
    """Whether a bare number of a text file stands between two lines that a page break may have parted."""
    return index + 1 < len(pieces) and pieces[index + 1].after_blank


def _others(ends: Sequence[float], own: float) -> list[float]:
    """The outermost ends of lines but for the line's own."""
    out = list(ends)
    if own in out:
        out.remove(own)
    return out


def _beside(worded: Iterable[Piece], piece: Piece) -> bool:
    """Whether another line with words stands beside the piece."""
    box = piece.box
    assert box is not None
    return any(
        other is not piece
        and other.box is not None
        and min(other.box.bottom, box.bottom) - max(other.box.top, box.top) > 0.5 * min(box.height, other.box.height)
        for other in worded
    )


def _running(pages: Sequence[list[Piece]], scans: Sequence[ScanPage]) -> None:
    """Heads and feet: the same words, but for numbers, at the same edge of at least three pages and of half of all."""
    if len(pages) < 3:
        return
    edges: list[tuple[Piece, str]] = []
    for pieces, scan in zip(pages, scans, strict=True):
        if not scan.height:
            continue
        shown = [p for p in pieces if p.box and p.role == "body" and p.line.cell is None]
        for place, ranked in (("top", shown[:3]), ("foot", shown[-3:])):
            for piece in ranked:
                box = piece.box
                if box and (box.bottom < EDGE * scan.height if place == "top" else box.top > (1 - EDGE) * scan.height):
                    edges.append((piece, f"{place} {_NUMBERED.sub('#', piece.text)}"))
    often = Counter(key for _, key in edges)
    for piece, key in edges:
        if often[key] >= max(3, len(pages) // 2):
            piece.role = "running"


def _role(value: object) -> LineRole:
    known: dict[str, LineRole] = {
        "rule": "rule",
        "running": "running",
        "esign": "esign",
        "stamp": "stamp",
        "noise": "noise",
    }
    return known[str(value)]

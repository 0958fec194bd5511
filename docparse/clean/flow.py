"""Paragraphs: all pieces in reading order in, each with what stands before it (a line break, a space, nothing) out.

Where lines have boxes the layout decides: an indented first line, a last line that stops short of the margin, a wider
gap. Where they have none (text files) the words decide by DOMAIN.md 8.5. Lines of letterhead, title and signature
stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.clean.layout import Layout, layouts
from docparse.clean.pieces import Piece
from docparse.clean.wrapped import body_start, wrap_width
from docparse.model import ScanPage

END = re.compile(r"(?:[.;:!?…”\"»)]|\./)[\s'’]*$")
"""A line that ends so may end a paragraph; one that does not, does not, unless it is a heading."""
MARKER = re.compile(
    r"(?:[-–—+•*●▪➢✓□]\s*(?=\S)|[“\"]?\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}(?:[.)]|/(?=\s))|\d{1,2}(?:\.\d{1,3}){1,3}\s|[a-zđ]{1,2}[.)]|[IVXLC]{1,6}[.)])\s?"
    r"|[“\"]?(?:Điều|Chương|Mục|Phần|Tiểu mục|Phụ lục|PHỤ LỤC|CHƯƠNG|PHẦN|MỤC)\s+(?:\d|[IVXLC]+\b|thứ\b)"
    r"|Nơi nhận|Kính gửi|Căn cứ\b)"
)
_DASH = re.compile(r"(?:[-–—+•*]|[~¬=_]{1,2}(?=[\s-]))\s*\S")
"""What begins an item of a list; OCR gives its dash as `~`, `¬`, `=` or `_`, apart from the first word."""
_SYMBOL_END = re.compile(r"(?:[^\W_]-|[\dA-ZĐ]/)$")
_SOFT_END = re.compile("[\u00ad\u0002]\\s*$")


def joints(
    order: Sequence[Piece], pages: Sequence[Sequence[Piece]], scans: Sequence[ScanPage], plain: bool
) -> list[tuple[str, Piece]]:
    """Each piece with the joint before it. In a `plain` text file lines may be parts of paragraphs; in markup each is
    a whole one."""
    grid = layouts(pages, scans)
    boxed = {s.number for s in scans if s.height}
    unboxed = [p for p in order if p.role == "body" and p.page not in boxed] if plain else []
    width = wrap_width(unboxed)
    zone = {id(p) for p in unboxed[: body_start(unboxed)]}
    out: list[tuple[str, Piece]] = []
    previous: Piece | None = None
    item = False  # whether the last paragraph of a left column is an item that a dash began
    for piece in order:
        if piece.role not in ("body", "footnote") or not piece.text:
            out.append(("", piece))
            continue
        before = previous
        if before is None or before.role != piece.role:
            joined = False
        elif piece.line.cell is not None or before.line.cell is not None:
            joined = piece.line.cell == before.line.cell and piece.page in boxed and _runs_on(before.text, piece.text)
        elif piece.page in boxed and before.page in boxed:
            joined = _by_layout(before, piece, grid, item)
        else:
            joined = plain and id(piece) not in zone and _by_words(before, piece, width)
        if previous is None:
            joint = ""
        elif not joined:
            joint = "\n"
        else:
            joint = glue(previous, piece)
        if not joined:
            item = _DASH.match(piece.text) is not None
        out.append((joint, piece))
        previous = piece
    return out


def glue(before: Piece, piece: Piece) -> str:
    """What joins a paragraph's two lines: nothing after a broken word or symbol, else a space."""
    if _SOFT_END.search(before.line.raw[-4:]) or (_SYMBOL_END.search(before.text[-3:]) and piece.text[:1].isalnum()):
        return ""
    return " "


def _runs_on(before: str, text: str) -> bool:
    """Whether one line's words go on in the next, by the words alone (DOMAIN.md 8.5)."""
    if not (text[:1].islower() or before[-1:] in ("-", "/", ",")):
        return False  # nothing below could join them
    if before.isupper() or MARKER.match(text):
        return False
    if _SYMBOL_END.search(before[-3:]) and text[:1].isalnum():
        return True
    if END.search(before[-8:]):
        return False
    return text[:1].islower() or (before.endswith(",") and len(before) > 60 and not text.isupper())


def _by_words(before: Piece, piece: Piece, width: int | None) -> bool:
    if before.column or piece.column:
        return False
    if _runs_on(before.text, piece.text):
        return True
    if width is None or piece.after_blank or MARKER.match(piece.text) or before.text.isupper() or piece.text.isupper():
        return False
    first = piece.text.split(" ", 1)[0]
    return len(before.text) + 1 + len(first) > width


def _by_layout(before: Piece, piece: Piece, grid: dict[int, Layout], item: bool) -> bool:
    """Whether the piece continues the line before it, by where both stand."""
    if before.own or piece.own or before.column != piece.column:
        return False
    if piece.column == "left":
        return item and not _DASH.match(piece.text) and not re.search(r"[;.:]\s*$", before.text)
    a, b = before.box, piece.box
    here, there = grid[piece.page], grid[before.page]
    if a is None or b is None:
        return _runs_on(before.text, piece.text)
    same_page = before.page == piece.page
    if same_page and b.x0 >= a.x1 - 2 and min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5 * min(a.height, b.height):
        return True  # one printed line that a gap cut
    if here.centred(piece) or there.centred(before):
        return False
    if piece.role == "footnote":
        return not re.match(r"(?:\(?\[?\d{1,3}[\])]?|\*{1,3})[.:]?\s*\D", piece.text)
    open_end = not END.search(before.text[-8:])
    small = piece.text[:1].islower() and not MARKER.match(piece.text)
    full = there.reaches(before, piece)
    if same_page and here.gap(a, b) > 1.5:
        return open_end and small and full and here.gap(a, b) < 2.6 and not here.spaced
    if here.indented(piece):
        if there.indented(before) and abs((b.x0 - here.left) - (a.x0 - there.left)) < 6:
            return full and open_end and not MARKER.match(piece.text)  # a block set in as a whole
        return open_end and small and (full or not same_page)
    if not same_page and not open_end and not here.indents:
        return False
    if MARKER.match(piece.text) and not (here.indents and full and open_end):
        return False
    if full:
        return here.indents or open_end or small or same_page
    return open_end and small

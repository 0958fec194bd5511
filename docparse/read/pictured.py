"""Pages read from pictures: what OCR made of one in, the page with its lines, tables, filled blanks and doubts out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docparse.model import Note, ScanLine, ScanPage
from docparse.read.blanks import with_blanks
from docparse.read.lines import Placed, lines_of
from docparse.read.placement import onto
from docparse.read.ruled import Grids, in_cells
from docparse.read.scanned import Reading
from docparse.spans import Box


def page_of(
    page: ScanPage, reading: Reading, exact: Sequence[Placed], grids: Grids
) -> tuple[ScanPage, tuple[Note, ...]]:
    """The page as read; `exact` are words on the page as given that the file itself spells out.

    The size and all boxes become those of the straight page, with the frame that leads back.
    """
    straight = replace(
        page,
        width=reading.width,
        height=reading.height,
        rotation=(page.rotation + reading.rotation) % 360,
        skew=reading.skew,
        frame=reading.frame,
        marks=reading.marks,
        confidence=reading.confidence,
    )
    known = onto(exact, reading.frame)
    if reading.method == "blank" and not known:
        return replace(straight, method="blank"), ()
    lines = lines_of(known, _apart(reading.lines, known))
    if reading.grey is not None:
        lines = in_cells(lines, grids.of_picture(reading.grey, reading.dpi))
    lines = (
        *lines,
        *(ScanLine(n.text, n.box, confidence=n.confidence, role="stamp") for n in reading.stamps),
    )
    notes = tuple(Note(code, _told(code, page.number, why), page.number) for code, why in reading.doubts)
    if reading.method == "unreadable":
        return replace(straight, method="unreadable", lines=lines), notes or unreadable(page)[1]
    done, unsure = with_blanks(replace(straight, method="ocr", lines=lines), reading.grey, reading.dpi)
    return done, (*notes, *unsure)


def unreadable(page: ScanPage, why: str = "OCR found no Vietnamese text") -> tuple[ScanPage, tuple[Note, ...]]:
    """The page given up, with the warning that says why."""
    note = Note("unreadable_page", _told("unreadable_page", page.number, why), page.number)
    return replace(page, method="unreadable"), (note,)


def _told(code: str, number: int, why: str) -> str:
    said = "could not be read" if code == "unreadable_page" else "is read badly"
    return f"page {number} {said}: {why}; look at the page"


def _apart(lines: Sequence[Sequence[Placed]], exact: Sequence[Placed]) -> list[list[Placed]]:
    """OCR's lines without the words that stand where the file itself says what is written."""
    if not exact:
        return [list(line) for line in lines]
    return [[w for w in line if not any(_over(w.box, e.box) for e in exact)] for line in lines]


def _over(box: Box, other: Box) -> bool:
    across = min(box.x1, other.x1) - max(box.x0, other.x0)
    down = min(box.bottom, other.bottom) - max(box.top, other.top)
    return across > 0.4 * box.width and down > 0.4 * box.height

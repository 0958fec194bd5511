"""Tables of tasks: the paragraphs of a row and of the table's head go in, its cells of bodies come out with roles.

In a ruled table the lines know their column; in plain text the cells are successive paragraphs behind `STT` and the
columns' names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docparse.model import BodyRole
from docparse.segment.paragraphs import Paragraph
from docparse.spans import Span
from docparse.tables import Tables

ORDINAL = re.compile(r"[\s|]*(?:STT|TT|Số TT|Số thứ tự|S\.TT)\.?\s*", re.IGNORECASE)
LABEL = 60
"""No longer line is the name of a table's first column."""
# what opens the rows: the first number, or the label of a group of rows
_ROW = re.compile(r"\d{1,3}\s?[.)]?|[IVX]{1,5}\s?[.)]?|[A-D]\s?[.)]?")
# a name broken behind its noun
_NOUN = re.compile(
    r"[-–]?\s?(?:Ủy ban|Uỷ ban|Bộ|Sở|Ban|Cục|Vụ|Viện|Hội đồng|Văn phòng|Tổng cục|Chi cục|Phòng|Hội|Thanh tra)"
)
COLUMNS = 12
"""The most columns of a table of tasks."""


class TableRoles:
    """The heads of a document's tables of tasks, by which a cell's column gives its bodies a role."""

    def __init__(self, tables: Tables, paras: Sequence[Paragraph]) -> None:
        self._rules = tables.rules("body_columns")
        self._ruled: dict[tuple[int, int], str] = {}
        self._plain: list[tuple[int, list[str]]] = []
        for i, para in enumerate(paras):
            cell = para.first.cell if para.first is not None else None
            if cell is not None and cell.row <= 1:
                self._ruled.setdefault((cell.table, cell.column), para.text)
            elif cell is None and len(para.text) <= LABEL and ORDINAL.fullmatch(para.text):
                self._plain.append((para.span.start, _heads(paras[i + 1 : i + 1 + COLUMNS])))

    def cells(self, pieces: Sequence[Span], paras: Sequence[Paragraph]) -> Iterator[tuple[Span, BodyRole]]:
        """The cells of a row that hold bodies, each with the role of its column; none where the task is no row.

        `paras` are the paragraphs of `pieces`, one each.
        """
        cells = [p.first.cell if p.first is not None else None for p in paras]
        if any(cell is not None for cell in cells):
            for piece, cell, para in zip(pieces, cells, paras, strict=True):
                if cell is not None and self._ruled.get((cell.table, cell.column)) == para.text:
                    continue  # the head itself, which belongs to the item around the table
                role = self._role(self._ruled.get((cell.table, cell.column), "")) if cell is not None else None
                if role is not None:
                    yield piece, role
            return
        pieces = _merged(pieces, paras)
        before = [heads for start, heads in self._plain if pieces and start < pieces[0].start]
        if not before or not 2 <= len(pieces) <= len(before[-1]) + 1 or any(len(p) > 400 for p in pieces):
            return
        for piece, head in zip(reversed(pieces), reversed(before[-1]), strict=False):
            role = self._role(head)
            if role is not None:
                yield piece, role

    def _role(self, head: str) -> BodyRole | None:
        if self._rules["time"].pattern.search(head):
            return None
        if self._rules["coordinate"].pattern.search(head):
            return "coordinate"
        return "lead" if self._rules["lead"].pattern.search(head) else None


def _merged(pieces: Sequence[Span], paras: Sequence[Paragraph]) -> Sequence[Span]:
    """The cells of a row of plain text: a paragraph that ends with a comma or semicolon, or is no more than the noun
    of a name, goes on in the next one."""
    out: list[Span] = []
    goes_on = False
    for piece, para in zip(pieces, paras, strict=True):
        out = [*out[:-1], Span(out[-1].start, piece.end)] if goes_on and out else [*out, piece]
        goes_on = para.text.rstrip().endswith((";", ",")) or _NOUN.fullmatch(para.text.strip()) is not None
    return out


def _heads(paras: Sequence[Paragraph]) -> list[str]:
    """The columns' names behind `STT`, up to the first row's number."""
    out: list[str] = []
    for para in paras:
        if _ROW.fullmatch(para.text.strip()) or len(para.text) > 80:
            break
        if out and para.text[:1].islower():
            out[-1] += f" {para.text}"  # a head broken over two lines
        else:
            out.append(para.text)
    return out

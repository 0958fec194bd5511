"""Tables of markup and office files: rows of cells in, lines out; a table that only sets letterhead or closing in
columns becomes columns.

A data table keeps its cells (`Cell`), row by row. A layout table (Nghị định 30/2020/NĐ-CP Annex I: boxes 1-4 at the
top, 7 and 9b at the foot) is read column by column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docparse.model import Cell, ScanLine

_LETTERHEAD = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|ĐOÀN TNCS HỒ CHÍ MINH|Độc lập\s*[-–]\s*Tự do", re.IGNORECASE
)
_CLOSING = re.compile(
    r"^\W*Nơi nhận\b|^\s*(?:T[/.]?M|K[/.]?T|T[/.]?L|TUQ|Q)\b[./ ]\s*[A-ZĐÀ-Ỹ]{2}|^\s*(?:\(|\[)?(?:đã ký|Đã ký)",
    re.MULTILINE,
)
_SIGNER = re.compile(
    r"^\s*(?:PHÓ |Q\. ?)?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|BÍ THƯ|CHÁNH VĂN PHÒNG"
    r"|TRƯỞNG BAN|THỦ TƯỚNG|CHỦ NHIỆM)\b",
    re.MULTILINE,
)
_LONG = 260
"""A cell of more letters than this in one line is text or data, not a letterhead."""


@dataclass(frozen=True, slots=True)
class Box:
    """One cell: its column (from 0, spans counted) and its lines."""

    column: int
    lines: tuple[ScanLine, ...]


def table_lines(rows: Sequence[Sequence[Box]], number: int) -> Iterator[ScanLine]:
    """The lines of a table; `number` is its ordinal in the file, used only where it keeps its cells."""
    filled = [[box for box in row if any(line.raw.strip() for line in box.lines)] for row in rows]
    columns = sorted({box.column for row in filled for box in row})
    if len(columns) <= 1 or is_layout(filled, columns):
        for column in columns:
            for row in filled:
                for box in row:
                    if box.column == column:
                        yield from box.lines
        return
    for index, row in enumerate(filled):
        for box in row:
            for line in box.lines:
                if line.raw.strip():
                    yield replace(line, cell=Cell(number, index, box.column))


def is_layout(filled: Sequence[Sequence[Box]], columns: Sequence[int]) -> bool:
    """Whether the table only sets a letterhead or a closing side by side."""
    if len(columns) > 4 or max((len(row) for row in filled), default=0) > 2:
        return False
    texts = ["\n".join(line.raw for line in box.lines) for row in filled for box in row]
    if any(len(line) > _LONG for text in texts for line in text.split("\n")):
        return False
    if len(filled) <= 8 and any(_LETTERHEAD.search(text) for text in texts[:4]):
        return True
    if any(_CLOSING.search(text) for text in texts[:4]):
        return True
    return len(filled) <= 4 and any(_SIGNER.search(text) for text in texts)

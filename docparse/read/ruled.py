"""Ruled tables: a PDF page's rules or a page image in, grids of cells out; lines put into the cells they stand in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import cv2
import numpy as np
import pdfplumber

from docparse.model import Cell, Font, ScanLine, Word
from docparse.read.image import Pixels
from docparse.spans import Box, Span


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its ordinal in the file and the box of each cell with its row and column."""

    table: int
    cells: tuple[tuple[Box, int, int], ...]


class Grids:
    """Finds the ruled tables of a file's pages and numbers them through the file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._open: Any = None
        self._count = 0

    def of_pdf(self, index: int) -> list[Grid]:
        """The ruled tables of a PDF page that has rules, by pdfplumber; none where it fails."""
        try:
            if self._open is None:
                self._open = pdfplumber.open(io.BytesIO(self._data))
            page = self._open.pages[index]
            tables = [
                [tuple(float(v) for v in cell) for cell in table.cells] for table in page.filter(_visible).find_tables()
            ]
            page.close()
        except Exception:  # pdfminer raises many kinds on broken files; a page without tables is still a page
            return []
        return self._numbered(tables)

    def of_picture(self, grey: Pixels, dpi: float) -> list[Grid]:
        """The ruled tables of a page image, boxes in points."""
        return self._numbered(_ruled_cells(grey, dpi))

    def _numbered(self, tables: Sequence[Sequence[tuple[float, ...]]]) -> list[Grid]:
        out = []
        for cells in tables:
            grid = _grid(self._count, cells)
            if grid is not None:
                out.append(grid)
                self._count += 1
        return out


def _visible(item: dict[str, Any]) -> bool:
    """Whether a drawn thing is a rule that can be seen; Word lays white boxes and white rules behind its text."""
    if item.get("object_type") not in ("rect", "line", "curve"):
        return False
    if item.get("stroke") and not _white(item.get("stroking_color")):
        return True
    thin = min(item["x1"] - item["x0"], item["bottom"] - item["top"]) < 4
    return bool(item.get("fill")) and thin and not _white(item.get("non_stroking_color"))


def _white(color: Any) -> bool:
    values = color if isinstance(color, tuple | list) else (color,)
    numbers = [v for v in values if isinstance(v, int | float)]
    if len(numbers) == 4:  # cyan, magenta, yellow, black: white is no ink
        return max(numbers) < 0.1
    return bool(numbers) and min(numbers) > 0.9


def _grid(table: int, cells: Sequence[tuple[float, ...]]) -> Grid | None:
    """Rows and columns from the cells' edges; None below two rows or two columns, as of a framed paragraph."""
    tops, lefts = _edges(c[1] for c in cells), _edges(c[0] for c in cells)
    if len(tops) < 2 or len(lefts) < 2 or len(cells) < 4:
        return None
    placed = tuple((Box(*c), _nearest(tops, c[1]), _nearest(lefts, c[0])) for c in cells)
    return Grid(table, placed)


def _edges(values: Any) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 4:
            out.append(value)
    return out


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _ruled_cells(grey: Pixels, dpi: float) -> list[Sequence[tuple[float, ...]]]:
    """The cells between long level and upright rules, table by table."""
    scale = 150 / dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (small < 170).astype(np.uint8)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 60), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((40, 1), np.uint8))
    if not level.any() or not upright.any():
        return []
    rules = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    points = 72 / 150
    tables: list[Sequence[tuple[float, ...]]] = []
    for label in range(1, len(stats)):
        x, y, w, h, _area = (int(v) for v in stats[label])
        if w < 150 or h < 40:
            continue
        net = (labels[y : y + h, x : x + w] == label).astype(np.uint8)
        _, _, holes, _ = cv2.connectedComponentsWithStats(1 - net, connectivity=4)
        cells = [
            ((x + cx) * points, (y + cy) * points, (x + cx + cw) * points, (y + cy + ch) * points)
            for cx, cy, cw, ch, area in (tuple(int(v) for v in hole) for hole in holes[1:])
            if cw > 20 and ch > 14 and area > 0.7 * cw * ch and not (cw > 0.97 * w and ch > 0.97 * h)
        ]
        tables.append(cells)
    return tables


def in_cells(lines: Sequence[ScanLine], grids: Sequence[Grid]) -> tuple[ScanLine, ...]:
    """The lines, those in tables cut at the cells' edges and told which cell they stand in, in the cells' order."""
    if not grids:
        return tuple(lines)
    out: list[tuple[tuple[float, ...], ScanLine]] = []
    for line in lines:
        for part, place in _cut(line, grids):
            box = part.box
            if place is None or box is None:
                out.append(((box.top if box else 0.0, 0.0, 0.0, 0.0, box.x0 if box else 0.0), part))
            else:
                grid, cell = place
                out.append(((_top(grid), 1.0, cell.row, cell.column, box.top), replace(part, cell=cell)))
    return tuple(line for _, line in sorted(out, key=lambda pair: pair[0]))


def _top(grid: Grid) -> float:
    return min(box.top for box, _, _ in grid.cells)


def _cut(line: ScanLine, grids: Sequence[Grid]) -> list[tuple[ScanLine, tuple[Grid, Cell] | None]]:
    places = [_place(word.box, grids) for word in line.words]
    if not any(places):
        return [(line, None)]
    parts: list[tuple[ScanLine, tuple[Grid, Cell] | None]] = []
    first = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[first]:
            parts.append((_part(line, first, at), places[first]))
            first = at
    return parts


def _place(box: Box, grids: Sequence[Grid]) -> tuple[Grid, Cell] | None:
    x, y = box.middle, (box.top + box.bottom) / 2
    for grid in grids:
        for cell, row, column in grid.cells:
            if cell.x0 <= x <= cell.x1 and cell.top <= y <= cell.bottom:
                return grid, Cell(grid.table, row, column)
    return None


def _part(line: ScanLine, first: int, end: int) -> ScanLine:
    words = line.words[first:end]
    if len(words) == len(line.words):
        return line
    start = words[0].span.start
    moved = tuple(Word(Span(w.span.start - start, w.span.end - start), w.box, w.confidence) for w in words)
    sure = [w.confidence for w in words if w.confidence is not None]
    font = line.font or Font(median(w.box.height for w in words))
    confidence = sum(sure) / len(sure) if sure else None
    return replace(
        line,
        raw=line.raw[start : words[-1].span.end],
        box=Box.around(w.box for w in words),
        words=moved,
        font=font,
        confidence=confidence,
    )

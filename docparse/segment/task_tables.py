"""Finds the rows of tables that assign work: a run of paragraphs in, the numbered rows out.

A ruled table's lines carry their cell; in plain text the cells are successive short paragraphs behind `STT` and the
columns' names. A table assigns work when a column says who does it (DOMAIN.md 7.1).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from docparse.segment.paragraphs import Paragraph
from docparse.spans import Span
from docparse.tables import Tables

LABEL = 60
"""No longer line is the name of a table's first column."""
COLUMNS = 12
"""The most columns of a table of tasks."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A numbered row of a table of tasks, and where its table begins in the text."""

    number: str
    span: Span
    table: int


_NUMBER = re.compile(r"(?P<n>\d{1,3})\s?[.)]?\Z")
_ORDINAL = re.compile(r"(?:STT|TT|Số TT|Số thứ tự|S\.TT)\.?\Z", re.IGNORECASE)
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-D])\s?[.)]?")
_HEADING = re.compile(r"(?:Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|PHỤ LỤC|Phụ lục)\s|[IVX]{1,5}[./-]\s|\d{1,2}\.\s")


def table_rows(run: Sequence[Paragraph], tables: Tables) -> Iterator[TaskRow]:
    """The rows of all tables of tasks in the run."""
    doer = tables.rules("task_tables")["doer"].pattern
    yield from _ruled(run, doer)
    yield from _plain(run, doer)


def _ruled(run: Sequence[Paragraph], doer: re.Pattern[str]) -> Iterator[TaskRow]:
    """Rows of tables whose lines know their cell."""
    tables: dict[int, dict[int, list[tuple[int, Paragraph]]]] = {}
    for paragraph in run:
        cell = paragraph.first.cell if paragraph.first is not None else None
        if cell is not None:
            tables.setdefault(cell.table, {}).setdefault(cell.row, []).append((cell.column, paragraph))
    for rows in tables.values():
        order = sorted(rows)
        begins = min(p.span.start for cells in rows.values() for _, p in cells)
        heads = [p.text for row in order[:2] for _, p in rows[row]]
        if not any(doer.search(head) for head in heads):
            continue
        for row in order[1:]:
            first = min(rows[row], key=lambda cell: cell[0])[1]
            number = _NUMBER.match(first.text.strip())
            others = [p for _, p in rows[row] if p is not first]
            if number is not None and others:
                spans = [p.span for _, p in rows[row]]
                yield TaskRow(number["n"], Span(min(s.start for s in spans), max(s.end for s in spans)), begins)


def _plain(run: Sequence[Paragraph], doer: re.Pattern[str]) -> Iterator[TaskRow]:
    """Rows of tables whose cells are paragraphs of their own: `STT`, the columns, `1` or `1.`, the row’s cells …"""
    at = 0
    while at < len(run):
        if (
            len(run[at].text) > LABEL
            or not _ORDINAL.match(run[at].text.strip())
            or (run[at].lines and run[at].lines[0].cell is not None)
        ):
            at += 1
            continue
        first = next((i for i in range(at + 1, min(at + COLUMNS + 1, len(run))) if _counts(run[i], 1)), None)
        if first is None or not any(doer.search(p.text) for p in run[at + 1 : first]):
            at += 1
            continue
        at = yield from _rows(run, at, first)


def _rows(run: Sequence[Paragraph], head: int, first: int) -> Generator[TaskRow, None, int]:
    """The rows from paragraph `first` on of the table whose columns are named from `head` on; returns where it ends."""
    grouped = next((i for i in range(head + 1, first) if _GROUP.fullmatch(run[i].text.strip())), first)
    columns, begins = grouped - head, run[head].span.start
    at, number = first, 1
    while at < len(run) and _counts(run[at], number):
        end = _row_end(run, at, number, columns)
        yield TaskRow(str(number), Span(run[at].span.start, run[end - 1].span.end), begins)
        at, number = end, number + 1
        if at < len(run) and _GROUP.fullmatch(run[at].text.strip()):  # the next group: its label and its title
            at = next((i for i in range(at + 1, min(at + 4, len(run))) if _counts(run[i], number)), at)
    return at


def _counts(paragraph: Paragraph, number: int) -> bool:
    found = _NUMBER.match(paragraph.text.strip())
    return found is not None and int(found["n"]) == number


def _row_end(run: Sequence[Paragraph], at: int, number: int, columns: int) -> int:
    """Where the next row begins: behind as many cells as there are columns, or, since a cell may be empty or have
    several paragraphs, at the next number; the last row ends before a heading."""
    if at + columns < len(run) and _counts(run[at + columns], number + 1):
        return at + columns
    for after in range(at + 2, min(at + 4 * columns, len(run))):
        if _counts(run[after], number + 1) or _GROUP.fullmatch(run[after].text.strip()):
            return after
    end = at + 1
    while end < min(at + columns, len(run)) and not _HEADING.match(run[end].text):
        end += 1
    return end

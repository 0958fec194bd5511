"""Printed lines from placed words: placed words in, `ScanLine`s out, two columns on one baseline apart.

Used alike for a PDF's text layer and for OCR, so that later stages see one kind of line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from docparse.model import Font, ScanLine, Word
from docparse.spans import Box, Span

SAME_ROW = 0.42
"""Baselines nearer than this part of the larger size are one row: a superscript is raised by a third, a line by one."""
COLUMN_GAP = 1.7
"""A gap wider than this many sizes separates columns: justified text stays below it."""
LABEL_GAP = 5.0
"""After a bare label (`1.`, `-`) and in a blank to be filled by hand (`Số:     /CT-UBND`) gaps may be this wide."""

LABEL = re.compile(r"(?:[-–+•*·]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLC]{1,6}|[a-zđ]{1,2})[.)/]?)")
BLANK_BEFORE = re.compile(r"(?:[Ss][ốỐ]|SỐ|ngày|tháng|năm)[:.,]?")
"""Words of the letterhead after which officials write by hand (Nghị định 30/2020/NĐ-CP, Annex I, boxes 3 and 4)."""


class Placed(NamedTuple):
    """A word as read: `box` and `baseline` (its y) in points from the top left, `size` the height of its font."""

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    confidence: float | None = None
    widget: bool = False


def lines_of(words: Iterable[Placed], known: Iterable[Sequence[Placed]] | None = None) -> tuple[ScanLine, ...]:
    """The printed lines of a page from its words, top to bottom and left to right.

    `known` are lines that an engine has already put together; they are only cut at columns and joined where they touch.
    """
    own: list[Placed] = []
    widgets: list[Placed] = []
    for word in words:
        (widgets if word.widget else own).append(word)
    rows = _rows(own) if known is None else _joined(known)
    for group in _rows(widgets):
        for piece in _pieces(group):
            if not _filled(rows, piece):
                rows.append(piece)
    lines = [line for row in rows for piece in _pieces(row) if (line := _line(piece)) is not None]
    return tuple(sorted(lines, key=lambda n: (round(n.box.bottom / 3), n.box.x0) if n.box else (0, 0.0)))


def _rows(words: Sequence[Placed]) -> list[list[Placed]]:
    """Words that share a baseline, as far as they do not stand on top of one another."""
    rows: list[list[Placed]] = []
    main: list[tuple[float, float]] = []  # baseline and size of each row's largest word
    for word in sorted(words, key=lambda w: w.baseline):
        at = None
        for index in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            baseline, size = main[index]
            if abs(word.baseline - baseline) < SAME_ROW * max(size, word.size):
                at = index
                break
        if at is None:
            rows.append([word])
            main.append((word.baseline, word.size))
            continue
        rows[at].append(word)
        if word.size > main[at][1] * 1.2:
            main[at] = (word.baseline, word.size)
    out: list[list[Placed]] = []
    for row in rows:
        layers: list[list[Placed]] = []
        for word in sorted(row, key=lambda w: w.box.x0):
            box = word.box
            for layer in layers:
                last = layer[-1].box
                if box.x0 >= last.x1 or box.x0 > last.x1 - 0.5 * min(box.x1 - box.x0, last.x1 - last.x0):
                    layer.append(word)
                    break
            else:
                layers.append([word])
        out.extend(layers)
    return out


def _joined(known: Iterable[Sequence[Placed]]) -> list[list[Placed]]:
    """An engine's lines, those that continue one another on one baseline made one."""
    rows: list[list[Placed]] = []
    for line in sorted((sorted(k, key=lambda w: w.box.x0) for k in known if k), key=lambda k: k[0].box.x0):
        for row in rows:
            last, first = row[-1], line[0]
            size = max(last.size, first.size)
            if (
                abs(last.baseline - first.baseline) < 0.3 * size
                and -0.3 * size < first.box.x0 - last.box.x1 < LABEL_GAP * size
            ):
                row.extend(line)
                break
        else:
            rows.append(list(line))
    return rows


def _filled(rows: list[list[Placed]], piece: list[Placed]) -> bool:
    """Put a widget's words into the row whose blank they fill; False where there is none."""
    x0, x1 = piece[0].box.x0, piece[-1].box.x1
    size = max(w.size for w in piece)
    best: tuple[float, int] | None = None
    for index, row in enumerate(rows):
        near = min(row, key=lambda w: min(abs(w.box.x0 - x1), abs(w.box.x1 - x0)))
        off = abs(near.baseline - piece[0].baseline)
        if (
            off > 0.6 * max(near.size, size)
            or near.box.x0 - x1 > LABEL_GAP * near.size
            or x0 - near.box.x1 > LABEL_GAP * near.size
        ):
            continue
        if any(min(w.box.x1, x1) - max(w.box.x0, x0) > 0.5 * min(w.box.width, x1 - x0) for w in row):
            continue
        if best is None or off < best[0]:
            best = (off, index)
    if best is None:
        return False
    rows[best[1]] = sorted([*rows[best[1]], *piece], key=lambda w: w.box.x0)
    return True


def _pieces(row: Sequence[Placed]) -> list[list[Placed]]:
    """A row cut at the gaps between columns."""
    if not row:
        return []
    gaps = [b.box.x0 - a.box.x1 for a, b in itertools.pairwise(row)]
    usual = median(gaps) if len(gaps) > 3 else 0.0
    pieces: list[list[Placed]] = [[row[0]]]
    for gap, word in zip(gaps, row[1:], strict=True):
        last = pieces[-1][-1]
        size = max(last.size, word.size)
        blank = BLANK_BEFORE.fullmatch(last.text) or (len(pieces[-1]) == 1 and LABEL.fullmatch(last.text))
        limit = LABEL_GAP * size if blank else max(COLUMN_GAP * size, 3 * usual)
        if gap > limit:
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return pieces


def _line(piece: Sequence[Placed]) -> ScanLine | None:
    """One line: words joined by a space unless they touch, as a superscript touches its word."""
    parts: list[str] = []
    words: list[Word] = []
    sizes: dict[float, int] = {}
    at = letters = heavy = slanted = 0
    x0, top, x1, bottom = piece[0].box.x0, piece[0].box.top, piece[0].box.x1, piece[0].box.bottom
    previous: Placed | None = None
    for word in piece:  # one pass: most of a born-digital page's words come through here
        box, length = word.box, len(word.text)
        if previous is not None and not _touch(previous, word):
            parts.append(" ")
            at += 1
        words.append(Word(Span(at, at + length), box, word.confidence))
        parts.append(word.text)
        at += length
        letters += length
        sizes[word.size] = sizes.get(word.size, 0) + length
        heavy += length if word.bold else 0
        slanted += length if word.italic else 0
        x0 = min(x0, box.x0)
        top = min(top, box.top)
        x1 = max(x1, box.x1)
        bottom = max(bottom, box.bottom)
        previous = word
    raw = "".join(parts)
    if not raw.strip():
        return None
    half, seen, size = letters / 2, 0, max(sizes)
    for size in sorted(sizes):
        seen += sizes[size]
        if seen >= half:
            break
    bold, italic = heavy * 2 > letters, slanted * 2 > letters
    known = [(w.confidence, len(w.text)) for w in piece if w.confidence is not None]
    confidence = sum(c * n for c, n in known) / max(1, sum(n for _, n in known)) if known else None
    font, widget = Font(round(size, 1), bold, italic), all(w.widget for w in piece)
    return ScanLine(raw, Box(x0, top, x1, bottom), tuple(words), font, confidence, widget=widget)


def _touch(a: Placed, b: Placed) -> bool:
    """Whether two words stand without a space: a change of size or height within a word, as at a footnote's mark."""
    if b.box.x0 - a.box.x1 >= 0.12 * max(a.size, b.size):
        return False
    return a.confidence is None and a.widget == b.widget

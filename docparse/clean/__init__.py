"""Cleaning: a `Scan` in, a `Document` out whose text is fixed for good; every character keeps its origin.

The order of work: legacy letters, normal form, specks, stamps, what is not text, columns, footnotes, repairs of OCR,
paragraphs.
"""

from __future__ import annotations

import gc

from docparse.clean import (
    columns,
    encodings,
    flow,
    footnotes,
    furniture,
    marks,
    normalize,
    repairs,
    signatures,
    specks,
    stamp_facts,
    stamps,
)
from docparse.clean.pieces import Piece
from docparse.model import Document, Line, Note, Page, Repair, Scan, ScanLine, ScanPage
from docparse.spans import Aligned, Box, Span
from docparse.tables import Tables


def clean(scan: Scan, tables: Tables | None = None) -> Document:
    """The document of a scan: its text, its lines with spans, its pages with spans."""
    was_on = gc.isenabled()
    gc.disable()  # pieces make no cycles, and looking for some takes two fifths of the time of short lines
    try:
        return _cleaned(scan, tables or Tables.default())
    finally:
        if was_on:
            gc.enable()


def _cleaned(scan: Scan, tables: Tables) -> Document:
    scan, legacy = encodings.unicode_scan(scan)
    notes = [*scan.notes, *legacy]
    plain = scan.source.media_type.startswith("text/") and scan.source.media_type != "text/html"
    pages = [_pieces(page, plain) for page in scan.pages]
    if any(normalize.has_bidi("\n".join([line.raw for line in page.lines])) for page in scan.pages):
        notes.append(
            Note(
                "bidi_controls",
                "the text holds controls of writing direction, which were removed; compare it with the source",
            )
        )
    stamps.set_apart(pages, scan.pages, tables)
    furniture.mark(pages, scan.pages, tables)
    stamped = stamp_facts.stamps_of(pages, scan.pages, tables)
    pages = [columns.ordered(pieces, page) for pieces, page in zip(pages, scan.pages, strict=True)]
    order = footnotes.moved(pages, scan.pages)
    repairs.mend(order, scan.pages, tables)
    text, lines, starts, mended = _set(flow.joints(order, pages, scan.pages, plain))
    spans = _page_spans(scan.pages, starts, len(text))
    return Document(
        scan.source,
        text,
        tuple(
            Page(p.number, p.width, p.height, s, p.method, p.confidence, p.rotation, p.skew, p.frame, p.marks)
            for p, s in zip(scan.pages, spans, strict=True)
        ),
        tuple(lines),
        signatures.found(scan.signatures, order),
        notes=tuple(notes),
        repairs=tuple(mended),
        stamps=stamped,
    )


def _pieces(page: ScanPage, plain: bool) -> list[Piece]:
    """The page's lines in normal form, those printed in several columns cut."""
    out: list[Piece] = []
    blank = False
    for line in page.lines:
        raw = line.raw
        if plain and not raw.strip():
            blank = True
            continue
        marked = plain and marks.present(raw)
        if not line.words:
            text = marks.text_without(raw) if marked else raw
            cut = [Piece(line, page.number, normalize.normal(text[a:b]), box=line.box) for a, b in marks.parts(text)]
        else:
            whole = marks.without(Aligned.of(raw)) if marked else Aligned.of(raw)
            cut = [_placed(line, page.number, normalize.aligned(whole[a:b])) for a, b in marks.parts(whole.text)]
        if page.method == "ocr":
            cut = [specks.trimmed(piece) for piece in cut]
        for piece in cut:
            piece.role, piece.after_blank = line.role, blank
            blank = False
            out.append(piece)
    return out


def _placed(line: ScanLine, page: int, text: Aligned) -> Piece:
    """A piece of a line whose words have places: its box is theirs."""
    if text.text == line.raw:
        return Piece(line, page, text.text, None, line.box)
    piece = Piece(line, page, text.text, text, line.box)
    if len(text) < 0.9 * len(line.raw):
        piece.box = Box.around(w.box for w in piece.words_at(0)) or line.box
    return piece


def _set(joints: list[tuple[str, Piece]]) -> tuple[str, list[Line], list[tuple[int, int]], list[Repair]]:
    """The text, its lines, for each line of the text its page and start, and what was set right in it."""
    parts: list[str] = []
    lines: list[Line] = []
    starts: list[tuple[int, int]] = []
    mended: list[Repair] = []
    at = 0
    for joint, piece in joints:
        line = piece.line
        inside = piece.role in ("body", "footnote") and bool(piece.text)
        if inside:
            parts.append(joint)
            at += len(joint)
        end = at + len(piece.text) if inside else at
        words = tuple(piece.words_at(at)) if inside and line.words else ()
        lines.append(
            Line(
                Span(at, end),
                line.raw,
                piece.page,
                piece.role,
                piece.box,
                words,
                line.font,
                line.confidence,
                line.cell,
                piece.column,
            )
        )
        if inside:
            parts.append(piece.text)
            starts.append((piece.page, at))
            for m in sorted(piece.mends, key=lambda m: m.start):
                words_now = piece.text[m.start : m.end]
                mended.append(
                    Repair(Span(at + m.start, at + m.end), piece.page, m.read, words_now, m.rule, m.confidence)
                )
            at = end
    return "".join(parts), lines, starts, mended


def _page_spans(pages: tuple[ScanPage, ...], starts: list[tuple[int, int]], length: int) -> list[Span]:
    """The part of the text on each page: from its first line to where the next page's starts."""
    first: dict[int, int] = {}
    for number, at in starts:
        first.setdefault(number, at)
    spans: list[Span] = []
    end = length
    for page in reversed(pages):
        start = min(first.get(page.number, end), end)
        spans.append(Span(start, end))
        end = start
    if spans:
        spans[-1] = Span(0, spans[-1].end)
    return spans[::-1]

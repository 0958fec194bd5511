"""A `Paper` in, a DOCX file out (bytes), laid out as a clerk types it: borderless tables for letterhead and closing."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Mm, Pt

from corpus_maker.layout import addressees, letterhead, recipients
from corpus_maker.plain import body_text
from corpus_maker.source import Block, Paper

FIXED = (2026, 1, 1, 0, 0, 0)


def word_file(paper: Paper) -> bytes:
    """The same source gives the same bytes: no clock, no random names."""
    doc = docx.Document()
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(16)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(float(paper.meta.get("size", 13)))
    core = doc.core_properties
    core.author, core.title, core.created = "docparse corpus", str(paper.meta["number"]), datetime(*FIXED)
    core.modified = core.created
    _letterhead(doc, paper)
    _title(doc, paper)
    label, listed = addressees(paper)
    for line in [label, *listed] if label else []:
        _paragraph(doc, line, indent=Cm(3 if line == label else 4.5))
    rows: list[Block] = []
    closed = False
    for block in paper.blocks:
        if block.kind == "row":
            rows.append(block)
            continue
        _ruled(doc, rows)
        rows = []
        if block.kind == "annex":
            _closing(doc, paper)
            doc.add_page_break()
            closed = True
        else:
            _block(doc, block, paper)
    _ruled(doc, rows)
    if not closed:
        _closing(doc, paper)
    out = io.BytesIO()
    doc.save(out)
    return _fixed_times(out.getvalue())


def _paragraph(
    where: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,
    indent: Any = None,
    size: float = 0,
) -> Any:
    made = where.add_paragraph()
    made.paragraph_format.space_after = Pt(3)
    for at, part in enumerate(re.split(r"\[\^(\w+)\]", text)):
        run = made.add_run(part)
        run.bold, run.italic = bold or None, italic or None
        run.font.superscript = True if at % 2 else None
        if size:
            run.font.size = Pt(size)
    if align is not None:
        made.alignment = align
    if indent is not None:
        made.paragraph_format.left_indent = indent
    return made


def _cell_lines(cell: Any, lines: list[tuple[str, bool, bool]], align: Any, size: float = 0) -> None:
    cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
    for text, bold, italic in lines:
        _paragraph(cell, text, bold=bold, italic=italic, align=align, size=size).paragraph_format.space_after = Pt(0)


def _letterhead(doc: Any, paper: Paper) -> None:
    head = letterhead(paper)
    table = doc.add_table(2, 2)
    left = [(line, False, False) for line in head.parent] + [(line, True, False) for line in head.organ]
    left.append((head.mark or "_______", False, False))
    right = [(line, True, False) for line in head.national] + [("_______________", False, False)]
    number = [(head.number, False, False)] + ([(head.subject, False, False)] if head.subject else [])
    date = [(head.date, False, True)]
    cells = ((0, 0, left), (0, 1, right), (1, 0, number), (1, 1, date))
    for row, column, lines in cells:
        cell = table.cell(row, column)
        cell.width = Mm(70 if column == 0 else 94)
        _cell_lines(cell, lines, ALIGN.CENTER, 12)


def _title(doc: Any, paper: Paper) -> None:
    for line in paper.meta.get("title", []):
        _paragraph(doc, line, bold=True, align=ALIGN.CENTER)
    if paper.meta.get("title"):
        if paper.meta["subject"]:
            _paragraph(doc, paper.meta["subject"], bold=True, align=ALIGN.CENTER)
        _paragraph(doc, "-----" if paper.party else "________", align=ALIGN.CENTER)


def _block(doc: Any, block: Block, paper: Paper) -> None:
    text = body_text(block, paper)
    if block.kind in ("centred", "centred-italic"):
        _paragraph(doc, text, bold=block.kind == "centred", italic=block.kind != "centred", align=ALIGN.CENTER)
        return
    last = block.path[-1] if block.section and block.path else ""
    if last.startswith(("Chương", "Phần")):
        _paragraph(doc, last, bold=True, align=ALIGN.CENTER)
        _paragraph(doc, block.text, bold=True, align=ALIGN.CENTER)
        return
    heading = last.startswith("Điều") and len(block.text) < 110 and not block.text.endswith((".", ";", ":"))
    made = _paragraph(
        doc,
        text,
        bold=heading or (last.isupper() and last.isascii()),
        italic=block.kind == "basis" and not paper.party,
        align=ALIGN.JUSTIFY,
    )
    made.paragraph_format.first_line_indent = Cm(1)


def _ruled(doc: Any, rows: list[Block]) -> None:
    if not rows:
        return
    table = doc.add_table(len(rows), len(rows[0].cells))
    table.style = "Table Grid"
    for at, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            _cell_lines(table.cell(at, column), [(cell, at == 0, False)], ALIGN.CENTER if at == 0 else ALIGN.LEFT, 11)


def _closing(doc: Any, paper: Paper) -> None:
    doc.add_paragraph()
    sign = paper.meta["signature"]
    table = doc.add_table(1, 2)
    left = [("Nơi nhận:", not paper.party, not paper.party), *((line, False, False) for line in recipients(paper))]
    right = [(line, True, False) for line in sign["lines"]]
    right += [("", False, False)] * 4 + [(sign["name"], True, False)]
    _cell_lines(table.cell(0, 0), left, ALIGN.LEFT, 11)
    _cell_lines(table.cell(0, 1), right, ALIGN.CENTER)


def _fixed_times(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given.namelist()):
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return out.getvalue()

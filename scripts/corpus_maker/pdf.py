"""A `Paper` in, a digital PDF out (bytes), with the place of its seal for the scan that is made from it.

Real text layer with embedded fonts, two-column letterhead and closing, justified text, page numbers, ruled tables and
footnotes at the foot of the page that refers to them. The same source and fonts give the same bytes.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from corpus_maker.fonts import Family, family
from corpus_maker.layout import addressees, letterhead, recipients
from corpus_maker.plain import body_text
from corpus_maker.source import Block, Paper

LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 16 * mm, 20 * mm, 20 * mm
WIDTH = A4[0] - LEFT - RIGHT
MOST_PAGES = 40


@dataclass
class Made:
    """`seal` is (page from 0, x, y) in points from the bottom left, where the signer's seal goes."""

    data: bytes
    seal: tuple[int, float, float] | None
    noted: dict[int, list[str]] = field(default_factory=dict)


class _Rule(Flowable):  # type: ignore[misc]
    """A thin line in the middle of its column, `share` of it wide."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        self.width = width
        return width, 8.0

    def draw(self) -> None:
        self.canv.setLineWidth(0.7)
        self.canv.line(self.width * (1 - self.share) / 2, 3.0, self.width * (1 + self.share) / 2, 3.0)


class _SealSpot(Flowable):  # type: ignore[misc]
    """The empty space above the signer's name, which remembers where it was drawn."""

    def __init__(self, made: Made) -> None:
        super().__init__()
        self.made = made
        self.width, self.height = 10.0, 62.0

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, self.height / 2)
        self.made.seal = (self.canv.getPageNumber() - 1, x, y)


class _Noted(Paragraph):  # type: ignore[misc]
    """A paragraph that remembers on which page each of its footnote marks (its only superscripts) was drawn."""

    made: Made | None = None

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.made = self.made
        return parts

    def draw(self) -> None:
        super().draw()
        if self.made is None:
            return
        # once laid out, the pieces of text stand in the lines of `blPara`; plain lines are tuples and have no marks
        for frag in (piece for line in self.blPara.lines for piece in getattr(line, "words", ())):
            text = getattr(frag, "text", "").strip()
            if getattr(frag, "rise", 0) > 0 and text.isdigit():
                page = self.made.noted.setdefault(self.canv.getPageNumber(), [])
                if text not in page:
                    page.append(text)


class _Styles:
    def __init__(self, face: Family, size: float) -> None:
        self.face, self.size = face, size
        lead = size * 1.22
        self.body = ParagraphStyle(
            "body", fontName=face.regular, fontSize=size, leading=lead, alignment=TA_JUSTIFY, firstLineIndent=10 * mm,
            spaceBefore=size * 0.42, allowWidows=0, allowOrphans=0,
        )  # fmt: skip
        self.basis = ParagraphStyle("basis", self.body, fontName=face.italic)
        self.centre = ParagraphStyle("centre", self.body, alignment=TA_CENTER, firstLineIndent=0, spaceBefore=0)
        heads = min(size - 1, 12.5)
        self.head = ParagraphStyle("head", self.centre, fontSize=heads, leading=heads * 1.2)
        self.small = ParagraphStyle("small", self.centre, fontSize=size - 2.5, leading=(size - 2.5) * 1.2, alignment=0)
        self.cell = ParagraphStyle("cell", self.centre, fontSize=size - 2, leading=(size - 2) * 1.2, alignment=TA_LEFT)
        self.note = ParagraphStyle("note", self.small, alignment=TA_JUSTIFY)
        self.listed = ParagraphStyle("listed", self.centre, alignment=TA_LEFT, leftIndent=48 * mm)

    def bold(self, text: str) -> str:
        return f'<font name="{self.face.bold}">{escape(text)}</font>'

    def italic(self, text: str) -> str:
        return f'<font name="{self.face.italic}">{escape(text)}</font>'

    def bold_italic(self, text: str) -> str:
        return f'<font name="{self.face.bold_italic}">{escape(text)}</font>'


def pdf_file(paper: Paper) -> Made:
    """Lays out until the room kept for footnotes on every page is the room that they need."""
    styles = _Styles(family(paper.meta.get("font", "Tinos")), float(paper.meta.get("size", 13)))
    kept: dict[int, list[str]] = {}
    for _ in range(6):
        made = _build(paper, styles, kept)
        if made.noted == kept:
            return made
        kept = made.noted
    raise ValueError(f"{paper.name}: the footnotes do not settle; move one of them")


def _build(paper: Paper, styles: _Styles, kept: dict[int, list[str]]) -> Made:
    out = io.BytesIO()
    made = Made(b"", None)
    notes = {
        page: [Paragraph(_raised(key, 7) + f" {escape(paper.notes[key].text)}", styles.note) for key in keys]
        for page, keys in kept.items()
    }
    doc = BaseDocTemplate(
        out, pagesize=A4, invariant=1, title=f"{paper.meta['number']}", author="docparse corpus", lang="vi-VN"
    )

    def decorate(canvas: Any, _: Any) -> None:
        page = canvas.getPageNumber()
        if page > 1:
            canvas.setFont(styles.face.regular, styles.size)
            canvas.drawCentredString(A4[0] / 2, A4[1] - TOP + 4 * mm, str(page))
        if page in notes:
            y = BOTTOM + _height(notes[page])
            canvas.line(LEFT, y + 3, LEFT + 50 * mm, y + 3)
            for note in notes[page]:
                y -= note.wrap(WIDTH, 1000)[1]
                note.drawOn(canvas, LEFT, y)

    templates = []
    for page in range(1, MOST_PAGES):
        room = _height(notes[page]) + 8 if page in notes else 0
        frame = Frame(LEFT, BOTTOM + room, WIDTH, A4[1] - TOP - BOTTOM - room, 0, 0, 0, 0)
        templates.append(PageTemplate(f"p{page}", [frame], onPage=decorate, autoNextPageTemplate=f"p{page + 1}"))
    doc.addPageTemplates(templates)
    doc.build(_story(paper, styles, made))
    made.data = out.getvalue()
    return made


def _raised(key: str, size: float) -> str:
    return f'<super size="{size:.1f}" rise="{size * 0.55:.1f}">{key}</super>'


def _height(notes: list[Any]) -> float:
    return float(sum(note.wrap(WIDTH, 1000)[1] for note in notes))


def _story(paper: Paper, styles: _Styles, made: Made) -> list[Any]:
    story: list[Any] = [_letterhead(paper, styles), Spacer(1, 10)]
    story += _title(paper, styles)
    label, listed = addressees(paper)
    if label:
        centred = styles.centre if not listed else ParagraphStyle("to", styles.listed, leftIndent=30 * mm)
        story.append(Paragraph(escape(label), centred))
        story += [Paragraph(escape(line), styles.listed) for line in listed]
        story.append(Spacer(1, 6))
    rows: list[Block] = []
    closed = False
    for block in paper.blocks:
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            story.append(_ruled(rows, paper, styles))
            rows = []
        if block.kind == "annex":
            story += [_closing(paper, styles, made), PageBreak()]
            closed = True
            continue
        story.append(_paragraph(block, paper, styles, made))
    if rows:
        story.append(_ruled(rows, paper, styles))
    return story if closed else [*story, _closing(paper, styles, made)]


def _letterhead(paper: Paper, styles: _Styles) -> Table:
    head = letterhead(paper)
    left: list[Any] = [Paragraph(escape(line), styles.head) for line in head.parent]
    left += [Paragraph(styles.bold(line), styles.head) for line in head.organ]
    left.append(Paragraph(head.mark, styles.head) if head.mark else _Rule(0.35))
    right: list[Any] = [Paragraph(styles.bold(line), styles.head) for line in head.national]
    right.append(_Rule(0.6 if len(head.national) > 1 else 0.7))
    by_hand = bool(paper.meta.get("by_hand"))
    number: list[Any] = [Paragraph(_blank(escape(head.number), r"(?<=Số |ố: )\d+", by_hand), styles.head)]
    if head.subject:
        number.append(Paragraph(escape(head.subject), ParagraphStyle("vv", styles.head, fontSize=styles.size - 1.5)))
    date = [Paragraph(_blank(styles.italic(head.date), r"(?<=ngày )\d+", by_hand), styles.head)]
    table = Table([[left, right], [number, date]], colWidths=[WIDTH * 0.42, WIDTH * 0.58])
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ]
        )
    )
    return table


def _blank(marked: str, digits: str, by_hand: bool) -> str:
    """With room for a pen where the digits stand; white on white, they still say in the layer what belongs there."""
    if not by_hand:
        return marked
    room = "&nbsp;" * 3
    return re.sub(digits, lambda found: f'{room}<font color="white">{found[0]}</font>{room}', marked, count=1)


def _title(paper: Paper, styles: _Styles) -> list[Any]:
    if not (lines := paper.meta.get("title")):
        return []
    big = ParagraphStyle("big", styles.centre, fontSize=styles.size + 1, leading=(styles.size + 1) * 1.25)
    out: list[Any] = [Paragraph(styles.bold(line), big) for line in lines]
    if paper.meta["subject"]:
        out.append(Paragraph(styles.bold(paper.meta["subject"]), styles.centre))
    out.append(Paragraph("-----", styles.centre) if paper.party else _Rule(0.22))
    return [*out, Spacer(1, 8)]


def _paragraph(block: Block, paper: Paper, styles: _Styles, made: Made) -> Any:
    text = escape(body_text(block, paper))
    text = re.sub(r"\[\^(\w+)\]", lambda found: _raised(found[1], styles.size * 0.62), text)
    style = {"basis": styles.basis if not paper.party else styles.body}.get(block.kind, styles.body)
    if block.kind == "centred":
        return Paragraph(
            f'<font name="{styles.face.bold}">{text}</font>', ParagraphStyle("c", styles.centre, spaceBefore=6)
        )
    if block.kind == "centred-italic":
        return Paragraph(f'<font name="{styles.face.italic}">{text}</font>', styles.centre)
    if block.section and block.path:
        last = block.path[-1]
        if last.startswith(("Chương", "Phần")):
            words = styles.bold(last) + "<br/>" + styles.bold(block.text)
            return Paragraph(words, ParagraphStyle("chapter", styles.centre, spaceBefore=8))
        if last.isupper() and last.isascii():
            text = f'<font name="{styles.face.bold}">{text}</font>'
        elif last.startswith("Điều"):
            label, rest = text[: len(last) + 1], text[len(last) + 1 :]
            heading = len(block.text) < 110 and not block.text.endswith((".", ";", ":", "/."))
            text = f'<font name="{styles.face.bold}">{label}{rest if heading else ""}</font>' + (
                "" if heading else rest
            )
    paragraph = _Noted(text, style)
    paragraph.made = made
    return paragraph


def _ruled(rows: list[Block], paper: Paper, styles: _Styles) -> Table:
    top = ParagraphStyle("top", styles.cell, alignment=TA_CENTER)
    cells = [[Paragraph(styles.bold(cell), top) for cell in rows[0].cells]]
    cells += [[Paragraph(escape(cell), styles.cell) for cell in row.cells] for row in rows[1:]]
    shares = paper.meta.get("columns", [1] * len(rows[0].cells))
    widths = [WIDTH * share / sum(shares) for share in shares]
    table = Table(cells, colWidths=widths, repeatRows=1, spaceBefore=6, spaceAfter=8)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, "black"),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def _closing(paper: Paper, styles: _Styles, made: Made) -> KeepTogether:
    sign = paper.meta["signature"]
    label = f"<u>{escape('Nơi nhận:')}</u>" if paper.party else styles.bold_italic("Nơi nhận:")
    left: list[Any] = [Paragraph(label, styles.small), *(Paragraph(escape(x), styles.small) for x in recipients(paper))]
    lines = sign["lines"]
    right: list[Any] = []
    for at, line in enumerate(lines):
        plain = paper.party and at == len(lines) - 1 and len(lines) > 1
        right.append(Paragraph(escape(line) if plain else styles.bold(line), styles.centre))
    right += [_SealSpot(made), Paragraph(styles.bold(sign["name"]), styles.centre)]
    table = Table([[left, right]], colWidths=[WIDTH * 0.46, WIDTH * 0.54])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return KeepTogether([Spacer(1, 12), table])

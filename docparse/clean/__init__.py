"""Cleaning: a `Scan` in, a `Document` out whose text is fixed for good; every character keeps its origin."""

from __future__ import annotations

import re

from docparse.model import Document, Line, Page, Scan
from docparse.spans import Aligned, Span


def clean(scan: Scan) -> Document:
    """The document of a scan: its text, its lines with spans, its pages with spans."""
    parts: list[str] = []
    lines: list[Line] = []
    pages: list[Page] = []
    at = 0
    for page in scan.pages:
        page_start = at
        for line in page.lines:
            for piece in line.raw.split("\t"):
                text = Aligned.of(piece).nfc().sub(r"[*_]{1,3}|\|", "").sub(r"\s+", " ").strip().text
                if not text or re.fullmatch(r"[-–—_*=.\s]{3,}|\*", text):
                    continue
                joins = bool(parts) and text[:1].islower() and not parts[-1].endswith((".", ";", ":", "!", "?", "”", ")"))
                joins = joins and not re.match(r"[a-zđ][).]\s", text)
                if parts:
                    parts.append(" " if joins else "\n")
                    at += 1
                lines.append(Line(Span(at, at + len(text)), line.raw, page.number, box=line.box, font=line.font,
                                  confidence=line.confidence, cell=line.cell))
                parts.append(text)
                at += len(text)
        pages.append(Page(page.number, page.width, page.height, Span(page_start, at), page.method, page.confidence,
                          page.rotation))
    return Document(scan.source, "".join(parts), tuple(pages), tuple(lines), scan.signatures, notes=scan.notes)

"""The paragraphs of a document with their layout: what the segmenters read instead of raw text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docparse.model import Document, Line
from docparse.spans import Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `span` without the line break, its words, and the lines it was printed on."""

    index: int
    span: Span
    text: str
    lines: tuple[Line, ...]

    @property
    def first(self) -> Line | None:
        """Its first printed line."""
        return self.lines[0] if self.lines else None


def paragraphs(doc: Document, within: Span | None = None) -> Sequence[Paragraph]:
    """All paragraphs of the text, or those that lie in `within`, in order; linear in the text's length."""
    lines = sorted((n for n in doc.lines if len(n.span)), key=lambda n: n.span.start)
    out: list[Paragraph] = []
    at = first = 0
    for index, text in enumerate(doc.text.split("\n")):
        span = Span(at, at + len(text))
        while first < len(lines) and lines[first].span.end <= span.start:
            first += 1
        last = first
        while last < len(lines) and lines[last].span.start < span.end:
            last += 1
        if within is None or within.holds(span):
            out.append(Paragraph(index, span, text, tuple(lines[first:last])))
        at = span.end + 1
    return out

"""The paragraphs of a document with their layout: what the segmenters read instead of raw text."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence

from docparse.model import Document, Line
from docparse.spans import Span
from docparse.values import dataclass


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


_KEPT = 2
"""How many documents' paragraphs are kept at hand: a document and one parsed beside it."""
_at_hand: deque[tuple[str, tuple[Line, ...], tuple[Paragraph, ...]]] = deque(maxlen=_KEPT)


def paragraphs(doc: Document, within: Span | None = None) -> Sequence[Paragraph]:
    """All paragraphs of the text, or those that lie in `within`, in order; linear in the text's length, and read once
    for the stages of one document, since its text and lines do not change after cleaning."""
    for text, lines, kept in tuple(_at_hand):
        if text is doc.text and lines is doc.lines:
            found = kept
            break
    else:
        found = tuple(_read(doc))
        _at_hand.append((doc.text, doc.lines, found))
    if within is None:
        return found
    first = bisect_left(found, within.start, key=_start)
    last = first
    while last < len(found) and found[last].span.end <= within.end:
        last += 1
    return found[first:last]


def _start(paragraph: Paragraph) -> int:
    return paragraph.span.start


def _read(doc: Document) -> Iterator[Paragraph]:
    lines = sorted((n for n in doc.lines if n.span.start < n.span.end), key=lambda n: n.span.start)
    count = len(lines)
    at = first = 0
    for index, text in enumerate(doc.text.split("\n")):
        end = at + len(text)
        while first < count and lines[first].span.end <= at:
            first += 1
        last = first
        while last < count and lines[last].span.start < end:
            last += 1
        yield Paragraph(index, Span(at, end), text, tuple(lines[first:last]))
        at = end + 1

"""The working form of a line while the text is being put together: the reader's line, its normalised words, its role and column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from docparse.model import LineRole, ScanLine, Word
from docparse.spans import Aligned, Box, Span


@dataclass(slots=True)
class Piece:
    """A line, or a part of one that was printed in another column. `origins` is None where `text` is the raw line unchanged
    and shifted by `offset`; else it has the raw line's index for each character of `text`."""

    line: ScanLine
    page: int
    text: str
    aligned: Aligned | None = None
    offset: int = 0
    role: LineRole = "body"
    column: Literal["left", "right"] | None = None
    wide: bool = False  # crosses the gutter of its page's columns, or the page has none
    own: bool = False  # a paragraph of its own: a printed line of letterhead, title or closing
    after_blank: bool = False

    @property
    def box(self) -> Box | None:
        """Where the line stands on its page."""
        return self.line.box

    @property
    def size(self) -> float:
        """The size of its letters in points, 0 when unknown."""
        return self.line.font.size if self.line.font else 0.0

    def cut(self, start: int, end: int) -> Piece:
        """The part `[start, end)` of the piece's text, without white space at its ends."""
        span = Span(start, end).trimmed(self.text)
        aligned = (self.aligned or Aligned.of(self.text, self.offset))[span.start : span.end]
        return Piece(
            self.line,
            self.page,
            aligned.text,
            aligned,
            0,
            self.role,
            self.column,
            self.wide,
            self.own,
            self.after_blank,
        )

    def without(self, start: int, end: int) -> Piece:
        """The piece without the characters `[start, end)`."""
        whole = self.aligned or Aligned.of(self.text, self.offset)
        aligned = whole[:start] + whole[end:]
        return Piece(
            self.line,
            self.page,
            aligned.text,
            aligned,
            0,
            self.role,
            self.column,
            self.wide,
            self.own,
            self.after_blank,
        )

    def words_at(self, at: int) -> Iterator[Word]:
        """The line's words that stand in this piece, with spans in a text in which the piece starts at `at`."""
        words = self.line.words
        if not words:
            return
        if self.aligned is None:
            shift = at - self.offset
            for word in words:
                yield Word(Span(word.span.start + shift, word.span.end + shift), word.box, word.confidence)
            return
        origins = self.aligned.origins
        for word in words:
            start, end = bisect_left(origins, word.span.start), bisect_left(origins, word.span.end)
            span = Span(start, end).trimmed(self.text)
            if len(span):
                yield Word(Span(at + span.start, at + span.end), word.box, word.confidence)

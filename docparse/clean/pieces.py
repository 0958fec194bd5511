"""The working form of a line while the text is put together: the reader's line, its words normalised, role and
column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from docparse.model import LineRole, ScanLine, Word
from docparse.spans import Aligned, Box, Span


@dataclass(frozen=True, slots=True)
class Mend:
    """A repair of what OCR read: its place in the piece's text, the words as read, the rule, and how sure it is."""

    start: int
    end: int
    read: str
    rule: str
    confidence: float


@dataclass(slots=True)
class Piece:
    """A line, or a part of one that was printed in another column.

    `aligned` is None where `text` is the raw line as it was, or where no word has a place; else it knows the raw line's
    index for each character of `text`. `box` is the part's own where the line's words have places.
    """

    line: ScanLine
    page: int
    text: str
    aligned: Aligned | None = None
    box: Box | None = None
    role: LineRole = "body"
    column: Literal["left", "right"] | None = None
    wide: bool = False  # stands in no column
    own: bool = False  # a paragraph of its own: a printed line of letterhead, title or closing
    after_blank: bool = False
    mends: list[Mend] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The size of its letters in points, 0 when unknown."""
        return self.line.font.size if self.line.font else 0.0

    def without(self, start: int, end: int) -> Piece:
        """The piece without the characters `[start, end)`."""
        whole = self.aligned or Aligned.of(self.text)
        aligned = whole[:start] + whole[end:]
        return replace(self, text=aligned.text, aligned=aligned)

    def set_right(self, mend: Mend, words: str) -> None:
        """Put `words` in the place of what was misread, and remember it; a surplus letter has the last one's place."""
        start, end = mend.start, mend.end
        longer = len(words) - (end - start)
        if longer and self.aligned is None:
            self.aligned = Aligned.of(self.text)
        self.text = self.text[:start] + words + self.text[end:]
        if self.aligned is not None:
            origins = self.aligned.origins
            own = origins[start:end][: len(words)]
            own.extend([own[-1]] * (len(words) - len(own)))
            self.aligned = Aligned(self.text, origins[:start] + own + origins[end:])
        if longer:
            self.mends = [
                replace(m, start=m.start + longer, end=m.end + longer) if m.start >= end else m for m in self.mends
            ]
        self.mends.append(replace(mend, end=start + len(words)))

    def words_at(self, at: int) -> Iterator[Word]:
        """The line's words that stand in this piece, with spans in a text in which the piece starts at `at`."""
        words = self.line.words
        if not words:
            return
        if self.aligned is None:
            for word in words:
                yield Word(Span(word.span.start + at, word.span.end + at), word.box, word.confidence)
            return
        origins = self.aligned.origins
        for word in words:
            start, end = bisect_left(origins, word.span.start), bisect_left(origins, word.span.end)
            span = Span(start, end).trimmed(self.text)
            if len(span):
                yield Word(Span(at + span.start, at + span.end), word.box, word.confidence)

"""A page's typographic measures: pieces of all pages in, for each page its margins, line pitch and paragraph style
out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from docparse.clean.pieces import Piece
from docparse.model import ScanPage
from docparse.spans import Box

INDENT = (10.0, 80.0)
"""First lines are set in by 1 cm or 1.27 cm (28-36 points; Annex I, II.6); OCR boxes waver by a few points."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Margins in points, the usual distance of two lines' tops, and whether paragraphs are marked by indents or by
    space."""

    left: float
    right: float
    pitch: float
    indents: bool
    spaced: bool

    def indented(self, piece: Piece) -> bool:
        """Whether the line is set in as a paragraph's first."""
        box = piece.box
        return box is not None and INDENT[0] < box.x0 - self.left < INDENT[1]

    def centred(self, piece: Piece) -> bool:
        """Whether the line stands in the middle and keeps off both margins, as titles do."""
        box = piece.box
        if box is None:
            return False
        by_left, by_right = box.x0 - self.left, self.right - box.x1
        return by_left > 14 and by_right > 14 and abs(by_left - by_right) < max(14.0, 0.12 * (by_left + by_right))

    def reaches(self, before: Piece, piece: Piece) -> bool:
        """Whether the line was full: the next one's first word would not have fitted."""
        a, b = before.box, piece.box
        if a is None or b is None:
            return True
        first = piece.text.split(" ", 1)[0]
        letter = b.width / max(1, len(piece.text))
        return a.x1 + (len(first) + 1) * letter > self.right - 6

    def gap(self, a: Box, b: Box) -> float:
        """The distance of two lines in usual line distances."""
        return (b.bottom - a.bottom) / self.pitch if self.pitch else 1.0


def layouts(pages: Sequence[Sequence[Piece]], scans: Sequence[ScanPage]) -> dict[int, Layout]:
    """The measures of each page by its number."""
    out: dict[int, Layout] = {}
    wides = {s.number: [p for p in pieces if _counts(p)] for pieces, s in zip(pages, scans, strict=True) if s.height}
    pitches = [q for pieces in wides.values() for q in _pitches(pieces)]
    pitch = _lower(pitches) if pitches else 0.0
    spans = [(p.box.x0, p.box.x1) for pieces in wides.values() for p in pieces if p.box]
    usual = _margins(spans, 0.0, 595.0)
    indents = spaced = False
    if spans:
        firsts = sum(
            INDENT[0] < x0 - left < 60
            for pieces in wides.values()
            for left in [_margins(_ends(pieces), *usual)[0]]
            for x0, _ in _ends(pieces)
        )
        indents = firsts > 0.08 * len(spans)
        spaced = not indents and sum(q > 1.5 * pitch for q in pitches) > 0.08 * len(spans)
    for number, pieces in wides.items():
        ends = _ends(pieces)
        left, right = _margins(ends, *usual) if len(ends) >= 6 else usual
        own = _pitches(pieces)
        out[number] = Layout(left, right, _lower(own) if len(own) > 6 else pitch, indents, spaced)
    return out


def _counts(piece: Piece) -> bool:
    return piece.role == "body" and piece.wide and piece.box is not None and piece.line.cell is None


def _ends(pieces: Iterable[Piece]) -> list[tuple[float, float]]:
    return [(p.box.x0, p.box.x1) for p in pieces if p.box]


def _margins(ends: Sequence[tuple[float, float]], left: float, right: float) -> tuple[float, float]:
    """The left and right margin: of long lines the left edge that most continuation lines share, and the usual right
    edge."""
    if not ends:
        return left, right
    longest = max(b - a for a, b in ends)
    long = [(a, b) for a, b in ends if b - a > 0.75 * longest] or list(ends)
    lefts = sorted(a for a, _ in long)
    rights = sorted(b for _, b in long)
    return lefts[int(0.06 * len(lefts))], rights[min(len(rights) - 1, int(0.8 * len(rights)))]


def _pitches(pieces: Sequence[Piece]) -> list[float]:
    boxes = [p.box for p in pieces if p.box]
    return [b.bottom - a.bottom for a, b in pairwise(boxes) if 4 < b.bottom - a.bottom < 60]


def _lower(values: Sequence[float]) -> float:
    """The usual distance within a paragraph: the median of the smaller half, since paragraphs stand further apart."""
    ordered = sorted(values)
    return median(ordered[: max(1, (2 * len(ordered)) // 3)])

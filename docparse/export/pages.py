"""The words of a document's pages: what the reader saw and what cleaning made of it in, each page's lines in reading
order out, every word with its place on the page as given.

What stands behind the searchable PDF, hOCR and ALTO. Words are as they were read, in Unicode NFC; specks and printed
rules are left out, running heads and stamps stay where they stand.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from docparse.model import Document, Line, LineRole, Method, Scan, ScanLine, ScanPage
from docparse.spans import Box, Frame

LEFT_OUT = frozenset({"noise", "rule"})
LEAST_HIGH = 5.0
"""Points: a line of dashes alone is taken to be as high as the smallest letters."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word with its box on the page as given. `start`, `end` are the ends of its line's foot and `up` its top left
    corner, so that a word of a tilted line keeps its tilt; `glued` when no space stands before it. `confidence` is
    None for words that the file itself holds."""

    text: str
    box: Box
    start: Point
    end: Point
    up: Point
    confidence: float | None = None
    glued: bool = False


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of words; `paragraph` counts the paragraphs of the document, a line that is no text is one of its own."""

    words: tuple[PageWord, ...]
    paragraph: int
    role: LineRole = "body"

    @property
    def text(self) -> str:
        """The words with their spaces."""
        return "".join(w.text if w.glued or not at else f" {w.text}" for at, w in enumerate(self.words))

    @property
    def box(self) -> Box:
        """The box around the words."""
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.union(word.box)
        return box


@dataclass(frozen=True, slots=True)
class WordPage:
    """A page as given: size in points, how it was read, its lines in reading order."""

    number: int
    width: float
    height: float
    method: Method
    lines: tuple[PageLine, ...]
    confidence: float | None = None


def word_pages(scan: Scan, doc: Document) -> tuple[WordPage, ...]:
    """The pages of a scan in the order that cleaning found; `doc` is what `clean` made of `scan`."""
    ordered: dict[int, list[PageLine]] = defaultdict(list)
    pages = {page.number: page for page in scan.pages}
    raws = {page.number: _by_raw(page) for page in scan.pages}
    paragraph = 0
    end = -1
    for line in doc.lines:
        if line.role in LEFT_OUT or line.box is None:
            continue
        source = _source(line, raws[line.page])
        if source is None:
            continue
        text_line = len(line.span) > 0
        if not text_line or end < 0 or "\n" in doc.text[end : line.span.start]:
            paragraph += 1
        if text_line:
            end = line.span.end
        words = _words(line, source, pages[line.page].frame)
        if words:
            ordered[line.page].append(PageLine(words, paragraph, line.role))
    return tuple(_page(page, ordered[page.number]) for page in scan.pages)


def _page(page: ScanPage, lines: Iterable[PageLine]) -> WordPage:
    width, height = (page.frame.width, page.frame.height) if page.frame else (page.width, page.height)
    return WordPage(page.number, width, height, page.method, tuple(lines), page.confidence)


def _by_raw(page: ScanPage) -> dict[str, list[ScanLine]]:
    out: dict[str, list[ScanLine]] = defaultdict(list)
    for line in page.lines:
        if line.words:
            out[line.raw].append(line)
    return out


def _source(line: Line, by_raw: dict[str, list[ScanLine]]) -> ScanLine | None:
    """The reader's line that a line of the document comes from: the same words at the same place."""
    found = by_raw.get(line.raw)
    if not found or line.box is None:
        return None
    box = line.box
    return min(found, key=lambda s: abs(s.box.top - box.top) + abs(s.box.x0 - box.x0) if s.box else 1e9)


def _words(line: Line, source: ScanLine, frame: Frame | None) -> tuple[PageWord, ...]:
    """The words of a line, or of the part of it that cleaning kept."""
    kept = {_key(w.box) for w in line.words} if line.words else None
    box = line.box
    chosen = [
        word
        for word in source.words
        if (_key(word.box) in kept if kept is not None else box is None or box.x0 - 1 <= word.box.middle <= box.x1 + 1)
    ]
    if not chosen:
        return ()
    band = _band(min(w.box.top for w in chosen), max(w.box.bottom for w in chosen))
    out: list[PageWord] = []
    last = -1
    for word in chosen:
        text = unicodedata.normalize("NFC", word.span.of(source.raw)).strip()
        if text:
            out.append(_placed(text, word.box, word.confidence, band, frame, glued=word.span.start == last))
        last = word.span.end
    return tuple(out)


def _band(top: float, foot: float) -> tuple[float, float]:
    """The height of a line's letters within that of its ink: two marks above a letter and a tail below it reach into
    the lines beside, and readers of text take lines that overlap for one."""
    high = foot - top
    if high < LEAST_HIGH:
        middle = (top + foot) / 2
        return middle - LEAST_HIGH / 2, middle + LEAST_HIGH / 2
    return top + 0.18 * high, foot - 0.12 * high


def _key(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom


def _placed(
    text: str, box: Box, confidence: float | None, band: tuple[float, float], frame: Frame | None, glued: bool
) -> PageWord:
    top, foot = band
    word = PageWord(text, box, (box.x0, foot), (box.x1, foot), (box.x0, top), confidence, glued)
    if frame is None:
        return word
    start, end, up = (point_given(frame, *p) for p in (word.start, word.end, word.up))
    return replace(word, box=frame.given(box), start=start, end=end, up=up)


def point_given(frame: Frame, x: float, y: float) -> Point:
    """Where a point of the straight page lay on the page as given."""
    a, b, c, d, e, f, g, h, i = frame.matrix
    w = g * x + h * y + i or 1.0
    return (a * x + b * y + c) / w, (d * x + e * y + f) / w


def paragraphs(page: WordPage) -> Iterator[tuple[PageLine, ...]]:
    """The lines of a page, those of one paragraph together."""
    group: list[PageLine] = []
    for line in page.lines:
        if group and line.paragraph != group[-1].paragraph:
            yield tuple(group)
            group = []
        group.append(line)
    if group:
        yield tuple(group)

"""Old OCR runs: pages of words that another program placed in, a `Scan` out as if docparse had read them.

hOCR and ALTO tell the same story in different words; what they share is here. Whether a line is a running head or a
footnote is not taken from the file, for programs mark headings so too: cleaning decides it as for every scan. A page
whose words make no Vietnamese is unreadable, as one that docparse itself could not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from docparse.model import Method, Note, Scan, ScanPage, Source
from docparse.read.lines import Placed, lines_of
from docparse.read.quality import quality_of
from docparse.spans import Box

LONG_SIDE = 11.7
"""Inches: a page that does not say its resolution is taken for A4."""
LEAST_SYLLABLES = 0.5
"""Share of valid syllables below which what another program read is nonsense; half of a bad page's words are valid."""
JUDGED = 20
"""A page of fewer words (a cover, a table of figures) is not judged by its syllables."""


@dataclass(frozen=True, slots=True)
class OldWord:
    """A word with its box in the file's own units; confidence in [0, 1], None where the file gives none."""

    text: str
    box: Box
    confidence: float | None = None
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class OldLine:
    """A line: `baseline` its height at x = 0 and its slope, `size` that of its letters, both in the file's own units
    and None where it does not say."""

    words: tuple[OldWord, ...]
    baseline: tuple[float, float] | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class OldPage:
    """A page, its size in the file's own units, and how many of them make an inch (None: not said)."""

    width: float
    height: float
    dpi: float | None
    lines: tuple[OldLine, ...]


def scan_of(pages: Iterable[OldPage], source: Source) -> Scan:
    """The pages as a scan, boxes in points."""
    out: list[ScanPage] = []
    notes: list[Note] = []
    for number, page in enumerate(pages, 1):
        made = _page(page, number)
        out.append(made)
        if made.method == "unreadable":
            said = f"page {number} could not be read: what was read before is no Vietnamese text; read its image again"
            notes.append(Note("unreadable_page", said, number))
    return Scan(source, tuple(out), notes=tuple(notes))


def _page(page: OldPage, number: int) -> ScanPage:
    words = [word for line in page.lines for word in line.words]
    width, height = page.width, page.height
    if width <= 0 or height <= 0:  # the file does not say: as large as what stands on it
        width, height = max((w.box.x1 for w in words), default=0.0), max((w.box.bottom for w in words), default=0.0)
    k = 72 / (page.dpi or max(width, height) / LONG_SIDE or 1.0)
    lines = lines_of((), [_placed(line, k) for line in page.lines if line.words])
    sure = [word.confidence for word in words if word.confidence is not None]
    quality = quality_of(word.text for word in words)
    method: Method = "ocr" if lines else "blank"
    if quality.words >= JUDGED and quality.syllables < LEAST_SYLLABLES:
        method = "unreadable"
    return ScanPage(number, width * k, height * k, method, lines, sum(sure) / len(sure) if sure else None)


def _placed(line: OldLine, k: float) -> list[Placed]:
    size = line.size or max(w.box.bottom for w in line.words) - min(w.box.top for w in line.words)
    foot, slope = line.baseline or (median(w.box.bottom for w in line.words), 0.0)
    out: list[Placed] = []
    for word in line.words:
        b = word.box
        box = Box(b.x0 * k, b.top * k, b.x1 * k, b.bottom * k)
        # a word without a confidence would pass for one of a text layer
        sure = 1.0 if word.confidence is None else min(1.0, max(0.0, word.confidence))
        out.append(Placed(word.text, box, (foot + slope * b.middle) * k, size * k, word.bold, word.italic, sure))
    return out

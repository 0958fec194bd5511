"""Which way up a page lies: a straight grey page in, the turn that makes it readable out, or that it is mirrored.

Lines that run up the page show in its columns; a page on its head shows in its lines, for Latin letters rise above
their row more often than they hang below it, and Vietnamese tone marks rise as well. What these leave open is settled
by reading the strip of the page that has most letters, a sixth of what reading the page costs.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from docparse.read.image import Pixels
from docparse.read.ocr import Engine, Seen
from docparse.read.quality import is_syllable, quality_of

STRIP = 1.3
"""Inches: the height of the strip that is read on trial; six to eight lines."""
HEAVY_FEET = 0.8
"""Share of ink above the rows of small letters in that below them, under which a page seems to stand on its head."""


def on_its_head(grey: Pixels) -> bool:
    """Whether the lines' ink hangs down more than it rises; never for a page with few lines."""
    rows = np.count_nonzero(grey < 140, axis=1).astype(np.float64)
    if len(rows) < 40 or rows.max(initial=0.0) < 10:
        return False
    rows[rows > 0.5 * grey.shape[1]] = 0  # rules and black edges
    inked = np.flatnonzero(np.diff(np.concatenate(([0], (rows > 0.002 * grey.shape[1]).astype(np.int8), [0]))))
    above = below = 0.0
    lines = 0
    for start, end in zip(inked[::2], inked[1::2], strict=True):
        line = rows[start:end]
        if len(line) < 8 or len(line) > 0.05 * len(rows):
            continue
        core = np.flatnonzero(line > 0.45 * np.percentile(line, 95))
        above += float(line[: core[0]].sum())
        below += float(line[core[-1] + 1 :].sum())
        lines += 1
    return lines >= 6 and above < HEAVY_FEET * below


def strip_of(grey: Pixels, dpi: float) -> Pixels:
    """The strip of the page with most ink of letters in it."""
    height = grey.shape[0]
    high = int(STRIP * dpi)
    if height <= 1.5 * high:
        return grey
    rows = np.count_nonzero(grey < 140, axis=1).astype(np.float64)
    rows[rows > 0.4 * grey.shape[1]] = 0
    sums = np.convolve(rows, np.ones(high), "valid")
    top = int(np.argmax(sums))
    return grey[top : top + high]


def worth(words: Sequence[Seen]) -> float:
    """How much of what was read is surely Vietnamese: letters of valid syllables by their confidence."""
    return sum(
        w.confidence * len(w.text) for w in words if len(w.text) > 1 and is_syllable(w.text.strip('.,;:()"“”/-'))
    )


def reads(words: Sequence[Seen]) -> bool:
    """Whether a strip's words are text: mostly valid syllables, read with some confidence."""
    length = sum(len(w.text) for w in words)
    if length < 20:
        return False
    sure = sum(w.confidence * len(w.text) for w in words) / length
    quality = quality_of(w.text for w in words)
    return sure >= 0.5 and quality.words >= 4 and quality.syllables >= 0.65


def tried(grey: Pixels, dpi: float, engine: Engine) -> Sequence[Seen]:
    """The words of the strip with most letters, read at 200 dots per inch."""
    strip = strip_of(grey, dpi)
    factor = 200 / dpi
    if abs(factor - 1) > 0.01:
        strip = cv2.resize(strip, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return engine.read(np.ascontiguousarray(strip), 200, 6)


def mirrored(grey: Pixels, dpi: float, engine: Engine) -> bool:
    """Whether the page reads in a mirror, either way up."""
    flipped = np.ascontiguousarray(grey[:, ::-1])
    return any(reads(tried(image, dpi, engine)) for image in (flipped, flipped[::-1, ::-1]))

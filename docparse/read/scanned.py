"""A page that is a picture: pixels in, its lines of placed words out, with how sure the reading is.

Tesseract reads the whole page at two thirds of 300 dpi, where its Vietnamese data does best; lines with an unsure word
are read again alone and a little larger, and of the two readings the better one is taken word by word. A page that
reads as nothing is tried upside down and on its side before it is given up as unreadable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import cv2
import numpy as np

from docparse.model import Method
from docparse.read.image import Pixels, Prepared, marks_of, prepare, sideways
from docparse.read.lines import Placed
from docparse.read.ocr import Engine, Seen
from docparse.read.quality import is_syllable, quality_of
from docparse.spans import Box

FIRST = 200
"""Dots per inch of the first pass: 0.6 of the time of 300 dpi at the same error rate on real scans."""
SECOND = 240
"""Dots per inch of the second look at a line."""
UNSURE = 0.85
"""A line with a word below this confidence is looked at again."""
MOST_DPI, LEAST_DPI = 320.0, 200.0
"""Images are brought between these, where the measures of noise and the second look hold."""
LIGHT, DARK = 200, 60
"""Mean greys of a page that is paper and of one that is all but black."""
FEW_MARKS = 6
"""Marks of letter size below which a page is blank without being read."""
SOME_MARKS = 80
"""Marks below which a page on which hardly a word is found is blank rather than unreadable."""
LITTLE_INK = 0.02
"""Share of dark pixels above which a page is not blank, whatever its marks: print covers a twentieth of a full page."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What OCR made of a page: its lines in points, mean word confidence, the turn that made it upright, its image."""

    method: Method
    lines: tuple[tuple[Placed, ...], ...] = ()
    confidence: float | None = None
    rotation: int = 0
    grey: Pixels | None = None


def read_pixels(pixels: Pixels, dpi: float, engine: Engine) -> Reading:
    """Read a page image of `dpi` dots per inch; boxes are in points of the upright, straightened page."""
    if min(pixels.shape[:2]) < 0.2 * dpi:  # no room for a line of print
        return Reading("blank" if float(pixels.mean()) > LIGHT else "unreadable")
    if dpi > MOST_DPI or dpi < LEAST_DPI:
        wanted = MOST_DPI if dpi > MOST_DPI else LEAST_DPI
        pixels, dpi = _resized(pixels, wanted / dpi), wanted
    page = prepare(pixels)
    if float(page.grey.mean()) < DARK:
        return Reading("unreadable", grey=page.grey)
    ink = float(np.count_nonzero(page.grey < 140)) / page.grey.size
    marks = marks_of(page.grey, dpi)
    if marks < FEW_MARKS and ink < LITTLE_INK:
        return Reading("blank", grey=page.grey)
    on_its_side = sideways(page.grey)
    best = None if on_its_side else _read(page, dpi, engine, 0)
    if best is not None and best.method == "ocr":
        if not _upright(best):  # the engine turned the lines by itself, so their places are of no use
            on_its_side, best = True, None
        else:
            return best
    for turn in (90, 270, 0) if on_its_side else (180, 90, 270):
        reading = _read(prepare(_rotated(pixels, turn)), dpi, engine, turn)
        if reading.method == "ocr" and (best is None or _worth(reading) > 2 * _worth(best)):
            return reading
        if best is None or (turn == 0 and best.method != "ocr"):
            best = reading
    if best is None:
        return Reading("unreadable")
    words = [w for line in best.lines for w in line]
    if marks < SOME_MARKS and ink < LITTLE_INK and len(words) < 4:  # a seal, a fold, what shows through the paper
        return Reading("blank", grey=page.grey)
    return best


def _upright(reading: Reading) -> bool:
    """Whether words of some letters are wider than they are high, as those of level lines are."""
    long = [w for line in reading.lines for w in line if len(w.text) > 2]
    return not long or 2 * sum(w.box.width >= w.box.height for w in long) >= len(long)


def _rotated(pixels: Pixels, turn: int) -> Pixels:
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return cv2.rotate(pixels, codes[turn]) if turn else pixels


def _read(page: Prepared, dpi: float, engine: Engine, turn: int) -> Reading:
    grey = page.grey
    scale = FIRST / dpi
    words = list(engine.read(_resized(grey, scale), FIRST))
    method: Method = "ocr" if _readable(words) else "unreadable"
    lines = [list(line) for _, line in groupby(words, key=lambda s: s.line)]
    if method == "ocr":
        lines = [_again(line, grey, dpi, scale, engine) for line in lines]
    points = 72 / FIRST
    placed = tuple(tuple(_placed(s, points) for s in line if s.text) for line in lines)
    sure = [s.confidence for line in lines for s in line]
    return Reading(method, placed, sum(sure) / len(sure) if sure else None, turn, grey)


def _readable(words: Sequence[Seen]) -> bool:
    """Whether what OCR gave can be text: enough valid syllables, or sure words (a page of figures has no syllables)."""
    if not words:
        return False
    length = sum(len(w.text) for w in words)
    sure = sum(w.confidence * len(w.text) for w in words) / max(1, length)
    quality = quality_of(w.text for w in words)
    if quality.words < 4:
        return sure >= 0.6
    return sure >= 0.45 and (quality.syllables >= 0.6 or sure >= 0.85)


def _worth(reading: Reading) -> float:
    words = [w for line in reading.lines for w in line]
    return sum((w.confidence or 0) * len(w.text) for w in words if any(is_syllable(t) for t in w.text.split()))


def _resized(grey: Pixels, scale: float) -> Pixels:
    if abs(scale - 1) < 0.01:
        return grey
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    out: Pixels = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=method)
    return out


def _again(line: list[Seen], grey: Pixels, dpi: float, scale: float, engine: Engine) -> list[Seen]:
    """The line, its unsure words replaced by those of a second look where that is better."""
    if min(s.confidence for s in line) >= UNSURE:
        return line
    x0, x1 = min(s.x0 for s in line) / scale, max(s.x1 for s in line) / scale
    y0, y1 = min(s.top for s in line) / scale, max(s.bottom for s in line) / scale
    if y1 - y0 > 0.6 * dpi or y1 - y0 < 0.05 * dpi:
        return line
    pad = int(0.02 * dpi)
    left, top = max(0, int(x0) - 2 * pad), max(0, int(y0) - pad)
    crop = grey[top : int(y1) + pad, left : int(x1) + 2 * pad]
    zoom = SECOND / dpi
    margin = 10
    small = cv2.copyMakeBorder(_resized(crop, zoom), margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255)
    k = scale / zoom
    other = [
        replace(
            s,
            x0=(s.x0 - margin) * k + left * scale,
            x1=(s.x1 - margin) * k + left * scale,
            top=(s.top - margin) * k + top * scale,
            bottom=(s.bottom - margin) * k + top * scale,
            baseline=(s.baseline - margin) * k + top * scale,
            size=s.size * k,
            line=line[0].line,
        )
        for s in engine.read(np.ascontiguousarray(small), SECOND, 7)
    ]
    return _chosen(line, other)


def _chosen(first: list[Seen], second: list[Seen]) -> list[Seen]:
    """The better reading of each stretch of the line on which the two agree about where words begin and end."""
    if not second:
        return first
    out: list[Seen] = []
    for a, b in _stretches(first, second):
        if not b:
            out.extend(a)
        elif not a:
            out.extend(w for w in b if w.confidence > 0.8)
        else:
            out.extend(b if _score(b) > _score(a) else a)
    return out


def _stretches(first: Sequence[Seen], second: Sequence[Seen]) -> Iterable[tuple[list[Seen], list[Seen]]]:
    """Pairs of groups of words that cover the same part of the line."""
    marked = sorted(
        [(s.x0, s.x1, 0, s) for s in first] + [(s.x0, s.x1, 1, s) for s in second], key=lambda m: (m[0], m[1])
    )
    groups: tuple[list[Seen], list[Seen]] = ([], [])
    reach = float("-inf")
    for x0, x1, side, seen in marked:
        if x0 > reach - 0.3 * min(x1 - x0, seen.size):
            if groups[0] or groups[1]:
                yield groups
            groups = ([], [])
            reach = x1
        groups[side].append(seen)
        reach = max(reach, x1)
    if groups[0] or groups[1]:
        yield groups


def _score(words: Sequence[Seen]) -> float:
    length = sum(len(w.text) for w in words)
    sure = sum(w.confidence * len(w.text) for w in words) / max(1, length)
    return sure + 0.3 * quality_of(w.text for w in words).syllables


def _placed(s: Seen, k: float) -> Placed:
    box = Box(s.x0 * k, s.top * k, s.x1 * k, s.bottom * k)
    return Placed(s.text, box, s.baseline * k, s.size * k, confidence=min(1.0, max(0.0, s.confidence)))

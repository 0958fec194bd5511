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

from docparse.model import Mark, Method
from docparse.read.allowance import Allowance
from docparse.read.colour import marks_of
from docparse.read.covered import left_over, printed
from docparse.read.image import Pixels, Prepared, letters_of, prepare, sideways
from docparse.read.lines import Placed
from docparse.read.ocr import Engine, Seen
from docparse.read.photo import sheet_of
from docparse.read.placement import Matrix, frame_of, scaled, straightened, turned
from docparse.read.quality import is_syllable, quality_of
from docparse.read.red_stamps import RedLine, red_lines
from docparse.read.resolution import dpi_of
from docparse.read.second import Looks
from docparse.read.upright import mirrored, on_its_head, reads, tried, worth
from docparse.spans import Box, Frame

FIRST = 200
"""Dots per inch of the first pass: 0.6 of the time of 300 dpi at the same error rate on real scans."""
SECOND = 240
"""Dots per inch of the second look at a line."""
UNSURE = 0.85
"""A line with a word below this confidence is looked at again."""
MOST_DPI, LEAST_DPI = 320.0, 200.0
"""Images are brought between these, where the measures of noise and the second look hold."""
SECONDS = 60.0
LONG_SIDE = 11.7
"""Inches: the longer side of A4, which a sheet on a photo is taken for."""
SMALL = "it is too small to hold a line of print"
LEFT_OVER, DOUBTFUL_SYLLABLES, DOUBTFUL = 0.08, 0.78, 0.72
"""Share of print not read above which a page is doubtful (good scans leave 0.01); of valid syllables and of confidence
below which it is."""
MOST_MARKS = 60_000
"""Marks of letter size above which a page is noise: a full page of small print has 6,000."""
LIGHT, DARK = 200, 60
"""Mean greys of a page that is paper and of one that is all but black."""
FEW_MARKS = 6
"""Marks of letter size below which a page is blank without being read."""
SOME_MARKS = 80
"""Marks below which a page on which hardly a word is found is blank rather than unreadable."""
IN_LINES = 12
"""Marks that stand in lines from which a page is not blank."""
LITTLE_INK = 0.02
"""Share of dark pixels above which a page is not blank, whatever its marks: print covers a twentieth of a full page."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What OCR made of a page.

    `lines` and `marks` are in points of the straight page, which is `width` × `height` points and whose image is `grey`
    at `dpi`; `frame` leads back to the page as given. `rotation` and `skew` are the degrees by which it was turned,
    `doubts` the codes and reasons of what a person should look at.
    """

    method: Method
    width: float
    height: float
    lines: tuple[tuple[Placed, ...], ...] = ()
    confidence: float | None = None
    rotation: int = 0
    skew: float = 0.0
    frame: Frame | None = None
    marks: tuple[Mark, ...] = ()
    stamps: tuple[RedLine, ...] = ()
    grey: Pixels | None = None
    dpi: float = 300.0
    doubts: tuple[tuple[str, str], ...] = ()


def read_pixels(pixels: Pixels, dpi: float, engine: Engine, seconds: float = SECONDS) -> Reading:
    """Read a page image that is `dpi` dots per inch where it was taken, in `seconds` of CPU at most."""
    height, width = pixels.shape[:2]
    given = Reading("unreadable", width * 72 / dpi, height * 72 / dpi)
    if min(height, width) < 0.2 * dpi:  # no room for a line of print
        return replace(given, method="blank") if float(pixels.mean()) > LIGHT else _lost(given, SMALL)
    timed = Allowance(engine, seconds)
    scene = _scene(pixels, dpi)
    sheet = prepare(scene.pixels)
    read, page, turn = _upright(scene, sheet, timed)
    doubts = read.doubts
    if timed.spent and read.method != "ocr":
        doubts = (("unreadable_page", f"reading took longer than ocr.page_seconds ({seconds:g} s)"),)
    back = scene.back @ turned(turn, scene.pixels.shape[1], scene.pixels.shape[0])
    high, wide = page.grey.shape
    if page.angle:
        back = back @ straightened(page.angle, wide, high)
    frame = frame_of(back, scene.dpi, width, height, dpi)
    marks = marks_of(scene.pixels, scene.dpi)
    stamps = red_lines(scene.pixels, scene.dpi, turn, marks, timed) if marks else ()
    if marks and (turn or page.angle):
        there = _straight(np.linalg.inv(back) @ scene.back, scene.dpi, wide, high)
        marks = tuple(Mark(m.kind, there.given(m.box)) for m in marks)
        stamps = tuple(replace(n, box=there.given(n.box)) for n in stamps)
    return replace(
        read,
        width=wide * 72 / scene.dpi,
        height=high * 72 / scene.dpi,
        rotation=turn,
        skew=page.angle,
        frame=frame,
        marks=marks,
        stamps=stamps,
        grey=page.grey,
        dpi=scene.dpi,
        doubts=doubts,
    )


def _straight(matrix: Matrix, dpi: float, width: int, height: int) -> Frame:
    """The way from points of the scene to those of the straight page, which is `width` × `height` pixels."""
    points = np.diag([72 / dpi, 72 / dpi, 1.0]) @ matrix @ np.diag([dpi / 72, dpi / 72, 1.0])
    return Frame(width * 72 / dpi, height * 72 / dpi, tuple(float(v) for v in (points / points[2, 2]).ravel()))


@dataclass(frozen=True, slots=True)
class _Scene:
    """The page cut out and brought to a resolution that is read well; `back` leads to the pixels as given."""

    pixels: Pixels
    dpi: float
    back: Matrix


def _scene(pixels: Pixels, dpi: float) -> _Scene:
    back: Matrix = np.eye(3)
    cut = sheet_of(pixels)
    if cut is not None:
        pixels, back = cut
        dpi = max(pixels.shape[:2]) / LONG_SIDE
    dpi = dpi_of(pixels, dpi)
    wanted = min(max(dpi, LEAST_DPI), MOST_DPI)
    if abs(wanted / dpi - 1) > 0.01:
        back = back @ scaled(wanted / dpi)
        pixels, dpi = _resized(pixels, wanted / dpi), wanted
    return _Scene(pixels, dpi, back)


def _upright(scene: _Scene, sheet: Prepared, engine: Engine) -> tuple[Reading, Prepared, int]:
    """The reading of the page the right way up, the page that was read, and its turn."""
    dpi = scene.dpi
    nothing = Reading("unreadable", 0.0, 0.0)
    if float(sheet.grey.mean()) < DARK:
        return _lost(nothing, "it is all but black"), sheet, 0
    ink = float(np.count_nonzero(sheet.grey < 140)) / sheet.grey.size
    marks = letters_of(sheet.grey, dpi)
    if marks < FEW_MARKS and ink < LITTLE_INK:
        return replace(nothing, method="blank"), sheet, 0
    if marks > MOST_MARKS:
        return _lost(nothing, "it is covered with dots and strokes that are no print"), sheet, 0
    ways = [(0, sheet)]
    if sideways(sheet.grey):
        ways = [(90, prepare(_rotated(scene.pixels, 90)))]
    turn, page = ways[0]
    if on_its_head(page.grey):
        turn, page = turn + 180, _overturned(page)
    first = _read(page, dpi, engine)
    if first.method == "ocr" and _level(first):
        return first, page, turn
    few = marks < SOME_MARKS and ink < LITTLE_INK and sum(map(len, first.lines)) < 4
    if few and printed(sheet.grey, dpi) < IN_LINES:
        return replace(nothing, method="blank"), sheet, 0  # a seal, a fold, what shows through the paper
    best = (0.0, turn, page)
    for other in ((turn + 180) % 360, (turn + 90) % 360, (turn + 270) % 360):
        if other == (turn + 180) % 360:
            tried_page = _overturned(page)
        elif other in (90, 270) or turn in (90, 270):
            side = prepare(_rotated(scene.pixels, other))
            tried_page = side
        words = tried(tried_page.grey, dpi, engine)
        if reads(words) and worth(words) > best[0]:
            best = (worth(words), other, tried_page)
    if best[0] > 0:
        _, other, tried_page = best
        second = _read(tried_page, dpi, engine)
        if second.method == "ocr" and _worth(second) > _worth(first):
            return second, tried_page, other
    if first.method == "ocr" and best[0] == 0:
        return first, page, turn
    if mirrored(page.grey, dpi, engine):
        return _lost(first, "it is a mirror image; scan the other side"), page, turn
    return _lost(first, "OCR found no Vietnamese text"), page, turn


def _lost(reading: Reading, why: str) -> Reading:
    return replace(reading, method="unreadable", doubts=(("unreadable_page", why),))


def _level(reading: Reading) -> bool:
    """Whether words of some letters are wider than they are high, as those of level lines are."""
    long = [w for line in reading.lines for w in line if len(w.text) > 2]
    return not long or 2 * sum(w.box.width >= w.box.height for w in long) >= len(long)


def _rotated(pixels: Pixels, turn: int) -> Pixels:
    codes = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return cv2.rotate(pixels, codes[turn]) if turn else pixels


def _overturned(page: Prepared) -> Prepared:
    return replace(page, grey=np.ascontiguousarray(page.grey[::-1, ::-1]))


def _read(page: Prepared, dpi: float, engine: Engine) -> Reading:
    """Both passes over a page that lies the right way up."""
    grey = page.grey
    scale = FIRST / dpi
    words = list(engine.read(_resized(grey, scale), FIRST))
    lines = [list(line) for _, line in groupby(words, key=lambda s: s.line)]
    method: Method = "ocr" if _readable(words) else "unreadable"
    if method == "ocr":
        lines = [_again(line, grey, dpi, scale, engine) for line in lines]
        looks = Looks(grey, dpi, scale, engine)
        lines = [looks.line(line) for line in lines]
    points = 72 / FIRST
    placed = tuple(tuple(_placed(s, points) for s in line if s.text) for line in lines)
    sure = [s.confidence for line in lines for s in line]
    confidence = sum(sure) / len(sure) if sure else None
    doubts = _doubts(grey, dpi, placed) if method == "ocr" else ()
    return Reading(method, 0.0, 0.0, placed, confidence, doubts=doubts)


def _doubts(grey: Pixels, dpi: float, lines: Sequence[Sequence[Placed]]) -> tuple[tuple[str, str], ...]:
    """What makes a page that was read doubtful: print left over, words that are no syllables, an unsure engine."""
    words = [w for line in lines for w in line]
    length = sum(len(w.text) for w in words)
    sure = sum((w.confidence or 0.0) * len(w.text) for w in words) / max(1, length)
    quality = quality_of(w.text for w in words)
    left = left_over(grey, dpi, (w.box for w in words))
    why = []
    if left > LEFT_OVER:
        why.append(f"{left:.0%} of its print was not read")
    if quality.words >= 20 and quality.syllables < DOUBTFUL_SYLLABLES:
        why.append(f"{1 - quality.syllables:.0%} of its words are no Vietnamese syllables")
    if sure < DOUBTFUL:
        why.append(f"the OCR engine is sure of its letters at {sure:.2f} only")
    return (("doubtful_page", "; ".join(why)),) if why else ()


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

"""Page images: pixels in, a straight grey page that Tesseract reads well out, with what was measured on the way.

Each step is taken only where the page needs it, and only because it paid on real scans (docs/evaluation.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

Pixels = np.ndarray[Any, np.dtype[Any]]
"""Height × width grey or height × width × 3 colour (BGR), 8 bit."""

STRAIGHT = 0.35
"""Degrees: below this tilt turning a page costs more diacritics than it saves."""
STEEPEST = 6.0
NOISY = 0.3
"""Specks for each mark of letter size, from which a page is filtered."""
INK_SHARE = 0.005
"""The part of a page's pixels that print covers at least; a full page has ten times as much."""
PALE = (110, 190)
"""Greys between which the darkest pixels of a page are pale print: they become `INKED`."""
INKED = 40
DIRTY = (60, 20_000)
"""Dots apart from print between which a page is cleaned of them: fewer do no harm, more are a page of no print."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready for OCR: `grey` upright and straight, `angle` the degrees it was turned by to be straight."""

    grey: Pixels
    angle: float = 0.0
    noise: float = 0.0  # specks for each mark of letter size


def prepare(pixels: Pixels) -> Prepared:
    """Grey without seals, even in light, with dark print, without dark borders, straight, without heavy noise."""
    grey = inked(even(unsealed(pixels)))
    cleared = unbordered(grey)
    angle = skew_of(cleared)
    if abs(angle) >= STRAIGHT:
        cleared = turned(cleared, angle)
    else:
        angle = 0.0
    cleared = undotted(cleared)
    noise = noise_of(cleared)
    if noise > NOISY:
        cleared = cv2.GaussianBlur(cv2.medianBlur(cleared, 3), (0, 0), 1.0)
    return Prepared(cleared, angle, noise)


def unsealed(pixels: Pixels) -> Pixels:
    """Grey in which red (seals, red print) is lifted off, while black print under it stays dark.

    The red channel alone leaves a shadow where the scan's colours are dull or spread by JPEG, so what red has more than
    the other two is added once more: nothing for black, grey and blue.
    """
    if pixels.ndim == 2:
        return pixels
    small = cv2.resize(pixels, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    spread = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    if np.count_nonzero(spread > 40) < 12:
        out: Pixels = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        return out
    blue, green, red = cv2.split(pixels)
    lifted: Pixels = cv2.add(red, cv2.subtract(red, cv2.max(blue, green)))
    return lifted


def even(grey: Pixels) -> Pixels:
    """The page with its paper white, where tint or shading makes it grey: divided by the light of its surroundings."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)), 21)
    low = float(np.percentile(paper, 5))
    if low > 225 or low < 40:  # white enough; or dark all over, where nothing can be learned about the light
        return grey
    light = cv2.resize(
        cv2.GaussianBlur(paper, (0, 0), 4), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR
    )
    out: Pixels = cv2.divide(grey, np.maximum(light, 1), scale=255)
    return out


def inked(grey: Pixels) -> Pixels:
    """The page with its print dark, where a worn ribbon, little toner or a light copy leaves it grey on white paper."""
    small = cv2.medianBlur(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_LINEAR), 3)  # no dust
    counts = cv2.calcHist([small], [0], None, [256], [0, 256]).ravel()
    darkest = int(np.searchsorted(np.cumsum(counts), INK_SHARE * small.size))
    if not PALE[0] < darkest < PALE[1]:  # dark enough; or so light that it may shine through from the other side
        return grey
    steps = np.clip((np.arange(256) - darkest) * (255.0 - INKED) / (255 - darkest) + INKED, 0, 255)
    out: Pixels = cv2.LUT(grey, steps.astype(np.uint8))
    return out


def unbordered(grey: Pixels) -> Pixels:
    """Without the dark frame that a scanner's lid or a copier leaves at the edges."""
    height, width = grey.shape
    scale = min(1.0, 600 / max(height, width))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = (small < 100).astype(np.uint8)
    h, w = dark.shape
    if h < 20 or w < 20 or dark.mean() > 0.6:
        return grey
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    out = None
    for label in range(1, count):
        x, y, cw, ch, area = (int(v) for v in stats[label])
        at_edge = x == 0 or y == 0 or x + cw == w or y + ch == h
        if at_edge and (cw > 0.3 * w or ch > 0.3 * h):
            inside = int(np.count_nonzero(labels[h // 8 : h - h // 8, w // 8 : w - w // 8] == label))
            if inside > 0.2 * area:  # a picture or a table that runs to the edge
                continue
            if out is None:
                out = grey.copy()
            mask = cv2.dilate((labels == label).astype(np.uint8), np.ones((3, 3), np.uint8))
            out[cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST) > 0] = 255
    return grey if out is None else out


def skew_of(grey: Pixels) -> float:
    """The degrees by which the page must be turned counter-clockwise for its lines to be level, to a twentieth."""
    return _tilt(grey, 1200, 60_000)[0]


def _tilt(grey: Pixels, side: int, most: int) -> tuple[float, float]:
    """The angle at which the rows of ink are sharpest, and how sharp they are there: squared steps from row to row."""
    height, width = grey.shape
    scale = min(1.0, side / max(height, width))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    ys, xs = np.nonzero(small < 140)
    if len(ys) < 200:
        return 0.0, 0.0
    if len(ys) > most:
        step = len(ys) // most + 1
        ys, xs = ys[::step], xs[::step]
    down, along = ys.astype(np.float32), xs.astype(np.float32) - small.shape[1] / 2

    def sharpness(angle: float) -> float:
        rows = down - along * math.tan(math.radians(angle))
        counts = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
        return float((np.diff(counts) ** 2).sum())

    best = max(np.arange(-STEEPEST, STEEPEST + 0.01, 0.5), key=sharpness)
    best = max(np.arange(best - 0.4, best + 0.41, 0.1), key=sharpness)
    best = max((best - 0.05, best, best + 0.05), key=sharpness)
    height_at = sharpness(best)
    if height_at < 1.1 * sharpness(0.0):  # a page with little print has no clear angle
        return 0.0, height_at
    return float(best), height_at


def turned(grey: Pixels, angle: float) -> Pixels:
    """The image turned counter-clockwise by `angle` degrees around its middle, white where it had nothing."""
    h, w = grey.shape
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1)
    out: Pixels = cv2.warpAffine(
        grey, turn, (w, h), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return out


def noise_of(grey: Pixels) -> float:
    """Specks (marks of one to four pixels) for each mark of letter size, on the page's middle."""
    h, w = grey.shape
    middle = grey[h // 4 : 3 * h // 4, w // 8 : 7 * w // 8]
    if middle.size == 0:
        return 0.0
    _, _, stats, _ = cv2.connectedComponentsWithStats((middle < 128).astype(np.uint8), connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    letters = int(np.count_nonzero(areas > 40))
    return float(np.count_nonzero(areas <= 4)) / max(letters, 20)


def undotted(grey: Pixels) -> Pixels:
    """The page without dirt: dots no larger than a full stop that stand apart from all print, where they are many.

    Dots of letters and stops have print beside them, those of a dotted line one another.
    """
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    unit = min(half.shape) / 1240  # a page of A4 at 150 dots per inch is 1,240 wide
    reach, size = max(3, round(10 * unit) | 1), max(3, round(5 * unit))
    dark = cv2.dilate((half < 170).astype(np.uint8), np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=4)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    dots = stats[1:][(wide <= reach + size) & (high <= reach + size)]
    if not DIRTY[0] < len(dots) < DIRTY[1]:
        return grey
    out = grey.copy()
    for x, y, w, h, _ in dots:
        out[2 * y : 2 * (y + h), 2 * x : 2 * (x + w)] = 255
    return out


def letters_of(grey: Pixels, dpi: float) -> int:
    """How many marks have the size of letters: 3 to 40 points high, dark enough to be print."""
    scale = min(1.0, 150 / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    _, _, stats, _ = cv2.connectedComponentsWithStats((small < 140).astype(np.uint8), connectivity=8)
    pixel = dpi * scale / 72
    high, area = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_AREA]
    return int(np.count_nonzero((high >= 3 * pixel) & (high <= 40 * pixel) & (area >= 3 * pixel * pixel)))


def sideways(grey: Pixels) -> bool:
    """Whether the lines of text run up and down the page: its columns are sharper than its rows."""
    return _tilt(np.ascontiguousarray(grey.T), 800, 20_000)[1] > 2 * _tilt(grey, 800, 20_000)[1]

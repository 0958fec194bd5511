"""What a reading left out: a straight page and its words in, the share of its print that no word covers out.

A page of which OCR dropped whole lines reads well as far as it was read; only the print that is left over tells.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from docparse.read.image import Pixels
from docparse.spans import Box

ENOUGH = 30
"""Marks of letter size below which a page's share says nothing."""
GREYS = (150, 230)
"""Print is looked for below each of these: dark print alone, and with what is too faint for the engine."""
GRAIN = 4.0
"""Print is so many times the paper's spread darker than paper: the grain of a noisy scan is none."""


def left_over(grey: Pixels, dpi: float, words: Iterable[Box]) -> float:
    """The share of marks of letter size (4 to 30 points high, in company) outside all words; 0 for a page with few.

    Boxes are in points. Ink of pictures, rules, seals and specks has another size or stands alone.
    """
    small, k = _small(grey, dpi)
    covered = np.zeros(small.shape, bool)
    for box in words:
        x0, x1 = max(0, int((box.x0 - 1) * k)), int((box.x1 + 2) * k) + 1
        y0, y1 = max(0, int((box.top - 2) * k)), int((box.bottom + 3) * k) + 1
        covered[y0:y1, x0:x1] = True
    shares = []
    for ink in _inks(small):
        in_line, read = _letters(ink, k, covered)
        total = int(np.count_nonzero(in_line | read))
        shares.append(float(np.count_nonzero(in_line & ~read)) / total if total >= ENOUGH else 0.0)
    return max(shares)


def printed(grey: Pixels, dpi: float) -> int:
    """How many marks of letter size stand in lines: 0 for paper, folds, a seal, what shines through."""
    small, k = _small(grey, dpi)
    return int(np.count_nonzero(_letters(_inks(small)[0], k, np.zeros(small.shape, bool))[0]))


def _small(grey: Pixels, dpi: float) -> tuple[Pixels, float]:
    """The page at 100 dots per inch at most, and its pixels a point."""
    factor = min(1.0, 100 / dpi)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else grey
    return small, dpi * factor / 72


def _inks(small: Pixels) -> list[Pixels]:
    """What is print on the page, dark print and all, with the grain of its paper left out."""
    paper = float(np.median(small))
    spread = 1.4826 * float(np.median(cv2.absdiff(small, np.full_like(small, int(paper)))))
    return [small < min(grey, paper - GRAIN * spread) for grey in GREYS]


def _letters(ink: Pixels, k: float, covered: Pixels) -> tuple[Pixels, Pixels]:
    """For each piece of ink that is a letter by its size (`k` pixels a point): whether it has others beside it, as in a
    line, and whether it lies in `covered`."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    area = stats[1:, cv2.CC_STAT_AREA]
    letters = (high >= 4 * k) & (high <= 30 * k) & (wide >= 2 * k) & (wide <= 90 * k) & (area >= 0.12 * wide * high)
    places = middles[1:][letters].astype(int)
    company = np.zeros(ink.shape, np.float32)
    company[places[:, 1], places[:, 0]] = 1
    near = cv2.boxFilter(company, -1, (int(50 * k) | 1, int(8 * k) | 1), normalize=False)
    return near[places[:, 1], places[:, 0]] >= 3, covered[places[:, 1], places[:, 0]]

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


def left_over(grey: Pixels, dpi: float, words: Iterable[Box]) -> float:
    """The share of marks of letter size (4 to 30 points high, in company) outside all words; 0 for a page with few.

    Boxes are in points. Ink of pictures, rules, seals and specks has another size or stands alone.
    """
    factor = min(1.0, 100 / dpi)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else grey
    k = dpi * factor / 72
    covered = np.zeros(small.shape, bool)
    for box in words:
        x0, x1 = max(0, int((box.x0 - 1) * k)), int((box.x1 + 2) * k) + 1
        y0, y1 = max(0, int((box.top - 2) * k)), int((box.bottom + 3) * k) + 1
        covered[y0:y1, x0:x1] = True
    return max(_uncovered(small < limit, k, covered) for limit in GREYS)


def _uncovered(ink: Pixels, k: float, covered: Pixels) -> float:
    """The share outside `covered` of the ink's pieces that are letters by their size (`k` pixels a point)."""
    _, _, stats, middles = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    area = stats[1:, cv2.CC_STAT_AREA]
    letters = (high >= 4 * k) & (high <= 30 * k) & (wide >= 2 * k) & (wide <= 90 * k) & (area >= 0.12 * wide * high)
    places = middles[1:][letters].astype(int)
    if len(places) < ENOUGH:
        return 0.0
    company = np.zeros(ink.shape, np.float32)
    company[places[:, 1], places[:, 0]] = 1
    near = cv2.boxFilter(company, -1, (int(50 * k) | 1, int(8 * k) | 1), normalize=False)
    in_line = near[places[:, 1], places[:, 0]] >= 3  # a line of print has others beside it
    read = covered[places[:, 1], places[:, 0]]
    total = int(np.count_nonzero(in_line | read))
    return float(np.count_nonzero(in_line & ~read)) / total if total >= ENOUGH else 0.0

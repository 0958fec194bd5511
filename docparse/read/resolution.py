"""The resolution a page is read at: an image and what it says of itself in, dots per inch by the size of its print out.

Old scanners, fax servers and PDF makers state nonsense (a page of 40 × 56 inches, 72 dpi for all). Print of documents
is 11 to 14 points high, so its letters tell the scale; a stated one is believed unless they are far from that.
"""

from __future__ import annotations

import cv2
import numpy as np

from docparse.read.image import Pixels

LETTERS = 7.3
"""Points: the height of a page's middle letter by ink, tone marks and capitals included; 6.4 to 9.5 on real scans."""
BELIEVED = (0.5, 1.9)
"""Shares of the stated resolution between which it stands; titles alone and small print lie within."""
ENOUGH = 90
"""Letters in the middle third from which a page's print says anything about its scale."""
SIDE = 2_400


def dpi_of(pixels: Pixels, stated: float) -> float:
    """Dots per inch of the page image: as stated, or by its print where that is far off."""
    height = letter_height(pixels)
    if height is None:
        return stated
    measured = height * 72 / LETTERS
    return stated if BELIEVED[0] * stated < measured < BELIEVED[1] * stated else measured


def letter_height(pixels: Pixels) -> float | None:
    """The height in pixels of the letters of a page's body; None where it has too few of one size."""
    width = pixels.shape[1]
    middle_third = pixels[:, width // 3 : width - width // 3]  # lines of print cross it, and it is a third of the work
    grey = np.ascontiguousarray(middle_third if pixels.ndim == 2 else middle_third[:, :, 2])
    scale = SIDE / max(pixels.shape[:2])
    scale = scale if scale < 0.6 else 1.0
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = (grey < 140).astype(np.uint8)
    if not 0.005 < float(dark.mean()) < 0.35:
        return None
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    wide, high, area = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_AREA]
    letters = (high >= 5) & (high < grey.shape[0] / 25) & (wide < 5 * high) & (wide > 0.15 * high)
    if np.count_nonzero(letters) < ENOUGH:
        return None
    high, area = high[letters], area[letters]
    order = np.argsort(high)
    sums = np.cumsum(area[order])
    quarter, middle, three = (int(high[order[np.searchsorted(sums, sums[-1] * q)]]) for q in (0.25, 0.5, 0.75))
    return middle / scale if three < 2.5 * quarter else None

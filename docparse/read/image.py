"""Page images: pixels in, a straight grey page that Tesseract reads well out, with the way back to the page's own places."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

Pixels = np.ndarray[Any, np.dtype[np.uint8]]


def skew_of(grey: Pixels) -> float:
    """The angle in degrees by which lines of text fall to the right (positive: clockwise)."""
    scale = 1000 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (small < 160).astype(np.uint8)

    def sharpness(angle: float) -> float:
        h, w = ink.shape
        turn = cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1)
        sums = cv2.warpAffine(ink * 255, turn, (w, h), flags=cv2.INTER_LINEAR).sum(axis=1, dtype=np.float64)
        return float(((sums[1:] - sums[:-1]) ** 2).sum())

    best = max(np.arange(-4, 4.01, 0.5), key=sharpness)
    return float(max(np.arange(best - 0.4, best + 0.41, 0.1), key=sharpness))


def straightened(grey: Pixels, angle: float) -> Pixels:
    """The image turned by `angle` degrees, white where it had nothing."""
    h, w = grey.shape
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1)
    return cv2.warpAffine(grey, turn, (w, h), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255)

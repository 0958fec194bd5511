"""Camera photos: a picture in, the sheet of paper on it cut out and seen from straight above, with the way back.

A sheet shows as the largest bright quadrilateral on a darker ground. A page image that is all paper has none.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from docparse.read.image import Pixels
from docparse.read.placement import Matrix

SMALL = 800
"""Pixels of the longer side at which the outline is looked for."""
SHEET = (0.2, 0.97)
"""Share of the picture between which a sheet lies; one that fills it needs no cutting out."""
DARKER = 35
"""Greys by which the ground around the sheet must be darker than the sheet."""
A_SHEETS = math.sqrt(2)
"""Sides of ISO 216 paper, of which documents are made; taken where the picture shows about that."""


def sheet_of(pixels: Pixels) -> tuple[Pixels, Matrix] | None:
    """The sheet of paper seen straight on, and the matrix from its pixels to those of the picture; None for none."""
    corners = corners_of(pixels)
    if corners is None:
        return None
    (a, b, c, d) = corners  # clockwise from the top left
    across = (math.dist(a, b) + math.dist(d, c)) / 2
    down = (math.dist(a, d) + math.dist(b, c)) / 2
    if max(across, down) < 1.7 * min(across, down):  # seen at a slant a sheet is shortened one way
        if down >= across:
            across, down = max(across, down / A_SHEETS), max(down, across * A_SHEETS)
        else:
            across, down = max(across, down * A_SHEETS), max(down, across / A_SHEETS)
    size = (round(across), round(down))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    forth = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    out: Pixels = cv2.warpPerspective(pixels, forth, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    back: Matrix = np.linalg.inv(forth.astype(np.float64))
    return out, back


def corners_of(pixels: Pixels) -> Pixels | None:
    """The four corners of the sheet, clockwise from the top left, in pixels; None where the picture shows none."""
    height, width = pixels.shape[:2]
    scale = SMALL / max(height, width)
    if scale >= 1 or min(height, width) * scale < 60:
        return None
    plain = pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[::2, ::2, 1])
    size = (round(width * scale), round(height * scale))
    grey = cv2.resize(plain, size, interpolation=cv2.INTER_AREA)
    h, w = grey.shape
    rim = np.concatenate([grey[:6].ravel(), grey[-6:].ravel(), grey[:, :6].ravel(), grey[:, -6:].ravel()])
    if np.count_nonzero(rim < 0.8 * np.percentile(grey, 90)) < 0.25 * rim.size:
        return None  # paper up to the edges
    even = cv2.medianBlur(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), 9)  # print goes
    _, bright = cv2.threshold(even, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea))
    area = cv2.contourArea(outline)
    if not SHEET[0] * h * w < area < SHEET[1] * h * w:
        return None
    four = _four(outline)
    if four is None or cv2.contourArea(four) > 1.12 * area or _darkness(even, four) < DARKER:
        return None
    found: Pixels = _clockwise(four) / scale
    return found


def _four(outline: Pixels) -> Pixels | None:
    """The hull reduced to four corners; None where it is no quadrilateral with plausible angles."""
    length = cv2.arcLength(outline, closed=True)
    for share in (0.01, 0.02, 0.03, 0.05, 0.07):
        corners = cv2.approxPolyDP(outline, share * length, closed=True)
        if len(corners) == 4:
            points: Pixels = corners.reshape(4, 2).astype(np.float32)
            sides = np.roll(points, -1, axis=0) - points
            turns = [
                abs(np.dot(sides[i], sides[i - 1])) / (np.linalg.norm(sides[i]) * np.linalg.norm(sides[i - 1]) + 1e-6)
                for i in range(4)
            ]
            return points if max(turns) < 0.5 else None  # 60 to 120 degrees
        if len(corners) < 4:
            return None
    return None


def _darkness(grey: Pixels, four: Pixels) -> float:
    """By how many greys the picture is darker around the sheet than on it."""
    inside = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, four.astype(np.int32), 1)
    around = cv2.dilate(inside, np.ones((31, 31), np.uint8)) - cv2.dilate(inside, np.ones((5, 5), np.uint8))
    if not around.any() or not inside.any():
        return 0.0
    return float(np.median(grey[inside > 0]) - np.median(grey[around > 0]))


def _clockwise(points: Pixels) -> Pixels:
    sums, differences = points.sum(axis=1), points[:, 0] - points[:, 1]
    order = [np.argmin(sums), np.argmax(differences), np.argmax(sums), np.argmin(differences)]
    out: Pixels = points[order]
    return out

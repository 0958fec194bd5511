"""Where pixels lay before a page was made straight: steps of making straight in, the matrices that lead back out.

All matrices are 3 × 3 homographies of pixel coordinates, from the image after a step to the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import cv2
import numpy as np

from docparse.read.lines import Placed
from docparse.spans import Box, Frame

Matrix = np.ndarray[Any, np.dtype[np.float64]]


def scaled(factor: float) -> Matrix:
    """Back from an image that was resized by `factor`."""
    return np.diag([1 / factor, 1 / factor, 1.0])


def straightened(angle: float, width: int, height: int) -> Matrix:
    """Back from an image turned counter-clockwise by `angle` degrees around its middle, its size kept."""
    forth = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1), [0, 0, 1]])
    back: Matrix = np.linalg.inv(forth)
    return back


def turned(turn: int, width: int, height: int) -> Matrix:
    """Back from an image turned clockwise by 0, 90, 180 or 270 degrees; its size before it was turned is given."""
    rows = {
        0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        90: [[0, 1, 0], [-1, 0, height], [0, 0, 1]],
        180: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        270: [[0, -1, width], [1, 0, 0], [0, 0, 1]],
    }[turn]
    return np.array(rows, np.float64)


def frame_of(back: Matrix, dpi: float, width: int, height: int, given: float) -> Frame | None:
    """The way from points of the straight page (`dpi`) to points of the page as given: `width` × `height` pixels at
    `given` dots per inch. None where the two are the same to a tenth of a point."""
    there = np.diag([72 / given, 72 / given, 1.0]) @ back @ np.diag([dpi / 72, dpi / 72, 1.0])
    frame = Frame(width * 72 / given, height * 72 / given, tuple(float(v) for v in (there / there[2, 2]).ravel()))
    whole = Box(0.0, 0.0, frame.width, frame.height)
    corners = cv2.perspectiveTransform(np.array([[[0, 0], [whole.x1, whole.bottom]]], np.float64), there)[0]
    same = np.abs(corners - [[0, 0], [whole.x1, whole.bottom]]).max() < 0.1 and abs(frame.matrix[1]) < 1e-4
    return None if same else frame


def onto(words: Iterable[Placed], frame: Frame | None) -> list[Placed]:
    """Words placed on the page as given, as they stand on the straight page."""
    if frame is None:
        return list(words)
    there = np.linalg.inv(np.array(frame.matrix).reshape(3, 3))
    out = []
    for word in words:
        b = word.box
        base = [(b.x0, word.baseline), (b.x1, word.baseline)]
        points = np.array([[(b.x0, b.top), (b.x1, b.top), (b.x0, b.bottom), (b.x1, b.bottom), *base]])
        moved = cv2.perspectiveTransform(points, there)[0]
        (x0, top), (x1, bottom) = moved[:4].min(axis=0), moved[:4].max(axis=0)
        scale = (bottom - top) / b.height if b.height else 1.0
        box = Box(float(x0), float(top), float(x1), float(bottom))
        out.append(word._replace(box=box, baseline=float(moved[4:, 1].mean()), size=word.size * float(scale)))
    return out

"""Handwriting on a page: digits and signatures as strokes of ink, drawn onto an image with seeded variation.

The strokes are the laboratory's own, so that a reader trained on others is tested on hands that it has not seen.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Random = np.random.Generator
Stroke = tuple[tuple[float, float], ...]

# Points in a box 1 wide and 1 high from the top left; curves are drawn through them.
DIGITS: dict[str, tuple[tuple[Stroke, ...], ...]] = {
    "0": (
        (((0.55, 0.02), (0.15, 0.2), (0.08, 0.6), (0.3, 0.97), (0.7, 0.92), (0.92, 0.5), (0.8, 0.12), (0.5, 0.03)),),
        (((0.6, 0.0), (0.2, 0.1), (0.05, 0.5), (0.2, 0.95), (0.6, 1.0), (0.95, 0.6), (0.85, 0.1), (0.62, 0.02)),),
    ),
    "1": (
        (((0.3, 0.28), (0.45, 0.15), (0.58, 0.0), (0.56, 0.5), (0.52, 1.0)),),
        (((0.55, 0.0), (0.53, 0.4), (0.48, 1.0)),),
    ),
    "2": (
        (((0.1, 0.22), (0.35, 0.02), (0.78, 0.12), (0.7, 0.45), (0.35, 0.78), (0.05, 0.98), (0.5, 0.95), (0.95, 1)),),
        (((0.15, 0.15), (0.5, 0.0), (0.85, 0.2), (0.55, 0.6), (0.1, 0.95), (0.25, 0.85), (0.6, 0.98), (1.0, 0.88)),),
    ),
    "3": (
        (((0.12, 0.1), (0.5, 0.0), (0.82, 0.2), (0.45, 0.46), (0.85, 0.68), (0.6, 0.98), (0.08, 0.9)),),
        (((0.1, 0.03), (0.5, 0.05), (0.85, 0.05), (0.45, 0.42), (0.85, 0.62), (0.65, 0.98), (0.1, 0.92)),),
    ),
    "4": (
        (((0.5, 0.0), (0.3, 0.3), (0.05, 0.62), (0.5, 0.62), (0.95, 0.58)), ((0.68, 0.3), (0.66, 0.65), (0.62, 1.0))),
        (((0.2, 0.0), (0.12, 0.25), (0.1, 0.5), (0.5, 0.5), (0.9, 0.48)), ((0.78, 0.02), (0.75, 0.5), (0.72, 1.0))),
    ),
    "5": (
        (((0.25, 0.03), (0.2, 0.25), (0.17, 0.42), (0.55, 0.38), (0.88, 0.65), (0.6, 0.97), (0.08, 0.9)),
         ((0.25, 0.04), (0.55, 0.03), (0.9, 0.0))),
        (((0.85, 0.02), (0.5, 0.03), (0.22, 0.05), (0.18, 0.42), (0.6, 0.4), (0.85, 0.7), (0.5, 1.0), (0.1, 0.92)),),
    ),
    "6": (
        (((0.75, 0.02), (0.35, 0.25), (0.1, 0.65), (0.3, 0.97), (0.75, 0.92), (0.85, 0.62), (0.5, 0.5), (0.15, 0.7)),),
        (((0.6, 0.0), (0.25, 0.35), (0.12, 0.75), (0.45, 1.0), (0.85, 0.8), (0.65, 0.52), (0.2, 0.65)),),
    ),
    "7": (
        (((0.08, 0.06), (0.5, 0.04), (0.92, 0.03), (0.65, 0.45), (0.4, 1.0)),),
        (((0.1, 0.15), (0.14, 0.05), (0.9, 0.05), (0.62, 0.5), (0.45, 1.0)), ((0.35, 0.5), (0.6, 0.5), (0.85, 0.48))),
    ),
    "8": (
        (((0.8, 0.12), (0.45, 0.0), (0.18, 0.2), (0.5, 0.45), (0.85, 0.72), (0.5, 1.0), (0.12, 0.78), (0.5, 0.46),
          (0.8, 0.22), (0.72, 0.06)),),
        (((0.5, 0.47), (0.2, 0.25), (0.5, 0.0), (0.8, 0.22), (0.5, 0.47), (0.12, 0.75), (0.5, 1.0), (0.88, 0.75),
          (0.52, 0.47)),),
    ),
    "9": (
        (((0.82, 0.2), (0.5, 0.0), (0.15, 0.25), (0.4, 0.5), (0.8, 0.3), (0.82, 0.15), (0.75, 0.6), (0.5, 1.0)),),
        (((0.85, 0.1), (0.45, 0.02), (0.12, 0.3), (0.5, 0.48), (0.82, 0.25), (0.8, 0.6), (0.7, 0.9), (0.3, 0.98)),),
    ),
}  # fmt: skip
INKS = ((150, 55, 25), (130, 40, 40), (45, 40, 40))
"""BGR of ball-point pens: two blues and a black."""


def curve(points: NDArray[np.float64], steps: int = 12) -> NDArray[np.float64]:
    """A smooth line (Catmull-Rom) through points, n × 2."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*parts, points[-1:]])


def write_digits(ink: Image, digits: str, x: float, baseline: float, height: float, random: Random) -> None:
    """Draw digits onto a layer of ink (white where there is none), x and baseline in its pixels."""
    colour = INKS[int(random.integers(len(INKS)))]
    slant, thick = float(random.normal(-0.12, 0.1)), max(1, round(height * float(random.uniform(0.05, 0.085))))
    width = height * float(random.uniform(0.5, 0.66))
    for digit in digits:
        shapes = DIGITS.get(digit)
        if shapes is None:
            continue
        tall, lift = height * float(random.uniform(0.9, 1.1)), float(random.normal(0, 0.04)) * height
        for stroke in shapes[int(random.integers(len(shapes)))]:
            points = np.asarray(stroke, dtype=np.float64) + random.normal(0, 0.028, (len(stroke), 2))
            placed = np.empty_like(points)
            placed[:, 1] = baseline + lift - (1 - points[:, 1]) * tall
            placed[:, 0] = x + points[:, 0] * width * 0.82 + (1 - points[:, 1]) * -slant * tall
            cv2.polylines(ink, [np.round(curve(placed) * 8).astype(np.int32)], False, colour, thick, cv2.LINE_AA, 3)
        x += width * float(random.uniform(0.92, 1.1))


def sign(ink: Image, x: float, y: float, width: float, random: Random) -> None:
    """A signature: one long quick stroke with loops around (x, y), about `width` pixels long."""
    count = int(random.integers(7, 13))
    along = np.cumsum(random.normal(1, 0.75, count))
    along = (along - along.min()) / max(1e-6, float(np.ptp(along))) - 0.5
    points = np.stack([x + along * width, y + random.normal(0, 0.14, count) * width], axis=1)
    colour = INKS[int(random.integers(len(INKS)))]
    thick = max(1, round(width * 0.014))
    cv2.polylines(ink, [np.round(curve(points) * 8).astype(np.int32)], False, colour, thick, cv2.LINE_AA, 3)

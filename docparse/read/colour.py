"""Coloured layers of a page: pixels in, where red and blue lie out: seals, stamps, ink of pens.

Print is black; what is coloured was put on it afterwards, and is lifted off before the page is read. Its places stay.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from docparse.model import Mark, MarkKind
from docparse.read.image import Pixels
from docparse.spans import Box

COLOURED = 45
"""By how much the strongest channel of a coloured pixel exceeds the weakest (of 255); paper and print stay below."""
PICTURE = 0.25
"""Share of the page from which colour is a picture or tinted paper and no mark."""
LEAST = 6.0
"""Points: the longer side of the smallest mark."""
SEAL = (75.0, 150.0)
"""Points across: seals are 30 to 42 mm wide (Thông tư 21/2012/TT-BCA), and a margin for scans out of scale."""
MOST = 40


def marks_of(pixels: Pixels, dpi: float) -> tuple[Mark, ...]:
    """Seals, other red and blue on a page image in colour, boxes in points of that image, from the top down."""
    if pixels.ndim == 2:
        return ()
    factor = min(1.0, 75 / dpi)
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR)
    blue, green, red = cv2.split(small)
    over_red = cv2.subtract(red, cv2.max(cv2.add(green, 10), blue))  # saturating: nothing below zero
    over_blue = cv2.subtract(blue, cv2.max(red, cv2.subtract(green, 25)))
    spread = cv2.subtract(cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red))
    coloured = spread > COLOURED
    if not 6 < np.count_nonzero(coloured) < PICTURE * coloured.size:
        return ()
    points = 72 / (dpi * factor)
    found = [
        *_parts(coloured & (over_red > 20), points, "red"),
        *_parts(coloured & (over_blue > 25), points, "blue"),
    ]
    largest = sorted(found, key=lambda m: -m.box.width * m.box.height)[:MOST]
    return tuple(sorted(largest, key=lambda m: (m.box.top, m.box.x0)))


def _parts(mask: Pixels, points: float, kind: MarkKind) -> Sequence[Mark]:
    """The mask's pieces, those that nearly touch taken together."""
    if not mask.any():
        return ()
    reach = max(3, round(5 / points)) | 1
    joined = cv2.dilate(mask.astype(np.uint8), np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    out = []
    half = reach // 2
    for label in range(1, count):
        x, y, w, h, _area = (int(v) for v in stats[label])
        box = Box((x + half) * points, (y + half) * points, (x + w - half) * points, (y + h - half) * points)
        inked = int(np.count_nonzero(mask[y : y + h, x : x + w] & (labels[y : y + h, x : x + w] == label)))
        if max(box.width, box.height) < LEAST or inked < 4:
            continue
        round_one = kind == "red" and all(SEAL[0] <= side <= SEAL[1] for side in (box.width, box.height))
        seal = round_one and 0.75 < box.width / box.height < 1.33
        out.append(Mark("seal" if seal else kind, box))
    return out


def red_layer(pixels: Pixels) -> Pixels:
    """What is red on the page as dark print on white, all else gone: red stamps can be read from it."""
    red = pixels[:, :, 2].astype(np.int16)
    rest = np.maximum(pixels[:, :, 0], pixels[:, :, 1]).astype(np.int16)
    out: Pixels = (255 - np.clip((red - rest) * 2, 0, 255)).astype(np.uint8)
    return out

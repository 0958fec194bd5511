"""Stamps in red ink: a page in colour and its red marks in, the words of those that say how to treat the paper out.

HỎA TỐC, KHẨN, MẬT and their like are stamped in red (Nghị định 30/2020/NĐ-CP, annex I, boxes 10a and 10b), as ĐẾN often
is. Lifting red off the page takes them with the seals, so they are read from what was lifted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import cv2
import numpy as np

from docparse.model import Mark
from docparse.read.colour import red_layer
from docparse.read.image import Pixels
from docparse.read.ocr import Engine
from docparse.spans import Box
from docparse.tables import Tables

WIDE, HIGH = (28.0, 230.0), (9.0, 125.0)
"""Points: from the word MẬT (about 30 × 11) to the stamp ĐẾN (142 × 99), slanted."""
LONGER = 1.25
"""A stamp of words is wider than it is high; logos of e-signatures and seals are not."""
MOST = 4
DPI = 200
SURE = 0.4


@dataclass(frozen=True, slots=True)
class RedLine:
    """One line of a red stamp; `box` in points of the image that was given."""

    text: str
    box: Box
    confidence: float


def red_lines(pixels: Pixels, dpi: float, turn: int, marks: Iterable[Mark], engine: Engine) -> tuple[RedLine, ...]:
    """The lines of stamps of words. `turn` is the clockwise turn that makes the image upright (0, 90, 180, 270)."""
    known = Tables.default().rules("stamps")
    out: list[RedLine] = []
    for mark in [m for m in marks if m.kind == "red" and _of_words(m.box, turn)][:MOST]:
        lines = _read(pixels, dpi, turn, mark.box, engine)
        if any(known[name].pattern.fullmatch(n.text) for n in lines for name in ("mark", "arrived")):
            out.extend(lines)
    return tuple(out)


def _of_words(box: Box, turn: int) -> bool:
    width, height = (box.height, box.width) if turn in (90, 270) else (box.width, box.height)
    return WIDE[0] <= width <= WIDE[1] and HIGH[0] <= height <= HIGH[1] and width > LONGER * height


def _read(pixels: Pixels, dpi: float, turn: int, box: Box, engine: Engine) -> list[RedLine]:
    k = dpi / 72
    top, left = max(0, int(box.top * k) - 4), max(0, int(box.x0 * k) - 4)
    crop = red_layer(pixels[top : int(box.bottom * k) + 4, left : int(box.x1 * k) + 4])
    if turn:
        crop = np.ascontiguousarray(np.rot90(crop, -(turn // 90)))
    small = cv2.resize(crop, None, fx=DPI / dpi, fy=DPI / dpi, interpolation=cv2.INTER_AREA)
    small = cv2.normalize(_unframed(small), None, 0, 255, cv2.NORM_MINMAX)
    words = engine.read(cv2.copyMakeBorder(small, 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=255), DPI, 6)
    out = []
    for _, group in groupby(words, key=lambda s: s.line):
        line = [s for s in group if any(c.isalnum() for c in s.text)]
        if line:
            sure = sum(s.confidence for s in line) / len(line)
            text = " ".join(s.text for s in line).strip(" .,-_|[]()'‘’")
            if sure >= SURE and text:
                out.append(RedLine(text, box, sure))
    return out


def _unframed(grey: Pixels) -> Pixels:
    """The stamp without its frame, which an engine takes for letters."""
    ink = (grey < 150).astype(np.uint8)
    height, width = ink.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    out = grey.copy()
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_WIDTH] > 0.8 * width and stats[label, cv2.CC_STAT_HEIGHT] > 0.6 * height:
            frame = cv2.dilate((labels == label).astype(np.uint8), np.ones((3, 3), np.uint8))
            out[frame > 0] = 255
    return out

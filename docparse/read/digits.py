"""Handwritten digits: a small dark-on-white crop in, what number it shows and how surely out.

The model is a two-layer network over gradient and pixel features (`models/handwriting`, trained by
`docparse train handwriting`); here it is plain matrix arithmetic, so that reading needs no learning library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
Features = np.ndarray[Any, np.dtype[np.float32]]

SIDE = 28
"""Pixels of a side of the square that every mark is brought to; its longer side fills 22 of them."""
INNER = 22
JUNK = 10
"""Class of what is no single digit: halves, pairs, strokes, letters."""

DIRECTIONS = 8
CELL = 4


@dataclass(frozen=True, slots=True)
class DigitModel:
    """Weights of the network: features → hidden → the ten digits and junk."""

    hidden_weights: Features
    hidden_bias: Features
    out_weights: Features
    out_bias: Features

    def probabilities(self, features: Features) -> Features:
        """A row of eleven probabilities for each row of features."""
        hidden = np.maximum(features @ self.hidden_weights + self.hidden_bias, 0.0)
        scores = hidden @ self.out_weights + self.out_bias
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Reading:
    """The digits read, and the probability that all of them are right."""

    digits: str
    confidence: float


def normalised(ink: Pixels) -> Pixels:
    """A mark (ink 255 on 0) cut to its bounds, scaled and centred in a square of SIDE pixels."""
    ys, xs = np.nonzero(ink)
    out = np.zeros((SIDE, SIDE), np.uint8)
    if len(ys) == 0:
        return out
    cut = ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    scale = INNER / max(cut.shape)
    width, height = max(2, round(cut.shape[1] * scale)), max(2, round(cut.shape[0] * scale))
    small = cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    x, y = (SIDE - width) // 2, (SIDE - height) // 2
    out[y : y + height, x : x + width] = small
    return out


def features_of(square: Pixels) -> Features:
    """How much edge runs in each of eight directions in each cell of 4 × 4 pixels, and the pixels at half size."""
    smooth = cv2.GaussianBlur(square, (3, 3), 0).astype(np.float32) / 255.0
    gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    strength = np.hypot(gx, gy)
    angle = np.mod(np.arctan2(gy, gx), 2 * np.pi) * (DIRECTIONS / (2 * np.pi))
    low = np.floor(angle).astype(np.int32) % DIRECTIONS
    part = angle - np.floor(angle)
    planes = np.zeros((DIRECTIONS, SIDE, SIDE), np.float32)
    rows, columns = np.indices((SIDE, SIDE))
    planes[low, rows, columns] += strength * (1 - part)
    planes[(low + 1) % DIRECTIONS, rows, columns] += strength * part
    cells = planes.reshape(DIRECTIONS, SIDE // CELL, CELL, SIDE // CELL, CELL).mean(axis=(2, 4)).ravel()
    cells /= np.linalg.norm(cells) + 1e-6
    half = cv2.resize(square, (SIDE // 2, SIDE // 2), interpolation=cv2.INTER_AREA).ravel() / 255.0
    return np.concatenate([cells * 4, half]).astype(np.float32)


@lru_cache(maxsize=4)
def load_model(folder: Path) -> DigitModel | None:
    """The model of a folder, None when it has none."""
    path = folder / "weights.npz"
    if not path.is_file():
        return None
    with np.load(path) as stored:
        return DigitModel(
            *(stored[k].astype(np.float32) for k in ("hidden_weights", "hidden_bias", "out_weights", "out_bias"))
        )


def read_digits(grey: Pixels, model: DigitModel, most: int = 4) -> Reading | None:
    """The number in a crop that holds nothing else; None when nothing is written there.

    Marks are cut where they are thin, and the division into digits that the model finds likeliest wins.
    """
    if min(grey.shape) < 8:
        return None
    pieces = _pieces(inked(grey))
    if not pieces or len(pieces) > 3 * most:
        return None
    n = len(pieces)
    spans = [(i, j) for i in range(n) for j in range(i + 1, min(n, i + 3) + 1)]
    squares = [features_of(normalised(np.maximum.reduce(list(pieces[i:j])))) for i, j in spans]
    odds = dict(zip(spans, model.probabilities(np.stack(squares)), strict=True))
    best: list[list[tuple[float, str]]] = [[(0.0, "")]] + [[] for _ in range(n)]
    for end in range(1, n + 1):
        found: dict[int, tuple[float, str]] = {}
        for start in range(max(0, end - 3), end):
            p = odds[start, end]
            digit = int(p[:JUNK].argmax())
            for score, digits in best[start]:
                total = score + float(np.log(max(p[digit], 1e-6)))
                length = len(digits) + 1
                if length <= most and (length not in found or total > found[length][0]):
                    found[length] = (total, digits + str(digit))
        best[end] = list(found.values())
    if not best[n]:
        return None
    score, digits = max(best[n])
    return Reading(digits, float(np.exp(score)))


def inked(grey: Pixels) -> Pixels:
    """Ink as 255 on 0, by the threshold that parts the greys best; without specks, rules and what juts in."""
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = ink.shape
    tall = max((int(stats[k, cv2.CC_STAT_HEIGHT]) for k in range(1, count)), default=0)
    digits_end = max(
        (int(stats[k, cv2.CC_STAT_TOP] + stats[k, cv2.CC_STAT_HEIGHT]) for k in range(1, count)
         if stats[k, cv2.CC_STAT_HEIGHT] >= 0.6 * tall), default=height,
    )  # fmt: skip
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label][:4])
        rule = w > 4 * h and w > 0.8 * height
        stub = (x <= 1 or x + w >= width - 1 or y <= 1 or y + h >= height - 1) and h < 0.55 * tall
        below = h < 0.4 * tall and y + h / 2 > digits_end - 0.1 * tall
        if max(w, h) < 0.18 * tall or rule or stub or below:
            ink[labels == label] = 0
    return np.asarray(ink, dtype=np.uint8)


def _pieces(ink: Pixels) -> Sequence[Pixels]:
    """The marks from left to right, the wide ones cut where a vertical cut crosses least ink."""
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    order = sorted(range(1, count), key=lambda k: float(centres[k][0]))
    tall = max((int(stats[k, cv2.CC_STAT_HEIGHT]) for k in order), default=0)
    out: list[Pixels] = []
    for label in order:
        mark = np.where(labels == label, ink, 0).astype(np.uint8)
        x, w = int(stats[label, cv2.CC_STAT_LEFT]), int(stats[label, cv2.CC_STAT_WIDTH])
        cuts = _cuts(mark[:, x : x + w], tall)
        edges = [0, *[x + c for c in cuts], mark.shape[1]]
        for left, right in pairwise(edges):
            part = np.zeros_like(mark)
            part[:, left:right] = mark[:, left:right]
            if part.any():
                out.append(part)
    return out


def _cuts(mark: Pixels, tall: int) -> list[int]:
    """Columns at which a mark wider than a digit may fall into two: the thinnest of each stretch."""
    width = mark.shape[1]
    if width < 0.75 * tall:
        return []
    ink = np.count_nonzero(mark, axis=0).astype(np.float32)
    ink = cv2.GaussianBlur(ink[None, :], (0, 0), max(1.0, tall / 30)).ravel()
    low, reach = 0.35 * tall, max(3, round(0.2 * tall))
    return [
        c
        for c in range(reach, width - reach)
        if ink[c] <= low and ink[c] == ink[c - reach : c + reach + 1].min() and ink[c] < ink[c - 1]
    ][:6]

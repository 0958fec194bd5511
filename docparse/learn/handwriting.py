"""Trains the reader of handwritten digits: a seed in, weights and their measured quality out, the same bytes each time.

Samples are drawn, not collected: pen strokes with hand-like variation (`data/digit_strokes.toml`), fonts that imitate
handwriting where the machine has them, scikit-learn's own digits. Junk is drawn too: halves, pairs, strokes, letters.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

from docparse.read.digits import JUNK, features_of, normalised

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
Random = np.random.Generator

CANVAS = 96
FONT_NAMES = (
    "BecauseWe*", "Breip*", "ComicNeue*", "dkg*", "DancingScript*", "Ecolier*", "femkeklaver*", "Humor*", "kiloji*",
    "Klee*", "Kristi*", "Rufscript*", "LiberationSerif*", "LiberationSans*", "DejaVuSerif*",
)  # fmt: skip
"""Fonts used where they are installed: hands first, then print, since some offices type the number."""
HIDDEN = 128
SEED = 20261122


@dataclass(frozen=True)
class Trained:
    """The arrays of `DigitModel`, and its accuracy on drawings kept apart (other fonts, other strokes)."""

    arrays: dict[str, Any]
    samples: int
    held_out: int
    accuracy: float
    sure_share: float  # of held-out digits read with a probability of at least 0.9
    sure_accuracy: float  # and how many of those are right
    fonts: tuple[str, ...]


def train(seed: int = SEED, per_digit: int = 3_000) -> Trained:
    """Draw, train, measure. Needs scikit-learn; takes some minutes on one core."""
    random = np.random.default_rng(seed)
    fonts = [(p, _holding_digits(p)) for p in _fonts()]
    usable = [p for p, ok in fonts if ok]
    kept, learned = usable[::5], [p for i, p in enumerate(usable) if i % 5]
    x, y = _dataset(random, learned, per_digit)
    x_test, y_test = _dataset(random, kept or learned, max(50, per_digit // 10), scanned_digits=False)
    network = MLPClassifier(
        (HIDDEN,), alpha=1e-4, batch_size=256, max_iter=18, random_state=seed % 2**31, early_stopping=False
    )
    network.fit(x, y)
    odds = network.predict_proba(x_test)
    digit = y_test != JUNK
    right = odds.argmax(axis=1) == y_test
    sure = digit & (odds.max(axis=1) >= 0.9)
    arrays = {
        "hidden_weights": network.coefs_[0].astype(np.float32),
        "hidden_bias": network.intercepts_[0].astype(np.float32),
        "out_weights": network.coefs_[1].astype(np.float32),
        "out_bias": network.intercepts_[1].astype(np.float32),
    }
    return Trained(
        arrays, len(y), len(y_test), float(right[digit].mean()),
        float(sure.sum() / digit.sum()), float(right[sure].mean()), tuple(p.name for p in usable),
    )  # fmt: skip


def _dataset(random: Random, fonts: Sequence[Path], per_digit: int, scanned_digits: bool = True) -> tuple[Any, Any]:
    rows: list[Any] = []
    labels: list[int] = []
    strokes = _strokes()
    faces = [ImageFont.truetype(str(p), size) for p in fonts for size in (48, 56)]
    for digit in range(10):
        for k in range(per_digit):
            ink = _typed(random, str(digit), faces) if faces and k % 4 == 0 else _written(random, strokes[digit])
            rows.append(features_of(normalised(_worn(random, ink))))
            labels.append(digit)
    if scanned_digits:
        bundled = load_digits()
        for image, label in zip(bundled.images, bundled.target, strict=True):
            large = cv2.resize((image * 15.9).astype(np.uint8), (64, 64), interpolation=cv2.INTER_CUBIC)
            ink = np.where(large > 100, 255, 0).astype(np.uint8)
            rows.append(features_of(normalised(_bent(random, ink))))
            labels.append(int(label))
    for ink in _junk(random, strokes, faces, per_digit * 2):
        rows.append(features_of(normalised(_worn(random, ink))))
        labels.append(JUNK)
    return np.stack(rows), np.array(labels)


def _strokes() -> dict[int, list[tuple[list[Any], float]]]:
    text = resources.files("docparse").joinpath("data", "digit_strokes.toml").read_text("utf-8")
    return {
        int(digit): [([np.array(s, np.float64) for s in v["strokes"]], float(v["weight"])) for v in variants]
        for digit, variants in tomllib.loads(text).items()
    }


def _written(random: Random, variants: Sequence[tuple[list[Any], float]]) -> Pixels:
    """One digit by a pen: a variant with its points moved, curved, slanted, stretched, with a pen's width."""
    weights = np.array([w for _, w in variants])
    strokes, _ = variants[int(random.choice(len(variants), p=weights / weights.sum()))]
    shift = random.normal(0, 0.035, 2)
    slant, turn = random.normal(0.15, 0.2), random.normal(0, 0.08)
    wide, high = random.uniform(0.65, 1.45), random.uniform(0.8, 1.1)
    out = np.zeros((CANVAS, CANVAS), np.uint8)
    pen = int(random.integers(3, 9))
    cos, sin = np.cos(turn), np.sin(turn)
    for stroke in strokes:
        points = stroke + random.normal(0, 0.05, stroke.shape) + shift
        curve = _curve(points)
        x, y = (curve[:, 0] - 0.5) * wide, (curve[:, 1] - 0.8) * high
        x = x - slant * y
        x, y = cos * x - sin * y, sin * x + cos * y
        pixels = np.stack([x * 36 + CANVAS / 2, y * 36 + CANVAS / 2], axis=1)
        cv2.polylines(out, [np.round(pixels * 8).astype(np.int32)], False, 255, pen, cv2.LINE_AA, shift=3)
    return out


def _curve(points: Any) -> Any:
    """A Catmull-Rom curve through the points; two points closer than a hundredth make a corner."""
    padded = np.vstack([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*parts, points[-1:]])


def _typed(random: Random, text: str, faces: Sequence[Any]) -> Pixels:
    image = Image.new("L", (CANVAS * 2, CANVAS), 0)
    ImageDraw.Draw(image).text((CANVAS // 2, 10), text, fill=255, font=faces[int(random.integers(len(faces)))])
    return _bent(random, np.asarray(image, np.uint8))


def _bent(random: Random, ink: Pixels) -> Pixels:
    """Slanted and turned a little."""
    h, w = ink.shape
    slant, turn = random.normal(0, 0.12), random.normal(0, 0.06)
    matrix = np.array([[1, slant + turn, -(slant + turn) * h / 2], [-turn, 1, turn * w / 2]])
    return np.asarray(cv2.warpAffine(ink, matrix, (w, h), flags=cv2.INTER_LINEAR), np.uint8)


def _worn(random: Random, ink: Pixels) -> Pixels:
    """As a scanner gives it back: blurred, thresholded, thickened or thinned, now and then cut or with a stray mark."""
    out = ink
    if random.random() < 0.4:
        out = cv2.GaussianBlur(out, (0, 0), random.uniform(0.6, 1.8))
    _, out = cv2.threshold(out, int(random.integers(70, 190)), 255, cv2.THRESH_BINARY)
    if random.random() < 0.2:
        kernel = np.ones((2, 2), np.uint8)
        out = cv2.erode(out, kernel) if random.random() < 0.5 else cv2.dilate(out, kernel)
    if random.random() < 0.1:
        x, y = random.integers(0, out.shape[1] - 8), random.integers(0, out.shape[0] - 8)
        out[y : y + 3, x : x + 3] = 255 if random.random() < 0.3 else 0
    return np.asarray(out if np.count_nonzero(out) > 20 else ink, np.uint8)


def _junk(random: Random, strokes: Any, faces: Sequence[Any], count: int) -> Iterator[Pixels]:
    letters = "SsốCTQĐBKHUNDTrVgyắhánàt/:.,-()"
    for k in range(count):
        kind = k % 4
        if kind == 0:  # two digits side by side, often touching
            a, b = (_written(random, strokes[int(random.integers(10))]) for _ in range(2))
            gap = int(random.integers(-6, 12))
            yield _beside(a, b, gap)
        elif kind == 1:  # a part of a digit: what a wrong cut leaves
            a = _written(random, strokes[int(random.choice([0, 2, 4, 5, 6, 7, 8, 9]))])
            xs = np.nonzero(a)[1]
            middle = int((xs.min() + xs.max()) / 2 + random.integers(-6, 7))
            part = a.copy()
            if random.random() < 0.5:
                part[:, :middle] = 0
            else:
                part[:, middle:] = 0
            yield part if part.any() else a
        elif kind == 2 and faces:
            yield _typed(random, letters[int(random.integers(len(letters)))], faces)
        else:  # a stray stroke
            out = np.zeros((CANVAS, CANVAS), np.uint8)
            points = random.uniform(15, 80, (int(random.integers(2, 4)), 2))
            points[:, 1] = 48 + (points[:, 1] - 48) * random.uniform(0.05, 0.5)
            cv2.polylines(out, [_curve(points).astype(np.int32)], False, 255, int(random.integers(3, 7)), cv2.LINE_AA)
            yield out


def _beside(a: Pixels, b: Pixels, gap: int) -> Pixels:
    ax, bx = np.nonzero(a)[1], np.nonzero(b)[1]
    left, right = a[:, ax.min() : ax.max() + 1], b[:, bx.min() : bx.max() + 1]
    width = max(left.shape[1], left.shape[1] + gap) + right.shape[1]
    out = np.zeros((a.shape[0], width), np.uint8)
    out[:, : left.shape[1]] = left
    at = max(0, left.shape[1] + gap)
    out[:, at : at + right.shape[1]] = np.maximum(out[:, at : at + right.shape[1]], right)
    return out


def _fonts() -> list[Path]:
    roots = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    found = {p for root in roots if root.is_dir() for name in FONT_NAMES for p in root.rglob(f"{name}.[ot]tf")}
    return sorted(found, key=lambda p: p.name)


def _holding_digits(path: Path) -> bool:
    """Whether the font opens and draws ten different marks."""
    try:
        face = ImageFont.truetype(str(path), 40)
        masks = {bytes(face.getmask(str(d))) for d in range(10)}
    except OSError:
        return False
    return len(masks) == 10

"""A printed page in, the image of its scan out: inked, sealed, folded, turned, blurred, shaded, specked.

Every step has a parameter of `Wear` and takes its chance from one seeded generator, so the same page with the same
parameters gives the same pixels. `matrix` maps points of the page (from its top left) to pixels of the image.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from lab import hand

Image = NDArray[np.uint8]
Matrix = NDArray[np.float64]
Random = np.random.Generator
Seal = Literal["none", "signature", "text", "both"]

PAPER = 255
RED = (70, 55, 220)


@dataclass(frozen=True)
class Wear:
    """What happens to a page between printer and file. The defaults do nothing but scan it."""

    dpi: int = 200
    skew: float = 0.0  # degrees, counter-clockwise
    blur: float = 0.0  # standard deviation in thousandths of an inch: 3 is soft, 8 hardly legible
    noise: float = 0.0  # standard deviation in grey levels
    specks: float = 0.0  # share of pixels that are salt or pepper
    jpeg: int | None = None  # quality; None keeps every pixel
    bilevel: int | None = None  # threshold of a fax; None keeps greys
    shading: float = 0.0  # grey levels by which light falls off over the page
    tint: float = 0.0  # grey levels by which the paper is yellower than white
    fade: float = 0.0  # share of the ink that is gone
    seal: Seal = "none"
    hand: bool = False  # number and day are written by a pen
    folds: int = 0
    photo: float = 0.0  # share of the page's side by which the corners of a photo are off
    turn: int = 0  # 90, 180, 270 degrees clockwise


@dataclass
class Worn:
    """The image (grey or BGR) and where a point of the page lies in it."""

    pixels: Image
    matrix: Matrix


@dataclass(frozen=True)
class Blank:
    """A blank for the pen: what it writes, and the box in points."""

    text: str
    box: tuple[float, float, float, float]


def worn(page: Image, wear: Wear, blanks: list[Blank], seal: tuple[float, float] | None, random: Random) -> Worn:
    """Wear a page drawn at `wear.dpi`; `seal` is where the signer's goes, in points from the top left."""
    k = wear.dpi / 72
    image = _inked(page, wear, blanks, seal, k, random)
    for _ in range(wear.folds):
        image = _folded(image, wear.dpi, random)
    matrix: Matrix = np.diag([k, k, 1.0])
    if wear.fade:
        image = (255 - (255 - image.astype(np.float32)) * (1 - wear.fade)).astype(np.uint8)
    if wear.photo:
        image, matrix = _photographed(image, matrix, wear.photo, random)
    if wear.skew:
        image, matrix = _turned(image, matrix, wear.skew)
    image = _lit(image, wear, random)
    if wear.blur:
        image = cv2.GaussianBlur(image, (0, 0), max(0.2, wear.blur * wear.dpi / 1000)).astype(np.uint8)
    image = _noisy(image, wear, random)
    if wear.bilevel is not None:
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        image = ((grey >= wear.bilevel) * np.uint8(255)).astype(np.uint8)
    if wear.turn:
        image, matrix = _quarter_turned(image, matrix, wear.turn)
    return Worn(np.ascontiguousarray(image), matrix)


def _inked(
    page: Image, wear: Wear, blanks: list[Blank], seal: tuple[float, float] | None, k: float, random: Random
) -> Image:
    """Pen and seals on a layer of their own, multiplied onto the page as ink is."""
    if not (wear.hand and blanks) and wear.seal == "none":
        return page
    ink: Image = np.full_like(page, PAPER)
    height, width = page.shape[:2]
    if wear.hand:
        for blank in blanks:
            x0, top, _, bottom = blank.box
            size = (bottom - top) * k * float(random.uniform(0.85, 1.2))
            hand.write_digits(ink, blank.text, (x0 - 3) * k, bottom * k - 0.15 * size, size, random)
    if seal is not None and wear.seal != "none":
        hand.sign(ink, (seal[0] + 75) * k, seal[1] * k, 110 * k, random)
    if seal is not None and wear.seal in ("signature", "both"):
        _stamp(ink, (seal[0] + 62) * k, seal[1] * k, k, random)
    if wear.seal in ("text", "both"):
        _stamp(ink, width * float(random.uniform(0.2, 0.8)), height * float(random.uniform(0.3, 0.7)), k, random)
    return (page.astype(np.uint16) * ink // 255).astype(np.uint8)


def _stamp(ink: Image, x: float, y: float, k: float, random: Random) -> None:
    """A round red seal, 36 mm wide (Nghị định 99/2016/NĐ-CP sets 36 mm and less), pressed unevenly."""
    layer: Image = np.full_like(ink, PAPER)
    centre, radius = (round(x), round(y)), 51 * k * float(random.uniform(0.85, 1.0))
    for share, thick in ((1.0, 2.2), (0.9, 0.8), (0.62, 0.8)):
        cv2.circle(layer, centre, round(radius * share), RED, max(1, round(thick * k)), cv2.LINE_AA)
    turn = float(random.uniform(0, 30))
    angles = np.deg2rad(np.arange(5) * 144 - 90 + turn)
    star = np.stack([x + 0.28 * radius * np.cos(angles), y + 0.28 * radius * np.sin(angles)], axis=1)
    cv2.fillPoly(layer, [np.round(star).astype(np.int32)], RED, cv2.LINE_AA)
    words = "UY BAN NHAN DAN * TINH * PHONG"
    for at, char in enumerate(words):
        angle = np.deg2rad(turn + at * 360 / len(words))
        spot = (round(x + 0.78 * radius * np.cos(angle) - 2 * k), round(y + 0.78 * radius * np.sin(angle) + 2 * k))
        cv2.putText(layer, char, spot, cv2.FONT_HERSHEY_SIMPLEX, 0.28 * k, RED, max(1, round(0.4 * k)), cv2.LINE_AA)
    reach = round(radius * 1.1)
    rows = slice(max(0, centre[1] - reach), max(0, centre[1] + reach))
    columns = slice(max(0, centre[0] - reach), max(0, centre[0] + reach))
    part = layer[rows, columns].astype(np.float32)
    if part.size == 0:
        return
    press = cv2.GaussianBlur(random.uniform(-1.4, 1.6, part.shape[:2]).astype(np.float32), (0, 0), 3 * k)
    strength = np.clip(0.72 + 3 * press, 0.3, 0.95)[:, :, None]
    ink[rows, columns] = (ink[rows, columns] * (1 - (255 - part) / 255 * strength)).astype(np.uint8)


def _folded(image: Image, dpi: int, random: Random) -> Image:
    """A fold across the page: a dark line with a light one beside it, and a step of light."""
    height, width = image.shape[:2]
    out = image.astype(np.float32)
    at, slope = height * float(random.uniform(0.25, 0.75)), float(random.normal(0, 0.004))
    rows = np.arange(height, dtype=np.float32)[:, None] - (at + slope * np.arange(width, dtype=np.float32)[None, :])
    wide = dpi / 110
    line = -float(random.uniform(40, 90)) * np.exp(-((rows / wide) ** 2))
    line += float(random.uniform(10, 30)) * np.exp(-(((rows - 2 * wide) / wide) ** 2))
    line += np.where(rows > 0, -float(random.uniform(2, 8)), 0)
    folded: Image = np.clip(out + line[:, :, None], 0, 255).astype(np.uint8)
    return folded


def _turned(image: Image, matrix: Matrix, degrees: float) -> tuple[Image, Matrix]:
    height, width = image.shape[:2]
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), [0.0, 0.0, 1.0]])
    edge = (252, 252, 252)
    out = cv2.warpAffine(image, turn[:2], (width, height), flags=cv2.INTER_CUBIC, borderValue=edge)
    return out.astype(np.uint8), turn @ matrix


def _photographed(image: Image, matrix: Matrix, off: float, random: Random) -> tuple[Image, Matrix]:
    """The page on a table, seen by a camera that is not straight above it."""
    height, width = image.shape[:2]
    margin = 0.07
    outer = (round(width * (1 + 2 * margin)), round(height * (1 + 2 * margin)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    placed = corners + np.array([width, height], dtype=np.float32) * margin
    shift = random.uniform(-off, off, (4, 2)) * np.array([width, height])
    warp = cv2.getPerspectiveTransform(corners, (placed + shift).astype(np.float32))
    colour = np.array([60, 85, 110]) * float(random.uniform(0.6, 1.3))
    grain = cv2.GaussianBlur(random.normal(0, 30, (outer[1], outer[0])).astype(np.float32), (0, 0), 5)
    table = np.clip(colour[None, None, :] + 4 * grain[:, :, None], 0, 255).astype(np.uint8)
    page = cv2.warpPerspective(image, warp, outer, flags=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), warp, outer)
    out = np.where(mask[:, :, None] > 127, page, table)
    return out.astype(np.uint8), warp @ matrix


def _lit(image: Image, wear: Wear, random: Random) -> Image:
    """Uneven light: falling off over the page, darker towards one corner; yellower paper."""
    if not wear.shading and not wear.tint:
        return image
    height, width = image.shape[:2]
    out = image.astype(np.float32)
    if wear.shading:
        y, x = np.mgrid[0:1:90j, 0:1:64j]
        angle = float(random.uniform(0, 2 * np.pi))
        fall = 0.5 + 0.5 * ((x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)) * 1.4
        fall += 0.35 * np.clip(1 - np.hypot(x - float(random.uniform(0, 1)), y - float(random.uniform(0, 1))) * 2, 0, 1)
        light = (1 - (wear.shading / 255) * np.clip(fall, 0, 1.2)).astype(np.float32)
        out *= cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR)[:, :, None]
    if wear.tint:
        out -= np.array([wear.tint, wear.tint * 0.45, wear.tint * 0.25], dtype=np.float32) * (out / 255)
    return np.clip(out, 0, 255).astype(np.uint8)


def _noisy(image: Image, wear: Wear, random: Random) -> Image:
    height, width = image.shape[:2]
    if wear.noise:
        grain = random.standard_normal((height, width), dtype=np.float32) * np.float32(wear.noise)
        image = np.clip(image.astype(np.float32) + grain[:, :, None], 0, 255).astype(np.uint8)
    if wear.specks:
        count = int(height * width * wear.specks)
        rows, columns = random.integers(0, height, count), random.integers(0, width, count)
        image = image.copy()
        image[rows, columns] = np.where(random.random(count) < 0.6, 0, 255).astype(np.uint8)[:, None]
    return image


def _quarter_turned(image: Image, matrix: Matrix, turn: int) -> tuple[Image, Matrix]:
    height, width = image.shape[:2]
    code, by = {
        90: (cv2.ROTATE_90_CLOCKWISE, [[0, -1, height], [1, 0, 0], [0, 0, 1]]),
        180: (cv2.ROTATE_180, [[-1, 0, width], [0, -1, height], [0, 0, 1]]),
        270: (cv2.ROTATE_90_COUNTERCLOCKWISE, [[0, 1, 0], [-1, 0, width], [0, 0, 1]]),
    }[turn]
    return cv2.rotate(image, code).astype(np.uint8), np.array(by, dtype=np.float64) @ matrix

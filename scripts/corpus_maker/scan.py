"""A digital PDF in, its noisy scan out: rendered, sealed in red, signed, skewed, shaded, specked, pressed as JPEG."""

from __future__ import annotations

import io
import zlib
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus_maker.pdf import Made

DPI = 200
Image = NDArray[np.uint8]


def scan_file(made: Made, name: str, quality: int = 45) -> bytes:
    """An image-only PDF. `name` seeds the noise, so the same document gives the same scan."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(name)
    for image in pages(made, name):
        ok, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        assert ok
        canvas.drawImage(ImageReader(io.BytesIO(jpeg.tobytes())), 0, 0, A4[0], A4[1])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pages(made: Made, name: str) -> list[Image]:
    """The scanned pages as BGR images."""
    random = np.random.default_rng(zlib.crc32(name.encode()))
    document = pypdfium2.PdfDocument(made.data)
    found: list[Image] = []
    for number in range(len(document)):
        image: Any = document[number].render(scale=DPI / 72, rev_byteorder=False).to_numpy()
        image = np.ascontiguousarray(image[:, :, :3])
        if made.seal and made.seal[0] == number:
            image = _sealed(image, made.seal[1], made.seal[2], random)
        found.append(_worn(image, random))
    return found


def _sealed(image: Image, x: float, y: float, random: np.random.Generator) -> Image:
    """A round red seal that covers the left part of a signature in blue ink, multiplied onto the page as ink is."""
    scale = DPI / 72
    column, row = int((x + 70) * scale), int((A4[1] - y) * scale)
    ink = np.full_like(image, 255)
    turns = np.linspace(0, 5 * np.pi, 120)
    width = np.cumsum(random.normal(1.6, 0.9, 120))
    points = np.stack([column + 30 + width, row + 24 * np.sin(turns) * random.uniform(0.4, 1.0, 120)], axis=1)
    cv2.polylines(ink, [points.astype(np.int32)], False, (150, 60, 30), 3, cv2.LINE_AA)
    red, centre = (70, 60, 225), (column - 20, row)
    for radius, thick in ((92, 6), (80, 2), (56, 2)):
        cv2.circle(ink, centre, radius, red, thick, cv2.LINE_AA)
    angles = np.deg2rad(np.arange(5) * 144 - 90)
    star = np.stack([centre[0] + 26 * np.cos(angles), centre[1] + 26 * np.sin(angles)], axis=1)
    cv2.fillPoly(ink, [star.astype(np.int32)], red, cv2.LINE_AA)
    pressed: Image = (image.astype(np.uint16) * ink // 255).astype(np.uint8)
    return pressed


def _worn(image: Image, random: np.random.Generator) -> Image:
    """What a copier does: a slight turn, uneven light, softness, grain and specks."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(random.uniform(-1.1, 1.1)), 0.995)
    turned = cv2.warpAffine(image, turn, (width, height), borderValue=(250, 250, 250), flags=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(turned, (0, 0), 0.7).astype(np.float32)
    slope = np.linspace(0, 1, width, dtype=np.float32)[None, :, None] * float(random.uniform(4, 14))
    fall = np.linspace(0, 1, height, dtype=np.float32)[:, None, None] * float(random.uniform(2, 8))
    grain = cv2.GaussianBlur(random.normal(0, 9, (height, width, 1)).astype(np.float32), (0, 0), 0.6)[:, :, None]
    worn: Image = np.clip(soft * 0.97 + 6 - slope - fall + grain, 0, 255).astype(np.uint8)
    count = int(height * width * 0.00005)
    rows, columns = random.integers(1, height - 1, count), random.integers(1, width - 1, count)
    for row, column in zip(rows, columns, strict=True):
        size = int(random.integers(1, 3))
        worn[row : row + size, column : column + size] = int(random.integers(0, 120))
    return worn

"""Image files: PNG, JPEG, TIFF and their like in, a `Scan` out: one page for each frame, decoded in turn."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from PIL import Image, ImageFile, UnidentifiedImageError

from docparse.errors import DamagedFile, TooLarge, UnsupportedFormat
from docparse.model import Note, Scan, ScanPage, Source
from docparse.read.image import Pixels
from docparse.read.ocr import Engine
from docparse.read.pictured import page_of, unreadable
from docparse.read.ruled import Grids
from docparse.read.scanned import read_pixels
from docparse.settings import Settings

FORMATS = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "JPEG2000": "image/jp2",
}
LONG_SIDE = 11.7
"""Inches: an image that does not say its resolution is taken for an A4 page."""
PLAUSIBLE = (60.0, 1300.0)
MOST_PIXELS = 40_000_000
"""A page is read at no more pixels than these; a larger image within the limit is scaled down first."""


def read_image(data: bytes, source: Source, settings: Settings, engine: Callable[[], Engine]) -> Scan:
    """All frames of an image file. Raises UnsupportedFormat, DamagedFile, TooLarge, DependencyError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
    except UnidentifiedImageError as error:
        raise UnsupportedFormat(
            f"{source.path}: this image format is not known; convert it to PNG, JPEG or TIFF"
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_large(source, "far too many", settings) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise DamagedFile(_cut_short(source, error)) from error
    media = FORMATS.get(image.format or "")
    if media is None:
        raise UnsupportedFormat(f"{source.path}: {image.format} is not read; convert it to PNG, JPEG or TIFF")
    pages: list[ScanPage] = []
    notes: list[Note] = []
    grids = Grids(b"")
    for number, frame in enumerate(_frames(image, source, settings), 1):
        if number > settings.limits.pages:
            raise TooLarge(
                f"{source.path}: more pages than limits.pages ({settings.limits.pages}); split it or raise the limit"
            )
        page = ScanPage(number, 0.0, 0.0, "unreadable")
        if frame is None:
            page, said = unreadable(page, "its data are damaged")
        else:
            page, said = read_frame(*frame, number, engine, grids, settings.ocr.page_seconds)
        pages.append(page)
        notes.extend(said)
    return Scan(replace(source, media_type=media), tuple(pages), notes=tuple(notes))


def read_frame(
    pixels: Pixels, dpi: float, number: int, engine: Callable[[], Engine], grids: Grids, seconds: float
) -> tuple[ScanPage, tuple[Note, ...]]:
    """One page image as a page whose size is in points, with what was not sure on it."""
    height, width = pixels.shape[:2]
    points = 72 / dpi
    reading = read_pixels(pixels, dpi, engine(), seconds)
    return page_of(ScanPage(number, width * points, height * points, "ocr"), reading, (), grids)


def _frames(image: Image.Image, source: Source, settings: Settings) -> Iterator[tuple[Pixels, float] | None]:
    """Each frame's pixels (grey or BGR, 8 bit) with its resolution; None for one that cannot be decoded."""
    index = 0
    while True:
        try:
            image.seek(index)
        except EOFError:
            return
        except (OSError, SyntaxError, ValueError):
            yield None
            return
        width, height = image.size
        if width * height > settings.limits.pixels:
            raise _too_large(source, f"{width} × {height}", settings)
        try:
            yield _pixels(image), _dpi(image)
        except (OSError, SyntaxError, ValueError, MemoryError) as error:
            if index == 0 and getattr(image, "n_frames", 1) == 1:
                raise DamagedFile(
                    f"{source.path}: the image is damaged or cut short ({error}); scan or save it again"
                ) from error
            yield None
        index += 1


def _cut_short(source: Source, error: Exception) -> str:
    return f"{source.path}: the image is damaged or cut short ({error}); scan or save it again"


def _too_large(source: Source, size: str, settings: Settings) -> TooLarge:
    return TooLarge(
        f"{source.path}: {size} pixels, and limits.pixels is {settings.limits.pixels}; scale the image to 300 dpi "
        "(a page of A4 has 2,480 × 3,508) or raise the limit"
    )


def _pixels(image: Image.Image) -> Pixels:
    frame: Image.Image = image
    if frame.mode.startswith("I;16") or frame.mode in ("I", "F"):
        values = np.asarray(frame, dtype=np.float32)
        top = 65535.0 if values.max(initial=0) > 255 else 255.0
        out: Pixels = np.clip(values * (255.0 / top), 0, 255).astype(np.uint8)
        return out
    if frame.width * frame.height > MOST_PIXELS:
        ratio = (MOST_PIXELS / (frame.width * frame.height)) ** 0.5
        if frame.format == "JPEG":
            frame.draft(None, (int(frame.width * ratio), int(frame.height * ratio)))
        frame = frame.reduce(max(1, int(np.ceil(1 / ratio)))) if frame.mode not in ("1", "P") else frame
    if "A" in frame.mode or "transparency" in frame.info:
        see_through = frame.convert("RGBA")
        paper = Image.new("RGBA", see_through.size, "white")
        frame = Image.alpha_composite(paper, see_through)
    if frame.mode in ("1", "L"):
        return np.asarray(frame.convert("L"))
    return np.ascontiguousarray(np.asarray(frame.convert("RGB"))[:, :, ::-1])


def _dpi(image: Image.Image) -> float:
    """The stated resolution where it makes a page of sensible size, otherwise that of an A4 page."""
    width, height = image.size
    stated = image.info.get("dpi")
    dpi = float(stated[0]) if isinstance(stated, tuple) and stated and stated[0] else 0.0
    if not PLAUSIBLE[0] <= dpi <= PLAUSIBLE[1] or not 4 <= max(width, height) / dpi <= 50:
        dpi = max(width, height) / LONG_SIDE
    return max(dpi, 1.0)


ImageFile.LOAD_TRUNCATED_IMAGES = False

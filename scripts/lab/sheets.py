"""Worn documents: a print and its wear in, page images, an image-only PDF and the exact truth out."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from lab import press, recipes
from lab.wear import Wear, Worn, worn


@dataclass(frozen=True)
class Sheet:
    """One document of the laboratory: what was printed, how it was worn, and the images of its pages."""

    name: str
    font: str
    size: float
    seed: int
    wear: Wear
    print: press.Print
    pages: tuple[Worn, ...]

    def truth(self) -> dict[str, Any]:
        """Everything that is known, as JSON: parameters, and of each page its lines with boxes in points.

        `matrix` (nine numbers, row by row) takes a point of the printed page to a pixel of the image.
        """
        return {
            "name": self.name,
            "source": self.print.name,
            "font": self.font,
            "size": self.size,
            "seed": self.seed,
            "wear": asdict(self.wear),
            "pages": [
                {
                    "number": number,
                    "width": page.width,
                    "height": page.height,
                    "pixels": [image.pixels.shape[1], image.pixels.shape[0]],
                    "matrix": [round(float(v), 6) for v in image.matrix.flatten()],
                    "text": "\n".join(line.text for line in page.lines),
                    "lines": [
                        {
                            "text": line.text,
                            "printed": line.printed,
                            "words": [[w.text, *(round(v, 2) for v in w.box)] for w in line.words],
                        }
                        for line in page.lines
                    ],
                }
                for number, (page, image) in enumerate(zip(self.print.pages, self.pages, strict=True), 1)
            ],
        }


def sheets(
    names: Sequence[str], fonts: Sequence[str], ranges: dict[str, Any], seed: int, pages: int | None = None
) -> Iterator[Sheet]:
    """Documents in turn, each with a font and wear drawn from `seed`, until there are at least `pages` pages.

    Without `pages` each name comes once. The same arguments give the same pixels.
    """
    made = at = 0
    while at < len(names) if pages is None else made < pages:
        name = names[at % len(names)]
        number_seed = [seed, at, zlib.crc32(name.encode())]
        random = np.random.default_rng(number_seed)
        font = fonts[(at + at // len(names)) % len(fonts)]
        sheet = one(f"{name}-{font.lower()}-{at:04d}", name, font, recipes.draw(ranges, random), seed + at, random)
        made += len(sheet.pages)
        at += 1
        yield sheet


def one(name: str, source: str, font: str, wear: Wear, seed: int, random: np.random.Generator) -> Sheet:
    """One worn document."""
    wide = font in ("DejaVuSerif", "Arimo", "NotoSerif", "CharisSIL")
    size = float(random.choice((11.0, 11.5, 12.0) if wide else (13.0, 13.5, 14.0)))
    print_ = press.printed(source, font, size, wear.hand)
    images = []
    for number in range(len(print_.pages)):
        seal = print_.seal[1:] if print_.seal and print_.seal[0] == number else None
        page = press.drawn(print_.data, number, wear.dpi)
        image = worn(page, wear, print_.blanks(number), seal, np.random.default_rng([seed, number]))
        images.append(_pressed(image, wear))
    return Sheet(name, font, size, seed, wear, print_, tuple(images))


def _pressed(image: Worn, wear: Wear) -> Worn:
    """As it comes back from the file: JPEG loses, everything else keeps."""
    if wear.jpeg is None:
        return image
    back = cv2.imdecode(_jpeg(image, wear.jpeg), cv2.IMREAD_COLOR)
    assert back is not None
    return Worn(back.astype(np.uint8), image.matrix)


def _jpeg(image: Worn, quality: int) -> Any:
    ok, data = cv2.imencode(".jpg", image.pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert ok
    return data


def png(image: Worn) -> bytes:
    """A page as PNG."""
    ok, data = cv2.imencode(".png", image.pixels, [cv2.IMWRITE_PNG_COMPRESSION, 4])
    assert ok
    return bytes(data.tobytes())


def pdf(sheet: Sheet) -> bytes:
    """The document as an image-only PDF; greys and lost pixels as JPEG of high quality, bilevel pages as they are."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setTitle(sheet.name)
    for image in sheet.pages:
        height, width = image.pixels.shape[:2]
        size = (width * 72 / sheet.wear.dpi, height * 72 / sheet.wear.dpi)
        canvas.setPageSize(size)
        plain = sheet.wear.bilevel is not None and sheet.wear.jpeg is None
        data = png(image) if plain else _jpeg(image, sheet.wear.jpeg or 95).tobytes()
        canvas.drawImage(ImageReader(io.BytesIO(data)), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()

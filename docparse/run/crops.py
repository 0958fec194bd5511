"""Pictures of what a person should look at: a file and its record in, a PNG of each warning's place out."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from docparse.errors import ConfigError
from docparse.run.batch import Done
from docparse.run.inputs import Job

SCALE = 300 / 72
"""Pixels a point: what digits by pen need to be read by eye."""
MARGIN = 12.0
"""Points of the page left around the place, so that the print beside a blank is seen."""


class Crops:
    """Writes `NAME.pPAGE.CODE.png` for each warning of a scan that has a place."""

    def __init__(self, folder: Path, jobs: Sequence[Job]) -> None:
        self._folder = folder
        self._data = {job.path: job.data for job in jobs}
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"cannot make the folder {folder}: {error.strerror}; choose another") from error

    def keep(self, done: Done) -> list[Path]:
        """The pictures of one file's warnings, in the order of the warnings."""
        record = json.loads(done.record)
        places = [(w["code"], w["box"]) for w in record["warnings"] if w.get("box")]
        if not places:
            return []
        data = self._data.get(done.path) or Path(done.path).read_bytes()
        pages = {p["number"]: (p["width"], p["height"]) for p in record["source"]["pages"]}
        out: list[Path] = []
        for code, (number, *box) in places:
            image = _page(data, int(number))
            if image is None:
                continue
            width, _ = pages[number]
            k = image.width / width if width else SCALE
            edges = (box[0] - MARGIN, box[1] - MARGIN, box[2] + MARGIN, box[3] + MARGIN)
            x0, y0, x1, y1 = (round(e * k) for e in edges)
            cut = image.crop((max(0, x0), max(0, y0), min(image.width, x1), min(image.height, y1)))
            path = self._folder / f"{Path(done.path).stem}.p{number}.{code}.png"
            cut.save(path)
            out.append(path)
        return out


def _page(data: bytes, number: int) -> Image.Image | None:
    """A page of a PDF or picture, None where it has no such page."""
    if not data.startswith(b"%PDF") and b"%PDF" not in data[:1024]:
        return next((image for at, image in enumerate(_frames(data), 1) if at == number), None)
    document = pdfium.PdfDocument(data)
    try:
        document.init_forms()
        page: Image.Image = document[number - 1].render(scale=SCALE).to_pil()
        return page
    finally:
        document.close()


def _frames(data: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            for at in range(getattr(image, "n_frames", 1)):
                image.seek(at)
                yield image.convert("RGB")
    except (UnidentifiedImageError, OSError):
        return

"""OCR: a grey page image in, its words with boxes and confidences out, through a small engine protocol.

`TesserocrEngine` runs in-process, `PytesseractEngine` calls the program, `ScriptedEngine` answers from a script.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # read when the library loads; threads cost ten times the time they save

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from PIL import Image

from docparse.errors import DependencyError
from docparse.settings import OcrSettings

Grey = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as the engine saw it: pixels from the image's top left, confidence in [0, 1], ordinal of its line."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    confidence: float
    line: int


class Engine(Protocol):
    """Anything that reads a grey image."""

    def read(
        self, image: Grey, dpi: int, psm: int = 3, seconds: float | None = None, letters: str = ""
    ) -> Sequence[Seen]:
        """The words of the image in reading order; `psm` is Tesseract's page segmentation mode, `seconds` a limit,
        `letters` those that may occur where not all may."""
        ...


class ScriptedEngine:
    """Answers with the given words, image after image, and remembers what it was shown."""

    def __init__(self, pages: Iterable[Sequence[Seen]]) -> None:
        self._pages = iter(pages)
        self.shown: list[tuple[int, ...]] = []

    def read(
        self, image: Grey, dpi: int, psm: int = 3, seconds: float | None = None, letters: str = ""
    ) -> Sequence[Seen]:
        """The next page of the script; nothing after the last."""
        self.shown.append(image.shape)
        return next(self._pages, ())


class TesserocrEngine:
    """Tesseract in this process, initialised once."""

    def __init__(self, settings: OcrSettings) -> None:
        import tesserocr

        self._lib = tesserocr
        folder = tessdata(settings)
        try:
            self._api = tesserocr.PyTessBaseAPI(path=str(folder) + os.sep, lang=settings.lang, psm=tesserocr.PSM.AUTO)
        except RuntimeError as error:
            raise DependencyError(_missing(settings.lang)) from error
        self._seconds = settings.page_seconds

    def read(
        self, image: Grey, dpi: int, psm: int = 3, seconds: float | None = None, letters: str = ""
    ) -> Sequence[Seen]:
        """As `Engine.read`; a page beyond the time limit gives nothing."""
        height, width = image.shape
        api = self._api
        api.SetPageSegMode(psm)
        api.SetVariable("tessedit_char_whitelist", letters)
        api.SetImageBytes(image.tobytes(), width, height, 1, width)
        api.SetSourceResolution(dpi)
        if not api.Recognize(max(1, int(1000 * (self._seconds if seconds is None else seconds)))):
            return ()
        return tuple(self._words())

    def _words(self) -> Iterator[Seen]:
        iterator = self._api.GetIterator()
        if iterator is None:
            return
        level, line_level = self._lib.RIL.WORD, self._lib.RIL.TEXTLINE
        line, slope, offset, size = -1, 0.0, 0.0, 0.0
        for item in self._lib.iterate_level(iterator, level):
            if item.Empty(level):
                continue
            if item.IsAtBeginningOf(line_level):
                line += 1
                baseline = item.Baseline(line_level)
                slope = offset = 0.0
                if baseline:
                    (ax, ay), (bx, by) = baseline
                    slope = (by - ay) / (bx - ax) if bx != ax else 0.0
                    offset = ay - slope * ax
                size = float(item.RowAttributes()["row_height"])
            box = item.BoundingBox(level)
            text = item.GetUTF8Text(level)
            if box is None or not text:
                continue
            x0, top, x1, bottom = box
            base = slope * (x0 + x1) / 2 + offset if offset or slope else float(bottom)
            yield Seen(text.strip(), x0, top, x1, bottom, base, size, item.Confidence(level) / 100, line)


class PytesseractEngine:
    """Tesseract as a program, a process for each image."""

    def __init__(self, settings: OcrSettings) -> None:
        import pytesseract

        self._lib = pytesseract
        try:
            known = pytesseract.get_languages(config=self._folder(settings))
        except pytesseract.TesseractNotFoundError as error:
            raise DependencyError(
                "the program tesseract is not installed, and this input needs OCR; run scripts/setup, or install the "
                "package tesseract-ocr"
            ) from error
        if settings.lang not in known:
            raise DependencyError(_missing(settings.lang))
        self._settings = settings

    def read(
        self, image: Grey, dpi: int, psm: int = 3, seconds: float | None = None, letters: str = ""
    ) -> Sequence[Seen]:
        """As `Engine.read`; a page beyond the time limit gives nothing."""
        only = f"-c tessedit_char_whitelist={letters}" if letters else ""
        config = f"--psm {psm} --dpi {dpi} {self._folder(self._settings)} {only}".strip()
        try:
            table = self._lib.image_to_data(
                Image.fromarray(image),
                self._settings.lang,
                config,
                output_type="dict",
                timeout=self._settings.page_seconds if seconds is None else seconds,
            )
        except RuntimeError:  # what pytesseract raises when the time is over
            return ()
        out: list[Seen] = []
        lines: dict[tuple[int, int, int], int] = {}
        for at, text in enumerate(table["text"]):
            sure = float(table["conf"][at])
            if sure < 0 or not text.strip():
                continue
            key = (table["block_num"][at], table["par_num"][at], table["line_num"][at])
            x0, top = float(table["left"][at]), float(table["top"][at])
            x1, bottom = x0 + float(table["width"][at]), top + float(table["height"][at])
            line = lines.setdefault(key, len(lines))
            out.append(Seen(text.strip(), x0, top, x1, bottom, bottom, bottom - top, sure / 100, line))
        return tuple(levelled(out))

    @staticmethod
    def _folder(settings: OcrSettings) -> str:
        return f"--tessdata-dir {settings.tessdata}" if settings.tessdata else ""


def levelled(words: Sequence[Seen]) -> Iterator[Seen]:
    """Words of an engine that gives no baselines: each line takes the median of its words' bottoms and heights."""
    for _, group in groupby(words, key=lambda s: s.line):
        line = list(group)
        bottoms, heights = sorted(s.bottom for s in line), sorted(s.bottom - s.top for s in line)
        middle = len(line) // 2
        for seen in line:
            yield replace(seen, baseline=bottoms[middle], size=heights[middle])


def tessdata(settings: OcrSettings) -> Path:
    """The folder that holds the language's data; raises DependencyError that says what to install."""
    for folder in _folders(settings.tessdata):
        if (folder / f"{settings.lang}.traineddata").is_file():
            return folder
    raise DependencyError(_missing(settings.lang))


def _folders(chosen: str | None) -> Iterator[Path]:
    if chosen:
        yield Path(chosen)
        return
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        yield Path(prefix)
        yield Path(prefix) / "tessdata"
    for share in (Path("/usr/share"), Path("/usr/local/share"), Path("/opt/homebrew/share")):
        yield share / "tessdata"
        base = share / "tesseract-ocr"
        if base.is_dir():
            yield from sorted((p / "tessdata" for p in base.iterdir()), reverse=True)
            yield base / "tessdata"


def _missing(lang: str) -> str:
    return (
        f"Tesseract's language data {lang!r} is not installed, and this input needs OCR; run scripts/setup, or install "
        f"the packages tesseract-ocr and tesseract-ocr-{lang}, or set ocr.tessdata to the folder that holds its data"
    )


@lru_cache(maxsize=2)
def engine_for(settings: OcrSettings) -> Engine:
    """The engine of the settings, made once a process. Raises DependencyError that says what to install."""
    if settings.engine == "pytesseract" or (settings.engine == "auto" and find_spec("tesserocr") is None):
        return PytesseractEngine(settings)
    return TesserocrEngine(settings)

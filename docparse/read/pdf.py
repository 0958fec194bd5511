"""PDF: bytes in, a `Scan` out; each page decides for itself between its text layer and OCR.

A layer is trusted when it reads as Vietnamese and the page is no picture with a stamp's text on top; otherwise the page
is drawn and read by OCR, and the exact text of its form fields and signatures is put in its place.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from docparse.errors import DamagedFile, EncryptedFile, TooLarge
from docparse.model import Note, Scan, ScanPage, Source
from docparse.read.image import Pixels
from docparse.read.layer import Layer, own_words, with_widgets
from docparse.read.lines import Placed, lines_of
from docparse.read.ocr import Engine
from docparse.read.pictured import page_of, unreadable
from docparse.read.quality import Quality, quality_of
from docparse.read.ruled import Grids, in_cells
from docparse.read.scanned import Reading, read_pixels
from docparse.read.signatures import signatures_of
from docparse.settings import Settings

MOST_PIXELS = 40_000_000
"""A page is drawn with at most so many pixels (A3 at 300 dpi has 17 million); a larger one at a lower resolution."""
PICTURE = 0.5
"""A page of which images cover this share is a picture, unless its layer has as much text as a page has."""
FEW_LETTERS = 400
JUDGED = 200
"""A layer is judged by about so many of its words, spread over the page: a garbage layer is garbage throughout."""
ODD = 0.02


def read_pdf(data: bytes, source: Source, settings: Settings, engine: Callable[[], Engine]) -> Scan:
    """All pages of a PDF, one after the other. `engine` is asked for only when a page needs OCR.

    Raises EncryptedFile, DamagedFile, TooLarge, DependencyError.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(error, source) from error
    try:
        count = len(document)
        if count == 0:
            raise DamagedFile(
                f"{source.path}: the PDF has no pages; ask for the file again or try: qpdf in.pdf repaired.pdf"
            )
        if count > settings.limits.pages:
            raise TooLarge(
                f"{source.path}: {count} pages, and limits.pages is {settings.limits.pages}; split the file "
                f"(qpdf --split-pages in.pdf out.pdf) or allow more with --set limits.pages={count}"
            )
        document.init_forms()
        signatures = signatures_of(document)
        pages: list[ScanPage] = []
        notes: list[Note] = []
        grids = Grids(data)
        with _no_collection():
            for index in range(count):
                page, said = _page(document, index, settings, engine, grids)
                pages.append(page)
                notes.extend(said)
        return Scan(source, tuple(pages), signatures, tuple(notes))
    finally:
        document.close()


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the cycle collector: words make no cycles, and its passes take a third of the time of a text page."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refusal(error: pdfium.PdfiumError, source: Source) -> EncryptedFile | DamagedFile:
    said = str(error).lower()
    if "password" in said or "security" in said:
        return EncryptedFile(
            f"{source.path}: the PDF has a password; remove it with: qpdf --decrypt --password=… in.pdf out.pdf"
        )
    return DamagedFile(
        f"{source.path}: the PDF is damaged or cut short ({error}); get the file again, or try: qpdf in.pdf out.pdf"
    )


def _page(
    document: pdfium.PdfDocument, index: int, settings: Settings, engine: Callable[[], Engine], grids: Grids
) -> tuple[ScanPage, list[Note]]:
    number = index + 1
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return _damaged(number)
    width, height = page.get_size()
    turned = page.get_rotation()
    picture = _picture_share(page, width, height)
    own = own_words(page)
    quality = quality_of(w.text for w in own[:: len(own) // JUDGED + 1])
    trusted = _trusted(own, quality, picture, settings)
    bare = None
    if not trusted and picture > 0 and raw.FPDFPage_GetAnnotCount(page):
        bare = _drawn(page, settings, annotations=False)
    page, layer = with_widgets(document, index, page, own)
    try:
        if trusted and (layer.all or picture == 0):
            lines = lines_of(layer.all)
            if lines or not _inked(page):
                if lines and _has_rules(page):
                    lines = in_cells(lines, grids.of_pdf(index))
                return ScanPage(number, width, height, "text" if lines else "blank", lines, rotation=turned), []
        drawn = _drawn(page, settings, annotations=True)
        dpi = 72 * drawn.shape[1] / width if width else float(settings.ocr.dpi)
        if bare is not None and bare.shape == drawn.shape:
            drawn = _without_text(drawn, bare, layer.widgets, dpi)
        reading = read_pixels(drawn, dpi, engine(), settings.ocr.page_seconds)
    finally:
        page.close()
    return _chosen(ScanPage(number, width, height, "ocr", rotation=turned), layer, quality, picture, reading, grids)


def _trusted(own: Sequence[Placed], quality: Quality, picture: float, settings: Settings) -> bool:
    if settings.read.layer != "auto":
        return settings.read.layer == "text"
    letters = sum(len(w.text) for w in own)
    if picture > PICTURE and letters < FEW_LETTERS:
        return False
    return quality.odd < ODD and (quality.syllables >= settings.read.min_syllables or quality.words < 4)


def _chosen(
    page: ScanPage, layer: Layer, quality: Quality, picture: float, reading: Reading, grids: Grids
) -> tuple[ScanPage, list[Note]]:
    """The page by OCR with its layer's exact words, by its doubtful layer where OCR reads no better, or unreadable."""
    seen = quality_of(w.text for line in reading.lines for w in line)
    if layer.own and quality.words >= 20 and quality.odd < ODD and quality.syllables > seen.syllables - 0.1:
        return replace(page, method="text", lines=lines_of(layer.all)), []
    exact = [] if reading.rotation else list(layer.widgets)
    if not reading.rotation and picture > PICTURE and quality.odd < ODD and quality.syllables > 0.9:
        exact += [w._replace(widget=True) for w in layer.own]
    done, notes = page_of(page, reading, exact, grids)
    return done, list(notes)


def _damaged(number: int) -> tuple[ScanPage, list[Note]]:
    page, notes = unreadable(ScanPage(number, 0.0, 0.0, "unreadable"), "the page is damaged")
    return page, list(notes)


def _drawn(page: pdfium.PdfPage, settings: Settings, annotations: bool) -> Pixels:
    width, height = page.get_size()
    scale = settings.ocr.dpi / 72
    pixels = width * height * scale * scale
    if pixels > MOST_PIXELS:
        scale *= (MOST_PIXELS / pixels) ** 0.5
    drawn: Pixels = page.render(scale=scale, draw_annots=annotations, may_draw_forms=annotations).to_numpy()
    return np.ascontiguousarray(
        drawn[:, :, :3] if drawn.ndim == 3 and drawn.shape[2] != 1 else drawn.reshape(drawn.shape[:2])
    )


def _without_text(drawn: Pixels, bare: Pixels, widgets: Sequence[Placed], dpi: float) -> Pixels:
    """The page with its annotations drawn, but without those whose words are known and would be read twice."""
    k = dpi / 72
    out = drawn.copy()
    for word in widgets:
        b = word.box
        rows = slice(max(0, int(b.top * k) - 2), int(b.bottom * k) + 3)
        columns = slice(max(0, int(b.x0 * k) - 2), int(b.x1 * k) + 3)
        out[rows, columns] = bare[rows, columns]
    return out


def _picture_share(page: pdfium.PdfPage, width: float, height: float) -> float:
    """The share of the page that images cover (tiles add up, at most 1)."""
    area = 0.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        area += max(0.0, right - left) * max(0.0, top - bottom)
    return min(1.0, area / (width * height)) if width and height else 0.0


def _has_rules(page: pdfium.PdfPage) -> bool:
    """Whether enough visible upright and level rules are drawn on the page for a table: two of each at least."""
    level = upright = 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        left, bottom, right, top = item.get_bounds()
        across, up = right - left, top - bottom
        if max(across, up) < 8 or not _seen(item, min(across, up) < 4):
            continue
        if across > 20 and up > 8:
            level, upright = level + 2, upright + 2
        elif across > 20:
            level += 1
        elif up > 8:
            upright += 1
        if level >= 2 and upright >= 2:
            return True
    return False


def _seen(item: pdfium.PdfObject, thin: bool) -> bool:
    """Whether a path shows as a rule: stroked, or filled and thin, in a colour that is not white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if stroke.value and raw.FPDFPageObj_GetStrokeColor(item, r, g, b, a) and min(r.value, g.value, b.value) < 230:
        return True
    return bool(
        thin and fill.value and raw.FPDFPageObj_GetFillColor(item, r, g, b, a) and min(r.value, g.value, b.value) < 230
    )


def _inked(page: pdfium.PdfPage) -> bool:
    """Whether anything is drawn on a page without text (print turned into outlines)."""
    small = page.render(scale=0.7, grayscale=True).to_numpy()
    return bool((small < 160).mean() > 0.002)

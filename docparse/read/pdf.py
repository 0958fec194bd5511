"""PDF: bytes in, a `Scan` out; each page decides for itself between its text layer and OCR."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium

from docparse.errors import DamagedFile, EncryptedFile, TooLarge
from docparse.model import Scan, ScanPage, Source
from docparse.read import image, ocr
from docparse.read.layer import flattened_words, with_widgets
from docparse.read.lines import Placed, lines_of
from docparse.settings import Settings
from docparse.spans import Box


def read_pdf(data: bytes, source: Source, settings: Settings) -> Scan:
    """All pages of a PDF. Raises EncryptedFile, DamagedFile, TooLarge."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedFile(f"{source.path}: the PDF has a password; remove it with: qpdf --decrypt in.pdf out.pdf") from error
        raise DamagedFile(f"{source.path}: the PDF is damaged ({error}); try: qpdf in.pdf repaired.pdf") from error
    try:
        if len(document) > settings.limits.pages:
            raise TooLarge(f"{source.path}: {len(document)} pages, more than limits.pages; raise the limit or split the file")
        document.init_forms()
        return Scan(source, tuple(_page(document, number, settings) for number in range(len(document))))
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, index: int, settings: Settings) -> ScanPage:
    page = document[index]
    width, height = page.get_size()
    words, flattened = with_widgets(page)
    if flattened:
        page.close()
        page = document[index]
        words = [*words, *flattened_words(page, words)]
    if sum(len(w.text) for w in words if not w.widget) > 50:
        return ScanPage(index + 1, width, height, "text", lines_of(words), rotation=page.get_rotation())
    dpi = settings.ocr.dpi
    grey = page.render(scale=dpi / 72, grayscale=True).to_numpy()
    grey = np.ascontiguousarray(grey.reshape(grey.shape[0], grey.shape[1]))
    page.close()
    straight = image.straightened(grey, image.skew_of(grey))
    k = 72 / dpi
    lines: dict[int, list[Placed]] = {}
    for s in ocr.engine_for(settings.ocr).read(straight, dpi):
        box = Box(s.x0 * k, s.top * k, s.x1 * k, s.bottom * k)
        lines.setdefault(s.line, []).append(Placed(s.text, box, s.baseline * k, s.size * k, confidence=s.confidence))
    sure = [w.confidence for line in lines.values() for w in line if w.confidence is not None]
    widgets = [w for w in words if w.widget]
    return ScanPage(index + 1, width, height, "ocr", lines_of(widgets, lines.values()), sum(sure) / len(sure) if sure else None)

"""Readers: bytes in, a `Scan` out. The reader is chosen by content, never by the file's name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from docparse.errors import InputError, TooLarge, UnsupportedFormat
from docparse.model import Scan, Source
from docparse.read import alto, evidence, hocr, kinds, legacy_word, markup, office, pdf, raster
from docparse.read.ocr import engine_for
from docparse.settings import Settings


def read_file(path: Path, settings: Settings) -> Scan:
    """Read one file. Raises InputError and its kinds, and DependencyError where a program is missing."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError(f"{path} is a directory; give the files in it, for example {path}/*.pdf")
        if size > settings.limits.bytes:
            raise TooLarge(
                f"{path}: {size} bytes, and limits.bytes is {settings.limits.bytes}; split the file or raise the limit"
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path and its permissions") from error
    return read_bytes(data, str(path), settings)


def read_bytes(data: bytes, name: str, settings: Settings) -> Scan:
    """Read bytes; `name` is only what the record calls them."""
    if not data:
        raise InputError(f"{name} is empty; get the file again")
    if len(data) > settings.limits.bytes:
        raise TooLarge(
            f"{name}: {len(data)} bytes, and limits.bytes is {settings.limits.bytes}; split the file or raise the limit"
        )
    media = kinds.kind_of(data)
    source = Source(name, hashlib.sha256(data).hexdigest(), media or "application/octet-stream", len(data))
    match media:
        case "application/pdf":
            return evidence.weighed(pdf.read_pdf(data, source, settings, lambda: engine_for(settings.ocr)))
        case "text/plain":
            return markup.read_text(data, source)
        case "text/html":
            return markup.read_html(data, source)
        case kinds.HOCR:
            return hocr.read_hocr(data, replace(source, media_type="text/html"))
        case alto.MEDIA:
            return alto.read_alto(data, source)
        case kinds.DOCX:
            return office.read_docx(data, source)
        case kinds.DOC:
            return legacy_word.read_doc(data, source)
        case str() if media.startswith("image/"):
            return evidence.weighed(raster.read_image(data, source, settings, lambda: engine_for(settings.ocr)))
    raise UnsupportedFormat(
        f"{name} is not a document that docparse reads; give PDF, PNG, JPEG, TIFF, DOCX, DOC, HTML, hOCR, ALTO or text"
    )

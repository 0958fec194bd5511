"""What a file is, by its content: bytes in, a media type out, None for what no reader knows."""

from __future__ import annotations

import io
import re
import zipfile

from docparse.read import alto, hocr

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
HOCR = "text/html; profile=hocr"
"""hOCR is HTML, and a record says so; only its reader is another."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\0\0\0\x0cjP  ", "image/jp2"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOC),
)
_HTML = re.compile(rb"<!doctype\s+html|<html\b|<head\b|<body\b|<(?:div|table|p|meta|span|title)\b[^>]*>", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes) -> str | None:
    """The media type of some bytes, whatever the file is called."""
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    for magic, media in _MAGIC:
        if data.startswith(magic):
            return media
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if not _is_text(data):
        return None
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")
    if alto.SNIFFED.search(head):
        return alto.MEDIA
    if hocr.SNIFFED.search(data[:65536]):
        return HOCR
    return "text/html" if _HTML.search(head) else "text/plain"


def _zipped(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError):
        return DOCX if b"word/" in data[:65536] else None  # damaged; the office reader says what is wrong with it
    return DOCX if "word/document.xml" in names else None


def _is_text(data: bytes) -> bool:
    """Whether the bytes can be text in any encoding: hardly any control characters; zeros only in UTF-16."""
    head = data[:65536]
    if head.startswith(_BOMS):
        return True
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        return max(even, odd) > 0.3 * len(head) / 2 and min(even, odd) < 0.02 * len(head)
    control = sum(head.count(bytes([c])) for c in (*range(1, 9), 11, *range(14, 32), 127))
    return control <= 0.01 * len(head)

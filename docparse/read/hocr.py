"""hOCR (1.0 to 1.2, of Tesseract, OCRopus, ABBYY converters): bytes in, a `Scan` out, boxes from pixels to points."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from docparse.errors import DamagedFile
from docparse.model import Scan, Source
from docparse.read.old_ocr import OldLine, OldPage, OldWord, scan_of
from docparse.spans import Box

SNIFFED = re.compile(rb"class\s*=\s*[\"'][^\"']*\bocr_page\b")
"""What tells hOCR from any other HTML."""
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocr_pageno"})
_BOX = re.compile(r"\bbbox\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)")
_SURE = re.compile(r"\bx_wconf\s+([\d.]+)")
_DPI = re.compile(r"\b(?:scan_res|x_scanner_res|res)\s+([\d.]+)")
_BASELINE = re.compile(r"\bbaseline\s+(-?[\d.]+)\s+(-?[\d.]+)")
_SIZE = re.compile(r"\bx_size\s+([\d.]+)")


def read_hocr(data: bytes, source: Source) -> Scan:
    """All pages of an hOCR file. Raises DamagedFile where it is no markup."""
    try:
        parser = lxml.html.HTMLParser(encoding=_encoding(data), remove_comments=True, remove_pis=True, huge_tree=True)
        root = lxml.html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(f"{source.path}: the hOCR is damaged ({error}); make it again from the images") from error
    return scan_of((_page(element) for element in _of_class(root, frozenset({"ocr_page"}))), source)


def _encoding(data: bytes) -> str:
    declared = re.search(rb"(?:encoding|charset)\s*=\s*[\"']?([\w-]+)", data[:2048])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return name if "\0".encode(name) else "utf-8"
    except (LookupError, UnicodeError):
        return "utf-8"


def _of_class(root: lxml.html.HtmlElement, wanted: frozenset[str]) -> Iterator[lxml.html.HtmlElement]:
    for element in root.iter("*"):
        if not wanted.isdisjoint((element.get("class") or "").split()):
            yield element


def _page(element: lxml.html.HtmlElement) -> OldPage:
    title = element.get("title") or ""
    box, dpi = _box(title), _DPI.search(title)
    lines = tuple(line for one in _of_class(element, _LINES) if (line := _line(one)).words)
    width, height = (box.x1, box.bottom) if box else (0.0, 0.0)
    return OldPage(width, height, float(dpi[1]) if dpi and float(dpi[1]) > 0 else None, lines)


def _line(element: lxml.html.HtmlElement) -> OldLine:
    """A line's words; where the file places lines only, the line is cut at its spaces in proportion."""
    title = element.get("title") or ""
    box = _box(title)
    words = tuple(w for one in _of_class(element, frozenset({"ocrx_word", "ocr_word"})) if (w := _word(one)))
    if not words and box:
        words = tuple(_shared(" ".join(element.text_content().split()), box))
    slope, size = _BASELINE.search(title), _SIZE.search(title)
    baseline = None
    if slope and box:
        tilt, rise = float(slope[1]), float(slope[2])
        baseline = (box.bottom + rise - tilt * box.x0, tilt)
    return OldLine(words, baseline, float(size[1]) if size else None)


def _word(element: lxml.html.HtmlElement) -> OldWord | None:
    title = element.get("title") or ""
    text, box = "".join(element.text_content().split()), _box(title)
    if not text or box is None:
        return None
    sure = _SURE.search(title)
    bold = element.find(".//strong") is not None or element.find(".//b") is not None
    italic = element.find(".//em") is not None or element.find(".//i") is not None
    return OldWord(text, box, min(1.0, float(sure[1]) / 100) if sure else None, bold, italic)


def _shared(text: str, box: Box) -> Iterator[OldWord]:
    at, letter = 0, box.width / max(1, len(text))
    for word in text.split():
        yield OldWord(word, Box(box.x0 + at * letter, box.top, box.x0 + (at + len(word)) * letter, box.bottom))
        at += len(word) + 1


def _box(title: str) -> Box | None:
    found = _BOX.search(title)
    if not found:
        return None
    x0, top, x1, bottom = (float(v) for v in found.groups())
    return Box(x0, top, x1, bottom) if x1 > x0 and bottom > top else None

"""ALTO (1 to 4): bytes in, a `Scan` out, boxes from the file's measure to points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from docparse.errors import DamagedFile
from docparse.model import Scan, Source
from docparse.read.old_ocr import OldLine, OldPage, OldWord, scan_of
from docparse.spans import Box

MEDIA = "application/alto+xml"
SNIFFED = re.compile(rb"<(?:\w+:)?alto[\s>]", re.IGNORECASE)
"""The root element, with or without a prefix."""
_UNITS = {"mm10": 254.0, "inch1200": 1200.0}
"""How many of the file's units make an inch; those of `pixel` depend on a resolution that the file does not give."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def read_alto(data: bytes, source: Source) -> Scan:
    """All pages of an ALTO file. Raises DamagedFile where it is no XML or no ALTO."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFile(f"{source.path}: the XML is damaged ({error}); make it again from the images") from error
    if _name(root) != "alto":
        raise DamagedFile(f"{source.path}: the XML is no ALTO but {_name(root)!r}; give ALTO, hOCR or the images")
    unit = next((e.text or "" for e in _named(root, "MeasurementUnit")), "pixel").strip()
    styles = {e.get("ID"): (e.get("FONTSTYLE") or "").split() for e in _named(root, "TextStyle")}
    return scan_of((_page(e, _UNITS.get(unit), styles) for e in _named(root, "Page")), source)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")


def _page(element: etree._Element, dpi: float | None, styles: dict[str | None, list[str]]) -> OldPage:
    lines = tuple(line for e in _named(element, "TextLine") if (line := _line(e, styles)).words)
    return OldPage(_float(element, "WIDTH") or 0.0, _float(element, "HEIGHT") or 0.0, dpi, lines)


def _line(element: etree._Element, styles: dict[str | None, list[str]]) -> OldLine:
    outer = _styles_of(element, styles)
    words = tuple(w for e in _named(element, "String") if (w := _word(e, styles, outer)))
    return OldLine(words, _baseline(element.get("BASELINE")))


def _baseline(given: str | None) -> tuple[float, float] | None:
    """ALTO 4 gives a height, or points of which the first and the last say how the line runs."""
    numbers = [float(n) for n in _NUMBER.findall(given or "")]
    if len(numbers) == 1:
        return numbers[0], 0.0
    if len(numbers) < 4 or len(numbers) % 2 or numbers[-2] == numbers[0]:
        return None
    slope = (numbers[-1] - numbers[1]) / (numbers[-2] - numbers[0])
    return numbers[1] - slope * numbers[0], slope


def _word(element: etree._Element, styles: dict[str | None, list[str]], outer: set[str]) -> OldWord | None:
    text = "".join((element.get("CONTENT") or "").split())
    x0, top = _float(element, "HPOS"), _float(element, "VPOS")
    width, height = _float(element, "WIDTH"), _float(element, "HEIGHT")
    if not text or x0 is None or top is None or not width or not height or min(width, height) < 0:
        return None
    style = outer | _styles_of(element, styles) | set((element.get("STYLE") or "").split())
    box = Box(x0, top, x0 + width, top + height)
    return OldWord(text, box, _float(element, "WC"), "bold" in style, "italics" in style)


def _styles_of(element: etree._Element, styles: dict[str | None, list[str]]) -> set[str]:
    return {style for name in (element.get("STYLEREFS") or "").split() for style in styles.get(name, ())}


def _float(element: etree._Element, name: str) -> float | None:
    try:
        value = float(element.get(name) or "")
    except ValueError:
        return None
    return value if abs(value) < 1e7 else None

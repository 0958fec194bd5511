"""The text layer of a PDF page: a pdfium page in, its words with place and font out, form widgets included."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from docparse.read.lines import Placed
from docparse.spans import Box

WORD_GAP = 0.15
"""Letters further apart than this part of the size belong to two words, where the file has no space character."""
_SPACES = frozenset({0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x0B, 0x0C, 0x3000, 0x200B, 0xFEFF, *range(0x2000, 0x200B)})
_HYPHEN = 0x02  # what pdfium gives for a hyphen at a line's end


@dataclass(frozen=True, slots=True)
class _Face:
    bold: bool
    italic: bool


_Character = tuple[int, tuple[float, float, float, float], tuple[float, float, int]]


class _Map:
    """From the page's own coordinates to points from the top left corner as the page is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        width, height = page.get_size()
        scale = 64
        x, y = ctypes.c_int(), ctypes.c_int()

        def at(px: float, py: float) -> tuple[float, float]:
            raw.FPDF_PageToDevice(page, 0, 0, int(width * scale), int(height * scale), 0, px, py, x, y)
            return x.value / scale, y.value / scale

        far = 1000.0
        (self.ox, self.oy), (ax, ay), (bx, by) = at(0, 0), at(far, 0), at(0, far)
        self.ax, self.ay = (ax - self.ox) / far, (ay - self.oy) / far
        self.bx, self.by = (bx - self.ox) / far, (by - self.oy) / far

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self.ox + self.ax * x + self.bx * y, self.oy + self.ay * x + self.by * y


@dataclass(frozen=True, slots=True)
class Layer:
    """A page's words: its `own` and those of its `widgets` (form fields, stamps, signatures, free text)."""

    own: tuple[Placed, ...] = ()
    widgets: tuple[Placed, ...] = ()

    @property
    def all(self) -> tuple[Placed, ...]:
        """Own and widgets' words."""
        return self.own + self.widgets


def page_words(document: pdfium.PdfDocument, index: int, page: pdfium.PdfPage) -> tuple[pdfium.PdfPage, Layer]:
    """The words of a page; returns the page to go on with, loaded again where it has annotations.

    Annotations are flattened into the page in memory, which places their text exactly where it is shown; what was not
    there before is theirs. The file is not touched.
    """
    own, printed = _read(page, None)
    if not raw.FPDFPage_GetAnnotCount(page):
        return page, Layer(tuple(own))
    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page, Layer(tuple(own))
    page.close()
    page = document[index]
    words, _ = _read(page, printed)
    return page, Layer(tuple(own), tuple(w for w in words if w.widget))


_Printed = set[tuple[int, int, int]]
"""Characters by code and place, to the half point."""


def _read(page: pdfium.PdfPage, before: _Printed | None) -> tuple[list[Placed], _Printed]:
    """Words in the file's order and their characters; with `before`, characters that were not in it are a widget's."""
    textpage = raw.FPDFText_LoadPage(page)
    if not textpage:
        return [], set()
    try:
        return _words(page, textpage, before)
    finally:
        raw.FPDFText_ClosePage(textpage)


def _words(page: pdfium.PdfPage, textpage: raw.FPDF_TEXTPAGE, before: _Printed | None) -> tuple[list[Placed], _Printed]:
    place = _Map(page)
    faces: dict[int, _Face] = {}
    seen: dict[str, list[Box]] = {}
    out: list[Placed] = []
    printed: _Printed = set()
    letters: list[str] = []
    x0 = x1 = top = bottom = base = size = 0.0
    face = _Face(False, False)
    widget = False

    def end() -> None:
        nonlocal letters
        if letters:
            text = unicodedata.normalize("NFC", "".join(letters))
            box = Box(x0, top, x1, bottom)
            if not _doubled(seen.setdefault(text, []), box):
                out.append(Placed(text, box, base, size, face.bold, face.italic, widget=widget))
        letters = []

    for code, box, origin in _characters(textpage):
        if code in _SPACES:
            end()
            continue
        _left, baseline = place(origin[0], origin[1])
        ax, ay = place(box[0], box[1])
        bx, by = place(box[2], box[3])
        cx0, cx1 = (ax, bx) if ax <= bx else (bx, ax)
        cy0, cy1 = (ay, by) if ay <= by else (by, ay)
        letter = "-" if code == _HYPHEN else chr(code)
        combining = unicodedata.combining(letter) != 0
        height = cy1 - cy0
        key = (code, round(2 * cx0), round(2 * baseline))
        added = before is not None and key not in before
        if letters and not combining:
            em = max(size, height)
            if (
                cx0 - x1 > WORD_GAP * em
                or cx0 < x1 - 0.6 * em
                or abs(baseline - base) > 0.12 * em
                or height < 0.8 * size
                or added != widget
            ):
                end()
        if not letters:
            x0, x1, top, bottom, base, size = cx0, cx1, cy0, cy1, baseline, height
            face = _face(textpage, origin[2], faces)
            widget = added
        elif not combining:
            x1, top, bottom = max(x1, cx1), min(top, cy0), max(bottom, cy1)
            size = max(size, height)
        letters.append(letter)
        printed.add(key)
    end()
    return out, printed


def _characters(
    textpage: raw.FPDF_TEXTPAGE,
) -> Iterator[tuple[int, tuple[float, float, float, float], tuple[float, float, int]]]:
    """Each character's code, loose box (left, bottom, right, top), and origin with its index."""
    rect = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    rect_at, x_at, y_at = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    unicode, generated = raw.FPDFText_GetUnicode, raw.FPDFText_IsGenerated
    loose, origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = unicode(textpage, index)
        if code == 0 or code in (0xFFFE, 0xFFFF):
            continue
        if code in _SPACES:
            if generated(textpage, index) != 1:
                yield code, (0, 0, 0, 0), (0, 0, index)
            continue
        if not loose(textpage, index, rect_at) or not origin(textpage, index, x_at, y_at):
            continue
        yield code, (rect.left, rect.bottom, rect.right, rect.top), (x.value, y.value, index)


def _face(textpage: raw.FPDF_TEXTPAGE, index: int, known: dict[int, _Face]) -> _Face:
    """Bold and italic of the character's font, by the font's name and flags."""
    item = raw.FPDFText_GetTextObject(textpage, index)
    font = raw.FPDFTextObj_GetFont(item) if item else None
    key = ctypes.cast(font, ctypes.c_void_p).value or 0 if font else 0
    if key not in known:
        flags = ctypes.c_int()
        size = raw.FPDFText_GetFontInfo(textpage, index, None, 0, flags)
        buffer = ctypes.create_string_buffer(max(size, 1))
        raw.FPDFText_GetFontInfo(textpage, index, buffer, size, flags)
        name = buffer.value.decode("utf-8", "replace").lower()
        bold = "bold" in name or "black" in name or "heavy" in name or bool(flags.value & (1 << 18))
        known[key] = _Face(bold, "italic" in name or "oblique" in name or bool(flags.value & (1 << 6)))
    return known[key]


def _doubled(boxes: list[Box], box: Box) -> bool:
    """Whether the same word was already printed almost at this place, as fake bold does; remembers the box."""
    for other in boxes[-8:]:
        if abs(other.x0 - box.x0) < 0.15 * box.height and abs(other.top - box.top) < 0.15 * box.height:
            return True
    boxes.append(box)
    return False

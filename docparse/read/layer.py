"""The text layer of a PDF page: a pdfium page in, its words with place and font out, form widgets included."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from docparse.read.lines import Placed
from docparse.spans import Box

WORD_GAP = 0.15
"""Letters further apart than this part of the size belong to two words, where the file has no space character."""
_SPACES = frozenset({0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x0B, 0x0C, 0x3000, 0x200B, 0xFEFF, *range(0x2000, 0x200B)})
_TOKEN = re.compile(r"[^\s\x00\x02\u200b\ufeff\ufffe\uffff]+(?:\x02[^\s\x00\x02]*)*")
_COMBINING = re.compile("[\u0300-\u036f\uffff]")
_NOTHING = frozenset({0, 0xFFFE, 0xFFFF})
_HYPHEN = 0x02  # what pdfium gives for a hyphen at a line's end


@dataclass(frozen=True, slots=True)
class _Face:
    """What all characters of a text object share; `baseline` as a part of the size above the bottom of their boxes."""

    bold: bool
    italic: bool
    baseline: float


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
        self.upright = abs(self.ax - 1) < 0.01 and abs(self.by + 1) < 0.01

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        return self.ox + self.ax * x + self.bx * y, self.oy + self.ay * x + self.by * y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Two corners of a box: x0, top, x1, bottom as the page is shown."""
        ax, ay = self(left, bottom)
        bx, by = self(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


@dataclass(frozen=True, slots=True)
class Layer:
    """A page's words: its `own` and those of its `widgets` (form fields, stamps, signatures, free text)."""

    own: tuple[Placed, ...] = ()
    widgets: tuple[Placed, ...] = ()

    @property
    def all(self) -> tuple[Placed, ...]:
        """Own and widgets' words."""
        return self.own + self.widgets


def own_words(page: pdfium.PdfPage) -> list[Placed]:
    """The words of the page itself, in the file's order."""
    textpage = raw.FPDFText_LoadPage(page)
    if not textpage:
        return []
    try:
        reader = _Reader(page, textpage)
        reader.read()
        return reader.words
    finally:
        raw.FPDFText_ClosePage(textpage)


def with_widgets(
    document: pdfium.PdfDocument, index: int, page: pdfium.PdfPage, own: Sequence[Placed]
) -> tuple[pdfium.PdfPage, Layer]:
    """The layer with the words of the page's annotations; returns the page to go on with, loaded again if it has some.

    Annotations are flattened into the page in memory, which places their text exactly where it is shown; the words that
    were not there before are theirs. The file is not touched.
    """
    if not raw.FPDFPage_GetAnnotCount(page):
        return page, Layer(tuple(own))
    if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page, Layer(tuple(own))
    page.close()
    page = document[index]
    before = {_place_of(w) for w in own}
    words = own_words(page)
    widgets = tuple(w._replace(widget=True) for w in words if _place_of(w) not in before)
    return page, Layer(tuple(w for w in words if _place_of(w) in before), widgets)


def _place_of(word: Placed) -> tuple[str, int, int]:
    return word.text, round(2 * word.box.x0), round(2 * word.baseline)


class _Reader:
    """Words from one text page. The hot path of born-digital files: most words cost two boxes and one baseline."""

    def __init__(self, page: pdfium.PdfPage, textpage: raw.FPDF_TEXTPAGE) -> None:
        self._page = textpage
        self._place = _Map(page)
        self.words: list[Placed] = []
        self._faces: dict[int, _Face] = {}
        self._seen: dict[str, list[Box]] = {}
        self._rect = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._rect_at, self._x_at, self._y_at = ctypes.byref(self._rect), ctypes.byref(self._x), ctypes.byref(self._y)

    def read(self) -> None:
        """Fill `words`."""
        count = raw.FPDFText_CountChars(self._page)
        text = self._text(count)
        if text is None or not self._place.upright or _COMBINING.search(text):
            self._slowly(range(count))
        else:
            self._quickly(text)

    def _text(self, count: int) -> str | None:
        """All characters at once; None where they would not stand one to one for the page's."""
        buffer = (ctypes.c_ushort * (count + 1))()
        if raw.FPDFText_GetText(self._page, 0, count, buffer) != count + 1:
            return None
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace").replace("\ufffe", chr(_HYPHEN))
        return text if len(text) == count else None

    def _quickly(self, text: str) -> None:
        """Word by word as pdfium parts them, looking at each character only where a word's two ends do not agree."""
        loose, rect, rect_at, page = raw.FPDFText_GetLooseCharBox, self._rect, self._rect_at, self._page
        ox, oy = self._place.ox, self._place.oy
        start = end = -1  # the word at hand, added when the next one is seen not to belong to it
        whole = False
        x0 = x1 = top = bottom = 0.0
        for first, after in (match.span() for match in _TOKEN.finditer(text)):
            if not loose(page, first, rect_at):
                continue
            nx0, nx1, ntop, nbottom = ox + rect.left, ox + rect.right, oy - rect.top, oy - rect.bottom
            size = nbottom - ntop
            if start >= 0:
                close = first == end + 1 and -0.5 * size < nx0 - x1 < WORD_GAP * size
                if close and abs(nbottom - bottom) < 0.5 * size and raw.FPDFText_IsGenerated(page, end) == 1:
                    end, whole, x1 = after, False, nx1  # parted by a space that is neither in the file nor on the page
                    continue
                self._add_or_read(text, start, end, Box(x0, top, x1, bottom), whole)
            start, end, whole, x0, x1, top, bottom = first, after, True, nx0, nx1, ntop, nbottom
            if after - first > 1:
                whole = bool(loose(page, after - 1, rect_at))
                ntop, nbottom = oy - rect.top, oy - rect.bottom
                level = abs(nbottom - bottom) < 0.1 * size and nbottom - ntop > 0.85 * size
                whole = whole and level and ox + rect.right >= x1
                x1 = ox + rect.right
        if start >= 0:
            self._add_or_read(text, start, end, Box(x0, top, x1, bottom), whole)

    def _add_or_read(self, text: str, start: int, end: int, box: Box, whole: bool) -> None:
        if whole:
            self._add(text[start:end].replace(chr(_HYPHEN), "-"), box, start, box.bottom - box.top, False)
        else:
            self._slowly(range(start, end))

    def _add(self, text: str, box: Box, first: int, size: float, exact: bool) -> None:
        """A word; unless `exact`, its font is one, and its baseline that of its text object's first word."""
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if _doubled(self._seen.setdefault(text, []), box):
            return
        item = raw.FPDFText_GetTextObject(self._page, first)
        key = ctypes.addressof(item.contents) if item else 0
        known = self._faces.get(key)
        if known is None:
            height = (self._baseline(first, box.bottom) - box.bottom) / max(size, 0.1)
            known = self._faces[key] = _Face(*_weight_and_slope(self._page, first), height)
        base = box.bottom + known.baseline * size if not exact else self._baseline(first, box.bottom)
        self.words.append(Placed(text, box, base, size, known.bold, known.italic))

    def _slowly(self, indices: range) -> None:
        """Character by character, parting words by the gaps between them."""
        unicode, generated, loose = raw.FPDFText_GetUnicode, raw.FPDFText_IsGenerated, raw.FPDFText_GetLooseCharBox
        rect, place = self._rect, self._place
        letters: list[str] = []
        x0 = x1 = top = bottom = low = size = 0.0
        first = 0

        def end() -> None:
            self._add("".join(letters), Box(x0, top, x1, bottom), first, size, True)
            letters.clear()

        for index in indices:
            code = unicode(self._page, index)
            if code in _SPACES:
                if letters and generated(self._page, index) != 1:
                    end()
                continue
            if code in _NOTHING or not loose(self._page, index, self._rect_at):
                continue
            cx0, cy0, cx1, cy1 = place.box(rect.left, rect.bottom, rect.right, rect.top)
            letter = "-" if code == _HYPHEN else chr(code)
            combining = code > 0x2FF and unicodedata.combining(letter) != 0
            height = cy1 - cy0
            if letters and not combining:
                em = max(size, height)
                if (
                    cx0 - x1 > WORD_GAP * em
                    or cx0 < x1 - 0.6 * em
                    or height < 0.8 * size
                    or (abs(cy1 - low) > 0.12 * em and self._moved(first, index, 0.12 * em))
                ):
                    end()
            if not letters:
                x0, x1, top, bottom, low, size = cx0, cx1, cy0, cy1, cy1, height
                first = index
            elif not combining:
                x1, top, bottom, size = max(x1, cx1), min(top, cy0), max(bottom, cy1), max(size, height)
            letters.append(letter)
        if letters:
            end()

    def _baseline(self, index: int, otherwise: float) -> float:
        """The y of the character's origin as the page is shown."""
        if not raw.FPDFText_GetCharOrigin(self._page, index, self._x_at, self._y_at):
            return otherwise
        return self._place(self._x.value, self._y.value)[1]

    def _moved(self, first: int, index: int, most: float) -> bool:
        """Whether a character stands on another baseline than the first; its box alone may differ by its font."""
        return abs(self._baseline(first, 0.0) - self._baseline(index, 1e6)) > most


def _weight_and_slope(textpage: raw.FPDF_TEXTPAGE, index: int) -> tuple[bool, bool]:
    """Bold and italic of the character's font, by the font's name and flags."""
    flags = ctypes.c_int()
    size = raw.FPDFText_GetFontInfo(textpage, index, None, 0, flags)
    buffer = ctypes.create_string_buffer(max(size, 1))
    raw.FPDFText_GetFontInfo(textpage, index, buffer, size, flags)
    name = buffer.value.decode("utf-8", "replace").lower()
    bold = "bold" in name or "black" in name or "heavy" in name or bool(flags.value & (1 << 18))
    return bold, "italic" in name or "oblique" in name or bool(flags.value & (1 << 6))


def _doubled(boxes: list[Box], box: Box) -> bool:
    """Whether the same word was already printed almost at this place, as fake bold does; remembers the box."""
    x0, top, near = box.x0, box.top, 0.15 * (box.bottom - box.top)
    for other in boxes[-8:]:
        if -near < other.top - top < near and -near < other.x0 - x0 < near:
            return True
    boxes.append(box)
    return False

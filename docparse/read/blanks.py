"""Blanks filled by hand: a page image and its OCR lines in, lines whose number and day were read again as digits out.

In the letterhead the number (`Số: … /CT-UBND`) and the day (`ngày … tháng 3 năm 2024`) are often written by pen; an OCR
engine made for print misreads them. The print around them tells where they stand: letterheads are set in Times
(NĐ 30/2020, annex I), whose widths are known, so a blank begins where `Số:` or `ngày` must end and ends where the
symbol or `tháng` begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from docparse.model import Note, ScanLine, ScanPage, Word
from docparse.read.digits import DigitModel, Reading, load_model, read_digits
from docparse.spans import Box, Span
from docparse.weights import weights_folder

Pixels = np.ndarray[Any, np.dtype[np.uint8]]

TOP = 0.4
"""Share of page 1 in which a letterhead's number and date stand."""
ENOUGH = 0.70
"""Probability from which a reading by the digit model alone is taken."""
AGREED = 0.35
"""Probability from which it is taken when the OCR engine read the same digits."""
PRINTED = 0.95
"""Confidence from which digits of the OCR engine are print and stand as they are."""

# advance widths of Times in thousandths of an em; the letters of symbols and of the words around the blanks
_UPRIGHT = {
    **dict.fromkeys("AĐDGHKNOQUVXYÔƠƯ", 722), **dict.fromkeys("BCR", 667), **dict.fromkeys("ELTZ", 611),
    **dict.fromkeys("FPS", 556), "I": 333, "J": 389, "M": 889, "W": 944, "&": 778, "/": 278, ":": 278, ".": 250,
    "-": 333, "–": 500, " ": 250, "r": 333, "y": 500,
}  # fmt: skip
_THANG, _NGAY, _YEAR, _SO = 2.278, 1.944, 2.0, 1.056  # em: tháng, ngày and four digits in italics, Số upright
_DIGIT = 0.5

_NUMBER = re.compile(r"^\W{0,2}S[^\W\d_]?[^\w\s:;.,]{0,2}(?P<colon>\s?[:;.,])?")
_SUFFIX = re.compile(r"[/\-–]\s?[A-ZĐ\u00d0][A-Za-zĐđ\u00d0]{0,4}\s?[-–/]\s?[A-ZĐ\u00d0Ư&][\w&/.\-]*$")
_DATE = re.compile(r"(?P<thang>th[aáàảãạ]ng)\s*\d{1,2}\s*năm\s*(?P<year>\d{4})", re.IGNORECASE)
_NGAY_WORD = re.compile(r"ng[aàáảãạ][yỳýỷỹỵ]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Blank:
    """A place for digits: which line, the part of its raw text that the blank replaces, and the box in points."""

    line: int
    what: str
    before: str
    seen: str
    after: str
    box: Box
    confidence: float


def with_blanks(page: ScanPage, grey: Pixels | None, dpi: float) -> tuple[ScanPage, tuple[Note, ...]]:
    """The first page with its blanks read by the model in use; any other page, or without a model, as it was."""
    folder = weights_folder("handwriting") if page.number == 1 and page.method == "ocr" else None
    model = load_model(folder) if folder is not None else None
    if grey is None or grey.ndim != 2 or model is None:
        return page, ()
    return read_blanks(page, grey, dpi, model)


def read_blanks(page: ScanPage, grey: Pixels, dpi: float, model: DigitModel) -> tuple[ScanPage, tuple[Note, ...]]:
    """The page with number and day read again where they are not print, and a note for each that stays unsure.

    `grey` is the upright, straightened image that the page's boxes belong to. An unsure blank is left empty in its
    line: null is better than wrong.
    """
    lines, notes = list(page.lines), []
    for blank in find_blanks(page.lines, page.height):
        if blank.seen.isdigit() and blank.confidence >= PRINTED:
            continue
        reading = read_digits(_crop(grey, blank.box, dpi / 72), model, most=2 if blank.what == "day" else 4)
        chosen = choose(blank, reading)
        lines[blank.line] = filled(lines[blank.line], blank, chosen or "")
        if chosen is None:
            digits = f", digits: {reading.digits} at {reading.confidence:.2f}" if reading else ""
            notes.append(
                Note(
                    f"unread_{blank.what}",
                    f"the handwritten {blank.what} is not sure (OCR: {blank.seen!r}{digits}); look at page 1",
                    page.number,
                    blank.box,
                    tuple(s for s in (blank.seen, reading.digits if reading else "") if s),
                )
            )
    return replace(page, lines=tuple(lines)), tuple(notes)


def choose(blank: Blank, reading: Reading | None) -> str | None:
    """The digits to believe: the model's when sure or when the OCR engine agrees, otherwise none."""
    if reading is None:
        return None
    if blank.what == "day" and not 1 <= int(reading.digits) <= 31:
        return None
    agreed = blank.seen.lstrip("0") == reading.digits.lstrip("0")
    return reading.digits if reading.confidence >= (AGREED if agreed else ENOUGH) else None


def find_blanks(lines: Sequence[ScanLine], page_height: float) -> list[Blank]:
    """The places of number and day in a letterhead, at most one of each."""
    found: dict[str, Blank] = {}
    upper = [
        (i, n) for i, n in enumerate(lines) if n.box and n.words and n.box.top < TOP * page_height and not n.widget
    ]
    em = next((e for _, line in upper if (e := _em(line))), None)
    for index, line in upper:
        if "day" not in found and (day := _day(index, line)):
            found["day"] = day
        elif em and "number" not in found and (number := _number(index, line, em)):
            found["number"] = number
    return [found[k] for k in ("number", "day") if k in found]


def _em(line: ScanLine) -> float | None:
    """The size of the letterhead's type in points, from the width of `tháng` or of the year."""
    match = _DATE.search(line.raw)
    if match is None:
        return None
    word = _word_at(line, match.start("thang"))
    if word is not None and len(word.span) == 5:
        return word.box.width / _THANG
    year = _word_at(line, match.start("year"))
    return year.box.width / _YEAR if year is not None and len(year.span) == 4 else None


def _day(index: int, line: ScanLine) -> Blank | None:
    match = _DATE.search(line.raw)
    if match is None or line.box is None:
        return None
    thang = _word_at(line, match.start("thang"))
    ngay = [
        m
        for m in _NGAY_WORD.finditer(line.raw[: match.start("thang")])
        if m.start() == 0 or line.raw[m.start() - 1] in " ,."
    ]
    em = _em(line)
    if thang is None or not ngay or em is None:
        return None
    mark = ngay[-1]
    first = _word_at(line, mark.start())
    if first is None:
        return None
    left = first.box.x0 + _NGAY * em
    right = thang.box.x0 if thang.span.start == match.start("thang") else thang.box.x1 - _THANG * em
    if (
        first.span.end == mark.end() and abs(first.box.x1 - left) < 0.2 * em
    ):  # the engine's box often takes in the pen strokes
        left = first.box.x1
    seen = line.raw[mark.end() : match.start("thang")].strip()
    box = Box(left + 0.02 * em, line.box.top, right - 0.02 * em, line.box.bottom)
    before, after = line.raw[: mark.start()] + "ngày ", " " + line.raw[match.start("thang") :]
    return Blank(index, "day", before, seen, after, _tall(box, em), _sureness(line, mark.end(), match.start("thang")))


def _number(index: int, line: ScanLine, em: float) -> Blank | None:
    head, tail = _NUMBER.match(line.raw), _SUFFIX.search(line.raw)
    if head is None or tail is None or line.box is None or tail.start() < head.end():
        return None
    last = line.words[-1]
    compact = line.raw[tail.start() :].replace(" ", "")
    word = _word_at(line, tail.start())
    symbol = em * sum(_UPRIGHT.get(c, 600) for c in compact) / 1000
    if word is not None and word.span.start == tail.start():
        right = word.box.x0
    elif word is not None and _is_print(word, line.raw[word.span.start : tail.start()], symbol, em):
        return None
    else:
        right = last.box.x1 - symbol
    left = line.words[0].box.x0 + em * (_SO + (0.278 if head["colon"] else 0.0))
    if right - left < 0.3 * em:
        return None
    seen = line.raw[head.end() : tail.start()].strip()
    box = Box(left + 0.04 * em, line.box.top, right, line.box.bottom)
    before = "Số: " if head["colon"] else "Số "
    after = (" " if compact[0] == "/" else "") + line.raw[tail.start() :]
    return Blank(index, "number", before, seen, after, _tall(box, em), _sureness(line, head.end(), tail.start()))


def _is_print(word: Word, digits: str, symbol: float, em: float) -> bool:
    """Whether digits and symbol are one printed word: no gap between them, and as wide as type sets them.

    A blank is wider than what the pen writes in it, so a written number stands apart from its symbol.
    """
    return digits.isdigit() and 0.85 < word.box.width / (symbol + _DIGIT * em * len(digits)) < 1.15


def _tall(box: Box, em: float) -> Box:
    """Room for pen strokes above and below the printed line."""
    middle = (box.top + box.bottom) / 2
    return Box(box.x0, min(box.top, middle - 0.75 * em), box.x1, max(box.bottom, middle + 0.75 * em))


def _word_at(line: ScanLine, at: int) -> Word | None:
    return next((w for w in line.words if w.span.start <= at < w.span.end), None)


def _sureness(line: ScanLine, start: int, end: int) -> float:
    part = Span(start, end)
    return min((1.0 if w.confidence is None else w.confidence for w in line.words if w.span.meets(part)), default=0.0)


def _crop(grey: Pixels, box: Box, scale: float) -> Pixels:
    height, width = grey.shape
    x0, x1 = max(0, round(box.x0 * scale)), min(width, round(box.x1 * scale))
    y0, y1 = max(0, round(box.top * scale)), min(height, round(box.bottom * scale))
    return grey[y0:y1, x0:x1]


def filled(line: ScanLine, blank: Blank, digits: str) -> ScanLine:
    """The line with the blank's text replaced; its words outside the blank keep their boxes."""
    raw = blank.before + digits + blank.after
    grown = len(raw) - len(line.raw)
    old_end = len(line.raw) - len(blank.after.lstrip())
    words: list[Word] = []
    for word in line.words:
        if (
            word.span.end <= min(len(blank.before.rstrip()), old_end)
            and line.raw[: word.span.end] == raw[: word.span.end]
        ):
            words.append(word)
        elif word.span.start >= old_end:
            words.append(replace(word, span=Span(word.span.start + grown, word.span.end + grown)))
    start = len(blank.before)
    if not words or words[0].span.start > 0:
        edge = min(start, words[0].span.start if words else start)
        head = Span(0, len(raw[:edge].rstrip()))
        if len(head) and line.box:
            words.insert(0, Word(head, Box(line.box.x0, line.box.top, blank.box.x0, line.box.bottom), line.confidence))
    if digits:
        words.append(Word(Span(start, start + len(digits)), blank.box, None))
    return replace(line, raw=raw, words=tuple(sorted(words, key=lambda w: w.span.start)))

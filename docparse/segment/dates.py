"""Place and date of issue: a letterhead's date line, or the adoption clause of a law, in; ISO date and place out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docparse.authority import fold, province_of
from docparse.segment.letterhead import Piece
from docparse.segment.paragraphs import Paragraph
from docparse.spans import Span
from docparse.tables import Tables

_DIGITS = str.maketrans("lIOoSBZ", "1100582")
_ADOPTED = re.compile(r"(?:thong qua|ky ban hanh)\s+(?:vao\s+)?ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})")


@dataclass(frozen=True, slots=True)
class Dated:
    """Where and when, as far as printed; `iso` None for a blank or unreadable date."""

    span: Span
    place: str | None
    iso: str | None
    rule: str


def read_date(piece: Piece, tables: Tables, scanned: bool = False) -> Dated | None:
    """The place and date of a date line; a draft's blanks give no date. A place that OCR spoiled is read against the
    closed list of provinces and their capitals."""
    match = tables.rules("letterhead")["date"].pattern.search(fold(piece.text))
    if match is None:
        return None
    place: str | None = None
    if match["place"]:
        place = piece.text[match.start("place") : match.end("place")].strip(" *_.,;-–")
        known = province_of(place)
        if known is not None and scanned and fold(known.name) == fold(place):
            place = known.name
    return Dated(piece.span, place or None, iso_date(match["day"].strip(" .:…_"), match["month"], match["year"]), "date-line")


def iso_date(day: str, month: str, year: str) -> str | None:
    """The ISO date of its printed parts, letters that OCR puts for digits read as digits; None for no such date."""
    parts = [p.translate(_DIGITS) for p in (year, month, day)]
    if not all(p.isdigit() for p in parts):
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2])).isoformat()
    except ValueError:
        return None


def adopted(paras: Sequence[Paragraph]) -> Dated | None:
    """The date in the clause at the end of a law or resolution: `được Quốc hội … thông qua ngày … tháng … năm …`."""
    for paragraph in reversed(paras):
        match = _ADOPTED.search(fold(paragraph.text))
        if match:
            start = paragraph.span.start
            found = iso_date(match[1], match[2], match[3])
            return Dated(Span(start + match.start(), start + match.end()), None, found, "adopted") if found else None
    return None

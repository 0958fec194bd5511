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

_DIGITS = str.maketrans("lI|OoØSBZ", "111000582")
_ADOPTED = re.compile(r"(?:thong qua|ky ban hanh)\s+(?:vao\s+)?ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})")


@dataclass(frozen=True, slots=True)
class Dated:
    """Where and when, as far as printed; `iso` None for a blank or unreadable date."""

    span: Span
    place: str | None
    iso: str | None
    rule: str
    inferred: bool = False


def read_date(piece: Piece, tables: Tables, scanned: bool = False, signed: str | None = None) -> Dated | None:
    """The place and date of a date line; a draft's blanks give no date. A place that OCR spoiled is read against the
    closed list of provinces and their capitals.

    In a scan the day is handwritten: it counts when both its digits are read (NĐ 30 Annex I wants two), or when the one
    digit that is read agrees with the day of the e-signature of that month (`signed`, ISO 8601), and then as inferred.
    """
    match = tables.rules("letterhead")["date"].pattern.search(fold(piece.text))
    if match is None:
        return None
    place: str | None = None
    if match["place"]:
        place = piece.text[match.start("place") : match.end("place")].strip(" *_.,;-–")
        known = province_of(place)
        if known is not None and scanned and fold(known.name) == fold(place):
            place = known.name
    day = match["day"].strip(" .:…_")
    iso = iso_date(day, match["month"], match["year"])
    if scanned and (iso is None or len(day) < 2):
        month = iso_date("01", match["month"], match["year"])
        agreed = signed is not None and month is not None and signed[:7] == month[:7] and _agrees(day, signed[8:10])
        return Dated(piece.span, place or None, signed[:10] if agreed and signed else None, "date-line", agreed)
    return Dated(piece.span, place or None, iso, "date-line")


def _agrees(day: str, signed: str) -> bool:
    """Whether two characters of which at least one is a digit could be this day."""
    bare = re.sub(r"^[/\\]", "", day) if len(day) == 3 else day
    if len(bare) != 2 or not any(c.isdigit() for c in bare):
        return False
    return all(c == s or not c.isalnum() for c, s in zip(bare, signed, strict=False))


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

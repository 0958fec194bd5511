"""What the file says of a blank filled by hand: a scan with unsure blanks in, those that evidence settles filled out.

A reading of the pen strokes too unsure to stand alone is believed where something independent of it agrees: the day of
an e-signature of the same month and year for the day (nobody else dates the paper), the file's name for the number.
Evidence alone fills nothing. What was filled so is said in a note of its own in the place of the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from docparse.model import Note, Scan, ScanLine, ScanPage
from docparse.read.blanks import Blank, filled
from docparse.spans import Box

_DAY = re.compile(r"(?<=ngày )(?= tháng (\d{1,2}) năm (\d{4}))")
_NUMBER = re.compile(r"(?<=^Số: )(?=\s?[/-])|(?<=^Số )(?=\s?[/-])")
_YEAR = re.compile(r"(?:19|20)\d\d")


def weighed(scan: Scan) -> Scan:
    """The scan with its first page's unsure blanks filled where the evidence agrees with what was read."""
    pages = list(scan.pages)
    notes: list[Note] = []
    for note in scan.notes:
        found = None
        if note.code in ("unread_day", "unread_number") and note.page is not None and note.box is not None:
            at = next((i for i, p in enumerate(pages) if p.number == note.page), None)
            if at is not None:
                found = _settled(scan, pages[at], note, note.box)
                if found is not None:
                    pages[at] = found[0]
        notes.append(found[1] if found is not None else note)
    return replace(scan, pages=tuple(pages), notes=tuple(notes))


def _settled(scan: Scan, page: ScanPage, note: Note, box: Box) -> tuple[ScanPage, Note] | None:
    what = note.code.removeprefix("unread_")
    for index, line in enumerate(page.lines):
        gap = (_DAY if what == "day" else _NUMBER).search(line.raw)
        if gap is None or line.box is None or not (line.box.top < box.bottom and box.top < line.box.bottom):
            continue
        digits, why = _day(scan, note, gap) if what == "day" else _number(scan, note)
        if digits is None:
            return None
        lines = list(page.lines)
        lines[index] = _put(line, what, gap.start(), digits, box, index)
        said = f"the handwritten {what} {digits} is unsure and was taken because {why}; look at page {page.number}"
        return replace(page, lines=tuple(lines)), Note(f"inferred_{what}", said, page.number, box)
    return None


def _day(scan: Scan, note: Note, gap: re.Match[str]) -> tuple[str | None, str]:
    month = f"{gap[2]}-{int(gap[1]):02}"
    for signature in scan.signatures:
        time = signature.time or ""
        if time[:7] == month and any(int(d) == int(time[8:10]) for d in _digits(note)):
            return time[8:10], f"the file was signed on {time[:10]}"
    return None, ""


def _number(scan: Scan, note: Note) -> tuple[str | None, str]:
    named = {d for d in re.findall(r"\d+", PurePath(scan.source.path).stem) if len(d) <= 4 and not _YEAR.fullmatch(d)}
    fits = {d for d in named if _agrees(d, _digits(note))}
    return (fits.pop(), "the file's name has it") if len(fits) == 1 else (None, "")


def _digits(note: Note) -> list[str]:
    return [s for s in note.seen if s.isascii() and s.isdigit()]


def _agrees(number: str, seen: Sequence[str]) -> bool:
    """Whether one reading is this number, or two readings of three digits and more miss one digit of it each."""
    if any(int(s) == int(number) for s in seen):
        return len(number) > 1
    near = [s for s in seen if len(s) == len(number) and sum(a != b for a, b in zip(s, number, strict=True)) == 1]
    return len(number) >= 3 and len(near) >= 2


def _put(line: ScanLine, what: str, at: int, digits: str, box: Box, index: int) -> ScanLine:
    return filled(line, Blank(index, what, line.raw[:at], "", line.raw[at:], box, 0.0), digits)

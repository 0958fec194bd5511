"""Blanks filled by hand: what the file says of them counts where the strokes agree, and never alone."""

from __future__ import annotations

import pytest

from docparse.model import DigitalSignature, Note, Scan, ScanLine, ScanPage, Source, Word
from docparse.read.evidence import weighed
from docparse.spans import Box, Span


def a_scan(path: str, line: str, note: Note, signed: str | None = None) -> Scan:
    words = (Word(Span(0, 2), Box(100, 100, 110, 114), 0.9),)
    page = ScanPage(1, 595, 842, "ocr", (ScanLine(line, Box(100, 100, 400, 114), words),))
    signatures = (DigitalSignature("Ông A", None, signed),) if signed else ()
    return Scan(Source(path, "0", "application/pdf", 1), (page,), signatures, (note,))


def unread(what: str, *seen: str) -> Note:
    return Note(f"unread_{what}", "not sure", 1, Box(130, 98, 150, 116), seen)


@pytest.mark.parametrize(
    ("name", "seen", "signed", "filled"),
    [
        ("the day of the signature", ("2", "27"), "2021-12-27T17:00:00+07:00", "27"),
        ("a single digit", ("7", "l"), "2021-12-07T17:00:00+07:00", "07"),
        ("another day", ("2", "21"), "2021-12-27T17:00:00+07:00", None),
        ("another month", ("27",), "2021-11-27T17:00:00+07:00", None),
        ("no signature", ("27",), None, None),
        ("nothing was read", (), "2021-12-27T17:00:00+07:00", None),
    ],
)
def test_a_day_needs_strokes_and_signature(
    name: str, seen: tuple[str, ...], signed: str | None, filled: str | None
) -> None:
    done = weighed(a_scan("x.pdf", "Hà An, ngày  tháng 12 năm 2021", unread("day", *seen), signed))
    assert done.pages[0].lines[0].raw == f"Hà An, ngày {filled or ''} tháng 12 năm 2021", name
    assert [n.code for n in done.notes] == ["inferred_day" if filled else "unread_day"]
    assert done.notes[0].box is not None


@pytest.mark.parametrize(
    ("name", "path", "seen", "filled"),
    [
        ("one reading agrees", "scan/CV_418_2023.pdf", ("478", "418"), "418"),
        ("two readings miss a digit each", "cv-418-ha-an-2023.pdf", ("118", "448"), "418"),
        ("one reading misses a digit", "cv-418.pdf", ("118",), None),
        ("the year is no number", "cv-2023.pdf", ("2023",), None),
        ("two numbers fit", "cv-418-448.pdf", ("418", "448"), None),
        ("no figure in the name", "scan.pdf", ("418",), None),
        ("another number", "cv-77.pdf", ("418", "448"), None),
    ],
)
def test_a_number_needs_strokes_and_the_files_name(
    name: str, path: str, seen: tuple[str, ...], filled: str | None
) -> None:
    done = weighed(a_scan(path, "Số: /UBND-VX", unread("number", *seen)))
    assert done.pages[0].lines[0].raw == f"Số: {filled or ''}/UBND-VX", name
    assert [n.code for n in done.notes] == ["inferred_number" if filled else "unread_number"]


def test_other_warnings_stay() -> None:
    scan = a_scan("x.pdf", "Số: /UBND-VX", Note("unreadable_page", "…", 1))
    assert weighed(scan) == scan

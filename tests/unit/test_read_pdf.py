"""The text layer of PDFs: lines, columns, rotation, widgets, rules; and when a layer is not trusted."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from docparse.model import ScanPage, Source
from docparse.read.ocr import Engine, ScriptedEngine, Seen
from docparse.read.pdf import read_pdf
from docparse.read.signatures import iso_time
from docparse.settings import Settings


def a_sheet() -> tuple[canvas.Canvas, io.BytesIO]:
    out = io.BytesIO()
    return canvas.Canvas(out, pagesize=A4), out


def pages_of(sheet: canvas.Canvas, out: io.BytesIO, engine: Engine | None = None) -> tuple[ScanPage, ...]:
    sheet.save()
    source = Source("x.pdf", "", "application/pdf", 0)
    return read_pdf(out.getvalue(), source, Settings(), lambda: engine or ScriptedEngine([])).pages


def test_two_columns_on_one_baseline_are_two_lines() -> None:
    sheet, out = a_sheet()
    sheet.drawString(72, 780, "BAN TO CHUC")
    sheet.drawString(320, 780, "CONG HOA XA HOI")
    sheet.drawString(72, 750, "Kinh gui cac ban")
    (page,) = pages_of(sheet, out)
    assert [line.raw for line in page.lines] == ["BAN TO CHUC", "CONG HOA XA HOI", "Kinh gui cac ban"]
    box = page.lines[0].box
    assert box is not None
    assert box.x0 == pytest.approx(72, abs=1)
    assert box.top < 842 - 780 < box.bottom


@pytest.mark.parametrize(("turn", "x", "y"), [(90, 500, 100), (180, 495, 500), (270, 95, 742)])
def test_a_rotated_pages_boxes_are_where_the_page_shows_them(turn: int, x: float, y: float) -> None:
    sheet, out = a_sheet()
    sheet.setPageRotation(turn)
    sheet.translate(100, 500)
    sheet.rotate(turn)  # so that the text stands upright on the turned page
    sheet.drawString(0, 0, "quy dinh")
    (page,) = pages_of(sheet, out)
    assert (page.rotation, [n.raw for n in page.lines]) == (turn, ["quy dinh"])
    box = page.lines[0].box
    assert box is not None
    assert box.x0 == pytest.approx(x, abs=2)
    assert box.top < y < box.bottom


def test_fonts_tell_bold_and_italic() -> None:
    sheet, out = a_sheet()
    for at, name in enumerate(("Times-Roman", "Times-Bold", "Times-Italic")):
        sheet.setFont(name, 14)
        sheet.drawString(72, 780 - 30 * at, "quy dinh")
    (page,) = pages_of(sheet, out)
    assert [(n.font.bold, n.font.italic) for n in page.lines if n.font] == [
        (False, False),
        (True, False),
        (False, True),
    ]


def test_doubled_print_is_read_once() -> None:
    sheet, out = a_sheet()
    sheet.drawString(72, 780, "THONG BAO")
    sheet.drawString(72.4, 780, "THONG BAO")
    (page,) = pages_of(sheet, out)
    assert [line.raw for line in page.lines] == ["THONG BAO"]


def test_a_form_field_fills_its_blank() -> None:
    sheet, out = a_sheet()
    sheet.setFont("Helvetica", 12)
    sheet.drawString(72, 780, "So:")
    sheet.drawString(125, 780, "/BC-UBND")
    sheet.acroForm.textfield(name="n", x=92, y=776, width=30, height=16, value="27", fontSize=12, borderWidth=0)
    (page,) = pages_of(sheet, out)
    assert [line.raw for line in page.lines] == ["So: 27 /BC-UBND"]


def test_ruled_tables_give_cells_and_a_rule_under_the_title_none() -> None:
    sheet, out = a_sheet()
    sheet.line(72, 800, 200, 800)
    sheet.drawString(72, 805, "THONG BAO")
    sheet.showPage()
    sheet.grid([72, 200, 400], [600, 640, 680])
    for at, word in enumerate(("mot", "hai", "ba", "nam")):
        sheet.drawString(80 + 130 * (at % 2), 655 - 40 * (at // 2), word)
    first, second = pages_of(sheet, out)
    assert [line.cell for line in first.lines] == [None]
    assert [(n.raw, n.cell.row, n.cell.column) for n in second.lines if n.cell] == [
        ("mot", 0, 0),
        ("hai", 0, 1),
        ("ba", 1, 0),
        ("nam", 1, 1),
    ]


def test_an_empty_page_is_blank_and_needs_no_engine() -> None:
    sheet, out = a_sheet()
    sheet.showPage()
    (page,) = pages_of(sheet, out)
    assert page.method == "blank"


def test_a_garbage_layer_goes_to_ocr() -> None:
    sheet, out = a_sheet()
    for at in range(30):
        sheet.drawString(72, 780 - 20 * at, "xqkz wvbrt pltkj zzfgh qwrtp xkcdv bnmkl")
    words = ["Ủy", "ban", "nhân", "dân", "tỉnh", "báo", "cáo"]
    seen = [Seen(w, 100.0 + 90 * i, 200, 180.0 + 90 * i, 230, 226, 30, 0.95, 0) for i, w in enumerate(words)]
    (page,) = pages_of(sheet, out, ScriptedEngine([seen]))
    assert (page.method, page.lines[0].raw) == ("ocr", " ".join(words))


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        pytest.param("D:20250108173049+07'00'", "2025-01-08T17:30:49+07:00", id="whole"),
        pytest.param("D:20250108173049Z", "2025-01-08T17:30:49+00:00", id="universal time"),
        pytest.param("D:20250108", "2025-01-08", id="day alone"),
        pytest.param("yesterday", None, id="no time"),
    ],
)
def test_times_of_signatures(stated: str, iso: str | None) -> None:
    assert iso_time(stated) == iso

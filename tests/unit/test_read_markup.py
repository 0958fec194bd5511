"""Text and HTML files: encodings, blocks, tables, what is not text."""

from __future__ import annotations

import codecs
import unicodedata

import pytest

from docparse.errors import DamagedFile
from docparse.model import Cell, Scan, Source
from docparse.read.decoding import decoded
from docparse.read.markup import read_html, read_text

SAMPLE = "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành thực hiện Chỉ thị này từ ngày ký."


def html(body: str) -> Scan:
    return read_html(f"<html><body>{body}</body></html>".encode(), Source("x.html", "0", "text/html", 0))


def raws(scan: Scan) -> list[str]:
    return [line.raw for line in scan.pages[0].lines]


@pytest.mark.parametrize(
    "data",
    [
        SAMPLE.encode(),
        codecs.BOM_UTF8 + SAMPLE.encode(),
        SAMPLE.encode("utf-16"),
        SAMPLE.encode("utf-16-le"),
        SAMPLE.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + SAMPLE.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16-le bare", "utf-16-be bare", "utf-16-be"],
)
def test_unicode_encodings(data: bytes) -> None:
    assert decoded(data) == SAMPLE


def test_windows_1258() -> None:
    plain = "Ngày hôm nay các sở, ngành và địa phương thực hiện đúng quy định của pháp luật. " * 4
    pieces = []
    for letter in plain:
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, *marks = list(unicodedata.normalize("NFD", letter))
            if len(marks) == 2:  # the code page has vowels with their shape, tones apart
                shape = next(m for m in marks if m in "\u0302\u0306\u031b")
                tone = next(m for m in marks if m != shape)
                pieces.append(unicodedata.normalize("NFC", base + shape).encode("cp1258") + tone.encode("cp1258"))
            else:
                pieces.append((base + marks[0]).encode("cp1258"))
    assert unicodedata.normalize("NFC", decoded(b"".join(pieces))) == plain


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    assert decoded(SAMPLE.encode() + b"\xff\xfe" + SAMPLE.encode()).startswith(SAMPLE)


def test_legacy_bytes_stay_letters_of_their_font() -> None:
    assert decoded("Céng hßa x· héi chñ nghÜa ViÖt Nam".encode("latin-1")).startswith("Céng hßa x· héi")


def test_blocks_breaks_and_inline_elements() -> None:
    scan = html(
        "<p>Số: <b>12</b>/<span>QĐ</span>-<span>UBND</span></p>"
        "<div>một<br>hai &amp; ba</div><script>x()</script><p> </p>"
    )
    assert raws(scan) == ["Số: 12/QĐ-UBND", "một", "hai & ba"]


def test_fonts_of_lines() -> None:
    first, second = html("<p><b>ĐẬM</b></p><p style='font-style:italic;font-size:14pt'>nghiêng</p>").pages[0].lines
    assert first.font is not None
    assert (first.font.bold, first.font.italic) == (True, False)
    assert second.font is not None
    assert (second.font.italic, second.font.size) == (True, 14)


def test_layout_tables_become_columns_data_tables_keep_cells() -> None:
    scan = html(
        "<table><tr><td>UBND TỈNH MẪU<br>SỞ NỘI VỤ</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr>"
        "<tr><td>Số: 1/QĐ-SNV</td><td>Mẫu, ngày 01 tháng 02 năm 2023</td></tr></table>"
        "<table><tr><th>STT</th><th>Việc</th></tr><tr><td>1</td><td>Rà soát<p>Báo cáo</p></td></tr></table>"
    )
    lines = scan.pages[0].lines
    assert [n.raw for n in lines[:5]] == [
        "UBND TỈNH MẪU",
        "SỞ NỘI VỤ",
        "Số: 1/QĐ-SNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Mẫu, ngày 01 tháng 02 năm 2023",
    ]
    assert [(n.raw, n.cell) for n in lines[5:]] == [
        ("STT", Cell(1, 0, 0)),
        ("Việc", Cell(1, 0, 1)),
        ("1", Cell(1, 1, 0)),
        ("Rà soát", Cell(1, 1, 1)),
        ("Báo cáo", Cell(1, 1, 1)),
    ]


def test_spans_of_cells_are_counted() -> None:
    scan = html("<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
    assert [(n.raw, n.cell) for n in scan.pages[0].lines] == [
        ("a", Cell(0, 0, 0)),
        ("b", Cell(0, 0, 1)),
        ("c", Cell(0, 1, 1)),
        ("d", Cell(0, 1, 2)),
    ]


def test_deep_nesting_and_broken_html_are_read() -> None:
    assert raws(html("<div>" * 200 + "sâu")) == ["sâu"]
    assert raws(read_html(b"<p>m\xe1<table><td>x", Source("x", "0", "text/html", 0)))[-1] == "x"
    with pytest.raises(DamagedFile):
        read_html(b"", Source("x", "0", "text/html", 0))


def test_rows_of_text_tables_keep_cells() -> None:
    text = "Mở đầu\nTT\tViệc\tHạn\n1\tRà soát\t2024\n| A | B |\n|---|---|\n| 1 | 2 |\nHết"
    lines = read_text(text.encode(), Source("x", "0", "text/plain", 0)).pages[0].lines
    assert [(n.raw, n.cell) for n in lines if n.cell][:4] == [
        ("TT", Cell(0, 0, 0)),
        ("Việc", Cell(0, 0, 1)),
        ("Hạn", Cell(0, 0, 2)),
        ("1", Cell(0, 1, 0)),
    ]
    assert lines[-1].raw == "Hết"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>Sở Nội vụ</li><li>Sở Y tế</li></ol>", ["1. Sở Nội vụ", "2. Sở Y tế"]),
        ("<ol start='3' type='a'><li>Rà soát</li><li>Báo cáo</li></ol>", ["c) Rà soát", "d) Báo cáo"]),
        ("<ol><li>1. Sở Nội vụ</li></ol>", ["1. Sở Nội vụ"]),  # its own label, which the style hides or repeats
        ("<ol style='list-style-type:none'><li>Sở Nội vụ</li></ol>", ["Sở Nội vụ"]),
        ("<ol type='I'><li>Mục tiêu<ol><li>Chung</li></ol></li></ol>", ["I. Mục tiêu", "1. Chung"]),
    ],
    ids=["numbers", "letters from a start", "labelled", "hidden", "nested"],
)
def test_items_of_numbered_lists_keep_their_labels(body: str, expected: list[str]) -> None:
    assert raws(html(body)) == expected

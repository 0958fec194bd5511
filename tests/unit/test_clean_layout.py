"""Reading order, paragraphs, footnotes and furniture of pages whose lines have places."""

from __future__ import annotations

from docparse.clean import clean
from docparse.model import Cell, Document, Font, Scan, ScanLine, ScanPage, Source, Word
from docparse.spans import Box, Span

L, R = 85.0, 538.0
FULL = "các cơ quan, đơn vị có liên quan tổ chức thực hiện nghiêm túc các nội dung"


def line(
    text: str, x0: float, top: float, x1: float | None = None, size: float = 13.0, cell: Cell | None = None
) -> ScanLine:
    """A printed line whose words share its width by their letters."""
    x1 = x0 + 6.0 * len(text) if x1 is None else x1
    step = (x1 - x0) / max(1, len(text))
    words, at = [], 0
    for part in text.split(" "):
        words.append(Word(Span(at, at + len(part)), Box(x0 + at * step, top, x0 + (at + len(part)) * step, top + size)))
        at += len(part) + 1
    return ScanLine(text, Box(x0, top, x1, top + size), tuple(words), Font(size), cell=cell)


def paragraph(words: str, top: float, count: int, end: float = 300.0) -> list[ScanLine]:
    """`count` lines of one indented paragraph, the last short."""
    lines = [line(f"{words} {FULL}", L + 36, top, R)]
    for n in range(1, count):
        lines.append(
            line("và báo cáo kết quả." if n == count - 1 else FULL, L, top + 16 * n, end if n == count - 1 else R)
        )
    return lines


def document(*pages: list[ScanLine], method: str = "text") -> Document:
    scans = tuple(
        ScanPage(i + 1, 595.0, 842.0, "ocr" if method == "ocr" else "text", tuple(p)) for i, p in enumerate(pages)
    )
    return clean(Scan(Source("x.pdf", "0", "application/pdf", 0), scans))


HEADER = [
    line("ỦY BAN NHÂN DÂN", 100, 60, 220),
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 255, 60, 530),
    line("TỈNH MẪU", 120, 76, 200),
    line("Độc lập - Tự do - Hạnh phúc", 300, 76, 480),
    line("Số: 15/CT-UBND", 105, 105, 215),
    line("Mẫu, ngày 02 tháng 3 năm 2022", 290, 105, 500),
    line("CHỈ THỊ", 285, 145, 338),
    line("Về việc tăng cường công tác văn thư, lưu trữ trên địa bàn", 130, 160, 493),
]


def test_letterhead_is_read_left_then_right_and_title_lines_stay_apart() -> None:
    doc = document([*HEADER, *paragraph("Thời gian qua,", 200, 3)])
    assert doc.text.split("\n")[:8] == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH MẪU",
        "Số: 15/CT-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mẫu, ngày 02 tháng 3 năm 2022",
        "CHỈ THỊ",
        "Về việc tăng cường công tác văn thư, lưu trữ trên địa bàn",
    ]
    assert [n.column for n in doc.lines[:8]] == ["left"] * 3 + ["right"] * 3 + [None] * 2


def test_paragraphs_by_indent_and_across_a_page_break_without_its_number() -> None:
    first = [*paragraph("1. Sở A:", 100, 4), *paragraph("2. Sở B:", 200, 3)[:2]]
    second = [line("2", 305, 40, 311), *[line("và báo cáo kết quả.", L, 70, 300)], *paragraph("3. Sở C:", 90, 4)]
    doc = document(first, second)
    starts = [p[:8] for p in doc.text.split("\n")]
    assert starts == ["1. Sở A:", "2. Sở B:", "3. Sở C:"]
    assert doc.text.split("\n")[1].endswith(f"{FULL} và báo cáo kết quả.")
    assert [n.role for n in doc.lines if n.raw == "2"] == ["running"]
    assert doc.pages[0].span.end == doc.pages[1].span.start == doc.text.index("và báo cáo kết quả.\n3.")


def test_spaced_paragraphs_without_indents() -> None:
    lines, top = [], 80.0
    for label in ("a) Một", "b) Hai", "c) Ba", "d) Bốn"):
        lines += [line(f"{label} {FULL}", L, top, R), line(FULL, L, top + 14, R), line("là xong.", L, top + 28, 140)]
        top += 56
    assert [p[:5] for p in document(lines).text.split("\n")] == ["a) Mộ", "b) Ha", "c) Ba", "d) Bố"]


def test_closing_is_read_left_then_right_with_wrapped_items_joined() -> None:
    body = paragraph("1. Sở A:", 100, 4)
    closing = [
        line("TM. ỦY BAN NHÂN DÂN", 360, 290, 500),
        line("Nơi nhận:", L, 300, 140, 11),
        line("CHỦ TỊCH", 400, 306, 460),
        line("- Các Sở: Tài chính, Kế hoạch và Đầu tư,", L, 316, 290, 11),
        line("Xây dựng;", L + 6, 330, 150, 11),
        line("- Lưu: VT.", L, 344, 150, 11),
        line("Trần Mẫu Văn", 390, 400, 470),
    ]
    assert document([*body, *closing]).text.split("\n")[1:] == [
        "Nơi nhận:",
        "- Các Sở: Tài chính, Kế hoạch và Đầu tư, Xây dựng;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Mẫu Văn",
    ]


def test_footnotes_stand_before_the_paragraph_that_runs_on_and_marks_are_cut() -> None:
    marked = line("1. Sở A", L + 36, 100, R)
    raw = "1. Theo nghị quyết khóa XII1 của Trung ương, " + FULL
    base = line(raw.replace("XII1", "XII "), L + 36, 100, R)
    at = raw.index("XII1") + 3
    words = []
    for word in base.words:
        words.append(word)
        if raw[word.span.start : word.span.end] == "XII":
            box = word.box
            words.append(Word(Span(at, at + 1), Box(box.x1, box.top - 2, box.x1 + 3, box.top + 6)))
    marked = ScanLine(raw, base.box, tuple(words), base.font)
    lines = [marked, *[line(FULL, L, 116 + 16 * n, R) for n in range(10)]]
    notes = [line("1 Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Trung ương.", L, 760, 400, 9.0)]
    doc = document([*lines, *notes], [line("và hết.", L, 80, 140), *paragraph("2. Sở B:", 100, 4)])
    first, second, third = doc.text.split("\n")
    assert first.startswith("1 Nghị quyết số 18-NQ/TW")
    assert "khóa XII của Trung ương" in second
    assert second.endswith("và hết.")
    assert third.startswith("2. Sở B:")
    assert [n.role for n in doc.lines if n.raw.startswith("1 Nghị")] == ["footnote"]


def test_stamps_above_the_letterhead_leave_the_text() -> None:
    stamp = [line("TRUNG TÂM CÔNG BÁO", 380, 10, 460, 7.0), line("Ký bởi: Sở Mẫu", 480, 12, 560, 6.0)]
    doc = document([*stamp, *HEADER, *paragraph("Thời gian qua,", 200, 12)])
    assert doc.text.startswith("ỦY BAN NHÂN DÂN")
    assert [n.role for n in doc.lines[:2]] == ["stamp", "esign"]


def test_running_heads_are_found_by_repetition() -> None:
    pages = [
        [line(f"Quy chế làm việc trang {n}", 200, 30, 380, 10.0), *paragraph(f"{n}. Sở", 100, 4)] for n in range(1, 5)
    ]
    assert "Quy chế làm việc" not in document(*pages).text


def test_specks_of_ocr_are_noise() -> None:
    speck = ScanLine("‡", Box(300, 500, 304, 504), (Word(Span(0, 1), Box(300, 500, 304, 504), 0.2),), Font(5.0), 0.2)
    doc = document([*paragraph("1. Sở A:", 100, 4), speck], method="ocr")
    assert "‡" not in doc.text
    assert doc.lines[-1].role == "noise"


def test_tables_go_row_by_row_between_their_paragraphs() -> None:
    cells = [
        line("Tên việc", 250, 200, 300, cell=Cell(0, 0, 1)),
        line("Số", 100, 200, 115, cell=Cell(0, 0, 0)),
        line("Rà soát", 250, 220, 300, cell=Cell(0, 1, 1)),
        line("1", 100, 220, 106, cell=Cell(0, 1, 0)),
    ]
    doc = document([*paragraph("I. Việc:", 100, 4), *cells, *paragraph("II. Sau:", 300, 4)])
    assert doc.text.split("\n")[1:5] == ["Số", "Tên việc", "1", "Rà soát"]


def test_words_of_a_rewritten_line_keep_their_places() -> None:
    doc = document([line("1. Uỷ ban nhân dân  tỉnh hoà giải", L, 100, 300)])
    (only,) = doc.lines
    assert [doc.text[w.span.start : w.span.end] for w in only.words] == [
        "1.",
        "Ủy",
        "ban",
        "nhân",
        "dân",
        "tỉnh",
        "hòa",
        "giải",
    ]

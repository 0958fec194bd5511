"""Specks at the ends of scanned lines, stamps over the margin and the text, and what else stands around the text."""

from __future__ import annotations

import pytest

from docparse import pipeline
from docparse.clean import clean
from docparse.model import Document, Font, Scan, ScanLine, ScanPage, Source, Word
from docparse.spans import Box, Span

L, R = 85.0, 538.0
FULL = "các cơ quan, đơn vị có liên quan tổ chức thực hiện nghiêm túc các nội dung"


def seen(
    text: str, x0: float, top: float, x1: float | None = None, low: dict[str, tuple[float, float]] | None = None
) -> ScanLine:
    """A line as OCR gives it; `low` holds words with their height in points and confidence, the others are sure."""
    x1 = x0 + 6.0 * len(text) if x1 is None else x1
    step = (x1 - x0) / max(1, len(text))
    words, at = [], 0
    for part in text.split(" "):
        high, sure = (low or {}).get(part, (12.0, 0.96))
        box = Box(x0 + at * step, top, x0 + (at + len(part)) * step, top + high)
        words.append(Word(Span(at, at + len(part)), box, sure))
        at += len(part) + 1
    return ScanLine(text, Box(x0, top, x1, top + 12), tuple(words), Font(13.0), 0.95)


def scanned(*lines: ScanLine, method: str = "ocr") -> Document:
    page = ScanPage(1, 595.0, 842.0, "ocr" if method == "ocr" else "text", lines)
    return clean(Scan(Source("x.pdf", "0", "application/pdf", 0), (page,)))


def body(top: float, count: int = 6) -> list[ScanLine]:
    return [seen(FULL, L, top + 16 * n, R) for n in range(count)]


@pytest.mark.parametrize(
    ("raw", "low", "expected"),
    [
        ("____ Căn cứ Luật Tài nguyên nước", {}, "____ Căn cứ Luật Tài nguyên nước"),
        ("' các dân tộc trên địa bàn", {}, "các dân tộc trên địa bàn"),
        ("'`V/v báo cáo kết quả", {}, "V/v báo cáo kết quả"),
        ("- Như trên; _-", {"_-": (1.0, 0.3)}, "- Như trên;"),
        ("- Như trên; ˆ", {}, "- Như trên;"),
        ("- Như trên; s", {"s": (3.0, 0.3)}, "- Như trên;"),
        ("- Như trên; s", {"s": (9.0, 0.9)}, "- Như trên; s"),
        (":- Các tổ dân phố", {}, "- Các tổ dân phố"),
        ("KT. GIÁM ĐỐC .", {}, "KT. GIÁM ĐỐC"),
        ("theo đúng quy định .", {}, "theo đúng quy định ."),
        ("phát triển kinh tế -", {}, "phát triển kinh tế -"),
        ("... năm 2025 và các năm sau", {}, "... năm 2025 và các năm sau"),
        ("a) Sở Nội vụ chủ trì", {}, "a) Sở Nội vụ chủ trì"),
        ("'Sở' và 'ngành'", {}, "'Sở' và 'ngành'"),
    ],
)
def test_specks_at_the_ends_of_lines(raw: str, low: dict[str, tuple[float, float]], expected: str) -> None:
    doc = scanned(seen(raw, L, 300, low=low), *body(340))
    assert doc.text.split("\n")[0].replace("____ ", "") == expected.replace("____ ", "")
    assert doc.lines[0].raw == raw
    for word in doc.lines[0].words:
        assert doc.text[word.span.start : word.span.end] in raw


def test_a_text_layer_keeps_its_marks() -> None:
    assert scanned(seen("' các dân tộc", L, 300), *body(340), method="text").text.startswith("' các dân tộc")


@pytest.mark.parametrize("dash", ["¬", "~", "=", "_"])
def test_misread_dashes_part_recipients(dash: str) -> None:
    closing = [
        seen("Nơi nhận:", 85, 500),
        seen("TM. ỦY BAN NHÂN DÂN", 330, 500, 500),
        seen("- Như trên;", 85, 515),
        seen("CHỦ TỊCH", 380, 515, 450),
        seen(f"{dash} Sở Mẫu", 85, 530),
        seen("- Lưu: VT.", 85, 545),
        seen("Trần Văn Thử", 370, 600, 460),
    ]
    record = pipeline.annotate(scanned(*body(300), *closing)).record()
    assert [r.text for r in record.recipients] == ["Như trên", "Sở Mẫu", "Lưu: VT"]


def test_an_arrival_stamp_over_the_margin_leaves_the_lines_it_covers() -> None:
    first, second, third = (
        "CV | Số: 27a x!t qua, các cấp, các ngành đã có nhiều cố gắng trong công tác",
        "ĐẾN | Ngây: tà quản lý nhà nước về cải cách thủ tục hành chính và văn thư",
        "chuyển biến tích cực trong việc cải thiện môi trường đầu tư kinh doanh cả năm",
    )
    bad = dict.fromkeys(("27a", "x!t", "Ngây:", "tà", "Số:"), (12.0, 0.3))
    doc = scanned(
        seen("TRUNG TÂM VĂN THƯ", 2, 180, 140),
        seen(first, 7, 200, R, bad),
        seen(second, 2, 216, R, bad),
        seen(third, L, 232, R),
        *body(248),
    )
    assert all(w in doc.text for w in ("qua, các cấp", "quản lý nhà nước", "chuyển biến tích cực"))
    assert not any(w in doc.text for w in ("CV", "27a", "ĐẾN", "Ngây", "TRUNG TÂM"))
    assert {n.role for n in doc.lines if n.raw in (first, second)} == {"stamp", "body"}


def test_a_stamp_of_its_own_lines_is_told_by_its_fields() -> None:
    stamp = [seen("ĐẾN", 95, 150, 125), seen("Số: 1234", 130, 140), seen("Ngày: 05/6", 130, 165)]
    doc = scanned(seen("Số: 15/CT-UBND", 95, 110), *stamp, *body(240))
    assert {n.raw for n in doc.lines if n.role == "stamp"} == {"ĐẾN", "Số: 1234", "Ngày: 05/6"}
    assert "Số: 15/CT-UBND" in doc.text


def test_capitals_of_a_title_are_no_stamp() -> None:
    doc = scanned(seen("CHƯƠNG TRÌNH MẪU ĐẾN NĂM 2030", 150, 150), *body(240))
    assert "ĐẾN NĂM 2030" in doc.text


HEAD = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LÂM ĐỒNG\tĐộc lập - Tự do - Hạnh phúc
Số: 19/CT-UBND\tLâm Đồng, ngày 12 tháng 5 năm 2023
"""
REST = """
CHỈ THỊ
Về việc tăng cường quản lý giếng khoan

Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Tài chính rà soát giếng khoan.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT, NC.
"""


def text_document(text: str) -> pipeline.Parsed:
    lines = tuple(ScanLine(n) for n in text.splitlines())
    source = Source("-", "0", "text/plain", 0)
    return pipeline.annotate(clean(Scan(source, (ScanPage(1, 0, 0, "markup", lines),))))


@pytest.mark.parametrize(("mark", "key"), [("HỎA TỐC", "urgency"), ("TỐI MẬT", "secrecy"), ("THƯỢNG KHẨN", "urgency")])
def test_marks_leave_the_text_and_reach_the_header(mark: str, key: str) -> None:
    doc = text_document(f"{HEAD}{mark}\n{REST}")
    assert mark not in doc.record().text.split("\n")
    assert getattr(doc.record().header, key) == mark


def test_a_copy_s_block_is_not_the_document_s() -> None:
    copy = "CHỦ TỊCH\nTrần Văn Thử\n\nSAO Y\nSố: 12/SY-VP\nMẫu, ngày 20 tháng 6 năm 2024\nNơi nhận:\n- Sở Khác.\n"
    record = text_document(HEAD + REST + copy).record()
    assert record.header is not None
    assert (record.header.number, record.header.date) == ("19/CT-UBND", "2023-05-12")
    assert [r.text for r in record.recipients] == ["Các sở, ban, ngành", "Lưu: VT, NC"]


def test_a_typist_s_mark_is_no_recipient() -> None:
    assert "TVT.450" not in text_document(f"{HEAD}{REST}TVT.450\n").record().text

"""Zones and kind: where header, body, closing and annexes lie, and what is no official paper."""

from __future__ import annotations

from itertools import pairwise

from docparse.model import DigitalSignature, Document, Line, Page, Source, Zone
from docparse.segment.zones import mark_zones
from docparse.spans import Span
from docparse.tables import Tables


def a_document(text: str, scanned: bool = False, signatures: tuple[DigitalSignature, ...] = ()) -> Document:
    """The smallest document with this text, a line for each paragraph."""
    lines, at = [], 0
    for part in text.split("\n"):
        lines.append(Line(Span(at, at + len(part)), part, 1))
        at += len(part) + 1
    page = Page(1, 0.0, 0.0, Span(0, len(text)), "ocr" if scanned else "markup")
    return Document(Source("-", "0" * 64, "text/plain", 0), text, (page,), tuple(lines), signatures)


def zones(text: str) -> list[tuple[str, str, str]]:
    """Name, first line and last line of each zone."""
    doc = mark_zones(a_document(text), Tables.default())
    out: list[tuple[str, str, str]] = []
    for a in doc.of_kind(Zone):
        lines = a.span.of(text).split("\n")
        assert isinstance(a.value, Zone)
        out.append((a.value.name, lines[0], lines[-1]))
    return out


DECISION = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
Số: 15/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Đồng, ngày 05 tháng 01 năm 2021
QUYẾT ĐỊNH
Về việc ban hành Quy chế làm việc
của Hội đồng thi đua
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
Căn cứ Luật Tổ chức chính quyền địa phương;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn An
QUY CHẾ
Làm việc của Hội đồng thi đua
(Ban hành kèm theo Quyết định số 15/QĐ-UBND)
Điều 1. Phạm vi
Quy chế này quy định việc họp.
PHỤ LỤC I
MẪU TỜ TRÌNH
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Họ và tên"""


def test_a_decision_with_its_regulation() -> None:
    assert zones(DECISION) == [
        ("header", "ỦY BAN NHÂN DÂN", "của Hội đồng thi đua"),
        ("body", "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "Điều 2. Quyết định này có hiệu lực kể từ ngày ký./."),
        ("closing", "Nơi nhận:", "Nguyễn Văn An"),
        ("annex", "QUY CHẾ", "Quy chế này quy định việc họp."),
        ("annex", "PHỤ LỤC I", "Họ và tên"),
    ]


def test_a_letter_with_the_other_column_after_its_subject() -> None:
    text = (
        "ĐẢNG BỘ TỈNH X\nHUYỆN ỦY Y\nSố 12-CV/HU\nV/v tăng cường kiểm tra\ncơ sở năm 2021\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Y, ngày 02 tháng 4 năm 2021\nKính gửi: Các chi bộ\n"
        "Năm 2020, công tác kiểm tra tốt.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Văn Bình"
    )
    assert zones(text) == [
        ("header", "ĐẢNG BỘ TỈNH X", "Y, ngày 02 tháng 4 năm 2021"),
        ("body", "Kính gửi: Các chi bộ", "Năm 2020, công tác kiểm tra tốt."),
        ("closing", "T/M BAN THƯỜNG VỤ", "Lê Văn Bình"),
    ]


def test_a_text_that_starts_with_its_title() -> None:
    found = zones("KẾ HOẠCH\nTriển khai công tác năm 2022\nI. MỤC ĐÍCH\n1. Tạo chuyển biến.")
    assert found[0] == ("header", "KẾ HOẠCH", "Triển khai công tác năm 2022")


def test_a_form_quoted_inside_the_articles_is_no_closing() -> None:
    text = DECISION.replace("Điều 2. Quyết định", "“Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nTrần Văn Bê”\nĐiều 2. Quyết định")
    closing = [z for z in zones(text) if z[0] == "closing"]
    assert closing == [("closing", "Nơi nhận:", "Nguyễn Văn An")]


def test_what_promulgates_or_quotes_an_annex_is_none_itself() -> None:
    text = DECISION.replace("QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo", "QUYẾT NGHỊ:\nĐiều 1\nBan hành kèm theo")
    text = text.replace(
        "Điều 2. Quyết định", "“PHỤ LỤC II\nDANH MỤC\n(Kèm theo Nghị định số 1/2020/NĐ-CP)”\nĐiều 2. Quyết định"
    )
    assert [z[0] for z in zones(text)] == ["header", "body", "closing", "annex", "annex"]


def test_a_news_report_is_press() -> None:
    text = (
        "Nâng cao hiệu quả công tác\n12/5/2021 - 08:30\nABC - Ban Thường vụ Tỉnh ủy vừa ban hành Chỉ thị số 09-CT/TU.\n"
        "Theo đó, các cơ quan cần rà soát.\nChia sẻ bài viết\nBÌNH LUẬN"
    )
    doc = mark_zones(a_document(text), Tables.default())
    assert doc.kind == "press"
    assert [a.value.name for a in doc.of_kind(Zone) if isinstance(a.value, Zone)] == [
        "body",
        "boilerplate",
        "boilerplate",
    ]


def test_a_plain_text_is_other() -> None:
    assert mark_zones(a_document("Một bài thơ ngắn.\nHai câu thôi."), Tables.default()).kind == "other"


def test_empty_text() -> None:
    doc = mark_zones(a_document(""), Tables.default())
    assert doc.kind == "other"
    assert not list(doc.of_kind(Zone))


def test_zones_never_overlap() -> None:
    doc = mark_zones(a_document(DECISION), Tables.default())
    spans = [a.span for a in doc.of_kind(Zone)]
    assert all(a.end <= b.start for a, b in pairwise(spans))

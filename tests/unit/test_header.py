"""Header fields from letterheads of all shapes: columns mixed, missing, scanned."""

from __future__ import annotations

import pytest

from docparse.model import DigitalSignature, Document, Field, Line, Page, Source
from docparse.pipeline import parse_text
from docparse.segment.header import find_header
from docparse.segment.symbols import read_symbol
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


def fields(text: str, scanned: bool = False, signatures: tuple[DigitalSignature, ...] = ()) -> dict[str, str]:
    doc = mark_zones(a_document(text, scanned, signatures), Tables.default())
    out: dict[str, str] = {}
    for found in find_header(doc, Tables.default()):
        assert isinstance(found.value, Field)
        out.setdefault(found.value.name.removeprefix("header."), found.value.value)
    return out


BODY = "\nCăn cứ Luật Tổ chức chính quyền địa phương;\nĐiều 1. Giao Sở Nội vụ.\n"


def test_a_state_decision() -> None:
    found = fields(
        "UBND TỈNH LÂM ĐỒNG\nSỞ NỘI VỤ\nSố: 15/QĐ-SNV\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Lâm Đồng, ngày 05 tháng 01 năm 2021\nQUYẾT ĐỊNH\nVề việc ban hành Nội quy" + BODY
    )
    assert found["system"] == "state"
    assert (found["type.code"], found["number"], found["date"]) == ("QĐ", "15/QĐ-SNV", "2021-01-05")
    assert found["issuer.name"] == "Sở Nội vụ tỉnh Lâm Đồng"
    assert found["issuer.parent"] == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert (found["issuer.level"], found["issuer.place"], found["place"]) == ("province", "Lâm Đồng", "Lâm Đồng")
    assert found["subject"] == "Về việc ban hành Nội quy"


def test_a_party_letter() -> None:
    found = fields(
        "ĐẢNG BỘ TỈNH LÂM ĐỒNG\nHUYỆN ỦY DI LINH\nSố 31 -CV/HU\n"
        "V/v rà soát quy chế\nnăm 2021.\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Di Linh, ngày 20 tháng 4 năm 2021\nKính gửi: Các chi bộ\n"
        "Đề nghị báo cáo.\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Văn Bình"
    )
    assert (found["system"], found["type.code"], found["number"]) == ("party", "CV", "31-CV/HU")
    assert (found["issuer.name"], found["issuer.level"]) == ("Huyện ủy Di Linh", "district")
    assert found["issuer.place"] == "Di Linh, Lâm Đồng"
    assert found["subject"] == "V/v rà soát quy chế năm 2021"


def test_organs_on_two_lines_are_one() -> None:
    found = fields(
        "BỘ NÔNG NGHIỆP VÀ\nMÔI TRƯỜNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 9/2025/TT-BNNMT\nTHÔNG TƯ\nQuy định một việc" + BODY
    )
    assert found["issuer.name"] == "Bộ Nông nghiệp và Môi trường"
    assert found["issuer.level"] == "central"


def test_both_columns_on_one_line() -> None:
    found = fields(
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH QUẢNG NGÃI Độc lập - Tự do - Hạnh phúc\n"
        "Số: 04 /CT-UBND Quảng Ngãi, ngày 15 tháng 3 năm 2024\nCHỈ THỊ\nVề tăng cường trật tự" + BODY
    )
    assert found["number"] == "04/CT-UBND"
    assert (found["place"], found["date"]) == ("Quảng Ngãi", "2024-03-15")
    assert found["issuer.name"] == "Ủy ban nhân dân tỉnh Quảng Ngãi"


def test_a_subject_may_hold_numbers_and_dates_on_lines_of_their_own() -> None:
    found = fields(
        "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 8/2026/NĐ-CP\nHà Nội, ngày 02 tháng 01 năm 2026\nNGHỊ ĐỊNH\n"
        "Sửa đổi Nghị định số 1/2018/NĐ-CP\nngày 16 tháng 11 năm 2018 của Chính phủ\nvề một việc" + BODY
    )
    assert found["subject"].endswith("1/2018/NĐ-CP ngày 16 tháng 11 năm 2018 của Chính phủ về một việc")
    assert found["date"] == "2026-01-02"


def test_a_draft_has_neither_number_nor_date() -> None:
    found = fields(
        "BỘ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: /2025/TT-BYT\nHà Nội, ngày tháng năm 2025\nTHÔNG TƯ\nQuy định"
        + BODY
    )
    assert not {"number", "date"} & set(found)
    assert found["place"] == "Hà Nội"


def test_without_a_letterhead_the_issuer_is_inferred() -> None:
    text = (
        "CHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY về công tác dân vận trên địa bàn tỉnh Hà Nam\n"
        "Trong những năm qua, công tác tốt.\n"
        "T/M BAN THƯỜNG VỤ\nBÍ THƯ\nLê Văn Bình"
    )
    doc = mark_zones(a_document(text), Tables.default())
    names = [f.value for f in find_header(doc, Tables.default()) if isinstance(f.value, Field)]
    issuer = next(v for v in names if v.name == "header.issuer.name")
    assert (issuer.value, issuer.inferred) == ("Ban Thường vụ Tỉnh ủy Hà Nam", True)
    assert "header.number" not in {v.name for v in names}
    assert next(v for v in names if v.name == "header.subject").value.startswith("về công tác dân vận")


def test_a_law_is_dated_by_its_adoption() -> None:
    found = fields(
        "QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLuật số: 1/2025/QH15\nLUẬT\nTHƯ VIỆN\nĐiều 1. Phạm vi\n"
        "Luật này được Quốc hội khóa XV thông qua ngày 10 tháng 12 năm 2025.\nCHỦ TỊCH QUỐC HỘI\n(Đã ký)\nLê Văn Bình"
    )
    assert (found["type.code"], found["number"], found["date"]) == ("L", "1/2025/QH15", "2025-12-10")


SCAN = (
    "ỦY BAN NHÂN DẬN\nTINH QUANG NGAI\nSố: 4† /QĐ-UBND\nCỘNG HÒA XÃ HỘI CHÚ NGHĨA VIỆT NAM\n"
    "Quảng Ngãi, ngày{day} tháng 01 năm 2025\nQUYÉT ĐỊNH\nVề một việc" + BODY
)
SIGNED = (DigitalSignature(time="2025-01-15T17:10:17"),)


def test_a_scan_is_read_against_closed_lists() -> None:
    found = fields(SCAN.replace("{day}", " 05"), scanned=True)
    assert found["issuer.name"] == "Ủy ban nhân dân tỉnh Quảng Ngãi"
    assert (found["type.code"], found["date"]) == ("QĐ", "2025-01-05")
    assert "number" not in found  # a wrong number is worse than none


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ("{5", "2025-01-15"),  # one digit read, and it agrees with the e-signature
        ("{7", None),
        ("@©", None),
        (" 29", None),  # later than the signature
        (" 5", None),  # two digits are the rule, one of them was lost
    ],
)
def test_a_handwritten_day_needs_evidence(day: str, date: str | None) -> None:
    assert fields(SCAN.replace("{day}", day), scanned=True, signatures=SIGNED).get("date") == date


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Số: 66.3/2025/NQ-CP", "66.3/2025/NQ-CP"),
        ("Số 167 -CV/HU", "167-CV/HU"),
        ("Số: 44 /2025/QĐ-TTg", "44/2025/QĐ-TTg"),
        ("Số: 24 /TTr -UBND", "24/TTr-UBND"),
        ("Số: 7/2025/NĐ-\u0421\u0420", "7/2025/NĐ-CP"),
        ("Số:      /KH-UBND", None),
    ],
)
def test_numbers_as_printed(text: str, number: str | None) -> None:
    found = read_symbol(text)
    assert (found.number if found else None) == number


def test_stamps() -> None:
    found = fields(
        "TỐI MẬT\nBỘ CÔNG AN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHỎA TỐC\nSố: 1/KH-BCA\nKẾ HOẠCH\nTuần tra" + BODY
    )
    assert (found["secrecy"], found["urgency"]) == ("TỐI MẬT", "HỎA TỐC")


@pytest.mark.parametrize(
    ("letterhead", "name"),
    [
        ("ĐẢNG BỘ TỈNH LÂM ĐỒNG\nBAN THƯỜNG VỤ", "Ban Thường vụ Tỉnh ủy Lâm Đồng"),  # the committee of that đảng bộ
        ("TỈNH ỦY QUẢNG NAM\nBAN TỔ CHỨC", "Ban Tổ chức Tỉnh ủy Quảng Nam"),
        ("UBND HUYỆN BÌNH SƠN\nPHÒNG NỘI VỤ", "Phòng Nội vụ huyện Bình Sơn"),
        ("HỘI ĐỒNG NHÂN DÂN\nTHÀNH PHỐ ĐÀ NẴNG", "Hội đồng nhân dân thành phố Đà Nẵng"),
        ("ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP", "Ủy ban nhân dân xã Tân Lập"),
        ("ỦY BAN THƯỜNG VỤ\nQUỐC HỘI", "Ủy ban Thường vụ Quốc hội"),
        ("BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ", "Tổng cục Thuế"),
    ],
)
def test_issuers(letterhead: str, name: str) -> None:
    text = letterhead + "\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKẾ HOẠCH\nVề một việc" + BODY
    assert fields(text)["issuer.name"] == name


def test_a_subject_in_capitals_may_name_organs() -> None:
    found = fields(
        "ỦY BAN THƯỜNG VỤ QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNGHỊ QUYẾT\nQUY ĐỊNH SỐ PHÓ CHỦ TỊCH\n"
        "HỘI ĐỒNG NHÂN DÂN CÁC CẤP\nỦY BAN THƯỜNG VỤ QUỐC HỘI" + BODY
    )
    assert found["subject"] == "QUY ĐỊNH SỐ PHÓ CHỦ TỊCH HỘI ĐỒNG NHÂN DÂN CÁC CẤP"


def test_a_scanned_code_is_read_against_the_closed_list() -> None:
    found = read_symbol("Số: 09 /TIr-UBND", scanned=True)
    assert found is not None
    assert found.number == "09/TTr-UBND"
    assert read_symbol("Số: 5†E /UBND-KTTH", scanned=True) is None


def test_a_central_party_office_is_named_for_the_centre() -> None:
    text = (
        "BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TỔ CHỨC\n*\nSố 12-HD/BTCTW\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Hà Nội, ngày 20 tháng 6 năm 2019\nHƯỚNG DẪN\nvề kiểm điểm cuối năm\n"
        "Ngày 14/5/2019, Ban Bí thư có ý kiến chỉ đạo về việc này.\n1. Các cấp ủy thực hiện."
    )
    header = parse_text(text).record().header
    assert header is not None
    assert header.issuer.name == "Ban Tổ chức Trung ương"
    assert header.subject == "về kiểm điểm cuối năm"


LETTER = """{organ}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/UBND-VP
{place}, ngày 12 tháng 5 năm {year}
V/v báo cáo số liệu
Kính gửi: Phòng Nội vụ
"""


@pytest.mark.parametrize(
    ("organ", "place", "year", "where", "register_id", "successor"),
    [
        ("ỦY BAN NHÂN DÂN\nTHỊ XÃ HOÀNG MAI", "Hoàng Mai", 2019, "Hoàng Mai, Nghệ An", "uy.ban.nhan.dan.huyen",
         "Ủy ban nhân dân xã"),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG HÒA CƯỜNG", "Hòa Cường", 2026, "Hòa Cường, Đà Nẵng", "uy.ban.nhan.dan.xa", None),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG HÒA CƯỜNG", "Hòa Cường", 2019, "Hòa Cường", "uy.ban.nhan.dan.xa",
         "Ủy ban nhân dân xã"),
        ("ỦY BAN NHÂN DÂN\nTỈNH SÓC TRĂNG", "Sóc Trăng", 2019, "Sóc Trăng", "uy.ban.nhan.dan.tinh",
         "Ủy ban nhân dân thành phố Cần Thơ"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN\nTỈNH YÊN BÁI", "Yên Bái", 2019, "Yên Bái", "uy.ban.nhan.dan.tinh",
         "Ủy ban nhân dân tỉnh Lào Cai"),
        ("BỘ KẾ HOẠCH VÀ ĐẦU TƯ", "Hà Nội", 2019, None, "bo.ke.hoach.va.dau.tu", "Bộ Tài chính"),
        ("BỘ KẾ HOẠCH VÀ ĐẦU TƯ", "Hà Nội", 2026, None, None, None),  # it ended on 28/02/2025
    ],
)  # fmt: skip
def test_the_issuer_in_the_register(
    organ: str, place: str, year: int, where: str | None, register_id: str | None, successor: str | None
) -> None:
    header = parse_text(LETTER.format(organ=organ, place=place, year=year)).record().header
    assert header is not None
    assert (header.issuer.place, header.issuer.register_id, header.issuer.successor) == (where, register_id, successor)
    assert header.issuer.level != "commune" or "XÃ" not in organ
    if where and "," in where:
        assert header.evidence["issuer.place"].inferred


def test_a_blank_line_ends_the_subject_of_a_wrapped_text() -> None:
    text = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
Số: 06/CT-UBND          Lâm Đồng, ngày 11 tháng 9 năm 2017

CHỈ THỊ
Về việc chấn chỉnh công tác quản lý bến bãi, vận chuyển
hàng hóa trên địa bàn tỉnh

Mùa mưa năm nay đến sớm, nhiều bến bãi tự phát mọc lên ven
sông mà không có giấy phép, gây cản trở giao thông.
1. Giao Sở Xây dựng kiểm tra các bến bãi.
"""
    header = parse_text(text).record().header
    assert header is not None
    assert header.subject == "Về việc chấn chỉnh công tác quản lý bến bãi, vận chuyển hàng hóa trên địa bàn tỉnh"

"""Citations as other offices and decades word them: shapes of symbols, issuers, lists, provisions, relations."""

from __future__ import annotations

import pytest
from builders import a_document

from docparse.tag.citations import read_mentions
from docparse.tag.issuers import organ_before, read_issuer
from docparse.tag.mention import Mention
from docparse.tag.provisions import read_provision
from docparse.tag.symbols import parse_symbol


def found(text: str) -> list[Mention]:
    return read_mentions(a_document(text), {})


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("24-CTTU", "24-CT/TU"),
        ("24 CT/TU", "24-CT/TU"),
        ("1830 QĐ-UBND", "1830/QĐ-UBND"),
        ("26/2025/TTBYT", "26/2025/TT-BYT"),
        ("123/2004/QĐ.UB", "123/2004/QĐ-UB"),
        ("2345/QĐ.UBND", "2345/QĐ-UBND"),
        ("90/2025/Qh15", "90/2025/QH15"),
        ("90/2025/QH115", "90/2025/QH115"),  # a slip: kept as printed
        ("09/CTrPH-UBND-MTTQ", "09/CTrPH-UBND-MTTQ"),  # another code of its own
        ("142/SL", "142/SL"),
        ("194-CT", "194-CT"),
        ("06/TTLB", "06/TTLB"),
    ],
)
def test_lost_separators_and_old_shapes(printed: str, normal: str) -> None:
    symbol = parse_symbol(printed)
    assert symbol is not None
    assert symbol.text == normal


@pytest.mark.parametrize("text", ["số 10 TT", "12 AB/CD", "01/TCCB/N"])
def test_no_symbol_where_no_type_is_known(text: str) -> None:
    symbol = parse_symbol(text)
    assert symbol is None or symbol.type is None


@pytest.mark.parametrize(
    ("text", "kind", "number", "date", "issuer"),
    [
        ("Theo Quyết định số 118-CP ngày 16/10/1976 của Hội đồng Chính phủ.", "QĐ", "118-CP", "1976-10-16",
         "Hội đồng Chính phủ"),
        ("Theo Quyết định số 194-CT ngày 09/8/1986 của Chủ tịch Hội đồng Bộ trưởng.", "QĐ", "194-CT", "1986-08-09",
         "Chủ tịch Hội đồng Bộ trưởng"),
        ("Theo Quyết định số 1141 TC/QĐ/CĐKT ngày 01/11/1995 của Bộ Tài chính.", "QĐ", "1141-TC/QĐ/CĐKT", "1995-11-01",
         "Bộ Tài chính"),
        ("Theo Sắc lệnh số 65 ngày 23/11/1945.", "SL", "65", "1945-11-23", None),
        ("Theo Thông tư liên bộ số 06/TTLB ngày 04-02-1993.", "TTLT", "06/TTLB", "1993-02-04", None),
        ("Theo Kế hoạch liên tịch số 10/KHLT-SGDĐT-CAT ngày 10/9/2021 của Sở Giáo dục và Đào tạo và Công an tỉnh.",
         "KHLT", "10/KHLT-SGDĐT-CAT", "2021-09-10", "Sở Giáo dục và Đào tạo và Công an tỉnh"),
        ("Theo Công văn số 13 CV/BTCTU, ngày 12.6.2019.", "CV", "13-CV/BTCTU", "2019-06-12", None),
        ("Theo Công văn số 55/SGD&ĐT-GDTrH ngày 04/5/2023 của Sở GD&ĐT.", "CV", "55/SGD&ĐT-GDTrH", "2023-05-04",
         "Sở GD&ĐT"),
        ("Theo Kế hoạch số 05/KH-BCĐ ngày 01/02/2020 của Ban chỉ đạo phòng, chống dịch bệnh tỉnh về ứng phó dịch.",
         "KH", "05/KH-BCĐ", "2020-02-01", "Ban chỉ đạo phòng, chống dịch bệnh tỉnh"),
        ("Theo Biên bản số 5/BB-HĐTĐ ngày 06/4/2022 của Hội đồng thẩm định giá đất tỉnh.", "BB", "5/BB-HĐTĐ",
         "2022-04-06", "Hội đồng thẩm định giá đất tỉnh"),
        ("Theo Nghị quyết số 7-NQ/TW ngày 10/02/2022 của Bộ Chính trị khóa XIII về than.", "NQ", "7-NQ/TW",
         "2022-02-10", "Bộ Chính trị"),
    ],
)  # fmt: skip
def test_one_document_in_many_shapes(text: str, kind: str, number: str, date: str | None, issuer: str | None) -> None:
    (mention,) = found(text)
    assert (mention.type, mention.number, mention.date, mention.issuer) == (kind, number, date, issuer)


@pytest.mark.parametrize(
    ("before", "organ"),
    [
        (
            "xem xét đề nghị của Ban cán sự đảng Ủy ban nhân dân thành phố (",
            "Ban cán sự đảng Ủy ban nhân dân thành phố",
        ),
        ("ý kiến thẩm định của Sở Tư pháp tại ", "Sở Tư pháp"),
        ("UBND tỉnh cũng đã ban hành ", "UBND tỉnh"),
        ("Giám đốc Sở Tài chính tại nội dung các ", "Giám đốc Sở Tài chính"),
        ("chức năng của Sở Nội vụ (", None),
        ("Sở Nội vụ và ", None),
    ],
)
def test_the_organ_before_a_document_issued_it(before: str, organ: str | None) -> None:
    assert organ_before(before + "Công văn số 5/UBND-VX", len(before)) == organ


def test_an_issuer_of_the_government_is_no_other_organ() -> None:
    (mention,) = found("Chế độ của Chủ tịch Ủy ban nhân dân cấp xã tại Nghị định số 33/2023/NĐ-CP.")
    assert mention.issuer is None


def test_a_number_before_another_type_word_is_no_member_of_its_list() -> None:
    first, second = found("Thực hiện Chỉ thị 05 và Quy định số 08-QĐi/TW ngày 25/10/2018 của Bộ Chính trị.")
    assert (first.type, first.number, second.type, second.number) == ("CT", "05", "QyĐ", "08-QĐi/TW")


def test_bare_numbers_before_a_comma_or_the_end_of_a_sentence() -> None:
    assert [m.number for m in found("Quán triệt Nghị quyết 18, Nghị quyết 19. Thực hiện Kết luận 74.")] == [
        "18",
        "19",
        "74",
    ]


def test_the_first_members_of_a_list_share_the_next_date() -> None:
    text = "Xét các Tờ trình số 80/TTr-CP và số 81/TTr-CP ngày 29/12/2025, số 18/TTr-CP ngày 17/01/2026."
    assert [m.date for m in found(text)] == ["2025-12-29", "2025-12-29", "2026-01-17"]


def test_bills_announced_by_a_colon_are_none() -> None:
    text = "Tách thành 02 dự án: Luật sửa đổi, bổ sung một số điều của Luật Thương mại; Luật Cạnh tranh và trình sau."
    assert found(text) == []


def test_bases_by_name_with_their_term() -> None:
    (mention,) = found("- Căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ tỉnh khóa XVI, nhiệm kỳ 2020-2025;")
    assert (mention.type, mention.number) == ("QC", None)
    assert mention.title is not None
    assert mention.title.endswith("nhiệm kỳ 2020-2025")


@pytest.mark.parametrize(
    ("before", "provision"),
    [
        ("tại mục 1, phần I Thuyết minh áp dụng định mức tại Phụ lục VIII kèm theo ", "Phụ lục VIII, phần I, mục 1"),
        ("khác với quy định tại khoản 2; lập hồ sơ quy định tại khoản 4 của ", "khoản 2; khoản 4"),
        ("theo Điều 2 và\nĐiều 3 ", "Điều 2; Điều 3"),
        ("Chương II, Phụ lục I và Phụ lục II ", "Chương II; Phụ lục I; Phụ lục II"),
    ],
)
def test_provisions_that_stand_apart(before: str, provision: str) -> None:
    read = read_provision(before + "Thông tư số 5/2020/TT-BTC", len(before))
    assert read is not None
    assert read[1] == provision


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("1. Thông tư số 12/2010/TT-BTC bị thay thế bởi Thông tư này.", ["replaces"]),
        ("1. Thông tư số 12/2010/TT-BTC được thay thế bởi Thông tư số 14/2015/TT-BTC.", ["cites", "cites"]),
        ("1. Thông tư số 12/2010/TT-BTC đã bị bãi bỏ tại Thông tư số 14/2015/TT-BTC.", ["cites", "cites"]),
        ("1. Thông tư số 12/2010/TT-BTC hết hiệu lực kể từ ngày Thông tư này có hiệu lực.", ["repeals"]),
        ("Qua 4 năm thực hiện, Quyết định số 31/2016/QĐ-UBND đã góp phần giữ đường.", ["cites"]),
        ("Bổ sung nội dung Phụ lục V được ban hành kèm theo Thông tư số 13/2021/TT-BXD.", ["amends"]),
        ("Quyết định có hiệu lực kể từ ngày ký và thay thế Quyết định số 88-QĐ/HU.", ["replaces"]),
        ("Triển khai thực hiện Nghị định số 5/2019/NĐ-CP, được sửa đổi bởi Nghị định số 6/2021/NĐ-CP; Công văn số "
         "7/BNV-TTr, đề nghị các đơn vị rà soát.", ["implements", "cites", "implements"]),
    ],
)  # fmt: skip
def test_directions_of_relations(text: str, relations: list[str]) -> None:
    mentions = found(f"Mở đầu.\n{text}\nKết thúc.")
    assert [m.relation for m in mentions] == relations
    assert all(m.evidence is not None for m in mentions if m.relation != "cites")


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Căn cứ Luật Đất đai, UBND tỉnh đã ban hành Công văn số 5563/UBND-KT giao Sở Xây dựng.",
            ["based_on", "cites"],
        ),
        ("Tiếp theo Công văn số 123/SYT-NVY ngày 02/3/2021, Sở Y tế đề nghị.", ["replies_to"]),
        ("Gắn kiểm điểm với việc thực hiện Chỉ thị số 05-CT/TW.", ["implements"]),
    ],
)
def test_what_is_told_and_what_is_answered(text: str, relations: list[str]) -> None:
    assert [m.relation for m in found(f"Mở đầu.\n{text}\nKết thúc.")] == relations


def test_type_words_in_short_and_organs_without_of() -> None:
    text = "Mở đầu.\n" * 80 + "Theo NQ số 12/NQ-HĐND, CV số 45/UBND-VX và Quyết định UBND tỉnh số 7/QĐ-UBND.\nKết thúc."
    assert [(text[m.start : m.end], m.type, m.issuer) for m in found(text)] == [
        ("NQ số 12/NQ-HĐND", "NQ", None),
        ("CV số 45/UBND-VX", "CV", "UBND tỉnh"),  # a letter of the organ whose decision names it
        ("Quyết định UBND tỉnh số 7/QĐ-UBND", "QĐ", "UBND tỉnh"),
    ]


def test_laws_of_organs_are_named_and_not_issued() -> None:
    (mention,) = found("Căn cứ Luật Công an nhân dân số 37/2018/QH14;")
    assert (mention.issuer, mention.title) == (None, "Luật Công an nhân dân")


def test_short_forms_with_a_year() -> None:
    text = "Từ khi Nghị định 100/2019 ra đời, Nghị định số 168/2024/NĐ-CP và Nghị định 168/2024; Kế hoạch 6/2021."
    assert [m.number for m in found(text)] == ["100/2019", "168/2024/NĐ-CP", "168/2024/NĐ-CP"]


def test_names_of_laws_with_abbreviations() -> None:
    (mention,) = found("Căn cứ Luật Ban hành văn bản QPPL của HĐND, UBND ngày 03/12/2004;")
    assert mention.title == "Luật Ban hành văn bản QPPL của HĐND, UBND"


def test_the_evidence_is_the_words_that_say_the_relation() -> None:
    text = "Mở đầu.\nQuyết định này thay thế Quyết định số 12/2010/QĐ-UBND.\nKết thúc."
    (mention,) = found(text)
    assert mention.evidence is not None
    assert text[slice(*mention.evidence)] == "thay thế"


def test_names_of_organs_hold_the_verbs_of_their_work() -> None:
    assert read_issuer(" của Ban Chỉ đạo tỉnh về", 0) == (21, "Ban Chỉ đạo tỉnh")
    assert read_issuer(" của Bộ Chính trị khóa XI về", 0) == (25, "Bộ Chính trị")

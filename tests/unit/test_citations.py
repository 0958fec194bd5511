"""Citations: what is one, where it ends, what its target is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_document

from docparse.model import Annotation, Field
from docparse.spans import Span
from docparse.tag.citations import read_mentions
from docparse.tag.dates import read_date
from docparse.tag.mention import Mention
from docparse.tag.provisions import read_provision
from docparse.tag.symbols import parse_symbol, symbol_or_reason

NEGATIVES = [
    tuple(line.split("\t", 1))
    for line in (Path(__file__).parent / "citation_negatives.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith(("#", "kind\t"))
]


def found(text: str, **fields: str) -> list[Mention]:
    """The mentions of a text, with header fields as `header_number="…"`."""
    return read_mentions(a_document(text), {k.replace("_", "."): v for k, v in fields.items()})


def words(text: str, **fields: str) -> list[str]:
    return [text[m.start : m.end] for m in found(text, **fields)]


@pytest.mark.parametrize(("kind", "line"), NEGATIVES)
def test_what_looks_like_a_citation_and_is_none(kind: str, line: str) -> None:
    assert words(f"Mở đầu.\n{line}\nKết thúc.") == []


def test_hard_negatives_are_many_and_none_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    taken = [line for _, line in NEGATIVES if words(f"Mở đầu.\n{line}\nKết thúc.")]
    with capsys.disabled():
        print(f"\ncitations: {len(taken)} of {len(NEGATIVES)} hard negatives taken ({len(taken) / len(NEGATIVES):.3f})")
    assert len(NEGATIVES) >= 300
    assert taken == []


@pytest.mark.parametrize(
    ("printed", "normal", "shape"),
    [
        ("24-CT/TU", "24-CT/TU", "party"),
        ("24 – CT/ TU", "24-CT/TU", "party"),
        ("07/CT-UBND", "07/CT-UBND", "state"),
        ("Số: 30/2020/NĐ-CP", "30/2020/NĐ-CP", "normative"),
        ("13/2021/TT- BXD", "13/2021/TT-BXD", "normative"),
        ("66.3/2025/NQ-CP", "66.3/2025/NQ-CP", "normative"),  # a decimal number of 2025
        ("80/2015/QH13", "80/2015/QH13", "assembly"),
        ("1234/UBND-VX4", "1234/UBND-VX4", "letter"),
        ("64-CP", "64-CP", "old"),
        ("769/TTg", "769/TTg", "old"),
        ("12/Q\u00d0-UBND", "12/QĐ-UBND", "state"),  # the register's look-alike of Đ
        ("5053-CV/VPTW/nb", "5053-CV/VPTW/nb", "party"),
    ],
)
def test_symbols_of_every_shape(printed: str, normal: str, shape: str) -> None:
    symbol = parse_symbol(printed)
    assert symbol is not None
    assert (symbol.text, symbol.shape) == (normal, shape)


@pytest.mark.parametrize("text", ["2020-2025", "19-COVID", "3/2024", "24/7", "", "QĐ-UBND", "12/"])
def test_what_is_no_symbol(text: str) -> None:
    assert parse_symbol(text) is None


@pytest.mark.parametrize(
    ("text", "words_of_reason"),
    [("2021-UBND", "a year"), ("19-COVID", "no organ"), ("12-ABC/DEF", "no known type"), ("một", "a number")],
)
def test_a_refused_symbol_says_why(text: str, words_of_reason: str) -> None:
    reason = symbol_or_reason(text)
    assert isinstance(reason, str)
    assert words_of_reason in reason


def test_spellings_of_one_symbol_have_one_key() -> None:
    keys = {parse_symbol(t).key for t in ("024-CT/TU", "24-CT/TU", "24/CT-TU", "24 - CT/TU") if parse_symbol(t)}  # type: ignore[union-attr]
    assert len(keys) == 1


def test_a_mention_runs_over_date_issuer_term_and_quoted_title() -> None:
    text = "Thực hiện Kết luận 15-KL/TW, ngày 07/01/2016 của Bộ Chính trị (khóa XI) “Về xây dựng thôn mới” và bảo đảm tiến độ."  # noqa: E501
    (mention,) = found(text)
    assert text[mention.start : mention.end].startswith("Kết luận 15-KL/TW")
    assert text[mention.start : mention.end].endswith("thôn mới”")
    assert (mention.type, mention.number, mention.date, mention.issuer) == (
        "KL",
        "15-KL/TW",
        "2016-01-07",
        "Bộ Chính trị",
    )
    assert mention.title == "Về xây dựng thôn mới"


def test_an_unquoted_title_ends_at_the_semicolon() -> None:
    text = "Chỉ thị số 07/CT-UBND ngày 31/5/2021 của Chủ tịch Ủy ban nhân dân tỉnh về việc chấn chỉnh lề lối làm việc; các sở báo cáo."  # noqa: E501
    (mention,) = found(text)
    assert mention.title == "về việc chấn chỉnh lề lối làm việc"


def test_documents_in_a_title_are_no_mentions() -> None:
    text = "Căn cứ Nghị định số 15/2022/NĐ-CP ngày 02/3/2022 của Chính phủ sửa đổi một số điều của Nghị định số 9/2019/NĐ-CP ngày 01/2/2019;"  # noqa: E501
    assert len(found(text)) == 1


def test_list_members_share_type_date_and_issuer() -> None:
    mentions = found("Quán triệt các Nghị quyết số 18-NQ/TW, 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương.")
    assert [(m.type, m.number, m.date) for m in mentions] == [
        ("NQ", "18-NQ/TW", "2017-10-25"),
        ("NQ", "19-NQ/TW", "2017-10-25"),
    ]
    assert {m.issuer for m in mentions} == {"Ban Chấp hành Trung ương"}


def test_members_with_dates_of_their_own_keep_them() -> None:
    text = "tại các Công văn: số 87/HĐND-KT ngày 15/5/2024, số 90/HĐND-KT ngày 30/10/2024"
    assert [m.date for m in found(text)] == ["2024-05-15", "2024-10-30"]
    assert words(text) == ["Công văn: số 87/HĐND-KT ngày 15/5/2024", "số 90/HĐND-KT ngày 30/10/2024"]


def test_bare_numbers_before_a_symbol_take_its_organ() -> None:
    assert [m.number for m in found("Nghị quyết số 18, 19, 20-NQ/TW.")] == ["18-NQ/TW", "19-NQ/TW", "20-NQ/TW"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Luật Đất đai số 31/2024/QH15;", ["Luật Đất đai số 31/2024/QH15"]),
        ("theo Luật Đấu thầu, Luật Giá và các văn bản hướng dẫn.", ["Luật Đấu thầu", "Luật Giá"]),
        ("Luật Đường sắt năm 2017 quy định", ["Luật Đường sắt năm 2017"]),
        (
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Giá, Luật Thống kê ngày 12/6/2025;",
            ["Luật sửa đổi, bổ sung một số điều của Luật Giá, Luật Thống kê ngày 12/6/2025"],
        ),
        ("Luật Đất đai 2013 và Luật Nhà ở (sửa đổi) năm 2014;", ["Luật Đất đai 2013", "Luật Nhà ở (sửa đổi) năm 2014"]),
        ("SỬA ĐỔI MỘT SỐ ĐIỀU CỦA LUẬT ĐẤU THẦU\n", ["LUẬT ĐẤU THẦU"]),
        ("theo Luật Phòng, chống ma túy, bảo đảm đúng.", ["Luật Phòng, chống ma túy"]),
        (
            "theo Luật sửa đổi, bổ sung một số điều của 7 luật trong lĩnh vực thuế thì được miễn.",
            ["Luật sửa đổi, bổ sung một số điều của 7 luật trong lĩnh vực thuế"],
        ),
        ("Luật Kinh tế biển xanh và các nghị định", ["Luật Kinh tế biển xanh"]),  # no name of the register
    ],
)
def test_laws_by_name(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_law_named_again_has_its_number() -> None:
    mentions = found("Căn cứ Luật Giá số 16/2023/QH15;\nĐiều 1. Theo khoản 2 Điều 5 Luật Giá.")
    assert [m.number for m in mentions] == ["16/2023/QH15", "16/2023/QH15"]
    assert mentions[1].provision == "Điều 5, khoản 2"


def test_the_law_that_an_enacting_clause_amends() -> None:
    text = (
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Giá số 16/2023/QH15.\n"
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Giá\n1. Bãi bỏ khoản 2 Điều 3."
    )
    first, second = found(text, header_type_code="L")
    assert text[first.start : first.end] == "Luật Giá số 16/2023/QH15"
    assert [(m.number, m.relation) for m in (first, second)] == [("16/2023/QH15", "amends")] * 2


def test_a_programme_of_bills_cites_no_bill() -> None:
    text = "NGHỊ QUYẾT\nVề Chương trình lập pháp năm sau\nTháng 3\n1.\nLuật Thống kê\nChính phủ\n2.\nLuật Báo chí\nChính phủ"  # noqa: E501
    at = text.index("Về Chương trình")
    subject = Annotation(Span(at, at + 32), Field("header.subject", text[at : at + 32]), 1.0, "t", "t")
    assert read_mentions(replace(a_document(text), annotations=(subject,)), {}) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("theo Nghị quyết số 39-NQ/TW của Bộ Chính trị và Chương trình hành động số 30-CTr/TU của Tỉnh ủy.", ["Nghị quyết số 39-NQ/TW của Bộ Chính trị", "Chương trình hành động số 30-CTr/TU của Tỉnh ủy"]),  # noqa: E501
        ("theo Nghị quyết số 9-NQ/TU của Tỉnh ủy về nghề rừng và Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX.", ["Nghị quyết số 9-NQ/TU của Tỉnh ủy về nghề rừng", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX"]),  # noqa: E501
        ("Thực hiện Kế hoạch số 7/KH-UBND ngày 1/4/2022 về lưu trữ và theo đề nghị của các huyện, Sở báo cáo.", ["Kế hoạch số 7/KH-UBND ngày 1/4/2022 về lưu trữ"]),  # noqa: E501
        ("Thông tư liên tịch số 3/2014/TTLT-BYT-BCT của Bộ Y tế, Bộ Công Thương hướng dẫn kiểm tra;", ["Thông tư liên tịch số 3/2014/TTLT-BYT-BCT của Bộ Y tế, Bộ Công Thương hướng dẫn kiểm tra"]),  # noqa: E501
        ("Căn cứ Quy chế làm việc số 01-QC/TU ngày 2/11/2020 của Tỉnh ủy;", ["Quy chế làm việc số 01-QC/TU ngày 2/11/2020 của Tỉnh ủy"]),  # noqa: E501
        ("Nghị quyết số 5/2025/QH15 của Quốc hội thí điểm mô hình mới.", ["Nghị quyết số 5/2025/QH15 của Quốc hội thí điểm mô hình mới"]),  # noqa: E501
        ("Nghị định số 7/2015/NĐ-CP của Ngân hàng Chính sách xã hội.", ["Nghị định số 7/2015/NĐ-CP"]),
        ("Nghị quyết Trung ương 4 khóa XI, khóa XII đã nêu.", ["Nghị quyết Trung ương 4 khóa XI", "khóa XII"]),
        ("Nghị quyết Trung ương 5, 6 khóa XII.", ["Nghị quyết Trung ương 5", "6 khóa XII"]),
        ("Nghị quyết Đại hội Công đoàn Việt Nam lần thứ XIII.", ["Nghị quyết Đại hội Công đoàn Việt Nam lần thứ XIII"]),
        ("SỬA ĐỔI MỘT SỐ ĐIỀU CỦA NGHỊ ĐỊNH SỐ\n102/2020/NĐ-CP", ["NGHỊ ĐỊNH SỐ\n102/2020/NĐ-CP"]),
        ("Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 1992;", ["Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 1992"]),  # noqa: E501
    ],
)  # fmt: skip
def test_where_a_mention_ends(text: str, spans: list[str]) -> None:
    assert words(text) == spans


def test_a_day_before_the_verb_dates_the_document() -> None:
    (mention,) = found("Ngày 18/02/2025, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch số 277-KH/TU để triển khai.")
    assert (mention.date, mention.issuer) == ("2025-02-18", "Ban Thường vụ Tỉnh ủy")


def test_a_title_repeated_in_a_sentence_ends_where_the_whole_citation_ends_it() -> None:
    text = (
        "2. Quyết định số 9/2019/QĐ-TTg ngày 13/3/2019 của Thủ tướng Chính phủ về quản lý tủ sách cơ sở hết hiệu lực.\n"
        "3. Sáp nhập tủ sách theo Quyết định số 9/2019/QĐ-TTg của Thủ tướng Chính phủ về quản lý tủ sách cơ sở thành thư viện."  # noqa: E501
    )
    assert [m.title for m in found(text)] == ["về quản lý tủ sách cơ sở"] * 2


def test_a_bare_alias_counts_with_a_provision_only() -> None:
    text = "Luật Giá số 16/2023/QH15 (sau đây gọi là Luật).\nTheo khoản 2 Điều 5 Luật, giá do Nhà nước định. Luật có hiệu lực."  # noqa: E501
    _, alias = found(text)
    assert (alias.via, alias.number, alias.provision) == ("alias", "16/2023/QH15", "Điều 5, khoản 2")


def test_coordinated_congress_resolutions_are_two() -> None:
    mentions = found("theo Nghị quyết Đại hội Đảng bộ tỉnh, huyện lần thứ XI (nhiệm kỳ 2020-2025) đề ra.")
    assert [m.title for m in mentions] == [
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XI (nhiệm kỳ 2020-2025)",
        "Nghị quyết Đại hội Đảng bộ huyện lần thứ XI (nhiệm kỳ 2020-2025)",
    ]


def test_an_annexed_document_and_its_decision_are_two() -> None:
    text = (
        "Triển khai Quy chế phối hợp công tác thủy lợi ban hành kèm theo Quyết định số 456-QĐ/TU ngày 19/10/2021 "
        "(Quy chế 456) của Ban Thường vụ Tỉnh ủy.\nTheo khoản 2 Điều 24 Quy chế 456, các huyện báo cáo."
    )
    first, second, third = found(text)
    assert (first.type, first.number, first.title) == ("QC", "456-QĐ/TU", "Quy chế phối hợp công tác thủy lợi")
    assert (second.type, second.number, second.issuer) == ("QĐ", "456-QĐ/TU", "Ban Thường vụ Tỉnh ủy")
    assert (third.type, third.number, third.via, third.provision) == ("QC", "456-QĐ/TU", "alias", "Điều 24, khoản 2")


def test_a_short_form_points_back() -> None:
    mentions = found("Thực hiện Chỉ thị số 24-CT/TU ngày 27/02/2018 của Tỉnh ủy.\nKết quả Chỉ thị 24 mang lại là rõ.")
    assert (mentions[1].via, mentions[1].number, mentions[1].date) == ("short", "24-CT/TU", "2018-02-27")


def test_a_short_form_of_two_documents_is_left_open() -> None:
    text = "Nghị quyết số 18-NQ/TW và Nghị quyết số 18/NQ-HĐND.\nTheo Nghị quyết 18 đã nêu."
    assert len(found(text)) == 2


def test_the_own_number_is_no_citation() -> None:
    text = "Số: 12/QĐ-UBND\nQUYẾT ĐỊNH\nTheo Quyết định số 12/QĐ-UBND, Quyết định số 13/QĐ-UBND."
    assert [m.number for m in found(text, header_number="12/QĐ-UBND")] == ["13/QĐ-UBND"]


def test_text_quoted_for_amendment_has_no_citations() -> None:
    text = "1. Sửa đổi khoản 1 như sau:\n“1. Thực hiện theo Nghị định số 15/2020/NĐ-CP.”\n2. Bãi bỏ Thông tư số 2/2019/TT-BTC."  # noqa: E501
    assert [m.number for m in found(text)] == ["2/2019/TT-BTC"]


def test_the_organ_before_the_document_is_its_issuer() -> None:
    (mention,) = found("Theo đề nghị của Giám đốc Sở Tài chính tại Tờ trình số 15/TTr-STC ngày 02/3/2023;")
    assert mention.issuer == "Giám đốc Sở Tài chính"


def test_organs_with_commas_and_joint_organs() -> None:
    text = "Thông tư liên tịch số 2/2010/TTLT-BNV-BTC ngày 01/3/2010 của Bộ Nội vụ và Bộ Tài chính về tiền lương."
    assert found(text)[0].issuer == "Bộ Nội vụ và Bộ Tài chính"
    text = "Công văn số 15/BVHTTDL-VP ngày 01/3/2010 của Bộ Văn hóa, Thể thao và Du lịch."
    assert found(text)[0].issuer == "Bộ Văn hóa, Thể thao và Du lịch"


@pytest.mark.parametrize(
    ("before", "canonical"),
    [
        ("khoản 2 Điều 24 ", "Điều 24, khoản 2"),
        ("tại khoản 4 Điều 14, Điều 27 ", "Điều 14, khoản 4; Điều 27"),
        ("khoản 3, 4 Điều 11 của ", "Điều 11, khoản 3, 4"),
        ("điểm b, c khoản 2 Điều 5 của ", "Điều 5, khoản 2, điểm b, c"),
        ("điểm d khoản 4 mục 2 Phụ lục II ", "Phụ lục II, mục 2, khoản 4, điểm d"),
        ("từ Điều 5 đến Điều 8 ", "Điều 5; Điều 6; Điều 7; Điều 8"),
        ("các khoản từ 3 đến 5 Điều 7 ", "Điều 7, khoản 3, 4, 5"),
        ("điểm c đến điểm e khoản 1 Điều 7 ", "Điều 7, khoản 1, điểm c, d, đ, e"),
        ("điểm a khoản 1, khoản 2 Điều 3 ", "Điều 3, khoản 1, điểm a; Điều 3, khoản 2"),
        ("Phụ lục II và Phụ lục VIII ban hành kèm theo ", "Phụ lục II; Phụ lục VIII"),
        ("điểm a khoản 1, điểm b khoản 2 Điều 6 và khoản 3 Điều 7 ", "Điều 6, khoản 1, điểm a; Điều 6, khoản 2, điểm b; Điều 7, khoản 3"),  # noqa: E501
    ],
)  # fmt: skip
def test_provisions_outermost_first(before: str, canonical: str) -> None:
    read = read_provision(before, len(before))
    assert read is not None
    assert read[1] == canonical


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (", ngày 27/02/2018", "2018-02-27"),
        (" ngày 05 tháng 3 năm 2020", "2020-03-05"),
        (" ngày 8-4-2022", "2022-04-08"),
        (" ngày 21 tháng 01năm 2010", "2010-01-21"),
        (" ngày 31/02/2021", None),  # impossible: kept as written, not normalised
        (" ngày 15/13/2021", None),
        (" ngày 1902/2021", "2021-02-19"),  # a scan lost a stroke
        (" ngày 24 tháng 1] năm 2017", "2017-11-24"),
    ],
)
def test_dates_of_documents(text: str, value: str | None) -> None:
    read = read_date(text, 0)
    assert read is not None
    assert read[1] == value

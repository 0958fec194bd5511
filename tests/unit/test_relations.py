"""Relations: what the words around a mention say that this document does to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_document

from docparse.tag.citations import read_mentions


def relations(text: str) -> list[str]:
    """The relations of a text's mentions, in order."""
    return [m.relation for m in read_mentions(a_document(text), {"header.type.code": "QĐ"})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Nghị định số 5/2020/NĐ-CP ngày 01/2/2020 của Chính phủ;\nĐiều 1. A", ["based_on"]),
        ("Thực hiện Chỉ thị số 5/CT-TTg, các sở báo cáo.", ["implements"]),
        ("Xử lý theo quy định tại khoản 1 Điều 2 Nghị định số 5/2020/NĐ-CP.", ["cites"]),
        ("Thực hiện quy định tại Điều 2 Nghị định số 5/2020/NĐ-CP.", ["implements"]),
        ("2. Bãi bỏ Quyết định số 5/QĐ-UBND ngày 01/2/2020.", ["repeals"]),
        ("2. Bãi bỏ cụm từ “thanh tra” tại khoản 1 Điều 2 Quyết định số 5/QĐ-UBND.", ["amends"]),
        ("Quyết định này thay thế Quyết định số 5/QĐ-UBND ngày 01/2/2020.", ["replaces"]),
        ("Quyết định này được thay thế bởi Quyết định số 5/QĐ-UBND.", ["cites"]),  # the direction of a passive
        ("đề xuất sửa đổi, bổ sung Nghị định số 5/2020/NĐ-CP.", ["cites"]),  # proposes and changes nothing
        ("Điều 3. Sửa đổi khoản 4 Điều 9 Quyết định số 5/QĐ-UBND như sau:", ["amends"]),
        ("Quyết định số 5/QĐ-UBND; Quyết định số 6/QĐ-UBND hết hiệu lực kể từ ngày ký.", ["repeals", "repeals"]),
        ("Thực hiện nghiêm các quy định của Luật Giá năm 2023.", ["implements"]),
        ("Căn cứ Luật Giá; thực hiện Kế hoạch số 5-KH/TU của Tỉnh ủy, Ban lập kế hoạch.", ["based_on", "implements"]),
        ("Kết quả 02 năm thực hiện Kế hoạch số 5/KH-UBND.", ["reports_on"]),
        ("Phúc đáp Công văn số 5/STC-NS ngày 01/2/2020, Sở có ý kiến.", ["replies_to"]),
        ("Đính chính Quyết định số 5/QĐ-UBND.", ["corrects"]),
        ("Thực hiện các văn bản sau:\na) Chỉ thị số 5/CT-TTg;\nb) Chỉ thị số 6/CT-TTg.", ["implements", "implements"]),
    ],
)
def test_the_nearest_trigger_speaks(text: str, expected: list[str]) -> None:
    assert relations("Mở đầu.\n" + text) == expected


def test_a_trigger_inside_a_cited_title_says_nothing() -> None:
    text = "Căn cứ Nghị định số 5/2020/NĐ-CP của Chính phủ quy định chi tiết thi hành Luật Giá; Nghị định số 6/2021/NĐ-CP.\nĐiều 1."  # noqa: E501
    assert relations(text) == ["based_on", "based_on"]


def test_what_a_decision_issues_is_promulgated() -> None:
    text = "QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế quản lý chợ nổi trên địa bàn tỉnh.\nĐiều 2. Hiệu lực."  # noqa: E501
    fields = {"header.type.code": "QĐ", "header.number": "9/QĐ-UBND", "header.date": "2021-01-02"}
    (mention,) = read_mentions(a_document(text), fields)
    assert (mention.relation, mention.type, mention.number) == ("promulgates", "QC", "9/QĐ-UBND")


def test_a_report_in_the_press_is_on_the_local_document() -> None:
    text = "Tỉnh triển khai Nghị quyết số 57-NQ/TW.\nTỉnh ủy ban hành Kế hoạch số 277-KH/TU ngày 18/2/2025. Kế hoạch số 277-KH/TU giao việc."  # noqa: E501
    mentions = read_mentions(replace(a_document(text), kind="press"), {})
    assert [m.relation for m in mentions] == ["cites", "reports_on", "reports_on"]

"""Ids: equal for equal documents, apart for others (CONTRACT, Canonical ids)."""

from __future__ import annotations

import pytest

from docparse.authority import Context
from docparse.model import Target
from docparse.tag.identity import target_id

LAM_DONG = Context(province="Lâm Đồng", level="province", date="2021-11-02")
LAC_DUONG = Context("Huyện ủy Lạc Dương", "district", "Lâm Đồng", "Lạc Dương", "party", "2021-04-20")


@pytest.mark.parametrize(
    ("target", "context", "name"),
    [
        (
            Target("CT", "24-CT/TU", "2018-02-27", "Ban Thường vụ Tỉnh ủy"),
            LAM_DONG,
            "urn:lex:vn;lam.dong:tinh.uy:chi.thi:2018-02-27;24-ct-tu",
        ),
        (
            Target("NĐ", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ"),
            LAM_DONG,
            "urn:lex:vn:chinh.phu:nghi.dinh:2020-03-05;30-2020-nd-cp",
        ),
        (
            Target("CV", "167-CV/HU", "2021-04-20", "Huyện ủy Lạc Dương"),
            LAC_DUONG,
            "urn:lex:vn;lam.dong;lac.duong:huyen.uy:cong.van:2021-04-20;167-cv-hu",
        ),
    ],
)
def test_the_names_of_the_contract(target: Target, context: Context, name: str) -> None:
    assert target_id(target, context) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Target("CT", "24-CT/TU", "2018-02-27"), Target("CT", "024-CT/TU", "2018-02-27", "Tỉnh ủy Lâm Đồng")),
        (Target("CT", "24", "2018-02-27", "Ban Thường vụ Tỉnh ủy"), Target("CT", "24-CT/TU", "2018-02-27")),
        (Target("L", None, "2015-06-19", None, "Luật Tổ chức Chính phủ"), Target("L", "76/2015/QH13")),
        (Target("L", None, None, None, "Luật Đầu tư công năm 2019"), Target("L", "39/2019/QH14")),
        (
            Target("NQ", title="Nghị quyết Đại hội XIII của Đảng"),
            Target("NQ", title="Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII"),
        ),
        (
            Target("NQ", title="Nghị quyết Đại hội XI Đảng bộ tỉnh"),
            Target("NQ", title="Nghị quyết Đại hội Đảng bộ tỉnh Lâm Đồng lần thứ XI, nhiệm kỳ 2020-2025"),
        ),
        (Target("QyĐ", "08-QĐi/TW", "2018-10-25"), Target("QyĐ", "08-QĐ/TW", "2018-10-25", "Ban Chấp hành Trung ương")),
        (
            Target("CT", "7/CT-UBND", "2021-05-31", "Chủ tịch UBND tỉnh"),
            Target("CT", "07/CT-UBND", "2021-05-31", "Ủy ban nhân dân tỉnh Lâm Đồng"),
        ),
    ],
)
def test_one_document_has_one_name(one: Target, other: Target) -> None:
    assert target_id(one, LAM_DONG) == target_id(other, LAM_DONG)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Target("NQ", "18-NQ/TW", "2017-10-25"),
            Target("NQ", "18-NQ/TW", "2022-06-16"),
        ),  # numbering starts anew each term
        (Target("QĐ", "456-QĐ/TU", "2021-10-19"), Target("QC", "456-QĐ/TU", "2021-10-19")),  # decision and annex
        (Target("CT", "8-CT/TU", issuer="Tỉnh ủy Bến Tre"), Target("CT", "8-CT/TU", issuer="Tỉnh ủy Lâm Đồng")),
        (
            Target("NQ", title="Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XI"),
            Target("NQ", title="Nghị quyết Đại hội Đảng bộ huyện lần thứ XI"),
        ),
        (Target("L", None, "2015-06-25", None, "Luật Ngân sách nhà nước"), Target("L", "89/2025/QH15")),
        (
            Target("NQ", title="Nghị quyết Đại hội Mặt trận Tổ quốc Việt Nam lần thứ IX"),
            Target("NQ", title="Nghị quyết Đại hội Đảng toàn quốc lần thứ IX"),
        ),
    ],
)
def test_two_documents_have_two_names(one: Target, other: Target) -> None:
    assert target_id(one, LAM_DONG) != target_id(other, LAM_DONG)

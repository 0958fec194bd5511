"""Target states, rewrites and what is checked: how well a target is known, what was changed, what cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_document

from docparse import parse_text
from docparse.model import Annotation, Citation, Document, Field, Target
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.checks import find_doubts
from docparse.tag.citations import find_citations
from docparse.tag.naming import name_documents
from docparse.tag.rewrites import rewrites

HEADER = {
    "header.number": "5-KH/HU",
    "header.date": "2023-05-12",
    "header.issuer.name": "Ban Thường vụ Huyện ủy Lạc Dương",
    "header.issuer.level": "district",
    "header.issuer.place": "Lạc Dương, Lâm Đồng",
    "header.system": "party",
}


def tagged(text: str, **header: str) -> Document:
    doc = a_document(text)
    fields = {**HEADER, **{k.replace("_", "."): v for k, v in header.items()}}
    claims = tuple(Annotation(Span(0, 0), Field(name, value), 0.9, "header", "test") for name, value in fields.items())
    doc = replace(doc, annotations=claims)
    return name_documents(doc.with_annotations(find_citations(doc, Tables.default()), "citations"), Tables.default())


def targets(text: str, **header: str) -> list[Target]:
    doc = tagged(text, **header)
    return [a.value.target for a in doc.of_kind(Citation) if isinstance(a.value, Citation)]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Theo Nghị định số 01/2019/NĐ-CP.", "resolved"),  # the table has its date
        ("Theo Nghị định số 997/2031/NĐ-CP.", "attested"),  # a symbol with its year names one document
        ("Thực hiện Chỉ thị số 24-CT/TU ngày 27/02/2018 của Ban Thường vụ Tỉnh ủy.", "attested"),
        ("Thực hiện Chỉ thị số 24-CT/TU của Ban Thường vụ Tỉnh ủy.", "ambiguous"),  # one a term
        ("Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương.", "resolved"),
        ("Theo Luật Tổ chức chính quyền địa phương năm 2015.", "resolved"),
        ("Theo Luật Thiên văn.", "ambiguous"),  # no law of the register, no year
        ("Thực hiện Nghị quyết Đại hội XIII của Đảng.", "attested"),
        ("Theo Hiến pháp năm 2013.", "resolved"),
        ("Thực hiện Quyết định số 777.", "unparsed"),
    ],
)
def test_how_well_a_target_is_known(text: str, state: str) -> None:
    assert [t.state for t in targets(text)] == [state]


def test_an_undated_number_has_the_central_resolutions_it_may_be() -> None:
    (target,) = targets("Tiếp tục thực hiện Nghị quyết số 18-NQ/TW của Ban Chấp hành Trung ương.")
    assert target.state == "ambiguous"
    assert target.candidates == (
        "urn:lex:vn:trung.uong:nghi.quyet:2017-10-25;18-nq-tw",
        "urn:lex:vn:trung.uong:nghi.quyet:2022-06-16;18-nq-tw",
    )


def test_an_undated_central_resolution_of_the_running_term_is_known() -> None:
    (target,) = targets("Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị.", header_date="2025-06-01")
    assert (target.id, target.state) == ("urn:lex:vn:trung.uong:nghi.quyet:2024-12-22;57-nq-tw", "resolved")


def test_a_plenum_that_passed_several_is_ambiguous_and_one_that_passed_one_is_resolved() -> None:
    several, one = targets("Nghị quyết Trung ương 6 khóa XII và Nghị quyết Trung ương 8 khóa XII.")
    assert (several.state, len(several.candidates)) == ("ambiguous", 4)
    assert (one.state, one.candidates) == ("resolved", ())


def test_mentions_of_one_document_have_one_state() -> None:
    found = targets(
        "Thực hiện Chỉ thị số 24-CT/TU ngày 27/02/2018 của Ban Thường vụ Tỉnh ủy. Báo cáo kết quả thực hiện Chỉ thị 24."
    )
    assert [t.state for t in found] == ["attested", "attested"]
    assert found[0].id == found[1].id


def test_what_the_document_issues_is_held() -> None:
    found = targets(
        "Ban hành Quy chế quản lý xe công vụ của cơ quan\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế quản lý xe "
        "công vụ của cơ quan.",
        header_type_code="QĐ",
        header_number="5-QĐ/HU",
    )
    assert found
    assert {target.state for target in found} == {"resolved"}


@pytest.mark.parametrize(
    ("printed", "written", "rules"),
    [
        ("24-CT/TU", "24-CT/TU", []),
        ("24 – CT/ TU", "24-CT/TU", ["separator"]),
        ("12/Q\u00d0-UBND", "12/QĐ-UBND", ["look-alike"]),
        ("30/2020/ND-CP", "30/2020/NĐ-CP", ["marks"]),
        ("19/QĐ-TTG", "19/QĐ-TTg", ["case"]),
        ("18", "18-NQ/TW", ["completed"]),
        ("5/ QD-TTG", "5/QĐ-TTg", ["separator", "marks", "case"]),
        ("5/QĐ-UB8D", "5/QĐ-UBND", ["spelling"]),
    ],
)
def test_every_change_of_a_symbol_is_reported(printed: str, written: str, rules: list[str]) -> None:
    changes = rewrites(printed, written)
    assert [change.rule for change in changes] == rules
    for change in changes:
        assert change.printed != change.written


def test_a_citation_reports_what_it_changed() -> None:
    doc = tagged("Theo Nghị định số 30/2020/ ND-CP.")
    (citation,) = [a.value for a in doc.of_kind(Citation) if isinstance(a.value, Citation)]
    assert [(r.printed, r.written) for r in citation.rewrites] == [
        ("30/2020/ ND-CP", "30/2020/ND-CP"),
        ("ND", "NĐ"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Hoàn thành trước ngày 31/02/2021.", ["impossible-date"]),
        ("Theo Quyết định số 5/QĐ-TTg ngày 15/13/2021 của Thủ tướng Chính phủ.", ["impossible-date"]),
        ("Họp ngày 30 tháng 02 năm 2022.", ["impossible-date"]),
        ("Hoàn thành trước ngày 28/02/2021; điện thoại 35.12.2021, biển số 99/99/2021A.", []),
        ("Theo Quyết định số 5/QĐ-TTg ngày 02/7/2024 của Thủ tướng Chính phủ.", ["cites-future"]),
        ("Theo Quyết định số 5/QĐ-TTg ngày 02/7/2022 của Thủ tướng Chính phủ.", []),
        ("Theo Công văn số 5/BTC-NS ngày 02/7/2022 của Bộ Xây dựng.", ["symbol-issuer"]),
        ("Theo Kế hoạch số 5-KH/TU ngày 02/7/2022 của Ban Thường vụ Thành ủy.", []),
        ("Theo Nghị quyết số 5-NQ/TW ngày 02/7/2022 của Bộ Chính trị.", []),
        ("Theo Công văn số 5/UBND-VX ngày 02/7/2022 của Chủ tịch UBND tỉnh.", []),
    ],
)
def test_what_a_person_should_look_at(text: str, codes: list[str]) -> None:
    notes = list(find_doubts(tagged(text), Tables.default()))
    assert [note.code for note in notes] == codes
    assert all(note.page == 1 for note in notes)


def test_an_impossible_date_is_kept_as_written_and_warned_of_in_the_record() -> None:
    record = parse_text("Thực hiện Quyết định số 5/QĐ-TTg ngày 31/02/2021 của Thủ tướng Chính phủ.").record()
    (citation,) = record.citations
    assert "31/02/2021" in citation.text
    assert citation.target.date is None
    assert [w.code for w in record.warnings] == ["impossible-date"]
    assert citation.evidence is not None
    assert citation.evidence.text == "Thực hiện"

"""The outline: schemes, sequences, damage, quotations and attachments, on small documents made here."""

from __future__ import annotations

import pytest

from docparse.model import Document, Found, Line, Page, Section, Source, Zone, ZoneName
from docparse.segment.numbering import read_labels, roman, steps
from docparse.segment.outline import build_outline
from docparse.spans import Span
from docparse.tables import Tables

TABLES = Tables.default()


def a_document(*paragraphs: str, ocr: bool = False, zones: tuple[tuple[ZoneName, int, int], ...] = ()) -> Document:
    """A document of these paragraphs; `zones` by the first and last paragraph."""
    text = "\n".join(paragraphs)
    spans: list[Span] = []
    at = 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    lines = tuple(Line(span, p, 1) for span, p in zip(spans, paragraphs, strict=True))
    page = Page(1, 0, 0, Span(0, len(text)), "ocr" if ocr else "text")
    doc = Document(Source("-", "0" * 64, "text/plain", len(text)), text, (page,), lines)
    marked = [Found(Span(spans[a].start, spans[b].end), Zone(name), 1.0, "test") for name, a, b in zones]
    return doc.with_annotations(marked, "test")


def paths(doc: Document) -> list[str]:
    """The paths of all sections but bullets, in the order of the text."""
    out: list[str] = []

    def walk(sections: tuple[Section, ...]) -> None:
        for section in sections:
            if section.kind != "bullet":
                out.append("|".join(section.path))
            walk(section.children)

    walk(build_outline(doc, TABLES).sections)
    return out


CASES = [
    ("roman over numbers", ["I. MỤC ĐÍCH", "1. Một", "2. Hai", "II. NHIỆM VỤ", "1. Ba"], "I I|1 I|2 II II|1"),
    ("party dashes", ["I- TÌNH HÌNH", "1- Một", "1.1- Một một", "1.2- Một hai", "2- Hai"], "I I|1 I|1|1.1 I|1|1.2 I|2"),
    ("article starts the path", ["Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Tên", "1. Một", "a) Một"],
     "Chương I#Điều 1#Điều 1|1#Điều 1|1|a"),
    ("letters with and without đ", ["1. Một", "a) A", "b) B", "c) C", "d) D", "đ) Đ", "e) E", "g) G"],
     "1 1|a 1|b 1|c 1|d 1|đ 1|e 1|g"),
    ("a lost number keeps the rest", ["1. Một", "2. Hai", "4. Bốn", "5. Năm"], "1 2 4 5"),
    ("slashes and brackets", ["1/ Một", "a/ A", "b/ B", "2/ Hai", "1) X"], "1 1|a 1|b 2 2|1"),
    ("i behind h is a letter", ["1. Một", "g) G", "h) H", "i) I", "k) K"], "1 1|g 1|h 1|i 1|k"),
    ("a list of the same kind inside an item",
     ["1. Phạm vi", "Bãi bỏ:", "1. Nghị quyết A;", "2. Nghị quyết B.", "2. Đối tượng"], "1 1|1 1|2 2"),
    ("a list that its item announces", ["1. Một.", "2. Yêu cầu:", "1. Ba.", "2. Bốn.", "3. Năm."], "1 2 2|1 2|2 2|3"),
    ("a list under its heading",
     ["1. Đánh giá chung.", "2. Về nhiệm vụ", "1. Ba.", "2. Bốn.", "3. Năm."], "1 2 2|1 2|2 2|3"),
    ("a new list behind a lead-in",
     ["1. Một.", "2. Hai.", "Yêu cầu thực hiện:", "1. Ba.", "2. Bốn.", "3. Năm."], "1 2 1 2 3"),
    ("numbers of money and dates are none",
     ["1. Một", "2.100 triệu đồng", "15/3/2021 là hạn", "24/7", "1.500.000 đồng"], "1"),
    ("an abbreviated name is none", ["I. Một", "V. I. Lênin viết"], "I"),
    ("references are no articles", ["Điều 1. Tên", "Điều 5 Luật này quy định", "Điều 3, Điều 4 của Quy chế"], "Điều 1"),
    ("quoted text makes none",
     ["Điều 1. Sửa đổi", "1. Sửa đổi Điều 5 như sau:", "“Điều 5. Tên mới", "1. Một", "2. Hai.”", "2. Bãi bỏ Điều 6."],
     "Điều 1#Điều 1|1#Điều 1|2"),
    ("straight quotes too", ["Điều 1. Sửa đổi như sau:", '"4. Một', 'a) Hai."', "Điều 2. Hiệu lực"], "Điều 1#Điều 2"),
    ("a quotation never closed", ["Điều 1. Sửa như sau:", "“1. Một", "Điều 2. Hiệu lực"], "Điều 1#Điều 2"),
    ("articles listed in a report are none",
     ["I. BỐ CỤC", "1. Bố cục gồm:", "Điều 1. Bãi bỏ;", "Điều 2. Hiệu lực.", "2. Nội dung"], "I I|1 I|2"),
    ("a note in brackets is none", ["(1) Nghị quyết cũ."], ""),
]  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_paths(paragraphs: list[str], expected: str) -> None:
    assert paths(a_document(*paragraphs)) == (expected.split("#") if "#" in expected else _split(expected))


def _split(expected: str) -> list[str]:
    return [expected] if expected.startswith("Điều") else expected.split()


OCR = [
    ("a comma for the point", ["1. Một", "2, Hai", "3. Ba"], "1 2 3"),
    ("a stroke too many", ["I. MỘT", "1I. HAI", "1H. BA", "IV. BỐN"], "I II III IV"),
    ("the point lost", ["I. MỘT", "II HAI", "III. BA"], "I II III"),
    ("a letter misread", ["1. Một", "8) A", "b) B", "c) C", "đ) D", "e) E", "ø) G"], "1 1|a 1|b 1|c 1|d 1|e 1|g"),
    ("a label that became a speck", ["1. Một", "¬ Hai", "3. Ba"], "1 2 3"),
    ("specks before a label", ["1. Một", "a) A", "„ b) B", "c) C"], "1 1|a 1|b 1|c"),
]


@pytest.mark.parametrize(("paragraphs", "expected"), [c[1:] for c in OCR], ids=[c[0] for c in OCR])
def test_damaged_labels(paragraphs: list[str], expected: str) -> None:
    assert paths(a_document(*paragraphs, ocr=True)) == expected.split()


def test_span_reaches_to_the_last_paragraph_and_head_leaves_the_label() -> None:
    doc = build_outline(a_document("1. Một", "thêm", "a) A", "2. Hai"), TABLES)
    first = doc.sections[0]
    assert first.span.of(doc.text) == "1. Một\nthêm\na) A"
    assert first.head.of(doc.text) == "Một"
    assert first.label == "1."


def test_heading_on_the_next_line() -> None:
    doc = build_outline(a_document("Chương II", "TỔ CHỨC THỰC HIỆN", "Điều 4. Trách nhiệm"), TABLES)
    assert doc.sections[0].heading == "TỔ CHỨC THỰC HIỆN"
    assert doc.sections[0].children[0].heading == "Trách nhiệm"


def test_the_closing_paragraph_belongs_to_no_item() -> None:
    doc = build_outline(a_document("1. Một.", "2. Hai.", "Yêu cầu các sở thực hiện Chỉ thị này."), TABLES)
    assert doc.sections[-1].span.of(doc.text) == "2. Hai."


def test_what_a_lead_in_announces_belongs_to_its_item() -> None:
    doc = build_outline(a_document("1. Một.", "2. Đối với kiến nghị:", "Giao Sở Tài chính xem xét."), TABLES)
    assert doc.sections[-1].span.of(doc.text).endswith("xem xét.")


def test_a_paragraph_behind_single_points_speaks_of_their_item() -> None:
    doc = build_outline(
        a_document("1. Một:", "a) A;", "b) B;", "c) C.", "Trên cơ sở đó, Sở X tổng hợp.", "2. Hai"), TABLES
    )
    first = doc.sections[0]
    assert first.children[-1].span.of(doc.text) == "c) C."
    assert first.span.of(doc.text).endswith("tổng hợp.")


def test_an_attachment_stands_under_its_title() -> None:
    doc = a_document(
        "Điều 1. Ban hành", "Nơi nhận:", "QUY CHẾ", "LÀM VIỆC", "Điều 1. Phạm vi",
        zones=(("body", 0, 0), ("closing", 1, 1), ("annex", 2, 4)),
    )  # fmt: skip
    sections = build_outline(doc, TABLES).sections
    assert [s.kind for s in sections] == ["article", "appendix"]
    assert sections[1].heading == "LÀM VIỆC"
    assert sections[1].children[0].path == ("Điều 1",)


def test_roman_numbers() -> None:
    assert [roman(n) for n in ("I", "IV", "IX", "XIV", "XL", "IIII", "VX", "")] == [1, 4, 9, 14, 40, 0, 0, 0]


def test_optional_letters_count_as_no_step() -> None:
    d, dd, e, g = (read_labels(f"{letter}) Nội dung", TABLES)[0] for letter in "dđeg")
    assert [steps(d, dd), steps(d, e), steps(dd, e), steps(e, g), steps(d, g)] == [1, 1, 1, 1, 2]

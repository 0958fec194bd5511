"""Responsible bodies: names are cut as the contract cuts them and take the role that the words give."""

from __future__ import annotations

import pytest

from docparse.model import Body, Document, Line, Page, Source, Task
from docparse.segment.paragraphs import paragraphs
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.bodies import find_bodies, own_words
from docparse.tag.body_names import grammar


def a_document(text: str, *tasks: tuple[int, int], ocr: bool = False) -> Document:
    made = tuple(Task((str(i),), str(i), Span(*span)) for i, span in enumerate(tasks or ((0, len(text)),)))
    pages = (Page(1, 595.0, 842.0, Span(0, len(text)), "ocr" if ocr else "text"),)
    lines: tuple[Line, ...] = ()
    return Document(Source("-", "0" * 64, "text/plain", 0), text, pages, lines, tasks=made)


def found(text: str, *tasks: tuple[int, int], ocr: bool = False) -> list[tuple[str, str]]:
    out = []
    for claim in find_bodies(a_document(text, *tasks, ocr=ocr), Tables.default()):
        assert isinstance(claim.value, Body)
        out.append((claim.value.role, claim.span.of(text)))
    return sorted(out)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("các sở, ban, ngành tổ chức", ["các sở, ban, ngành"]),
        ("Sở Y tế, Sở Văn hóa, Thể thao và Du lịch xây dựng", ["Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch"]),
        ("cấp ủy, chính quyền, các hội, đoàn thể tập trung", ["cấp ủy", "chính quyền", "các hội, đoàn thể"]),
        (
            "Thủ trưởng các sở, ban, ngành và các đơn vị sự nghiệp thuộc tỉnh có trách nhiệm",
            ["Thủ trưởng các sở, ban, ngành và các đơn vị sự nghiệp thuộc tỉnh"],
        ),
        (
            "Ban Thường vụ các huyện, thành ủy, đảng ủy trực thuộc lãnh đạo",
            ["Ban Thường vụ các huyện, thành ủy, đảng ủy trực thuộc"],
        ),
        (
            "UBND các huyện, thị xã, thành phố và Công an tỉnh rà soát",
            ["UBND các huyện, thị xã, thành phố", "Công an tỉnh"],
        ),
        ("các Sở: Tài chính, Kế hoạch và Đầu tư rà soát", ["các Sở: Tài chính, Kế hoạch và Đầu tư"]),
        (
            "Công ty Đầu tư, Xây dựng và Thương mại Hòa Bình báo cáo",
            ["Công ty Đầu tư, Xây dựng và Thương mại Hòa Bình"],
        ),
        ("các bộ, cơ quan trung ương và địa phương tổng hợp", ["các bộ, cơ quan trung ương", "địa phương"]),
        ("Sở Nông nghiệp và Phát triển nông thôn hướng dẫn", ["Sở Nông nghiệp và Phát triển nông thôn"]),
    ],
)
def test_a_list_is_cut_into_bodies(text: str, names: list[str]) -> None:
    read = grammar(Tables.default()).read(text, 0, len(text))
    assert read is not None
    assert [span.of(text) for span in read.spans] == names


@pytest.mark.parametrize(
    "text", ["Tổ chức tuyên truyền", "Trường hợp cần thiết", "Báo cáo kết quả", "Bộ luật Hình sự", "Hội nghị sơ kết"]
)
def test_a_word_that_only_looks_like_a_head_is_none(text: str) -> None:
    assert grammar(Tables.default()).read(text, 0, len(text)) is None


def test_an_assignment_names_who_leads_helps_and_receives() -> None:
    text = (
        "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính và các cơ quan liên quan tham mưu, "
        "báo cáo UBND tỉnh (qua Văn phòng UBND tỉnh)."
    )
    assert found(text) == [
        ("coordinate", "Sở Tài chính"),
        ("coordinate", "các cơ quan liên quan"),
        ("lead", "Sở Nội vụ"),
        ("report_to", "UBND tỉnh"),
        ("report_to", "Văn phòng UBND tỉnh"),
    ]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("2. Sở Nội vụ\nRà soát cơ cấu tổ chức.", [("lead", "Sở Nội vụ")]),
        ("3. Thanh tra tỉnh: Thanh tra, kiểm tra việc chấp hành.", [("lead", "Thanh tra tỉnh")]),
        ("1. Trách nhiệm của Bộ Công an:\nQuản lý cơ sở dữ liệu.", [("lead", "Bộ Công an")]),
        ("Trên cơ sở đề xuất của Bộ Ngoại giao, Bộ Tài chính bố trí kinh phí.", [("lead", "Bộ Tài chính")]),
        ("Trường hợp hồ sơ thiếu thì Sở Tư pháp trả lại.", [("lead", "Sở Tư pháp")]),
        ("Kinh phí do Sở Tài chính bố trí.", [("lead", "Sở Tài chính")]),
        ("Sở Xây dựng theo dõi, đôn đốc việc thực hiện.", [("monitor", "Sở Xây dựng")]),
        ("Văn phòng Bộ tham mưu ban hành kế hoạch.", [("advise", "Văn phòng Bộ")]),
        (
            "Đề nghị các đơn vị phản ánh về Bộ Tư pháp để xem xét.",
            [("lead", "các đơn vị"), ("report_to", "Bộ Tư pháp")],
        ),
        ("Tổng hợp, gửi Bộ Tài chính.", [("report_to", "Bộ Tài chính")]),
        ("Công an tỉnh tuần tra; Sở Y tế chuẩn bị thuốc.", [("lead", "Công an tỉnh"), ("lead", "Sở Y tế")]),
    ],
    ids=[
        "heading",
        "run-in",
        "duties of",
        "after a clause",
        "then",
        "done by",
        "monitor",
        "advise",
        "report",
        "send",
        "two",
    ],
)
def test_words_give_the_role(text: str, bodies: list[tuple[str, str]]) -> None:
    assert found(text) == bodies


def test_the_formula_of_execution_lists_the_doers() -> None:
    text = (
        "Chánh Văn phòng; Giám đốc các Sở: Tài chính, Y tế; Thủ trưởng các đơn vị có liên quan "
        "chịu trách nhiệm thi hành Quyết định này."
    )
    assert found(text) == [
        ("lead", "Chánh Văn phòng"),
        ("lead", "Giám đốc các Sở: Tài chính, Y tế"),
        ("lead", "Thủ trưởng các đơn vị có liên quan"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ đạo các trường học thực hiện.",
        "Làm việc với Công ty Điện lực để bảo đảm nguồn điện.",
        "Phát huy vai trò của Mặt trận Tổ quốc.",
        "Trình Hội đồng nhân dân xem xét.",
        "Tham mưu, đề xuất Ủy ban nhân dân giải quyết.",
        "Cung cấp thông tin cho Bộ Công an.",
    ],
    ids=["directed", "met", "enhanced", "submitted", "advised", "informed"],
)
def test_who_is_directed_met_or_asked_is_none(text: str) -> None:
    assert found(text) == []


def test_a_body_takes_its_strongest_role_once() -> None:
    assert found("Sở Y tế chủ trì; báo cáo Sở Y tế.") == [("lead", "Sở Y tế")]


def test_sub_tasks_own_their_words_and_do_not_repeat_the_heading() -> None:
    text = "1. Công an tỉnh:\na) Phân công các đơn vị trực.\nb) Phối hợp với Sở Y tế cấp cứu."
    first, second = text.index("a)"), text.index("b)")
    tasks = ((0, len(text)), (first, second - 1), (second, len(text)))
    assert found(text, *tasks) == [("coordinate", "Sở Y tế"), ("lead", "Công an tỉnh")]
    doc = a_document(text, *tasks)
    _, pieces = next(own_words(doc.tasks, paragraphs(doc)))
    assert [piece.of(text) for piece in pieces] == ["1. Công an tỉnh:"]


def test_the_sentence_that_opens_the_list_stands_outside_the_tasks() -> None:
    text = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành thực hiện các nhiệm vụ sau:\n1. Rà soát quy hoạch."
    start = text.index("1.")
    claims = list(find_bodies(a_document(text, (start, len(text))), Tables.default()))
    assert [(c.span.of(text), c.span.end < start) for c in claims] == [("các sở, ban, ngành", True)]


def test_a_row_of_a_table_takes_its_roles_from_the_columns() -> None:
    head = "STT\nNội dung\nCơ quan chủ trì\nCơ quan phối hợp\nThời gian\n"
    row = "1\nSửa đổi quy chế\nSở Nội vụ\nSở Tài chính, Sở Tư pháp\nTháng 9/2025"
    text = head + row
    assert found(text, (len(head), len(text))) == [
        ("coordinate", "Sở Tài chính"),
        ("coordinate", "Sở Tư pháp"),
        ("lead", "Sở Nội vụ"),
    ]


def test_marks_misread_by_ocr_do_not_hide_a_name() -> None:
    text = "Giao Chủ tịch UBND các huyện, thành phó phôi hợp với Sở Giáo dục và Đảo tạo thực hiện."
    assert found(text, ocr=True) == [
        ("coordinate", "Sở Giáo dục và Đảo tạo"),
        ("lead", "Chủ tịch UBND các huyện, thành phó"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Nội vụ lặng lẽ gom hồ sơ", ["Sở Nội vụ"]),
        ("Các huyện, thị, thành ủy dành thời gian học tập", ["Các huyện, thị, thành ủy"]),
        ("Văn phòng HĐND và UBND phường làm tốt", ["Văn phòng HĐND và UBND phường"]),
        ("Vụ trưởng, Cục trưởng các Vụ làm việc", ["Vụ trưởng, Cục trưởng các Vụ"]),
    ],
)
def test_names_end_at_verbs_that_no_table_knows(text: str, names: list[str]) -> None:
    found = grammar(Tables.default()).read(text, 0, len(text))
    assert found is not None
    assert [span.of(text) for span in found.spans] == names

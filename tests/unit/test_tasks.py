"""Tasks: what directs somebody and what does not, by kind of document, on small documents made here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docparse.model import Document, Field, Found, Line, Page, Source
from docparse.segment.duties import judge
from docparse.segment.outline import build_outline
from docparse.segment.tasks import find_tasks
from docparse.spans import Span
from docparse.tables import Tables

TABLES = Tables.default()


def a_document(code: str, *paragraphs: str, ocr: bool = False) -> Document:
    """A document of this type with these paragraphs as its body."""
    text = "\n".join(paragraphs)
    lines: list[Line] = []
    at = 0
    for paragraph in paragraphs:
        lines.append(Line(Span(at, at + len(paragraph)), paragraph, 1))
        at += len(paragraph) + 1
    page = Page(1, 0, 0, Span(0, len(text)), "ocr" if ocr else "text")
    doc = Document(Source("-", "0" * 64, "text/plain", len(text)), text, (page,), tuple(lines))
    kind = Found(Span(0, 1), Field("header.type.code", code), 1.0, "test")
    return build_outline(doc.with_annotations([kind], "test"), TABLES)


def tasks(doc: Document) -> list[str]:
    """Path and, for an unnumbered task, its first words."""
    return [
        "|".join(t.path) if t.label else f"{'|'.join(t.path)}: {t.span.of(doc.text)[:11]}"
        for t in find_tasks(doc, TABLES).tasks
    ]


CASES = [
    ("delegated work is a list of tasks", "TT",
     ["Điều 2. Phân cấp giải quyết một số thủ tục cho Cục Kiểm định", "1. Cấp giấy xác nhận, gồm:",
      "a) Cảnh báo lô hàng;", "b) Bảo mật hồ sơ.", "2. Thu hồi giấy xác nhận."],
     ["Điều 2", "Điều 2|1", "Điều 2|1|a", "Điều 2|1|b", "Điều 2|2"]),
    ("all of a list of duties, whatever verb opens it", "QĐ",
     ["Điều 3. Nhiệm vụ, quyền hạn của Văn phòng Ban", "1. Tham mưu kế hoạch.", "2. Đầu mối tiếp khách.",
      "3. Nâng cao chất lượng."], ["Điều 3", "Điều 3|1", "Điều 3|2", "Điều 3|3"]),
    ("what everybody has to comply with is none", "NĐ",
     ["Điều 9. Trách nhiệm của tổ chức, cá nhân", "1. Chấp hành quy định.", "2. Lưu giữ hồ sơ."], []),
    ("how a body is organised is none", "QĐ",
     ["Điều 3. Văn phòng", "1. Văn phòng có Chánh Văn phòng, các Phó để thực hiện nhiệm vụ.",
      "2. Chánh Văn phòng có trách nhiệm điều hành.", "3. Văn phòng kết thúc hoạt động khi hoàn thành nhiệm vụ."],
     ["Điều 3|2"]),
    ("a clause of transition with a doer", "NĐ",
     ["Điều 8. Hiệu lực thi hành và điều khoản chuyển tiếp", "1. Nghị định này có hiệu lực từ ngày ký.",
      "2. Hồ sơ đã nhận được tiếp tục giải quyết.", "3. Khi có chất mới thì Bộ Y tế có trách nhiệm chủ trì rà soát."],
     ["Điều 8|3"]),
    ("work in the passive", "QĐ",
     ["Điều 4. Quản lý", "1. Việc duy trì, quản lý, khai thác hệ thống do Sở Nội vụ chịu trách nhiệm thực hiện.",
      "2. Mức chi thực hiện theo quy chế do Sở Nội vụ ban hành."], ["Điều 4|1"]),
    ("forms under a task are none", "QyĐ",
     ["Điều 4. Trách nhiệm của Ủy ban Kiểm tra", "1. Thông báo kết quả bằng một trong các hình thức:",
      "a) Gửi văn bản;", "b) Tổ chức đối thoại.", "2. Lưu trữ hồ sơ."], ["Điều 4", "Điều 4|1", "Điều 4|2"]),
    ("the topic of an article is no order", "TT",
     ["Điều 7. Quản lý hồ sơ", "Hồ sơ được quản lý theo quy định của pháp luật.", "Điều 8. Phân loại đơn",
      "Đơn gồm hai loại."], []),
    ("an order behind a topic", "CT",
     ["1. Về nguồn vốn: giao Sở Tài chính bố trí.", "2. Công tác tuyên truyền", "- Đài truyền thanh xã đưa tin.",
      "3. Công tác khác"], ["1", "2"]),
    ("an invitation that has papers prepared", "GM",
     ["1. Thời gian: 8 giờ.", "2. Giao Văn phòng chuẩn bị phòng họp.", "Đề nghị các đại biểu dự đầy đủ."], ["2"]),
    ("a report proposes", "BC",
     ["1. Đề nghị Sở Nội vụ bố trí kinh phí.", "2. Giao Phòng Nội vụ tổng hợp."], ["2"]),
    ("text quoted without marks", "NĐ",
     ["Điều 1. Sửa đổi, bổ sung Điều 9 như sau:", "Điều 9. Trách nhiệm", "1. Bộ Y tế chủ trì kiểm tra.",
      "Điều 2. Trách nhiệm thi hành", "Bộ trưởng Bộ Y tế chịu trách nhiệm thi hành Nghị định này."], ["Điều 2"]),
    ("imperatives and bodies", "CT",
     ["Chủ tịch yêu cầu thực hiện:", "1. Sở Y tế chủ trì rà soát.", "2. Tiếp tục kiểm tra chợ."], ["1", "2"]),
    ("aims are none", "KH",
     ["I. MỤC ĐÍCH, YÊU CẦU", "1. Nâng cao nhận thức.", "II. NHIỆM VỤ", "1. Nâng cao chất lượng."], ["II|1"]),
    ("a bare heading is none, its items are", "CT",
     ["1. Phân công tổ chức thực hiện:", "a) Sở Nội vụ theo dõi.", "b) Sở Tài chính bố trí kinh phí."], ["1|a", "1|b"]),
    ("an item that holds items and names a body is one", "CT",
     ["1. Sở Nội vụ:", "a) Rà soát biên chế;", "b) Báo cáo kết quả."], ["1", "1|a", "1|b"]),
    ("listed documents are none", "KH",
     ["II. NHIỆM VỤ", "1. Thực hiện các văn bản:", "a) Chỉ thị số 24-CT/TU;", "b) Quyết định số 5/QĐ-UBND."],
     ["II|1"]),
    ("who executes", "QĐ",
     ["Điều 1. Phê duyệt Kế hoạch.", "Điều 2. Quyết định này có hiệu lực từ ngày ký.",
      "Điều 3. Chánh Văn phòng và Giám đốc Sở Nội vụ chịu trách nhiệm thi hành Quyết định này."], ["Điều 3"]),
    ("duties of a body in a norm", "TT",
     ["Điều 5. Tổ chức thực hiện", "1. Trách nhiệm của Cục Thuế", "a) Chủ trì hướng dẫn;", "b) Tổng hợp báo cáo.",
      "2. Sở Tài chính gửi báo cáo trước ngày 15."], ["Điều 5|1", "Điều 5|1|a", "Điều 5|1|b", "Điều 5|2"]),
    ("rights, definitions and general duties are none", "TT",
     ["Điều 2. Giải thích từ ngữ", "1. Cơ quan chủ trì là cơ quan thực hiện việc này.", "Điều 3. Quyền",
      "1. Hội đồng được sử dụng con dấu.", "2. Tổ chức, cá nhân phải chấp hành quy định."], []),
    ("a doer behind a condition", "NĐ",
     ["Điều 4. Xử lý", "1. Trường hợp phải thu hồi thì Ủy ban nhân dân cấp tỉnh báo cáo Bộ Tài chính."], ["Điều 4|1"]),
    ("quoted text makes none", "TT",
     ["Điều 1. Sửa đổi", "1. Sửa đổi khoản 1 như sau:", "“1. Sở Y tế chủ trì kiểm tra.”", "2. Bãi bỏ khoản 2."], []),
    ("a petition directs nobody", "TTr",
     ["1. Sở Y tế chủ trì rà soát.", "2. Kính đề nghị Hội đồng xem xét, quyết định."], []),
    ("an unnumbered assignment", "CV",
     ["Theo đề nghị của Bộ Y tế;", "Sở Y tế chủ trì, phối hợp với các sở báo cáo."], [": Sở Y tế chủ"]),
    ("the closing demand", "CT",
     ["1. Sở Y tế rà soát.", "2. Sở Nội vụ tổng hợp.", "Yêu cầu Thủ trưởng các sở nghiêm túc thực hiện./."],
     ["1", "2", ": Yêu cầu Thủ"]),
    ("spreading the word is none", "CT", ["1. Sở Y tế rà soát.", "Chỉ thị này được phổ biến đến chi bộ."], ["1"]),
    ("a notice to be carried out", "TB",
     ["1. Sở Y tế rà soát.", "Nay thông báo để các cơ quan biết, triển khai thực hiện."], ["1", ": Nay thông b"]),
    ("praise is none", "TB",
     ["1. Thường trực Tỉnh ủy ghi nhận nỗ lực của huyện.", "2. Giao Sở Nội vụ tổng hợp."], ["2"]),
    ("where guidance is carried out", "HD",
     ["I. NỘI DUNG", "1. Kỳ sinh hoạt thay cho kỳ thường.", "III. TỔ CHỨC THỰC HIỆN", "1. Các huyện ủy chỉ đạo cơ sở."],
     ["III|1"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "paragraphs", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_tasks(code: str, paragraphs: list[str], expected: list[str]) -> None:
    assert tasks(a_document(code, *paragraphs)) == expected


def test_diacritics_lost_by_ocr() -> None:
    words = ["1. Đây mạnh cải cách.", "2. Bồ trí kinh phí."]
    assert tasks(a_document("CT", *words, ocr=True)) == ["1", "2"]


def test_text_runs_over_all_paragraphs_of_the_item() -> None:
    doc = find_tasks(
        a_document("CT", "1. Sở Nội vụ", "Rà soát biên chế.", "Báo cáo trước ngày 5.", "2. Sở Y tế họp."), TABLES
    )
    assert doc.tasks[0].span.of(doc.text).endswith("ngày 5.")


def test_press_has_no_tasks() -> None:
    doc = replace(a_document("CT", "1. Sở Y tế chủ trì rà soát."), kind="press")
    assert find_tasks(doc, TABLES).tasks == ()


VERBS = [
    ("Tổ chức triển khai ứng dụng", True),
    ("Tổ chức, cá nhân có liên quan", False),
    ("Báo cáo kết quả về Sở Nội vụ", True),
    ("Báo cáo quyết toán vốn đầu tư", False),
    ("Quyết định số 12", False),
    ("Thường xuyên và tích cực phối hợp", True),
    ("Lãnh đạo các sở", False),
]
BODIES = [
    ("Sở Nội vụ", True), ("Các sở, ban, ngành", True), ("Bộ luật Hình sự", False), ("Ban hành Quy chế", False),
    ("Phòng, chống tham nhũng", False), ("Trường hợp không thể", False), ("Người đứng đầu cấp ủy", True),
    ("Thanh tra, kiểm tra việc thực hiện", False), ("Thanh tra tỉnh", True), ("Đoàn kết nội bộ", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), VERBS)
def test_verbs(words: str, expected: bool) -> None:
    assert judge(TABLES).imperative(words) is expected


@pytest.mark.parametrize(("words", "expected"), BODIES)
def test_bodies(words: str, expected: bool) -> None:
    assert judge(TABLES).is_body(words) is expected

"""The doer behind a clause of condition or time at the head of a sentence, in a document that lays down rules."""

from __future__ import annotations

import pytest

from docparse.model import Body
from docparse.pipeline import parse_text

HEAD = "CHÍNH PHỦ\nSố: 12/2025/NĐ-CP\nHà Nội, ngày 14 tháng 5 năm 2025\nNGHỊ ĐỊNH\nVề hồ sơ\nĐiều 5. Thời hạn\n1. "
TAIL = "\nNơi nhận:\n- Lưu: VT.\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\nNguyễn Văn Bình\n"

CASES = [
    ("Trường hợp hồ sơ không hợp lệ thì Sở Tư pháp trả lại hồ sơ.", ["Sở Tư pháp"]),
    ("Khi có sai sót, trong thời hạn 05 ngày, Ủy ban nhân dân cấp xã chỉnh sửa hồ sơ.", ["Ủy ban nhân dân cấp xã"]),
    (
        "Trong thời hạn 03 ngày kể từ ngày nhận được văn bản, Cổng thông tin điện tử Chính phủ đính chính tin đã đăng.",
        ["Cổng thông tin điện tử Chính phủ"],
    ),
    # lower case behind a whole clause of time; a list inside the clause is none of doers
    (
        "Trong thời hạn 03 ngày làm việc kể từ ngày nhận được hồ sơ, cơ quan đăng ký hộ tịch lập hồ sơ.",
        ["cơ quan đăng ký hộ tịch"],
    ),
    # a condition without a word of condition
    ("Đề án đạt từ 50% cử tri tán thành thì Bộ Nội vụ hoàn thiện đề án.", ["Bộ Nội vụ"]),
    # a right, a ban and a number laid down are no work
    ("Trường hợp vượt thẩm quyền, Giám đốc Sở có quyền từ chối.", None),
    ("Trường hợp vượt thẩm quyền thì Ủy ban nhân dân xã không được giải quyết.", None),
    ("Tỉnh, thành phố hình thành do sắp xếp 03 đơn vị có không quá 23 Phó Chủ tịch.", None),
]


@pytest.mark.parametrize(("words", "doers"), CASES)
def test_the_doer_behind_a_front_clause(words: str, doers: list[str] | None) -> None:
    doc = parse_text(HEAD + words + TAIL)
    assert [t.label for t in doc.tasks] == ([] if doers is None else ["1."])
    leads = [a.span.of(doc.text) for a in doc.of_kind(Body) if isinstance(a.value, Body) and a.value.role == "lead"]
    assert leads == (doers or [])

"""Subjects that run to their predicate of duty, names that hold verbs, commas and forces, those who are advised."""

from __future__ import annotations

import pytest

from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.roles import roles


def read(words: str) -> list[tuple[str, str]]:
    found = roles(Tables.default()).in_paragraph(words, Span(0, len(words)), single=True)
    return sorted({(n.role, n.span.of(words)) for n in found})


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        # the verb before the predicate of duty says which organ is meant
        (
            "2. Tổ chức, cá nhân kinh doanh vật tư nông nghiệp có trách nhiệm:",
            [("lead", "Tổ chức, cá nhân kinh doanh vật tư nông nghiệp")],
        ),
        (
            "Cục trưởng Cục Kế hoạch và bảo trì công trình, thiết bị chịu trách nhiệm theo dõi.",
            [("lead", "Cục trưởng Cục Kế hoạch và bảo trì công trình, thiết bị")],
        ),
        # a verb with its own object, then the duty of somebody else: the reader stops where it did
        ("Sở Nội vụ hướng dẫn các đơn vị phải nộp hồ sơ.", [("lead", "Sở Nội vụ")]),
        # one common noun named by its work
        ("a) Đơn vị chuẩn bị dự án tổ chức lập báo cáo.", [("lead", "Đơn vị chuẩn bị dự án")]),
        (
            "b) Phối hợp với đơn vị quản lý, huấn luyện tổ chức kiểm tra.",
            [("coordinate", "đơn vị quản lý, huấn luyện")],
        ),
        # the forces share one noun
        (
            "Phối hợp với các lực lượng Công an, Hải quân, Kiểm ngư và cơ quan có liên quan tuần tra.",
            [("coordinate", "các lực lượng Công an, Hải quân, Kiểm ngư"), ("coordinate", "cơ quan có liên quan")],
        ),
        # the head of one organ leads no one else
        (
            "Giám đốc Sở Y tế các tỉnh, thành phố và cơ quan, tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành "
            "Thông tư này.",
            [("lead", "Giám đốc Sở Y tế các tỉnh, thành phố"), ("lead", "cơ quan, tổ chức, cá nhân có liên quan")],
        ),
        # those who are advised do nothing
        ("1. Tham mưu cho đảng ủy, chỉ huy cấp trên; đảng ủy, chính quyền cấp xã lãnh đạo thực hiện.", []),
        # everybody tells of difficulties
        (
            "Trong quá trình thực hiện, nếu có vướng mắc, tổ chức, cá nhân phản ánh về Bộ Y tế (qua Vụ Kế hoạch, Tài "
            "chính) để xem xét.",
            [("lead", "tổ chức, cá nhân"), ("report_to", "Bộ Y tế"), ("report_to", "Vụ Kế hoạch, Tài chính")],
        ),
        # within one's powers one still only helps
        (
            "3. Sở Xây dựng trong phạm vi nhiệm vụ của mình có trách nhiệm phối hợp với Sở Y tế thực hiện kiểm tra.",
            [("coordinate", "Sở Xây dựng"), ("coordinate", "Sở Y tế")],
        ),
        ("1. Bộ Y tế (Cục Dân số)", [("lead", "Bộ Y tế")]),
        ("b) Thành viên Hội đồng bao gồm đại diện các sở.", []),
    ],
)
def test_bodies_of_a_sentence(words: str, bodies: list[tuple[str, str]]) -> None:
    assert read(words) == sorted(bodies)

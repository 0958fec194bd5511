"""Tasks in the wordings of many offices: resolutions of the Government, notices of conclusions, letters."""

from __future__ import annotations

import pytest

from docparse.model import Body
from docparse.pipeline import parse_text

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\nSố: 12/X-UBND\nLâm Đồng, ngày 14 tháng 5 năm 2017\n"
TAIL = "\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nNguyễn Văn Bình\n"

CASES = [
    # a guide without articles: what it has bodies do, not whom it concerns
    (
        "HƯỚNG DẪN\nKiểm điểm cuối năm\nI. NỘI DUNG\n1. Đối tượng\nTổ chức đảng, đảng viên.\n2. Các bước tiến hành\n"
        "2.1. Cấp ủy cơ sở chuẩn bị báo cáo kiểm điểm.\nII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng theo dõi, tổng hợp.",
        ["I|2|2.1", "II|1"],
    ),
    # a heading of background under which the issuer asks somebody
    (
        "NGHỊ QUYẾT\nPhiên họp Chính phủ thường kỳ tháng 02 năm 2024\n"
        "1. Về tình hình kinh tế - xã hội tháng 02 năm 2024\nChính phủ thống nhất đánh giá: tình hình tốt.\n"
        "Chính phủ yêu cầu các bộ, cơ quan, địa phương tập trung thực hiện các nhiệm vụ trọng tâm sau:\n"
        "a) Ngân hàng Nhà nước Việt Nam điều hành chính sách tiền tệ linh hoạt.\n"
        "b) Bộ Tài chính:\n- Đẩy mạnh số hóa quản lý thuế.\n"
        "2. Về tình hình giải ngân vốn đầu tư công\nChính phủ đánh giá kết quả còn thấp.",
        ["1", "1|a", "1|b"],
    ),
    # a run-in heading of background, and the closing sentence of a notice
    (
        "THÔNG BÁO\nKết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh\n"
        "1. Đánh giá chung: Đến nay, hai huyện đã bàn giao phần lớn mặt bằng. Tuy nhiên, việc di dời còn chậm.\n"
        "2. Sở Giao thông vận tải khẩn trương hoàn thiện hồ sơ.\n"
        "Văn phòng Ủy ban nhân dân tỉnh thông báo để các sở, địa phương biết, thực hiện./.",
        ["2", ":Văn phòng"],
    ),
    # a heading that turns to a body
    (
        "THÔNG BÁO\nKết luận của Ban Thường vụ Tỉnh ủy\n"
        "1. Đối với Ban Thường vụ Thị ủy\n1.1. Tập trung tháo gỡ vướng mắc.\n1.2. Rà soát dự án chậm tiến độ.\n"
        "2. Các chi, đảng bộ trực thuộc căn cứ Kế hoạch này tổ chức thực hiện.",
        ["1", "1|1.1", "1|1.2", "2"],
    ),
    # a letter without numbers: what follows the request and says where to report is asked too
    (
        "CÔNG VĂN\nKính gửi: Hội Nông dân các tỉnh, thành phố\n"
        "Ban Thường vụ Trung ương Hội đề nghị Hội Nông dân các tỉnh, thành phố xây dựng báo cáo tổng kết.\n"
        "Báo cáo gửi về Trung ương Hội trước ngày 05/12/2017.",
        [":Ban Thường", ":Báo cáo gử"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tasks(text: str, expected: list[str]) -> None:
    doc = parse_text(HEAD + text + TAIL)
    found = ["|".join(t.path) if t.label else ":" + t.span.of(doc.text)[:10].strip() for t in doc.tasks]
    assert found == expected


PLAN_WITH_TABLE = (
    "KẾ HOẠCH\nThực hiện chuyển đổi số\nI. MỤC TIÊU\nNâng cao chất lượng.\nII. NHIỆM VỤ\nPhụ lục phân công nhiệm vụ:\n"
    "TT\nNhiệm vụ\nĐơn vị chủ trì\nĐơn vị phối hợp\nThời gian thực hiện\nKết quả\nI\nNhận thức số\n"
    "1\nTổ chức hội nghị\nPhòng Văn hóa và Thông tin\nCác phòng, ban, ngành huyện;\nUBND các xã, thị trấn\n"
    "Tháng 8/2017\nHội nghị\nII\nHạ tầng số\n"
    "2\nXây dựng chuyên mục\nTrung tâm Văn hóa, Thể thao và Truyền thông huyện\nPhòng Văn hóa và Thông tin\n"
    "Quý IV/2017\n"
    "Chuyên mục\nIII. TỔ CHỨC THỰC HIỆN\n1. Các phòng, ban, ngành căn cứ Kế hoạch này thực hiện."
)


def test_a_table_in_groups_with_cells_of_several_paragraphs() -> None:
    doc = parse_text(HEAD + PLAN_WITH_TABLE + TAIL)
    assert ["|".join(t.path) for t in doc.tasks] == ["II|1", "II|2", "III|1"]
    bodies = [(a.value.role, a.span.of(doc.text)) for a in doc.of_kind(Body) if isinstance(a.value, Body)]
    assert bodies == [
        ("lead", "Phòng Văn hóa và Thông tin"),
        ("coordinate", "Các phòng, ban, ngành huyện"),
        ("coordinate", "UBND các xã, thị trấn"),
        ("lead", "Trung tâm Văn hóa, Thể thao và Truyền thông huyện"),
        ("coordinate", "Phòng Văn hóa và Thông tin"),
        ("lead", "Các phòng, ban, ngành"),
    ]


def test_a_heading_that_runs_over_two_lines_is_no_task() -> None:
    heading = "Chương II\nSỐ LƯỢNG PHÓ CHỦ TỊCH,\nPHÓ TRƯỞNG BAN CỦA HỘI ĐỒNG NHÂN DÂN CẤP XÃ\n"
    text = f"{HEAD}NGHỊ QUYẾT\nVề số lượng\n{heading}Điều 2. Phạm vi\nĐiều này quy định số lượng.{TAIL}"
    assert parse_text(text).tasks == ()

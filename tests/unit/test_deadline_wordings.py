"""Deadlines in the wordings of many offices: what a plan or letter prints, word by word, and what it means."""

from __future__ import annotations

import pytest

from docparse.model import Annotation, Deadline, Document, Field, Source, Task
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.deadlines import find_deadlines

NONE: list[tuple[str, str | None]] = []


def found(text: str) -> list[tuple[str, str | None]]:
    """The deadlines of a task of a document of 14 May 2022."""
    given = Annotation(Span(0, 0), Field("header.date", "2022-05-14"), 1.0, "test", "given")
    task = Task(("1",), "1", Span(0, len(text)))
    doc = Document(Source("-", "0" * 64, "text/plain", 0), text, (), (), tasks=(task,), annotations=(given,))
    claims = list(find_deadlines(doc, Tables.default()))
    return [(c.span.of(text), c.value.value) for c in claims if isinstance(c.value, Deadline)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tổng hợp, báo cáo Ủy ban nhân dân tỉnh hạn cuối ngày 25 hằng tháng.",
            [("hạn cuối ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25")],
        ),
        ("Sở Y tế báo cáo trễ nhất ngày 20/6/2022.", [("trễ nhất ngày 20/6/2022", "2022-06-20")]),
        ("Sở Nội vụ gửi báo cáo chậm nhất cuối tháng 11/2023.", [("chậm nhất cuối tháng 11/2023", "2023-11")]),
        ("Sở Nội vụ hoàn thành trước 15 tháng 6 năm 2022.", [("trước 15 tháng 6 năm 2022", "2022-06-15")]),
        ("Sở Nội vụ hoàn thành không quá ngày 30/6/2022.", [("không quá ngày 30/6/2022", "2022-06-30")]),
        ("Sở Nội vụ hoàn thành rà soát. Thời gian hoàn thành: Quý III/2022.", [("Quý III/2022", "2022-Q3")]),
        ("Xây dựng kế hoạch; thời hạn hoàn thành: trước ngày 30/6/2022.", [("trước ngày 30/6/2022", "2022-06-30")]),
        ("Xây dựng kế hoạch (hoàn thành trước ngày 30/6/2022).", [("trước ngày 30/6/2022", "2022-06-30")]),
        (
            "Báo cáo kết quả trước ngày 15 của tháng cuối quý.",
            [("trước ngày 15 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15")],
        ),
        (
            "Báo cáo 6 tháng trước ngày 15/6, báo cáo năm trước ngày 15/12.",
            [
                ("trước ngày 15/6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15"),
                ("trước ngày 15/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"),
            ],
        ),
        (
            "Sở Nội vụ báo cáo trước ngày 15/6 và ngày 15/12 hằng năm.",
            [("trước ngày 15/6 và ngày 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15")],
        ),
        ("Tổ chức giao ban định kỳ hằng tuần, báo cáo vào chiều thứ Sáu.", [("định kỳ hằng tuần", "FREQ=WEEKLY")]),
        ("Công an tỉnh báo cáo trước 17h00 hằng ngày.", [("trước 17h00 hằng ngày", "FREQ=DAILY")]),
        ("Sở Y tế hoàn thành trong ngày 20/6/2022.", [("trong ngày 20/6/2022", "2022-06-20")]),
        ("Sở Y tế phải báo cáo ngay trong ngày 15/6.", [("trong ngày 15/6", "2022-06-15")]),
        ("Hoàn thành trước 30.6.2022.", [("trước 30.6.2022", "2022-06-30")]),
        ("Hoàn thành việc bàn giao trước tháng 9/2022.", [("trước tháng 9/2022", "2022-09")]),
        ("Hoàn thành việc bàn giao trước năm 2025.", [("trước năm 2025", "2025")]),
        ("Hoàn thành chậm nhất vào cuối quý III/2022.", [("chậm nhất vào cuối quý III/2022", "2022-Q3")]),
        ("Hoàn thành trước ngày rằm tháng Giêng.", NONE),
        ("Tổ chức dâng hương nhân kỷ niệm ngày sinh Chủ tịch Hồ Chí Minh 19/5/1890 - 19/5/2022.", NONE),
        ("Tổ chức Tết Nguyên tiêu vào rằm tháng Giêng, lễ hội mùng 10 tháng 3 âm lịch.", NONE),
        ("Tổ chức Lễ hội vào ngày 10/3 âm lịch hằng năm.", NONE),
        ("Tổ chức kỷ niệm Ngày thành lập Đảng 03/02 hằng năm.", NONE),
        (
            "Phòng Tư pháp trả lời trong thời hạn 05 ngày làm việc, kể từ ngày nhận được đề nghị.",
            [("trong thời hạn 05 ngày làm việc, kể từ ngày nhận được đề nghị", "P5BD")],
        ),
        (
            "Trong thời hạn không quá 03 ngày làm việc kể từ khi nhận đủ hồ sơ, Sở Xây dựng có văn bản trả lời.",
            [("Trong thời hạn không quá 03 ngày làm việc kể từ khi nhận đủ hồ sơ", "P3BD")],
        ),
        ("Sở Nội vụ báo cáo sau 30 ngày kể từ ngày kết thúc cuộc họp.", NONE),
        (
            "Sở Nội vụ báo cáo chậm nhất 05 ngày sau khi kết thúc đợt kiểm tra.",
            [("chậm nhất 05 ngày sau khi kết thúc đợt kiểm tra", "P5D")],
        ),
        (
            "Gửi tài liệu trước phiên họp ít nhất 03 ngày làm việc.",
            [("trước phiên họp ít nhất 03 ngày làm việc", "-P3BD")],
        ),
        (
            "Gửi tài liệu ít nhất 03 ngày làm việc trước ngày họp.",
            [("ít nhất 03 ngày làm việc trước ngày họp", "-P3BD")],
        ),
        (
            "Gửi tài liệu đến đại biểu chậm nhất 05 ngày trước ngày khai mạc kỳ họp.",
            [("chậm nhất 05 ngày trước ngày khai mạc kỳ họp", "-P5D")],
        ),
        ("Gửi báo cáo trước khi họp kiểm điểm 5 ngày.", [("trước khi họp kiểm điểm 5 ngày", "-P5D")]),
        ("Báo cáo ngay sau khi sự cố xảy ra, không quá 02 giờ.", [("không quá 02 giờ", "PT2H")]),
        ("Giám đốc Sở có trách nhiệm giải quyết trong 10 ngày.", [("trong 10 ngày", "P10D")]),
        ("Mỗi quý ít nhất một lần tổ chức đối thoại.", [("Mỗi quý ít nhất một lần", "FREQ=MONTHLY;INTERVAL=3")]),
        ("Mỗi năm tổ chức 02 đợt kiểm tra liên ngành.", [("Mỗi năm", "FREQ=YEARLY")]),
        (
            "Hằng tháng, trước ngày 25, báo cáo kết quả về Sở Tài chính.",
            [("Hằng tháng, trước ngày 25", "FREQ=MONTHLY;BYMONTHDAY=25")],
        ),
        (
            "Trước ngày 25 hằng tháng và trước ngày 20 của tháng cuối quý báo cáo.",
            [
                ("Trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25"),
                ("trước ngày 20 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
            ],
        ),
        ("Sở Tài chính tổng hợp báo cáo theo quý, năm.", NONE),
        ("Hoàn thành trước ngày 31/02/2023.", [("trước ngày 31/02/2023", None)]),
        ("Các xã báo cáo kết quả từ nay đến hết ngày 30/6/2022.", [("đến hết ngày 30/6/2022", "2022-06-30")]),
        ("Các xã hoàn thành kế hoạch từ nay đến cuối năm.", NONE),
        ("Thời gian thực hiện: Năm 2022 - 2025.", NONE),
        ("Thời gian thực hiện: Thường xuyên.", NONE),
        ("Thời gian thực hiện: Hằng năm.", [("Hằng năm", "FREQ=YEARLY")]),
        ("Báo cáo trước 10/11/2022.", [("trước 10/11/2022", "2022-11-10")]),
        (
            "Đồng chí Chánh Văn phòng tham mưu, xong trong tuần thứ 3 tháng 6/2022.",
            [("trong tuần thứ 3 tháng 6/2022", "2022-06")],
        ),
        ("Trước mắt, từ nay đến 30/6, tập trung tuyên truyền.", [("đến 30/6", "2022-06-30")]),
        ("Trình Hội đồng nhân dân tỉnh tại kỳ họp tháng 7/2022.", [("kỳ họp tháng 7/2022", "2022-07")]),
        ("Báo cáo Ban Thường vụ Tỉnh ủy trong tháng 6.", [("trong tháng 6", "2022-06")]),
        ("Hoàn thành đại hội cấp cơ sở trong quý IV.", [("trong quý IV", "2022-Q4")]),
        (
            "Kinh phí được cấp trước ngày 30/6/2022 phải quyết toán trước ngày 31/12/2022.",
            [("trước ngày 31/12/2022", "2022-12-31")],
        ),
        ("Quy định này áp dụng đến hết ngày 31/12/2025.", NONE),
        (
            "Định kỳ một năm hai lần báo cáo Ủy ban nhân dân tỉnh.",
            [("Định kỳ một năm hai lần", "FREQ=MONTHLY;INTERVAL=6")],
        ),
        ("Định kỳ 06 tháng/lần báo cáo kết quả.", [("Định kỳ 06 tháng/lần", "FREQ=MONTHLY;INTERVAL=6")]),
        ("Chế độ báo cáo: tuần (thứ 5), tháng (ngày 20).", NONE),
        ("Xây dựng kế hoạch. Thời gian hoàn thành: Quý III/2022.", [("Quý III/2022", "2022-Q3")]),
        (
            "Thời gian thực hiện: từ tháng 6/2022 đến tháng 12/2022.",
            [("từ tháng 6/2022 đến tháng 12/2022", "2022-06/2022-12")],
        ),
        ("Thời gian tổ chức: 01 ngày, ngày 25/6/2022.", [("ngày 25/6/2022", "2022-06-25")]),
        ("Hoàn thành việc rà soát trong quý II, quý III năm 2022.", [("trong quý II, quý III năm 2022", "2022-Q3")]),
        ("Các đơn vị đã tập huấn trong tháng 3.", NONE),
    ],
)
def test_wordings(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(text) == expected

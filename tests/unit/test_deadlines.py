"""Deadlines: what binds an action is found with its value, what does not is not."""

from __future__ import annotations

import pytest

from docparse.model import Annotation, Citation, Deadline, Document, Field, Source, Target
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag import recurrence
from docparse.tag.deadlines import NEEDED, find_deadlines


def a_document(text: str, date: str | None = "2024-03-10", cited: str | None = None) -> Document:
    claims = []
    if date:
        claims.append(Annotation(Span(0, 0), Field("header.date", date), 1.0, "test", "given"))
    if cited:
        at = text.index(cited)
        claims.append(Annotation(Span(at, at + len(cited)), Citation(Target()), 1.0, "test", "given"))
    return Document(Source("-", "0" * 64, "text/plain", 0), text, (), (), annotations=tuple(claims))


def found(text: str, date: str | None = "2024-03-10", cited: str | None = None) -> list[tuple[str, str, str | None]]:
    doc = a_document(text, date, cited)
    out: list[tuple[str, str, str | None]] = []
    for claim in find_deadlines(doc, Tables.default()):
        assert isinstance(claim.value, Deadline)
        out.append((claim.span.of(text), claim.value.kind, claim.value.value))
    return out


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("Báo cáo Sở Nội vụ trước ngày 15/12/2024.", "trước ngày 15/12/2024", "fixed", "2024-12-15"),
        ("Gửi báo cáo trước 10 giờ 00 ngày 03/4/2024.", "trước 10 giờ 00 ngày 03/4/2024", "fixed", "2024-04-03"),
        ("Hoàn thành chậm nhất ngày 05 tháng 6 năm 2024.", "chậm nhất ngày 05 tháng 6 năm 2024", "fixed", "2024-06-05"),
        ("Hoàn thành việc rà soát trong quý II/2024.", "trong quý II/2024", "fixed", "2024-Q2"),
        ("Nộp hồ sơ trước ngày 31/02/2025.", "trước ngày 31/02/2025", "fixed", None),
        ("Báo cáo kết quả trước ngày 20/11.", "trước ngày 20/11", "fixed", "2024-11-20"),
        ("Báo cáo kết quả trước ngày 20/01.", "trước ngày 20/01", "fixed", "2025-01-20"),
        ("Định kỳ hằng năm báo cáo kết quả.", "Định kỳ hằng năm", "recurring", "FREQ=YEARLY"),
        ("- Hàng quý, các đơn vị rà soát.", "Hàng quý", "recurring", "FREQ=MONTHLY;INTERVAL=3"),
        (
            "Báo cáo định kỳ 6 tháng, hằng năm về Sở.",
            "định kỳ 6 tháng, hằng năm",
            "recurring",
            "FREQ=YEARLY;BYMONTH=6,12",
        ),
        ("Kiểm tra ít nhất 01 lần/01 năm.", "ít nhất 01 lần/01 năm", "recurring", "FREQ=YEARLY"),
        ("Họp giao ban mỗi tháng một lần.", "mỗi tháng một lần", "recurring", "FREQ=MONTHLY"),
        (
            "Gửi báo cáo trước ngày 25 hằng tháng.",
            "trước ngày 25 hằng tháng",
            "recurring",
            "FREQ=MONTHLY;BYMONTHDAY=25",
        ),
        (
            "Báo cáo trước ngày 15/6 và 15/12 hằng năm.",
            "trước ngày 15/6 và 15/12 hằng năm",
            "recurring",
            "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15",
        ),
        (
            "Trong thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ, Sở trả lời.",
            "Trong thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ",
            "relative",
            "P15BD",
        ),
        ("Báo cáo ngay, chậm nhất trong vòng 24 giờ.", "trong vòng 24 giờ", "relative", "PT24H"),
        ("Thông báo trước 30 ngày làm việc.", "trước 30 ngày làm việc", "relative", "-P30BD"),
        ("Tiếp tục đẩy mạnh cải cách hành chính giai đoạn 2024-2028.", "giai đoạn 2024-2028", "period", "2024/2028"),
    ],
)
def test_a_binding_time_is_found_with_its_value(text: str, words: str, kind: str, value: str | None) -> None:
    hits = found(text)
    assert len(hits) == 1
    assert words in hits[0][0]
    assert hits[0][1:] == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "Thông tư này có hiệu lực thi hành kể từ ngày 15/12/2024.",
        "Các dự án đã được phê duyệt trước ngày 01/7/2024 tiếp tục thực hiện.",
        "Nghị quyết được thông qua trước ngày 01/01/2020.",
        "Xây dựng kế hoạch công tác hằng năm của đơn vị.",
        "Thực hiện Chương trình phát triển đô thị giai đoạn 2021-2025.",
        "Quá 3 tháng mà không nộp thì hồ sơ hết giá trị.",
        "Người học từ 12 tháng trở lên được xét.",
        "Đến hạn hàng năm lần thứ hai kể từ ngày cấp.",
        "Kỷ niệm ngày 30/4 và ngày 19/5.",
    ],
    ids=["effect", "past participle", "past", "noun", "plan's period", "condition", "age", "ordinal", "celebration"],
)
def test_what_binds_nobody_is_none(text: str) -> None:
    assert found(text) == []


def test_a_date_inside_a_citation_is_none() -> None:
    text = "Thực hiện Kế hoạch trước ngày 01/9/2024 của Sở, báo cáo trước ngày 01/10/2024."
    assert [w for w, _, _ in found(text, cited="Kế hoạch trước ngày 01/9/2024 của Sở")] == ["trước ngày 01/10/2024"]


def test_text_quoted_to_amend_another_document_binds_nobody() -> None:
    assert found("Sửa đổi khoản 1 như sau:\n“1. Báo cáo Bộ trước ngày 15/12/2024.”") == []


def test_a_list_of_limits_shares_its_word() -> None:
    text = "Trả lời chậm nhất là 30 ngày làm việc đối với cấp cơ sở, 60 ngày làm việc đối với cấp tỉnh."
    assert [v for _, _, v in found(text)] == ["P30BD", "P60BD"]


def test_an_anchor_runs_over_a_comma_inside_a_name() -> None:
    text = "Trong thời hạn 5 ngày kể từ ngày nhận được ý kiến của Bộ Văn hóa, Thể thao và Du lịch, Sở Nội vụ trả lời."
    assert found(text)[0][0].endswith("Thể thao và Du lịch")


def test_a_bracket_narrows_its_cycle() -> None:
    text = "Báo cáo định kỳ hàng quý (trước ngày 15 của tháng kế tiếp) về Sở."
    assert found(text) == [
        ("định kỳ hàng quý (trước ngày 15 của tháng kế tiếp)", "recurring", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15")
    ]


def test_without_a_date_of_its_own_a_document_is_not_older_than_what_it_cites() -> None:
    assert found("Báo cáo trước ngày 20/11.", date=None) == []


def test_the_shortest_cycle_holds_the_others() -> None:
    assert recurrence.cycle_rule("hằng tháng, quý, 6 tháng, năm") == "FREQ=MONTHLY"
    assert recurrence.times_rule(2, 1, "năm") == "FREQ=MONTHLY;INTERVAL=6"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Gửi số liệu trước 15 giờ thứ Sáu hằng tuần.", "trước 15 giờ thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
        ("Báo cáo thiệt hại trước 16 giờ 00 hằng ngày.", "trước 16 giờ 00 hằng ngày", "FREQ=DAILY"),
        ("Trả lời trong 05 ngày làm việc kể từ ngày nhận đơn.", "trong 05 ngày làm việc kể từ ngày nhận đơn", "P5BD"),
    ],
)
def test_weekdays_hours_and_bare_limits(text: str, words: str, value: str) -> None:
    assert [(hit[0], hit[2]) for hit in found(text)] == [(words, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Một cơ sở không bị kiểm tra quá 02 lần trong một năm.",
        "Thay thế cụm từ “Trong thời hạn 05 ngày làm việc” bằng cụm từ khác.",
        "Mở cửa từ 06 giờ đến 23 giờ hằng ngày tại trụ sở.",
    ],
)
def test_caps_quoted_words_and_opening_hours_bind_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_a_rule_is_tried_where_its_words_are(name: str) -> None:
    rule = Tables.default().rules("deadlines")[name]
    cyclic = rule.examples if name != "yearly_day" else [e for e in rule.examples if "năm" in e]
    missed = [e for e in cyclic if rule.pattern.search(e) and not any(word in e for word in NEEDED[name])]
    assert missed == []

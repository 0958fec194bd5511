"""Laws of deadlines and bodies: spans slice inside the text, the same text gives the same claims, cost is linear."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.model import Document, Source, Task
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.bodies import find_bodies
from docparse.tag.deadlines import find_deadlines

PIECES = [
    "Sở Nội vụ", "các sở, ban, ngành", "Giao", "phối hợp với", "báo cáo", "gửi", "về",
    "trước ngày 15/12/2024", "hằng năm", "trong thời hạn 5 ngày làm việc", "kể từ ngày", "thì", "Trường hợp",
    ",", ";", ".", ":", "(", ")", "\n", "“", "”", "1.", "chịu trách nhiệm thi hành", "định kỳ 6 tháng",
    "quý II/2024", "31/02/2021", "và", "của", "a)", "STT", "giai đoạn 2021-2025",
]  # fmt: skip


def a_document(text: str) -> Document:
    return Document(
        Source("-", "0" * 64, "text/plain", 0), text, (), (), tasks=(Task(("1",), "1", Span(0, len(text))),)
    )


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_claims_lie_inside_the_text_and_never_change(text: str) -> None:
    doc = a_document(text)
    for find in (find_deadlines, find_bodies):
        claims = list(find(doc, Tables.default()))
        assert all(0 <= c.span.start < c.span.end <= len(text) for c in claims)
        assert claims == list(find(doc, Tables.default()))


def test_cost_grows_no_faster_than_the_text() -> None:
    for unit in (
        "Sở Nội vụ; ",
        "trong thời hạn 5 ngày làm việc, ",
        "(gửi Bộ) ",
        "Căn cứ, các sở, ",
        "báo cáo kết quả về ",
    ):
        costs = []
        for size in (4_000, 32_000):
            doc = a_document(unit * (size // len(unit)))
            began = time.process_time()
            for find in (find_deadlines, find_bodies):
                list(find(doc, Tables.default()))
            costs.append(time.process_time() - began)
        assert costs[1] < 40 * max(costs[0], 0.01), unit

"""Laws of the pipeline: same input, same bytes; spans slice; sections nest; JSON round trip; only DocparseError."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from docparse import parse_bytes, parse_text
from docparse.errors import DocparseError
from docparse.record import Record, SectionRecord

SNIPPETS = (
    "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số: 19/CT-UBND", "Số -CV/TU",
    "Lâm Đồng, ngày 31 tháng 02 năm 2021", "CHỈ THỊ", "Kính gửi:", "- Sở Nội vụ;", "1. Giao Sở Tài chính chủ trì",
    "a) trước ngày 15/12/2021;", "đ) định kỳ hằng tháng", "Điều 5. Tổ chức thực hiện", "Chương II", "I. MỤC TIÊU",
    "theo khoản 2 Điều 24 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư", "(Chỉ thị 24)",
    "các Nghị quyết số 18-NQ/TW, 19-NQ/TW", "“Điều 3. Sửa đổi", "”", "((((", "Nơi nhận:", "- Như trên;", "- Lưu: VT.",
    "TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Thử", "Phụ lục", "trong thời hạn 15 ngày làm việc",
)  # fmt: skip
"""Pieces of officialese, put together at random."""

officialese = st.lists(
    st.one_of(st.sampled_from(SNIPPETS), st.text(st.characters(exclude_categories=["Cs"]), max_size=30)), max_size=25
).map(lambda pieces: "\n".join([SNIPPETS[5], *pieces]))


def record_of(text: str) -> Record:
    return parse_text(text).record()


@given(officialese)
def test_the_same_input_gives_the_same_bytes(text: str) -> None:
    assert record_of(text).to_json() == record_of(text).to_json()


@given(officialese)
def test_every_span_gives_the_words_that_the_record_shows(text: str) -> None:
    record = record_of(text)
    claims = (record.citations, record.deadlines, record.bodies)
    things = [
        (t.span, t.text) for group in (*claims, record.tasks, record.recipients, record.addressees) for t in group
    ]
    for (start, end), words in things:
        assert 0 <= start < end <= len(record.text)
        assert record.text[start:end] == words
    for evidence in record.header.evidence.values() if record.header else ():
        assert 0 <= evidence.span[0] <= evidence.span[1] <= len(record.text)
    for page in record.source.pages:
        assert 0 <= page.span[0] <= page.span[1] <= len(record.text)


@given(officialese)
def test_ids_are_unique_and_links_lead_somewhere(text: str) -> None:
    record = record_of(text)
    claims = [(c.id, c.span, c.task) for group in (record.citations, record.deadlines, record.bodies) for c in group]
    ids = [name for name, _, _ in claims] + [task.id for task in record.tasks]
    assert len(set(ids)) == len(ids)
    tasks = {task.id: task for task in record.tasks}
    for name, span, place in claims:
        if place is not None:
            task = tasks[place]
            assert task.span[0] <= span[0] < span[1] <= task.span[1]
            assert name in [*task.citations, *task.deadlines, *task.bodies]


@given(officialese)
def test_the_record_comes_back_from_its_json(text: str) -> None:
    record = record_of(text)
    assert Record.model_validate_json(record.to_json()) == record
    assert json.loads(record.to_json(1)) == json.loads(record.to_json())


def nested(sections: list[SectionRecord], start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for section in sections:
        assert at <= section.span[0] <= section.span[1] <= end
        at = section.span[1]
        yield section.span
        yield from nested(section.children, *section.span)


@given(officialese)
def test_sections_nest(text: str) -> None:
    record = record_of(text)
    list(nested(record.sections, 0, len(record.text)))


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_nothing_but_docparse_errors(data: bytes) -> None:
    with suppress(DocparseError):
        parse_bytes(data).record()


MAGIC = (
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"II*\0",
    b"MM\0*",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"<html>",
)


@given(st.sampled_from(MAGIC), st.binary(max_size=200))
def test_a_false_beginning_raises_nothing_but_docparse_errors(magic: bytes, data: bytes) -> None:
    with suppress(DocparseError):
        parse_bytes(magic + data).record()

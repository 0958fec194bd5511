"""Hostile and odd text: no crash, work that grows with the length only, impossible values kept as written."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from types import FrameType

import pytest

from docparse import parse_text

PLAN = "KẾ HOẠCH\nThực hiện công tác lưu trữ\n"


def work(text: str) -> int:
    """The calls of Python functions and of built-in ones from text to record: a measure that no busy machine sways."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        parse_text(text).record()
    finally:
        sys.setprofile(None)
    return count


HOSTILE: dict[str, Callable[[int], str]] = {
    "clauses": lambda n: PLAN + "".join(f"{i}. Giao Sở Nội vụ báo cáo trước ngày 15/12/2023.\n" for i in range(1, n)),
    "citations": lambda n: (
        PLAN
        + "".join(
            f"Thực hiện Quyết định số {i}/QĐ-UBND ngày 05/3/2021 của Ủy ban nhân dân tỉnh.\n" for i in range(1, n)
        )
    ),
    "brackets": lambda n: PLAN + "(" * 20 * n + ")" * 20 * n,
    "quotation marks": lambda n: PLAN + "“" * 20 * n + "\n" + "“a\n" * n,
    "nested numbering": lambda n: PLAN + "".join(".".join(["1"] * (i % 40 + 1)) + ". Mục con\n" for i in range(n)),
    "a long line": lambda n: PLAN + "Sở Nội vụ phối hợp với các sở, ban, ngành triển khai thực hiện; " * n,
    "definitions": lambda n: (
        PLAN + "".join(f"Luật Lưu trữ số {i}/2011/QH13 (sau đây gọi là Luật) và Điều 5 Luật.\n" for i in range(1, n))
    ),
    "one number over and over": lambda n: (
        PLAN
        + "Theo Chỉ thị số 24/CT-TTg ngày 05/3/2021 của Thủ tướng Chính phủ.\n" * n
        + "Tiếp tục thực hiện Chỉ thị 24 về lưu trữ.\n" * n
    ),
    "one issuer over and over": lambda n: (
        PLAN
        + "Thực hiện Chỉ thị số 24/CT-TTg ngày 05/3/2021 của Thủ tướng Chính phủ.\n" * n
        + "Quán triệt Chỉ thị của Thủ tướng Chính phủ, các sở báo cáo kết quả.\n" * n
    ),
    "names in brackets": lambda n: (
        PLAN
        + "".join(
            f"Thực hiện Quyết định số {i}/QĐ-UBND ngày 05/3/2021 của Ủy ban nhân dân tỉnh ban hành Quy chế lưu trữ đợt "
            f"{i} (sau đây gọi tắt là Quy chế {i}).\nCác sở thực hiện Quy chế {i} và Quy chế {i + 1}.\n"
            for i in range(1, n)
        )
    ),
    "annexes": lambda n: PLAN + "".join(f"PHỤ LỤC {i}\nDANH MỤC\n1. Sở Nội vụ báo cáo.\n" for i in range(1, n)),
    "rows of tasks": lambda n: (
        PLAN
        + "PHỤ LỤC\nDANH MỤC NHIỆM VỤ\nSTT | Nội dung nhiệm vụ | Đơn vị chủ trì | Thời hạn\n"
        + "".join(f"{i} | Rà soát hồ sơ đợt {i} | Sở Nội vụ | 15/12/2023\n" for i in range(1, n))
    ),
    "articles and loose lines": lambda n: PLAN + "Điều 1. Phạm vi\nQuy định này áp dụng.\n" * n,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_work_grows_with_the_length_only(kind: str) -> None:
    parse_text(PLAN).record()  # tables are read once
    small, large = work(HOSTILE[kind](100)), work(HOSTILE[kind](400))
    assert large < 4.8 * small


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "[(" * 50_000 + ")]" * 50_000,
        "Giao Sở " * 20_000,
        "\u202e\u200f" * 1000 + "Quyết định số 5/QĐ-UBND",
        "Ủy b\u0430n nhân dân t\u0456nh giao Sở Nội vụ số １２/QĐ-UBND",
    ],
    ids=["brackets", "nested brackets", "one long line", "right to left", "look-alikes"],
)
def test_odd_text_ends_in_a_valid_record(text: str) -> None:
    assert parse_text(PLAN + text).record().text


def test_composed_and_decomposed_letters_give_one_text() -> None:
    words = "Điều 1. Giao Sở Nội vụ chủ trì thực hiện Quyết định số 5/QĐ-UBND ngày 02/3/2021."
    mixed = words[:30] + unicodedata.normalize("NFD", words[30:])
    one, other = parse_text(PLAN + words).record(), parse_text(PLAN + mixed).record()
    assert (one.text, one.citations) == (other.text, other.citations)


@pytest.mark.parametrize("day", ["31/02/2021", "15/13/2021"])
def test_an_impossible_date_is_warned_of_and_kept_as_written(day: str) -> None:
    record = parse_text(f"{PLAN}1. Giao Sở Nội vụ báo cáo kết quả trước ngày {day}.\n").record()
    assert day in record.text
    assert any(day in w.message for w in record.warnings)
    assert [d.value for d in record.deadlines if d.value is not None] == []


def test_a_document_that_cites_itself_cites_nothing() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\nSố: 12/QĐ-UBND\nAn Hải, ngày 05 tháng 3 năm 2021\nQUYẾT ĐỊNH\nVề lưu trữ\n"
        "Điều 1. Sở Nội vụ thực hiện Quyết định số 12/QĐ-UBND ngày 05/3/2021 của Ủy ban nhân dân tỉnh An Hải.\n"
    )
    assert parse_text(text).record().citations == []

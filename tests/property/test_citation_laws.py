"""Laws of the citation stage: spans slice, mentions do not overlap, nothing crashes, cost is linear."""

from __future__ import annotations

import time

from builders import a_document
from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.tag.citations import read_mentions
from docparse.tag.symbols import parse_symbol

PIECES = st.sampled_from(
    [
        "Nghị quyết số ", "18-NQ/TW", "Luật Đất đai", " ngày 31/02/2021", " của Chính phủ", "(", ")", "“", "”", ", ", "; ", "\n",  # noqa: E501
        "khoản 2 Điều 5 ", "số 5/QĐ-UBND", " về việc ", "ban hành kèm theo ", "Quy chế ", "24", " và ", "Căn cứ ", "(gọi tắt là Quy chế 5)",  # noqa: E501
        "Nghị quyết Đại hội Đảng bộ tỉnh, huyện lần thứ XI", ".", "…", "từ", "Chỉ thị 5", "QUYẾT ĐỊNH:", "Điều 1. ",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=30))
def test_mentions_slice_the_text_in_order_without_overlap(pieces: list[str]) -> None:
    text = "".join(pieces).replace("\r", " ")
    end = 0
    for mention in read_mentions(a_document(text), {"header.type.code": "QĐ"}):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@given(st.text(max_size=30))
def test_a_symbol_parsed_again_is_the_same(text: str) -> None:
    symbol = parse_symbol(text)
    if symbol is not None:
        again = parse_symbol(symbol.text)
        assert again is not None
        assert again.key == symbol.key


def test_brackets_and_long_lines_cost_linear_time() -> None:
    start = time.perf_counter()
    for text in (
        "(" * 100_000,
        "Nghị quyết số 18-NQ/TW, " * 4_000,
        "Luật Đất đai, " * 6_000,
        "khoản 1 Điều 2 " * 8_000,
    ):
        read_mentions(a_document(text), {})
    assert time.perf_counter() - start < 20

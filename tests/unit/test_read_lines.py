"""Lines from placed words: columns apart, blanks and labels together, widgets in their blank, marks on their word."""

from __future__ import annotations

import pytest

from docparse.read.lines import Placed, lines_of
from docparse.spans import Box


def row(text: str, x: float = 50.0, baseline: float = 100.0, size: float = 14.0, **options: bool) -> list[Placed]:
    """Words of six points a letter and four between; `_` in the text is a gap of a letter, `>` one of ten letters."""
    out = []
    for word in text.split(" "):
        bare = word.lstrip("_>")
        x += 6 * word.count("_") + 60 * word.count(">")
        width = 6.0 * len(bare)
        if bare:
            box = Box(x, baseline - size * 0.8, x + width, baseline + size * 0.2)
            out.append(Placed(bare, box, baseline, size, **options))
        x += width + 4
    return out


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        pytest.param(row("Kính gửi: Sở Nội vụ"), ["Kính gửi: Sở Nội vụ"], id="one line"),
        pytest.param(row("SỞ NỘI VỤ > CỘNG HÒA"), ["SỞ NỘI VỤ", "CỘNG HÒA"], id="two columns of a header"),
        pytest.param(row("Số: >/QĐ-UBND"), ["Số: /QĐ-UBND"], id="the blank for the number is no column gap"),
        pytest.param(row("ngày >tháng 4"), ["ngày tháng 4"], id="the blank for the day"),
        pytest.param(row("1. ______Giao Sở Y tế"), ["1. Giao Sở Y tế"], id="a label with a tab"),
        pytest.param(row("đã") + row("rõ", 50, 118), ["đã", "rõ"], id="two lines"),
        pytest.param(row("XIII") + row("1", 74.5, 95, 8), ["XIII1"], id="a footnote's mark touches its word"),
    ],
)
def test_lines(words: list[Placed], lines: list[str]) -> None:
    assert [line.raw for line in lines_of(words)] == lines


def test_spans_of_words_slice_the_raw_line() -> None:
    (line,) = lines_of(row("Quyết định số 5"))
    assert [w.span.of(line.raw) for w in line.words] == ["Quyết", "định", "số", "5"]


def test_a_widget_fills_the_blank_of_its_line() -> None:
    blank = row("Số: >/TB-UBND")
    (line,) = lines_of([*blank, *row("27", 100, 101, 12, widget=True)])
    assert line.raw == "Số: 27 /TB-UBND"
    assert not line.widget


def test_a_widget_elsewhere_is_a_line_of_its_own() -> None:
    lines = lines_of([*row("Nơi nhận:"), *row("Ký bởi: Sở Y tế", 300, 40, 8, widget=True)])
    assert [(n.raw, n.widget) for n in lines] == [("Ký bởi: Sở Y tế", True), ("Nơi nhận:", False)]


def test_an_engines_lines_are_kept_and_joined_where_they_continue() -> None:
    known = [row("Số: 5"), row("/CT-UBND", 90), row("Căn cứ Luật", 50, 130)]
    assert [n.raw for n in lines_of((), known)] == ["Số: 5 /CT-UBND", "Căn cứ Luật"]


def test_fonts_are_those_of_most_letters() -> None:
    (line,) = lines_of([*row("Điều", bold=True), *row("một", 80), *row("hai ba", 102)])
    assert line.font is not None
    assert (line.font.bold, line.font.size) == (False, 14.0)

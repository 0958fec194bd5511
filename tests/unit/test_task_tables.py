"""Rows of tables that assign work: ruled tables and tables of plain text."""

from __future__ import annotations

from docparse.model import Cell, Line
from docparse.segment.paragraphs import Paragraph
from docparse.segment.task_tables import table_rows
from docparse.spans import Span
from docparse.tables import Tables

TABLES = Tables.default()
PLAIN = [
    "STT",
    "Nội dung",
    "Cơ quan chủ trì",
    "1",
    "Rà soát",
    "Sở Nội vụ",
    "2",
    "Tổng hợp",
    "Sở Y tế",
    "Điều 3. Hiệu lực",
]


def a_run(words: list[str], cells: list[Cell | None] | None = None) -> list[Paragraph]:
    """Paragraphs of these words, each in its cell."""
    out: list[Paragraph] = []
    at = 0
    for index, text in enumerate(words):
        span = Span(at, at + len(text))
        line = Line(span, text, 1, cell=cells[index] if cells else None)
        out.append(Paragraph(index, span, text, (line,)))
        at += len(text) + 1
    return out


def rows(run: list[Paragraph]) -> list[tuple[str, str]]:
    text = "\n".join(p.text for p in run)
    return [(row.number, row.span.of(text).replace("\n", "/")) for row in table_rows(run, TABLES)]


def test_plain_text() -> None:
    assert rows(a_run(PLAIN)) == [("1", "1/Rà soát/Sở Nội vụ"), ("2", "2/Tổng hợp/Sở Y tế")]


def test_a_table_without_a_doer_assigns_nothing() -> None:
    assert rows(a_run(["STT", "Tên mẫu", "Số trang", "1", "Mẫu A", "3", "2", "Mẫu B", "4"])) == []


def test_a_ruled_table() -> None:
    words = ["STT", "Nội dung", "Đơn vị thực hiện", "1", "Rà soát", "Sở Nội vụ", "Cộng", "-"]
    cells: list[Cell | None] = [Cell(0, n // 3, n % 3) for n in range(len(words))]
    assert rows(a_run(words, cells)) == [("1", "1/Rà soát/Sở Nội vụ")]


def test_numbers_with_a_full_stop() -> None:
    words = [f"{w}." if w in {"1", "2"} else w for w in PLAIN]
    assert rows(a_run(words)) == [("1", "1./Rà soát/Sở Nội vụ"), ("2", "2./Tổng hợp/Sở Y tế")]


def test_rows_with_an_empty_cell_and_with_two_paragraphs_in_one() -> None:
    words = ["TT", "Nội dung", "Cơ quan chủ trì", "Phối hợp", "1", "Rà soát", "Sở Nội vụ", "2", "Lập kế hoạch"]
    words += ["Tập huấn", "Sở Y tế", "Sở Tài chính", "3", "Tổng hợp", "Sở Y tế", "Công an", "II. KINH PHÍ"]
    assert [row[0] for row in rows(a_run(words))] == ["1", "2", "3"]
    assert rows(a_run(words))[1][1] == "2/Lập kế hoạch/Tập huấn/Sở Y tế/Sở Tài chính"
    assert rows(a_run(words))[2][1] == "3/Tổng hợp/Sở Y tế/Công an"

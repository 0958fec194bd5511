"""Laws of the outline: sections nest and lie inside the text, tasks too, and the cost is linear."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from docparse.model import Document, Line, Page, Section, Source
from docparse.segment.outline import build_outline
from docparse.segment.tasks import find_tasks
from docparse.spans import Span
from docparse.tables import Tables

TABLES = Tables.default()
LABELS = [
    "",
    "Chương I",
    "Mục 2. ",
    "Điều 1. ",
    "Điều 7. ",
    "I. ",
    "II- ",
    "A. ",
    "1. ",
    "2. ",
    "3/ ",
    "9. ",
    "1.1. ",
    "2.3. ",
]
LABELS += [
    "a) ",
    "b) ",
    "đ. ",
    "(1) ",
    "(i) ",
    "- ",
    "+ ",
    "PHỤ LỤC I ",
    "“",
    "¬ ",
    "1, ",
    "II ",
    "Giao ",
    "Yêu cầu Sở Y tế ",
]
WORDS = st.sampled_from(["Sở Nội vụ rà soát.", "như sau:", "MỤC ĐÍCH", "kết thúc.”", "Tổ chức thực hiện", "x", ""])
PARAGRAPHS = st.lists(st.tuples(st.sampled_from(LABELS), WORDS).map("".join), max_size=40)


def a_document(paragraphs: list[str], ocr: bool = False) -> Document:
    """A document of these paragraphs."""
    text = "\n".join(paragraphs)
    lines: list[Line] = []
    at = 0
    for paragraph in paragraphs:
        lines.append(Line(Span(at, at + len(paragraph)), paragraph, 1))
        at += len(paragraph) + 1
    page = Page(1, 0, 0, Span(0, len(text)), "ocr" if ocr else "text")
    return Document(Source("-", "0" * 64, "text/plain", len(text)), text, (page,), tuple(lines))


def nested(sections: tuple[Section, ...], around: Span) -> None:
    at = around.start
    for section in sections:
        assert around.holds(section.span)
        assert section.span.start >= at
        assert section.span.start <= section.head.start <= section.head.end
        at = section.span.end
        nested(section.children, section.span)


@given(PARAGRAPHS, st.booleans())
def test_sections_nest_and_lie_in_the_text(paragraphs: list[str], ocr: bool) -> None:
    doc = find_tasks(build_outline(a_document(paragraphs, ocr), TABLES), TABLES)
    whole = Span(0, len(doc.text))
    nested(doc.sections, whole)
    assert all(whole.holds(task.span) and len(task.span) for task in doc.tasks)


def cost(paragraphs: list[str]) -> float:
    """Seconds of processor time for the outline and the tasks, the better of two runs."""
    best = float("inf")
    for _ in range(2):
        doc = a_document(paragraphs)
        start = time.process_time()
        find_tasks(build_outline(doc, TABLES), TABLES)
        best = min(best, time.process_time() - start)
    return best


def test_cost_is_linear() -> None:
    for unit in (
        ["1. " * 3 + "Một", "a) Hai"],
        ["“1. Mở", "(1) Ba"],
        ["[" * 30, "1. Sở Y tế, "],
        ["1. Một"],
        ["5. Năm", "- x"],
    ):
        small, large = cost(unit * 200), cost(unit * 1600)
        assert large < 8 * small * 3 + 0.2, unit

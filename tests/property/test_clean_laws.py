"""Laws of cleaning and of `Aligned`, for any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from docparse.clean import clean, marks, normalize
from docparse.model import Scan, ScanLine, ScanPage, Source, Word
from docparse.spans import Aligned, Box, Span

VIETNAMESE = st.text(
    alphabet=(
        "aăâeêioôơuưyđAĐOUYhqnt oòóỏõọỷýỳ\u0300\u0301\u0303\u0309\u0323"
        " \t\n.-–;,:/()*_|}#1234567890“”\u00a0\u00ad\u200bÐƣСРfiﬁ１ \uf0b7"
    ),
    max_size=120,
)
ANY = st.one_of(VIETNAMESE, st.text(max_size=80))


@given(ANY)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalize.normal(text)
    assert normalize.normal(once) == once
    assert "\n" not in once


@given(ANY)
def test_both_ways_of_normalising_agree_and_origins_are_in_order(text: str) -> None:
    line = normalize.aligned(Aligned.of(text))
    assert line.text == normalize.normal(text)
    assert list(line.origins) == sorted(line.origins)
    assert all(0 <= o < len(text) for o in line.origins)


@given(ANY)
def test_both_ways_of_taking_marks_away_agree(text: str) -> None:
    assert marks.without(Aligned.of(text)).text == marks.text_without(text)


@given(ANY)
def test_parts_lie_in_order_within_the_line(text: str) -> None:
    at = 0
    for start, end in marks.parts(text):
        assert at <= start <= end <= len(text)
        at = end


@settings(deadline=None)
@given(st.lists(ANY, max_size=8), st.sampled_from(["text/plain", "text/html"]))
def test_any_text_has_spans_that_slice_inside(lines: list[str], media: str) -> None:
    page = ScanPage(1, 0, 0, "markup", tuple(ScanLine(raw) for raw in lines))
    doc = clean(Scan(Source("x", "0", media, 0), (page,)))
    _holds(doc.text, [n.span for n in doc.lines])
    assert doc.pages[0].span == Span(0, len(doc.text))


@settings(deadline=None)
@given(st.lists(st.tuples(VIETNAMESE, st.integers(0, 500), st.integers(0, 800), st.integers(0, 1)), max_size=12))
def test_any_layout_has_words_within_their_lines(rows: list[tuple[str, int, int, int]]) -> None:
    pages: list[list[ScanLine]] = [[], []]
    for text, x, y, page in rows:
        words, at = [], 0
        for part in text.split(" "):
            if part:
                words.append(Word(Span(at, at + len(part)), Box(x + at * 6, y, x + (at + len(part)) * 6, y + 12)))
            at += len(part) + 1
        box = Box.around(w.box for w in words)
        if box is not None:
            pages[page].append(ScanLine(text, box, tuple(words)))
    scan = Scan(
        Source("x", "0", "application/pdf", 0),
        tuple(ScanPage(i + 1, 595, 842, "text", tuple(p)) for i, p in enumerate(pages)),
    )
    doc = clean(scan)
    _holds(doc.text, [n.span for n in doc.lines])
    for line in doc.lines:
        assert all(line.span.holds(word.span) and len(word.span) for word in line.words)
    assert doc.pages[0].span.start == 0
    assert doc.pages[0].span.end == doc.pages[1].span.start
    assert doc.pages[1].span.end == len(doc.text)


def _holds(text: str, spans: list[Span]) -> None:
    """Spans go on in the text's order, inside it, without overlap."""
    at = 0
    for span in spans:
        assert at <= span.start <= span.end <= len(text)
        at = span.end

"""Laws of the border for any document: places stay inside pages, claims and tasks agree, JSON comes back."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
from builders import a_document
from hypothesis import given
from hypothesis import strategies as st

from docparse.model import Body, Citation, Deadline, Found, Target, Task, Value
from docparse.record import Record, json_schema
from docparse.recording import to_record
from docparse.spans import Span

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
texts = st.text(st.sampled_from("ab ộ\n"), min_size=1, max_size=80).filter(lambda text: bool(text.strip()))
VALUES: tuple[Value, ...] = (Citation(Target(number="1-CT/TU")), Deadline("fixed", "2021", "by"), Body("Sở", "lead"))


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@given(st.data())
def test_any_claims_make_a_valid_record(data: st.DataObject) -> None:
    text = data.draw(texts)
    doc = a_document(text, boxes=True, lines_a_page=3)
    places = data.draw(st.lists(spans(text), max_size=5, unique=True))
    doc = replace(doc, tasks=tuple(Task((str(n),), None, span) for n, span in enumerate(places)))
    found = [
        Found(data.draw(spans(text)), data.draw(st.sampled_from(VALUES)), 0.5, "r")
        for _ in range(data.draw(st.integers(0, 6)))
    ]
    record = to_record(doc.with_annotations(found, "law"))
    VALIDATOR.validate(record.model_dump(mode="json", by_alias=True))
    assert Record.model_validate_json(record.to_json()) == record
    sizes = {page.number: (page.width, page.height) for page in record.source.pages}
    for claim in [*record.citations, *record.deadlines, *record.bodies]:
        assert text[slice(*claim.span)] == claim.text
        assert claim.boxes or not claim.text.strip()
        for page, x0, top, x1, bottom in claim.boxes:
            assert page in sizes
            assert x0 <= x1
            assert top <= bottom
        if claim.task is not None:
            task = next(t for t in record.tasks if t.id == claim.task)
            assert task.span[0] <= claim.span[0]
            assert claim.span[1] <= task.span[1]

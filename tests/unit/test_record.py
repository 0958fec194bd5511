"""The border: places, ids, nesting of claims in tasks, canonical JSON, and the schema."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from builders import DIRECTIVE, a_document
from pydantic import ValidationError

import docparse
from docparse.model import Body, Citation, Deadline, Document, Field, Found, Note, Signer, Target, Task
from docparse.record import Record, json_schema
from docparse.recording import to_record
from docparse.spans import Span

TEXT = "1. Sở Nội vụ làm\na) trước ngày 1\n2. Sở Y tế làm"


def spot(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def with_tasks() -> Document:
    outer, inner, second = Span(0, 32), Span(17, 32), Span(33, len(TEXT))
    tasks = (Task(("1",), "1.", outer), Task(("1", "a"), "a)", inner), Task(("2",), "2.", second))
    return replace(a_document(TEXT, boxes=True), tasks=tasks)


def test_a_claim_belongs_to_the_innermost_task_around_it() -> None:
    found = [
        Found(spot(TEXT, "Sở Nội vụ"), Body("Sở Nội vụ", "lead"), 0.9, "r"),
        Found(spot(TEXT, "trước ngày 1"), Deadline("fixed", None, "before"), 0.9, "r"),
        Found(spot(TEXT, "Sở Y tế"), Body("Sở Y tế", "lead"), 0.9, "r"),
    ]
    record = to_record(with_tasks().with_annotations(found, "test"))
    assert [body.task for body in record.bodies] == ["task:0-32", "task:33-47"]
    assert record.deadlines[0].task == "task:17-32"
    assert [(t.bodies, t.deadlines) for t in record.tasks] == [
        (["body:3-12"], []),
        ([], ["deadline:20-32"]),
        (["body:36-43"], []),
    ]


def test_a_claim_after_the_sub_tasks_belongs_to_the_outer_one() -> None:
    text = "1. x\na) y\nz"
    doc = replace(a_document(text), tasks=(Task(("1",), "1.", Span(0, 11)), Task(("1", "a"), "a)", Span(5, 9))))
    record = to_record(doc.with_annotations([Found(Span(10, 11), Body("z", "lead"), 0.9, "r")], "test"))
    assert record.bodies[0].task == "task:0-11"


def test_boxes_go_around_the_words_touched_one_a_line() -> None:
    doc = a_document("một hai\nba bốn", boxes=True, lines_a_page=1)
    record = to_record(doc.with_annotations([Found(Span(4, 10), Body("x", "lead"), 0.9, "r")], "test"))
    assert record.bodies[0].boxes == [(1, 74.0, 50.0, 92.0, 62.0), (2, 50.0, 50.0, 62.0, 62.0)]
    assert [page.span for page in record.source.pages] == [(0, 7), (8, 14)]


def test_two_claims_on_the_same_words_have_two_ids() -> None:
    found = [Found(Span(0, 3), Citation(Target()), 0.9, rule) for rule in ("a", "b")]
    record = to_record(a_document("một").with_annotations(found, "test"))
    assert [c.id for c in record.citations] == ["citation:0-3", "citation:0-3~2"]


def test_of_two_claims_on_a_header_field_the_surer_stands() -> None:
    found = [Found(Span(0, 3), Field("header.number", n), c, "r") for n, c in (("1-CV/HU", 0.6), ("2-CV/HU", 0.8))]
    header = to_record(a_document("một").with_annotations(found, "test")).header
    assert header is not None
    assert header.number == "2-CV/HU"
    assert header.evidence["number"].confidence == 0.8


def test_several_signers_the_first_is_the_signature() -> None:
    found = [Found(Span(at, at + 1), Signer(name=name), 0.9, "r") for at, name in ((0, "A"), (2, "B"))]
    record = to_record(a_document("A B").with_annotations(found, "test"))
    assert [s.name for s in record.signatures] == ["A", "B"]
    assert record.signature == record.signatures[0]


def test_a_press_report_has_no_header_and_an_unnamed_document_its_hash() -> None:
    doc = replace(a_document("Tin"), kind="press", notes=(Note("odd", "look here", 1),))
    record = to_record(doc)
    assert record.header is None
    assert record.id == f"sha256:{doc.source.sha256[:16]}"
    assert record.warnings[0].page == 1


def test_json_comes_back_as_the_same_record() -> None:
    record = docparse.parse_text(DIRECTIVE).record()
    assert Record.model_validate_json(record.to_json(1)) == record
    assert list(json.loads(record.to_json()))[:3] == ["schema", "id", "kind"]


def test_a_real_record_keeps_the_schema_and_a_bent_one_does_not() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    validator.check_schema(json_schema())
    whole = json.loads(docparse.parse_text(DIRECTIVE).record().to_json())
    validator.validate(whole)
    for key, value in (("kind", "letter"), ("schema", "docparse/2"), ("tasks", None)):
        assert not validator.is_valid({**whole, key: value})
    assert not validator.is_valid({k: v for k, v in whole.items() if k != "citations"})


def test_unknown_keys_are_refused() -> None:
    whole = json.loads(docparse.parse_text(DIRECTIVE).record().to_json())
    with pytest.raises(ValidationError):
        Record.model_validate({**whole, "extra": 1})


def test_many_claims_in_many_tasks_take_linear_time() -> None:
    text = "1. Sở làm\n" * 20_000
    tasks = tuple(Task((str(n),), "1.", Span(10 * n, 10 * n + 9)) for n in range(20_000))
    doc = replace(a_document(text[:-1]), tasks=tasks)
    found = (Found(Span(10 * n + 3, 10 * n + 5), Body("Sở", "lead"), 0.9, "r") for n in range(20_000))
    record = to_record(doc.with_annotations(found, "test"))  # a quadratic join would take minutes
    assert record.tasks[-1].bodies == [record.bodies[-1].id]

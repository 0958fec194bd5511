"""The pipeline: order, wrapping of foreign errors, and the public ways in."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import DIRECTIVE, a_document

import docparse
from docparse import pipeline
from docparse.errors import ConfigError, DocparseError, InputError, StageError
from docparse.model import Citation, Document, Found, Target
from docparse.spans import Span
from docparse.stage import Stage, tagger
from docparse.tables import Tables


def test_the_stages_stand_in_an_order_that_meets_their_needs() -> None:
    pipeline.check(pipeline.STAGES)
    names = [stage.name for stage in pipeline.STAGES]
    assert len(set(names)) == len(names)


def test_a_stage_without_its_needs_is_refused() -> None:
    with pytest.raises(StageError, match="late needs header before it"):
        pipeline.check([Stage("late", lambda doc, tables: doc, needs=frozenset({"header"}))])


def test_a_foreign_error_becomes_a_stage_error_with_its_cause() -> None:
    def broken(doc: Document, tables: Tables) -> Document:
        raise KeyError("x")

    with pytest.raises(StageError, match="broken: KeyError") as caught:
        pipeline.annotate(a_document("x"), [Stage("broken", broken)])
    assert isinstance(caught.value.__cause__, KeyError)


def test_docparse_errors_pass_unchanged() -> None:
    def choosy(doc: Document, tables: Tables) -> Document:
        raise ConfigError("no")

    with pytest.raises(ConfigError, match=r"^no$"):
        pipeline.annotate(a_document("x"), [Stage("choosy", choosy)])


def test_a_claim_against_the_contract_is_a_stage_error() -> None:
    sure = Found(Span(0, 1), Citation(Target()), 1.5, "too-sure")
    doc = pipeline.annotate(a_document("x"), [tagger("t", lambda doc, tables: [sure])])
    with pytest.raises(StageError, match="record"):
        doc.record()


def test_the_public_names_load() -> None:
    assert all(hasattr(docparse, name) for name in docparse.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        docparse.nothing  # noqa: B018


def test_a_file_bytes_and_text_give_the_same_record_but_for_their_name(tmp_path: Path) -> None:
    file = tmp_path / "chỉ thị.txt"
    file.write_text(DIRECTIVE, "utf-8")
    records = [
        docparse.parse(file).record(),
        docparse.parse_bytes(DIRECTIVE.encode(), str(file)).record(),
        docparse.parse_text(DIRECTIVE, str(file)).record(),
    ]
    assert len({record.to_json() for record in records}) == 1


def test_a_directive_becomes_a_whole_record() -> None:
    record = docparse.parse_text(DIRECTIVE).record()
    assert record.header is not None
    assert (record.header.number, record.header.date, record.header.type.code) == ("19/CT-UBND", "2023-05-12", "CT")
    assert [task.path for task in record.tasks] == [["1"], ["2"]]
    assert record.signature is not None
    assert record.signature.name == "Trần Văn Thử"


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_what_cannot_be_read_is_an_input_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        docparse.parse(tmp_path / name)
    assert isinstance(caught.value, DocparseError)

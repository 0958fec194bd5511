"""Corrections: they win over the machine in every answer, outlive a new parse, follow the files, and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from records import LAM_DONG, LETTER, a_record

from docparse.errors import ConfigError, NotFound
from docparse.link.names import parse_name
from docparse.record import Record
from docparse.store.corpus import Corpus

TEXT = """Căn cứ Chỉ thị số 23-CT/TU ngày 27/02/2018 của Ban Thường vụ Tỉnh ủy Lâm Đồng;
1. Phòng Nội vụ chủ trì tham mưu, báo cáo trước ngày 15/12/2021.
2. Phòng Tư pháp phối hợp thực hiện."""


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus.open(tmp_path / "corpus", create=True)


def at(record: Record, kind: str, words: str, start: int | None = None) -> Record:
    """The record with its one claim of a kind put on the words."""
    start = record.text.index(words) if start is None else start
    claims = getattr(record, kind)
    name = {"citations": "citation", "bodies": "body", "deadlines": "deadline"}[kind]
    span = (start, start + len(words))
    moved = claims[0].model_copy(update={"id": f"{name}:{span[0]}-{span[1]}", "text": words, "span": span})
    return record.model_copy(update={kind: [moved]})


def letter(text: str = TEXT, path: str = "") -> Record:
    made = a_record(
        LETTER, [("cites", LAM_DONG.replace("24-ct", "23-ct"))], text=text, path=path,
        duties=[("lead", "Phòng Nội vụ huyện Lạc Dương")], dues=[("fixed", "2021-12-05")], subject="v/v dân vận",
    )  # fmt: skip
    made = at(made, "citations", "Chỉ thị số 23-CT/TU")
    made = at(made, "bodies", "Phòng Nội vụ")
    return at(made, "deadlines", "trước ngày 15/12/2021")


def test_a_corrected_target_moves_the_edge_and_comes_back_with_undo(corpus: Corpus) -> None:
    corpus.add(a_record(LAM_DONG))
    corpus.add(letter())
    assert not corpus.chain(LAM_DONG, "down").links
    claim = letter().citations[0].id
    done = corpus.correct(LETTER, f"{claim}.target.number", "24-CT/TU", "Lan", "số đọc sai")
    corpus.correct(LETTER, f"{claim}.target.issuer", "Ban Thường vụ Tỉnh ủy Lâm Đồng", "Lan")
    corpus.correct(LETTER, f"{claim}.target.type", "Chỉ thị", "Lan")
    corpus.correct(LETTER, f"{claim}.relation", "implements", "Lan")
    assert [link.relation for link in corpus.chain(LAM_DONG, "down").links] == ["implements"]
    record = next(r for r in corpus.records() if r.citations)
    assert record.citations[0].target.id == LAM_DONG
    assert (record.citations[0].rule, record.citations[0].confidence) == ("correction", 1.0)
    entry = corpus.corrections(LETTER)[0]
    assert (entry.correction.machine, entry.correction.value, entry.correction.author) == (
        "23-CT/TU", "24-CT/TU", "Lan",
    )  # fmt: skip
    assert entry.state == "held"
    assert done.entries[0].correction.quote == "Chỉ thị số 23-CT/TU"
    corpus.undo(LETTER, 1, "Minh")
    assert not corpus.chain(LAM_DONG, "down").links
    assert [e.state for e in corpus.corrections(LETTER)][:1] == ["undone"]


def test_a_corrected_header_is_found_under_its_new_id_and_words(corpus: Corpus) -> None:
    corpus.add(letter())
    done = corpus.correct(LETTER, "header.number", "168-CV/HU", "Lan")
    assert parse_name(done.id).number == "168-cv-hu"
    corpus.correct("168-CV/HU", "header.subject", "về quy chế dân chủ", "Lan")
    assert [hit.id for hit in corpus.search("quy chế dân chủ")] == [done.id]
    with pytest.raises(NotFound):
        corpus.document("167-CV/HU")
    record = next(corpus.records())
    assert record.header is not None
    assert record.id == done.id
    assert record.header.number == "168-CV/HU"


def test_corrections_outlive_a_new_reading_of_the_same_bytes(corpus: Corpus) -> None:
    first = letter()
    corpus.add(first)
    corpus.correct(LETTER, f"{first.deadlines[0].id}.value", "2021-12-15", "Lan")
    corpus.correct(LETTER, f"{first.bodies[0].id}", "remove", "Lan")
    corpus.correct(LETTER, "body.add", "Phòng Tư pháp", "Lan")
    moved = letter("SAO Y\n" + TEXT.replace("báo cáo", "bao cao"))
    moved = moved.model_copy(update={"source": moved.source.model_copy(update={"sha256": first.source.sha256})})
    corpus.add(moved)
    record = next(corpus.records())
    assert record.deadlines[0].value == "2021-12-15"
    assert [body.text for body in record.bodies] == ["Phòng Tư pháp"]
    assert [entry.state for entry in corpus.corrections()] == ["moved", "moved", "moved"]
    assert {item.value for item in corpus.tasks()} <= {"2021-12-15"}


def test_a_correction_whose_words_are_gone_is_kept_and_told(corpus: Corpus) -> None:
    first = letter()
    corpus.add(first)
    corpus.correct(LETTER, f"{first.citations[0].id}.relation", "implements", "Lan")
    bare = a_record(LETTER, text="Một bản khác hẳn.")
    corpus.add(bare.model_copy(update={"source": bare.source.model_copy(update={"sha256": first.source.sha256})}))
    assert [entry.state for entry in corpus.corrections()] == ["lost"]
    corpus.add(first)
    assert next(corpus.records()).citations[0].relation == "implements"


def test_a_correction_goes_to_all_files_of_a_document_or_to_one_by_its_hash(corpus: Corpus) -> None:
    corpus.add(letter())
    corpus.add(letter(TEXT.replace("phối hợp", "phoi hop"), "scan.txt"))
    done = corpus.correct(LETTER, f"{letter().citations[0].id}.relation", "implements", "Lan")
    assert len(done.entries) == 2
    alone = letter().source.sha256
    assert len(corpus.correct(alone, "header.subject", "một tệp", "Lan").entries) == 1
    assert corpus.document(LETTER).files[0][0] in {r.source.sha256 for r in corpus.records()}
    corpus.undo(LETTER, 1, "Lan")
    assert {r.citations[0].relation for r in corpus.records()} == {"cites"}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("header.numbr", "1", "header.number"),
        ("header.date", "31/02/2021", "is no day"),
        ("kind", "offical", "did you mean official"),
        ("header.type", "ABCXYZ", "no type of document"),
        ("citation:1-2.relation", "cites", "has no citation:1-2"),
        ("citation.add", "không có trong văn bản này đâu cả", "does not say"),
        ("checked", "headers", "header"),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_step(corpus: Corpus, field: str, value: str, says: str) -> None:
    corpus.add(letter())
    with pytest.raises((ConfigError, NotFound), match=says):
        corpus.correct(LETTER, field, value, "Lan")
    assert not corpus.corrections()

"""Corrections: they win over the machine in every answer, outlive a new parse, follow the files, and can be undone."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from builders import DIRECTIVE
from records import LAM_DONG, LETTER, a_record
from typer.testing import CliRunner, Result

from docparse import cli
from docparse.errors import ConfigError, InputError, NotFound
from docparse.evaluate import load_gold, score
from docparse.export import gold, web_annotation
from docparse.learn import calibrate, corrected
from docparse.link.names import parse_name
from docparse.pipeline import parse_bytes
from docparse.record import Record
from docparse.run import annotation_file, correction_file
from docparse.settings import Settings
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


def test_of_equal_words_those_between_the_same_words_are_meant(corpus: Corpus) -> None:
    lines = [f"{n}. Việc {name}: Sở Nội vụ chủ trì." for n, name in enumerate(("lúa", "cá", "than"), 1)]

    def made(text: str, sha256: str | None = None) -> Record:
        record = letter(text)
        bodies = [at(record, "bodies", "Sở Nội vụ", text.index(line) + line.index("Sở")).bodies[0] for line in lines]
        source = record.source.model_copy(update={"sha256": sha256 or record.source.sha256})
        return record.model_copy(update={"bodies": bodies, "source": source})

    first = made("\n".join([TEXT, *lines]))
    corpus.add(first)
    corpus.correct(LETTER, f"{first.bodies[1].id}.role", "coordinate", "Lan")
    moved = made("\n".join([TEXT, lines[2], "x" * 40, lines[1], lines[0]]), first.source.sha256)
    corpus.add(moved)
    roles = {body.id: body.role for body in next(corpus.records()).bodies}
    assert [roles[body.id] for body in moved.bodies] == ["lead", "coordinate", "lead"]


def test_a_store_of_the_first_version_takes_corrections_after_its_migration(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "old", create=True) as old:
        old.add(letter())
    with sqlite3.connect(tmp_path / "old" / "corpus.db") as raw:
        for column in ("before", "after"):
            raw.execute(f'ALTER TABLE correction DROP COLUMN "{column}"')
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    raw.close()
    with Corpus.open(tmp_path / "old") as again:
        again.correct(LETTER, "header.subject", "về dân vận", "Lan")
        assert [entry.state for entry in again.corrections()] == ["held"]


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


def test_the_queue_names_what_is_unsure_and_stops_when_it_is_settled(corpus: Corpus) -> None:
    made = letter()
    unsure = made.bodies[0].model_copy(update={"confidence": 0.4, "boxes": [(1, 10.0, 20.0, 30.0, 40.0)]})
    page = made.source.pages[0].model_copy(update={"method": "unreadable", "number": 2, "span": (0, 0)})
    source = made.source.model_copy(update={"pages": [*made.source.pages, page]})
    corpus.add(made.model_copy(update={"bodies": [unsure], "source": source}))
    first = corpus.queue()
    assert [(d.reason, d.page, d.box) for d in first] == [
        ("unreadable-page", 2, None), ("claim", 1, (10.0, 20.0, 30.0, 40.0)),
    ]  # fmt: skip
    corpus.add(a_record(LAM_DONG, [("cites", LETTER)]))
    assert corpus.queue()[0].worth > first[0].worth
    corpus.correct(LETTER, f"{unsure.id}.role", "coordinate", "Lan")
    assert [d.reason for d in corpus.queue()] == ["unreadable-page"]
    corpus.correct(LETTER, "checked", "all", "Lan")
    assert not corpus.queue()


def test_the_queue_tells_of_lost_corrections_and_of_files_left_out(corpus: Corpus) -> None:
    first = letter()
    corpus.add(first)
    corpus.correct(LETTER, f"{first.citations[0].id}.relation", "implements", "Lan")
    corpus.add(letter(TEXT.replace("phối hợp", "phoi hop"), "scan.txt"))
    assert [(d.reason, d.path) for d in corpus.queue()] == [("duplicate", "scan.txt")]
    bare = a_record(LETTER, text="Một bản khác hẳn.")
    corpus.add(bare.model_copy(update={"source": bare.source.model_copy(update={"sha256": first.source.sha256})}))
    assert corpus.queue()[0].reason == "lost-correction"


def test_corrections_are_gold_that_the_record_meets(corpus: Corpus, tmp_path: Path) -> None:
    made = letter()
    corpus.add(made, made.text.encode())
    corpus.correct(LETTER, "header.number", "168-CV/HU", "Lan")
    corpus.correct("168-CV/HU", f"{made.deadlines[0].id}.value", "2021-12-15", "Lan")
    corpus.correct("168-CV/HU", "checked", "deadlines,bodies", "Lan")
    for name, data in gold.files(corpus):
        (tmp_path / name).write_bytes(data)
    wanted = load_gold(tmp_path)
    (name,) = wanted
    assert wanted[name]["scored"] == ["header", "deadlines", "bodies"]
    assert wanted[name]["header"] == {"number": "168-CV/HU"}
    assert calibrate.forms(tmp_path, name)[0].read_bytes() == made.text.encode()
    record = json.loads(next(corpus.records()).to_json())
    judged = score({name: record}, wanted).measures()
    assert {figures.get("f1", figures.get("accuracy")) for figures in judged.values()} == {1.0}


def test_calibration_learns_from_corrections_and_other_roles_say_that_they_do_not(
    corpus: Corpus, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match="does not learn from corrections"):
        corrected.train("lines", corpus, tmp_path)
    with pytest.raises(InputError, match="no corrections"):
        corrected.train("calibration", corpus, tmp_path)
    record = parse_bytes(DIRECTIVE.encode(), "19.txt", Settings()).record()
    corpus.add(record, DIRECTIVE.encode())
    corpus.correct(record.source.sha256, "header.number", "91/CT-UBND", "Lan")
    corpus.correct(record.source.sha256, "checked", "citations", "Lan")
    with corrected.gold_folder(corpus) as folder:
        known = calibrate.examples([folder], simulate=False)
    assert {e.right for e in known if e.family == "header"} == {False}
    assert {e.right for e in known if e.family == "citation"} == {True}


def test_the_log_goes_to_another_corpus_as_csv_and_waits_there_for_its_file(corpus: Corpus, tmp_path: Path) -> None:
    made = letter()
    corpus.add(made)
    corpus.correct(LETTER, f"{made.citations[0].id}.relation", "implements", "Lan", "xem lại")
    corpus.correct(LETTER, "header.subject", "sai", "Lan")
    corpus.undo(LETTER, 2, "Minh")
    table = tmp_path / "log.csv"
    table.write_bytes(correction_file.dumped(corpus.corrections()))
    with Corpus.open(tmp_path / "other", create=True) as other:
        assert correction_file.take_in(other, table, "x").new == 3
        assert correction_file.take_in(other, table, "x").new == 0
        assert {entry.state for entry in other.corrections()} == {"absent"}
        other.add(made)
        assert list(other.records()) == list(corpus.records())
        said = [(e.correction.field, e.correction.author) for e in other.corrections()]
        assert said == [(e.correction.field, e.correction.author) for e in corpus.corrections()]


def test_a_table_made_by_hand_is_taken_in_line_by_line(corpus: Corpus, tmp_path: Path) -> None:
    corpus.add(letter())
    table = tmp_path / "mine.csv"
    table.write_text(
        "document,field,value,quote\n"
        "167-CV/HU,citation.relation,implements,Chỉ thị số 23-CT/TU\n"
        "167-CV/HU,header.dat,2021,\n",
        "utf-8",
    )
    taken = correction_file.take_in(corpus, table, "Lan")
    assert taken.new == 1
    assert "line 3" in taken.refused[0]
    assert "header.date" in taken.refused[0]
    assert next(corpus.records()).citations[0].relation == "implements"
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(InputError, match="needs the columns"):
        correction_file.take_in(corpus, tmp_path / "bad.csv", "Lan")


def test_edited_web_annotations_become_corrections(corpus: Corpus, tmp_path: Path) -> None:
    made = letter()
    corpus.add(made)
    items = list(web_annotation.annotated(made))
    citation, deadline, body = items
    value = json.loads(citation["body"][0]["value"])
    value["relation"] = "implements"
    value["target"]["number"] = "24-CT/TU"
    citation["body"][0]["value"] = json.dumps(value)
    citation["creator"] = {"type": "Person", "name": "Hoa"}
    del deadline["body"]
    added = json.loads(json.dumps(body))
    added["id"] = "urn:uuid:1"
    added["body"][0]["value"] = json.dumps({"role": "coordinate", "name": "Phòng Tư pháp huyện Lạc Dương"})
    start = TEXT.index("Phòng Tư pháp")
    added["target"]["selector"] = [
        {"type": "TextQuoteSelector", "exact": "Phòng Tư pháp"},
        {"type": "TextPositionSelector", "start": start, "end": start + 13},
    ]
    path = tmp_path / "edited.anno.json"
    path.write_text(json.dumps({"first": {"items": [*items, added, {"target": {"source": "x"}}]}}), "utf-8")
    taken = annotation_file.take_in(corpus, path, "Lan")
    assert (len(taken.refused), "annotation 5" in taken.refused[0]) == (1, True)
    record = next(corpus.records())
    assert (record.citations[0].relation, record.citations[0].target.number) == ("implements", "24-CT/TU")
    assert record.deadlines == []
    assert [(b.name, b.role) for b in record.bodies] == [
        ("Phòng Nội vụ huyện Lạc Dương", "lead"), ("Phòng Tư pháp huyện Lạc Dương", "coordinate"),
    ]  # fmt: skip
    assert {e.correction.author for e in corpus.corrections()} == {"Hoa", "Lan"}
    assert annotation_file.take_in(corpus, path, "Lan").new == 0
    path.write_text("[1]", "utf-8")
    with pytest.raises(InputError, match="holds no Web Annotations"):
        annotation_file.take_in(corpus, path, "Lan")


def test_tasks_added_and_removed_take_their_claims_along(corpus: Corpus) -> None:
    corpus.add(letter())
    corpus.correct(LETTER, "task.add", "1. Phòng Nội vụ chủ trì … trước ngày 15/12/2021.", "Lan")
    record = next(corpus.records())
    task = record.tasks[0]
    corpus.correct(LETTER, f"{task.id}.path", "1", "Lan")
    record = next(corpus.records())
    assert record.tasks[0].path == ["1"]
    assert record.tasks[0].text == TEXT.split("\n")[1]
    assert record.bodies[0].task == record.deadlines[0].task == task.id
    assert [item.days for item in corpus.tasks(body="phong noi vu", before="2021-12-31")] == [("2021-12-05",)]
    corpus.correct(LETTER, task.id, "remove", "Lan")
    assert next(corpus.records()).bodies[0].task is None


def test_the_command_line_corrects_lists_and_undoes(corpus: Corpus) -> None:
    corpus.add(letter())
    at = ["--corpus", corpus.where]

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli.app, [*words, *at])

    assert run("correct", "167-CV/HU", "citation.relation", "implements", "--quote", "Chỉ thị số 23-CT/TU",
               "--by", "Lan").exit_code == 0  # fmt: skip
    listed = json.loads(run("corrections", "167-CV/HU", "--json").stdout)
    assert [(one["value"], one["author"], one["state"]) for one in listed] == [("implements", "Lan", "held")]
    assert run("correct", "167-CV/HU", "citation.via", "short", "--quote", "23-CT/TU").exit_code == 0
    assert "undone" in run("corrections", "167-CV/HU", "--undo", "1").stdout
    assert run("queue", "--json").stdout.startswith("[")
    wrong = run("correct", "167-CV/HU", "header.dat", "x")
    assert (wrong.exit_code, "header.date" in wrong.stderr) == (2, True)

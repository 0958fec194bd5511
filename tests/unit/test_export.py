"""Exports: JSON Lines and the spaCy interchange, back and forth, and the command."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

import pytest
import spacy
from builders import DIRECTIVE
from spacy.tokens import Doc, DocBin
from typer.testing import CliRunner, Result

from docparse import cli, parse_text
from docparse.errors import ConfigError, DependencyError
from docparse.export import formats, spacy_docbin
from docparse.export.origins import given_span, origins
from docparse.export.sources import jobs_of
from docparse.export.spacy_spans import annotate, claims
from docparse.record import Record
from docparse.spans import Span

COLUMNS = (
    "UỶ BAN NHÂN DÂN        CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LÂM ĐỒNG          Độc lập - Tự do - Hạnh phúc\n"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, list(arguments))


@pytest.fixture
def directive(tmp_path: Path) -> Path:
    path = tmp_path / "chi-thi.txt"
    path.write_text(DIRECTIVE, "utf-8")
    return path


def test_a_pipeline_of_any_tokenizer_gets_our_spans() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("docparse")
    doc = nlp(DIRECTIVE)
    record = parse_text(DIRECTIVE).record().model_dump(mode="json", by_alias=True)
    assert doc._.docparse == record
    assert [s.text for s in doc.spans["citations"]] == [c["text"] for c in record["citations"]]
    assert [s.label_ for s in doc.spans["citations"]] == [c["relation"] for c in record["citations"]]
    assert {s.label_ for s in doc.spans["bodies"]} == {b["role"] for b in record["bodies"]}
    assert len(doc.spans["tasks"]) == len(record["tasks"])
    assert {"CITATION", "DEADLINE", "BODY", "TASK", "HEADER_NUMBER"} <= {s.label_ for s in doc.spans["docparse"]}
    for span in doc.spans["docparse"]:
        assert span._.docparse is not None, span.label_
    number = next(s for s in doc.spans["docparse"] if s.label_ == "HEADER_NUMBER")
    assert number._.docparse["rule"] == "number-line"


def test_spans_that_share_their_borders_keep_their_own_values() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("docparse")
    doc = nlp(DIRECTIVE)
    for group in ("citations", "deadlines", "bodies", "tasks"):
        for span in doc.spans[group]:
            assert span._.docparse["id"] == span.id_


def test_a_border_inside_a_token_is_told() -> None:
    parsed = parse_text(DIRECTIVE)
    words = parsed.text.split(" ")  # commas and line ends stick to their words
    doc = annotate(Doc(spacy_docbin.blank().vocab, words, [True] * (len(words) - 1) + [False]), parsed.record())
    told = {s._.docparse_aligned for s in doc.spans["docparse"]}
    assert told == {"exact", "expand"}
    for span in doc.spans["docparse"]:
        start, end = span._.docparse["span"]
        assert span.start_char <= start < end <= span.end_char
        assert (span._.docparse_aligned == "exact") == ((span.start_char, span.end_char) == (start, end))


def test_spans_stand_in_the_text_that_was_given() -> None:
    given = COLUMNS + DIRECTIVE.split("\n", 2)[2].replace("ủy", "uỷ")
    parsed = parse_text(given)
    places = origins(parsed, given)
    assert parsed.text != given
    for citation in parsed.record().citations:
        place = given_span(Span(*citation.span), places)
        assert place is not None
        assert place.of(given).split() == citation.text.replace("ủy", "uỷ").split()
    nlp = spacy.blank("xx")
    nlp.add_pipe("docparse")
    doc = nlp(given)
    issuer = next(s for s in doc.spans["docparse"] if s.label_ == "HEADER_ISSUER_NAME")
    assert issuer.text.startswith("UỶ BAN NHÂN DÂN")
    assert issuer.text.endswith("TỈNH LÂM ĐỒNG")
    assert issuer._.docparse_aligned == "around"  # the nation's title stands between its lines


def test_text_in_decomposed_letters_is_found_again() -> None:
    given = unicodedata.normalize("NFD", DIRECTIVE)
    nlp = spacy.blank("xx")
    nlp.add_pipe("docparse")
    doc = nlp(given)
    assert doc.spans["citations"]
    for span in doc.spans["citations"]:
        assert unicodedata.normalize("NFC", span.text).split() == span._.docparse["text"].split()


def test_a_docbin_gives_the_records_back_and_the_same_bytes(directive: Path) -> None:
    records = [parse_text(DIRECTIVE, "a.txt").record(), parse_text("", "b.txt").record()]
    data = spacy_docbin.dumped(records)
    assert data == spacy_docbin.dumped(records)
    assert list(spacy_docbin.loaded(data)) == records
    first, second = DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab)
    assert (first.text, second.text) == (records[0].text, "")
    found = {s.id_: s for s in first.spans["docparse"]}
    for claim in claims(first._.docparse):
        if len(claim.span):
            assert found[claim.id].text == claim.span.of(records[0].text)
            assert found[claim.id]._.docparse_aligned == "exact"


@pytest.mark.parametrize("text", ["a  b\n\n c ", " đầu dòng", "\n", "   ", "x", "số 24-CT/TU,\nngày 1/2/2021"])
def test_every_text_survives_its_tokens(text: str) -> None:
    record = parse_text("x").record().model_copy(update={"text": text, "header": None})
    assert spacy_docbin.doc_of(record, spacy_docbin.blank().vocab).text == text


def test_the_command_takes_documents_records_and_lines(directive: Path, tmp_path: Path) -> None:
    outs = [tmp_path / f"{name}.spacy" for name in ("document", "record", "lines", "folder")]
    assert run("export", str(directive), "--spacy", "-o", str(outs[0])).exit_code == 0
    (tmp_path / "records").mkdir()
    kept = tmp_path / "records" / "chi-thi.json"
    kept.write_text(run("parse", str(directive)).stdout, "utf-8")
    (tmp_path / "records" / "bad.error.json").write_text("{}", "utf-8")
    lines = tmp_path / "all.jsonl"
    assert run("export", str(kept), "--output", str(lines)).exit_code == 0
    for source, out in zip((kept, lines, kept.parent), outs[1:], strict=True):
        assert run("export", str(source), "-o", str(out)).exit_code == 0
    assert len({out.read_bytes() for out in outs}) == 1
    assert Record.model_validate_json(lines.read_text("utf-8")).to_json(1) + "\n" == kept.read_text("utf-8")
    assert [json.loads(row)["id"] for row in lines.read_text("utf-8").splitlines()] == [
        r.id for r in spacy_docbin.loaded(outs[0].read_bytes())
    ]


def test_what_cannot_be_exported_is_told(directive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.spacy"
    done = run("export", str(directive), str(tmp_path / "none.txt"), "-o", str(out))
    assert done.exit_code == 1
    assert "none.txt" in done.stderr
    assert len(list(spacy_docbin.loaded(out.read_bytes()))) == 1
    assert run("export", str(directive), "-o", str(tmp_path / "out.xyz")).exit_code == 2
    with pytest.raises(ConfigError, match=r"jsonl.*spacy"):
        formats.dump_of("parchment")
    monkeypatch.delitem(sys.modules, "docparse.export.spacy_docbin")
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(DependencyError, match=r"pip install 'docparse\[spacy\]'"):
        formats.dump_of("spacy")


def test_a_folder_without_documents_stands_for_its_records(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", "c.gold.json", "d.error.json"):
        (tmp_path / name).write_text("{}", "utf-8")
    assert [Path(job.path).name for job in jobs_of([str(tmp_path)])] == ["a.json", "b.json"]

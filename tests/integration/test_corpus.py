"""The corpus: committed gold and text are what the sources give, and every document parses with the right header."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import make_corpus
import pytest
from corpus_maker import fonts, pdf
from corpus_maker.source import read_paper, unmark

import docparse

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
SOURCES = sorted((CORPUS / "sources").glob("*.toml"))
DOCUMENTS = sorted((CORPUS / "documents").iterdir())
SCANS = [path for path in DOCUMENTS if path.stem.endswith("-scan")]
DIGITAL = [path for path in DOCUMENTS if path not in SCANS]


@cache
def record(path: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(docparse.parse(path).record().to_json())
    return made


def gold(path: Path) -> dict[str, Any]:
    name = path.stem.removesuffix("-scan")
    found: dict[str, Any] = json.loads((CORPUS / "gold" / f"{name}.gold.json").read_text("utf-8"))
    return found


def unpacked(data: bytes) -> dict[str, bytes]:
    """A DOCX by its parts, since versions of zlib press the same XML differently; anything else whole."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def name_of(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_committed_files_are_what_the_source_gives(source: Path) -> None:
    paper = read_paper(source)
    assert (CORPUS / "gold" / f"{source.stem}.gold.json").read_text("utf-8") == make_corpus.gold_text(paper)
    for name, data in make_corpus.files(paper, cheap=True):
        assert unpacked((CORPUS / "documents" / name).read_bytes()) == unpacked(data), name


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_every_gold_phrase_stands_in_the_text(source: Path) -> None:
    text = " ".join((CORPUS / "documents" / f"{source.stem}.txt").read_text("utf-8").split())
    held = gold(source)
    for key in ("citations", "deadlines", "bodies"):
        for item in held[key]:
            assert item["text"] in text, item["text"]


def test_there_is_at_least_what_the_readme_of_the_corpus_promises() -> None:
    kinds = [gold(path)["header"] for path in SOURCES]
    assert len(SOURCES) >= 14
    assert {"party", "state", "mass_organization"} == {head["system"] for head in kinds}
    assert {"CT", "CV", "KH", "QĐ", "TB", "BC", "TTr", "NQ", "HD"} <= {head["type"] for head in kinds}
    assert min(head["date"] for head in kinds) < "2020"
    assert max(head["date"] for head in kinds) > "2025-07-01"
    assert len(SCANS) >= 5
    for suffix, least in ((".pdf", 5 + len(SCANS)), (".docx", 4), (".html", 1), (".txt", len(SOURCES))):
        assert sum(path.suffix == suffix for path in DOCUMENTS) >= least


def test_making_a_pdf_twice_gives_the_same_bytes() -> None:
    assert not fonts.missing_families(), "run scripts/setup: it installs the fonts of the corpus"
    paper = read_paper(CORPUS / "sources" / "nq-11-hu-binh-lam-2021.toml")
    assert pdf.pdf_file(paper).data == pdf.pdf_file(paper).data


def test_marks_nest_and_leave_only_the_words() -> None:
    words, marks = unmark("giao [[b:lead|Sở A]] xong [[d:relative:P5D|sau 5 ngày kể từ [[c:x:cites|Kế hoạch 5]]]].")
    assert words == "giao Sở A xong sau 5 ngày kể từ Kế hoạch 5."
    assert [(mark.kind, mark.words) for mark in marks] == [
        ("b", "Sở A"),
        ("d", "sau 5 ngày kể từ Kế hoạch 5"),
        ("c", "Kế hoạch 5"),
    ]


@pytest.mark.parametrize("path", DIGITAL, ids=name_of)
def test_digital_documents_parse_with_number_date_type_and_system(path: Path) -> None:
    head, want = record(path)["header"], gold(path)["header"]
    got = (head["number"], head["date"], head["type"]["code"], head["system"])
    assert got == (want["number"], want["date"], want["type"], want["system"])


@pytest.mark.parametrize("path", SCANS, ids=name_of)
def test_scans_are_read_by_tesseract_with_number_and_date(path: Path) -> None:
    made = record(path)
    assert {page["method"] for page in made["source"]["pages"]} == {"ocr"}
    want = gold(path)["header"]
    assert (made["header"]["number"], made["header"]["date"]) == (want["number"], want["date"])

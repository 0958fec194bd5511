"""Registers: written under the regulations' columns, read back by other libraries, held against a corpus."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from builders import DIRECTIVE
from records import LETTER, PLAN, a_record
from typer.testing import CliRunner

from docparse import cli, parse_text
from docparse.errors import ConfigError, DamagedFile
from docparse.link.reconciling import Row, key_of, reconcile
from docparse.run.register_file import read_register
from docparse.store.corpus import Corpus


@pytest.fixture
def where(tmp_path: Path) -> Iterator[str]:
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        corpus.add(parse_text(DIRECTIVE, "ct.txt").record())
        corpus.add(a_record(LETTER, [("cites", PLAN)], subject="=HYPERLINK(1)"))
        yield corpus.where


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli.app, list(arguments))
    assert done.exit_code == code, done.output
    return done.stdout


def test_a_register_has_the_columns_of_the_regulation(where: str, tmp_path: Path) -> None:
    out = tmp_path / "sent.csv"
    run("export", "-C", where, "-f", "outgoing-csv", "-o", str(out))
    letter, directive = csv.DictReader(out.open(encoding="utf-8-sig", newline=""))
    assert len(letter) == 16  # annex VI: sixteen fields of a document sent
    assert (directive["Số của văn bản"], directive["Ký hiệu của văn bản"]) == ("19", "CT-UBND")
    assert directive["Ngày, tháng, năm văn bản"] == "12/05/2023"
    assert directive["Hạn trả lời văn bản"] == "30/06/2023"
    assert directive["Nơi nhận"] == "Các sở, ban, ngành; Lưu: VT"
    assert letter["Trích yếu nội dung"] == "'=HYPERLINK(1)"  # no formula in anybody's spreadsheet


def test_a_workbook_has_days_and_the_same_bytes(where: str, tmp_path: Path) -> None:
    outs = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for out in outs:
        run("export", "-C", where, "-f", "archive-xlsx", "-o", str(out))
    sheet = openpyxl.load_workbook(outs[0]).active
    assert sheet is not None
    heads = [cell.value for cell in sheet[1]]
    dated = sheet.cell(3, heads.index("Ngày, tháng, năm văn bản") + 1).value
    assert dated == datetime(2023, 5, 12)
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_tables_join_by_hash(where: str, tmp_path: Path) -> None:
    run("export", "-C", where, "-f", "parquet", "-o", str(tmp_path / "tables"))
    tables = {p.stem: pyarrow.parquet.read_table(p).to_pylist() for p in (tmp_path / "tables").iterdir()}
    assert set(tables) == {"documents", "citations", "tasks", "bodies", "deadlines"}
    hashes = {row["sha256"] for row in tables["documents"]}
    assert all(row["sha256"] in hashes for rows in tables.values() for row in rows)
    assert {row["target_id"] for row in tables["citations"]} >= {PLAN}
    assert any(row["path"] == ["1"] for row in tables["tasks"])


def test_our_own_register_agrees_with_its_corpus(where: str, tmp_path: Path) -> None:
    run("export", "-C", where, "-f", "incoming-csv", "-o", str(tmp_path / "r.csv"))
    assert run("reconcile", str(tmp_path / "r.csv"), "-C", where) == ""


def test_a_register_that_differs_is_told_how(where: str, tmp_path: Path) -> None:
    register = tmp_path / "r.csv"
    register.write_text(
        "Số hiệu;Ngày;Trích yếu\n019/ct-ubnd;13/05/2023;Việc khác hẳn\n7/KH-UBND;1/2/2023;Mới\n;;\n", "utf-8"
    )
    said = json.loads(run("reconcile", str(register), "-C", where, "--json", code=1))
    assert [(one["kind"], one["number"]) for one in said] == [
        ("date", "019/ct-ubnd"),
        ("subject", "019/ct-ubnd"),
        ("missing", "7/KH-UBND"),
        ("extra", "167-CV/HU"),
    ]
    run("reconcile", str(register), "-C", where, "--column", "number=Ngày", code=1)
    run("reconcile", str(register), "-C", where, "--column", "number=Không có", code=2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_register_is_read_in_the_usual_encodings(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("Số ký hiệu\tNgày tháng\n05/QĐ-UBND\t1.2.2023\nx\t31/31/x\n", encoding)
    read = read_register(tmp_path / "r.csv")
    assert (read.rows[0].number, read.rows[0].date) == ("05/QĐ-UBND", "2023-02-01")
    assert [line for line, _ in read.refused] == [3]


def test_a_corrupt_register_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"PK\x03\x04\0\0\0")
    with pytest.raises(DamagedFile, match="export it as CSV"):
        read_register(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text("màu;cỡ\nđỏ;1\n", "utf-8")
    with pytest.raises(ConfigError, match="--column"):
        read_register(tmp_path / "b.csv")


def test_of_several_with_one_number_the_one_of_that_day_meets() -> None:
    assert key_of("07 / CT-UBND") == key_of("7/CT-UBN\u0110".replace("\u0110", "\u00d0"))
    held = [Row("a", "7/CT-UBND", "2020-01-01", None), Row("b", "07/CT-UBND", "2021-01-01", None)]
    found = reconcile([Row("line 2", "7/CT-UBND", "2021-01-01", None)], held)
    assert [(one.kind, one.corpus.where if one.corpus else "") for one in found] == [("extra", "a")]

"""A corpus in the formats of other tools, each read back by an independent library."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest
from records import LAM_DONG, LETTER, PLAN, a_record
from typer.testing import CliRunner

from docparse import cli
from docparse.store.corpus import Corpus


@pytest.fixture
def where(tmp_path: Path) -> Iterator[str]:
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        corpus.add(
            a_record(PLAN, [("implements", LAM_DONG), ("implements", LAM_DONG)], subject="Kế hoạch “thử” & <hơn>")
        )
        corpus.add(a_record(LETTER, [("cites", PLAN), ("implements", LAM_DONG)]))
        yield corpus.where


def export(where: str, name: str, out: Path) -> Path:
    done = CliRunner().invoke(cli.app, ["export", "--corpus", where, "--format", name, "-o", str(out)])
    assert done.exit_code == 0, done.output
    return out


@pytest.mark.parametrize(("name", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_graphs_are_read_back_whole(name: str, read: object, where: str, tmp_path: Path) -> None:
    out = export(where, name, tmp_path / f"a.{name}")
    graph = read(out)  # type: ignore[operator]
    assert set(graph.nodes) == {PLAN, LETTER, LAM_DONG}
    assert {(a, b, said["relation"]) for a, b, said in graph.edges(data=True)} == {
        (PLAN, LAM_DONG, "implements"),
        (LETTER, PLAN, "cites"),
        (LETTER, LAM_DONG, "implements"),
    }
    assert graph.nodes[LAM_DONG]["held"] is False
    assert graph.nodes[PLAN]["title"] == "Kế hoạch “thử” & <hơn>"
    assert export(where, name, tmp_path / f"b.{name}").read_bytes() == out.read_bytes()


def test_neo4j_gets_documents_and_relations(where: str, tmp_path: Path) -> None:
    folder = export(where, "neo4j", tmp_path / "neo4j")
    documents = list(csv.DictReader((folder / "documents.csv").open(encoding="utf-8", newline="")))
    relations = list(csv.DictReader((folder / "relations.csv").open(encoding="utf-8", newline="")))
    assert {row["id:ID"] for row in documents} == {PLAN, LETTER, LAM_DONG}
    assert {row[":START_ID"] for row in relations} <= {row["id:ID"] for row in documents}
    said = next(row for row in relations if row[":START_ID"] == PLAN)
    assert (said[":TYPE"], said["mentions:int"]) == ("IMPLEMENTS", "2")


def test_files_make_a_graph_of_their_own(tmp_path: Path) -> None:
    lines = tmp_path / "records.jsonl"
    lines.write_text(a_record(LETTER, [("cites", PLAN)]).to_json() + "\n", "utf-8")
    done = CliRunner().invoke(cli.app, ["export", str(lines), "-o", str(tmp_path / "a.graphml")])
    assert done.exit_code == 0
    assert set(networkx.read_graphml(tmp_path / "a.graphml").nodes) == {LETTER, PLAN}


def test_files_and_a_corpus_are_not_exported_at_once(where: str, tmp_path: Path) -> None:
    both = CliRunner().invoke(cli.app, ["export", "x.txt", "-C", where, "-o", str(tmp_path / "a.graphml")])
    neither = CliRunner().invoke(cli.app, ["export", "-o", str(tmp_path / "a.graphml")])
    assert (both.exit_code, neither.exit_code) == (2, 2)

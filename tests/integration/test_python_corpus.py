"""The corpus from Python: files and bytes taken in, graphs of both libraries, tables for pandas, missing packages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest
import rustworkx
from builders import DIRECTIVE
from records import LAM_DONG, LETTER, PLAN, a_record

import docparse
from docparse import Corpus, parse_text
from docparse.errors import ConfigError, DependencyError, InputError, TooLarge
from docparse.settings import Settings
from docparse.store.frames import COLUMNS


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.open(tmp_path / "corpus", create=True) as made:
        made.add(a_record(PLAN, [("implements", LAM_DONG)]))
        made.add(a_record(LETTER, [("cites", PLAN), ("cites", LAM_DONG), ("based_on", LAM_DONG)]))
        yield made


def test_a_file_its_bytes_and_its_record_are_one_document(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "Chỉ thị 19.txt"
    path.write_text(DIRECTIVE, "utf-8")
    data = path.read_bytes()
    record = parse_text(DIRECTIVE).record()
    assert corpus.add(path) == corpus.add(str(path)) == corpus.add(data, name="again.txt") == corpus.add(record, data)
    assert len(list(corpus.records())) == 3
    assert corpus.original(record.source.sha256) == data


def test_a_file_that_cannot_be_read_is_told_and_not_kept(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check the path"):
        corpus.add(tmp_path / "none.pdf")
    with pytest.raises(InputError, match="empty"):
        corpus.add(b"", name="empty.txt")
    tight = Settings.load(overrides=["limits.bytes=10"])
    (tmp_path / "large.txt").write_text("Chỉ thị số 24-CT/TU", "utf-8")
    with pytest.raises(TooLarge):
        corpus.add(tmp_path / "large.txt", settings=tight)
    assert len(list(corpus.records())) == 2


def test_both_libraries_give_the_same_graph(corpus: Corpus) -> None:
    graph, other = corpus.graph(), corpus.graph("networkx")
    assert isinstance(graph, rustworkx.PyDiGraph)
    assert isinstance(other, networkx.MultiDiGraph)
    assert {node["id"]: node["held"] for node in graph.nodes()} == {LAM_DONG: False, PLAN: True, LETTER: True}
    assert all(graph[index]["id"] == urn for urn, index in graph.attrs.items())
    edges = {(graph[a]["id"], graph[b]["id"], said["relation"]) for a, b, said in graph.weighted_edge_list()}
    assert edges == set(other.edges(keys=True))
    assert len(edges) == 4
    assert {node["id"]: {k: v for k, v in node.items() if k != "id"} for node in graph.nodes()} == dict(other.nodes)


def test_every_table_is_a_frame(corpus: Corpus) -> None:
    for table, columns in COLUMNS.items():
        assert tuple(corpus.to_pandas(table).columns) == columns
    assert corpus.to_pandas()["number"].tolist() == [r.header.number for r in corpus.records() if r.header]
    cited = corpus.to_pandas("citations")
    assert sorted(cited.target_id) == sorted([LAM_DONG, PLAN, LAM_DONG, LAM_DONG])
    relations = corpus.to_pandas("relations")
    assert relations[["source", "target", "relation"]].values.tolist() == [
        [PLAN, LAM_DONG, "implements"],
        [LETTER, LAM_DONG, "based_on"],
        [LETTER, LAM_DONG, "cites"],
        [LETTER, PLAN, "cites"],
    ]


def test_an_empty_corpus_has_empty_tables(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "none", create=True) as corpus:
        assert [len(corpus.to_pandas(table)) for table in COLUMNS] == [0] * len(COLUMNS)
        assert corpus.graph().num_nodes() == 0


def test_what_is_not_installed_is_named_with_its_extra(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("networkx", "pandas"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(DependencyError, match=r"docparse\[graph\]"):
        corpus.graph("networkx")
    with pytest.raises(DependencyError, match=r"docparse\[pandas\]"):
        corpus.to_pandas()


def test_unknown_tables_and_libraries_are_refused_with_those_known(corpus: Corpus) -> None:
    with pytest.raises(ConfigError, match="citations"):
        corpus.to_pandas("letters")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="networkx"):
        corpus.graph("igraph")  # type: ignore[call-overload]


def test_the_corpus_is_a_public_name() -> None:
    assert docparse.Corpus is Corpus
    assert "Corpus" in docparse.__all__

